"""Widgets by using them: typing, pressing, and what is read out."""

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.table_model import ChipText, Column, TableModel
from desktop.theme import Mode, Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, Notice, PageHeader
from desktop.widgets.button import Button, ButtonKind, IconButton
from desktop.widgets.chip import Avatar, Chip, Pill, ProtectedChip
from desktop.widgets.choice import FilterPills, Segmented
from desktop.widgets.date_field import DateField
from desktop.widgets.definitions import Definition, DefinitionGroup, DefinitionList
from desktop.widgets.dialog import Dialog
from desktop.widgets.events import Event, EventGroup, EventKind, EventList
from desktop.widgets.fields import CheckField, ComboField, FieldBox, SearchField, TextArea, TextField
from desktop.widgets.figures import BarList, BarPair, Kpi, KpiStrip
from desktop.widgets.flow import Flow
from desktop.widgets.gantt import Bar, BarKind, Gantt, GanttData, GanttLegend, GanttRow, Mark, MarkKind
from desktop.widgets.stepper import Step, Stepper, StepState
from desktop.widgets.table import TableView
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import ElidedText, KeyHint, Text

TODAY = date(2026, 11, 12)


def _show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def test_an_error_stands_at_the_field_and_is_read_out(qtbot: QtBot, theme: Theme) -> None:
    field = TextField()
    box = FieldBox(theme, "Ansvarig", field, hint="Signatur", required=True)
    _show(qtbot, box)
    assert field.accessibleName() == "Ansvarig, obligatorisk"
    assert field.accessibleDescription() == "Signatur"
    box.set_error("Skriv vem som ansvarar.")
    assert box.note.text() == "Skriv vem som ansvarar."
    assert box.note.isVisible()
    assert field.accessibleDescription() == "Fel: Skriv vem som ansvarar."
    assert field.property("error") is True
    box.set_error("")
    assert (box.note.text(), field.accessibleDescription()) == ("Signatur", "Signatur")


def test_an_edge_shows_the_error_without_focus(qtbot: QtBot, theme: Theme) -> None:
    field = TextField()
    box = FieldBox(theme, "Ansvarig", field)
    other = TextField()
    holder = QWidget()
    QVBoxLayout(holder).addWidget(other)
    holder.layout().addWidget(box)  # type: ignore[union-attr]
    _show(qtbot, holder)
    other.setFocus()
    box.set_error("Fel.")
    edge = field.grab().toImage().pixelColor(field.width() // 2, 2)
    assert edge.name() == theme.colour("danger").name()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t", TODAY),
        ("+3", date(2026, 11, 15)),
        ("12/3", date(2026, 3, 12)),
        ("fre", date(2026, 11, 13)),
        ("x", None),
    ],
)
def test_a_date_is_understood_while_it_is_written(
    qtbot: QtBot, theme: Theme, typed: str, meant: date | None
) -> None:
    field = DateField(theme, lambda: TODAY)
    _show(qtbot, field)
    told: list[date | None] = []
    field.value_changed.connect(told.append)
    qtbot.keyClicks(field.line, typed)
    assert field.value() == meant
    assert field.is_faulty() is (meant is None)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == (meant.isoformat() if meant else typed)
    assert (told or [None])[-1] == meant


def test_an_unlikely_year_is_told_and_the_calendar_ends(qtbot: QtBot, theme: Theme) -> None:
    field = DateField(theme, lambda: TODAY)
    box = FieldBox(theme, "Planerat slut", field)
    _show(qtbot, box)
    for typed, told in (
        ("2062-11-12", "söndag 12 november 2062. Kontrollera året."),
        ("1900-01-01", "måndag 1 januari 1900. Kontrollera året."),
        ("2026-11-12", "torsdag 12 november 2026"),
        ("9999-12-31", "fredag 31 december 9999. Kontrollera året."),
    ):
        field.line.setText("")
        qtbot.keyClicks(field.line, typed)
        assert box.note.text().replace("\u00a0", " ") == told
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == date(9999, 12, 31)
    born = DateField(theme, lambda: TODAY, past=True)
    doubts: list[str] = []
    born.doubted.connect(doubts.append)
    for typed in ("1919-01-01", "1800-01-01"):
        born.line.setText("")
        qtbot.keyClicks(born.line, typed)
    assert (doubts[-1] != "", any(doubts[:-1])) == (True, False)


