"""The command line speaks Swedish, writes files whole, and never shows a traceback."""

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from db.errors import CancelledError, ConflictError, StoreError
from desktop import cli, cli_common
from desktop.cli_common import IfMissing, Parser, datum, in_swedish, open_cli_store, run_guarded, write_whole


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "desktop.cli", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def parser() -> Parser:
    parser = Parser(prog="egenvag-cli")
    parser.add_argument("fil")
    parser.add_argument("--frö", type=int)
    parser.add_argument("--per", type=datum)
    parser.add_argument("--slag", choices=["a", "b"])
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--pdf", action="store_true")
    either.add_argument("--json", action="store_true")
    return parser


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "det saknas: fil"),
        (["x", "--annat"], "okänt: --annat"),
        (["x", "--frö", "tio"], "--frö: 'tio' går inte att tolka"),
        (["x", "--frö"], "--frö: ett värde saknas"),
        (["x", "--per", "2024-02-30"], "--per: 2024-02-30 är inget datum. Skriv ÅÅÅÅ-MM-DD"),
        (["x", "--per", "20240201"], "--per: 20240201 är inget datum"),
        (["x", "--slag", "c"], "--slag: 'c' finns inte. Välj bland"),
        (["x", "--pdf", "--json"], "--json: kan inte användas tillsammans med --pdf"),
        (["x", "--pdf=1"], "--pdf: tar inget värde, men fick '1'"),
        (["x", "--fr", "1"], "okänt: --fr 1"),
    ],
)
def test_wrong_use_is_one_swedish_line(
    parser: Parser, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(arguments)
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.startswith(f"Fel: {told}"), said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("one of the arguments --a --b is required", "ange något av --a --b"),
        ("argument x: expected 2 arguments", "x: 2 värden ska anges"),
        ("argument x: expected at least one argument", "x: minst ett värde saknas"),
        ("argument x: expected at most one argument", "x: högst ett värde kan anges"),
    ],
)
def test_argparse_in_swedish(english: str, swedish: str) -> None:
    assert in_swedish(english) == swedish


def test_help_is_swedish(parser: Parser) -> None:
    told = parser.format_help()
    for english in ("usage", "options", "positional", "show this"):
        assert english not in told
    assert told.startswith("Så här: egenvag-cli")


def test_every_command_has_swedish_help() -> None:
    told = run("--help")
    assert told.returncode == 0
    for command in ("demo", "kontrollera", "sakerhetskopiera", "aterstall"):
        assert command in told.stdout
    assert "usage" not in told.stdout


def test_a_day() -> None:
    assert datum("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (StoreError("Disken är full."), 2, "Fel: Disken är full.\n"),
        (StoreError("Två\nrader."), 2, "Fel: Två rader.\n"),
        (ConflictError("Någon hann före."), 1, "Fel: Någon hann före.\n"),
        (CancelledError(), 2, "Fel: Avbrutet. Inget har ändrats.\n"),
        (KeyboardInterrupt(), 2, "Fel: Avbrutet.\n"),
    ],
)
def test_faults_become_a_line_and_a_code(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    def fail() -> int:
        raise error

    assert run_guarded(fail) == code
    assert capsys.readouterr().err == said


def test_a_fault_of_ours_goes_to_the_log(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from desktop.errors import log_path

    def fail() -> int:
        raise ValueError("19800101-9801")

    assert run_guarded(fail) == 2
    said = capsys.readouterr().err
    assert said == f"Fel: Något gick fel i Egenväg. Vad som hände står i {log_path()}.\n"
    written = log_path().read_text(encoding="utf-8")
    assert "test_cli_common.py" in written
    assert "19800101" not in written


def test_nobody_reads_on() -> None:
    """As with `egenvag-cli … | head -1`."""
    script = (
        "import sys; from desktop.cli_common import run_guarded\n"
        "run = lambda: sys.stdin.read() or [print('x' * 100_000) for _ in range(9)] and 0\n"
        "sys.exit(run_guarded(run))"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        assert process.stdin
        assert process.stderr
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2


def test_output_to_stdout_is_the_very_bytes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_whole("-", lambda stream: stream.write(b"\x00\xff\r\n"))
    assert capsysbinary.readouterr().out == b"\x00\xff\r\n"


def test_output_to_a_file(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "ut"), lambda stream: stream.write(b"helt"))
    assert (tmp_path / "ut").read_bytes() == b"helt"


def test_progress_is_silent_when_nobody_sees(capsys: pytest.CaptureFixture[str]) -> None:
    with cli_common.Progress("Läser") as progress:
        progress(1, 2)
        progress(2, 2)
    assert capsys.readouterr().err == ""


def test_progress_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with cli_common.Progress("Läser") as progress:
        progress(1, 2)
        progress(2, 2)
    said = capsys.readouterr().err
    assert "Läser 50 %" in said
    assert "Läser 100 %" in said
    assert said.endswith("\r\x1b[K")


def named(path: Path | None) -> argparse.Namespace:
    return argparse.Namespace(db=None if path is None else str(path))


def test_a_missing_register_is_refused_made_or_lent(tmp_path: Path) -> None:
    path = tmp_path / "nytt.egenvag"
    with pytest.raises(StoreError, match="finns inte"), open_cli_store(named(path)):
        pytest.fail("there is no register")
    with open_cli_store(named(path), IfMissing.TRY) as store:
        borrowed = store.path
        assert borrowed
        assert borrowed.exists()
    assert not borrowed.exists()
    assert not path.exists()
    with open_cli_store(named(path), IfMissing.CREATE) as store:
        assert store.path == path
    assert path.exists()


def test_without_db_the_environment_names_the_register_and_then_the_own_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with open_cli_store(named(None), IfMissing.CREATE) as store:
        assert store.path == tmp_path / "data" / "egenvag" / "register.egenvag"
    monkeypatch.setenv("EGENVAG_DB", str(tmp_path / "annat.egenvag"))
    with open_cli_store(named(None), IfMissing.CREATE) as store:
        assert store.path == tmp_path / "annat.egenvag"


def test_the_command_line_starts_light() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from desktop import cli; cli.build_parser();"
            "heavy = {'PySide6', 'alembic', 'reportlab', 'openpyxl', 'sqlalchemy', 'python_calamine'};"
            "print(sorted(heavy & sys.modules.keys()))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"


def test_all_parts_are_there() -> None:
    choices = cli.build_parser().format_help()
    assert "kontrollera" in choices
