"""The screen Mål & indikatorer: plan and period, what there is to tell of it, and its rows. Asks nobody."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.plan import PlanRow
from db.rules.koder import Aktivitetslage
from db.rules.plan import BEDOMNINGAR
from db.rules.planbild import Planvarden
from db.rules.riktvarde import Maluppfyllelse
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.screens.mal.model import list_periods, tell_due
from desktop.screens.mal.rows import Rad, count_states, make_columns, make_rows, tell_said
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.fields import CheckField, ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.grouped_table import GroupedModel, GroupedTable
from desktop.widgets.text import ElidedText, KeyHint, Text

LOW = 420  # design px of the page, below which hints give way to the rows
# How many goals are so: mål is neuter.
COLOURED = {"gron": ("grönt", "gröna"), "gul": ("gult", "gula"), "rod": ("rött", "röda")}


class MalView(QWidget):
    """`plan_chosen` and `asked` when something else must be read; what is narrowed is narrowed here."""

    plan_chosen = Signal()
    asked = Signal()
    import_wanted = Signal()
    current_changed = Signal()

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self.bild: Planvarden | None = None
        self.more = Button(theme, tr("Mer"), "ellipsis")
        self.load = Button(theme, tr("Importera plan…"), "file-input")
        self.open = Button(theme, tr("Öppna"), "square-pen", ButtonKind.PRIMARY)
        self.acts = ActionRow(theme, self.more, self.load, self.open)
        self.header = PageHeader(tr("Mål & indikatorer"), "", self.acts)
        self.plan: ComboField[int] = ComboField(theme, toolbar=tr("Plan"))
        self.period: ComboField[str] = ComboField(theme, toolbar=tr("Period"))
        self.avvikelser = CheckField(theme, tr("Bara avvikelser"))
        self.utan_varde = CheckField(theme, tr("Utan värde"))
        self.told = Text("", "body", "text2").wrapped()
        self.said = ElidedText("", "meta", "text")
        self.due = Text("", "meta", "text2").wrapped()
        self.model: GroupedModel[Rad] = GroupedModel(
            make_columns(),
            key=lambda rad: rad.nyckel,
            group=lambda rad: rad.grupp,
            is_head=lambda rad: rad.is_head,
            parent=self,
        )
        self.table = GroupedTable(theme, self.model, tr("Mål och mått"), settings, "mal/kolumner", fills=True)
        self.empty = EmptyState(theme, tr("Hämtar"), " ", tr("Importera plan…"), self._begin)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_planer(self, planer: Sequence[PlanRow], chosen: int | None) -> None:
        """The plans there are; none: what to do about it."""
        with QSignalBlocker(self.plan):
            self.plan.set_items([(p.id, f"{p.kommun} {p.ar}") for p in planer])
            self.plan.set_value(chosen)
        there = bool(planer)
        for field in (self.plan, self.period, self.avvikelser, self.utan_varde, self.open):
            field.setEnabled(there)
        if not there:
            self.bild = None
            self.header.meta.setText("")
            self.told.setText("")
            self.due.setText("")
            self._tell_empty(
                tr("Ingen plan än."), tr("Importera en plan som TOML, eller börja med någon av mallarna.")
            )

    def show_periods(self, planen: PlanRow, wanted: str) -> str:
        """The periods of a plan; returns the one chosen, which is the wanted where the plan has it."""
        periods = list_periods(planen, self._today)
        keys = [key for key, _ in periods]
        chosen = wanted if wanted in keys else keys[0]
        with QSignalBlocker(self.period):
            self.period.set_items(periods)
            self.period.set_value(chosen)
        self.due.setText(tell_due(planen, self._today))
        return chosen

    def show_bild(self, bild: Planvarden) -> None:
        """A plan for a period."""
        self.bild = bild
        d = bild.plan.dokument
        self.header.meta.setText(d.titel or d.namnd)
        self.told.setText(_tell(bild))
        self.narrow()

    def narrow(self) -> None:
        """Show those rows that the choices leave."""
        if self.bild is None:
            return
        rows = make_rows(
            self.bild, avvikelser=self.avvikelser.isChecked(), utan_varde=self.utan_varde.isChecked()
        )
        held = self.table.current_row()
        self.model.show(rows)
        if rows:
            self._stack.setCurrentWidget(self._card)
            if held is None or not self.table.select_key(held.nyckel):
                self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._tell_empty(tr("Inga avvikelser och inget som saknas."), "")
        self.current_changed.emit()

    def _tell_empty(self, fact: str, advice: str) -> None:
        self.empty.fact.setText(fact)
        self.empty.advice.setText(advice or " ")
        self.empty.button.setText(tr("Visa allt") if self.bild is not None else tr("Importera plan…"))
        self._stack.setCurrentWidget(self.empty)

    def _tell_said(self) -> None:
        """One line that is always there, so that the rows do not move when another is chosen."""
        rad = self.table.current_row() if self.model.rowCount() else None
        self.said.setText(tell_said(rad) if rad is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, and in large text, the rows have the room that hints would take."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.height() >= self._theme.px(LOW)
        for hint in (self.due, self._keys):
            hint.setVisible(roomy)

    def _begin(self) -> None:
        if self.bild is None:
            self.import_wanted.emit()
        else:
            for check in (self.avvikelser, self.utan_varde):
                with QSignalBlocker(check):
                    check.setChecked(False)
            self.narrow()

    def _lay_out(self) -> None:
        self._card = Card(self._theme, padding=0)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self._card.body.addWidget(self.table, 1)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self.empty)
        filters = Flow(self.plan, self.period, self.avvikelser, self.utan_varde)
        keys = row(
            KeyHint("Enter"), Text(tr("värde, bedömning, läge"), "meta", "text2"), 8,
            KeyHint("← →"), Text(tr("fäll ihop och ut"), "meta", "text2"), 8,
            KeyHint("Skift+F10"), Text(tr("allt som går att göra"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        self._keys = QWidget()
        self._keys.setLayout(keys)
        layout = column(
            self.header, filters, self.told, self._stack, self.said, self.due, self._keys,
            spacing=10, margins=(24, 14, 24, 12),
        )  # fmt: skip
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.plan.currentIndexChanged.connect(lambda _index: self.plan_chosen.emit())
        self.period.currentIndexChanged.connect(lambda _index: self.asked.emit())
        for check in (self.avvikelser, self.utan_varde):
            check.toggled.connect(lambda _on: self.narrow())
        self.load.clicked.connect(self.import_wanted)
        self.table.current_changed.connect(lambda _row: self.current_changed.emit())
        self.current_changed.connect(self._tell_said)
        self._theme.changed.connect(self._fit)


def _tell(bild: Planvarden) -> str:
    """ "3 indikatorer nås, 2 på väg, 4 nås inte, 10 går inte att bedöma. Mål: 1 grönt, 2 gula." """
    states = count_states(bild)
    parts = [
        plural(states[Maluppfyllelse.NAS], tr("indikator nås"), tr("indikatorer nås")),
        f"{states[Maluppfyllelse.PA_VAG]} {tr('på väg')}",
        f"{states[Maluppfyllelse.NAS_INTE]} {tr('nås inte')}",
        f"{states[Maluppfyllelse.GAR_INTE]} {tr('går inte att bedöma')}",
    ]
    told = f"{', '.join(parts)}."
    words = BEDOMNINGAR[bild.plan.dokument.bedomning]
    codes = [mal.bedomning for mal in bild.mal]
    goals = [_tell_goals(codes.count(kod), kod, word) for kod, word in words.items() if kod in codes]
    if goals:
        told += f" {tr('Mål')}: {', '.join(goals)}."
    klara = [a.lage for mal in bild.mal for a in mal.aktiviteter] + [a.lage for a in bild.aktiviteter]
    if klara:
        done = sum(lage is not None and lage.status is Aktivitetslage.KLAR for lage in klara)
        told += f" {done} {tr('av')} {plural(len(klara), tr('aktivitet klar'), tr('aktiviteter klara'))}."
    return told


def _tell_goals(antal: int, kod: str, word: str) -> str:
    """ "1 grönt", "2 gula"; what is no colour stays as it is: "2 har brister"."""
    one, many = COLOURED.get(kod, (word.lower(), word.lower()))
    return plural(antal, tr(one), tr(many))
