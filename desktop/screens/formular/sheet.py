"""A sheet over the right side of a page with a form in it. Knows fields, not what they mean."""

from collections.abc import Callable, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.commands import varningar
from desktop.i18n import tr
from desktop.screens.formular.draft_notice import DraftNotice
from desktop.screens.formular.falt import put_value, read_value, watch
from desktop.shell.screen import Screen
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button, ButtonKind, close_button
from desktop.widgets.dialog import confirm
from desktop.widgets.fields import CheckField, FieldBox, TextArea
from desktop.widgets.text import Line, Text

REASON = varningar.FIELD  # the name of the field that says why a warning is passed
WIDTH = 420
PAUSE = 120  # ms of silence before the values are checked


class Sheet(QWidget):
    """Covers its page with a veil; the form stands at the right. Tab stays inside, Esc closes.

    `edited` comes a moment after the last key, `save_wanted` with True where another is to follow.
    """

    edited = Signal()
    save_wanted = Signal(bool)
    closed = Signal()
    started = Signal()

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        title: str,
        action: str,
        again: bool,
        danger: bool = False,
        width: int = WIDTH,
    ) -> None:
        super().__init__(over)
        self._theme, self._over, self._width = theme, over, width
        self.boxes: dict[str, FieldBox] = {}
        self._before: Mapping[str, object] = {}
        self._order: list[Callable[[], Sequence[QWidget]]] = []
        self._asking = False
        self._came_from = over.window().focusWidget()
        self.is_open = True
        self.is_started = False
        self.keeps_drafts = False  # what is written is kept elsewhere: nothing is lost by closing
        self.setAccessibleName(title)
        self.title = Text(title, "panel")
        self.context = Text("", "body", "text2").wrapped()
        self.notice = Notice(theme, "danger", "")
        self.notice.hide()
        self.draft = DraftNotice(theme)
        self.skal = TextArea(theme, 2)
        self.reason = FieldBox(theme, tr("Skäl att spara ändå"), self.skal, required=True)
        self.reason.hide()
        self.fields = QVBoxLayout()
        self.fields.setSpacing(10)
        kind = ButtonKind.DANGER if danger else ButtonKind.PRIMARY
        self.save = Button(theme, action, kind=kind, keys="Ctrl+S")
        self.again = Button(theme, tr("Spara och ny"))
        if not again:
            self.again.hide()
        self.cancel = Button(theme, tr("Avbryt"))
        self.cross = close_button(theme)
        self._panel = QFrame(self)
        self._panel.setObjectName("sheet")
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._connect()
        self._place()
        self.show()
        self.raise_()
        if isinstance(over, Screen):
            over.cover = self

    def add(self, name: str, label: str, field: QWidget, hint: str = "", required: bool = False) -> FieldBox:
        """A field with its label; `name` is what findings call it."""
        box = self._box(name, label, field, hint, required)
        self.fields.addWidget(box)
        return box

    def add_check(self, name: str, field: CheckField) -> FieldBox:
        """A check box, which is its own label."""
        return self.add_labelled(name, field.text(), field)

    def here(self) -> tuple[int, int]:
        """Where the next field comes, for `move_last`: among what is seen, and on the way of Tab."""
        return self.fields.count(), len(self._order)

    def move_last(self, box: FieldBox, place: tuple[int, int]) -> None:
        """Put the field added last where another one stood first. The sheet begins with what it holds."""
        seen, stop = place
        self.fields.insertWidget(seen, box)
        self._order.insert(stop, self._order.pop())
        name = next(name for name, added in self.boxes.items() if added is box)
        self._before = {**self._before, name: read_value(box.field)}

    def add_labelled(self, name: str, label: str, field: QWidget) -> FieldBox:
        """A field that shows its label itself."""
        box = self.add(name, label, field)
        box.label.hide()
        return box

    def add_below(self, name: str, field: CheckField) -> FieldBox:
        """A check box over the buttons, in sight however long the form is."""
        box = self._box(name, field.text(), field, "", required=False)
        box.label.hide()
        self._below.addWidget(box)
        return box

    def add_heading(self, text: str) -> Text:
        """Words over the fields that follow."""
        heading = Text(text, "body", weight=600)
        self.fields.addWidget(heading)
        return heading

    def add_aside(self, widget: QWidget, stops: Callable[[], Sequence[QWidget]]) -> None:
        """Something between the fields that is no field; `stops` are where Tab stops in it now."""
        self.fields.addWidget(widget)
        self._order.append(stops)

    def add_pair(self, *boxes: FieldBox) -> None:
        """Put fields already added side by side."""
        pair = row(*boxes, spacing=12)
        for place, box in enumerate(boxes):
            pair.setStretch(place, 1)
            pair.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(pair)

    def start(self) -> None:
        """All fields are there: remember what they hold and begin at the first."""
        self.fields.addStretch(1)
        self._before = self.values()
        boxes = list(self.boxes.values())
        if boxes:
            boxes[0].field.setFocus(Qt.FocusReason.TabFocusReason)
        self.is_started = True
        self.started.emit()

    def restart(self) -> None:
        """What is written now is the beginning of another."""
        self.skal.clear()
        self._before = self.values()
        self.show_findings({}, {})
        next(iter(self.boxes.values())).field.setFocus(Qt.FocusReason.TabFocusReason)

    def values(self) -> dict[str, object]:
        """What every field holds, as JSON can keep it."""
        fields = {name: read_value(box.field) for name, box in self.boxes.items()}
        return {**fields, REASON: self.skal.toPlainText()}

    @property
    def beginning(self) -> Mapping[str, object]:
        """What the fields began with."""
        return self._before

    def begin_from(self, values: Mapping[str, object]) -> None:
        """What is in the register is another now: what counts as written is what differs from this."""
        self._before = dict(values)

    @property
    def is_dirty(self) -> bool:
        """Something is written that is not saved."""
        return self.values() != self._before

    def changed_values(self) -> dict[str, object]:
        """The fields that hold something else than they began with, as JSON can keep them."""
        before = self._before
        return {name: value for name, value in self.values().items() if value != before.get(name)}

    def set_values(self, values: Mapping[str, object]) -> bool:
        """Show what `changed_values` gave; True if any field took one. Fields that are gone are skipped."""
        before = self.values()
        for name, value in values.items():
            if name in self.boxes:
                put_value(self.boxes[name].field, value)
        if REASON in values:
            put_value(self.skal, values[REASON])
        return self.values() != before

    def reset_values(self) -> None:
        """Show what the form began with."""
        self.set_values(self._before)

    def show_findings(
        self, errors: Mapping[str, str], warnings: Mapping[str, str], asks: bool = False
    ) -> None:
        """Errors and warnings at their fields; those of no field stand above the buttons. `asks`: a warning
        can be passed with a reason, which is asked for there."""
        self.reason.setVisible(asks)
        self.reason.set_error(errors.get(REASON, ""))
        for name, box in self.boxes.items():
            box.set_error(errors.get(name, ""))
            box.set_warning(warnings.get(name, ""))
        known = {REASON, *self.boxes}
        rest = [text for name, text in {**warnings, **errors}.items() if name not in known]
        failed = any(name not in known for name in errors)
        self.notice.set("danger" if failed else "warn", " ".join(rest))
        self.notice.setVisible(bool(rest))

    def focus_error(self) -> None:
        """Go to the first field in error."""
        for box in self.boxes.values():
            if box.error and box.isVisible():
                box.field.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(box)
                return

    def set_busy(self, busy: bool) -> None:
        """While it is saved nothing more can be asked for."""
        if busy:  # or a check of what was typed just before would wipe what the save is going to tell
            self._pause.stop()
        for button in (self.save, self.again):
            button.setEnabled(not busy)

    def may_close(self) -> bool:
        """True when nothing is lost, or the user says so."""
        if self.keeps_drafts or not self.is_dirty or self._asking:
            return not self._asking
        self._asking = True
        try:
            return confirm(
                self._theme,
                tr("Stäng utan att spara?"),
                tr("Det du har skrivit i formuläret försvinner."),
                tr("Stäng utan att spara"),
                danger=True,
                parent=self.window(),
            )
        finally:
            self._asking = False

    def dismiss(self) -> None:
        """Go away without asking."""
        if self.is_open:
            self.is_open = False
            if isinstance(self._over, Screen):
                self._over.cover = None
            self._over.removeEventFilter(self)
            self._give_back_focus()
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def _give_back_focus(self) -> None:
        """To where it was: left to Qt it may come to the toast's Ångra, which Space would then press."""
        before = self._came_from
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (getattr(self._over, "start_at", None) or self._over).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's size; Enter goes on to the next field."""
        if watched is self._over:
            if event.type() == QEvent.Type.Resize:
                self._place()
            return False
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            if isinstance(watched, QPlainTextEdit):
                return False
            self.focusNextPrevChild(True)
            return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the sheet."""
        stops = [w for w in self._stops() if w.isVisible() and w.isEnabled()]
        if not self.is_open or not stops:
            return super().focusNextPrevChild(forward)
        focus = self.focusWidget()
        at = stops.index(focus) if focus in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop = stops[(at + (1 if forward else -1)) % len(stops)]
        stop.setFocus(reason)
        if self._scroll.isAncestorOf(stop):
            self._scroll.ensureWidgetVisible(stop, 0, self._theme.px(60))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc asks to close."""
        if event.key() == Qt.Key.Key_Escape:
            self._try_close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        """The veil takes the clicks meant for the page under it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The veil."""
        veil = QColor(self._theme.colour("text" if self._theme.scheme == "light" else "rail"))
        veil.setAlpha(60 if self._theme.scheme == "light" else 150)
        QPainter(self).fillRect(self.rect(), veil)

    def _stops(self) -> Sequence[QWidget]:
        fields = [stop for stops in self._order for stop in stops()]
        return [self.draft.discard, *fields, self.skal, self.save, self.again, self.cancel, self.cross]

    def _box(self, name: str, label: str, field: QWidget, hint: str, required: bool) -> FieldBox:
        box = FieldBox(self._theme, label, field, hint, required)
        self.boxes[name] = box
        watch(field, self._changed)
        edited = getattr(field, "line", field)
        self._order.append(lambda: [edited])
        edited.installEventFilter(self)
        return box

    def _changed(self, *_args: object) -> None:
        self._pause.start()

    def _try_close(self) -> None:
        if self.may_close():
            self.dismiss()

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(self._theme.px(self._width), self.width())
        self._panel.setGeometry(QRect(self.width() - width, 0, width, self.height()))

    def _connect(self) -> None:
        self._over.installEventFilter(self)
        self.skal.textChanged.connect(self._changed)
        self._pause.timeout.connect(self.edited)
        self.save.clicked.connect(lambda: self.save_wanted.emit(False))
        self.again.clicked.connect(lambda: self.save_wanted.emit(True))
        self.cancel.clicked.connect(self._try_close)
        self.cross.clicked.connect(self._try_close)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._try_close)

    def _lay_out(self) -> None:
        theme = self._theme
        head = row(self.title, 0, self.cross, margins=(24, 16, 14, 0))
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(column(self.context, self.draft, self.fields, spacing=12, margins=(24, 4, 24, 12)))
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._below = QVBoxLayout()
        notice = column(self.notice, self._below, self.reason, spacing=8, margins=(24, 0, 24, 8))
        foot = row(self.cancel, 0, self.again, self.save, margins=(24, 12, 24, 14))
        layout = column(head, scroll, notice, Line(name="line"), foot, spacing=6)
        layout.setStretch(1, 1)
        self._panel.setLayout(layout)
        self._panel.setStyleSheet(
            f"#sheet {{ background: {theme.colour('surface').name()}; border: 0;"
            f" border-left: 1px solid {theme.colour('border').name()}; }}"
        )
