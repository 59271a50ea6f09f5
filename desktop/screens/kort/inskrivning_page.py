"""Every inskrivning of the person, the newest first, with the steg gone through over time."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import InskrivningRow, StegRow
from desktop.formatting import date_range, days, long_date, short_date
from desktop.i18n import tr
from desktop.screens.kort.avslut_texter import tell_return_after, tell_return_from
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.sections import Cells, act_button, add_head, add_section, row_actions
from desktop.screens.kort.tabs import scrolled
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column, row
from desktop.widgets.button import Button
from desktop.widgets.chip import Chip
from desktop.widgets.definitions import Definition, DefinitionGroup, DefinitionList
from desktop.widgets.tall import Pair
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow

FACTS = 440  # design px that two columns of facts need


class InskrivningPage(KortPage):
    """`wanted`: ny_inskrivning; inskrivning, ta_bort_inskrivning and steg by the inskrivning, andra_steg and
    ta_bort_steg."""

    key, title = "inskrivning", "Inskrivning"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.new = Button(theme, tr("Ny inskrivning"), "plus")
        self.new.clicked.connect(lambda: self.wanted.emit(Akt("ny_inskrivning")))
        self.empty = EmptyState(
            theme,
            tr("Ingen inskrivning ännu."),
            "",
            tr("Skriv in"),
            lambda: self.wanted.emit(Akt("ny_inskrivning")),
        )
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self.cards, self.empty, spacing=0))
        self.bar = QWidget()
        self.bar.setLayout(row(0, self.new))
        layout = column(self.bar, scrolled(inner), spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_card(self, card: CardRows, today: date) -> None:
        """Show them all; a new one only where none is open."""
        self.setUpdatesEnabled(False)
        clear_layout(self.cards)
        for inskrivning in reversed(card.inskrivningar):
            made = self._card(card, inskrivning, today)
            self.cards.addWidget(made)
            made.ensurePolished()
        self.setUpdatesEnabled(True)
        is_open = card.inskrivning is not None and card.inskrivning.avslutad is None
        self.empty.setVisible(not card.inskrivningar)
        self.bar.setVisible(bool(card.inskrivningar) and not is_open)

    def _card(self, card: CardRows, inskrivning: InskrivningRow, today: date) -> Card:
        since = long_date(inskrivning.inskriven)
        want = self.wanted.emit
        what = f"{tr('inskrivning')} {since}"
        buttons = [
            act_button(self._theme, want, Akt("ta_bort_inskrivning", inskrivning.id), tr("Ta bort"), what),
            act_button(self._theme, want, Akt("inskrivning", inskrivning.id), tr("Ändra"), since),
        ]
        if inskrivning.avslutad is None:
            buttons.append(act_button(self._theme, want, Akt("steg", inskrivning.id), tr("Nytt steg…")))
        box = Card(self._theme)
        add_head(box, f"{tr('Inskriven')} {since}", *buttons)
        chip = _chip(inskrivning, today)
        told = Text(_span(inskrivning, today), "meta", "text2").wrapped()
        box.body.addWidget(WrapRow((Chip(self._theme, chip.kind, chip.text, chip.icon), told)))
        back = (
            *tell_return_from(card, inskrivning, today),
            *tell_return_after(card, inskrivning, today),
        )
        for one in back:
            box.body.addLayout(row(Chip(self._theme, one.kind, one.text, one.icon), 0))
        box.body.addWidget(self._facts(inskrivning, today))
        steg = [s for s in card.steg if s.inskrivning_id == inskrivning.id]
        rows = (self._steg(one, today, one is steg[-1], len(steg) > 1) for one in reversed(steg))
        add_section(box, self._theme, tr("Steg"), rows, tr("Inget steg registrerat."), (130, 100))
        return box

    def _facts(self, inskrivning: InskrivningRow, today: date) -> QWidget:
        anvisad = short_date(inskrivning.anvisad, today) if inskrivning.anvisad else ""
        left = (
            Definition(tr("Anvisad"), anvisad),
            Definition(tr("Hänvisad av"), first_upper(inskrivning.hanvisad_av or "")),
            Definition(tr("Spår"), inskrivning.spar),
        )
        right = (
            Definition(tr("Koordinator"), inskrivning.koordinator),
            Definition(tr("Före"), first_upper(inskrivning.forsorjning_fore or "")),
            Definition(tr("Efter"), first_upper(inskrivning.forsorjning_efter or "")),
        )
        lists = []
        for facts in (left, right):
            made = DefinitionList(self._theme)
            told = tuple(fact for fact in facts if fact.value)
            made.set_groups((DefinitionGroup("", told),) if told else ())
            lists.append(made)
        return Pair(self._theme, lists[0], lists[1], FACTS)

    def _steg(self, steg: StegRow, today: date, is_last: bool, removable: bool) -> Cells:
        till = steg.till
        if steg.fran > today:
            chip, span = ChipText("later", tr("Planerat"), "calendar"), short_date(steg.fran, today)
        elif is_last and till is None:
            chip, span = ChipText("ok", tr("Pågår"), "play"), date_range(steg.fran, None, today)
        else:
            chip, span = ChipText("later", tr("Avslutat"), "check"), date_range(steg.fran, till, today)
        length = days((till - steg.fran).days + 1 if till else (today - steg.fran).days)
        wanted = [("andra_steg", tr("Ändra"))]
        if removable:
            wanted.append(("ta_bort_steg", tr("Ta bort")))
        told = span if steg.fran > today else f"{span} · {length}"
        what = f"{steg.steg} {short_date(steg.fran, today)}"
        words = (
            Text(steg.steg, "body", weight=500),
            Chip(self._theme, chip.kind, chip.text, chip.icon),
            Text(told, "body", "text2").wrapped(),
        )
        return words, row_actions(self._theme, self.wanted.emit, steg.id, wanted, what)


def _chip(inskrivning: InskrivningRow, today: date) -> ChipText:
    if inskrivning.avslutad is not None:
        ended = f"{tr('Avslutad')}: {inskrivning.resultat}"
        return ChipText("later", ended, "door-open")
    if inskrivning.inskriven > today:
        return ChipText("later", tr("Planerad"), "calendar")
    return ChipText("ok", tr("Pågår"), "play")


def _span(inskrivning: InskrivningRow, today: date) -> str:
    inskriven, avslutad = inskrivning.inskriven, inskrivning.avslutad
    if inskriven > today:
        return short_date(inskriven, today)
    length = (avslutad - inskriven).days + 1 if avslutad else (today - inskriven).days
    return f"{date_range(inskriven, avslutad, today)} · {days(length)}"
