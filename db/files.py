"""Files that appear whole or not at all, and the disk's troubles told in Swedish."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from db.errors import StoreError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def explain_file(error: OSError, path: Path) -> str:
    """The Swedish sentence for a file that could not be written."""
    if error.errno in _FULL:
        return f"Disken är full. {path} har inte skrivits. Frigör utrymme och försök igen."
    if error.errno in _FORBIDDEN:
        return f"Du saknar behörighet att skriva {path}. Välj en annan plats."
    if error.errno == errno.ENOENT:
        return f"Mappen {path.parent} finns inte. Skapa den först eller välj en annan."
    if error.errno == errno.EEXIST:
        return f"{path} finns redan och skrivs inte över. Välj ett annat namn."
    return f"{path} gick inte att skriva. Välj ett annat namn eller en annan plats."


@contextmanager
def whole_file(path: Path, *, replace: bool = True) -> Iterator[Path]:
    """A path beside `path` to write to; when the block ends well it becomes `path`, else it is removed.

    Without `replace` a file that is there already is never touched. A device or pipe is written to, never
    replaced. Raises StoreError in Swedish.
    """
    if replace and _is_special(path):
        with _for_device(path) as temporary:
            yield temporary
        return
    path = Path(os.path.realpath(path))  # a link stays a link
    temporary = path.with_name(f".egenvag-{secrets.token_hex(8)}.tmp")
    try:
        if path.is_dir():
            raise StoreError(f"{path} är en mapp. Ange en fil.")
        if not replace and path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield temporary
        _sync(temporary)
        _move(temporary, path, replace)
    except OSError as error:
        raise StoreError(explain_file(error, path)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_file(path: Path, writer: Callable[[BinaryIO], object]) -> None:
    """Let the writer fill a file that appears whole or not at all; a device or pipe gets the whole of it.

    Raises StoreError in Swedish; what the writer raises passes through, and leaves nothing behind.
    """
    with whole_file(path) as temporary, temporary.open("wb") as stream:
        writer(stream)


@contextmanager
def _for_device(path: Path) -> Iterator[Path]:
    """A path to write to, whose bytes go to the device when the block ends well."""
    with TemporaryDirectory() as folder:
        temporary = Path(folder) / "innehåll"
        temporary.touch()
        yield temporary
        try:
            with temporary.open("rb") as source, path.open("wb") as device:
                shutil.copyfileobj(source, device)
        except OSError as error:
            raise StoreError(explain_file(error, path)) from error


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _move(temporary: Path, path: Path, replace: bool) -> None:
    if replace:
        temporary.replace(path)
    else:
        _move_to_new(temporary, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _move_to_new(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # fails, in one step, where the name is taken
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temporary.replace(path)
