"""BIP as small multiples: one panel per indicator, all on the scale 1 to 5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.queries.card_rows import BipRow
from db.rules.bip import calculate_nasta_matning
from desktop.formatting import signed
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.paint import draw_text

LOW, HIGH = 1, 5


@dataclass(frozen=True, slots=True)
class Serie:
    """One indicator's values in time order."""

    namn: str
    varden: tuple[int, ...]

    @property
    def change(self) -> int | None:
        """Latest − first; None when measured once."""
        return self.varden[-1] - self.varden[0] if len(self.varden) > 1 else None


def make_series(rows: Sequence[BipRow], svarande: str) -> tuple[Serie, ...]:
    """The series of who answered, in the order first measured."""
    found: dict[str, list[int]] = {}
    for row in sorted((r for r in rows if r.svarande == svarande), key=lambda r: r.datum):
        found.setdefault(row.indikator, []).append(row.varde)
    return tuple(Serie(first_upper(namn), tuple(varden)) for namn, varden in found.items())


def count_measurements(rows: Sequence[BipRow]) -> int:
    """On how many days something was measured."""
    return len({row.datum for row in rows})


def next_measurement(rows: Sequence[BipRow]) -> date | None:
    """When the next one is due; None before the first."""
    return calculate_nasta_matning(max(row.datum for row in rows)) if rows else None


class BipGrid(QWidget):
    """Panels in rows of `columns`; read out as one sentence."""

    def __init__(self, theme: Theme, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._columns = theme, columns
        self._series: tuple[Serie, ...] = ()
        self.setAccessibleName("BIP")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_series(self, series: Sequence[Serie]) -> None:
        """Show these."""
        self._series = tuple(series)
        said = (f"{s.namn} {s.varden[-1]}, {tr('förändring')} {signed(s.change or 0)}" for s in self._series)
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As many rows as needed."""
        rows = -(-len(self._series) // self._columns)
        return QSize(self._theme.px(300), rows * self._theme.px(80))

    def minimumSizeHint(self) -> QSize:
        """Narrow panels are cut in their names."""
        return QSize(self._theme.px(80) * self._columns, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every panel in its cell, a hair line between rows."""
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.width() / self._columns
        for place, serie in enumerate(self._series):
            at_row, at_column = divmod(place, self._columns)
            cell = QRectF(at_column * share, at_row * px(80), share - px(10), px(80))
            if at_row and not at_column:
                painter.fillRect(QRectF(0, cell.top(), self.width(), 1), self._theme.colour("hair"))
            self._paint_panel(painter, serie, cell)

    def _paint_panel(self, painter: QPainter, serie: Serie, cell: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        title = QRectF(cell.left(), cell.top() + px(5), cell.width(), px(18))
        draw_text(painter, theme, title, serie.namn, "text2", "meta", 500)
        chart = QRectF(cell.left(), cell.top() + px(29), max(px(36), cell.width() - px(54)), px(34))
        self._paint_chart(painter, serie, chart)
        self._paint_figure(
            painter, serie, QRectF(chart.right() + px(18), chart.top() - px(4), px(44), px(42))
        )

    def _paint_chart(self, painter: QPainter, serie: Serie, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        for value in (LOW, HIGH):
            painter.fillRect(QRectF(area.left(), self._y(value, area), area.width(), 1), theme.colour("grid"))
        painter.setPen(QPen(theme.colour("grid"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), self._y(3, area)), QPointF(area.right(), self._y(3, area)))
        step = area.width() / max(2, len(serie.varden))
        points = [
            QPointF(area.left() + px(4) + step * place, self._y(value, area))
            for place, value in enumerate(serie.varden)
        ]
        colour = theme.colour("s5")
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            painter.drawEllipse(point, px(2.5), px(2.5))
        painter.drawEllipse(points[-1], px(4), px(4))
        self._paint_next(painter, points[-1], area)

    def _paint_next(self, painter: QPainter, last: QPointF, area: QRectF) -> None:
        ring = QPen(self._theme.colour("text3"), 1.3)
        ring.setDashPattern([1.5, 1.5])
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(area.right() + self._theme.px(7), last.y()), 4, 4)

    def _paint_figure(self, painter: QPainter, serie: Serie, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        draw_text(
            painter, theme, QRectF(area.topLeft(), QSize(px(44), px(22))), str(serie.varden[-1]), "text",
            "figure-small", elide=False,
        )  # fmt: skip
        change = serie.change
        if change is None:
            return
        icon, tone = {1: ("trending-up", "ok"), -1: ("trending-down", "danger"), 0: ("minus", "text2")}[
            (change > 0) - (change < 0)
        ]
        under = QRectF(area.left(), area.top() + px(23), area.width(), px(16))
        painter.drawPixmap(under.topLeft() + QPointF(0, px(2)), theme.pixmap(icon, tone, 13, 2))
        draw_text(
            painter, theme, under.adjusted(px(16), 0, 0, 0), signed(change), tone, "meta", 600, elide=False
        )

    def _y(self, value: int, area: QRectF) -> float:
        return area.bottom() - area.height() * (value - LOW) / (HIGH - LOW)
