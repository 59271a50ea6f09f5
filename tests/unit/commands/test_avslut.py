"""Closing an inskrivning as one act: R9, R10, what ends, is cancelled and planned, and the way back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.avslut import (
    AvslutUppgifter,
    check_avslut,
    check_rattelse,
    close_inskrivning,
    plan_avslut,
    plan_saknade,
    update_avslut,
)
from db.commands.avslut_foljder import Avbokning, AvslutPlan, Sak, _goes_on
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import (
    Base,
    Bipplan,
    Insats,
    Inskrivning,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    Planering,
    Uppfoljning,
)
from db.queries.idag.lista import list_idag
from db.queries.idag.scope import Omfang
from db.rules.idag import Lista
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

DAG = date(2024, 6, 3)
STUDIER = AvslutUppgifter(DAG, "studier", None, None, None, "ekonomiskt bistånd", "studiemedel")
LON = {"forsorjning_fore": "ekonomiskt bistånd", "forsorjning_efter": "lön"}
HELD = (
    Bipplan, Insats, Inskrivning, Mote, Narvaro, Narvaroschema, OsaBeslut, OsaUppfoljning, Planering,
    Uppfoljning,
)  # fmt: skip


def days(count: int) -> date:
    return DAG + timedelta(count)


@pytest.fixture
def inskrivning_id(store: Store) -> int:
    return fill(store, make.make_inskrivning).id


def insatser(store: Store) -> list[tuple[date, date | None]]:
    with store.read(ELIN) as session:
        return [tuple(r) for r in session.execute(select(Insats.start, Insats.slut).order_by(Insats.start))]


def uppfoljningar(store: Store) -> list[tuple[str, date]]:
    query = select(Uppfoljning.slag, Uppfoljning.planerad).order_by(Uppfoljning.planerad)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an avslut may touch."""

    def rows(session: Session, model: type[Base]) -> list[tuple[Any, ...]]:
        table = model.__table__
        return [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]

    with store.read(ELIN) as session:
        return {model.__tablename__: rows(session, model) for model in HELD}


def add_insats(store: Store, inskrivning_id: int, *dates: date | None) -> int:
    start, slut = dates
    return fill(
        store, lambda s: make.make_insats(s, inskrivning_id=inskrivning_id, start=start, slut=slut)
    ).id


def found(store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_avslut(session, ELIN, inskrivning_id, uppgifter, DAG)]


def plan(store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter) -> AvslutPlan:
    with store.read(ELIN) as session:
        return plan_avslut(session, ELIN, inskrivning_id, uppgifter, DAG)


def fill_desk(session: Session, inskrivning_id: int) -> None:
    """Of every kind something that has been, something due and something to come."""
    person = session.get_one(Inskrivning, inskrivning_id).deltagare_id
    enhet = make.make_enhet(session, namn="Återbruket").id
    running = make.make_insats(session, inskrivning_id=inskrivning_id, start=days(-60), enhet_id=enhet)
    make.make_insats(
        session, inskrivning_id=inskrivning_id, start=days(-90), slut=days(-70), typ="praktik inför OSA"
    )
    long = make.make_insats(
        session, inskrivning_id=inskrivning_id, typ="vägledning", start=days(-9), slut=days(30)
    )
    planned = make.make_insats(session, inskrivning_id=inskrivning_id, typ="OSA-anställning", start=days(20))
    make.make_osa_beslut(session, insats_id=planned.id, fran=days(20), till=days(200), diarienummer="AF 1")
    make.make_narvaroschema(session, insats_id=planned.id, veckodag=1)
    make.make_narvaroschema(session, insats_id=running.id, veckodag=1)
    make.make_osa_uppfoljning(session, insats_id=running.id, planerad=days(-30), genomford=days(-30))
    make.make_osa_uppfoljning(session, insats_id=running.id, planerad=days(-1))
    make.make_osa_uppfoljning(session, insats_id=planned.id, planerad=days(110))
    make.make_narvaro(session, insats_id=running.id, datum=days(-1))
    make.make_narvaro(session, insats_id=long.id, datum=days(1), status="giltig frånvaro")
    make.make_mote(session, deltagare_id=person, datum=DAG)
    make.make_mote(session, deltagare_id=person, datum=days(4), syfte="Trepartsmöte")
    make.make_mote(session, deltagare_id=person, datum=days(4), verksamhet="ekonomiskt bistånd")
    make.make_bipplan(session, inskrivning_id=inskrivning_id, nasta=days(40))
    make.make_planering(
        session, inskrivning_id=inskrivning_id, upprattad=days(-80), nasta_uppfoljning=days(5)
    )
    make.make_planering(
        session, inskrivning_id=inskrivning_id, upprattad=days(-40), nasta_uppfoljning=days(7)
    )


