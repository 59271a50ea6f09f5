"""A colleague leaves: everything of hers is handed over in one act, and taken back."""

from collections.abc import Callable

from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.models import Arende, Inskrivning
from tests.journeys.desk import Desk


def open_of(desk: Desk, signatur: str) -> int:
    assert desk.app.opened is not None
    with desk.app.opened.store.read(SYSTEM) as session:
        arenden = select(func.count()).where(Arende.handlaggare == signatur, Arende.avslutat.is_(None))
        inskrivna = select(func.count()).where(
            Inskrivning.koordinator == signatur, Inskrivning.avslutad.is_(None)
        )
        return (session.scalar(arenden) or 0) + (session.scalar(inskrivna) or 0)


def test_a_colleagues_people_are_handed_over_and_taken_back(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.find("Ansvar")
    desk.qtbot.waitUntil(lambda: desk.screen.view.current_row() is not None)
    row = desk.screen.view.current_row()
    own = desk.app.opened.aktor if desk.app.opened is not None else SYSTEM
    assert row.nyckel != own.signatur
    desk.press("Enter")
    assert sum(group.total for group in desk.screen.view.list.groups()) == row.alla
    desk.press("Esc")
    before, mine = open_of(desk, row.nyckel), open_of(desk, own.signatur)
    desk.click("Lämna över…")
    desk.qtbot.waitUntil(lambda: desk.sheet.is_started)
    desk.fill("till", own.namn)
    desk.fill("skal", "Slutar")
    desk.save()
    moved = row.arenden + row.inskrivningar
    assert open_of(desk, row.nyckel) == before - moved
    assert open_of(desk, own.signatur) == mine + moved
    assert "överlämnade till" in desk.toasts[-1]
    desk.press("Ctrl+Z")
    assert open_of(desk, row.nyckel) == before
    assert open_of(desk, own.signatur) == mine
