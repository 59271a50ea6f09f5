"""Avslut on the card: told before it is done, taken back, followed up, corrected, returned from."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.avslut import AvslutUppgifter, update_avslut
from db.commands.uppfoljning import UppfoljningUppgifter, Val, save_uppfoljning
from db.models import Insats, Inskrivning, Mote, Uppfoljning
from db.session import Store, open_store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular import avslut as form_module
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.formular.passerade import PasseradNotice
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
NBSP = "\u00a0"


def days(count: int) -> date:
    return IDAG + timedelta(count)


def rows(store: Store, *columns: Any) -> list[tuple[Any, ...]]:
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def texts(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def press_button(qtbot: QtBot, runner: Runner, page: Any, name: str) -> None:
    """By what is read out: several lines have buttons of the same words."""
    (button,) = [b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def save(qtbot: QtBot, runner: Runner, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def undo(qtbot: QtBot, runner: Runner, window: MainWindow) -> None:
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)


def write_day(field: Any, text: str) -> None:
    field.line.selectAll()
    type_text(field.line, text)


@pytest.fixture
def followed(store: Store, people: People) -> int:
    """Åsa's inskrivning ended in work in March; its follow-ups are planned."""
    with store.unit_of_work(SYSTEM, "test") as work:
        ik = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.asa)).one()
        for insats in work.session.scalars(select(Insats).where(Insats.inskrivning_id == ik.id)):
            insats.slut = date(2024, 3, 31)
        ik.avslutad, ik.resultat = date(2024, 3, 31), "arbete"
        ik.forsorjning_fore, ik.forsorjning_efter = "ekonomiskt bistånd", "lön"
        for slag, planerad in (
            ("1 månad", date(2024, 4, 30)),
            ("6 månader", IDAG),
            ("12 månader", days(200)),
        ):
            make.make_uppfoljning(work.session, inskrivning_id=ik.id, slag=slag, planerad=planerad)
        return ik.id