def test_one_act_ends_cancels_and_plans(store: Store, inskrivning_id: int) -> None:
    fill(store, lambda s: fill_desk(s, inskrivning_id))
    assert plan(store, inskrivning_id, AvslutUppgifter(DAG, "arbete", days(2), **LON)) == AvslutPlan(
        (("arbetsträning", "Återbruket"), ("vägledning", "")),
        (
            Avbokning(Sak.OSA_UPPFOLJNING, days(-1)),
            Avbokning(Sak.FRANVARO, days(1), "giltig frånvaro"),
            Avbokning(Sak.MOTE, days(4), "Trepartsmöte"),
            Avbokning(Sak.PLANERING, days(7)),
            Avbokning(Sak.INSATS, days(20), "OSA-anställning"),
            Avbokning(Sak.OSA_BESLUT, days(20), "AF 1"),
            Avbokning(Sak.BIP, days(40)),
            Avbokning(Sak.OSA_UPPFOLJNING, days(110)),
        ),
        (("1 månad", date(2024, 7, 5)), ("6 månader", date(2024, 12, 3)), ("12 månader", date(2025, 6, 3))),
    )
    close_inskrivning(store, ELIN, inskrivning_id, AvslutUppgifter(DAG, "arbete", days(2), **LON), DAG)
    assert insatser(store) == [
        (days(-90), days(-70)), (days(-60), DAG), (days(-9), DAG),
    ]  # fmt: skip
    assert uppfoljningar(store) == [
        ("1 månad", date(2024, 7, 5)), ("6 månader", date(2024, 12, 3)), ("12 månader", date(2025, 6, 3)),
    ]  # fmt: skip
    left = everything(store)
    assert {name: len(rows) for name, rows in left.items()} == {
        "bipplan": 0, "insats": 3, "inskrivning": 1, "mote": 2, "narvaro": 1, "narvaroschema": 1,
        "osa_beslut": 0, "osa_uppfoljning": 1, "planering": 2, "uppfoljning": 3,
    }  # fmt: skip
    with store.read(ELIN) as session:
        row = session.get_one(Inskrivning, inskrivning_id)
        assert (row.avslutad, row.resultat, row.minst_en_manad) == (DAG, "arbete", None)
        assert (row.forsorjning_fore, row.forsorjning_efter) == ("ekonomiskt bistånd", "lön")
        plans = session.scalars(select(Planering.nasta_uppfoljning).order_by(Planering.upprattad))
        assert list(plans) == [days(5), DAG]


def test_one_undo_takes_all_of_it_back_and_revives_nothing_else(store: Store, inskrivning_id: int) -> None:
    fill(store, lambda s: fill_desk(s, inskrivning_id))
    with store.unit_of_work(ELIN, "avbokning") as work:
        # Cancelled by somebody before the avslut: it stays cancelled.
        for model, day in ((Mote, Mote.syfte == "Trepartsmöte"), (Bipplan, Bipplan.nasta == days(40))):
            work.session.delete(work.session.scalars(select(model).where(day)).one())
    before = everything(store)
    saved = close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)
    assert everything(store) != before
    undoing = undo_act(store, ELIN, saved.changes.handelse_id)
    assert everything(store) == before
    undo_act(store, ELIN, undoing.handelse_id)
    assert insatser(store)[-1] == (days(-9), DAG)
    assert [slag for slag, _ in uppfoljningar(store)] == ["6 månader", "12 månader"]


