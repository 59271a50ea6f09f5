"""Decisions on delegation in an invented register, numbered when all are there.

Draws from a stream of its own, so that the people and their ways stay the same whatever is decided.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection, func, select, update

from db.demo.tables import Tables, Weighted
from db.models import Delegationsbeslut

LAGRUM = "12 kap. 1 § SoL"
FLER = Weighted(
    (
        (("Livsföring i övrigt", "3.2"), 70),
        (("Reducerat försörjningsstöd", "3.4"), 20),
        (("Hyresskuld", "3.6"), 10),
    )
)
UTFALL = Weighted((("Bifall", 60), ("Delvis bifall", 25), ("Avslag", 15)))


@dataclass(slots=True)
class Delegationer:
    """Adds decisions up to the day `per`."""

    seed: int
    per: date
    tables: Tables
    rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(f"delegation {self.seed}")

    def add(self, arende_id: int, beslut: date, utfall: str, delegat: str) -> None:
        """The decision of an ärende, and now and then another one some weeks later."""
        self._add(arende_id, beslut, ("Försörjningsstöd", "3.1"), utfall.capitalize(), delegat)
        later = beslut + timedelta(days=self.rng.randint(10, 120))
        if later <= self.per and self.rng.random() < 0.5:
            self._add(arende_id, later, FLER.draw(self.rng), UTFALL.draw(self.rng), delegat)

    def _add(self, arende_id: int, day: date, typ: tuple[str, str], beslut: str, delegat: str) -> None:
        self.tables.add(
            "delegationsbeslut",
            arende_id=arende_id,
            ar=day.year,
            datum=day,
            arendetyp=typ[0],
            lagrum=LAGRUM,
            delegationspunkt=typ[1],
            beslut=beslut,
            delegat=delegat,
        )


def number_beslut(connection: Connection) -> None:
    """Number all decisions of a new register within their year, in the order of the days."""
    order = (Delegationsbeslut.datum, Delegationsbeslut.id)
    nummer = func.row_number().over(partition_by=Delegationsbeslut.ar, order_by=order)
    numbered = select(Delegationsbeslut.id, nummer.label("nummer")).subquery()
    connection.execute(
        update(Delegationsbeslut)
        .where(Delegationsbeslut.id == numbered.c.id)
        .values(lopnummer=numbered.c.nummer)
    )
