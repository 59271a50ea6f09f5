"""The board and the figures of the flow in words, made off the GUI thread."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.queries.figurer.gemensamt import median_of
from db.queries.flode import Antal, Dagar, Genomflode
from db.queries.idag.rows import IdagRow
from db.queries.tavla import UTAN_STEG, Kolumn, Tavla, TavlaKort
from db.rules.figurer import Tal
from db.rules.idag import Lista
from db.rules.period import add_months, first_day, last_day, month_index
from db.rules.statistik import calculate_median, share
from desktop.formatting import NBSP, days, initials, month, number, percent, plural, short_date
from desktop.i18n import tr
from desktop.screens.idag.texts import act_text
from desktop.screens.words import first_lower, first_upper
from desktop.widgets.board import BoardCard, BoardColumn
from desktop.widgets.kon_strip import KonKpi

# What is late enough to be marked on the card; BIP and närvaro wait in their own lists.
MARKED = frozenset(
    {
        Lista.AKTIVITETSKRAV, Lista.UTAN_AKTIVITET, Lista.UPPFOLJNING, Lista.INSATS_SLUTAR, Lista.OSA_BESLUT,
        Lista.PLANERING,
    }
)  # fmt: skip
_ORDER = {lista: place for place, lista in enumerate(Lista)}
TONES = ("s1", "s2", "s3", "s4", "s5", "s6")


class Perioden(StrEnum):
    """The periods that can be chosen without dates."""

    MANAD = "manad"
    VECKOR_26 = "26"
    VECKOR_52 = "52"
    I_AR = "i_ar"
    FORRA_ARET = "forra"
    EGEN = "egen"


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its name in a sentence ("i oktober") and the one before, with which it is compared."""

    fran: date
    till: date
    namn: str
    fore: tuple[date, date]
    fore_namn: str


@dataclass(frozen=True, slots=True)
class Siffror:
    """What the figures are made of: the period and the one before it, who is inskriven today and a month ago,
    who has stood too long, and who went out to egen försörjning (R9).

    As in the report, those whom the user may not know of are counted too, and those who are avslutade today.
    """

    nu: Genomflode
    fore: Genomflode
    idag: Antal
    manad_sedan: Antal
    over: Antal
    egen: Antal
    egen_resultat: Mapping[str, int]


def make_span(val: Perioden, idag: date, egen: tuple[date, date] | None = None) -> Span:
    """The period chosen; the latest whole month unless told."""
    if val is Perioden.EGEN and egen is not None:
        fran, till = egen
        namn = f"{short_date(fran, idag)}\u2013{short_date(till, idag)}"
        return Span(fran, till, namn, *_before(fran, till))
    if val in (Perioden.VECKOR_26, Perioden.VECKOR_52):
        veckor = int(val.value)
        fran = idag - timedelta(7 * veckor - 1)
        return Span(fran, idag, f"på {veckor}{NBSP}veckor", *_before(fran, idag))
    if val is Perioden.I_AR:
        fran = date(idag.year, 1, 1)
        fore = (add_months(fran, -12), add_months(idag, -12))
        return Span(fran, idag, tr("i år"), fore, tr("samma tid förra året"))
    if val is Perioden.FORRA_ARET:
        ar = idag.year - 1
        fore = (date(ar - 1, 1, 1), date(ar - 1, 12, 31))
        return Span(date(ar, 1, 1), date(ar, 12, 31), str(ar), fore, str(ar - 1))
    manad = month_index(idag) - 1
    fran, innan = first_day(manad), first_day(manad - 1)
    return Span(
        fran, last_day(manad), f"i {_month_name(fran, idag)}", (innan, last_day(manad - 1)),
        f"i {_month_name(innan, idag)}",
    )  # fmt: skip


def _before(fran: date, till: date) -> tuple[tuple[date, date], str]:
    length = till - fran + timedelta(1)
    return (fran - length, fran - timedelta(1)), tr("perioden före")


def _month_name(day: date, idag: date) -> str:
    name = month(day)
    return name.split()[0] if day.year == idag.year else name


