"""BIP: answers of a day saved, changed, moved, removed; the next day agreed in the same act."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.bip import BipUppgifter, answer_field, check_bip, remove_bip, save_bip
from db.commands.settings import save_settings
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Bip, Bipplan
from db.rules.bip import BIP_INDIKATORER
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, andringar, fill

INSKRIVEN = date(2024, 3, 1)
NASTA = date(2024, 9, 3)  # by the rule
SVAR = {"nätverk": 3, "samarbete": 4}


@pytest.fixture
def inskrivning_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_inskrivning(s, inskriven=INSKRIVEN)).id)


def measured(inskrivning_id: int, svar: Mapping[str, int] = SVAR, **values: Any) -> BipUppgifter:
    return BipUppgifter(
        inskrivning_id, **{"datum": IDAG, "svarande": "deltagare", "svar": svar, "nasta": None} | values
    )


def held(store: Store) -> list[tuple[date, str, str, int]]:
    columns = (Bip.datum, Bip.svarande, Bip.indikator, Bip.varde)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Bip.datum, Bip.indikator))]


def planned(store: Store) -> date | None:
    with store.read(ELIN) as session:
        return session.execute(select(Bipplan.nasta)).scalar()


def test_answers_and_the_day_agreed_are_one_act(store: Store, inskrivning_id: int) -> None:
    agreed = date(2024, 8, 1)
    saved = save_bip(store, ELIN, measured(inskrivning_id, nasta=agreed), IDAG)
    assert saved is not None
    assert held(store) == [(IDAG, "deltagare", "nätverk", 3), (IDAG, "deltagare", "samarbete", 4)]
    assert planned(store) == agreed
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert (held(store), planned(store)) == ([], None)


@pytest.mark.parametrize("nasta", [None, NASTA])
def test_a_day_by_the_rule_is_not_kept(store: Store, inskrivning_id: int, nasta: date | None) -> None:
    save_bip(store, ELIN, measured(inskrivning_id, nasta=date(2024, 8, 1)), IDAG)
    save_bip(store, ELIN, measured(inskrivning_id, svarande="handläggare", nasta=nasta), IDAG)
    assert planned(store) is None


def test_the_day_agreed_moves(store: Store, inskrivning_id: int) -> None:
    save_bip(store, ELIN, measured(inskrivning_id, nasta=date(2024, 8, 1)), IDAG)
    save_bip(store, ELIN, measured(inskrivning_id, svarande="handläggare", nasta=date(2024, 8, 15)), IDAG)
    assert planned(store) == date(2024, 8, 15)


def test_an_earlier_measurement_does_not_move_the_rule_s_day(store: Store, inskrivning_id: int) -> None:
    save_bip(store, ELIN, measured(inskrivning_id), IDAG)
    save_bip(store, ELIN, measured(inskrivning_id, datum=INSKRIVEN, nasta=NASTA), IDAG)
    assert planned(store) is None


def test_it_is_changed_and_moved_to_another_day(store: Store, inskrivning_id: int) -> None:
    before = measured(inskrivning_id)
    save_bip(store, ELIN, before, IDAG)
    assert save_bip(store, ELIN, before, IDAG, before) is None
    after = measured(inskrivning_id, {"nätverk": 5, "jobbsökande": 1}, datum=IDAG - timedelta(1))
    saved = save_bip(store, ELIN, after, IDAG, before)
    assert saved is not None
    day = IDAG - timedelta(1)
    assert held(store) == [(day, "deltagare", "jobbsökande", 1), (day, "deltagare", "nätverk", 5)]
    assert ("bip", "varde", "3", "5") in andringar(store, saved.changes.handelse_id)
    with pytest.raises(ConflictError) as moved:
        save_bip(store, ELIN, after, IDAG, before)
    assert moved.value.nu == measured(inskrivning_id, {})
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert [row[2:] for row in held(store)] == [("nätverk", 3), ("samarbete", 4)]


def test_what_it_says_now_is_told_where_it_was_changed_meanwhile(store: Store, inskrivning_id: int) -> None:
    before, others = measured(inskrivning_id), measured(inskrivning_id, {"nätverk": 5})
    save_bip(store, ELIN, before, IDAG)
    save_bip(store, EVA, others, IDAG, before)
    with pytest.raises(ConflictError) as met:
        save_bip(store, ELIN, measured(inskrivning_id, {"nätverk": 1}), IDAG, before)
    assert met.value.nu == others


def test_two_new_ones_of_the_same_day_meet(store: Store, inskrivning_id: int) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Ek"))
    empty, others = measured(inskrivning_id, {}), measured(inskrivning_id, {"nätverk": 5})
    save_bip(store, EVA, others, IDAG, empty)
    with pytest.raises(ConflictError) as met:
        save_bip(store, ELIN, measured(inskrivning_id), IDAG, empty)
    assert met.value.nu == others
    assert met.value.senast is not None
    assert met.value.senast[0] == "Eva Ek"
    assert save_bip(store, ELIN, measured(inskrivning_id), IDAG, others) is not None
    assert [row[2:] for row in held(store)] == [("nätverk", 3), ("samarbete", 4)]


def test_one_that_was_removed_meanwhile_can_be_written_again(store: Store, inskrivning_id: int) -> None:
    before = measured(inskrivning_id)
    save_bip(store, ELIN, before, IDAG)
    remove_bip(store, EVA, before)
    with pytest.raises(ConflictError) as met:
        save_bip(store, ELIN, measured(inskrivning_id, {"nätverk": 1}), IDAG, before)
    assert met.value.nu == measured(inskrivning_id, {})
    assert met.value.senast is None
    assert isinstance(met.value.nu, BipUppgifter)
    assert save_bip(store, ELIN, measured(inskrivning_id, {"nätverk": 1}), IDAG, met.value.nu) is not None
    assert [row[2:] for row in held(store)] == [("nätverk", 1)]


def test_the_day_agreed_meanwhile_is_not_written_over(store: Store, inskrivning_id: int) -> None:
    before, agreed = measured(inskrivning_id), date(2024, 8, 1)
    save_bip(store, ELIN, before, IDAG)
    save_bip(store, EVA, measured(inskrivning_id, nasta=agreed), IDAG, before)
    with pytest.raises(ConflictError) as met:
        save_bip(store, ELIN, measured(inskrivning_id, {"nätverk": 1}), IDAG, before)
    assert met.value.nu == measured(inskrivning_id, nasta=agreed)


def test_one_measurement_a_day_of_each(store: Store, inskrivning_id: int) -> None:
    save_bip(store, ELIN, measured(inskrivning_id), IDAG)
    with pytest.raises(DataError, match="redan en mätning") as refused:
        save_bip(store, ELIN, measured(inskrivning_id), IDAG)
    assert refused.value.field == "datum"


def test_it_is_removed_and_had_back(store: Store, inskrivning_id: int) -> None:
    matning = measured(inskrivning_id)
    save_bip(store, ELIN, matning, IDAG)
    for strange in (measured(inskrivning_id, {"nätverk": 1}), measured(inskrivning_id, {}, datum=INSKRIVEN)):
        with pytest.raises(ConflictError):
            remove_bip(store, ELIN, strange)
    changes = remove_bip(store, ELIN, matning).changes
    assert held(store) == []
    undo_act(store, ELIN, changes.handelse_id)
    assert len(held(store)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"datum": IDAG + timedelta(1)}, "datum"),
        ({"datum": INSKRIVEN - timedelta(1)}, "datum"),
        ({"svar": {}}, "svar1"),
        ({"svar": {"nätverk": 6}}, answer_field("nätverk")),
        ({"svar": {"nätverk": 0}}, "svar9"),
        ({"svar": {"yrkeskunskap": 3}}, ""),
        ({"nasta": IDAG}, "nasta"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, inskrivning_id: int, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        save_bip(store, ELIN, measured(inskrivning_id, **values), IDAG)
    assert refused.value.field == field


def test_not_after_the_avslut(store: Store) -> None:
    closed = fill(
        store,
        lambda s: make.make_inskrivning(s, inskriven=INSKRIVEN, avslutad=date(2024, 5, 1)),
    )
    save_bip(store, ELIN, measured(closed.id, datum=date(2024, 5, 1)), IDAG)
    with pytest.raises(DataError, match="avslutades") as refused:
        save_bip(store, ELIN, measured(closed.id), IDAG)
    assert refused.value.field == "datum"


@pytest.mark.parametrize(
    ("nasta", "said"), [(date(2024, 5, 1), "passerat"), (date(2025, 7, 1), "mer än ett år")]
)
def test_a_strange_next_day_is_only_told(store: Store, inskrivning_id: int, nasta: date, said: str) -> None:
    saved = save_bip(store, ELIN, measured(inskrivning_id, datum=date(2024, 4, 1), nasta=nasta), IDAG)
    assert saved is not None
    assert [said in finding.message for finding in saved.varningar] == [True]


def test_the_scale_is_the_register_s_and_old_answers_stay(store: Store, inskrivning_id: int) -> None:
    save_settings(store, ELIN, {"bip.skala": 10})
    wide = measured(inskrivning_id, {"nätverk": 9})
    save_bip(store, ELIN, wide, IDAG)
    save_settings(store, ELIN, {"bip.skala": 5})
    more = measured(inskrivning_id, {"nätverk": 9, "samarbete": 5})
    assert save_bip(store, ELIN, more, IDAG, wide) is not None
    with pytest.raises(DataError, match="1 till 5"):
        save_bip(store, ELIN, measured(inskrivning_id, {"nätverk": 8}), IDAG, more)


def test_what_may_not_be_known_is_not_there(store: Store) -> None:
    secret = fill(store, lambda s: make.make_deltagare(s, skyddad="fingerade uppgifter"))
    hidden = fill(store, lambda s: make.make_inskrivning(s, deltagare_id=secret.id, koordinator="elin")).id
    matning = measured(hidden)
    save_bip(store, ELIN, matning, IDAG)
    for act in (
        lambda: save_bip(store, EVA, matning, IDAG),
        lambda: remove_bip(store, EVA, matning),
        lambda: save_bip(store, ELIN, measured(404), IDAG),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_the_fields_are_numbered_as_the_questions() -> None:
    assert [answer_field(name) for name in BIP_INDIKATORER] == [f"svar{n}" for n in range(1, 12)]


def test_it_can_be_checked_without_saving(store: Store, inskrivning_id: int) -> None:
    with store.read(ELIN) as session:
        assert check_bip(session, ELIN, measured(inskrivning_id), IDAG) == ()
