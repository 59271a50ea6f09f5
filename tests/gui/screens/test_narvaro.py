"""The week's attendance by keyboard: typed, filled, pasted, taken back, and what others did meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.narvaro import Ruta, save_narvaro
from db.models import Insats, Inskrivning, Narvaro
from db.session import Store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.kort.page import Akt, Oppna
from desktop.screens.narvaro.oppna import OppnaVecka
from desktop.theme import Mode, Theme
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
FORRA = IDAG - timedelta(7)  # the Monday before
N, G, O, S = "närvarande", "giltig frånvaro", "ogiltig frånvaro", "sjuk"  # noqa: E741 - the keys
SHIFT = Qt.KeyboardModifier.ShiftModifier
HODAN, ASA, SKYDDAD = 0, 1, 2  # rows


def held(store: Store) -> dict[tuple[int, int, str], str]:
    """Status by person in the order of insatser, day from the Monday before, and pass."""
    with store.read(SYSTEM) as session:
        ids = list(session.scalars(select(Insats.id).order_by(Insats.id)))
        rows = session.execute(select(Narvaro.insats_id, Narvaro.datum, Narvaro.pass_, Narvaro.status))
        return {(ids.index(i), (d - FORRA).days, p): status for i, d, p, status in rows}


def insats_of(store: Store, deltagare_id: int) -> int:
    query = select(Insats.id).join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
    with store.read(SYSTEM) as session:
        return session.execute(query.where(Inskrivning.deltagare_id == deltagare_id)).scalar_one()


def schema(store: Store, deltagare_id: int, *passes: tuple[int, str]) -> None:
    insats_id = insats_of(store, deltagare_id)
    with store.unit_of_work(SYSTEM, "test") as work:
        for veckodag, pass_ in passes:
            make.make_narvaroschema(work.session, insats_id=insats_id, veckodag=veckodag, pass_=pass_)


def mark(store: Store, deltagare_id: int, *marks: tuple[int, str]) -> None:
    rutor = [Ruta(insats_of(store, deltagare_id), FORRA + timedelta(day), "", s) for day, s in marks]
    save_narvaro(store, ELIN, rutor, IDAG)


@pytest.fixture
def screen(go: Go, people: People, store: Store) -> Any:
    """The week before, where every day can be registered, with Hodan's Monday chosen."""
    found = go("narvaro", OppnaVecka(insats_of(store, people.hodan), FORRA))
    found.view.grid.setFocus()
    return found


@pytest.fixture
def keys(screen: Any, qtbot: QtBot, runner: Runner) -> Callable[[str], None]:
    """Type letters into the grid and wait until all is saved."""

    def keys(letters: str) -> None:
        type_text(screen.view.grid, letters)
        settle(qtbot, runner)

    return keys


def choose(screen: Any, row: int, slot: int, to_row: int | None = None, to_slot: int | None = None) -> None:
    """Go to a pass, and with Shift and arrows on to another."""
    grid = screen.view.grid
    grid.choose(grid.grid.rows[row].key, slot)
    for _ in range((to_row if to_row is not None else row) - row):
        QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    for _ in range((to_slot if to_slot is not None else slot) - slot):
        QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)


def letters(screen: Any, row: int) -> str:
    return "".join(
        cell.mark or ("." if cell.planned else " ") for cell in screen.view.grid.grid.rows[row].cells
    )


