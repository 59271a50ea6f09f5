"""BIP: how each indicator has moved, by who answered, over every measurement made."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.card_rows import Card as CardRows
from db.rules.bip import list_indikatorer
from db.rules.koder import Svarande
from desktop.formatting import due_kind, relative_date, short_date
from desktop.i18n import tr
from desktop.screens.kort.bip import (
    BipGrid,
    Matning,
    list_matningar,
    make_series,
    next_measurement,
)
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import Rows, scrolled
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.table_model import Column
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chip import Chip
from desktop.widgets.choice import Segmented
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow

WARN_DAYS = 2
LEAST_GRID = 9  # lines of the indicators in sight
ANSWERS = {Svarande.DELTAGARE: "Deltagarens svar", Svarande.HANDLAGGARE: "Handläggarens svar"}
QUESTIONS = {Svarande.DELTAGARE: "Deltagarens frågor", Svarande.HANDLAGGARE: "Handläggarens frågor"}


class BipPage(KortPage):
    """`wanted`: bip with who is to answer, andra_bip and ta_bort_bip with who and which day."""

    key, title = "bip", "BIP"

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: CardRows | None = None
        self.whose = Segmented(theme, tr("Vems svar"), [(who.value, tr(ANSWERS[who])) for who in Svarande])
        self.whose.chosen.connect(lambda _key: self._show_series())
        self.due = Chip(theme, "later", " ")
        self.ask = {who: Button(theme, tr(QUESTIONS[who]), "gauge") for who in Svarande}
        for who, button in self.ask.items():
            button.clicked.connect(lambda _checked=False, who=who: self._want("bip", svarande=who.value))
        self.grid = BipGrid(theme, 4, both=True)
        self.scale = Text("", "meta", "text2").wrapped()
        self.none = EmptyState(theme, " ")
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.grid, LEAST_GRID))
        self._stack.addWidget(self.none)
        grid = Card(theme)
        grid.body.addWidget(WrapRow((self.whose,), (self.scale,), spacing=12))
        grid.body.addWidget(self._stack, 1)
        self.matningar: Rows[Any] = Rows(
            theme, tr("Mätningar"), matning_columns(today), settings, "bip", "key",
            (tr("Ingen mätning ännu."), tr("BIP mäts var tredje månad.")),
        )  # fmt: skip
        self.change = Button(theme, tr("Ändra"), kind=ButtonKind.QUIET)
        self.remove = Button(theme, tr("Ta bort"), kind=ButtonKind.QUIET)
        title = Text(tr("Mätningar"), "section")
        top = WrapRow((self.due,), tuple(self.ask.values()))
        layout = column(
            top, grid, row(title, 0, self.change, self.remove, spacing=12), self.matningar, spacing=10
        )
        layout.setStretch(1, 5)
        layout.setStretch(3, 2)
        self.setLayout(layout)
        self._connect()

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the answers; who had been chosen stays."""
        self._card = card
        due = next_measurement(card)
        closed = tr("Deltagaren är inte inskriven nu.") if due is None else ""
        for button in self.ask.values():
            button.set_disabled_because(closed)
        self.due.setVisible(due is not None)
        if due is not None:
            first = tr("Första mätningen") if not card.bip else tr("Nästa mätning")
            self.due.set(due_kind(due, today, WARN_DAYS), f"{first} {relative_date(due, today)}", "clock")
        self.matningar.show_rows(list_matningar(card.bip))
        self.scale.setText(
            f"{tr('Skala')} 1–{card.bip_skala}. {tr('Förändring sedan första och sedan förra mätningen.')}"
        )
        self._show_series()
        self._enable()

    def _show_series(self) -> None:
        if self._card is None:
            return
        series = make_series(self._card, self.whose.value())
        self.grid.set_series(series, self._card.bip_skala)
        self.grid.setAccessibleName(f"BIP, {ANSWERS[Svarande(self.whose.value())]}")
        self._stack.setCurrentIndex(0 if series else 1)
        self.scale.setVisible(bool(series))
        self.none.fact.setText(
            tr("Deltagaren har inte svarat ännu.")
            if self.whose.value() == Svarande.DELTAGARE
            else tr("Handläggaren har inte svarat ännu.")
        )

    def _connect(self) -> None:
        self.matningar.opened.connect(lambda _matning: self._want_chosen("andra_bip"))
        self.matningar.table.current_changed.connect(lambda _matning: self._enable())
        self.change.clicked.connect(lambda: self._want_chosen("andra_bip"))
        self.remove.clicked.connect(lambda: self._want_chosen("ta_bort_bip"))

    def _enable(self) -> None:
        none = self.matningar.table.current_row() is None
        for button in (self.change, self.remove):
            button.set_disabled_because(tr("Välj en mätning i listan först.") if none else "")

    def _want_chosen(self, namn: str) -> None:
        chosen: Matning | None = self.matningar.table.current_row()
        if chosen is not None:
            place = {"svarande": chosen.svarande, "datum": chosen.datum.isoformat()}
            self.wanted.emit(Akt(namn, chosen.inskrivning_id, dict(place)))

    def _want(self, namn: str, **varden: str) -> None:
        self.wanted.emit(Akt(namn, None, dict(varden)))


def matning_columns(today: date) -> Sequence[Column[Matning]]:
    """The measurements: when, who, and how much was answered."""
    return (
        Column(
            "datum", tr("Dag"), lambda m: short_date(m.datum, today), 120,
            sort=lambda m: m.datum, tone="text", weight=500,
        ),
        Column("svarande", tr("Svarande"), lambda m: first_upper(m.svarande), 150),
        Column("svar", tr("Besvarade frågor"), _answered, 150),
        Column("forandring", tr("Sedan förra mätningen"), told_change, 200, stretch=True),
    )  # fmt: skip


def _answered(matning: Matning) -> str:
    return f"{len(matning.svar)} {tr('av')} {len(list_indikatorer(Svarande(matning.svarande)))}"


def told_change(matning: Matning) -> str:
    """How many answers rose, fell and stayed; empty of a first measurement."""
    before = matning.forra
    changes = [varde - before[name] for name, varde in matning.svar.items() if name in before]
    counts = (sum(c > 0 for c in changes), sum(c < 0 for c in changes), changes.count(0))
    words = (tr("högre"), tr("lägre"), tr("oförändrade"))
    return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True) if count)
