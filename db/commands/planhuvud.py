"""What is written of a plan as a whole, changed."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import check_text
from db.commands.plan_rader import CHANGED_MEANWHILE, NOT_ALLOWED, SLAG, lock_plan, write_arshjul
from db.errors import ConflictError
from db.models import Plan
from db.queries.plan import load_plan, may_change_plan
from db.queries.senast import find_latest_change
from db.rules.koder import Bedomningsskala
from db.rules.period import MAX_AR, MIN_AR
from db.rules.plan import Arshjul, is_planperiod
from db.rules.planbild import LagradPlan
from db.session import Store


@dataclass(frozen=True, slots=True)
class Planhuvud:
    """What is written of a plan as a whole."""

    kommun: str
    namnd: str
    ar: int
    titel: str = ""
    kalla: str = ""
    bedomning: Bedomningsskala = Bedomningsskala.INGEN
    uppfoljning: tuple[str, ...] = ()
    arshjul: tuple[Arshjul, ...] = ()


def check_planhuvud(session: Session, aktor: Aktor, huvud: Planhuvud) -> tuple[Finding, ...]:
    """Everything to tell about a plan's head."""
    found = [] if may_change_plan(session, aktor) else [Finding("", NOT_ALLOWED, stops=True)]
    for falt, text in (("kommun", huvud.kommun), ("namnd", huvud.namnd)):
        found += check_text(falt, text, 200)
        if not text.strip():
            found.append(Finding(falt, "Fyll i fältet.", stops=True))
    for falt, text in (("titel", huvud.titel), ("kalla", huvud.kalla)):
        found += check_text(falt, text)
    if not MIN_AR <= huvud.ar <= MAX_AR:
        found.append(Finding("ar", f"Skriv ett år mellan {MIN_AR} och {MAX_AR}.", stops=True))
    for period in huvud.uppfoljning:
        if not is_planperiod(period):
            found.append(
                Finding("uppfoljning", f"”{period}” är ingen period. Skriv som 2024-08.", stops=True)
            )
    for rad in huvud.arshjul:
        if not rad.manad.strip():
            found.append(Finding("arshjul", "Skriv vilken månad raden gäller.", stops=True))
        for text in (rad.manad, *rad.typ):
            found += check_text("arshjul", text)
    return tuple(found)


def update_planhuvud(
    store: Store, aktor: Aktor, plan_id: int, huvud: Planhuvud, tidigare: Planhuvud | None = None
) -> Saved | None:
    """Change a plan's head; None when nothing differs. Raises DataError, ConflictError, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Ändrade planen") as work:
        plan = lock_plan(work.session, plan_id)
        nu = read_planhuvud(load_plan(work.session, aktor, plan_id))
        if tidigare is not None and nu != tidigare:
            raise ConflictError(
                CHANGED_MEANWHILE, nu, find_latest_change(work.session, Plan.__tablename__, plan_id)
            )
        varningar = refuse(check_planhuvud(work.session, aktor, huvud))
        plan.kommun, plan.namnd, plan.ar = huvud.kommun.strip(), huvud.namnd.strip(), huvud.ar
        plan.titel, plan.kalla, plan.bedomning = huvud.titel.strip(), huvud.kalla, huvud.bedomning.value
        if huvud.uppfoljning != nu.uppfoljning:
            plan.uppfoljning = json.dumps(huvud.uppfoljning) if huvud.uppfoljning else ""
        if huvud.arshjul != nu.arshjul:
            plan.arshjul = write_arshjul(huvud.arshjul)
    return None if work.changes is None else Saved(plan_id, work.changes, varningar)


def read_planhuvud(plan: LagradPlan) -> Planhuvud:
    """The head of a stored plan, as a form shows it."""
    d = plan.dokument
    return Planhuvud(d.kommun, d.namnd, d.ar, d.titel, d.kalla, d.bedomning, d.uppfoljning, d.arshjul)
