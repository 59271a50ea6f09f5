"""A pass is ej registrerat in the day's work list, on the card and in the week's grid alike."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from db.queries.idag.lista import list_idag
from db.queries.idag.scope import Omfang
from db.queries.narvaro import Urval, list_vecka
from db.queries.narvaro_kort import read_narvaro_kort
from db.rules.idag import NARVARO_DAGAR, Lista
from db.rules.koder import NarvaroStatus
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, fill

DAG = date(2024, 6, 3)  # a Monday: the days looked at are two whole weeks
WEEKS = (DAG - timedelta(14), DAG - timedelta(7))
PEOPLE = 40


def make_one(session: Session, rng: Random) -> int:
    """Somebody with an insats that began or ended about now, with or without schema and rows."""
    person = make.make_deltagare(session)
    ik = make.make_inskrivning(
        session, deltagare_id=person.id, koordinator="elin", inskriven=DAG - timedelta(400)
    )
    start = DAG - timedelta(rng.choice([0, 3, 9, 16, 40, 400]))
    slut = rng.choice([None, None, DAG, DAG - timedelta(rng.randrange(20))])
    if slut is not None and slut < start:
        slut = None
    insats = make.make_insats(session, inskrivning_id=ik.id, start=start, slut=slut).id
    for veckodag in rng.sample(range(1, 8), rng.choice([0, 0, 2, 4])):
        for pass_ in rng.choice([("",), ("fm",), ("fm", "em")]):
            make.make_narvaroschema(session, insats_id=insats, veckodag=veckodag, pass_=pass_)
    # A row before the start too, as an import may bring.
    for back in rng.sample(range(-2, 30), rng.choice([0, 0, 1, 2, 6])):
        for pass_ in rng.choice([("",), ("em",), ("fm", "em")]):
            make.make_narvaro(
                session, insats_id=insats, datum=DAG - timedelta(back), pass_=pass_,
                status=rng.choice(list(NarvaroStatus)).value,
            )  # fmt: skip
    return int(person.id)


@pytest.mark.parametrize("seed", range(3))
def test_the_three_places_say_the_same_of_the_last_two_weeks(store: Store, seed: int) -> None:
    rng = Random(seed)
    people = fill(store, lambda s: [make_one(s, rng) for _ in range(PEOPLE)])
    assert NARVARO_DAGAR == 14
    with store.read(ELIN) as session:
        listed = {
            row.person.id: row.antal
            for row in list_idag(session, ELIN, DAG, Omfang.MINA)
            if row.lista is Lista.NARVARO
        }
        on_card: Counter[int] = Counter()
        for person in people:
            for vecka in read_narvaro_kort(session, ELIN, person, DAG).veckor:
                on_card[person] += vecka.antal.saknas if vecka.mandag in WEEKS else 0
        in_grid: Counter[int] = Counter()
        for mandag in WEEKS:
            for row in list_vecka(session, ELIN, Urval(signatur="elin"), mandag):
                in_grid[row.person.id] += sum(p.vantad and not p.status for p in row.passes)
    assert +on_card == +in_grid == Counter(listed)
    assert len(listed) > PEOPLE // 5
