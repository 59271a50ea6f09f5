"""Does to a register what can be killed, and tells what was acknowledged. Run by the tests beside it.

Usage: python -m tests.trust.worker REGISTER ROUNDS SEED — prints JSON; every round is a process of its own.
"""

import json
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import func
from sqlalchemy import select as ask

from db import migrate
from db.aktor import SYSTEM
from db.maintenance import check_register
from db.models import Arende, Deltagare, Handelse, Undantag
from db.session import open_store
from tests.helpers.factories import make_arende, make_deltagare, make_undantag

ROWS_OF_AN_IMPORT = 60
LONGEST_WAIT = 0.02  # seconds from an acknowledgement to the kill

Work = Callable[[Path, str, Callable[[str], None]], None]


def edit(path: Path, name: str, acknowledge: Callable[[str], None]) -> None:
    """One person with a case and an exemption at a time, for ever."""
    with closing(open_store(path)) as store:
        for number in range(1_000_000):
            with store.unit_of_work(SYSTEM, "test") as work:
                add_person(work.session, f"{name}-{number}")
            acknowledge(f"{name}-{number}")


def bring_in(path: Path, name: str, acknowledge: Callable[[str], None]) -> None:
    """Many people in one act, for ever."""
    with closing(open_store(path)) as store:
        for number in range(1_000_000):
            with store.unit_of_work(SYSTEM, "import") as work:
                for row in range(ROWS_OF_AN_IMPORT):
                    add_person(work.session, f"{name}-{number}-{row}")
            for row in range(ROWS_OF_AN_IMPORT):
                acknowledge(f"{name}-{number}-{row}")


def add_person(session: object, nummer: str) -> None:
    person = make_deltagare(session, nummer=nummer, personnummer=None)  # type: ignore[arg-type]
    arende = make_arende(session, nummer=nummer, deltagare_id=person.id)  # type: ignore[arg-type]
    make_undantag(session, arende_id=arende.id)  # type: ignore[arg-type]


def create(path: Path, name: str, acknowledge: Callable[[str], None]) -> None:
    """Make new registers beside the old one, for ever."""
    for number in range(1_000_000):
        beside = path.with_name(f"{name}-{number}.egenvag")
        acknowledge("")
        migrate.create_store(beside).close()


def migrate_empty(path: Path, name: str, acknowledge: Callable[[str], None]) -> None:
    """Give empty files their tables, for ever."""
    for number in range(1_000_000):
        beside = path.with_name(f"{name}-{number}.egenvag")
        beside.touch()
        acknowledge("")
        migrate.open_register(beside).close()


KINDS: tuple[Work, ...] = (edit, bring_in, create, migrate_empty)


def one_round(path: Path, name: str, work: Work, chance: random.Random) -> set[str]:
    """Start the work in a process, kill it at a random point; returns what it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, name, lambda done: os.write(writing, f"{done}\n".encode()) and None)
        finally:
            os._exit(1)
    os.close(writing)
    heard = b""
    for _ in range(chance.randint(1, 3)):
        heard += os.read(reading, 65_536)
    select.select([], [], [], chance.uniform(0, LONGEST_WAIT))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65_536):
        heard += more
    os.close(reading)
    return {line for line in heard.decode().splitlines() if line}


def look(path: Path, acknowledged: set[str]) -> dict[str, object]:
    """What the register holds after a kill, against what was acknowledged."""
    with closing(open_store(path)) as store, store.read(SYSTEM) as session:
        people = set(session.execute(ask(Deltagare.nummer)).scalars())
        acts = session.execute(ask(func.count()).select_from(Handelse)).scalar_one()
        numbers = [
            session.execute(ask(func.count()).select_from(table)).scalar_one()
            for table in (Deltagare, Arende, Undantag)
        ]
    imports = [name for name in people if name.count("-") == 2]
    whole = len(imports) % ROWS_OF_AN_IMPORT == 0 and len(set(numbers)) == 1
    expected = len(people) - len(imports) + len(imports) // ROWS_OF_AN_IMPORT
    return {"lost": sorted(acknowledged - people), "partial": not whole or acts != expected}


def half_made(folder: Path) -> list[str]:
    """Files that appeared without being whole registers."""
    bad = []
    for path in folder.glob("r*.egenvag"):
        with closing(open_store(path)) as store:
            schema = migrate.schema_of(store)
        touched = migrate.Schema.EMPTY in (schema,) and "migrate_empty" in path.name
        if schema is not migrate.Schema.CURRENT and not touched:
            bad.append(path.name)
    return bad


def main(path: Path, rounds: int, seed: int) -> None:
    """Kill `rounds` times and print what was found wrong."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    found: list[dict[str, object]] = []
    for number in range(rounds):
        work = KINDS[number % len(KINDS)]
        acknowledged |= one_round(path, f"r{number}{work.__name__}", work, chance)
        told = look(path, acknowledged)
        if told["lost"] or told["partial"]:
            found.append({"round": number, **told})
    with closing(open_store(path)) as store:
        faults = [fault.text for fault in check_register(store, SYSTEM)]
    answer = {"acknowledged": len(acknowledged), "found": found, "faults": faults}
    json.dump(answer | {"half_made": half_made(path.parent)}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
