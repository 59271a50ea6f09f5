"""Whose a row is: the person that a row of any table belongs to, also a row that is removed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.exchange.storeside import chunks, table
from db.history import REMOVED
from db.models import Andring, Base, Deltagare
from db.queries import access

Rad = tuple[str, int]
UNKNOWN = 0  # the person of a row whose way to a person is lost


def find_agare(session: Session, rader: Iterable[Rad], borttagna: Mapping[Rad, Any]) -> dict[Rad, int]:
    """The deltagare's id of each row, UNKNOWN where it cannot be told; rows of no person are left out.

    `borttagna` holds the values of rows known to be removed. At most two statements for every table on the
    way, however many rows.
    """
    waiting: dict[str, dict[int, set[Rad]]] = defaultdict(lambda: defaultdict(set))
    for tabell, rad_id in rader:
        waiting[tabell][rad_id].add((tabell, rad_id))
    found: dict[Rad, int] = {}
    # Children come after their parents: the way to the person is walked against that order.
    for tabell in reversed(list(_ways())):
        column, parent = _ways()[tabell]
        own = waiting.pop(tabell, {})
        parents = _parents(session, tabell, column, own, borttagna)
        for rad_id, origins in own.items():
            if rad_id not in parents:
                found |= dict.fromkeys(origins, UNKNOWN)
            elif (owner := parents[rad_id]) is not None:  # else of nobody: a delegationsbeslut may be
                waiting[parent][owner] |= origins
    for person, origins in waiting["deltagare"].items():
        found |= dict.fromkeys(origins, person)
    return found


def find_namn(
    session: Session, aktor: Aktor, ids: Iterable[int], borttagna: Mapping[Rad, Any]
) -> dict[int, str]:
    """The names of those people whom the user may know of, the protected masked; the others are left out.

    A person who is removed is named by what was removed, unless protected.
    """
    wanted = set(ids)
    columns = (Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn)
    found: dict[int, str] = {}
    for part in chunks(wanted):
        rows = session.execute(select(*columns).where(Deltagare.id.in_(part), access.may_know(aktor)))
        found |= {
            id_: f"{first} {last}" if access.is_open(s) else access.MASK for id_, s, first, last in rows
        }
    for person in wanted - found.keys():
        row = borttagna.get(("deltagare", person))
        if row is not None and access.is_open(row["skyddad"]):
            found[person] = f"{row['fornamn']} {row['efternamn']}"
    return found


@cache
def _ways() -> dict[str, tuple[str, str]]:
    """By table the column and the table that lead towards the person, parents first."""
    ways: dict[str, tuple[str, str]] = {}
    for own in Base.metadata.sorted_tables:
        # A way that may be empty comes after one that never is.
        keys = sorted(own.foreign_keys, key=lambda key: (key.parent.nullable, key.parent.name))
        steps = ((key.parent.name, key.column.table.name) for key in keys)
        towards = [step for step in steps if step[1] == "deltagare" or step[1] in ways]
        if towards:
            ways[own.name] = next((step for step in towards if step[1] == "deltagare"), towards[0])
    return ways


def _parents(
    session: Session, tabell: str, column: str, ids: Iterable[int], borttagna: Mapping[Rad, Any]
) -> dict[int, int | None]:
    """Of rows known to be removed, of rows in the register, then of rows removed at some other time."""
    wanted = set(ids)
    found = {id_: borttagna[tabell, id_][column] for id_ in wanted if (tabell, id_) in borttagna}
    chosen = table(tabell)
    for part in chunks(wanted - found.keys()):
        query = select(chosen.c.id, chosen.c[column]).where(chosen.c.id.in_(part))
        found |= {row[0]: row[1] for row in session.execute(query)}
    for part in chunks(wanted - found.keys()):
        gone = select(Andring.rad_id, Andring.gammalt).where(
            Andring.tabell == tabell, Andring.rad_id.in_(part), Andring.falt == REMOVED
        )
        found |= {
            row[0]: json.loads(str(row[1]))[column] for row in session.execute(gone.order_by(Andring.id))
        }
    return found
