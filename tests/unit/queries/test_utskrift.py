"""Attendance day by day, for paper."""

from datetime import date, timedelta

import pytest

from db.aktor import SYSTEM, Aktor, Roll
from db.errors import NotFoundError
from db.queries.utskrift import list_narvaro_dagar
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 3, 4)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)


def test_the_passes_of_a_period_in_order_of_time(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session)
        inskrivning = make.make_inskrivning(work.session, deltagare_id=person.id)
        insats = make.make_insats(work.session, inskrivning_id=inskrivning.id)
        make.make_narvaro(work.session)  # somebody else's
        for days, pass_, status in (
            (1, "em", "sjuk"),
            (1, "fm", "närvarande"),
            (0, "", "närvarande"),
            (9, "", "sjuk"),
        ):
            make.make_narvaro(
                work.session, insats_id=insats.id, datum=DAG + timedelta(days), pass_=pass_, status=status,
                minuter=None, notering="Ringde",
            )  # fmt: skip
    with store.read(ELIN) as session, sent_statements(store) as sent:
        rows = list_narvaro_dagar(session, ELIN, person.id, DAG, DAG + timedelta(7))
    assert [(row.datum - DAG, row.pass_, row.status) for row in rows] == [
        (timedelta(0), "", "närvarande"),
        (timedelta(1), "fm", "närvarande"),
        (timedelta(1), "em", "sjuk"),
    ]
    assert (rows[0].notering, rows[0].minuter) == ("Ringde", None)
    assert len(sent) == 2


def test_nobody_reads_of_a_person_they_may_not_know(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        hidden = make.make_deltagare(work.session, skyddad="sekretessmarkering")
    with store.read(ELIN) as session, pytest.raises(NotFoundError):
        list_narvaro_dagar(session, ELIN, hidden.id, DAG, DAG)
