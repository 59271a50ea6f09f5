"""Faults of ours: a log without people in it, and a dialog in Swedish instead of a traceback or silence."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

log = logging.getLogger("egenvag")

HIDDEN = "[dolt]"
PATTERNS = (
    # What PostgreSQL tells of the row may hold anything, over several lines, until the next heading.
    re.compile(r"(?<=DETAIL:).*?(?=\n(?:HINT|CONTEXT|QUERY|LINE \d+|\[SQL)\b|\n\[|\n\n|\Z)", re.DOTALL),
    re.compile(r"\[parameters: .*?\](?=\s*(?:\n|$|\())", re.DOTALL),  # what SQLAlchemy sent to the store
    re.compile(
        r"(?<!\d)(?:\d{2})?\d{6}[-+ \u00a0\u2212\u2010]?\d{4}(?!\d)"
    ),  # personnummer, samordningsnummer
    re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(r"(?<!\d)0\d{1,3}[- ]\d{2,3}(?: ?\d{2,3}){1,3}(?!\d)"),  # telephone
)


def redact(text: str) -> str:
    """The text without what looks like personnummer, e-mail, telephone or values sent to the store."""
    for pattern in PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text


def log_path() -> Path:
    """Where the log lies, in the user's own log folder."""
    return Path(platformdirs.user_log_dir("egenvag", appauthor=False)) / "egenvag.log"


class RedactingFormatter(logging.Formatter):
    """Writes records, tracebacks included, without people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines of a record."""
        return redact(super().format(record))


def start_log(path: Path | None = None) -> logging.Handler | None:
    """Log to a file of at most 1 MB, three kept; None where nothing can be written there."""
    target = path or log_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(target, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return handler


def details(error: BaseException) -> str:
    """The whole traceback of an error, redacted: what the user may copy and send."""
    return redact("".join(traceback.format_exception(error)))


class CrashReporter:
    """Logs a fault and has it shown, one at a time: faults while one is on screen are only logged."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._showing = False

    def report(self, error: BaseException) -> None:
        """Log and show; called on the GUI thread."""
        text = details(error)
        log.error("Unexpected error\n%s", text)
        if self._showing:
            return
        self._showing = True
        try:
            self._show(text)
        finally:
            self._showing = False

    def install(self) -> Callable[[], None]:
        """Catch what nobody else does, in this thread and others; returns what puts things back."""
        before, before_thread = sys.excepthook, threading.excepthook
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

        def restore() -> None:
            sys.excepthook, threading.excepthook = before, before_thread

        return restore

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log.error("Unexpected error in a thread\n%s", details(args.exc_value))
