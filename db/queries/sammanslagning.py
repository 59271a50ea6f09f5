"""Two registered people side by side, before they are made one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Base, Deltagare, Hushall, Oppnad, Sokord, Utkast
from db.queries import access
from db.rules.sammanslagning import FALT, suggest_fields

MERGED = "sammanslagning"  # the act, and the `falt` of the passed warning that it leaves
# What belongs to a person by `deltagare_id` and is in the history: all of it goes along, also tables to come.
EGNA: tuple[type[Any], ...] = tuple(
    mapper.class_
    for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__tablename__)
    if "deltagare_id" in mapper.columns and mapper.class_ not in (Oppnad, Sokord, Utkast)
)


@dataclass(frozen=True, slots=True)
class Par:
    """A field with what stands on either card; a household is told in `hushall` words."""

    falt: str
    kvar: Any
    annan: Any


@dataclass(frozen=True, slots=True)
class Jamforelse:
    """The other person, every field, those suggested to be taken from the other, and how many rows of each
    table would move."""

    annan_id: int
    namn: str
    falt: tuple[Par, ...]
    forslag: frozenset[str]
    flyttas: tuple[tuple[str, int], ...]


def compare_deltagare(session: Session, aktor: Aktor, kvar_id: int, annan_id: int) -> Jamforelse:
    """The two side by side, protected or not: a reason is logged first (db.commands.visning).

    Raises NotFoundError where the user may not know both.
    """
    for deltagare_id in (kvar_id, annan_id):
        access.require_known(session, aktor, deltagare_id)
    kvar, annan = (values_of(session.get_one(Deltagare, person_id)) for person_id in (kvar_id, annan_id))
    homes = _homes(session, (kvar_id, annan_id), kvar["hushall_id"], annan["hushall_id"])
    pairs = tuple(
        Par(name, homes.get(kvar[name]), homes.get(annan[name]))
        if name == "hushall_id"
        else Par(name, kvar[name], annan[name])
        for name in FALT
    )
    namn = f"{annan['fornamn']} {annan['efternamn']}"
    return Jamforelse(annan_id, namn, pairs, suggest_fields(kvar, annan), _count(session, annan_id))


def values_of(row: Deltagare) -> dict[str, Any]:
    """What the rules of merging look at."""
    return {name: getattr(row, name) for name in (*FALT, "nummertyp")}


def _homes(
    session: Session, own_ids: tuple[int, int], *hushall_ids: int | None
) -> dict[int | None, tuple[str, int | None, int]]:
    """Each household: its number, children and adults, as the cards count them: without others who are
    protected."""
    known = or_(Deltagare.skyddad == access.OPEN, Deltagare.id.in_(own_ids))
    adults = select(func.count()).where(Deltagare.hushall_id == Hushall.id, known).scalar_subquery()
    query = select(Hushall.id, Hushall.nummer, Hushall.antal_barn, adults)
    wanted = [hushall_id for hushall_id in hushall_ids if hushall_id is not None]
    found = session.execute(query.where(Hushall.id.in_(wanted)))
    return {own_id: (nummer, barn, vuxna) for own_id, nummer, barn, vuxna in found}


def _count(session: Session, deltagare_id: int) -> tuple[tuple[str, int], ...]:
    counts = []
    for model in EGNA:
        query = select(func.count()).where(model.deltagare_id == deltagare_id)
        if number := session.execute(query).scalar_one():
            counts.append((model.__tablename__, number))
    return tuple(counts)
