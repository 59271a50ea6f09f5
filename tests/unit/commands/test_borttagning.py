"""Rows are taken away with their parts, come back, and stay where something hangs on them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.borttagning import remove_row
from db.commands.undo import undo_act
from db.errors import DataError, NotFoundError
from db.models import (
    Arende,
    Bipplan,
    Insats,
    Inskrivning,
    Mote,
    Narvaroschema,
    PasseradVarning,
    Planering,
    Planeringssteg,
    Platsko,
    Stegperiod,
    Uppfoljning,
)
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

MODELS = (Insats, Mote, Narvaroschema, PasseradVarning, Planering, Planeringssteg)
ENROLMENT = (Inskrivning, Stegperiod, Bipplan, Uppfoljning, Arende)


def counts(store: Store, models: Sequence[Any] = MODELS) -> list[int]:
    with store.read(ELIN) as session:
        return [session.scalars(select(func.count()).select_from(model)).one() for model in models]


def _insats(session: Session) -> int:
    row_id = make.make_insats(session).id
    make.make_narvaroschema(session, insats_id=row_id)
    make.make_passerad_varning(session, tabell="insats", rad_id=row_id)
    make.make_passerad_varning(session, tabell="mote", rad_id=row_id)
    return row_id


def _mote(session: Session) -> int:
    return make.make_mote(session).id


def _planering(session: Session) -> int:
    row_id = make.make_planering(session).id
    for number in (1, 2):
        make.make_planeringssteg(session, planering_id=row_id, ordning=number)
    return row_id


@pytest.mark.parametrize(
    ("tabell", "made", "left"),
    [
        ("insats", _insats, [0, 0, 0, 1, 0, 0]),
        ("mote", _mote, [0, 0, 0, 0, 0, 0]),
        ("planering", _planering, [0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_row_goes_with_its_parts_and_comes_back(
    store: Store, tabell: str, made: Callable[[Session], int], left: list[int]
) -> None:
    row_id = fill(store, made)
    before = counts(store)
    removed = remove_row(store, ELIN, tabell, row_id)
    assert (tabell, row_id) in removed.changes.touched
    assert counts(store) == left
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert counts(store) == before


@pytest.mark.parametrize(
    ("hanging", "told"),
    [
        ([make.make_narvaro], "närvaro"),
        ([make.make_osa_uppfoljning], "OSA-uppföljningar"),
        ([make.make_narvaro, make.make_osa_beslut], "närvaro och OSA-beslut"),
        (
            [make.make_narvaro, make.make_osa_beslut, make.make_osa_uppfoljning],
            "närvaro, OSA-beslut och OSA-uppföljningar",
        ),
    ],
)
def test_what_something_hangs_on_stays(store: Store, hanging: list[Any], told: str) -> None:
    def act(session: Session) -> int:
        row_id = _insats(session)
        for factory in hanging:
            factory(session, insats_id=row_id)
        return row_id

    row_id = fill(store, act)
    before = counts(store)
    with pytest.raises(DataError) as refused:
        remove_row(store, ELIN, "insats", row_id)
    assert (
        refused.value.message == f"Det finns {told} registrerat. Ta bort det först, eller avsluta i stället."
    )
    assert counts(store) == before


def test_what_one_may_not_know_of_is_not_there(store: Store) -> None:
    def act(session: Session) -> tuple[int, int]:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering")
        inskrivning = make.make_inskrivning(session, deltagare_id=secret.id, koordinator="elin")
        insats = make.make_insats(session, inskrivning_id=inskrivning.id, start=date(2024, 3, 1))
        return insats.id, make.make_mote(session, deltagare_id=secret.id).id

    insats, mote = fill(store, act)
    for tabell, row_id in (("insats", insats), ("mote", mote), ("insats", 999), ("planering", 999)):
        with pytest.raises(NotFoundError):
            remove_row(store, EVA, tabell, row_id)
    assert remove_row(store, ELIN, "insats", insats).id == insats


def _inskrivning(session: Session) -> int:
    """One that was begun, closed and planned to be followed up, with nothing done in it."""
    row = make.make_inskrivning(session, avslutad=date(2024, 5, 1), resultat="arbete")
    make.make_stegperiod(session, inskrivning_id=row.id)
    make.make_bipplan(session, inskrivning_id=row.id)
    make.make_uppfoljning(session, inskrivning_id=row.id, genomford=None)
    return row.id


def _arende(session: Session) -> int:
    return make.make_arende(session, beslut=None, utfall=None).id


def test_an_inskrivning_goes_with_its_steg_and_plans_and_comes_back(store: Store) -> None:
    row_id = fill(store, _inskrivning)
    before = counts(store, ENROLMENT)
    removed = remove_row(store, ELIN, "inskrivning", row_id)
    assert counts(store, ENROLMENT) == [0, 0, 0, 0, 0]
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert counts(store, ENROLMENT) == before == [1, 1, 1, 1, 0]


def test_an_arende_goes_and_comes_back(store: Store) -> None:
    row_id = fill(store, _arende)
    removed = remove_row(store, ELIN, "arende", row_id)
    assert counts(store, [Arende]) == [0]
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert counts(store, [Arende]) == [1]


END = "Ta bort det först om det också är fel, annars avsluta"


@pytest.mark.parametrize(
    ("hanging", "told", "where"),
    [
        ([make.make_insats], f"Till inskrivningen hör 1 insats. {END} inskrivningen.", "insats"),
        (
            [make.make_planering, make.make_bip, make.make_insats, make.make_insats],
            f"Till inskrivningen hör 2 insatser, 1 planering och BIP-svar. {END} inskrivningen.",
            "insats",
        ),
        ([make.make_platsko], f"Till inskrivningen hör 1 plats i kön. {END} inskrivningen.", "platsko"),
        (
            [lambda s, **of: make.make_uppfoljning(s, slag="12 månader", genomford=date(2024, 5, 2), **of)],
            f"Till inskrivningen hör 1 gjord uppföljning. {END} inskrivningen.",
            "uppfoljning",
        ),
    ],
)
def test_an_inskrivning_with_work_in_it_stays(
    store: Store, hanging: list[Any], told: str, where: str
) -> None:
    def act(session: Session) -> int:
        row_id = _inskrivning(session)
        for factory in hanging:
            factory(session, inskrivning_id=row_id)
        return row_id

    row_id = fill(store, act)
    with pytest.raises(DataError) as refused:
        remove_row(store, ELIN, "inskrivning", row_id)
    assert (refused.value.message, refused.value.field) == (told, where)
    assert counts(store, ENROLMENT)[:3] == [1, 1, 1]


@pytest.mark.parametrize(
    ("hanging", "told"),
    [
        (make.make_undantag, "1 undantag"),
        (make.make_bistandsmanad, "1 biståndsmånad"),
        (make.make_delegationsbeslut, "1 delegationsbeslut"),
    ],
)
def test_an_arende_with_something_decided_in_it_stays(store: Store, hanging: Any, told: str) -> None:
    row_id = fill(store, _arende)
    fill(store, lambda session: hanging(session, arende_id=row_id))
    with pytest.raises(DataError) as refused:
        remove_row(store, ELIN, "arende", row_id)
    assert refused.value.message == f"Till ärendet hör {told}. {END} ärendet."


def test_an_arende_with_a_beslut_stays(store: Store) -> None:
    row_id = fill(store, lambda s: make.make_arende(s, beslut=date(2024, 5, 21), utfall="bifall").id)
    with pytest.raises(DataError, match=r"beslut från 21\smaj\s2024"):
        remove_row(store, ELIN, "arende", row_id)


def test_nobody_loses_sight_of_a_protected_person(store: Store) -> None:
    def act(session: Session) -> tuple[int, int]:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering").id
        enrolled = make.make_inskrivning(session, deltagare_id=secret, koordinator="elin").id
        case = make.make_arende(session, deltagare_id=secret, handlaggare="elin", beslut=None, utfall=None)
        return enrolled, case.id

    enrolled, case = fill(store, act)
    removed = remove_row(store, ELIN, "arende", case)
    with pytest.raises(DataError, match="ansvarig bara här"):
        remove_row(store, ELIN, "inskrivning", enrolled)
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert counts(store, [Arende, Inskrivning]) == [1, 1]


def test_who_got_an_insats_from_the_queue_waits_again(store: Store) -> None:
    def act(session: Session) -> int:
        row = make.make_insats(session)
        make.make_platsko(session, inskrivning_id=row.inskrivning_id, till=date(2024, 5, 1), insats_id=row.id)
        return row.id

    row_id = fill(store, act)

    def waits() -> list[tuple[Any, ...]]:
        with store.read(ELIN) as session:
            return [tuple(row) for row in session.execute(select(Platsko.till, Platsko.insats_id))]

    removed = remove_row(store, ELIN, "insats", row_id)
    assert waits() == [(None, None)]
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert waits() == [(date(2024, 5, 1), row_id)]
