"""The flow: the board by keys and mouse, moving and taking back, filters, figures, the steg themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Inskrivning, Steg, Stegperiod
from db.queries.figurer import avslut
from db.queries.figurer.flode import figures
from db.rules.period import make_period
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.bakom import BakomDialog
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.period import PeriodDialog
from desktop.screens.flode.steg import StegDialog
from desktop.screens.flode.ways import WaysDialog
from desktop.screens.formular.sheet import Sheet
from tests.gui.screens.conftest import ELIN, IDAG, People, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def flode(go: Go, qtbot: QtBot, runner: Runner) -> Any:
    screen = go("flode")
    qtbot.waitUntil(lambda: not runner.busy and bool(screen.view.kpis.cells))
    return screen


def titles(screen: Any) -> dict[str, list[str]]:
    return {shown.title: [card.name for card in shown.cards] for shown in screen.view.board.columns()}


def focused(screen: Any) -> tuple[str, str]:
    view = screen.view.board.current_view()
    return (view.shown.title, view.list.current_card().name) if view is not None else ("", "")


def key(screen: Any, which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(screen.view.board.current_view().list, which, held)


def choose(field: Any, value: Any) -> None:
    field.set_value(value)
    field.activated.emit(field.currentIndex())


def put(store: Store, deltagare_id: int, steg: str, fran: date) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == deltagare_id)).one()
        for period in work.session.scalars(select(Stegperiod).where(Stegperiod.inskrivning_id == row.id)):
            work.session.delete(period)
        work.session.flush()
        make.make_stegperiod(work.session, inskrivning_id=row.id, steg=steg, fran=fran)


def make_chef(store: Store) -> None:
    """From then on only she changes what holds for everybody."""
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="eva", namn="Eva Ek", roll="chef")


def test_everyone_stands_in_their_steg_and_hidden_people_are_masked(flode: Any) -> None:
    found = titles(flode)
    assert list(found) == ["Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning"]
    assert sorted(found["Insats"]) == ["Hodan Rönnstig", "Skyddad identitet", "Åsa Öberg"]
    assert "3 deltagare" in flode.view.header.meta.text().replace("\u00a0", " ")


def test_a_card_goes_on_by_keys_and_comes_back(
    flode: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert focused(flode)[0] == "Insats"
    _, who = focused(flode)
    key(flode, Qt.Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: titles(flode)["Matchning"] == [who])
    assert focused(flode) == ("Matchning", who)
    assert any("nu i Matchning" in text for text in toast_texts(window))
    key(flode, Qt.Key.Key_Left, CTRL)
    qtbot.waitUntil(lambda: who in titles(flode)["Insats"] and not titles(flode)["Matchning"])
    settle(qtbot, runner)
    assert focused(flode) == ("Insats", who)


def test_angra_takes_the_move_back(flode: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    _, who = focused(flode)
    key(flode, Qt.Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: titles(flode)["Matchning"] == [who])
    settle(qtbot, runner)
    (toast,) = window.toasts.toasts()
    toast.undo.click()
    qtbot.waitUntil(lambda: not titles(flode)["Matchning"])
    assert who in titles(flode)["Insats"]


def test_arrows_go_between_columns_and_enter_opens(
    flode: Any, store: Store, people: People, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    put(store, people.asa, "Aktualisering", date(2024, 6, 1))
    flode.refresh()
    qtbot.waitUntil(lambda: titles(flode)["Aktualisering"] == ["Åsa Öberg"])
    key(flode, Qt.Key.Key_Left)
    assert focused(flode) == ("Aktualisering", "Åsa Öberg")
    key(flode, Qt.Key.Key_Left)
    assert focused(flode)[0] == "Aktualisering"
    key(flode, Qt.Key.Key_Right)
    assert focused(flode)[0] == "Insats"
    key(flode, Qt.Key.Key_Left)
    key(flode, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not flode)


def test_a_card_is_dragged_to_another_column(flode: Any, qtbot: QtBot, monkeypatch: Any) -> None:
    board = flode.view.board
    source, target = board.views[3], board.views[0]
    _, who = focused(flode)
    monkeypatch.setattr(QDropEvent, "source", lambda _event: source.list)
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    target.dropEvent(QDropEvent(QPointF(5, 5), action, QMimeData(), button, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: titles(flode)["Aktualisering"] == [who])


def test_the_menu_of_a_card_offers_every_other_steg(flode: Any, qtbot: QtBot) -> None:
    board = flode.view.board
    view = board.current_view()
    menu = board.make_menu(view, view.list.current_card())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "Öppna kortet"
    assert "Flytta till Insats" not in words
    assert len(words) == 6
    who = view.list.current_card().name
    next(a for a in menu.actions() if a.text() == "Flytta till Planering").trigger()
    qtbot.waitUntil(lambda: titles(flode)["Planering"] == [who])


def test_two_who_move_the_same_person_are_told(
    flode: Any, store: Store, people: People, window: MainWindow, qtbot: QtBot
) -> None:
    flode.view.board.select(
        next(k.inskrivning_id for k in flode._laget.tavla.kort if k.person.id == people.hodan)
    )
    put(store, people.hodan, "Matchning", IDAG)
    key(flode, Qt.Key.Key_Left, CTRL)
    qtbot.waitUntil(lambda: any("Någon annan har flyttat" in text for text in toast_texts(window)))
    qtbot.waitUntil(lambda: titles(flode)["Matchning"] == ["Hodan Rönnstig"])


def test_over_the_guide_value_is_marked_and_chosen(
    flode: Any, store: Store, people: People, qtbot: QtBot, runner: Runner
) -> None:
    put(store, people.asa, "Kartläggning", date(2024, 4, 1))
    flode.refresh()
    qtbot.waitUntil(lambda: titles(flode)["Kartläggning"] == ["Åsa Öberg"])
    (card,) = flode.view.board.columns()[1].cards
    assert card.over
    assert "över riktvärdet" in card.spoken
    QTest.mouseClick(flode.view.over, Qt.MouseButton.LeftButton, pos=QPoint(8, flode.view.over.height() // 2))
    qtbot.waitUntil(lambda: titles(flode)["Insats"] == [])
    assert titles(flode)["Kartläggning"] == ["Åsa Öberg"]
    settle(qtbot, runner)


def test_filters_leave_people_out_and_can_be_cleared(flode: Any, qtbot: QtBot) -> None:
    choose(flode.view.alder, 1)  # under 25
    qtbot.waitUntil(lambda: not titles(flode)["Insats"])
    qtbot.waitUntil(lambda: flode.view.empty.isVisible())
    assert flode.view.empty.fact.text() == "Inga träffar."
    flode.view.empty.button.click()
    qtbot.waitUntil(lambda: len(titles(flode)["Insats"]) == 3)
    assert flode.view.enhet.count() == 2


def test_the_board_as_a_list_opens_the_card(flode: Any, window: MainWindow, qtbot: QtBot) -> None:
    flode.view.shape._buttons["lista"].click()
    table = flode.view.table
    qtbot.waitUntil(table.isVisible)
    assert flode.view.model.rowCount() == 3
    table.setCurrentIndex(flode.view.model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not flode)


def dialog_of(window: MainWindow, kind: type) -> Any:
    return next((d for d in window.findChildren(kind) if d.isVisible()), None)


def test_a_figure_opens_its_people(flode: Any, window: MainWindow, people: People, qtbot: QtBot) -> None:
    cell = flode.view.kpis.cells[0]
    assert cell.kpi.figure == "4"  # the hidden one is counted, and in no list
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not flode)


@pytest.mark.parametrize(("place", "title"), [(1, "In i maj"), (2, "Ut i maj"), (3, "Till egen försörjning")])
def test_a_figure_of_nobody_says_so(
    flode: Any, window: MainWindow, qtbot: QtBot, place: int, title: str
) -> None:
    QTest.mouseClick(flode.view.kpis.cells[place], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.count.text() == "Ingen person.")
    assert dialog.windowTitle() == title
    dialog.reject()


def test_the_figures_are_the_reports_own(
    flode: Any, store: Store, people: People, qtbot: QtBot, runner: Runner
) -> None:
    """Those whom the user may not know of are counted, and those who are avslutade today."""
    with store.unit_of_work(SYSTEM, "test") as work:
        s = work.session
        s.scalars(select(Steg).where(Steg.namn == "Insats")).one().riktvarde_dagar = 30
        for resultat, dag in (("studier", IDAG), ("arbete", date(2024, 2, 1)), ("avbrutit", IDAG)):
            person = make.make_deltagare(s, kon="M", skyddad="sekretessmarkering")
            row = make.make_inskrivning(
                s, deltagare_id=person.id, inskriven=date(2024, 1, 1), avslutad=dag, resultat=resultat
            )
            make.make_stegperiod(s, inskrivning_id=row.id, steg="Insats", fran=date(2024, 1, 1))
    choose(flode.view.period, Perioden.I_AR)
    qtbot.waitUntil(lambda: flode.view.kpis.cells[2].kpi.label == "Ut i år")
    settle(qtbot, runner)
    period = make_period(date(2024, 1, 1), IDAG)
    with store.read(ELIN) as session:
        rows = [*figures(session, ELIN, period, IDAG), *avslut.figures(session, ELIN, period, IDAG)]
        report = {row.id: row.varde for row in rows}
    shown = {cell.kpi.key: cell.kpi for cell in flode.view.kpis.cells}
    ids = {
        "aktuella": "flode.inskrivna", "in": "flode.in", "ut": "flode.ut", "over": "flode.over_riktvarde",
        "egen": "avslut.egen_forsorjning",
    }  # fmt: skip
    for key, row_id in ids.items():
        varde = report[row_id]
        told = (str(varde.totalt), str(varde.kvinnor), str(varde.man))
        assert (shown[key].figure, shown[key].kvinnor, shown[key].man) == told, key
    assert (shown["aktuella"].figure, shown["ut"].figure, shown["egen"].figure) == ("6", "3", "2")
    assert shown["egen"].detail == "1 arbete, 1 studier"
    median = report["flode.ledtid_median"].totalt
    assert shown["ledtid"].figure.replace("\u00a0", " ") == f"{median:.0f} d"
    assert len([name for names in titles(flode).values() for name in names]) == 3


def test_the_period_is_chosen(flode: Any, qtbot: QtBot) -> None:
    choose(flode.view.period, Perioden.I_AR)
    qtbot.waitUntil(lambda: flode.view.kpis.cells[1].kpi.label == "In i år")
    assert flode.view.kpis.cells[1].kpi.figure == "4"  # the hidden one is counted
    choose(flode.view.period, Perioden.FORRA_ARET)
    qtbot.waitUntil(lambda: flode.view.kpis.cells[1].kpi.label == "In 2023")


def test_the_steg_are_changed_by_those_who_may(
    flode: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    flode.view.steg.click()
    qtbot.waitUntil(lambda: dialog_of(window, StegDialog) is not None)
    dialog = dialog_of(window, StegDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 6 and dialog.action.isEnabled())
    dialog.down.click()
    qtbot.waitUntil(lambda: dialog.model.row(0).namn == "Kartläggning")
    settle(qtbot, runner)
    dialog.table.setCurrentIndex(dialog.model.index(3, 0))
    dialog.retire.click()
    qtbot.waitUntil(lambda: "Flytta dem till ett annat steg först" in dialog.notice.text.text())
    assert "Hodan Rönnstig" in dialog.notice.text.text()
    assert "1 till" in dialog.notice.text.text().replace("\u00a0", " ")
    dialog.table.setCurrentIndex(dialog.model.index(4, 0))
    dialog.retire.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 5)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    dialog.action.click()
    qtbot.waitUntil(lambda: any(s.is_open for s in flode.findChildren(Sheet)))
    sheet = next(s for s in flode.findChildren(Sheet) if s.is_open)
    for name, text in (("riktvarde_dagar", "fyra"), ("grans", "2")):
        sheet.boxes[name].field.clear()
        type_text(sheet.boxes[name].field, text)
    sheet.save.click()
    qtbot.waitUntil(lambda: "helt tal" in sheet.boxes["riktvarde_dagar"].error)
    sheet.boxes["riktvarde_dagar"].field.clear()
    type_text(sheet.boxes["riktvarde_dagar"].field, "21")
    sheet.save.click()
    qtbot.waitUntil(lambda: not sheet.is_open)
    settle(qtbot, runner)
    with store.read(SYSTEM) as session:
        steg = session.scalars(select(Steg).where(Steg.namn == "Kartläggning")).one()
        assert (steg.riktvarde_dagar, steg.grans) == (21, 2)


def test_who_may_not_change_the_steg_is_told_why(
    flode: Any, store: Store, window: MainWindow, qtbot: QtBot
) -> None:
    make_chef(store)
    flode.view.steg.click()
    qtbot.waitUntil(lambda: dialog_of(window, StegDialog) is not None)
    dialog = dialog_of(window, StegDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 6)
    for button in (dialog.action, dialog.new, dialog.retire):
        assert not button.isEnabled()
        assert button.toolTip()
    dialog.reject()


def test_the_board_is_read_out(flode: Any) -> None:
    view = flode.view.board.views[3]
    assert QAccessible.queryAccessibleInterface(view.list).text(QAccessible.Text.Name).startswith("Insats, 3")
    index = view.list.model().index(0, 0)
    assert "dagar i steget" in index.data(Qt.ItemDataRole.AccessibleTextRole).replace("\u00a0", " ")
    assert flode.view.kpis.cells[0].accessibleName()


def write(dialog: PeriodDialog, fran: str, till: str) -> None:
    for line, text in ((dialog.fran.line, fran), (dialog.till.line, till)):
        line.clear()
        type_text(line, text)


def test_own_dates_are_checked_and_shown(flode: Any, window: MainWindow, qtbot: QtBot) -> None:
    choose(flode.view.period, Perioden.EGEN)
    dialog = dialog_of(window, PeriodDialog)
    for fran, till, place, told in (
        ("2024-07-01", "2024-08-01", 0, "har inte börjat"),
        ("strax", "2024-08-01", 0, "Skriv ett datum"),
        ("2024-06-01", "2024-05-01", 1, "slutar före"),
    ):
        write(dialog, fran, till)
        dialog.action.click()
        assert told in dialog.boxes[place].error
    write(dialog, "2023-12-01", "2024-03-31")
    dialog.action.click()
    qtbot.waitUntil(lambda: flode.view.kpis.cells[1].kpi.label.startswith("In 1\u00a0dec"))
    choose(flode.view.period, Perioden.EGEN)
    dialog_of(window, PeriodDialog).reject()
    assert flode.view.period.value() is Perioden.EGEN
    choose(flode.view.period, Perioden.I_AR)
    choose(flode.view.period, Perioden.EGEN)
    dialog_of(window, PeriodDialog).reject()
    assert flode.view.period.value() is Perioden.I_AR


def test_a_part_of_the_picture_opens_its_people(
    flode: Any, window: MainWindow, people: People, qtbot: QtBot, runner: Runner
) -> None:
    qtbot.waitUntil(lambda: flode.view.chart.picture is not None)
    assert flode.view.chart.picture.title.replace("\u00a0", " ") == "Deltagare per steg, 26 veckor"
    insats = next(k.id for k in flode._laget.tavla.kolumner if k.namn == "Insats")
    flode.view.chart.chosen.emit(f"{insats}:2024-04-01")
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert dialog.windowTitle().replace("\u00a0", " ") == "Insats 1 apr"
    dialog.reject()
    settle(qtbot, runner)


def test_the_ways_out_are_drawn_and_open_their_people(
    flode: Any, store: Store, people: People, window: MainWindow, qtbot: QtBot
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.asa)).one()
        row.avslutad, row.resultat = date(2024, 5, 20), "studier"
    flode.view.vagar.click()
    qtbot.waitUntil(lambda: dialog_of(window, WaysDialog) is not None)
    ways = dialog_of(window, WaysDialog)
    qtbot.waitUntil(lambda: ways.chart.picture is not None)
    cells = [row.cells for row in ways.chart.picture.table.rows]
    assert cells == [("Insats", "Vägledning", "1"), ("Vägledning", "Studier", "1")]
    assert [row.cells[2] for row in ways.chart.underlag.made().table.rows] == ["..", ".."]
    ways.chart.chosen.emit("insats:vägledning>resultat:studier")
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.windowTitle() == "Vägledning – Studier"
    assert dialog.model.row(0).person.namn == "Åsa Öberg"
    dialog.reject()
