"""The screen Platser: read, filtered, an enhet opened and changed, and a place given in two steps."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands.settings import save_settings
from db.models import Enhet, Insats, Inskrivning, Kapacitet, Kostnad, Medarbetare, Platsko
from db.queries.settings import read_varden
from db.queries.utkast import list_utkast
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular import sheet as sheet_module
from desktop.screens.kort.page import Oppna
from desktop.screens.platser.oppna import MAL, NY, Fortsatt, GeFranKo, VisaEnhet, VisaKo, read_form_key
from desktop.screens.platser.presenter import PlatserScreen
from desktop.theme import Mode, Theme
from desktop.widgets.link_row import LinkRow
from desktop.widgets.text import Text
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
NYAR = date(2024, 1, 1)


@pytest.fixture(autouse=True)
def _never_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question nobody answers would stop the tests for ever."""
    monkeypatch.setattr(sheet_module, "confirm", lambda *_args, **_more: True)


@pytest.fixture
def enheter(store: Store, people: People) -> dict[str, int]:
    """Återbruket of the register has four people on one place; beside it Snickeriet and Lärbron with room."""

    def made(session: Session) -> dict[str, int]:
        ids = {"Återbruket": session.scalars(select(Enhet.id)).one()}
        make.make_kostnad(session, enhet_id=ids["Återbruket"], ar=2024, belopp_ore=12_000_000)
        for namn, typ, platser in (("Snickeriet", "intern", 4), ("Lärbron", "extern", 6)):
            enhet = make.make_enhet(session, namn=namn, typ=typ, anordnare="Kommunen")
            make.make_kapacitet(session, enhet_id=enhet.id, fran=NYAR, platser=platser)
            make.make_kostnad(session, enhet_id=enhet.id, ar=2024, belopp_ore=48_000_000)
            ids[namn] = enhet.id
        hodan = session.scalars(select(Inskrivning.id).where(Inskrivning.deltagare_id == people.hodan)).one()
        make.make_insats(
            session, inskrivning_id=hodan, typ="praktik", enhet_id=ids["Lärbron"], start=NYAR,
            planerat_slut=IDAG + timedelta(9),
        )  # fmt: skip
        asa = session.scalars(select(Inskrivning.id).where(Inskrivning.deltagare_id == people.asa)).one()
        make.make_platsko(
            session, inskrivning_id=asa, enhet_id=ids["Snickeriet"], sedan=IDAG - timedelta(34), text="Snart."
        )
        dold = session.scalars(select(Inskrivning.id).where(Inskrivning.deltagare_id == people.annans)).one()
        make.make_platsko(session, inskrivning_id=dold, enhet_id=ids["Snickeriet"], sedan=IDAG)
        return ids

    with store.unit_of_work(SYSTEM, "test") as work:
        return made(work.session)


def shown(view: Any) -> list[str]:
    return [view.model.row(place).namn for place in range(view.model.rowCount())]


def cells(view: Any, namn: str) -> list[str]:
    place = shown(view).index(namn)
    texts = [view.model.index(place, at).data() for at in range(view.model.columnCount())]
    return [text.replace("\u00a0", " ") for text in texts]


def figures(view: Any) -> list[str]:
    texts = [t.text() for strip in view.kpis for t in strip.findChildren(Text) if not t.isHidden()]
    return [text.replace("\u00a0", " ") for text in texts]


def sheet_of(window: MainWindow) -> Any:
    shown = window.screen_shown
    return shown.blad.sheet() if isinstance(shown, PlatserScreen) else shown._sheet()


def told(widget: Any) -> str:
    return " ".join(t.text() for t in widget.findChildren(Text) if t.isVisible()).replace("\u00a0", " ")


def links(sheet: Any) -> list[str]:
    return [link.accessibleName().replace("\u00a0", " ") for link in sheet.findChildren(LinkRow)]


