"""Opening what is protected about a person: with a reason, and logged (lag 2001:454, 10 §; OSL 26 kap.)."""

from collections.abc import Collection

from sqlalchemy import select

from db.aktor import Aktor
from db.errors import DataError
from db.exchange.storeside import chunks
from db.history import Changes, to_json
from db.models import Deltagare
from db.queries import access
from db.recorder import Cell
from db.session import Store

LOGGED, PRINTED, COPIED = "visning", "utskrift", "kopiering"  # all among db.history.ONLY_TOLD
SHORTEST = 3


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
    """Log that rows about people were copied out of the program; `vad` is from where, e.g. "Insatser".

    People whom the user may not know of are passed over; None where there are no others.
    """
    with store.unit_of_work(aktor, COPIED, f"Kopiering: {vad}") as work:
        for part in chunks(deltagare_ids):
            known = select(Deltagare.id).where(Deltagare.id.in_(part), access.may_know(aktor))
            ids = work.session.execute(known.order_by(Deltagare.id)).scalars()
            work.recorder.record([Cell("deltagare", id_, COPIED, None, to_json(vad)) for id_ in ids])
    return work.changes
