"""The screen Närvaro: the week's grid under a legend, with context beside it. Knows widgets and rows."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QStackedWidget, QWidget

from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.screens.narvaro.side import SidePanel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.attendance import GridRow, Slot
from desktop.widgets.attendance_head import AttendanceFooter
from desktop.widgets.attendance_paint import LOOKS, MarkLabel
from desktop.widgets.attendance_view import AttendanceView
from desktop.widgets.boxes import Card, EmptyState, Notice, PageHeader, column, row
from desktop.widgets.button import Button, IconButton, close_button
from desktop.widgets.choice import Segmented
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.side_fold import SideFold
from desktop.widgets.text import IconLabel, Text

ROOMY_HEAD, ROOMY = 1010, 860  # design px of the page and of the grid, below which words are fewer
CHOICES_BESIDE = 800  # design px of the page, below which what is shown is chosen on a line of its own
LOW, LOWEST = 460, 380  # design px of the page, below which legend and totals leave their room to the grid
MOST_FAULTS = 6
ENHET, HANDLAGGARE = "enhet", "handlaggare"
V = TypeVar("V")


class _Choice(ComboField[V]):
    def sizeHint(self) -> QSize:
        """Of one width: among a thousand names nobody measures each."""
        return QSize(self._theme.px(248), self._theme.px(32))


class NarvaroView(QWidget):
    """Signals tell what the user wants: another week or list, passes marked, filled, pasted or taken back."""

    week_wanted = Signal(int)  # weeks from the one shown; 0 is this week
    list_wanted = Signal()
    kind_wanted = Signal(str)

    def __init__(self, theme: Theme, words: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.previous = IconButton(theme, "chevron-left", tr("Föregående vecka (Ctrl+Page Up)"), 32)
        self.this_week = Button(theme, tr("Denna vecka"))
        self.next = IconButton(theme, "chevron-right", tr("Nästa vecka (Ctrl+Page Down)"), 32)
        self.kind = Segmented(theme, tr("Visa"), [(ENHET, tr("Enhet")), (HANDLAGGARE, tr("Handläggare"))])
        self.enhet: _Choice[int] = _Choice(theme, toolbar=tr("Enhet"))
        self.handlaggare: _Choice[str] = _Choice(theme, toolbar=tr("Handläggare"))
        self.panel_button = IconButton(theme, "panel-right", tr("Sidopanel"), 32)
        self._choices = QWidget()
        self._choices.setLayout(row(self.kind, self.enhet, self.handlaggare, 0, spacing=8))
        self.header = PageHeader(
            tr("Närvaro"), "", self.previous, self.this_week, self.next, self._choices, self.panel_button
        )
        self.grid = AttendanceView(theme, words, tr("Veckans närvaro"))
        self.footer = AttendanceFooter(theme, self.grid, tr("Närvarande av planerade"))
        self.empty = EmptyState(theme, " ", " ")
        self.fill_pass = Button(theme, tr("Passet närvarande"), "check", keys="Ctrl+Return")
        self.fill_week = Button(theme, tr("Hela veckan närvarande"), "calendar-check")
        self.fill_week.setShortcut(QKeySequence("Ctrl+Shift+Return"))
        self.undo = Button(theme, tr("Ångra"), "undo-2")
        self.state_mark, self.state = IconLabel(theme, "circle-check", "ok", 14), Text("", "meta", "text2")
        self.bar, self.progress = QProgressBar(), Text("", "meta", "text2")
        self.faults = Notice(theme, "warn", " ")
        self.side = SidePanel(theme, words)
        self._words, self._title, self._failed = words, "", False
        self._legend_words: list[tuple[Text, Text]] = []
        self._lay_out()
        self._connect()

    def show_week(self, title: str, slots: Sequence[Slot], rows: Sequence[GridRow], share: str) -> None:
        """The grid, or that nobody has a pass that week."""
        had_focus = self.grid.hasFocus()
        self._title = title
        self._show_title()
        self.grid.show_week(slots, rows)
        self.footer.set_share(share)
        self._stack.setCurrentIndex(0 if rows else 1)
        for button in (self.fill_pass, self.fill_week):
            button.set_disabled_because("" if rows else tr("Det finns inga pass att fylla."))
        if had_focus and not rows:
            self.this_week.setFocus()

    def _show_title(self) -> None:
        """The week beside the page's name, or instead of it where there is no room for both."""
        roomy = self.width() >= self._theme.px(ROOMY_HEAD)
        week, _, days = self._title.partition(" · ")
        short = f"{week.replace(tr('vecka'), 'v.')} · {days.rpartition(' ')[0]}" if days else tr("Närvaro")
        self.header.title.setText(tr("Närvaro") if roomy else short)
        # Where the line below has room for the buttons alone, what is saved is told up here.
        self.header.meta.setText(self._title if roomy else self.state.text())
        self.header.meta.set_tone("danger" if self._failed and not roomy else "text2")
        self.this_week.setVisible(roomy or self.this_week.isEnabled())

    def _fit_words(self) -> None:
        """Fewer words where the text is large or the window narrow."""
        self._show_title()
        beside = 0 if self.fold.is_folded else self.side.width() + 16
        roomy = self.width() - 48 - beside >= self._theme.px(ROOMY)
        for long, short in self._legend_words:
            long.setVisible(roomy)
            short.setVisible(not roomy)
        for part in (self.bar, self.progress):
            part.setVisible(roomy)
        self._status.setVisible(self.width() >= self._theme.px(ROOMY_HEAD))

    def show_empty(self, fact: str, advice: str) -> None:
        """What to say while there is nobody."""
        self.empty.fact.setText(fact)
        self.empty.advice.setText(advice)
        self.empty.advice.setVisible(bool(advice))
        self.empty.setAccessibleName(f"{fact} {advice}".strip())

    def show_progress(self, done: int, total: int) -> None:
        """How many passes of the week are registered."""
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)
        text = f"{number(done)} {tr('av')} {number(total)}{NBSP}{tr('pass registrerade')}"
        self.progress.setText(text)
        self.bar.setAccessibleName(text)

    def show_state(self, text: str, kind: str = "ok") -> None:
        """Saved, being saved, or why not: `kind` is ok, wait, info or danger."""
        icons = {"ok": ("circle-check", "ok"), "wait": ("refresh-cw", "text2"), "info": ("info", "info"),
                 "danger": ("circle-alert", "danger")}  # fmt: skip
        self.state_mark.set(*icons[kind])
        self.state_mark.setVisible(bool(text))
        self.state.setText(text)
        self.state.setAccessibleName(text)
        self._failed = kind == "danger"
        self.state.set_tone("danger" if self._failed else "text2")
        self._show_title()

    def show_faults(self, faults: Sequence[str]) -> None:
        """What of a paste was left as it was; nothing hides the notice."""
        self._faults.setVisible(bool(faults))
        if faults:
            head = (
                tr("1 ruta lades inte in.") if len(faults) == 1
                else f"{number(len(faults))} {tr('rutor lades inte in.')}"
            )  # fmt: skip
            more = len(faults) - MOST_FAULTS
            lines = [
                *faults[:MOST_FAULTS],
                *([f"{tr('Och')} {number(more)} {tr('till.')}"] if more > 0 else []),
            ]
            self.faults.set("warn", head, "\n".join(lines))

    def choose_kind(self, kind: str) -> None:
        """Which of the two choices stands beside."""
        self.kind.set_value(kind)
        self.enhet.setVisible(kind == ENHET)
        self.handlaggare.setVisible(kind == HANDLAGGARE)

    def focus_filter(self) -> None:
        """Ctrl+F: the choice of list."""
        chosen = self.enhet if self.kind.value() == ENHET else self.handlaggare
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window folds the side panel under its button."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._place_choices()
        self._legend_row.setVisible(self.height() >= self._theme.px(LOW))
        self.footer.setVisible(self.height() >= self._theme.px(LOWEST))
        self.fold.arrange()
        self._fit_words()

    def _place_choices(self) -> None:
        """Beside the title, or on a line of their own."""
        beside = self.width() >= self._theme.px(CHOICES_BESIDE)
        head = self.header.layout()
        assert isinstance(head, QBoxLayout)
        if beside == (self._whole.indexOf(self._choices) < 0):
            return  # it stands there already
        (self._whole if beside else head).removeWidget(self._choices)
        if beside:
            head.insertWidget(head.indexOf(self.panel_button), self._choices)
        else:
            self._whole.insertWidget(1, self._choices)

    def _panel_top(self) -> int:
        return self._card.mapTo(self, QPoint(0, 0)).y()

    def _lay_out(self) -> None:
        self._card = Card(self._theme, padding=0)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self._card.body.setSpacing(0)
        week = QWidget()
        inner = column(self.grid, self.footer, spacing=0)
        inner.setStretch(0, 1)
        week.setLayout(inner)
        self._stack = QStackedWidget()
        self._stack.addWidget(week)
        self._stack.addWidget(self.empty)
        self._card.body.addWidget(self._stack)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self._faults = QWidget()
        close = close_button(self._theme)
        close.clicked.connect(lambda: self.show_faults(()))
        notice = row(self.faults, close, spacing=4)
        notice.setStretch(0, 1)
        notice.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        self._faults.setLayout(notice)
        self._faults.hide()
        self._status = QWidget()
        self._status.setLayout(row(self.state_mark, self.state, self.bar, self.progress, spacing=6))
        self._acts = ActionRow(self._theme, self.undo, self.fill_week, self.fill_pass, left=True)
        below = row(self._acts, self._status, spacing=12)
        below.setStretch(0, 1)
        self._legend_row = self._legend()
        left = column(self._legend_row, self._faults, self._card, below, spacing=10)
        left.setStretch(2, 1)
        both = row(left, self.side, spacing=16)
        both.setStretch(0, 1)
        self.fold = SideFold(self._theme, self, self.side, self.panel_button, both, self._panel_top)
        self.header.meta.setMinimumWidth(1)
        self.side.setObjectName("page")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = self._whole = column(self.header, both, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_state("")
        self.undo.set_disabled_because(tr("Inget att ångra här."))

    def _legend(self) -> QWidget:
        """Letter, mark and word of each state."""
        states = [(mark, self._words[mark]) for mark in LOOKS]
        states += [("", tr("Ej registrerat")), (".", tr("Ej planerat"))]
        parts: list[QWidget] = []
        for mark, word in states:
            pair = (Text(word, "body"), Text(word.removesuffix(tr(" frånvaro")), "meta"))
            self._legend_words.append(pair)
            part = QWidget()
            part.setLayout(row(MarkLabel(self._theme, mark), *pair, spacing=7))
            parts.append(part)
        legend = Flow(*parts, spacing=16)
        legend.setAccessibleName(tr("Teckenförklaring"))
        return legend

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.week_wanted.emit(-1))
        self.this_week.clicked.connect(lambda: self.week_wanted.emit(0))
        self.next.clicked.connect(lambda: self.week_wanted.emit(1))
        self.kind.chosen.connect(self.kind_wanted)
        for choice in (self.enhet, self.handlaggare):
            choice.currentIndexChanged.connect(lambda _index: self.list_wanted.emit())
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self.week_wanted.emit, step))
        self._theme.changed.connect(self._arrange)
