"""A new person: searched while writing, doubles opened instead, registered with all that belongs to it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Arende, Deltagare, Hushall, Inskrivning, PasseradVarning, Stegperiod, Utkast
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.deltagare.ny import Ny, ny_key, read_ny_key
from tests.gui.screens.conftest import IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def write(qtbot: QtBot, runner: Runner, sheet: Any, **values: str) -> None:
    """Type in fields, and wait until the form has looked at what is written."""
    for name, text in values.items():
        field = sheet.boxes[name].field
        line = getattr(field, "line", field)
        line.setFocus()
        line.selectAll()
        with qtbot.waitSignal(sheet.edited):
            type_text(line, text)
        settle(qtbot, runner)


def rows(store: Store, model: Any) -> list[Any]:
    with store.read(SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def sheet_of(window: MainWindow) -> Any:
    return window.screen_shown._sheet()  # type: ignore[attr-defined]


@pytest.fixture
def sheet(go: Go, window: MainWindow, qtbot: QtBot, runner: Runner) -> Any:
    screen = go("deltagare")
    QTest.keyClick(screen.view, Qt.Key.Key_N, CTRL_SHIFT)
    qtbot.waitUntil(lambda: not screen.view.new.isDown())
    settle(qtbot, runner)
    return sheet_of(window)


def test_a_person_is_registered_by_typing_and_taken_back(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    assert window.focusWidget() is sheet.boxes["personnummer"].field
    write(qtbot, runner, sheet, personnummer="880314-2382", fornamn="Ebba", efternamn="Vindstig")
    assert sheet.boxes["fodelsedatum"].field.value() == date(1988, 3, 14)
    assert sheet.boxes["kon"].field.value() == "K"
    assert sheet.boxes["koordinator"].field.value() == "elin"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    person = rows(store, Deltagare)[-1]
    assert (person.personnummer, person.fornamn, person.kon) == ("198803142382", "Ebba", "K")
    inskrivning, steg = rows(store, Inskrivning)[-1], rows(store, Stegperiod)[-1]
    assert (inskrivning.deltagare_id, inskrivning.inskriven) == (person.id, IDAG)
    assert inskrivning.koordinator == "elin"
    assert (steg.inskrivning_id, steg.fran) == (inskrivning.id, IDAG)
    card = window.screen_shown
    assert card.view.head.name.text() == "Ebba Vindstig"  # type: ignore[union-attr]
    assert card.view.page("planering").isVisible()  # type: ignore[union-attr]
    assert "Deltagaren är registrerad." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert [p.fornamn for p in rows(store, Deltagare)] == ["Hodan", "Åsa", "Amira", "Ebba"]
    assert card.view.missing.fact.text() == "Deltagaren finns inte i registret."  # type: ignore[union-attr]


def test_a_double_is_told_while_typing_and_opened_instead(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    write(qtbot, runner, sheet, personnummer="8803149809")
    (link,) = [w for w in sheet._stops() if w.accessibleName().startswith("Hodan")]
    assert "Samma nummer" in link.accessibleName()
    assert link.isVisible()
    write(qtbot, runner, sheet, fornamn="Hodan", efternamn="Berg")
    assert sheet.boxes["personnummer"].error.startswith("Numret finns redan: Hodan Rönnstig.")
    write(qtbot, runner, sheet, personnummer="880314-2382", fornamn="Hodann")
    (link,) = [w for w in sheet._stops() if w.accessibleName().startswith("Hodan")]
    assert "Född samma dag, liknande namn" in link.accessibleName()
    sheet.boxes["kon"].field.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is link
    QTest.keyClick(link, Qt.Key.Key_Space)
    settle(qtbot, runner)
    assert window.screen_shown.card.id == people.hodan  # type: ignore[union-attr]


def test_a_hidden_person_is_neither_told_nor_doubled(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_deltagare(work.session, personnummer="198803142382", skyddad="sekretessmarkering")
    write(qtbot, runner, sheet, personnummer="880314-2382", fornamn="Anna", efternamn="Åkesson")
    assert not any(box.error for box in sheet.boxes.values())
    assert not [w for w in sheet._stops() if "kesson" in w.accessibleName()]
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    told = sheet.boxes["personnummer"].error
    assert told == "Numret går inte att registrera här. Kontakta administratören."


def test_ones_own_protected_person_is_masked(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    write(qtbot, runner, sheet, personnummer="960730-9805")
    (link,) = [w for w in sheet._stops() if "Ä-3" in w.accessibleName()]
    assert link.accessibleName().startswith("Skyddad identitet Ä-3")
    assert "Lövmo" not in link.accessibleName()


def test_what_is_wrong_is_told_at_the_field_while_typing(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    boxes = sheet.boxes
    write(qtbot, runner, sheet, personnummer="8803")
    assert boxes["personnummer"].error == ""
    write(qtbot, runner, sheet, personnummer="880314-9800")
    assert boxes["personnummer"].error.startswith("Kontrollsiffran stämmer inte.")
    write(qtbot, runner, sheet, fodelsedatum="2031-01-01")
    assert boxes["fodelsedatum"].error == "Födelsedatumet ligger i framtiden. Kontrollera det."
    write(qtbot, runner, sheet, fodelsedatum="igår eller så")
    assert boxes["fodelsedatum"].error.startswith("Skriv ett datum")
    write(qtbot, runner, sheet, fodelsedatum="880315")
    assert boxes["fodelsedatum"].field.value() == date(1988, 3, 15)
    write(qtbot, runner, sheet, personnummer="880314-2382", antal_barn="två")
    assert boxes["antal_barn"].error == "Skriv antalet med siffror."
    write(qtbot, runner, sheet, antal_barn="2", fornamn="Ebba", efternamn="Vindstig")
    assert boxes["fodelsedatum"].error == "Numret säger 14\u00a0mar\u00a01988. Rätta numret eller datumet."
    write(qtbot, runner, sheet, fodelsedatum="880314", inskriven="+2")
    assert boxes["inskriven"].warning.startswith("Dagen har inte varit ännu.")
    write(qtbot, runner, sheet, inskriven="1988-03-01")
    assert boxes["inskriven"].error == "Dagen är före födelsedatumet. Kontrollera båda."


def test_what_is_missing_is_told_when_one_tries(sheet: Any, window: MainWindow, qtbot: QtBot) -> None:
    for name in ("har_arende", "har_medsokande"):
        qtbot.mouseClick(sheet.boxes[name].field, Qt.MouseButton.LeftButton)
    sheet.boxes["inskriven"].field.line.setFocus()
    sheet.boxes["inskriven"].field.line.selectAll()
    QTest.keyClick(sheet.boxes["inskriven"].field.line, Qt.Key.Key_Delete)
    press(qtbot, window, Qt.Key.Key_S)
    told = {name for name, box in sheet.boxes.items() if box.error}
    names = {"fornamn", "efternamn"}
    assert told == names | {f"med_{name}" for name in names} | {"inskriven", "arende_nummer", "ansokan"}
    assert window.focusWidget() is sheet.boxes["fornamn"].field


def test_a_whole_household_in_one_go(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    for name in ("har_arende", "har_medsokande", "inskriv_medsokande"):
        qtbot.mouseClick(sheet.boxes[name].field, Qt.MouseButton.LeftButton)
    write(
        qtbot, runner, sheet, personnummer="880314-2382", fornamn="Ebba", efternamn="Vindstig",
        arende_nummer="Ä-99", ansokan="-9", med_fornamn="Ali", med_efternamn="Vindstig",
        med_fodelsedatum="1985-05-01", antal_barn="2",
    )  # fmt: skip
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    *_, ebba, ali = rows(store, Deltagare)
    assert (ebba.fornamn, ali.fornamn, ali.fodelsedatum) == ("Ebba", "Ali", date(1985, 5, 1))
    (hushall,) = rows(store, Hushall)
    assert (hushall.antal_barn, ebba.hushall_id, ali.hushall_id) == (2, hushall.id, hushall.id)
    arende = rows(store, Arende)[-1]
    assert (arende.nummer, arende.deltagare_id, arende.ansokan) == ("Ä-99", ebba.id, date(2024, 5, 25))
    assert [i.deltagare_id for i in rows(store, Inskrivning)][-2:] == [ebba.id, ali.id]


def test_a_medsokande_who_is_registered_is_taken_along(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    qtbot.mouseClick(sheet.boxes["har_medsokande"].field, Qt.MouseButton.LeftButton)
    write(qtbot, runner, sheet, fornamn="Ebba", efternamn="Vindstig", med_personnummer="199001019802")
    (link,) = [w for w in sheet._stops() if w.accessibleName().startswith("Åsa Öberg")]
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert not sheet.boxes["med_fornamn"].isVisible()
    (other,) = [w for w in sheet._stops() if w.accessibleName() == "Välj en annan"]
    assert other.isVisible()
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert sheet.boxes["med_fornamn"].isVisible()
    sheet.boxes["med_vald"].field.setText(str(people.asa))
    settle(qtbot, runner)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    ids = {p.fornamn: p.hushall_id for p in rows(store, Deltagare)}
    assert len(rows(store, Deltagare)) == 5
    assert ids["Ebba"] is not None or ids["Åsa"] is not None
    ebba = rows(store, Deltagare)[-1]
    assert ebba.hushall_id == ids["Åsa"] is not None


def test_one_after_another_with_the_same_inskrivning(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    write(qtbot, runner, sheet, fornamn="Ebba", efternamn="Vindstig", inskriven="-3")
    qtbot.mouseClick(sheet.again, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert sheet.boxes["fornamn"].field.value() == ""
    assert sheet.boxes["inskriven"].field.value() == date(2024, 5, 31)
    assert window.focusWidget() is sheet.boxes["personnummer"].field
    write(qtbot, runner, sheet, fornamn="Ali", efternamn="Vindstig")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert [i.inskriven for i in rows(store, Inskrivning)][-2:] == [date(2024, 5, 31)] * 2


def test_a_protected_person_of_somebody_elses_is_not_opened(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="bo", namn="Bo Ek")
    qtbot.mouseClick(sheet.boxes["skriv_in"].field, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.boxes["har_arende"].field, Qt.MouseButton.LeftButton)
    sheet.boxes["skyddad"].field.set_value("sekretessmarkering")
    write(qtbot, runner, sheet, fornamn="Ebba", efternamn="Vindstig", arende_nummer="Ä-99", ansokan="t")
    assert sheet.boxes["skyddad"].error.startswith("Ange vem som är ansvarig.")
    sheet.boxes["handlaggare"].field.set_items([("bo", "Bo Ek")])
    sheet.boxes["handlaggare"].field.set_value("bo")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert rows(store, Deltagare)[-1].skyddad == "sekretessmarkering"
    assert window.screen_shown.objectName() == "page"  # type: ignore[union-attr]
    assert sheet_of(window) is None
    assert "Deltagaren är registrerad." in toast_texts(window)


def test_what_was_searched_for_in_vain_begins_the_form(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("deltagare")
    qtbot.mouseClick(screen.view.whose._buttons["alla"], Qt.MouseButton.LeftButton)
    for text, filled in (
        ("ebba marie vindstig", ("", "Ebba Marie", "Vindstig")),
        ("Ebba", ("", "Ebba", "")),
        ("880314-2382", ("880314-2382", "", "")),
    ):
        screen.view.search.clear()
        with qtbot.waitSignal(screen.view.asked):
            type_text(screen.view.search, text)
        settle(qtbot, runner)
        qtbot.mouseClick(screen.view.empty.button, Qt.MouseButton.LeftButton)
        settle(qtbot, runner)
        boxes = sheet_of(window).boxes
        assert tuple(boxes[n].field.value() for n in ("personnummer", "fornamn", "efternamn")) == filled
        sheet_of(window).dismiss()


def test_a_form_that_is_left_comes_back_from_the_command_box(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, go: Go, people: People
) -> None:
    qtbot.mouseClick(sheet.boxes["har_medsokande"].field, Qt.MouseButton.LeftButton)
    sheet.boxes["med_vald"].field.setText(str(people.asa))
    write(qtbot, runner, sheet, fornamn="Ebba")
    go("idag")
    assert [u.rubrik for u in rows(store, Utkast)] == ["Ny deltagare"]
    box = window.top_bar.commands
    box.start()
    settle(qtbot, runner)
    assert box.list.item(1).text() == "Ny deltagare"
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    again = sheet_of(window)
    qtbot.waitUntil(lambda: again.draft.isVisible())
    assert again.boxes["fornamn"].field.value() == "Ebba"
    assert not again.boxes["med_fornamn"].isVisible()


def test_registering_is_a_command(window: MainWindow, qtbot: QtBot, runner: Runner, go: Go) -> None:
    go("idag")
    box = window.top_bar.commands
    box.start()
    type_text(box.field, "ny delt")
    qtbot.waitUntil(lambda: box.list.currentItem() is not None)
    settle(qtbot, runner)
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert sheet_of(window).title.text() == "Ny deltagare"
    window.screen_shown.register()  # type: ignore[union-attr]
    assert len([s for s in window.screen_shown.findChildren(type(sheet_of(window))) if s.is_open]) == 1


def test_keys_of_drafts() -> None:
    assert read_ny_key(ny_key("Hodan")) == Ny("Hodan")
    assert read_ny_key("kort/17/insats/") is None


def test_a_likely_double_is_passed_with_a_reason_that_is_kept(
    sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    write(qtbot, runner, sheet, personnummer="880314-2382", fornamn="Hodan", efternamn="Berg")
    sheet.boxes["forsorjning_fore"].field.set_value("ekonomiskt bistånd")
    assert sheet.boxes["fodelsedatum"].warning.startswith(
        "Född samma dag, med liknande namn som en annan deltagare."
    )
    assert sheet.reason.isVisible()
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert sheet.reason.error == "Skriv varför det ska sparas ändå."
    type_text(sheet.skal, "Kusin med samma namn")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (kept,) = rows(store, PasseradVarning)
    assert (kept.rad_id, kept.skal) == (rows(store, Deltagare)[-1].id, "Kusin med samma namn")
    assert rows(store, Inskrivning)[-1].forsorjning_fore == "ekonomiskt bistånd"
