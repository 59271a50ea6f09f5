"""Taking away what was registered by mistake: refused with a sentence where something hangs on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Saved
from db.commands.platsko import forget_insatser
from db.errors import DataError, NotFoundError
from db.models import (
    Arende,
    Bip,
    Bipplan,
    Bistandsmanad,
    Delegationsbeslut,
    Deltagare,
    Insats,
    Inskrivning,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    PasseradVarning,
    Planering,
    Planeringssteg,
    Platsko,
    Stegperiod,
    Undantag,
    Uppfoljning,
)
from db.queries import access
from db.rules.datum import full_date
from db.session import Store


@dataclass(frozen=True, slots=True)
class _Hangs:
    """Rows that hang on another: what one and several of them are called, and which of them count."""

    model: type[Any]
    one: str
    many: str = ""
    only: Callable[[], ColumnElement[bool]] = true

    def tell(self, count: int) -> str:
        """ "1 insats", "3 insatser"; of what is not counted only its name."""
        return f"{count} {self.one if count == 1 else self.many}" if self.many else self.one


@dataclass(frozen=True, slots=True)
class _Slag:
    """A kind of row that can be taken away: what it is called in the history, what hangs on it, what to do
    where something does, and the parts that go with it. All name it by a column."""

    model: type[Any]
    borttagen: str
    saknas: str
    hangs: Sequence[_Hangs] = ()
    refused: str = ""
    parts: Sequence[type[Any]] = ()


SLAG = {
    "insats": _Slag(
        Insats,
        "Borttagen insats",
        "Insatsen finns inte i registret.",
        (
            _Hangs(Narvaro, "närvaro"),
            _Hangs(OsaBeslut, "OSA-beslut"),
            _Hangs(OsaUppfoljning, "OSA-uppföljningar"),
        ),
        "Det finns {} registrerat. Ta bort det först, eller avsluta i stället.",
        (Narvaroschema,),
    ),
    "mote": _Slag(Mote, "Borttaget möte", "Mötet finns inte i registret."),
    "planering": _Slag(
        Planering, "Borttagen planering", "Planeringen finns inte i registret.", parts=(Planeringssteg,)
    ),
    "inskrivning": _Slag(
        Inskrivning,
        "Borttagen inskrivning",
        "Inskrivningen finns inte i registret.",
        (
            _Hangs(Insats, "insats", "insatser"),
            _Hangs(Planering, "planering", "planeringar"),
            _Hangs(Bip, "BIP-svar"),
            _Hangs(Platsko, "plats i kön", "platser i kön"),
            _Hangs(
                Uppfoljning, "gjord uppföljning", "gjorda uppföljningar",
                lambda: Uppfoljning.genomford.is_not(None),
            ),
        ),
        "Till inskrivningen hör {}. Ta bort det först om det också är fel, annars avsluta inskrivningen.",
        (Stegperiod, Bipplan, Uppfoljning),
    ),
    "arende": _Slag(
        Arende,
        "Borttaget ärende",
        "Ärendet finns inte i registret.",
        (
            _Hangs(Undantag, "undantag", "undantag"),
            _Hangs(Bistandsmanad, "biståndsmånad", "biståndsmånader"),
            _Hangs(Delegationsbeslut, "delegationsbeslut", "delegationsbeslut"),
        ),
        "Till ärendet hör {}. Ta bort det först om det också är fel, annars avsluta ärendet.",
    ),
}  # fmt: skip
DECIDED = (
    "Ärendet har ett beslut från {}. Ta bort det under Ändra ärende först om det också är fel, "
    "annars avsluta ärendet."
)
LAST_NAMED = (
    "Personen har skyddade personuppgifter och du är ansvarig bara här. "
    "Ange en ansvarig på ett annat ärende eller en annan inskrivning först."
)


def remove_row(store: Store, aktor: Aktor, tabell: str, rad_id: int) -> Saved:
    """Take away an insats, a möte, a version of a planering, an inskrivning or an ärende, by table and id,
    with its parts.

    Raises DataError where something hangs on it, saying what, its field the table of the first, and
    NotFoundError where it is missing or not the user's to know.
    """
    slag = SLAG[tabell]
    with store.unit_of_work(aktor, "borttagning", slag.borttagen) as work:
        session = work.session
        row = session.get(slag.model, rad_id, with_for_update=True)
        if row is None:
            raise NotFoundError(slag.saknas)
        deltagare_id = _owner(session, row)
        access.require_known(session, aktor, deltagare_id)
        _refuse_hanging(session, slag, rad_id)
        _refuse_decided(row)
        _give_back_place(session, row)
        for part in (*_parts(session, slag, rad_id), *_passed(session, tabell, rad_id)):
            session.delete(part)
        session.flush()  # the parts first: nothing tells the ORM which rows go before which
        session.delete(row)
        session.flush()
        _refuse_unnamed(session, aktor, deltagare_id)  # of the row that named the user there is no more
    assert work.changes is not None
    return Saved(rad_id, work.changes)


def _owner(session: Session, row: Any) -> int:
    if isinstance(row, Mote | Inskrivning | Arende):
        return row.deltagare_id
    return session.get_one(Inskrivning, row.inskrivning_id).deltagare_id


def _refuse_hanging(session: Session, slag: _Slag, rad_id: int) -> None:
    column = f"{slag.model.__tablename__}_id"
    words: dict[str, str] = {}
    for hangs in slag.hangs:
        query = select(func.count()).where(getattr(hangs.model, column) == rad_id, hangs.only())
        if count := session.execute(query).scalar_one():
            words[hangs.model.__tablename__] = hangs.tell(count)
    if words:
        *first, last = words.values()
        told = f"{', '.join(first)} och {last}" if first else last
        raise DataError(slag.refused.format(told), next(iter(words)))


def _refuse_decided(row: Any) -> None:
    """A beslut is a part of its ärende, and is not taken away unseen."""
    if isinstance(row, Arende) and row.beslut is not None:
        raise DataError(DECIDED.format(full_date(row.beslut)), Arende.__tablename__)


def _refuse_unnamed(session: Session, aktor: Aktor, deltagare_id: int) -> None:
    """Nobody loses sight of a protected person by this: it could not be taken back either."""
    query = select(Deltagare.id).where(Deltagare.id == deltagare_id, access.may_know(aktor))
    if session.execute(query).scalar() is None:
        raise DataError(LAST_NAMED)


def _give_back_place(session: Session, row: Any) -> None:
    """Who got the insats from the queue waits again, since the same day as before."""
    if isinstance(row, Insats):
        forget_insatser(session, [row.id], wait_again=True)


def _parts(session: Session, slag: _Slag, rad_id: int) -> list[Any]:
    column = f"{slag.model.__tablename__}_id"
    return [
        part
        for model in slag.parts
        for part in session.scalars(select(model).where(getattr(model, column) == rad_id))
    ]


def _passed(session: Session, tabell: str, rad_id: int) -> Sequence[PasseradVarning]:
    query = select(PasseradVarning).where(PasseradVarning.tabell == tabell, PasseradVarning.rad_id == rad_id)
    return session.scalars(query).all()
