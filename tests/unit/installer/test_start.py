"""The two commands: they do what is needed and no more, and say in Swedish what the computer lacks."""

import ast
import io
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

INSTALLER = Path(__file__).parents[3] / "installer"
FILES = ("start.py", "system_packages.py")


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """The installer, for a project in a folder of its own."""
    monkeypatch.syspath_prepend(str(INSTALLER))
    import start as module  # type: ignore[import-not-found]

    (tmp_path / "installer").mkdir()
    (tmp_path / "installer" / "constraints.txt").write_text("a==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(module, "DEMO", tmp_path / "build" / "demo.egenvag")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "CI"):
        monkeypatch.delenv(name, raising=False)
    yield module
    sys.modules.pop("start", None)
    sys.modules.pop("system_packages", None)


@pytest.fixture
def packages(start: ModuleType) -> ModuleType:
    return sys.modules["system_packages"]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, start: ModuleType) -> list[list[str]]:
    """Every command that the installer ran; none is run."""
    ran: list[list[str]] = []

    def run(command: list[str], **_settings: Any) -> subprocess.CompletedProcess[str]:
        ran.append([str(part) for part in command])
        if "venv" in command:
            start.PYTHON.parent.mkdir(parents=True)
            start.PYTHON.touch()
        return subprocess.CompletedProcess(command, 0, stdout="")

    monkeypatch.setattr(subprocess, "run", run)
    return ran


@pytest.mark.parametrize("name", FILES)
def test_an_old_python_can_read_it(name: str) -> None:
    ast.parse((INSTALLER / name).read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("name", FILES)
def test_only_the_standard_library(name: str) -> None:
    tree = ast.parse((INSTALLER / name).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names) | {"system_packages"}


def test_no_addresses() -> None:
    for path in INSTALLER.iterdir():
        if path.is_file():
            assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path.name


def test_every_dependency_is_pinned() -> None:
    pins = (INSTALLER / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+(; python_version [<>=]+ \"[\d.]+\")?", pin) for pin in pins)
    pinned = {re.split("==", pin)[0].lower().replace("_", "-") for pin in pins}
    project = tomllib.loads((INSTALLER.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[^\w-]", name)[0] for name in wanted}
    assert {name.lower().replace("_", "-") for name in names} <= pinned


def test_an_old_python_is_told_of(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "OLDEST", (9, 9))
    assert start.main([]) == 2
    assert capsys.readouterr().out.startswith("Fel: Egenväg behöver Python 9.9 eller nyare.")


def test_the_second_time_nothing_is_done_again(start: ModuleType, calls: list[list[str]]) -> None:
    start.set_up(("test",), False, ())
    assert any("venv" in call for call in calls)
    assert sum("install" in call for call in calls) == 1
    calls.clear()
    start.set_up((), False, ())
    assert not any("venv" in call or "install" in call for call in calls)


@pytest.mark.parametrize("name", ["pyproject.toml", "installer/constraints.txt"])
def test_what_has_changed_is_installed_again_with_all_that_was_there(
    start: ModuleType, calls: list[list[str]], name: str
) -> None:
    start.set_up(("test",), False, ())
    (start.ROOT / name).write_text("changed")
    calls.clear()
    start.set_up((), False, ())
    (install,) = [call for call in calls if "install" in call]
    assert install[-1].endswith("[test]")
    assert "-c" in install


def test_more_is_installed_when_more_is_asked_for(start: ModuleType, calls: list[list[str]]) -> None:
    start.set_up((), False, ())
    calls.clear()
    start.set_up(("test", "lint"), False, ())
    assert [call[-1] for call in calls if "install" in call] == [f"{start.ROOT}[lint,test]"]


def test_without_venv_the_package_is_named(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert start.main(["test"]) == 2
    said = capsys.readouterr().out
    assert f"sudo apt-get install -y python3.{sys.version_info[1]}-venv" in said
    assert said.count("\n") == 1


def test_without_a_display_it_says_what_can_be_done_instead(
    start: ModuleType, calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main([]) == 2
    assert any("demo" in call for call in calls)
    assert "--skarmbilder MAPP" in capsys.readouterr().out.splitlines()[-1]


def test_with_a_display_the_window_opens_on_the_demo(
    start: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.main([]) == 0
    assert calls[-1][1:] == ["--db", str(start.DEMO)]


def test_pictures_need_no_display(start: ModuleType, calls: list[list[str]]) -> None:
    assert start.main(["--skarmbilder", "bilder"]) == 0
    assert calls[-1][1:] == ["--skarmbilder", "bilder"]


def test_the_tests_get_what_follows(start: ModuleType, calls: list[list[str]]) -> None:
    assert start.main(["test", "--db-url", "postgresql://server/db"]) == 0
    assert calls[-1][1:3] == ["-m", "pytest"]
    assert calls[-1][-2:] == ["--db-url", "postgresql://server/db"]
    assert "--cov" in calls[-1]


def test_missing_libraries_are_found(
    packages: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = "\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibannat.so.9 => not found\n"
    (tmp_path / "lib.so").touch()
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, stdout=told)
    )
    missing = packages.missing_libraries(tmp_path, ("lib.so", "finns-inte.so"))
    assert missing == ["libEGL.so.1", "libannat.so.9"]
    assert packages.packages_of(missing) == ["libannat.so.9", "libegl1"]


@pytest.mark.parametrize(
    ("root", "yes", "answer", "expected"),
    [
        (True, False, None, ["apt-get", "install"]),
        (True, True, None, ["apt-get", "install"]),
        (False, True, None, ["sudo", "-n", "-E", "apt-get", "install"]),
        (False, False, "j", ["sudo", "-E", "apt-get", "install"]),
        (True, False, "ja", ["apt-get", "install"]),
        (False, False, "", None),
        (True, False, "nej", None),
        (False, False, None, None),
    ],
)
def test_packages_are_installed_only_when_allowed(
    packages: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    root: bool,
    yes: bool,
    answer: str | None,
    expected: list[str] | None,
) -> None:
    """An `answer` of None is no terminal to ask on."""
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0 if root else 1000)
    stdin = io.StringIO(f"{answer}\n")
    stdin.isatty = lambda: answer is not None  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", stdin)
    if expected is None:
        with pytest.raises(packages.MissingError, match="sudo apt-get install -y libegl1"):
            packages.install(["libegl1"], "Något saknas.", yes=yes)
        assert calls == []
    else:
        packages.install(["libegl1"], "Något saknas.", yes=yes)
        assert calls[0][: len(expected)] == expected


def test_without_apt_the_packages_are_named(packages: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(packages.MissingError, match="motsvarar: libegl1"):
        packages.install(["libegl1"], "Något saknas.", yes=True)
