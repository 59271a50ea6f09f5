"""The screen OSA: list, time line, övergångar and places, figures that open their people, acts on a row."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.models import Enhet, Inskrivning, OsaBeslut
from db.queries.figurer.osa import figures
from db.queries.osa import OsaFlik
from db.rules.insatstyper import OSA_ANSTALLNING, PRAKTIK_INFOR_OSA
from db.rules.period import make_period
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.bakom import BakomDialog
from desktop.screens.formular.sheet import Sheet
from desktop.screens.osa.model import ANSTALLNING, LONEBIDRAG, TOTALT, Tidval, Visning
from tests.gui.screens.conftest import ELIN, IDAG, People, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def day(n: int) -> date:
    return IDAG + timedelta(days=n)


@pytest.fixture
def osa(go: Go, store: Store, people: People, qtbot: QtBot, runner: Runner) -> Any:
    """Hodan's decision runs out, Åsa had praktik and now lacks a decision, the protected one is covered; the
    vägledning that everybody has takes places beside them. Ebba went over to other work."""
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        enhet_id = session.scalars(select(Enhet.id)).one()
        own = {row.deltagare_id: row.id for row in session.scalars(select(Inskrivning))}

        def put(person: int, typ: str, fran: int, till: int | None, *beslut: tuple[int, int]) -> None:
            insats = make.make_insats(
                session, inskrivning_id=own[person], typ=typ, start=day(fran), enhet_id=enhet_id,
                slut=None if till is None else day(till), planerat_slut=day(300),
            )  # fmt: skip
            for first, last in beslut:
                make.make_osa_beslut(
                    session, insats_id=insats.id, fran=day(first), till=day(last), bidrag_ore=1_650_000,
                    diarienummer="AF-2024/1",
                )  # fmt: skip
            if person == people.hodan:
                make.make_osa_uppfoljning(session, insats_id=insats.id, planerad=day(2))

        put(people.hodan, OSA_ANSTALLNING, -60, None, (-60, 20))
        put(people.asa, PRAKTIK_INFOR_OSA, -90, -30)
        put(people.asa, OSA_ANSTALLNING, -20, None)
        put(people.skyddad, OSA_ANSTALLNING, -60, None, (-60, 200))
        gone = make.make_deltagare(session, efternamn="Vidare", kon="M")
        inskrivning = make.make_inskrivning(session, deltagare_id=gone.id, inskriven=date(2023, 1, 1))
        own[gone.id] = inskrivning.id
        put(gone.id, OSA_ANSTALLNING, -300, -40, (-300, -40))
        put(gone.id, "nystartsjobb", -39, None)
        put(gone.id, "lönebidragsanställning", -10, None)
    screen = go("osa")
    qtbot.waitUntil(lambda: not runner.busy and bool(screen.view.kpis.cells) and bool(names(screen)))
    return screen


def names(screen: Any) -> list[str]:
    model = screen.view.pages.model
    return [model.row(at).namn for at in range(model.rowCount())]


def counts(screen: Any) -> dict[str, str]:
    return {key: pill.count for key, pill in screen.view.pills._buttons.items()}


def choose(field: Any, value: Any) -> None:
    field.set_value(value)
    field.activated.emit(field.currentIndex())


def choose_row(screen: Any, namn: str) -> None:
    screen.view.pages.current_table().setCurrentIndex(
        screen.view.pages.model.index(names(screen).index(namn), 0)
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def kpi(screen: Any, key: str) -> Any:
    return next(cell for cell in screen.view.kpis.cells if cell.kpi.key == key)


def people_of(window: MainWindow, qtbot: QtBot) -> tuple[str, list[str]]:
    """The title of the dialog over the screen, and who is in it; it is closed."""

    def dialog() -> Any:
        return next((d for d in window.findChildren(BakomDialog) if d.isVisible()), None)

    qtbot.waitUntil(lambda: dialog() is not None and dialog().count.text() != "Hämtar")
    shown = dialog()
    found = [shown.model.row(at).person.namn for at in range(shown.model.rowCount())]
    title = plain(shown.windowTitle())
    shown.reject()
    qtbot.waitUntil(lambda: dialog() is None)
    return title, found


def sheet_of(screen: Any) -> Any:
    return next((sheet for sheet in screen.findChildren(Sheet) if sheet.is_open), None)


def show(screen: Any, visning: Visning) -> None:
    screen.view.visning._buttons[visning.value].click()


def test_every_placement_is_listed_with_its_decision(osa: Any) -> None:
    assert names(osa) == ["Åsa Öberg", "Hodan Rönnstig", "Skyddad identitet", "Anna Vidare"]
    model = osa.view.pages.model
    cells = [
        [plain(model.index(row, at).data() or "") for at in range(model.columnCount())] for row in range(4)
    ]
    assert cells[0][1:5] == ["OSA-anställning", "Återbruket", "Saknar beslut", "14 maj"]
    assert cells[1][3:11] == [
        "Beslut går ut om 20 dagar", "4 apr", "30 mar 2025", "100 %", "4 apr–23 jun", "AF-2024/1",
        "16 500 kr", "5 jun",
    ]  # fmt: skip
    assert cells[2][2] == cells[2][8] == ""
    assert cells[3][1:4] == ["Lönebidragsanställning", "Återbruket", "Kräver inget beslut"]
    assert plain(osa.view.header.meta.text()) == "4 placeringar · idag"
    assert counts(osa) == {
        "alla": "4", "utan": "1", "gar_ut": "1", "finns": "1", "kravs_inte": "1", "kommer": "0",
    }  # fmt: skip


def test_the_figures_are_the_reports_own(osa: Any, store: Store, qtbot: QtBot) -> None:
    with store.read(ELIN) as session:
        year = {f.id: f.varde for f in figures(session, ELIN, make_period(date(2024, 1, 1), IDAG), IDAG)}
        today = {f.id: f.varde for f in figures(session, ELIN, make_period(IDAG, IDAG), IDAG)}
    shown = {cell.kpi.key: (cell.kpi.figure, cell.kpi.kvinnor, cell.kpi.man) for cell in osa.view.kpis.cells}

    def told(varde: Any) -> tuple[str, str, str]:
        return str(varde.totalt), str(varde.kvinnor), str(varde.man)

    assert shown == {
        "osa.totalt": told(year["osa.totalt"]), "osa.anstallning": told(year["osa.anstallning"]),
        "osa.praktik_infor": told(year["osa.praktik_infor"]),
        "overgang": told(year["osa.overgang_till_annan_anstallning"]),
        "utan": told(today["osa.utan_beslut"]), "gar_ut": told(today["osa.beslut_gar_ut_60_dagar"]),
    }  # fmt: skip
    assert plain(kpi(osa, TOTALT).kpi.detail) == "mål 110, 4 %"
    choose_year(osa, 2023)
    qtbot.waitUntil(lambda: kpi(osa, TOTALT).kpi.label == "I OSA 2023")
    assert kpi(osa, TOTALT).kpi.figure == "1"
    qtbot.waitUntil(lambda: names(osa) == ["Anna Vidare"])
    assert osa.view.header.meta.text().endswith("2023")


def choose_year(screen: Any, ar: int) -> None:
    screen.view.tidval._buttons[Tidval.AR.value].click()
    choose(screen.view.ar, ar)


def test_a_day_that_has_been_or_is_to_come(osa: Any, qtbot: QtBot) -> None:
    osa.view.dag.set_value(day(-80))
    qtbot.waitUntil(lambda: names(osa)[0] == "Anna Vidare")
    assert sorted(names(osa)) == ["Anna Vidare", "Åsa Öberg"]
    assert counts(osa)["kommer"] == "0"  # what began later is no news of a day that has been
    qtbot.waitUntil(lambda: "15 mars 2024" in plain(kpi(osa, "utan").kpi.detail))
    osa.view.dag.set_value(day(100))
    # What has a planned end later is there still; figures are of today.
    qtbot.waitUntil(lambda: plain(osa.view.header.meta.text()) == "4 placeringar · 11 september 2024")
    qtbot.waitUntil(lambda: kpi(osa, "utan").kpi.detail == "idag")


def test_the_picture_is_the_report_of_each_year_and_opens_its_people(
    osa: Any, store: Store, window: MainWindow, qtbot: QtBot
) -> None:
    chart = osa.view.chart
    assert [row.cells for row in chart.picture.table.rows] == [
        ("2023", "0", "1", "1"), ("2024 hittills", "3", "1", "4")
    ]  # fmt: skip
    assert "Mål 110" in chart.picture.words
    # Small numbers are hidden in what leaves the programme, and the picture says so.
    assert [row.cells[1:] for row in chart.underlag.made().table.rows] == [
        ("0", "<5", "–"),
        ("<5", "<5", "–"),
    ]
    chart.chosen.emit(f"{TOTALT}|K|2024")
    title, found = people_of(window, qtbot)
    assert (title, sorted(found)) == (
        "Personer i all OSA 2024, kvinnor", ["Hodan Rönnstig", "Skyddad identitet", "Åsa Öberg"],
    )  # fmt: skip
    choose(osa.view.volym, LONEBIDRAG)
    assert chart.picture.title == "Personer i OSA och lönebidrag per år"
    assert "Mål" not in chart.picture.words
    chart.chosen.emit(f"{LONEBIDRAG}|M|2024")
    assert people_of(window, qtbot)[1] == ["Anna Vidare"]


@pytest.mark.parametrize(
    ("key", "title", "found"),
    [
        (TOTALT, "Personer i all OSA 2024 hittills", 4),
        (ANSTALLNING, "Personer i OSA-anställning 2024 hittills", 4),
        ("overgang", "Övergångar från OSA 2024 hittills", 1),
        ("utan", "Utan täckande beslut, idag", 1),
        ("gar_ut", "Beslut går ut inom 60 dagar, idag", 1),
    ],
)
def test_every_figure_opens_its_people(
    osa: Any, window: MainWindow, qtbot: QtBot, key: str, title: str, found: int
) -> None:
    cell = kpi(osa, key)
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Return)
    told, people = people_of(window, qtbot)
    assert (told, len(people)) == (title, found)


def test_pills_and_filters_narrow_the_list_and_are_cleared(osa: Any, qtbot: QtBot, runner: Runner) -> None:
    osa.view.pills._buttons[OsaFlik.GAR_UT.value].click()
    qtbot.waitUntil(lambda: names(osa) == ["Hodan Rönnstig"])
    choose(osa.view.kon, "M")
    qtbot.waitUntil(lambda: osa.view.pages.empty.isVisible())
    assert osa.view.pages.empty.fact.text() == "Inga träffar."
    assert not osa.view.decide.isEnabled()
    osa.view.pages.empty.button.click()
    qtbot.waitUntil(lambda: len(names(osa)) == 4)
    choose(osa.view.ansvarig, "elin")
    qtbot.waitUntil(lambda: len(names(osa)) == 3)
    choose(osa.view.typ, PRAKTIK_INFOR_OSA)
    qtbot.waitUntil(lambda: names(osa) == [])
    choose_year(osa, 2024)
    qtbot.waitUntil(lambda: names(osa) == ["Åsa Öberg"])
    settle(qtbot, runner)


def test_a_decision_is_extended_here_and_taken_back(
    osa: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    choose_row(osa, "Hodan Rönnstig")
    assert osa.view.decide.text() == "Förläng beslut…"
    osa.view.decide.click()
    qtbot.waitUntil(lambda: sheet_of(osa) is not None)
    sheet = sheet_of(osa)
    settle(qtbot, runner)
    assert "Hodan Rönnstig · OSA-anställning, Återbruket" in plain(sheet.context.text())
    assert sheet.boxes["fran"].field.value() == day(21)
    type_text(sheet.boxes["till"].field.line, "2024-12-31")
    sheet.save.click()
    qtbot.waitUntil(lambda: counts(osa)["gar_ut"] == "0" and counts(osa)["finns"] == "2")
    assert "Beslutet är registrerat." in toast_texts(window)
    # The ring stays on the placement, which has come to another place in the list.
    assert osa.view.current_rad().namn == "Hodan Rönnstig"
    assert osa.view.current_rad().tackt_till == date(2024, 12, 31)
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: counts(osa)["gar_ut"] == "1")
    settle(qtbot, runner)
    with store.read(SYSTEM) as session:
        assert session.scalar(select(func.count()).select_from(OsaBeslut)) == 3


def test_follow_up_and_overgang_open_over_the_list(osa: Any, qtbot: QtBot, runner: Runner) -> None:
    choose_row(osa, "Hodan Rönnstig")
    osa.view.follow.click()
    qtbot.waitUntil(lambda: sheet_of(osa) is not None)
    assert "Planerad 5 jun" in plain(sheet_of(osa).context.text())
    assert osa.may_leave()
    qtbot.waitUntil(lambda: sheet_of(osa) is None)
    osa.view.go_over.click()
    qtbot.waitUntil(lambda: sheet_of(osa) is not None)
    assert sheet_of(osa).title.text() == "Övergång från OSA"
    settle(qtbot, runner)
    osa.decide()  # not over another form
    assert sheet_of(osa).title.text() == "Övergång från OSA"
    assert osa.may_leave()


def test_what_cannot_be_done_says_why(osa: Any, store: Store, people: People, qtbot: QtBot) -> None:
    choose_row(osa, "Anna Vidare")
    view = osa.view
    assert view.decide.toolTip() == "Bara en OSA-anställning har beslut."
    assert view.follow.toolTip() == view.go_over.toolTip() == "Det här är ingen OSA-placering."
    osa.decide()
    osa.follow()
    osa.move_on()
    assert sheet_of(osa) is None
    with store.unit_of_work(SYSTEM, "test") as work:
        own = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.asa)).one()
        own.avslutad, own.resultat = IDAG, "avbrutit"
    osa.refresh()
    qtbot.waitUntil(lambda: not osa.view.pages.model.row(0).oppen)
    choose_row(osa, "Åsa Öberg")
    assert view.go_over.toolTip() == "Inskrivningen är avslutad."
    assert view.decide.text() == "Nytt beslut…"


def test_the_menu_and_the_command_box_have_the_same_acts(
    osa: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    choose_row(osa, "Åsa Öberg")
    menu = QMenu()
    osa._fill_menu(menu)
    assert [a.text() for a in menu.actions()] == ["Nytt beslut…", "Följ upp…", "Övergång…"]
    texts = [hit.text for hit in osa.acts()]
    assert texts == [
        "OSA: Lista", "OSA: Tidslinje", "OSA: Övergångar", "OSA: Interna platser", "Åsa Öberg: Nytt beslut…",
        "Åsa Öberg: Följ upp…", "Åsa Öberg: Övergång…", "Mål för OSA…",
    ]  # fmt: skip
    next(hit for hit in osa.acts() if hit.text == "OSA: Tidslinje").run()
    assert osa.view.visas() is Visning.TIDSLINJE
    QTest.keyClick(osa.view.pages.timeline, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not osa)
    card: Any = window.screen_shown
    qtbot.waitUntil(lambda: card.view.tabs.tabText(card.view.tabs.currentIndex()) == "OSA")
    settle(qtbot, runner)


def test_the_time_line_tells_gaps_in_words_and_is_drawn(osa: Any, qtbot: QtBot) -> None:
    show(osa, Visning.TIDSLINJE)
    view = osa.view
    lines = view.pages.lines
    told = [plain(lines.index(at, 2).data()) for at in range(lines.rowCount())]
    assert told[0] == "OSA-anställning 14 maj 2024–30 mar 2025. Utan beslut sedan 14 maj."
    assert told[1] == (
        "OSA-anställning 4 apr 2024–30 mar 2025. Beslut 4 apr–23 jun. Inget beslut än sedan 24 jun."
    )
    assert told[3].startswith("Lönebidragsanställning")
    assert view.spann.isVisible()
    qtbot.waitUntil(lambda: view.pages.timeline.viewport().width() > 0)
    image = view.pages.timeline.grab().toImage()
    assert len({image.pixel(x, view.pages.timeline.height() // 3) for x in range(0, image.width(), 3)}) > 3
    two = view.window_shown()
    choose(view.spann, 4)
    four = view.window_shown()
    assert (four.till - four.fran).days == pytest.approx(2 * (two.till - two.fran).days, abs=2)
    view.pages.timeline.selectAll()
    view.pages.timeline.copy()
    assert "Utan beslut sedan" in QGuiApplication.clipboard().text()


def test_overgangar_and_places_have_their_own_tables(
    osa: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    show(osa, Visning.OVERGANGAR)
    view = osa.view
    assert not view.pills.isVisible()
    cells = [plain(view.pages.gone.index(0, at).data()) for at in range(view.pages.gone.columnCount())]
    assert [cells[0], *cells[2:]] == ["Anna Vidare", "Återbruket", "24 apr", "Nystartsjobb", "25 apr"]
    osa.focus_filter()
    view.pages.overgangar.copy()
    qtbot.waitUntil(lambda: any("kopierad" in text for text in toast_texts(window)))
    show(osa, Visning.PLATSER)
    cells = [plain(view.pages.enheter.index(0, at).data()) for at in range(view.pages.enheter.columnCount())]
    assert cells == ["Återbruket", "1", "3", "6", "0", "1 platser: 3 OSA, 6 andra, 8 för många"]
    assert plain(view.pages.told.text()).startswith("OSA har 3 av 1 intern plats (300 %). De räknas en gång")
    view.pages.platser.copy()
    assert QGuiApplication.clipboard().text().split("\n")[1].split("\t")[2:4] == ["<5", ".."]
    QTest.keyClick(view.pages.platser, Qt.Key.Key_Return)
    title, found = people_of(window, qtbot)
    # Of the protected one no place is told, so he is not among those told here.
    assert (title, sorted(found)) == ("OSA på Återbruket idag", ["Hodan Rönnstig", "Åsa Öberg"])
    choose_year(osa, 2022)
    show(osa, Visning.OVERGANGAR)
    qtbot.waitUntil(lambda: view.pages.empty_gone.isVisible())
    settle(qtbot, runner)


def test_more_rows_are_fetched_and_sorted_all(osa: Any, store: Store, qtbot: QtBot, runner: Runner) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for n in range(150):
            make.make_insats(work.session, typ=PRAKTIK_INFOR_OSA, start=day(-n))
    osa.refresh()
    qtbot.waitUntil(lambda: osa.view.pages.model.total == 154)
    assert osa.view.pages.model.rowCount() == 100
    osa.view.pages.model.fetchMore(osa.view.pages.model.index(-1, -1))
    qtbot.waitUntil(lambda: osa.view.pages.model.rowCount() == osa.view.pages.lines.rowCount() == 154)
    osa.view.clear()
    qtbot.waitUntil(lambda: osa.view.pages.model.rowCount() == 100)
    osa.view.pages.table.set_sorting(("start", True))
    qtbot.waitUntil(lambda: osa.view.pages.model.row(0).start == day(0))
    show(osa, Visning.TIDSLINJE)
    qtbot.waitUntil(lambda: osa.view.pages.model.row(0).namn == "Åsa Öberg")
    settle(qtbot, runner)


def test_enter_opens_the_card_at_osa(osa: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    choose_row(osa, "Åsa Öberg")
    QTest.keyClick(osa.view.pages.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not osa)
    settle(qtbot, runner)


def test_the_goal_is_changed_in_the_settings(
    osa: Any, go: Go, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    osa.view.goal.click()
    qtbot.waitUntil(lambda: window.screen_shown is not osa and sheet_of(window.screen_shown) is not None)
    settle(qtbot, runner)
    sheet = sheet_of(window.screen_shown)
    field = sheet.boxes["osa.mal_per_ar"].field
    assert field.value() == "110"
    field.selectAll()
    type_text(field, "många")
    sheet.save.click()
    qtbot.waitUntil(lambda: sheet.boxes["osa.mal_per_ar"].error == "Skriv antalet med siffror.")
    field.selectAll()
    type_text(field, "8")
    sheet.save.click()
    qtbot.waitUntil(lambda: not sheet.is_open)
    settle(qtbot, runner)
    again = go("osa")
    qtbot.waitUntil(lambda: plain(kpi(again, TOTALT).kpi.detail) == "mål 8, 50 %")
    settle(qtbot, runner)
