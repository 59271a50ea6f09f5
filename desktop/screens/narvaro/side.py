"""Beside the grid: the pass with the focus, what to look at, and the keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.attendance import GridCell
from desktop.widgets.attendance_paint import LOOKS, draw_empty, draw_mark
from desktop.widgets.boxes import Card, clear_layout, column
from desktop.widgets.fields import TextArea
from desktop.widgets.link_row import LinkRow
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width
from desktop.widgets.text import KeyHint, Text

PAUSE = 2_000  # ms of silence before a note is saved
KEYS = (
    ("N G O S", "sätt status, gå ned"), ("Delete", "ej registrerat"), ("↑ ↓ ← →", "flytta"),
    ("Skift+pilar", "markera flera"), ("Ctrl+D", "kopiera nedåt"), ("Ctrl+V", "klistra in"),
    ("Ctrl+Skift+Enter", "hela veckan"), ("Ctrl+Page Up", "förra veckan"), ("Ctrl+Z", "ångra"),
    ("Enter", "öppna kortet"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Markerat:
    """The pass with the focus, or several chosen, in words. `cell` None: none, or several; `note_why_not`
    where no note can be written. `marks` are the states of those chosen."""

    cell: GridCell | None = None
    namn: str = ""
    nar: str = ""
    note_why_not: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def is_many(self) -> bool:
        """Whether several passes are chosen."""
        return self.cell is None and bool(self.marks)


@dataclass(frozen=True, slots=True)
class Atgard:
    """Something to look at, in words, with the key of the person's row."""

    key: int
    title: str
    under: str
    icon: str


class MarkButton(QPushButton):
    """A state as it looks in the grid, its word, and its key."""

    def __init__(self, theme: Theme, mark: str, word: str, keys: str) -> None:
        super().__init__(word)
        self._theme, self._mark, self._keys = theme, mark, keys
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(self._theme.px(200), self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(self._theme.px(120), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, mark, word, key; the state that holds has a heavier word and edge."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        rect, on = QRectF(self.rect()), self.isEnabled()
        hot = on and (self.underMouse() or self.isDown())
        chosen = self.isChecked()
        edge = theme.colour("accent" if chosen else "neutral_border")
        rounded(painter, rect, 6, theme.colour("hover" if hot else "surface"), edge, 1.5 if chosen else 1)
        mark = QRectF(px(5), px(4), px(46), self.height() - px(8))
        painter.setOpacity(1 if on else 0.5)
        (draw_mark(painter, theme, mark, self._mark) if self._mark else draw_empty(painter, theme, mark))
        painter.setOpacity(1)
        tone = "text" if on else "text3"
        words = rect.adjusted(px(60), 0, 0, 0)
        draw_text(painter, theme, words, self.text(), tone, "body", 600 if chosen else 500)
        width = text_width(theme, self._keys, "axis", 500) + px(10)
        frame = QRectF(self.width() - width - px(8), (self.height() - px(18)) / 2, width, px(18))
        rounded(painter, frame, 4, theme.colour("surface"), theme.colour("neutral_border"))
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, frame, self._keys, "text2", "axis", 500, centre, elide=False)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)


class _Note(TextArea):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on has written what was to be written."""
        super().focusOutEvent(event)
        self.left.emit()


class SidePanel(QWidget):
    """`marked` with a letter, `note_written` with the pass, its note and the one before, `person_wanted`
    with a row's key."""

    marked = Signal(str)
    note_written = Signal(object, str, str)  # GridCell, text, text before
    person_wanted = Signal(int)

    def __init__(self, theme: Theme, words: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = Markerat()
        self._held, self._refused = "", False  # the note as the register has it, as far as is known here
        self.name = Text("", "body", weight=600).wrapped()
        self.when = Text("", "meta", "text2").wrapped()
        self.buttons = {mark: MarkButton(theme, mark, words[mark], mark) for mark in LOOKS}
        self.buttons[""] = MarkButton(theme, "", tr("Ej registrerat"), "Delete")
        self.note = _Note(theme, 2)
        self.note.setPlaceholderText(tr("Notering till passet"))
        self.note.setAccessibleName(tr("Notering till passet"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.atgarder = Card(theme, tr("Att följa upp"))
        self.atgarder.hide()
        self._followed: tuple[Atgard, ...] = ()
        self._atgarder = QVBoxLayout()
        self._atgarder.setSpacing(2)
        self._lay_out()
        self._connect()

    def show_pass(self, shown: Markerat) -> None:
        """The pass with the focus. A note being written is kept while the pass is the same."""
        same = _key(shown) == _key(self._shown)
        if not same:
            self.flush()
        writing = same and self.note.hasFocus()
        self._shown = shown
        self.name.setText(shown.namn or tr("Inget pass markerat"))
        self.when.setText(shown.nar)
        cell = shown.cell
        for mark, button in self.buttons.items():
            button.setEnabled(cell is not None or shown.is_many)
            one = cell is not None and cell.mark == mark and (bool(mark) or cell.planned)
            button.setChecked(one or (shown.is_many and shown.marks == {mark}))
        if not writing or self._refused:
            self._held, self._refused = cell.note if cell else "", False
        if not writing:
            self.note.setPlainText(self._held)
        self.note.setEnabled(not shown.note_why_not)
        self.note.setToolTip(shown.note_why_not)
        self.note.setAccessibleDescription(shown.note_why_not)

    def show_atgarder(self, rows: Sequence[Atgard]) -> None:
        """What to look at; the card goes where there is nothing."""
        if tuple(rows) == self._followed:
            return
        self._followed = tuple(rows)
        clear_layout(self._atgarder)
        self.atgarder.setVisible(bool(rows))
        for atgard in rows:
            link = LinkRow(self._theme, atgard.title, atgard.under, icon=atgard.icon)
            link.clicked.connect(lambda _on=False, key=atgard.key: self.person_wanted.emit(key))
            self._atgarder.addWidget(link)
            link.show()

    def flush(self) -> None:
        """Tell of a note that differs from the one held."""
        self._pause.stop()
        cell, text, before = self._shown.cell, self.note.value(), self._held
        if cell is not None and self.note.isEnabled() and text != before:
            self._held = text
            self.note_written.emit(cell, text, before)

    def refuse_note(self) -> None:
        """The note was not saved: what is written stays, to be saved over what is read next."""
        self._refused = True

    def _lay_out(self) -> None:
        chosen = Card(self._theme, tr("Markerat pass"))
        for part in (self.name, self.when, *self.buttons.values(), self.note):
            chosen.body.addWidget(part)
        chosen.body.setSpacing(5)
        self.atgarder.body.addLayout(self._atgarder)
        keys = Card(self._theme, tr("Tangenter"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (key, does) in enumerate(KEYS):
            grid.addWidget(KeyHint(key), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(tr(does), "meta", "text2").wrapped(), place, 1)
        keys.body.addLayout(grid)
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(column(chosen, self.atgarder, keys, 0, spacing=12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.setLayout(column(scroll, spacing=0))
        self._theme.changed.connect(self._themed)
        self._themed()

    def _connect(self) -> None:
        for mark, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, mark=mark: self.marked.emit(mark))
        self.note.textChanged.connect(self._pause.start)
        self.note.left.connect(self.flush)
        self._pause.timeout.connect(self.flush)

    def _themed(self) -> None:
        self.setFixedWidth(self._theme.px(252))


def _key(shown: Markerat) -> object:
    return shown.cell.key if shown.cell is not None else None if not shown.is_many else shown.namn
