"""The columns of the screen's tables, and how a placement is told in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from db.queries.osa import SORTERINGAR, OsaRad
from db.queries.osa_personer import OvergangRad
from db.queries.osa_platser import OsaEnhet
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.osa import Beslutslage
from db.rules.suppression import hide
from db.rules.text import sort_key
from desktop.charts.looks import look_of
from desktop.charts.scene import TEXT, Drawing, Label, Rect, Shape, Stroke
from desktop.formatting import date_range, due_kind, kronor, number, percent, short_date
from desktop.i18n import tr
from desktop.screens.osa.timeline import tell_row
from desktop.screens.osabeslut import beslut_chip
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column

NONE = "–"
UPPFOLJNING_VARNA = 7  # days
BAR, BAR_HEIGHT = 200, 11
LOOKS = (("steg6", "OSA"), ("steg3", "Andra insatser"), ("ledig", "Ledig"), ("overbelagd", "Överbelagd"))


def lage_chip(rad: OsaRad) -> ChipText | None:
    """How it stands; a day without that is past is told of where all days of a year are looked at."""
    chip = beslut_chip(rad, rad.osa, rad.per)
    if Beslutslage.UTAN in rad.lagen and (chip is None or chip.kind == "ok"):
        return ChipText("over_guide", tr("Tid utan beslut"), "triangle-alert")
    return chip


def lage_text(rad: OsaRad) -> str:
    """The same in words."""
    chip = lage_chip(rad)
    if chip is not None:
        return chip.text
    return tr("Avslutad, hade beslut") if rad.kraver_beslut else tr("Kräver inget beslut")


def beslut_text(rad: OsaRad, today: date) -> str:
    """The days of the decision that covers the day, or of the nearest."""
    return "" if rad.beslut is None else date_range(rad.beslut.fran, rad.beslut.till, today)


def make_columns(today: Callable[[], date]) -> tuple[Column[OsaRad], ...]:
    """Who, what, where, how it stands, from when to when, and the decision."""

    def column(key: str, title: str, text: object, width: int, **more: object) -> Column[OsaRad]:
        return Column(key, title, text, width, sort=lambda rad: sort_of(key, rad), **more)  # type: ignore[arg-type]

    def day(value: date) -> str:
        return short_date(value, today())

    return (
        _name_column(),
        column("typ", tr("Typ"), lambda rad: first_upper(rad.typ), 168),
        column("enhet", tr("Enhet"), lambda rad: rad.enhet, 128),
        column("lage", tr("Läge"), lage_text, 186, chip=lage_chip),
        column("start", tr("Start"), lambda rad: day(rad.start), 106),
        column("slut", tr("Planerat slut"), lambda rad: _end(rad, today()), 128),
        column("omfattning", tr("Omf."), lambda rad: percent(rad.omfattning), 62, right=True),
        column(
            "beslut", tr("AF-beslut"), lambda rad: beslut_text(rad, today()), 192,
            tip=lambda rad: tell_row(rad, today()),
        ),
        Column("diarienummer", tr("Diarienummer"), _nummer, 130),
        Column("bidrag", tr("Bidrag/mån"), _bidrag, 92, right=True),
        column(
            "uppfoljning", tr("Uppföljning"), lambda rad: _followed(rad, today()), 100,
            chip=lambda rad: _follow_chip(rad, today()),
        ),
        column("koordinator", tr("Koordinator"), lambda rad: rad.koordinator_namn, 126),
        column("nummer", tr("Personnummer"), lambda rad: rad.person.nummer, 130, tone="text"),
    )  # fmt: skip


def make_timeline_columns(today: Callable[[], date]) -> tuple[Column[OsaRad], ...]:
    """Who, where, and the time line in the rest of the width."""
    return (
        Column(
            "namn", tr("Namn"), lambda rad: rad.person.namn, 168, weight=500, tone="text", chip=protected,
            sort=lambda rad: sort_of("namn", rad),
        ),
        Column("enhet", tr("Enhet"), lambda rad: rad.enhet, 128, sort=lambda rad: sort_of("enhet", rad)),
        Column(
            "tidslinje", tr("Tidslinje"), lambda rad: tell_row(rad, today()), 360, stretch=True,
            tip=lambda rad: tell_row(rad, today()),
        ),
    )  # fmt: skip


def make_overgang_columns(today: Callable[[], date]) -> tuple[Column[OvergangRad], ...]:
    """Who went over, from where, when and to what."""

    def day(value: date) -> str:
        return short_date(value, today())

    return (
        Column(
            "namn", tr("Namn"), lambda rad: rad.person.namn, 190, weight=500, tone="text", chip=protected,
            stretch=True, sort=lambda rad: rad.person.sortering,
        ),
        Column(
            "nummer", tr("Personnummer"), lambda rad: rad.person.nummer, 136, tone="text",
            sort=lambda rad: rad.person.nummer,
        ),
        Column("enhet", tr("OSA på"), lambda rad: rad.enhet, 160, sort=lambda rad: sort_key(rad.enhet)),
        Column("slutade", tr("OSA slutade"), lambda rad: day(rad.slutade), 120, sort=lambda rad: rad.slutade),
        Column("till", tr("Gick över till"), overgang_text, 240, sort=lambda rad: sort_key(rad.till)),
        Column("dag", tr("Från"), lambda rad: day(rad.dag), 120, sort=lambda rad: rad.dag),
    )  # fmt: skip


def overgang_text(rad: OvergangRad) -> str:
    """ "Nystartsjobb", "Avslut till arbete"."""
    return f"{tr('Avslut till')} {rad.till}" if rad.avslut else first_upper(rad.till)


@dataclass(frozen=True, slots=True)
class EnhetRad:
    """An intern enhet, and how many in OSA and others it has as it may be copied (R12)."""

    enhet: OsaEnhet
    osa_ut: str
    andra_ut: str


def make_enheter(enheter: Sequence[OsaEnhet], troskel: int) -> tuple[EnhetRad, ...]:
    """The rows; what others have tells what OSA has, and is hidden with it."""
    figurer = [Figur(str(enhet.id), "antal", Konsvarden(totalt=enhet.osa)) for enhet in enheter]
    alla = Figur("alla", "antal", Konsvarden(totalt=sum(enhet.osa for enhet in enheter)))
    marks = hide([alla, *figurer], (Summa("alla", tuple(figur.id for figur in figurer)),), troskel)
    found = []
    for enhet in enheter:
        mark = marks[str(enhet.id)].get("totalt", "")
        found.append(EnhetRad(enhet, mark or number(enhet.osa), ".." if mark else number(enhet.andra)))
    return tuple(found)


def make_enhet_columns() -> tuple[Column[EnhetRad], ...]:
    """An intern enhet and its places."""

    def count(key: str, title: str, of: Callable[[OsaEnhet], int], **more: object) -> Column[EnhetRad]:
        return Column(
            key, title, lambda rad: number(of(rad.enhet)), 96, right=True, sort=lambda rad: of(rad.enhet),
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    return (
        Column(
            "enhet", tr("Enhet"), lambda rad: rad.enhet.namn, 200, weight=500, tone="text", stretch=True,
            sort=lambda rad: sort_key(rad.enhet.namn),
        ),
        count("platser", tr("Platser"), lambda enhet: enhet.platser),
        count("osa", tr("OSA"), lambda enhet: enhet.osa, leaving=lambda rad: rad.osa_ut),
        count("andra", tr("Andra"), lambda enhet: enhet.andra, leaving=lambda rad: rad.andra_ut),
        count("lediga", tr("Lediga"), lambda enhet: enhet.lediga),
        Column(
            "bild", tr("Så används platserna"), lambda rad: tell_enhet(rad.enhet), BAR + 100,
            drawing=lambda rad: draw_enhet(rad.enhet), tip=lambda rad: tell_enhet(rad.enhet),
            leaving=lambda rad: _used(rad.enhet),
        ),
    )  # fmt: skip


def tell_enhet(enhet: OsaEnhet) -> str:
    """The bar in words."""
    left = (
        f"{number(enhet.over)} {tr('för många')}" if enhet.over else f"{number(enhet.lediga)} {tr('lediga')}"
    )
    return (
        f"{number(enhet.platser)} {tr('platser')}: {number(enhet.osa)} {tr('OSA')}, "
        f"{number(enhet.andra)} {tr('andra')}, {left}"
    )


def draw_enhet(enhet: OsaEnhet) -> Drawing:
    """OSA's part of the places, that of others, and what is free; those too many beside it."""
    whole = max(enhet.platser, enhet.belagda, 1)
    shapes: list[Shape] = []
    x = 0.0
    parts = zip(LOOKS, (enhet.osa, enhet.andra, enhet.lediga), strict=False)
    for (look, _), antal in parts:
        wide = BAR * antal / whole
        if wide:
            shapes.append(_part(look, x, wide))
        x += wide
    if enhet.over:
        shapes.append(_part("overbelagd", x + 3, 13))
        x += 16
    words = f"{number(enhet.belagda)}/{number(enhet.platser)}"
    shapes.append(Label(words, x + 7, BAR_HEIGHT / 2 + 4.5, TEXT, colour="text2"))
    return Drawing(BAR + 80, BAR_HEIGHT, tuple(shapes))


