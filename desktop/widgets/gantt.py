"""What happened when, as bars over months: the kind of a bar is its filling, never its colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.formatting import month_short, short_date
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, hatch, rounded, text_width


class BarKind(StrEnum):
    """The fillings of the tokens' chart.gantt."""

    AVSLUTAD = "avslutad"
    PAGAR = "pågår"
    PLANERAD = "planerad"
    AVBRUTEN = "avbruten"
    FRIST = "frist"
    UPPFYLLD = "uppfylld"


class MarkKind(StrEnum):
    """A diamond: filled, open, or open with a cross and a word."""

    GENOMFORT = "genomfört"
    PLANERAT = "planerat"
    UTEBLEV = "uteblev"


@dataclass(frozen=True, slots=True)
class Bar:
    """From start to end, both days included. `text` stands in the bar, `rest` in what is left of it after
    today, `after` behind it."""

    start: date
    end: date
    kind: BarKind
    text: str = ""
    after: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A diamond on a day."""

    day: date
    kind: MarkKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A titled row of bars or marks."""

    title: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class GanttData:
    """All there is to draw; `band` is a span marked through every row."""

    start: date
    end: date
    today: date
    rows: tuple[GanttRow, ...]
    band: tuple[date, date] | None = None


class Gantt(QWidget):
    """Draws GanttData; read out row by row as its description."""

    def __init__(self, theme: Theme, title_width: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title_width = title_width
        self._data: GanttData | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Tidslinje"))
        theme.changed.connect(self.updateGeometry)

    def set_data(self, data: GanttData) -> None:
        """Show this."""
        self._data = data
        self.setAccessibleDescription("; ".join(_said(row) for row in data.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A head and all rows."""
        rows = len(self._data.rows) if self._data else 1
        return QSize(self._theme.px(640), self._head() + rows * self._theme.row("gantt") + 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow is readable, never lower than its rows."""
        return QSize(self._theme.px(380), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Band, months, rows, then today over everything."""
        data = self._data
        if data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if data.band is not None:
            left, right = self._x(data.band[0]), self._x(data.band[1] + timedelta(1))
            area = QRectF(left, self._head(), right - left, self.height() - self._head())
            painter.fillRect(area & self._area(), self._theme.colour("warn_soft"))
        self._paint_months(painter, data)
        for place, row in enumerate(data.rows):
            self._paint_row(painter, data, row, self._head() + place * self._theme.row("gantt"))
        self._paint_today(painter, data)

    def _head(self) -> int:
        return self._theme.px(25)

    def _area(self) -> QRectF:
        left = self._theme.px(self._title_width)
        return QRectF(left, 0, self.width() - left, self.height())

    def _x(self, day: date) -> float:
        assert self._data is not None
        span = max(1, (self._data.end - self._data.start).days + 1)
        area = self._area()
        return area.left() + area.width() * (day - self._data.start).days / span

    def _paint_months(self, painter: QPainter, data: GanttData) -> None:
        theme, px = self._theme, self._theme.px
        months = _months(data.start, data.end)
        step = max(1, round(px(46) / max(1.0, self._area().width() / len(months))))
        for place, first in enumerate(months):
            x = max(self._x(first), self._area().left())
            painter.fillRect(QRectF(x, px(6), 1, self.height() - px(6)), theme.colour("grid"))
            if place % step:
                continue
            with_year = place == 0 or first.month <= step
            text = f"{month_short(first)} {first.year}" if with_year else month_short(first)
            words = QRectF(x + px(6), 0, px(90), self._head())
            draw_text(painter, theme, words, text, "text2", "meta", elide=False)

    def _paint_row(self, painter: QPainter, data: GanttData, row: GanttRow, top: int) -> None:
        theme, px, height = self._theme, self._theme.px, self._theme.row("gantt")
        painter.fillRect(QRectF(0, top, self.width(), 1), theme.colour("hair"))
        title = QRectF(0, top, px(self._title_width) - px(8), height)
        draw_text(painter, theme, title, row.title, "text", "meta", 500)
        painter.save()
        painter.setClipRect(self._area())
        for bar in row.bars:
            self._paint_bar(painter, bar, top + height / 2)
        painter.restore()
        for mark in row.marks:
            if data.start <= mark.day <= data.end:
                self._paint_mark(painter, mark, QPointF(self._x(mark.day), top + height / 2))

    def _paint_bar(self, painter: QPainter, bar: Bar, middle: float) -> None:
        px = self._theme.px
        height = px(16 if bar.kind in (BarKind.FRIST, BarKind.UPPFYLLD) else 19)
        left = max(self._x(bar.start), self._area().left())
        right = min(self._x(bar.end + timedelta(1)), self._area().right())
        if right <= self._area().left() or left >= self._area().right():
            return
        rect = QRectF(left, middle - height / 2, max(3.0, right - left), height)
        now = self._x(self._data.today) if self._data else rect.right()
        fill_bar(painter, self._theme, bar.kind, rect, now)
        self._write_bar(painter, bar, rect)

    def _write_bar(self, painter: QPainter, bar: Bar, rect: QRectF) -> None:
        """The words in the bar where they fit, else behind it."""
        assert self._data is not None
        px, now = self._theme.px, min(self._x(self._data.today), rect.right())
        running = bar.kind is BarKind.PAGAR
        room = QRectF(
            rect.left(), rect.top(), (now if running else rect.right()) - rect.left(), rect.height()
        )
        tone = {BarKind.PAGAR: "surface", BarKind.PLANERAD: "accent_text"}.get(bar.kind, "text")
        weight = 600 if running else 500
        inside = bar.kind in (BarKind.AVSLUTAD, BarKind.PAGAR, BarKind.PLANERAD) and bool(bar.text)
        fits = inside and text_width(self._theme, bar.text, "meta", weight) + px(12) <= room.width()
        if fits:
            draw_text(painter, self._theme, room.adjusted(px(8), 0, 0, 0), bar.text, tone, "meta", weight)
        if running and bar.rest:
            rest = QRectF(now + px(8), rect.top(), rect.right() - now - px(8), rect.height())
            draw_text(painter, self._theme, rest, bar.rest, "text", "meta", 500)
        behind = bar.after or ("" if fits else bar.text)
        if behind:
            self._write_after(painter, bar.kind, rect, behind)

    def _write_after(self, painter: QPainter, kind: BarKind, rect: QRectF, text: str) -> None:
        px, left = self._theme.px, rect.right()
        tone = {BarKind.FRIST: "warn", BarKind.UPPFYLLD: "ok"}.get(kind, "text2")
        area = QRectF(left + px(8), rect.top(), self.width() - left - px(8), rect.height())
        if kind is BarKind.AVBRUTEN:
            cross = self._theme.pixmap("x", "text2", 12, 2)
            painter.drawPixmap(QPointF(left + px(4), area.center().y() - px(6)), cross)
            area.setLeft(left + px(20))
        draw_text(painter, self._theme, area, text, tone, "meta", 500 if tone != "text2" else 400)

    def _paint_mark(self, painter: QPainter, mark: Mark, at: QPointF) -> None:
        theme, r = self._theme, self._theme.px(6)
        missed = mark.kind is MarkKind.UTEBLEV
        colour = theme.colour("danger" if missed else "s5")
        diamond = QPolygonF(
            [at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)]
        )
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if mark.kind is MarkKind.GENOMFORT else theme.colour("surface"))
        painter.drawPolygon(diamond)
        if missed:
            half = r / 2
            painter.drawLine(at + QPointF(-half, -half), at + QPointF(half, half))
            painter.drawLine(at + QPointF(-half, half), at + QPointF(half, -half))
            width = text_width(theme, mark.text, "meta") + 2
            words = QRectF(at.x() - r - width - theme.px(3), at.y() - theme.px(9), width, theme.px(18))
            draw_text(painter, theme, words, mark.text, "danger", "meta", elide=False)

    def _paint_today(self, painter: QPainter, data: GanttData) -> None:
        if not data.start <= data.today <= data.end:
            return
        theme, px, x = self._theme, self._theme.px, self._x(data.today)
        painter.fillRect(QRectF(x - 0.75, px(3), 1.5, self.height() - px(3)), theme.colour("danger_solid"))
        width = text_width(theme, tr("Idag"), "meta", 600) + px(11)
        left = min(x - 1, self.width() - width)
        flag = QRectF(left, px(3), width, px(19))
        rounded(painter, flag, 4, theme.colour("danger_solid"), None)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, flag, tr("Idag"), "danger_on", "meta", 600, centre, elide=False)


class GanttLegend(QWidget):
    """What the fillings mean."""

    def __init__(
        self, theme: Theme, entries: Sequence[tuple[BarKind, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = tuple(entries)
        self.setAccessibleName(", ".join(text for _, text in entries))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Swatches and words."""
        words = sum(text_width(self._theme, text, "meta") for _, text in self._entries)
        return QSize(words + self._theme.px(42) * len(self._entries) - self._theme.px(13), self._theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One after another."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for kind, text in self._entries:
            fill_bar(painter, theme, kind, QRectF(x, px(3), px(21), px(12)), x + px(21))
            width = text_width(theme, text, "meta")
            words = QRectF(x + px(27), 0, width + 2, self.height())
            draw_text(painter, theme, words, text, "text2", "meta", elide=False)
            x += width + px(42)


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


def _months(start: date, end: date) -> list[date]:
    found, first = [], start.replace(day=1)
    while first <= end:
        found.append(first)
        first = (first + timedelta(32)).replace(day=1)
    return found


def _said(row: GanttRow) -> str:
    bars = [(b.kind, f"{short_date(b.start)}–{short_date(b.end)}", b.text, b.rest, b.after) for b in row.bars]
    marks = [(mark.kind, short_date(mark.day)) for mark in row.marks]
    return f"{row.title}: {', '.join(' '.join(filter(None, said)) for said in (*bars, *marks))}"
