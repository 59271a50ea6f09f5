"""Mål & indikatorer: a plan read in, valued, assessed, changed and taken away, by somebody who may."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.exchange.planfil import import_planfil
from db.exchange.plantoml import read_plan
from db.models import Indikatorvarde, Koladavarde, Malbedomning, Medarbetare, Plan, Plankommentar, Planmal
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import Arshjul, Varde
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.mal import inlasning
from desktop.screens.mal.huvud_text import read_arshjul, read_perioder, write_arshjul, write_perioder
from desktop.screens.mal.inlasning import TEMPLATES, FelDialog
from desktop.screens.mal.rows import find_chip
from desktop.screens.mal.varden import read_varden, write_varden
from desktop.theme import Theme
from desktop.widgets import dialog as dialog_module
from resources import resource_path
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text

Go = Callable[..., Any]
PLAN = """
[plan]
kommun = "Provstad"
namnd = "Arbetsmarknadsnämnden"
ar = 2024
titel = "Verksamhetsplan 2024"
bedomning = "gron-gul-rod"
uppfoljning = ["2024-08", "2024-12"]

[[mal]]
id = "m1"
niva = "namndmal"
nummer = "1"
titel = "Fler i arbete <b>&"

[[aktivitet]]
mal = "m1"
nummer = "1.1"
text = "Starta kurser"

[[indikator]]
id = "i1"
mal = "m1"
namn = "Andel nöjda"
enhet = "andel"
konsuppdelad = true
varden = [{ period = "ingaende", kvinnor = 50.0, man = 52.5, totalt = 51.2 }]
riktvarden = [{ period = "2024", text = "≥ 60" }]

