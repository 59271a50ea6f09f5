"""How other screens ask for the week of an insats."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OppnaVecka:
    """Location("narvaro", OppnaVecka(5, dag)): the week of a day where the insats is registered."""

    insats_id: int
    dag: date
