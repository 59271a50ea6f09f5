"""The screen Avslut: figures and pictures that open their people, follow-ups that are done from the list."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Inskrivning, Rapportutskrift, Uppfoljning
from db.queries.figurer.avslut import figures
from db.queries.idag.scope import Omfang
from db.queries.uppfoljningslista import Flik
from db.rules.period import make_period
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.avslut.view import KVAR, MATRIS, SLUT, UPPFOLJNINGAR
from desktop.screens.bakom import BakomDialog
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.period import PeriodDialog
from desktop.screens.formular.sheet import Sheet
from tests.gui.screens.conftest import ELIN, IDAG, People, settle, toast_texts
from tests.helpers import factories as make

Go = Callable[..., Any]
SVAR = "6 månader"


@pytest.fixture
def avslut(go: Go, store: Store, people: People, qtbot: QtBot, runner: Runner) -> Any:
    """Hodan went to work and Åsa to studies and back; two protected ones stopped."""
    closed = (
        (people.hodan, date(2024, 4, 28), "arbete", "lön"),
        (people.asa, date(2023, 12, 1), "studier", "studiemedel"),
        (people.skyddad, date(2024, 5, 2), "avbrutit", None),
        (people.annans, date(2024, 3, 1), "studier", "studiemedel"),
    )  # fmt: skip
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        for person, dag, resultat, efter in closed:
            row = session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == person)).one()
            row.inskriven, row.avslutad, row.resultat = date(2023, 1, 1), dag, resultat
            row.forsorjning_fore, row.forsorjning_efter = "ekonomiskt bistånd", efter
            if resultat == "arbete":
                row.arbete_fran = date(2024, 5, 1)
                make.make_uppfoljning(
                    session, inskrivning_id=row.id, slag="1 månad", planerad=date(2024, 6, 1)
                )
            else:
                make.make_uppfoljning(session, inskrivning_id=row.id, slag=SVAR, planerad=date(2024, 6, 3))
        make.make_inskrivning(
            session, deltagare_id=people.asa, inskriven=date(2024, 2, 1), koordinator="elin"
        )
    screen = go("avslut", UPPFOLJNINGAR)
    qtbot.waitUntil(lambda: not runner.busy and bool(screen.view.kpis.cells) and bool(names(screen)))
    return screen


def names(screen: Any) -> list[str]:
    model = screen.view.uppfoljningar.model
    return [model.row(at).person.namn for at in range(model.rowCount())]


def counts(screen: Any) -> dict[str, str]:
    return {key: pill.count for key, pill in screen.view.uppfoljningar.pills._buttons.items()}


def press_pill(screen: Any, flik: Flik) -> None:
    screen.view.uppfoljningar.pills._buttons[flik.value].click()


def choose(field: Any, value: Any) -> None:
    field.set_value(value)
    field.activated.emit(field.currentIndex())


def choose_row(screen: Any, namn: str) -> None:
    view = screen.view.uppfoljningar
    view.table.setCurrentIndex(view.model.index(names(screen).index(namn), 0))


def dialog_of(window: MainWindow, kind: type) -> Any:
    return next((d for d in window.findChildren(kind) if d.isVisible()), None)


def kpi(screen: Any, key: str) -> Any:
    return next(cell for cell in screen.view.kpis.cells if cell.kpi.key == key)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2002", " ")


def report(store: Store, fran: date, till: date, per: date) -> dict[str, Any]:
    with store.read(ELIN) as session:
        return {f.id: f.varde for f in figures(session, ELIN, make_period(fran, till), per)}


def told(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %"


@pytest.mark.parametrize(
    ("period", "per", "fran", "till", "dag"),
    [
        (Perioden.I_AR, "idag", date(2024, 1, 1), IDAG, IDAG),
        (Perioden.FORRA_ARET, "idag", date(2023, 1, 1), date(2023, 12, 31), IDAG),
        (Perioden.FORRA_ARET, SLUT, date(2023, 1, 1), date(2023, 12, 31), date(2023, 12, 31)),
    ],
)  # fmt: skip
def test_the_figures_are_the_reports_own(
    avslut: Any, store: Store, qtbot: QtBot, period: Perioden, per: str, fran: date, till: date, dag: date
) -> None:
    choose(avslut.view.per, per)
    choose(avslut.view.period, period)
    varden = report(store, fran, till, dag)
    ska = {
        "totalt": str(varden["avslut.totalt"].totalt),
        "arbete_studier": told(varden["avslut.andel_arbete_studier"].totalt),
        "egen": told(varden["avslut.andel_egen_forsorjning"].totalt),
        "invantar": str(varden["avslut.invantar_bekraftelse"].totalt),
        "tillbaka": told(varden["avslut.andel_ej_ateraktualiserade"].totalt),
    }
    qtbot.waitUntil(lambda: {key: plain(kpi(avslut, key).kpi.figure) for key in ska} == ska)
    rows = {
        rad.id: rad.varde for rad in (avslut.view.model.row(at) for at in range(avslut.view.model.rowCount()))
    }
    for id_, varde in rows.items():
        if id_ in varden:
            assert varde == varden[id_]
    assert set(rows) >= {
        f"avslut.{namn}" for namn in ("totalt", "a_arbete", "e_ovrigt", "invantar_bekraftelse")
    }


@pytest.mark.parametrize(
    ("key", "title", "rows"),
    [
        ("totalt", "Avslutade i år", 2), ("arbete_studier", "Till arbete eller studier i år", 0),
        ("egen", "Till egen försörjning i år", 1), ("invantar", "Inväntar bekräftelse i år", 1),
        ("kvar", "Följs upp efter 12 månader i år", 0), ("tillbaka", "Åter inom 365 dagar i år", 0),
    ],
)  # fmt: skip
def test_every_figure_opens_its_people(
    avslut: Any, window: MainWindow, qtbot: QtBot, key: str, title: str, rows: int
) -> None:
    """Whom nobody here is named for is counted and not listed."""
    cell = kpi(avslut, key)
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    assert dialog.windowTitle() == title
    qtbot.waitUntil(lambda: dialog.count.text() != "Hämtar" and dialog.model.rowCount() == rows)
    if rows:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.screen_shown is not avslut)


@pytest.mark.parametrize(
    ("part", "title", "who"),
    [
        ("klass:B:K", "Studier 2023, kvinnor", ["Åsa Öberg"]), ("klass:B:M", "Studier 2023, män", []),
        ("vag:ekonomiskt bistånd:studiemedel:", "Ekonomiskt bistånd → studiemedel 2023", ["Åsa Öberg"]),
        ("dagar:61:90:", "Åter 61–90 dagar efter avslutet 2023", ["Åsa Öberg"]),
        ("dagar:1:30:", "Åter 1–30 dagar efter avslutet 2023", []),
        ("ater:studier:K", "Studier: åter inom 365 dagar 2023, kvinnor", ["Åsa Öberg"]),
        ("resultat.B.studier:", "Studier 2023", ["Åsa Öberg"]),
        ("avslut.b_studier:", "Studier 2023", ["Åsa Öberg"]),
        ("avslut.totalt:", "Avslutade 2023", ["Åsa Öberg"]),
    ],
)  # fmt: skip
def test_every_part_opens_its_people(
    avslut: Any, window: MainWindow, qtbot: QtBot, part: str, title: str, who: list[str]
) -> None:
    choose(avslut.view.period, Perioden.FORRA_ARET)
    qtbot.waitUntil(lambda: "2023" in kpi(avslut, "totalt").kpi.label)
    avslut.view.part_chosen.emit(part)
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    assert plain(dialog.windowTitle()) == title
    qtbot.waitUntil(lambda: dialog.count.text() != "Hämtar")
    assert [dialog.model.row(at).person.namn for at in range(dialog.model.rowCount())] == who
    dialog.reject()


def test_pictures_have_tables_and_hide_small_numbers_when_they_leave(
    avslut: Any, qtbot: QtBot, runner: Runner
) -> None:
    choose(avslut.view.period, Perioden.FORRA_ARET)
    qtbot.waitUntil(lambda: "2023" in avslut.view.charts["klasser"].picture.title)
    charts = avslut.view.charts
    shown = {row.cells[0]: row.cells[1:] for row in charts["klasser"].picture.table.rows}
    assert [plain(cell) for cell in shown["B\u2002Studier"]] == ["1 (100 %)", "0"]
    leaving = {row.cells[0]: row.cells[1:] for row in charts["klasser"].underlag.made().table.rows}
    assert leaving["B\u2002Studier"][0] in ("<5", "..")
    assert {row.cells[:2] for row in charts["matris"].picture.table.rows} >= {("Ekonomiskt bistånd", "1")}
    assert "1" not in {cell for row in charts["matris"].underlag.made().table.rows for cell in row.cells}
    assert [row.cells for row in charts["dagar"].picture.table.rows if "1" in row.cells[1:]] == [
        ("61–90", "1", "0")
    ]
    for name in ("dagar", "tillbaka"):
        cells = {cell for row in charts[name].underlag.made().table.rows for cell in row.cells[1:]}
        assert "1" not in cells
        assert cells & {"<5", ".."}
    avslut.view.show_page(MATRIS)
    avslut.view.kon._buttons["man"].click()
    qtbot.waitUntil(lambda: ", män" in charts["matris"].picture.title)
    assert {row.cells[1] for row in charts["matris"].picture.table.rows} == {"0"}


def test_the_table_of_results_is_copied_as_it_may_leave(avslut: Any, qtbot: QtBot) -> None:
    table = avslut.view.table
    QGuiApplication.clipboard().clear()
    table.selectAll()
    table.copy()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Resultat", "Kvinnor", "Män"]
    figures_ = {cell for line in lines[1:] for cell in line.split("\t")[1:-1]}
    assert figures_ <= {"0", "<5", ".."}


def handed_over(avslut: Any) -> list[tuple[str, str]]:
    with avslut._context.store.read(SYSTEM) as session:
        query = select(Rapportutskrift.rapport, Rapportutskrift.form).order_by(Rapportutskrift.id)
        return [tuple(row) for row in session.execute(query)]


def test_what_leaves_is_remembered_before_it_does(
    avslut: Any, qtbot: QtBot, tmp_path: Path, choose_file: Callable[[str], None]
) -> None:
    """R12: picture, figures, file, and what is put aside for a report of pictures."""
    choose(avslut.view.period, Perioden.FORRA_ARET)
    qtbot.waitUntil(lambda: "2023" in avslut.view.charts["klasser"].picture.title)
    charts, clipboard = avslut.view.charts, QGuiApplication.clipboard()
    assert handed_over(avslut) == []
    clipboard.clear()
    charts["klasser"].copy_wanted.emit()
    qtbot.waitUntil(lambda: not clipboard.image().isNull())
    assert handed_over(avslut) == [("avslut", "bild")]
    charts["matris"].copy_figures()
    qtbot.waitUntil(lambda: clipboard.text().startswith("Före"))
    assert "1" not in clipboard.text().split()
    charts["dagar"].show_table(True)
    charts["dagar"].table.selectRow(2)
    charts["dagar"].table.copy()
    qtbot.waitUntil(lambda: clipboard.text().startswith("Dagar"))
    assert len(clipboard.text().splitlines()) == 2
    choose_file(str(tmp_path / "kvar.svg"))
    charts["kvar"].save_wanted.emit("svg")
    qtbot.waitUntil((tmp_path / "kvar.svg").exists)
    menu = QMenu()
    qtbot.addWidget(menu)
    charts["kvar"].fill_report(menu)
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(avslut._context.bilder.pictures))
    assert {form for _, form in handed_over(avslut)} >= {"bild", "text", "svg"}


def test_what_is_to_be_done_is_listed_and_counted(avslut: Any, qtbot: QtBot, runner: Runner) -> None:
    assert names(avslut) == ["Hodan Rönnstig", "Skyddad identitet", "Åsa Öberg"]
    assert counts(avslut) == {
        "att_gora": "3", "passerade": "1", "snart": "2", "senare": "0", "bekrafta": "1", "gjorda": "0",
        "utan_svar": "0",
    }  # fmt: skip
    model = avslut.view.uppfoljningar.model
    assert [plain(model.index(0, at).data()) for at in (2, 4, 5)] == ["1 månad", "Arbete", "28 apr"]
    press_pill(avslut, Flik.PASSERADE)
    qtbot.waitUntil(lambda: names(avslut) == ["Hodan Rönnstig"])
    press_pill(avslut, Flik.GJORDA)
    qtbot.waitUntil(lambda: avslut.view.uppfoljningar.empty.isVisible())
    assert avslut.view.uppfoljningar.empty.fact.text() == "Inga uppföljningar är gjorda under perioden."
    press_pill(avslut, Flik.ATT_GORA)
    qtbot.waitUntil(lambda: len(names(avslut)) == 3)
    choose(avslut.view.uppfoljningar.resultat, "pension")
    qtbot.waitUntil(lambda: avslut.view.uppfoljningar.empty.button.isVisible())
    assert avslut.view.uppfoljningar.empty.fact.text() == "Inga träffar."
    avslut.view.uppfoljningar.empty.button.click()
    qtbot.waitUntil(lambda: len(names(avslut)) == 3)
    choose(avslut.view.uppfoljningar.vilka, Omfang.MINA)
    settle(qtbot, runner)
    assert len(names(avslut)) == 3
    choose(avslut.view.uppfoljningar.slag, "1 månad")
    qtbot.waitUntil(lambda: names(avslut) == ["Hodan Rönnstig"])


def test_a_month_is_confirmed_from_its_row_and_taken_back(
    avslut: Any, store: Store, window: MainWindow, qtbot: QtBot
) -> None:
    choose_row(avslut, "Åsa Öberg")
    assert not avslut.view.uppfoljningar.confirm.isEnabled()
    assert avslut.view.uppfoljningar.confirm.toolTip() == "Här väntar ingen månad på att bekräftas."
    choose_row(avslut, "Hodan Rönnstig")
    assert [hit.text for hit in avslut.acts()][:2] == ["Följ upp…", "Bekräfta månad"]
    avslut.view.uppfoljningar.confirm.click()
    qtbot.waitUntil(lambda: "Hodan Rönnstig" not in names(avslut))
    assert toast_texts(window)[-1] == "Hodan Rönnstig: minst en månad i arbete är bekräftad."
    qtbot.waitUntil(lambda: kpi(avslut, "invantar").kpi.figure == "0" and counts(avslut)["gjorda"] == "1")
    press_pill(avslut, Flik.GJORDA)
    qtbot.waitUntil(lambda: names(avslut) == ["Hodan Rönnstig"])
    assert avslut.view.uppfoljningar.follow_up.text() == "Ändra svaret…"
    press_pill(avslut, Flik.ATT_GORA)
    qtbot.waitUntil(lambda: names(avslut) == ["Skyddad identitet", "Åsa Öberg"])
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: "Hodan Rönnstig" in names(avslut))
    with store.read(ELIN) as session:
        assert (
            session.scalars(select(Uppfoljning).where(Uppfoljning.slag == "1 månad")).one().genomford is None
        )


def menu_of(screen: Any) -> dict[str, Any]:
    menu = QMenu()
    screen.view.uppfoljningar.table.fill_menu(menu)
    screen.kept = menu  # or its actions go with it
    return {action.text(): action for action in menu.actions()}


def test_the_menu_has_every_act_of_the_row(avslut: Any, window: MainWindow, qtbot: QtBot) -> None:
    choose_row(avslut, "Åsa Öberg")
    enabled = {text: action.isEnabled() for text, action in menu_of(avslut).items()}
    assert enabled == {
        "Följ upp…": True, "Bekräfta månad": False, "Mindre än en månad": False, "Flytta…": True,
        "Öppna kortet": True,
    }  # fmt: skip
    choose_row(avslut, "Hodan Rönnstig")
    menu_of(avslut)["Mindre än en månad"].trigger()
    qtbot.waitUntil(lambda: "Hodan Rönnstig" not in names(avslut))
    assert toast_texts(window)[-1] == "Hodan Rönnstig: mindre än en månad i arbete."


@pytest.mark.parametrize(
    ("text", "title"), [("Följ upp…", "Uppföljning efter 6 månader"), ("Flytta…", "Flytta uppföljning")]
)
def test_the_forms_open_on_the_card(
    avslut: Any, window: MainWindow, qtbot: QtBot, text: str, title: str
) -> None:
    choose_row(avslut, "Åsa Öberg")
    menu_of(avslut)[text].trigger()
    qtbot.waitUntil(lambda: any(sheet.is_open for sheet in window.findChildren(Sheet)))
    (sheet,) = [sheet for sheet in window.findChildren(Sheet) if sheet.is_open]
    assert sheet.title.text() == title


def test_enter_opens_the_card(avslut: Any, window: MainWindow, qtbot: QtBot) -> None:
    choose_row(avslut, "Åsa Öberg")
    QTest.keyClick(avslut.view.uppfoljningar.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not avslut)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Åsa Öberg"))
    assert not any(sheet.is_open for sheet in window.findChildren(Sheet))


def test_somebody_else_was_there_before(avslut: Any, store: Store, window: MainWindow, qtbot: QtBot) -> None:
    choose_row(avslut, "Hodan Rönnstig")
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.scalars(select(Uppfoljning).where(Uppfoljning.slag == "1 månad")).one()
        row.genomford = IDAG
    avslut.view.uppfoljningar.confirm.click()
    qtbot.waitUntil(lambda: any("Någon annan" in text for text in toast_texts(window)))


def test_pages_filters_and_the_period_are_reached_by_keys(
    avslut: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    avslut.focus_filter()
    qtbot.waitUntil(lambda: avslut.view.uppfoljningar.pills._buttons["att_gora"].hasFocus())
    pages = {hit.text: hit for hit in avslut.acts()}
    pages["Avslut: Kvar eller tillbaka"].run()
    assert avslut.view.shown() == KVAR
    assert avslut.view.pages[KVAR].isVisible()
    avslut.focus_filter()
    qtbot.waitUntil(lambda: avslut.view.period.hasFocus())
    choose(avslut.view.period, Perioden.EGEN)
    qtbot.waitUntil(lambda: dialog_of(window, PeriodDialog) is not None)
    dialog = dialog_of(window, PeriodDialog)
    dialog.reject()
    assert avslut.view.period.value() is Perioden.I_AR
    choose(avslut.view.period, Perioden.EGEN)
    dialog = dialog_of(window, PeriodDialog)
    dialog.fran.set_value(date(2023, 12, 1))
    dialog.till.set_value(date(2023, 12, 31))
    dialog.action.click()
    qtbot.waitUntil(lambda: kpi(avslut, "totalt").kpi.figure == "1")


def test_a_long_list_comes_by_pages(avslut: Any, store: Store, qtbot: QtBot, runner: Runner) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for number in range(220):
            person = make.make_deltagare(work.session, efternamn=f"N{number:03}")
            row = make.make_inskrivning(
                work.session,
                deltagare_id=person.id,
                inskriven=date(2023, 1, 1),
                avslutad=date(2024, 3, 1),
                resultat="studier",
            )
            make.make_uppfoljning(work.session, inskrivning_id=row.id, slag=SVAR, planerad=date(2024, 9, 1))
    press_pill(avslut, Flik.SENARE)
    model = avslut.view.uppfoljningar.model
    qtbot.waitUntil(lambda: model.rowCount() >= 100 and model.total == 220)
    avslut.view.uppfoljningar.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() >= 200)
    table = avslut.view.uppfoljningar.table
    table.set_sorting(("namn", True))
    qtbot.waitUntil(lambda: bool(names(avslut)) and names(avslut)[0].endswith("N219"))
    avslut.refresh()
    settle(qtbot, runner)
    assert names(avslut)[0].endswith("N219")


def test_the_figures_stand_in_a_row_where_there_is_room(
    avslut: Any, window: MainWindow, qtbot: QtBot
) -> None:
    def places() -> int:
        return len({cell.y() for cell in avslut.view.kpis.cells})

    window.resize(1440, 900)
    qtbot.waitUntil(lambda: places() == 1)
    window.resize(1180, 720)
    qtbot.waitUntil(lambda: places() == 2)
