"""What the register offers Rapporter to choose among, read off the GUI thread."""

from dataclasses import dataclass

from db.queries.arshjul import Planarshjul, read_arshjul
from db.queries.plan import PlanRow, list_planer
from db.queries.rapporturval import Val, list_val
from desktop.context import Context
from desktop.runner import Task


@dataclass(frozen=True, slots=True)
class Valbart:
    """Plans, what their årshjul ask for, and the spår and enheter."""

    planer: tuple[PlanRow, ...]
    hjul: tuple[Planarshjul, ...]
    val: Val


def read_valbart(_task: Task, *, context: Context) -> Valbart:
    """What can be chosen today."""
    with context.store.read(context.aktor) as session:
        planer = list_planer(session, context.aktor)
        hjul = read_arshjul(session, context.aktor, context.today())
        val = list_val(session, context.aktor)
    return Valbart(planer, hjul, val)
