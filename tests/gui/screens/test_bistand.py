"""Bistånd on the card: ärenden, undantag and biståndsmånader written by keyboard."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.commands.arende import ArendeUppgifter, update_arende
from db.commands.bistand import ManaderUppgifter, save_manader
from db.commands.undantag import UndantagUppgifter, update_undantag
from db.models import Arende, Deltagare
from db.queries.card import read_card
from db.queries.card_rows import Card
from db.session import Store, open_store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.kort.page import Akt, Oppna
from desktop.theme import Theme
from desktop.widgets.series_field import SeriesField, link_series
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def read(store: Store, person_id: int) -> Card:
    with store.read(ELIN) as session:
        return read_card(session, ELIN, person_id, IDAG)


def months(store: Store, person_id: int) -> list[tuple[int, int | None]]:
    return [(row.manad % 12 + 1, row.belopp_ore) for row in read(store, person_id).bistand]


def texts(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.text()]


def press_button(qtbot: QtBot, runner: Runner, page: Any, name: str) -> None:
    found = [b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def write(line: Any, text: str) -> None:
    line.selectAll()
    type_text(line, text)


def empty(line: Any) -> None:
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)


def save(qtbot: QtBot, window: MainWindow, runner: Runner) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def choose_and_save(qtbot: QtBot, runner: Runner, window: MainWindow) -> KonfliktDialog:
    """In the dialog with both versions one's own words are chosen where one has changed them."""
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return dialog


@pytest.fixture
def page(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "bistand")).view.page("bistand")


