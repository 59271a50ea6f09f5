"""A koordinator finds the decision that soon ends, extends it where it is found, and takes it back."""

from collections.abc import Callable

from desktop.charts.scene import Label, Rect
from desktop.screens.osa.model import Visning
from tests.journeys.desk import Desk


def names(desk: Desk) -> list[str]:
    model = desk.screen.view.pages.model
    return [model.row(at).namn for at in range(model.rowCount())]


def decided(desk: Desk, namn: str) -> float:
    """How long the bar of the decisions is on the time line, of a width of 800."""
    view = desk.screen.view
    rad = view.pages.lines.row(names(desk).index(namn))
    boxes = [shape for shape in view.pages.timeline.draw_row(rad, 800, 36).shapes if isinstance(shape, Rect)]
    return sum(box.width for box in boxes if box.fill is not None and box.fill.colour == "s3")


def told(desk: Desk) -> list[str]:
    """The words on the time line of the first row."""
    view = desk.screen.view
    shapes = view.pages.timeline.draw_row(view.pages.lines.row(0), 800, 36).shapes
    return [shape.text.replace("\u00a0", " ") for shape in shapes if isinstance(shape, Label)]


def figure(desk: Desk, key: str) -> str:
    return str(next(cell.kpi.figure for cell in desk.screen.view.kpis.cells if cell.kpi.key == key))


def test_a_decision_that_ends_within_sixty_days_is_found_and_extended_and_the_bar_grows(
    sit_down: Callable[[], Desk],
) -> None:
    desk = sit_down()
    desk.press(f"Ctrl+{desk.window.rail.keys().index('osa') + 1}")
    view = desk.screen.view
    desk.qtbot.waitUntil(lambda: bool(view.kpis.cells) and view.pages.model.rowCount() > 1)
    assert figure(desk, "gar_ut") == "1"
    everyone = len(names(desk))
    desk.click("Tidslinje")
    assert view.visas() is Visning.TIDSLINJE
    desk.press("Ctrl+F")
    desk.click("Går ut inom 60 dagar 1")
    desk.qtbot.waitUntil(lambda: len(names(desk)) == 1)
    (namn,) = names(desk)
    before = decided(desk, namn)
    assert told(desk) == ["går ut 16 dec"]
    view.pages.timeline.setFocus()
    desk.click("Förläng beslut…")
    desk.qtbot.waitUntil(lambda: desk.has_sheet and desk.sheet.is_started)
    assert namn in desk.sheet.context.text()
    desk.fill("till", "2027-06-30")
    desk.fill("diarienummer", "AF-2026/777")
    desk.save()
    assert desk.toasts[-1] == "Beslutet är registrerat."
    # Nobody is left among those whose decision soon ends.
    desk.qtbot.waitUntil(lambda: figure(desk, "gar_ut") == "0" and names(desk) == [])
    desk.click("Rensa filter")
    desk.qtbot.waitUntil(lambda: len(names(desk)) == everyone)
    assert decided(desk, namn) > before + 50
    desk.undo()
    desk.qtbot.waitUntil(lambda: figure(desk, "gar_ut") == "1")
    desk.qtbot.waitUntil(lambda: decided(desk, namn) == before)
