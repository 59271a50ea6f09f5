"""The screen Platser of a day, against hand-written SQL for the same figures."""

from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

from db.aktor import SYSTEM
from db.queries.platslista import read_platslista, sum_platser
from db.session import Store
from tests.bench.harness import Row, compare
from tests.bench.registers import PER

PROMISE = 1.5
_FROM, _DAY = date(PER.year, 1, 1).isoformat(), PER.isoformat()
_AT = "FROM insats WHERE enhet_id IN (SELECT id FROM enhet) AND"
# Places taken by day follow from who comes and goes on it; the months, the weeks and the day from them.
FLOOR = (
    f"""SELECT enhet_id, min(start), count(*) {_AT} slut >= '{_FROM}' AND start < '{_FROM}' GROUP BY 1
     UNION ALL SELECT enhet_id, min(start), count(*) {_AT} slut IS NULL AND start < '{_FROM}' GROUP BY 1
     UNION ALL SELECT enhet_id, start, count(*) {_AT} slut >= '{_FROM}' AND start >= '{_FROM}' GROUP BY 1, 2
     UNION ALL SELECT enhet_id, start, count(*) {_AT} slut IS NULL AND start >= '{_FROM}' GROUP BY 1, 2""",
    f"""SELECT enhet_id, slut, count(*), sum(start <= '{_DAY}') {_AT} slut >= '{_FROM}' GROUP BY 1, 2
     UNION ALL SELECT enhet_id, planerat_slut, count(*), sum(start <= '{_DAY}')
     {_AT} slut IS NULL AND planerat_slut >= '{_DAY}' GROUP BY 1, 2""",
    "SELECT * FROM enhet",
    "SELECT * FROM kapacitet",
    "SELECT * FROM kostnad",
    "SELECT * FROM installning",
    f"SELECT enhet_id, inskrivning_id, sedan FROM platsko WHERE sedan <= '{_DAY}' AND"
    f" (till IS NULL OR till > '{_DAY}')",
)


def measure(store: Store) -> list[Row]:
    """One row: everything that the screen shows; the register must be on SQLite."""
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(store.path))) as bare:
        bare.execute("PRAGMA cache_size = -32768")
        bare.execute("PRAGMA temp_store = MEMORY")

        def floor() -> object:
            return _figures([bare.execute(sql).fetchall() for sql in FLOOR])

        def ours() -> None:
            with store.read(SYSTEM) as session:
                sum_platser(read_platslista(session, SYSTEM, PER, PER).rader)

        return [compare("Platser: lista, grupper, månader och veckor", ours, floor, PROMISE, rounds=9)]


def _figures(answers: list[list[Any]]) -> object:
    """Place-days by enhet and month: what no SQL gives as fast as a running sum over the days."""
    days = {(date(PER.year, 1, 1) + timedelta(n)).isoformat(): n for n in range(366)}
    taken = {row[0]: [0] * 367 for row in answers[2]}
    for enhet, day, count in answers[0]:
        taken[enhet][days.get(day, 0 if day < _FROM else 366)] += count
    for enhet, day, count, _ in answers[1]:
        taken[enhet][days.get(day, 365) + 1] -= count
    found = {enhet: list(accumulate(more)) for enhet, more in taken.items()}
    ends = [days[f"{PER.year}-{month:02}-01"] for month in range(1, 13)]
    return [sum(day[a:b]) for day in found.values() for a, b in pairwise([*ends, 366])]
