"""One person's whole way in the window: searched, registered, planned, placed, present, gone, and back."""

from collections.abc import Callable

from tests.journeys.desk import Desk


def marks(desk: Desk, name: str) -> set[str]:
    row = next(row for row in desk.screen.view.grid.grid.rows if row.name == name)
    return {cell.mark for cell in row.cells if cell.mark}


def test_a_new_person_is_planned_placed_and_leaves(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.press("Ctrl+Shift+N")  # from any screen
    desk.fill("personnummer", "880314-2382")
    desk.fill("fornamn", "Ebba")
    desk.fill("efternamn", "Vindstig")
    desk.save()
    assert desk.window.windowTitle().startswith("Ebba Vindstig")
    desk.find("880314-2382")
    assert desk.window.windowTitle().startswith("Ebba Vindstig")

    desk.tab("planering")
    desk.click("Ny planering")
    desk.fill("mal", "Heltidsarbete i vården inom ett år.")
    desk.fill("nasta_uppfoljning", "+30")
    desk.fill("steg1", "Söka tre arbeten i veckan")
    desk.save()
    assert desk.reads("Heltidsarbete i vården inom ett år.", desk.tab("planering"))

    desk.press("Ctrl+N")
    desk.fill("insatstyp", "arbetstr")
    desk.fill("start", "t")
    desk.fill("planerat_slut", "+60")
    desk.save()
    assert desk.tab("insatser").model.rowCount() == 1
    desk.undo()
    assert desk.tab("insatser").model.rowCount() == 0
    desk.press("Ctrl+Shift+Z", desk.screen.view)
    desk.settle()
    assert desk.tab("insatser").model.rowCount() == 1

    desk.click("Registrera närvaro", desk.tab("narvaro"))
    grid = desk.screen.view.grid
    assert desk.window.windowTitle().startswith("Närvaro")
    row = next(row for row in grid.grid.rows if row.name == "Ebba Vindstig")
    today = next(place for place, cell in enumerate(row.cells) if cell.planned)
    for key, held in (("n", {"N"}), ("s", {"S"})):
        grid.choose(row.key, today)
        grid.setFocus()
        desk.press(key)
        assert marks(desk, "Ebba Vindstig") == held
    desk.press("Ctrl+Z")
    desk.settle()
    assert marks(desk, "Ebba Vindstig") == {"N"}
    desk.press("Alt+Left")
    assert desk.window.windowTitle().startswith("Ebba Vindstig")

    desk.click("Avslut…", desk.screen.view.head)
    desk.press("Ctrl+S")
    assert desk.sheet.boxes["resultat"].error == "Välj vad avslutet ledde till."
    desk.fill("resultat", "arbete")
    desk.fill("arbete_fran", "t")
    assert desk.reads("Avslutas", desk.sheet)
    desk.save()
    assert desk.toasts[-1] == "Inskrivningen är avslutad."
    page = desk.tab("avslut")
    assert desk.reads("6 månader", page)
    assert not desk.screen.view.head.insats.isEnabled()
    desk.undo()
    assert desk.screen.view.head.insats.isEnabled()
    assert desk.tab("insatser").model.row(0).slut is None
    assert desk.reads("Heltidsarbete i vården inom ett år.", desk.tab("planering"))
