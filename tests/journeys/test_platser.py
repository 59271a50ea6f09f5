"""A koordinator looks over the places, gives one to who has waited, and takes it back."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.models import Insats, Platsko
from desktop.widgets.link_row import LinkRow
from tests.journeys.desk import Desk


def waiting(desk: Desk) -> int:
    assert desk.app.opened is not None
    with desk.app.opened.store.read(SYSTEM) as session:
        query = select(func.count()).select_from(Platsko).where(Platsko.till.is_(None))
        return session.scalar(query) or 0


def insatser(desk: Desk) -> int:
    assert desk.app.opened is not None
    with desk.app.opened.store.read(SYSTEM) as session:
        return session.scalar(select(func.count()).select_from(Insats)) or 0


def occupied(desk: Desk, namn: str) -> int:
    model = desk.screen.view.model
    rows = (model.row(place) for place in range(model.rowCount()))
    return int(next(rad.tal.belagda for rad in rows if rad.namn == namn))


def choose(desk: Desk, words: str) -> None:
    """The act with these words in the menu that is open."""
    desk.qtbot.waitUntil(lambda: any(menu.isVisible() for menu in desk.window.findChildren(QMenu)))
    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    menu.close()
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    action.trigger()
    desk.settle()


def test_who_has_waited_longest_gets_a_vacant_place_and_it_is_taken_back(
    sit_down: Callable[[], Desk],
) -> None:
    desk = sit_down()
    before, had = waiting(desk), insatser(desk)
    assert before > 0
    desk.press(f"Ctrl+{desk.window.rail.keys().index('platser') + 1}")
    view = desk.screen.view
    desk.qtbot.waitUntil(lambda: view.model.rowCount() > 2)
    free = next(
        rad
        for rad in (view.model.row(place) for place in range(view.model.rowCount()))
        if not rad.is_head and rad.tal.lediga
    )
    taken = occupied(desk, free.namn)
    desk.click(view.queue.text())
    desk.qtbot.waitUntil(lambda: desk.sheet.is_started)
    desk.sheet.findChildren(LinkRow)[0].click()
    choose(desk, "Ge plats…")
    desk.qtbot.waitUntil(lambda: desk.sheet.is_started)
    desk.fill("enhet", free.namn[:8])
    desk.fill("insatstyp", "arbetstr")
    desk.fill("start", "t")
    desk.fill("planerat_slut", "+60")
    desk.save()
    assert desk.toasts[-1] == "Deltagaren har fått platsen."
    assert (waiting(desk), insatser(desk)) == (before - 1, had + 1)
    desk.qtbot.waitUntil(lambda: occupied(desk, free.namn) == taken + 1)
    desk.undo()
    assert (waiting(desk), insatser(desk)) == (before, had)
    desk.qtbot.waitUntil(lambda: occupied(desk, free.namn) == taken)
