"""Reports on screen: chosen, seen as printed, saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM, Roll
from db.commands.namndbehandling import set_behandling
from db.errors import KnownError
from db.exchange.planfil import import_planfil
from db.models import Installning
from db.queries.namndbehandling import Behandling
from db.queries.rapport_personer import list_bakom
from db.rules.period import parse_period
from db.rules.text import slug
from db.session import Store
from desktop.main_window import MainWindow
from desktop.report_service import find_report, plats_of
from desktop.reports.tabledata import value_cell
from desktop.runner import Runner
from desktop.screens.bakom import BakomDialog
from desktop.screens.rapporter import choices, paket
from desktop.screens.rapporter.behandling import BehandlingDialog
from desktop.screens.rapporter.frysta import FrysDialog, FrystaDialog
from desktop.screens.rapporter.paket_dialog import PaketDialog
from desktop.screens.rapporter.people import may_open
from desktop.screens.rapporter.presenter import RapporterScreen
from desktop.screens.rapporter.siffror import _keys
from desktop.table_model import Role
from desktop.theme import Theme
from desktop.widgets.fields import TextArea
from desktop.widgets.link_row import LinkRow
from desktop.widgets.paint import text_width
from resources import resource_path
from tests.gui.screens.conftest import ELIN, IDAG, settle, toast_texts, type_text
from tests.helpers.factories import make_plan

Go = Callable[..., Any]


@pytest.fixture
def screen(go: Go) -> Any:
    return go("rapporter")


def test_the_page_is_drawn(screen: Any) -> None:
    preview = screen.view.preview
    assert preview.place.text() == f"Sida 1 av {screen.printed.paper.pages}"
    image = preview.paper.image
    assert image.width() > 400
    assert (
        len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 2
    )
    assert screen.view.hidden.text.text() == "Inga namn eller personnummer."
    assert "dold" in screen.view.hidden.detail.text()


def test_pages_turn_and_zoom(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    preview = screen.view.preview
    first = preview.paper.image
    qtbot.mouseClick(preview.next, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.place.text().startswith("Sida 2")
    assert preview.paper.image != first
    width = preview.paper.image.width()
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.paper.image.width() > width
    qtbot.mouseClick(preview.smaller, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(preview.fit, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.paper.image.width() == width
    QTest.keyClick(preview.area, Qt.Key.Key_PageUp)
    assert preview.page == 0
    preview.area.verticalScrollBar().setValue(preview.area.verticalScrollBar().maximum())
    QTest.keyClick(preview.area, Qt.Key.Key_PageDown)
    assert preview.page == 1


def test_the_gallery_is_searched(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    gallery = screen.view.gallery
    type_text(gallery.search, "platser")
    assert [i.item.namn for i in gallery._items() if i.isVisible()] == ["belaggning"]
    QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert screen.view.report == "belaggning"
    assert screen.printed.rapport.rapport == "belaggning"
    type_text(gallery.search, "xyz")
    assert gallery.nothing.isVisible()


def test_in_a_narrow_window_the_gallery_is_a_choice(
    screen: Any, theme: Theme, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    view = screen.view
    window.resize(1180, 760)
    assert (view.gallery.isVisible(), view.which.isVisible()) == (True, False)
    theme.set(scale=150)
    qtbot.waitUntil(view.which.isVisible)
    assert not view.gallery.isVisible()
    # The menu stays at the right, where the title beside it is the choice above.
    qtbot.waitUntil(lambda: view.more.geometry().right() == view.which.parentWidget().geometry().right())
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.which.hasFocus()
    QTest.keyClick(view.which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.titel == view.title.text())
    assert view.which.currentText() == view.title.text()
    room = view.preview.area.viewport().width()
    qtbot.waitUntil(lambda: 0 < view.preview.paper.image.deviceIndependentSize().width() <= room)
    theme.set(scale=100)
    qtbot.waitUntil(view.gallery.isVisible)
    assert not view.which.isVisible()


def test_another_period_and_comparison(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    with qtbot.waitSignal(view.wanted):
        view.period.set_value("2024")
    with qtbot.waitSignal(view.wanted):
        view.compare.set_value(choices.YEAR_BEFORE)
    settle(qtbot, runner)
    assert view.compare.currentText() == "2023"
    assert screen.printed.rapport.period == ("2024-01-01", "2024-12-31")
    assert screen.printed.rapport.per == "2024-06-03"
    assert screen.printed.rapport.jamforelse_period == ("2023-01-01", "2023-12-31")
    with qtbot.waitSignal(view.wanted):
        type_text(view.per.line, "2024-05-31")
    settle(qtbot, runner)
    assert screen.printed.rapport.per == "2024-05-31"


def test_a_faulty_period_is_told_at_its_field(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    with qtbot.waitSignal(view.wanted):
        view.period.set_value(choices.OWN)
        type_text(view.own_period, "2024-13")
    assert "Månad 13 finns inte" in view.boxes["egen_period"].error
    assert not view.pdf.isEnabled()
    assert view.pdf.toolTip() == "Det finns ingen rapport att spara."
    assert view.preview.message.isVisible()
    view.own_period.clear()
    with qtbot.waitSignal(view.wanted):
        type_text(view.own_period, "2024-01-01..2024-03-31")
    settle(qtbot, runner)
    assert view.pdf.isEnabled()
    assert screen.printed.rapport.period[1] == "2024-03-31"


def test_saved_as_pdf_and_excel(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    choose_file("")
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    for button, name in ((screen.view.pdf, "rapport.pdf"), (screen.view.excel, "rapport.xlsx")):
        choose_file(str(tmp_path / Path(name).stem))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(qtbot, runner)
        assert f"Sparad: {name}" in toast_texts(window)
    assert len(PdfReader(tmp_path / "rapport.pdf").pages) == screen.printed.paper.pages
    assert load_workbook(tmp_path / "rapport.xlsx").sheetnames[0] == "Rapport"
    assert not list(tmp_path.glob("*.tmp"))


def test_a_report_that_cannot_be_saved_is_told(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    choose_file(str(tmp_path / "saknas" / "rapport.pdf"))
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert any("saknas" in text for text in toast_texts(window))


def test_a_named_report_opens(go: Go) -> None:
    assert go("rapporter", "osa").printed.rapport.rapport == "osa"


def test_periods_offered_have_begun() -> None:
    offered = dict(choices.list_periods(date(2024, 6, 3)))
    assert offered["2024-05"] == "Maj 2024"
    assert offered["2024-T2"] == "Maj–augusti 2024 (T2)"
    assert "2024-T3" not in offered
    assert offered["2023"] == "2023"
    assert choices.period_name("skräp") == "skräp"


def test_each_report_remembers_what_it_was_made_for(
    screen: Any, go: Go, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    view = screen.view
    view.gallery.chosen.emit("avslut")
    view.period.set_value("2023")
    view.compare.set_value(choices.YEAR_BEFORE)
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.period[0] == "2023-01-01")
    view.gallery.chosen.emit("deltagare")
    settle(qtbot, runner)
    assert view.period.value() == choices.list_periods(IDAG)[0][0]
    assert view.compare.value() == choices.NONE
    view.gallery.chosen.emit("avslut")
    settle(qtbot, runner)
    assert view.period.value() == "2023"
    assert view.compare.value() == choices.YEAR_BEFORE
    again = RapporterScreen(screen._context)
    qtbot.addWidget(again)
    assert again.view.report == "avslut"
    assert again.view.period_text() == "2023"


def test_the_numbers_are_those_of_the_pages(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    view.mode.chosen.emit("siffror")
    assert view.shows_numbers()
    table = view.numbers.table
    model = table.model_of_groups
    heads = [c.title for c in model.columns]
    assert heads[1:3] == ["Kvinnor", "Män"]
    assert heads[-1] == "Totalt"
    rader = [rad for a in screen.printed.rapport.avsnitt for rad in a.rader]
    assert [model.row(at).rad for at in range(model.rowCount()) if model.row(at).rad] == rader
    first = next(at for at in range(model.rowCount()) if model.row(at).rad)
    shown = [model.index(first, at).data() for at in range(model.columnCount())]
    expected = [value_cell(rader[0], False, key).text for key in ("kvinnor", "man", "totalt")]
    assert [shown[1], shown[2], shown[-1]] == expected
    view.compare.set_value(choices.YEAR_BEFORE)
    qtbot.waitUntil(lambda: "Ändring" in [c.title for c in view.numbers.table.model_of_groups.columns])
    view.own_period.setText("ingen period")
    view.period.set_value(choices.OWN)
    qtbot.waitUntil(lambda: view.numbers.note.text() == "Rapporten kan inte göras.")


def test_a_number_opens_its_people_by_key_menu_and_column(screen: Any, qtbot: QtBot) -> None:
    numbers = screen.view.numbers
    screen.view.mode.chosen.emit("siffror")
    wanted: list[tuple[str, str]] = []
    numbers.people_wanted.connect(lambda rad, kon: wanted.append((rad, kon)))
    table = numbers.table
    model = table.model_of_groups
    numbers.people_wanted.disconnect(screen._show_people)
    numbers.may_open = lambda _rad: False
    at = next(i for i in range(model.rowCount()) if model.row(i).rad and _keys(model.row(i).rad))
    rad = model.row(at).rad
    table.setCurrentIndex(model.index(at, 0))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert wanted == []  # not for those who may not
    numbers.may_open = lambda _rad: True
    QTest.keyClick(table, Qt.Key.Key_Return)
    open_keys = _keys(rad)
    assert wanted == ([(rad.id, "totalt")] if "totalt" in open_keys else [])
    wanted.clear()
    QTest.keyClick(table, Qt.Key.Key_K)
    assert wanted == ([(rad.id, "kvinnor")] if "kvinnor" in open_keys else [])
    menu = QMenu()
    qtbot.addWidget(menu)
    table.fill_menu(menu)
    assert len(menu.actions()) == len(open_keys)
    head = next(i for i in range(model.rowCount()) if model.row(i).rad is None)
    table.setCurrentIndex(model.index(head, 0))
    menu.clear()
    table.fill_menu(menu)
    assert not menu.actions()


def test_the_people_of_a_number_open_in_a_list(
    screen: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    # So few people that all numbers would be hidden.
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.add(Installning(nyckel="sekretess.troskel", varde="1"))
    screen.view.mode.chosen.emit("siffror")
    screen.view.period.set_value("2024")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.period[0] == "2024-01-01")
    settle(qtbot, runner)
    table = screen.view.numbers.table
    model = table.model_of_groups
    at, rad = next(
        (i, found)
        for i in range(model.rowCount())
        if (found := model.row(i).rad)
        and may_open(found.id)
        and "totalt" in _keys(found)
        and found.varde.totalt
    )
    table.setCurrentIndex(model.index(at, 0))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    dialog = next(d for d in window.findChildren(BakomDialog) if d.isVisible())
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    with screen._context.store.read(ELIN) as session:
        period = parse_period("2024")
        listed = list_bakom(
            session, ELIN, rad.id, "totalt", period, date.fromisoformat(screen.printed.rapport.per)
        )
    assert dialog.model.rowCount() <= rad.varde.totalt
    assert {dialog.model.row(i).person.id for i in range(dialog.model.rowCount())} >= {
        person.person.id for person in listed
    }
    dialog.action.click()
    qtbot.waitUntil(lambda: window.screen_shown is not screen)


def dialog_of(screen: Any) -> Any:
    return next(d for d in screen.window().findChildren(PaketDialog) if d.isVisible())


def test_everything_for_the_namnd_in_one_go(
    screen: Any, qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path))
    (tmp_path / "kvar.txt").write_text("kvar")
    screen.open_paket()
    dialog = dialog_of(screen)
    dialog.choose.click()
    assert dialog.mapp == tmp_path
    for check in dialog.reports.values():
        check.setChecked(False)
    assert not dialog.action.isEnabled()
    dialog.reports["avslut"].setChecked(True)
    dialog.reports["osa"].setChecked(True)
    dialog.action.click()
    qtbot.waitUntil(lambda: "4 filer sparade" in dialog.told.text().replace("\u00a0", " "))
    period = screen.view.period_text().replace("-", "_")
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"{slug(find_report('osa').titel)}_{period}.{form}" for form in ("pdf", "xlsx")} < names
    dialog.reports["osa"].setChecked(False)
    assert "2 filer finns redan" in dialog.told.text().replace("\u00a0", " ")
    dialog.reject()
    assert not dialog.isVisible()


def test_what_was_made_before_a_stop_stays(
    screen: Any, qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.open_paket()
    dialog = dialog_of(screen)
    dialog.mapp = tmp_path
    started, go_on = Event(), Event()
    make_one = paket._make_one

    def slow(*arguments: Any) -> Any:
        made = make_one(*arguments)
        started.set()
        go_on.wait(30)
        return made

    monkeypatch.setattr(paket, "_make_one", slow)
    dialog.forms["xlsx"].setChecked(False)
    dialog.action.click()
    qtbot.waitUntil(started.is_set)
    assert dialog.bar.isVisible()
    dialog.cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: dialog.told.text().startswith("Avbrutet."))
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    assert dialog.isVisible()


def test_a_report_that_cannot_be_made_does_not_stop_the_others(
    screen: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_one = paket._make_one

    def fails(context: Any, uppdrag: Any, namn: str, check: Any) -> Any:
        if namn == "osa":
            raise KnownError("Disken är full.")
        return make_one(context, uppdrag, namn, check)

    monkeypatch.setattr(paket, "_make_one", fails)
    screen.open_paket()
    dialog = dialog_of(screen)
    dialog.mapp = tmp_path
    for name, check in dialog.reports.items():
        check.setChecked(name in ("osa", "avslut"))
    dialog.forms["pdf"].setChecked(False)
    dialog.action.click()
    qtbot.waitUntil(lambda: "1 fil sparad" in dialog.told.text().replace("\u00a0", " "))
    assert dialog.notice.text.text() == f"{find_report('osa').titel}: Disken är full."


def test_a_report_is_sent_to_a_printer(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def choose(dialog: QPrintDialog) -> QDialog.DialogCode:
        dialog.printer().setOutputFileName(str(tmp_path / "skrivare.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    screen.view.print.click()
    qtbot.waitUntil(lambda: "Utskriften är skickad till skrivaren." in toast_texts(window))
    assert len(PdfReader(tmp_path / "skrivare.pdf").pages) == screen.printed.paper.pages


def menu_act(screen: Any, words: str) -> None:
    screen.view.more.click()
    menu = next(m for m in screen.findChildren(QMenu) if m.isVisible())
    act = next(a for a in menu.actions() if a.text() == words)
    menu.close()
    act.trigger()


def test_the_meeting_and_its_number_are_written_and_stand_in_the_report(
    screen: Any, qtbot: QtBot, window: MainWindow, store: Store
) -> None:
    def opened() -> BehandlingDialog:
        menu_act(screen, "Sammanträde och diarienummer…")
        dialog = next(d for d in window.findChildren(BehandlingDialog) if d.isVisible())
        qtbot.waitUntil(dialog.action.isEnabled)
        return dialog

    dialog = opened()
    dialog.dag.line.setText("snart")
    dialog.action.click()
    assert dialog.boxes["sammantrade"].error
    dialog.dag.set_value(date(2026, 12, 9))
    dialog.dnr.setText("AMN 2026-0132")
    dialog.action.click()
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.dnr == "AMN 2026-0132")
    assert screen.printed.rapport.sammantrade == "2026-12-09"
    again = opened()
    assert (again.dag.value(), again.dnr.value()) == (date(2026, 12, 9), "AMN 2026-0132")
    set_behandling(store, SYSTEM, plats_of(screen.printed.fardig.utskrift), Behandling(None, "KS 1"))
    again.dnr.setText("AMN 3")
    again.action.click()
    qtbot.waitUntil(lambda: again.dnr.value() == "KS 1")  # what somebody else wrote meanwhile
    assert again.notice.isVisible()
    again.reject()


def test_a_report_is_frozen_approved_and_saved_again(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    menu_act(screen, "Frysta rapporter…")
    dialog = next(d for d in window.findChildren(FrystaDialog) if d.isVisible())
    qtbot.waitUntil(lambda: dialog.told.text().startswith("Inga frysta rapporter än."))
    assert not dialog.action.isEnabled()
    dialog.reject()
    menu_act(screen, "Frys rapporten…")
    form = next(d for d in window.findChildren(FrysDialog) if d.isVisible())
    form.text.setPlainText("Till sammanträdet <b>i juni")
    form.action.click()
    qtbot.waitUntil(lambda: "Rapporten är fryst." in toast_texts(window))
    menu_act(screen, "Frysta rapporter…")
    dialog = next(d for d in window.findChildren(FrystaDialog) if d.isVisible())
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.told.text() == "Till sammanträdet <b>i juni"
    assert dialog.model.index(0, 4).data(Role.CHIP).text == "Inte godkänd"
    assert not dialog.approve.isEnabled()
    assert "Bara chef" in dialog.approve.toolTip()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "igen"), ""))
    for button, name in ((dialog.action, "igen.pdf"), (dialog.excel, "igen.xlsx")):
        button.click()
        qtbot.waitUntil(lambda name=name: f"Sparad: {name}" in toast_texts(window))
    assert len(PdfReader(tmp_path / "igen.pdf").pages) == screen.printed.paper.pages
    first = (tmp_path / "igen.pdf").read_bytes()
    (tmp_path / "igen.pdf").unlink()
    dialog.action.click()
    qtbot.waitUntil((tmp_path / "igen.pdf").exists)
    assert (tmp_path / "igen.pdf").read_bytes() == first
    dialog.compare.click()
    qtbot.waitUntil(
        lambda: any("Inget har ändrats" in t.toPlainText() for t in window.findChildren(TextArea))
    )


def test_the_chef_approves(
    screen: Any, qtbot: QtBot, window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    chef = replace(screen._context.aktor, roll=Roll.CHEF)
    screen._context = replace(screen._context, aktor=chef)
    screen.freeze()
    form = next(d for d in window.findChildren(FrysDialog) if d.isVisible())
    form.action.click()
    qtbot.waitUntil(lambda: "Rapporten är fryst." in toast_texts(window))
    screen.show_frozen()
    dialog = next(d for d in window.findChildren(FrystaDialog) if d.isVisible())
    qtbot.waitUntil(lambda: dialog.approve.isEnabled())
    assert dialog.table.horizontalHeader().length() <= dialog.table.viewport().width()  # the state is seen
    dialog.approve.click()
    qtbot.waitUntil(lambda: dialog.model.index(0, 4).data(Role.CHIP).text == "Godkänd")
    assert "redan godkänd" in dialog.approve.toolTip()


def test_a_plan_is_followed_up(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store, tmp_path: Path
) -> None:
    view = screen.view
    view.gallery.chosen.emit("uppfoljning")
    settle(qtbot, runner)
    assert "ingen plan" in view.preview.message.fact.text()
    assert view.boxes["plan"].isHidden()
    assert view.boxes["jamforelse"].isHidden()
    for kod in ("botkyrka-2011", "sodertalje-2024"):
        assert import_planfil(store, SYSTEM, resource_path("planer") / f"{kod}.toml").sparad
    screen.refresh()
    qtbot.waitUntil(lambda: not view.boxes["plan"].isHidden())
    view.plan.set_value("sodertalje-2024")
    view.period.set_value("2024")
    qtbot.waitUntil(lambda: screen.printed is not None and "Södertälje" in screen.printed.rapport.kommun)
    screen.open_paket()
    dialog = dialog_of(screen)
    for name, check in dialog.reports.items():
        check.setChecked(name == "uppfoljning")
    dialog.forms["xlsx"].setChecked(False)
    dialog.mapp = tmp_path
    dialog.action.click()
    qtbot.waitUntil(lambda: "1 fil sparad" in dialog.told.text().replace("\u00a0", " "))
    dialog.reject()
    view.gallery.chosen.emit("osa")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.rapport == "osa")
    assert not view.boxes["jamforelse"].isHidden()


def test_the_arshjul_tells_which_follow_up_is_due(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    view = screen.view
    assert view.gallery.due.isHidden()
    with store.unit_of_work(SYSTEM, "test") as work:
        for kod, namn in (("a", "Åby"), ("b", "Provstad")):
            periods = '["2024-04", "2024-08"]'
            make_plan(work.session, kod=kod, kommun=namn, uppfoljning=periods)
    screen.refresh()
    qtbot.waitUntil(lambda: not view.gallery.due.isHidden())
    links = view.gallery.due.findChildren(LinkRow)
    told = [link.accessibleName().replace("\u00a0", " ") for link in links]
    assert told[0] == "Till och med april 2024, Provstad 2024, gör och frys"
    assert told[1].startswith("Till och med augusti 2024, Provstad 2024, från 1 sep")
    assert not links[1].isEnabled()
    links[2].click()
    qtbot.waitUntil(lambda: view.report == "uppfoljning" and view.plan_kod() == "a")
    assert view.period_text() == "2024-01-01..2024-04-30"
    assert view.period.currentText() == "Till och med april 2024"


def test_the_arshjul_follows_the_reports_on_the_way_of_tab(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make_plan(work.session, uppfoljning='["2024-04"]')
    screen.refresh()
    gallery = screen.view.gallery
    qtbot.waitUntil(lambda: not gallery.due.isHidden())
    settle(qtbot, runner)
    (link,) = gallery.due.findChildren(LinkRow)
    assert link.previousInFocusChain() is gallery._items()[-1]


def test_nothing_in_the_gallery_is_cut(screen: Any) -> None:
    gallery, theme = screen.view.gallery, screen.view._theme
    bar = gallery.findChild(QScrollArea).verticalScrollBar().sizeHint().width()
    room = gallery.width() - 2 * 10 - bar - theme.px(58)
    for item in gallery._items():
        assert text_width(theme, item.item.kort, "body", 600) <= room, item.item.kort
        assert text_width(theme, item.item.rad, "meta") <= room, item.item.rad


def test_a_long_title_leaves_the_fields_their_room(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make_plan(work.session)
    view = screen.view
    view.gallery.chosen.emit("uppfoljning")
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.rapport == "uppfoljning")
    width = view._middle.width()
    for widget in (view.more, view.period, view.innehall.kommentar):
        assert widget.mapTo(view._middle, widget.rect().topRight()).x() < width
