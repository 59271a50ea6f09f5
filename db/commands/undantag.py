"""Undantag from the aktivitetskrav: period and reason, and what they do to the frist (R4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.arende import known_arende
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Arende, Undantag, Undantagsgranskning
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import ArendeData, Intervall, calculate_frist, find_start
from db.rules.datum import full_date
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat undantaget. Inget har sparats. Öppna det igen och gör om ändringen."
)
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class UndantagUppgifter:
    """What is written of an undantag; open end: until further notice."""

    fran: date
    till: date | None
    skal: str


def check_undantag(
    session: Session,
    aktor: Aktor,
    arende_id: int,
    uppgifter: UndantagUppgifter,
    undantag_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `undantag_id` is the one being changed.

    Raises NotFoundError where the ärende is missing or not the user's to know.
    """
    arende = known_arende(session, aktor, arende_id)
    stops = tuple(_check(arende, uppgifter))
    query = select(Undantag.id, Undantag.fran, Undantag.till).where(Undantag.arende_id == arende_id)
    rows = session.execute(query.order_by(Undantag.fran)).all()
    andra: list[Intervall] = [(row.fran, row.till) for row in rows if row.id != undantag_id]
    innan: list[Intervall] = [(row.fran, row.till) for row in rows]
    return stops or (
        *_tell_overlap(uppgifter, andra),
        *_tell_frist(session, aktor, arende, innan, [*andra, (uppgifter.fran, uppgifter.till)]),
    )


def create_undantag(store: Store, aktor: Aktor, arende_id: int, uppgifter: UndantagUppgifter) -> Saved:
    """Register an undantag. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, "undantag", "Nytt undantag") as work:
        lock_rows(work.session, Arende, [arende_id])
        varningar = refuse(check_undantag(work.session, aktor, arende_id, uppgifter))
        row = Undantag(arende_id=arende_id, fran=uppgifter.fran, till=uppgifter.till, skal=uppgifter.skal)
        work.session.add(row)
        work.session.flush()
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_undantag(
    store: Store,
    aktor: Aktor,
    undantag_id: int,
    uppgifter: UndantagUppgifter,
    tidigare: UndantagUppgifter | None = None,
) -> Saved | None:
    """Change an undantag; None when nothing differs. Raises DataError, naming the field, and ConflictError
    when it is no longer as `tidigare`."""
    with store.unit_of_work(aktor, "undantag", "Ändrat undantag") as work:
        lock_rows(work.session, Arende, select(Undantag.arende_id).where(Undantag.id == undantag_id))
        row = _known(work.session, aktor, undantag_id)
        written = UndantagUppgifter(row.fran, row.till, row.skal)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(check_undantag(work.session, aktor, row.arende_id, uppgifter, undantag_id))
        row.fran, row.till, row.skal = uppgifter.fran, uppgifter.till, uppgifter.skal
    return None if work.changes is None else Saved(undantag_id, work.changes, varningar)


def remove_undantag(store: Store, aktor: Aktor, undantag_id: int) -> Saved:
    """Take away an undantag that was never approved, and its reviews with it. Raises NotFoundError."""
    with store.unit_of_work(aktor, "undantag", "Borttaget undantag") as work:
        row = _known(work.session, aktor, undantag_id)
        reviews = select(Undantagsgranskning).where(Undantagsgranskning.undantag_id == undantag_id)
        for review in work.session.scalars(reviews):
            work.session.delete(review)
        work.session.flush()  # what names the row goes before it
        work.session.delete(row)
    assert work.changes is not None
    return Saved(undantag_id, work.changes)


def _known(session: Session, aktor: Aktor, undantag_id: int) -> Undantag:
    row = session.get(Undantag, undantag_id, with_for_update=True)
    if row is None:
        raise NotFoundError("Undantaget finns inte i registret.")
    known_arende(session, aktor, row.arende_id)
    return row


def _check(arende: Arende, uppgifter: UndantagUppgifter) -> Iterator[Finding]:
    fran, till = uppgifter.fran, uppgifter.till
    if till is not None and till < fran:
        yield Finding("till", "Undantaget slutar före det börjar. Kontrollera datumen.", stops=True)
    elif till is not None and till < arende.ansokan:
        yield Finding("till", f"Undantaget slutar före ansökan {full_date(arende.ansokan)}.", stops=True)
    if arende.avslutat is not None and fran > arende.avslutat:
        yield Finding(
            "fran", f"Ärendet avslutades {full_date(arende.avslutat)}. Välj en dag före det.", stops=True
        )
    if not uppgifter.skal.strip():
        yield Finding("skal", "Skriv skälet till undantaget.", stops=True)
    if len(uppgifter.skal) > LONGEST:
        yield Finding("skal", "Skälet är för långt. Korta det.", stops=True)


def _tell_overlap(uppgifter: UndantagUppgifter, andra: Sequence[Intervall]) -> Iterator[Finding]:
    last = uppgifter.till or date.max
    for fran, till in andra:
        if fran <= last and uppgifter.fran <= (till or date.max):
            until = f"till {full_date(till)}" if till else "tills vidare"
            text = f"Ett annat undantag gäller från {full_date(fran)} {until}. En dag räknas en gång."
            yield Finding("fran", text)
            return


def _tell_frist(
    session: Session, aktor: Aktor, arende: Arende, innan: Sequence[Intervall], nu: Sequence[Intervall]
) -> Iterator[Finding]:
    """What becomes of the frist, where the ärende has one."""
    settings = load_settings(session, aktor).aktivitetskrav
    data = ArendeData(arende.nummer, arende.ansokan, arende.beslut, arende.utfall)
    start = find_start(data, settings)
    if start is None:
        yield Finding("", "Ärendet är inte beviljat. Aktivitetskravet följs inte ännu.")
        return
    before = calculate_frist(start, innan, settings.dagar)
    after = calculate_frist(start, nu, settings.dagar)
    if after is None:
        yield Finding("till", "Utan slutdag finns ingen frist så länge undantaget gäller.")
    elif before != after:
        moved = f"från {full_date(before)} till" if before else "till"
        yield Finding("till", f"Fristen för aktivitet flyttas {moved} {full_date(after)}.")
