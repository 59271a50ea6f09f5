"""OSA: every placement with Arbetsförmedlingen's decisions, follow-ups and what it led on to."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import InsatsRow, OsaRow, OsaUppfoljningRow
from db.rules.insatstyper import OSA_ANSTALLNING, OSA_TYPER
from db.rules.osa import OVERGANG_RESULTAT, OVERGANG_TYPER, find_overgang
from desktop.formatting import date_range, days, kronor, percent, short_date
from desktop.i18n import tr
from desktop.screens.kort.columns import insats_chip
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.sections import Cells, act_button, add_head, add_section, row_actions
from desktop.screens.kort.tabs import scrolled
from desktop.screens.osabeslut import beslut_chip
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column
from desktop.widgets.chip import Chip
from desktop.widgets.text import IconLabel, Text
from desktop.widgets.wrap import WrapRow


def placements(card: CardRows) -> tuple[InsatsRow, ...]:
    """Praktik inför OSA and OSA-anställningar, the newest first."""
    return tuple(insats for insats in reversed(card.insatser) if insats.typ in OSA_TYPER)


def find_next(card: CardRows, insats: InsatsRow, today: date) -> tuple[date, str] | None:
    """What an ended placement led on to by today: the day and what."""
    if insats.slut is None:
        return None
    typer = OVERGANG_TYPER if insats.typ == OSA_ANSTALLNING else (OSA_ANSTALLNING,)
    nya = [(other.start, other.typ) for other in card.insatser if other.typ in typer]
    if insats.typ == OSA_ANSTALLNING:
        nya += [
            (i.avslutad, f"{tr('avslut till')} {i.resultat}")
            for i in card.inskrivningar
            if i.avslutad is not None and i.resultat in tuple(OVERGANG_RESULTAT)
        ]
    return find_overgang(insats.slut, nya, today)


def overgang_text(card: CardRows, insats: InsatsRow, today: date) -> str:
    """What it led on to in words; empty for a placement that runs."""
    if insats.slut is None or insats.slut > today:
        return ""
    found = find_next(card, insats, today)
    if found is None:
        return tr("Ingen övergång registrerad")
    return f"{tr('Övergång')}: {found[1]} {short_date(found[0], today)}"


class OsaPage(KortPage):
    """`wanted`: osa_beslut, osa_uppfoljning, osa_overgang and insats by the placement, and the acts on a
    single decision or follow-up."""

    key, title = "osa", "OSA"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.empty = EmptyState(
            theme,
            tr("Ingen OSA-placering."),
            tr("Registrera praktik inför OSA eller OSA-anställning som insats."),
            tr("Ny insats"),
            lambda: self.wanted.emit(Akt("ny_insats")),
        )
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self.cards, self.empty, spacing=0))
        self.setLayout(column(scrolled(inner), spacing=0))

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the placements; of a masked card without numbers, places and what was said."""
        clear_layout(self.cards)
        found = placements(card)
        for insats in found:
            self.cards.addWidget(self._card(card, insats, today))
        self.empty.setVisible(not found)
        enrolled = card.inskrivning is not None and card.inskrivning.avslutad is None
        why_not = "" if enrolled else tr("Deltagaren är inte inskriven nu.")
        self.empty.button.set_disabled_because(why_not)

    def _card(self, card: CardRows, insats: InsatsRow, today: date) -> Card:
        beslut = [row for row in card.osa if row.insats_id == insats.id]
        followed = [row for row in card.osa_uppfoljningar if row.insats_id == insats.id]
        title = ", ".join(part for part in (first_upper(insats.typ), insats.enhet) if part)
        moved = find_next(card, insats, today) is not None
        box = Card(self._theme)
        add_head(box, title, *self._actions(insats, moved))
        box.body.addWidget(WrapRow(self._state(card, insats, beslut, today)))
        if insats.typ == OSA_ANSTALLNING or beslut:
            cells = (self._beslut(one, today, card.dold) for one in reversed(beslut))
            add_section(
                box, self._theme, tr("Beslut från Arbetsförmedlingen"), cells, tr("Inget beslut registrerat.")
            )
        if followed or insats.status_on(today) in ("planerad", "pagar"):
            cells = (self._uppfoljning(one, today, card.dold) for one in reversed(followed))
            add_section(box, self._theme, tr("Uppföljningar"), cells, tr("Ingen uppföljning planerad."))
        return box

    def _actions(self, insats: InsatsRow, moved: bool) -> list[QWidget]:
        wanted = [("osa_uppfoljning", tr("Följ upp"))]
        if not moved:
            wanted.append(("osa_overgang", tr("Övergång…")))
        if insats.typ == OSA_ANSTALLNING:
            wanted.insert(0, ("osa_beslut", tr("Nytt beslut")))
        return [
            act_button(self._theme, self.wanted.emit, Akt(name, insats.id), text) for name, text in wanted
        ]

    def _state(
        self, card: CardRows, insats: InsatsRow, beslut: Sequence[OsaRow], today: date
    ) -> list[QWidget]:
        parts: list[QWidget] = []
        for chip in (insats_chip(insats, today), beslut_chip(insats, beslut, today)):
            if chip is not None:
                parts.append(Chip(self._theme, chip.kind, chip.text, chip.icon))
        until = insats.slut or insats.planerat_slut
        told = [date_range(insats.start, until, today), percent(insats.omfattning)]
        parts.append(Text(" · ".join(told), "meta", "text2").wrapped())
        overgang = overgang_text(card, insats, today)
        if overgang:
            parts += [
                IconLabel(self._theme, "arrow-right", "text2", 13),
                Text(overgang, "meta", "text2").wrapped(),
            ]
        return parts

    def _beslut(self, beslut: OsaRow, today: date, hidden: bool) -> Cells:
        span = date_range(beslut.fran, beslut.till, today)
        nummer = tr("Diarienumret är dolt.") if hidden else beslut.diarienummer or tr("Utan diarienummer")
        grant = f"{kronor(beslut.bidrag_ore // 100)}/{tr('mån')}" if beslut.bidrag_ore is not None else ""
        cells = [Text(span, "body", weight=500), Text(nummer, "body", "text2"), Text(grant, "body", "text2")]
        return cells, self._changes("osa_beslut", beslut.id, span, hidden)

    def _uppfoljning(self, row_: OsaUppfoljningRow, today: date, hidden: bool) -> Cells:
        if row_.genomford is not None:
            chip = ChipText("ok", f"{tr('Följdes upp')} {short_date(row_.genomford, today)}")
        elif row_.planerad < today:
            chip = ChipText("overdue", f"{tr('Försenad')} {days((today - row_.planerad).days)}")
        else:
            chip = ChipText("later", tr("Planerad"), "calendar")
        said = tr("Texten är dold.") if hidden and row_.genomford else row_.text
        day = short_date(row_.planerad, today)
        words = (
            Text(day, "body", weight=500),
            Chip(self._theme, chip.kind, chip.text, chip.icon),
            Text(said, "body", "text2").wrapped(),
        )
        return words, self._changes("osa_uppfoljning", row_.id, day, hidden)

    def _changes(self, name: str, row_id: int, what: str, hidden: bool) -> list[QWidget]:
        """Change and remove, where what is written can be seen."""
        wanted = [] if hidden else [(f"andra_{name}", tr("Ändra")), (f"ta_bort_{name}", tr("Ta bort"))]
        return row_actions(self._theme, self.wanted.emit, row_id, wanted, what)
