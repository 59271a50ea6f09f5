"""What an acting user may see of people with skyddade personuppgifter: decided here and nowhere else.

A protected person is seen only by staff named for the person, and then masked (OSL 26 kap.; domain.md §8).
For everyone else the person is in no list, no count and no hit.
"""

from sqlalchemy import ColumnElement, Connection, Select, false, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import NotFoundError
from db.models import Arende, Deltagare, Inskrivning

OPEN = "nej"
MASK = "Skyddad identitet"
NOT_FOUND = "Deltagaren finns inte i registret."


def is_open(skyddad: str) -> bool:
    """True for a person without protection, whom everyone with access to the register may see."""
    return skyddad == OPEN


def named_ids(aktor: Aktor) -> Select[int]:
    """Ids of the people that the acting user is named for: handläggare of an ärende, koordinator of an
    inskrivning."""
    as_handlaggare = select(Arende.deltagare_id).where(is_named(Arende.handlaggare, aktor))
    as_koordinator = select(Inskrivning.deltagare_id).where(is_named(Inskrivning.koordinator, aktor))
    ids = as_handlaggare.union(as_koordinator).subquery()
    return select(ids.c.deltagare_id)


def own_ids(aktor: Aktor) -> Select[int]:
    """As `named_ids`, but only while the ärende or the inskrivning is open: the user's people today."""
    as_handlaggare = select(Arende.deltagare_id).where(
        is_named(Arende.handlaggare, aktor), Arende.avslutat.is_(None)
    )
    as_koordinator = select(Inskrivning.deltagare_id).where(
        is_named(Inskrivning.koordinator, aktor), Inskrivning.avslutad.is_(None)
    )
    ids = as_handlaggare.union(as_koordinator).subquery()
    return select(ids.c.deltagare_id)


def may_know(aktor: Aktor) -> ColumnElement[bool]:
    """The condition on `deltagare` that the acting user may know of the person, masked or not."""
    return or_(Deltagare.skyddad == OPEN, Deltagare.id.in_(named_ids(aktor)))


def require_known(session: Session | Connection, aktor: Aktor, deltagare_id: int) -> str:
    """The person's `skyddad`. Raises NotFoundError, the same whether the person is missing or hidden."""
    query = select(Deltagare.skyddad).where(Deltagare.id == deltagare_id, may_know(aktor))
    skyddad = session.execute(query).scalar()
    if skyddad is None:
        raise NotFoundError(NOT_FOUND)
    return skyddad


def is_named(column: object, aktor: Aktor) -> ColumnElement[bool]:
    """The condition that a column of signaturer names the acting user; nobody is named by an empty one."""
    # A row that names nobody holds the empty text; a user without signatur is not that nobody.
    if not aktor.signatur or aktor.is_system:
        return false()
    condition: ColumnElement[bool] = column == aktor.signatur  # type: ignore[assignment]
    return condition
