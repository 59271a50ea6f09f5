"""The whole register's aktivitetskrav: both starting points, the work list of R8, and who may see what."""

from dataclasses import replace
from datetime import date

import pytest

from db.aktor import Aktor, Roll
from db.commands.settings import save_settings
from db.queries.aktivitetskrav import (
    AktivitetskravRow,
    UtanAktivitetRow,
    list_aktivitetskrav,
    list_utan_aktivitet,
)
from db.rules.aktivitetskrav import Status
from db.session import Store
from tests.helpers import factories as make
from tests.unit.queries.figurer.test_against_oracle import figures_of

ANSOKAN, BESLUT = date(2024, 3, 1), date(2024, 3, 15)
PER = date(2024, 3, 20)


@pytest.fixture
def arende(store: Store, aktor: Aktor) -> str:
    """An ärende granted two weeks after the ansökan, with an activity from the beslut on."""
    with store.unit_of_work(aktor, "test") as work:
        row = make.make_arende(work.session, nummer="Ä1", ansokan=ANSOKAN, beslut=BESLUT, handlaggare="anna")
        inskrivning = make.make_inskrivning(
            work.session, deltagare_id=row.deltagare_id, inskriven=ANSOKAN, koordinator=""
        )
        make.make_insats(work.session, inskrivning_id=inskrivning.id, start=date(2024, 3, 18))
        return row.nummer


def rows(store: Store, aktor: Aktor, dag: date = PER) -> tuple[AktivitetskravRow, ...]:
    with store.read(aktor) as session:
        return list_aktivitetskrav(session, aktor, dag)


def work_list(store: Store, aktor: Aktor, dag: date) -> tuple[UtanAktivitetRow, ...]:
    with store.read(aktor) as session:
        return list_utan_aktivitet(session, aktor, dag)


def test_the_clock_starts_with_the_beslut_or_the_ansokan(store: Store, aktor: Aktor, arende: str) -> None:
    granted = AktivitetskravRow(
        arende, BESLUT, date(2024, 3, 29), date(2024, 3, 18), Status.UPPFYLLT, dagar=3
    )
    assert rows(store, aktor) == (granted,)
    assert figures_of(store, aktor, "2024-03", "2024-03-31")["aktivitetskrav.uppfyllt"].varde.totalt == 1
    save_settings(store, aktor, {"aktivitetskrav.startpunkt": "ansokan"})
    late = replace(granted, start=ANSOKAN, frist=date(2024, 3, 15), status=Status.UPPFYLLT_SENT, dagar=17)
    assert rows(store, aktor) == (late,)
    found = figures_of(store, aktor, "2024-03", "2024-03-31")
    assert found["aktivitetskrav.uppfyllt_sent"].varde.totalt == 1
    save_settings(store, aktor, {"aktivitetskrav.dagar": 30})
    assert rows(store, aktor) == (replace(late, frist=date(2024, 3, 31), status=Status.UPPFYLLT),)


def test_an_insats_only_planned_does_not_count_yet(store: Store, aktor: Aktor, arende: str) -> None:
    (row,) = rows(store, aktor, date(2024, 3, 17))
    assert (row.aktivitet, row.status, row.dagar) == (None, Status.PAGAR, None)
    assert rows(store, aktor, date(2024, 3, 14)) == ()
    expected = UtanAktivitetRow(arende, BESLUT, 2, date(2024, 3, 29), ny_frist=False)
    assert work_list(store, aktor, date(2024, 3, 17)) == (expected,)
    assert work_list(store, aktor, PER) == ()


def test_the_list_starts_anew_when_the_activity_has_ended(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        row = make.make_arende(work.session, ansokan=ANSOKAN, beslut=BESLUT)
        ik = make.make_inskrivning(work.session, deltagare_id=row.deltagare_id, inskriven=ANSOKAN)
        make.make_insats(work.session, inskrivning_id=ik.id, start=BESLUT, slut=date(2024, 5, 31))
        make.make_undantag(work.session, arende_id=row.id, fran=date(2024, 6, 2), till=date(2024, 6, 5))
    assert work_list(store, aktor, date(2024, 5, 31)) == ()
    assert work_list(store, aktor, date(2024, 6, 3)) == ()  # inside the undantag
    (found,) = work_list(store, aktor, date(2024, 6, 10))
    assert (found.sedan, found.dagar, found.ny_frist) == (date(2024, 6, 5), 5, True)


@pytest.mark.parametrize(("skyddad", "sees"), [("nej", 1), ("sekretessmarkering", 0)])
def test_protected_people_are_seen_only_by_those_named(
    store: Store, aktor: Aktor, skyddad: str, sees: int
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        person = make.make_deltagare(work.session, skyddad=skyddad).id
        make.make_arende(work.session, deltagare_id=person, ansokan=ANSOKAN, handlaggare="anna")
    anna, bo = (Aktor(namn, namn.title(), Roll.HANDLAGGARE) for namn in ("anna", "bo"))
    assert [len(rows(store, who)) for who in (aktor, anna, bo)] == [1, 1, sees]
    assert [len(work_list(store, who, PER)) for who in (aktor, anna, bo)] == [1, 1, sees]
    # In statistics everyone is counted.
    assert figures_of(store, bo, "2024-03", "2024-03-31")["aktivitetskrav.bas"].varde.totalt == 1
