"""The time line of OSA: a placement above its decisions, row by row under an axis of months. Pure.

What kind a placement is, and where no decision covers it, is told by pattern, shape and word: never by colour
alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.queries.osa import OsaRad
from db.rules.insatstyper import OSA_ANSTALLNING, PRAKTIK_INFOR_OSA
from db.rules.osa import Beslutslage
from db.rules.period import add_months, first_day, month_index
from desktop.charts.scene import AXIS, Area, Drawing, Fill, Label, Line, Measure, Rect, Shape, Stroke
from desktop.formatting import date_range, month_short, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper

INSET = 8.0
_BAR, _BESLUT, _LUCKA = 11.0, 7.0, 14.0
_SIGN = 11.0  # the triangle in a gap
_BEFORE = 3  # a third of the days lie before the day that is looked at
_STEPS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class Fonster:
    """The days that are drawn, both ends counted."""

    fran: date
    till: date
    idag: date

    def x(self, dag: date, width: float) -> float:
        """Where a day begins."""
        days = (self.till - self.fran).days + 1
        return INSET + (width - 2 * INSET) * (dag - self.fran).days / days

    def shows(self, fran: date, till: date | None) -> bool:
        """Whether any of it is drawn."""
        return fran <= self.till and (till is None or till >= self.fran)


def make_window(fran: date, till: date, idag: date, ar: int) -> Fonster:
    """So many years: whole ones from that of a longer span, else most of them after the day."""
    if fran != till:
        first = date(fran.year - (ar - 1) // 2, 1, 1)
        return Fonster(first, date(first.year + ar - 1, 12, 31), idag)
    first = first_day(month_index(fran) - 12 * ar // _BEFORE)
    return Fonster(first, add_months(first, 12 * ar) - timedelta(days=1), idag)


def tell_row(rad: OsaRad, today: date) -> str:
    """All of a row in words."""
    parts = [f"{first_upper(rad.typ)} {date_range(rad.start, rad.till, today)}."]
    if not rad.kraver_beslut:
        return parts[0]
    told = ", ".join(date_range(row.fran, row.till, today) for row in rad.osa)
    if told:
        parts.append(f"{tr('Beslut')} {told}.")
    utan = [date_range(*lucka, today) for lucka in rad.luckor if lucka[0] <= today]
    an = [date_range(*lucka, today) for lucka in rad.luckor if lucka[0] > today]
    for words, gaps in ((tr("Utan beslut"), utan), (tr("Inget beslut än"), an)):
        if gaps:
            parts.append(f"{words} {', '.join(gaps)}.")
    return " ".join(parts)


def draw_row(rad: OsaRad, fonster: Fonster, width: float, height: float, measure: Measure) -> Drawing:
    """The placement, under it its decisions with their ends and the gaps between them, and today."""
    row = _Row(rad, fonster, width, height, measure)
    return Drawing(width, height, tuple(row.shapes()))


def draw_axis(fonster: Fonster, width: float, height: float, measure: Measure) -> Drawing:
    """The names of months, as many as stand apart, and a flag for today."""
    shapes: list[Shape] = []
    flag = _flag(fonster, width, height, measure)
    taken = (flag[0].x - 3, flag[0].x + flag[0].width + 3) if flag else (0.0, 0.0)
    for place, dag in enumerate(_months(fonster, width, measure)):
        text = f"{month_short(dag)} {dag.year}" if place == 0 or dag.month == 1 else month_short(dag)
        x = fonster.x(dag, width)
        right = x + 3 + measure(text, AXIS, False)
        if right <= width - 2 and not (x < taken[1] and right > taken[0]):
            shapes.append(Label(text, x + 3, height / 2 + 4, AXIS, colour="text2"))
    return Drawing(width, height, (*shapes, *(flag or ())))


def _months(fonster: Fonster, width: float, measure: Measure) -> Iterator[date]:
    """The first days of every so many months, so that their names stand apart."""
    first, last = month_index(fonster.fran), month_index(fonster.till)
    room = (width - 2 * INSET) / (last - first + 1)
    need = measure("mmm 0000", AXIS, False) + 10
    step = next((step for step in _STEPS if step * room >= need), _STEPS[-1])
    for index in range(first, last + 1):
        if index % step == 0:
            yield first_day(index)


def _flag(fonster: Fonster, width: float, height: float, measure: Measure) -> tuple[Rect, Label, Line] | None:
    if not fonster.shows(fonster.idag, fonster.idag):
        return None
    text, x = tr("Idag"), fonster.x(fonster.idag, width)
    room = measure(text, AXIS, True) + 10
    left = min(x - 1, width - room)
    return (
        Rect(left, height / 2 - 9, room, 18, Fill("danger_solid"), radius=4),
        Label(text, left + room / 2, height / 2 + 4, AXIS, True, "danger_on", "middle"),
        Line(((x, height / 2 - 9), (x, height)), Stroke("danger_solid", 1.5)),
    )


class _Row:
    def __init__(self, rad: OsaRad, fonster: Fonster, width: float, height: float, measure: Measure) -> None:
        self._rad, self._fonster, self._width, self._height = rad, fonster, width, height
        self._measure = measure
        self._words: list[Shape] = []  # in front of the line of today
        # A placement without decisions stands alone in the middle.
        lanes = (_BAR + 3 + _LUCKA) if rad.kraver_beslut else _BAR
        self._bar = (height - lanes) / 2
        self._lane = self._bar + _BAR + 3 + _LUCKA / 2

    def shapes(self) -> Iterator[Shape]:
        """From the back to the front."""
        fonster = self._fonster
        for dag in _months(fonster, self._width, self._measure):
            x = fonster.x(dag, self._width)
            yield Line(((x, 0), (x, self._height)), Stroke("grid"))
        yield from self._placement()
        if self._rad.kraver_beslut:
            yield from self._decisions()
        if fonster.shows(fonster.idag, fonster.idag):
            x = fonster.x(fonster.idag, self._width)
            yield Line(((x, 0), (x, self._height)), Stroke("danger_solid", 1.5))
        yield from self._words

    def _span(self, fran: date, till: date | None) -> tuple[float, float]:
        """From side to side, within what is drawn; at least a line."""
        fonster, width = self._fonster, self._width
        left = fonster.x(max(fran, fonster.fran), width)
        end = fonster.till if till is None else min(till, fonster.till)
        return left, max(fonster.x(end + timedelta(days=1), width), left + 2)

    def _end(self) -> date | None:
        """The last day; a planned one that has passed is none (R5), and it runs still."""
        rad, idag = self._rad, self._fonster.idag
        if rad.slut is None and rad.planerat_slut is not None and rad.planerat_slut < idag:
            return None
        return rad.till

    def _placement(self) -> Iterator[Shape]:
        end = self._end()
        if not self._fonster.shows(self._rad.start, end):
            return
        left, right = self._span(self._rad.start, end)
        known = end is not None
        fill, edge = placement_look(self._rad.typ)
        if known:
            yield Rect(left, self._bar, right - left, _BAR, fill, edge, 2.5)
            return
        # Nobody knows the end: an arrow.
        top, bottom, tip = self._bar, self._bar + _BAR, min(6.0, (right - left) / 2)
        points = ((left, top), (right - tip, top), (right, (top + bottom) / 2), (right - tip, bottom))
        yield Area((*points, (left, bottom)), fill, edge)

    def _decisions(self) -> Iterator[Shape]:
        for lucka in self._rad.luckor:
            fran, till = lucka
            if till is None:
                till = self._end()
            if self._fonster.shows(fran, till) and (till is None or till >= fran):
                draw = self._not_yet if fran > self._fonster.idag else self._gap
                yield from draw(*self._span(fran, till))
        for row in self._rad.osa:
            if self._fonster.shows(row.fran, row.till):
                yield from self._decision(row.fran, row.till)
        self._words += self._last()

    def _decision(self, fran: date, till: date) -> Iterator[Shape]:
        """A bar with a stroke at each end that is drawn."""
        left, right = self._span(fran, till)
        yield Rect(left, self._lane - _BESLUT / 2, right - left, _BESLUT, Fill("s3"))
        for dag, x in ((fran, left + 0.75), (till, right - 0.75)):
            if self._fonster.shows(dag, dag):
                ends = ((x, self._lane - _LUCKA / 2), (x, self._lane + _LUCKA / 2))
                yield Line(ends, Stroke("s6", 1.5))

    def _gap(self, left: float, right: float) -> Iterator[Shape]:
        """Hatched, with a sign and the words where they have room."""
        top, room = self._lane - _LUCKA / 2, right - left
        yield Rect(left, top, room, _LUCKA, Fill("danger_soft", "danger"), Stroke("danger"), 2)
        text = tr("Utan beslut")
        needs = self._measure(text, AXIS, True) + _SIGN + 12
        if room < _SIGN + 4:
            return
        said = needs if room >= needs else _SIGN + 4
        self._words.append(Rect(left, top, said, _LUCKA, Fill("danger_soft"), Stroke("danger"), 2))
        self._words += _sign(left + 2, self._lane, "danger")
        if said == needs:
            self._words.append(Label(text, left + _SIGN + 6, self._lane + 4, AXIS, True, "danger"))

    def _not_yet(self, left: float, right: float) -> Iterator[Shape]:
        """Days to come that nobody has decided on: an empty box with a broken edge."""
        box = self._lane - _BESLUT / 2, right - left, _BESLUT
        yield Rect(left, *box, Fill("surface"), Stroke("border_strong", 1, (3, 3)), 2)

    def _last(self) -> Iterator[Shape]:
        """When the cover ends, behind its end; marked where that is soon."""
        rad, fonster = self._rad, self._fonster
        till = rad.tackt_till
        if till is None or not fonster.shows(till, till) or Beslutslage.GAR_UT not in rad.lagen:
            return
        x = self._span(till, till)[1] + 4
        text = f"{tr('går ut')} {short_date(till, fonster.idag)}"
        if x + _SIGN + 4 + self._measure(text, AXIS, True) > self._width - 2:
            x -= _SIGN + 12 + self._measure(text, AXIS, True)
        wide = _SIGN + 6 + self._measure(text, AXIS, True)
        yield Rect(x - 2, self._lane - _LUCKA / 2, wide + 2, _LUCKA, Fill("surface"), radius=2)
        yield from _sign(x, self._lane, "warn")
        yield Label(text, x + _SIGN + 3, self._lane + 4, AXIS, True, "warn")


def placement_look(typ: str) -> tuple[Fill, Stroke]:
    """Full, hatched, or empty with a broken edge."""
    if typ == OSA_ANSTALLNING:
        return Fill("s5"), Stroke("s5")
    if typ == PRAKTIK_INFOR_OSA:
        return Fill("surface", "s5"), Stroke("s5")
    return Fill("surface"), Stroke("s5", 1.2, (4, 2))


def _sign(left: float, middle: float, tone: str) -> Iterator[Shape]:
    """A triangle with a stroke and a dot in it."""
    half, x = _SIGN / 2 - 0.8, left + _SIGN / 2
    points = ((x, middle - half), (x + half + 0.8, middle + half), (x - half - 0.8, middle + half))
    yield Area(points, Fill("surface"), Stroke(tone, 1.3))
    yield Line(((x, middle - 1.2), (x, middle + 1.6)), Stroke(tone, 1.2))
    yield Line(((x, middle + 2.5), (x, middle + 3.5)), Stroke(tone, 1.2))


LEGEND: tuple[tuple[str, str], ...] = (
    ("anstallning", "OSA-anställning"),
    ("praktik", "Praktik inför OSA"),
    ("lonebidrag", "Lönebidragsanställning"),
    ("beslut", "Beslut"),
    ("lucka", "Utan beslut"),
    ("an", "Inget beslut än"),
    ("gar_ut", "Beslut går ut inom 60 dagar"),
)


def draw_swatch(name: str) -> Drawing:
    """The small picture of a legend."""
    types = {"anstallning": OSA_ANSTALLNING, "praktik": PRAKTIK_INFOR_OSA, "lonebidrag": ""}
    if name in types:
        fill, edge = placement_look(types[name])
        return Drawing(20, 12, (Rect(0, 0.5, 20, _BAR, fill, edge, 2.5),))
    if name == "beslut":
        ends = [Line(((x, 0), (x, 12)), Stroke("s6", 1.5)) for x in (0.75, 19.25)]
        return Drawing(20, 12, (Rect(0, 2.5, 20, _BESLUT, Fill("s3")), *ends))
    if name == "an":
        edge = Stroke("border_strong", 1, (3, 3))
        return Drawing(20, 12, (Rect(0, 2.5, 20, _BESLUT, Fill("surface"), edge, 2),))
    if name == "lucka":
        box = Rect(0, 0, 26, 14, Fill("danger_soft", "danger"), Stroke("danger"), 2)
        said = Rect(0, 0, _SIGN + 4, 14, Fill("danger_soft"), Stroke("danger"), 2)
        return Drawing(26, 14, (box, said, *_sign(2, 7, "danger")))
    return Drawing(_SIGN + 2, 12, tuple(_sign(1, 6, "warn")))
