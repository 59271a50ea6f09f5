"""A workbook as a file without a clock: the same report gives the same bytes, today and next year."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter


def save_book(book: Any, out: BinaryIO, day: date) -> None:
    """Write the workbook to `out`. It tells that it was made on `day`; its parts have no times of their
    own."""
    book.properties.created = book.properties.modified = datetime.combine(day, time())
    ExcelWriter(book, _StillZip(out, "w", ZIP_DEFLATED)).save()


class _StillZip(ZipFile):
    """Gives every part the time that a zip begins counting at, instead of now."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *more: Any, **named: Any) -> None:
        part = ZipInfo(zinfo_or_arcname)
        part.compress_type = self.compression
        super().writestr(part, data, *more, **named)

    def write(self, filename: Any, arcname: Any = None, *more: Any, **named: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes(), *more, **named)
