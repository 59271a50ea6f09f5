"""BIP as small multiples: one panel per indicator, all on the scale of the register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from db.queries.card_rows import BipRow, Card
from db.rules.bip import SKALA, Forandring, calculate_forandring, name_indikatorer
from db.rules.idag import find_bip_frist
from desktop.formatting import signed
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.paint import draw_text

PANEL, PANEL_BOTH = 80, 90  # design px: how high a panel is
NARROWEST = {False: 100, True: 180}  # design px: with one change in figures beside the line, and with both


@dataclass(frozen=True, slots=True)
class Serie:
    """One indicator's values in time order."""

    namn: str
    varden: tuple[int, ...]
    forandring: Forandring = field(default_factory=Forandring)


@dataclass(frozen=True, slots=True)
class Matning:
    """What one svarande answered on a day, by the neutral label of the indikator, and the time before."""

    inskrivning_id: int
    datum: date
    svarande: str
    svar: dict[str, int]
    forra: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, date, str]:
        """Tells it from every other."""
        return self.inskrivning_id, self.datum, self.svarande


def own_rows(card: Card) -> tuple[BipRow, ...]:
    """The answers of the inskrivning shown: one that is over is no beginning of the next."""
    own = card.inskrivning
    return tuple(row for row in card.bip if own is not None and row.inskrivning_id == own.id)


def make_series(card: Card, svarande: str) -> tuple[Serie, ...]:
    """The series of who answered, in the order of the questions."""
    found: dict[str, list[tuple[date, int]]] = {}
    for row in own_rows(card):
        if row.svarande == svarande:
            found.setdefault(row.indikator, []).append((row.datum, row.varde))
    names = name_indikatorer(card.bip_etiketter)
    order = [*(name for name in names if name in found), *(name for name in found if name not in names)]
    return tuple(
        Serie(
            first_upper(names.get(name, name)),
            tuple(varde for _, varde in sorted(found[name])),
            calculate_forandring(found[name]),
        )
        for name in order
    )


def list_matningar(rows: Iterable[BipRow]) -> tuple[Matning, ...]:
    """Every measurement, the newest first."""
    found: dict[tuple[date, int, str], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.datum, row.inskrivning_id, row.svarande), {})[row.indikator] = row.varde
    latest: dict[tuple[int, str], dict[str, int]] = {}
    made = []
    for (dag, inskrivning_id, svarande), svar in sorted(found.items()):
        forra = latest.get((inskrivning_id, svarande), {})
        made.append(Matning(inskrivning_id, dag, svarande, svar, forra))
        latest[inskrivning_id, svarande] = svar
    return tuple(reversed(made))


def count_measurements(rows: Sequence[BipRow]) -> int:
    """On how many days something was measured."""
    return len({row.datum for row in rows})


def next_measurement(card: Card) -> date | None:
    """When the next one is due: as agreed, else by the rule; None where nobody is inskriven."""
    own = card.inskrivning
    if own is None or own.avslutad is not None:
        return None
    latest = max((row.datum for row in own_rows(card)), default=None)
    return find_bip_frist(latest, agreed_day(card), own.inskriven)


def agreed_day(card: Card) -> date | None:
    """The day agreed for the next measurement of the inskrivning shown."""
    return agreed_day_of(card, card.inskrivning.id) if card.inskrivning else None


def agreed_day_of(card: Card, inskrivning_id: int) -> date | None:
    """The day agreed for the next measurement of an inskrivning."""
    return next((plan.nasta for plan in card.bipplaner if plan.inskrivning_id == inskrivning_id), None)


