"""The top bar: back and forward, command box, demo mark, help, and the user with theme and text size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.formatting import initials
from desktop.i18n import tr
from desktop.shell.command_box import CommandBox
from desktop.theme import Mode, Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import IconButton
from desktop.widgets.chip import Chip
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width

K = TypeVar("K")
COMPACT = 700  # design px of the bar


@dataclass(frozen=True, slots=True)
class User:
    """Who is shown at the top right."""

    name: str
    role: str = ""


class UserButton(QPushButton):
    """Initials, name and role; opens the menu with theme and text size."""

    def __init__(self, theme: Theme, user: User, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._user, self._compact = user, False
        self.setAccessibleName(f"{user.name}, {user.role}" if user.role else user.name)
        self.setToolTip(tr("Utseende och textstorlek"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def set_compact(self, compact: bool) -> None:
        """Without the words, which are the tooltip then."""
        if compact != self._compact:
            self._compact = compact
            look = tr("Utseende och textstorlek")
            self.setToolTip(f"{self.accessibleName()}\n{look}" if compact else look)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Circle, words and arrow."""
        if self._compact:
            return QSize(self._theme.px(64), self._theme.px(40))
        name = text_width(self._theme, self._user.name, "body", 600)
        role = text_width(self._theme, self._user.role, "meta")
        return QSize(max(name, role) + self._theme.px(78), self._theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As in the pictures."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            rounded(painter, rect, 6, theme.colour("hover"), None)
        circle = QRectF(px(4), (rect.height() - px(32)) / 2, px(32), px(32))
        rounded(painter, circle, px(16), theme.colour("accent_soft"), None)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(
            painter, theme, circle, initials(self._user.name), "accent_text", "meta", 600, centre, False
        )
        if not self._compact:
            self._paint_words(painter, rect)
        arrow = theme.pixmap("chevron-down", "text2", 14)
        painter.drawPixmap(QPointF(rect.right() - px(20), (rect.height() - px(14)) / 2), arrow)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        width = rect.width() - px(66)
        top = QRectF(px(46), rect.height() / 2 - px(17), width, px(17))
        if self._user.role:
            draw_text(painter, theme, top.translated(0, px(17)), self._user.role, "text2", "meta")
        else:
            top.moveTop((rect.height() - px(17)) / 2)
        draw_text(painter, theme, top, self._user.name, "text", "body", 600)


class TopBar(QFrame):
    """Knows nothing of screens: it tells what was pressed."""

    back = Signal()
    forward = Signal()
    help = Signal()
    mode_chosen = Signal(object)  # Mode
    scale_chosen = Signal(int)

    def __init__(self, theme: Theme, user: User, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAccessibleName(tr("Verktygsrad"))
        self._theme = theme
        self._back = IconButton(theme, "chevron-left", tr("Bakåt (Alt+vänsterpil)"))
        self._forward = IconButton(theme, "chevron-right", tr("Framåt (Alt+högerpil)"))
        self.commands = CommandBox(theme)
        self._help = IconButton(theme, "circle-question-mark", tr("Hjälp (F1)"), icon_px=18)
        self.user = UserButton(theme, user)
        self.demo = Chip(theme, "over_guide", tr("Demo – påhittade personer"), "flask-conical", header=True)
        self._back.clicked.connect(self.back)
        self._forward.clicked.connect(self.forward)
        self._help.clicked.connect(self.help)
        self.user.clicked.connect(self._open_menu)
        parts = (self._back, self._forward, 7, self.commands, 0, self.demo, self._help, self.user)
        layout = row(*parts, spacing=4, margins=(16, 0, 16, 0))
        layout.setStretchFactor(self.commands, 100)
        self.setLayout(layout)
        self.demo.setVisible(demo)
        self.set_reach(False, False)
        theme.changed.connect(self._themed)
        self._themed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the command box has it rather than the user's name."""
        super().resizeEvent(event)
        self._fit()

    def set_reach(self, back: bool, forward: bool) -> None:
        """Whether there is anywhere to go back and forward to."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def make_menu(self) -> QMenu:
        """The menu of the user: theme and text size, the chosen ones checked."""
        menu = QMenu(self)
        modes = {Mode.SYSTEM: tr("Följ datorn"), Mode.LIGHT: tr("Ljust"), Mode.DARK: tr("Mörkt")}
        self._add_choices(menu, tr("Utseende"), modes, self._theme.mode, self.mode_chosen.emit)
        menu.addSeparator()
        scales = {scale: f"{scale}\u00a0%" for scale in self._theme.tokens.scales}
        self._add_choices(menu, tr("Textstorlek"), scales, self._theme.scale, self.scale_chosen.emit)
        return menu

    def _add_choices(
        self, menu: QMenu, title: str, choices: Mapping[K, str], chosen: K, choose: Callable[[K], None]
    ) -> None:
        heading = menu.addAction(title)
        heading.setEnabled(False)
        group = QActionGroup(menu)
        for value, text in choices.items():
            action = QAction(text, group)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            if value == chosen:
                action.setIcon(self._theme.icon("check", "accent_text", 15))
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            menu.addAction(action)

    def _open_menu(self) -> None:
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.user.mapToGlobal(QPoint(0, self.user.height())))

    def _fit(self) -> None:
        self.user.set_compact(self.width() < self._theme.px(COMPACT))

    def _themed(self) -> None:
        self._fit()
        self.setFixedHeight(self._theme.size("top_bar"))
        self.commands.setMaximumWidth(self._theme.px(560))
        self.commands.field.setMinimumWidth(self._theme.px(110))
        self.commands.field.setFixedHeight(self._theme.px(37))
