"""Going through a period: who has what left, and who has said that it is done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.commands.findings import Saved
from db.queries.avstamning import AvstamningRow, Kvar, Punkt, read_avstamning
from db.rules.period import Period
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.ansvar.perioder import (
    PUNKTER,
    list_perioder,
    make_columns,
    make_groups,
    name_of,
    period_text,
    told,
)
from desktop.screens.formular.sheet import Sheet
from desktop.screens.idag.vagar import card_location
from desktop.shell.navigation import Location
from desktop.table_model import TableModel
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.fields import ComboField
from desktop.widgets.table import TableView
from desktop.widgets.text import Text
from desktop.widgets.worklist import Worklist


class StamAv(QWidget):
    """A page of Ansvar. `wanted` with the place where something is registered."""

    wanted = Signal(object)  # Location

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._over = context, over
        theme, today = context.theme, context.today()
        self._perioder = {period.text: period for period in list_perioder(today)}
        items = [(period.text, period_text(period)) for period in self._perioder.values()]
        self.period: ComboField[str] = ComboField(theme, items, toolbar=tr("Period"))
        self.klart = Button(theme, tr("Klart…"), "check", ButtonKind.PRIMARY)
        self.status = Text("", "body", "text2").wrapped()
        self.model: TableModel[AvstamningRow] = TableModel(
            make_columns(today), key=lambda r: r.signatur, parent=self
        )
        self.table = TableView(theme, self.model, tr("Kvar att registrera"), context.settings, "ansvar/stam")
        self.empty = EmptyState(theme, tr("Ingen var inskriven under perioden."))
        self.back = Button(theme, tr("Tillbaka"), "chevron-left")
        self.whose = Text("", "section")
        self.list = Worklist(theme, tr("Kvar att registrera"))
        self.nothing = EmptyState(theme, tr("Allt är registrerat."))
        self.pages, self._overview, self._items = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._shown = ""
        self._lay_out()
        self.period.currentIndexChanged.connect(lambda _index: self._choose())
        self.table.opened.connect(self._open_row)
        self.table.current_changed.connect(lambda _row: self._enable())
        self.back.clicked.connect(self.show_overview)
        self.list.opened.connect(lambda item: self._open_item(item.key))
        self.klart.clicked.connect(self.turn)

    def chosen(self) -> Period:
        """The period."""
        return self._perioder[self.period.value() or next(iter(self._perioder))]

    def ask(self) -> None:
        """Read what is left."""
        work = partial(self._read, period=self.chosen())
        self._context.runner.run(Query("avstamning", work, self._show, owner=self))

    def turn(self) -> None:
        """Say that the period is done for the person chosen, or take that back."""
        chosen = self.table.current_row()
        if not isinstance(chosen, AvstamningRow):
            return
        if chosen.klar is not None:
            self._take_back(chosen.klar.id)
        elif not any(sheet.is_open for sheet in self._over.findChildren(Sheet)):
            from desktop.screens.ansvar.klart import KlartPresenter

            period = self.chosen()
            form = KlartPresenter(self._over, self._context, chosen.signatur, name_of(chosen), period)
            form.keep_draft(f"ansvar/klart/{chosen.signatur}/{period.text}")

    def shows_items(self) -> bool:
        """Whether what somebody has left is shown."""
        return self.pages.currentIndex() == 1

    def show_overview(self) -> None:
        """Back to everybody."""
        self.pages.setCurrentIndex(0)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from what somebody has left."""
        if event.key() == Qt.Key.Key_Escape and self.shows_items():
            self.show_overview()
        else:
            super().keyPressEvent(event)

    def _read(self, _task: Task, *, period: Period) -> tuple[AvstamningRow, ...]:
        context = self._context
        with context.store.read(context.aktor) as session:
            return read_avstamning(session, context.aktor, period, context.today())

    def _show(self, rows: tuple[AvstamningRow, ...]) -> None:
        self.model.set_rows(rows)
        self.status.setText(told(rows) if rows else "")
        self._overview.setCurrentWidget(self.table if rows else self.empty)
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        if self.shows_items():
            self._show_items(next((r for r in rows if r.signatur == self._shown), None))
        self._enable()

    def _choose(self) -> None:
        self.pages.setCurrentIndex(0)
        self.ask()

    def _enable(self) -> None:
        chosen = self.table.current_row()
        done = isinstance(chosen, AvstamningRow) and chosen.klar is not None
        text = tr("Ta tillbaka Klart") if done else tr("Klart…")
        self.klart.setText(text)
        self.klart.setAccessibleName(text)
        self.klart.set_disabled_because(self._why_not(chosen))

    def _why_not(self, chosen: object) -> str:
        if not isinstance(chosen, AvstamningRow):
            return tr("Välj en ansvarig först.")
        if chosen.aktiv and chosen.signatur != self._context.aktor.signatur:
            return tr("Den som ansvarar säger själv att perioden är klar.")
        if chosen.klar is None and self.chosen().till >= self._context.today():
            return tr("Perioden är inte slut ännu.")
        return ""

    def _take_back(self, avstamning_id: int) -> None:
        context = self._context

        def work(_task: Task) -> Saved:
            from db.commands.avstamning import take_back_klar

            return take_back_klar(context.store, context.aktor, avstamning_id)

        def done(saved: Saved) -> None:
            context.tell_done(tr("Perioden är inte längre klar."), saved.changes.handelse_id)

        context.runner.run(
            Change(
                tr("Sparar"), work, lambda saved: touched(saved.changes), done, context.tell_failure,
                owner=self,
            )
        )  # fmt: skip

    def _open_row(self, chosen: AvstamningRow) -> None:
        self._show_items(chosen)
        self.pages.setCurrentIndex(1)
        (self.list if chosen.kvar else self.back).setFocus()

    def _show_items(self, chosen: AvstamningRow | None) -> None:
        self._shown = chosen.signatur if chosen is not None else self._shown
        self.whose.setText(f"{name_of(chosen)} · {period_text(self.chosen())}" if chosen else "")
        self.list.set_groups(make_groups(chosen.kvar if chosen else (), self._context.today()))
        self._items.setCurrentWidget(self.list if self.list.groups() else self.nothing)

    def _open_item(self, rad: Kvar) -> None:
        if rad.punkt is Punkt.NARVARO:
            from desktop.screens.narvaro.oppna import OppnaVecka

            self.wanted.emit(Location("narvaro", OppnaVecka(rad.rad_id, rad.datum)))
        else:
            self.wanted.emit(card_location(rad.person.id, PUNKTER[rad.punkt][4], ""))

    def _lay_out(self) -> None:
        theme = self._context.theme
        cards = []
        for stack, widgets in (
            (self._overview, (self.table, self.empty)),
            (self._items, (self.list, self.nothing)),
        ):
            card = Card(theme, padding=0)
            card.body.setContentsMargins(1, 1, 1, 1)
            card.body.addWidget(stack)
            for widget in widgets:
                stack.addWidget(widget)
            cards.append(card)
        whole, one = QWidget(), QWidget()
        inside = column(row(self.period, 0, self.klart), self.status, cards[0], spacing=10)
        inside.setStretch(2, 1)
        whole.setLayout(inside)
        both = column(row(self.back, 4, self.whose, 0), cards[1], spacing=10)
        both.setStretch(1, 1)
        one.setLayout(both)
        self.pages.addWidget(whole)
        self.pages.addWidget(one)
        self.setLayout(column(self.pages, spacing=0))
