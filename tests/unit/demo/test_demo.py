"""The demo register: repeatable, marked, of fictitious numbers, sound by the program's own checks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db.aktor import SYSTEM
from db.demo import create_demo
from db.errors import DataError, StoreError
from db.history import broken_seals
from db.models import Arende, Deltagare, Insats, Inskrivning, Installning, Mote, OsaBeslut, Sokord
from db.rules.personnummer import parse_nummer
from db.session import Store, open_store

PER = date(2026, 11, 12)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.egenvag"
    create_demo(path, 250, fro=7, per=PER)
    with closing(open_store(path)) as store:
        yield store


def _contents(store: Store) -> list[tuple[object, ...]]:
    with store.read(SYSTEM) as session:
        tables = ("deltagare", "arende", "inskrivning", "insats", "mote", "kapacitet", "narvaro")
        return [tuple(row) for t in tables for row in session.execute(text(f"SELECT * FROM {t} ORDER BY id"))]


def test_same_seed_and_day_give_the_same_register(demo: Store, tmp_path: Path) -> None:
    create_demo(tmp_path / "again.egenvag", 250, fro=7, per=PER)
    create_demo(tmp_path / "other.egenvag", 250, fro=8, per=PER)
    with (
        closing(open_store(tmp_path / "again.egenvag")) as again,
        closing(open_store(tmp_path / "other.egenvag")) as other,
    ):
        assert _contents(again) == _contents(demo)
        assert _contents(other) != _contents(demo)


def test_is_marked_as_demo_and_sealed(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        marked = session.execute(select(Installning.varde).where(Installning.nyckel == "demo")).scalar_one()
        assert marked == "true"
        assert broken_seals(session) == []


def test_numbers_are_fictitious_and_sound(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        columns = (Deltagare.personnummer, Deltagare.nummertyp, Deltagare.kon)
        people = [tuple(row) for row in session.execute(select(*columns))]
    assert len(people) == 250
    for personnummer, nummertyp, kon in people:
        number = parse_nummer(personnummer, PER)
        assert (number.typ, number.kon) == (nummertyp, kon)
        assert number.tolv[8:11] in ("980", "981", "238", "239")


def test_everyone_is_found_by_name(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        found = session.execute(select(func.count(func.distinct(Sokord.deltagare_id)))).scalar_one()
    assert found == 250


def test_every_part_of_the_work_is_there(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        for condition in (
            Arende.utfall == "avslag",
            Arende.beslut.is_(None),
            Inskrivning.avslutad.is_(None),
            Inskrivning.resultat == "arbete",
            Insats.slut.is_(None),
            Insats.start > PER,
            Mote.datum > PER,
            Mote.uteblev.is_(True),
            OsaBeslut.till > PER,
            Deltagare.skyddad != "nej",
        ):
            model = condition.left.table  # type: ignore[attr-defined]
            count = session.execute(select(func.count()).select_from(model).where(condition)).scalar_one()
            assert count > 0, str(condition)


def test_insatser_stay_inside_their_inskrivning(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        outside = session.execute(
            select(func.count())
            .select_from(Insats)
            .join(Inskrivning, Insats.inskrivning_id == Inskrivning.id)
            .where((Insats.start < Inskrivning.inskriven) | (Insats.slut > Inskrivning.avslutad))
        ).scalar_one()
    assert outside == 0


def test_an_existing_register_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "mitt.egenvag"
    path.write_bytes(b"mina egna uppgifter")
    with pytest.raises(StoreError, match="finns redan"):
        create_demo(path, 10)
    assert path.read_bytes() == b"mina egna uppgifter"


def test_no_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="minst 1"):
        create_demo(tmp_path / "tom.egenvag", 0)
    assert list(tmp_path.iterdir()) == []


def test_cancelled_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 700:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_demo(tmp_path / "demo.egenvag", 50, progress=stop)
    assert list(tmp_path.iterdir()) == []
