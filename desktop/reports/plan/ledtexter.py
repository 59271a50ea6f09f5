"""The leads of a follow-up: plain Swedish made from what is printed."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from db.rules.koder import Aktivitetslage
from db.rules.planbild import Aktivitetsbild, Indikatorbild, Malbild
from db.rules.riktvarde import Maluppfyllelse
from db.rules.tabell import Statusantal
from desktop.reports import formats
from desktop.reports.leads import sentences
from desktop.reports.plan.celler import label_of
from desktop.reports.plan.tabeller import KON, STATUS, Tabellmakare

DEVIATIONS = "Tabellen visar kommenterade indikatorer som inte når sitt riktvärde, och dem som har en åtgärd."
_LONGEST_NAME = 90
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


def goal_lead(makare: Tabellmakare, mal: Malbild, bilder: Sequence[Indikatorbild], *, prognos: bool) -> str:
    """The answer first: how the goal is judged, how many of its indicators reach their target, what has
    changed and where kvinnor and män differ most."""
    lage = makare.lage_of(mal)
    judged = f"{'Prognosen för helåret' if prognos else 'Bedömningen'} är ”{lage.text}”." if lage else ""
    if not any(bild.utfall.has_tal or bild.utfall.text for bild in bilder):
        return sentences(judged, "Det finns inga utfall för perioden.")
    counted = indicator_lead(makare, bilder, prognos=False)
    return sentences(judged, counted, change_sentence(makare, bilder), gap_sentence(makare, bilder))


def change_sentence(makare: Tabellmakare, bilder: Sequence[Indikatorbild]) -> str:
    """How many outcomes are higher, lower and the same as what they are held against; "" for none."""
    upp = ner = lika = 0
    for bild in bilder:
        nu = makare.celler.visible(bild.utfall, "totalt")
        fore = makare.celler.visible(bild.provning.jamfort, "totalt")
        if nu is not None and fore is not None:
            upp, ner, lika = upp + (nu > fore), ner + (nu < fore), lika + (nu == fore)
    moved = [f"{_low(antal)} {ord_}" for antal, ord_ in ((upp, "ökat"), (ner, "minskat")) if antal]
    same = f"{_count(lika)} är {'oförändrad' if lika == 1 else 'oförändrade'}." if lika else ""
    if not moved:
        return f"Jämfört med tidigare utfall: {same[:1].lower()}{same[1:]}" if same else ""
    first = moved[0].replace(" ", " indikator " if (upp or ner) == 1 else " indikatorer ", 1)
    return sentences(f"Jämfört med tidigare utfall har {' och '.join([first, *moved[1:]])}.", same)


def gap_sentence(makare: Tabellmakare, bilder: Sequence[Indikatorbild]) -> str:
    """The share where kvinnor and män differ most, both told; "" where none differs by a whole point."""
    widest, told = Decimal(0), ""
    for bild in bilder:
        kvinnor, man = (makare.celler.visible(bild.utfall, nyckel) for nyckel in KON)
        if bild.indikator.enhet != "andel" or kvinnor is None or man is None:
            continue
        if abs(kvinnor - man) >= 1 and abs(kvinnor - man) > widest:
            widest = abs(kvinnor - man)
            namn = formats.shorten(label_of(bild.indikator).rstrip("."), _LONGEST_NAME)
            texts = [makare.celler.utfall(bild.indikator, bild.utfall, nyckel).text for nyckel in KON]
            told = (
                f"Skillnaden mellan kvinnor och män är störst för ”{namn}”: {texts[0]} procent för kvinnor "
                f"och {texts[1]} för män."
            )
    return told


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
