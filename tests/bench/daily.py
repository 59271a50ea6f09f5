"""What a handläggare does all day: search, open a card, save an insats; against the bare database."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.insats import InsatsUppgifter, create_insats
from db.migrate import open_register
from db.models import Enhet
from db.queries.card import read_card
from db.queries.deltagare import search_deltagare
from db.queries.platser import read_platslage
from db.session import Store
from tests.bench.harness import Row, compare, percentile_95
from tests.bench.registers import PER, open_bench_register, register_path, selects_of

PROMISE = 2.0
PAGE = 50
_SEARCH = """
    SELECT DISTINCT d.id, d.fornamn, d.efternamn, d.personnummer
    FROM sokord s JOIN deltagare d ON d.id = s.deltagare_id
    WHERE s.ord >= ? AND s.ord < ? ORDER BY s.sortering LIMIT 50
"""


def measure(folder: Path, people: int) -> list[Row]:
    """Four rows: search at the 95th percentile, a card, an insats saved where there is room, and where there
    is none."""
    with open_bench_register(folder, people) as store:
        rows = [_search(store, people), _card(store)]
    return [*rows, *_save(folder, people)]


def _bare(store: Store) -> Any:
    from sqlcipher3 import dbapi2

    return dbapi2.connect(str(store.path), isolation_level=None)


def _search(store: Store, people: int) -> Row:
    with closing(_bare(store)) as bare:
        words = [row[0] for row in bare.execute("SELECT DISTINCT ord FROM sokord ORDER BY ord")]
        chosen = random.Random(1).choices(words, k=150)
        prefixes = [word[: 1 + n % 4] for n, word in enumerate(chosen)]

        def ours(prefix: str) -> None:
            with store.read(SYSTEM) as session:
                search_deltagare(session, SYSTEM, prefix, PER, limit=PAGE)

        def floor(prefix: str) -> None:
            bare.execute(_SEARCH, (prefix, prefix + "\U0010ffff")).fetchall()

        for work in (ours, floor):
            percentile_95(work, prefixes[:20])
        what = f"tangent till träffar, 95:e percentilen, {people} deltagare"
        spent: dict[str, list[float]] = {"vi": [], "golv": []}

        def timed(work: Callable[[str], None], into: list[float]) -> Callable[[str], None]:
            def run(prefix: str) -> None:
                with _processor_time(into):
                    work(prefix)

            return run

        mine = percentile_95(timed(ours, spent["vi"]), prefixes)
        least = percentile_95(timed(floor, spent["golv"]), prefixes)
        row = Row(what, mine, least, PROMISE)
        return replace(row, processor=statistics.median(spent["vi"]) / statistics.median(spent["golv"]))


def _card(store: Store) -> Row:
    with closing(_bare(store)) as bare:
        busiest = bare.execute(
            "SELECT deltagare_id FROM mote JOIN deltagare d ON d.id = deltagare_id WHERE d.skyddad = 'nej'"
            " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ).fetchone()[0]

        def ours() -> None:
            with store.read(SYSTEM) as session:
                read_card(session, SYSTEM, busiest, PER)

        said = selects_of(store, ours)

        def floor() -> None:
            for sql, values in said:
                bare.execute(sql, values).fetchall()

        note = f"{len(said)} frågor"
        return compare("öppna ett kort", ours, floor, PROMISE, rounds=101, quick=True, note=note)


def _save(folder: Path, people: int) -> list[Row]:
    with TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "kopia.egenvag"
        copyfile(register_path(folder, people), path)
        with closing(open_register(path)) as store, closing(_floor_file(Path(own) / "golv.db")) as floor:
            # Another person each round: nobody gets forty insatser in a day.
            with closing(_bare(store)) as bare:
                open_now = (
                    "SELECT i.id, inskriven FROM inskrivning i JOIN deltagare d ON d.id = deltagare_id"
                    " WHERE avslutad IS NULL AND skyddad = 'nej' ORDER BY i.id"
                )
                people_ = iter([(i, date.fromisoformat(day)) for i, day in bare.execute(open_now)])
            room, full = _enheter(store)
            return [
                _save_one(store, floor, people_, room, "spara en insats med historik och kontroller"),
                _save_one(store, floor, people_, full, "spara en insats på en full enhet"),
            ]


def _floor_file(path: Path) -> Any:
    """A file of its own: a second writer in ours would throw its pages out of memory after every save."""
    from sqlcipher3 import dbapi2

    bare = dbapi2.connect(str(path), isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE golv (id INTEGER PRIMARY KEY, a TEXT, b INT, c INT, d TEXT, e TEXT, f INT)")
    return bare


def _enheter(store: Store) -> tuple[int, int]:
    """The enhet with most places left, and the one with fewest."""
    with store.read(SYSTEM) as session:
        left = {
            enhet: lage.lediga
            for enhet in session.scalars(select(Enhet.id))
            if (lage := read_platslage(session, SYSTEM, enhet, PER, PER, idag=PER)) is not None
        }
    return max(left, key=lambda enhet: left[enhet]), min(left, key=lambda enhet: left[enhet])


def _save_one(store: Store, bare: Any, people: Iterator[tuple[int, date]], enhet_id: int, what: str) -> Row:
    spent: dict[str, list[float]] = {"vi": [], "golv": []}

    def floor() -> None:
        inskrivning, day = next(people)
        with _processor_time(spent["golv"]):
            bare.execute("BEGIN IMMEDIATE")
            values = ("N1", inskrivning, 1, day.isoformat(), day.isoformat(), 100)
            bare.execute("INSERT INTO golv (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)", values)
            bare.execute("COMMIT")

    def ours() -> None:
        inskrivning, day = next(people)
        with _processor_time(spent["vi"]):
            create_insats(store, SYSTEM, InsatsUppgifter(inskrivning, 1, max(day, PER), enhet_id=enhet_id))

    row = compare(what, ours, floor, PROMISE, rounds=101, quick=True)
    mine, least = (f"{statistics.median(spent[which]) * 1e6:.0f}" for which in ("vi", "golv"))
    return replace(row, note=f"varav processorn {mine} µs mot {least}; resten väntar på disken")


@contextmanager
def _processor_time(into: list[float]) -> Iterator[None]:
    began = time.thread_time()
    yield
    into.append(time.thread_time() - began)
