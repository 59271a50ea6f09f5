"""The forms of insats and möte: places told while choosing, reasons kept, two users at once."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.anteckning import AnteckningUppgifter, create_anteckning, update_anteckning
from db.commands.insats import read_insats, update_insats
from db.commands.mote import read_mote, update_mote
from db.commands.planering import PlaneringUppgifter, Steguppgifter, read_planering, save_planering
from db.commands.undo import undo_act
from db.models import Anteckning, Insats, Inskrivning, Kapacitet, Mote, PasseradVarning
from db.rules.belaggning import Platslage
from db.session import Store, open_store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.insats import tell_platser
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.formular.passerade import PasseradNotice
from desktop.screens.kort.page import Akt
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
BO = Aktor("bo", "Bo Ek", Roll.HANDLAGGARE)


@pytest.fixture
def card(go: Go, people: People) -> Any:
    return go("kort", people.hodan)


@pytest.fixture
def open_form(card: Any, qtbot: QtBot, runner: Runner) -> Callable[..., Any]:
    def open_form(namn: str, row_id: int | None = None) -> Any:
        card.act(Akt(namn, row_id))
        settle(qtbot, runner)
        return card._sheet()

    return open_form


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    line = getattr(field, "line", field)
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def own_insats(store: Store, people: People) -> int:
    with store.read(ELIN) as session:
        query = select(Insats.id).join(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)
        return session.scalars(query).one()


def own_mote(store: Store, people: People) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(Mote.id).where(Mote.deltagare_id == people.hodan)).one()


def elsewhere(store: Store, act: Callable[[Store], object]) -> None:
    """Another user, at another computer: a store of its own on the same register."""
    with closing(open_store(store.path or "")) as other:
        act(other)


def dialogs(window: MainWindow) -> list[KonfliktDialog]:
    return [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]


def close_dialog(qtbot: QtBot, runner: Runner, dialog: KonfliktDialog, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)


@pytest.mark.parametrize(
    ("lage", "till", "told"),
    [
        (Platslage(8, 3, None), date(2024, 3, 28), "3 av 8 platser lediga 3–28 mar."),
        (Platslage(1, 0, IDAG), None, "0 av 1 plats lediga från 3 mar."),
        (Platslage(8, -2, IDAG), date(2024, 3, 28), "0 av 8 platser lediga 3–28 mar. 2 för många."),
        (None, None, "Antalet platser är inte angivet för de dagarna."),
    ],
)
def test_places_in_words(lage: Platslage | None, till: date | None, told: str) -> None:
    assert tell_platser(lage, date(2024, 3, 3), till, IDAG).replace("\u00a0", " ") == told


def test_places_are_told_while_one_chooses(open_form: Any, qtbot: QtBot, store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.scalars(select(Kapacitet)).one().platser = 9
    sheet = open_form("ny_insats")
    sheet.boxes["enhet"].field.setCurrentIndex(1)
    note = sheet.boxes["enhet"].note

    def told() -> str:
        return str(note.text()).replace("\u00a0", " ")

    qtbot.waitUntil(lambda: told() == "5 av 9 platser lediga från 3 jun.")
    write(sheet, "planerat_slut", "28/6")
    qtbot.waitUntil(lambda: told() == "5 av 9 platser lediga 3–28 jun.")
    sheet.boxes["enhet"].field.setCurrentIndex(0)
    qtbot.waitUntil(lambda: told() == "")


def test_a_warning_is_passed_with_a_reason_that_is_shown_later(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    sheet = open_form("ny_insats")
    sheet.boxes["insatstyp"].field.setCurrentText("Praktik")
    sheet.boxes["enhet"].field.setCurrentIndex(1)
    reason = sheet.reason
    qtbot.waitUntil(reason.isVisible)
    assert not reason.error
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: reason.error == "Skriv varför det ska sparas ändå.")
    assert window.focusWidget() is reason.field
    type_text(reason.field, "Extra handledare")
    qtbot.waitUntil(lambda: not reason.error)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert card._sheet() is None
    with store.read(ELIN) as session:
        kept = session.scalars(select(PasseradVarning)).one()
        assert (kept.tabell, kept.falt, kept.skal) == ("insats", "enhet", "Extra handledare")
        row_id = kept.rad_id
    sheet = open_form("insats", row_id)
    (notice,) = sheet.findChildren(PasseradNotice)
    assert notice.isVisible()
    assert "Skäl: Extra handledare" in notice.detail.text()
    write(sheet, "slut", "t")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert card._sheet() is None
    card.view.show_page("logg")
    logg = card.view.page("logg").model
    assert any("Varning passerad" in logg.row(i).vad for i in range(logg.rowCount()))


def test_registered_days_after_a_new_end_are_told_at_the_field(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    row_id = own_insats(store, people)
    with store.unit_of_work(SYSTEM, "test") as work:
        for day in (28, 29, 30):
            make.make_narvaro(work.session, insats_id=row_id, datum=date(2024, 5, day))
    sheet = open_form("insats", row_id)
    write(sheet, "slut", "28/5-24")
    told = "2 dagar med registrerad närvaro hamnar efter slut, den sista 30 maj 2024."
    slut, reason = sheet.boxes["slut"], sheet.reason
    qtbot.waitUntil(lambda: slut.warning.replace("\u00a0", " ") == told)
    qtbot.waitUntil(reason.isVisible)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: reason.error == "Skriv varför det ska sparas ändå.")
    type_text(reason.field, "Var kvar för att lämna in nycklar.")
    qtbot.waitUntil(lambda: not reason.error)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: card._sheet() is None)
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        assert session.get_one(Insats, row_id).slut == date(2024, 5, 28)
        kept = session.scalars(select(PasseradVarning)).one()
        assert (kept.falt, kept.skal) == ("slut", "Var kvar för att lämna in nycklar.")


def test_a_reason_left_in_a_draft_comes_back(open_form: Any, card: Any, qtbot: QtBot, runner: Runner) -> None:
    sheet = open_form("ny_insats")
    sheet.boxes["insatstyp"].field.setCurrentText("Praktik")
    sheet.boxes["enhet"].field.setCurrentIndex(1)
    qtbot.waitUntil(sheet.reason.isVisible)
    type_text(sheet.skal, "Extra handledare")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, runner)
    sheet = open_form("ny_insats")
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: sheet.skal.value() == "Extra handledare")


def test_days_are_ticked_by_keyboard_and_mouse(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    sheet = open_form("ny_insats")
    sheet.boxes["insatstyp"].field.setCurrentText("Praktik")
    schema = sheet.boxes["schema"].field
    schema.setFocus()
    for _day in range(5):
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Right):
            QTest.keyClick(schema, key)
    qtbot.waitUntil(lambda: sheet.boxes["schema"].error == "Välj minst en dag.")
    QTest.keyClick(schema, Qt.Key.Key_Left)
    assert "fredag förmiddag inte vald" in schema.accessibleDescription()
    QTest.keyClick(schema, Qt.Key.Key_Space)
    place = schema._area((0, 1)).center().toPoint()
    qtbot.mouseClick(schema, Qt.MouseButton.LeftButton, pos=place)
    assert schema.text() == "mån em, fre fm"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        newest = session.scalars(select(Insats.id).order_by(Insats.id.desc())).first()
        assert newest is not None
        assert read_insats(session, ELIN, newest).schema == ((1, "em"), (5, "fm"))


def test_two_users_at_once_choose_field_by_field(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    row_id = own_insats(store, people)
    sheet = open_form("insats", row_id)
    write(sheet, "omfattning", "50")
    write(sheet, "planerat_slut", "30/6")

    def other(own: Store) -> None:
        with own.read(BO) as session:
            before = read_insats(session, BO, row_id)
        there = replace(before, omfattning=75, slut=date(2024, 6, 20))
        update_insats(own, BO, row_id, there, before)

    elsewhere(store, other)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = dialogs(window)
    assert dialog.said.text().startswith("bo sparade ")
    assert sorted(dialog.mine) == ["omfattning", "planerat_slut", "slut"]
    assert dialog.chosen_mine() == ["planerat_slut", "omfattning"]
    assert (dialog.mine["omfattning"].text(), dialog.theirs["omfattning"].text()) == ("50", "75")
    assert dialog.theirs["slut"].accessibleName() == "Slut, nu i registret: 2024-06-20"
    close_dialog(qtbot, runner, dialog, dialog.cancel)
    assert (card._sheet(), sheet.boxes["omfattning"].field.text()) == (sheet, "50")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    (dialog,) = dialogs(window)
    dialog.theirs["omfattning"].setFocus()
    QTest.keyClick(dialog.theirs["omfattning"], Qt.Key.Key_Space)
    close_dialog(qtbot, runner, dialog, dialog.action)
    assert card._sheet() is None
    with store.read(ELIN) as session:
        now = read_insats(session, ELIN, row_id)
    assert (now.omfattning, now.slut, now.planerat_slut) == (75, date(2024, 6, 20), date(2024, 6, 30))
    assert "Insatsen är ändrad." in toast_texts(window)


@pytest.mark.parametrize(("whose", "langd"), [("all_mine", 15), ("all_theirs", 45)])
def test_all_of_one_version_of_a_meeting(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People,
    whose: str, langd: int,
) -> None:  # fmt: skip
    row_id = own_mote(store, people)
    sheet = open_form("mote", row_id)
    write(sheet, "langd", "15")

    def other(own: Store) -> None:
        with own.read(BO) as session:
            before = read_mote(session, BO, row_id)
        update_mote(own, BO, row_id, replace(before, langd=45, uteblev=True), IDAG, before)

    elsewhere(store, other)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = dialogs(window)
    assert (dialog.mine["uteblev"].text(), dialog.theirs["uteblev"].text()) == ("Nej", "Ja")
    qtbot.mouseClick(getattr(dialog, whose), Qt.MouseButton.LeftButton)
    close_dialog(qtbot, runner, dialog, dialog.action)
    with store.read(ELIN) as session:
        now = read_mote(session, ELIN, row_id)
    assert (now.langd, now.uteblev) == (langd, whose == "all_theirs")


def test_where_both_wrote_the_same_there_is_nothing_to_choose(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    row_id = own_mote(store, people)
    write(open_form("mote", row_id), "langd", "45")

    def other(own: Store) -> None:
        with own.read(BO) as session:
            before = read_mote(session, BO, row_id)
        update_mote(own, BO, row_id, replace(before, langd=45), IDAG, before)

    elsewhere(store, other)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert dialogs(window) == []
    assert card._sheet() is None


def test_a_plan_that_somebody_else_has_made_meanwhile(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    sheet = open_form("planering")
    write(sheet, "mal", "Arbete i kök")
    with store.read(ELIN) as session:
        inskrivning = session.scalars(
            select(Inskrivning.id).where(Inskrivning.deltagare_id == people.hodan)
        ).one()
    steg = (Steguppgifter("Skriva cv", "handläggaren"),)
    theirs = PlaneringUppgifter(inskrivning, "Studier", date(2024, 9, 1), steg)
    elsewhere(store, lambda own: save_planering(own, BO, theirs, IDAG))
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = dialogs(window)
    assert dialog.said.text().startswith("bo sparade ")
    assert dialog.chosen_mine() == ["mal"]
    assert dialog.theirs["steg1"].text() == "Skriva cv"
    close_dialog(qtbot, runner, dialog, dialog.action)
    with store.read(ELIN) as session:
        assert read_planering(session, ELIN, inskrivning) == replace(theirs, mal="Arbete i kök")


def test_a_plan_that_somebody_else_has_taken_away_meanwhile(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    with store.read(ELIN) as session:
        query = select(Inskrivning.id).where(Inskrivning.deltagare_id == people.hodan)
        inskrivning = session.scalars(query).one()
    before = PlaneringUppgifter(inskrivning, "Studier", date(2024, 9, 1), (Steguppgifter("Skriva cv"),))
    saved = save_planering(store, ELIN, before, IDAG)
    assert saved is not None
    card.refresh()
    settle(qtbot, runner)
    write(open_form("planering"), "mal", "Arbete i kök")
    elsewhere(store, lambda own: undo_act(own, BO, saved.changes.handelse_id))
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (dialog,) = dialogs(window)
    assert (dialog.mine["mal"].text(), dialog.mine["steg1"].text()) == ("Arbete i kök", "Skriva cv")
    dialog.all_mine.click()
    close_dialog(qtbot, runner, dialog, dialog.action)
    qtbot.waitUntil(lambda: card._sheet() is None)
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        assert read_planering(session, ELIN, inskrivning) == replace(before, mal="Arbete i kök")


def test_ones_own_note_changed_in_another_window(
    open_form: Any, card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    def moment() -> datetime:
        return datetime.combine(IDAG, datetime.now().time()).astimezone()

    before = AnteckningUppgifter(IDAG, "Vill arbeta.", "Samtal")
    note = create_anteckning(store, ELIN, people.hodan, before, moment()).id
    card.refresh()
    settle(qtbot, runner)
    write(open_form("las_anteckning", note), "text", "Vill arbeta i kök.")
    there = replace(before, text="Vill studera.")
    elsewhere(store, lambda own: update_anteckning(own, ELIN, note, there, moment(), before))
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = dialogs(window)
    assert (dialog.mine["text"].text(), dialog.theirs["text"].text()) == (
        "Vill arbeta i kök.",
        "Vill studera.",
    )
    close_dialog(qtbot, runner, dialog, dialog.action)
    with store.read(ELIN) as session:
        assert session.get_one(Anteckning, note).text == "Vill arbeta i kök."


def press_button(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)


def test_an_insats_is_copied_and_taken_away(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    row_id = own_insats(store, people)
    with store.read(ELIN) as session:
        before = read_insats(session, ELIN, row_id)
    there = replace(before, planerat_slut=date(2024, 4, 1), slut=date(2024, 6, 9), avbrottsorsak="sjuk")
    update_insats(store, ELIN, row_id, there)
    card.refresh()
    settle(qtbot, runner)
    card.view.show_page("insatser")
    page = card.view.page("insatser")
    page.table.setCurrentIndex(page.model.index(0, 0))
    press_button(qtbot, runner, page.copy)
    sheet = card._sheet()
    assert sheet.title.text() == "Kopiera insats"
    assert sheet.boxes["insatstyp"].field.currentText() == "Vägledning"
    assert sheet.boxes["start"].field.line.text() == "2024-06-10"
    assert sheet.boxes["planerat_slut"].field.line.text() == "2024-07-11"
    sheet.skal.setPlainText("Samma grupp")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert page.model.rowCount() == 2
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert page.model.rowCount() == 1
    assert "Insatsen är borttagen." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert page.model.rowCount() == 2


def test_what_cannot_be_taken_away_says_why(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_narvaro(work.session, insats_id=own_insats(store, people))
    card.view.show_page("insatser")
    page = card.view.page("insatser")
    page.table.setCurrentIndex(page.model.index(0, 0))
    press_button(qtbot, runner, page.remove)
    assert page.model.rowCount() == 1
    assert any("Det finns närvaro registrerat." in text for text in toast_texts(window))


def test_a_meeting_is_copied_and_taken_away_and_a_plan_too(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    card.view.show_page("moten")
    page = card.view.page("moten")
    assert page.copy.isEnabled() == (page.table.current_row() is not None)
    page.table.setCurrentIndex(page.model.index(0, 0))
    press_button(qtbot, runner, page.copy)
    sheet = card._sheet()
    assert sheet.boxes["datum"].field.line.text() == IDAG.isoformat()
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert page.model.rowCount() == 2
    page.table.setCurrentIndex(page.model.index(0, 0))
    press_button(qtbot, runner, page.remove)
    assert page.model.rowCount() == 1
    card.act(Akt("planering"))
    write(card._sheet(), "mal", "Arbete")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    card.view.show_page("planering")
    plan = card.view.page("planering")
    press_button(qtbot, runner, plan.remove)
    assert "Planeringen är borttagen." in toast_texts(window)
    assert plan.empty.isVisible()
