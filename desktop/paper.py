"""Pages of a PDF in memory: how many, how wide, and drawn as images. Runs off the GUI thread."""

from dataclasses import dataclass

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF with the number of its pages and their width in points."""

    pdf: bytes
    pages: int
    page_width: float


def measure(pdf: bytes) -> Paper:
    """Count the pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return Paper(pdf, len(document), document.get_page_size(0)[0])
    finally:
        document.close()


def draw_page(pdf: bytes, number: int, zoom: float, ratio: float = 1.0) -> QImage:
    """A page (from 0) at `zoom` px per point on a screen with `ratio` dots per px."""
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
