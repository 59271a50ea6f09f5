"""A koordinator follows up: from a figure of the period to its people, and a follow-up that is answered."""

from collections.abc import Callable
from typing import Any

from desktop.screens.avslut.view import UPPFOLJNINGAR
from desktop.screens.bakom import BakomDialog
from desktop.shell.navigation import Location
from tests.journeys.desk import Desk


def figure(desk: Desk, key: str) -> Any:
    return next(cell for cell in desk.screen.view.kpis.cells if cell.kpi.key == key)


def listed(desk: Desk) -> list[tuple[str, str]]:
    model = desk.screen.view.uppfoljningar.model
    rows = [model.row(at) for at in range(model.rowCount())]
    return [(rad.person.namn, rad.lage.slag) for rad in rows]


def narrow_to_first(desk: Desk) -> Any:
    """Of the months to be confirmed those of the first one's result and kön."""
    view = desk.screen.view.uppfoljningar
    desk.click("Månad att bekräfta", view)
    rad = view.model.row(0)
    for field, value in ((view.resultat, rad.lage.resultat), (view.kon, rad.lage.kon or "-")):
        field.set_value(value)
        field.activated.emit(field.currentIndex())
        desk.settle()
    return rad


def test_from_a_figure_to_its_people_and_a_follow_up_answered(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.window.go(Location("avslut"))
    desk.qtbot.waitUntil(lambda: bool(desk.screen.view.kpis.cells))
    waits = int(figure(desk, "invantar").kpi.figure)
    assert waits > 0
    cell = figure(desk, "invantar")
    cell.setFocus()
    desk.press("Enter", on=cell)
    (dialog,) = [d for d in desk.window.findChildren(BakomDialog) if d.isVisible()]
    desk.qtbot.waitUntil(lambda: 0 < dialog.model.rowCount() <= waits)
    name = dialog.model.row(0).person.namn
    desk.press("Enter", on=dialog.table)
    assert desk.window.windowTitle().startswith(name)
    desk.press("Alt+Left")
    desk.click("Uppföljningar")
    assert desk.screen.view.shown() == UPPFOLJNINGAR
    rad = narrow_to_first(desk)
    view = desk.screen.view.uppfoljningar
    for left in range(len(listed(desk)) - 1, 0, -1):  # the others are told of at once
        desk.press("End", on=view.table)
        desk.click("Bekräfta månad", view)
        desk.qtbot.waitUntil(lambda left=left: len(listed(desk)) == left)
    before = listed(desk)
    assert before == [(rad.person.namn, "1 månad")]
    desk.press("Home", on=view.table)
    desk.click("Följ upp…", view)
    desk.fill("minst_en_manad", "Ja")
    desk.fill("text", "Arbetar kvar på lagret.")
    desk.save()
    assert desk.toasts[-1].startswith("Uppföljningen är sparad")
    desk.press("Alt+Left")
    view = desk.screen.view.uppfoljningar
    desk.qtbot.waitUntil(lambda: view.empty.isVisible())
    assert desk.reads("Inga träffar.", view)
    desk.undo()
    desk.qtbot.waitUntil(lambda: listed(desk) == before)


def test_a_month_is_confirmed_in_the_list_and_taken_back(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.window.go(Location("avslut", UPPFOLJNINGAR))
    desk.qtbot.waitUntil(lambda: bool(listed(desk)))
    view = desk.screen.view.uppfoljningar
    desk.click("Månad att bekräfta", view)
    before = listed(desk)
    assert before
    for left in range(len(before), 0, -1):
        desk.click("Bekräfta månad", view)
        desk.qtbot.waitUntil(lambda left=left: len(listed(desk)) == left - 1)
    assert view.empty.isVisible()
    assert desk.reads("Ingen månad att bekräfta just nu.", view)
    assert not view.confirm.isEnabled()
    desk.undo()
    desk.qtbot.waitUntil(lambda: listed(desk) == before[-1:])
