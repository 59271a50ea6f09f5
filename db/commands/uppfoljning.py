"""Following up an avslut: the month that R10 asks for, and what the person lives on 6 and 12 months later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.avslut import AvslutUppgifter, check_arbete, lasts_a_month
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Inskrivning, Uppfoljning
from db.queries import access
from db.rules.avslut import asks_for_month, find_bekraftelsedag
from db.rules.datum import full_date
from db.rules.koder import Forsorjning, Uppfoljningsslag
from db.rules.uppfoljning import plan_uppfoljningar
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat uppföljningen. Inget har sparats. Öppna den igen och gör om ändringen."
)
LONGEST = 10_000
LONG_AHEAD = timedelta(366)
_EN_MANAD = Uppfoljningsslag.EN_MANAD.value


@dataclass(frozen=True, slots=True)
class UppfoljningUppgifter:
    """What is written when a follow-up is carried out; the three about work only for the month (R10).

    Without `forsorjning`, 6 or 12 months after, there was no answer, and `text` says why.
    """

    genomford: date
    forsorjning: str | None = None
    text: str = ""
    arbete_fran: date | None = None
    arbete_till: date | None = None
    minst_en_manad: bool | None = None


@dataclass(frozen=True, slots=True)
class Val:
    """Which follow-up: a row of the register, or the month of an avslut that may have no row yet."""

    uppfoljning_id: int | None = None
    inskrivning_id: int | None = None


def check_uppfoljning(
    session: Session, aktor: Aktor, val: Val, uppgifter: UppfoljningUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first. Raises NotFoundError."""
    row, inskrivning = _find(session, aktor, val)
    avslut = _avslut(inskrivning, uppgifter)
    found = [*_check_day(avslut, uppgifter, idag), *_check_values(row.slag, uppgifter)]
    if row.slag == _EN_MANAD:
        found += _check_manad(avslut, uppgifter)
    told = unasked_again(session, "uppfoljning", row.id, found)
    return tuple(sorted(told, key=lambda finding: not finding.stops))


