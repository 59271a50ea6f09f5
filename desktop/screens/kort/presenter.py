"""The screen of one person: reads the card, opens forms over it, and keeps what is protected hidden."""

from collections.abc import Set
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.errors import KnownError, NotFoundError
from db.queries.card import read_card
from db.queries.card_rows import Card
from db.queries.oppnad import find_fasta
from desktop.context import Context, now
from desktop.i18n import tr
from desktop.kopior import Kopior
from desktop.runner import Change, Query, Task
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.acts import ACTS, ENROLLED, REVEALING
from desktop.screens.kort.flikar import Grund
from desktop.screens.kort.model import make_model
from desktop.screens.kort.page import Akt, KortPage, Oppna, draft_key
from desktop.screens.kort.view import KortView
from desktop.screens.pins import set_pin
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column

if TYPE_CHECKING:
    from desktop.screens.kort.page import Read

SHOWN_FOR = 2 * 60 * 1000  # ms that protected details stay on screen


class KortScreen(Screen):
    """`open` with a deltagare's id."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._id = 0
        self._shown = False
        self._akt: Akt | None = None
        self._to_note = False
        self.card: Card | None = None
        self.kopior = Kopior()
        signatur, moment = context.aktor.signatur, partial(now, context)
        self.view = KortView(Grund(context.theme, context.settings, context.today(), signatur, moment))
        self.setLayout(column(self.view, spacing=0))
        self.beside = self.view.summary
        self._hide_timer = QTimer(self)
        self._hide_timer.setSingleShot(True)
        self._hide_timer.setInterval(SHOWN_FOR)
        self._hide_timer.timeout.connect(self._hide_details)
        self._connect()

    def open(self, argument: object) -> None:
        """Show a person; what was open of a protected one is hidden again."""
        self._hide_timer.stop()
        self._shown = False
        wanted = (
            argument if isinstance(argument, Oppna) else Oppna(argument if isinstance(argument, int) else 0)
        )
        if wanted.flik or wanted.deltagare_id != self._id:
            self.view.show_page(wanted.flik)
        self._id, self._akt = wanted.deltagare_id, wanted.akt
        self._to_note = True
        self.refresh()
        self.view.setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Any row that is on the card."""
        if self.card is None:
            return False
        return bool(touched & _held(self.card)) or any(name.startswith(_NEW) for name in touched)

    def refresh(self) -> None:
        """Read the card again."""
        work = partial(self._read, deltagare_id=self._id, shown=self._shown)
        self.context.runner.run(Query("kort", work, self._show, failed=self._failed, owner=self))

    def may_leave(self) -> bool:
        """A form with something written asks first; leaving hides what is protected."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        if self._shown:
            self._hide_details()
        return True

    def _read(self, _task: Task, *, deltagare_id: int, shown: bool) -> Card:
        context = self.context
        with context.store.read(context.aktor) as session:
            return read_card(session, context.aktor, deltagare_id, context.today(), oppna_skyddad=shown)

    def _show(self, card: Card) -> None:
        self.card = card
        model = make_model(card, self.context.today())
        self.view.show_model(model)
        # A protected name never stands in the title of the window, opened or not.
        self.title_changed.emit(tr("Skyddad identitet") if model.skydd else model.namn)
        if self._to_note:
            self._to_note = False
            self._note_opened(card.id)
            self._ask_pin()
        akt, self._akt = self._akt, None
        if akt is not None:
            self.act(akt)

    def _note_opened(self, deltagare_id: int) -> None:
        """For Senast öppnade, which is a help only: where it cannot be kept nothing is said."""

        def work(_task: Task) -> None:
            from db.commands.oppnad import log_oppnad

            log_oppnad(self.context.store, self.context.aktor, deltagare_id)

        self.context.runner.run(
            Change("", work, lambda _none: {"oppnad"}, failed=lambda _error: None, owner=self)
        )

    def _ask_pin(self) -> None:
        def read(_task: Task) -> frozenset[int]:
            with self.context.store.read(self.context.aktor) as session:
                return find_fasta(session, self.context.aktor)

        def show(ids: frozenset[int]) -> None:
            self.view.head.show_pin(self._id in ids)

        self.context.runner.run(Query("kort-fast", read, show, owner=self))

    def _pin(self, fast: bool) -> None:
        set_pin(self.context, self._id, fast, self)
        self._ask_pin()

    def _log_copy(self, vad: str) -> None:
        self.context.log_copy([self._id], vad, self)

    def _read_for(self, page: KortPage, read: "Read") -> None:
        """What a page needs beyond the card, once somebody looks at it."""
        context = self.context

        def work(_task: Task) -> object:
            with context.store.read(context.aktor) as session:
                return read(session, context.aktor, context.today())

        context.runner.run(
            Query(f"kort-{page.key}", work, page.show_read, failed=context.tell_failure, owner=page)
        )

    def _failed(self, error: KnownError) -> None:
        self.card = None
        self.view.show_missing(error.message)

    def _connect(self) -> None:
        view = self.view
        view.wanted.connect(self.act)
        view.asked.connect(self._read_for)
        view.head.pin_wanted.connect(self._pin)
        view.copied.connect(self._log_copy)
        view.head.reveal.connect(lambda: self.ask_reason())
        view.head.hide_again.connect(self._hide_details)

    @property
    def can_register(self) -> bool:
        """Whether the person shown is inskriven now."""
        inskrivning = self.card.inskrivning if self.card is not None else None
        return inskrivning is not None and inskrivning.avslutad is None

    def act(self, akt: Akt) -> None:
        """Open the form of an act, unless one is open or the person is not enrolled where that is needed."""
        if self.card is None or self._sheet() is not None:
            return
        if akt.namn in ENROLLED and not self.can_register:
            return
        if akt.namn in REVEALING and self.card.dold:
            self.ask_reason(akt)
            return
        try:
            form = ACTS[akt.namn](self, self.card, akt)
        except NotFoundError as error:
            self.context.tell_failure(error)
            return
        if isinstance(form, FormPresenter):
            form.keep_draft(draft_key(self.card.id, akt), self.card.id)
            if akt.namn in REVEALING and self._shown:
                form.sheet.edited.connect(self._hide_timer.start)

    def ask_reason(self, akt: Akt | None = None) -> None:
        """Visa uppgifter…: a reason first, then for two minutes; `akt` is begun when they are shown."""
        from desktop.screens.formular.visning import VisningPresenter

        if self.card is not None and self._sheet() is None:
            VisningPresenter(self, self.context, self.card, partial(self._reveal, akt))

    def open_other(self, deltagare_id: int) -> None:
        """Go to somebody else's card."""
        self.navigate.emit(Location("kort", deltagare_id))

    def _reveal(self, akt: Akt | None = None) -> None:
        self._shown, self._akt = True, akt
        self._hide_timer.start()
        self.refresh()

    def _hide_details(self) -> None:
        """The card masked again, and a form that shows what it hides put away; its draft is kept."""
        self._hide_timer.stop()
        self._shown = False
        sheet = self._sheet()
        if sheet is not None:
            sheet.dismiss()
        self.refresh()

    def _sheet(self) -> Sheet | None:
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)


_NEW = (
    "insats:", "mote:", "planering:", "planeringssteg:", "anteckning:", "bip:", "bipplan:", "dokument:",
    "osa_beslut:", "osa_uppfoljning:", "uppfoljning:", "hushall:", "passerad_varning:",
    "stegperiod:", "arende:", "undantag:", "undantagsgranskning:", "bistandsmanad:", "narvaro:",
    "narvaroschema:", "installning:", "platsko:",
)  # fmt: skip


def _held(card: Card) -> set[str]:
    return (
        {f"deltagare:{card.id}"}
        | {f"deltagare:{m.id}" for m in card.medlemmar}
        | {f"arende:{a.id}" for a in card.arenden}
        | {f"inskrivning:{i.id}" for i in card.inskrivningar}
    )
