"""The aktivitetskrav: pills, filters, acts on a row, figures and picture that open their people."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Arende, Insats, Inskrivning, Undantag
from db.queries.figurer.aktivitetskrav import figures
from db.queries.kravlista import Flik
from db.rules.period import make_period, parse_period
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.aktivitetskrav.model import Startad, Steg, list_perioder, start_span
from desktop.screens.bakom import BakomDialog
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.period import PeriodDialog
from desktop.screens.formular.sheet import Sheet
from tests.gui.screens.conftest import ELIN, IDAG, People, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


@pytest.fixture
def krav(go: Go, store: Store, people: People, qtbot: QtBot, runner: Runner) -> Any:
    """Hodan is late, Åsa has an undantag without end since March, and the protected one has an activity."""
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        given = (
            (people.skyddad, date(2024, 5, 10)), (people.hodan, date(2024, 4, 2)),
            (people.asa, date(2024, 2, 1)),
        )  # fmt: skip
        for person, beslut in given:
            arende = session.scalars(select(Arende).where(Arende.deltagare_id == person)).one()
            arende.ansokan, arende.beslut = beslut, beslut
        make.make_undantag(session, arende_id=arende.id, fran=date(2024, 2, 5), till=None, skal="sjuk")
        for insats in session.scalars(select(Insats)).all():
            insats.start, insats.slut = date(2024, 1, 2), date(2024, 1, 3)
        own = select(Inskrivning.id).where(Inskrivning.deltagare_id == people.skyddad)
        make.make_insats(session, inskrivning_id=session.scalars(own).one(), start=date(2024, 5, 12))
    screen = go("aktivitetskrav")
    qtbot.waitUntil(lambda: not runner.busy and bool(screen.view.kpis.cells) and bool(names(screen)))
    return screen


def names(screen: Any) -> list[str]:
    model = screen.view.model
    return [model.row(at).person.namn for at in range(model.rowCount())]


def counts(screen: Any) -> dict[str, str]:
    return {key: pill.count for key, pill in screen.view.pills._buttons.items()}


def press_pill(screen: Any, flik: Flik) -> None:
    screen.view.pills._buttons[flik.value].click()


def choose(field: Any, value: Any) -> None:
    field.set_value(value)
    field.activated.emit(field.currentIndex())


def choose_row(screen: Any, namn: str) -> None:
    screen.view.table.setCurrentIndex(screen.view.model.index(names(screen).index(namn), 0))


def dialog_of(window: MainWindow, kind: type) -> Any:
    return next((d for d in window.findChildren(kind) if d.isVisible()), None)


def open_sheet(screen: Any) -> Any:
    return next((sheet for sheet in screen.findChildren(Sheet) if sheet.is_open), None)


def kpi(screen: Any, key: str) -> Any:
    return next(cell for cell in screen.view.kpis.cells if cell.kpi.key == key)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_everyone_followed_is_listed_with_status_and_masked_where_protected(krav: Any) -> None:
    assert names(krav) == ["Hodan Rönnstig", "Åsa Öberg", "Skyddad identitet"]
    model = krav.view.model
    cells = [[plain(model.index(0, at).data() or "") for at in range(model.columnCount())]]
    assert cells[0][2:7] == ["Förfallet", "2 apr", "16 apr", "48 över", ""]
    assert plain(krav.view.told.text()).startswith("Räknas från dagen då biståndet beviljas, frist 14 dagar.")
    assert counts(krav) == {
        "alla": "3", "forfallna": "1", "snart": "0", "pagar": "0", "undantag": "1", "granska": "1",
        "utan_frist": "1", "uppfyllt": "1", "sent": "0",
    }  # fmt: skip
    assert "3 ärenden" in plain(krav.view.header.meta.text())


def test_the_figures_are_the_reports_own(krav: Any, store: Store, qtbot: QtBot) -> None:
    with store.read(ELIN) as session:
        rows = figures(session, ELIN, make_period(date(2024, 1, 1), IDAG), IDAG)
        report = {row.id: row.varde for row in rows}
    andel = report["aktivitetskrav.andel_uppfyllt"].totalt
    assert plain(kpi(krav, "andel").kpi.figure) == f"{andel:.0f} %"
    assert kpi(krav, "utan").kpi.figure == str(report["aktivitetskrav.utan_aktivitet"].totalt)
    shown = {key: kpi(krav, key).kpi.figure for key in ("forfallna", "undantag", "granska")}
    assert shown == {"forfallna": "1", "undantag": "1", "granska": "1"}
    choose(krav.view.period, Perioden.FORRA_ARET)
    qtbot.waitUntil(lambda: "2023" in kpi(krav, "andel").kpi.detail)
    assert kpi(krav, "andel").kpi.figure == "–"


def test_the_picture_is_the_report_of_each_month_and_opens_its_people(
    krav: Any, store: Store, window: MainWindow, qtbot: QtBot
) -> None:
    chart = krav.view.chart
    qtbot.waitUntil(lambda: chart.picture is not None)
    rows = {row.cells[0]: row.cells[1:] for row in chart.picture.table.rows}
    assert len(rows) == 12
    for name, month in (("apr", "2024-04"), ("maj", "2024-05")):
        with store.read(ELIN) as session:
            found = figures(session, ELIN, parse_period(month), IDAG)
        varde = next(row.varde for row in found if row.id == "aktivitetskrav.andel_uppfyllt")
        told = "–" if varde.totalt is None else f"{varde.totalt:.0f} %"
        assert plain(rows[name][2]) == told
    assert [row.cells[1:] for row in chart.underlag.made().table.rows if row.cells[0] == "apr"] == [
        ("..", "–", "..")
    ]
    chart.chosen.emit("K:2024-04-01:2024-04-30")
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.model.row(0).person.namn == "Hodan Rönnstig"
    dialog.reject()
    krav.view.steg._buttons[Steg.KVARTAL].click()
    qtbot.waitUntil(lambda: chart.picture.table.heads[0] == "Kvartal")
    assert [row.cells[0] for row in chart.picture.table.rows][-1] == "kv 1 2024"


@pytest.mark.parametrize(
    ("key", "title", "rows"),
    [
        ("andel", "Med frist i år", 2), ("median", "Första aktivitet, med frist i år", 1),
        ("forfallna", "Förfallna nu", 1), ("undantag", "Undantag nu", 1),
        ("granska", "Undantag att granska", 1), ("utan", "Utan aktivitet nu", 1),
    ],
)  # fmt: skip
def test_every_figure_opens_its_people(
    krav: Any, window: MainWindow, qtbot: QtBot, key: str, title: str, rows: int
) -> None:
    cell = kpi(krav, key)
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog_of(window, BakomDialog) is not None)
    dialog = dialog_of(window, BakomDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == rows)
    assert dialog.windowTitle() == title
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not krav)


def test_pills_and_filters_narrow_the_list_and_are_cleared(krav: Any, qtbot: QtBot) -> None:
    press_pill(krav, Flik.GRANSKA)
    qtbot.waitUntil(lambda: names(krav) == ["Åsa Öberg"])
    press_pill(krav, Flik.UTAN_FRIST)
    qtbot.waitUntil(lambda: krav.view.urval().flik is Flik.UTAN_FRIST and names(krav) == ["Åsa Öberg"])
    choose(krav.view.kon, "M")
    qtbot.waitUntil(lambda: krav.view.empty.isVisible())
    assert krav.view.empty.fact.text() == "Inga träffar."
    assert not krav.view.exempt.isEnabled()
    krav.view.empty.button.click()
    qtbot.waitUntil(lambda: len(names(krav)) == 3)
    choose(krav.view.start, Startad.MANAD)
    qtbot.waitUntil(lambda: names(krav) == ["Skyddad identitet"])
    choose(krav.view.start, Startad.ALLA)
    choose(krav.view.handlaggare, "elin")
    qtbot.waitUntil(lambda: len(names(krav)) == 3)


def test_closed_ones_are_shown_when_asked_for(
    krav: Any, store: Store, people: People, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        arende = work.session.scalars(select(Arende).where(Arende.deltagare_id == people.hodan)).one()
        arende.avslutat = date(2024, 5, 30)
    krav.refresh()
    qtbot.waitUntil(lambda: len(names(krav)) == 2)
    krav.view.open_only.click()
    qtbot.waitUntil(lambda: names(krav)[-1:] == ["Hodan Rönnstig"])
    settle(qtbot, runner)
    choose_row(krav, "Hodan Rönnstig")
    assert krav.view.decide.toolTip() == "Ärendet är avslutat."
    assert not krav.view.exempt.isEnabled()


def test_an_undantag_is_given_here(
    krav: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    choose_row(krav, "Hodan Rönnstig")
    assert not krav.view.review.isEnabled()
    krav.view.exempt.click()
    qtbot.waitUntil(lambda: open_sheet(krav) is not None)
    sheet = open_sheet(krav)
    settle(qtbot, runner)
    assert "Hodan Rönnstig" in sheet.context.text()
    for name, text in (("fran", "2024-06-01"), ("till", "2024-05-31")):
        sheet.boxes[name].field.line.selectAll()
        type_text(sheet.boxes[name].field.line, text)
    type_text(sheet.boxes["skal"].field, "vård av barn")
    qtbot.waitUntil(lambda: "slutar före det börjar" in sheet.boxes["till"].error)
    sheet.boxes["till"].field.line.selectAll()
    type_text(sheet.boxes["till"].field.line, "2024-06-20")
    sheet.save.click()
    qtbot.waitUntil(lambda: counts(krav)["undantag"] == "2")
    assert "Undantaget är registrerat." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    qtbot.waitUntil(lambda: counts(krav)["undantag"] == "1")
    settle(qtbot, runner)


def test_an_undantag_is_reviewed_here_and_ends(
    krav: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    choose_row(krav, "Åsa Öberg")
    krav.view.review.click()
    qtbot.waitUntil(lambda: open_sheet(krav) is not None)
    sheet = open_sheet(krav)
    settle(qtbot, runner)
    type_text(sheet.boxes["skal"].field, "intyg")
    sheet.save.click()
    qtbot.waitUntil(lambda: counts(krav)["granska"] == "0")
    settle(qtbot, runner)
    choose_row(krav, "Åsa Öberg")
    krav.review()
    qtbot.waitUntil(lambda: open_sheet(krav) is not None)
    sheet = open_sheet(krav)
    settle(qtbot, runner)
    sheet.boxes["beslut"].field.setCurrentIndex(1)
    type_text(sheet.boxes["skal"].field, "frisk")
    sheet.boxes["till"].field.line.selectAll()
    type_text(sheet.boxes["till"].field.line, "2024-06-02")
    sheet.save.click()
    qtbot.waitUntil(lambda: counts(krav)["undantag"] == "0")
    settle(qtbot, runner)
    with store.read(SYSTEM) as session:
        assert session.scalars(select(Undantag.till)).all() == [date(2024, 6, 2)]
    assert "Undantaget upphör." in toast_texts(window)


def test_activity_is_decided_on_the_card(krav: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    choose_row(krav, "Hodan Rönnstig")
    assert krav.view.decide.text() == "Besluta aktivitet…"
    krav.view.decide.click()
    qtbot.waitUntil(lambda: window.screen_shown is not krav)
    qtbot.waitUntil(lambda: open_sheet(window.screen_shown) is not None)
    settle(qtbot, runner)
    assert open_sheet(window.screen_shown).title.text() == "Ny insats"


def test_enter_opens_the_card_and_the_menu_has_the_acts(krav: Any, window: MainWindow, qtbot: QtBot) -> None:
    choose_row(krav, "Åsa Öberg")
    menu = QMenu()
    krav._fill_menu(menu)
    assert [(a.text(), a.isEnabled()) for a in menu.actions()] == [
        ("Besluta aktivitet…", True), ("Ge undantag…", True), ("Granska undantag…", True),
    ]  # fmt: skip
    QTest.keyClick(krav.view.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not krav)


def test_more_rows_are_fetched_in_their_order_and_sorted_all(
    krav: Any, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for day in range(150):
            beslut = date.fromordinal(date(2024, 5, 30).toordinal() - day)
            make.make_arende(work.session, ansokan=beslut, beslut=beslut, handlaggare="elin")
    krav.refresh()
    qtbot.waitUntil(lambda: krav.view.model.total == 153)
    settle(qtbot, runner)
    if krav.view.model.rowCount() < 153:
        krav.view.model.fetchMore(krav.view.model.index(-1, -1))
    qtbot.waitUntil(lambda: krav.view.model.rowCount() == 153)
    frister = [krav.view.model.row(at).lage.bedomning.frist for at in range(100)]
    assert frister == sorted(frister)
    settle(qtbot, runner)


def test_sorting_what_is_not_all_at_hand(krav: Any, store: Store, qtbot: QtBot, runner: Runner) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for day in range(120):
            beslut = date.fromordinal(date(2024, 5, 30).toordinal() - day)
            make.make_arende(work.session, ansokan=beslut, beslut=beslut, handlaggare="elin")
    krav.refresh()
    qtbot.waitUntil(lambda: krav.view.model.total == 123)
    settle(qtbot, runner)
    krav.view.table.set_sorting(("start", True))
    qtbot.waitUntil(lambda: krav.view.model.row(0).lage.bedomning.start == date(2024, 5, 30))
    settle(qtbot, runner)


def test_the_rule_leads_to_the_settings(krav: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    krav.view.rule.click()
    qtbot.waitUntil(lambda: window.screen_shown is not krav)
    settle(qtbot, runner)


def test_own_dates_for_the_figures(krav: Any, window: MainWindow, qtbot: QtBot) -> None:
    choose(krav.view.period, Perioden.EGEN)
    dialog = dialog_of(window, PeriodDialog)
    for line, text in ((dialog.fran.line, "2024-04-01"), (dialog.till.line, "2024-04-30")):
        line.clear()
        type_text(line, text)
    dialog.action.click()
    qtbot.waitUntil(lambda: "1 apr" in plain(kpi(krav, "andel").kpi.detail))
    choose(krav.view.period, Perioden.EGEN)
    dialog_of(window, PeriodDialog).reject()
    assert krav.view.period.value() is Perioden.EGEN


def test_copied_rows_are_told(krav: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
    choose_row(krav, "Hodan Rönnstig")
    krav.focus_filter()
    krav.view.table.copy()
    qtbot.waitUntil(lambda: any("kopierade" in text for text in toast_texts(window)))
    settle(qtbot, runner)


def test_the_periods_of_picture_and_list() -> None:
    months = list_perioder(Steg.MANAD, IDAG)
    assert (months[0].text, months[-1].till) == ("2023-06-01..2023-06-30", date(2024, 5, 31))
    quarters = list_perioder(Steg.KVARTAL, IDAG)
    assert (quarters[0].fran, quarters[-1].till) == (date(2022, 4, 1), date(2024, 3, 31))
    assert start_span(Startad.ALLA, IDAG) is None
    assert start_span(Startad.MANADER_3, IDAG) == (date(2024, 3, 4), IDAG)
    assert start_span(Startad.I_AR, IDAG) == (date(2024, 1, 1), IDAG)
    assert start_span(Startad.FORRA_ARET, IDAG) == (date(2023, 1, 1), date(2023, 12, 31))
