"""Enrolling a person who is registered, and changing an inskrivning; its steg move along."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.inskrivning import (
    InskrivningUppgifter,
    check_inskrivning,
    create_inskrivning,
    update_inskrivning,
)
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Inskrivning, Steg, Stegperiod
from db.queries.passerade import list_passerade
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

START = date(2024, 5, 1)
UPPGIFTER = InskrivningUppgifter(
    START, date(2024, 4, 24), "socialtjänst", "Sysselsättning", "elin", "ekonomiskt bistånd"
)


@pytest.fixture
def person_id(store: Store) -> int:
    return int(fill(store, make.make_deltagare).id)


def held(store: Store) -> list[tuple[Any, ...]]:
    columns = (
        Inskrivning.inskriven, Inskrivning.anvisad, Inskrivning.hanvisad_av, Inskrivning.spar,
        Inskrivning.koordinator, Inskrivning.forsorjning_fore,
    )  # fmt: skip
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Inskrivning.inskriven))]


def steg(store: Store) -> list[tuple[str, date]]:
    query = select(Steg.namn, Stegperiod.fran).join(Steg).order_by(Stegperiod.fran, Steg.ordning)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def told(store: Store, person_id: int, uppgifter: InskrivningUppgifter, own: int | None = None) -> list[str]:
    with store.read(ELIN) as session:
        found = check_inskrivning(session, ELIN, person_id, uppgifter, IDAG, own)
        return [finding.message for finding in found]


def test_a_person_is_enrolled_in_the_first_steg_and_taken_back(store: Store, person_id: int) -> None:
    saved = create_inskrivning(store, ELIN, person_id, UPPGIFTER, IDAG)
    assert held(store) == [
        (START, date(2024, 4, 24), "socialtjänst", "Sysselsättning", "elin", "ekonomiskt bistånd")
    ]
    assert steg(store) == [("Aktualisering", START)]
    assert saved.varningar == ()
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == steg(store) == []


def test_nobody_is_enrolled_twice_at_once(store: Store, person_id: int) -> None:
    create_inskrivning(store, ELIN, person_id, UPPGIFTER, IDAG)
    with pytest.raises(DataError, match="redan inskriven sedan 1\u00a0maj\u00a02024") as refused:
        create_inskrivning(store, ELIN, person_id, InskrivningUppgifter(IDAG), IDAG)
    assert refused.value.field == "inskriven"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"inskriven": date(1949, 1, 1)}, "inskriven"),
        ({"hanvisad_av": "grannen"}, "hanvisad_av"),
        ({"forsorjning_fore": "lotteri"}, "forsorjning_fore"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, person_id: int, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        create_inskrivning(store, ELIN, person_id, InskrivningUppgifter(**{"inskriven": IDAG} | values), IDAG)
    assert refused.value.field == field


def test_a_return_within_a_year_is_told(store: Store, person_id: int) -> None:
    def before(session: Session) -> Any:
        make.make_inskrivning(
            session, deltagare_id=person_id, inskriven=date(2022, 1, 3), avslutad=date(2022, 9, 1)
        )
        return make.make_inskrivning(
            session, deltagare_id=person_id, inskriven=date(2023, 1, 3), avslutad=date(2024, 5, 10)
        )

    fill(store, before)
    assert told(store, person_id, UPPGIFTER) == [
        "En tidigare inskrivning gällde till 10\u00a0maj\u00a02024. Kontrollera dagen."
    ]
    returned = InskrivningUppgifter(IDAG, koordinator="elin")
    assert told(store, person_id, returned) == [
        "Räknas som återaktualisering: förra avslutet var 10\u00a0maj\u00a02024."
    ]


def test_days_shared_with_an_earlier_one_have_their_reason_kept(store: Store, person_id: int) -> None:
    fill(
        store,
        lambda s: make.make_inskrivning(
            s, deltagare_id=person_id, inskriven=date(2023, 1, 3), avslutad=date(2024, 5, 10)
        ),
    )
    with pytest.raises(DataError) as asked:
        create_inskrivning(store, ELIN, person_id, UPPGIFTER, IDAG, "")
    assert asked.value.field == FIELD
    saved = create_inskrivning(store, ELIN, person_id, UPPGIFTER, IDAG, "Bytte spår.")
    with store.read(ELIN) as session:
        assert [row.skal for row in list_passerade(session, "inskrivning", saved.id)] == ["Bytte spår."]
    later = InskrivningUppgifter(START + timedelta(1), koordinator="bo")
    assert update_inskrivning(store, ELIN, saved.id, later, IDAG, None, "") is not None


def test_a_protected_person_is_seen_by_those_named_alone(store: Store) -> None:
    def secret(session: Session) -> Any:
        person = make.make_deltagare(session, skyddad="sekretessmarkering")
        make.make_arende(session, deltagare_id=person.id, handlaggare="elin")
        return person

    person = fill(store, secret)
    assert told(store, person.id, InskrivningUppgifter(IDAG, koordinator="bo")) == [
        "Deltagaren har skyddade personuppgifter och syns bara för den som är ansvarig."
    ]
    assert told(store, person.id, InskrivningUppgifter(IDAG, koordinator="elin")) == []
    with pytest.raises(NotFoundError):
        create_inskrivning(store, EVA, person.id, UPPGIFTER, IDAG)


def test_it_is_changed_and_its_first_steg_moves_along(store: Store, person_id: int) -> None:
    saved = create_inskrivning(store, ELIN, person_id, UPPGIFTER, IDAG)
    later = InskrivningUppgifter(START + timedelta(5), koordinator="bo")
    changed = update_inskrivning(store, ELIN, saved.id, later, IDAG, UPPGIFTER)
    assert changed is not None
    assert held(store) == [(START + timedelta(5), None, None, "", "bo", None)]
    assert steg(store) == [("Aktualisering", START + timedelta(5))]
    assert update_inskrivning(store, ELIN, saved.id, later, IDAG) is None
    with pytest.raises(ConflictError):
        update_inskrivning(store, ELIN, saved.id, UPPGIFTER, IDAG, UPPGIFTER)
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert steg(store) == [("Aktualisering", START)]


def test_the_day_is_not_asked_about_again_where_it_stays(store: Store, person_id: int) -> None:
    old = InskrivningUppgifter(date(2022, 1, 3), koordinator="elin")
    assert len(told(store, person_id, old)) == 1
    saved = create_inskrivning(store, ELIN, person_id, old, IDAG)
    assert told(store, person_id, InskrivningUppgifter(date(2022, 1, 3), koordinator="bo"), saved.id) == []


@pytest.mark.parametrize("what", ["avslut", "insats", "steg"])
def test_what_has_happened_stays_inside(store: Store, person_id: int, what: str) -> None:
    def made(session: Session) -> Any:
        row = make.make_inskrivning(session, deltagare_id=person_id, inskriven=START)
        make.make_stegperiod(session, inskrivning_id=row.id, fran=START)
        if what == "avslut":
            row.avslutad, row.resultat = date(2024, 5, 9), "arbete"
        elif what == "insats":
            make.make_insats(session, inskrivning_id=row.id, start=date(2024, 5, 9))
        else:
            make.make_stegperiod(session, inskrivning_id=row.id, steg="Planering", fran=date(2024, 5, 9))
        return row

    row = fill(store, made)
    assert update_inskrivning(store, ELIN, row.id, InskrivningUppgifter(date(2024, 5, 8)), IDAG) is not None
    with pytest.raises(DataError, match="9\u00a0maj\u00a02024") as refused:
        update_inskrivning(store, ELIN, row.id, InskrivningUppgifter(date(2024, 5, 10)), IDAG)
    assert refused.value.field == "inskriven"


def test_what_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Inskrivningen"):
        update_inskrivning(store, ELIN, 404, UPPGIFTER, IDAG)
