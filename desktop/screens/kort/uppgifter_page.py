"""Everything written of the person: number and its history, contact, background, and the household."""

from datetime import date, datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import MedlemRow, SammanslagenRow
from db.rules.period import age_on
from desktop.formatting import long_date, plural, short_date
from desktop.i18n import tr
from desktop.screens.kort.facts import KON
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import scrolled
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import Card, clear_layout, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.definitions import Definition, DefinitionGroup, DefinitionList
from desktop.widgets.link_row import LinkRow
from desktop.widgets.text import Text


class UppgifterPage(KortPage):
    """`wanted`: uppgifter and hushall to change them, oppna_kort for another of the household, sla_ihop to
    make another card a part of this one, dela to part them again."""

    key, title = "uppgifter", "Uppgifter"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.change = Button(theme, tr("Ändra uppgifter"), "square-pen")
        self.change_household = Button(theme, tr("Ändra hushåll"), "users")
        self.facts = DefinitionList(theme)
        self.person = Card(theme, tr("Personuppgifter"), self.change)
        self.person.body.addWidget(self.facts)
        self.household = Card(theme, tr("Hushåll"), self.change_household)
        self.children_count = Text("", "body")
        self.members = QVBoxLayout()
        self.members.setSpacing(2)
        self.links: list[LinkRow] = []
        self.household.body.addWidget(self.children_count)
        self.household.body.addLayout(self.members)
        self.numbers = Card(theme, tr("Tidigare nummer"))
        self.earlier = DefinitionList(theme)
        self.numbers.body.addWidget(self.earlier)
        self.merge = Button(theme, tr("Slå ihop…"), "copy")
        self.same = Card(theme, tr("Samma person på flera kort"), self.merge)
        self.merged = QVBoxLayout()
        self.merged.setSpacing(8)
        self.same.body.addLayout(self.merged)
        self.merge.clicked.connect(lambda: self._want("sla_ihop"))
        inner = QWidget()
        self._right = column(self.household, self.numbers, self.same, 0, spacing=12)
        self._sides = row(column(self.person, 0, spacing=0), self._right, spacing=12)
        for place in (0, 1):
            self._sides.setStretch(place, 1)
        inner.setLayout(self._sides)
        self.setLayout(column(scrolled(inner), spacing=0))
        self.change.clicked.connect(lambda: self._want("uppgifter"))
        self.change_household.clicked.connect(lambda: self._want("hushall"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left, right = self.person.minimumSizeHint().width(), self._right.minimumSize().width()
        narrow = self.width() < left + right + 2 * self._theme.px(12)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)

    def show_card(self, card: CardRows, today: date) -> None:
        """Show what is written; of a masked card that it is hidden."""
        self.facts.set_groups(make_uppgifter(card, today))
        self._show_household(card, today)
        earlier = tuple(
            Definition(f"{tr('t.o.m.')} {short_date(n.till, today)}", n.personnummer, first_upper(n.typ))
            for n in card.nummer
        )
        self.earlier.set_groups((DefinitionGroup("", earlier),))
        self.numbers.setVisible(bool(earlier))
        self._show_merged(card)
        self._fit()

    def _show_merged(self, card: CardRows) -> None:
        clear_layout(self.merged)
        for merged in card.sammanslagna:
            self.merged.addLayout(self._merged(merged))
        if not card.sammanslagna:
            advice = tr("Finns personen på ett kort till, så slå ihop dem. Inget går förlorat.")
            self.merged.addWidget(Text(advice, "body", "text2").wrapped())

    def _merged(self, merged: SammanslagenRow) -> QHBoxLayout:
        day = long_date(datetime.fromisoformat(merged.tid).astimezone().date())
        told = f"{tr('Ihopslaget')} {day} {tr('av')} {merged.vem}. {merged.skal}"
        name, why = Text(merged.namn, "body", weight=500).wrapped(), Text(told, "meta", "text2").wrapped()
        split = Button(self._theme, tr("Dela igen…"), kind=ButtonKind.QUIET)
        split.setAccessibleName(f"{tr('Dela igen')}: {merged.namn}")
        split.clicked.connect(lambda: self._want("dela", merged.id))
        line = row(column(name, why, spacing=2), split, spacing=8)
        line.setStretch(0, 1)
        return line

    def _show_household(self, card: CardRows, today: date) -> None:
        clear_layout(self.members)
        self.links = [] if card.dold else [self._member(m, today) for m in card.medlemmar]
        for link in self.links:
            self.members.addWidget(link)
        if not self.links:
            text = tr("Uppgifterna är dolda.") if card.dold else tr("Inga andra vuxna i hushållet.")
            self.members.addWidget(Text(text, "body", "text2"))
        count = card.antal_barn
        told = tr("Antal barn är inte angivet.") if count is None else plural(count, "barn", "barn")
        self.children_count.setText(told)
        self.children_count.setVisible(not card.dold)

    def _member(self, member: MedlemRow, today: date) -> LinkRow:
        age = f"{age_on(member.fodelsedatum, today)} {tr('år')}" if member.fodelsedatum else ""
        told = " · ".join(part for part in (member.personnummer, age) if part)
        link = LinkRow(self._theme, member.namn, told or tr("Nummer saknas"), icon="arrow-right")
        link.clicked.connect(lambda: self._want("oppna_kort", member.id))
        return link

    def _want(self, namn: str, row_id: int | None = None) -> None:
        self.wanted.emit(Akt(namn, row_id))


def make_uppgifter(card: CardRows, today: date) -> tuple[DefinitionGroup, ...]:
    """All of it, also what is missing; a masked card shows locks."""
    born = card.fodelsedatum
    age = f"{age_on(born, today)} {tr('år')}" if born else ""
    fodd = {True: tr("Utomlands"), False: tr("I Sverige"), None: ""}[card.utrikesfodd]
    hidden = card.dold
    return (
        DefinitionGroup(
            tr("Vem"),
            (
                _told(tr("Nummer"), card.personnummer, hidden),
                _told(tr("Född"), long_date(born) if born else "", hidden, age),
                _told(tr("Kön"), first_upper(tr(KON[card.kon])) if card.kon else "", hidden),
                _told(tr("Skydd"), first_upper(card.skyddad)),
            ),
        ),
        DefinitionGroup(
            tr("Kontakt"),
            (
                _told(tr("Telefon"), card.telefon, hidden),
                _told(tr("E-post"), card.epost, hidden),
                _told(tr("Område"), card.omrade, hidden),
                _told(tr("Språk"), first_upper(card.sprak), hidden),
                _told(tr("Tolk på"), first_upper(card.tolk)),
            ),
        ),
        DefinitionGroup(
            tr("Bakgrund"),
            (
                _told(tr("Utbildning"), first_upper(card.utbildningsniva or "")),
                _told(tr("Född i"), fodd, hidden),
            ),
        ),
    )


def _told(name: str, value: str, hidden: bool = False, under: str = "") -> Definition:
    return Definition(name, value or "–", under, hidden)
