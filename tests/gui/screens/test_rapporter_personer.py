"""What stands by the people behind a number of a report: how many, why, and what they are to the number."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.models import Deltagare, Installning
from db.queries.bakom.gemensamt import Vad
from db.queries.flode_personer import PersonBakom
from db.queries.idag.rows import Person
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens import bakom
from desktop.screens.bakom import BakomDialog
from desktop.screens.rapporter.oppna import VisaRapport
from desktop.screens.rapporter.people import WORDS
from desktop.screens.rapporter.siffror import NOBODY
from tests.gui.screens.conftest import settle, toast_texts
from tests.helpers.factories import make_hushall

Open = Callable[[str, str], BakomDialog]


@pytest.fixture
def screen(go: Callable[..., Any], store: Store) -> Any:
    """Rapporter, where so few people as there are need not be hidden."""
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.add(Installning(nyckel="sekretess.troskel", varde="1"))
    return go("rapporter")


@pytest.fixture
def opened(screen: Any, qtbot: QtBot, runner: Runner, window: MainWindow) -> Open:
    """Opens a row of a report of 2024 with Enter, and waits for its people."""

    def opened(rapport: str, rad_id: str) -> BakomDialog:
        choose(screen, qtbot, runner, rapport, rad_id)
        QTest.keyClick(screen.view.numbers.table, Qt.Key.Key_Return)
        dialog = next(d for d in window.findChildren(BakomDialog) if d.isVisible())
        qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
        return dialog

    return opened


def choose(screen: Any, qtbot: QtBot, runner: Runner, rapport: str, rad_id: str) -> None:
    """Show the numbers of a report of 2024 and stand in a row."""
    screen.open(VisaRapport(rapport, "2024"))
    screen.view.mode.chosen.emit("siffror")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.rapport == rapport)
    settle(qtbot, runner)
    table = screen.view.numbers.table
    model = table.model_of_groups
    rows = [model.row(at).rad for at in range(model.rowCount())]
    table.setCurrentIndex(model.index([rad.id if rad else "" for rad in rows].index(rad_id), 0))
    table.setFocus()


def cells(dialog: BakomDialog) -> list[list[str]]:
    """The heads and words of the columns that are shown."""
    shown = [at for at in range(len(dialog.model.columns)) if not dialog.table.isColumnHidden(at)]
    heads = [dialog.model.columns[at].title for at in shown]
    rows = range(dialog.model.rowCount())
    return [heads, *([dialog.model.index(row, at).data() for at in shown] for row in rows)]


def test_a_share_opens_all_that_it_is_of(opened: Open) -> None:
    dialog = opened("deltagare", "deltagare.med_insats_senaste_manaden_andel")
    assert dialog.note.text() == "Alla som andelen räknas på. De som räknas in i den står först."
    heads, *rows = cells(dialog)
    assert heads == ["Namn", "Personnummer", "Dag", "Räknas in"]
    assert {row[-1] for row in rows} == {"Ja"}


def test_a_number_of_days_tells_the_days_of_each(opened: Open) -> None:
    dialog = opened("bistand", "vantetid.median")
    assert "medelvärde eller en median" in dialog.note.text()
    heads, *rows = cells(dialog)
    assert heads == ["Namn", "Personnummer", "Dag", "Dagar", "Uppgift"]
    assert {tuple(row[-2:]) for row in rows} == {("1", "Bifall")}


def test_a_number_of_people_has_no_more_to_tell(opened: Open, store: Store, people: Any) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.get_one(Deltagare, people.annans).skyddad = "nej"
    dialog = opened("deltagare", "deltagare.unika")
    assert dialog.note.isHidden()
    assert cells(dialog)[0] == ["Namn", "Personnummer", "Dag"]
    assert dialog.count.text() == "4\u00a0personer"


def test_a_list_shorter_than_the_number_says_that_not_everybody_is_shown(opened: Open) -> None:
    dialog = opened("deltagare", "deltagare.unika")
    assert dialog.count.text() == "3\u00a0personer"
    assert dialog.note.text() == "Alla som räknas i talet visas inte för dig."
    assert not dialog.note.isHidden()


def test_a_household_has_one_row(opened: Open, store: Store, people: Any) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        hushall = make_hushall(work.session, antal_barn=2)
        for person_id in (people.hodan, people.asa):
            work.session.get_one(Deltagare, person_id).hushall_id = hushall.id
    dialog = opened("bistand", "hushall.med_insats")
    heads, *rows = cells(dialog)
    assert heads[-1] == "Övriga i hushållet"
    assert [row[0] for row in rows] == ["Skyddad identitet", "Hodan Rönnstig"]
    assert rows[1][-1] == "Åsa Öberg"


def test_places_tell_why_nobody_is_behind_them(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    choose(screen, qtbot, runner, "belaggning", "belaggning.intern.platser_medel")
    QTest.keyClick(screen.view.numbers.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: NOBODY in toast_texts(screen.window()))
    menu = QMenu()
    qtbot.addWidget(menu)
    screen.view.numbers.table.fill_menu(menu)
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [(NOBODY, False)]


def test_who_is_there_more_than_once_is_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(1, "nej", "Siv Ask", "", "ask siv")
    rows = [PersonBakom(person, date(2024, 5, day)) for day in (1, 2, 3)]
    assert bakom._tell([]) == "Ingen person."
    assert bakom._tell(rows[:1]) == "1\u00a0person"
    assert bakom._tell(rows) == "3\u00a0rader, 1\u00a0person"
    monkeypatch.setattr(bakom, "MOST", 2)
    assert bakom._tell(rows) == "3\u00a0rader, 1\u00a0person. De första 2 raderna visas."


def test_there_are_words_for_everything_that_opens() -> None:
    assert set(WORDS) == set(Vad)