def make_columns(
    tavla: Tavla,
    idag: date,
    att_gora: Mapping[int, Sequence[IdagRow]] | None,
    namn: Mapping[str, str],
    bara_over: bool = False,
) -> tuple[BoardColumn, ...]:
    """The columns with their cards; `att_gora` are the rows of the work lists by person, None while they are
    not known, and `namn` the names of staff by signatur."""

    def cards(kolumn: Kolumn) -> tuple[BoardCard, ...]:
        return tuple(
            make_card(
                kort, kolumn, idag, None if att_gora is None else att_gora.get(kort.person.id, ()), namn
            )
            for kort in by_steg[kolumn.id]
        )

    by_steg: defaultdict[int, list[TavlaKort]] = defaultdict(list)
    kolumner = {kolumn.id: kolumn for kolumn in tavla.kolumner}
    for kort in tavla.kort:
        if not bara_over or is_over(kort, kolumner[kort.lage.steg_id]):
            by_steg[kort.lage.steg_id].append(kort)
    platser = {k.id: place for place, k in enumerate(k for k in tavla.kolumner if k.id != UTAN_STEG)}
    return tuple(
        _column(kolumn, by_steg[kolumn.id], platser.get(kolumn.id, 0), cards(kolumn))
        for kolumn in tavla.kolumner
    )


def _column(
    kolumn: Kolumn,
    kort: Sequence[TavlaKort],
    place: int,
    cards: tuple[BoardCard, ...],
) -> BoardColumn:
    kon = Counter(k.kon for k in kort)
    tone = "neutral_soft" if kolumn.id == UTAN_STEG else TONES[place % len(TONES)]
    return BoardColumn(
        kolumn.id,
        kolumn.namn,
        tone,
        cards,
        kon["K"],
        kon["M"],
        _median_days(kort, tr("median")),
        kolumn.grans,
        ", ".join(
            told
            for told in (
                _median_days([k for k in kort if k.kon == one], f"{tr('median')} {tr(namn)}")
                for one, namn in (("K", "kvinnor"), ("M", "män"))
            )
            if told
        ),
    )


def _median_days(kort: Sequence[TavlaKort], namn: str) -> str:
    """ "median 11 d": how long they have stood in the steg; empty of nobody."""
    median = calculate_median([k.lage.dagar for k in kort])
    return "" if median is None else f"{namn} {number(median)}{NBSP}d"


def is_over(kort: TavlaKort, kolumn: Kolumn) -> bool:
    """Whether somebody has stood longer in the steg than its guide value."""
    return kolumn.riktvarde is not None and kort.lage.dagar > kolumn.riktvarde


def make_card(
    kort: TavlaKort,
    kolumn: Kolumn,
    idag: date,
    att_gora: Sequence[IdagRow] | None,
    namn: Mapping[str, str],
) -> BoardCard:
    """The card in words; `namn` are the names of staff by signatur."""
    late = sum(row.lista in MARKED and row.frist is not None and row.frist < idag for row in att_gora or ())
    nasta = next_text(kort, idag, att_gora)
    over = is_over(kort, kolumn)
    spoken = [
        kort.person.namn, nasta, f"{days(kort.lage.dagar)} {tr('i steget')}",
        f"{tr('över riktvärdet')} {days(kolumn.riktvarde or 0)}" if over else "",
        plural(late, tr("sak försenad"), tr("saker försenade")) if late else "",
    ]  # fmt: skip
    return BoardCard(
        kort.inskrivning_id,
        kort.person.namn,
        initials(namn.get(kort.koordinator, kort.koordinator)),
        nasta,
        kort.lage.dagar,
        kolumn.riktvarde,
        late,
        kort.person.is_masked,
        ", ".join(part for part in spoken if part),
    )