def test_an_arende_is_registered_decided_and_taken_back(
    store: Store, people: People, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        person: Deltagare = make.make_deltagare(work.session, fornamn="Bo", efternamn="Ek", kon="M")
        person_id = person.id
    page = go("kort", Oppna(person_id, "bistand")).view.page("bistand")
    assert not page.exempt.isEnabled()
    assert page.exempt.toolTip() == "Registrera ett ärende först."
    press_button(qtbot, runner, page, "Nytt ärende")
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["handlaggare"].field.currentText() == "Elin Måsvik"
    assert "avslutat" not in sheet.boxes
    save(qtbot, window, runner)
    assert sheet.boxes["nummer"].error == "Skriv ärendets nummer."
    type_text(sheet.boxes["nummer"].field, "Ä-1")
    write(sheet.boxes["ansokan"].field.line, "-7")
    save(qtbot, window, runner)
    assert sheet.boxes["nummer"].error.startswith("Ärendenumret finns redan")
    write(sheet.boxes["nummer"].field, "Ä-77")
    save(qtbot, window, runner)
    (arende,) = read(store, person_id).arenden
    assert (arende.nummer, arende.ansokan, arende.signatur) == ("Ä-77", date(2024, 5, 27), "elin")
    page.arenden.table.setFocus()
    QTest.keyClick(page.arenden.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    sheet = window.screen_shown._sheet()
    assert sheet.title.text() == "Ändra ärende"
    write(sheet.boxes["beslut"].field.line, "t")
    QTest.keyClick(sheet.boxes["utfall"].field, Qt.Key.Key_B)
    type_text(sheet.boxes["forsorjningshinder"].field, "arbetslös")
    save(qtbot, window, runner)
    (arende,) = read(store, person_id).arenden
    assert (arende.beslut, arende.utfall, arende.forsorjningshinder) == (IDAG, "bifall", "arbetslös")
    assert "Ärendet är ändrat." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert read(store, person_id).arenden[0].utfall is None


def test_days_that_contradict_are_told_at_the_field(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Ändra ärende")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["avslutat"].field.line, "i våras")
    save(qtbot, window, runner)
    assert sheet.boxes["avslutat"].error.startswith("Skriv ett datum")
    empty(sheet.boxes["ansokan"].field.line)
    write(sheet.boxes["avslutat"].field.line, "2024-05-01")
    save(qtbot, window, runner)
    assert sheet.boxes["ansokan"].error == "Ange dagen för ansökan."
    write(sheet.boxes["ansokan"].field.line, "2024-05-20")
    save(qtbot, window, runner)
    assert sheet.boxes["avslutat"].error.startswith("Avslutet är före beslutet 21\u00a0maj\u00a02024")
    write(sheet.boxes["avslutat"].field.line, "t")
    QTest.keyClick(sheet.boxes["avslutsorsak"].field, Qt.Key.Key_F)
    save(qtbot, window, runner)
    own = read(store, people.hodan).arenden[0]
    assert (own.avslutat, own.avslutsorsak) == (IDAG, "flyttat")


def test_an_undantag_is_told_what_it_does_changed_and_taken_away(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    assert "Inget undantag." in texts(page)
    press_button(qtbot, runner, page, "Nytt undantag")
    sheet = window.screen_shown._sheet()
    assert "Ärende Ä-1" in sheet.context.text()
    empty(sheet.boxes["fran"].field.line)
    save(qtbot, window, runner)
    assert sheet.boxes["fran"].error == "Ange första dagen."
    assert sheet.boxes["skal"].error == "Skriv skälet till undantaget."
    write(sheet.boxes["fran"].field.line, "2024-06-01")
    write(sheet.boxes["till"].field.line, "2024-06-05")
    type_text(sheet.boxes["skal"].field, "läkarintyg")
    qtbot.waitUntil(
        lambda: "flyttas från 4\u00a0jun\u00a02024 till 9\u00a0jun\u00a02024" in sheet.boxes["till"].warning
    )
    save(qtbot, window, runner)
    assert {"1–5\u00a0jun", "Gäller nu", "Läkarintyg · Ä-1"} <= set(texts(page))
    press_button(qtbot, runner, page, "Ändra undantag 1 jun")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["till"].field.line, "tills vidare")
    save(qtbot, window, runner)
    assert sheet.boxes["till"].error.startswith("Skriv ett datum")
    write(sheet.boxes["till"].field.line, "2024-06-02")
    save(qtbot, window, runner)
    assert "Slut" in texts(page)
    press_button(qtbot, runner, page, "Ta bort undantag 1 jun")
    assert read(store, people.hodan).undantag == ()
    assert "Undantaget är borttaget." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert len(read(store, people.hodan).undantag) == 1


def test_one_that_is_to_begin_is_planned(go: Go, store: Store, people: People) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        arende = make.make_arende(work.session, deltagare_id=people.hodan, nummer="Ä-50")
        for fran in (date(2024, 7, 1), date(2024, 5, 1)):
            make.make_undantag(work.session, arende_id=arende.id, fran=fran)
    page = go("kort", Oppna(people.hodan, "bistand")).view.page("bistand")
    assert {"Planerat", "Gäller nu"} <= set(texts(page))


def test_months_are_written_one_after_the_other_and_several_at_once(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Registrera…")
    sheet = window.screen_shown._sheet()
    assert sheet.title.text() == "Biståndsmånader 2024"
    first = sheet.boxes["manad1"].field
    assert first.hasFocus()
    assert not sheet.boxes["manad8"].field.isEnabled()
    type_text(first, "8 000")
    QTest.keyClick(first, Qt.Key.Key_Return)
    february = sheet.boxes["manad2"].field
    assert february.hasFocus()
    QTest.keyClick(february, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert february.text() == "8 000"
    QTest.keyClick(february, Qt.Key.Key_Return)
    type_text(sheet.boxes["manad3"].field, "mycket")
    save(qtbot, window, runner)
    assert sheet.boxes["manad3"].error == "Skriv beloppet i kronor, eller x om det är okänt."
    write(sheet.boxes["manad3"].field, "x")
    QGuiApplication.clipboard().setText("7500,50\n\n8100\r\n")
    QTest.keyClick(sheet.boxes["manad4"].field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "före ansökan" in sheet.boxes["manad1"].warning)
    save(qtbot, window, runner)
    assert months(store, people.hodan) == [
        (1, 800_000), (2, 800_000), (3, None), (4, 750_050), (6, 810_000)
    ]  # fmt: skip
    assert "Biståndsmånaderna är sparade." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert months(store, people.hodan) == []


def test_a_month_in_the_table_opens_its_year(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        arende = make.make_arende(
            work.session, deltagare_id=people.hodan, nummer="Ä-40", ansokan=date(2023, 9, 1)
        )
        for place in (10, 12):
            make.make_bistandsmanad(
                work.session, arende_id=arende.id, manad=make.month(2023, place), belopp_ore=700_000
            )
    page = go("kort", Oppna(people.hodan, "bistand")).view.page("bistand")
    assert [page.ar.itemText(i) for i in range(page.ar.count())] == ["2024", "2023"]
    page.manader.table.setFocus()
    QTest.keyClick(page.manader.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    sheet = window.screen_shown._sheet()
    assert sheet.title.text() == "Biståndsmånader 2023"
    assert sheet.boxes["manad12"].field.text() == "7000"
    empty(sheet.boxes["manad10"].field)
    save(qtbot, window, runner)
    assert months(store, people.hodan) == [(12, 700_000)]


def test_the_chosen_arende_is_the_one_written_in(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_arende(work.session, deltagare_id=people.hodan, nummer="Ä-60", ansokan=date(2022, 1, 3))
    screen = go("kort", Oppna(people.hodan, "bistand", Akt("bistandsmanader", 404)))
    assert screen._sheet() is None
    page = screen.view.page("bistand")
    page.arenden.table.setFocus()
    QTest.keyClick(page.arenden.table, Qt.Key.Key_End)
    page.arenden.table.selectRow(1)
    press_button(qtbot, runner, page, "Nytt undantag")
    assert "Ä-60" in screen._sheet().context.text()


def test_two_who_change_the_same_see_both_versions(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    own = read(store, people.hodan).arenden[0]
    press_button(qtbot, runner, page, "Ändra ärende")
    type_text(window.screen_shown._sheet().boxes["forsorjningshinder"].field, "språk")
    told = ArendeUppgifter("Ä-1", own.ansokan, own.beslut, "bifall", None, None, "arbetslös", "elin")
    with closing(open_store(store.path or "")) as other:
        update_arende(other, ELIN, own.id, told, IDAG)
    save(qtbot, window, runner)
    assert set(choose_and_save(qtbot, runner, window).mine) == {"forsorjningshinder"}
    assert read(store, people.hodan).arenden[0].forsorjningshinder == "språk"
    press_button(qtbot, runner, page, "Registrera…")
    type_text(window.screen_shown._sheet().boxes["manad6"].field, "9000")
    with closing(open_store(store.path or "")) as other:
        save_manader(other, ELIN, own.id, ManaderUppgifter(2024, ((make.month(2024, 5), 800_000),)), IDAG)
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    assert months(store, people.hodan) == [(5, 800_000), (6, 900_000)]
    with store.unit_of_work(SYSTEM, "test") as work:
        row_id = make.make_undantag(work.session, arende_id=own.id, fran=IDAG).id
    window.screen_shown.refresh()
    settle(qtbot, runner)
    press_button(qtbot, runner, page, "Ändra undantag 3 jun")
    write(window.screen_shown._sheet().boxes["till"].field.line, "+9")
    with closing(open_store(store.path or "")) as other:
        update_undantag(other, ELIN, row_id, UndantagUppgifter(IDAG, None, "intyg"))
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    (undantag,) = read(store, people.hodan).undantag
    assert (undantag.till, undantag.skal) == (date(2024, 6, 12), "intyg")


def test_a_second_open_arende_asks_why(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Nytt ärende")
    sheet = window.screen_shown._sheet()
    type_text(sheet.boxes["nummer"].field, "Ä-99")
    save(qtbot, window, runner)
    assert sheet.is_open
    assert "redan ett öppet ärende, Ä-1" in sheet.boxes["ansokan"].warning
    type_text(sheet.skal, "Nytt beslut efter flytt")
    save(qtbot, window, runner)
    assert [a.nummer for a in read(store, people.hodan).arenden] == ["Ä-1", "Ä-99"]


def test_a_series_is_pasted_past_what_cannot_be_written_in(qtbot: QtBot, theme: Theme) -> None:
    fields = [SeriesField() for _ in range(3)]
    for field in fields:
        qtbot.addWidget(field)
        field.show()
    link_series(fields)
    fields[1].setEnabled(False)
    control = Qt.KeyboardModifier.ControlModifier
    QGuiApplication.clipboard().setText("1\t2\t3")
    QTest.keyClick(fields[0], Qt.Key.Key_V, control)
    assert [field.text() for field in fields] == ["1", "", "2"]
    QGuiApplication.clipboard().setText("9")
    fields[0].clear()
    QTest.keyClick(fields[0], Qt.Key.Key_D, control)
    QTest.keyClick(fields[0], Qt.Key.Key_V, control)
    assert fields[0].text() == "9"


def test_an_arende_with_a_beslut_stays_and_one_without_is_removed_and_had_back(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    page = go("kort", Oppna(people.hodan, "bistand")).view.page("bistand")
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("har ett beslut" in text for text in toast_texts(window)))
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Arende).where(Arende.deltagare_id == people.hodan)):
            row.beslut = row.utfall = None

    def arenden() -> int:
        with store.read(SYSTEM) as session:
            query = select(func.count()).where(Arende.deltagare_id == people.hodan)
            return session.execute(query).scalar_one()

    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Ärendet är borttaget." in toast_texts(window))
    assert arenden() == 0
    qtbot.waitUntil(lambda: not page.remove.isEnabled())
    assert page.remove.toolTip() == "Registrera ett ärende först."
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: arenden() == 1)
    qtbot.waitUntil(page.remove.isEnabled)


def test_an_undantag_is_reviewed_stays_and_then_ends(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        arende = work.session.scalars(select(Arende).where(Arende.deltagare_id == people.hodan)).one()
        own = {"fran": date(2024, 5, 22), "till": None, "skal": "sjuk"}
        make.make_undantag(work.session, arende_id=arende.id, **own)
    page = go("kort", Oppna(people.hodan, "bistand")).view.page("bistand")
    press_button(qtbot, runner, page, "Granska undantag 22 maj")
    sheet = window.screen_shown._sheet()
    assert "Inte granskat tidigare." in sheet.context.text()
    assert not sheet.boxes["till"].isVisible()
    save(qtbot, window, runner)
    assert sheet.boxes["skal"].error == "Skriv skälet till beslutet."
    type_text(sheet.boxes["skal"].field, "intyg till hösten")
    save(qtbot, window, runner)
    told = "Granskat 3 jun av Elin Måsvik: kvarstår. Intyg till hösten. Granskas igen 1 sep."
    qtbot.waitUntil(lambda: told in [text.replace("\u00a0", " ") for text in texts(page)])
    press_button(qtbot, runner, page, "Granska undantag 22 maj")
    sheet = window.screen_shown._sheet()
    assert "Granskat senast 3 jun." in sheet.context.text().replace("\u00a0", " ")
    sheet.boxes["beslut"].field.setCurrentIndex(1)
    assert sheet.boxes["till"].isVisible()
    assert not sheet.boxes["nasta"].isVisible()
    write(sheet.boxes["till"].field.line, "2024-05-21")
    type_text(sheet.boxes["skal"].field, "frisk igen")
    qtbot.waitUntil(lambda: "slutar före det börjar" in sheet.boxes["till"].error)
    write(sheet.boxes["till"].field.line, "2024-06-02")
    save(qtbot, window, runner)
    qtbot.waitUntil(lambda: "Slut" in texts(page))
    (undantag,) = read(store, people.hodan).undantag
    assert (undantag.till, [g.beslut for g in undantag.granskningar]) == (
        date(2024, 6, 2), ["kvarstår", "upphör"],
    )  # fmt: skip