def draw_look(look: str) -> Drawing:
    """The small box of a legend."""
    found = look_of(look)
    edge = Stroke(found.edge) if found.edge else None
    return Drawing(18, 12, (Rect(0, 0, 18, 12, found.fill, edge, 2),))


def sort_of(key: str, rad: OsaRad) -> tuple[bool, object]:
    """What a row is sorted by, nothing last."""
    value = SORTERINGAR[key](rad)
    return value is None, 0 if value is None else value


def protected(rad: OsaRad | OvergangRad) -> ChipText | None:
    """The mark of a protected person."""
    return ChipText("protected", rad.person.namn) if rad.person.is_masked else None


def _name_column() -> Column[OsaRad]:
    return Column(
        "namn", tr("Namn"), lambda rad: rad.person.namn, 160, weight=500, tone="text", chip=protected,
        stretch=True, sort=lambda rad: sort_of("namn", rad),
    )  # fmt: skip


def _part(look: str, x: float, width: float) -> Rect:
    found = look_of(look)
    return Rect(x, 0, width, BAR_HEIGHT, found.fill, Stroke(found.edge) if found.edge else None, 2)


def _used(enhet: OsaEnhet) -> str:
    return f"{number(enhet.belagda)} {tr('av')} {number(enhet.platser)} {tr('belagda')}"


def _end(rad: OsaRad, today: date) -> str:
    """ "3 okt 2028", of one that is over "slutade 20 apr"."""
    if rad.slut is not None and rad.slut < today:
        return f"{tr('slutade')} {short_date(rad.slut, today)}"
    return NONE if rad.till is None else short_date(rad.till, today)


def _nummer(rad: OsaRad) -> str:
    return rad.beslut.diarienummer if rad.beslut is not None else ""


def _bidrag(rad: OsaRad) -> str:
    ore = rad.beslut.bidrag_ore if rad.beslut is not None else None
    return "" if ore is None else kronor(ore // 100)


def _followed(rad: OsaRad, today: date) -> str:
    return short_date(rad.osa_uppfoljningar[0].planerad, today) if rad.osa_uppfoljningar else ""


def _follow_chip(rad: OsaRad, today: date) -> ChipText | None:
    """A follow-up whose day has come, or soon does."""
    if not rad.osa_uppfoljningar:
        return None
    day = rad.osa_uppfoljningar[0].planerad
    kind = due_kind(day, today, UPPFOLJNING_VARNA)
    return None if kind == "later" else ChipText(kind, short_date(day, today))
