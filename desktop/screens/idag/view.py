"""The screen Idag: work lists to the left, context to the right. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from db.queries.idag.oversikt import Oversikt
from db.rules.idag import Nar
from desktop.formatting import number, week, weekday_date
from desktop.i18n import tr
from desktop.screens.idag.side import SidePanel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import FilterPills, Segmented
from desktop.widgets.definitions import DefinitionGroup, DefinitionList
from desktop.widgets.fields import CheckField, ComboField
from desktop.widgets.side_fold import SideFold
from desktop.widgets.text import KeyHint, Text
from desktop.widgets.worklist import WorkGroup, Worklist

ROOMY = 780  # design px of the page, below which pills become a choice
FIGURES = 640  # design px of the page, below which the scopes have no figures
ALLA = "alla"


class Preview(QFrame):
    """What is known of the person of a row, over the list. Space, Esc or a press elsewhere closes it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("popup")
        self.setAccessibleName(tr("Förhandsvisning"))
        self.facts = DefinitionList(theme)
        self.setLayout(column(self.facts, spacing=0, margins=(14, 12, 14, 12)))
        self.hide()

    def show_facts(self, group: DefinitionGroup, under: QPoint) -> None:
        """Under the row, or over it where there is no room."""
        self.facts.set_groups((group,))
        self.setAccessibleDescription(". ".join(f"{fact.name}: {fact.value}" for fact in group.facts))
        self.setFixedWidth(self._theme.px(420))
        self.show()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        parent = self.parentWidget()
        assert parent is not None
        y = under.y() if under.y() + self.height() < parent.height() else under.y() - self.height() - 40
        self.move(under.x(), max(4, y))
        self.raise_()


