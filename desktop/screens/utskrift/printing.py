"""A PDF on a printer, page by page."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from db.errors import KnownError
from desktop.i18n import tr
from desktop.paper import Paper, draw_page

DOTS = 300  # per inch: sharp text, and a page of moderate size
POINTS = 72


def print_pages(paper: Paper, printer: QPrinter) -> None:
    """Paint every page on the printer's. Raises KnownError when the printer does not answer."""
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(tr("Skrivaren svarar inte. Välj en annan eller spara som pdf."))
    try:
        for number in range(paper.pages):
            if number:
                printer.newPage()
            image = draw_page(paper.pdf, number, DOTS / POINTS)
            area = QRectF(painter.viewport())
            size = image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(area.x(), area.y(), size.width(), size.height()), image)
    finally:
        painter.end()
