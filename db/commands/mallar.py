"""Templates for notes: made, changed, removed; one's own are nobody else's, the shared are everybody's."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.models import Anteckningsmall
from db.queries.senast import find_latest_change
from db.session import Store

CHANGED_MEANWHILE = "Någon annan har ändrat mallen. Inget har sparats. Välj den igen och gör om ändringen."
SHARED = ""  # the owner of what is everybody's
LONGEST, LONGEST_NAME = 10_000, 100


@dataclass(frozen=True, slots=True)
class MallUppgifter:
    """What is written of a template; `delad`: everybody sees it."""

    namn: str
    text: str
    delad: bool = False


def check_mall(
    session: Session, aktor: Aktor, uppgifter: MallUppgifter, mall_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about the values of a new template, or of one to change. Raises NotFoundError."""
    row = None if mall_id is None else _get(session, aktor, mall_id)
    return tuple(_check(session, aktor, uppgifter, row))


def create_mall(store: Store, aktor: Aktor, uppgifter: MallUppgifter) -> Saved:
    """Make a template. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, "anteckningsmall", "Ny mall") as work:
        varningar = refuse(_check(work.session, aktor, uppgifter, None))
        row = Anteckningsmall(
            namn=uppgifter.namn.strip(), text=uppgifter.text, agare=_owner(aktor, uppgifter)
        )
        work.session.add(row)
        work.session.flush()
        mall_id = row.id
    assert work.changes is not None
    return Saved(mall_id, work.changes, varningar)


def update_mall(
    store: Store,
    aktor: Aktor,
    mall_id: int,
    uppgifter: MallUppgifter,
    tidigare: MallUppgifter | None = None,
) -> Saved | None:
    """Change a template; None when nothing differs.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`, NotFoundError for
    another's own.
    """
    with store.unit_of_work(aktor, "anteckningsmall", "Ändrad mall") as work:
        row = _get(work.session, aktor, mall_id, lock=True)
        if tidigare is not None and _written(row) != tidigare:
            senast = find_latest_change(work.session, Anteckningsmall.__tablename__, mall_id)
            raise ConflictError(CHANGED_MEANWHILE, _written(row), senast)
        varningar = refuse(_check(work.session, aktor, uppgifter, row))
        row.namn, row.text, row.agare = uppgifter.namn.strip(), uppgifter.text, _owner(aktor, uppgifter)
    return None if work.changes is None else Saved(mall_id, work.changes, varningar)


def remove_mall(store: Store, aktor: Aktor, mall_id: int) -> Saved:
    """Take a template away; notes written from it stay as they are. Raises NotFoundError."""
    with store.unit_of_work(aktor, "anteckningsmall", "Borttagen mall") as work:
        work.session.delete(_get(work.session, aktor, mall_id, lock=True))
    assert work.changes is not None
    return Saved(mall_id, work.changes)


def _get(session: Session, aktor: Aktor, mall_id: int, *, lock: bool = False) -> Anteckningsmall:
    row = session.get(Anteckningsmall, mall_id, with_for_update=lock)
    if row is None or row.agare not in (SHARED, aktor.signatur):
        raise NotFoundError("Mallen finns inte längre.")
    return row


def _owner(aktor: Aktor, uppgifter: MallUppgifter) -> str:
    return SHARED if uppgifter.delad else aktor.signatur


def _written(row: Anteckningsmall) -> MallUppgifter:
    return MallUppgifter(row.namn, row.text, row.agare == SHARED)


def _check(
    session: Session, aktor: Aktor, uppgifter: MallUppgifter, row: Anteckningsmall | None
) -> Iterator[Finding]:
    namn = uppgifter.namn.strip()
    if not namn:
        yield Finding("namn", "Skriv vad mallen heter.", stops=True)
    elif len(namn) > LONGEST_NAME:
        yield Finding("namn", "Namnet är för långt. Korta det.", stops=True)
    elif _is_taken(session, namn, _owner(aktor, uppgifter), row):
        yield Finding("namn", "Det finns redan en mall med det namnet.", stops=True)
    if not uppgifter.text.strip():
        yield Finding("text", "Skriv mallens text.", stops=True)
    elif len(uppgifter.text) > LONGEST:
        yield Finding("text", "Mallen är för lång. Korta texten.", stops=True)
    if row is not None and row.agare == SHARED and not uppgifter.delad:
        yield Finding("delad", "Mallen försvinner för alla andra.")


def _is_taken(session: Session, namn: str, agare: str, row: Anteckningsmall | None) -> bool:
    mine = Anteckningsmall.id != (0 if row is None else row.id)
    query = select(Anteckningsmall.namn).where(Anteckningsmall.agare == agare, mine)
    # Compared here: what "Å" is in lower case, SQLite does not know.
    return namn.casefold() in {other.casefold() for other in session.scalars(query)}
