"""Attendance: cells set, changed and taken away in one act; what is refused; what another has done since."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.narvaro import LONGEST_NOTE, Ruta, save_narvaro, save_notering
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Narvaro
from db.rules.datum import full_date
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, andringar, fill

MANDAG = IDAG - timedelta(7)
N, G, O, S = "närvarande", "giltig frånvaro", "ogiltig frånvaro", "sjuk"  # noqa: E741 - the keys
FM, EM = "fm", "em"


def days(count: int) -> date:
    return MANDAG + timedelta(count)


@pytest.fixture
def insats_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_insats(s, slut=days(9))).id)


def held(store: Store) -> list[tuple[int, str, str, int | None]]:
    query = select(Narvaro.datum, Narvaro.pass_, Narvaro.status, Narvaro.minuter)
    with store.read(ELIN) as session:
        rows = session.execute(query.order_by(Narvaro.insats_id, Narvaro.datum, Narvaro.pass_))
        return [((datum - MANDAG).days, *rest) for datum, *rest in rows]


def test_cells_of_many_are_one_act(store: Store, insats_id: int) -> None:
    other = fill(store, make.make_insats).id
    rutor = [
        Ruta(insats_id, days(0), "", N, ""), Ruta(insats_id, days(1), FM, O, ""),
        Ruta(insats_id, days(1), EM, S, ""), Ruta(other, IDAG, "", G),
    ]  # fmt: skip
    saved = save_narvaro(store, ELIN, rutor, IDAG)
    assert saved is not None
    assert saved.id == min(insats_id, other)
    written = [(0, "", N, None), (1, EM, S, None), (1, FM, O, None), (7, "", G, None)]
    assert held(store) == written
    assert save_narvaro(store, ELIN, rutor[:0], IDAG) is None
    assert save_narvaro(store, ELIN, [Ruta(other, IDAG, "", G)], IDAG) is None
    undone = undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == []
    undo_act(store, ELIN, undone.handelse_id)
    assert held(store) == written


def test_cells_are_changed_and_taken_away(store: Store, insats_id: int) -> None:
    def act(s: Session) -> None:
        make.make_narvaro(s, insats_id=insats_id, datum=days(0), notering="Ringde")
        make.make_narvaro(s, insats_id=insats_id, datum=days(1))

    fill(store, act)
    rutor = [
        Ruta(insats_id, days(0), "", S, N), Ruta(insats_id, days(1), "", "", N),
        Ruta(insats_id, days(2), "", "", ""),
    ]  # fmt: skip
    saved = save_narvaro(store, ELIN, rutor, IDAG)
    assert saved is not None
    # The hours were those of being there.
    assert held(store) == [(0, "", S, None)]
    told = andringar(store, saved.changes.handelse_id)
    assert ("narvaro", "status", f'"{N}"', f'"{S}"') in told
    assert ("narvaro", "minuter", "480", None) in told
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == [(0, "", N, 480), (1, "", N, 480)]


def test_the_same_status_keeps_its_hours(store: Store, insats_id: int) -> None:
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=days(0)))
    assert save_narvaro(store, ELIN, [Ruta(insats_id, days(0), "", N)], IDAG) is None
    assert held(store) == [(0, "", N, 480)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"datum": IDAG + timedelta(1)}, "datum"),
        ({"datum": make.START - timedelta(1)}, "datum"),
        ({"datum": days(10)}, "datum"),
        ({"status": "frånvarande"}, "status"),
        ({"pass_": "kväll"}, "pass"),
    ],
)
def test_what_is_wrong_is_refused_whole(
    store: Store, insats_id: int, values: dict[str, Any], field: str
) -> None:
    good = Ruta(insats_id, days(0), "", N)
    wrong = {"insats_id": insats_id, "datum": days(1), "pass_": "", "status": N} | values
    idag = days(12) if values.get("datum") == days(10) else IDAG
    with pytest.raises(DataError) as refused:
        save_narvaro(store, ELIN, [good, Ruta(**wrong)], idag)
    assert refused.value.field == field
    assert held(store) == []


def test_a_mistake_outside_the_insats_can_be_taken_away(store: Store, insats_id: int) -> None:
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=days(30)))
    assert save_narvaro(store, ELIN, [Ruta(insats_id, days(30), "", "", N)], IDAG) is not None
    assert held(store) == []


def test_today_can_be_registered_where_the_insats_has_no_end(store: Store) -> None:
    insats = fill(store, make.make_insats)
    assert save_narvaro(store, ELIN, [Ruta(insats.id, IDAG, FM, N)], IDAG) is not None


def test_a_day_is_whole_or_in_halves(store: Store, insats_id: int) -> None:
    save_narvaro(store, ELIN, [Ruta(insats_id, days(0), "", N), Ruta(insats_id, days(1), FM, N)], IDAG)
    for ruta, word in (
        (Ruta(insats_id, days(0), EM, N), "hel dag"),
        (Ruta(insats_id, days(1), "", N), "halvdagar"),
    ):
        with pytest.raises(DataError, match=word):
            save_narvaro(store, ELIN, [ruta], IDAG)
    # Taken away in the same act it may change.
    rutor = [
        Ruta(insats_id, days(0), "", ""),
        Ruta(insats_id, days(0), EM, N),
        Ruta(insats_id, days(1), EM, S),
    ]
    assert save_narvaro(store, ELIN, rutor, IDAG) is not None
    assert held(store) == [(0, EM, N, None), (1, EM, S, None), (1, FM, N, None)]


@pytest.mark.parametrize(
    ("tidigare", "now", "told"),
    [("", S, "sjuk"), (N, S, "sjuk"), (N, "", "ej registrerat")],
)
def test_a_cell_that_another_changed_stops_all(
    store: Store, insats_id: int, tidigare: str, now: str, told: str
) -> None:
    save_narvaro(store, EVA, [Ruta(insats_id, days(1), EM, now)], IDAG)
    before = held(store)
    rutor = [Ruta(insats_id, days(0), "", N, ""), Ruta(insats_id, days(1), EM, O, tidigare)]
    with pytest.raises(ConflictError, match=f"{full_date(days(1))} em under tiden: {told}"):
        save_narvaro(store, ELIN, rutor, IDAG)
    assert held(store) == before


def test_a_whole_day_that_another_changed_is_told(store: Store, insats_id: int) -> None:
    save_narvaro(store, EVA, [Ruta(insats_id, days(1), "", S)], IDAG)
    with pytest.raises(ConflictError, match=f"{full_date(days(1))} under tiden"):
        save_narvaro(store, ELIN, [Ruta(insats_id, days(1), "", N, "")], IDAG)


def test_hidden_and_missing_people_are_the_same(store: Store, insats_id: int) -> None:
    def act(s: Session) -> int:
        person = make.make_deltagare(s, skyddad="fingerade uppgifter")
        ik = make.make_inskrivning(s, deltagare_id=person.id, koordinator="elin")
        return int(make.make_insats(s, inskrivning_id=ik.id).id)

    secret = fill(store, act)
    for wrong in (secret, 404):
        rutor = [Ruta(insats_id, days(0), "", N), Ruta(wrong, days(0), "", N)]
        with pytest.raises(NotFoundError):
            save_narvaro(store, EVA, rutor, IDAG)
        with pytest.raises(NotFoundError):
            save_notering(store, EVA, wrong, days(0), "", "x")
    assert held(store) == []
    assert save_narvaro(store, ELIN, [Ruta(secret, days(0), "", N)], IDAG) is not None


def test_a_week_of_many_is_read_at_once(store: Store) -> None:
    """Locking, reading and the history cost the same however many cells there are; rows go in together."""
    ids = fill(store, lambda s: [make.make_insats(s).id for _ in range(20)])
    counts = []
    for chosen in (ids[:2], ids[2:]):
        rutor = [Ruta(insats_id, days(day), "", N, "") for insats_id in chosen for day in range(5)]
        with sent_statements(store) as sent:
            save_narvaro(store, ELIN, rutor, IDAG)
        counts.append(sum(1 for statement in sent if statement.startswith("SELECT")))
    assert counts[0] == counts[1]
    assert len(held(store)) == 100


def test_a_note_belongs_to_a_registered_pass(store: Store, insats_id: int) -> None:
    with pytest.raises(DataError) as refused:
        save_notering(store, ELIN, insats_id, days(0), FM, "Läkarbesök")
    assert refused.value.field == "notering"
    save_narvaro(store, ELIN, [Ruta(insats_id, days(0), FM, G)], IDAG)
    saved = save_notering(store, ELIN, insats_id, days(0), FM, "Läkarbesök", "")
    assert saved is not None
    assert save_notering(store, ELIN, insats_id, days(0), FM, "Läkarbesök") is None
    with pytest.raises(ConflictError):
        save_notering(store, ELIN, insats_id, days(0), FM, "Tandläkare", "")
    with pytest.raises(DataError, match=str(LONGEST_NOTE)):
        save_notering(store, ELIN, insats_id, days(0), FM, "x" * (LONGEST_NOTE + 1))
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert session.scalars(select(Narvaro.notering)).all() == [""]
