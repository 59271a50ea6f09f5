"""Opening what is protected about a person: with a reason, and logged (lag 2001:454, 10 §; OSL 26 kap.)."""

import json
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import DataError
from db.exchange.storeside import chunks
from db.history import REMOVED, Changes, to_json
from db.models import Andring, Deltagare, Importomgang
from db.queries import access
from db.recorder import Cell
from db.session import Store

LOGGED, PRINTED, COPIED = "visning", "utskrift", "kopiering"  # all among db.history.ONLY_TOLD
SHORTEST = 3
NO_IMPORT = 0  # the id of no import: that of a workbook which is only tried


def log_visning(store: Store, aktor: Aktor, deltagare_id: int, skal: str) -> Changes:
    """Log that the acting user opens a protected person's name, number and contact, and why.

    Raises DataError without a reason, NotFoundError where the user is not named for the person.
    """
    skal = " ".join(skal.split())
    if len(skal) < SHORTEST:
        raise DataError("Skriv varför du behöver se uppgifterna.", "skal")
    with store.unit_of_work(aktor, LOGGED, "Skyddade uppgifter visade") as work:
        access.require_known(work.session, aktor, deltagare_id)
        work.recorder.record([Cell("deltagare", deltagare_id, LOGGED, None, to_json(skal))])
    assert work.changes is not None
    return work.changes


def log_utskrift(store: Store, aktor: Aktor, deltagare_id: int, vad: str, skal: str = "") -> Changes:
    """Log that something about a person was printed or saved to a file; `vad` is what, e.g. "Planering".

    Raises DataError where the person is protected and no reason is given, NotFoundError where the user may
    not know the person.
    """
    skal = " ".join(skal.split())
    with store.unit_of_work(aktor, PRINTED, f"Utskrift: {vad}") as work:
        access.require_known(work.session, aktor, deltagare_id)
        skyddad = work.session.get_one(Deltagare, deltagare_id).skyddad
        if not access.is_open(skyddad) and len(skal) < SHORTEST:
            raise DataError("Skriv varför uppgifterna behöver skrivas ut.", "skal")
        work.recorder.record([Cell("deltagare", deltagare_id, PRINTED, None, to_json(skal or vad))])
    assert work.changes is not None
    return work.changes


def log_kopiering(store: Store, aktor: Aktor, deltagare_ids: Collection[int], vad: str) -> Changes | None:
    """Log that rows about these people were copied out of the program; `vad` is from where, e.g. "Insatser".
    People who are removed are among them in the trash.

    People whom the user may not know of are passed over; None where there are no others.
    """
    with store.unit_of_work(aktor, COPIED, f"Kopiering: {vad}") as work:
        for part in chunks(deltagare_ids):
            known = select(Deltagare.id).where(Deltagare.id.in_(part), access.may_know(aktor))
            ids = {*work.session.execute(known).scalars(), *_removed(work.session, part)}
            work.recorder.record([Cell("deltagare", id_, COPIED, None, to_json(vad)) for id_ in sorted(ids)])
    return work.changes


def log_importkopiering(store: Store, aktor: Aktor, import_ids: Collection[int], vad: str) -> Changes:
    """Log that rows about imports were copied; `vad` is what, e.g. "Tidigare importer". Without ids they were
    of a workbook that is not read in: what is wrong with it may tell of anybody."""
    with store.unit_of_work(aktor, COPIED, f"Kopiering: {vad}") as work:
        rows = sorted(import_ids) or [NO_IMPORT]
        told = to_json(vad)
        work.recorder.record([Cell(Importomgang.__tablename__, id_, COPIED, None, told) for id_ in rows])
    assert work.changes is not None
    return work.changes


def _removed(session: Session, ids: Collection[int]) -> set[int]:
    """Those who are in the register no more, and were not protected when they left it."""
    there = exists().where(Deltagare.id == Andring.rad_id)
    gone = select(Andring.rad_id, Andring.gammalt).where(
        Andring.tabell == "deltagare", Andring.falt == REMOVED, Andring.rad_id.in_(ids), ~there
    )
    rows = session.execute(gone)
    return {id_ for id_, old in rows if access.is_open(json.loads(str(old))["skyddad"])}