def test_an_avslut_is_told_done_and_taken_back(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_mote(work.session, deltagare_id=people.hodan, datum=days(4), syfte="Uppföljning")
    screen = go("kort", Oppna(people.hodan, "avslut"))
    page = screen.view.page("avslut")
    assert page.empty.isVisible()
    press_button(qtbot, runner, page, "Avslut…")
    sheet = screen._sheet()
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["resultat"].error == "Välj vad avslutet ledde till."
    assert not sheet.boxes["arbete_fran"].isVisible()
    told = sheet.findChild(form_module.AvslutPresenter).plan.detail
    assert told.text() == (
        f"• Avslutas 3{NBSP}jun: vägledning (Återbruket). 1{NBSP}plats blir ledig.\n"
        f"• Avbokas: möte 7{NBSP}jun (Uppföljning)."
    )
    sheet.boxes["resultat"].field.setCurrentIndex(0)
    assert sheet.boxes["arbete_fran"].isVisible()
    assert sheet.boxes["forsorjning_efter"].field.value() == "lön"
    write_day(sheet.boxes["arbete_fran"].field, "1/5")
    qtbot.waitUntil(lambda: "att arbetet varat en månad" in told.text())
    assert told.text().splitlines()[2] == (
        f"• Planeras: kontroll 1{NBSP}jun att arbetet varat en månad, uppföljning 3{NBSP}dec (6 månader) och "
        f"uppföljning 3{NBSP}jun{NBSP}2025 (12 månader)."
    )
    save(qtbot, runner, window)
    closed = (Inskrivning.deltagare_id, Inskrivning.avslutad, Inskrivning.resultat)
    assert rows(store, *closed)[0] == (people.hodan, IDAG, "arbete")
    assert rows(store, Insats.id, Insats.slut)[0] == (min(row[0] for row in rows(store, Insats.id)), IDAG)
    assert rows(store, Uppfoljning.planerad) == [
        (date(2024, 6, 1),),
        (date(2024, 12, 3),),
        (date(2025, 6, 3),),
    ]
    assert days(4) not in [row[0] for row in rows(store, Mote.datum)]
    assert screen.view.head.insats.toolTip() == "Deltagaren är inte inskriven nu."
    assert f"Avslut 3{NBSP}juni{NBSP}2024" in texts(page)
    assert f"Förfallen 1{NBSP}jun" in texts(page)
    assert "Inskrivningen är avslutad." in toast_texts(window)
    undo(qtbot, runner, window)
    assert rows(store, *closed)[0] == (people.hodan, None, None)
    assert rows(store, Uppfoljning.id) == []
    assert days(4) in [row[0] for row in rows(store, Mote.datum)]
    assert page.empty.isVisible()


def test_a_day_before_what_has_been_is_told_at_the_field(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        own = Inskrivning.deltagare_id == people.hodan
        insats = work.session.scalars(select(Insats.id).join(Inskrivning).where(own)).one()
        make.make_narvaro(work.session, insats_id=insats, datum=days(-3))
    screen = go("kort", Oppna(people.hodan, "", Akt("avslut")))
    sheet = screen._sheet()
    sheet.boxes["resultat"].field.setCurrentIndex(sheet.boxes["resultat"].field.findText("Avlidit"))
    assert sheet.boxes["forsorjning_efter"].field.value() is None
    write_day(sheet.boxes["avslutad"].field, "-10")
    qtbot.waitUntil(lambda: "närvarande 31\u00a0maj\u00a02024" in sheet.boxes["avslutad"].error)
    write_day(sheet.boxes["avslutad"].field, "i går kväll")
    save(qtbot, runner, window)
    assert sheet.boxes["avslutad"].error.startswith("Skriv ett datum")
    write_day(sheet.boxes["avslutad"].field, "+5")
    qtbot.waitUntil(lambda: sheet.boxes["avslutad"].warning == "Dagen har inte varit ännu.")


def test_what_one_chose_to_live_on_stays(go: Go, people: People) -> None:
    sheet = go("kort", Oppna(people.hodan, "", Akt("avslut")))._sheet()
    result, after = sheet.boxes["resultat"].field, sheet.boxes["forsorjning_efter"].field
    result.setCurrentIndex(result.findText("Avbrutit"))
    assert after.value() == "ekonomiskt bistånd"
    result.setCurrentIndex(result.findText("Studier"))
    assert after.value() == "studiemedel"
    after.set_value("a-kassa")
    result.setCurrentIndex(result.findText("Pension"))
    assert after.value() == "a-kassa"


def test_the_month_is_confirmed_and_taken_back(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    assert "Inväntar bekräftelse" in texts(page)
    press_button(qtbot, runner, page, "Följ upp Efter 1 månad")
    sheet = screen._sheet()
    assert sheet.title.text() == "Bekräfta månad"
    save(qtbot, runner, window)
    assert sheet.boxes["minst_en_manad"].error.startswith("Svara ja eller nej")
    sheet.boxes["minst_en_manad"].field.set_value(True)
    write_day(sheet.boxes["arbete_fran"].field, "1/4")
    type_text(sheet.boxes["text"].field, "Ringde arbetsgivaren.")
    save(qtbot, runner, window)
    answer = (Inskrivning.deltagare_id, Inskrivning.minst_en_manad, Inskrivning.arbete_fran)
    assert rows(store, *answer)[1] == (people.asa, True, date(2024, 4, 1))
    shown = texts(page)
    assert "Egen försörjning" in shown
    assert "Minst en månad: ja" in shown
    assert "Ringde arbetsgivaren." in shown
    undo(qtbot, runner, window)
    assert rows(store, *answer)[1] == (people.asa, None, None)


def test_six_months_later_and_no_answer(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, "Följ upp Efter 6 månader")
    sheet = screen._sheet()
    assert sheet.title.text() == "Uppföljning efter 6 månader"
    save(qtbot, runner, window)
    assert sheet.boxes["forsorjning"].error == "Välj vad deltagaren lever på nu."
    sheet.boxes["forsorjning"].field.set_value("ekonomiskt bistånd")
    save(qtbot, runner, window)
    assert "Ekonomiskt bistånd · åter i bistånd, var lön" in texts(page)
    press_button(qtbot, runner, page, "Ändra Efter 6 månader")
    sheet = screen._sheet()
    sheet.boxes["forsorjning"].field.setCurrentIndex(sheet.boxes["forsorjning"].field.findText("Inget svar"))
    qtbot.waitUntil(lambda: bool(sheet.boxes["text"].error))
    type_text(sheet.boxes["text"].field, "Numret finns inte längre.")
    save(qtbot, runner, window)
    assert f"Inget svar 3{NBSP}jun" in texts(page)
    assert rows(store, Uppfoljning.planerad, Uppfoljning.genomford, Uppfoljning.forsorjning)[1] == (
        IDAG, IDAG, None,
    )  # fmt: skip


def test_a_follow_up_is_moved(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, "Flytta… Efter 6 månader")
    sheet = screen._sheet()
    save(qtbot, runner, window)
    assert sheet.boxes["planerad"].error == "Ange den nya dagen."
    assert sheet.boxes["skal"].error == "Skriv varför uppföljningen flyttas."
    write_day(sheet.boxes["planerad"].field, "+14")
    type_text(sheet.boxes["skal"].field, "På semester.")
    save(qtbot, runner, window)
    assert "Uppföljningen är flyttad." in toast_texts(window)
    assert (days(14),) in rows(store, Uppfoljning.planerad)
    assert "Flyttad från 3\u00a0jun\u00a02024: På semester." in texts(page)
    undo(qtbot, runner, window)
    assert (IDAG,) in rows(store, Uppfoljning.planerad)


@pytest.mark.parametrize("planned", [True, False])
def test_the_month_is_moved_and_leaves_the_list_till_then(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    people: People,
    store: Store,
    followed: int,
    planned: bool,
) -> None:
    waiting = "Avslut som väntar på bekräftelse"

    def titles() -> list[str]:
        return [group.title for group in go("idag").view.list.groups()]

    if not planned:
        with store.unit_of_work(SYSTEM, "test") as work:
            for row in work.session.scalars(select(Uppfoljning).where(Uppfoljning.slag == "1 månad")):
                work.session.delete(row)
    assert waiting in titles()
    screen = go("kort", Oppna(people.asa, "avslut"))
    press_button(qtbot, runner, screen.view.page("avslut"), "Flytta… Efter 1 månad")
    sheet = screen._sheet()
    assert f"Uppföljning efter 1 månad, planerad 30{NBSP}april{NBSP}2024" in sheet.context.text()
    write_day(sheet.boxes["planerad"].field, "+14")
    type_text(sheet.boxes["skal"].field, "Chefen är på semester.")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: "Uppföljningen är flyttad." in toast_texts(window))
    qtbot.waitUntil(lambda: f"Kommande 17{NBSP}jun" in texts(screen.view.page("avslut")))
    assert waiting not in titles()
    undo(qtbot, runner, window)
    assert waiting in titles()


def test_an_avslut_is_corrected(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, f"Rätta Avslut 31{NBSP}mars{NBSP}2024")
    sheet = screen._sheet()
    assert not sheet.boxes["avslutad"].field.isEnabled()
    result = sheet.boxes["resultat"].field
    result.setCurrentIndex(result.findText("Studier"))
    save(qtbot, runner, window)
    assert "Avslutet är rättat." in toast_texts(window)
    assert rows(store, Inskrivning.deltagare_id, Inskrivning.resultat)[1] == (people.asa, "studier")
    assert len(rows(store, Uppfoljning.id)) == 2
    assert "Efter 1 månad" not in texts(page)


def test_a_month_too_early_is_passed_with_a_reason_that_is_shown_later(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, "Följ upp Efter 1 månad")
    sheet = screen._sheet()
    sheet.boxes["minst_en_manad"].field.set_value(True)
    write_day(sheet.boxes["arbete_fran"].field, "20/5")
    qtbot.waitUntil(sheet.reason.isVisible)
    type_text(sheet.reason.field, "Tillsvidareanställd.")
    save(qtbot, runner, window)
    assert screen._sheet() is None
    press_button(qtbot, runner, page, "Ändra Efter 1 månad")
    (notice,) = screen._sheet().findChildren(PasseradNotice)
    assert notice.detail.text() == "Månaden har inte gått den dag du har angett. Skäl: Tillsvidareanställd."


def test_two_who_follow_up_see_both_versions(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    press_button(qtbot, runner, screen.view.page("avslut"), "Följ upp Efter 6 månader")
    sheet = screen._sheet()
    sheet.boxes["forsorjning"].field.set_value("lön")
    type_text(sheet.boxes["text"].field, "Arbetar kvar.")
    with store.read(ELIN) as session:
        own = Uppfoljning.slag == "6 månader"
        row_id = session.scalars(select(Uppfoljning.id).where(own)).one()
    with closing(open_store(store.path or "")) as other:
        told = UppfoljningUppgifter(days(-1), "studiemedel", "Läser nu.")
        save_uppfoljning(other, ELIN, Val(row_id), told, IDAG)
    save(qtbot, runner, window)
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    assert set(dialog.mine) == {"genomford", "forsorjning", "text"}
    dialog.theirs["genomford"].setChecked(True)
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    columns = (Uppfoljning.slag, Uppfoljning.genomford, Uppfoljning.forsorjning, Uppfoljning.text)
    assert ("6 månader", days(-1), "lön", "Arbetar kvar.") in rows(store, *columns)


def test_two_who_correct_an_avslut_see_both_versions(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut", Akt("ratta_avslut", followed)))
    sheet = screen._sheet()
    sheet.boxes["forsorjning_fore"].field.set_value("a-kassa")
    with closing(open_store(store.path or "")) as other:
        told = AvslutUppgifter(date(2024, 3, 31), "studier", None, None, None, "sjukpenning", "studiemedel")
        update_avslut(other, ELIN, followed, told)
    save(qtbot, runner, window)
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    assert dialog.theirs["resultat"].isChecked()
    assert dialog.mine["forsorjning_fore"].isChecked()
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    columns = (
        Inskrivning.id,
        Inskrivning.resultat,
        Inskrivning.forsorjning_fore,
        Inskrivning.forsorjning_efter,
    )
    assert (followed, "studier", "a-kassa", "studiemedel") in rows(store, *columns)


def test_the_month_of_a_new_row_shows_both_versions_too(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    screen = go("kort", Oppna(people.asa, "avslut"))
    press_button(qtbot, runner, screen.view.page("avslut"), "Följ upp Efter 1 månad")
    sheet = screen._sheet()
    sheet.boxes["minst_en_manad"].field.set_value(True)
    with closing(open_store(store.path or "")) as other:
        told = UppfoljningUppgifter(days(-1), None, "", date(2024, 4, 1), date(2024, 4, 9), False)
        save_uppfoljning(other, ELIN, Val(inskrivning_id=followed), told, IDAG)
    save(qtbot, runner, window)
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    qtbot.mouseClick(dialog.all_theirs, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert rows(store, Inskrivning.id, Inskrivning.arbete_till, Inskrivning.minst_en_manad)[followed - 1] == (
        followed, date(2024, 4, 9), False,
    )  # fmt: skip


@pytest.mark.parametrize("sure", [True, False])
def test_an_avslut_is_taken_back_from_its_page(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store,
    monkeypatch: pytest.MonkeyPatch, sure: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(form_module, "confirm", lambda *_args, **_more: sure)
    screen = go("kort", Oppna(people.hodan, "avslut", Akt("avslut")))
    result = screen._sheet().boxes["resultat"].field
    result.setCurrentIndex(result.findText("Slutfört uppdrag"))
    save(qtbot, runner, window)
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, f"Ångra avslutet… Avslut 3{NBSP}juni{NBSP}2024")
    assert (rows(store, Inskrivning.deltagare_id, Inskrivning.avslutad)[0][1] is None) is sure
    assert page.empty.isVisible() is sure


def test_follow_ups_of_an_imported_avslut_are_planned(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for row in work.session.scalars(select(Uppfoljning)):
            work.session.delete(row)
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    press_button(qtbot, runner, page, "Planera uppföljningar")
    assert rows(store, Uppfoljning.planerad) == [(date(2024, 9, 30),), (date(2025, 3, 31),)]
    assert f"Kommande 30{NBSP}sep" in texts(page)
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "Planera" and b.isVisible()]
    undo(qtbot, runner, window)
    assert rows(store, Uppfoljning.planerad) == []


def test_a_masked_card_tells_no_places_before_an_avslut(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store
) -> None:
    screen = go("kort", Oppna(people.skyddad, "", Akt("avslut")))
    sheet = screen._sheet()
    assert sheet.context.text().startswith("Skyddad identitet")
    told = sheet.findChild(form_module.AvslutPresenter).plan.detail.text()
    assert told == f"• Avslutas 3{NBSP}jun: vägledning. 1{NBSP}plats blir ledig."
    result = sheet.boxes["resultat"].field
    result.setCurrentIndex(result.findText("Slutfört uppdrag"))
    save(qtbot, runner, window)
    assert "Inskrivningen är avslutad." in toast_texts(window)
    assert "Lövmo" not in " ".join(texts(screen))


def test_a_return_within_a_year_is_seen_on_both(go: Go, people: People, store: Store, followed: int) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_inskrivning(work.session, deltagare_id=people.asa, inskriven=date(2024, 5, 20))
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    assert page.again.isVisible()
    assert page.again.text.text() == f"Återaktualiserad 20{NBSP}maj{NBSP}2024"
    assert page.again.detail.text() == f"50{NBSP}dagar efter avslutet 31{NBSP}mars{NBSP}2024: arbete."
    assert f"Återaktualiserad 20{NBSP}maj" in texts(page)
    assert f"Återaktualiserad efter avslut 31{NBSP}mar" in texts(screen.view.head)
    screen.view.show_page("inskrivning")
    stays = texts(screen.view.page("inskrivning"))
    assert f"Återaktualiserad efter avslut 31{NBSP}mar" in stays
    assert f"Återaktualiserad 20{NBSP}maj" in stays
    assert f"Avslut 31{NBSP}mar: arbete" in texts(screen.view.facts)


def test_a_return_of_the_arende_is_seen_on_the_head(go: Go, people: People, store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_arende(
            work.session,
            deltagare_id=people.asa,
            nummer="Ä-0",
            ansokan=date(2023, 1, 2),
            avslutat=date(2024, 1, 31),
        )
    screen = go("kort", people.asa)
    assert f"Återaktualiserat ärende, avslutat 31{NBSP}jan" in texts(screen.view.head)


@pytest.mark.parametrize("planned", [True, False])
def test_idag_leads_to_the_follow_up(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store, followed: int,
    planned: bool,
) -> None:  # fmt: skip
    if not planned:
        with store.unit_of_work(SYSTEM, "test") as work:
            for row in work.session.scalars(select(Uppfoljning)):
                work.session.delete(row)
    idag = go("idag")
    for title in ("Avslut som väntar på bekräftelse", "Uppföljning efter avslut")[: 2 if planned else 1]:
        group = next(g for g in idag.view.list.groups() if g.title == title)
        idag.view.list.select(group.items[0].key)
        idag.view.list.opened.emit(group.items[0])
        settle(qtbot, runner)
        sheet = window.screen_shown._sheet()
        assert sheet is not None
        assert sheet.title.text() in ("Bekräfta månad", "Uppföljning efter 6 månader")
        sheet.dismiss()
        idag = go("idag")
    screen = go("kort", Oppna(people.asa, "avslut"))
    page = screen.view.page("avslut")
    assert f"Förfallen 30{NBSP}apr" in texts(page)
    press_button(qtbot, runner, page, "Följ upp Efter 1 månad")
    screen._sheet().boxes["minst_en_manad"].field.set_value(False)
    save(qtbot, runner, window)
    assert "Mindre än en månad" in texts(page)
    titles = [group.title for group in go("idag").view.list.groups()]
    assert "Avslut som väntar på bekräftelse" not in titles


def test_what_is_no_longer_there_opens_nothing(go: Go, window: MainWindow, people: People) -> None:
    screen = go("kort", people.hodan)
    for name in ("uppfoljning", "flytta_uppfoljning", "flytta_manad"):
        screen.act(Akt(name, 999))
        assert screen._sheet() is None
        assert "Det som skulle öppnas finns inte längre på kortet." in toast_texts(window)
    assert screen.card.inskrivning is not None
    screen.act(Akt("flytta_manad", screen.card.inskrivning.id))
    assert screen._sheet() is None
    assert "Avslutet har ingen månad som ska bekräftas." in toast_texts(window)
