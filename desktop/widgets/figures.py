"""Key figures in a strip, and small bars: kvinnor beside män, and one bar per kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.formatting import number
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout, column, row
from desktop.widgets.paint import draw_text, hatch, rounded, text_width
from desktop.widgets.text import IconLabel, Line, Text


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure with a line under it; the icon and its tone say how it stands."""

    label: str
    figure: str
    detail: str = ""
    icon: str = ""
    tone: str = "text2"


class KpiStrip(QWidget):
    """Key figures side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._details: list[QWidget] = []
        self._detailed = True

    def show_details(self, shown: bool) -> None:
        """Whether the lines under the figures show; they are read out all the same."""
        self._detailed = shown
        for detail in self._details:
            detail.setVisible(shown)

    def set_figures(self, figures: Sequence[Kpi]) -> None:
        """Show these."""
        clear_layout(self._row)
        self._details = []
        for place, kpi in enumerate(figures):
            if place:
                self._row.addWidget(Line(vertical=True, name="line"))
            self._row.addWidget(self._make(kpi), 1)

    def _make(self, kpi: Kpi) -> QWidget:
        box, detail = QWidget(), Text(kpi.detail, "meta", "text2").wrapped()
        below, under = QWidget(), row(detail, spacing=5)
        below.setLayout(under)
        under.setStretch(0, 1)
        if kpi.icon:
            mark = IconLabel(self._theme, kpi.icon, kpi.tone, 14)
            under.insertWidget(0, mark)
            under.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        label, figure = Text(kpi.label, "meta", "text2").wrapped(), Text(kpi.figure, "figure-small")
        box.setLayout(column(label, figure, below, 0, spacing=1))
        self._details.append(below)
        below.setVisible(self._detailed and bool(kpi.detail))
        box.setAccessibleName(f"{kpi.label}: {kpi.figure}. {kpi.detail}")
        return box


class BarPair(QWidget):
    """Kvinnor (solid) and män (hatched) as parts of one bar, with words under it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kvinnor = self._man = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_figures(self, kvinnor: int, man: int) -> None:
        """Show these numbers."""
        self._kvinnor, self._man = kvinnor, man
        self.setAccessibleName(f"{tr('Kvinnor')} {kvinnor}, {tr('Män')} {man}")
        self.update()

    def sizeHint(self) -> QSize:
        """A bar and a line of words."""
        return QSize(self._theme.px(200), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar, then legend with the numbers."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = self._kvinnor + self._man
        split = self.width() * self._kvinnor / total if total else 0.0
        rounded(painter, QRectF(0, 0, self.width(), px(10)), 2, theme.colour("neutral_soft"), None)
        if self._kvinnor:
            rounded(painter, QRectF(0, 0, split, px(10)), 2, theme.colour("kv"), None)
        if self._man:
            self._hatched(painter, QRectF(split + 1, 0, self.width() - split - 1, px(10)))
        x = self._legend(painter, 0, f"{tr('Kvinnor')} {number(self._kvinnor)}", hatched=False)
        self._legend(painter, x, f"{tr('Män')} {number(self._man)}", hatched=True)

    def _legend(self, painter: QPainter, x: float, text: str, hatched: bool) -> float:
        theme, px = self._theme, self._theme.px
        swatch = QRectF(x, px(18), px(10), px(10))
        if hatched:
            self._hatched(painter, swatch)
        else:
            rounded(painter, swatch, 2, theme.colour("kv"), None)
        width = text_width(theme, text, "meta") + 2
        words = QRectF(x + px(15), px(14), width, px(18))
        draw_text(painter, theme, words, text, "text2", "meta", elide=False)
        return words.right() + px(16)

    def _hatched(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        rounded(painter, rect, 2, theme.colour("man"), None)
        hatch(painter, rect, theme.colour("man_hatch"), 2)
        rounded(painter, rect, 2, None, theme.colour("man"))


class BarList(QWidget):
    """One bar per kind with its number: Kartläggning ▬▬ 6."""

    def __init__(self, theme: Theme, label_width: int = 90, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_width = label_width
        self._bars: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        """Show these."""
        self._bars = tuple(bars)
        self.setAccessibleName(", ".join(f"{text} {count}" for text, count in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line per bar."""
        return QSize(self._theme.px(220), self._theme.px(22) * len(self._bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, track, bar, number."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        most = max((count for _, count in self._bars), default=0) or 1
        for place, (text, count) in enumerate(self._bars):
            line = QRectF(0, px(22) * place, self.width(), px(22))
            draw_text(
                painter,
                theme,
                line.adjusted(0, 0, px(self._label_width) - line.width(), 0),
                text,
                "text2",
                "meta",
            )
            track = QRectF(px(self._label_width + 6), line.center().y() - px(4), 0, px(8))
            track.setRight(line.right() - px(34))
            rounded(painter, track, 3, theme.colour("neutral_soft"), None)
            track.setWidth(track.width() * count / most)
            rounded(painter, track, 3, theme.colour("s5"), None)
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, theme, line, number(count), "text", "meta", 600, right)
