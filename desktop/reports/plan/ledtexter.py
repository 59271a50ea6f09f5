"""The leads of a follow-up: plain Swedish made from what is printed."""

from collections import Counter
from collections.abc import Sequence

from db.rules.koder import Aktivitetslage
from db.rules.planbild import Aktivitetsbild, Indikatorbild
from db.rules.riktvarde import Maluppfyllelse
from db.rules.tabell import Statusantal
from desktop.reports import formats
from desktop.reports.leads import sentences
from desktop.reports.plan.tabeller import STATUS, Tabellmakare

DEVIATIONS = "Tabellen visar kommenterade indikatorer som inte når sitt riktvärde, och dem som har en åtgärd."
_WORDS = ("Ingen", "En", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv")


def counts(makare: Tabellmakare, bilder: Sequence[Indikatorbild]) -> tuple[Statusantal, ...]:
    """How many indicators with a target for the year there are of each status; () where none has one."""
    found = Counter(lage for bild in bilder if (lage := makare.indikatorlage(bild).text))
    return (
        tuple(Statusantal(STATUS[one], one.value, found[one.value]) for one in Maluppfyllelse)
        if found
        else ()
    )


def indicator_lead(makare: Tabellmakare, bilder: Sequence[Indikatorbild], *, prognos: bool) -> str:
    """How many reach their target; that there is nothing to judge where there is nothing."""
    antal = {one.ord: one.antal for one in counts(makare, bilder)}
    med_utfall = sum(bild.utfall.has_tal or bool(bild.utfall.text) for bild in bilder)
    if not med_utfall:
        return "Det finns inga utfall för perioden. Tabellerna visar planens tidigare utfall och riktvärden."
    if not antal:
        return f"{_count(med_utfall)} av {len(bilder)} indikatorer har ett utfall för perioden."
    alla = sum(antal.values())
    nas, vag, inte, oklart = (antal[one.value] for one in Maluppfyllelse)
    first = (
        f"Av {alla} indikatorer med riktvärde når {_low(nas)} sitt riktvärde och {_low(vag)} är på väg dit."
    )
    if alla == 1:
        first = f"Den enda indikatorn med riktvärde: {next(o for o, a in antal.items() if a).lower()}."
    rest = []
    if inte:
        rest.append(f"{_count(inte)} når det inte")
    if oklart:
        rest.append(f"{_low(oklart) if rest else _count(oklart)} går inte att bedöma")
    last = f"{' och '.join(rest)}." if rest and alla > 1 else ""
    return sentences(first, last, "Målens bedömning är en prognos för helåret." if prognos else "")


def activity_lead(aktiviteter: Sequence[Aktivitetsbild]) -> str:
    """How many activities are done and under way; that nobody has told where nobody has."""
    antal = Counter(one.lage.status for one in aktiviteter if one.lage)
    if not antal:
        return f"Planen har {_many(len(aktiviteter), 'aktivitet', 'aktiviteter')}. Läget är inte rapporterat."
    klara, pagar = antal[Aktivitetslage.KLAR], antal[Aktivitetslage.PABORJAD]
    stopp = antal[Aktivitetslage.STOPPAD] + antal[Aktivitetslage.VANTAR]
    alla = _many(len(aktiviteter), "aktivitet", "aktiviteter")
    under = "är påbörjad" if pagar == 1 else "är påbörjade"
    return sentences(
        f"{_count(klara)} av {alla} är {'klar' if klara == 1 else 'klara'} och {_low(pagar)} {under}.",
        f"{_count(stopp)} väntar eller är stoppade." if stopp else "",
    )


def volume_lead(bilder: Sequence[Indikatorbild]) -> str:
    """How many of the measures have an outcome for the period."""
    med = sum(bild.utfall.has_tal or bool(bild.utfall.text) for bild in bilder)
    if not med:
        return f"Inget av {_many(len(bilder), 'mått', 'mått')} har ett utfall för perioden."
    return f"{_count(med)} av {_many(len(bilder), 'mått', 'mått')} har ett utfall för perioden."


def _count(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _low(number: int) -> str:
    return _count(number).lower()


def _many(number: int, one: str, more: str) -> str:
    return f"{number}{formats.HARD_SPACE}{one if number == 1 else more}"