def test_what_is_pasted_in_one_line_is_one_line(qtbot: QtBot, theme: Theme) -> None:
    field, area = TextField(), TextArea(theme)
    for widget in (field, area):
        qtbot.addWidget(widget)
        QGuiApplication.clipboard().setText("rad ett\r\nrad\ttvå \u202eslut\x00")
        widget.paste()
    assert field.text() == "rad ett rad två slut "
    assert field.value() == "rad ett rad två slut"
    assert area.value() == "rad ett\nrad två slut"
    field.clear()
    field.insert("ab")
    field.setCursorPosition(1)
    QGuiApplication.clipboard().setText("1\n2")
    field.paste()
    assert (field.text(), field.cursorPosition()) == ("a1 2b", 4)


def test_a_check_box_without_room_for_its_words_tells_them(qtbot: QtBot, theme: Theme) -> None:
    box = CheckField(theme, "Söka tre arbeten i veckan och ta med listan till varje möte")
    qtbot.addWidget(box)
    for width, told in ((120, box.text()), (600, "")):
        box.resize(width, 26)
        box.grab()
        assert box.toolTip() == told


def test_a_word_longer_than_a_line_is_broken_and_told_whole(qtbot: QtBot, theme: Theme) -> None:
    words = f"se https://example.com/{'lang' * 30} och ring"
    text = Text(words).wrapped()
    qtbot.addWidget(text)
    text.resize(200, 20)
    assert text.text() == words
    assert text.heightForWidth(200) > 4 * Text("kort").wrapped().heightForWidth(200)
    assert text.minimumSizeHint().width() < 200
    text.setText("kort")
    assert text.text() == "kort"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("880314", date(1988, 3, 14)),
        ("88-03-14", date(1988, 3, 14)),
        ("120314", date(2012, 3, 14)),
        ("2031-01-01", date(2031, 1, 1)),
        ("+3", date(2026, 11, 15)),
    ],
)
def test_a_birth_date_has_been(qtbot: QtBot, theme: Theme, typed: str, meant: date) -> None:
    field = DateField(theme, lambda: TODAY, past=True)
    _show(qtbot, field)
    qtbot.keyClicks(field.line, typed)
    assert field.value() == meant


def test_arrows_move_a_day_and_the_day_is_said_in_words(qtbot: QtBot, theme: Theme) -> None:
    field = DateField(theme, lambda: TODAY, date(2026, 11, 12))
    box = FieldBox(theme, "Startdatum", field)
    _show(qtbot, box)
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == date(2026, 11, 13)
    assert box.note.text() == "fredag 13\u00a0november\u00a02026"
    qtbot.keyClick(field.line, Qt.Key.Key_PageDown)
    assert field.value() == date(2026, 11, 6)


def test_a_date_can_be_taken_from_the_calendar(qtbot: QtBot, theme: Theme) -> None:
    field = DateField(theme, lambda: TODAY)
    _show(qtbot, field)
    qtbot.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.activated.emit(calendar.selectedDate().addDays(1))
    assert field.value() == date(2026, 11, 13)


def test_a_combo_keeps_its_choice_over_new_items(qtbot: QtBot, theme: Theme) -> None:
    combo: ComboField[int] = ComboField(theme, [(1, "Ett"), (2, "Två")])
    _show(qtbot, combo)
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.value() == 2
    combo.set_items([(2, "Två"), (3, "Tre")])
    assert combo.value() == 2
    combo.set_items([(3, "Tre")])
    assert combo.value() == 3
    combo.set_value(9)
    assert combo.value() is None


def test_esc_empties_the_search_field(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme, "Filtrera på namn")
    _show(qtbot, field)
    told: list[str] = []
    field.textEdited.connect(told.append)
    qtbot.keyClicks(field, "ho")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["h", "ho", ""]


def test_tab_leaves_a_text_area(qtbot: QtBot, theme: Theme) -> None:
    holder, area, after = QWidget(), TextArea(theme), TextField()
    layout = QVBoxLayout(holder)
    layout.addWidget(area)
    layout.addWidget(after)
    _show(qtbot, holder)
    area.setFocus()
    qtbot.keyClicks(area, " hej ")
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.value() == "hej"


