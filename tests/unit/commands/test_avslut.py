"""Closing an inskrivning: R9, R10 and the insatser that end with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.avslut import AvslutUppgifter, asks_about_work, check_avslut, close_inskrivning
from db.errors import DataError, NotFoundError
from db.models import Insats, Inskrivning
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

DAG = date(2024, 6, 3)
STUDIER = AvslutUppgifter(DAG, "studier")


@pytest.fixture
def inskrivning_id(store: Store) -> int:
    return fill(store, make.make_inskrivning).id


def insatser(store: Store) -> list[tuple[date, date | None]]:
    with store.read(ELIN) as session:
        return [tuple(r) for r in session.execute(select(Insats.start, Insats.slut).order_by(Insats.start))]


def add_insats(store: Store, inskrivning_id: int, *dates: date | None) -> int:
    start, slut = dates
    return fill(
        store, lambda s: make.make_insats(s, inskrivning_id=inskrivning_id, start=start, slut=slut)
    ).id


def found(store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_avslut(session, ELIN, inskrivning_id, uppgifter)]


def test_what_runs_ends_and_what_is_planned_goes(store: Store, inskrivning_id: int) -> None:
    add_insats(store, inskrivning_id, date(2024, 2, 1), date(2024, 3, 1))
    add_insats(store, inskrivning_id, date(2024, 4, 1), None)
    add_insats(store, inskrivning_id, DAG, None)
    add_insats(store, inskrivning_id, date(2024, 6, 4), None)
    closed = close_inskrivning(store, ELIN, inskrivning_id, STUDIER)
    assert insatser(store) == [(date(2024, 2, 1), date(2024, 3, 1)), (date(2024, 4, 1), DAG), (DAG, DAG)]
    assert [w.field for w in closed.varningar] == ["avslutad", "avslutad"]
    with store.read(ELIN) as session:
        row = session.get_one(Inskrivning, inskrivning_id)
        assert (row.avslutad, row.resultat, row.minst_en_manad) == (DAG, "studier", None)


@pytest.mark.parametrize("child", [make.make_narvaro, make.make_osa_beslut])
def test_a_planned_insats_that_has_begun_stays(
    store: Store, inskrivning_id: int, child: Callable[..., Any]
) -> None:
    insats_id = add_insats(store, inskrivning_id, date(2024, 7, 1), None)
    fill(store, lambda s: child(s, insats_id=insats_id))
    with pytest.raises(DataError):
        close_inskrivning(store, ELIN, inskrivning_id, STUDIER)
    assert insatser(store) == [(date(2024, 7, 1), None)]


@pytest.mark.parametrize(
    ("uppgifter", "field"),
    [
        (AvslutUppgifter(date(2024, 1, 7), "studier"), "avslutad"),
        (AvslutUppgifter(DAG, ""), "resultat"),
        (AvslutUppgifter(DAG, "lotteri"), "resultat"),
        (AvslutUppgifter(DAG, "studier", arbete_fran=DAG), "arbete_fran"),
        (AvslutUppgifter(DAG, "studier", minst_en_manad=False), "arbete_fran"),
        (AvslutUppgifter(DAG, "arbete", arbete_till=DAG), "arbete_fran"),
        (AvslutUppgifter(DAG, "arbete", DAG, date(2024, 6, 2)), "arbete_till"),
        (AvslutUppgifter(DAG, "arbete", date(2024, 5, 3), date(2024, 6, 1), True), "minst_en_manad"),
        (AvslutUppgifter(DAG, "arbete", date(2024, 5, 3), date(2024, 6, 2), False), "minst_en_manad"),
    ],
)
def test_what_would_be_wrong_is_refused_at_its_field(
    store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter, field: str
) -> None:
    assert found(store, inskrivning_id, uppgifter)[0] == (field, True)
    with pytest.raises(DataError) as refused:
        close_inskrivning(store, ELIN, inskrivning_id, uppgifter)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("uppgifter", "warned"),
    [
        (AvslutUppgifter(DAG, "arbete"), ["arbete_fran", "minst_en_manad"]),
        (AvslutUppgifter(DAG, "arbete", DAG), ["minst_en_manad"]),
        (AvslutUppgifter(DAG, "eget företag", DAG, None, True), []),
        (AvslutUppgifter(DAG, "arbete", date(2024, 5, 3), date(2024, 6, 2), True), []),
        (AvslutUppgifter(DAG, "arbete med stöd", date(2024, 5, 3), date(2024, 6, 1), False), []),
        (STUDIER, []),
    ],
)
def test_unknown_work_is_a_warning(
    store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter, warned: list[str]
) -> None:
    closed = close_inskrivning(store, ELIN, inskrivning_id, uppgifter)
    assert [w.field for w in closed.varningar] == warned


def test_an_avslut_is_not_before_the_last_insats(store: Store, inskrivning_id: int) -> None:
    add_insats(store, inskrivning_id, date(2024, 2, 1), date(2024, 6, 4))
    assert found(store, inskrivning_id, STUDIER) == [("avslutad", True)]


def test_an_inskrivning_closes_once(store: Store, inskrivning_id: int) -> None:
    close_inskrivning(store, ELIN, inskrivning_id, STUDIER)
    with pytest.raises(DataError):
        close_inskrivning(store, ELIN, inskrivning_id, STUDIER)


def test_only_work_is_asked_about() -> None:
    assert asks_about_work("arbete med stöd")
    assert not asks_about_work("studier")
    assert not asks_about_work("")


def test_nobody_elses_inskrivning(store: Store) -> None:
    def act(session: Session) -> int:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering")
        return make.make_inskrivning(session, deltagare_id=secret.id, koordinator="elin").id

    inskrivning_id = fill(store, act)
    for aktor, id_ in ((EVA, inskrivning_id), (ELIN, 999)):
        with pytest.raises(NotFoundError):
            close_inskrivning(store, aktor, id_, STUDIER)
    close_inskrivning(store, ELIN, inskrivning_id, STUDIER)
