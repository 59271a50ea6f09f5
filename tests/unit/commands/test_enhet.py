"""Enheter: added, changed, their places from a day, their cost, opened and closed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.enhet import (
    EnhetUppgifter,
    add_enhet,
    check_enhet,
    check_kostnad,
    read_uppgifter,
    set_kostnad,
    update_enhet,
)
from db.commands.platser import (
    Hinder,
    PlatsUppgifter,
    check_platser,
    check_stangning,
    close_enhet,
    find_hinder,
    find_stangningshinder,
    set_platser,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, HinderError, NotFoundError
from db.models import Enhet, Kapacitet, Kostnad
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

NYAR = date(2024, 1, 1)
UPPGIFTER = EnhetUppgifter("Snickeriet", "intern", "Kommunen")


def kapacitet(store: Store) -> list[tuple[date, date | None, int]]:
    query = select(Kapacitet.fran, Kapacitet.till, Kapacitet.platser).order_by(Kapacitet.fran)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def kostnader(store: Store) -> list[tuple[int, int]]:
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(Kostnad.ar, Kostnad.belopp_ore))]


def an_enhet(store: Store, platser: int = 3, till: date | None = None) -> int:
    def made(session: Session) -> int:
        enhet = make.make_enhet(session, namn="Snickeriet")
        make.make_kapacitet(session, enhet_id=enhet.id, fran=NYAR, till=till, platser=platser)
        return int(enhet.id)

    return fill(store, made)


def there(store: Store, enhet_id: int, namn: str = "Berg", skyddad: str = "nej", **days: date) -> int:
    def made(session: Session) -> int:
        person = make.make_deltagare(session, fornamn="Anna", efternamn=namn, skyddad=skyddad)
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id, inskriven=NYAR)
        values = {"start": NYAR, **days}
        return int(make.make_insats(session, inskrivning_id=inskrivning.id, enhet_id=enhet_id, **values).id)

    return fill(store, made)


def test_a_new_enhet_has_places_and_a_cost_and_goes_with_one_undo(store: Store) -> None:
    saved = add_enhet(store, ELIN, UPPGIFTER, PlatsUppgifter(8, IDAG), 80_000_000, idag=IDAG)
    assert kapacitet(store) == [(IDAG, None, 8)]
    assert kostnader(store) == [(2024, 80_000_000)]
    with store.read(ELIN) as session:
        assert read_uppgifter(session, ELIN, saved.id) == UPPGIFTER
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert session.scalars(select(Enhet)).all() == []
    assert kapacitet(store) == kostnader(store) == []


def test_the_cost_of_a_new_enhet_may_be_told_later(store: Store) -> None:
    add_enhet(store, ELIN, UPPGIFTER, PlatsUppgifter(8, IDAG), idag=IDAG)
    assert kostnader(store) == []


@pytest.mark.parametrize(
    ("uppgifter", "field"),
    [
        (EnhetUppgifter("  ", "intern"), "namn"),
        (EnhetUppgifter("x" * 201, "intern"), "namn"),
        (EnhetUppgifter("SNICKERIET", "intern"), "namn"),
        (EnhetUppgifter("Köket", "annan"), "typ"),
        (EnhetUppgifter("Köket", "extern", "x" * 201), "anordnare"),
    ],
)
def test_what_an_enhet_cannot_be(store: Store, uppgifter: EnhetUppgifter, field: str) -> None:
    enhet_id = an_enhet(store)
    with store.read(ELIN) as session:
        found = check_enhet(session, ELIN, uppgifter)
        assert [(f.field, f.stops) for f in found] == [(field, True)]
        assert check_enhet(session, ELIN, EnhetUppgifter("Snickeriet", "extern"), enhet_id) == ()
    with pytest.raises(DataError) as error:
        add_enhet(store, ELIN, uppgifter, PlatsUppgifter(8, IDAG), idag=IDAG)
    assert error.value.field == field


def test_an_enhet_is_changed_by_one_at_a_time(store: Store) -> None:
    enhet_id = an_enhet(store)
    with store.read(ELIN) as session:
        before = read_uppgifter(session, ELIN, enhet_id)
    ny = EnhetUppgifter(" Snickeriet,  Arena ", "extern", "Lärbron")
    saved = update_enhet(store, ELIN, enhet_id, ny, before)
    assert saved is not None
    clean = EnhetUppgifter("Snickeriet, Arena", "extern", "Lärbron")
    assert update_enhet(store, EVA, enhet_id, ny, clean) is None
    with pytest.raises(ConflictError) as error:
        update_enhet(store, EVA, enhet_id, UPPGIFTER, before)
    assert error.value.nu == clean
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert read_uppgifter(session, ELIN, enhet_id) == before
        with pytest.raises(NotFoundError):
            read_uppgifter(session, ELIN, enhet_id + 1)


def test_places_from_a_day_keep_what_was_before(store: Store) -> None:
    enhet_id = an_enhet(store)
    saved = set_platser(store, ELIN, enhet_id, PlatsUppgifter(5, IDAG), idag=IDAG)
    assert saved is not None
    assert saved.varningar == ()
    assert kapacitet(store) == [(NYAR, IDAG - timedelta(1), 3), (IDAG, None, 5)]
    assert set_platser(store, ELIN, enhet_id, PlatsUppgifter(5, IDAG), idag=IDAG) is None
    again = set_platser(store, ELIN, enhet_id, PlatsUppgifter(6, IDAG), idag=IDAG)
    assert again is not None
    assert kapacitet(store)[1] == (IDAG, None, 6)
    undo_act(store, ELIN, again.changes.handelse_id)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert kapacitet(store) == [(NYAR, None, 3)]


def test_a_row_that_is_open_until_the_next_stays_as_it_is_stored(store: Store) -> None:
    enhet_id = an_enhet(store)
    fill(store, lambda session: make.make_kapacitet(session, enhet_id=enhet_id, fran=IDAG, platser=9))
    set_platser(store, ELIN, enhet_id, PlatsUppgifter(4, IDAG + timedelta(30)), idag=IDAG)
    assert kapacitet(store) == [
        (NYAR, None, 3),
        (IDAG, IDAG + timedelta(29), 9),
        (IDAG + timedelta(30), None, 4),
    ]


def test_a_day_that_has_been_is_told(store: Store) -> None:
    enhet_id = an_enhet(store)
    saved = set_platser(store, ELIN, enhet_id, PlatsUppgifter(5, date(2024, 2, 1)), idag=IDAG)
    assert saved is not None
    assert [f.field for f in saved.varningar] == ["fran"]
    for antal in (-1, 100_001):
        assert [f.field for f in check_platser(PlatsUppgifter(antal, IDAG), IDAG) if f.stops] == ["platser"]


def test_fewer_places_than_people_are_refused_with_the_people(store: Store) -> None:
    enhet_id = an_enhet(store)
    there(store, enhet_id, "Alm")
    there(store, enhet_id, "Berg", planerat_slut=IDAG + timedelta(20))
    there(store, enhet_id, "Hemlig", skyddad="sekretessmarkering", start=IDAG + timedelta(2))
    with pytest.raises(HinderError) as error:
        set_platser(store, ELIN, enhet_id, PlatsUppgifter(1, IDAG), idag=IDAG)
    assert error.value.field == "platser"
    assert [namn for _, namn in error.value.personer] == ["Anna Alm", "Anna Berg"]
    assert error.value.ovriga == 0
    assert error.value.message.replace("\u00a0", " ") == (
        "2 personer har plats 3 jun 2024, och det blir 1 plats. Flytta eller avsluta minst 1 av dem först."
    )
    with pytest.raises(HinderError) as error:
        set_platser(store, ELIN, enhet_id, PlatsUppgifter(2, IDAG), idag=IDAG)
    # Whom the user may not know of is counted only.
    assert ([namn for _, namn in error.value.personer], error.value.ovriga) == (["Anna Alm", "Anna Berg"], 1)
    assert error.value.message.replace("\u00a0", " ") == (
        "3 personer har plats 5 jun 2024, och det blir 2 platser. Flytta eller avsluta minst 1 av dem först, "
        "eller välj en dag från 24 jun 2024."
    )
    with store.read(ELIN) as session:
        hinder = find_hinder(session, ELIN, enhet_id, PlatsUppgifter(2, IDAG), IDAG)
        assert hinder is not None
        assert hinder.gar_fran == date(2024, 6, 24)
    assert kapacitet(store) == [(NYAR, None, 3)]
    saved = set_platser(store, ELIN, enhet_id, PlatsUppgifter(2, hinder.gar_fran), idag=IDAG)
    assert saved is not None


def test_an_enhet_that_is_too_full_already_may_get_more_places(store: Store) -> None:
    enhet_id = an_enhet(store, platser=1)
    for _ in range(3):
        there(store, enhet_id)
    assert set_platser(store, ELIN, enhet_id, PlatsUppgifter(2, IDAG), idag=IDAG) is not None


def test_closing_is_refused_while_somebody_stays(store: Store) -> None:
    enhet_id = an_enhet(store)
    there(store, enhet_id, "Alm", planerat_slut=IDAG + timedelta(9))
    there(store, enhet_id, "Berg", planerat_slut=IDAG + timedelta(40))
    there(store, enhet_id, "Gått", slut=IDAG - timedelta(1))
    sista = IDAG + timedelta(9)
    with pytest.raises(HinderError) as error:
        close_enhet(store, ELIN, enhet_id, sista, idag=IDAG)
    assert (error.value.personer[0][1], len(error.value.personer)) == ("Anna Berg", 1)
    assert error.value.message.replace("\u00a0", " ") == (
        "1 person har plats efter 12 jun 2024. Flytta dem eller avsluta deras insatser först, "
        "eller välj 13 jul 2024 som sista dag."
    )
    with store.read(ELIN) as session:
        hinder = find_stangningshinder(session, ELIN, enhet_id, sista, IDAG)
        assert isinstance(hinder, Hinder)
        assert hinder.gar_fran == date(2024, 7, 13)
    saved = close_enhet(store, ELIN, enhet_id, hinder.gar_fran, idag=IDAG)
    assert kapacitet(store) == [(NYAR, date(2024, 7, 13), 3)]
    undo_act(store, ELIN, saved.changes.handelse_id)
    there(store, enhet_id, "Utan slut", planerat_slut=IDAG - timedelta(5))
    with pytest.raises(HinderError) as error:
        close_enhet(store, ELIN, enhet_id, date(2024, 7, 13), idag=IDAG)
    assert error.value.message.endswith("avsluta deras insatser först.")


def test_an_enhet_closes_once_and_opens_again(store: Store) -> None:
    enhet_id = an_enhet(store)
    fill(store, lambda session: make.make_kapacitet(session, enhet_id=enhet_id, fran=IDAG + timedelta(60)))
    fill(store, lambda session: make.make_platsko(session, enhet_id=enhet_id))
    saved = close_enhet(store, ELIN, enhet_id, IDAG - timedelta(3), idag=IDAG)
    passed, waits = (f.message for f in saved.varningar)
    assert passed.startswith("Dagen har varit")
    assert waits == "1 person står i kö hit och står kvar i kön."
    assert kapacitet(store) == [(NYAR, IDAG - timedelta(3), 3)]
    with store.read(ELIN) as session:
        for sista, told in ((IDAG, "Enheten stänger"), (IDAG - timedelta(3), "Enheten stänger")):
            found = check_stangning(session, ELIN, enhet_id, sista, IDAG)
            assert found[0].stops
            assert found[0].message.startswith(told)
        early = check_stangning(session, ELIN, enhet_id, NYAR - timedelta(1), IDAG)
        assert early[0].message == "Enheten har inga platser den dagen."
        assert find_stangningshinder(session, ELIN, enhet_id, NYAR, IDAG) is None
    opened = set_platser(store, ELIN, enhet_id, PlatsUppgifter(4, IDAG), idag=IDAG)
    assert opened is not None
    assert kapacitet(store) == [(NYAR, IDAG - timedelta(3), 3), (IDAG, None, 4)]


def test_an_enhet_that_never_had_places_cannot_close(store: Store) -> None:
    enhet_id = fill(store, lambda session: int(make.make_enhet(session).id))
    with store.read(ELIN) as session:
        assert check_stangning(session, ELIN, enhet_id, IDAG, IDAG)[0].message == "Enheten har inga platser."
    with pytest.raises(NotFoundError):
        close_enhet(store, ELIN, enhet_id + 1, IDAG, idag=IDAG)


def test_the_cost_of_a_year(store: Store) -> None:
    enhet_id = an_enhet(store)
    assert set_kostnad(store, ELIN, enhet_id, 2024, None) is None
    for belopp in (80_000_000, 90_000_000):
        saved = set_kostnad(store, ELIN, enhet_id, 2024, belopp)
        assert saved is not None
        assert kostnader(store) == [(2024, belopp)]
    assert set_kostnad(store, ELIN, enhet_id, 2024, 90_000_000) is None
    gone = set_kostnad(store, ELIN, enhet_id, 2024, None)
    assert gone is not None
    assert kostnader(store) == []
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert kostnader(store) == [(2024, 90_000_000)]
    assert [f.field for f in (*check_kostnad(24, 1), *check_kostnad(2024, -1))] == ["ar", "kostnad"]
    assert check_kostnad(2024, None) == ()
