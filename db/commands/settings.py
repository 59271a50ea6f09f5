"""Saving a setting of the register."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from db.aktor import Aktor
from db.errors import DataError
from db.history import Changes
from db.models import Installning
from db.queries.settings import is_valid
from db.session import Store


def save_setting(
    store: Store, aktor: Aktor, nyckel: str, varde: str | int | bool | Sequence[str]
) -> Changes | None:
    """Save one setting; None if it had that value already. Raises DataError for a value that does not fit."""
    if not is_valid(nyckel, varde):
        raise DataError(f"Inställningen {nyckel} kan inte vara {varde}. Inget har sparats.", nyckel)
    text = json.dumps(varde, ensure_ascii=False)
    with store.unit_of_work(aktor, "inställning", nyckel) as work:
        row = work.session.scalar(select(Installning).where(Installning.nyckel == nyckel))
        if row is None:
            work.session.add(Installning(nyckel=nyckel, varde=text))
        else:
            row.varde = text
    return work.changes
