"""The printed rules of assessment of a plan, changed."""

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import check_text
from db.commands.plan_rader import CHANGED_MEANWHILE, NOT_ALLOWED, SLAG, lock_plan
from db.errors import ConflictError
from db.models import Plan
from db.queries.plan import load_plan, may_change_plan
from db.queries.senast import find_latest_change
from db.rules.planregler import FARGER, TIDER, Planregler, read_regler, write_regler
from db.session import Store


def check_planregler(session: Session, aktor: Aktor, regler: Planregler) -> tuple[Finding, ...]:
    """Everything to tell about a plan's rules; fields are named `delarsbokslut.gron` and so on."""
    return tuple(_check(session, aktor, regler))


def update_planregler(
    store: Store, aktor: Aktor, plan_id: int, regler: Planregler, tidigare: Planregler | None = None
) -> Saved | None:
    """Change a plan's rules; None when nothing differs. Raises DataError, ConflictError, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Ändrade planens bedömningsregler") as work:
        plan = lock_plan(work.session, plan_id)
        gamla = load_plan(work.session, aktor, plan_id).dokument.regler
        nu = read_regler(gamla)
        if tidigare is not None and nu != tidigare:
            senast = find_latest_change(work.session, Plan.__tablename__, plan_id)
            raise ConflictError(CHANGED_MEANWHILE, nu, senast)
        varningar = refuse(check_planregler(work.session, aktor, regler))
        nya = write_regler(gamla, regler)
        if nya != gamla:
            plan.regler = json.dumps(nya, ensure_ascii=False) if nya else ""
    return None if work.changes is None else Saved(plan_id, work.changes, varningar)


def _check(session: Session, aktor: Aktor, regler: Planregler) -> Iterator[Finding]:
    if not may_change_plan(session, aktor):
        yield Finding("", NOT_ALLOWED, stops=True)
    for tid in TIDER:
        for farg, text in zip(FARGER, getattr(regler, tid), strict=True):
            yield from check_text(f"{tid}.{farg}", text)
    for falt in ("sammanvagning", "aktivitetsstatus", "text"):
        yield from check_text(falt, getattr(regler, falt))
    for line in regler.aktivitetsstatus.splitlines():
        if line.strip() and not (line.partition(":")[0].strip() and line.partition(":")[2].strip()):
            told = f"”{line.strip()[:40]}”: skriv läget, ett kolon och vad det betyder."
            yield Finding("aktivitetsstatus", told, stops=True)
