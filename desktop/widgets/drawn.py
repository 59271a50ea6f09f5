"""A small drawing that stands beside words, such as the swatch of a legend."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.scene import Drawing
from desktop.theme import Theme
from desktop.widgets.chart_paint import paint_drawing


class Drawn(QWidget):
    """It says nothing, the words beside it do."""

    def __init__(self, theme: Theme, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._drawing = theme, drawing
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As large as the drawing."""
        return QSize(self._theme.px(self._drawing.width), self._theme.px(self._drawing.height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing."""
        paint_drawing(QPainter(self), self._theme, self._drawing, QPointF(0, 0))
