"""Ärenden over undantag and biståndsmånader; what is chosen above decides what is registered below."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.queries.card_rows import ArendeRow, GranskningRow, UndantagRow
from db.queries.card_rows import Card as CardRows
from desktop.formatting import date_range, short_date
from desktop.i18n import tr
from desktop.screens.kort.columns import arende_columns, bistand_columns
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.sections import row_actions
from desktop.screens.kort.tabs import Rows, scrolled
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.boxes import Card, clear_layout, column, row
from desktop.widgets.button import Button
from desktop.widgets.chip import Chip
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.text import Line, Text
from desktop.widgets.wrap import WrapRow

BESIDE = 600  # design px that undantag and months need beside each other


class BistandPage(KortPage):
    """`wanted`: nytt_arende; arende, ta_bort_arende, nytt_delegationsbeslut, nytt_undantag and
    bistandsmanader by the ärende; undantag, granska_undantag and ta_bort_undantag."""

    key, title = "bistand", "Bistånd"

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._card: CardRows | None = None
        self.new = Button(theme, tr("Nytt ärende"), "plus")
        self.change = Button(theme, tr("Ändra ärende"), "square-pen")
        self.remove = Button(theme, tr("Ta bort ärende"), "trash-2")
        self.arenden: Rows[Any] = Rows(
            theme, tr("Ärenden"), arende_columns(today), settings, "arenden", "id",
            (tr("Inget ärende."), tr("Registrera ansökan om ekonomiskt bistånd.")),
        )  # fmt: skip
        self.manader: Rows[Any] = Rows(
            theme, tr("Biståndsmånader"), bistand_columns(), settings, "bistand", "id",
            (tr("Inga biståndsmånader."), ""),
        )  # fmt: skip
        for rows in (self.arenden, self.manader):
            rows.table.opens = True
        self.decide = Button(theme, tr("Nytt delegationsbeslut"))
        self.exempt = Button(theme, tr("Nytt undantag"))
        self.ar: ComboField[int] = ComboField(theme, toolbar=tr("År"))
        self.ar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.months = Button(theme, tr("Registrera…"))
        self.undantag = QVBoxLayout()
        self.undantag.setSpacing(6)
        self._lay_out()
        self._connect()

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the ärenden, the newest first; the one chosen stays chosen."""
        self._card = card
        self.arenden.show_rows(card.arenden[::-1])
        self.manader.show_rows(card.bistand[::-1])
        self._show_undantag(card)
        first = min((a.ansokan.year for a in card.arenden), default=today.year)
        years = range(max(today.year, first), first - 1, -1)
        self.ar.set_items([(year, str(year)) for year in years])
        why_not = "" if card.arenden else tr("Registrera ett ärende först.")
        for button in (self.exempt, self.months, self.change, self.remove, self.decide):
            button.set_disabled_because(why_not)
        self.ar.setEnabled(bool(card.arenden))

    def chosen(self) -> ArendeRow | None:
        """The ärende with the focus in the table, else the one the person is known by."""
        row_ = self.arenden.table.current_row()
        return row_ if isinstance(row_, ArendeRow) else self._card.arende if self._card else None

    def _show_undantag(self, card: CardRows) -> None:
        clear_layout(self.undantag)
        numbers = {arende.id: arende.nummer for arende in card.arenden}
        for place, one in enumerate(reversed(card.undantag)):
            if place:
                self.undantag.addWidget(Line())
            self.undantag.addWidget(self._undantag(one, numbers[one.arende_id]))
        if not card.undantag:
            self.undantag.addWidget(Text(tr("Inget undantag."), "body", "text2"))

    def _undantag(self, one: UndantagRow, nummer: str) -> QWidget:
        today = self._today
        span = date_range(one.fran, one.till, today)
        if one.fran > today:
            kind, state, icon = "later", tr("Planerat"), "calendar"
        elif one.till is None or one.till >= today:
            kind, state, icon = "info", tr("Gäller nu"), "file-check"
        else:
            kind, state, icon = "later", tr("Slut"), "check"
        wanted = [("undantag", tr("Ändra")), ("ta_bort_undantag", tr("Ta bort"))]
        if state == tr("Gäller nu"):
            wanted.insert(0, ("granska_undantag", tr("Granska")))
        actions = row_actions(
            self._theme, self.wanted.emit, one.id, wanted, f"{tr('undantag')} {short_date(one.fran, today)}"
        )
        head = row(Text(span, "body", weight=500), Chip(self._theme, kind, state, icon), 0, spacing=10)
        told = Text(f"{first_upper(one.skal)} · {nummer}", "meta", "text2").wrapped()
        below = row(told, *actions, spacing=4)
        below.setStretch(0, 1)
        holder = QWidget()
        reviews = [Text(_review(g, today), "meta", "text2").wrapped() for g in reversed(one.granskningar)]
        holder.setLayout(column(head, below, *reviews, spacing=2))
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for it, else one below the other."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._theme.px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._below.setDirection(way)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setLayout(column(self.undantag, spacing=0))
        exemptions = Card(self._theme)
        exemptions.setAccessibleName(tr("Undantag från aktivitetskravet"))
        exemptions.body.addWidget(scrolled(inner), 1)
        above = WrapRow(
            (Text(tr("Ärenden"), "section"),), (self.remove, self.change, self.decide, self.new), spacing=8
        )
        exempt = row(Text(tr("Undantag"), "section"), 0, self.exempt)
        months = row(Text(tr("Biståndsmånader"), "section"), Flow(self.ar, self.months, right=True))
        months.setStretch(1, 1)
        left, right = column(exempt, exemptions, spacing=8), column(months, self.manader, spacing=8)
        for half in (left, right):
            half.setStretch(1, 1)
        self._below = row(left, right, spacing=14)
        self._below.setStretch(0, 2)
        self._below.setStretch(1, 3)
        layout = column(above, self.arenden, 2, self._below, spacing=8)
        layout.setStretch(1, 2)
        layout.setStretch(3, 5)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.wanted.emit(Akt("nytt_arende")))
        self.change.clicked.connect(lambda: self._want("arende"))
        self.remove.clicked.connect(lambda: self._want("ta_bort_arende"))
        self.arenden.opened.connect(lambda arende: self.wanted.emit(Akt("arende", arende.id)))
        self.decide.clicked.connect(lambda: self._want("nytt_delegationsbeslut"))
        self.exempt.clicked.connect(lambda: self._want("nytt_undantag"))
        self.months.clicked.connect(lambda: self._want("bistandsmanader", ar=self.ar.value()))
        self.manader.opened.connect(self._open_month)

    def _want(self, namn: str, **varden: object) -> None:
        arende = self.chosen()
        if arende is not None:
            self.wanted.emit(Akt(namn, arende.id, varden))

    def _open_month(self, manad: Any) -> None:
        """The year of a month, in the ärende that it was paid in."""
        arenden: Sequence[ArendeRow] = self._card.arenden if self._card else ()
        arende = next(arende for arende in arenden if arende.nummer == manad.arende)
        self.wanted.emit(Akt("bistandsmanader", arende.id, {"ar": manad.manad // 12}))


def _review(one: GranskningRow, today: date) -> str:
    """ "Granskat 3 jun av Elin Måsvik: kvarstår. Läkarintyg. Granskas igen 1 sep." """
    head = f"{tr('Granskat')} {short_date(one.datum, today)} {tr('av')} {one.av}: {one.beslut}."
    again = f"{tr('Granskas igen')} {short_date(one.nasta, today)}." if one.nasta else ""
    return " ".join(part for part in (head, f"{first_upper(one.skal).rstrip('.')}.", again) if part)