def test_it_is_not_taken_back_beside_a_new_inskrivning(store: Store, inskrivning_id: int) -> None:
    saved = close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)

    def act(session: Session) -> Inskrivning:
        person = session.get_one(Inskrivning, inskrivning_id).deltagare_id
        return make.make_inskrivning(session, deltagare_id=person, inskriven=DAG)

    anew = fill(store, act)
    with pytest.raises(DataError, match="inskriven två gånger") as refused:
        undo_act(store, ELIN, saved.changes.handelse_id)
    assert anew.nummer in str(refused.value)
    with store.read(ELIN) as session:
        assert session.get_one(Inskrivning, inskrivning_id).avslutad == DAG


def test_the_lists_of_the_day_hold_only_what_the_avslut_planned(store: Store, inskrivning_id: int) -> None:
    def lists(day: date) -> set[Lista]:
        with store.read(ELIN) as session:
            return {row.lista for row in list_idag(session, ELIN, day, Omfang.ALLA)}

    fill(store, lambda s: fill_desk(s, inskrivning_id))
    assert {Lista.UPPFOLJNING, Lista.OSA_UPPFOLJNING, Lista.NARVARO} <= lists(days(10))
    close_inskrivning(store, ELIN, inskrivning_id, AvslutUppgifter(DAG, "arbete", days(2), **LON), DAG)
    assert lists(days(10)) == set()
    assert lists(date(2024, 7, 5)) == {Lista.AVSLUT}
    assert lists(date(2024, 12, 3)) == {Lista.AVSLUT, Lista.EFTER_AVSLUT}


def test_nothing_is_cancelled_where_nothing_is_due(store: Store, inskrivning_id: int) -> None:
    fill(store, lambda s: make.make_planering(s, inskrivning_id=inskrivning_id, nasta_uppfoljning=None))
    assert plan(store, inskrivning_id, AvslutUppgifter(DAG, "")) == AvslutPlan()
    assert plan(store, inskrivning_id, AvslutUppgifter(DAG, "flyttat")) == AvslutPlan()
    close_inskrivning(store, ELIN, inskrivning_id, AvslutUppgifter(DAG, "flyttat"), DAG)
    assert uppfoljningar(store) == []


def test_moten_stay_where_the_person_is_enrolled_elsewhere_too(store: Store, inskrivning_id: int) -> None:
    def act(session: Session) -> None:
        person = session.get_one(Inskrivning, inskrivning_id).deltagare_id
        make.make_inskrivning(session, deltagare_id=person)
        make.make_mote(session, deltagare_id=person, datum=days(9))

    fill(store, act)
    assert plan(store, inskrivning_id, STUDIER).avbokas == ()


def test_what_has_been_since_the_last_day_is_not_cancelled(store: Store, inskrivning_id: int) -> None:
    def act(session: Session) -> None:
        person = session.get_one(Inskrivning, inskrivning_id).deltagare_id
        make.make_mote(session, deltagare_id=person, datum=days(-3))
        insats = make.make_insats(session, inskrivning_id=inskrivning_id, start=days(-60))
        make.make_narvaro(session, insats_id=insats.id, datum=days(-2), status="ogiltig frånvaro")
        make.make_planering(
            session, inskrivning_id=inskrivning_id, upprattad=days(-2), nasta_uppfoljning=days(50)
        )

    fill(store, act)
    uppgifter = replace(STUDIER, avslutad=days(-7))
    assert [a.sak for a in plan(store, inskrivning_id, uppgifter).avbokas] == [Sak.FRANVARO, Sak.PLANERING]
    close_inskrivning(store, ELIN, inskrivning_id, uppgifter, DAG)
    assert insatser(store) == [(days(-60), days(-7))]
    with store.read(ELIN) as session:
        assert session.scalars(select(Planering.nasta_uppfoljning)).one() == days(-2)


@pytest.mark.parametrize(
    ("slut", "goes_on"), [(None, True), (days(1), True), (DAG, False), (days(-1), False)]
)
def test_what_goes_on_after_a_day_has_no_end_or_a_later_one(slut: date | None, goes_on: bool) -> None:
    assert _goes_on(Insats(start=days(-60), slut=slut), DAG) is goes_on


