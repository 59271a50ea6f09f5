"""Delegationsbeslut: the month's list, registering by keyboard, changing, removing, copying, the card."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.models import Arende, Delegationsbeslut
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.delegationsbeslut.oppna import (
    AndraBeslut,
    NyttBeslut,
    change_key,
    new_key,
    read_form_key,
)
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.page import Akt, Oppna
from desktop.shell.navigation import Location
from tests.gui.screens.conftest import People, settle
from tests.helpers import factories as make

Go = Callable[..., Any]


def _fill(session: Session, people: People) -> None:
    own = {row[0]: row[1] for row in session.execute(select(Arende.deltagare_id, Arende.id))}
    for lopnummer, (dag, arende, typ, delegat) in enumerate(
        (
            (date(2024, 5, 22), own[people.hodan], "Försörjningsstöd", "Elin Måsvik"),
            (date(2024, 6, 1), own[people.hodan], "Försörjningsstöd", "Elin Måsvik"),
            (date(2024, 6, 2), own[people.annans], "Hyresskuld", "Bo Ek"),
            (date(2024, 6, 3), None, "Försörjningsstöd", "Bo Ek"),
        ),
        start=1,
    ):
        make.make_delegationsbeslut(
            session, datum=dag, ar=2024, lopnummer=lopnummer, arende_id=arende, arendetyp=typ,
            delegat=delegat, lagrum="12 kap. 1 § SoL", delegationspunkt="3.1", beslut="Bifall",
        )  # fmt: skip


@pytest.fixture
def screen(go: Go, store: Store, people: People, qtbot: QtBot) -> Any:
    with store.unit_of_work(SYSTEM, "test") as work:
        _fill(work.session, people)
    shown = go("delegationsbeslut")
    qtbot.waitUntil(lambda: len(numbers(shown)) == 3)
    return shown


def numbers(screen: Any) -> list[str]:
    model = screen.view.model
    return [model.row(place).nummer for place in range(model.rowCount())]


def sheet_of(screen: Any, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: any(s.is_open and s.is_started for s in screen.findChildren(Sheet)))
    return next(s for s in screen.findChildren(Sheet) if s.is_open)


def field(sheet: Any, name: str) -> Any:
    return sheet.boxes[name].field


def held(store: Store) -> list[tuple[Any, ...]]:
    columns = (Delegationsbeslut.lopnummer, Delegationsbeslut.arendetyp, Delegationsbeslut.beslut)
    with store.read(SYSTEM) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Delegationsbeslut.id))]


def test_the_month_and_the_others(screen: Any, qtbot: QtBot) -> None:
    view = screen.view
    assert numbers(screen) == ["2024/2", "2024/3", "2024/4"]
    assert view.header.meta.text() == "Juni 2024 · 3 beslut"
    assert view.counts.text().replace("\u00a0", " ") == "2 försörjningsstöd · 1 hyresskuld"
    assert not view.next.isEnabled()
    QTest.keyClick(view.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: numbers(screen) == ["2024/1"])
    view.previous.click()
    qtbot.waitUntil(lambda: numbers(screen) == [])
    assert view.empty.fact.text() == "Inga delegationsbeslut i april 2024."
    view.month.set_value(2024 * 12 + 4)
    qtbot.waitUntil(lambda: numbers(screen) == ["2024/1"])
    view.next.click()
    qtbot.waitUntil(lambda: len(numbers(screen)) == 3)


def test_narrowed_by_delegat_and_typ(screen: Any, qtbot: QtBot) -> None:
    view = screen.view
    view.delegat.set_value("Bo Ek")
    assert numbers(screen) == ["2024/3", "2024/4"]
    view.typ.set_value("Hyresskuld")
    assert numbers(screen) == ["2024/3"]
    assert view.header.meta.text() == "Juni 2024 · 1 av 3 beslut"
    view.delegat.set_value("Elin Måsvik")
    assert view.empty.fact.text() == "Inga träffar."
    view.empty.button.click()
    assert len(numbers(screen)) == 3


def test_several_are_registered_after_each_other_by_keyboard(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    QTest.keyClick(screen.view.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = sheet_of(screen, qtbot)
    qtbot.waitUntil(lambda: field(sheet, "arendetyp").offered() == ["Försörjningsstöd", "Hyresskuld"])
    assert field(sheet, "delegat").value() == "Elin Måsvik"
    field(sheet, "arende").setText("Ä-1")
    field(sheet, "arendetyp").setText("Hyresskuld")
    assert (field(sheet, "lagrum").value(), field(sheet, "delegationspunkt").value()) == (
        "12 kap. 1 § SoL", "3.1",
    )  # fmt: skip
    field(sheet, "beslut").setText("Avslag")
    sheet.again.click()
    qtbot.waitUntil(lambda: len(held(store)) == 5 and field(sheet, "arende").value() == "")
    assert sheet.is_open
    assert field(sheet, "arendetyp").value() == "Hyresskuld"
    qtbot.waitUntil(lambda: sheet.save.isEnabled())
    field(sheet, "beslut").setText("Bifall")
    sheet.save.click()
    qtbot.waitUntil(lambda: len(numbers(screen)) == 5)
    assert held(store)[-2:] == [(5, "Hyresskuld", "Avslag"), (6, "Hyresskuld", "Bifall")]
    settle(qtbot, runner)


def test_what_is_missing_and_who_is_named_is_told_at_the_field(
    screen: Any, qtbot: QtBot, window: MainWindow
) -> None:
    window.go(Location("delegationsbeslut", NyttBeslut()))
    sheet = sheet_of(screen, qtbot)
    sheet.save.click()
    assert sheet.boxes["beslut"].error == "Skriv vad som beslutades."
    for name, text in (
        ("arende", "Ä-4"), ("arendetyp", "Hyra"), ("delegationspunkt", "3.1"),
        ("beslut", "Bifall till Anna Andersson"),
    ):  # fmt: skip
        field(sheet, name).setText(text)
    qtbot.waitUntil(lambda: "finns inte i registret" in sheet.boxes["arende"].error)
    assert "Anna Andersson ser ut som ett namn" in sheet.boxes["beslut"].warning


def test_changed_removed_and_undone(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    sheet = sheet_of(screen, qtbot)
    assert field(sheet, "arende").value() == "Ä-1"
    field(sheet, "beslut").setText("Delvis bifall")
    sheet.save.click()
    qtbot.waitUntil(lambda: held(store)[1][2] == "Delvis bifall")
    qtbot.waitUntil(lambda: not sheet_is_open(screen))
    settle(qtbot, runner)
    screen.view.table.setFocus()
    QTest.keyClick(screen.view.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers(screen) == ["2024/3", "2024/4"])
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(numbers(screen)) == 3)


def sheet_is_open(screen: Any) -> bool:
    return any(sheet.is_open for sheet in screen.findChildren(Sheet))


def test_one_of_a_hidden_arende_is_read_and_no_more(screen: Any) -> None:
    view = screen.view
    view.table.setCurrentIndex(view.model.index(1, 0))
    assert view.table.current_row().arende == "Ä-4"
    assert not view.change.isEnabled()
    assert not view.remove.isEnabled()
    menu = QMenu()
    view.table.fill_menu(menu)
    assert [action.isEnabled() for action in menu.actions()] == [False, False]
    assert [hit.text for hit in screen.acts()] == ["Lista till nämnden"]
    view.table.setCurrentIndex(view.model.index(0, 0))
    menu = QMenu()
    view.table.fill_menu(menu)
    assert [action.text() for action in menu.actions()] == ["Ändra", "Ta bort", "Öppna deltagarens kort"]
    assert "Ändra delegationsbeslut 2024/2" in [hit.text for hit in screen.acts()]


def test_copied_with_headers(screen: Any, qtbot: QtBot) -> None:
    QTest.keyClick(screen.view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = QGuiApplication.clipboard().text().split("\n")
    assert head.startswith("Löpnr\tDatum\tÄrende\tÄrendetyp\tLagrum")
    assert line.startswith("2024/2\t2024-06-01\tÄ-1")


def test_from_the_card_the_arende_is_filled_in(
    window: MainWindow, people: People, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    with store.read(SYSTEM) as session:
        own = session.scalars(select(Arende.id).where(Arende.deltagare_id == people.hodan)).one()
    window.go(Location("kort", Oppna(people.hodan, "bistand", Akt("nytt_delegationsbeslut", own))))
    card = window.screen_shown
    sheet = sheet_of(card, qtbot)
    assert field(sheet, "arende").value() == "Ä-1"
    for name, text in (("arendetyp", "Hyra"), ("delegationspunkt", "3.1"), ("beslut", "Bifall")):
        field(sheet, name).setText(text)
    sheet.save.click()
    qtbot.waitUntil(lambda: held(store) == [(1, "Hyra", "Bifall")])
    settle(qtbot, runner)


def test_the_list_of_suggestions_opens_with_the_arrow(screen: Any, qtbot: QtBot, window: MainWindow) -> None:
    window.go(Location("delegationsbeslut", NyttBeslut()))
    sheet = sheet_of(screen, qtbot)
    typ = field(sheet, "arendetyp")
    qtbot.waitUntil(lambda: bool(typ.offered()))
    typ.setFocus()
    QTest.keyClick(typ, Qt.Key.Key_Down)
    popup = typ.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: typ.value() == "Försörjningsstöd")
    assert field(sheet, "delegationspunkt").value() == "3.1"


def test_the_months_list_is_shown_as_it_is_printed(screen: Any, window: MainWindow, qtbot: QtBot) -> None:
    screen.view.turn(-1)
    qtbot.waitUntil(lambda: numbers(screen) == ["2024/1"])
    screen.view.printed.click()
    report: Any = window.screen_shown
    qtbot.waitUntil(lambda: report.printed is not None)
    rapport = report.printed.rapport
    assert (rapport.rapport, rapport.period) == ("delegationsbeslut", ("2024-05-01", "2024-05-31"))
    assert [rad.etikett for rad in rapport.avsnitt[1].delar[0].rader] == ["2024/1"]


def test_one_that_somebody_else_changed_is_shown_in_both_versions(
    screen: Any, store: Store, qtbot: QtBot, window: MainWindow
) -> None:
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    sheet = sheet_of(screen, qtbot)
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.scalars(
            select(Delegationsbeslut).where(Delegationsbeslut.lopnummer == 2)
        ).one().delegat = "Bo Ek"
    field(sheet, "beslut").setText("Avslag")
    sheet.save.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(KonfliktDialog)))
    window.findChildren(KonfliktDialog)[0].reject()
    assert sheet.is_open
    assert field(sheet, "beslut").value() == "Avslag"


def test_a_change_begun_is_kept_and_gone_on_with(
    screen: Any, qtbot: QtBot, window: MainWindow, store: Store, runner: Runner
) -> None:
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    sheet = sheet_of(screen, qtbot)
    row = screen.view.table.current_row()
    field(sheet, "beslut").setText("Delvis")
    sheet.cancel.click()
    qtbot.waitUntil(lambda: not sheet_is_open(screen))
    settle(qtbot, runner)
    key = read_form_key(change_key(row.id))
    assert key == AndraBeslut(row.id)
    assert read_form_key(new_key()) == NyttBeslut()
    assert read_form_key("kort/3") is None
    window.go(Location("delegationsbeslut", key))
    again = sheet_of(screen, qtbot)
    qtbot.waitUntil(lambda: field(again, "beslut").value() == "Delvis")
