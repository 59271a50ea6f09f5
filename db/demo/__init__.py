"""A register of invented people, clearly marked as demo: to try the programme, to test and to measure."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.aktor import SYSTEM, Aktor, Roll
from db.errors import DataError
from db.session import Store, open_store, store_url

if TYPE_CHECKING:
    from db.demo.build import Progress

# The one of the invented staff who sits at the desk when the demo is opened.
DEMO_AKTOR = Aktor("elin.masvik", "Elin Måsvik", Roll.HANDLAGGARE)
NARVARO_VECKOR = 8


def create_demo(
    where: str | os.PathLike[str],
    deltagare: int,
    fro: int = 1,
    per: date | None = None,
    progress: "Progress | None" = None,
    narvaro_veckor: int = NARVARO_VECKOR,
    plan: bool = False,
) -> None:
    """Make a new store with `deltagare` invented people as they stand on the day `per` (default today).

    The same `fro` and `per` give the same register. `narvaro_veckor` is how many weeks back attendance is
    registered, of what still runs since its start; 0 for none. With `plan` comes a plan of the year's goals.
    A file appears whole or not at all. Raises DataError for a number below 1, StoreError when the store
    exists already or cannot be written; whatever `progress` raises leaves nothing.
    """
    if deltagare < 1:
        raise DataError("Antalet deltagare måste vara minst 1.", "deltagare")

    def fill(store: Store) -> None:
        from db.demo.build import fill_demo

        tell = progress or (lambda _done, _total: None)
        with store.unit_of_work(SYSTEM, "demo", f"Påhittat register med {deltagare} deltagare") as work:
            day = per or date.today()
            fill_demo(work.session, deltagare, fro, day, narvaro_veckor, tell)
            if plan:
                from db.demo.plan import add_plan

                add_plan(work.session, day)

    _create(where, fill)


def _create(where: str | os.PathLike[str], fill: Callable[[Store], None]) -> None:
    from db.files import whole_file
    from db.migrate import create_store, upgrade

    if store_url(where).get_backend_name() != "sqlite":
        with closing(create_store(where)) as store:
            fill(store)
        return
    with (
        whole_file(Path(where), replace=False) as temporary,
        closing(open_store(temporary, create=True)) as store,
    ):
        upgrade(store)
        fill(store)
