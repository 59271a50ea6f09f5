"""Rows are taken away with their parts, come back, and stay where something hangs on them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.borttagning import remove_row
from db.commands.undo import undo_act
from db.errors import DataError, NotFoundError
from db.models import Insats, Mote, Narvaroschema, PasseradVarning, Planering, Planeringssteg
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

MODELS = (Insats, Mote, Narvaroschema, PasseradVarning, Planering, Planeringssteg)


def counts(store: Store) -> list[int]:
    with store.read(ELIN) as session:
        return [session.scalars(select(func.count()).select_from(model)).one() for model in MODELS]


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
