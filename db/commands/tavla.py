"""Moving somebody on the board of the flow: to another steg, from today."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved
from db.errors import ConflictError, DataError, NotFoundError
from db.locks import lock_rows
from db.models import Inskrivning, Steg, Stegperiod
from db.queries import access
from db.queries.tavla import UTAN_STEG, find_lagen, is_open
from db.session import Store

MOVED_MEANWHILE = "Någon annan har flyttat deltagaren. Inget har ändrats. Tavlan visar nu det nya steget."


def move_on_board(
    store: Store, aktor: Aktor, inskrivning_id: int, steg_id: int, tidigare_steg_id: int, idag: date
) -> Saved:
    """Let an open inskrivning stand in a steg from today; what was said today of where it stands is replaced.

    Moved back on the same day, the person has stood where it began all the time. The warnings tell where the
    steg now holds more than its limit. Raises DataError, and ConflictError when the person no longer stands
    in `tidigare_steg_id` (UTAN_STEG for none).
    """
    with store.unit_of_work(aktor, "steg", "Flyttad på tavlan") as work:
        lock_rows(work.session, Inskrivning, [inskrivning_id])
        _require_open(work.session, aktor, inskrivning_id)
        steg = work.session.get(Steg, steg_id)
        if steg is None or not steg.aktiv:
            raise DataError("Steget används inte längre. Välj ett annat.", "steg")
        gangna = _gone_through(work.session, inskrivning_id, idag)
        nu = gangna[-1].steg_id if gangna else UTAN_STEG
        if nu != tidigare_steg_id:
            raise ConflictError(MOVED_MEANWHILE)
        if nu == steg_id:
            raise DataError(f"Deltagaren är redan i {steg.namn}.", "steg")
        _refuse_planned(work.session, inskrivning_id, steg, idag)
        row_id = _stand(work.session, gangna, inskrivning_id, steg_id, idag)
        varningar = _check_limit(work.session, steg, idag)
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def _require_open(session: Session, aktor: Aktor, inskrivning_id: int) -> None:
    inskrivning = session.get(Inskrivning, inskrivning_id, populate_existing=True)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    if inskrivning.avslutad is not None:
        raise DataError("Inskrivningen är avslutad. Steget kan inte ändras på tavlan.")


def _gone_through(session: Session, inskrivning_id: int, idag: date) -> list[Stegperiod]:
    query = (
        select(Stegperiod)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == inskrivning_id, Stegperiod.fran <= idag)
        .order_by(Stegperiod.fran, Steg.ordning, Steg.id)
    )
    return list(session.scalars(query))


def _refuse_planned(session: Session, inskrivning_id: int, steg: Steg, idag: date) -> None:
    """What is planned next must be something new to come to."""
    query = (
        select(Stegperiod.steg_id)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == inskrivning_id, Stegperiod.fran > idag)
        .order_by(Stegperiod.fran, Steg.ordning, Steg.id)
        .limit(1)
    )
    if session.scalar(query) == steg.id:
        raise DataError(
            f"Det är redan planerat när deltagaren kommer till {steg.namn}. Ändra dagen på kortet.",
            "steg",
        )


def _stand(session: Session, gangna: list[Stegperiod], inskrivning_id: int, steg_id: int, idag: date) -> int:
    """The row by which the person stands in the steg now."""
    idags = [row for row in gangna if row.fran == idag]
    fore = [row for row in gangna if row.fran < idag]
    if fore and fore[-1].steg_id == steg_id:
        for row in idags:
            session.delete(row)
        return fore[-1].id
    for row in idags[1:]:
        session.delete(row)
    session.flush()  # before another row of the same day gets the steg of one that goes
    if idags:
        idags[0].steg_id = steg_id
        return idags[0].id
    row = Stegperiod(inskrivning_id=inskrivning_id, steg_id=steg_id, fran=idag)
    session.add(row)
    session.flush()
    return row.id


def _check_limit(session: Session, steg: Steg, idag: date) -> tuple[Finding, ...]:
    if steg.grans is None:
        return ()
    session.flush()
    antal = sum(lage.steg_id == steg.id for lage in find_lagen(session, idag, *is_open(idag)).values())
    if antal <= steg.grans:
        return ()
    return (Finding("steg", f"{steg.namn} har nu {antal} inskrivna. Gränsen är {steg.grans}."),)
