"""What an act checks is held until it is written: on a server by locks, in a file by the one writer."""

import pytest
from sqlalchemy import select, text

from db.aktor import SYSTEM
from db.locks import lock_rows, lock_table
from db.models import Enhet, Inskrivning, Installning, Mote
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements


@pytest.mark.parametrize("kind", [Enhet, Enhet.__table__])
def test_rows_are_locked_in_order_on_a_server(store: Store, kind: object) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        ids = [make.make_enhet(work.session, namn=namn).id for namn in ("A", "B")]
        with sent_statements(store) as sent:
            lock_rows(work.session, kind, [ids[1], ids[0]])
        locking = [statement for statement in sent if "FOR UPDATE" in statement]
        on_server = work.session.get_bind().dialect.name == "postgresql"
        assert len(locking) == len(sent) == int(on_server)
        assert all("ORDER BY enhet.id" in statement for statement in locking)


def test_a_table_is_locked_on_a_server(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        lock_table(work.session, Installning)
        if work.session.get_bind().dialect.name == "postgresql":
            mine = "relation = 'installning'::regclass AND pid = pg_backend_pid()"
            held = text(f"SELECT mode FROM pg_locks WHERE {mine}")
            assert "ShareRowExclusiveLock" in work.session.scalars(held).all()


def test_an_undo_holds_its_rows_before_it_looks_for_later_changes(store: Store) -> None:
    from db.commands.undo import undo_act

    with store.unit_of_work(SYSTEM, "test") as work:
        mote = make.make_mote(work.session)
        mote_id = mote.id
    with store.unit_of_work(SYSTEM, "mote") as work:
        work.session.get_one(Mote, mote_id).plats = "Rum 2"
    assert work.changes is not None
    with sent_statements(store) as sent:
        undo_act(store, SYSTEM, work.changes.handelse_id)
    locks = [n for n, statement in enumerate(sent) if "FOR UPDATE" in statement and "FROM mote" in statement]
    later = next(n for n, statement in enumerate(sent) if "EXISTS" in statement and "andring" in statement)
    with store.read(SYSTEM) as session:
        on_server = session.get_bind().dialect.name == "postgresql"
        assert session.scalars(select(Mote.plats)).one() == ""
    assert bool(locks) is on_server
    assert all(place < later for place in locks)


def test_a_new_insats_holds_its_inskrivning(store: Store) -> None:
    from db.commands.insats import InsatsUppgifter, create_insats

    with store.unit_of_work(SYSTEM, "test") as work:
        ik = make.make_inskrivning(work.session)
        typ = make.make_insats(work.session, inskrivning_id=ik.id).insatstyp_id
        ik_id, start = ik.id, ik.inskriven
    with sent_statements(store) as sent:
        create_insats(store, SYSTEM, InsatsUppgifter(ik_id, typ, start))
    with store.read(SYSTEM) as session:
        on_server = session.get_bind().dialect.name == "postgresql"
        assert session.get(Inskrivning, ik_id) is not None
    locks = [s for s in sent if "FOR UPDATE" in s and "FROM inskrivning" in s]
    assert bool(locks) is on_server
