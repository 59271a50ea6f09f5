"""The årshjul of the plans in the register: what is due, and what the month holds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.frysta import list_frysta
from db.queries.plan import list_planer, load_plan
from db.rules.arshjul import Uppgift, list_due, list_month

UPPFOLJNING = "uppfoljning"


@dataclass(frozen=True, slots=True)
class Planarshjul:
    """A plan's: its name in words, what is due, and what its årshjul says of the month."""

    kod: str
    namn: str
    uppgifter: tuple[Uppgift, ...]
    manaden: tuple[str, ...]


def read_arshjul(session: Session, aktor: Aktor, idag: date) -> tuple[Planarshjul, ...]:
    """Of every plan of the year or the year before that has something to tell. Three statements and four per
    plan."""
    frysta = list_frysta(session, aktor, UPPFOLJNING)
    found = []
    for plan in list_planer(session, aktor):
        if not idag.year - 1 <= plan.ar <= idag.year:
            continue
        klara = {(rad.fran, rad.till) for rad in frysta if rad.variant == plan.kod}
        uppgifter = list_due(plan.kod, plan.uppfoljning, klara, idag)
        manaden = list_month(load_plan(session, aktor, plan.id).dokument.arshjul, idag)
        if uppgifter or manaden:
            found.append(Planarshjul(plan.kod, f"{plan.kommun} {plan.ar}", uppgifter, manaden))
    return tuple(found)
