"""A file appears whole or not at all, and what the disk says is told in Swedish."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from db.errors import StoreError
from db.files import explain_file, whole_file, write_file


def write(stream: BinaryIO) -> None:
    stream.write(b"helt")


def fail(stream: BinaryIO) -> None:
    stream.write(b"halvt")
    raise RuntimeError


def full(stream: BinaryIO) -> None:
    stream.write(b"halvt")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_writes(tmp_path: Path) -> None:
    write_file(tmp_path / "ut.txt", write)
    assert (tmp_path / "ut.txt").read_bytes() == b"helt"
    assert len(list(tmp_path.iterdir())) == 1


def test_replaces(tmp_path: Path) -> None:
    (tmp_path / "ut.txt").write_bytes(b"gammalt")
    write_file(tmp_path / "ut.txt", write)
    assert (tmp_path / "ut.txt").read_bytes() == b"helt"


@pytest.mark.parametrize(("writer", "raised"), [(fail, RuntimeError), (full, StoreError)])
def test_half_a_file_is_never_seen(tmp_path: Path, writer: object, raised: type[Exception]) -> None:
    (tmp_path / "ut.txt").write_bytes(b"gammalt")
    with pytest.raises(raised):
        write_file(tmp_path / "ut.txt", writer)  # type: ignore[arg-type]
    assert (tmp_path / "ut.txt").read_bytes() == b"gammalt"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "mål").write_bytes(b"gammalt")
    (tmp_path / "länk").symlink_to(tmp_path / "mål")
    write_file(tmp_path / "länk", write)
    assert (tmp_path / "länk").is_symlink()
    assert (tmp_path / "mål").read_bytes() == b"helt"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path(os.devnull), write)
    assert not Path(os.devnull).is_file()


def test_a_full_device_is_told_and_not_replaced() -> None:
    with (
        pytest.raises(StoreError, match="Disken är full"),
        whole_file(Path("/dev/full")) as temporary,
    ):
        temporary.write_bytes(b"rapport")
    assert Path("/dev/full").is_char_device()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="är en mapp"):
        write_file(tmp_path, write)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"Mappen .* finns inte"):
        write_file(tmp_path / "saknas" / "ut.txt", write)


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "ut.txt"
    with pytest.raises(StoreError, match="finns redan"), whole_file(path, replace=False):
        path.write_bytes(b"din")  # somebody was quicker
    assert path.read_bytes() == b"din"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with whole_file(tmp_path / "ut.txt", replace=False) as temporary:
        temporary.write_bytes(b"helt")
    with pytest.raises(StoreError, match="finns redan"), whole_file(tmp_path / "ut.txt", replace=False):
        pytest.fail("an existing file is refused before any work")
    with (
        pytest.raises(StoreError, match="finns redan"),
        whole_file(tmp_path / "ny", replace=False) as temporary,
    ):
        (tmp_path / "ny").write_bytes(b"din")
    assert (tmp_path / "ut.txt").read_bytes() == b"helt"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "Disken är full"),
        (errno.EFBIG, "Disken är full"),
        (errno.EACCES, "saknar behörighet"),
        (errno.EROFS, "saknar behörighet"),
        (errno.ENOENT, "Mappen"),
        (errno.EEXIST, "finns redan"),
        (errno.ENAMETOOLONG, "annat namn"),
    ],
)
def test_faults_in_swedish(number: int, told: str) -> None:
    assert told in explain_file(OSError(number, os.strerror(number)), Path("mapp/ut.txt"))
