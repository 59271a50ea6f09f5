"""Other municipalities' figures from Kolada, put into the register: one act, undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.plan_rader import require_right
from db.exchange.storeside import chunks
from db.history import Changes
from db.locks import lock_table
from db.models import Koladavarde
from db.rules.kolada import Koladarad
from db.session import Store

SLAG = "kolada"


@dataclass(frozen=True, slots=True)
class Koladaresultat:
    """Counted rows, and the act; `changes` is None where nothing differs."""

    nya: int
    andrade: int
    oforandrade: int
    borttagna: int
    changes: Changes | None


def import_koladarader(store: Store, aktor: Aktor, rader: Sequence[Koladarad]) -> Koladaresultat:
    """Write the rows, each over the one of the same measure, municipality and year; an empty one takes it
    away. Raises DataError for somebody who may not."""
    antal = {"nya": 0, "andrade": 0, "oforandrade": 0, "borttagna": 0}
    with store.unit_of_work(aktor, SLAG, f"Läste in {len(rader)} värden från Kolada") as work:
        session = work.session
        require_right(session, aktor)
        lock_table(session, Koladavarde)
        finns = _stored(session, rader)
        for rad in rader:
            antal[_write(session, finns.get(rad.nyckel), rad)] += 1
    return Koladaresultat(**antal, changes=work.changes)


def _stored(session: Session, rader: Sequence[Koladarad]) -> dict[tuple[str, str, str], Koladavarde]:
    ut = {}
    for part in chunks(sorted({rad.kpi for rad in rader})):
        for row in session.scalars(select(Koladavarde).where(Koladavarde.kpi.in_(part))):
            ut[row.kpi, row.kommun, row.period] = row
    return ut


def _write(session: Session, row: Koladavarde | None, rad: Koladarad) -> str:
    """Write one row; returns what it counts as."""
    if rad.is_empty:
        if row is None:
            return "oforandrade"
        session.delete(row)
        return "borttagna"
    if row is None:
        session.add(
            Koladavarde(
                kpi=rad.kpi, kommun=rad.kommun, period=rad.period,
                kvinnor=rad.kvinnor, man=rad.man, totalt=rad.totalt,
            )
        )  # fmt: skip
        return "nya"
    if (row.kvinnor, row.man, row.totalt) == (rad.kvinnor, rad.man, rad.totalt):
        return "oforandrade"
    row.kvinnor, row.man, row.totalt = rad.kvinnor, rad.man, rad.totalt
    return "andrade"