def test_a_coming_last_day_prolongs_nothing(store: Store, inskrivning_id: int) -> None:
    """What ends before it keeps its end, what would go on after it ends then, what would begin after it is
    cancelled."""
    ends = (days(-1), days(3), days(7), days(8), None)
    for place, slut in enumerate(ends):
        add_insats(store, inskrivning_id, days(-60 + place), slut)
    add_insats(store, inskrivning_id, days(4), None)
    add_insats(store, inskrivning_id, days(8), None)
    uppgifter = replace(STUDIER, avslutad=days(7))
    told = plan(store, inskrivning_id, uppgifter)
    assert (len(told.avslutas), [a.dag for a in told.avbokas]) == (3, [days(8)])
    close_inskrivning(store, ELIN, inskrivning_id, uppgifter, DAG)
    assert [slut for _, slut in insatser(store)] == [days(-1), days(3), *[days(7)] * 4]


@pytest.mark.parametrize(
    ("start", "slut", "stops"),
    [
        (days(-60), days(-1), True),
        (days(-2), None, True),
        (days(-60), days(1), False),
        (days(1), None, False),
    ],
)
def test_the_last_day_is_not_before_what_has_been(
    store: Store, inskrivning_id: int, start: date, slut: date | None, stops: bool
) -> None:
    add_insats(store, inskrivning_id, start, slut)
    uppgifter = replace(STUDIER, avslutad=days(-7))
    assert found(store, inskrivning_id, uppgifter) == ([("avslutad", True)] if stops else [])


def test_the_last_day_is_not_before_the_last_attendance(store: Store, inskrivning_id: int) -> None:
    insats_id = add_insats(store, inskrivning_id, days(-60), None)
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=days(-3)))
    assert found(store, inskrivning_id, replace(STUDIER, avslutad=days(-4))) == [("avslutad", True)]
    assert found(store, inskrivning_id, replace(STUDIER, avslutad=days(-3))) == []


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
        (AvslutUppgifter(DAG, "studier", forsorjning_fore="lotteri"), "forsorjning_fore"),
        (AvslutUppgifter(DAG, "studier", forsorjning_efter="lotteri"), "forsorjning_efter"),
    ],
)
def test_what_would_be_wrong_is_refused_at_its_field(
    store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter, field: str
) -> None:
    assert found(store, inskrivning_id, uppgifter)[0] == (field, True)
    with pytest.raises(DataError) as refused:
        close_inskrivning(store, ELIN, inskrivning_id, uppgifter, DAG)
    assert refused.value.field == field
    assert uppfoljningar(store) == []


@pytest.mark.parametrize(
    ("uppgifter", "warned"),
    [
        (AvslutUppgifter(DAG, "arbete", **LON), ["arbete_fran"]),
        (AvslutUppgifter(DAG, "arbete", DAG, **LON), []),
        (AvslutUppgifter(DAG, "eget företag", DAG, None, True, **LON), []),
        (AvslutUppgifter(DAG, "arbete", date(2024, 5, 3), date(2024, 6, 2), True, **LON), []),
        (AvslutUppgifter(DAG, "arbete med stöd", date(2024, 5, 3), date(2024, 6, 1), False, **LON), []),
        (STUDIER, []),
        (replace(STUDIER, forsorjning_fore=None), []),
        (replace(STUDIER, forsorjning_efter=None), ["forsorjning_efter"]),
        (AvslutUppgifter(DAG, "avlidit"), []),
        (replace(STUDIER, avslutad=days(1)), ["avslutad"]),
    ],
)
def test_what_is_unknown_is_a_warning(
    store: Store, inskrivning_id: int, uppgifter: AvslutUppgifter, warned: list[str]
) -> None:
    closed = close_inskrivning(store, ELIN, inskrivning_id, uppgifter, DAG)
    assert [w.field for w in closed.varningar] == warned


def test_an_inskrivning_closes_once(store: Store, inskrivning_id: int) -> None:
    close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)
    with pytest.raises(DataError):
        close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)


def test_a_result_is_corrected_and_the_follow_ups_go_with_it(store: Store, inskrivning_id: int) -> None:
    work = AvslutUppgifter(DAG, "arbete", None, None, None, **LON)
    close_inskrivning(store, ELIN, inskrivning_id, work, DAG)
    assert uppfoljningar(store)[0] == ("1 månad", date(2024, 7, 3))
    later = replace(work, arbete_fran=days(10))
    assert update_avslut(store, ELIN, inskrivning_id, later, work) is not None
    assert uppfoljningar(store)[0] == ("1 månad", date(2024, 7, 13))
    with pytest.raises(ConflictError):
        update_avslut(store, ELIN, inskrivning_id, STUDIER, work)
    saved = update_avslut(store, ELIN, inskrivning_id, STUDIER, later)
    assert saved is not None
    assert [slag for slag, _ in uppfoljningar(store)] == ["6 månader", "12 månader"]
    assert update_avslut(store, ELIN, inskrivning_id, STUDIER) is None
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert uppfoljningar(store)[0] == ("1 månad", date(2024, 7, 13))


