"""What has been printed of a report, so that later prints can be hidden against it (R12)."""

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Rapportutskrift
from db.rules.sidor import Sida, side_from_plain, side_to_plain
from db.rules.suppression_minne import Utgiven, read_out


def list_utgivna(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    rapport: str,
    variant: str,
    troskel: int,
) -> tuple[tuple[Utgiven, ...], int]:
    """The sides of every print of the report, newest first, and the id of the newest print (0 for none). One
    statement."""
    query = (
        select(Rapportutskrift.id, Rapportutskrift.innehall)
        .where(Rapportutskrift.rapport == rapport, Rapportutskrift.variant == variant)
        .order_by(Rapportutskrift.id.desc())
    )
    rows = session.execute(query).all()
    sidor = (utgiven for row in rows for utgiven in _read(row.innehall, troskel))
    return tuple(sidor), rows[0].id if rows else 0


@lru_cache(maxsize=512)
def _read(innehall: str, troskel: int) -> tuple[Utgiven, ...]:
    return tuple(read_out(side_from_plain(plain), troskel) for plain in json.loads(innehall))


def write_sidor(sidor: Sequence[Sida]) -> str:
    """The sides of a print as JSON text, the same for the same figures and marks."""
    return json.dumps([side_to_plain(s) for s in sidor], ensure_ascii=False, separators=(",", ":"))
