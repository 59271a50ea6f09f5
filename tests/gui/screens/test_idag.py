"""The day's work by keyboard: moved in, folded, previewed, put off, opened where the work is done."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.oppnad import log_oppnad
from db.models import Arende, Insats, Inskrivning
from db.session import Store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.runner import Change, Runner
from desktop.screens.kort.page import Oppna
from desktop.table_model import ChipText
from desktop.theme import Theme
from desktop.widgets.button import IconButton
from desktop.widgets.link_row import LinkRow
from desktop.widgets.worklist import FIRST, UNIFORM, Head, WorkGroup, WorkItem, Worklist
from tests.gui.screens.conftest import IDAG, People, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
KRAV, BIP, PLANERING = (
    "Aktivitetskrav – frist passerad eller inom 3 dagar",
    "BIP att mäta",
    "Planering saknas",
)


def titles(screen: Any) -> list[tuple[str, int]]:
    return [(group.title, len(group.items)) for group in screen.view.list.groups()]


def key(screen: Any, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(screen.view.list, one)


def current(screen: Any) -> WorkItem:
    found = screen.view.list.current_item()
    assert isinstance(found, WorkItem)
    return found


def find(screen: Any, title: str, name: str) -> WorkItem:
    """Move to a row by its group and name."""
    group = next(g for g in screen.view.list.groups() if g.title == title)
    item: WorkItem = next(i for i in group.items if i.name == name)
    screen.view.list.select(item.key)
    return item


@pytest.fixture
def without_activity(store: Store, people: People) -> People:
    """The insatser ended; the frist of Hodan and of Amira is tomorrow."""
    with store.unit_of_work(SYSTEM, "test") as work:
        for insats in work.session.scalars(select(Insats)):
            insats.slut = IDAG - timedelta(12)
        for arende in work.session.scalars(select(Arende).where(Arende.deltagare_id == people.asa)):
            arende.avslutat = IDAG
    return people


@pytest.fixture
def idag(without_activity: People, go: Go) -> Any:
    return go("idag")


def test_the_lists_are_there_with_masked_people_and_counts(idag: Any, window: MainWindow) -> None:
    assert titles(idag) == [(KRAV, 2), (BIP, 3), (PLANERING, 3)]
    assert idag.view.list.hasFocus()
    items = {item.name: item for item in idag.view.list.groups()[0].items}
    assert items["Skyddad identitet"].masked
    assert items["Skyddad identitet"].number == "Ä-3"
    assert items["Hodan Rönnstig"].reason == "Ansökan 20\u00a0maj · ingen aktivitet"
    assert items["Hodan Rönnstig"].chip.text == "1\u00a0dag kvar"
    assert "Ebba" not in str(idag.view.list.groups())
    assert window.rail._items["idag"].accessibleName() == "Idag, 8\u00a0saker att göra, 6\u00a0passerade"
    assert idag.view.whose._buttons["mina"].text() == "Mina 3"


def test_arrows_move_fold_and_unfold(idag: Any) -> None:
    key(idag, Qt.Key.Key_Home, Qt.Key.Key_Down)
    first = current(idag)
    key(idag, Qt.Key.Key_Down)
    assert current(idag) != first
    key(idag, Qt.Key.Key_Left)
    assert idag.view.list.current_item() is None
    head = idag.view.list.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert isinstance(head, Head)
    assert head.folded
    assert head.spoken.endswith("hopfälld")
    key(idag, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert current(idag) == first
    key(idag, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert idag.view.list.model().rowCount() == 9


def test_enter_opens_the_person_and_begins_the_act(
    idag: Any, people: People, runner: Runner, qtbot: QtBot, window: MainWindow
) -> None:
    wanted: list[Any] = []
    idag.navigate.connect(lambda location: wanted.append(location.argument))
    find(idag, KRAV, "Hodan Rönnstig")
    key(idag, Qt.Key.Key_Return)
    settle(qtbot, runner)
    (argument,) = wanted
    assert isinstance(argument, Oppna)
    assert argument.deltagare_id == people.hodan
    assert argument.akt is not None
    assert argument.akt.namn == "ny_insats"
    assert window.screen_shown is not idag


def test_the_buttons_act_on_the_row(idag: Any, people: People, runner: Runner, qtbot: QtBot) -> None:
    wanted: list[Any] = []
    idag.navigate.connect(lambda location: wanted.append(location.argument))
    key(idag, Qt.Key.Key_Home, Qt.Key.Key_Up)
    assert not idag.view.insats.isEnabled()
    assert idag.view.insats.toolTip()
    find(idag, BIP, "Åsa Öberg")
    QTest.mouseClick(idag.view.insats, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert (wanted[0].deltagare_id, wanted[0].akt.namn) == (people.asa, "ny_insats")


@pytest.mark.parametrize("width", [1440, 1000])
def test_a_note_is_begun_by_keys_at_any_width(
    idag: Any, window: MainWindow, people: People, runner: Runner, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 800)
    find(idag, BIP, "Åsa Öberg")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(idag.view.list, Qt.Key.Key_A, keys)
    settle(qtbot, runner)
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["text"].field.isVisible()
    assert sheet.context.text() == "Åsa Öberg"


def test_space_previews_and_esc_closes(idag: Any, runner: Runner, qtbot: QtBot) -> None:
    find(idag, KRAV, "Hodan Rönnstig")
    key(idag, Qt.Key.Key_Space)
    settle(qtbot, runner)
    assert idag.view.preview.isVisible()
    assert "Ärende: Ä-1" in idag.view.preview.accessibleDescription()
    key(idag, Qt.Key.Key_Escape)
    assert not idag.view.preview.isVisible()
    key(idag, Qt.Key.Key_Space)
    settle(qtbot, runner)
    key(idag, Qt.Key.Key_Space)
    assert not idag.view.preview.isVisible()
    key(idag, Qt.Key.Key_Space)
    settle(qtbot, runner)
    key(idag, Qt.Key.Key_Down)
    assert not idag.view.preview.isVisible()


def test_a_row_is_put_off_shown_and_taken_back(
    idag: Any, runner: Runner, qtbot: QtBot, window: MainWindow
) -> None:
    find(idag, KRAV, "Hodan Rönnstig")
    key(idag, Qt.Key.Key_U)
    line = idag.dialog.day.line
    line.clear()
    type_text(line, "igår")
    QTest.mouseClick(idag.dialog.action, Qt.MouseButton.LeftButton)
    assert idag.dialog.box.error == "Välj en dag efter idag."
    line.clear()
    type_text(line, "fre")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.mouseClick(idag.dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert titles(idag)[0] == (KRAV, 1)
    assert toast_texts(window) == ["Uppskjuten till 7\u00a0jun."]
    assert idag.view.later.text() == "Visa uppskjutna (1)"
    idag.view.later.click()
    assert find(idag, KRAV, "Hodan Rönnstig").chip.text == "Uppskjuten till 7\u00a0jun"
    key(idag, Qt.Key.Key_U)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert find(idag, KRAV, "Hodan Rönnstig").chip.text == "1\u00a0dag kvar"
    QTest.mouseClick(window.toasts.toasts()[-1].undo, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert find(idag, KRAV, "Hodan Rönnstig").muted


def test_pills_choose_and_say_when_nothing_is_left(idag: Any) -> None:
    names = {k: b.accessibleName() for k, b in idag.view.pills._buttons.items()}
    assert list(names.values()) == ["Alla 8", "Passerade 6", "Idag 0", "Inom 7 dagar 2", "Senare 0"]
    idag.view.pills._buttons["vecka"].click()
    assert titles(idag) == [(KRAV, 2)]
    idag.view.pills._buttons["senare"].click()
    assert (idag.view.empty.fact.text(), idag.view.empty.button.text()) == ("Inga träffar.", "Rensa filter")
    idag.view.empty.button.click()
    assert len(titles(idag)) == 3
    assert idag.view.list.hasFocus()


def test_ctrl_f_goes_to_the_pills(idag: Any, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert idag.view.pills._buttons["alla"].hasFocus()


def test_rows_are_ordered_by_name(idag: Any) -> None:
    idag.view.order.set_value("namn")
    names = [item.name for item in idag.view.list.groups()[1].items]
    assert names == ["Skyddad identitet", "Hodan Rönnstig", "Åsa Öberg"]
    idag.view.order.set_value("sist")
    assert len(idag.view.list.groups()) == 3


def test_done_work_leaves_the_list(
    idag: Any, store: Store, context: Context, runner: Runner, qtbot: QtBot, window: MainWindow
) -> None:
    def work(_task: object) -> None:
        with store.unit_of_work(SYSTEM, "test") as unit:
            for arende in unit.session.scalars(select(Arende)):
                arende.avslutat = IDAG

    runner.run(Change("Sparar", work, lambda _nothing: {"arende:1"}))
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert titles(idag) == [(BIP, 3), (PLANERING, 3)]
    assert window.rail._items["idag"].accessibleName() == "Idag, 6\u00a0saker att göra, 6\u00a0passerade"


def test_the_rail_counts_while_another_screen_is_shown(
    without_activity: People, go: Go, window: MainWindow, runner: Runner, qtbot: QtBot
) -> None:
    go("deltagare")
    item = window.rail._items["idag"]
    qtbot.waitUntil(lambda: "8\u00a0saker" in item.accessibleName())
    runner.run(Change("Sparar", lambda _task: None, lambda _nothing: {"utkast:1"}))
    settle(qtbot, runner)
    runner.run(Change("Sparar", lambda _task: None, lambda _nothing: {"bip:1"}))
    with qtbot.waitSignal(runner.busy_changed):
        pass
    settle(qtbot, runner)
    assert "8\u00a0saker" in item.accessibleName()


def test_enheten_holds_the_others_too_and_is_remembered(
    idag: Any, store: Store, context: Context, runner: Runner, qtbot: QtBot
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_arende(work.session, handlaggare="bo", ansokan=date(2024, 5, 1), beslut=date(2024, 5, 2))
    buttons = idag.view.whose._buttons
    buttons["enheten"].click()
    settle(qtbot, runner)
    assert titles(idag)[0] == (KRAV, 3)
    assert buttons["enheten"].text() == "Enheten 4"
    assert buttons["enheten"].accessibleName() == "Enheten 4, Arena Arbetsmarknad"
    assert context.settings.get("idag/vilka", "") == "enheten"
    with store.unit_of_work(SYSTEM, "test") as work:
        ik = make.make_inskrivning(work.session, spar="Sysselsättning", koordinator="bo")
        make.make_arende(
            work.session, deltagare_id=ik.deltagare_id, ansokan=date(2024, 5, 1), beslut=date(2024, 5, 2)
        )
    buttons["alla"].click()
    settle(qtbot, runner)
    assert titles(idag)[0] == (KRAV, 4)
    assert (buttons["enheten"].text(), buttons["alla"].text()) == ("Enheten 4", "Alla 5")


def test_nothing_to_do_says_so(store: Store, people: People, go: Go, window: MainWindow) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for arende in work.session.scalars(select(Arende)):
            arende.handlaggare = "bo"
        for ik in work.session.scalars(select(Inskrivning)):
            ik.koordinator = "bo"
    screen = go("idag")
    assert screen.view.empty.isVisible()
    assert screen.view.empty.fact.text() == "Inget att göra just nu."
    assert screen.view.empty.advice.text() == "Nya frister visas här."
    assert window.rail._items["idag"].accessibleName() == "Idag"


def test_the_side_panel_shows_the_day(
    store: Store, without_activity: People, go: Go, context: Context, runner: Runner, qtbot: QtBot,
    window: MainWindow,
) -> None:  # fmt: skip
    people = without_activity
    with store.unit_of_work(SYSTEM, "test") as work:
        for tid, plats, who in (("09:30", "Rum Linden", people.hodan), ("08:15", "", people.skyddad)):
            make.make_mote(
                work.session, deltagare_id=who, datum=IDAG, tid=tid, plats=plats, syfte="kartläggning"
            )
    log_oppnad(store, context.aktor, people.asa)
    log_oppnad(store, context.aktor, people.skyddad)
    screen = go("idag")
    screen.now = lambda: datetime(2024, 6, 3, 8, 46)
    screen._tick()
    settle(qtbot, runner)
    spoken = [r.accessibleName() for r in screen.view.side.tider.findChildren(LinkRow) if r.isVisible()]
    assert spoken == [
        "08.15, Kartläggning, Skyddad identitet Ä-3", "09.30, Kartläggning, Hodan Rönnstig · Rum Linden"
    ]  # fmt: skip
    opened = screen.view.side.oppnade.findChildren(LinkRow)
    assert [r.accessibleName().split(",")[0] for r in opened] == ["Åsa Öberg"]
    wanted: list[Any] = []
    screen.navigate.connect(lambda location: wanted.append(location.argument))
    opened[0].click()
    settle(qtbot, runner)
    assert wanted == [people.asa]


def test_a_pin_stays_first_in_the_command_box_too(
    store: Store,
    idag: Any,
    people: People,
    context: Context,
    runner: Runner,
    qtbot: QtBot,
    window: MainWindow,
) -> None:
    for person in (people.asa, people.hodan):
        log_oppnad(store, context.aktor, person)
    idag.refresh()
    settle(qtbot, runner)
    pins = [b for b in idag.view.side.oppnade.findChildren(IconButton) if "Åsa" in b.accessibleName()]
    pins[0].click()
    settle(qtbot, runner)
    settle(qtbot, runner)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)
    box = window.top_bar.commands
    texts = [box.list.item(i).text() for i in range(box.list.count())]
    at = texts.index("Senast öppnade")
    assert [text.split()[0] for text in texts[at + 1 : at + 3]] == ["Åsa", "Hodan"]


def test_the_acts_of_the_row_are_found_in_the_command_box(
    idag: Any, people: People, runner: Runner, qtbot: QtBot, window: MainWindow
) -> None:
    box = window.top_bar.commands

    def offered() -> list[str]:
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: box.list.count() > 5)
        return [box.list.item(i).text() for i in range(box.list.count())]

    find(idag, KRAV, "Skyddad identitet")
    assert any(text.startswith("Ny insats") and "Skyddad identitet" in text for text in offered())
    QTest.keyClick(box.field, Qt.Key.Key_Escape)
    find(idag, KRAV, "Hodan Rönnstig")
    told = offered()
    for act in ("Besluta aktivitet", "Ny insats", "Anteckning", "Nytt möte", "Skjut upp", "Öppna kortet"):
        assert any(text.startswith(act) and "Hodan Rönnstig" in text for text in told)
    type_text(box.field, "hodan")
    qtbot.waitUntil(lambda: box.list.item(0).text() == "Deltagare")
    assert not any("Ny insats" in box.list.item(i).text() for i in range(box.list.count()))
    box.field.clear()
    type_text(box.field, "nytt mö")
    qtbot.waitUntil(lambda: "Nytt möte" in box.list.item(1).text())
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not idag)
    qtbot.waitUntil(lambda: window.screen_shown._sheet() is not None)
    assert window.screen_shown.card.id == people.hodan
    assert window.screen_shown._sheet().title.text() == "Nytt möte"


def test_a_narrow_window_folds_the_panel_under_a_button(idag: Any, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: idag.view.side.isVisible())
    assert not idag.view.panel_button.isVisible()
    window.resize(1180, 720)
    qtbot.waitUntil(lambda: not idag.view.side.isVisible())
    idag.view.panel_button.click()
    assert idag.view.side.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not idag.view.panel_button.isVisible())


def item_of(number: int) -> WorkItem:
    return WorkItem(number, f"Person {number}", "", "orsak", ChipText("later", "7 dagar kvar"), "Gör")


@pytest.fixture
def worklist(theme: Theme, qtbot: QtBot) -> Worklist:
    made = Worklist(theme, "Att göra")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def test_a_long_group_is_shown_in_parts_until_asked_for(worklist: Worklist) -> None:
    items = tuple(item_of(number) for number in range(10_000))
    worklist.set_groups([WorkGroup("a", "flag", "Lång", "regel", items)])
    assert worklist.model().rowCount() == 1 + FIRST
    QTest.keyClick(worklist, Qt.Key.Key_Home)
    QTest.keyClick(worklist, Qt.Key.Key_Return)
    assert worklist.model().rowCount() == 10_001
    QTest.keyClick(worklist, Qt.Key.Key_End)
    found = worklist.current_item()
    assert found is not None
    assert found.name == "Person 9999"


@pytest.mark.parametrize("count", [3, 3_000])
def test_without_room_the_reason_goes_under_the_name(worklist: Worklist, qtbot: QtBot, count: int) -> None:
    def high(row: int) -> int:
        return worklist.visualRect(worklist.model().index(row, 0)).height()

    worklist._whole.add("a")
    worklist.set_groups([WorkGroup("a", "flag", "G", "", tuple(item_of(number) for number in range(count)))])
    one = high(1)
    worklist.resize(600, 400)
    qtbot.waitUntil(lambda: high(1) > one + 15)
    assert (high(0) == high(1)) is (count > UNIFORM)
    worklist.resize(900, 400)
    qtbot.waitUntil(lambda: high(1) == one)


def test_the_mouse_opens_folds_and_shows_all(worklist: Worklist, qtbot: QtBot) -> None:
    groups = [WorkGroup("a", "flag", "Lång", "regel", tuple(item_of(n) for n in range(FIRST + 20)))]
    worklist.set_loading()
    worklist.grab()
    worklist.set_groups(groups)
    view, left = worklist.viewport(), Qt.MouseButton.LeftButton
    head = worklist.visualRect(worklist.model().index(0, 0))
    QTest.mouseMove(view, head.center())
    QTest.mouseClick(view, left, pos=head.center() - head.center() / 2)
    assert worklist.model().rowCount() == 1
    QTest.mouseClick(view, left, pos=head.center() - head.center() / 2)
    right = head.center()
    right.setX(view.width() - 40)
    QTest.mouseClick(view, left, pos=right)
    assert worklist.model().rowCount() == FIRST + 21
    act = worklist.visualRect(worklist.model().index(2, 0)).center()
    act.setX(view.width() - 60)
    with qtbot.waitSignal(worklist.opened) as told:
        QTest.mouseClick(view, left, pos=act)
    assert told.args[0].name == "Person 1"


def test_the_row_under_the_ring_stays_when_others_go(worklist: Worklist) -> None:
    def group(*numbers: int) -> list[WorkGroup]:
        return [WorkGroup("a", "flag", "Grupp", "", tuple(item_of(n) for n in numbers))]

    worklist.set_groups(group(1, 2, 3))
    worklist.select(2)
    worklist.set_groups(group(2, 3))
    assert worklist.current_item() == item_of(2)
    worklist.set_groups(group(3, 4))
    assert worklist.current_item() in (item_of(3), item_of(4))
    worklist.set_groups([])
    assert worklist.current_item() is None
