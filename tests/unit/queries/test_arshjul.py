"""The årshjul of the plans in the register."""

import json
from datetime import date

from db.aktor import SYSTEM
from db.queries.arshjul import read_arshjul
from db.rules.arshjul import Lage
from db.session import Store
from tests.helpers import factories as make

IDAG = date(2024, 9, 10)


def test_only_plans_of_the_time_with_something_to_tell(store: Store) -> None:
    text = json.dumps(["2024-08", "2024-12"])
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_plan(work.session, kod="a", kommun="Provstad", uppfoljning=text)
        make.make_plan(work.session, kod="gammal", ar=2011, uppfoljning=json.dumps(["2011-12"]))
        make.make_plan(work.session, kod="tom")
        hjul = json.dumps([{"manad": "September", "typ": ["Internkontroll"]}])
        make.make_plan(work.session, kod="hjul", kommun="Övstad", ar=2023, arshjul=hjul)
    with store.read(SYSTEM) as session:
        found = {rad.kod: rad for rad in read_arshjul(session, SYSTEM, IDAG)}
    assert found.keys() == {"a", "hjul"}
    assert [(u.period, u.lage) for u in found["a"].uppgifter] == [
        ("2024-08", Lage.NU),
        ("2024-12", Lage.KOMMER),
    ]
    assert found["a"].namn == "Provstad 2024"
    assert found["hjul"].manaden == ("Internkontroll",)


def test_a_frozen_follow_up_is_done(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_plan(work.session, kod="a", uppfoljning=json.dumps(["2024-08"]))
        days = {"fran": date(2024, 1, 1), "till": date(2024, 8, 31), "per": date(2024, 8, 31)}
        make.make_fryst_rapport(work.session, rapport="uppfoljning", variant="annan", **days)
    with store.read(SYSTEM) as session:
        assert len(read_arshjul(session, SYSTEM, IDAG)) == 1
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_fryst_rapport(work.session, rapport="uppfoljning", variant="a", **days)
    with store.read(SYSTEM) as session:
        assert read_arshjul(session, SYSTEM, IDAG) == ()
