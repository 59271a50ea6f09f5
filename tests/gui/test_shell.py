"""The window by using it: keys, places, messages and what is remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.messages import Messages
from desktop.runner import Change, Progress, Runner, Task
from desktop.settings import Settings
from desktop.shell.command_box import Answer, Group, Hit
from desktop.shell.crash_dialog import CrashDialog
from desktop.shell.help_dialog import HelpDialog
from desktop.shell.navigation import History, Location, ScreenSpec, Section
from desktop.shell.rail import RailItem
from desktop.shell.screen import Screen
from desktop.theme import Mode, Theme

Make = Callable[..., MainWindow]
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Page(Screen):
    """A screen that remembers what the window asked of it."""

    def __init__(self, concern: str) -> None:
        super().__init__()
        self.asked: list[object] = []
        self.leave = True
        self.concern = concern
        self.field = QLineEdit()
        self.field.setAccessibleName("Fält")
        QVBoxLayout(self).addWidget(self.field)

    def open(self, argument: object) -> None:
        self.asked.append(argument)

    def concerns(self, touched: object) -> bool:
        return self.concern in touched  # type: ignore[operator]

    def refresh(self) -> None:
        self.asked.append("refresh")

    def focus_filter(self) -> None:
        self.field.setFocus()

    def may_leave(self) -> bool:
        return self.leave


@pytest.fixture
def pages() -> dict[str, Page]:
    return {}


@pytest.fixture
def window(make_window: Make, pages: dict[str, Page]) -> MainWindow:
    return _with_screens(make_window(unit="Arena Arbetsmarknad"), pages)


def _with_screens(window: MainWindow, pages: dict[str, Page]) -> MainWindow:
    def build(key: str) -> Page:
        pages[key] = Page(key)
        return pages[key]

    window.register(
        [
            ScreenSpec(
                "rapporter", "Rapporter", "file-chart-column", lambda: build("rapporter"), Section.FOLLOW_UP
            ),
            ScreenSpec("deltagare", "Deltagare", "users", lambda: build("deltagare")),
            ScreenSpec("kort", "Deltagare", "users", lambda: build("kort"), under="deltagare"),
            ScreenSpec("import", "Import", "file-input", lambda: build("import"), Section.BOTTOM),
        ]
    )
    window.go(Location("deltagare"))
    return window


def _items(window: MainWindow) -> list[RailItem]:
    items = [i for i in window.rail.findChildren(RailItem) if i.isVisible() and not i.keys]
    return sorted(items, key=lambda item: item.mapTo(window, QPoint(0, 0)).y())


def test_only_registered_screens_stand_on_the_rail_in_their_sections(window: MainWindow) -> None:
    assert [item.text() for item in _items(window)] == ["Deltagare", "Rapporter", "Import"]
    assert window.rail.keys() == ["deltagare", "rapporter", "import"]


def test_screens_are_built_at_the_first_visit(window: MainWindow, pages: dict[str, Page]) -> None:
    assert set(pages) == {"deltagare"}
    window.go(Location("rapporter"))
    window.go(Location("deltagare", 5))
    assert set(pages) == {"deltagare", "rapporter"}
    assert pages["deltagare"].asked == [None, 5]


def test_ctrl_and_a_figure_goes_to_the_item(qtbot: QtBot, window: MainWindow, pages: dict[str, Page]) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.screen_shown is pages["rapporter"]
    qtbot.keyClick(window, Qt.Key.Key_9, CTRL)
    assert window.screen_shown is pages["rapporter"]


def test_a_click_on_the_rail_goes_there_and_marks_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(_items(window)[1], Qt.MouseButton.LeftButton)
    assert [item.isChecked() for item in _items(window)] == [False, True, False]
    qtbot.mouseClick(_items(window)[1], Qt.MouseButton.LeftButton)
    assert _items(window)[1].isChecked()


def test_a_place_under_another_marks_that_one(window: MainWindow) -> None:
    window.go(Location("kort", 17))
    assert [item.isChecked() for item in _items(window)] == [True, False, False]


def test_back_and_forward_by_keys_restore_the_place(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    window.go(Location("kort", 1))
    window.go(Location("kort", 2))
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert pages["kort"].asked == [1, 2, 1]
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.screen_shown is pages["deltagare"]
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert pages["kort"].asked == [1, 2, 1, 1]


def test_history_forgets_what_lay_forward_and_is_bounded() -> None:
    history = History(limit=2)
    for number in range(5):
        history.visit(Location("kort", number))
    assert history.back() == Location("kort", 3)
    history.visit(Location("kort", 9))
    assert history.next is None
    assert [history.back(), history.back(), history.back()] == [
        Location("kort", 3),
        Location("kort", 2),
        None,
    ]
    history.forget(Location("kort", 9))
    assert history.forward() == Location("kort", 3)


def test_a_screen_may_keep_the_user(window: MainWindow, pages: dict[str, Page]) -> None:
    pages["deltagare"].leave = False
    assert not window.go(Location("rapporter"))
    window.back()
    assert not window.close()
    assert window.screen_shown is pages["deltagare"]
    pages["deltagare"].leave = True
    assert window.close()


def test_f9_folds_the_rail_and_it_is_remembered(
    qtbot: QtBot, window: MainWindow, theme: Theme, settings: Settings
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.rail.width() == 56
    assert _items(window)[0].toolTip() == "Deltagare"
    assert settings.get("window/rail_folded", False) is True


def test_large_text_in_a_small_window_leaves_the_rail_its_icons(
    qtbot: QtBot, window: MainWindow, theme: Theme, settings: Settings
) -> None:
    window.resize(1180, 720)
    assert not window.rail.folded
    theme.set(scale=150)
    qtbot.waitUntil(lambda: window.rail.folded)
    assert settings.get("window/rail_folded", False) is False
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.rail.folded
    theme.set(scale=100)
    qtbot.waitUntil(lambda: not window.rail.folded)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    theme.set(scale=150)
    theme.set(scale=100)
    assert window.rail.folded  # as the user chose it


def test_the_count_is_read_out_with_what_it_counts(window: MainWindow) -> None:
    window.rail.set_count("deltagare", 5, "5 frister", danger=True)
    window.rail.set_count("finns inte", 5)
    assert _items(window)[0].accessibleName() == "Deltagare, 5 frister"


def test_ctrl_plus_minus_and_nought_change_the_text_size(
    qtbot: QtBot, window: MainWindow, theme: Theme, settings: Settings
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert (theme.scale, settings.get("look/text_scale", 0)) == (110, 110)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme.scale == 90
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert theme.scale == 100


def test_the_user_menu_chooses_and_remembers_the_look(
    window: MainWindow, theme: Theme, settings: Settings
) -> None:
    actions = {action.text(): action for action in window.top_bar.make_menu().actions()}
    assert actions["Ljust"].isChecked()
    actions["Mörkt"].trigger()
    actions["125\u00a0%"].trigger()
    assert (theme.mode, theme.scale) == (Mode.DARK, 125)
    assert (settings.get("look/theme", ""), settings.get("look/text_scale", 0)) == ("dark", 125)


def test_look_and_size_come_back_at_the_next_start(
    make_window: Make, settings: Settings, theme: Theme
) -> None:
    settings.set("look/theme", "dark")
    settings.set("look/text_scale", 110)
    first = make_window()
    first.resize(1180, 733)  # the test screen is small
    first.close()
    assert (theme.mode, theme.scale) == (Mode.DARK, 110)
    assert make_window().size() == first.size()


def test_the_largest_text_fits_in_the_least_window(
    make_window: Make, settings: Settings, pages: dict[str, Page]
) -> None:
    settings.set("look/text_scale", 150)
    window = _with_screens(make_window(demo=True, unit="Arena Arbetsmarknad"), pages)
    window.status_bar.set_saved("Allt sparat 08.42")
    window.status_bar.set_connection("Ansluten till databasen")
    least = window.centralWidget().minimumSizeHint()
    assert (least.width() <= 1180, least.height() <= 720) == (True, True), least


def test_broken_settings_give_the_ordinary_look(make_window: Make, settings: Settings, theme: Theme) -> None:
    settings.set("look/theme", "rosa")
    settings.set("look/text_scale", "stor")
    make_window()
    assert (theme.mode, theme.scale) == (Mode.SYSTEM, 100)


def test_ctrl_k_finds_pages_and_enter_goes(qtbot: QtBot, window: MainWindow, pages: dict[str, Page]) -> None:
    box = window.top_bar.commands
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert box.field.hasFocus()
    assert box.popup.isVisible()
    qtbot.keyClicks(box.field, "rapp")
    qtbot.waitUntil(lambda: box.list.count() == 2)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert window.screen_shown is pages["rapporter"]
    assert not box.popup.isVisible()
    assert box.field.text() == ""


class _Late:
    def __init__(self) -> None:
        self.answers: list[tuple[str, Answer]] = []

    def ask(self, text: str, answer: Answer) -> None:
        self.answers.append((text, answer))


def test_late_answers_to_older_words_are_ignored(qtbot: QtBot, window: MainWindow) -> None:
    late, box = _Late(), window.top_bar.commands
    window.add_provider(late)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(box.field, "hodan")
    qtbot.waitUntil(lambda: late.answers[-1][0] == "hodan")
    late.answers[0][1]([Group("Deltagare", (Hit("Gammalt svar", lambda: None),))])
    assert "Gammalt svar" not in box.field.accessibleDescription()
    late.answers[-1][1]([Group("Deltagare", (Hit("Hodan Rönnstig", lambda: None, "Ä-2026-0417"),))])
    assert "Hodan Rönnstig" in box.field.accessibleDescription()


def test_arrows_pass_over_headings_and_esc_closes(qtbot: QtBot, window: MainWindow) -> None:
    ran: list[str] = []
    late, box = _Late(), window.top_bar.commands
    window.add_provider(late)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    late.answers[-1][1]([Group("Kommandon", (Hit("Ny insats", lambda: ran.append("ny")),))])
    for key in (Qt.Key.Key_Down,) * 9 + (Qt.Key.Key_Up,) * 9:
        qtbot.keyClick(box.field, key)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert ran == ["ny"]
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()


def test_enter_before_the_answer_runs_what_was_typed_not_what_showed(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    ran: list[str] = []
    late, box = _Late(), window.top_bar.commands
    window.add_provider(late)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(box.field, "19980101")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert window.screen_shown is pages["deltagare"]
    text, answer = late.answers[-1]
    answer([Group("Deltagare", (Hit("Hodan Rönnstig", lambda: ran.append(text)),))])
    assert ran == ["19980101"]


def test_a_late_answer_does_not_move_what_the_user_went_to(qtbot: QtBot, window: MainWindow) -> None:
    late, box = _Late(), window.top_bar.commands
    window.add_provider(late)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    went_to = box.field.accessibleDescription()
    late.answers[-1][1]([Group("Deltagare", (Hit("Hodan Rönnstig", lambda: None),))])
    assert box.field.accessibleDescription() == went_to


def test_while_somebody_still_looks_nothing_is_called_missing(qtbot: QtBot, window: MainWindow) -> None:
    late, box = _Late(), window.top_bar.commands
    window.add_provider(late)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(box.field, "xyz")
    qtbot.waitUntil(lambda: box.list.item(0).text() == "Söker…")
    late.answers[-1][1]([])
    assert box.list.item(0).text() == "Inga träffar."


def test_nothing_found_says_so(qtbot: QtBot, window: MainWindow) -> None:
    box = window.top_bar.commands
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(box.field, "xyz")
    qtbot.waitUntil(lambda: box.list.item(0).text() == "Inga träffar.")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)


def test_ctrl_f_goes_to_the_filter_of_the_page(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert pages["deltagare"].field.hasFocus()


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow, pages: dict[str, Page]) -> None:
    page = pages["deltagare"]
    page.beside = QWidget(page)
    inner, work = (QLineEdit(parent) for parent in (page.beside, page))
    page.layout().addWidget(page.beside)  # type: ignore[union-attr]
    page.layout().addWidget(work)  # type: ignore[union-attr]
    page.beside.show()
    work.show()
    page.start_at = work
    page.field.setFocus()
    passed = []
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        passed.append(window.focusWidget())
    assert passed[0] is passed[4] is inner
    assert passed[1] is _items(window)[0]
    assert passed[1].isChecked()
    assert window.top_bar.isAncestorOf(passed[2])
    assert passed[3] is work
    qtbot.keyClick(window, Qt.Key.Key_F6, SHIFT)
    assert work.hasFocus()
    work.hide()
    _items(window)[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.field.hasFocus()


def test_f6_goes_to_the_form_that_lies_over_the_page(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    page = pages["deltagare"]
    page.start_at = page.field
    page.cover = QWidget(page)
    first, second = QLineEdit(page.cover), QLineEdit(page.cover)
    second.move(0, 40)
    page.cover.show()
    second.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.rail.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6, SHIFT)
    assert second.hasFocus()
    page.cover.hide()
    _items(window)[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6, SHIFT)
    assert page.field.hasFocus()
    assert not first.hasFocus()


def test_changes_refresh_the_screen_shown_now_and_others_at_their_visit(
    qtbot: QtBot, window: MainWindow, runner: Runner, pages: dict[str, Page]
) -> None:
    window.go(Location("rapporter"))
    touched = ("deltagare", "rapporter")
    runner.run(Change("Sparar", lambda _task: None, lambda _none: touched))
    qtbot.waitUntil(lambda: "refresh" in pages["rapporter"].asked)
    assert pages["deltagare"].asked == [None]
    window.go(Location("deltagare"))
    assert pages["deltagare"].asked == [None, None, "refresh"]
    runner.run(Change("Sparar", lambda _task: None, lambda _none: ("annat",)))
    qtbot.waitUntil(lambda: not runner.busy)
    assert pages["deltagare"].asked == [None, None, "refresh"]


def test_progress_shows_and_its_button_cancels(qtbot: QtBot, window: MainWindow, runner: Runner) -> None:
    strip = window.status_bar.progress

    def work(task: Task) -> None:
        while True:
            task.progress(1, 4)

    runner.run(Change("Läser in register.xlsx", work, lambda _none: (), failed=lambda _error: None))
    qtbot.waitUntil(strip.isVisible)
    assert (strip.title.text(), strip.figure.text()) == ("Läser in register.xlsx", "25\u00a0%")
    strip.cancel.click()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_progress_without_a_total_shows_the_number(window: MainWindow) -> None:
    window.status_bar.progress.show_progress(Progress("Läser", 1200))
    assert window.status_bar.progress.figure.text() == "1\u00a0200"


def test_messages_wait_for_the_window(make_window: Make, messages: Messages) -> None:
    messages.done("Insatsen är sparad.")
    window = make_window()
    assert [toast.text.text() for toast in window.toasts.toasts()] == ["Insatsen är sparad."]


def test_undo_in_a_toast_runs_once_and_closes_it(
    qtbot: QtBot, window: MainWindow, messages: Messages
) -> None:
    undone: list[int] = []
    messages.done("Insatsen är sparad.", lambda: undone.append(1))
    toast = window.toasts.toasts()[0]
    assert toast.undo.isVisible()
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    toast.undo.click()
    assert undone == [1]
    assert window.toasts.toasts() == []


def test_toasts_pass_but_errors_stay(qtbot: QtBot, theme: Theme, make_window: Make) -> None:
    window = make_window()
    window.toasts._shown_for = 1
    window.toasts.show_toast("error", "Kunde inte spara. Texten finns kvar. Försök igen.")
    window.toasts.show_toast("info", "Klart.")
    qtbot.waitUntil(lambda: len(window.toasts.toasts()) == 1)
    assert window.toasts.toasts()[0].text.text().startswith("Kunde inte spara")
    assert window.toasts.geometry().left() > window.rail.width()
    assert window.toasts.geometry().bottom() < window.height() - 26


def test_a_toast_with_the_focus_stays_and_goes_after_it(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    pages["deltagare"].field.setFocus()
    window.toasts._shown_for = 30
    toast = window.toasts.show_toast("done", "Sparat.", lambda: None)
    toast.undo.setFocus()
    qtbot.waitUntil(lambda: not toast._timer.isActive())
    assert window.toasts.toasts() == [toast]
    pages["deltagare"].field.setFocus()
    qtbot.waitUntil(lambda: window.toasts.toasts() == [])


def test_the_focus_goes_from_a_toast_back_to_where_it_was(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    field = pages["deltagare"].field
    field.setFocus()
    window.toasts.show_toast("done", "Ett.", lambda: None)
    toast = window.toasts.show_toast("done", "Två.", lambda: None)
    toast.undo.setFocus()
    qtbot.keyClick(toast.undo, Qt.Key.Key_Space)
    assert field.hasFocus()
    other = window.toasts.show_toast("error", "Fel.")
    other.cross.setFocus()
    field.hide()
    pages["deltagare"].start_at = window.status_bar  # takes no focus of its own
    other.cross.click()
    assert other not in window.toasts.toasts()


def test_an_offer_that_is_too_late_goes_from_its_toast(qtbot: QtBot, window: MainWindow) -> None:
    ran: list[int] = []
    toasts = [
        window.toasts.show_toast("done", f"Sak {act}.", lambda act=act: ran.append(act), "", act)  # type: ignore[misc]
        for act in (1, 2, 3)
    ]
    assert window.toasts.offered() == {1, 2, 3}
    toasts[1].undo.setFocus()
    window.toasts.drop({1}, {2, 9})
    assert window.toasts.offered() == {3}
    assert window.toasts.toasts() == toasts[1:]
    assert (toasts[1].undo.isVisible(), toasts[1].cross.hasFocus()) == (False, True)
    toasts[1].undo.click()
    assert ran == []


def test_toasts_follow_the_rail_and_the_text_size(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    long = "Sparat för tolv personer. Två personer hoppades över, för att de redan har insatsen."
    toast = window.toasts.show_toast("done", long, lambda: None)

    def beside() -> int:
        return window.toasts.x() - window.rail.width()

    qtbot.waitUntil(lambda: beside() == 24)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: beside() == 24)
    before = toast.text.size()
    theme.set(scale=150)
    qtbot.waitUntil(lambda: beside() == 24 and toast.text.width() > before.width())
    qtbot.waitUntil(lambda: window.toasts.height() >= toast.text.height())
    assert toast.text.height() >= toast.text.heightForWidth(toast.text.width())
    theme.set(scale=200)
    window.resize(1180, 720)
    qtbot.waitUntil(lambda: window.toasts.geometry().right() <= window.width() - 24)


def test_at_most_three_toasts_and_errors_go_last(window: MainWindow) -> None:
    for kind, text in (("error", "fel"), ("info", "a"), ("info", "b"), ("info", "c")):
        window.toasts.show_toast(kind, text)
    assert [toast.text.text() for toast in window.toasts.toasts()] == ["fel", "b", "c"]


def test_a_demo_register_is_marked_always(make_window: Make, pages: dict[str, Page]) -> None:
    window = _with_screens(make_window(demo=True), pages)
    assert window.top_bar.demo.isVisible()
    assert window.top_bar.demo.text() == "Demo – påhittade personer"
    assert window.windowTitle() == "Deltagare – Egenväg – Demo – påhittade personer"


def test_the_title_follows_the_screen_shown_only(window: MainWindow, pages: dict[str, Page]) -> None:
    assert window.windowTitle() == "Deltagare – Egenväg"
    pages["deltagare"].title_changed.emit("Ärende Ä-2026-0417")
    assert window.windowTitle() == "Ärende Ä-2026-0417 – Egenväg"
    window.go(Location("rapporter"))
    pages["deltagare"].title_changed.emit("Annat")
    assert window.windowTitle() == "Rapporter – Egenväg"


def test_status_says_what_is_saved_and_connected(window: MainWindow) -> None:
    window.status_bar.set_saved("Allt sparat 08.42")
    window.status_bar.set_connection("Ansluten till databasen")
    window.status_bar.set_keys((("Ctrl+N", "Ny insats"),))
    assert window.status_bar.state.text() == "Allt sparat 08.42 · Ansluten till databasen"
    assert window.status_bar.keys.text().endswith("Ctrl+N\u00a0Ny insats")


def test_help_lists_the_keys_in_swedish(qtbot: QtBot, theme: Theme) -> None:
    dialog = HelpDialog(theme, (("Deltagare", (("Ctrl+N", "Ny insats"),)),))
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert {"Kortkommandon", "Ctrl+K", "Ny insats"} <= {t if isinstance(t, str) else t() for t in said}


def test_the_crash_dialog_copies_and_opens_the_log(qtbot: QtBot, theme: Theme, tmp_path: object) -> None:
    from PySide6.QtGui import QGuiApplication

    opened: list[object] = []
    dialog = CrashDialog(theme, "Traceback", tmp_path, opened.append)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.copy.click()
    dialog.open_log.click()
    assert QGuiApplication.clipboard().text() == "Traceback"
    assert opened == [tmp_path]


def test_going_somewhere_puts_the_focus_there(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    _items(window)[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.focusWidget() is pages["rapporter"]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert pages["rapporter"].field.hasFocus()


def test_esc_in_the_command_box_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow, pages: dict[str, Page]
) -> None:
    pages["deltagare"].field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClick(window.top_bar.commands.field, Qt.Key.Key_Escape)
    assert pages["deltagare"].field.hasFocus()


def test_tab_goes_down_the_rail_and_on_to_the_top_bar(qtbot: QtBot, window: MainWindow) -> None:
    _items(window)[0].setFocus()
    passed = []
    for _ in range(5):
        passed.append(window.focusWidget().accessibleName())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert passed[:4] == ["Deltagare", "Rapporter", "Import", "Fäll ihop"]
    assert passed[4] in ("Sök eller kommando", "Hjälp (F1)")


def test_every_widget_that_takes_focus_has_a_name(window: MainWindow) -> None:
    focusable = [w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(focusable) > 8
    assert [w for w in focusable if not w.accessibleName() and w.focusProxy() is None] == []
