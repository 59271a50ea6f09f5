"""The screen Platser: as the report says it, and as a count of each day."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands.settings import save_settings
from db.models import Enhet
from db.queries.figurer.belaggning import figures
from db.queries.figurer.slugs import unique_slugs
from db.queries.platslista import (
    Platslista,
    PlatsRow,
    Platstal,
    calculate_kostnad_fore,
    find_enheter_med_typ,
    read_platslista,
    sum_platser,
)
from db.rules.belaggning import Trend
from db.rules.figurer import Figur
from db.rules.period import first_day, last_day, make_period, month_index
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import fill
from tests.unit.queries.figurer.random_register import make_register

DAG = date(2024, 11, 14)  # a Thursday
NYAR = date(2024, 1, 1)


def read(store: Store, dag: date = DAG, idag: date = DAG) -> Platslista:
    with store.read(SYSTEM) as session:
        return read_platslista(session, SYSTEM, dag, idag)


def report(store: Store, fran: date, till: date) -> dict[str, Figur]:
    with store.read(SYSTEM) as session:
        return {f.id: f for f in figures(session, SYSTEM, make_period(fran, till), till)}


def busy(session: Session, enhet: Enhet, start: date = NYAR, **days: date) -> int:
    return int(make.make_insats(session, enhet_id=enhet.id, start=start, **days).id)


def enhet_with(session: Session, platser: int, kronor: int | None = None, **values: object) -> Enhet:
    enhet = make.make_enhet(session, **values)
    make.make_kapacitet(session, enhet_id=enhet.id, fran=NYAR, platser=platser)
    if kronor is not None:
        make.make_kostnad(session, enhet_id=enhet.id, ar=DAG.year, belopp_ore=kronor * 100)
    return enhet


@pytest.mark.parametrize("seed", range(4))
def test_the_screen_says_what_the_report_says(store: Store, seed: int) -> None:
    make_register(store, seed)
    for dag in (DAG, date(2024, 2, 29), date(2023, 12, 31)):
        lista = read(store, dag, idag=date(2025, 3, 1))
        slugs = unique_slugs(rad.namn for rad in lista.rader)
        found = report(store, dag, dag)
        for typ in ("intern", "extern"):
            tal = sum_platser(rad for rad in lista.rader if rad.typ == typ)
            assert tal.grad == found[f"belaggning.{typ}.grad"].varde.totalt
            assert tal.platser == found[f"belaggning.{typ}.platser_medel"].varde.totalt
            kostnad = found[f"belaggning.{typ}.kostnad_per_plats"].varde.totalt
            assert (tal.kostnad_per_plats is None) == (kostnad is None)
            if kostnad is not None:
                assert tal.kostnad_per_plats == pytest.approx(kostnad / 12)
            fore = report(store, date(dag.year - 1, 1, 1), date(dag.year - 1, 12, 31))
            _same_year_before(lista, typ, fore[f"belaggning.{typ}.kostnad_per_plats"].varde.totalt)
        for rad in lista.rader:
            assert rad.tal.grad == found[f"belaggning.enhet.{slugs[rad.namn]}.grad"].varde.totalt
        for plats, manad in enumerate(lista.manader):
            index = month_index(manad)
            month = report(store, first_day(index), min(last_day(index), dag))
            for rad in lista.rader:
                figur = month[f"belaggning.enhet.{slugs[rad.namn]}.grad"]
                assert rad.tal.grader[plats] == figur.varde.totalt, (rad.namn, manad)


def _same_year_before(lista: Platslista, typ: str, expected: float | int | None) -> None:
    seen = calculate_kostnad_fore(rad for rad in lista.rader if rad.typ == typ)
    assert (seen is None) == (expected is None)
    if seen is not None and expected is not None:
        assert seen == pytest.approx(expected / 12)


def test_free_places_reserved_places_and_places_too_few(store: Store) -> None:
    def act(session: Session) -> None:
        over = enhet_with(session, 1, 12_000, namn="Full")
        for _ in range(2):
            busy(session, over)
        room = enhet_with(session, 5, 60_000, namn="Rum")
        busy(session, room)
        busy(session, room, start=DAG + timedelta(1))
        busy(session, room, slut=DAG - timedelta(1))

    fill(store, act)
    full, rum = read(store).rader
    assert (full.tal.belagda, full.tal.lediga, full.tal.over, full.tal.grad) == (2, 0, 1, 200)
    assert (rum.tal.belagda, rum.tal.reserverade, rum.tal.lediga) == (1, 1, 3)
    assert (rum.tal.kostnad_per_plats, rum.tal.kostnad_per_belagd) == (1_000, 5_000)
    alla = sum_platser([full, rum])
    assert (alla.platser, alla.belagda, alla.lediga, alla.over) == (6, 3, 3, 1)
    assert (alla.kostnad_per_plats, alla.kostnad_lediga) == (1_000, 3_000)
    # A day that has been: who came later was planned by nobody knows when.
    before = read(store, DAG - timedelta(1), idag=DAG).rader[1].tal
    assert (before.belagda, before.reserverade, before.lediga) == (2, 0, 3)


def test_a_planned_end_is_believed_until_it_has_passed(store: Store) -> None:
    def act(session: Session) -> None:
        enhet = enhet_with(session, 9)
        busy(session, enhet, planerat_slut=DAG + timedelta(3))  # Sunday: free on Monday
        busy(session, enhet, planerat_slut=DAG - timedelta(3))
        busy(session, enhet, slut=DAG)
        busy(session, enhet, slut=DAG + timedelta(200))
        busy(session, enhet, start=DAG + timedelta(2), planerat_slut=DAG + timedelta(9))
        busy(session, enhet)

    fill(store, act)
    lista = read(store)
    assert lista.veckor[0] == date(2024, 11, 11)
    assert lista.rader[0].veckor == (1, 1, 0, 0, 0, 0, 0, 0)
    assert lista.rader[0].tal.belagda == 5
    later = read(store, DAG + timedelta(4), idag=DAG).rader[0]
    assert (later.tal.belagda, later.tal.reserverade) == (4, 0)
    assert later.veckor[0] == 1


def test_the_queue_is_people_and_days(store: Store) -> None:
    def act(session: Session) -> tuple[int, int]:
        enhet, other = enhet_with(session, 1), enhet_with(session, 1)
        typ = make.make_insatstyp(session)
        person = make.make_inskrivning(session).id
        for values in (
            {"enhet_id": enhet.id, "sedan": DAG - timedelta(34), "inskrivning_id": person},
            {"enhet_id": other.id, "sedan": DAG - timedelta(4), "inskrivning_id": person},
            {"enhet_id": enhet.id, "sedan": DAG, "insatstyp_id": typ.id},
            {"enhet_id": enhet.id, "sedan": DAG + timedelta(1)},
            {"enhet_id": enhet.id, "sedan": NYAR, "till": DAG},
            {"insatstyp_id": typ.id, "sedan": DAG - timedelta(50)},
        ):
            make.make_platsko(session, **values)
        return int(enhet.id), int(typ.id)

    enhet, typ = fill(store, act)
    lista = read(store)
    assert (lista.i_ko, lista.i_ko_utan, lista.langsta_ko) == (3, 1, 50)
    assert [(rad.tal.ko, rad.tal.langsta_ko) for rad in lista.rader] == [(2, 34), (1, 4)]
    assert sum_platser(lista.rader).langsta_ko == 34
    with store.read(SYSTEM) as session:
        assert find_enheter_med_typ(session, SYSTEM, typ, DAG) == {enhet}
        assert find_enheter_med_typ(session, SYSTEM, typ, DAG - timedelta(1)) == set()


def test_an_empty_register_has_nothing(store: Store) -> None:
    lista = read(store)
    assert lista.rader == ()
    assert (lista.i_ko, lista.langsta_ko, lista.platsmal, lista.mal) == (0, None, None, (85, 95))
    tal = sum_platser([])
    assert (tal.grad, tal.kostnad_per_plats, tal.trend) == (None, None, None)
    assert calculate_kostnad_fore([]) is None
    assert len(lista.manader) == 12


def test_an_enhet_that_has_closed_says_when(store: Store) -> None:
    def act(session: Session) -> None:
        closed = make.make_enhet(session, namn="Stängd")
        make.make_kapacitet(session, enhet_id=closed.id, fran=NYAR, till=DAG - timedelta(1), platser=3)
        closing = make.make_enhet(session, namn="Stänger")
        make.make_kapacitet(session, enhet_id=closing.id, fran=NYAR, till=DAG, platser=3)
        make.make_enhet(session, namn="Aldrig")
        enhet_with(session, 2, namn="Öppen")

    fill(store, act)
    rader = {rad.namn: rad for rad in read(store).rader}
    assert (rader["Stängd"].stangd, rader["Stängd"].stanger) == (True, DAG - timedelta(1))
    assert (rader["Stänger"].stangd, rader["Stänger"].stanger) == (False, DAG)
    assert (rader["Aldrig"].stangd, rader["Aldrig"].stanger) == (True, None)
    assert (rader["Öppen"].stangd, rader["Öppen"].stanger) == (False, None)
    assert rader["Öppen"].is_intern


def test_the_goal_counts_places_that_stand_and_those_that_are_gone(store: Store) -> None:
    def act(session: Session) -> None:
        grown = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=grown.id, fran=NYAR, platser=3)
        make.make_kapacitet(session, enhet_id=grown.id, fran=date(2024, 6, 1), platser=8)
        shrunk = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=shrunk.id, fran=NYAR, till=date(2024, 7, 1), platser=4)
        new = make.make_enhet(session)
        make.make_kapacitet(session, enhet_id=new.id, fran=date(2024, 6, 1), platser=2)

    fill(store, act)
    save_settings(store, SYSTEM, {"platser.mal": {"antal": 500, "fran": "2024-06-01"}})
    mal = read(store).platsmal
    assert mal is not None
    assert (mal.antal, mal.fran, mal.nya, mal.borta) == (500, date(2024, 6, 1), 7, 4)


@pytest.mark.parametrize("enheter", [1, 6])
def test_as_many_statements_for_any_number_of_enheter(store: Store, enheter: int) -> None:
    def act(session: Session) -> None:
        for _ in range(enheter):
            enhet = enhet_with(session, 2, 100)
            busy(session, enhet)
            make.make_platsko(session, enhet_id=enhet.id)

    fill(store, act)
    with sent_statements(store) as sent:
        read(store)
    assert len(sent) == 6


@pytest.mark.parametrize("seed", range(6))
def test_days_to_come_as_a_count_of_each_day(store: Store, seed: int) -> None:
    rng = Random(seed)
    days: list[tuple[date, date | None, date | None]] = []
    for _ in range(12):
        start = DAG + timedelta(rng.randint(-60, 40))
        ends = [start + timedelta(rng.randint(0, 60)) if rng.random() < 0.5 else None for _ in range(2)]
        days.append((start, ends[0], ends[1]))

    def act(session: Session) -> None:
        enhet = enhet_with(session, 6)
        for start, slut, plan in days:
            make.make_insats(session, enhet_id=enhet.id, start=start, slut=slut, planerat_slut=plan)

    fill(store, act)
    for ahead in (0, 1, 13, 30):
        dag = DAG + timedelta(ahead)
        rad: PlatsRow = read(store, dag, idag=DAG).rader[0]
        held = [
            (start, slut or (plan if plan is not None and plan >= DAG else date.max))
            for start, slut, plan in days
        ]
        there = [slut for start, slut in held if start <= dag <= slut]
        assert rad.tal.belagda == len(there)
        assert rad.tal.reserverade == sum(start > dag for start, _ in held)
        monday = dag - timedelta(dag.weekday())
        weeks = tuple(
            sum((slut - monday).days + 1 in range(7 * n, 7 * n + 7) for slut in there if slut < date.max)
            for n in range(8)
        )
        assert rad.veckor == weeks


def test_the_trend_is_of_months() -> None:
    rising = Platstal(manader=((1, 2), (1, 2), (1, 2), (2, 2), (2, 2), (2, 2)))
    assert rising.trend is Trend.UPP
    assert Platstal(manader=((2, 2),) * 5 + ((1, 2),)).trend is Trend.NED
    assert Platstal(manader=((1, 2),) * 6).trend is Trend.JAMN
    assert Platstal(manader=((0, 0), (0, 0), (0, 0), (1, 2))).trend is None
