"""What all windowless commands share: Swedish argparse, the store, whole files, progress and faults."""

import argparse
import errno
import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeAlias

from db.files import explain_file, write_file

if TYPE_CHECKING:
    from db.session import Store

DONE, REFUSED, UNUSABLE = 0, 1, 2
# What `add_subparsers` gives, to which each part of the command line adds its commands.
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"

# argparse's own words, in the order tried.
_TRANSLATIONS = (
    (r"argument ([^:]+): (.*)", r"\1: \2"),
    (r"the following arguments are required: (.*)", r"det saknas: \1"),
    (r"one of the arguments (.*) is required", r"ange något av \1"),
    (r"unrecognized arguments: (.*)", r"okänt: \1"),
    (r"invalid choice: (.*?) \(choose from (.*)\)", r"\1 finns inte. Välj bland \2"),
    (r"invalid \w+ value: (.*)", r"\1 går inte att tolka"),
    (r"expected one argument", "ett värde saknas"),
    (r"expected at least one argument", "minst ett värde saknas"),
    (r"expected at most one argument", "högst ett värde kan anges"),
    (r"expected (\d+) arguments?", r"\1 värden ska anges"),
    (r"not allowed with argument (.*)", r"kan inte användas tillsammans med \1"),
    (r"ignored explicit argument (.*)", r"tar inget värde, men fick \1"),
)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = "Så här: "
    ) -> None:
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """argparse in Swedish, with its faults as one line and exit code 2."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._positionals.title = "Argument"
        self._optionals.title = "Val"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        complain(f"{in_swedish(message)}. Se {self.prog} --help")
        sys.exit(UNUSABLE)


def in_swedish(message: str) -> str:
    """argparse's complaint in Swedish."""
    for pattern, swedish in _TRANSLATIONS:
        message = re.sub(pattern, swedish, message)
    return message


def complain(message: str) -> None:
    """One line on stderr; line breaks in it become spaces. A closed stderr is no fault."""
    try:
        sys.stderr.write(f"Fel: {' '.join(message.split())}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def datum(text: str) -> date:
    """An argument's day, ÅÅÅÅ-MM-DD."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} är inget datum. Skriv ÅÅÅÅ-MM-DD") from None


class IfMissing(Enum):
    """What to do when the register named does not exist."""

    REFUSE = "säg ifrån"
    CREATE = "gör ett tomt"
    TRY = "låna ett tomt som kastas efteråt"


@contextmanager
def open_cli_store(
    arguments: argparse.Namespace, if_missing: IfMissing = IfMissing.REFUSE
) -> Iterator["Store"]:
    """The register that `--db`, EGENVAG_DB or the user's own place names, upgraded and closed afterwards.

    Raises StoreError when it cannot be used.
    """
    from db import migrate

    with _where(register_place(arguments), if_missing) as where:
        store = migrate.open_register(where)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def _where(where: str, if_missing: IfMissing) -> Iterator[str]:
    from tempfile import TemporaryDirectory

    from db import migrate

    if "://" in where or Path(where).exists() or if_missing is IfMissing.REFUSE:
        yield where
    elif if_missing is IfMissing.CREATE:
        migrate.create_store(where).close()
        yield where
    else:
        with TemporaryDirectory(prefix="egenvag-") as folder:
            borrowed = str(Path(folder) / "prov.egenvag")
            migrate.create_store(borrowed).close()
            yield borrowed


def register_place(arguments: argparse.Namespace) -> str:
    """The register's file or database URL that the call names, else the user's own."""
    from db.places import own_register

    return arguments.db or own_register()


def comparison_of(arguments: argparse.Namespace) -> str | None:
    """The comparison period that is asked for. A follow-up compares as its plan does: that is told on stderr
    and the report is made all the same. Raises KnownError for a text that is no period."""
    from desktop.report_service import find_report, read_period
    from desktop.reports.plan.rapport import NAMN as UPPFOLJNING

    jamfor: str | None = arguments.jamfor
    if not jamfor or find_report(arguments.namn).namn != UPPFOLJNING:
        return jamfor
    read_period(jamfor)
    sys.stderr.write("Uppföljningen jämförs med planens egna perioder. --jamfor används inte.\n")
    return None


def write_whole(place: str, writer: Callable[[BinaryIO], object]) -> None:
    """Let the writer fill the named file, which appears whole or not at all; `-` is stdout.

    Raises StoreError when there is no room, right or folder for it.
    """
    if place != "-":
        write_file(Path(place), writer)
        return
    whole = io.BytesIO()
    writer(whole)
    sys.stdout.flush()
    sys.stdout.buffer.write(whole.getvalue())
    sys.stdout.buffer.flush()


class Progress:
    """A line on stderr that tells how far the work is; silent when nobody sees it."""

    INTERVAL = 0.2  # seconds between two tellings

    def __init__(self, title: str) -> None:
        self._title = title
        self._seen = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how far; total 0 when nobody knows."""
        now = time.monotonic()
        if not self._seen or (now - self._last < self.INTERVAL and done != total):
            return
        self._last = now
        sys.stderr.write(f"\r\x1b[K{self._title} {f'{100 * done // total} %' if total else done}")
        sys.stderr.flush()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._seen and self._last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def run_guarded(run: Callable[[], int]) -> int:
    """Run a command; whatever goes wrong becomes one Swedish line and an exit code, never a traceback."""
    from db.errors import ConflictError, KnownError

    try:
        code = run()
        sys.stdout.flush()
    except ConflictError as error:
        complain(error.message)
        return REFUSED
    except KnownError as error:
        complain(error.message)
        return UNUSABLE
    except BrokenPipeError:
        _forget_stdout()
        return UNUSABLE
    except KeyboardInterrupt:
        complain("Avbrutet.")
        return UNUSABLE
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _crashed(error)
        _forget_stdout()
        complain(explain_file(error, Path(error.filename or "stdout")))
        return UNUSABLE
    except Exception as error:
        return _crashed(error)
    return code


def _crashed(error: Exception) -> int:
    from desktop import errors

    handler = errors.start_log()
    errors.log.error("Unexpected error\n%s", errors.details(error))
    if handler:
        handler.close()
        errors.log.removeHandler(handler)
    complain(f"Något gick fel i Egenväg. Vad som hände står i {errors.log_path()}.")
    return UNUSABLE


def _forget_stdout() -> None:
    # Whoever read us has left; Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
