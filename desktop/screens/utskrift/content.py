"""What each print from the card holds. Pure: a card and rows in, a Utskrift out.

Dates on paper are as in the reports: in words in a sentence, ÅÅÅÅ-MM-DD (the Swedish standard) in a table and
where something is stamped, since paper is read another year and columns of days are compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from db.queries.card_rows import Card, InsatsRow, PlaneringRow
from db.queries.utskrift import NarvaroDag
from db.rules.koder import NarvaroStatus
from db.rules.statistik import round_half_up
from desktop.formatting import iso, long_date, number, percent, plural, weekday_date
from desktop.i18n import tr
from desktop.reports.formats import period_text
from desktop.reports.utskrift import Del, Fakta, Kolumn, Stycke, Tabell, Utskrift
from desktop.screens.words import first_upper

PASS = {"fm": "förmiddag", "em": "eftermiddag", "": "hela dagen"}


@dataclass(frozen=True, slots=True)
class Underlag:
    """What a print is made of. `fran` and `till` bound what is of a period; `narvaro` is of that period."""

    card: Card
    today: date
    fran: date
    till: date
    narvaro: Sequence[NarvaroDag] = ()
    kommun: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Slag:
    """A kind of print: its name, whether it is of a period, and what makes it."""

    namn: str
    period: bool
    make: Callable[[Underlag], Utskrift]


def make_planering(of: Underlag) -> Utskrift:
    """The plan agreed now, with its steps, to be signed by both."""
    card = of.card
    if not card.planeringar:
        return _print(of, tr("Planering"), (), (Stycke(tr("Planering"), tr("Ingen planering är gjord.")),))
    plan = card.planeringar[-1]
    followed = long_date(plan.nasta_uppfoljning) if plan.nasta_uppfoljning else tr("inte bestämd")
    delar: list[Del] = [
        Stycke(tr("Mål"), plan.mal or tr("Inget mål är skrivet.")),
        _steps(plan),
        Fakta(tr("Uppföljning"), ((tr("Nästa uppföljning"), followed), *_staff(card))),
        Fakta(tr("Underskrift"), ((tr("Deltagare"), "_" * 42), (tr("Handläggare"), "_" * 42))),
    ]
    return _print(of, tr("Planering"), (f"{tr('Upprättad')} {long_date(plan.upprattad)}.",), tuple(delar))


def make_insatser(of: Underlag) -> Utskrift:
    """Every insats that runs some day of the period, the latest first."""
    chosen = [i for i in of.card.insatser if i.start <= of.till and (i.slut or date.max) >= of.fran]
    rows = tuple(
        _insats_row(i, of.today) for i in sorted(chosen, key=lambda i: (i.start, i.id), reverse=True)
    )
    columns = (
        Kolumn(tr("Insats"), 2.4), Kolumn(tr("Enhet"), 1.8), Kolumn(tr("Tid"), 2.4),
        Kolumn(tr("Omfattning"), 1.1, hoger=True), Kolumn(tr("Läge"), 1.6),
    )  # fmt: skip
    table = Tabell(tr("Insatser"), columns, rows, tr("Ingen insats under perioden."))
    return _print(of, tr("Insatshistorik"), (_period(of),), (_enrolments(of), table))


def make_narvaro(of: Underlag) -> Utskrift:
    """Sums of each insats and every registered pass; what is not registered is not absence."""
    return _print(of, tr("Närvaro"), (_period(of),), (_sums(of), _days(of)))


SLAG = {
    "planering": Slag("Planering", False, make_planering),
    "insatser": Slag("Insatshistorik", True, make_insatser),
    "narvaro": Slag("Närvaro", True, make_narvaro),
}


def _print(of: Underlag, titel: str, rader: tuple[str, ...], delar: tuple[Del, ...]) -> Utskrift:
    card = of.card
    arende = f"{tr('Ärende')} {card.arende.nummer}" if card.arende else ""
    vem = " · ".join(part for part in (card.namn, card.personnummer) if part)
    skyddad = card.dold
    lines = (*rader, f"{arende}." if arende else "")
    return Utskrift(
        titel=titel,
        vem=tr("Skyddad identitet") if skyddad else vem,
        rader=tuple(line for line in lines if line),
        delar=delar,
        kommun=of.kommun,
        demo=of.demo,
        skyddad=skyddad,
    )


def _period(of: Underlag) -> str:
    return f"{tr('Perioden är')} {period_text((iso(of.fran), iso(of.till)))}."


def _steps(plan: PlaneringRow) -> Tabell:
    rows = tuple(
        (
            steg.text,
            first_upper(steg.ansvarig),
            iso(steg.senast),
            iso(steg.klar),
        )
        for steg in plan.steg
    )
    columns = (
        Kolumn(tr("Steg"), 3.6), Kolumn(tr("Ansvarig"), 1.5), Kolumn(tr("Senast"), 1.2),
        Kolumn(tr("Klart"), 1.2),
    )  # fmt: skip
    return Tabell(tr("Så gör vi"), columns, rows, tr("Inga steg är skrivna."))


def _staff(card: Card) -> tuple[tuple[str, str], ...]:
    found = []
    if card.inskrivning is not None and card.inskrivning.koordinator:
        found.append((tr("Koordinator"), card.inskrivning.koordinator))
    if card.arende is not None and card.arende.handlaggare:
        found.append((tr("Handläggare"), card.arende.handlaggare))
    return tuple(found)


def _enrolments(of: Underlag) -> Tabell:
    rows = tuple(
        (i.nummer, i.spar, _span(i.inskriven, i.avslutad), first_upper(i.resultat or ""))
        for i in of.card.inskrivningar
        if i.inskriven <= of.till and (i.avslutad or date.max) >= of.fran
    )
    columns = (
        Kolumn(tr("Inskrivning"), 1.2), Kolumn(tr("Spår"), 1.8), Kolumn(tr("Tid"), 2.4),
        Kolumn(tr("Resultat"), 2),
    )  # fmt: skip
    return Tabell(tr("Inskrivningar"), columns, rows, tr("Ingen inskrivning under perioden."))


def _insats_row(insats: InsatsRow, today: date) -> tuple[str, ...]:
    words = {"planerad": "Planerad", "pagar": "Pågår", "avbruten": "Avbruten", "avslutad": "Avslutad"}
    told = tr(words[insats.status_on(today)])
    if insats.avbrottsorsak:
        told = f"{told}: {insats.avbrottsorsak}"
    last = insats.slut or insats.planerat_slut
    planned = f" ({tr('planerat slut')})" if insats.slut is None and last else ""
    time = f"{_span(insats.start, last)}{planned}"
    return first_upper(insats.typ), insats.enhet, time, percent(insats.omfattning), told


def _span(first: date, last: date | None) -> str:
    return f"{iso(first)} – {iso(last) or tr('tills vidare')}"


def _named(of: Underlag) -> dict[int, str]:
    return {i.id: ", ".join(part for part in (first_upper(i.typ), i.enhet) if part) for i in of.card.insatser}


def _sums(of: Underlag) -> Tabell:
    names = _named(of)
    rows = []
    for insats_id in dict.fromkeys(row.insats_id for row in of.narvaro):
        own = [row for row in of.narvaro if row.insats_id == insats_id]
        counts = [sum(row.status == status for row in own) for status in NarvaroStatus]
        rows.append(
            (
                names[insats_id],
                *(number(count) for count in counts),
                percent(round_half_up(Fraction(100 * counts[0], len(own)))),
            )
        )
    columns = (
        Kolumn(tr("Insats"), 3),
        *(Kolumn(first_upper(tr(status.value)), 1.2, hoger=True) for status in NarvaroStatus),
        Kolumn(tr("Andel närvaro"), 1.1, hoger=True),
    )
    note = tr("Andelen är närvarande pass av registrerade pass. Pass som inte är registrerade räknas inte.")
    return Tabell(tr("Sammanfattning"), columns, tuple(rows), tr("Ingen närvaro är registrerad."), note)


def _days(of: Underlag) -> Tabell:
    names = _named(of)
    rows = tuple(
        (
            f"{iso(row.datum)} {weekday_date(row.datum)[:3]}",
            tr(PASS[row.pass_]),
            names[row.insats_id],
            first_upper(tr(row.status)),
            plural(row.minuter, "minut", "minuter") if row.minuter is not None else "",
            "" if of.card.dold else row.notering,
        )
        for row in of.narvaro
    )
    columns = (
        Kolumn(tr("Dag"), 1.5), Kolumn(tr("Pass"), 1.1), Kolumn(tr("Insats"), 2), Kolumn(tr("Närvaro"), 1.3),
        Kolumn(tr("Tid"), 1, hoger=True), Kolumn(tr("Notering"), 1.6),
    )  # fmt: skip
    return Tabell(tr("Dag för dag"), columns, rows, tr("Ingen närvaro är registrerad."))
