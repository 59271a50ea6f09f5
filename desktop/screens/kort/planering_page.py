"""The plan that holds, with steps to tick, over the earlier versions."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import PlaneringRow, PlaneringsstegRow
from desktop.formatting import long_date, short_date
from desktop.i18n import tr
from desktop.screens.kort.columns import planering_columns
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.sections import add_head
from desktop.screens.kort.tabs import Rows, scrolled
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column
from desktop.widgets.button import Button
from desktop.widgets.chip import Chip
from desktop.widgets.fields import CheckField
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow


class PlaneringPage(KortPage):
    """`wanted`: planering to change it, bocka_steg to tick a step, skriv_ut to print it."""

    key, title = "planering", "Planering"

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: int | None = None
        self.change = Button(theme, tr("Ändra planering"), "square-pen")
        self.print = Button(theme, tr("Skriv ut…"), "printer")
        self.remove = Button(theme, tr("Ta bort"), "trash-2")
        self.chip = Chip(theme, "ok", " ")
        self.made = Text("", "meta", "text2")
        self.goal = Text("", "body").wrapped()
        self.steps = QVBoxLayout()
        self.steps.setSpacing(2)
        self.boxes: list[CheckField] = []
        self.current = Card(theme)
        add_head(self.current, tr("Planering nu"), self.remove, self.print, self.change)
        self.current.body.addWidget(WrapRow((self.chip, self.made)))
        self.current.body.addWidget(self.goal)
        self.current.body.addLayout(self.steps)
        self.empty = EmptyState(
            theme, tr("Ingen planering ännu."), "", tr("Ny planering"), lambda: self._want("planering")
        )
        self.versions: Rows[Any] = Rows(
            theme, tr("Tidigare planeringar"), planering_columns(today), settings, "planeringar", "id",
            (tr("Ingen tidigare version."), ""), heading=True,
        )  # fmt: skip
        inner = QWidget()
        inner.setLayout(column(self.current, self.empty, spacing=0))
        layout = column(scrolled(inner), self.versions, spacing=12)
        layout.setStretch(1, 1)  # the plan has the height it needs, the versions before it what is left
        self.setLayout(layout)
        self.change.clicked.connect(lambda: self._want("planering"))
        self.print.clicked.connect(lambda: self._want("skriv_ut", slag="planering"))
        self.remove.clicked.connect(lambda: self.wanted.emit(Akt("ta_bort_planering", self._shown)))

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the latest plan and those before it, the newest first."""
        own = card.inskrivning
        plan = next((p for p in reversed(card.planeringar) if own and p.inskrivning_id == own.id), None)
        earlier = tuple(p for p in reversed(card.planeringar) if p is not plan)
        closed = own is None or own.avslutad is not None
        why_not = tr("Deltagaren är inte inskriven.") if closed else ""
        self._shown = plan.id if plan is not None else None
        self.current.setVisible(plan is not None)
        self.empty.setVisible(plan is None)
        for button in (self.change, self.empty.button):
            button.set_disabled_because(why_not)
        self.versions.setVisible(bool(earlier))
        self.versions.show_rows(earlier)
        if plan is not None:
            self._show_plan(plan, today, closed)

    def _show_plan(self, plan: PlaneringRow, today: date, closed: bool) -> None:
        followed = plan.nasta_uppfoljning
        if closed:
            self.chip.set("later", tr("Avslutad med inskrivningen"), "door-open")
        elif followed is None:
            self.chip.set("soon", tr("Uppföljning saknas"), "triangle-alert")
        elif followed < today:
            self.chip.set(
                "overdue", f"{tr('Uppföljning passerad')} {short_date(followed, today)}", "circle-alert"
            )
        else:
            self.chip.set("ok", f"{tr('Aktuell, följs upp')} {short_date(followed, today)}", "circle-check")
        self.made.setText(f"{tr('Upprättad')} {long_date(plan.upprattad)}")
        self.goal.setText(plan.mal)
        clear_layout(self.steps)
        self.boxes = [self._box(steg, today, closed) for steg in plan.steg]
        for box in self.boxes:
            self.steps.addWidget(box)

    def _box(self, steg: PlaneringsstegRow, today: date, closed: bool) -> CheckField:
        told = [first_upper(steg.ansvarig)]
        if steg.klar is not None:
            told.append(f"{tr('klart')} {short_date(steg.klar, today)}")
        elif steg.senast is not None:
            late = f", {tr('passerad')}" if steg.senast < today else ""
            told.append(f"{tr('senast')} {short_date(steg.senast, today)}{late}")
        box = CheckField(self._theme, steg.text, " · ".join(told))
        box.setChecked(steg.klar is not None)
        box.setEnabled(not closed)
        box.clicked.connect(lambda done: self._want("bocka_steg", steg.id, klar=done))
        return box

    def _want(self, namn: str, row_id: int | None = None, **varden: object) -> None:
        self.wanted.emit(Akt(namn, row_id, varden))
