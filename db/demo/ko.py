"""Who waits for a place in an invented register. Draws from a stream of its own, as the desk does."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from db.demo.insatser import EGNA, INSATSTYPER, STUDIER
from db.demo.tables import Tables

ONE_IN = 9  # of those who are inskrivna
LONGEST = 48  # days
TEXTER = (
    "", "", "", "Vill helst börja efter lunch.", "Har arbetat i kök tidigare.", "Behöver lugn arbetsplats.",
    "Kan börja direkt.",
)  # fmt: skip


@dataclass(slots=True)
class Platskoer:
    """Adds rows of the queue as of the day `per`."""

    seed: int
    per: date
    tables: Tables
    typer: dict[str, int]
    interna: list[int]
    externa: list[int]
    rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(f"platser {self.seed}")

    def add(self, inskrivning_id: int, inskriven: date, avslutad: date | None) -> None:
        """Some of those who are inskrivna wait, most for an enhet and a kind of insats."""
        rng = self.rng
        if avslutad is not None or rng.random() * ONE_IN > 1:
            return
        typ = INSATSTYPER.draw(rng)
        is_intern = typ in EGNA or rng.random() < 0.7
        named = typ not in STUDIER and rng.random() < 0.85
        sedan = max(inskriven, self.per - timedelta(days=int(LONGEST * rng.random() ** 1.6)))
        start = self.per + timedelta(days=rng.randint(5, 40)) if rng.random() < 0.3 else None
        self.tables.add(
            "platsko",
            inskrivning_id=inskrivning_id,
            enhet_id=rng.choice(self.interna if is_intern else self.externa) if named else None,
            insatstyp_id=self.typer[typ] if not named or rng.random() < 0.8 else None,
            sedan=sedan,
            onskad_start=start,
            text=rng.choice(TEXTER),
            till=None,
            insats_id=None,
        )
