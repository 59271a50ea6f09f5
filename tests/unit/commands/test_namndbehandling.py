"""The meeting and the diarienummer of a report: written, changed, taken away, refused, and printed."""

from datetime import date

import pytest

from db.commands.namndbehandling import set_behandling
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError
from db.queries.namndbehandling import Behandling, Rapportplats, find_behandling
from db.session import Store
from desktop.report_service import make_report
from desktop.reports.text_writer import to_text
from desktop.reports.texts import board_line, meta_lines
from tests.helpers.factories import make_medarbetare
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill

PLATS = Rapportplats("avslut", "", date(2024, 1, 1), date(2024, 8, 31))
TOLD = Behandling(date(2024, 9, 18), "AMN 2024-0132")


def written(store: Store, plats: Rapportplats = PLATS) -> Behandling:
    with store.read(ELIN) as session:
        return find_behandling(session, ELIN, plats)


def test_it_is_written_changed_and_taken_away(store: Store) -> None:
    saved = set_behandling(store, EVA, PLATS, Behandling(date(2024, 9, 18), " AMN 2024-0132 "), Behandling())
    assert saved is not None
    assert written(store) == TOLD
    assert written(store, Rapportplats("avslut", "plan", PLATS.fran, PLATS.till)) == Behandling()
    assert set_behandling(store, EVA, PLATS, TOLD) is None
    assert set_behandling(store, EVA, PLATS, Behandling(None, "KS 1"), TOLD) is not None
    assert written(store) == Behandling(None, "KS 1")
    gone = set_behandling(store, EVA, PLATS, Behandling())
    assert gone is not None
    assert written(store) == Behandling()
    assert set_behandling(store, EVA, PLATS, Behandling()) is None
    undo_act(store, EVA, gone.changes.handelse_id)
    assert written(store) == Behandling(None, "KS 1")


def test_it_is_read_in_one_statement(store: Store) -> None:
    with store.read(EVA) as session, sent_statements(store) as sent:
        find_behandling(session, EVA, PLATS)
    assert len(sent) == 1


def test_what_is_refused(store: Store) -> None:
    for dnr in ("x" * 61, "AMN\n2024", "\x07"):
        with pytest.raises(DataError) as caught:
            set_behandling(store, EVA, PLATS, Behandling(None, dnr))
        assert caught.value.field == "dnr"
    set_behandling(store, EVA, PLATS, TOLD)
    with pytest.raises(ConflictError) as conflict:
        set_behandling(store, EVA, PLATS, Behandling(), Behandling())
    assert conflict.value.nu == TOLD
    assert conflict.value.senast is not None
    with pytest.raises(ConflictError):
        set_behandling(store, EVA, Rapportplats("osa", "", PLATS.fran, PLATS.till), Behandling(), TOLD)
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    with pytest.raises(DataError, match="behörighet"):
        set_behandling(store, ELIN, PLATS, Behandling())


def test_it_stands_on_the_first_page_of_that_period_only(store: Store) -> None:
    set_behandling(store, EVA, PLATS, TOLD)

    def made(period: str):
        return make_report(store, EVA, "avslut", period, idag=date(2024, 9, 20))

    rapport = made("2024-01-01..2024-08-31")
    assert board_line(rapport) == "Sammanträde 2024-09-18 · Dnr AMN 2024-0132"
    assert meta_lines(rapport, "2024-09-20")[0] == board_line(rapport)
    assert board_line(rapport) in to_text(rapport)
    other = made("2024")
    assert board_line(other) == ""
    assert "Sammanträde" not in to_text(other)


@pytest.mark.parametrize("dnr", ["Dnr AMN 1", "diarienummer 1"])
def test_the_word_dnr_is_not_written_twice(store: Store, dnr: str) -> None:
    set_behandling(store, EVA, PLATS, Behandling(None, dnr))
    rapport = make_report(store, EVA, "avslut", "2024-01-01..2024-08-31", idag=date(2024, 9, 20))
    assert board_line(rapport) == dnr
