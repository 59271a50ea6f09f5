"""Places left at an enhet: against a count of each day by itself."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.models import Enhet
from db.queries.platser import find_full_day, read_platslage
from db.rules.belaggning import Kapacitet, Platslage, find_fewest_platser, find_platslage, resolve_kapacitet
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import fill

FRAN = date(2024, 3, 3)
TILL = date(2024, 3, 28)
DAYS = [FRAN + timedelta(n) for n in range(26)]


def _busy(
    session: Session, enhet: Enhet, start: date, slut: date | None = None, plan: date | None = None
) -> int:
    row = make.make_insats(session, enhet_id=enhet.id, start=start, slut=slut, planerat_slut=plan)
    return row.id


def test_the_day_with_fewest_left_is_told(store: Store) -> None:
    def act(session: Session) -> tuple[int, int]:
        enhet = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=enhet.id, platser=8)
        own = [_busy(session, enhet, date(2024, 1, 1)) for _ in range(3)]
        _busy(session, enhet, date(2024, 1, 1), slut=FRAN)
        _busy(session, enhet, date(2024, 1, 1), slut=FRAN - timedelta(1))
        _busy(session, enhet, date(2024, 3, 10), plan=date(2024, 3, 12))
        _busy(session, enhet, date(2024, 3, 13), plan=date(2024, 3, 20))
        _busy(session, enhet, date(2024, 3, 29))
        return enhet.id, own[0]

    enhet, own = fill(store, act)
    with store.read(SYSTEM) as session:
        assert read_platslage(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN) == Platslage(8, 4, None)
        assert read_platslage(session, SYSTEM, enhet, FRAN, TILL, own, idag=FRAN) == Platslage(8, 5, None)
        assert read_platslage(session, SYSTEM, enhet, FRAN, date.max, idag=FRAN) == Platslage(8, 4, None)
        assert find_full_day(session, SYSTEM, enhet, FRAN, date.max, idag=FRAN) is None


def test_an_enhet_without_capacity_is_not_judged(store: Store) -> None:
    def act(session: Session) -> int:
        enhet = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=enhet.id, platser=0, fran=TILL + timedelta(1))
        return enhet.id

    enhet = fill(store, act)
    with store.read(SYSTEM) as session:
        assert read_platslage(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN) is None
        assert find_full_day(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN) is None
        assert find_full_day(
            session, SYSTEM, enhet, FRAN, TILL + timedelta(1), idag=FRAN
        ) == TILL + timedelta(1)


@pytest.mark.parametrize(("antal", "statements"), [(0, 2), (3, 3), (2, 4)])
def test_how_much_is_asked(store: Store, antal: int, statements: int) -> None:
    def act(session: Session) -> int:
        enhet = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=enhet.id, platser=3)
        for _ in range(antal):
            _busy(session, enhet, FRAN)
        _busy(session, enhet, FRAN + timedelta(9))
        return enhet.id

    enhet = fill(store, act)
    with store.read(SYSTEM) as session:
        with sent_statements(store) as sent:
            full = find_full_day(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN)
        assert full == {0: None, 3: FRAN, 2: FRAN + timedelta(9)}[antal]
    assert len(sent) == statements


@pytest.mark.parametrize("seed", range(12))
def test_as_a_count_of_each_day(store: Store, seed: int) -> None:
    rng = Random(seed)
    insatser: list[tuple[date, date | None, date | None]] = []
    kapacitet = [
        Kapacitet(FRAN + timedelta(rng.randint(-9, 9)), None, rng.randint(0, 4)),
        Kapacitet(
            FRAN + timedelta(rng.randint(10, 22)), TILL - timedelta(rng.randint(0, 1)), rng.randint(0, 4)
        ),
    ]
    for _ in range(rng.randint(0, 7)):
        start = FRAN + timedelta(rng.randint(-20, 30))
        ends = [start + timedelta(rng.randint(0, 30)) if rng.random() < 0.5 else None for _ in range(2)]
        insatser.append((start, ends[0], ends[1]))

    def act(session: Session) -> int:
        enhet = make.make_enhet(session)
        for row in kapacitet:
            make.make_kapacitet(session, enhet_id=enhet.id, fran=row.fran, till=row.till, platser=row.platser)
        for start, slut, plan in insatser:
            _busy(session, enhet, start, slut, plan)
        return enhet.id

    enhet = fill(store, act)
    solved = resolve_kapacitet(kapacitet)
    # A planned end that has passed is none: the insats runs until somebody ends it (R5).
    idag = FRAN + timedelta(rng.randint(-15, 15))
    planned = [plan if plan is not None and plan >= idag else date.max for _, _, plan in insatser]
    held = [(start, slut or plan) for (start, slut, _), plan in zip(insatser, planned, strict=True)]
    left: dict[date, tuple[int, int]] = {}
    for dag in DAYS:
        offered = [k.platser for k in solved if k.fran <= dag <= (k.till or date.max)]
        if offered:
            taken = sum(start <= dag <= slut for start, slut in held if slut >= FRAN)
            left[dag] = (sum(offered), sum(offered) - taken)
    full = next((dag for dag in DAYS if dag in left and left[dag][1] <= 0), None)
    with store.read(SYSTEM) as session:
        lage = read_platslage(session, SYSTEM, enhet, FRAN, TILL, idag=idag)
        assert find_full_day(session, SYSTEM, enhet, FRAN, TILL, idag=idag) == full
    if not left:
        assert lage is None
    else:
        assert lage is not None
        assert (lage.lediga, lage.full) == (min(free for _, free in left.values()), full)


def test_who_has_overrun_a_planned_end_keeps_the_place(store: Store) -> None:
    def act(session: Session) -> int:
        enhet = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=enhet.id, platser=1)
        _busy(session, enhet, date(2024, 1, 1), plan=FRAN - timedelta(1))
        return enhet.id

    enhet = fill(store, act)
    with store.read(SYSTEM) as session:
        # Planned to come, the end is believed; passed, it is none (R5).
        assert find_full_day(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN - timedelta(1)) is None
        assert find_full_day(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN) == FRAN
        before = FRAN - timedelta(5), TILL
        assert find_full_day(session, SYSTEM, enhet, *before, idag=FRAN) == before[0]
        assert read_platslage(session, SYSTEM, enhet, FRAN, TILL, idag=FRAN) == Platslage(1, 0, FRAN)


def test_the_rule_by_itself() -> None:
    rows = (Kapacitet(FRAN, TILL, 2),)
    assert find_fewest_platser(rows, TILL + timedelta(1), TILL + timedelta(2)) is None
    assert find_platslage(rows, 0, [], TILL + timedelta(1), TILL + timedelta(2)) is None
    assert find_platslage(rows, 1, [(DAYS[2], 1), (DAYS[3], -1)], FRAN, TILL) == Platslage(2, 0, DAYS[2])
