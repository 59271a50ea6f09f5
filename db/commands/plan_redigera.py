"""A plan edited row by row: goals, activities, indicators and their printed values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import (
    Omgivning,
    Planrad,
    check_rad,
    check_varde,
    clean_rad,
    clean_varde,
)
from db.commands.plan_rader import (
    CHANGED_MEANWHILE,
    NOT_ALLOWED,
    SLAG,
    lock_plan,
    remove_rows,
    remove_written,
    require_right,
    tell_written,
    write_aktivitet,
    write_indikator,
    write_mal,
    write_varden,
)
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Indikatorvarde, Planaktivitet, Planindikator, Planmal
from db.queries.plan import load_plan, may_change_plan, select_rows
from db.queries.senast import find_latest_change
from db.rules.koder import Vardeslag
from db.rules.plan import Aktivitet, Indikator, Mal, Varde
from db.rules.planbild import LagradPlan
from db.session import Store

Rad = Planmal | Planaktivitet | Planindikator
_MODELS: dict[type[Planrad], type[Rad]] = {Mal: Planmal, Aktivitet: Planaktivitet, Indikator: Planindikator}
_WORDS: dict[type[Planrad], str] = {Mal: "mål", Aktivitet: "aktivitet", Indikator: "indikator"}
_GONE = "Raden finns inte längre i planen."
NAMED = 5


def check_planrad(
    session: Session, aktor: Aktor, plan_id: int, rad: Planrad, rad_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about a new row of a plan, or one to change. Raises NotFoundError."""
    if not may_change_plan(session, aktor):
        return (Finding("", NOT_ALLOWED, stops=True),)
    plan = load_plan(session, aktor, plan_id)
    nu = None if rad_id is None else _written(plan, type(rad), rad_id)
    return tuple(check_rad(clean_rad(rad), _around(plan, nu)))