def paste(screen: Any, qtbot: QtBot, runner: Runner, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(screen.view.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def test_letters_register_and_go_down(screen: Any, keys: Callable[[str], None], store: Store) -> None:
    grid = screen.view.grid
    assert [row.name for row in grid.grid.rows] == ["Hodan Rönnstig", "Åsa Öberg", "Skyddad identitet"]
    assert screen.view.header.meta.text() == "vecka\u00a022 · 27–31\u00a0maj 2024"
    keys("nGs")
    assert held(store) == {(0, 0, ""): N, (1, 0, ""): G, (2, 0, ""): S}
    assert grid.currentIndex().row() == SKYDDAD
    assert screen.view.state.text().startswith("Sparat ")
    assert [letters(screen, row) for row in range(3)] == ["N....", "G....", "S...."]
    assert screen.view.progress.text() == "3 av 15\u00a0pass registrerade"
    choose(screen, HODAN, 0)
    keys("o")
    QTest.keyClick(grid, Qt.Key.Key_Up)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    keys("n")
    assert held(store)[0, 0, ""] == O
    assert held(store)[0, 1, ""] == N
    assert grid.grid.rows[HODAN].share_text == "50\u00a0%"
    assert grid.grid.slots[0].total == "0/3"


def test_delete_makes_it_ej_registrerat(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner
) -> None:
    keys("n")
    choose(screen, HODAN, 0)
    QTest.keyClick(screen.view.grid, Qt.Key.Key_Delete)
    settle(qtbot, runner)
    assert held(store) == {}
    assert screen.view.grid.grid.rows[HODAN].share is None
    model = screen.view.grid.grid
    assert model.spoken(model.index(HODAN, 1)) == "Hodan Rönnstig, måndag 27\u00a0maj: Ej registrerat"


def test_every_key_can_be_taken_back(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    assert not screen.view.undo.isEnabled()
    keys("ng")
    click(qtbot, runner, screen.view.undo)
    assert held(store) == {(0, 0, ""): N}
    assert letters(screen, ASA) == "....."
    press(qtbot, window, Qt.Key.Key_Z)
    settle(qtbot, runner)
    assert held(store) == {}
    assert letters(screen, HODAN) == "....."
    assert not screen.view.undo.isEnabled()


def test_a_range_is_filled_by_one_key_and_one_act(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner
) -> None:
    choose(screen, HODAN, 1, to_row=ASA, to_slot=3)
    assert len(screen.view.grid.chosen_passes()) == 6
    keys("s")
    assert [letters(screen, row) for row in range(3)] == [".SSS.", ".SSS.", "....."]
    assert len(held(store)) == 6
    click(qtbot, runner, screen.view.undo)
    assert held(store) == {}


def test_the_panel_says_how_many_are_chosen_and_for_whom(
    screen: Any, keys: Callable[[str], None], qtbot: QtBot, runner: Runner
) -> None:
    side = screen.view.side
    choose(screen, HODAN, 0, to_row=1, to_slot=1)
    assert (side.name.text(), side.when.text()) == ("4 pass markerade", "Hodan Rönnstig och Åsa Öberg")
    assert not side.note.isEnabled()
    assert side.note.toolTip() == "Markera ett enda pass för att skriva en notering."
    assert side.buttons[""].isChecked()
    click(qtbot, runner, side.buttons["N"])
    assert [letters(screen, row)[:2] for row in range(2)] == ["NN", "NN"]
    assert side.buttons["N"].isChecked()
    choose(screen, HODAN, 0, to_row=2)
    assert side.when.text() == "Hodan Rönnstig, Åsa Öberg och 1 till"
    choose(screen, HODAN, 0)
    assert (side.name.text(), side.note.isEnabled()) == ("Hodan Rönnstig", True)


def test_half_days_have_their_own_columns(
    store: Store, people: People, go: Go, qtbot: QtBot, runner: Runner
) -> None:
    schema(store, people.hodan, (1, "fm"), (1, "em"), (3, "fm"))
    screen = go("narvaro", OppnaVecka(insats_of(store, people.hodan), FORRA))
    grid = screen.view.grid
    grid.setFocus()
    assert [(slot.title[:3], slot.part) for slot in grid.grid.slots] == [
        ("mån", "fm"), ("mån", "em"), ("tis", ""), ("ons", "fm"), ("ons", "em"), ("tor", ""), ("fre", ""),
    ]  # fmt: skip
    assert letters(screen, HODAN) == ".. .   "
    # Åsa's whole Monday lies over both halves and is one step.
    choose(screen, ASA, 0)
    whole = grid.pass_rect(grid.currentIndex())
    assert whole.width() > grid.visualRect(grid.currentIndex()).width()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().column() == 3
    QTest.keyClick(grid, Qt.Key.Key_Left)
    type_text(grid, "g")
    settle(qtbot, runner)
    assert held(store) == {(1, 0, ""): G}
    choose(screen, HODAN, 1)
    type_text(grid, "o")
    settle(qtbot, runner)
    assert held(store)[0, 0, "em"] == O
    assert grid.grid.slots[0].total == "0/3"
    assert grid.grid.rows[HODAN].share_text == "0\u00a0%"


def test_a_dot_is_registered_by_itself_only(
    store: Store, people: People, go: Go, qtbot: QtBot, runner: Runner
) -> None:
    schema(store, people.hodan, (1, ""))
    screen = go("narvaro", OppnaVecka(insats_of(store, people.hodan), FORRA))
    screen.view.grid.setFocus()
    choose(screen, HODAN, 0, to_row=ASA, to_slot=1)
    type_text(screen.view.grid, "n")
    settle(qtbot, runner)
    assert held(store) == {(0, 0, ""): N, (1, 0, ""): N, (1, 1, ""): N}
    choose(screen, HODAN, 2)
    type_text(screen.view.grid, "n")
    settle(qtbot, runner)
    assert held(store)[0, 2, ""] == N
    choose(screen, HODAN, 2)
    QTest.keyClick(screen.view.grid, Qt.Key.Key_Backspace)
    settle(qtbot, runner)
    assert letters(screen, HODAN) == "N    "


def test_days_to_come_are_not_registered(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store, keys: Callable[[str], None]
) -> None:
    click(qtbot, runner, screen.view.next)
    assert screen.view.header.meta.text().startswith("vecka\u00a023")
    assert screen.view.grid.grid.slots[0].today
    screen.view.grid.setFocus()
    choose(screen, HODAN, 1)
    keys("n")
    assert screen.view.state.text() == "Dagen har inte varit ännu."
    choose(screen, HODAN, 0, to_row=HODAN, to_slot=4)
    keys("n")
    assert held(store) == {(0, 7, ""): N}


def test_the_week_and_the_pass_are_filled(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    choose(screen, ASA, 1)
    keys("s")
    choose(screen, HODAN, 1)
    press(qtbot, window, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert held(store) == {(0, 1, ""): N, (1, 1, ""): S, (2, 1, ""): N}
    assert "Ifyllda pass: 2\u00a0pass." in toast_texts(window)
    both = Qt.KeyboardModifier.ControlModifier | SHIFT
    QTest.keyClick(window, Qt.Key.Key_Return, both)
    qtbot.waitUntil(lambda: not screen.view.fill_week.isDown())
    settle(qtbot, runner)
    assert len(held(store)) == 15
    assert held(store)[1, 1, ""] == S
    click(qtbot, runner, screen.view.fill_week)
    assert screen.view.state.text().startswith("Alla planerade pass")
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert len(held(store)) == 3


def test_this_week_is_filled_to_today(screen: Any, qtbot: QtBot, runner: Runner, store: Store) -> None:
    click(qtbot, runner, screen.view.this_week)
    assert not screen.view.this_week.isEnabled()
    click(qtbot, runner, screen.view.fill_week)
    assert set(held(store)) == {(0, 7, ""), (1, 7, ""), (2, 7, "")}


def test_copy_down_and_copy(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner
) -> None:
    grid, control = screen.view.grid, Qt.KeyboardModifier.ControlModifier
    keys("g")
    QTest.keyClick(grid, Qt.Key.Key_D, control)  # Åsa's takes the one above
    settle(qtbot, runner)
    assert held(store) == {(0, 0, ""): G, (1, 0, ""): G}
    choose(screen, HODAN, 1)
    keys("s")
    choose(screen, HODAN, 0, to_row=SKYDDAD, to_slot=1)
    QTest.keyClick(grid, Qt.Key.Key_D, control)
    settle(qtbot, runner)
    assert [letters(screen, row) for row in range(3)] == ["GS...", "GS...", "GS..."]
    QTest.keyClick(grid, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "G\tS\nG\tS\nG\tS"


def test_a_sheet_is_pasted_and_its_faults_are_told(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    choose(screen, HODAN, 1)
    paste(screen, qtbot, runner, "n\tGiltig frånvaro\nsjuk\tx\r\n\to\n")
    assert [letters(screen, row) for row in range(3)] == [".NG..", ".S...", "..O.."]
    assert len(held(store)) == 4
    faults = screen.view.faults
    assert faults.isVisible()
    assert faults.text.text() == "1 ruta lades inte in."
    assert faults.detail.text() == (
        "Åsa Öberg, onsdag 29\u00a0maj: ”x” går inte att tolka. Skriv n, g, o eller s."
    )
    assert "Inklistrade pass: 4\u00a0pass." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store) == {}


def test_names_find_their_rows_and_a_whole_week_begins_on_monday(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    choose(screen, SKYDDAD, 3)
    table = (
        "Deltagare\tmån\ttis\tons\ttor\tfre\nÅSA ÖBERG\tn\tn\tn\tn\ts\nHodan Rönnstig\to\t\t\t\t\nNisse\tn"
    )
    paste(screen, qtbot, runner, table)
    assert [letters(screen, row) for row in range(3)] == ["O....", "NNNNS", "....."]
    assert screen.view.faults.detail.text() == "Nisse finns inte i listan."
    close = screen.view._faults.findChildren(type(screen.view.previous))[0]
    click(qtbot, runner, close)
    assert not screen.view.faults.isVisible()


def test_one_value_fills_the_passes_chosen(screen: Any, store: Store, qtbot: QtBot, runner: Runner) -> None:
    choose(screen, HODAN, 2, to_row=ASA)
    paste(screen, qtbot, runner, "S")
    assert held(store) == {(0, 2, ""): S, (1, 2, ""): S}
    paste(screen, qtbot, runner, "hej")
    assert "hej" in screen.view.faults.detail.text()
    paste(screen, qtbot, runner, "")
    assert screen.view.state.text().startswith("Markera ett pass")


def test_what_another_registered_meanwhile_is_not_written_over(
    screen: Any, keys: Callable[[str], None], store: Store, people: People, window: MainWindow
) -> None:
    mark(store, people.hodan, (0, S))
    keys("n")
    assert held(store) == {(0, 0, ""): S}
    assert letters(screen, HODAN) == "S...."
    assert any("under tiden: sjuk" in text for text in toast_texts(window))
    assert screen.view.state.text() == "Inte sparat"


def test_three_ogiltiga_days_are_flagged(
    screen: Any, keys: Callable[[str], None], qtbot: QtBot, runner: Runner
) -> None:
    choose(screen, HODAN, 0, to_row=HODAN, to_slot=1)
    keys("o")
    assert screen.view.grid.grid.rows[HODAN].warning == ""
    choose(screen, HODAN, 3)
    keys("o")
    assert screen.view.grid.grid.rows[HODAN].warning == "3\u00a0ogiltiga dagar i rad, 27–30\u00a0maj"
    (atgard,) = [a for a in screen.view.side._followed if a.icon == "triangle-alert"]
    assert atgard.under == "3\u00a0ogiltiga dagar i rad, 27–30\u00a0maj"
    model = screen.view.grid.grid
    assert model.spoken(model.index(HODAN, 0)).endswith(atgard.under)


def test_the_side_panel_marks_and_leads(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner, people: People
) -> None:
    side = screen.view.side
    assert side.name.text() == "Hodan Rönnstig"
    assert side.when.text().startswith("måndag 27\u00a0maj · Vägledning")
    click(qtbot, runner, side.buttons["O"])
    assert held(store) == {(0, 0, ""): O}
    assert side.buttons["O"].isChecked()
    choose(screen, ASA, 0)
    assert not side.note.isEnabled()
    side.person_wanted.emit(insats_of(store, people.hodan))
    assert screen.view.grid.current_pass()[0].name == "Hodan Rönnstig"
    assert screen.view.grid.currentIndex().column() == 2


def test_a_note_is_saved_when_one_goes_on(
    screen: Any, keys: Callable[[str], None], store: Store, qtbot: QtBot, runner: Runner, people: People
) -> None:
    def note() -> str:
        with store.read(ELIN) as session:
            return session.execute(select(Narvaro.notering)).scalar_one()

    keys("g")
    choose(screen, HODAN, 0)
    side = screen.view.side
    side.note.setFocus()
    type_text(side.note, "Läkarbesök")
    screen.view.grid.setFocus()
    settle(qtbot, runner)
    assert note() == "Läkarbesök"
    assert screen.view.grid.grid.rows[HODAN].cells[0].note == "Läkarbesök"
    # Somebody else writes meanwhile: told once, what is written here stays, and wins when gone on with.
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Narvaro)):
            row.notering = "Tandläkare"
    side.note.setFocus()
    type_text(side.note, "Kl 9. ")
    side.flush()
    settle(qtbot, runner)
    assert note() == "Tandläkare"
    mine = side.note.value()
    assert mine.startswith("Kl 9.")
    type_text(side.note, "x")
    side.flush()
    settle(qtbot, runner)
    assert note() == side.note.value() != mine


def test_the_note_of_a_protected_person_is_hidden(
    screen: Any, store: Store, people: People, qtbot: QtBot, runner: Runner
) -> None:
    mark(store, people.skyddad, (0, G))
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Narvaro)):
            row.notering = "Bor hos Åsa"
    screen.refresh()
    settle(qtbot, runner)
    choose(screen, SKYDDAD, 0)
    assert screen.view.side.note.value() == ""
    assert not screen.view.side.note.isEnabled()
    assert "Hemlig" not in " ".join(row.name for row in screen.view.grid.grid.rows)


def test_enhet_or_handlaggare_is_chosen_and_remembered(
    screen: Any, go: Go, store: Store, people: People, qtbot: QtBot, runner: Runner, context: Context
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_enhet(work.session, namn="Atlas")
        make.make_medarbetare(work.session, signatur="bo", namn="Bo Ek")
    click(qtbot, runner, screen.view.previous)
    view = screen.view
    assert view.kind.value() == "enhet"
    assert view.enhet.currentText() == "Återbruket"
    view.enhet.setCurrentText("Atlas")
    settle(qtbot, runner)
    assert view.empty.isVisible()
    assert view.empty.fact.text() == "Ingen planerad vecka\u00a021."
    assert not view.fill_week.isEnabled()
    click(qtbot, runner, view.kind._buttons["handlaggare"])
    assert view.handlaggare.currentText() == "Elin Måsvik (jag)"
    assert [row.name for row in view.grid.grid.rows][:2] == ["Hodan Rönnstig", "Åsa Öberg"]
    assert "Återbruket" in view.grid.grid.rows[HODAN].detail
    masked = view.grid.grid.rows[SKYDDAD]
    assert "Ä-3" in masked.detail
    assert "Återbruket" not in masked.detail
    view.handlaggare.setCurrentText("Bo Ek")
    settle(qtbot, runner)
    assert view.empty.isVisible()  # his only person is protected and not to be known
    screen.focus_filter()
    assert view.handlaggare.hasFocus()
    assert context.settings.get("narvaro/visa", "") == "handlaggare"


def test_weeks_are_gone_through_by_keys(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    control, weeks = Qt.KeyboardModifier.ControlModifier, []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        QTest.keyClick(screen.view.grid, key, control)
        settle(qtbot, runner)
        weeks.append(screen.view.header.meta.text()[:8])
    assert weeks == ["vecka\u00a023", "vecka\u00a022", "vecka\u00a021"]
    assert screen.view.grid.current_pass()[0].name == "Hodan Rönnstig"


def test_enter_opens_the_card_at_narvaro(
    screen: Any, people: People, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    wanted: list[Any] = []
    screen.navigate.connect(lambda location: wanted.append(location))
    QTest.keyClick(screen.view.grid, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert (wanted[0].key, wanted[0].argument) == ("kort", Oppna(people.hodan, "narvaro"))
    assert window.screen_shown is not screen


def test_the_card_leads_to_the_week(
    go: Go, people: People, store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    card = go("kort", people.asa)
    card.act(Akt("narvaro", insats_of(store, people.asa), {"dag": FORRA}))
    settle(qtbot, runner)
    screen: Any = window.screen_shown
    assert screen.view.header.meta.text().startswith("vecka\u00a022")
    assert screen.view.grid.current_pass()[0].name == "Åsa Öberg"
    go("kort", people.asa).act(Akt("narvaro"))
    settle(qtbot, runner)
    assert screen.view.header.meta.text().startswith("vecka\u00a023")


def test_the_card_tells_shares_weeks_and_series(
    go: Go, people: People, store: Store, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    mark(store, people.hodan, (-7, N), (-6, N), (0, O), (1, O), (2, O))
    card = go("kort", Oppna(people.hodan, "narvaro"))
    page = card.view.page("narvaro")
    settle(qtbot, runner)
    assert page.share.text() == "Närvaro 40\u00a0% av 5\u00a0registrerade pass"
    assert page.warning.isVisible()
    assert page.warning.detail.text() == "Vägledning: 3\u00a0ogiltiga dagar i rad, 27–29\u00a0maj."
    texts = [page.insatser.model.index(0, column).data() for column in range(7)]
    assert texts == [
        "Vägledning, sedan 1\u00a0mar", "2", "–", "3", "–", "5", "40\u00a0%"
    ]  # fmt: skip
    assert [page.veckor.model.row(place).mandag for place in range(2)] == [FORRA, FORRA - timedelta(7)]
    assert not page.earlier.isVisible()
    # What is registered in the grid, here the Thursday, is seen; another person's rows are gone at once.
    page.veckor.table.setFocus()
    QTest.keyClick(page.veckor.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    screen: Any = window.screen_shown
    assert screen.view.header.meta.text().startswith("vecka\u00a022")
    type_text(screen.view.grid, "n")
    settle(qtbot, runner)
    window.back()
    settle(qtbot, runner)
    assert page.share.text().startswith("Närvaro 50")
    assert not page.warning.isVisible()
    assert page.earlier.text() == "Tidigare: Vägledning: 3\u00a0ogiltiga dagar i rad, 27–29\u00a0maj."
    go("kort", Oppna(people.asa, "narvaro"))
    assert page.share.text() == "Ingen närvaro registrerad."
    assert page.insatser.empty.isVisible()
    assert not page.print.isEnabled()
    click(qtbot, runner, page.register)
    assert window.screen_shown is screen


def test_idag_leads_to_the_week_with_a_gap(
    store: Store, people: People, go: Go, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    mark(store, people.asa, *((day, N) for day in (-7, -6, -5, -4, -3, 0, 2, 3, 4)))
    idag = go("idag")
    group = next(g for g in idag.view.list.groups() if g.title == "Närvaro att registrera")
    idag.view.list.select(group.items[0].key)
    QTest.keyClick(idag.view.list, Qt.Key.Key_Return)
    settle(qtbot, runner)
    screen: Any = window.screen_shown
    assert screen.view.header.meta.text().startswith("vecka\u00a022")
    row, cell = screen.view.grid.current_pass()
    assert (row.name, cell.key[1]) == ("Åsa Öberg", date(2024, 5, 28))
    type_text(screen.view.grid, "n")
    settle(qtbot, runner)
    window.back()
    settle(qtbot, runner)
    assert all(g.title != "Närvaro att registrera" for g in idag.view.list.groups())


def test_a_protected_person_is_found_among_ones_own(go: Go, store: Store, people: People) -> None:
    screen = go("narvaro", OppnaVecka(insats_of(store, people.skyddad), FORRA))
    assert screen.view.kind.value() == "handlaggare"
    assert screen.view.grid.current_pass()[0].masked


def test_somebody_hidden_is_told_as_missing(go: Go, store: Store, people: People, window: MainWindow) -> None:
    screen = go("narvaro", OppnaVecka(insats_of(store, people.annans), FORRA))
    assert "Insatsen finns inte i registret." in toast_texts(window)
    assert len(screen.view.grid.grid.rows) == 3


def test_a_weekend_is_shown_where_somebody_has_one(store: Store, people: People, go: Go) -> None:
    schema(store, people.hodan, (6, "fm"))
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.get_one(Insats, insats_of(store, people.asa)).start = FORRA + timedelta(3)
    screen = go("narvaro", OppnaVecka(insats_of(store, people.hodan), FORRA))
    slots = screen.view.grid.grid.slots
    assert [(slot.spoken.split()[0], slot.part) for slot in slots[-2:]] == [
        ("lördag", "fm"),
        ("lördag", "em"),
    ]
    assert screen.view.header.meta.text() == "vecka\u00a022 · 27\u00a0maj–1\u00a0jun 2024"
    assert screen.view.grid.grid.rows[ASA].share_text == "start 30\u00a0maj"
    assert screen.view.grid.grid.rows[ASA].cells[0].fixed == "Insatsen börjar 30\u00a0maj."


def test_the_model_is_sound_and_everything_is_named(screen: Any, keys: Callable[[str], None]) -> None:
    tester = QAbstractItemModelTester(screen.view.grid.grid)
    keys("ng")
    face = QAccessible.queryAccessibleInterface(screen.view.grid)
    assert face.text(QAccessible.Text.Name) == "Veckans närvaro"
    legend = [label.text() for label in screen.view.findChildren(QLabel)]
    for word in (
        "Närvarande",
        "Giltig frånvaro",
        "Ogiltig frånvaro",
        "Sjuk",
        "Ej registrerat",
        "Ej planerat",
    ):
        assert word in legend
    assert "27\u00a0maj 1/3" in screen.view.footer.accessibleName()
    assert tester.model() is screen.view.grid.grid


@pytest.mark.parametrize(("mode", "scale", "width"), [(Mode.LIGHT, 100, 1440), (Mode.DARK, 150, 1180)])
def test_it_is_drawn_in_any_size(
    screen: Any,
    window: MainWindow,
    theme: Theme,
    mode: Mode,
    scale: int,
    width: int,
    keys: Callable[[str], None],
) -> None:
    theme.set(mode, scale)
    window.resize(width, 800)
    keys("ngs")
    choose(screen, HODAN, 0, to_row=ASA, to_slot=2)
    keys("o")
    assert not window.grab().isNull()
    if width < 1280:
        assert not screen.view.side.isVisible()
        screen.view.panel_button.click()
        assert screen.view.side.isVisible()


def test_the_first_key_of_the_day_registers_at_once(
    go: Go, people: People, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    go("idag")
    screen = go("narvaro")
    assert window.focusWidget() is screen.view.grid
    assert screen.view.grid.current_pass() is not None
    type_text(window.focusWidget(), "n")
    settle(qtbot, runner)
    assert list(held(store).values()) == [N]


def test_a_coming_week_says_that_it_has_not_been(
    go: Go, people: People, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("narvaro", OppnaVecka(insats_of(store, people.hodan), IDAG + timedelta(14)))
    click(qtbot, runner, screen.view.fill_week)
    assert screen.view.state.text() == "Veckan har inte varit ännu."
