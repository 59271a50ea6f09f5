"""Somebody whose words are odd: markup, turned text, signs, a word without end, several lines in one."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from tests.journeys.desk import Desk

LONG = "Långtnamnsomaldrigtarslut" * 5
NOTE = "Se <b>https://example.com/" + "a" * 120 + "</b>\nRad två 🎉"


def paste(desk: Desk, name: str, text: str) -> None:
    field = desk.sheet.boxes[name].field
    field.setFocus()
    QGuiApplication.clipboard().setText(text)
    field.paste()  # type: ignore[attr-defined]


def test_odd_words_are_kept_found_and_shown_as_they_are(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    desk.press("Ctrl+Shift+N")
    desk.fill("personnummer", "19880314-2382")
    paste(desk, "fornamn", "<b>Bo</b>\u202e\r\n🎉")
    paste(desk, "efternamn", f"O'{LONG}")
    paste(desk, "sprak", "ett\ntvå\ttre")
    desk.save()
    name = f"<b>Bo</b> 🎉 O'{LONG}"
    assert desk.window.windowTitle().startswith(name)
    assert desk.reads("Ett två tre", desk.tab("uppgifter"))

    desk.press("Ctrl+Shift+A")
    paste(desk, "text", NOTE)
    desk.save()
    assert desk.reads(NOTE, desk.tab("anteckningar"))

    for written in ("1988-03-14-2382", "880314 2382", "bo långtnamn", "o'lång"):
        desk.press("Ctrl+1")
        desk.find(written)
        assert desk.window.windowTitle().startswith(name), written

    desk.press("Ctrl+Shift+M")
    for typed, told in (
        ("2100-01-01", "fredag 1 januari 2100. Kontrollera året."),
        ("29/2", "Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre."),
        ("2028-02-29", "tisdag 29 februari 2028"),
    ):
        desk.fill("datum", typed)
        box = desk.sheet.boxes["datum"]
        desk.qtbot.waitUntil(
            lambda box=box, told=told: box.note.text().replace("\u00a0", " ") == told  # type: ignore[misc]
        )
    paste(desk, "plats", "   \n  ")
    desk.save()
    desk.tab("moten")
    desk.undo()
    assert desk.toasts[-1] == f"Ångrat: Nytt möte, {name}."
