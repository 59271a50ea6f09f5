"""What happened when, as bars over months: the kind of a bar is its filling, never its colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.formatting import month_short, short_date
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.gantt_paint import BarKind, fill_bar
from desktop.widgets.gantt_words import Piece, RowWords, Words
from desktop.widgets.paint import draw_text, rounded, text_width

__all__ = ["Bar", "BarKind", "Gantt", "GanttData", "GanttLegend", "GanttRow", "Mark", "MarkKind"]
STACKED_BELOW = 520  # design px, narrower than which the titles stand over their rows
TITLE, TITLE_SHARE = (110, 164), 0.3  # design px of the column of titles; the most of the width


class MarkKind(StrEnum):
    """A diamond: filled, open, or open with a cross and a word."""

    GENOMFORT = "genomfört"
    PLANERAT = "planerat"
    UTEBLEV = "uteblev"


@dataclass(frozen=True, slots=True)
class Bar:
    """From start to end, both days included. `text` stands in the bar, `rest` in what is left of it after
    today, `after` behind it; `short` stands for text or after where they have no room."""

    start: date
    end: date
    kind: BarKind
    text: str = ""
    after: str = ""
    rest: str = ""
    short: str = ""


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
    """Draws GanttData; read out row by row as its description, and told by tooltips."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
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
        return QSize(self._theme.px(640), self._head() + rows * self._row_height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow is readable, never lower than its rows."""
        return QSize(self._theme.px(240), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are higher where their titles stand above."""
        super().resizeEvent(event)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A row is told whole while the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._data:
            at = (event.y() - self._head()) // self._row_height()
            rows = self._data.rows
            text = "\n".join(_told(rows[at])) if event.y() >= self._head() and at < len(rows) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Band, months, rows, then today over everything but words."""
        data = self._data
        if data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = [found for place in range(len(data.rows)) for found in self.row_words(place)]
        lines = QRegion(self.rect())
        for one in words:
            lines -= QRegion(one.rect.toAlignedRect())
        if data.band is not None:
            left, right = self._x(data.band[0]), self._x(data.band[1] + timedelta(1))
            area = QRectF(left, self._head(), right - left, self.height() - self._head())
            painter.fillRect(area & self._area(), self._theme.colour("warn_soft"))
        self._paint_months(painter, data, lines)
        for place, row in enumerate(data.rows):
            self._paint_row(painter, data, row, place)
        self._paint_today(painter, data, lines)
        for one in words:
            self._write(painter, one)

    def row_words(self, place: int) -> list[Words]:
        """The words of a row with its title, each where it stands."""
        assert self._data is not None
        row, bars = self._data.rows[place], self._bars(place)
        now = self._x(self._data.today)
        found = list(RowWords(self._theme, self._area(), now, self._pieces(row, bars)).place())
        return [self._title(row, place), *found, *self._mark_words(row, bars)]

    def month_words(self) -> list[Words]:
        """The names of months, of which those are left out that would meet another or today."""
        data, px = self._data, self._theme.px
        assert data is not None
        found: list[Words] = []
        end, told, flag = self._area().left(), 0, self._flag(data)
        for first in _months(data.start, data.end):
            year = f"{month_short(first)} {first.year}"
            for text in (year, month_short(first)) if first.year != told else (month_short(first),):
                width = text_width(self._theme, text, "meta") + 2
                left = max(self._x(first), self._area().left()) + px(6)
                rect = QRectF(left, 0, width, self._head())
                meets = flag is not None and rect.intersects(flag.adjusted(-px(3), 0, px(3), 0))
                if not meets and left >= end and rect.right() <= self._area().right():
                    found.append(Words(rect, text, "text2"))
                    end, told = rect.right() + px(6), first.year if text == year else told
                    break
        return found

    def _head(self) -> int:
        return self._theme.px(25)

    def _is_stacked(self) -> bool:
        return self.width() < self._theme.px(STACKED_BELOW)

    def _above(self) -> int:
        """What the title takes of a row's height."""
        return self._theme.px(15) if self._is_stacked() else 0

    def _row_height(self) -> int:
        return self._theme.row("gantt") + self._above()

    def _area(self) -> QRectF:
        left = 0 if self._is_stacked() else self._title_width()
        return QRectF(left, 0, self.width() - left, self.height())

    def _title_width(self) -> int:
        px, rows = self._theme.px, self._data.rows if self._data else ()
        longest = max((text_width(self._theme, row.title, "meta", 500) for row in rows), default=0)
        return max(px(TITLE[0]), min(longest + px(14), max(px(TITLE[1]), round(TITLE_SHARE * self.width()))))

    def _x(self, day: date) -> float:
        assert self._data is not None
        span = max(1, (self._data.end - self._data.start).days + 1)
        area = self._area()
        return area.left() + area.width() * (day - self._data.start).days / span

    def _bars(self, place: int) -> QRectF:
        """The part of a row where its bars lie."""
        top = self._head() + place * self._row_height() + self._above()
        return QRectF(self._area().left(), top, self._area().width(), self._theme.row("gantt"))

    def _title(self, row: GanttRow, place: int) -> Words:
        bars, px = self._bars(place), self._theme.px
        room = self.width() if self._is_stacked() else self._title_width() - px(8)
        width = min(room, text_width(self._theme, row.title, "meta", 500) + 2)
        if self._is_stacked():
            return Words(QRectF(0, bars.top() - px(13), width, px(16)), row.title, "text", 500)
        return Words(QRectF(0, bars.top(), width, bars.height()), row.title, "text", 500)

    def _pieces(self, row: GanttRow, bars: QRectF) -> list[Piece]:
        pieces = []
        for bar in row.bars:
            rect = self._bar_rect(bar, bars)
            if rect is not None:
                within = tuple(text for text in (bar.text, bar.short) if bar.text and text)
                behind = tuple(text for text in (bar.after, bar.short) if bar.after and text)
                pieces.append(Piece(bar.kind, rect, within, bar.rest, behind))
        return pieces

    def _bar_rect(self, bar: Bar, bars: QRectF) -> QRectF | None:
        height = self._theme.px(16 if bar.kind in (BarKind.FRIST, BarKind.UPPFYLLD) else 19)
        left = max(self._x(bar.start), bars.left())
        right = min(self._x(bar.end + timedelta(1)), bars.right())
        if right <= bars.left() or left >= bars.right():
            return None
        return QRectF(left, bars.center().y() - height / 2, max(3.0, right - left), height)

    def _mark_words(self, row: GanttRow, bars: QRectF) -> list[Words]:
        """Beside a diamond, before it rather than behind, where no other one is."""
        assert self._data is not None
        px, r, found = self._theme.px, self._theme.px(6), []
        shown = [mark for mark in row.marks if self._data.start <= mark.day <= self._data.end]
        taken = [(self._x(mark.day) - r, self._x(mark.day) + r) for mark in shown]
        for mark in shown:
            if not mark.text or mark.kind is not MarkKind.UTEBLEV:
                continue
            x, width = self._x(mark.day), text_width(self._theme, mark.text, "meta") + 2
            for left in (x - r - width - px(3), x + r + px(4)):
                inside = bars.left() <= left and left + width <= bars.right()
                if inside and all(left + width <= a or left >= b for a, b in taken):
                    taken.append((left, left + width))
                    found.append(Words(QRectF(left, bars.top(), width, bars.height()), mark.text, "danger"))
                    break
        return found

    def _paint_months(self, painter: QPainter, data: GanttData, lines: QRegion) -> None:
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setClipRegion(lines)
        for first in _months(data.start, data.end):
            x = max(self._x(first), self._area().left())
            painter.fillRect(QRectF(x, px(6), 1, self.height() - px(6)), theme.colour("grid"))
        painter.restore()
        for words in self.month_words():
            self._write(painter, words)

    def _paint_row(self, painter: QPainter, data: GanttData, row: GanttRow, place: int) -> None:
        bars = self._bars(place)
        hair = QRectF(0, bars.top() - self._above(), self.width(), 1)
        painter.fillRect(hair, self._theme.colour("hair"))
        painter.save()
        painter.setClipRect(self._area())
        for bar in row.bars:
            rect = self._bar_rect(bar, bars)
            if rect is not None:
                fill_bar(painter, self._theme, bar.kind, rect, self._x(data.today))
        painter.restore()
        for mark in row.marks:
            if data.start <= mark.day <= data.end:
                self._paint_mark(painter, mark, QPointF(self._x(mark.day), bars.center().y()))

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

    def _flag(self, data: GanttData) -> QRectF | None:
        """Where the word for today stands, None where today is not in the picture."""
        if not data.start <= data.today <= data.end:
            return None
        px, width = self._theme.px, text_width(self._theme, tr("Idag"), "meta", 600) + self._theme.px(11)
        return QRectF(min(self._x(data.today) - 1, self.width() - width), px(3), width, px(19))

    def _paint_today(self, painter: QPainter, data: GanttData, lines: QRegion) -> None:
        flag = self._flag(data)
        if flag is None:
            return
        theme, x = self._theme, self._x(data.today)
        line = QRectF(x - 0.75, flag.top(), 1.5, self.height() - flag.top())
        painter.save()
        painter.setClipRegion(lines)
        painter.fillRect(line, theme.colour("danger_solid"))
        painter.restore()
        rounded(painter, flag, 4, theme.colour("danger_solid"), None)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, flag, tr("Idag"), "danger_on", "meta", 600, centre, elide=False)

    def _write(self, painter: QPainter, words: Words) -> None:
        theme, px, rect = self._theme, self._theme.px, QRectF(words.rect)
        if words.icon:
            mark = theme.pixmap(words.icon, words.tone, 12, 2)
            painter.drawPixmap(QPointF(rect.left(), rect.center().y() - px(6)), mark)
            rect.setLeft(rect.left() + px(16))
        draw_text(painter, theme, rect, words.text, words.tone, "meta", words.weight)


