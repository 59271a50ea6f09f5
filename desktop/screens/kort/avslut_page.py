"""Every avslut of the person, the latest first: what it led to, what has lasted, and its follow-ups."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import InskrivningRow, UppfoljningRow
from db.rules.koder import Uppfoljningsslag
from desktop.formatting import long_date
from desktop.i18n import tr
from desktop.screens.kort.avslut_texter import (
    find_avslutshandelse,
    find_unplanned_month,
    lacks_follow_ups,
    return_of,
    tell_avslut,
    tell_outcome,
    tell_result,
    tell_return,
    tell_state,
    unplanned_row,
)
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.sections import add_head
from desktop.screens.kort.tabs import scrolled
from desktop.table_model import ChipText
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, Notice, clear_layout, column
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chip import Chip
from desktop.widgets.definitions import DefinitionGroup, DefinitionList
from desktop.widgets.text import Line, Text
from desktop.widgets.wrap import WrapRow

SLAG_WIDTH = 112


class AvslutPage(KortPage):
    """`wanted`: avslut, ratta_avslut, angra_avslut, planera_uppfoljningar, uppfoljning, bekrafta_manad,
    flytta_uppfoljning and flytta_manad."""

    key, title = "avslut", "Avslut"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.again = Notice(theme, "info", " ")
        self.empty = EmptyState(
            theme, tr("Inget avslut."), "", tr("Avslut…"), lambda: self.wanted.emit(Akt("avslut"))
        )
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self.again, self.cards, self.empty, spacing=12))
        self.setLayout(column(scrolled(inner), spacing=0))

    def show_card(self, card: CardRows, today: date) -> None:
        """Show every closed inskrivning; first that the one that runs is a return, where it is."""
        closed = [row for row in reversed(card.inskrivningar) if row.avslutad is not None]
        own = card.inskrivning
        back = return_of(card, own) if own is not None and own.avslutad is None else None
        self.again.setVisible(back is not None)
        if own is not None and back is not None:
            self.again.set("info", *tell_return(own, back))
        clear_layout(self.cards)
        for inskrivning in closed:
            self.cards.addWidget(self._card(card, inskrivning, today))
        self.empty.setVisible(not closed)
        open_ = own is not None and own.avslutad is None
        self.empty.button.set_disabled_because("" if open_ else tr("Deltagaren är inte inskriven nu."))

    def _card(self, card: CardRows, inskrivning: InskrivningRow, today: date) -> Card:
        assert inskrivning.avslutad is not None
        box = Card(self._theme)
        title = f"{tr('Avslut')} {long_date(inskrivning.avslutad)}"
        actions = [self._button("ratta_avslut", tr("Rätta"), title, inskrivning.id)]
        if find_avslutshandelse(card, inskrivning.id) is not None:
            actions.append(self._button("angra_avslut", tr("Ångra avslutet…"), title, inskrivning.id))
        add_head(box, title, *actions)
        chips = [self._chip(chip) for chip in tell_result(card, inskrivning, today)]
        if chips:
            box.body.addWidget(WrapRow(chips))
        facts = DefinitionList(self._theme)
        facts.set_groups((DefinitionGroup("", tell_avslut(inskrivning, today)),))
        box.body.addWidget(facts)
        for line in self._follow_ups(card, inskrivning, today):
            box.body.addWidget(line)
        return box

    def _follow_ups(self, card: CardRows, inskrivning: InskrivningRow, today: date) -> list[QWidget]:
        rows = sorted(
            (row for row in card.uppfoljningar if row.inskrivning_id == inskrivning.id),
            key=lambda row: row.planerad,
        )
        lines: list[QWidget] = []
        month = find_unplanned_month(inskrivning, rows)
        if month is not None:
            lines.append(self._month(inskrivning, month, today))
        lines += [self._line(row, inskrivning, today) for row in rows]
        if lacks_follow_ups(card, inskrivning, today):
            lines.append(self._unplanned(inskrivning))
        return [part for line in lines for part in (Line(name="hair"), line)]

    def _unplanned(self, inskrivning: InskrivningRow) -> QWidget:
        """An avslut that was imported has no follow-ups."""
        told = tr("Uppföljning efter avslutet är inte planerad.")
        button = self._button("planera_uppfoljningar", tr("Planera"), tr("uppföljningar"), inskrivning.id)
        return WrapRow((Text(told, "body", "text2").wrapped(),), (button,))

    def _line(self, followed: UppfoljningRow, inskrivning: InskrivningRow, today: date) -> QWidget:
        name = f"{tr('Efter')} {followed.slag}"
        told = [tell_outcome(followed, inskrivning), followed.text]
        buttons = [self._button("uppfoljning", tr("Ändra"), name, followed.id)]
        if followed.genomford is None:
            buttons = [
                self._button("flytta_uppfoljning", tr("Flytta…"), name, followed.id),
                self._button("uppfoljning", tr("Följ upp"), name, followed.id),
            ]
        return self._laid_out(name, tell_state(followed, today), told, buttons)

    def _month(self, inskrivning: InskrivningRow, day: date, today: date) -> QWidget:
        """The month that R10 asks for, where nobody has planned to ask."""
        name = f"{tr('Efter')} {Uppfoljningsslag.EN_MANAD.value}"
        asked = unplanned_row(inskrivning, day)
        buttons = [
            self._button("flytta_manad", tr("Flytta…"), name, inskrivning.id),
            self._button("bekrafta_manad", tr("Följ upp"), name, inskrivning.id),
        ]
        return self._laid_out(name, tell_state(asked, today), [], buttons)

    def _laid_out(self, name: str, state: ChipText, told: list[str], buttons: list[Button]) -> QWidget:
        slag = Text(name, "body", weight=500)
        slag.setMinimumWidth(self._theme.px(SLAG_WIDTH))
        head = WrapRow((slag, self._chip(state)), buttons)
        # Below, so that nothing is cut off however large the text or narrow the window.
        words = column(spacing=1, margins=(self._theme.px(SLAG_WIDTH) + 10, 0, 0, 0))
        for text, style, tone in zip(told, ("body", "meta"), ("text", "text2"), strict=False):
            if text:
                words.addWidget(Text(text, style, tone).wrapped())
        line = QWidget()
        line.setLayout(column(head, words, spacing=2))
        return line

    def _chip(self, chip: ChipText) -> Chip:
        return Chip(self._theme, chip.kind, chip.text, chip.icon)

    def _button(self, name: str, text: str, about: str, row_id: int) -> Button:
        """What it is about is read out too: the same words stand on several lines."""
        button = Button(self._theme, text, kind=ButtonKind.QUIET)
        button.setAccessibleName(f"{text} {about}")
        button.clicked.connect(lambda: self.wanted.emit(Akt(name, row_id)))
        return button