class IdagView(QWidget):
    """Signals tell what the user wants; `chosen` when pill, order or put-off rows change."""

    chosen = Signal()
    scope_chosen = Signal(str)
    escaped = Signal()

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        scopes = [("mina", tr("Mina")), ("enheten", tr("Enheten")), ("alla", tr("Alla"))]
        self.whose = Segmented(theme, tr("Vilka"), scopes)
        self.note = Button(theme, tr("Anteckning"), "notebook-pen")
        # Of the view and not of the button, which a narrow window hides.
        QShortcut(QKeySequence("Ctrl+Shift+A"), self).activated.connect(self.note.click)
        self.insats = Button(theme, tr("Ny insats"), "plus", ButtonKind.PRIMARY, "Ctrl+N")
        self.panel_button = Button(theme, tr("Sidopanel"), "panel-right")
        self.acts = ActionRow(theme, self.note, self.panel_button, self.insats)
        self._oversikt: Oversikt | None = None
        day = f"{weekday_date(today)} · {week(today)}"
        self.header = PageHeader(tr("Idag"), day, self.whose, self.acts)
        pills = [
            (ALLA, tr("Alla")), (Nar.PASSERAD, tr("Passerade")), (Nar.IDAG, tr("Idag")),
            (Nar.VECKA, tr("Inom 7 dagar")), (Nar.SENARE, tr("Senare")),
        ]  # fmt: skip
        self.pills = FilterPills(theme, tr("Frist"), pills)
        self.frist: ComboField[str] = ComboField(theme, [(str(k), t) for k, t in pills], toolbar=tr("Visa"))
        self.order: ComboField[str] = ComboField(
            theme,
            [
                ("frist", tr("Frist, närmast först")),
                ("sist", tr("Frist, sist först")),
                ("namn", tr("Namn, A–Ö")),
            ],
            toolbar=tr("Sortera"),
        )
        self.later = CheckField(theme, tr("Visa uppskjutna"))
        self.list = Worklist(theme, tr("Att göra"))
        self.empty = EmptyState(theme, " ", " ")
        self.side = SidePanel(theme)
        self.preview = Preview(theme, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_groups(self, groups: Sequence[WorkGroup], filtered: bool) -> None:
        """The lists; what to say when there is nothing depends on whether something was filtered away."""
        had_focus = self.list.hasFocus()
        self.preview.hide()
        self.list.set_groups(groups)
        some = bool(self.list.groups())
        fact, advice = (
            (tr("Inga träffar."), tr("Rensa filter"))
            if filtered
            else (tr("Inget att göra just nu."), tr("Nya frister visas här."))
        )
        self.empty.fact.setText(fact)
        self.empty.advice.setText("" if filtered else advice)
        self.empty.advice.setVisible(not filtered)
        self.empty.button.setText(advice)
        self.empty.button.setAccessibleName(advice)
        self.empty.button.setVisible(filtered)
        self.empty.setAccessibleName(fact if filtered else f"{fact} {advice}")
        self._stack.setCurrentWidget(self.list if some else self.empty)
        if had_focus and not some:
            self.setFocus()

    def show_loading(self) -> None:
        """Three grey rows at the first visit."""
        if not self.list.groups():
            self._stack.setCurrentWidget(self.list)
            self.list.set_loading()

    def show_counts(self, alla: int, by_nar: dict[Nar, int], later: int) -> None:
        """The figures of the pills, and of rows put off."""
        self.pills.set_count(ALLA, alla)
        for nar in Nar:
            self.pills.set_count(nar, by_nar.get(nar, 0))
        self.later.setText(f"{tr('Visa uppskjutna')} ({number(later)})")
        self.later.setAccessibleName(self.later.text())
        self.later.setVisible(later > 0 or self.later.isChecked())
        self.later.updateGeometry()

    def show_scopes(self, oversikt: Oversikt) -> None:
        """How many people each scope holds, and which unit it is."""
        self._oversikt = oversikt
        self._tell_scopes()

    def _tell_scopes(self) -> None:
        """Without the figures where there is no room for them."""
        if self._oversikt is None:
            return
        found, roomy = self._oversikt, self.width() >= self._theme.px(FIGURES)
        for key, words, count, more in (
            ("mina", tr("Mina"), found.antal, ""),
            ("enheten", tr("Enheten"), found.enheten, found.spar),
            ("alla", tr("Alla"), found.alla, ""),
        ):
            figure = f"{words} {number(count)}"
            told = ", ".join(part for part in (more, "" if roomy else figure) if part)
            self.whose.set_text(key, figure if roomy else words, told)

    def clear_filter(self) -> None:
        """All rows again."""
        self._choose(ALLA)
        self.list.setFocus()

    def focus_filter(self) -> None:
        """The pill chosen, or the choice that stands for the pills."""
        pills = self.pills.findChildren(QPushButton)
        chosen = next((pill for pill in pills if pill.isChecked()), self.pills)
        (chosen if self.pills.isVisible() else self.frist).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, key: str) -> None:
        """The pills and the choice that stands for them say the same."""
        self.pills.set_value(key)
        self.frist.blockSignals(True)
        self.frist.set_value(key)
        self.frist.blockSignals(False)
        self.chosen.emit()

    def preview_place(self) -> QPoint:
        """Where a preview of the current row hangs, in the view."""
        rect = self.list.item_rect()
        return self.list.viewport().mapTo(self, rect.bottomLeft() + QPoint(self._theme.px(34), 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the preview."""
        if event.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self.preview.hide()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window folds the side panel under its button."""
        super().resizeEvent(event)
        self.fold.arrange()
        self._fit_words()

    def _fit_words(self) -> None:
        # Beside large text there is room for fewer words.
        roomy = self.width() >= self._theme.px(ROOMY)
        self.pills.setVisible(roomy)
        self.frist.setVisible(not roomy)
        self.keys.setVisible(roomy)
        self.header.meta.setVisible(roomy)
        self._tell_scopes()

    def _panel_top(self) -> int:
        return self.pills.mapTo(self, QPoint(0, 0)).y()

    def _lay_out(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        filters = row(self.pills, self.frist, 0, self.order, spacing=8)
        self.keys = QWidget()
        keys = row(
            KeyHint("↑ ↓"), Text(tr("flytta"), "meta", "text2"), 8,
            KeyHint("Enter"), Text(tr("öppna"), "meta", "text2"), 8,
            KeyHint("Mellanslag"), Text(tr("förhandsvisa"), "meta", "text2"), 8,
            KeyHint("U"), Text(tr("skjut upp"), "meta", "text2"), 8,
            KeyHint("← →"), Text(tr("fäll grupp"), "meta", "text2"), spacing=6,
        )  # fmt: skip
        self.keys.setLayout(keys)
        left = column(filters, card, row(self.keys, 0, self.later), spacing=10)
        left.setStretch(1, 1)
        both = row(left, self.side, spacing=20)
        both.setStretch(0, 1)
        self.fold = SideFold(
            self._theme,
            self,
            self.side,
            self.panel_button,
            both,
            self._panel_top,
            show_button=partial(self.acts.set_wanted, self.panel_button),
        )
        self.header.meta.setMinimumWidth(1)
        self.side.setObjectName("page")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self.header, both, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.later.hide()

    def _connect(self) -> None:
        self.pills.chosen.connect(self._choose)
        self.frist.currentIndexChanged.connect(lambda _index: self._choose(self.frist.value() or ALLA))
        self.order.currentIndexChanged.connect(lambda _index: self.chosen.emit())
        self.later.clicked.connect(lambda: self.chosen.emit())
        self.whose.chosen.connect(self.scope_chosen)
        self.empty.button.clicked.connect(self.clear_filter)
        self._theme.changed.connect(self._fit_words)
        self.list.current_changed.connect(lambda _item: self.preview.hide())
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self.preview.hide())
