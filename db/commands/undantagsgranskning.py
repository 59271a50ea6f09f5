"""Reviews of undantag from the aktivitetskrav: it stays until it is looked at again, or it ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.arende import known_arende
from db.commands.findings import Finding, Saved, refuse
from db.commands.undantag import LONGEST, UndantagUppgifter, check_undantag
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Arende, Undantag, Undantagsgranskning
from db.rules.datum import full_date
from db.rules.koder import Granskningsbeslut
from db.rules.undantag import GRANSKAS_EFTER
from db.session import Store

REVIEWED_MEANWHILE = (
    "Någon annan har granskat eller ändrat undantaget. Inget har sparats. "
    "Stäng, läs vad som gäller nu och granska igen."
)


@dataclass(frozen=True, slots=True)
class GranskningUppgifter:
    """What a review comes to: `till` is the last day of an undantag that ends, `nasta` when one that stays
    is looked at again."""

    beslut: Granskningsbeslut
    datum: date
    skal: str
    till: date | None = None
    nasta: date | None = None


@dataclass(frozen=True, slots=True)
class Granskat:
    """The undantag as it was when the review was begun, and its latest review then."""

    fran: date
    till: date | None
    granskning_id: int | None


def check_granskning(
    session: Session, aktor: Aktor, undantag_id: int, uppgifter: GranskningUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first.

    Raises NotFoundError where the undantag is missing or not the user's to know.
    """
    undantag = _known(session, aktor, undantag_id)
    stops = tuple(_check(undantag, uppgifter, idag))
    if uppgifter.beslut is Granskningsbeslut.UPPHOR and uppgifter.till is not None:
        ended = UndantagUppgifter(undantag.fran, uppgifter.till, undantag.skal)
        found = check_undantag(session, aktor, undantag.arende_id, ended, undantag_id)
        return (*(f for f in found if f.stops), *stops, *(f for f in found if not f.stops and not stops))
    return stops or tuple(_tell_next(undantag, uppgifter))


def review_undantag(
    store: Store,
    aktor: Aktor,
    undantag_id: int,
    uppgifter: GranskningUppgifter,
    idag: date,
    tidigare: Granskat | None = None,
) -> Saved:
    """Register a review; one by which the undantag ends sets its last day. Raises DataError, naming the
    field, and ConflictError when the undantag is no longer as `tidigare`."""
    upphor = uppgifter.beslut is Granskningsbeslut.UPPHOR
    with store.unit_of_work(aktor, "undantag", "Granskat undantag") as work:
        session = work.session
        lock_rows(session, Arende, select(Undantag.arende_id).where(Undantag.id == undantag_id))
        undantag = _known(session, aktor, undantag_id, lock=True)
        if tidigare is not None and _as_written(session, undantag) != tidigare:
            raise ConflictError(REVIEWED_MEANWHILE)
        varningar = refuse(check_granskning(session, aktor, undantag_id, uppgifter, idag))
        row = Undantagsgranskning(
            undantag_id=undantag_id, datum=uppgifter.datum, signatur=aktor.signatur,
            beslut=uppgifter.beslut.value, skal=uppgifter.skal.strip(),
            nasta=None if upphor else uppgifter.nasta,
        )  # fmt: skip
        session.add(row)
        if upphor:
            undantag.till = uppgifter.till
        session.flush()
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def _known(session: Session, aktor: Aktor, undantag_id: int, *, lock: bool = False) -> Undantag:
    row = session.get(Undantag, undantag_id, with_for_update=lock or None)
    if row is None:
        raise NotFoundError("Undantaget finns inte i registret.")
    known_arende(session, aktor, row.arende_id)
    return row


def _as_written(session: Session, undantag: Undantag) -> Granskat:
    senaste = select(func.max(Undantagsgranskning.id)).where(Undantagsgranskning.undantag_id == undantag.id)
    return Granskat(undantag.fran, undantag.till, session.scalar(senaste))


def _check(undantag: Undantag, uppgifter: GranskningUppgifter, idag: date) -> Iterator[Finding]:
    def stop(field: str, message: str) -> Finding:
        return Finding(field, message, stops=True)

    datum, slut = uppgifter.datum, undantag.till
    if datum > idag:
        yield stop("datum", "Granskningen kan inte vara gjord senare än idag.")
    elif datum < undantag.fran:
        yield stop("datum", f"Undantaget börjar {full_date(undantag.fran)}. Välj en dag från och med den.")
    elif slut is not None and slut < datum:
        yield stop("datum", f"Undantaget slutade redan {full_date(slut)}. Ändra undantaget om det är fel.")
    if uppgifter.beslut is Granskningsbeslut.UPPHOR:
        if uppgifter.till is None:
            yield stop("till", "Ange undantagets sista dag.")
        elif slut is not None and uppgifter.till > slut:
            yield stop("till", f"Undantaget slutar redan {full_date(slut)}. Välj den dagen eller tidigare.")
    elif uppgifter.nasta is not None and uppgifter.nasta <= datum:
        yield stop("nasta", "Nästa granskning måste vara efter den här. Välj en senare dag.")
    if not uppgifter.skal.strip():
        yield stop("skal", "Skriv skälet till beslutet.")
    elif len(uppgifter.skal) > LONGEST:
        yield stop("skal", "Skälet är för långt. Korta det.")


def _tell_next(undantag: Undantag, uppgifter: GranskningUppgifter) -> Iterator[Finding]:
    if uppgifter.nasta is None and undantag.till is None:
        yield Finding("nasta", f"Utan dag tas undantaget upp igen efter {GRANSKAS_EFTER} dagar.")
    elif uppgifter.nasta is not None and undantag.till is not None and uppgifter.nasta > undantag.till:
        yield Finding("nasta", f"Undantaget slutar {full_date(undantag.till)}, före nästa granskning.")