class BipGrid(QWidget):
    """Panels in rows of `columns`, fewer where there is no room; read out as one sentence. `both`: the change
    since the measurement before stands under the change since the first."""

    def __init__(
        self, theme: Theme, columns: int = 3, both: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._columns, self._most, self._both = theme, columns, columns, both
        self._series: tuple[Serie, ...] = ()
        self._high = SKALA
        self.setAccessibleName("BIP")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_series(self, series: Sequence[Serie], skala: int) -> None:
        """Show these, on a scale from 1."""
        self._series, self._high = tuple(series), skala
        self.setAccessibleDescription("; ".join(_spoken(serie) for serie in self._series))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As many rows as needed."""
        rows = -(-len(self._series) // self._columns)
        return QSize(self._theme.px(300), rows * self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Narrow panels are cut in their names."""
        return QSize(self._theme.px(NARROWEST[self._both]), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many panels in a row as there is room for."""
        super().resizeEvent(event)
        room = self.width() // self._theme.px(NARROWEST[self._both])
        columns = max(1, min(self._most, room))
        if columns != self._columns:
            self._columns = columns
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A panel is told whole while the pointer rests on it: its name may be cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at_row, at_column = (
                event.y() // self._theme.px(self._height),
                event.x() * self._columns // self.width(),
            )
            place = at_row * self._columns + at_column
            told = _spoken(self._series[place]) if 0 <= place < len(self._series) else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every panel in its cell, a hair line between rows."""
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.width() / self._columns
        for place, serie in enumerate(self._series):
            at_row, at_column = divmod(place, self._columns)
            height = px(self._height)
            cell = QRectF(at_column * share, at_row * height, share - px(10), height)
            if at_row and not at_column:
                painter.fillRect(QRectF(0, cell.top(), self.width(), 1), self._theme.colour("hair"))
            self._paint_panel(painter, serie, cell)

    @property
    def _height(self) -> int:
        return PANEL_BOTH if self._both else PANEL

    def _paint_panel(self, painter: QPainter, serie: Serie, cell: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        beside = px(84 if self._both else 44)
        title = QRectF(cell.left(), cell.top() + px(5), cell.width(), px(18))
        draw_text(painter, theme, title, serie.namn, "text2", "meta", 500)
        width = max(px(36), cell.width() - beside - px(10))
        chart = QRectF(cell.left(), cell.top() + px(29), width, px(self._height - 46))
        self._paint_chart(painter, serie, chart)
        left = chart.right() + px(18)
        self._paint_figure(painter, serie, QRectF(left, cell.top() + px(25), beside, px(58)))

    def _paint_chart(self, painter: QPainter, serie: Serie, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        for value in (1, self._high):
            painter.fillRect(QRectF(area.left(), self._y(value, area), area.width(), 1), theme.colour("grid"))
        painter.setPen(QPen(theme.colour("grid"), 1, Qt.PenStyle.DotLine))
        middle = self._y((1 + self._high) / 2, area)
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
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
        figure = QRectF(area.left(), area.top(), area.width(), px(22))
        draw_text(painter, theme, figure, str(serie.varden[-1]), "text", "figure-small", elide=False)
        under = QRectF(area.left(), area.top() + px(23), area.width(), px(16))
        change = serie.forandring
        self._paint_change(painter, change.forsta, tr("första") if self._both else "", under)
        if self._both:
            self._paint_change(painter, change.forra, tr("förra"), under.translated(0, px(17)))

    def _paint_change(self, painter: QPainter, change: int | None, since: str, area: QRectF) -> None:
        if change is None:
            return
        theme, px = self._theme, self._theme.px
        icon, tone = {1: ("trending-up", "ok"), -1: ("trending-down", "danger"), 0: ("minus", "text2")}[
            (change > 0) - (change < 0)
        ]
        painter.drawPixmap(area.topLeft() + QPointF(0, px(2)), theme.pixmap(icon, tone, 13, 2))
        words = area.adjusted(px(16), 0, 0, 0)
        draw_text(painter, theme, words, signed(change), tone, "meta", 600, elide=False)
        draw_text(painter, theme, words.adjusted(px(24), 0, 0, 0), since, "text2", "meta", elide=False)

    def _y(self, value: float, area: QRectF) -> float:
        share = (min(value, self._high) - 1) / (self._high - 1)  # answers of a longer scale stay inside
        return area.bottom() - area.height() * share


def _spoken(serie: Serie) -> str:
    told = f"{serie.namn} {serie.varden[-1]}"
    if serie.forandring.forsta is not None and serie.forandring.forra is not None:
        told += f", {tr('sedan första')} {signed(serie.forandring.forsta)}"
        told += f", {tr('sedan förra')} {signed(serie.forandring.forra)}"
    return told