[[volym]]
id = "v1"
namn = "Ansökningar"
enhet = "antal"
konsuppdelad = false
"""


@pytest.fixture
def plan(store: Store, people: People, tmp_path: Path) -> Path:
    fil = tmp_path / "provstad-2024.toml"
    fil.write_text(PLAN, encoding="utf-8")
    assert import_planfil(store, SYSTEM, fil).sparad
    return fil


@pytest.fixture
def screen(go: Go, plan: Path, qtbot: QtBot) -> Any:
    screen = go("mal")
    qtbot.waitUntil(lambda: screen.view.bild is not None)
    return screen


def shown(screen: Any) -> list[list[str]]:
    model = screen.view.model
    rows = range(model.rowCount())
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in rows]


def choose(screen: Any, nyckel: str) -> None:
    assert screen.view.table.select_key(nyckel)


def row(screen: Any, nyckel: str) -> Any:
    model = screen.view.model
    return next(model.row(at) for at in range(model.rowCount()) if model.row(at).nyckel == nyckel)


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def save(qtbot: QtBot, runner: Runner, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def act(screen: Any, words: str) -> None:
    """Do what the menu of the row offers under these words."""
    menu = QMenu(screen)
    screen.view.table.fill_menu(menu)
    next(a for a in menu.actions() if a.text().startswith(words)).trigger()
    menu.deleteLater()


def count(store: Store, model: Any) -> int:
    with store.read(ELIN) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_plan_is_shown_as_its_document(screen: Any) -> None:
    rows = shown(screen)
    assert [r[0] for r in rows] == [
        "1 Fler i arbete <b>&",
        "Andel nöjda",
        "1.1 Starta kurser",
        "Utan mål",
        "Ansökningar",
    ]
    assert rows[1][1:8] == ["Indikator", "", "", "", "minst 60", "", "51,2\u00a0% (ingående)"]
    told = screen.view.told.text().replace("\u00a0", " ")
    assert told.startswith("0 indikatorer nås, 0 på väg, 0 nås inte, 1 går inte")
    assert "0 av 1 aktivitet klar" in told


def test_a_value_is_typed_judged_and_taken_back(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    choose(screen, "i/i1")
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    sheet = screen.sheet()
    boxes = [sheet.boxes[name] for name in ("kvinnor", "man", "totalt")]
    # The way of Tab is the way of the eye.
    qtbot.waitUntil(lambda: boxes[0].y() == boxes[1].y() < boxes[2].y())
    write(sheet, "totalt", "mycket")
    qtbot.waitUntil(lambda: "Skriv ett tal" in sheet.boxes["totalt"].error)
    for name, text in (("kvinnor", "61,5"), ("man", "64"), ("totalt", "62,8")):
        write(sheet, name, text)
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: shown(screen)[1][4] == "62,8\u00a0%")
    assert shown(screen)[1][2:4] == ["61,5\u00a0%", "64\u00a0%"]
    qtbot.waitUntil(lambda: row(screen, "i/i1").indikator.uppfyllelse.value == "Nås")
    assert "1 indikator nås" in screen.view.told.text().replace("\u00a0", " ")
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: count(store, Indikatorvarde) == 0)
    qtbot.waitUntil(lambda: shown(screen)[1][4] == "")


def test_one_judges_oneself_with_a_reason(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    choose(screen, "m/m1")
    screen.view.open.click()
    sheet = screen.sheet()
    sheet.boxes["bedomning"].field.set_value("gul")
    save(qtbot, runner, window)
    assert "Skriv ett skäl" in sheet.boxes["skal"].error
    write(sheet, "skal", "Två kurser <img src=x> återstår.")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: row(screen, "m/m1").mal.bedomning == "gul")
    assert count(store, Malbedomning) == 1
    assert "Mål: 1 gult." in screen.view.told.text().replace("\u00a0", " ")
    assert find_chip(row(screen, "m/m1")).text == "Gul, egen"
    choose(screen, "m/m1")
    qtbot.waitUntil(lambda: "Två kurser <img src=x> återstår." in screen.view.said.text())
    assert screen.view.said.text().startswith("Bedömt av ")


def test_an_activity_is_told_by_menu_and_form(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    nyckel = next(r.nyckel for r in map(screen.view.model.row, range(5)) if r.aktivitet)
    choose(screen, nyckel)
    act(screen, "Läge: Påbörjad")
    qtbot.waitUntil(lambda: row(screen, nyckel).aktivitet.lage is not None)
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    sheet = screen.sheet()
    sheet.boxes["status"].field.set_value("Klar")
    write(sheet, "kommentar", "Klart i maj.")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: row(screen, nyckel).aktivitet.lage.status is Aktivitetslage.KLAR)
    act(screen, "Läge: Stoppad")
    qtbot.waitUntil(lambda: row(screen, nyckel).aktivitet.lage.status is Aktivitetslage.STOPPAD)
    assert row(screen, nyckel).aktivitet.lage.kommentar == "Klart i maj."
    screen.view.avvikelser.click()
    assert [r[0] for r in shown(screen)] == ["1 Fler i arbete <b>&", "1.1 Starta kurser"]


def test_comments_are_written_changed_and_taken_away(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    choose(screen, "i/i1")
    act(screen, "Kommentera…")
    sheet = screen.sheet()
    save(qtbot, runner, window)
    assert "Skriv en kommentar" in sheet.boxes["text"].error
    write(sheet, "text", "Fler svarade i år.")
    write(sheet, "atgard", "Fråga igen")
    write(sheet, "klart", "juni")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: len(row(screen, "i/i1").indikator.kommentarer) == 1)
    choose(screen, "i/i1")
    qtbot.waitUntil(lambda: screen.view.said.text().endswith(": Fler svarade i år."))
    assert screen.view.said.text().startswith("1 kommentar. ")
    act(screen, "Ändra: Fler")
    write(screen.sheet(), "klart", "juli")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: row(screen, "i/i1").indikator.kommentarer[0].klart == "juli")
    choose(screen, "i/i1")
    act(screen, "Ta bort: Fler")
    qtbot.waitUntil(lambda: count(store, Plankommentar) == 0)


def test_a_row_of_the_plan_is_added_changed_moved_and_removed(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    choose(screen, "m/m1")
    act(screen, "Lägg till: indikator…")
    sheet = screen.sheet()
    save(qtbot, runner, window)
    assert sheet.boxes["namn"].error
    write(sheet, "kod", "i2")
    write(sheet, "namn", "Andel i arbete")
    write(sheet, "varden", "2023; 12,50; x; 26")
    qtbot.waitUntil(lambda: "är inget tal" in sheet.boxes["varden"].error)
    write(sheet, "varden", "2023; 12,50; 13; 25,50")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: any(r[0] == "Andel i arbete" for r in shown(screen)))
    assert row(screen, "i/i2").indikator.indikator.varden == (Varde("2023", "12.50", "13", "25.50"),)
    choose(screen, "i/i2")
    act(screen, "Flytta upp")
    qtbot.waitUntil(lambda: shown(screen)[1][0] == "Andel i arbete")
    choose(screen, "i/i2")
    act(screen, "Ändra i planen…")
    write(screen.sheet(), "namn", "Andel i arbete eller studier")
    save(qtbot, runner, window)
    qtbot.waitUntil(lambda: shown(screen)[1][0] == "Andel i arbete eller studier")
    choose(screen, "i/i2")
    act(screen, "Ta bort ur planen")
    qtbot.waitUntil(lambda: all("eller studier" not in r[0] for r in shown(screen)))
    choose(screen, "m/m1")
    act(screen, "Ta bort ur planen")
    qtbot.waitUntil(lambda: any("Andel nöjda" in text for text in toast_texts(window)))
    assert count(store, Planmal) == 1


def test_a_block_is_pasted_from_the_row_and_down(
    screen: Any, window: MainWindow, qtbot: QtBot, store: Store
) -> None:
    choose(screen, "i/i1")
    QGuiApplication.clipboard().setText("61\t62,5\t61,8\n\t\t40")
    act(screen, "Klistra in värden härifrån")
    qtbot.waitUntil(lambda: count(store, Indikatorvarde) == 2)
    qtbot.waitUntil(lambda: shown(screen)[-1][4] == "40")
    QGuiApplication.clipboard().setText("")
    act(screen, "Klistra in värden härifrån")
    qtbot.waitUntil(lambda: any("Urklipp är tomt" in text for text in toast_texts(window)))


def test_another_period_and_what_lacks_a_value(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    screen.view.period.set_value("2024-08")
    qtbot.waitUntil(lambda: screen.found.period == "2024-08")
    settle(qtbot, runner)
    assert screen.view.bild.period.till.month == 8
    screen.view.utan_varde.click()
    assert len(shown(screen)) == 5
    screen.view.utan_varde.click()
    screen.view.avvikelser.click()
    assert screen.view.empty.fact.text() == "Inga avvikelser och inget som saknas."
    screen.view.empty.button.click()
    assert len(shown(screen)) == 5


def test_the_first_plan_from_a_template_and_its_end(
    go: Go, people: People, window: MainWindow, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = go("mal")
    qtbot.waitUntil(lambda: screen.view.empty.fact.text() == "Ingen plan än.")
    screen.view.empty.button.click()
    menu = next(m for m in screen.findChildren(QMenu) if m.isVisible())
    texts = [a.text() for a in menu.actions() if a.text()]
    assert texts == ["Från en fil…", *(f"Mall: {words}" for _, words in TEMPLATES)]
    menu.close()
    screen.inlasning.load_template("sodertalje-2024")
    qtbot.waitUntil(lambda: screen.view.bild is not None)
    assert screen.view.plan.currentText() == "Södertälje 2024"
    monkeypatch.setattr(dialog_module, "confirm", lambda *_a, **_k: True)
    monkeypatch.setattr("desktop.screens.mal.planakter.confirm", lambda *_a, **_k: True)
    screen.plan.delete()
    qtbot.waitUntil(lambda: count(store, Plan) == 0)
    qtbot.waitUntil(lambda: screen.view.empty.fact.text() == "Ingen plan än.")
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: screen.view.bild is not None)


def test_templates_are_those_that_ship() -> None:
    assert [kod for kod, _ in TEMPLATES] == sorted(f.stem for f in resource_path("planer").glob("*.toml"))


def test_the_same_plan_again_asks_and_is_written_back_without_loss(
    screen: Any,
    plan: Path,
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def answer(_theme: Any, title: str, *_rest: Any, **_more: Any) -> bool:
        asked.append(title)
        return len(asked) > 1

    monkeypatch.setattr(inlasning, "confirm", answer)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(plan), ""))
    screen.inlasning.choose()
    assert asked == ["Ersätt planen provstad-2024"]
    screen.inlasning.choose()
    qtbot.waitUntil(lambda: any("finns redan" in text for text in toast_texts(window)))
    target = tmp_path / "ut"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    screen.plan.export()
    qtbot.waitUntil(lambda: target.with_suffix(".toml").exists())
    qtbot.waitUntil(lambda: any("Sparad" in text for text in toast_texts(window)))
    assert read_plan(target.with_suffix(".toml")).plan == read_plan(plan).plan


def test_faults_of_a_file_are_listed(screen: Any, qtbot: QtBot, tmp_path: Path, store: Store) -> None:
    fil = tmp_path / "fel.toml"
    fil.write_text('okand = "ja"\n' + PLAN.replace('mal = "m1"', 'mal = "m9"'), encoding="utf-8")
    screen.inlasning.load(fil)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.window().findChildren(FelDialog)))
    dialog = next(d for d in screen.window().findChildren(FelDialog) if d.isVisible())
    assert dialog.model.rowCount() >= 2
    assert dialog.model.index(0, 0).data().startswith("Rad ")
    told = [dialog.model.index(at, 1).data() for at in range(dialog.model.rowCount())]
    assert [text.startswith("Varning: ") for text in told] == [False] * (len(told) - 1) + [True]
    assert "okand" in told[-1]
    dialog.action.click()
    assert count(store, Plan) == 1


def test_figures_from_kolada(
    screen: Any, qtbot: QtBot, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fil = tmp_path / "kolada.json"
    fil.write_text(
        '{"values": [{"kpi": "U40455", "municipality": "0580", "period": 2023, '
        '"values": [{"gender": "T", "count": 1, "status": "", "value": 47.2}]}]}'
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(fil), ""))
    screen.inlasning.choose_kolada()
    qtbot.waitUntil(lambda: count(store, Koladavarde) == 1)
    fil.write_text("{")
    screen.inlasning.choose_kolada()
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.window().findChildren(FelDialog)))


def test_who_may_not_change_may_comment(
    go: Go, plan: Path, store: Store, qtbot: QtBot, window: MainWindow
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.add(Medarbetare(signatur="eva", namn="Eva", roll="chef", aktiv=True))
    screen = go("mal")
    qtbot.waitUntil(lambda: screen.view.bild is not None)
    assert "behörighet" in screen.found.locked
    choose(screen, "i/i1")
    assert not screen.view.open.isEnabled()
    menu = QMenu(screen)
    screen.view.table.fill_menu(menu)
    allowed = {a.text() for a in menu.actions() if a.text() and a.isEnabled()}
    assert allowed == {"Kommentera…"}
    screen.rad.open()
    assert screen.sheet() is None
    assert screen.found.locked in " ".join(toast_texts(window))


def test_values_as_lines() -> None:
    varden = (
        Varde("2023", "50.0", None, "51"),
        Varde("2024", text="I.U; se not"),
        Varde("ingaende", totalt="3"),
    )
    assert read_varden(write_varden(varden)) == (varden, "")
    assert read_varden("2024; x")[1] == "Rad 1: ”x” är inget tal."


def more(screen: Any, words: str) -> Any:
    """The act of the menu under Mer."""
    screen.view.more.click()
    menu = next(m for m in screen.findChildren(QMenu) if m.isVisible())
    menu.close()
    return next(a for a in menu.actions() if a.text() == words)


def test_the_plan_itself_is_changed(
    screen: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    assert more(screen, "Ändra planen…").isEnabled()
    screen.plan.change()
    sheet = screen.sheet()
    assert sheet.boxes["uppfoljning"].field.value() == "2024-08, 2024-12"
    write(sheet, "ar", "tjugo")
    sheet.boxes["arshjul"].field.setPlainText("Mars: Ekonomiska nyckeltal; Uppföljning\nJuli")
    sheet.save.click()
    settle(qtbot, runner)
    assert sheet.boxes["ar"].error == "Skriv ett år, till exempel 2026."
    write(sheet, "ar", "2025")
    write(sheet, "uppfoljning", "2025-08; snart")
    qtbot.waitUntil(lambda: "”snart” är ingen period" in sheet.boxes["uppfoljning"].error)
    write(sheet, "uppfoljning", "2025-08")
    qtbot.waitUntil(lambda: not any(box.error for box in sheet.boxes.values()))
    sheet.save.click()
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: screen.found.plan is not None and screen.found.plan.ar == 2025)
    dokument = screen.found.bild.plan.dokument
    assert dokument.uppfoljning == ("2025-08",)
    assert dokument.arshjul == (
        Arshjul("Mars", ("Ekonomiska nyckeltal", "Uppföljning")),
        Arshjul("Juli", ()),
    )


def test_the_rules_of_assessment_are_written_in_the_window(
    screen: Any, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    assert more(screen, "Bedömningsregler…").isEnabled()
    screen.plan.change_rules()
    sheet = screen.sheet()
    assert [sheet.boxes[f"arsbokslut.{farg}"].label.text() for farg in ("gron", "gul", "rod")] == [
        "Grön", "Gul", "Röd",
    ]  # fmt: skip
    sheet.boxes["arsbokslut.gron"].field.setPlainText("Målet nås.\nAlla riktvärden nås.")
    write(sheet, "aktivitetsstatus", "Klar")
    qtbot.waitUntil(lambda: "skriv läget" in sheet.boxes["aktivitetsstatus"].error)
    write(sheet, "aktivitetsstatus", "Klar: Den är gjord")
    qtbot.waitUntil(lambda: not sheet.boxes["aktivitetsstatus"].error)
    sheet.save.click()
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: bool(screen.found.bild.plan.dokument.regler))
    assert screen.found.bild.plan.dokument.regler == {
        "arsbokslut": [{"farg": "gron", "rubrik": "Målet nås.", "text": "Alla riktvärden nås."}],
        "aktivitetsstatus": [{"status": "Klar", "text": "Den är gjord"}],
    }


def test_a_plan_that_does_not_judge_has_no_rules_to_write(
    screen: Any, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    screen.plan.change()
    sheet = screen.sheet()
    sheet.boxes["bedomning"].field.set_value("ingen")
    sheet.save.click()
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: screen.found.bild.plan.dokument.bedomning is Bedomningsskala.INGEN)
    assert not more(screen, "Bedömningsregler…").isEnabled()


def test_months_as_lines() -> None:
    hjul = (Arshjul("Mars", ("A", "B")), Arshjul("Juli", ()))
    assert write_arshjul(hjul) == "Mars: A; B\nJuli"
    assert read_arshjul("Mars: A; B\n\nJuli") == hjul
    assert read_perioder(" 2024-04,2024-08 ; 2024-12,") == ("2024-04", "2024-08", "2024-12")
    assert write_perioder(("2024-04", "2024")) == "2024-04, 2024"


def test_in_a_low_window_the_rows_have_the_room_of_the_hints(
    screen: Any, theme: Theme, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1180, 720)
    qtbot.waitUntil(screen.view.due.isVisible)
    theme.set(scale=200)
    qtbot.waitUntil(screen.view.due.isHidden)
    theme.set(scale=100)
    qtbot.waitUntil(screen.view.due.isVisible)
