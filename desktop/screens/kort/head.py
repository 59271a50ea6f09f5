"""The head of the card: who, how things stand, what can be done, and the steg."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort.model import KortModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, clear_layout, column, row
from desktop.widgets.button import Button, ButtonKind, IconButton
from desktop.widgets.chip import Avatar, Chip, ProtectedChip
from desktop.widgets.stepper import Stepper
from desktop.widgets.text import ElidedText, Line, Text
from desktop.widgets.wrap import WrapRow

GAP, LEFT, BESIDE, RIGHT = 12, 20, 14, 18  # px: name to actions, and the margins around all of it
LEAST_NAME = 240  # design px that a long name has before it is cut


class Head(Card):
    """Buttons tell what is wanted; a protected card is striped and shows no name."""

    reveal = Signal()
    hide_again = Signal()
    pin_wanted = Signal(bool)
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self._theme = theme
        self.avatar = Avatar(theme, " ", 44)
        self.name = ElidedText("-", "page")  # names have hyphens, which are to be no wider than letters
        self.number = Text("", "panel", weight=500)
        self.copy = IconButton(theme, "copy", tr("Kopiera personnumret"), 24, 15)
        self.copy.clicked.connect(self._copy)
        self._fast = False
        self.pin = IconButton(theme, "pin", tr("Fäst överst bland senast öppnade"), 24, 15)
        self.pin.clicked.connect(lambda: self.pin_wanted.emit(not self._fast))
        self.protected = ProtectedChip(theme, header=True)
        self.meta = Text("", "body", "text2").wrapped()
        self._chips = WrapRow((), spacing=8)
        self.show_details = Button(theme, tr("Visa uppgifter…"), "eye")
        self.hide_details = Button(theme, tr("Dölj uppgifter"), "eye-off")
        self.print = IconButton(theme, "printer", tr("Skriv ut… (Ctrl+P)"), 32, 16)
        self.close_case = Button(theme, tr("Avslut…"), "door-open")
        self.note = Button(theme, tr("Anteckning"), "notebook-pen")
        self.meeting = Button(theme, tr("Nytt möte"), "calendar")
        self.insats = Button(theme, tr("Ny insats"), "plus", ButtonKind.PRIMARY, "Ctrl+N")
        self.show_details.clicked.connect(self.reveal)
        self.hide_details.clicked.connect(self.hide_again)
        self.stepper = Stepper(theme)
        self._line = Line(name="line")
        self._lay_out()

    def show_model(self, model: KortModel) -> None:
        """Show another card."""
        protected = bool(model.skydd)
        self.avatar.set(model.namn, model.dold)
        self.name.setText(model.namn)
        self.number.setText(model.nummer)
        self.number.setVisible(bool(model.nummer))
        self.copy.setVisible(bool(model.nummer))
        self.pin.setVisible(not protected)
        self._number.setVisible(bool(model.nummer) or not protected)
        self.protected.set("protected", model.skydd, "eye-off")
        self.protected.setVisible(protected)
        self.show_details.setVisible(protected and model.dold)
        self.hide_details.setVisible(protected and not model.dold)
        self.set_striped(protected)
        self.meta.setText(model.meta)
        self._show_chips(model)
        for button in (self.insats, self.close_case):
            button.set_disabled_because(model.hinder)
        self._fit()
        self.stepper.set_steps(model.steps)
        for widget in (self.stepper, self._line):
            widget.setVisible(bool(model.steps))

    def show_pin(self, fast: bool) -> None:
        """Whether the person is pinned."""
        self._fast = fast
        name = tr("Lossa") if fast else tr("Fäst överst bland senast öppnade")
        self.pin.set_icon("pin-off" if fast else "pin", name)

    def _show_chips(self, model: KortModel) -> None:
        layout = self._chips.layout()
        assert layout is not None
        clear_layout(layout)
        for chip in model.chips:
            layout.addWidget(Chip(self._theme, chip.kind, chip.text, chip.icon, header=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The actions stand beside the name, or below it where the name would have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width() - LEFT - self.avatar.sizeHint().width() - BESIDE - RIGHT
        least = max(
            min(self.name.sizeHint().width(), self._theme.px(LEAST_NAME)),
            self._who.minimumSizeHint().width(),
        )
        beside = room - GAP - self.action_row.minimumSizeHint().width()
        way = QBoxLayout.Direction.LeftToRight if least <= beside else QBoxLayout.Direction.TopToBottom
        self._names.setDirection(way)
        # Actions fold into their menu before the name breaks over lines.
        wanted = min(self._who.sizeHint().width(), beside)
        self._who.setMinimumWidth(wanted if least <= beside else 0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())
        self.copied.emit()

    def _lay_out(self) -> None:
        # The least used first: those are folded away where the window is narrow.
        self.action_row = ActionRow(
            self._theme, self.print, self.close_case, self.note, self.meeting, self.insats
        )
        self._number = QWidget()
        self._number.setLayout(row(self.number, self.copy, self.pin, spacing=6))
        self._who = WrapRow((self.name, self._number, self.protected, self.show_details, self.hide_details))
        self._names = row(self._who, self.action_row, spacing=GAP)
        self._names.setStretch(0, 1)
        self._names.setAlignment(self.action_row, Qt.AlignmentFlag.AlignTop)
        # Meta and chips go on below the actions, so that neither cuts the other off.
        words = column(self._names, 2, self.meta, 4, self._chips, spacing=1)
        top = row(self.avatar, words, spacing=BESIDE, margins=(LEFT, 13, RIGHT, 10))
        top.setStretch(1, 1)
        top.setAlignment(self.avatar, Qt.AlignmentFlag.AlignTop)
        steps = column(self.stepper, spacing=0, margins=(LEFT, 6, LEFT, 7))
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.body.addWidget(self._line)
        self.body.addLayout(steps)
