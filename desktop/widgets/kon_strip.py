"""Key figures with kvinnor and män beside each, in a grid; each opens what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.formatting import NBSP
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout
from desktop.widgets.paint import draw_text, focus_ring, hatch, rounded, text_width

_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class KonKpi:
    """A figure in words, in all and by kön, with a line under it; `key` names what opens it."""

    key: str
    label: str
    figure: str
    kvinnor: str
    man: str
    detail: str = ""
    icon: str = ""
    tone: str = "text2"

    @property
    def spoken(self) -> str:
        """The figure in words."""
        kon = f"{tr('kvinnor')} {self.kvinnor}, {tr('män')} {self.man}"
        return f"{self.label}: {self.figure}, {kon}. {self.detail}".strip()


class KonCell(QWidget):
    """One figure. Enter, Space or a press is `chosen`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, kpi: KonKpi, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.kpi = theme, kpi
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_kpi(kpi)

    def show_kpi(self, kpi: KonKpi) -> None:
        """Show this."""
        self.kpi = kpi
        self.setAccessibleName(kpi.spoken)
        self.setToolTip(f"{kpi.label}. {kpi.detail}" if kpi.detail else kpi.label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Label, figure and line."""
        return QSize(self._theme.px(168), self._theme.px(78))

    def minimumSizeHint(self) -> QSize:
        """The figure and the two kön side by side."""
        theme, px = self._theme, self._theme.px
        figure = text_width(theme, self.kpi.figure, "figure", 600)
        return QSize(max(figure + self._kon_width() + px(16), px(148)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.kpi.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a press."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.kpi.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Label over figure and kön, the line under them."""
        painter, theme, px, kpi = QPainter(self), self._theme, self._theme.px, self.kpi
        width = self.width() - px(6)
        draw_text(painter, theme, QRectF(px(3), 0, width, px(18)), kpi.label, "text2", "meta")
        draw_text(
            painter,
            theme,
            QRectF(px(3), px(19), width, px(32)),
            kpi.figure,
            "text",
            "figure",
            600,
            elide=False,
        )
        left = self.width() - self._kon_width() - px(3)
        self._paint_kon(painter, QRectF(left, px(17), self._kon_width(), px(17)), "K", kpi.kvinnor)
        self._paint_kon(painter, QRectF(left, px(34), self._kon_width(), px(17)), "M", kpi.man)
        x = px(3)
        if kpi.icon:
            painter.drawPixmap(x, px(57), theme.pixmap(kpi.icon, kpi.tone, 14))
            x += px(19)
        draw_text(painter, theme, QRectF(x, px(54), self.width() - x, px(20)), kpi.detail, "text2", "meta")
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), 6)

    def _kon_width(self) -> int:
        theme = self._theme
        words = (f"K{NBSP}{self.kpi.kvinnor}", f"M{NBSP}{self.kpi.man}")
        return max(text_width(theme, text, "meta", 600) for text in words) + theme.px(18)

    def _paint_kon(self, painter: QPainter, rect: QRectF, letter: str, figure: str) -> None:
        theme, px = self._theme, self._theme.px
        swatch = QRectF(rect.left(), rect.center().y() - px(5), px(10), px(10))
        rounded(painter, swatch, 2, theme.colour("kv" if letter == "K" else "man"), None)
        if letter == "M":
            hatch(painter, swatch, theme.colour("man_hatch"), 2)
            rounded(painter, swatch, 2, None, theme.colour("man"))
        words = rect.adjusted(px(16), 0, 2, 0)
        draw_text(painter, theme, words, f"{letter}{NBSP}{figure}", "text", "meta", 600, elide=False)


class KonStrip(QWidget):
    """Figures in rows of three unless told. `chosen` tells the key of the one pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self.cells: list[KonCell] = []

    def set_figures(self, kpis: Sequence[KonKpi]) -> None:
        """Show these; the focus stays where it is."""
        if len(kpis) == len(self.cells):
            for cell, kpi in zip(self.cells, kpis, strict=True):
                cell.show_kpi(kpi)
            return
        clear_layout(self._grid)
        self.cells = [KonCell(self._theme, kpi) for kpi in kpis]
        for cell in self.cells:
            cell.chosen.connect(self.chosen)
        self._place()

    def set_columns(self, columns: int) -> None:
        """So many figures in a row."""
        if columns == self._columns:
            return
        for place in range(self._columns):
            self._grid.setColumnStretch(place, 0)
        self._columns = columns
        for cell in self.cells:
            self._grid.removeWidget(cell)
        self._place()

    def _place(self) -> None:
        for place, cell in enumerate(self.cells):
            self._grid.addWidget(cell, place // self._columns, place % self._columns)
            self._grid.setColumnStretch(place % self._columns, 1)
