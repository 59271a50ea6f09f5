"""Frozen reports: which there are, and what one holds, checked against its checksum each time it is read."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import DataError, NotFoundError
from db.models import Dokumentinnehall, FrystRapport, Medarbetare
from db.rules.figurer import Rapport
from db.rules.rapporttext import report_from_plain

GODKANT = "godkännande"  # what the history calls the approving of a report
APPROVED = "En godkänd rapport tas inte tillbaka. Frys en ny version i stället."
GONE = "Den frysta rapporten finns inte."
DAMAGED = (
    "Den frysta rapporten {id} är skadad: kontrollsumman stämmer inte. Hämta den ur en säkerhetskopia och "
    "frys en ny version."
)


@dataclass(frozen=True, slots=True)
class FrystRad:
    """A frozen report: who made it final and when (UTC), who approved it as what and when ('' and None:
    nobody yet), and which version it is of the same report and period. `ersatt`: a later version is there."""

    id: int
    rapport: str
    variant: str
    titel: str
    fran: date
    till: date
    per: date
    programversion: str
    tid: str
    signatur: str
    namn: str
    sha256: str
    godkand_av: str
    godkand_namn: str
    godkand_roll: str
    godkand: str | None
    text: str
    version: int
    ersatt: bool


@dataclass(frozen=True, slots=True)
class Fryst:
    """All that a frozen report holds: the report as it was printed at `utskrivet`, and what it was made
    with."""

    rad: FrystRad
    rapport: Rapport
    utskrivet: datetime
    parametrar: Mapping[str, str]
    installningar: Mapping[str, object]


def list_frysta(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    rapport: str | None = None,
) -> tuple[FrystRad, ...]:
    """Every frozen report, or those of one name, the latest first. Two statements."""
    query = select(FrystRapport).order_by(FrystRapport.id)
    if rapport is not None:
        query = query.where(FrystRapport.rapport == rapport)
    rows = session.scalars(query).all()
    found = session.execute(select(Medarbetare.signatur, Medarbetare.namn))
    staff = {row.signatur: row.namn for row in found}
    antal, seen = Counter(_same(row) for row in rows), Counter[Any]()
    made = []
    for row in rows:
        seen[_same(row)] += 1
        version = seen[_same(row)]
        made.append(_row(row, staff, version, ersatt=version < antal[_same(row)]))
    return tuple(reversed(made))


def read_fryst(session: Session, aktor: Aktor, fryst_id: int) -> Fryst:
    """What a frozen report holds. Raises NotFoundError, and DataError where a byte of it has changed."""
    rad = _find(session, aktor, fryst_id)
    try:
        held = json.loads(_bytes(session, rad, rad.sha256))
        rapport = report_from_plain(held["rapport"])
        utskrivet = datetime.fromisoformat(held["utskrivet"])
        same = (rapport.rapport, rapport.period, rapport.per, held["programversion"]) == (
            rad.rapport, (rad.fran.isoformat(), rad.till.isoformat()), rad.per.isoformat(), rad.programversion
        )  # fmt: skip
        fryst = Fryst(rad, rapport, utskrivet, held["parametrar"], held["installningar"])
    except (ValueError, KeyError) as error:
        raise DataError(DAMAGED.format(id=fryst_id)) from error
    if not same:
        raise DataError(DAMAGED.format(id=fryst_id))
    return fryst


def read_fryst_pdf(session: Session, aktor: Aktor, fryst_id: int) -> bytes:
    """The pages as they were printed, byte for byte. Raises as `read_fryst`."""
    rad = _find(session, aktor, fryst_id)
    query = select(FrystRapport.pdf_sha256).where(FrystRapport.id == fryst_id)
    return _bytes(session, rad, session.execute(query).scalar_one())


def list_skadade(session: Session) -> Iterator[str]:
    """A Swedish sentence for each frozen report whose data or pages are not those that were frozen."""
    query = select(FrystRapport.id, FrystRapport.sha256, FrystRapport.pdf_sha256).order_by(FrystRapport.id)
    for fryst_id, *sums in session.execute(query).all():
        if any(_sum(session, sha256) != sha256 for sha256 in sums):
            yield DAMAGED.format(id=fryst_id)


def _sum(session: Session, sha256: str) -> str:
    data = session.execute(select(Dokumentinnehall.data).where(Dokumentinnehall.sha256 == sha256)).scalar()
    return hashlib.sha256(data or b"").hexdigest()


def _bytes(session: Session, rad: FrystRad, sha256: str) -> bytes:
    data = session.execute(select(Dokumentinnehall.data).where(Dokumentinnehall.sha256 == sha256)).scalar()
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise DataError(DAMAGED.format(id=rad.id))
    return data


def _find(session: Session, aktor: Aktor, fryst_id: int) -> FrystRad:
    rad = next((rad for rad in list_frysta(session, aktor) if rad.id == fryst_id), None)
    if rad is None:
        raise NotFoundError(GONE)
    return rad


def _same(row: FrystRapport) -> tuple[object, ...]:
    return row.rapport, row.variant, row.fran, row.till


def _row(row: FrystRapport, staff: Mapping[str, str], version: int, *, ersatt: bool) -> FrystRad:
    return FrystRad(
        row.id, row.rapport, row.variant, row.titel, row.fran, row.till, row.per, row.programversion, row.tid,
        row.signatur, staff.get(row.signatur, row.signatur), row.sha256, row.godkand_av,
        staff.get(row.godkand_av, row.godkand_av), row.godkand_roll, row.godkand, row.text, version, ersatt,
    )  # fmt: skip
