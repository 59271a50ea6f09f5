"""Pictures that leave the programme: as an image, PNG or SVG, always light on white. May run off the GUI
thread: everything is painted into memory."""

from functools import cache

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.charts.frame import framed
from desktop.charts.picture import Picture
from desktop.tokens import load_tokens
from desktop.widgets.chart_paint import DrawingPainter, measure

WIDTH = 720.0  # design px
SHARPNESS = 3  # dots per design px: sharp on paper too
_MOST_DOTS = 12_000  # a side that every programme can read
_DOTS_PER_INCH = 96


@cache
def _light() -> dict[str, QColor]:
    return {name: QColor(value) for name, value in load_tokens().colours["light"].items()}


def make_image(picture: Picture, width: float = WIDTH, height: float = 0.0) -> QImage:
    """The framed picture, `SHARPNESS` dots per px, of the size in px in a document."""
    drawing = framed(picture, width, height, measure)
    sharpness = min(SHARPNESS, _MOST_DOTS / max(drawing.width, drawing.height))
    size = QSize(round(drawing.width * sharpness), round(drawing.height * sharpness))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(_light()["paper"])
    painter = QPainter(image)
    painter.scale(sharpness, sharpness)
    DrawingPainter(painter, _light().__getitem__).paint(drawing)
    painter.end()
    per_metre = round(_DOTS_PER_INCH * sharpness / 0.0254)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    image.setText("Title", picture.title)
    image.setText("Description", picture.alt)
    return image


def make_png(picture: Picture, width: float = WIDTH, height: float = 0.0) -> bytes:
    """The bytes of a PNG file; title and description are in it as text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    make_image(picture, width, height).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def make_svg(picture: Picture, width: float = WIDTH, height: float = 0.0) -> bytes:
    """The bytes of an SVG file. Its text is drawn as shapes, so that it looks the same without our font;
    title and description are there for screen readers."""
    from PySide6.QtSvg import QSvgGenerator

    drawing = framed(picture, width, height, measure)
    buffer = QBuffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(QSize(round(drawing.width), round(drawing.height)))
    generator.setViewBox(QRectF(0, 0, drawing.width, drawing.height))
    generator.setTitle(picture.title)
    generator.setDescription(picture.alt)
    painter = QPainter(generator)
    DrawingPainter(painter, _light().__getitem__, paths=True).paint(drawing)
    painter.end()
    return bytes(buffer.data().data())
