"""The people behind the rows of the reports, for staff who may open them.

A number of people opens as many; a share, a mean and a sum open those that they are of. Protected people are
in the figures, and in these lists only for those named for them.
"""

from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.bakom import arenden, bip, bistand, deltagare, flode
from db.queries.bakom.gemensamt import Oppning, Vad
from db.queries.flode_personer import PersonBakom
from db.rules.period import Period

KON: dict[str, str | None] = {"kvinnor": "K", "man": "M", "uppgift_saknas": None}
_MODULER = (deltagare, arenden, flode, bip, bistand)


def find_vad(rad_id: str) -> Vad | None:
    """What the people of a row are to its number; None for a row that has none, such as one of places."""
    oppning = _find(rad_id)
    return None if oppning is None else oppning.vad


def list_bakom(
    session: Session, aktor: Aktor, rad_id: str, nyckel: str, period: Period, per: date
) -> tuple[PersonBakom, ...]:
    """Those behind a row, of one kön or all (`nyckel`, as KON_NYCKLAR); () for a row that does not open."""
    oppning = _find(rad_id)
    found = oppning.load(session, aktor, period, per) if oppning is not None else ()
    return tuple(rad for rad in found if nyckel not in KON or rad.kon == KON[nyckel])


def _find(rad_id: str) -> Oppning | None:
    found = (modul.find(rad_id) for modul in _MODULER)
    return next((oppning for oppning in found if oppning is not None), None)