class GanttLegend(QWidget):
    """What the fillings mean, in as many lines as they need."""

    def __init__(
        self, theme: Theme, entries: Sequence[tuple[BarKind, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = tuple(entries)
        self.setAccessibleName(", ".join(text for _, text in entries))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Swatches and words in one line."""
        width = sum(self._width(text) for _, text in self._entries) - self._theme.px(15)
        return QSize(width, self._theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """One below the other."""
        widest = max((self._width(text) for _, text in self._entries), default=0)
        return QSize(widest - self._theme.px(15), self._theme.px(18))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at a width."""
        return round(max((at.y() for _, _, at in self._places(width)), default=0)) + self._theme.px(18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One after another."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for kind, text, at in self._places(self.width()):
            swatch = QRectF(at.x(), at.y() + px(3), px(21), px(12))
            fill_bar(painter, theme, kind, swatch, swatch.right())
            words = QRectF(at.x() + px(27), at.y(), self._width(text), px(18))
            draw_text(painter, theme, words, text, "text2", "meta", elide=False)

    def _width(self, text: str) -> int:
        """Of an entry with the space after it."""
        return text_width(self._theme, text, "meta") + self._theme.px(42)

    def _places(self, width: int) -> list[tuple[BarKind, str, QPointF]]:
        places, at, px = [], QPointF(0, 0), self._theme.px
        for kind, text in self._entries:
            if at.x() and at.x() + self._width(text) - px(15) > width:
                at = QPointF(0, at.y() + px(20))
            places.append((kind, text, QPointF(at)))
            at.setX(at.x() + self._width(text))
        return places


def _months(start: date, end: date) -> list[date]:
    found, first = [], start.replace(day=1)
    while first <= end:
        found.append(first)
        first = (first + timedelta(32)).replace(day=1)
    return found


def _bar_told(bar: Bar) -> str:
    span = f"{bar.kind} {short_date(bar.start)}–{short_date(bar.end)}"
    return " ".join(filter(None, (span, bar.text, bar.rest, bar.after)))


def _said(row: GanttRow) -> str:
    bars = [_bar_told(bar) for bar in row.bars]
    marks = [f"{mark.kind} {short_date(mark.day)}" for mark in row.marks]
    return f"{row.title}: {', '.join((*bars, *marks))}"


def _told(row: GanttRow) -> list[str]:
    """The title, then a line for each bar with words, and one for the marks."""
    bars = [_bar_told(bar) for bar in row.bars]
    marks = ", ".join(f"{short_date(mark.day)} {mark.kind}" for mark in row.marks[-6:])
    return [row.title, *(text[:1].upper() + text[1:] for text in bars), *([marks] if marks else [])]
