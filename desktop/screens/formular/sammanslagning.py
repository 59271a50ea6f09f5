"""Slå ihop: another registered card becomes a part of the one shown; and parting them again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.sammanslagning import (
    SHORTEST,
    Sammanslagning,
    check_sammanslagning,
    merge_deltagare,
)
from db.commands.uppgifter import read_uppgifter
from db.commands.visning import log_visning
from db.errors import DataError, KnownError
from db.queries import access
from db.queries.card_rows import Card, SammanslagenRow
from db.queries.deltagare import DeltagareRow, search_deltagare
from db.queries.dubbletter import DubblettRow, Sokt, find_dubbletter
from db.queries.sammanslagning import Jamforelse, compare_deltagare
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.dubbletter import Dubbletter
from desktop.screens.formular.jamforelse import JamforelseFalt
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.papperskorg.words import count_rows
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import TextArea, TextField
from desktop.widgets.text import Text

WIDTH, MOST = 680, 6  # px; how many are found at a time
REASON_FIRST = "Uppgifterna är skyddade. Skriv skälet först, och välj raden igen."


class SammanslagningPresenter(FormPresenter[Sammanslagning]):
    """Opens the sheet over the card, which is the one that stays."""

    saved_text = "Korten är ihopslagna."

    def __init__(self, over: QWidget, context: Context, card: Card) -> None:
        self._id = card.id
        title = tr("Slå ihop med ett annat kort")
        sheet = Sheet(context.theme, over, title, tr("Slå ihop"), again=False, width=WIDTH)
        stays = tr("Det här kortet är kvar, och får allt som står på det andra.")
        sheet.context.setText(f"{card.namn}. {stays}")
        super().__init__(context, sheet)
        theme = context.theme
        self.sok, self.vald, self.orsak = TextField(100), TextField(20), TextArea(theme, 2)
        choose, like = tr("Välj den som är samma person."), tr("De här liknar personen.")
        self.hittade = Dubbletter(theme, choose, "arrow-right", like)
        self.notice, self.other = Notice(theme, "info", " "), Button(theme, tr("Välj en annan"))
        self.jamforelse = JamforelseFalt(theme)
        self._two: Jamforelse | None = None
        self._reason_first = False  # somebody protected was chosen before the reason was written
        self._lay_out()
        context.runner.run(Query("dubbletter", self._look, self.hittade.show_rows, owner=sheet))
        sheet.start()

    def read(self) -> Reading[Sammanslagning]:
        """What the fields say."""
        missing: dict[str, str] = {}
        if self._reason_first and len(self.orsak.value()) < SHORTEST:
            return Reading(None, {"skal": tr(REASON_FIRST)})
        if self._two is None:
            missing["sok"] = tr("Sök den andra deltagaren, och välj raden.")
        if len(self.orsak.value()) < SHORTEST:
            missing["skal"] = tr("Skriv varför det är samma person.")
        if missing or self._two is None:
            return Reading(None, {}, missing)
        taken = self.jamforelse.taken()
        return Reading(Sammanslagning(self._two.annan_id, taken, self.orsak.value()))

    def find(self, session: Session, values: Sammanslagning) -> Sequence[Finding]:
        """What the register says of the two."""
        return check_sammanslagning(session, self.context.aktor, self._id, values)

    def write(self, values: Sammanslagning) -> Saved | None:
        """Make them one."""
        context = self.context
        return merge_deltagare(context.store, context.aktor, self._id, values, context.today())

    def _lay_out(self) -> None:
        sheet = self.sheet
        self._sok_box = sheet.add("sok", tr("Sök den andra på namn, nummer eller ärende"), self.sok)
        sheet.add_aside(self.hittade, self.hittade.stops)
        sheet.add("vald", tr("Det andra kortet"), self.vald).hide()
        self._chosen = QWidget()
        self._chosen.setLayout(column(self.notice, row(self.other, 0, spacing=0), spacing=6))
        sheet.add_aside(self._chosen, lambda: [self.other])
        sheet.add_aside(self.jamforelse, self.jamforelse.stops)
        sheet.add("skal", tr("Varför är det samma person?"), self.orsak, required=True)
        self.sok.textEdited.connect(self._search)
        self.hittade.chosen.connect(lambda deltagare_id: self.vald.setText(str(deltagare_id)))
        self.other.clicked.connect(self.vald.clear)
        self.vald.textChanged.connect(lambda _text: self._compare_two())
        self._show_chosen(None)

    def _search(self, text: str) -> None:
        work = partial(self._find_people, text=text)
        self.context.runner.run(Query("dubbletter", work, self.hittade.show_found, owner=self.sheet))

    def _find_people(self, _task: Task, *, text: str) -> tuple[DeltagareRow, ...]:
        context = self.context
        with context.store.read(context.aktor) as session:
            page = search_deltagare(session, context.aktor, text, context.today(), MOST + 1)
        return tuple(found for found in page.rows if found.id != self._id)[:MOST]

    def _look(self, _task: Task) -> tuple[DubblettRow, ...]:
        context = self.context
        with context.store.read(context.aktor) as session:
            own = read_uppgifter(session, context.aktor, self._id)
            sokt = Sokt(own.personnummer or None, own.fodelsedatum, own.fornamn, own.efternamn)
            return find_dubbletter(session, context.aktor, sokt, self._id)

    def _compare_two(self) -> None:
        if not self.vald.value():
            self._show_chosen(None)
            return
        work = partial(self._read_two, annan_id=int(self.vald.value()), skal=self.orsak.value())
        self.context.runner.run(
            Change("", work, lambda _two: (), self._show_chosen, self._not_read, owner=self.sheet)
        )

    def _read_two(self, _task: Task, *, annan_id: int, skal: str) -> Jamforelse:
        """What is protected of the other is logged as shown, with the reason for making them one."""
        context = self.context
        with context.store.read(context.aktor) as session:
            hidden = not access.is_open(access.require_known(session, context.aktor, annan_id))
        if hidden:
            if len(skal) < SHORTEST:
                raise DataError(tr(REASON_FIRST), "skal")
            log_visning(context.store, context.aktor, annan_id, skal)
        with context.store.read(context.aktor) as session:
            return compare_deltagare(session, context.aktor, self._id, annan_id)

    def _not_read(self, error: KnownError) -> None:
        self._reason_first = isinstance(error, DataError)
        self.vald.clear()
        self._failed(error)

    def _show_chosen(self, two: Jamforelse | None) -> None:
        self._two = two
        self._sok_box.setVisible(two is None)
        self.hittade.setVisible(two is None and bool(self.hittade.links))
        for shown in (self._chosen, self.jamforelse):
            shown.setVisible(two is not None)
        if two is not None:
            gone = tr("tas bort som eget kort.")
            self.notice.set("info", f"{two.namn} {gone}", describe_moved(two))
            self.jamforelse.show_two(two)
            self.other.setFocus()
            self.check()


def describe_moved(two: Jamforelse) -> str:
    """What goes along, in words."""
    if not two.flyttas:
        return tr("Inget mer står på det.")
    return f"{tr('Flyttas hit')}: {count_rows(two.flyttas)}."


def part(over: QWidget, context: Context, merged: SammanslagenRow) -> Dialog:
    """Ask, and make the two people two again; with a toast to take it back."""
    dialog = Dialog(context.theme, tr("Dela kortet igen?"), tr("Dela"), parent=over)
    told = tr(
        "Kommer tillbaka som eget kort, med det som flyttades hit. Det som har registrerats här sedan dess "
        "stannar, utom det som hör till en flyttad inskrivning eller ett flyttat ärende."
    )
    dialog.body.addWidget(Text(merged.namn, "body", weight=600).wrapped())
    dialog.body.addWidget(Text(told, "body", "text2").wrapped())

    def work(_task: Task) -> Saved:
        from db.commands.delning import split_deltagare

        return split_deltagare(context.store, context.aktor, merged.id)

    def done(saved: Saved) -> None:
        context.tell_done(tr("Kortet är delat."), saved.changes.handelse_id)

    change = Change(
        tr("Sparar"), work, lambda saved: touched(saved.changes), done, context.tell_failure, owner=over
    )
    dialog.action.clicked.connect(dialog.accept)
    dialog.accepted.connect(lambda: context.runner.run(change))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
