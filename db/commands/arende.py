"""Ärenden of ekonomiskt bistånd: registered, decided, closed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Arende, Bistandsmanad, Deltagare, Undantag
from db.queries import access
from db.rules.avslut import find_ateraktualiseringar
from db.rules.datum import full_date, month
from db.rules.koder import Avslutsorsak, Utfall
from db.rules.period import first_day, month_index
from db.session import Store

CHANGED_MEANWHILE = "Någon annan har ändrat ärendet. Inget har sparats. Öppna det igen och gör om ändringen."
LONGEST_NUMMER, LONGEST = 64, 2_000


@dataclass(frozen=True, slots=True)
class ArendeUppgifter:
    """What is written of an ärende; `handlaggare` is a signatur."""

    nummer: str
    ansokan: date
    beslut: date | None = None
    utfall: str | None = None
    avslutat: date | None = None
    avslutsorsak: str | None = None
    forsorjningshinder: str = ""
    handlaggare: str = ""


def check_arende(
    session: Session,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: ArendeUppgifter,
    idag: date,
    arende_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `arende_id` is the one being changed.

    Raises NotFoundError where the person is missing or not the user's to know.
    """
    skyddad = access.require_known(session, aktor, deltagare_id)
    query = select(Arende).where(Arende.deltagare_id == deltagare_id).order_by(Arende.ansokan, Arende.id)
    rows = session.scalars(query).all()
    own = next((row for row in rows if row.id == arende_id), None)
    found = [
        *check_arendets_varden(session, uppgifter, idag, arende_id),
        *_check_close(uppgifter, idag),
        *_tell_others([row for row in rows if row is not own], own, uppgifter, idag),
        *(_tell_after(session, own.id, uppgifter.avslutat) if own and uppgifter.avslutat else ()),
    ]
    if not access.is_open(skyddad) and uppgifter.handlaggare != aktor.signatur:
        text = "Deltagaren har skyddade personuppgifter och syns bara för den som är ansvarig."
        found.append(Finding("handlaggare", text))
    told = unasked_again(session, "arende", arende_id, found)
    return tuple(sorted(told, key=lambda finding: not finding.stops))


