"""What the table of the screen Platser shows: a head per group and a row per enhet. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.queries.platslista import PlatsRow, Platstal, sum_platser
from db.rules.belaggning import Trend
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.statistik import round_half_up
from db.rules.suppression import hide
from db.rules.text import sort_key
from desktop.charts.looks import look_of
from desktop.charts.scene import TEXT, Drawing, Label, Rect, Shape, Stroke
from desktop.charts.spark import spark
from desktop.formatting import MINUS, full_date, kronor, number, percent, plural
from desktop.i18n import tr
from desktop.table_model import ChipText, Column

GRUPPER = {"intern": "Interna platser", "extern": "Externa platser", "stangd": "Stängda enheter"}
REGI = {"intern": ("Intern", "house"), "extern": ("Extern", "external-link")}
TREND = {Trend.UPP: "ökar", Trend.NED: "minskar", Trend.JAMN: "oförändrat"}
_WAY = {Trend.UPP: 1, Trend.NED: -1, Trend.JAMN: 0, None: 0}
BAR, BAR_HEIGHT, OVER = 150.0, 11.0, 13.0
NONE = "–"


@dataclass(frozen=True, slots=True)
class Rad:
    """A row of the table: an enhet, or the head of a group where `enhet` is None. `ko_ut` is how many wait as
    it may leave the programme (R12)."""

    nyckel: str
    grupp: str
    namn: str
    tal: Platstal
    enhet: PlatsRow | None = None
    antal: int = 0
    ko_ut: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a group."""
        return self.enhet is None


def make_rows(rader: Iterable[PlatsRow], troskel: int) -> tuple[Rad, ...]:
    """Heads with their sums and rows under them, in the order of the groups."""
    alla = list(rader)
    grupper = {
        grupp: [rad for rad in alla if group_of(rad) == grupp]
        for grupp in GRUPPER
        if any(group_of(rad) == grupp for rad in alla)
    }
    hidden = _hide_queues(grupper, troskel)
    found: list[Rad] = []
    for grupp, own in grupper.items():
        tal = sum_platser(own)
        found.append(Rad(grupp, grupp, tr(GRUPPER[grupp]), tal, None, len(own), hidden[grupp]))
        found += [Rad(f"{rad.id}", grupp, rad.namn, rad.tal, rad, 1, hidden[str(rad.id)]) for rad in own]
    return tuple(found)


def group_of(rad: PlatsRow) -> str:
    """Closed enheter stand apart, unless somebody is there or waits still."""
    if rad.stangd and not (rad.tal.belagda or rad.tal.reserverade or rad.tal.ko):
        return "stangd"
    return rad.typ


def _hide_queues(grupper: Mapping[str, list[PlatsRow]], troskel: int) -> dict[str, str]:
    """How many wait, small numbers hidden, by row: people are counted, and a copy leaves the programme."""
    figurer, summor = [], []
    for grupp, rader in grupper.items():
        figurer.append(_count(grupp, sum(rad.tal.ko for rad in rader)))
        figurer += [_count(str(rad.id), rad.tal.ko) for rad in rader]
        summor.append(Summa(grupp, tuple(str(rad.id) for rad in rader)))
    marks = hide(figurer, summor, troskel)
    return {figur.id: marks[figur.id].get("totalt") or number(figur.varde.totalt or 0) for figur in figurer}


def _count(id_: str, antal: int) -> Figur:
    return Figur(id_, "antal", Konsvarden(totalt=antal))


def make_columns() -> tuple[Column[Rad], ...]:
    """As in the design, from left to right."""
    return (
        Column("plats", tr("Plats"), lambda r: r.namn, 170, stretch=True, look=_name_look,
               sort=lambda r: sort_key(r.namn), tip=_tell_name),
        Column("anordnare", tr("Anordnare"), lambda r: r.enhet.anordnare or NONE if r.enhet else "", 136,
               sort=lambda r: sort_key(r.enhet.anordnare if r.enhet else "")),
        Column("regi", tr("Regi"), lambda r: tr(REGI[r.enhet.typ][0]) if r.enhet else "", 88,
               icon=lambda r: REGI[r.enhet.typ][1] if r.enhet else ""),
        Column("belaggning", tr("Beläggning"), tell_occupied, 226, sort=_grade, drawing=draw_bar,
               tip=tell_bar),
        Column("grad", tr("Grad"), tell_grade, 72, right=True, sort=_grade, look=_grade_look),
        Column("lediga", tr("Lediga"), tell_free, 92, right=True, sort=lambda r: r.tal.lediga - r.tal.over,
               chip=_over_chip, look=_free_look),
        Column("ko", tr("Kö"), lambda r: number(r.tal.ko) if r.tal.ko else NONE, 50, right=True,
               sort=lambda r: r.tal.ko, look=_queue_look, tip=tell_queue, leaving=lambda r: r.ko_ut),
        Column("kostnad", tr("Per plats/mån"), lambda r: tell_cost(r.tal.kostnad_per_plats), 112, right=True,
               sort=lambda r: r.tal.kostnad_per_plats or 0.0, look=_sum_look),
        Column("per_belagd", tr("Per belagd"), lambda r: tell_cost(r.tal.kostnad_per_belagd), 96, right=True,
               sort=lambda r: r.tal.kostnad_per_belagd or 0.0, look=_sum_look),
        Column("trend", tr("12 månader"), tell_trend, 104, drawing=draw_trend, tip=tell_trend),
    )  # fmt: skip


def tell_occupied(rad: Rad) -> str:
    """ "11 av 10 belagda"."""
    return f"{number(rad.tal.belagda)} {tr('av')} {number(rad.tal.platser)} {tr('belagda')}"