def next_text(kort: TavlaKort, idag: date, att_gora: Sequence[IdagRow] | None) -> str:
    """What comes next: the most urgent of the work lists, else what is booked, goes on or is to come."""
    soon = idag + timedelta(7)
    due = [r for r in att_gora or () if r.frist is not None and r.frist <= soon and r.uppskjuten is None]
    if due:
        # The lists stand in the order of what weighs most.
        first = min(due, key=lambda r: (_ORDER[r.lista], r.frist or date.max))
        return f"{act_text(first)} · {short_date(first.frist or idag, idag)}"
    if kort.bokad is not None:
        return f"{tr('Möte')} {tr('idag') if kort.bokad == idag else short_date(kort.bokad, idag)}"
    if kort.startar is not None:
        return f"{first_upper(kort.kommer)} {tr('från')} {short_date(kort.startar, idag)}"
    if kort.pagar:
        end = f" {tr('t.o.m.')} {short_date(kort.slutar, idag)}" if kort.slutar is not None else ""
        return f"{first_upper(kort.pagar)}{end}"
    return tr("Inget inbokat")


def make_kpis(siffror: Siffror, span: Span) -> tuple[KonKpi, ...]:
    """The six figures above the board, each with kvinnor and män; their keys open the people."""
    nu, fore, aktuella, over = siffror.nu, siffror.fore, siffror.idag, siffror.over
    andel = share(over.total(), aktuella.total()) or 0
    change = aktuella.total() - siffror.manad_sedan.total()
    return (
        KonKpi(
            "aktuella", tr("Aktuella deltagare"), *_figures(aktuella), detail=_change(change),
            icon=_trend(change),
        ),
        KonKpi("in", f"{tr('In')} {span.namn}", *_figures(nu.in_), detail=_compare(nu.in_, fore.in_, span)),
        KonKpi("ut", f"{tr('Ut')} {span.namn}", *_figures(nu.ut), detail=_compare(nu.ut, fore.ut, span)),
        KonKpi(
            "egen", f"{tr('Till egen försörjning')}", *_figures(siffror.egen), icon="door-open",
            detail=_results(siffror.egen_resultat, span), tone="ok",
        ),
        _median(nu.ledtider, span),
        KonKpi(
            "over", tr("Över riktvärde"), *_figures(over), icon="triangle-alert" if over else "",
            detail=f"{percent(andel)} {tr('av deltagarna')}", tone="warn",
        ),
    )  # fmt: skip


def _figures(antal: Counter[str | None]) -> tuple[str, str, str]:
    return number(antal.total()), number(antal["K"]), number(antal["M"])


def _median(dagar: Dagar, span: Span) -> KonKpi:
    median = median_of("", ((kon, tal, antal) for (kon, tal), antal in dagar.items())).varde

    def told(value: Tal | None) -> str:
        return "–" if value is None else f"{number(value, 0 if value == int(value) else 1)}{NBSP}d"

    return KonKpi(
        "ledtid", tr("Mediantid i flödet"), told(median.totalt), told(median.kvinnor), told(median.man),
        detail=f"{tr('för dem som gick ut')} {span.namn}",
    )  # fmt: skip


def _change(skillnad: int) -> str:
    if not skillnad:
        return tr("lika många som för en månad sedan")
    sign = "+" if skillnad > 0 else "\u2212"
    return f"{sign}{number(abs(skillnad))} {tr('på en månad')}"


def _trend(skillnad: int) -> str:
    return "trending-up" if skillnad > 0 else "trending-down" if skillnad < 0 else "minus"


def _compare(nu: Counter[str | None], fore: Counter[str | None], span: Span) -> str:
    skillnad = nu.total() - fore.total()
    if not skillnad:
        return f"{tr('lika många som')} {span.fore_namn}"
    return (
        f"{number(abs(skillnad))} {tr('fler') if skillnad > 0 else tr('färre')} {tr('än')} {span.fore_namn}"
    )


def _results(resultat: Mapping[str, int], span: Span) -> str:
    if not resultat:
        return span.namn
    most = sorted(resultat.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{number(antal)} {first_lower(namn)}" for namn, antal in most[:2]]
    rest = sum(antal for _, antal in most[2:])
    return ", ".join([*parts, *([f"{number(rest)} {tr('annat')}"] if rest else [])])
