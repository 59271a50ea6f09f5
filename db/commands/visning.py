"""Opening what is protected about a person: with a reason, and logged (lag 2001:454, 10 §; OSL 26 kap.)."""

from db.aktor import Aktor
from db.errors import DataError
from db.history import Changes, to_json
from db.models import Deltagare
from db.queries import access
from db.recorder import Cell
from db.session import Store

LOGGED, PRINTED = "visning", "utskrift"  # both among db.history.ONLY_TOLD
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
