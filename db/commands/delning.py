"""Parting two people who were made one by mistake: a later act of its own, whatever has happened since.

The act that made them one tells what the other was. The other comes back as it was then, and takes along the
rows that moved and still are with the one who stayed, with all that has been done to them since and all that
belongs to them (the insatser of an inskrivning). What was registered since on the one who stayed, stays. A
field that the merge took from the other goes back, unless it has been changed since: the later word holds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.skrivbord import return_to_desks
from db.errors import NotFoundError
from db.exchange.writing import number_type, rebuild_sokord
from db.history import NEW, REMOVED
from db.models import Andring, Deltagare, Hushall, PasseradVarning, TidigareNummer
from db.queries import access
from db.queries.sammanslagning import EGNA, MERGED
from db.rules.namn import sortering
from db.rules.personnummer import format_nummer
from db.rules.sammanslagning import stronger_protection
from db.session import Store

PARTING = "delning"
GONE = "Sammanslagningen finns inte längre. Öppna kortet igen."
_TABLES = {model.__tablename__: model for model in EGNA}
_FOLLOWS = frozenset({"sortering", "nummertyp", "personnummer"})  # not put back by themselves


@dataclass(frozen=True, slots=True)
class _Akt:
    """The act that made the two one: the other's id and values, the rows that moved, the fields of the one
    who stayed (before, after), and the numbers it put into the history."""

    varning: PasseradVarning
    handelse_id: int
    annan_id: int
    values: dict[str, Any]
    moved: list[tuple[str, int]] = field(default_factory=list)
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    @property
    def kvar_id(self) -> int:
        """The one who stayed."""
        return self.varning.rad_id


def check_delning(session: Session, aktor: Aktor, sammanslagning_id: int) -> tuple[Finding, ...]:
    """What stands in the way of parting, by the id of a row of `list_sammanslagna`. Raises NotFoundError."""
    return tuple(_check(session, _read_act(session, aktor, sammanslagning_id)))


def split_deltagare(store: Store, aktor: Aktor, sammanslagning_id: int) -> Saved:
    """Make the two people two again; returns the id of the one who came back.

    Raises DataError where it cannot be done, with what to do, and NotFoundError.
    """
    with store.unit_of_work(aktor, PARTING, "Delade ihopslaget kort") as work:
        session = work.session
        act = _read_act(session, aktor, sammanslagning_id)
        refuse(_check(session, act))
        kvar = session.get_one(Deltagare, act.kvar_id, with_for_update=True)
        _protect(session, kvar, act)
        _put_back(session, kvar, act)
        _revive(session, act)
        for tabell, row_id in act.moved:
            row = session.get(_TABLES[tabell], row_id)
            if row is not None and row.deltagare_id == act.kvar_id:
                row.deltagare_id = act.annan_id
        session.delete(act.varning)
        session.flush()
        _tidy_numbers(session, kvar, act)
        rebuild_sokord(session, [act.kvar_id, act.annan_id])
    assert work.changes is not None
    return Saved(act.annan_id, work.changes)


def _read_act(session: Session, aktor: Aktor, sammanslagning_id: int) -> _Akt:
    varning = session.get(PasseradVarning, sammanslagning_id)
    if varning is None or varning.falt != MERGED:
        raise NotFoundError(GONE)
    access.require_known(session, aktor, varning.rad_id)
    made = select(Andring.handelse_id).where(
        Andring.tabell == PasseradVarning.__tablename__, Andring.rad_id == varning.id, Andring.falt == NEW
    )
    # The latest: an act that was taken back and done again is told by what did it again.
    latest = session.execute(made.order_by(Andring.handelse_id.desc()).limit(1)).scalar_one()
    cells = session.scalars(select(Andring).where(Andring.handelse_id == latest)).all()
    removed = next(c for c in cells if c.tabell == "deltagare" and c.falt == REMOVED)
    act = _Akt(varning, latest, removed.rad_id, json.loads(removed.gammalt or "{}"))
    for cell in cells:
        if cell.falt == "deltagare_id":
            act.moved.append((cell.tabell, cell.rad_id))
        elif cell.tabell == "deltagare" and cell.falt != REMOVED:
            act.fields[cell.falt] = (_value(cell.gammalt), _value(cell.nytt))
        elif cell.tabell == TidigareNummer.__tablename__ and cell.falt == NEW:
            act.numbers.append(cell.rad_id)
    return act


def _check(session: Session, act: _Akt) -> Iterator[Finding]:
    kvar = session.get_one(Deltagare, act.kvar_id)
    own, back = _number_after(kvar, act), act.values["personnummer"]
    if own is not None and own == back:
        text = "Kortet har nu det nummer som den andra hade. Ändra numret först, och dela sedan."
        yield Finding("", text, stops=True)
    for number in {own, back} - {None}:
        holder = select(Deltagare.id).where(Deltagare.personnummer == number, Deltagare.id != kvar.id)
        if session.execute(holder).scalar() is not None:
            shown = format_nummer(number)
            text = f"Numret {shown} finns nu hos en annan deltagare. Rätta det först, och dela sedan."
            yield Finding("", text, stops=True)
    nummer = act.values["nummer"]
    if session.execute(select(Deltagare.id).where(Deltagare.nummer == nummer)).scalar() is not None:
        text = f"Kortet {nummer} har registrerats igen sedan dess. Det går inte att dela."
        yield Finding("", text, stops=True)


def _number_after(kvar: Deltagare, act: _Akt) -> str | None:
    """The number of the one who stayed when the two are parted: changed since, it stays."""
    before, after = act.fields.get("personnummer", (kvar.personnummer, kvar.personnummer))
    number: str | None = before if kvar.personnummer == after else kvar.personnummer
    return number


def _put_back(session: Session, kvar: Deltagare, act: _Akt) -> None:
    for name, (before, after) in act.fields.items():
        if name not in _FOLLOWS and _plain(getattr(kvar, name)) == after:
            setattr(kvar, name, _of_column(session, name, before))
    kvar.personnummer = _number_after(kvar, act)
    kvar.nummertyp = number_type(kvar.personnummer)
    kvar.sortering = sortering(kvar.efternamn, kvar.fornamn)
    session.flush()


def _protect(session: Session, kvar: Deltagare, act: _Akt) -> None:
    """Protection set since the merge was set for both: nobody can tell whose it is, so both have it."""
    since = select(Andring.id).where(
        Andring.tabell == "deltagare", Andring.rad_id == kvar.id, Andring.falt == "skyddad",
        Andring.handelse_id > act.handelse_id,
    )  # fmt: skip
    if session.execute(since.limit(1)).scalar() is not None:
        act.values["skyddad"] = stronger_protection(act.values["skyddad"], kvar.skyddad)


def _revive(session: Session, act: _Akt) -> None:
    values = {name: _of_column(session, name, value) for name, value in act.values.items()}
    session.add(Deltagare(**{**values, "id": act.annan_id}))
    session.flush()
    return_to_desks(session, {act.annan_id})


def _tidy_numbers(session: Session, kvar: Deltagare, act: _Akt) -> None:
    """A number that is somebody's again is no earlier one of the one who stayed, whenever it became that."""
    mine = select(TidigareNummer).where(TidigareNummer.deltagare_id == kvar.id)
    for row in session.scalars(mine):
        theirs = row.personnummer == act.values["personnummer"]
        if theirs or (row.id in act.numbers and row.personnummer == kvar.personnummer):
            session.delete(row)
    session.flush()


def _of_column(session: Session, name: str, value: Any) -> Any:
    """A value of the history as the column takes it; a household that is gone is none."""
    if value is None:
        return None
    if name == "hushall_id":
        return value if session.get(Hushall, value) is not None else None
    is_date = isinstance(Deltagare.__table__.columns[name].type, Date)
    return date.fromisoformat(value) if is_date else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)
