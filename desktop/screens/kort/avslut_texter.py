"""How an avslut, its follow-ups and a return (R11) are told on the card. Pure: rows in, words out."""

from collections.abc import Iterable, Iterator
from datetime import date

from db.queries.card_rows import Card, InskrivningRow, UppfoljningRow
from db.rules.avslut import asks_for_month, classify_avslut, find_bekraftelsedag, is_egen_forsorjning
from db.rules.koder import Uppfoljningsslag
from db.rules.uppfoljning import compare_forsorjning, find_oplanerade, place_uppfoljning, plan_uppfoljningar
from desktop.formatting import date_range, days, long_date, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.widgets.definitions import Definition

ARROW = "→"
YES_NO = {True: "ja", False: "nej", None: "inte bekräftat"}


def return_of(card: Card, inskrivning: InskrivningRow) -> InskrivningRow | None:
    """The earlier inskrivning that this one is a return from (R11), or None."""
    ids = {row.fran_id for row in card.ateraktualiseringar
           if row.sort == "inskrivning" and row.till_id == inskrivning.id}  # fmt: skip
    return next((row for row in reversed(card.inskrivningar) if row.id in ids), None)


def returned_in(card: Card, inskrivning: InskrivningRow) -> InskrivningRow | None:
    """The later inskrivning that is a return from this one (R11), or None."""
    ids = {row.till_id for row in card.ateraktualiseringar
           if row.sort == "inskrivning" and row.fran_id == inskrivning.id}  # fmt: skip
    return next((row for row in card.inskrivningar if row.id in ids), None)


def tell_return(own: InskrivningRow, back: InskrivningRow) -> tuple[str, str]:
    """That the inskrivning that runs is a return, and from what."""
    assert back.avslutad is not None
    gone = days((own.inskriven - back.avslutad).days)
    text = f"{tr('Återaktualiserad')} {long_date(own.inskriven)}"
    return text, f"{gone} {tr('efter avslutet')} {long_date(back.avslutad)}: {back.resultat}."


def tell_result(card: Card, inskrivning: InskrivningRow, today: date) -> Iterator[ChipText]:
    """What an avslut counts as (R9, R10), and whether the person is back within a year (R11)."""
    resultat, manad = inskrivning.resultat or "", inskrivning.minst_en_manad
    if classify_avslut(resultat, manad) == "invantar":
        yield ChipText("soon", tr("Inväntar bekräftelse"), "clock")
    elif asks_for_month(resultat) and manad is False:
        yield ChipText("later", tr("Mindre än en månad"), "circle-x")
    elif is_egen_forsorjning(resultat):
        yield ChipText("ok", tr("Egen försörjning"), "circle-check")
    yield from tell_return_after(card, inskrivning, today)


def tell_return_after(card: Card, inskrivning: InskrivningRow, today: date) -> Iterator[ChipText]:
    """That the person came back within a year of this one's close (R11), and when."""
    again = returned_in(card, inskrivning)
    if again is not None:
        told = f"{tr('Återaktualiserad')} {short_date(again.inskriven, today)}"
        yield ChipText("over_guide", told, "rotate-ccw")


def tell_return_from(card: Card, inskrivning: InskrivningRow, today: date) -> Iterator[ChipText]:
    """That this one began within a year of an earlier one's close (R11), and when that was."""
    back = return_of(card, inskrivning)
    if back is not None and back.avslutad is not None:
        told = f"{tr('Återaktualiserad efter avslut')} {short_date(back.avslutad, today)}"
        yield ChipText("over_guide", told, "rotate-ccw")


def tell_avslut(inskrivning: InskrivningRow, today: date) -> tuple[Definition, ...]:
    """The facts of an avslut."""
    assert inskrivning.avslutad is not None
    span = date_range(inskrivning.inskriven, inskrivning.avslutad, today)
    stayed = days((inskrivning.avslutad - inskrivning.inskriven).days + 1)
    facts = [
        Definition(tr("Resultat"), first_upper(inskrivning.resultat or "")),
        Definition(tr("Inskriven"), span, stayed),
    ]
    if asks_for_month(inskrivning.resultat or ""):
        facts.append(Definition(tr("Arbete"), _work(inskrivning, today)))
    before, after = inskrivning.forsorjning_fore, inskrivning.forsorjning_efter
    if before or after:
        told = f"{first_upper(before or tr('inte angiven'))} {ARROW} {after or tr('inte angiven')}"
        facts.append(Definition(tr("Försörjning"), told))
    return tuple(facts)


