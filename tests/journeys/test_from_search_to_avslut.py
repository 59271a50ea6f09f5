"""One person's whole way in the window: searched, registered, planned, placed, and everything taken back."""

from collections.abc import Callable

from tests.journeys.desk import Desk


def test_a_new_person_is_planned_and_placed(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.press("Ctrl+2")
    desk.press("Ctrl+Shift+N")
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