def save_uppfoljning(
    store: Store,
    aktor: Aktor,
    val: Val,
    uppgifter: UppfoljningUppgifter,
    idag: date,
    tidigare: UppfoljningUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Write what a follow-up told, or correct it; None when nothing differs. The month is written on the
    avslut too (R10).

    `tidigare` is what a follow-up that is done said when its form was opened; `skal` why warnings are passed
    that ask for a reason, None where there is nobody to ask. Raises DataError, naming the field,
    ConflictError and NotFoundError.
    """
    with store.unit_of_work(aktor, "uppföljning", "Uppföljning efter avslut") as work:
        row, inskrivning = _find(work.session, aktor, val, lock=True)
        written = _written(row, inskrivning)
        if written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(check_uppfoljning(work.session, aktor, val, uppgifter, idag))
        row_id = _write(work.session, row, inskrivning, uppgifter)
        if written != uppgifter:
            pass_warnings(work, "uppfoljning", row_id, varningar, skal)
    return None if work.changes is None else Saved(row_id, work.changes, varningar)


def confirm_manad(store: Store, aktor: Aktor, val: Val, minst_en_manad: bool, idag: date) -> Saved:
    """Tell whether the month of an avslut lasted (R10), today and with nothing more to say: what is known of
    the work stays.

    Raises DataError where the answer does not fit the days of the work or the month has not gone,
    ConflictError where somebody has told of it, and NotFoundError.
    """
    with store.unit_of_work(aktor, "uppföljning", "Bekräftad månad") as work:
        row, inskrivning = _find(work.session, aktor, val, lock=True)
        if row.genomford is not None or inskrivning.minst_en_manad is not None:
            raise ConflictError(CHANGED_MEANWHILE)
        gone = _month_gone(inskrivning)
        if gone is None or gone > idag:
            raise DataError("Månaden har inte gått än. Inget har sparats.")
        uppgifter = UppfoljningUppgifter(
            idag, row.forsorjning, row.text, inskrivning.arbete_fran, inskrivning.arbete_till, minst_en_manad
        )
        varningar = refuse(check_uppfoljning(work.session, aktor, val, uppgifter, idag))
        row_id = _write(work.session, row, inskrivning, uppgifter)
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def check_flytt(
    session: Session, aktor: Aktor, val: Val, planerad: date, skal: str, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about moving a follow-up to a day, and why. Raises NotFoundError."""
    row, inskrivning = _find(session, aktor, val)
    return tuple(_check_flytt(row.slag, inskrivning, planerad, skal, idag))


def move_uppfoljning(
    store: Store, aktor: Aktor, val: Val, planerad: date, skal: str, idag: date
) -> Saved | None:
    """Move a follow-up that is not done to another day; the day it had and the reason are kept in its text.
    The month of an avslut that nobody has planned (R10) gets a row.

    None when the day is the same. Raises DataError, naming the field, and NotFoundError.
    """
    with store.unit_of_work(aktor, "uppföljning", "Flyttad uppföljning") as work:
        row, inskrivning = _find(work.session, aktor, val, lock=True)
        if row.genomford is not None:
            raise ConflictError("Uppföljningen är redan gjord. Inget har sparats.")
        varningar = refuse(_check_flytt(row.slag, inskrivning, planerad, skal, idag))
        if row.planerad != planerad:
            told = f"Flyttad från {full_date(row.planerad)}: {skal.strip()}"
            row.text = f"{row.text}\n{told}" if row.text else told
            row.planerad = planerad
            work.session.add(row)
            work.session.flush()
    return None if work.changes is None else Saved(row.id, work.changes, varningar)


def read_uppfoljning(session: Session, aktor: Aktor, val: Val) -> UppfoljningUppgifter | None:
    """What a follow-up that is done says now; None where it is not done. Raises NotFoundError."""
    row, inskrivning = _find(session, aktor, val)
    return _written(row, inskrivning)


def _find(session: Session, aktor: Aktor, val: Val, *, lock: bool = False) -> tuple[Uppfoljning, Inskrivning]:
    """The follow-up with its inskrivning. The month of an avslut without a row gets one, not yet added."""
    row = None
    if val.uppfoljning_id is not None:
        row = session.get(Uppfoljning, val.uppfoljning_id, with_for_update=lock or None)
        if row is None:
            raise NotFoundError("Uppföljningen finns inte i registret.")
    owner = row.inskrivning_id if row is not None else val.inskrivning_id
    inskrivning = session.get(Inskrivning, owner, with_for_update=lock or None) if owner else None
    if inskrivning is None or inskrivning.avslutad is None:
        raise NotFoundError("Avslutet finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return row or _manad(session, inskrivning, inskrivning.avslutad), inskrivning


def _manad(session: Session, inskrivning: Inskrivning, avslutad: date) -> Uppfoljning:
    query = select(Uppfoljning).where(
        Uppfoljning.inskrivning_id == inskrivning.id, Uppfoljning.slag == _EN_MANAD
    )
    held = session.scalars(query).first()
    if held is not None:
        return held
    plan = plan_uppfoljningar(inskrivning.resultat or "", None, inskrivning.arbete_fran, avslutad)
    if _EN_MANAD not in plan:
        raise NotFoundError("Avslutet ledde inte till arbete, så ingen månad ska bekräftas.")
    return Uppfoljning(inskrivning_id=inskrivning.id, slag=_EN_MANAD, planerad=plan[_EN_MANAD], text="")


def _write(
    session: Session, row: Uppfoljning, inskrivning: Inskrivning, uppgifter: UppfoljningUppgifter
) -> int:
    """The follow-up as it was carried out, and for the month what is told of the work; its id."""
    row.genomford, row.forsorjning, row.text = uppgifter.genomford, uppgifter.forsorjning, uppgifter.text
    if row.slag == _EN_MANAD:
        inskrivning.arbete_fran, inskrivning.arbete_till = uppgifter.arbete_fran, uppgifter.arbete_till
        inskrivning.minst_en_manad = uppgifter.minst_en_manad
    session.add(row)
    session.flush()
    return row.id


def _avslut(inskrivning: Inskrivning, uppgifter: UppfoljningUppgifter) -> AvslutUppgifter:
    assert inskrivning.avslutad is not None
    return AvslutUppgifter(
        inskrivning.avslutad, inskrivning.resultat or "", uppgifter.arbete_fran, uppgifter.arbete_till,
        uppgifter.minst_en_manad,
    )  # fmt: skip


def _written(row: Uppfoljning, inskrivning: Inskrivning) -> UppfoljningUppgifter | None:
    if row.genomford is None:
        return None
    told = UppfoljningUppgifter(row.genomford, row.forsorjning, row.text)
    if row.slag != _EN_MANAD:
        return told
    return UppfoljningUppgifter(
        row.genomford, row.forsorjning, row.text, inskrivning.arbete_fran, inskrivning.arbete_till,
        inskrivning.minst_en_manad,
    )  # fmt: skip


def _check_day(avslut: AvslutUppgifter, uppgifter: UppfoljningUppgifter, idag: date) -> Iterator[Finding]:
    if uppgifter.genomford > idag:
        yield Finding("genomford", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if uppgifter.genomford < avslut.avslutad:
        text = f"Avslutet var {full_date(avslut.avslutad)}. Välj den dagen eller senare."
        yield Finding("genomford", text, stops=True)


def _check_values(slag: str, uppgifter: UppfoljningUppgifter) -> Iterator[Finding]:
    if uppgifter.forsorjning not in (None, *Forsorjning):
        yield Finding("forsorjning", "Välj försörjning i listan.", stops=True)
    if len(uppgifter.text) > LONGEST:
        yield Finding("text", "Texten är för lång. Korta den.", stops=True)
    if slag == _EN_MANAD:
        return
    if uppgifter.forsorjning is None and not uppgifter.text.strip():
        yield Finding("text", "Skriv varför uppföljningen inte gav något svar.", stops=True)
    if uppgifter.arbete_fran or uppgifter.arbete_till or uppgifter.minst_en_manad is not None:
        yield Finding("forsorjning", "Uppgifter om månaden hör till den första uppföljningen.", stops=True)


def _check_manad(avslut: AvslutUppgifter, uppgifter: UppfoljningUppgifter) -> Iterator[Finding]:
    yield from check_arbete(avslut)
    if not asks_for_month(avslut.resultat):
        return
    if uppgifter.minst_en_manad is None:
        text = "Svara ja eller nej. Vet du inte än väntar uppföljningen kvar."
        yield Finding("minst_en_manad", text, stops=True)
    fran = uppgifter.arbete_fran
    if uppgifter.minst_en_manad and fran is not None and not lasts_a_month(fran, uppgifter.genomford):
        yield Finding("minst_en_manad", "Månaden har inte gått den dag du har angett.", asks=True)


def _check_flytt(
    slag: str, inskrivning: Inskrivning, planerad: date, skal: str, idag: date
) -> Iterator[Finding]:
    gone = _month_gone(inskrivning) if slag == _EN_MANAD else None
    if planerad < idag:
        yield Finding("planerad", "Dagen har varit. Välj idag eller senare.", stops=True)
    elif gone is not None and planerad < gone:
        text = f"Månaden har gått {full_date(gone)}. Välj den dagen eller senare."
        yield Finding("planerad", text, stops=True)
    elif planerad > idag + LONG_AHEAD:
        yield Finding("planerad", "Det är mer än ett år dit.")
    if not skal.strip():
        yield Finding("skal", "Skriv varför uppföljningen flyttas.", stops=True)
    if len(skal) > LONGEST:
        yield Finding("skal", "Texten är för lång. Korta den.", stops=True)


def _month_gone(inskrivning: Inskrivning) -> date | None:
    """The day from which the month can be asked for (R10); None where it is not to be."""
    assert inskrivning.avslutad is not None
    fran = inskrivning.arbete_fran or inskrivning.avslutad
    return find_bekraftelsedag(inskrivning.resultat or "", inskrivning.minst_en_manad, fran)