def test_a_button_shows_and_obeys_its_keys_and_says_why_not(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    button = Button(theme, "Ny insats", "plus", ButtonKind.PRIMARY, "Ctrl+N")
    QVBoxLayout(holder).addWidget(button)
    _show(qtbot, holder)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(holder, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(pressed) == 1)
    button.set_disabled_because("Deltagaren är avslutad.")
    assert (button.isEnabled(), button.toolTip()) == (False, "Deltagaren är avslutad.")
    button.set_disabled_because("")
    assert button.isEnabled()


def test_arrows_choose_among_segments(qtbot: QtBot, theme: Theme) -> None:
    segmented = Segmented(theme, "Vems", [("mina", "Mina 38"), ("enheten", "Enheten 212")])
    _show(qtbot, segmented)
    told: list[str] = []
    segmented.chosen.connect(told.append)
    first = segmented._buttons["mina"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (segmented.value(), told) == ("enheten", ["enheten"])


def test_pills_carry_counts(qtbot: QtBot, theme: Theme) -> None:
    pills = FilterPills(theme, "Urval", [("alla", "Alla"), ("idag", "Idag")])
    _show(qtbot, pills)
    pills.set_count("idag", 4)
    assert pills._buttons["idag"].accessibleName() == "Idag 4"
    qtbot.mouseClick(pills._buttons["idag"], Qt.MouseButton.LeftButton)
    assert pills.value() == "idag"


def test_tabs_carry_counts_and_move_by_arrows(qtbot: QtBot, theme: Theme) -> None:
    tabs = Tabs(theme, "Delar")
    tabs.add("Tidslinje")
    tabs.add("Insatser", 4)
    _show(qtbot, tabs)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert tabs.accessibleTabName(1) == "Insatser 4"


def _many_tabs(qtbot: QtBot, theme: Theme, width: int) -> Tabs:
    tabs = Tabs(theme, "Delar")
    for text in ("Tidslinje", "Insatser", "Möten", "Anteckningar", "Planering", "Dokument", "Avslut"):
        tabs.add(text, 12)
    _show(qtbot, tabs)
    tabs.resize(width, tabs.height())
    return tabs


def _in_sight(tabs: Tabs) -> list[str]:
    return [tabs.tabText(i) for i in range(tabs.count()) if tabs.isTabVisible(i)]


def test_tabs_without_room_fold_into_a_menu(qtbot: QtBot, theme: Theme) -> None:
    tabs = _many_tabs(qtbot, theme, 360)
    assert tabs.folded() == [3, 4, 5, 6]
    assert tabs.more.isVisible()
    assert tabs.more.geometry().right() < tabs.width()
    tabs.more.setFocus()
    qtbot.keyClick(tabs.more, Qt.Key.Key_Space)
    menu = tabs.menu
    qtbot.waitUntil(menu.isVisible)
    assert [a.text() for a in menu.actions()] == [
        "Anteckningar 12", "Planering 12", "Dokument 12", "Avslut 12",
    ]  # fmt: skip
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(menu, key)
    assert tabs.tabText(tabs.currentIndex()) == "Dokument"
    assert _in_sight(tabs) == ["Tidslinje", "Insatser", "Dokument"]
    assert tabs.hasFocus()
    tabs.resize(2000, tabs.height())
    assert tabs.folded() == []
    assert not tabs.more.isVisible()


def test_arrow_keys_reach_the_folded_tabs_and_larger_text_folds_more(qtbot: QtBot, theme: Theme) -> None:
    tabs = _many_tabs(qtbot, theme, 360)
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_End)
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 6
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert tabs.tabText(tabs.currentIndex()) == "Dokument"
    assert "Dokument" in _in_sight(tabs)
    qtbot.keyClick(tabs, Qt.Key.Key_Home)
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert tabs.currentIndex() == 0
    before = len(_in_sight(tabs))
    theme.set(scale=150)
    assert len(_in_sight(tabs)) < before
    assert tabs.minimumSizeHint().width() <= 360


def test_actions_without_room_fold_into_a_menu(qtbot: QtBot, theme: Theme) -> None:
    close, note, new = (Button(theme, text) for text in ("Avslut…", "Anteckning", "Ny insats"))
    close.set_disabled_because("Deltagaren är inte inskriven.")
    pressed: list[str] = []
    note.clicked.connect(lambda: pressed.append("anteckning"))
    actions = ActionRow(theme, close, note, new)
    _show(qtbot, actions)
    actions.resize(actions.sizeHint())
    assert actions.folded() == []
    actions.resize(actions.minimumSizeHint())
    assert actions.folded() == [close, note]
    assert new.geometry().right() == actions.width() - 1
    actions.more.setFocus()
    qtbot.keyClick(actions.more, Qt.Key.Key_Space)
    qtbot.waitUntil(actions.menu.isVisible)
    assert [(a.text(), a.isEnabled()) for a in actions.menu.actions()] == [
        ("Avslut…", False), ("Anteckning", True),
    ]  # fmt: skip
    assert actions.menu.actions()[0].toolTip() == "Deltagaren är inte inskriven."
    qtbot.keyClick(actions.menu, Qt.Key.Key_Down)
    qtbot.keyClick(actions.menu, Qt.Key.Key_Down)
    qtbot.keyClick(actions.menu, Qt.Key.Key_Return)
    assert pressed == ["anteckning"]
    actions.set_wanted(note, False)
    actions.resize(actions.sizeHint())
    assert actions.folded() == []
    assert note.isHidden()


@pytest.mark.parametrize("right", [False, True])
def test_a_flow_goes_on_in_a_new_line(qtbot: QtBot, theme: Theme, right: bool) -> None:
    buttons = [Button(theme, text) for text in ("Öppna kopia", "Spara kopia som…", "Ta bort")]
    flow = Flow(*buttons, right=right)
    _show(qtbot, flow)
    flow.resize(flow.sizeHint())
    assert len({button.y() for button in buttons}) == 1
    buttons[0].hide()
    narrow = flow.minimumSizeHint().width()
    flow.resize(narrow, flow.heightForWidth(narrow))
    qtbot.waitUntil(lambda: buttons[2].y() > buttons[1].y())
    assert all(button.width() >= button.sizeHint().width() for button in buttons[1:])
    assert buttons[2].geometry().bottom() < flow.height()
    assert (buttons[2].geometry().right() == flow.width() - 1) is right


def test_words_without_room_are_told_whole_as_a_tooltip(qtbot: QtBot, theme: Theme) -> None:
    text = ElidedText("torsdag 12 november 2026")
    _show(qtbot, text)
    text.resize(text.sizeHint())
    text.grab()
    assert text.toolTip() == ""
    assert text.minimumSizeHint().width() < text.sizeHint().width()
    text.resize(60, text.height())
    text.grab()
    assert text.toolTip() == "torsdag 12 november 2026"
    cut = text.grab().toImage()
    text.short = "tors"
    assert text.grab().toImage() != cut
    assert text.toolTip() == "torsdag 12 november 2026"


def _table(theme: Theme, settings: Settings | None = None) -> TableView:
    columns = (
        Column[tuple[str, int]]("namn", "Namn", lambda r: r[0], width=150, sort=lambda r: r[0]),
        Column[tuple[str, int]](
            "dagar", "Dagar", lambda r: str(r[1]), width=80, right=True, sort=lambda r: r[1]
        ),
        Column[tuple[str, int]](
            "frist", "Frist", lambda _r: "", stretch=True, chip=lambda _r: ChipText("soon", "1 dag kvar")
        ),
    )
    model = TableModel(columns, key=lambda row: row[0])
    model.set_rows([("Åsa", 2), ("Bo", 3), ("Cia", 1)])
    view = TableView(theme, model, "Deltagare", settings, "kolumner/deltagare")
    model.setParent(view)
    return view


def test_a_table_is_used_by_keys(qtbot: QtBot, theme: Theme) -> None:
    table = _table(theme)
    _show(qtbot, table)
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.setFocus()
    qtbot.waitUntil(lambda: table.currentIndex().isValid())
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [("Bo", 3)]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Namn\tDagar\tFrist\nBo\t3\t1 dag kvar"


@pytest.mark.parametrize("keys", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_home_and_end_go_to_the_first_and_the_last_row(
    qtbot: QtBot, theme: Theme, keys: Qt.KeyboardModifier
) -> None:
    table = _table(theme)
    _show(qtbot, table)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End, keys)
    assert table.selected_rows() == [("Cia", 1)]
    qtbot.keyClick(table, Qt.Key.Key_Home, keys)
    assert table.selected_rows() == [("Åsa", 2)]
    qtbot.keyClick(table, Qt.Key.Key_End, keys | Qt.KeyboardModifier.ShiftModifier)
    assert len(table.selected_rows()) == 3
    table.model().set_rows([])  # type: ignore[attr-defined]
    qtbot.keyClick(table, Qt.Key.Key_End, keys)
    assert table.selected_rows() == []


def test_a_table_sorts_by_its_header_and_keeps_the_row(qtbot: QtBot, theme: Theme) -> None:
    table = _table(theme)
    table.resize(600, 300)
    _show(qtbot, table)
    table.setCurrentIndex(table.model().index(1, 0))
    header = table.horizontalHeader()
    at = QPoint(header.sectionPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [table.model().index(i, 0).data() for i in range(3)] == ["Cia", "Åsa", "Bo"]
    assert table.current_row() == ("Bo", 3)


def test_a_table_at_rest_asks_for_more_when_it_is_given_the_same_rows_again(
    qtbot: QtBot, theme: Theme
) -> None:
    table = _table(theme)
    _show(qtbot, table)
    rows, asked = [("Åsa", 2), ("Bo", 3)], []
    table._rows.more_wanted.connect(asked.append)
    for times in (1, 2):  # the answer to the first was thrown away for a newer question
        table._rows.set_rows(rows, total=3)
        qtbot.waitUntil(lambda times=times: asked == [2] * times)
    table._rows.append_rows([], total=2)
    assert not table._rows.canFetchMore(QModelIndex())


def test_widths_are_remembered(qtbot: QtBot, theme: Theme, settings: Settings) -> None:
    table = _table(theme, settings)
    _show(qtbot, table)
    table.setColumnWidth(0, 222)
    assert _table(theme, settings).columnWidth(0) == 222
    theme.set(scale=150)
    assert table.columnWidth(0) == 333
    assert _table(theme, settings).columnWidth(0) == 333


def test_a_table_that_may_not_copy_does_not(qtbot: QtBot, theme: Theme) -> None:
    table = _table(theme)
    table.may_copy = lambda: False
    qtbot.addWidget(table)
    QGuiApplication.clipboard().setText("förut")
    table.selectRow(0)
    table.copy()
    assert QGuiApplication.clipboard().text() == "förut"


def _events() -> list[EventGroup]:
    planned = Event(1, "13 nov", "Start", "play", EventKind.PLANNED, "09.00", "25 h")
    note = Event(2, "idag", "Anteckning", "notebook-pen", EventKind.NOTE)
    return [EventGroup("Kommande", (planned,)), EventGroup("Tidigare", (note,)), EventGroup("Tom", ())]


def test_events_are_moved_among_past_headings_and_opened(qtbot: QtBot, theme: Theme) -> None:
    events = EventList(theme, "Händelser")
    events.set_groups(_events())
    _show(qtbot, events)
    assert events.model().rowCount(QModelIndex()) == 4
    opened: list[object] = []
    events.opened.connect(opened.append)
    events.setFocus()
    qtbot.keyClick(events, Qt.Key.Key_Down)
    qtbot.keyClick(events, Qt.Key.Key_Down)
    qtbot.keyClick(events, Qt.Key.Key_Return)
    assert opened == [2]
    events.set_groups(_events()[1:])
    assert events.current_key() == 2


def _gantt_data() -> GanttData:
    bars = tuple(
        Bar(date(2026, 10, 31), date(2026, 11, 20), kind, "Kurs, Arena", "efteråt", "resten")
        for kind in BarKind
    )
    outside = Bar(date(2020, 1, 1), date(2020, 2, 1), BarKind.AVSLUTAD, "utanför")
    marks = tuple(Mark(TODAY, kind, "Uteblev") for kind in MarkKind)
    rows = (GanttRow("Insatser", (*bars, outside)), GanttRow("Möten", (), marks))
    return GanttData(
        date(2026, 7, 1), date(2027, 1, 31), TODAY, rows, (date(2026, 10, 31), date(2026, 11, 13))
    )


def _gallery(theme: Theme) -> QWidget:
    """Every widget once."""
    gantt, steps, definitions = Gantt(theme), Stepper(theme), DefinitionList(theme)
    gantt.set_data(_gantt_data())
    steps.set_steps([Step("Kartläggning", state, "2–9 mar") for state in StepState])
    hidden = Definition("Telefon", "070-174 06 35", hidden=True)
    definitions.set_groups(
        (DefinitionGroup("Kontakt", (hidden, Definition("E-post", "a@example.com", "under"))),)
    )
    strip, pair, bars = KpiStrip(theme), BarPair(theme), BarList(theme)
    strip.set_figures([Kpi("Platser", "205", "84 %", "triangle-alert", "warn"), Kpi("Lediga", "25")])
    pair.set_figures(21, 17)
    bars.set_bars([("Insats", 17), ("Planering", 4)])
    events, tabs = EventList(theme, "Händelser"), Tabs(theme, "Delar")
    events.set_groups(_events())
    tabs.add("Tidslinje", 1)
    protected, card = Card(theme), Card(theme, "Titel", Button(theme, "Alla", kind=ButtonKind.QUIET))
    protected.set_striped(True)
    check, off = CheckField(theme, "Ta med diagram", "under"), Button(theme, "Spara", "plus")
    check.setChecked(True)
    off.set_disabled_because("därför")
    holder = QWidget()
    layout = QVBoxLayout(holder)
    parts = (
        gantt, GanttLegend(theme, [(kind, kind.value) for kind in BarKind]), steps, definitions, strip, pair,
        bars, events, tabs, protected, card, check, off, Segmented(theme, "Vems", [("a", "A"), ("b", "B")]),
        FilterPills(theme, "Urval", [("a", "A")]), Chip(theme, "soon", "1 dag kvar"), ProtectedChip(theme),
        Pill(theme, "5", "5 frister", True), Avatar(theme, "Elin Måsvik"), Avatar(theme, "", 44, True),
        PageHeader("Idag", "torsdag", Button(theme, "Ny insats", kind=ButtonKind.PRIMARY)),
        Notice(theme, "warn", "Obs", "mer"), EmptyState(theme, "Ingen insats ännu.", "", "Ny insats…"),
        IconButton(theme, "square-pen", "Ändra"), SearchField(theme, "Sök", "Ctrl+K"), KeyHint("F1"),
        Text("Text"),
        FieldBox(theme, "Datum", DateField(theme, lambda: TODAY)),
        FieldBox(theme, "Val", ComboField(theme, [(1, "Ett")])),
        FieldBox(theme, "Kommentar", TextArea(theme)),
        ComboField(theme, [(1, "Frist")], "calendar", "Sortera"), _table(theme),
    )  # fmt: skip
    for part in parts:
        layout.addWidget(part)
    return holder


def test_every_widget_draws_in_both_themes_and_every_size(qtbot: QtBot, theme: Theme) -> None:
    gallery = _gallery(theme)
    _show(qtbot, gallery)
    for mode in (Mode.LIGHT, Mode.DARK):
        for scale in theme.tokens.scales:
            theme.set(mode, scale)
            assert not gallery.grab().isNull()


def test_whatever_takes_focus_has_a_name_for_screen_readers(qtbot: QtBot, theme: Theme) -> None:
    gallery = _gallery(theme)
    _show(qtbot, gallery)
    nameless = []
    for widget in gallery.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            face = QAccessible.queryAccessibleInterface(widget)
            if not face.text(QAccessible.Text.Name):
                nameless.append(widget)
    assert nameless == []


def test_drawn_charts_are_told_in_words(qtbot: QtBot, theme: Theme) -> None:
    gallery = _gallery(theme)
    qtbot.addWidget(gallery)
    gantt, steps = gallery.findChild(Gantt), gallery.findChild(Stepper)
    assert gantt is not None
    assert steps is not None
    assert "pågår 31\u00a0okt–20\u00a0nov Kurs, Arena resten efteråt" in gantt.accessibleDescription()
    assert steps.accessibleDescription().startswith("Kartläggning klart 2–9 mar")


def test_tab_goes_through_fields_in_the_order_they_stand(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    date_field, combo, name = DateField(theme, lambda: TODAY), ComboField(theme, [(1, "Ett")]), TextField()
    for field in (date_field, combo, name):
        layout.addWidget(FieldBox(theme, "Fält", field))
    _show(qtbot, holder)
    date_field.setFocus()
    order = []
    for _ in range(3):
        order.append(holder.focusWidget())
        qtbot.keyClick(holder.focusWidget(), Qt.Key.Key_Tab)
    assert order == [date_field.line, combo, name]


def test_a_dialog_says_what_went_wrong_and_stays(qtbot: QtBot, theme: Theme) -> None:
    dialog = Dialog(theme, "Ny insats", "Spara insats")
    _show(qtbot, dialog)
    dialog.fail("Kunde inte spara. Texten finns kvar. Försök igen.")
    assert dialog.notice.isVisible()
    dialog.set_busy(True)
    assert not dialog.action.isEnabled()
    dialog.set_busy(False)
    dialog.fail("")
    assert not dialog.notice.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
