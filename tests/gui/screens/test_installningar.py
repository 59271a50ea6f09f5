"""Inställningar: the look at once, the register's settings in forms by those who may, and BIP following."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.commands.settings import save_settings
from db.queries.settings import NOT_ALLOWED, Installningar, load_settings
from db.rules.bip import BIP_INDIKATORER
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular import drafts
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.installningar.facts import tell_troskel
from desktop.screens.kort.page import Akt, Oppna
from desktop.shell.navigation import Location
from desktop.theme import Mode, Theme
from desktop.widgets.definitions import DefinitionList
from desktop.widgets.text import Text
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def held(store: Store) -> Installningar:
    with store.read(ELIN) as session:
        return load_settings(session, ELIN)


def told(facts: DefinitionList) -> list[str]:
    return [text.text() for text in facts.findChildren(Text) if text.isVisible()]


def sheet_of(window: MainWindow) -> Any:
    return window.screen_shown._sheet()


@pytest.fixture
def form(go: Go, window: MainWindow, runner: Runner, qtbot: QtBot) -> Callable[[str], Any]:
    """Press the button of a group of settings."""

    def form(key: str) -> Any:
        screen = go("installningar")
        screen.view.buttons[key].click()
        settle(qtbot, runner)
        return sheet_of(window)

    return form


def save(qtbot: QtBot, runner: Runner, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def test_the_look_is_changed_at_once_and_remembered(
    go: Go, theme: Theme, window: MainWindow, qtbot: QtBot
) -> None:
    view = go("installningar").view
    assert window.focusWidget() is view.buttons["bip"]
    assert (view.mode.value(), view.scale.value()) == ("light", 100)
    view.mode._buttons["dark"].click()
    assert theme.scheme == "dark"
    view.scale.setFocus()
    QTest.keyClick(view.scale, Qt.Key.Key_Down)
    assert theme.scale == view.scale.value() > 100
    window.top_bar.mode_chosen.emit(Mode.SYSTEM)
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (view.mode.value(), view.scale.value()) == ("system", 100)
    assert window._settings.get("look/theme", "") == "system"
    theme.set(Mode.LIGHT, 200)
    assert not window.grab().isNull()


def test_bip_is_changed_followed_and_taken_back(
    form: Callable[[str], Any],
    go: Go,
    people: People,
    window: MainWindow,
    store: Store,
    qtbot: QtBot,
    runner: Runner,
) -> None:
    page = go("kort", Oppna(people.hodan, "bip")).view.page("bip")
    assert page.scale.text().startswith("Skala 1–5.")
    sheet = form("bip")
    sheet.boxes["bip.skala"].field.setFocus()
    QTest.keyClick(sheet.boxes["bip.skala"].field, Qt.Key.Key_Down)
    write(sheet, "etikett1", "Mående")
    qtbot.waitUntil(lambda: "räknas inte om" in sheet.boxes["bip.skala"].warning)
    save(qtbot, runner, window)
    assert held(store).bip_skala == 6
    assert held(store).bip_etiketter == ("Mående", *BIP_INDIKATORER[1:])
    assert "Inställningarna är sparade." in toast_texts(window)
    view = window.screen_shown.view
    qtbot.waitUntil(lambda: "1–6" in told(view.facts["bip"]))
    assert "Från början: hälsa i vardagen" in told(view.facts["bip"])
    card = go("kort", people.hodan)
    assert card.view.page("bip").scale.text().startswith("Skala 1–6.")
    card.act(Akt("bip"))
    assert sheet_of(window).boxes["svar1"].field.accessibleName() == "Mående, inte besvarad"
    sheet_of(window).dismiss()
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: held(store) == Installningar())
    qtbot.waitUntil(lambda: card.view.page("bip").scale.text().startswith("Skala 1–5."))


def test_what_is_wrong_is_told_at_the_field(
    form: Callable[[str], Any], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    sheet = form("bip")
    write(sheet, "etikett2", "hälsa i vardagen")
    qtbot.waitUntil(lambda: "En annan fråga heter så" in sheet.boxes["etikett2"].error)
    save(qtbot, runner, window)
    assert sheet.is_open
    assert window.focusWidget() is sheet.boxes["etikett2"].field
    assert held(store) == Installningar()


def test_the_frist_is_changed(
    form: Callable[[str], Any], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    sheet = form("aktivitetskrav")
    write(sheet, "aktivitetskrav.dagar", "x")
    save(qtbot, runner, window)
    assert sheet.boxes["aktivitetskrav.dagar"].error == "Skriv antalet med siffror."
    sheet.boxes["aktivitetskrav.dagar"].field.clear()
    save(qtbot, runner, window)
    assert sheet.boxes["aktivitetskrav.dagar"].error == "Skriv ett antal."
    write(sheet, "aktivitetskrav.dagar", "30")
    sheet.boxes["aktivitetskrav.startpunkt"].field.setFocus()
    QTest.keyClick(sheet.boxes["aktivitetskrav.startpunkt"].field, Qt.Key.Key_Down)
    save(qtbot, runner, window)
    view = window.screen_shown.view
    shown = {"Dagen för ansökan", "30 dagar"}
    qtbot.waitUntil(lambda: shown <= {t.replace("\u00a0", " ") for t in told(view.facts["aktivitetskrav"])})
    assert held(store).aktivitetskrav.dagar == 30


def test_a_lower_threshold_asks_why_and_the_name_stands_on_the_rail(
    form: Callable[[str], Any], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    sheet = form("rapporter")
    write(sheet, "sekretess.troskel", "")
    sheet.boxes["sekretess.troskel"].field.clear()
    save(qtbot, runner, window)
    assert sheet.boxes["sekretess.troskel"].error == "Skriv ett antal."
    write(sheet, "kommun.namn", "Ängby")
    write(sheet, "sekretess.troskel", "3")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: window.focusWidget() is sheet.skal)
    assert held(store) == Installningar()
    type_text(sheet.skal, "Beslut i nämnden.")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: window.rail.unit.text() == "Ängby")
    assert held(store).troskel == 3
    assert window.rail.unit.isVisible()


def test_without_rights_the_settings_are_shown_and_locked(
    go: Go, people: People, store: Store, window: MainWindow
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="karin", namn="Karin Örndal", roll="chef")
    screen = go("installningar", "bip")
    assert screen._sheet() is None
    assert screen.view.locked.text.text() == NOT_ALLOWED
    assert all(not button.isEnabled() for button in screen.view.buttons.values())
    assert screen.view.buttons["bip"].toolTip() == NOT_ALLOWED
    assert "1–5" in told(screen.view.facts["bip"])


def test_two_who_change_at_once_see_both_versions(
    form: Callable[[str], Any], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    sheet = form("bip")
    write(sheet, "etikett1", "Mående")
    save_settings(store, SYSTEM, {"bip.skala": 7})
    save(qtbot, runner, window)
    (dialog,) = window.findChildren(KonfliktDialog)
    assert set(dialog.mine) == {"bip.skala", "etikett1"}
    dialog.action.click()
    qtbot.waitUntil(lambda: held(store).bip_skala == 7 and held(store).bip_etiketter[0] == "Mående")


def test_what_is_written_is_kept_and_gone_on_with(
    form: Callable[[str], Any],
    window: MainWindow,
    store: Store,
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafts, "PAUSE", 1)
    write(form("bip"), "etikett1", "Mående")
    window.go(Location("idag"))
    settle(qtbot, runner)
    answers: list[Any] = []
    for provider in window.top_bar.commands._providers:
        provider.ask("", answers.extend)
    settle(qtbot, runner)
    begun = [hit for group in answers for hit in group.hits if hit.text == "Ändra BIP"]
    begun[0].run()
    qtbot.waitUntil(lambda: sheet_of(window) is not None and sheet_of(window).draft.isVisible())
    assert sheet_of(window).boxes["etikett1"].field.text() == "Mående"


@pytest.mark.parametrize(
    ("troskel", "text"),
    [(1, "Inga antal döljs."), (2, "Antalet 1 döljs."), (5, "Antal från 1 till 4 döljs.")],
)
def test_the_threshold_in_words(troskel: int, text: str) -> None:
    assert tell_troskel(troskel) == text
