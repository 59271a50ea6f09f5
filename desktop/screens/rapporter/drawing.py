"""A report as a PDF in memory, and its pages as images. Runs off the GUI thread."""

import io
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QImage

from db.rules.figurer import Rapport


@dataclass(frozen=True, slots=True)
class Printed:
    """A report made: its figures, its PDF, and the size of its pages in points."""

    rapport: Rapport
    pdf: bytes
    pages: int
    page_width: float

    @property
    def hidden(self) -> int:
        """Cells that are hidden (R12)."""
        rows = [row for section in self.rapport.avsnitt for row in section.rader]
        return sum(len(row.dolda) + len(row.jamforelse_dolda) for row in rows)


def print_report(rapport: Rapport, when: datetime) -> Printed:
    """Write the report as PDF and count its pages."""
    import pypdfium2

    from desktop.reports.pdf import write_pdf

    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=when)
    pdf = out.getvalue()
    document = pypdfium2.PdfDocument(pdf)
    try:
        return Printed(rapport, pdf, len(document), document.get_page_size(0)[0])
    finally:
        document.close()


def draw_page(pdf: bytes, number: int, zoom: float, ratio: float) -> QImage:
    """A page at `zoom` px per point on a screen with `ratio` dots per px."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        bitmap = page.render(scale=zoom * ratio, prefer_bgrx=True)
        width, height = bitmap.width, bitmap.height
        image = QImage(bytes(bitmap.buffer), width, height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
    finally:
        document.close()
    image.setDevicePixelRatio(ratio)
    return image
