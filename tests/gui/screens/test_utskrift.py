"""Printing from the card: chosen, looked at, saved, sent to a printer; logged, and masked where protected."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Andring, Handelse, Insats, Inskrivning
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.kort.page import Akt
from desktop.screens.utskrift.view import UtskriftView
from desktop.theme import Mode, Theme
from tests.gui.screens.conftest import IDAG, People, settle, toast_texts, type_text
from tests.helpers import factories as make
from tests.helpers.pdf_structure import faults

Go = Callable[..., Any]


@pytest.fixture
def fill(store: Store, people: People) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for person_id in (people.hodan, people.skyddad):
            inskrivning = make.make_inskrivning(work.session, deltagare_id=person_id, avslutad=None)
            plan = make.make_planering(
                work.session, inskrivning_id=inskrivning.id, mal="Kock på <b>Återbruket</b>"
            )
            make.make_planeringssteg(work.session, planering_id=plan.id, text="Skriva cv", klar=IDAG)
        own = select(Insats.id).join(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)
        insats_id = work.session.execute(own).scalars().first()
        for day, status in ((3, "närvarande"), (4, "ogiltig frånvaro")):
            make.make_narvaro(
                work.session,
                insats_id=insats_id,
                datum=date(2024, 5, day),
                status=status,
                notering="Ringde",
            )


def open_print(go: Go, qtbot: QtBot, runner: Runner, person_id: int) -> UtskriftView:
    screen = go("kort", person_id)
    screen.act(Akt("skriv_ut"))
    settle(qtbot, runner)
    view: UtskriftView = screen.findChild(UtskriftView)
    return view


def choose(qtbot: QtBot, runner: Runner, view: UtskriftView, kind: str) -> None:
    view.what.set_value(kind)
    settle(qtbot, runner)


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def save(qtbot: QtBot, runner: Runner, view: UtskriftView) -> None:
    qtbot.mouseClick(view.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def prints(store: Store) -> list[tuple[str, str | None]]:
    with store.read(SYSTEM) as session:
        query = select(Handelse.text, Andring.nytt).join(Andring).where(Handelse.slag == "utskrift")
        return [tuple(row) for row in session.execute(query)]


@pytest.mark.usefixtures("fill")
def test_the_plan_is_looked_at_and_saved(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    people: People,
    store: Store,
    window: MainWindow,
    tmp_path: Path,
    choose_file: Callable[[str], None],
) -> None:
    view = open_print(go, qtbot, runner, people.hodan)
    assert view.preview.place.text() == "Sida 1 av 1"
    assert not view.preview.paper.image.isNull()
    assert not view.fran.isVisible()
    choose_file(str(tmp_path / "planering"))
    save(qtbot, runner, view)
    told = words(tmp_path / "planering.pdf")
    assert "Hodan Rönnstig · 19880314-9809" in told
    assert "Kock på <b>Återbruket</b>" in told
    assert "Skriva cv Deltagaren" in told
    assert faults((tmp_path / "planering.pdf").read_bytes()) == []
    assert "Sparad: planering.pdf" in toast_texts(window)
    assert prints(store) == [("Utskrift: Planering", '"Planering"')]


@pytest.mark.usefixtures("fill")
def test_attendance_of_a_period(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    people: People,
    tmp_path: Path,
    choose_file: Callable[[str], None],
) -> None:
    view = open_print(go, qtbot, runner, people.hodan)
    choose(qtbot, runner, view, "narvaro")
    assert view.fran.line.text() == "2024-05-07"
    view.fran.line.setFocus()
    view.fran.line.selectAll()
    type_text(view.fran.line, "1/5")
    choose_file(str(tmp_path / "narvaro.pdf"))
    save(qtbot, runner, view)
    told = words(tmp_path / "narvaro.pdf").replace("\u00a0", " ")
    assert "Perioden är 1 maj–3 juni 2024." in told
    assert "Ogiltig frånvaro" in told
    assert "50 %" in told
    assert "Ringde" in told
    assert faults((tmp_path / "narvaro.pdf").read_bytes()) == []


@pytest.mark.usefixtures("fill")
def test_insatser_and_a_period_that_ends_before_it_begins(
    go: Go, qtbot: QtBot, runner: Runner, people: People, tmp_path: Path, choose_file: Callable[[str], None]
) -> None:
    view = open_print(go, qtbot, runner, people.hodan)
    choose(qtbot, runner, view, "insatser")
    choose_file(str(tmp_path / "insatser.pdf"))
    view.fran.set_value(date(2024, 5, 2))
    view.till.set_value(date(2024, 5, 1))
    view.changed.emit()
    assert view.boxes["till"].error == "Slutet är före början. Välj en senare dag."
    assert view.save_button.toolTip() == "Det finns inget att skriva ut."
    view.till.set_value(None)
    view.changed.emit()
    settle(qtbot, runner)
    save(qtbot, runner, view)
    told = words(tmp_path / "insatser.pdf")
    assert "Vägledning Återbruket" in told
    # A day in a table has its year, whatever year it is read.
    assert told.count("2024-03-01 – tills vidare") == 1
    assert "sedan" not in told
    assert faults((tmp_path / "insatser.pdf").read_bytes()) == []


@pytest.mark.usefixtures("fill")
def test_a_protected_person_is_printed_masked_and_with_a_reason(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    people: People,
    store: Store,
    tmp_path: Path,
    choose_file: Callable[[str], None],
) -> None:
    view = open_print(go, qtbot, runner, people.skyddad)
    choose_file(str(tmp_path / "skyddad.pdf"))
    choose(qtbot, runner, view, "insatser")
    save(qtbot, runner, view)
    assert view.boxes["skal"].error == "Skriv varför uppgifterna behöver skrivas ut."
    type_text(view.skal, "Till mötet")
    save(qtbot, runner, view)
    told = words(tmp_path / "skyddad.pdf")
    assert "Skyddad identitet" in told
    for secret in ("Amira", "Lövmo", "199607309805", "19960730-9805", "Återbruket"):
        assert secret not in told
    assert prints(store) == [("Utskrift: Insatshistorik", '"Till mötet"')]


@pytest.mark.usefixtures("fill")
def test_attendance_of_a_protected_person_is_printed_without_notes(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    people: People,
    store: Store,
    tmp_path: Path,
    choose_file: Callable[[str], None],
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        own = select(Inskrivning.id).where(Inskrivning.deltagare_id == people.skyddad)
        inskrivning_id = work.session.execute(own).scalars().first()
        insats = make.make_insats(work.session, inskrivning_id=inskrivning_id, start=date(2024, 4, 1))
        make.make_narvaro(
            work.session, insats_id=insats.id, datum=date(2024, 5, 10), notering="Ringde från Lövhult"
        )
    view = open_print(go, qtbot, runner, people.skyddad)
    choose_file(str(tmp_path / "skyddad.pdf"))
    choose(qtbot, runner, view, "narvaro")
    type_text(view.skal, "Till mötet")
    save(qtbot, runner, view)
    told = words(tmp_path / "skyddad.pdf")
    assert "2024-05-10" in told
    assert "Lövhult" not in told


@pytest.mark.usefixtures("fill")
def test_with_large_text_in_a_small_window_everything_can_be_reached(
    go: Go, qtbot: QtBot, runner: Runner, people: People, window: MainWindow, theme: Theme
) -> None:
    window.resize(1180, 800)
    theme.set(Mode.LIGHT, 200)
    view = open_print(go, qtbot, runner, people.skyddad)
    choose(qtbot, runner, view, "narvaro")
    assert (view.width(), view.height()) <= (1180, 800)
    for button in (view.send_button, view.save_button, view.close_button):
        seen = button.visibleRegion().boundingRect()
        assert seen.size() == button.size()
    view.skal.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not view.skal.visibleRegion().isEmpty())
    assert view.preview.percent.width() >= view.preview.percent.sizeHint().width()


@pytest.mark.usefixtures("fill")
def test_sent_to_a_printer(
    go: Go, qtbot: QtBot, runner: Runner, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[QPrinter] = []

    class Asked:
        def __init__(self, printer: QPrinter, _parent: object) -> None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(tmp_path / "skrivare.pdf"))
            made.append(printer)

        def exec(self) -> QDialog.DialogCode:
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog", Asked)
    view = open_print(go, qtbot, runner, people.hodan)
    qtbot.mouseClick(view.send_button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert len(made) == 1
    assert len(PdfReader(tmp_path / "skrivare.pdf").pages) == 1


@pytest.mark.usefixtures("fill")
def test_a_printer_that_does_not_answer(
    go: Go, qtbot: QtBot, runner: Runner, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked:
        def __init__(self, _printer: QPrinter, _parent: object) -> None:
            pass

        def exec(self) -> QDialog.DialogCode:
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog", Asked)
    monkeypatch.setattr(QPainter, "begin", lambda _painter, _printer: False)
    view = open_print(go, qtbot, runner, people.hodan)
    qtbot.mouseClick(view.send_button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert view.failure.isVisible()
    assert view.failure.text.text() == "Skrivaren svarar inte. Välj en annan eller spara som pdf."
    assert view.send_button.isEnabled()


def test_a_person_without_a_plan(go: Go, qtbot: QtBot, runner: Runner, people: People) -> None:
    view = open_print(go, qtbot, runner, people.asa)
    assert view.preview.pages == 1
    qtbot.mouseClick(view.close_button, Qt.MouseButton.LeftButton)
    assert not view.isVisible()
