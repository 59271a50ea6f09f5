"""The fillings of the bars of a Gantt: the kind of a bar is its filling, never its colour alone."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from desktop.theme import Theme
from desktop.widgets.paint import hatch, rounded


class BarKind(StrEnum):
    """The fillings of the tokens' chart.gantt."""

    AVSLUTAD = "avslutad"
    PAGAR = "pågår"
    PLANERAD = "planerad"
    AVBRUTEN = "avbruten"
    FRIST = "frist"
    UPPFYLLD = "uppfylld"


def fill_bar(painter: QPainter, theme: Theme, kind: BarKind, rect: QRectF, now: float) -> None:
    """The filling of a kind in `rect`; `now` is where today is, for what is under way."""
    colour = theme.colour
    if kind is BarKind.AVSLUTAD:
        rounded(painter, rect, 3, colour("s2"), None)
    elif kind is BarKind.PAGAR:
        _fill_running(painter, theme, rect, now)
    elif kind is BarKind.PLANERAD:
        rounded(painter, rect, 4, colour("surface"), None)
        _edge_dashed(painter, theme, rect)
    elif kind is BarKind.UPPFYLLD:
        rounded(painter, rect, 3, colour("ok_soft"), colour("ok_border"))
        half = theme.px(6)
        painter.drawPixmap(rect.center() - QPointF(half, half), theme.pixmap("check", "ok", 12, 2))
    else:
        late = kind is BarKind.FRIST
        tone = "warn" if late else "border_strong"
        rounded(painter, rect, 3, colour("warn_soft" if late else "surface"), None)
        hatch(painter, rect, colour(tone), 3)
        rounded(painter, rect, 3, None, colour(tone), 1.3 if late else 1)


def _fill_running(painter: QPainter, theme: Theme, rect: QRectF, now: float) -> None:
    """s5 up to today, s1 with an s5 edge after."""
    if now < rect.right():
        rounded(painter, rect, 3, theme.colour("s1"), theme.colour("s5"))
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, 3, 3)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(QRectF(rect.left(), rect.top(), now - rect.left(), rect.height()), theme.colour("s5"))
    painter.restore()


def _edge_dashed(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    pen = QPen(theme.colour("accent"), 1.3)
    pen.setDashPattern([4, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
