"""The places of an enhet: so many from a day, none after a day; nobody is left without the one they have."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import HinderError, NotFoundError
from db.locks import lock_rows
from db.models import Enhet, Kapacitet, Platsko
from db.queries.enhet import MISSING, list_namn, list_tider
from db.rules import belaggning
from db.rules.belaggning import FLEST_PLATSER, find_last_day, find_offered, resolve_kapacitet
from db.rules.datum import full_date
from db.rules.kapacitet import Trangsel, change_kapacitet, close_kapacitet, find_trangsel
from db.session import Store, UnitOfWork

SLAG = "enhet"
PASSED = "Dagen har varit. Beläggningen räknas om från den dagen, också i rapporter."


@dataclass(frozen=True, slots=True)
class PlatsUppgifter:
    """So many places from a day on."""

    platser: int
    fran: date


@dataclass(frozen=True, slots=True)
class Hinder:
    """Why places cannot go: the sentence, those concerned whom the user may know of (id, name), how many more
    there are, and the first day from which it can be done (None: not before some insats gets an end)."""

    text: str
    personer: tuple[tuple[int, str], ...]
    ovriga: int
    gar_fran: date | None


def check_platser(uppgifter: PlatsUppgifter, idag: date) -> tuple[Finding, ...]:
    """What the numbers say by themselves."""
    if not 0 <= uppgifter.platser <= FLEST_PLATSER:
        return (Finding("platser", f"Skriv antalet platser, 0 till {FLEST_PLATSER}.", stops=True),)
    if uppgifter.fran < idag:
        return (Finding("fran", PASSED),)
    return ()


def find_hinder(
    session: Session, aktor: Aktor, enhet_id: int, uppgifter: PlatsUppgifter, idag: date
) -> Hinder | None:
    """Who would be left without a place if there were only so many from the day; None where all have room."""
    fore = _kapacitet(session, enhet_id)
    efter = change_kapacitet(fore, uppgifter.fran, uppgifter.platser)
    trangt, tider = _find_trangsel(session, enhet_id, fore, efter, max(uppgifter.fran, idag), idag)
    if trangt is None:
        return None
    dag = trangt.dag
    vilka = {person for person, start, slut in tider if start <= dag and (slut is None or dag <= slut)}
    for_manga = trangt.belagda - trangt.platser
    platser = "plats" if trangt.platser == 1 else "platser"
    text = (
        f"{_people(trangt.belagda)} har plats {full_date(dag)}, och det blir {trangt.platser} {platser}. "
        f"Flytta eller avsluta minst {for_manga} av dem först"
    )
    vidare = None if trangt.ryms is None else f"eller välj en dag från {full_date(trangt.ryms)}"
    return _hinder(session, aktor, (text, vidare), vilka, trangt.ryms)


def set_platser(
    store: Store, aktor: Aktor, enhet_id: int, uppgifter: PlatsUppgifter, *, idag: date
) -> Saved | None:
    """So many places from a day to the next change told; None when that is so already. An enhet that has
    closed opens again by it.

    Raises HinderError, with those concerned, where somebody would be left without a place, and DataError.
    """
    with store.unit_of_work(aktor, SLAG, "Ändrat antal platser") as work:
        hold_enhet(work.session, enhet_id)
        varningar = refuse(check_platser(uppgifter, idag))
        _refuse_hinder(find_hinder(work.session, aktor, enhet_id, uppgifter, idag), "platser")
        fore = _kapacitet(work.session, enhet_id)
        _write_kapacitet(work, enhet_id, fore, change_kapacitet(fore, uppgifter.fran, uppgifter.platser))
    return None if work.changes is None else Saved(enhet_id, work.changes, varningar)


def check_stangning(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - as above
    enhet_id: int,
    sista_dag: date,
    idag: date,
) -> tuple[Finding, ...]:
    """Everything to tell about closing an enhet after a day, but for those who have places there."""
    found = []
    kapacitet = _kapacitet(session, enhet_id)
    slut = find_last_day(kapacitet)
    if slut is not None and slut <= sista_dag:
        told = "Enheten har inga platser." if slut == date.min else f"Enheten stänger {full_date(slut)}."
        found.append(Finding("sista_dag", told, stops=True))
    elif find_offered(kapacitet, sista_dag) is None:
        found.append(Finding("sista_dag", "Enheten har inga platser den dagen.", stops=True))
    elif sista_dag < idag:
        found.append(Finding("sista_dag", PASSED))
    waiting = select(Platsko.inskrivning_id).where(Platsko.enhet_id == enhet_id, Platsko.till.is_(None))
    if antal := len(set(session.scalars(waiting))):
        found.append(Finding("sista_dag", f"{_people(antal)} står i kö hit och står kvar i kön."))
    return tuple(found)


def find_stangningshinder(
    session: Session, aktor: Aktor, enhet_id: int, sista_dag: date, idag: date
) -> Hinder | None:
    """Who has a place at the enhet after a day; None where nobody has."""
    fore = _kapacitet(session, enhet_id)
    fran = max(sista_dag, idag)
    trangt, tider = _find_trangsel(session, enhet_id, fore, close_kapacitet(fore, sista_dag), fran, idag)
    if trangt is None:
        return None
    vilka = {person for person, _, slut in tider if slut is None or slut >= trangt.dag}
    text = (
        f"{_people(len(vilka))} har plats efter {full_date(sista_dag)}. Flytta dem eller avsluta deras "
        "insatser först"
    )
    gar = None if trangt.ryms is None else trangt.ryms - timedelta(days=1)
    vidare = None if gar is None else f"eller välj {full_date(gar)} som sista dag"
    return _hinder(session, aktor, (text, vidare), vilka, gar)


def close_enhet(store: Store, aktor: Aktor, enhet_id: int, sista_dag: date, *, idag: date) -> Saved:
    """No places after a day; changes told for later go. Raises HinderError, with the people concerned, where
    insatser go on after it, and DataError."""
    with store.unit_of_work(aktor, SLAG, "Stängd enhet") as work:
        hold_enhet(work.session, enhet_id)
        varningar = refuse(check_stangning(work.session, aktor, enhet_id, sista_dag, idag))
        hinder = find_stangningshinder(work.session, aktor, enhet_id, sista_dag, idag)
        _refuse_hinder(hinder, "sista_dag")
        fore = _kapacitet(work.session, enhet_id)
        _write_kapacitet(work, enhet_id, fore, close_kapacitet(fore, sista_dag))
    assert work.changes is not None
    return Saved(enhet_id, work.changes, varningar)


def require_enhet(session: Session, enhet_id: int) -> Enhet:
    """The enhet as it is stored now. Raises NotFoundError."""
    row = session.get(Enhet, enhet_id, populate_existing=True)
    if row is None:
        raise NotFoundError(MISSING)
    return row


def hold_enhet(session: Session, enhet_id: int) -> None:
    """The enhet stands still until the act is done: nobody else changes or takes its places meanwhile. Raises
    NotFoundError."""
    lock_rows(session, Enhet, [enhet_id])
    require_enhet(session, enhet_id)


def _people(antal: int) -> str:
    return f"{antal} person" if antal == 1 else f"{antal} personer"


def _kapacitet(session: Session, enhet_id: int) -> tuple[belaggning.Kapacitet, ...]:
    query = select(Kapacitet.fran, Kapacitet.till, Kapacitet.platser).where(Kapacitet.enhet_id == enhet_id)
    return resolve_kapacitet(belaggning.Kapacitet(*row) for row in session.execute(query))


def _find_trangsel(
    session: Session,
    enhet_id: int,
    fore: tuple[belaggning.Kapacitet, ...],
    efter: tuple[belaggning.Kapacitet, ...],
    fran: date,
    idag: date,
) -> tuple[Trangsel | None, list[tuple[int, date, date | None]]]:
    tider = list_tider(session, enhet_id, idag)
    return find_trangsel(fore, efter, [(start, slut) for _, start, slut in tider], fran), tider


def _hinder(
    session: Session, aktor: Aktor, text: tuple[str, str | None], vilka: set[int], gar: date | None
) -> Hinder:
    told = ", ".join(part for part in text if part)
    personer = list_namn(session, aktor, vilka)
    return Hinder(f"{told}.", personer, len(vilka) - len(personer), gar)


def _refuse_hinder(hinder: Hinder | None, field: str) -> None:
    if hinder is not None:
        raise HinderError(hinder.text, hinder.personer, hinder.ovriga, field)


def _write_kapacitet(
    work: UnitOfWork,
    enhet_id: int,
    fore: tuple[belaggning.Kapacitet, ...],
    efter: tuple[belaggning.Kapacitet, ...],
) -> None:
    """Only what differs: a row that was open until the next change stays as it is stored."""
    held = {
        row.fran: row for row in work.session.scalars(select(Kapacitet).where(Kapacitet.enhet_id == enhet_id))
    }
    was, will = {rad.fran: rad for rad in fore}, {rad.fran: rad for rad in efter}
    for fran, row in held.items():
        if fran not in will:
            work.session.delete(row)
        elif will[fran] != was[fran]:
            row.till, row.platser = will[fran].till, will[fran].platser
    for fran, rad in will.items():
        if fran not in held:
            work.session.add(Kapacitet(enhet_id=enhet_id, fran=fran, till=rad.till, platser=rad.platser))
