"""What has been printed of a report, so that later prints can be hidden against it (R12)."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Rapportutskrift
from db.rules.sidor import Nar, Sida, side_from_plain, side_to_plain
from db.rules.suppression_minne import Utgiven, read_out

UPPFOLJNING = "uppfoljning"


def list_utgivna(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    rapport: str,
    variant: str,
    troskel: int,
) -> tuple[tuple[Utgiven, ...], int]:
    """The sides of every print of the report, newest first, and the id of its newest print (0 for none). One
    statement. Follow-ups of plans print figures of other reports: those of this one are among the sides. What
    has been printed several times is there once."""
    own = is_of(rapport, variant)
    query = (
        select(Rapportutskrift.id, Rapportutskrift.innehall, own)
        .where(or_(own, Rapportutskrift.rapport == UPPFOLJNING))
        .order_by(Rapportutskrift.id.desc())
    )
    rows = session.execute(query).all()
    sidor: dict[str, Utgiven] = {}
    for _, innehall, is_own in rows:
        for told, utgiven in _read(innehall, troskel):
            if is_own or utgiven.sida.rapport == rapport:
                sidor.setdefault(told, utgiven)
    return tuple(sidor.values()), next((row_id for row_id, _, is_own in rows if is_own), 0)


def is_of(rapport: str, variant: str) -> ColumnElement[bool]:
    """Whether a print is one of the report. Follow-ups of other plans are other reports; prints of other
    urval are not: what they tell, they tell of the same people."""
    own = Rapportutskrift.rapport == rapport
    return and_(own, Rapportutskrift.variant == variant) if rapport == UPPFOLJNING else own


@lru_cache(maxsize=512)
def _read(innehall: str, troskel: int) -> tuple[tuple[str, Utgiven], ...]:
    """Each side, and what it tells as a word: the same for the same."""
    return tuple((_tell(plain), read_out(side_from_plain(plain), troskel)) for plain in json.loads(innehall))


def _tell(plain: Mapping[str, Any]) -> str:
    # The day of judgement tells nothing where no row is of that day.
    judged = Nar.PER in plain["nar"].values()
    told = {key: value for key, value in plain.items() if judged or key != "per"}
    return sha256(json.dumps(told).encode()).hexdigest()


def write_sidor(sidor: Sequence[Sida]) -> str:
    """The sides of a print as JSON text, the same for the same figures and marks."""
    return json.dumps([side_to_plain(s) for s in sidor], ensure_ascii=False, separators=(",", ":"))
