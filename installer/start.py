"""Sätter upp Egenväg på den här datorn.

    python3 installer/start.py             sätter upp programmet och öppnar fönstret på ett demoregister
    python3 installer/start.py test ...    sätter upp programmet och kör testerna

Det som redan är gjort görs inte om. Saknas något av systemets bibliotek frågar programmet innan det
installerar dem; --ja svarar ja i förväg. Övriga argument går vidare till fönstret (till exempel
--skarmbilder MAPP) eller till pytest.
"""

# Standard library only, and readable for Python 3.8: an old Python gets a sentence and not a syntax error.
from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from system_packages import (
    WITH_DISPLAY,
    WITHOUT_DISPLAY,
    MissingError,
    install,
    missing_libraries,
    packages_of,
)

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "egenvag-stamp.txt"
DEMO = ROOT / "build" / "demo.egenvag"
PEOPLE = 1_000
OLDEST = (3, 11)
UNUSABLE = 2


def say(text: str) -> None:
    """Tell what happens, at once also where the output is a file."""
    print(text, flush=True)


def main(arguments: list[str]) -> int:
    """Run one of the two commands; returns the exit code."""
    if arguments and arguments[0] in ("-h", "--help", "--hjälp"):
        say((__doc__ or "").strip())
        return 0
    yes = "--ja" in arguments or os.environ.get("CI") == "true"
    arguments = [argument for argument in arguments if argument != "--ja"]
    try:
        check_python()
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:], yes)
        return open_window(arguments, yes)
    except MissingError as error:
        say(f"Fel: {error}")
    except subprocess.CalledProcessError as error:
        say(f"Fel: Det gick inte att köra {' '.join(map(str, error.cmd))}. Se raderna ovanför.")
    except OSError as error:
        say(f"Fel: {error.filename or ROOT}: {error.strerror}.")
    except KeyboardInterrupt:
        say("Avbrutet. Kör kommandot igen för att fortsätta.")
    return UNUSABLE


def check_python() -> None:
    """Raise MissingError unless this Python is new enough."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise MissingError(
            f"Egenväg behöver Python {wanted} eller nyare. Det här är {sys.version.split()[0]}."
        )


def open_window(arguments: list[str], yes: bool) -> int:
    """Set up, make the demo register and open the window on it; returns the window's exit code."""
    pictures = any(argument.startswith("--skarmbilder") for argument in arguments)
    seen = pictures or has_display()
    set_up((), yes, WITH_DISPLAY if seen and not pictures else WITHOUT_DISPLAY)
    if pictures:
        say("Ritar fönstret till bilder.")
        return start(arguments, QT_QPA_PLATFORM="offscreen")
    make_demo()
    if not seen:
        raise MissingError(
            "Det finns ingen skärm att öppna fönstret på (DISPLAY och WAYLAND_DISPLAY saknas). Allt annat är "
            "klart. Kör kommandot på en dator med skärm, eller rita fönstret till bilder: "
            "python3 installer/start.py --skarmbilder MAPP"
        )
    say("Öppnar Egenväg på demoregistret.")
    return start(arguments if "--db" in arguments else ["--db", str(DEMO), *arguments])


def start(arguments: list[str], **environment: str) -> int:
    """Run `egenvag` and wait for it; returns its exit code."""
    command = [str(PYTHON.with_name("egenvag")), *arguments]
    return subprocess.run(command, env={**os.environ, **environment}).returncode


def run_tests(arguments: list[str], yes: bool) -> int:
    """Set up and run the tests; returns pytest's exit code.

    Without arguments the whole suite runs, with the coverage of rules, queries and commands.
    """
    set_up(("test", "lint"), yes, WITHOUT_DISPLAY)
    whole = not any(Path(argument.split("::")[0]).exists() for argument in arguments)
    workers = ["-n", str(min(os.cpu_count() or 1, 4))] if whole else []
    coverage = ["--cov"] if whole else []
    say("Kör testerna.")
    return subprocess.run([str(PYTHON), "-m", "pytest", *workers, *coverage, *arguments], cwd=ROOT).returncode


def set_up(extras: tuple[str, ...], yes: bool, qt_files: tuple[str, ...]) -> None:
    """Bring the environment and the system's libraries up to date; does only what is not done."""
    if not (PYTHON.exists() and STAMP.exists()):
        make_environment(yes)
    wanted = fingerprint()
    stamp = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if stamp[:1] != [wanted] or not set(extras) <= set(stamp[1:]):
        every = sorted({*extras, *stamp[1:]})
        install_packages(every)
        STAMP.write_text(" ".join([wanted, *every]), encoding="utf-8")
    check_libraries(qt_files, yes)


def make_environment(yes: bool) -> None:
    """Make .venv anew."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info[1]}-venv"
        install([package], "Python saknar sin del venv.", yes=yes)
    say("Skapar Pythonmiljön .venv.")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def fingerprint() -> str:
    """What the installed packages depend on: the project's file, the pins, this place and Python."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in ("pyproject.toml", "installer/constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install_packages(extras: list[str]) -> None:
    """Install the project and its pinned packages."""
    say("Hämtar och installerar Pythonpaketen. Det kan ta några minuter.")
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "-c", str(ROOT / "installer" / "constraints.txt"), "-e", target], check=True)


def check_libraries(qt_files: tuple[str, ...], yes: bool) -> None:
    """Install the system libraries that Qt lacks. Raises MissingError where that is not allowed."""
    asked = "import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent)"
    answer = subprocess.run([str(PYTHON), "-c", asked], stdout=subprocess.PIPE, text=True, check=True)
    qt = Path(answer.stdout.strip()) / "Qt"
    missing = missing_libraries(qt, qt_files)
    if not missing:
        return
    install(packages_of(missing), "Fönstret behöver bibliotek som datorn saknar.", yes=yes)
    left = missing_libraries(qt, qt_files)
    if left:
        raise MissingError(f"Datorn saknar fortfarande {', '.join(left)}, som fönstret behöver.")


def has_display() -> bool:
    """Whether a window can be shown."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def make_demo() -> None:
    """Make the demo register, unless it is there."""
    if DEMO.exists():
        return
    say(f"Gör ett demoregister med {PEOPLE} påhittade personer i {DEMO.relative_to(ROOT)}.")
    DEMO.parent.mkdir(exist_ok=True)
    command = [str(PYTHON.with_name("egenvag-cli")), "--db", str(DEMO), "demo", "--deltagare", str(PEOPLE)]
    command.append("--plan")
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
