"""What the painted widgets share: rounded frames, focus rings, hatching and chips."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from desktop.theme import Theme


def rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None, width: float = 1
) -> None:
    """A rounded rectangle whose edge lies wholly inside `rect`."""
    inset = width / 2 if edge is not None else 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """The 2 px ring, just inside `rect`."""
    rounded(painter, rect, radius, None, theme.colour("focus"), 2)


def hatch(painter: QPainter, rect: QRectF, colour: QColor, radius: float, period: float = 4) -> None:
    """45° lines over a rounded rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    clip = QPainterPath()
    clip.addRoundedRect(rect, radius, radius)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1.3))
    step, x = period * 2**0.5, rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def text_width(theme: Theme, text: str, style: str = "body", weight: int | None = None) -> int:
    """How wide a text of the type scale is, in px."""
    return QFontMetrics(theme.font(style, weight)).horizontalAdvance(narrow_hyphen(text))


def draw_text(
    painter: QPainter,
    theme: Theme,
    rect: QRectF | QRect,
    text: str,
    tone: str,
    style: str = "body",
    weight: int | None = None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: bool = True,
) -> None:
    """One line of text of the type scale in a token colour, centred in height, cut with … if it must."""
    font = theme.font(style, weight)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    area, text = QRectF(rect), narrow_hyphen(text)
    if elide:
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
    painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def narrow_hyphen(text: str) -> str:
    """Inter's tabular figures make "-" as wide as a figure; U+2011 keeps its own width and looks the same."""
    return text.replace("-", "\u2011")


def chip_width(theme: Theme, text: str) -> int:
    """The width of a chip with this text."""
    return text_width(theme, text, "meta", 500) + theme.px(13 + 5 + 4 + 8)


def draw_chip(painter: QPainter, theme: Theme, rect: QRectF, kind: str, text: str, icon: str = "") -> None:
    """A chip in `rect`: icon and words in the colours of its kind."""
    colours = theme.chip(kind)
    rounded(painter, rect, theme.px(5), theme.colour(colours.fill), theme.colour(colours.edge))
    pixmap = theme.pixmap(icon or colours.icon, colours.text, 13, 2)
    side = theme.px(13)
    top = rect.center().y() - side / 2
    painter.drawPixmap(QPointF(rect.left() + theme.px(5), top), pixmap)
    words = rect.adjusted(theme.px(5 + 13 + 4), 0, -theme.px(4), 0)
    draw_text(painter, theme, words, text, colours.text, "meta", 500)