def lacks_follow_ups(card: Card, inskrivning: InskrivningRow, today: date) -> bool:
    """Whether follow-ups are to come that nobody has planned."""
    assert inskrivning.avslutad is not None
    held = [row.slag for row in card.uppfoljningar if row.inskrivning_id == inskrivning.id]
    plan = plan_uppfoljningar(
        inskrivning.resultat or "", inskrivning.minst_en_manad, inskrivning.arbete_fran, inskrivning.avslutad
    )
    return bool(find_oplanerade(plan, held, today))


def tell_state(row: UppfoljningRow, today: date) -> ChipText:
    """How a follow-up stands, with its day."""
    state = place_uppfoljning(row.slag, row.planerad, row.genomford, row.forsorjning, today)
    day = short_date(row.genomford or row.planerad, today)
    return {
        "gjord": ChipText("ok", f"{tr('Gjord')} {day}"),
        "utan_svar": ChipText("later", f"{tr('Inget svar')} {day}", "circle-x"),
        "idag": ChipText("soon", tr("Idag")),
        "forfallen": ChipText("overdue", f"{tr('Förfallen')} {day}"),
        "kommande": ChipText("appointment", f"{tr('Kommande')} {day}"),
    }[state]


def tell_outcome(row: UppfoljningRow, inskrivning: InskrivningRow) -> str:
    """What a follow-up that is done told; empty before."""
    if row.genomford is None:
        return ""
    told = []
    if row.slag == Uppfoljningsslag.EN_MANAD.value and asks_for_month(inskrivning.resultat or ""):
        told.append(f"{tr('Minst en månad')}: {tr(YES_NO[inskrivning.minst_en_manad])}")
    if row.forsorjning is not None:
        told.append(first_upper(row.forsorjning))
    lasted = compare_forsorjning(inskrivning.forsorjning_efter, row.forsorjning)
    if lasted is not None:
        before = inskrivning.forsorjning_efter
        words = {
            "samma": tr("samma som vid avslutet"),
            "bistand": f"{tr('åter i bistånd, var')} {before}",
            "annan": f"{tr('var')} {before} {tr('vid avslutet')}",
        }
        told.append(words[lasted])
    return " · ".join(told)


def find_avslutshandelse(card: Card, inskrivning_id: int) -> int | None:
    """The act that closed the inskrivning, where it is in the card's log and can be taken back as one."""
    for row in card.logg:
        if (row.tabell, row.rad_id, row.falt) == ("inskrivning", inskrivning_id, "avslutad"):
            return row.handelse_id if row.slag in ("avslut", "ångra") else None
    return None


def _work(inskrivning: InskrivningRow, today: date) -> str:
    fran, till = inskrivning.arbete_fran, inskrivning.arbete_till
    if fran is None:
        span = tr("första dagen är inte angiven")
    else:
        span = date_range(fran, till, today) if till else f"{tr('från')} {short_date(fran, today)}"
    return f"{first_upper(span)} · {tr('minst en månad')}: {tr(YES_NO[inskrivning.minst_en_manad])}"


def find_unplanned_month(inskrivning: InskrivningRow, rows: Iterable[UppfoljningRow]) -> date | None:
    """The day from which an avslut without a follow-up of its month waits for one (R10)."""
    if inskrivning.avslutad is None or inskrivning.resultat is None:
        return None
    if any(row.slag == Uppfoljningsslag.EN_MANAD.value for row in rows):
        return None
    fran = inskrivning.arbete_fran or inskrivning.avslutad
    return find_bekraftelsedag(inskrivning.resultat, inskrivning.minst_en_manad, fran)


def unplanned_row(inskrivning: InskrivningRow, day: date) -> UppfoljningRow:
    """The month that nobody has planned, as a follow-up without an id."""
    return UppfoljningRow(0, inskrivning.id, Uppfoljningsslag.EN_MANAD.value, day, None, None, "")
