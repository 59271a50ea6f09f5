"""BIP on the card: answered by digits, earlier answers hidden until then, changes shown, the next day set."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.commands.bip import BipUppgifter, save_bip
from db.commands.settings import save_settings
from db.models import Bip, Bipplan, Inskrivning
from db.rules.bip import BIP_INDIKATORER
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.bip_resultat import BipResultat
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.kort.bip import BipGrid, Serie
from desktop.screens.kort.page import Akt, Oppna
from desktop.theme import Theme
from desktop.widgets.scale_field import ScaleField
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts

Go = Callable[..., Any]
FIRST = date(2024, 3, 1)  # one answer, 3, on nätverk, is there from the start


def held(store: Store, day: date = IDAG) -> dict[tuple[str, str], int]:
    hodan = select(func.min(Inskrivning.id)).scalar_subquery()
    with store.read(ELIN) as session:
        query = select(Bip).where(Bip.datum == day, Bip.inskrivning_id == hodan)
        rows = session.scalars(query.order_by(Bip.id))
        return {(row.svarande, row.indikator): row.varde for row in rows}


def planned(store: Store) -> date | None:
    with store.read(ELIN) as session:
        return session.execute(select(Bipplan.nasta)).scalar()


def answer(window: MainWindow, digits: str) -> None:
    """Digit after digit to whatever has the focus."""
    for digit in digits:
        QTest.keyClicks(window.focusWidget(), digit)


def sheet_of(window: MainWindow) -> Any:
    return window.screen_shown._sheet()


def scale_of(window: MainWindow, number: int) -> ScaleField:
    field: ScaleField = sheet_of(window).boxes[f"svar{number}"].field
    return field


def result(window: MainWindow) -> BipResultat:
    (dialog,) = [d for d in window.findChildren(BipResultat) if d.isVisible()]
    return dialog


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


@pytest.fixture
def page(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "bip")).view.page("bip")


@pytest.fixture
def ask(page: Any, qtbot: QtBot, runner: Runner) -> Callable[[str], None]:
    """Begin the questions of one of the two."""
    return lambda who: click(qtbot, runner, page.ask[who])


def test_nine_digits_are_a_measurement(
    page: Any, ask: Callable[[str], None], window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    ask("deltagare")
    assert list(sheet_of(window).boxes) == [*(f"svar{n}" for n in range(1, 10)), "datum", "nasta"]
    assert scale_of(window, 9).before == ""
    answer(window, "123451234")
    assert scale_of(window, 9).before == "förra 3"
    assert window.focusWidget() is sheet_of(window).boxes["datum"].field.line
    assert sheet_of(window).boxes["nasta"].field.line.text() == "2024-09-03"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    values = zip(BIP_INDIKATORER, (1, 2, 3, 4, 5, 1, 2, 3, 4), strict=False)
    assert held(store) == {("deltagare", name): varde for name, varde in values}
    assert planned(store) is None
    dialog = result(window)
    assert dialog.summary.text() == "Sedan förra mätningen: 1 högre."
    assert "Nätverk 4, sedan första +1, sedan förra +1" in dialog.grid.accessibleDescription()
    click(qtbot, runner, dialog.cancel)
    assert "BIP är sparad." in toast_texts(window)
    assert "Nätverk 4, sedan första +1" in page.grid.accessibleDescription()
    assert [page.matningar.model.row(n).datum for n in (0, 1)] == [IDAG, FIRST]
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store) == {}


def test_the_handlaggare_goes_on_where_the_deltagare_ended(
    ask: Callable[[str], None], page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    ask("deltagare")
    answer(window, "1")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert result(window).summary.text().startswith("Det är den första mätningen.")
    click(qtbot, runner, result(window).action)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert sheet_of(window).title.text() == "BIP: handläggarens frågor"
    answer(window, "12345123451")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert len(held(store)) == 12
    assert not result(window).action.isVisible()
    click(qtbot, runner, result(window).cancel)
    assert page.none.isHidden()
    qtbot.mouseClick(page.whose._buttons["handläggare"], Qt.MouseButton.LeftButton)
    assert "Handläggarens tro på jobb 1" in page.grid.accessibleDescription()


def test_keys_change_an_answer_and_move_between_questions(
    ask: Callable[[str], None], window: MainWindow, qtbot: QtBot
) -> None:
    ask("deltagare")
    first, second = scale_of(window, 1), scale_of(window, 2)
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert (first.value(), first.accessibleName()) == (0, "Hälsa i vardagen, inte besvarad")
    for key, value in (
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_End, 5), (Qt.Key.Key_Right, 5), (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_Home, 1), (Qt.Key.Key_Left, 1), (Qt.Key.Key_9, 1), (Qt.Key.Key_X, 1),
    ):  # fmt: skip
        QTest.keyClick(first, key)
        assert first.value() == value
    assert first.accessibleName() == "Hälsa i vardagen, 1 av 5"
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert window.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert window.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert first.value() == 0
    QTest.keyClick(first, Qt.Key.Key_Return)
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert window.focusWidget() is scale_of(window, 3)


def test_the_mouse_answers_too(ask: Callable[[str], None], window: MainWindow, qtbot: QtBot) -> None:
    ask("deltagare")
    scale = scale_of(window, 9)
    QTest.mouseMove(scale, scale.cell(4).center().toPoint())
    qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=scale.cell(4).center().toPoint())
    assert (scale.value(), scale.before) == (4, "förra 3")
    qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert scale.value() == 4


def test_an_agreed_day_is_kept_and_idag_goes_by_it(
    ask: Callable[[str], None], page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    ask("deltagare")
    answer(window, "3")
    line = sheet_of(window).boxes["nasta"].field.line
    line.selectAll()
    QTest.keyClicks(line, "2024-08-01")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    result(window).reject()
    assert planned(store) == date(2024, 8, 1)
    assert page.due.text() == "Nästa mätning 1\u00a0aug"
    ask("handläggare")
    assert sheet_of(window).boxes["nasta"].field.line.text() == "2024-08-01"


def test_another_day_moves_the_next_one(
    ask: Callable[[str], None], window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    ask("deltagare")
    datum, nasta = (sheet_of(window).boxes[name].field for name in ("datum", "nasta"))
    QTest.keyClick(datum.line, Qt.Key.Key_Down)
    assert nasta.line.text() == "2024-09-02"
    QTest.keyClick(nasta.line, Qt.Key.Key_Up)
    QTest.keyClick(datum.line, Qt.Key.Key_Down)
    assert nasta.line.text() == "2024-09-03"
    datum.line.selectAll()
    QTest.keyClick(datum.line, Qt.Key.Key_Delete)
    press(qtbot, window, Qt.Key.Key_S)
    boxes = sheet_of(window).boxes
    assert boxes["svar1"].error == "Besvara minst en fråga."
    assert boxes["datum"].error == "Ange dagen för mätningen."


def test_a_day_before_the_first_shows_no_earlier_answer(
    ask: Callable[[str], None], window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    ask("deltagare")
    scale_of(window, 9).setValue(2)
    line = sheet_of(window).boxes["datum"].field.line
    line.selectAll()
    QTest.keyClicks(line, "2024-01-02")
    assert scale_of(window, 9).before == ""
    qtbot.waitUntil(lambda: bool(sheet_of(window).boxes["datum"].error))
    settle(qtbot, runner)
    assert sheet_of(window).boxes["datum"].error == "Deltagaren skrevs in 8\u00a0jan\u00a02024."


def test_an_earlier_measurement_is_changed(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    assert not page.change.isEnabled()
    page.matningar.table.setFocus()
    QTest.keyClick(page.matningar.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert scale_of(window, 9).value() == 3
    scale_of(window, 9).setFocus()
    answer(window, "5")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert not result(window).action.isVisible()
    result(window).reject()
    assert held(store, FIRST) == {("deltagare", "nätverk"): 5}


def test_two_who_change_the_same_choose_what_holds(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    page.matningar.table.setFocus()
    click(qtbot, runner, page.change)
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Bip).where(Bip.datum == FIRST)):
            row.varde = 2
    scale_of(window, 9).setFocus()
    answer(window, "5")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = window.findChildren(KonfliktDialog)
    assert dialog.mine["svar9"].accessibleName() == "Nätverk, ditt: 5"
    assert dialog.theirs["svar9"].accessibleName() == "Nätverk, nu i registret: 2"
    click(qtbot, runner, dialog.action)
    result(window).reject()
    assert held(store, FIRST) == {("deltagare", "nätverk"): 5}


def test_two_who_measure_the_same_day_see_both_versions(
    ask: Callable[[str], None],
    window: MainWindow,
    qtbot: QtBot,
    runner: Runner,
    store: Store,
    people: People,
) -> None:
    ask("deltagare")
    answer(window, "42")
    with store.read(ELIN) as session:
        ik_id = session.scalars(select(Inskrivning.id).where(Inskrivning.deltagare_id == people.hodan)).one()
    agreed = date(2024, 8, 1)
    theirs = BipUppgifter(ik_id, IDAG, "deltagare", {"hälsa i vardagen": 4, "ork i vardagen": 3}, agreed)
    save_bip(store, SYSTEM, theirs, IDAG)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(KonfliktDialog)))
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    assert (set(dialog.mine), dialog.chosen_mine()) == ({"svar2", "nasta"}, ["svar2"])
    click(qtbot, runner, dialog.action)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(BipResultat)))
    result(window).reject()
    day = {("deltagare", "hälsa i vardagen"): 4, ("deltagare", "ork i vardagen"): 2}
    assert (held(store), planned(store)) == (day, agreed)


def test_one_that_was_removed_meanwhile_is_written_again(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    page.matningar.table.setFocus()
    click(qtbot, runner, page.change)
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Bip).where(Bip.datum == FIRST)):
            work.session.delete(row)
    scale_of(window, 9).setFocus()
    answer(window, "5")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(KonfliktDialog)))
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    assert dialog.theirs["svar9"].accessibleName() == "Nätverk, nu i registret: –"
    click(qtbot, runner, dialog.action)
    qtbot.waitUntil(lambda: held(store, FIRST) == {("deltagare", "nätverk"): 5})
    result(window).reject()


def test_nothing_changed_closes_the_form(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    page.matningar.table.setFocus()
    click(qtbot, runner, page.change)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert sheet_of(window) is None
    assert toast_texts(window) == []


def test_a_measurement_is_removed_and_had_back(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    page.matningar.table.setFocus()
    click(qtbot, runner, page.remove)
    assert held(store, FIRST) == {}
    assert page.none.isVisible()
    assert page.due.text() == "Första mätningen 22\u00a0jan"
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store, FIRST) == {("deltagare", "nätverk"): 3}


def test_answers_begun_are_a_draft(
    ask: Callable[[str], None], window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    ask("deltagare")
    answer(window, "42")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, runner)
    assert sheet_of(window) is None
    ask("deltagare")
    assert [scale_of(window, n).value() for n in (1, 2, 3)] == [4, 2, 0]
    assert sheet_of(window).draft.isVisible()
    assert sheet_of(window).boxes["nasta"].field.line.text() == "2024-09-03"


def test_labels_and_scale_of_the_register(
    window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, go: Go, people: People
) -> None:
    save_settings(store, SYSTEM, {"bip.skala": 10})
    save_settings(store, SYSTEM, {"bip.etiketter": ["mående", *BIP_INDIKATORER[1:]]})
    page = go("kort", Oppna(people.hodan, "bip")).view.page("bip")
    assert page.scale.text().startswith("Skala 1–10.")
    click(qtbot, runner, page.ask["deltagare"])
    assert scale_of(window, 1).accessibleName() == "Mående, inte besvarad"
    answer(window, "09")
    assert [scale_of(window, n).value() for n in (1, 2)] == [10, 9]


def test_who_is_not_enrolled_is_not_asked(
    window: MainWindow, store: Store, go: Go, people: People, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        query = select(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)
        enrolled = work.session.scalars(query).one()
        enrolled.avslutad, enrolled.resultat = IDAG, "arbete"
    screen = go("kort", Oppna(people.hodan, "bip"))
    assert not screen.view.page("bip").ask["deltagare"].isEnabled()
    assert not screen.view.page("bip").due.isVisible()
    screen.act(Akt("bip"))
    assert sheet_of(window) is None


def test_a_masked_card_can_be_measured(window: MainWindow, go: Go, people: People) -> None:
    screen = go("kort", Oppna(people.skyddad, "bip", Akt("bip")))
    assert screen._sheet().context.text() == "Skyddad identitet"


def test_begun_from_idag(window: MainWindow, go: Go, qtbot: QtBot, runner: Runner) -> None:
    idag = go("idag")
    item = next(i for group in idag.view.list.groups() for i in group.items if i.act == "Starta mätning")
    idag._open_item(item)
    settle(qtbot, runner)
    assert sheet_of(window).title.text() == "BIP: deltagarens frågor"


def test_the_scale_follows_the_size_of_the_text(theme: Theme, qtbot: QtBot) -> None:
    scale = ScaleField(theme, "Nätverk", 5)
    qtbot.addWidget(scale)
    small = scale.sizeHint().height()
    theme.set(scale=200)
    assert scale.sizeHint().height() > small
    assert scale.minimumSizeHint().width() < scale.sizeHint().width()
    theme.set(scale=100)
    scale.setProperty("error", True)
    scale.show()
    QApplication.processEvents()
    assert not scale.grab().isNull()


def test_panels_break_into_rows_where_there_is_little_room(theme: Theme, qtbot: QtBot) -> None:
    grid = BipGrid(theme, 4, both=True)
    qtbot.addWidget(grid)
    grid.set_series([Serie(f"Fråga {number}", (1, 3)) for number in range(1, 9)], 5)
    grid.resize(900, 100)
    grid.show()
    wide = grid.sizeHint().height()
    grid.resize(400, 100)
    QApplication.processEvents()
    assert grid.sizeHint().height() == 2 * wide
    assert not grid.grab().isNull()


def test_the_panel_under_the_pointer_is_told_whole(theme: Theme, qtbot: QtBot) -> None:
    grid = BipGrid(theme, 4)
    qtbot.addWidget(grid)
    grid.set_series([Serie(f"Kunskap om arbetsmarknaden {number}", (1, 3)) for number in range(1, 7)], 5)
    grid.resize(410, grid.sizeHint().height())
    with qtbot.waitExposed(grid):
        grid.show()

    def tip(at: QPoint) -> str:
        QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, at, grid.mapToGlobal(at)))
        return QToolTip.text()

    second_row = grid.height() // 2 + 10
    qtbot.waitUntil(lambda: tip(QPoint(10, 10)) == "Kunskap om arbetsmarknaden 1 3")
    qtbot.waitUntil(lambda: tip(QPoint(110, second_row)) == "Kunskap om arbetsmarknaden 6 3")
    qtbot.waitUntil(lambda: tip(QPoint(390, second_row)) == "")
