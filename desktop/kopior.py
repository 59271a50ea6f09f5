"""Copies of documents for other programmes: read-only, in a folder of their own, gone with the window."""

import errno
import os
import secrets
import stat
import time
import weakref
from contextlib import suppress
from pathlib import Path

from db.errors import StoreError

PREFIX = "egenvag-kopior-"
OLDEST = 24 * 60 * 60  # seconds that a folder left by a run that crashed may lie


class Kopior:
    """The copies of one window. The folder is the user's alone, and removed with this object or at exit."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def write(self, namn: str, data: bytes) -> Path:
        """A read-only file of that name. Raises StoreError in Swedish when the disk is full or refuses."""
        try:
            # A folder each: two documents may be called the same, and a copy open is not written over.
            folder = self._root() / secrets.token_hex(8)
            folder.mkdir(mode=0o700)
            path = folder / namn
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            path.chmod(stat.S_IRUSR)
        except OSError as error:
            raise StoreError(_explain(error, namn)) from error
        return path

    def _root(self) -> Path:
        # Not at start-up: few open a document.
        from tempfile import gettempdir, mkdtemp

        if self._folder is None:
            _sweep(Path(gettempdir()))
            self._folder = Path(mkdtemp(prefix=PREFIX))
            weakref.finalize(self, _remove, self._folder)
        return self._folder


def _sweep(parent: Path) -> None:
    """Remove what earlier runs left behind."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > OLDEST:
                _remove(folder)


def _remove(folder: Path) -> None:
    """What another programme holds open stays until the next sweep."""
    from shutil import rmtree

    for path in folder.glob("*/*"):
        with suppress(OSError):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows removes no read-only file
    rmtree(folder, ignore_errors=True)


def _explain(error: OSError, namn: str) -> str:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return f"Disken är full. {namn} kunde inte öppnas. Frigör utrymme och försök igen."
    return f"{namn} kunde inte öppnas: datorns mapp för tillfälliga filer går inte att skriva i."