def tell_bar(rad: Rad) -> str:
    """The bar in words."""
    tal = rad.tal
    parts = [tell_occupied(rad)]
    if tal.reserverade:
        parts.append(f"{number(tal.reserverade)} {tr('reserverade')}")
    parts.append(
        plural(tal.over, tr("plats för lite"), tr("platser för lite")) if tal.over
        else f"{number(tal.lediga)} {tr('lediga')}"
    )  # fmt: skip
    return ", ".join(parts)


def tell_grade(rad: Rad) -> str:
    """ "88 %", rounded half up as in reports."""
    return tell_percent(rad.tal.grad)


def tell_percent(grad: float | None) -> str:
    """ "88 %"; "–" without places."""
    return NONE if grad is None else percent(round_half_up(grad))


def tell_free(rad: Rad) -> str:
    """ "3", "Fullt"; of a group the number."""
    if rad.is_head or rad.tal.lediga:
        return number(rad.tal.lediga)
    return tr("Fullt") if rad.tal.platser else NONE


def tell_queue(rad: Rad) -> str:
    """ "3 i kö, längst 34 dagar"."""
    if not rad.tal.ko or rad.tal.langsta_ko is None:
        return ""
    longest = plural(rad.tal.langsta_ko, tr("dag"), tr("dagar"))
    return f"{number(rad.tal.ko)} {tr('i kö, längst')} {longest}"


def tell_cost(kostnad: float | None) -> str:
    """Kronor a month in whole tens, as one reads them; "–" where a cost is missing."""
    return kronor(None if kostnad is None else int(round_half_up(kostnad, -1)))


def tell_trend(rad: Rad) -> str:
    """ "12 månader: från 80 % till 92 %, ökar"."""
    known = [grad for grad in rad.tal.grader if grad is not None]
    if not known or rad.is_head:
        return ""
    way = f", {tr(TREND[rad.tal.trend])}" if rad.tal.trend else ""
    return f"{tr('från')} {tell_percent(known[0])} {tr('till')} {tell_percent(known[-1])}{way}"


def draw_trend(rad: Rad) -> Drawing | None:
    """The small line of the months; none of a group, whose line stands below."""
    return None if rad.is_head else spark(rad.tal.grader, going=_WAY[rad.tal.trend])


def draw_bar(rad: Rad) -> Drawing | None:
    """Occupied, reserved and free places in a bar, those too many beside it; none of a group."""
    if rad.is_head:
        return None
    tal, shapes = rad.tal, list[Shape]()
    whole = max(tal.platser, 1)
    taken = BAR * min(tal.belagda, tal.platser) / whole
    reserved = BAR * min(tal.reserverade, max(0, tal.platser - tal.belagda)) / whole
    if tal.platser:
        shapes.append(_part("ledig", 0, BAR))
    if reserved:
        shapes.append(_part("reserverad", taken, reserved))
    if taken:
        shapes.append(_part("belagd", 0, taken))
    if tal.over:
        shapes.append(_part("overbelagd", BAR + 2, OVER))
    x = BAR + (OVER + 6 if tal.over else 7)
    words = f"{number(tal.belagda)}/{number(tal.platser)}"
    shapes.append(Label(words, x, BAR_HEIGHT / 2 + 4.5, TEXT, colour="text2"))
    return Drawing(BAR + 60, BAR_HEIGHT, tuple(shapes))


def _part(look: str, x: float, width: float) -> Rect:
    found = look_of(look)
    edge = Stroke(found.edge) if found.edge else None
    return Rect(x, 0, width, BAR_HEIGHT, found.fill, edge, 2.5)


def _grade(rad: Rad) -> float:
    return -1.0 if rad.tal.grad is None else rad.tal.grad


def _tell_name(rad: Rad) -> str:
    if rad.enhet is None or rad.enhet.stanger is None:
        return rad.namn
    word = tr("stängde") if rad.enhet.stangd else tr("stänger")
    return f"{rad.namn} · {word} {full_date(rad.enhet.stanger)}"


def _name_look(rad: Rad) -> tuple[str, int]:
    return ("text", 600) if rad.is_head else ("text", 500)


def _sum_look(rad: Rad) -> tuple[str, int]:
    return ("text", 600) if rad.is_head else ("text2", 400)


def _grade_look(rad: Rad) -> tuple[str, int]:
    return "danger" if rad.tal.over and not rad.is_head else "text", 600


def _free_look(rad: Rad) -> tuple[str, int]:
    if rad.is_head:
        return "text", 600
    if not rad.tal.lediga:
        return "text2", 400
    return ("ok" if rad.tal.lediga > 2 else "text"), 600


def _queue_look(rad: Rad) -> tuple[str, int]:
    return ("text", 600) if rad.tal.ko else ("text3", 400)


def _over_chip(rad: Rad) -> ChipText | None:
    if rad.is_head or not rad.tal.over:
        return None
    return ChipText("overdue", f"{number(rad.tal.over)} {tr('över')}", "triangle-alert")


def tell_change(nu: float | None, fore: float | None, ar: int) -> tuple[str, int]:
    """ "2 % lägre än 2025" and which way it went; empty where either is missing."""
    if nu is None or not fore:
        return "", 0
    change = round_half_up(100 * (nu - fore) / fore)
    if not change:
        return f"{tr('som')} {ar}", 0
    word = tr("högre än") if change > 0 else tr("lägre än")
    return f"{percent(abs(change)).replace(MINUS, '')} {word} {ar}", 1 if change > 0 else -1
