"""The people behind a row of a report are as many as the row says, for every row that opens."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib import import_module

import pytest
from sqlalchemy import select

from db.aktor import SYSTEM
from db.demo import create_demo
from db.migrate import open_register
from db.models import Deltagare
from db.queries.figurer import avslut, deltagare
from db.queries.rapport_personer import list_bakom, opens
from db.rules.figurer import KON_NYCKLAR, Figur
from db.rules.koder import Skydd
from db.rules.period import Period, parse_period
from db.session import Store
from tests.helpers.factories import make_deltagare, make_inskrivning

PERIODER = (("2026", date(2026, 11, 12)), ("2025-T3", date(2026, 1, 31)), ("2026-10", date(2026, 10, 31)))
RAPPORTER = ("deltagare", "avslut", "aktivitetskrav", "osa", "flode")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("bakom") / "demo.egenvag"
    create_demo(path, 150, 3, date(2026, 11, 12))
    with closing(open_register(path)) as store:
        with store.unit_of_work(SYSTEM, "test") as work:
            for person in work.session.scalars(select(Deltagare).where(Deltagare.skyddad != Skydd.NEJ.value)):
                person.skyddad = Skydd.NEJ.value
        yield store


@pytest.mark.parametrize("rapport", RAPPORTER)
@pytest.mark.parametrize(("period", "per"), PERIODER, ids=[text for text, _ in PERIODER])
def test_as_many_as_the_number(demo: Store, rapport: str, period: str, per: date) -> None:
    figures = import_module(f"db.queries.figurer.{rapport}").figures
    perioden = parse_period(period)
    with demo.read(SYSTEM) as session:
        found = [f for f in figures(session, SYSTEM, perioden, per) if opens(f.id)]
        listed = {
            (f.id, nyckel): len(list_bakom(session, SYSTEM, f.id, nyckel, perioden, per))
            for f in found
            for nyckel in KON_NYCKLAR
        }
    assert len(found) >= 4
    assert listed == {(f.id, nyckel): _number(f, nyckel) for f in found for nyckel in KON_NYCKLAR}
    assert sum(listed.values())


def _number(figur: Figur, nyckel: str) -> int:
    counted = figur.taljare if figur.enhet == "andel" else figur.varde
    assert counted is not None
    return int(counted.get(nyckel) or 0)


@pytest.mark.parametrize("rad_id", ["belaggning.intern.grad", "bip.matta", "avslut.okand", "deltagare."])
def test_other_rows_do_not_open(demo: Store, rad_id: str) -> None:
    assert not opens(rad_id)
    idag = date(2026, 11, 12)
    with demo.read(SYSTEM) as session:
        assert list_bakom(session, SYSTEM, rad_id, "totalt", _ar(), idag) == ()


def test_an_unknown_insatstyp_or_steg_has_nobody(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        for rad_id in ("insats.finns_inte.unika", "flode.finns_inte.antal"):
            assert not list_bakom(session, SYSTEM, rad_id, "totalt", _ar(), date(2026, 11, 12))


def _ar() -> Period:
    return parse_period("2026")


def test_every_class_of_kolada_opens() -> None:
    assert all(opens(f"avslut.{rad}") for rad in avslut.KLASSER.values())


def test_a_protected_person_is_in_the_number_and_not_in_the_list(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for skydd in (Skydd.NEJ, Skydd.SEKRETESSMARKERING):
            person = make_deltagare(work.session, skyddad=skydd.value, kon="K")
            make_inskrivning(work.session, deltagare_id=person.id, inskriven=date(2026, 2, 1))
    per = date(2026, 11, 12)
    with store.read(SYSTEM) as session:
        (unika, *_rest) = deltagare.figures(session, SYSTEM, _ar(), per)
        listed = list_bakom(session, SYSTEM, "deltagare.unika", "kvinnor", _ar(), per)
        assert not list_bakom(session, SYSTEM, "deltagare.unika", "man", _ar(), per)
    assert unika.varde.kvinnor == 2
    assert [rad.datum for rad in listed] == [date(2026, 2, 1)]