def choose(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Press the act with these words in the menu that is open."""
    qtbot.waitUntil(lambda: any(m.isVisible() for m in window.findChildren(QMenu)))
    menu = next(m for m in window.findChildren(QMenu) if m.isVisible())
    action = next(a for a in menu.actions() if a.text() == words)
    menu.close()
    window.activateWindow()  # without a screen nobody activates what a menu lay over
    qtbot.waitUntil(window.isActiveWindow)
    action.trigger()


def button(widget: Any, words: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible())


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    field = getattr(field, "line", field)
    field.setFocus()
    if hasattr(field, "selectAll"):
        field.selectAll()
    type_text(field, text)


def save(qtbot: QtBot, runner: Runner, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def test_the_day_is_read(go: Go, enheter: dict[str, int]) -> None:
    view = go("platser").view
    assert shown(view) == ["Interna platser", "Återbruket", "Snickeriet", "Externa platser", "Lärbron"]
    assert cells(view, "Återbruket")[1:9] == [
        "–", "Intern", "4 av 1 belagda", "400 %", "Fullt", "–", "10 000 kr", "2 500 kr",
    ]  # fmt: skip
    assert cells(view, "Snickeriet")[4:7] == ["0 %", "4", "2"]
    assert cells(view, "Interna platser")[3:7] == ["4 av 5 belagda", "80 %", "4", "2"]
    found = figures(view)
    assert "11" in found
    assert "2 reserverade därutöver" not in found
    assert "längst väntan 34 dagar" in found
    assert view.queue.text() == "Visa kön (2)"
    assert view.months.picture is not None
    assert view.weeks.picture is not None
    assert "v. 24 1" in view.weeks.picture.words.replace("\u00a0", " ")


def test_choices_narrow_what_is_shown(go: Go, enheter: dict[str, int], qtbot: QtBot, runner: Runner) -> None:
    view = go("platser").view
    view.regi._buttons["extern"].click()
    qtbot.waitUntil(lambda: shown(view) == ["Externa platser", "Lärbron"])
    view.regi._buttons["alla"].click()
    view.lediga.click()
    qtbot.waitUntil(lambda: shown(view) == ["Interna platser", "Snickeriet", "Externa platser", "Lärbron"])
    view.lediga.click()
    qtbot.waitUntil(lambda: len(shown(view)) == 5)
    view.typ.setCurrentIndex(view.typ.findText("Praktik"))
    qtbot.waitUntil(lambda: shown(view) == ["Externa platser", "Lärbron"])
    view.typ.setCurrentIndex(view.typ.findText("Sfi"))
    qtbot.waitUntil(lambda: view.empty.isVisible())
    assert view.empty.fact.text() == "Inga träffar."
    view.typ.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(shown(view)) == 5)


def test_another_day_shows_what_is_planned_then(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot
) -> None:
    view = go("platser").view
    press(qtbot, window, Qt.Key.Key_F)
    qtbot.waitUntil(view.dag.line.hasFocus)
    type_text(view.dag.line, "+10")
    qtbot.waitUntil(lambda: cells(view, "Lärbron")[3] == "0 av 6 belagda")
    assert "Lediga då" in figures(view)


def test_groups_fold_and_are_sorted_inside(go: Go, enheter: dict[str, int], qtbot: QtBot) -> None:
    view = go("platser").view
    table = view.table
    table.setFocus()
    table.select_key("intern")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert shown(view) == ["Interna platser", "Externa platser", "Lärbron"]
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert len(shown(view)) == 5
    table.select_key(str(enheter["Snickeriet"]))
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.current_row().is_head
    at = table.visualRect(view.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(shown(view)) == 5
    table.set_sorting(("plats", False))
    assert shown(view) == ["Interna platser", "Snickeriet", "Återbruket", "Externa platser", "Lärbron"]
    table.set_sorting(None)
    assert shown(view)[1] == "Återbruket"


def test_a_copy_hides_how_few_wait(go: Go, enheter: dict[str, int]) -> None:
    view = go("platser").view
    view.table.setFocus()
    view.table.selectAll()
    view.table.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    ko = [line.split("\t")[6] for line in lines]
    assert ko == ["Kö", "<5", "0", "<5", "0", "0"]


def test_an_enhet_is_opened_with_its_people(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    view = go("platser").view
    view.table.setFocus()
    view.table.select_key(str(enheter["Lärbron"]))
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    panel = sheet_of(window)
    qtbot.waitUntil(lambda: panel.is_started)
    assert links(panel) == ["Hodan Rönnstig, Praktik, 100 % · planerat slut 12 jun"]
    words = told(panel)
    assert "Lärbron Extern · Kommunen · idag" in words
    assert "Har plats (1)" in words
    assert "Ingen står i kö hit." in words
    assert "6 platser" in words
    assert "480 000 kr" in words
    panel.findChildren(LinkRow)[0].click()
    settle(qtbot, runner)
    assert window.screen_shown.card.id == people.hodan


def test_those_whom_the_user_may_not_know_of_are_counted(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot
) -> None:
    go("platser", VisaEnhet(enheter["Återbruket"]))
    panel = sheet_of(window)
    qtbot.waitUntil(lambda: panel.is_started)
    assert "Har plats (4)" in told(panel)
    assert "1 person som du inte kan se här." in told(panel)
    assert [link.split(",")[0] for link in links(panel)] == [
        "Skyddad identitet Ä-3", "Hodan Rönnstig", "Åsa Öberg",
    ]  # fmt: skip


def test_a_new_enhet(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser")
    screen.view.new.click()
    choose(window, qtbot, "Ny enhet…")
    sheet = sheet_of(window)
    save(qtbot, runner, window)
    assert sheet.boxes["namn"].error
    write(sheet, "namn", "Snickeriet")
    write(sheet, "platser", "åtta")
    qtbot.waitUntil(lambda: "siffror" in sheet.boxes["platser"].error)
    write(sheet, "platser", "8")
    write(sheet, "kostnad", "mycket")
    qtbot.waitUntil(lambda: "kronor" in sheet.boxes["kostnad"].error)
    write(sheet, "kostnad", "830 000")
    qtbot.waitUntil(lambda: "redan en enhet" in sheet.boxes["namn"].error)
    write(sheet, "namn", "Cykelverkstaden")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Cykelverkstaden" in shown(screen.view))
    assert cells(screen.view, "Cykelverkstaden")[3] == "0 av 8 belagda"
    assert "Enheten är registrerad." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: "Cykelverkstaden" not in shown(screen.view))


def test_more_places_from_the_button(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser")
    screen.view.table.select_key(str(enheter["Snickeriet"]))
    screen.view.new.click()
    choose(window, qtbot, "Fler platser på Snickeriet…")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    assert sheet.boxes["platser"].field.value() == "4"
    write(sheet, "platser", "9")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: cells(screen.view, "Snickeriet")[3] == "0 av 9 belagda")
    with store.read(ELIN) as session:
        rows = session.execute(
            select(Kapacitet.fran, Kapacitet.till, Kapacitet.platser)
            .where(Kapacitet.enhet_id == enheter["Snickeriet"])
            .order_by(Kapacitet.fran)
        ).all()
    assert [tuple(row) for row in rows] == [(NYAR, IDAG - timedelta(1), 4), (IDAG, None, 9)]


def test_fewer_places_than_people_are_refused_with_a_way_forward(
    go: Go,
    enheter: dict[str, int],
    window: MainWindow,
    store: Store,
    qtbot: QtBot,
    runner: Runner,
    people: People,
) -> None:
    screen = go("platser")
    screen.blad.begin_act(enheter["Lärbron"], "platser")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    write(sheet, "platser", "0")
    qtbot.waitUntil(lambda: "1 person har plats" in sheet.boxes["platser"].error)
    assert links(sheet) == ["Hodan Rönnstig"]
    save(qtbot, runner, window)
    assert sheet.is_open
    way = button(sheet, "Välj 13\u00a0jun\u00a02024")
    way.click()
    qtbot.waitUntil(lambda: not sheet.boxes["platser"].error and not links(sheet))
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Antalet platser är ändrat." in toast_texts(window))


def test_closing_is_refused_while_people_stay_and_their_cards_are_near(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    screen = go("platser")
    screen.blad.begin_act(enheter["Återbruket"], "stang")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: len(links(sheet)) == 3)
    assert "4 personer har plats efter" in sheet.boxes["sista_dag"].error
    assert "1 person som du inte kan se här" in told(sheet)
    write(sheet, "sista_dag", "ingen dag")
    qtbot.waitUntil(lambda: not links(sheet) and "Skriv ett datum" in sheet.boxes["sista_dag"].error)
    write(sheet, "sista_dag", "t")
    qtbot.waitUntil(lambda: len(links(sheet)) == 3)
    sheet.findChildren(LinkRow)[0].click()
    settle(qtbot, runner)
    assert window.screen_shown.card is not None


def test_an_enhet_closes_and_opens_again(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser", VisaEnhet(enheter["Snickeriet"]))
    qtbot.waitUntil(lambda: sheet_of(window).is_started)
    sheet_of(window).buttons["stang"].click()
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: "står i kö hit" in sheet.boxes["sista_dag"].warning)
    write(sheet, "sista_dag", "-1")
    qtbot.waitUntil(lambda: "Dagen har varit" in sheet.boxes["sista_dag"].warning)
    save(qtbot, runner, window)
    # Back in the panel that it began in, which now offers to open again.
    qtbot.waitUntil(lambda: sheet_of(window) is not None and sheet_of(window).is_started)
    panel = sheet_of(window)
    qtbot.waitUntil(lambda: "platser" in panel.buttons and "stang" not in panel.buttons)
    panel.buttons["platser"].click()
    settle(qtbot, runner)
    form = sheet_of(window)
    assert form.title.text() == "Öppna enheten igen"
    write(form, "platser", "3")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: cells(screen.view, "Snickeriet")[3] == "0 av 3 belagda")


def test_what_an_enhet_is_called_and_costs(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser")
    screen.blad.begin_act(enheter["Snickeriet"], "uppgifter")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    write(sheet, "namn", "")
    sheet.boxes["namn"].field.clear()
    save(qtbot, runner, window)
    assert "Skriv vad enheten heter." in sheet.boxes["namn"].error
    write(sheet, "namn", "Snickeri & möbler")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Snickeri & möbler" in shown(screen.view))
    screen.blad.begin_act(enheter["Snickeriet"], "kostnad")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    assert sheet.boxes["kostnad"].field.value() == "480000"
    sheet.boxes["ar"].field.set_value(2023)
    assert sheet.boxes["kostnad"].field.value() == ""
    write(sheet, "kostnad", "x")
    qtbot.waitUntil(lambda: bool(sheet.boxes["kostnad"].error))
    write(sheet, "kostnad", "240 000")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Kostnaden är sparad." in toast_texts(window))
    with store.read(ELIN) as session:
        assert session.scalars(select(Kostnad.belopp_ore).where(Kostnad.ar == 2023)).one() == 24_000_000


def test_a_vacant_place_is_given_and_taken_back(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    """From the place: the enhet, then who gets it."""
    screen = go("platser")
    screen.view.table.select_key(str(enheter["Snickeriet"]))
    hit = next(hit for hit in screen.acts() if hit.text == "Snickeriet: Ge plats…")
    hit.run()
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: sheet.is_started)
    form = sheet.boxes
    assert form["vem"].field.currentText().replace("\u00a0", " ") == "Åsa Öberg · 34 dagar i kö"
    assert form["enhet"].field.currentText() == "Snickeriet · 4 lediga"
    assert "Väntar på Snickeriet. Snart." in told(sheet)
    save(qtbot, runner, window)
    assert form["insatstyp"].error
    form["insatstyp"].field.setCurrentIndex(form["insatstyp"].field.findText("Praktik"))
    write(sheet, "planerat_slut", "+60")
    qtbot.waitUntil(lambda: not form["insatstyp"].error)
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Deltagaren har fått platsen." in toast_texts(window))
    qtbot.waitUntil(lambda: cells(screen.view, "Snickeriet")[3] == "1 av 4 belagda")
    assert screen.view.queue.text() == "Visa kön (1)"
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: cells(screen.view, "Snickeriet")[3] == "0 av 4 belagda")
    assert screen.view.queue.text() == "Visa kön (2)"
    with store.read(ELIN) as session:
        assert session.scalars(select(Platsko.till)).all() == [None, None]


def test_a_full_enhet_asks_for_a_reason(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    """From the person: who waits, then another enhet than the one waited for."""
    screen = go("platser")
    screen.view.queue.click()
    settle(qtbot, runner)
    panel = sheet_of(window)
    qtbot.waitUntil(lambda: panel.is_started)
    assert "2 rader i kön." in told(panel)
    assert "1 person som du inte kan se här." in told(panel)
    panel.findChildren(LinkRow)[0].click()
    choose(window, qtbot, "Ge plats…")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: sheet.is_started)
    enhet = sheet.boxes["enhet"].field
    enhet.setCurrentIndex(enhet.findText("Återbruket · fullt"))
    typ = sheet.boxes["insatstyp"].field
    typ.setCurrentIndex(typ.findText("Praktik"))
    qtbot.waitUntil(lambda: "ingen ledig plats" in sheet.boxes["enhet"].warning)
    save(qtbot, runner, window)
    assert sheet.is_open
    qtbot.waitUntil(lambda: sheet.skal.isVisible())
    sheet.skal.setFocus()
    type_text(sheet.skal, "Överenskommet med enheten.")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Deltagaren har fått platsen." in toast_texts(window))
    with store.read(ELIN) as session:
        given = session.execute(select(Platsko.insats_id).where(Platsko.insats_id.is_not(None))).scalar()
        assert session.get_one(Insats, given).enhet_id == enheter["Återbruket"]


def test_who_waits_is_changed_and_taken_out(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    go("platser", VisaKo())
    qtbot.waitUntil(lambda: sheet_of(window).is_started)
    sheet_of(window).findChildren(LinkRow)[0].click()
    choose(window, qtbot, "Ändra…")
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: sheet.is_started)
    sheet.boxes["enhet"].field.setCurrentIndex(0)
    qtbot.waitUntil(lambda: sheet.boxes["enhet"].field.value() == 0)
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Välj en enhet, en insats eller båda." in sheet.boxes["enhet"].error)
    sheet.boxes["insatstyp"].field.setCurrentIndex(1)
    write(sheet, "onskad_start", "+14")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Platsen i kön är ändrad." in toast_texts(window))
    go("platser", VisaKo())
    qtbot.waitUntil(lambda: sheet_of(window) is not None and sheet_of(window).is_started)
    panel = sheet_of(window)
    panel.findChildren(LinkRow)[0].click()
    choose(window, qtbot, "Ta ur kön")
    qtbot.waitUntil(lambda: not links(panel))
    assert "1 rad i kön." in told(panel)
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: len(links(panel)) == 1)
    panel.findChildren(LinkRow)[0].click()
    choose(window, qtbot, "Öppna kortet")
    settle(qtbot, runner)
    assert window.screen_shown.card.namn == "Åsa Öberg"


def test_a_card_joins_the_queue_and_shows_it(
    go: Go,
    enheter: dict[str, int],
    window: MainWindow,
    store: Store,
    qtbot: QtBot,
    runner: Runner,
    people: People,
) -> None:
    card = go("kort", Oppna(people.hodan, "insatser"))
    page = card.view.page("insatser")
    assert not page.ko.isVisible()
    page.wait.click()
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: sheet.is_started)
    enhet = sheet.boxes["enhet"].field
    enhet.setCurrentIndex(enhet.findText("Snickeriet"))
    write(sheet, "onskad_start", "+20")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Deltagaren står i kö." in toast_texts(window))
    qtbot.waitUntil(lambda: page.ko.isVisible() and "Snickeriet" in told(page.ko))
    assert "0 dagar i kö · önskad start 23 jun" in told(page.ko)
    button(page.ko, "Ge plats…").click()
    settle(qtbot, runner)
    assert window.screen_shown.view is not card.view
    qtbot.waitUntil(lambda: sheet_of(window) is not None and sheet_of(window).is_started)
    assert sheet_of(window).boxes["vem"].field.currentText().startswith("Hodan Rönnstig")
    assert sheet_of(window).boxes["start"].field.value() == IDAG + timedelta(20)
    sheet_of(window).dismiss()
    card = go("kort", Oppna(people.hodan, "insatser"))
    page = card.view.page("insatser")
    qtbot.waitUntil(lambda: page.ko.isVisible())
    button(page.ko, "Ändra").click()
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: sheet_of(window).is_started)
    sheet_of(window).dismiss()
    button(page.ko, "Ta ur kön").click()
    qtbot.waitUntil(lambda: not page.ko.isVisible())


def test_a_masked_card_does_not_tell_where_the_person_waits(
    go: Go, enheter: dict[str, int], store: Store, people: People, qtbot: QtBot
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        query = select(Inskrivning.id).where(Inskrivning.deltagare_id == people.skyddad)
        own = work.session.scalars(query).one()
        make.make_platsko(
            work.session, inskrivning_id=own, enhet_id=enheter["Snickeriet"], sedan=IDAG, text="Hemligt"
        )
    page = go("kort", Oppna(people.skyddad, "insatser")).view.page("insatser")
    qtbot.waitUntil(lambda: page.ko.isVisible())
    assert "Snickeriet" not in told(page.ko)
    assert "Hemligt" not in told(page.ko)
    panel_screen = go("platser", VisaKo())
    panel = panel_screen.blad.sheet()
    qtbot.waitUntil(lambda: panel.is_started)
    masked = next(link for link in links(panel) if "Skyddad" in link)
    assert "Snickeriet" not in masked


def test_without_anybody_waiting_nothing_is_given(
    go: Go, people: People, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser", VisaKo())
    qtbot.waitUntil(lambda: sheet_of(window).is_started)
    assert "Ingen står i kö." in told(sheet_of(window))
    QTest.keyClick(sheet_of(window), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sheet_of(window) is None)
    screen.blad.give(None, None)
    settle(qtbot, runner)
    sheet = sheet_of(window)
    qtbot.waitUntil(lambda: sheet.is_started)
    assert not sheet.save.isEnabled()
    assert sheet.notice.isVisible()


def test_the_goal_is_set_and_counted(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    screen = go("platser")
    assert not screen.view.goal_told.isVisible()
    screen.view.goal.click()
    sheet = sheet_of(window)
    write(sheet, "antal", "500")
    save(qtbot, runner, window)
    assert "Ange från vilken dag." in sheet.boxes["fran"].error
    write(sheet, "fran", "2024-01-01")
    write(sheet, "hogst", "80")
    qtbot.waitUntil(lambda: "det lägsta först" in sheet.boxes["hogst"].error)
    write(sheet, "hogst", "100")
    save(qtbot, runner, window)
    qtbot.waitUntil(
        lambda: screen.view.goal_told.text().replace("\u00a0", " ") == "11 av 500 nya platser, 2 %"
    )
    assert "mål 85–100 %" in " ".join(figures(screen.view))
    screen.view.goal.click()
    sheet = sheet_of(window)
    sheet.boxes["antal"].field.clear()
    write(sheet, "fran", "")
    sheet.boxes["fran"].field.set_value(IDAG)
    save(qtbot, runner, window)
    assert "Skriv hur många" in sheet.boxes["antal"].error
    sheet.boxes["fran"].field.set_value(None)
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: not screen.view.goal_told.isVisible())
    with store.read(ELIN) as session:
        assert read_varden(session)["platser.mal"] == {}


def test_who_may_not_set_goals_is_told(
    go: Go, enheter: dict[str, int], window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.add(Medarbetare(signatur="eva", namn="Eva", roll="chef", aktiv=True))
    save_settings(store, SYSTEM, {"platser.mal": {"antal": 5, "fran": "2024-07-01"}})
    screen = go("platser")
    assert not screen.view.goal.isEnabled()
    assert "behörighet" in screen.view.goal.toolTip()
    assert "från 1 jul" in screen.view.goal_told.toolTip().replace("\u00a0", " ")
    screen.change_goal()
    assert sheet_of(window) is None
    assert any("behörighet" in text for text in toast_texts(window))


def test_a_bar_of_a_week_opens_its_people(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    view = go("platser").view
    view.weeks.chosen.emit("extern:2024-06-10")
    settle(qtbot, runner)
    panel = sheet_of(window)
    qtbot.waitUntil(lambda: panel.is_started)
    assert "Vecka 24 · externa platser" in told(panel)
    assert links(panel) == ["Hodan Rönnstig, Lärbron · Praktik · slutar 12 jun"]
    panel.dismiss()
    view.weeks.chosen.emit("intern:2024-06-10")
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: sheet_of(window) is not None and sheet_of(window).is_started)
    assert "Ingen plats blir ledig den veckan." in told(sheet_of(window))


def test_an_enhet_that_is_gone_is_told(
    go: Go, enheter: dict[str, int], window: MainWindow, qtbot: QtBot
) -> None:
    go("platser", VisaEnhet(999))
    qtbot.waitUntil(lambda: any("finns inte" in text for text in toast_texts(window)))
    assert sheet_of(window) is None


def test_an_empty_register_says_what_to_do(
    go: Go, people: People, store: Store, window: MainWindow, qtbot: QtBot
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for insats in work.session.scalars(select(Insats)):
            insats.enhet_id = None
        work.session.flush()
        for row in (*work.session.scalars(select(Kapacitet)), *work.session.scalars(select(Enhet))):
            work.session.delete(row)
            work.session.flush()
    view = go("platser").view
    assert view.empty.isVisible()
    assert view.empty.fact.text() == "Inga platser ännu."
    view.empty.button.click()
    assert sheet_of(window).boxes["namn"].field.hasFocus()


BEGUN = (
    (NY, lambda _ids: (), "namn"),
    (MAL, lambda _ids: (), "antal"),
    ("platser", lambda ids: (ids["Lärbron"],), "platser"),
    ("kostnad", lambda ids: (ids["Lärbron"],), "kostnad"),
    ("uppgifter", lambda ids: (ids["Lärbron"],), "anordnare"),
)


@pytest.mark.parametrize(("act", "ids", "field"), BEGUN, ids=[act for act, *_ in BEGUN])
def test_what_is_written_is_there_when_the_form_is_opened_again(
    go: Go,
    enheter: dict[str, int],
    window: MainWindow,
    store: Store,
    qtbot: QtBot,
    runner: Runner,
    act: str,
    ids: Callable[[dict[str, int]], tuple[int, ...]],
    field: str,
) -> None:
    wanted = Fortsatt(act, ids(enheter))
    go("platser", wanted)
    qtbot.waitUntil(lambda: sheet_of(window) is not None)
    sheet = sheet_of(window)
    write(sheet, field, "77")
    sheet.dismiss()
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        (draft,) = list_utkast(session, ELIN)
    assert read_form_key(draft.nyckel) == wanted
    go("platser", wanted)
    qtbot.waitUntil(
        lambda: sheet_of(window) is not None and sheet_of(window).boxes[field].field.value() == "77"
    )
    assert sheet_of(window).draft.isVisible()


@pytest.mark.parametrize(
    "nyckel", ["kort/3/insats/", "platser", "platser/ge/1", "platser/stang/x", "platser/x"]
)
def test_drafts_of_other_screens_are_not_opened_here(nyckel: str) -> None:
    assert read_form_key(nyckel) is None


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_it_is_drawn_at_every_size(
    go: Go, enheter: dict[str, int], window: MainWindow, theme: Theme, mode: Mode
) -> None:
    screen = go("platser", GeFranKo(1))
    for scale in (100, 200):
        theme.set(mode, scale)
        for size in ((1440, 900), (1180, 720), (900, 700)):
            window.resize(*size)
            assert not window.grab().isNull()
    assert screen.view.kpis[1].isVisible()
