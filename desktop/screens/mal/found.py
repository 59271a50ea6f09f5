"""What Mål & indikatorer shows, read on the worker: the plans, and the one chosen with its values."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.models import Indikatorvarde
from db.queries.plan import PlanRow, list_planer, may_change_plan
from db.queries.plan_ord import load_skrivna
from db.queries.plan_varden import values_of
from db.queries.settings import NOT_ALLOWED
from db.rules.planbild import Planvarden
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Task
from desktop.screens.mal.model import list_periods


@dataclass(frozen=True, slots=True)
class Found:
    """Everything shown; `locked` is why the user may not change plans, "" for one who may."""

    planer: tuple[PlanRow, ...]
    plan: PlanRow | None
    period: str
    bild: Planvarden | None
    skrivna: Mapping[str, Mapping[str, Indikatorvarde]]
    locked: str


def read_found(context: Context, plan_id: int | None, period: str, _task: Task) -> Found:
    """The plan wanted, else the first, for the period wanted where it has that, else its first."""
    idag = context.today()
    with context.store.read(context.aktor) as session:
        planer = list_planer(session, context.aktor)
        plan = next((p for p in planer if p.id == plan_id), planer[0] if planer else None)
        locked = "" if may_change_plan(session, context.aktor) else tr(NOT_ALLOWED)
        if plan is None:
            return Found(planer, None, "", None, {}, locked)
        keys = [key for key, _ in list_periods(plan, idag)]
        period = period if period in keys else keys[0]
        bild = values_of(session, context.aktor, plan.id, period, idag)
        skrivna = load_skrivna(session, plan.id)
        session.expunge_all()
        return Found(planer, plan, period, bild, skrivna, locked)
