"""The navigation shell: rail, top bar, pages, status bar and toasts. No domain here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop.i18n import tr
from desktop.messages import Message, Messages
from desktop.runner import Runner
from desktop.settings import Settings
from desktop.shell.command_box import Answer, CommandProvider, Group, Hit
from desktop.shell.help_dialog import HelpDialog, Keys
from desktop.shell.navigation import History, Location, ScreenSpec
from desktop.shell.rail import Rail
from desktop.shell.screen import Screen
from desktop.shell.status_bar import StatusBar
from desktop.shell.top_bar import TopBar, User
from desktop.theme import Mode, Theme
from desktop.widgets.boxes import column, row
from desktop.widgets.toast import ToastArea

RAIL_FOLDS_BELOW = 1020  # design px of the window


class MainWindow(QMainWindow):
    """Composition gives it what it needs; `register` the screens, then `go` to the first."""

    closing = Signal()

    def __init__(
        self,
        theme: Theme,
        runner: Runner,
        messages: Messages,
        settings: Settings,
        user: User,
        unit: str = "",
        demo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._runner, self._settings = theme, runner, settings
        self._demo, self._narrow = demo, False
        self._restore_look()
        self._specs: dict[str, ScreenSpec] = {}
        self._screens: dict[str, Screen] = {}
        self._stale: set[str] = set()
        self._help_keys: tuple[Keys, ...] = ()
        self.history = History()
        self.rail = Rail(theme, unit)
        self.top_bar = TopBar(theme, user, demo)
        self.status_bar = StatusBar(theme)
        self.pages = QStackedWidget()
        self._lay_out()
        self.toasts = ToastArea(theme, self, lambda: self.rail.width(), self._focus_content)
        self.rail.installEventFilter(self.toasts)
        theme.dress(self)
        self._connect()
        self._bind_keys()
        self._restore()
        self._set_title("")
        messages.listen(self._show_message)

    def register(self, specs: Sequence[ScreenSpec]) -> None:
        """Make screens reachable; only these are shown."""
        self._specs.update({spec.key: spec for spec in specs})
        self.rail.show_screens(specs)

    def add_provider(self, provider: CommandProvider) -> None:
        """Let the command box ask this one too."""
        self.top_bar.commands.add_provider(provider)

    def set_help(self, keys: tuple[Keys, ...]) -> None:
        """Keys of the screens, shown by F1 after those of the shell."""
        self._help_keys = keys

    def go(self, location: Location) -> bool:
        """Go somewhere and remember it; False if the present screen would not be left."""
        if not self._may_leave():
            return False
        self.history.visit(location)
        self._show(location)
        return True

    def back(self) -> None:
        """The place before this one (Alt+←)."""
        self._travel(self.history.back)

    def forward(self) -> None:
        """The place after this one (Alt+→)."""
        self._travel(self.history.forward)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen the user looks at."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def touched(self, things: frozenset[str], _owner: object = None) -> None:
        """Something was changed: the screen shown asks again if concerned, others at their next visit."""
        for key, screen in self._screens.items():
            if not screen.concerns(things):
                continue
            if screen is self.screen_shown:
                screen.refresh()
            else:
                self._stale.add(key)

    def show_help(self) -> None:
        """F1."""
        HelpDialog(self._theme, self._help_keys, self).exec()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the screen, remember how the window looked, and tell."""
        if not self._may_leave():
            event.ignore()
            return
        self._settings.set("window/geometry", self.saveGeometry())
        self._settings.save()
        self.closing.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window leaves the rail its icons."""
        super().resizeEvent(event)
        self._fit_rail()

    def _lay_out(self) -> None:
        self.setMinimumSize(1180, 720)
        right = QWidget()
        right.setLayout(column(self.top_bar, self.pages, self.status_bar, spacing=0))
        centre = QWidget()
        centre.setLayout(row(self.rail, right, spacing=0))
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        self.rail.chosen.connect(lambda key: self.go(Location(key)))
        self.rail.folded_changed.connect(self._rail_folded)
        self._theme.changed.connect(self._fit_rail)
        self.top_bar.back.connect(self.back)
        self.top_bar.forward.connect(self.forward)
        self.top_bar.help.connect(self.show_help)
        self.top_bar.mode_chosen.connect(self._choose_mode)
        self.top_bar.scale_chosen.connect(self._choose_scale)
        self.top_bar.commands.add_provider(_Pages(self._specs, self.go), last=True)
        self._runner.changed.connect(self.touched)
        self._runner.progressed.connect(self.status_bar.progress.show_progress)
        self._runner.busy_changed.connect(self._busy_changed)
        self.status_bar.progress.cancelled.connect(self._runner.cancel_all)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.top_bar.commands.start,
            "Ctrl+F": self._focus_filter,
            "F1": self.show_help,
            "F6": lambda: self._next_pane(1),
            "Shift+F6": lambda: self._next_pane(-1),
            "F9": self.rail.toggle,
            "Alt+Left": self.back,
            "Alt+Right": self.forward,
            "Ctrl++": lambda: self._step_scale(1),
            "Ctrl+=": lambda: self._step_scale(1),
            "Ctrl+-": lambda: self._step_scale(-1),
            "Ctrl+0": lambda: self._step_scale(0),
            **{f"Ctrl+{n}": (lambda n=n: self._go_number(n)) for n in range(1, 10)},  # type: ignore[misc]
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(lambda act=act: act())

    def _restore_look(self) -> None:
        mode = self._settings.get("look/theme", Mode.SYSTEM.value)
        known = Mode(mode) if mode in list(Mode) else Mode.SYSTEM
        self._theme.set(known, self._settings.get("look/text_scale", 100))

    def _restore(self) -> None:
        self.rail.set_folded(self._settings.get("window/rail_folded", False))
        if not self.restoreGeometry(self._settings.get("window/geometry", QByteArray())):
            self.resize(1440, 900)
        self._fit_rail()

    def _fit_rail(self) -> None:
        """What the user chose comes back with the room; F9 works meanwhile, and is not remembered."""
        narrow = self.width() < self._theme.px(RAIL_FOLDS_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.rail.set_folded(narrow or self._settings.get("window/rail_folded", False))

    def _rail_folded(self, folded: bool) -> None:
        if not self._narrow:
            self._settings.set("window/rail_folded", folded)

    def _focus_filter(self) -> None:
        if self.screen_shown is not None:
            self.screen_shown.focus_filter()

    def _travel(self, step: Callable[[], Location | None]) -> None:
        if self._may_leave() and (location := step()) is not None:
            self._show(location)

    def _may_leave(self) -> bool:
        return self.screen_shown is None or self.screen_shown.may_leave()

    def _show(self, location: Location) -> None:
        spec = self._specs[location.key]
        screen = self._screen(spec)
        self.pages.setCurrentWidget(screen)
        self.rail.select(spec.under or spec.key)
        self.top_bar.set_reach(self.history.previous is not None, self.history.next is not None)
        self._set_title(spec.title)
        screen.open(location.argument)
        if not screen.isAncestorOf(self.focusWidget() or self):
            (screen.start_at or screen).setFocus(Qt.FocusReason.OtherFocusReason)
        if spec.key in self._stale:
            self._stale.discard(spec.key)
            screen.refresh()

    def _screen(self, spec: ScreenSpec) -> Screen:
        if spec.key not in self._screens:
            screen = spec.build()
            screen.navigate.connect(self.go)
            screen.title_changed.connect(lambda title: self._title_of(screen, title))
            self._screens[spec.key] = screen
            self.pages.addWidget(screen)
        return self._screens[spec.key]

    def _title_of(self, screen: Screen, title: str) -> None:
        if screen is self.screen_shown:
            self._set_title(title)

    def _set_title(self, title: str) -> None:
        parts = [title, tr("Egenväg"), tr("Demo – påhittade personer") if self._demo else ""]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _go_number(self, number: int) -> None:
        keys = self.rail.keys()
        if number <= len(keys):
            self.go(Location(keys[number - 1]))

    def _next_pane(self, step: int) -> None:
        panes, screen = self._panes(), self.screen_shown
        focus = self.focusWidget()
        # The latest first: what stands beside the content is within the screen.
        held = (place for place in reversed(range(len(panes))) if _holds(panes[place][0], focus))
        at = next(held, -1 if step > 0 else 0)
        for distance in range(1, len(panes) + 1):
            pane, start = panes[(at + step * distance) % len(panes)]
            beside = screen.beside if screen is not None and pane is screen else None
            if _focus(start) or _focus_first(pane, beside):
                return

    def _panes(self) -> list[tuple[QWidget, QWidget | None]]:
        """Each pane in the order of F6, and where one begins in it; None is its first stop."""
        panes: list[tuple[QWidget, QWidget | None]] = [
            (self.rail, self.rail.selected),
            (self.top_bar, None),
        ]
        screen = self.screen_shown
        if screen is not None and screen.cover is not None and screen.cover.isVisible():
            panes.append((screen.cover, screen.cover.focusWidget()))  # where one was in it
        elif screen is not None:
            panes.append((screen, screen.start_at))
            if screen.beside is not None:
                panes.append((screen.beside, None))
        return [*panes, (self.status_bar, None)]

    def _focus_content(self) -> None:
        """Where the work begins on the screen shown."""
        screen = self.screen_shown
        if screen is not None and not _focus(screen.start_at) and not _focus_first(screen):
            screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_mode(self, mode: Mode) -> None:
        self._theme.set(mode=mode)
        self._settings.set("look/theme", mode.value)

    def _choose_scale(self, scale: int) -> None:
        self._theme.set(scale=scale)
        self._settings.set("look/text_scale", self._theme.scale)

    def _step_scale(self, step: int) -> None:
        self._theme.step_scale(step)
        self._settings.set("look/text_scale", self._theme.scale)

    def _busy_changed(self, busy: bool) -> None:
        if not busy:
            self.status_bar.progress.clear()

    def _show_message(self, message: Message) -> None:
        self.toasts.show_toast(
            message.kind.value, message.text, message.undo, message.action, message.handelse_id
        )


class _Pages:
    """The pages of the rail as commands: "Gå till Rapporter"."""

    def __init__(self, specs: dict[str, ScreenSpec], go: Callable[[Location], bool]) -> None:
        self._specs = specs
        self._go = go

    def ask(self, text: str, answer: Answer) -> None:
        """Pages whose title holds the text; all of them while nothing is written."""
        found = [s for s in self._specs.values() if not s.under and text.casefold() in s.title.casefold()]
        hits = [Hit(s.title, lambda s=s: self._open(s), tr("Gå till"), s.icon) for s in found]  # type: ignore[misc]
        answer([Group(tr("Sidor"), tuple(hits))])

    def _open(self, spec: ScreenSpec) -> None:
        self._go(Location(spec.key))


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))


def _focus(widget: QWidget | None) -> bool:
    """Give the focus, where it can be had."""
    if widget is None or not widget.isVisible() or not widget.isEnabled():
        return False
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return True


def _focus_first(pane: QWidget, but: QWidget | None = None) -> bool:
    """The first stop of Tab in a pane, on the way that Tab goes; nothing that lies in `but`."""
    widget = pane.nextInFocusChain()
    stops: list[QWidget] = []
    while widget is not None and widget is not pane:
        tabbable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if tabbable and pane.isAncestorOf(widget) and not (but is not None and but.isAncestorOf(widget)):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return any(_focus(stop) for stop in stops)
