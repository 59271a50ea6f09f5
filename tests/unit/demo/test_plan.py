"""The plan of a demo register: a sound plan, computed from the register, followed up so far."""

from datetime import date

import pytest
from sqlalchemy import select

from db.aktor import SYSTEM
from db.demo import DEMO_AKTOR
from db.demo.build import fill_demo
from db.demo.plan import add_plan, make_plan
from db.exchange.plantoml import parse_plan
from db.exchange.plantoml_skriv import write_plan
from db.models import Aktivitetsstatus, Plankommentar
from db.queries.plan import list_planer
from db.queries.plan_varden import values_of
from db.session import Store


@pytest.mark.parametrize("ar", [2024, 2026])
def test_is_a_plan_that_can_be_written_and_read(ar: int) -> None:
    read = parse_plan(write_plan(make_plan(ar)))
    assert (read.fel, read.varningar) == ((), ())
    assert read.plan == make_plan(ar)


@pytest.mark.parametrize(
    ("per", "gjorda"),
    [
        (date(2026, 1, 2), set()),
        (date(2026, 4, 12), {"2026-03"}),
        (date(2026, 11, 12), {"2026-03", "2026-08"}),
        (date(2024, 2, 29), set()),
    ],
)
def test_follow_ups_that_are_past_are_told(store: Store, per: date, gjorda: set[str]) -> None:
    with store.unit_of_work(SYSTEM, "demo") as work:
        add_plan(work.session, per)
    with store.read(SYSTEM) as session:
        assert set(session.scalars(select(Aktivitetsstatus.period))) == gjorda
        assert set(session.scalars(select(Plankommentar.period))) == gjorda
        assert all(dag <= per for dag in session.scalars(select(Aktivitetsstatus.datum)))


def test_every_computed_indicator_has_an_outcome(store: Store) -> None:
    per = date(2026, 11, 12)
    with store.unit_of_work(SYSTEM, "demo") as work:
        fill_demo(work.session, 60, 1, per, 0, lambda _done, _total: None)
        add_plan(work.session, per)
    with store.read(DEMO_AKTOR) as session:
        (plan,) = list_planer(session, DEMO_AKTOR)
        assert plan.kod == "exempelkommun-2026"
        varden = values_of(session, DEMO_AKTOR, plan.id, "2026-08", per)
    assert [
        bild.indikator.namn for bild in (*varden.indikatorer, *varden.volymer) if bild.utfall is None
    ] == []
    assert {bild.indikator.beraknas for bild in varden.indikatorer} == {
        i.beraknas for i in make_plan(2026).indikatorer
    }