def check_arendets_varden(
    session: Session, uppgifter: ArendeUppgifter, idag: date, arende_id: int | None = None
) -> Iterator[Finding]:
    """What is wrong with number, ansökan and beslut, whoever the person is."""
    nummer, beslut, utfall = uppgifter.nummer.strip(), uppgifter.beslut, uppgifter.utfall
    taken = select(Arende.id).where(Arende.nummer == nummer, Arende.id != (arende_id or 0))
    if not nummer:
        yield Finding("nummer", "Skriv ärendets nummer.", stops=True)
    elif len(nummer) > LONGEST_NUMMER:
        yield Finding("nummer", "Numret är för långt. Korta det.", stops=True)
    elif session.execute(taken).scalar() is not None:
        yield Finding("nummer", "Ärendenumret finns redan i registret. Kontrollera det.", stops=True)
    if uppgifter.ansokan > idag:
        yield Finding("ansokan", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if beslut is not None and beslut < uppgifter.ansokan:
        yield Finding(
            "beslut",
            f"Beslutet är före ansökan {full_date(uppgifter.ansokan)}. Kontrollera båda.",
            stops=True,
        )
    elif beslut is not None and beslut > idag:
        yield Finding("beslut", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if utfall not in (None, *Utfall):
        yield Finding("utfall", "Välj ur listan.", stops=True)
    elif (beslut is None) != (utfall is None):
        field = "beslut" if beslut is None else "utfall"
        yield Finding(field, "Ange både dagen för beslutet och vad det blev.", stops=True)


def create_arende(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: ArendeUppgifter,
    idag: date,
    skal: str | None = None,
) -> Saved:
    """Register an ärende. Raises DataError, naming the field.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.
    """
    with store.unit_of_work(aktor, "ärende", "Nytt ärende") as work:
        lock_rows(work.session, Deltagare, [deltagare_id])
        varningar = refuse(check_arende(work.session, aktor, deltagare_id, uppgifter, idag))
        arende = Arende(deltagare_id=deltagare_id)
        _put(arende, uppgifter)
        work.session.add(arende)
        work.session.flush()
        arende_id = arende.id
        pass_warnings(work, "arende", arende_id, varningar, skal)
    assert work.changes is not None
    return Saved(arende_id, work.changes, varningar)


def update_arende(
    store: Store,
    aktor: Aktor,
    arende_id: int,
    uppgifter: ArendeUppgifter,
    idag: date,
    tidigare: ArendeUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change an ärende; None when nothing differs. Raises DataError, naming the field, and ConflictError when
    it is no longer as `tidigare`."""
    with store.unit_of_work(aktor, "ärende", "Ändrat ärende") as work:
        # The person first: whether there is another open one is checked too.
        lock_rows(work.session, Deltagare, select(Arende.deltagare_id).where(Arende.id == arende_id))
        arende = known_arende(work.session, aktor, arende_id, lock=True)
        if tidigare is not None and _written(arende) != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, _written(arende))
        found = check_arende(work.session, aktor, arende.deltagare_id, uppgifter, idag, arende_id)
        varningar = refuse(found)
        _put(arende, uppgifter)
        pass_warnings(work, "arende", arende_id, varningar, skal)
    return None if work.changes is None else Saved(arende_id, work.changes, varningar)


def known_arende(session: Session, aktor: Aktor, arende_id: int, *, lock: bool = False) -> Arende:
    """The ärende. Raises NotFoundError where it is missing or the user may not know the person."""
    arende = session.get(Arende, arende_id, with_for_update=lock)
    if arende is None:
        raise NotFoundError("Ärendet finns inte i registret.")
    access.require_known(session, aktor, arende.deltagare_id)
    return arende


def _written(arende: Arende) -> ArendeUppgifter:
    return ArendeUppgifter(
        arende.nummer, arende.ansokan, arende.beslut, arende.utfall, arende.avslutat, arende.avslutsorsak,
        arende.forsorjningshinder, arende.handlaggare,
    )  # fmt: skip


def _put(arende: Arende, uppgifter: ArendeUppgifter) -> None:
    for name, value in asdict(uppgifter).items():
        setattr(arende, name, value.strip() if name == "nummer" else value)


def _check_close(uppgifter: ArendeUppgifter, idag: date) -> Iterator[Finding]:
    avslutat, orsak = uppgifter.avslutat, uppgifter.avslutsorsak
    first = uppgifter.beslut or uppgifter.ansokan
    if len(uppgifter.forsorjningshinder) > LONGEST:
        yield Finding("forsorjningshinder", "Texten är för lång. Korta den.", stops=True)
    if orsak not in (None, *Avslutsorsak):
        yield Finding("avslutsorsak", "Välj ur listan.", stops=True)
    if avslutat is None:
        if orsak is not None:
            yield Finding("avslutat", "Ange dagen då ärendet avslutades.", stops=True)
        return
    if avslutat < first:
        what = "beslutet" if uppgifter.beslut else "ansökan"
        yield Finding(
            "avslutat", f"Avslutet är före {what} {full_date(first)}. Kontrollera båda.", stops=True
        )
    elif avslutat > idag:
        yield Finding("avslutat", "Dagen har inte varit ännu. Ärendet är öppet till dess.")
    if orsak is None:
        yield Finding("avslutsorsak", "Utan orsak räknas avslutet inte i statistiken över orsaker.")


def _tell_others(
    andra: list[Arende], own: Arende | None, uppgifter: ArendeUppgifter, idag: date
) -> Iterator[Finding]:
    """Another open ärende, and a return within a year (R11)."""
    running = next((row for row in andra if row.avslutat is None), None)
    reopened = own is None or own.avslutat is not None
    if reopened and uppgifter.avslutat is None and running is not None:
        text = f"Deltagaren har redan ett öppet ärende, {running.nummer}."
        yield Finding("ansokan", text, asks=True)
    if own is not None and own.ansokan == uppgifter.ansokan:
        return
    own_id = own.id if own is not None else 0
    spans = [*((row.id, row.ansokan, row.avslutat) for row in andra), (own_id, uppgifter.ansokan, None)]
    before = next((f for f, till in find_ateraktualiseringar(spans, idag) if till == own_id), None)
    if before is not None:
        avslutat = next(row.avslutat for row in andra if row.id == before and row.avslutat)
        yield Finding(
            "ansokan", f"Räknas som återaktualisering: förra ärendet avslutades {full_date(avslutat)}."
        )


def _tell_after(session: Session, arende_id: int, avslutat: date) -> Iterator[Finding]:
    """What is registered for the time after the close."""
    query = select(func.max(Bistandsmanad.manad)).where(Bistandsmanad.arende_id == arende_id)
    last = session.execute(query).scalar()
    if last is not None and last > month_index(avslutat):
        yield Finding("avslutat", f"Det finns biståndsmånader till och med {month(first_day(last))}.")
    later = select(Undantag.fran).where(Undantag.arende_id == arende_id, Undantag.fran > avslutat)
    fran = session.execute(later.order_by(Undantag.fran).limit(1)).scalar()
    if fran is not None:
        yield Finding("avslutat", f"Det finns ett undantag från {full_date(fran)}, efter avslutet.")