def test_a_day_chosen_and_a_follow_up_done_stay(store: Store, inskrivning_id: int) -> None:
    close_inskrivning(store, ELIN, inskrivning_id, replace(STUDIER, resultat="arbete"), DAG)
    with store.unit_of_work(ELIN, "test") as work:
        first, half, _year = work.session.scalars(select(Uppfoljning).order_by(Uppfoljning.planerad))
        first.genomford, half.planerad = days(40), days(200)
    update_avslut(store, ELIN, inskrivning_id, STUDIER)
    assert uppfoljningar(store) == [
        ("1 månad", date(2024, 7, 3)), ("6 månader", days(200)), ("12 månader", date(2025, 6, 3)),
    ]  # fmt: skip
    update_avslut(store, ELIN, inskrivning_id, replace(STUDIER, resultat="flyttat"))
    assert uppfoljningar(store) == [("1 månad", date(2024, 7, 3))]
    update_avslut(store, ELIN, inskrivning_id, replace(STUDIER, resultat="arbete"))
    assert [slag for slag, _ in uppfoljningar(store)] == ["1 månad", "6 månader", "12 månader"]


def test_the_last_day_is_not_corrected(store: Store, inskrivning_id: int) -> None:
    with pytest.raises(DataError):
        update_avslut(store, ELIN, inskrivning_id, STUDIER)
    close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)
    with store.read(ELIN) as session:
        assert check_rattelse(session, ELIN, inskrivning_id, STUDIER) == ()
    with pytest.raises(DataError) as refused:
        update_avslut(store, ELIN, inskrivning_id, replace(STUDIER, avslutad=days(-1)))
    assert refused.value.field == "avslutad"


def test_what_is_followed_up_cannot_be_undone(store: Store, inskrivning_id: int) -> None:
    saved = close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)
    with store.unit_of_work(ELIN, "test") as work:
        work.session.scalars(select(Uppfoljning)).first().genomford = days(190)  # type: ignore[union-attr]
    with pytest.raises(DataError, match="ändrats sedan dess"):
        undo_act(store, ELIN, saved.changes.handelse_id)


def test_what_an_imported_avslut_lacks_is_planned(store: Store) -> None:
    def act(session: Session) -> int:
        ik = make.make_inskrivning(session, avslutad=days(-100), minst_en_manad=True).id
        make.make_uppfoljning(session, inskrivning_id=ik, slag="12 månader", planerad=days(5))
        return ik

    imported = fill(store, act)
    saved = plan_saknade(store, ELIN, imported, DAG)
    assert saved is not None
    assert uppfoljningar(store) == [("12 månader", days(5)), ("6 månader", date(2024, 8, 24))]
    assert plan_saknade(store, ELIN, imported, DAG) is None
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert uppfoljningar(store) == [("12 månader", days(5))]
    open_one = fill(store, make.make_inskrivning).id
    for id_ in (open_one, 999):
        with pytest.raises(NotFoundError):
            plan_saknade(store, ELIN, id_, DAG)


def test_nobody_elses_inskrivning(store: Store) -> None:
    def act(session: Session) -> int:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering")
        return make.make_inskrivning(session, deltagare_id=secret.id, koordinator="elin").id

    inskrivning_id = fill(store, act)
    for aktor, id_ in ((EVA, inskrivning_id), (ELIN, 999)):
        with pytest.raises(NotFoundError):
            close_inskrivning(store, aktor, id_, STUDIER, DAG)
        with store.read(aktor) as session, pytest.raises(NotFoundError):
            plan_avslut(session, aktor, id_, STUDIER, DAG)
    close_inskrivning(store, ELIN, inskrivning_id, STUDIER, DAG)
    with pytest.raises(NotFoundError):
        update_avslut(store, EVA, inskrivning_id, STUDIER)
