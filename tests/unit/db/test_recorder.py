"""Every change of a unit of work is recorded as it was: old and new values, net of what was taken back."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from db.aktor import SYSTEM
from db.history import NEW, REMOVED
from db.models import (
    Andring,
    Arende,
    Deltagare,
    Enhet,
    Handelse,
    Indikatorvarde,
    Inskrivning,
    Mote,
    Resultat,
    Sokord,
    TidigareNummer,
)
from db.recorder import RECORDED, Cell
from db.rules.koder import Skydd, Utfall
from db.session import Store
from tests.helpers.factories import (
    make_arende,
    make_deltagare,
    make_enhet,
    make_indikatorvarde,
    make_inskrivning,
    make_mote,
    make_tidigare_nummer,
)


def _cells(store: Store) -> list[tuple[Any, ...]]:
    """What the latest act recorded: table, row, column, old and new."""
    with store.read(SYSTEM) as reading:
        latest = select(Handelse.id).order_by(Handelse.id.desc()).limit(1).scalar_subquery()
        columns = (Andring.tabell, Andring.rad_id, Andring.falt, Andring.gammalt, Andring.nytt)
        query = select(*columns).where(Andring.handelse_id == latest).order_by(Andring.id)
        return [tuple(row) for row in reading.execute(query)]


def _acts(store: Store) -> int:
    with store.read(SYSTEM) as reading:
        return len(reading.execute(select(Handelse.id)).all())


def _make(store: Store, make: Any, **values: Any) -> int:
    with store.unit_of_work(SYSTEM, "prov") as work:
        row = make(work.session, **values)
    return int(row.id)


def test_a_new_row_is_named_once_and_its_values_stand_in_the_row(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "registrering", "Ny enhet") as work:
        enhet = make_enhet(work.session)
        enhet.typ = "extern"
        work.session.flush()
        enhet.namn = "Lärbron"
    assert _cells(store) == [("enhet", enhet.id, NEW, None, None)]
    assert work.changes is not None
    assert work.changes.touched == {("enhet", enhet.id)}
    with store.read(SYSTEM) as reading:
        act = reading.get_one(Handelse, work.changes.handelse_id)
        assert (act.aktor, act.slag, act.text) == ("system", "registrering", "Ny enhet")


@pytest.mark.parametrize(
    ("make", "model", "name", "old", "new"),
    [
        (make_arende, Arende, "avslutat", None, date(2024, 5, 1)),
        (make_arende, Arende, "beslut", date(2024, 1, 15), None),
        (make_arende, Arende, "utfall", "bifall", Utfall.AVSLAG),
        (make_arende, Arende, "forsorjningshinder", "", "hen sa ”nej” och 'kanske' \\ 😀\n"),
        (make_mote, Mote, "uteblev", False, True),
        (make_mote, Mote, "langd", 60, None),
        (make_inskrivning, Inskrivning, "minst_en_manad", None, False),
        (make_indikatorvarde, Indikatorvarde, "totalt", 47.2, 0.1 + 0.2),
        (make_deltagare, Deltagare, "skyddad", "nej", Skydd.SEKRETESSMARKERING),
    ],
)
def test_values_of_every_type(
    store: Store, make: Any, model: Any, name: str, old: object, new: object
) -> None:
    row_id = _make(store, make)
    with store.unit_of_work(SYSTEM, "ändring") as work:
        setattr(work.session.get_one(model, row_id), name, new)
    [(tabell, changed, falt, before, after)] = _cells(store)
    assert (tabell, changed, falt) == (model.__tablename__, row_id, name)
    told = [None if cell is None else json.loads(cell) for cell in (before, after)]
    assert told == [value.isoformat() if isinstance(value, date) else value for value in (old, new)]
    with store.read(SYSTEM) as reading:
        assert getattr(reading.get_one(model, row_id), name) == new


def test_several_flushes_leave_the_first_old_and_the_last_new_value(store: Store) -> None:
    enhet_id = _make(store, make_enhet, namn="Ett")
    with store.unit_of_work(SYSTEM, "ändring") as work:
        enhet = work.session.get_one(Enhet, enhet_id)
        for namn in ("Två", "Tre", "Fyra"):
            enhet.namn = namn
            work.session.execute(select(Enhet.id)).all()  # flushes by itself
    assert _cells(store) == [("enhet", enhet_id, "namn", '"Ett"', '"Fyra"')]


def test_what_ends_where_it_began_is_no_change(store: Store) -> None:
    enhet_id = _make(store, make_enhet, namn="Ett")
    with store.unit_of_work(SYSTEM, "ändring") as work:
        enhet = work.session.get_one(Enhet, enhet_id)
        enhet.namn = "Två"
        work.session.flush()
        enhet.namn = "Ett"
        passing = make_enhet(work.session)
        work.session.delete(passing)
    assert work.changes is None
    assert _acts(store) == 1


def test_an_old_value_that_was_never_read_is_asked_for(store: Store) -> None:
    enhet_id = _make(store, make_enhet, namn="Ett", typ="intern")
    with store.unit_of_work(SYSTEM, "ändring") as work:
        enhet = work.session.get_one(Enhet, enhet_id)
        work.session.expire(enhet)
        enhet.namn, enhet.typ = "Två", "intern"
    assert _cells(store) == [("enhet", enhet_id, "namn", '"Ett"', '"Två"')]


def test_a_removed_row_is_kept_as_it_was_before_the_act(store: Store) -> None:
    enhet_id = _make(store, make_enhet, namn="Ett", typ="intern")
    with store.unit_of_work(SYSTEM, "borttagning") as work:
        enhet = work.session.get_one(Enhet, enhet_id)
        enhet.namn = "Två"
        work.session.flush()
        enhet.typ = "extern"
        work.session.delete(enhet)
    [(tabell, row_id, falt, before, after)] = _cells(store)
    assert (tabell, row_id, falt, after) == ("enhet", enhet_id, REMOVED, None)
    assert json.loads(before) == {"id": enhet_id, "namn": "Ett", "typ": "intern", "anordnare": ""}


@pytest.mark.parametrize("flush", [True, False])
def test_removed_and_made_again_with_the_same_id_is_a_change(store: Store, flush: bool) -> None:
    enhet_id = _make(store, make_enhet, namn="Ett", typ="intern")
    with store.unit_of_work(SYSTEM, "ändring") as work:
        work.session.delete(work.session.get_one(Enhet, enhet_id))
        if flush:
            work.session.flush()
        work.session.add(Enhet(id=enhet_id, namn="Två", typ="intern", anordnare=""))
    assert _cells(store) == [("enhet", enhet_id, "namn", '"Ett"', '"Två"')]


def test_parts_that_go_with_a_person_are_recorded_too(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        person = make_deltagare(work.session)
        number = make_tidigare_nummer(work.session, deltagare_id=person.id)
    with store.unit_of_work(SYSTEM, "borttagning") as work:
        work.session.delete(work.session.get_one(Deltagare, person.id))
    removed = {(tabell, row_id): json.loads(before) for tabell, row_id, _, before, _ in _cells(store)}
    assert removed.keys() == {("deltagare", person.id), ("tidigare_nummer", number.id)}
    assert removed["tidigare_nummer", number.id]["personnummer"] == number.personnummer
    assert removed["deltagare", person.id]["fodelsedatum"] == person.fodelsedatum.isoformat()
    with store.read(SYSTEM) as reading:
        assert reading.execute(select(TidigareNummer.id)).all() == []
        assert reading.execute(select(Sokord.ord)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        update(Enhet).values(typ="extern"),
        delete(Enhet.__table__),
        insert(Enhet).values(namn="Ny", typ="intern"),
    ],
)
def test_changes_past_the_orm_must_be_announced(store: Store, statement: Any) -> None:
    _make(store, make_enhet)
    with pytest.raises(RuntimeError, match="enhet"), store.unit_of_work(SYSTEM, "prov") as work:
        work.session.execute(statement)
    with store.unit_of_work(SYSTEM, "prov") as work:
        work.session.execute(statement, execution_options=RECORDED)
        work.recorder.record([Cell("enhet", 1, "typ", '"intern"', '"extern"')])
    assert _cells(store) == [("enhet", 1, "typ", '"intern"', '"extern"')]


def test_what_is_derived_needs_no_announcement(store: Store) -> None:
    _make(store, make_deltagare)
    with store.unit_of_work(SYSTEM, "prov") as work:
        first, second = work.session.scalars(select(Sokord).order_by(Sokord.ord))
        first.sortering = "annat"
        work.session.delete(second)
        work.session.flush()
        work.session.execute(delete(Sokord))
        work.session.execute(text("SELECT 1"))
    assert work.changes is None


def test_a_row_without_id_cannot_be_recorded(store: Store) -> None:
    with pytest.raises(TypeError, match="Resultat"), store.unit_of_work(SYSTEM, "prov") as work:
        work.session.add(Resultat(namn="nytt", kolada="E", egen_forsorjning=False, ordning=99))


def test_savepoints_are_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="savepoints"), store.unit_of_work(SYSTEM, "prov") as work:
        work.session.begin_nested()


def _add(session: Any, enhet: Enhet) -> None:
    session.add(Enhet(namn="Ny", typ="intern"))


def _add_and_flush(session: Any, enhet: Enhet) -> None:
    make_enhet(session)


def _change(session: Any, enhet: Enhet) -> None:
    enhet.typ = "extern"


def _remove(session: Any, enhet: Enhet) -> None:
    session.delete(enhet)


@pytest.mark.parametrize("act", [_add, _add_and_flush, _change, _remove])
def test_a_commit_before_the_history_is_written_is_refused(store: Store, act: Any) -> None:
    enhet_id = _make(store, make_enhet)
    with pytest.raises(RuntimeError, match="commits by itself"), store.unit_of_work(SYSTEM, "prov") as work:
        act(work.session, work.session.get_one(Enhet, enhet_id))
        work.session.commit()
    with store.read(SYSTEM) as reading:
        assert [row.typ for row in reading.scalars(select(Enhet))] == ["intern"]


def test_a_commit_with_nothing_left_to_record_is_let_through(store: Store) -> None:
    enhet_id = _make(store, make_enhet, typ="intern")
    with store.unit_of_work(SYSTEM, "prov") as work:
        work.session.get_one(Enhet, enhet_id).typ = "intern"
        work.session.commit()
    assert work.changes is None


def test_what_was_rolled_back_is_not_recorded(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        make_enhet(work.session, namn="Ett")
        with pytest.raises(IntegrityError):
            make_enhet(work.session, namn="Ett")
        work.session.rollback()
        enhet = make_enhet(work.session, namn="Två")
    assert _cells(store) == [("enhet", enhet.id, NEW, None, None)]
    with store.read(SYSTEM) as reading:
        assert list(reading.scalars(select(Enhet.namn))) == ["Två"]


def test_a_row_written_past_the_orm_is_recorded_and_its_faults_are_told(store: Store) -> None:
    values = {"namn": "Återbruket", "typ": "intern"}
    with store.unit_of_work(SYSTEM, "prov") as work:
        row_id = work.recorder.insert(Enhet, values)
        assert work.session.get_one(Enhet, row_id).namn == "Återbruket"
    assert _cells(store) == [("enhet", row_id, NEW, None, None)]
    with pytest.raises(IntegrityError), store.unit_of_work(SYSTEM, "prov") as work:
        work.recorder.insert(Enhet, values)
    with store.read(SYSTEM) as reading:
        assert len(reading.scalars(select(Enhet)).all()) == 1