def add_planrad(store: Store, aktor: Aktor, plan_id: int, rad: Planrad) -> Saved:
    """A new goal, activity or indicator, last in the plan. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, SLAG, f"Ny rad i planen: {_WORDS[type(rad)]}") as work:
        session = work.session
        lock_plan(session, plan_id)
        varningar = refuse(check_planrad(session, aktor, plan_id, rad))
        model = _MODELS[type(rad)]
        sista = session.scalar(select(func.max(model.ordning)).where(model.plan_id == plan_id))
        row = model(plan_id=plan_id, ordning=0 if sista is None else sista + 1)
        _write(session, load_plan(session, aktor, plan_id), row, clean_rad(rad))
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_planrad(
    store: Store, aktor: Aktor, rad_id: int, rad: Planrad, tidigare: Planrad | None = None
) -> Saved | None:
    """Change a goal, activity or indicator (with its values) as a whole; None when nothing differs.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`, NotFoundError.
    """
    with store.unit_of_work(aktor, SLAG, f"Ändrade i planen: {_WORDS[type(rad)]}") as work:
        session = work.session
        row = _held(session, type(rad), rad_id)
        plan = load_plan(session, aktor, row.plan_id)
        nu = _written(plan, type(rad), rad_id)
        if tidigare is not None and nu != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, nu, find_latest_change(session, row.__tablename__, rad_id))
        varningar = refuse(check_planrad(session, aktor, row.plan_id, rad, rad_id))
        ren = clean_rad(rad)
        if isinstance(nu, Indikator) and isinstance(ren, Indikator):
            _rename_typed(session, nu.kod, ren.kod)
        _write(session, plan, row, ren)
    return None if work.changes is None else Saved(rad_id, work.changes, varningar)


def shift_planrad(store: Store, aktor: Aktor, slag: type[Planrad], rad_id: int, platser: int) -> Saved | None:
    """Put a row so many places later (earlier below 0) among those under the same goal; None where it is
    there already. Raises DataError, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, f"Ändrad ordning i planen: {_WORDS[slag]}") as work:
        row = _held(work.session, slag, rad_id)
        require_right(work.session, aktor)
        alla = list(_siblings(work.session, row))
        nummer = [r.ordning for r in alla]
        at = alla.index(row)
        alla.insert(min(max(at + platser, 0), len(alla) - 1), alla.pop(at))
        for syskon, ordning in zip(alla, nummer, strict=True):
            syskon.ordning = ordning
    return None if work.changes is None else Saved(rad_id, work.changes)


def remove_planrad(store: Store, aktor: Aktor, slag: type[Planrad], rad_id: int) -> Saved:
    """Take a row away, with what is written of it (told as warnings).

    Raises DataError for a goal that something hangs under, naming it, and NotFoundError.
    """
    with store.unit_of_work(aktor, SLAG, f"Borttaget ur planen: {_WORDS[slag]}") as work:
        session = work.session
        row = _held(session, slag, rad_id)
        require_right(session, aktor)
        if isinstance(row, Planmal):
            _refuse_hanging(load_plan(session, aktor, row.plan_id), row.kod)
        written = (
            [rad_id] if slag is Mal else [], [rad_id] if slag is Indikator else [],
            [rad_id] if slag is Aktivitet else [],
        )  # fmt: skip
        varningar = tuple(tell_written(session, *written))
        remove_written(session, *written)
        remove_rows(session, [row])
    assert work.changes is not None
    return Saved(rad_id, work.changes, varningar)


def set_planvarde(
    store: Store,
    aktor: Aktor,
    indikator_id: int,
    slag: Vardeslag,
    varde: Varde,
    tidigare: Varde | None = None,
) -> Saved | None:
    """Write one printed outcome or target of an indicator; one without number and text takes it away.

    `tidigare` is what the form showed for the period (empty for a new one): ConflictError where it is another
    by now. None when nothing differs. Raises DataError, naming the field, NotFoundError.
    """
    with store.unit_of_work(aktor, SLAG, f"Ändrade i planen: {slag.value}") as work:
        session = work.session
        require_right(session, aktor)
        row = _held(session, Indikator, indikator_id)
        assert isinstance(row, Planindikator)
        indikator = _written(load_plan(session, aktor, row.plan_id), Indikator, indikator_id)
        assert isinstance(indikator, Indikator)
        ren = clean_varde(varde)
        varden = indikator.varden if slag is Vardeslag.UTFALL else indikator.riktvarden
        nu = next((v for v in varden if v.period == ren.period), Varde(ren.period))
        if tidigare is not None and nu != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, nu)
        tom = ren == Varde(ren.period)
        varningar = () if tom else refuse(check_varde(ren, is_mal=slag is Vardeslag.RIKTVARDE))
        nya = _with(varden, None if tom else ren, ren.period)
        falt = {"varden" if slag is Vardeslag.UTFALL else "riktvarden": nya}
        write_varden(session, [(indikator_id, replace(indikator, **falt))])  # type: ignore[arg-type]
    return None if work.changes is None else Saved(indikator_id, work.changes, varningar)


def _with(varden: Sequence[Varde], ny: Varde | None, period: str) -> tuple[Varde, ...]:
    finns = any(v.period == period for v in varden)
    ut = [ny if v.period == period else v for v in varden] + ([] if finns else [ny])
    return tuple(v for v in ut if v is not None)


def _held(session: Session, slag: type[Planrad], rad_id: int) -> Rad:
    """The row, in a plan that is held. Raises NotFoundError."""
    model = _MODELS[slag]
    plan_id = session.scalar(select(model.plan_id).where(model.id == rad_id))
    if plan_id is not None:
        lock_plan(session, plan_id)
    row = cast("Rad | None", session.get(model, rad_id))
    if row is None:
        raise NotFoundError(_GONE)
    return row


def _written(plan: LagradPlan, slag: type[Planrad], rad_id: int) -> Planrad:
    """The row as it stands in the plan. Raises NotFoundError."""
    d = plan.dokument
    if slag is Aktivitet:
        rader: dict[int, Planrad] = dict(zip(plan.aktivitet_id, d.aktiviteter, strict=True))
    elif slag is Mal:
        rader = {plan.mal_id[m.kod]: m for m in d.mal}
    else:
        rader = {plan.indikator_id[i.kod]: i for i in (*d.indikatorer, *d.volymer)}
    if rad_id not in rader:
        raise NotFoundError(_GONE)
    return rader[rad_id]


def _around(plan: LagradPlan, nu: Planrad | None) -> Omgivning:
    egen = "" if nu is None or isinstance(nu, Aktivitet) else nu.kod
    overordnat = {m.kod: m.overordnat for m in plan.dokument.mal}
    return Omgivning(overordnat, frozenset(plan.indikator_id), plan.dokument.bedomning, egen)


def _write(session: Session, plan: LagradPlan, row: Rad, rad: Planrad) -> None:
    if isinstance(rad, Mal):
        assert isinstance(row, Planmal)
        write_mal(row, rad)
        row.overordnat_id = plan.mal_id[rad.overordnat] if rad.overordnat else None
    elif isinstance(rad, Aktivitet):
        assert isinstance(row, Planaktivitet)
        write_aktivitet(row, rad)
        row.mal_id = plan.mal_id[rad.mal] if rad.mal else None
    else:
        assert isinstance(row, Planindikator)
        write_indikator(row, rad)
        row.mal_id = plan.mal_id[rad.mal] if rad.mal else None
    session.add(row)
    session.flush()
    if isinstance(rad, Indikator):
        write_varden(session, [(row.id, rad)])


def _rename_typed(session: Session, fran: str, till: str) -> None:
    """Let typed outcomes follow their indicator to its new id, unless another plan has the old one too."""
    andra = select(func.count()).select_from(Planindikator).where(Planindikator.kod == fran)
    if fran == till or (session.scalar(andra) or 0) > 1:
        return
    upptagna = set(session.scalars(select(Indikatorvarde.period).where(Indikatorvarde.indikator == till)))
    for varde in session.scalars(select(Indikatorvarde).where(Indikatorvarde.indikator == fran)):
        if varde.period not in upptagna:
            varde.indikator = till


def _siblings(session: Session, row: Rad) -> Sequence[Rad]:
    """The rows under the same goal, of the same kind, in order."""
    if isinstance(row, Planmal):
        mal = session.scalars(select_rows(Planmal, row.plan_id))
        return [r for r in mal if r.overordnat_id == row.overordnat_id]
    if isinstance(row, Planaktivitet):
        return [r for r in session.scalars(select_rows(Planaktivitet, row.plan_id)) if r.mal_id == row.mal_id]
    indikatorer = session.scalars(select_rows(Planindikator, row.plan_id))
    return [r for r in indikatorer if (r.mal_id, r.slag) == (row.mal_id, row.slag)]


def _refuse_hanging(plan: LagradPlan, kod: str) -> None:
    d = plan.dokument
    hanger = [f"målet {m.titel}" for m in d.mal if m.overordnat == kod]
    hanger += [f"aktiviteten {a.text}" for a in d.aktiviteter if a.mal == kod]
    hanger += [f"indikatorn {i.namn}" for i in (*d.indikatorer, *d.volymer) if i.mal == kod]
    if hanger:
        namn = "; ".join(text if len(text) <= 80 else f"{text[:79]}…" for text in hanger[:NAMED])
        fler = f" och {len(hanger) - NAMED} till" if len(hanger) > NAMED else ""
        raise DataError(f"Under målet hänger {namn}{fler}. Flytta eller ta bort dem först.")
