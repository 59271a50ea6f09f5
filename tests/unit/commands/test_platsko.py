"""The queue for places: joined, changed, left, and left with a place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.avslut import AvslutUppgifter, close_inskrivning, plan_avslut
from db.commands.avslut_foljder import Sak
from db.commands.borttagning import remove_row
from db.commands.insats import InsatsUppgifter
from db.commands.platsko import (
    PlatskoUppgifter,
    add_platsko,
    check_platsko,
    end_platsko,
    give_plats,
    read_platsko,
    update_platsko,
)
from db.commands.sammanslagning import Sammanslagning, merge_deltagare
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Insats, Inskrivning, Platsko
from db.queries.agare import find_agare
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

START = date(2024, 5, 1)


def enrolled(store: Store, **values: object) -> int:
    def made(session: Session) -> int:
        person = make.make_deltagare(session, **values)
        return int(make.make_inskrivning(session, deltagare_id=person.id, inskriven=START).id)

    return fill(store, made)


def an_enhet(store: Store, platser: int = 3) -> int:
    def made(session: Session) -> int:
        enhet = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=enhet.id, fran=START, platser=platser)
        return int(enhet.id)

    return fill(store, made)


def a_typ(store: Store) -> int:
    return fill(store, lambda session: int(make.make_insatstyp(session).id))


def rows(store: Store) -> list[tuple[date | None, int | None]]:
    with store.read(ELIN) as session:
        query = select(Platsko.till, Platsko.insats_id).order_by(Platsko.id)
        return [tuple(row) for row in session.execute(query)]


def wait(store: Store, **values: object) -> tuple[int, PlatskoUppgifter]:
    uppgifter = PlatskoUppgifter(enrolled(store), an_enhet(store), None, IDAG - timedelta(10))
    uppgifter = replace(uppgifter, **values)  # type: ignore[arg-type]
    return add_platsko(store, ELIN, uppgifter, idag=IDAG).id, uppgifter


def place(store: Store, uppgifter: PlatskoUppgifter, start: date = IDAG) -> InsatsUppgifter:
    return InsatsUppgifter(uppgifter.inskrivning_id, a_typ(store), start, enhet_id=uppgifter.enhet_id)


def test_somebody_waits_and_leaves_the_queue(store: Store) -> None:
    platsko_id, uppgifter = wait(store, text=" Vill helst börja i juni. ")
    with store.read(ELIN) as session:
        written = read_platsko(session, ELIN, platsko_id)
    assert written == replace(uppgifter, text="Vill helst börja i juni.")
    gone = end_platsko(store, ELIN, platsko_id, IDAG)
    assert rows(store) == [(IDAG, None)]
    for act in (
        lambda: end_platsko(store, ELIN, platsko_id, IDAG),
        lambda: update_platsko(store, ELIN, platsko_id, uppgifter, idag=IDAG),
        lambda: give_plats(store, ELIN, platsko_id, place(store, uppgifter), idag=IDAG),
    ):
        with pytest.raises(ConflictError):
            act()
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert rows(store) == [(None, None)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"enhet_id": None}, "enhet"),
        ({"enhet_id": 999}, "enhet"),
        ({"insatstyp_id": 999}, "insatstyp"),
        ({"sedan": IDAG + timedelta(1)}, "sedan"),
        ({"sedan": START - timedelta(1)}, "sedan"),
        ({"onskad_start": IDAG - timedelta(11)}, "onskad_start"),
        ({"text": "x" * 2001}, "text"),
    ],
)
def test_what_cannot_be_waited_for(store: Store, values: dict[str, object], field: str) -> None:
    with pytest.raises(DataError) as error:
        wait(store, **values)
    assert error.value.field == field


def test_nobody_waits_twice_for_the_same_or_after_an_avslut(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    with pytest.raises(DataError, match="redan i den kön"):
        add_platsko(store, ELIN, uppgifter, idag=IDAG)
    add_platsko(store, ELIN, replace(uppgifter, insatstyp_id=a_typ(store)), idag=IDAG)
    assert update_platsko(store, ELIN, platsko_id, uppgifter, idag=IDAG) is None

    def close(session: Session) -> None:
        row = session.get_one(Inskrivning, uppgifter.inskrivning_id)
        row.avslutad, row.resultat = IDAG, "avbrutit"

    fill(store, close)
    with pytest.raises(DataError, match="Skriv in deltagaren igen"):
        update_platsko(store, ELIN, platsko_id, replace(uppgifter, text="Ny"), idag=IDAG)


def test_who_has_a_place_there_already_is_told_of(store: Store) -> None:
    _, uppgifter = wait(store)
    other = replace(uppgifter, insatstyp_id=a_typ(store))

    def there(session: Session) -> None:
        make.make_insats(
            session, inskrivning_id=other.inskrivning_id, enhet_id=other.enhet_id, start=START, slut=IDAG
        )

    with store.read(ELIN) as session:
        assert check_platsko(session, ELIN, other, IDAG) == ()
        assert check_platsko(session, ELIN, replace(other, enhet_id=None), IDAG) == ()
    fill(store, there)
    with store.read(ELIN) as session:
        assert "insats där från" in check_platsko(session, ELIN, other, IDAG)[0].message
        assert check_platsko(session, ELIN, other, IDAG + timedelta(1)) == ()


def test_a_row_is_changed_by_one_at_a_time(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    ny = replace(uppgifter, onskad_start=IDAG, text="Snart")
    saved = update_platsko(store, ELIN, platsko_id, ny, uppgifter, idag=IDAG)
    assert saved is not None
    with pytest.raises(ConflictError) as error:
        update_platsko(store, EVA, platsko_id, uppgifter, uppgifter, idag=IDAG)
    assert error.value.nu == ny
    with pytest.raises(DataError, match="annan inskrivning"):
        update_platsko(store, ELIN, platsko_id, replace(ny, inskrivning_id=999), idag=IDAG)
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert read_platsko(session, ELIN, platsko_id) == uppgifter


def test_a_place_ends_the_wait_and_one_undo_takes_back_both(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    saved = give_plats(store, ELIN, platsko_id, place(store, uppgifter, IDAG + timedelta(7)), idag=IDAG)
    assert rows(store) == [(IDAG, saved.id)]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert rows(store) == [(None, None)]
    with store.read(ELIN) as session:
        assert session.scalars(select(Insats)).all() == []


def test_a_place_that_is_taken_asks_for_a_reason(store: Store) -> None:
    platsko_id, uppgifter = wait(store, enhet_id=an_enhet(store, platser=0))
    insats = place(store, uppgifter)
    with pytest.raises(DataError) as error:
        give_plats(store, ELIN, platsko_id, insats, "", idag=IDAG)
    assert error.value.field == FIELD
    assert rows(store) == [(None, None)]
    saved = give_plats(store, ELIN, platsko_id, insats, "Överenskommet.", idag=IDAG)
    assert [f.field for f in saved.varningar] == ["enhet"]


def test_a_place_needs_an_enhet_and_the_right_person(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    insats = place(store, uppgifter)
    with pytest.raises(DataError) as error:
        give_plats(store, ELIN, platsko_id, replace(insats, enhet_id=None), idag=IDAG)
    assert error.value.field == "enhet"
    with pytest.raises(DataError, match="annan inskrivning"):
        give_plats(store, ELIN, platsko_id, replace(insats, inskrivning_id=enrolled(store)), idag=IDAG)
    with pytest.raises(NotFoundError):
        give_plats(store, ELIN, 999, insats, idag=IDAG)


def test_a_protected_person_waits_only_for_those_named(store: Store) -> None:
    hidden = enrolled(store, skyddad="sekretessmarkering")
    uppgifter = PlatskoUppgifter(hidden, an_enhet(store), None, IDAG)
    with pytest.raises(NotFoundError):
        add_platsko(store, ELIN, uppgifter, idag=IDAG)
    with pytest.raises(NotFoundError, match="Inskrivningen"):
        add_platsko(store, ELIN, replace(uppgifter, inskrivning_id=999), idag=IDAG)
    row = fill(store, lambda s: int(make.make_platsko(s, inskrivning_id=hidden).id))
    with store.read(ELIN) as session, pytest.raises(NotFoundError):
        read_platsko(session, ELIN, row)


def test_an_avslut_ends_the_wait_and_its_undo_revives_it(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    given = give_plats(store, ELIN, platsko_id, place(store, uppgifter, IDAG + timedelta(30)), idag=IDAG)
    add_platsko(store, ELIN, replace(uppgifter, enhet_id=None, insatstyp_id=a_typ(store)), idag=IDAG)
    add_platsko(store, ELIN, replace(uppgifter, sedan=IDAG), idag=IDAG)
    avslut = AvslutUppgifter(IDAG - timedelta(2), "avbrutit")
    with store.read(ELIN) as session:
        plan = plan_avslut(session, ELIN, uppgifter.inskrivning_id, avslut, IDAG)
    assert [a.sak for a in plan.avbokas].count(Sak.PLATSKO) == 2
    assert all(a.text for a in plan.avbokas)
    saved = close_inskrivning(store, ELIN, uppgifter.inskrivning_id, avslut, IDAG)
    assert rows(store) == [(IDAG, None), (IDAG - timedelta(2), None), (IDAG, None)]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert rows(store) == [(IDAG, given.id), (None, None), (None, None)]


def test_an_insats_that_is_removed_leaves_the_person_waiting(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    given = give_plats(store, ELIN, platsko_id, place(store, uppgifter), idag=IDAG)
    removed = remove_row(store, ELIN, "insats", given.id)
    assert rows(store) == [(None, None)]
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert rows(store) == [(IDAG, given.id)]

    def close(session: Session) -> None:
        row = session.get_one(Inskrivning, uppgifter.inskrivning_id)
        row.avslutad, row.resultat = IDAG, "avbrutit"

    fill(store, close)
    remove_row(store, ELIN, "insats", given.id)
    assert rows(store) == [(IDAG, None)]


def test_the_queue_follows_a_person_who_is_merged_with_another(store: Store) -> None:
    platsko_id, uppgifter = wait(store)
    kvar = fill(store, lambda session: int(make.make_deltagare(session).id))
    with store.read(ELIN) as session:
        annan = session.get_one(Inskrivning, uppgifter.inskrivning_id).deltagare_id
    val = Sammanslagning(annan, frozenset(), "Samma person.")
    merged = merge_deltagare(store, ELIN, kvar, val, IDAG)
    with store.read(ELIN) as session:
        assert find_agare(session, [("platsko", platsko_id)], {}) == {("platsko", platsko_id): kvar}
    undo_act(store, ELIN, merged.changes.handelse_id)
    with store.read(ELIN) as session:
        assert find_agare(session, [("platsko", platsko_id)], {}) == {("platsko", platsko_id): annan}
