"""Each revision goes up and down, keeps what is there, and together they give the tables of the models."""

import ast
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

import migrations
from db import migrate
from db.aktor import Aktor
from db.models import Base, Bip, Deltagare, Insatstyp, Resultat, Steg
from db.session import Store
from migrations.drift import differences
from migrations.drift import main as drift
from tests.helpers.factories import FACTORIES, make_deltagare

from .conftest import Later

VERSIONS = Path(migrations.__file__).parent / "versions"
OWN_CODE = {"db", "desktop", "migrations", "resources", "tests"}


def tables(store: Store) -> dict[str, list[str]]:
    """Every table with its columns, keys, checks and indexes, in an order of their own."""
    found = {}
    with store.engine.connect() as connection:
        inspector = inspect(connection)
        for table in inspector.get_table_names():
            kinds = [inspector.get_columns(table), inspector.get_indexes(table)]
            kinds += [inspector.get_foreign_keys(table), inspector.get_unique_constraints(table)]
            kinds += [inspector.get_check_constraints(table)]
            found[table] = sorted(str(part) for kind in kinds for part in kind)
    return found


def test_known_revisions_are_those_that_ship() -> None:
    script = ScriptDirectory.from_config(migrate.alembic_config())
    shipped = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(shipped)) == migrate.REVISIONS
    assert script.get_current_head() == migrate.SCHEMA_HEAD


@pytest.mark.parametrize("file", sorted(VERSIONS.glob("[0-9]*.py")), ids=lambda file: file.stem)
def test_revisions_import_no_project_code(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("migrations" if node.level else (node.module or "").split(".")[0])
    assert not imported & OWN_CODE


@pytest.mark.parametrize("revision", migrate.REVISIONS)
def test_up_and_down(bare_store: Store, revision: str) -> None:
    migrate.upgrade(bare_store, revision)
    assert set(tables(bare_store)) >= migrate.OWN_TABLES
    migrate.downgrade(bare_store, "base")
    assert set(tables(bare_store)) == {"alembic_version"}


@pytest.mark.parametrize("revision", migrate.REVISIONS)
def test_up_down_and_up_again_is_as_up(bare_store: Store, revision: str) -> None:
    migrate.upgrade(bare_store, revision)
    once = tables(bare_store)
    migrate.downgrade(bare_store, "base")
    migrate.upgrade(bare_store, revision)
    assert tables(bare_store) == once


def test_every_step_down_and_up_on_a_full_register(store: Store, aktor: Aktor) -> None:
    full = tables(store)
    with store.unit_of_work(aktor, "test") as work:
        for make in FACTORIES.values():
            make(work.session)
    for revision in reversed(migrate.REVISIONS[:-1]):
        migrate.downgrade(store, revision)
    migrate.upgrade(store)
    assert tables(store) == full


def test_revisions_give_the_models_tables(store: Store) -> None:
    assert differences(store) == []


def test_drift_as_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert drift() == 0
    assert "samma sak" in capsys.readouterr().out


def test_drift_is_seen(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE mote ADD COLUMN parkering TEXT"))
        connection.execute(text("DROP INDEX ix_mote_datum"))
    found = " ".join(differences(store))
    assert "parkering" in found
    assert "ix_mote_datum" in found


def test_catalogues_are_there_from_the_start(store: Store, aktor: Aktor) -> None:
    with store.read(aktor) as session:
        counting = dict(session.execute(select(Insatstyp.namn, Insatstyp.raknas_som_aktivitet)).all())
        steps = session.execute(select(Steg.namn).order_by(Steg.ordning)).scalars().all()
        kolada = dict(session.execute(select(Resultat.namn, Resultat.kolada)).all())
    assert sum(counting.values()) == 16
    assert sorted(name for name, counts in counting.items() if not counts) == [
        "KAA-insats",
        "daglig verksamhet",
        "feriepraktik",
        "hälsofrämjande",
        "kartläggning",
        "vägledning",
    ]
    assert steps == ["Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning"]
    assert kolada["arbete med stöd"] == "A"
    assert kolada["studier utan studiemedel"] == "E"
    assert len(kolada) == 14


def test_rows_and_their_parts_survive_a_table_that_is_rebuilt(
    store: Store, aktor: Aktor, later_programme: Later
) -> None:
    """Dropping a table with the foreign keys on would take the rows that die with their owner."""
    later_programme(
        'with op.batch_alter_table("deltagare", recreate="auto") as batch:\n'
        '    batch.alter_column("omrade", type_=sa.String(200), existing_nullable=False)'
    )
    with store.unit_of_work(aktor, "test") as work:
        for make in FACTORIES.values():
            make(work.session)
    before = counts(store, aktor)
    migrate.ensure_schema(store)
    assert counts(store, aktor) == before
    with store.unit_of_work(aktor, "test") as work:
        make_deltagare(work.session)
    assert counts(store, aktor)["deltagare"] == before["deltagare"] + 1


def counts(store: Store, aktor: Aktor) -> dict[str, int]:
    """The number of rows of each table of the models."""
    with store.read(aktor) as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def test_foreign_keys_hold_after_an_upgrade(store: Store, aktor: Aktor, later_programme: Later) -> None:
    later_programme('op.add_column("mote", sa.Column("parkering", sa.Text()))')
    migrate.ensure_schema(store)
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.unit_of_work(aktor, "test") as work:
        work.session.add(Deltagare(nummer="D1", fornamn="A", efternamn="B", sortering="b a", hushall_id=404))


def test_0002_keeps_the_answers_and_never_uses_an_id_again(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        kept = FACTORIES[Bip](work.session, varde=4)
        gone = FACTORIES[Bip](work.session, varde=9)
        work.session.delete(gone)
    migrate.downgrade(store, "0001")
    migrate.upgrade(store)
    with store.unit_of_work(aktor, "test") as work:
        found = work.session.get_one(Bip, kept.id)
        assert (found.varde, found.indikator, found.datum) == (4, kept.indikator, kept.datum)
        later = FACTORIES[Bip](work.session, inskrivning_id=kept.inskrivning_id, indikator="ork", varde=10)
        assert later.id > gone.id


def test_decisions_on_delegation_are_numbered_within_their_year(bare_store: Store) -> None:
    migrate.upgrade(bare_store, "0003")
    row = (
        "INSERT INTO delegationsbeslut (datum, arendetyp, delegationspunkt, beslut, delegat) "
        "VALUES ('{}', 'a', '1', 'b', 'c')"
    )
    with bare_store.engine.begin() as connection:
        for dag in ("2024-05-02", "2023-12-31", "2024-01-01", "2024-05-02"):
            connection.execute(text(row.format(dag)))
    migrate.upgrade(bare_store, "0004")
    with bare_store.engine.connect() as connection:
        found = connection.execute(text("SELECT id, ar, lopnummer FROM delegationsbeslut ORDER BY id")).all()
    assert [tuple(row) for row in found] == [(1, 2024, 2), (2, 2023, 1), (3, 2024, 1), (4, 2024, 3)]
