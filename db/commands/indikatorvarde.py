"""Typed outcomes of indicators: one at a time, or a block of cells pasted from a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import check_text
from db.commands.plan_rader import CHANGED_MEANWHILE, NOT_ALLOWED
from db.errors import ConflictError, DataError
from db.history import Changes
from db.locks import lock_table
from db.models import Indikatorvarde, Planindikator
from db.queries.plan import may_change_plan
from db.queries.senast import find_latest_change
from db.rules.inklistring import Inklistrad, InklistringError, parse_inklistring
from db.rules.plan import INGAENDE, is_planperiod, plain_period
from db.rules.planvarden import BEYOND
from db.session import Store

SLAG = "indikatorvärde"


@dataclass(frozen=True, slots=True)
class IndikatorvardeUppgifter:
    """A typed outcome. `kommentar` says why it stands above what the register says (`beraknas`)."""

    kvinnor: float | None = None
    man: float | None = None
    totalt: float | None = None
    kalla: str = ""
    kommentar: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no number."""
        return self.kvinnor is None and self.man is None and self.totalt is None


def check_indikatorvarde(
    session: Session, aktor: Aktor, indikator: str, period: str, uppgifter: IndikatorvardeUppgifter
) -> tuple[Finding, ...]:
    """Everything to tell about a typed outcome; `indikator` is its kod."""
    return tuple(_check(session, aktor, indikator, period, uppgifter))


def set_indikatorvarde(
    store: Store,
    aktor: Aktor,
    indikator: str,
    period: str,
    uppgifter: IndikatorvardeUppgifter,
    tidigare: IndikatorvardeUppgifter | None = None,
) -> Saved | None:
    """Type an outcome for a period (any spelling of its days); one without numbers takes it away.

    `tidigare` is what the form showed, empty for none: ConflictError where it is another by now. None when
    nothing differs. Raises DataError, naming the field.
    """
    with store.unit_of_work(aktor, SLAG, f"Utfall för {indikator}, {period}") as work:
        session = work.session
        lock_table(session, Indikatorvarde)
        varningar = refuse(_check(session, aktor, indikator, period, uppgifter))
        row = _at(session, indikator, plain_period(period))
        nu = _written(row)
        if tidigare is not None and nu != tidigare:
            rad_id = 0 if row is None else row.id
            senast = find_latest_change(session, Indikatorvarde.__tablename__, rad_id)
            raise ConflictError(CHANGED_MEANWHILE, nu, senast)
        row_id = _write(session, row, indikator, period, uppgifter)
    return None if work.changes is None else Saved(row_id, work.changes, varningar)


def paste_indikatorvarden(
    store: Store,
    aktor: Aktor,
    indikatorer: Sequence[str],
    period: str,
    text: str,
    forsta: str = "",
    kalla: str = "",
) -> Changes | None:
    """Write a pasted block: its first row goes to the first of the indicators (their kod), and so on; columns
    that the block lacks stay as they are. None when nothing differs.

    Raises DataError with every fault: cells that are no numbers, more rows than indicators.
    """
    try:
        rader = parse_inklistring(text, forsta)
    except InklistringError as error:
        raise DataError(str(error)) from error
    if len(rader) > len(indikatorer):
        ryms = f"här finns plats för {len(indikatorer)}"
        raise DataError(f"Blocket har {len(rader)} rader men {ryms}. Inget har klistrats in.")
    with store.unit_of_work(aktor, SLAG, f"Klistrade in utfall, {period}") as work:
        session = work.session
        lock_table(session, Indikatorvarde)
        for kod, rad in zip(indikatorer, rader, strict=False):
            row = _at(session, kod, plain_period(period))
            uppgifter = _pasted(_written(row), rad, kalla)
            refuse(_check(session, aktor, kod, period, uppgifter))
            _write(session, row, kod, period, uppgifter)
    return work.changes


def _pasted(nu: IndikatorvardeUppgifter, rad: Inklistrad, kalla: str) -> IndikatorvardeUppgifter:
    tal = {kolumn: None if (t := getattr(rad, kolumn)) is None else float(t) for kolumn in rad.kolumner}
    return replace(nu, **tal, kalla=kalla or nu.kalla)  # type: ignore[arg-type]


def _check(
    session: Session, aktor: Aktor, indikator: str, period: str, uppgifter: IndikatorvardeUppgifter
) -> Iterator[Finding]:
    if not may_change_plan(session, aktor):
        yield Finding("", NOT_ALLOWED, stops=True)
    finns = (
        session.execute(select(Planindikator.beraknas).where(Planindikator.kod == indikator)).scalars().all()
    )
    if not finns:
        yield Finding("indikator", f"Indikatorn {indikator} finns inte i någon plan.", stops=True)
    if not is_planperiod(period) or period == INGAENDE:
        yield Finding("period", "Skriv perioden som 2024, 2024-T1 eller 2024-08.", stops=True)
    for falt in ("kvinnor", "man", "totalt"):
        tal: float | None = getattr(uppgifter, falt)
        if tal is not None and not (isfinite(tal) and abs(tal) < BEYOND):
            yield Finding(falt, "Talet är för stort.", stops=True)
    yield from check_text("kalla", uppgifter.kalla)
    yield from check_text("kommentar", uppgifter.kommentar)
    if any(finns) and not uppgifter.is_empty and not uppgifter.kommentar.strip():
        yield Finding(
            "kommentar",
            "Utfallet räknas fram ur registret. Det inskrivna gäller bara med en kommentar som säger varför.",
        )


def _at(session: Session, indikator: str, nyckel: str) -> Indikatorvarde | None:
    query = (
        select(Indikatorvarde).where(Indikatorvarde.indikator == indikator).order_by(Indikatorvarde.id.desc())
    )
    return next((row for row in session.scalars(query) if plain_period(row.period) == nyckel), None)


def _written(row: Indikatorvarde | None) -> IndikatorvardeUppgifter:
    if row is None:
        return IndikatorvardeUppgifter()
    return IndikatorvardeUppgifter(row.kvinnor, row.man, row.totalt, row.kalla, row.kommentar)


def _write(
    session: Session,
    row: Indikatorvarde | None,
    indikator: str,
    period: str,
    uppgifter: IndikatorvardeUppgifter,
) -> int:
    """Write the row, or take it away where there is no number; returns its id, 0 for none."""
    if uppgifter.is_empty:
        if row is not None:
            session.delete(row)
            session.flush()
        return 0 if row is None else row.id
    if row is None:
        row = Indikatorvarde(indikator=indikator, period=plain_period(period))
        session.add(row)
    row.kvinnor, row.man, row.totalt = uppgifter.kvinnor, uppgifter.man, uppgifter.totalt
    row.kalla, row.kommentar = uppgifter.kalla.strip(), uppgifter.kommentar.strip()
    session.flush()
    return row.id
