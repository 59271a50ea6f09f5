"""A koordinator's morning: who stands still, moved on and back, and the figures that stand behind it."""

from collections.abc import Callable

from desktop.screens.bakom import BakomDialog
from tests.journeys.desk import Desk


def columns(desk: Desk) -> dict[str, list[str]]:
    return {c.title: [card.name for card in c.cards] for c in desk.screen.view.board.columns()}


def figures(desk: Desk) -> dict[str, str]:
    return {cell.kpi.key: cell.kpi.figure for cell in desk.screen.view.kpis.cells}


def test_who_stands_still_is_moved_on_and_the_figures_follow(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.press("Ctrl+3")
    desk.qtbot.waitUntil(lambda: bool(figures(desk)))
    # People with protected identity, and those who are avslutade today, are counted but not on the board.
    assert int(figures(desk)["aktuella"]) >= sum(len(names) for names in columns(desk).values()) > 0
    over = int(figures(desk)["over"])
    assert over > 0
    desk.screen.view.over.click()
    desk.settle()
    assert 0 < sum(len(names) for names in columns(desk).values()) <= over
    board = desk.screen.view.board
    board.focus_first()
    fore, card = board.current_view().shown.title, board.current_view().list.current_card()
    desk.press("Ctrl+Right", on=board.current_view().list)
    efter = list(columns(desk))[list(columns(desk)).index(fore) + 1]
    assert desk.toasts[-1].startswith(f"{card.name}: nu i {efter}.")
    assert card.name not in columns(desk)[fore]
    desk.qtbot.waitUntil(lambda: figures(desk)["over"] == str(over - 1))
    desk.undo()
    desk.qtbot.waitUntil(lambda: figures(desk)["over"] == str(over))
    assert card.name in columns(desk)[fore]


def test_a_figure_leads_to_its_people_and_on_to_a_card(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.press("Ctrl+3")
    desk.qtbot.waitUntil(lambda: bool(figures(desk)))
    cell = next(cell for cell in desk.screen.view.kpis.cells if cell.kpi.key == "ut")
    assert int(cell.kpi.figure) > 0
    cell.setFocus()
    desk.press("Enter", on=cell)
    (dialog,) = [d for d in desk.window.findChildren(BakomDialog) if d.isVisible()]
    desk.qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    # People with protected identity are counted, and listed only for those named for them.
    assert dialog.model.rowCount() <= int(cell.kpi.figure)
    name = dialog.model.row(0).person.namn
    desk.press("Enter", on=dialog.table)
    assert desk.window.windowTitle().startswith(name)
    desk.press("Alt+Left")
    assert desk.screen.view.board.isVisible()
