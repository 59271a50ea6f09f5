"""Ny deltagare: searched first, then registered with household, ärende and inskrivning in one go."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.deltagare import NyDeltagare, check_ny_deltagare, create_deltagare
from db.commands.findings import Finding, Saved
from db.queries.access import is_open
from db.queries.deltagare import DeltagareRow, read_rad
from db.queries.dubbletter import DubblettRow, Sokt, find_dubbletter
from db.queries.val import list_ansvariga
from db.rules.personnummer import search_forms
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.dubbletter import Dubbletter
from desktop.screens.formular.inledning import ArendeFalt, InskrivningFalt, Staff
from desktop.screens.formular.medsokande import MedsokandeFalt
from desktop.screens.formular.personfalt import PersonFalt
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import TextField

Doubles = tuple[tuple[DubblettRow, ...], tuple[DubblettRow, ...]]


class NyDeltagarePresenter(FormPresenter[NyDeltagare]):
    """Opens the sheet over the list. `opened` is called with the id of a double who is chosen instead, and
    `registered` with that of the new person, unless the user may not see whom they registered."""

    saved_text = "Deltagaren är registrerad."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        text: str,
        opened: Callable[[int], None],
        registered: Callable[[int, bool], None],
    ) -> None:
        sheet = Sheet(context.theme, over, tr("Ny deltagare"), tr("Registrera"), again=True)
        sheet.context.setText(tr("Skriv nummer eller namn först, så visas de som kan vara samma person."))
        super().__init__(context, sheet)
        self._text, self._opened, self._registered = text, opened, registered
        self._saving: NyDeltagare | None = None
        theme, today = context.theme, context.today
        self.person = PersonFalt(theme, sheet, today)
        self.dubbletter = Dubbletter(
            theme, tr("Välj raden om det är samma person, så öppnas kortet."), "arrow-right"
        )
        sheet.add_aside(self.dubbletter, self.dubbletter.stops)
        self.person.add_contact()
        self.person.add_protection()
        self.inskrivning = InskrivningFalt(theme, sheet, today)
        self.arende = ArendeFalt(theme, sheet, today)
        enrol = tr("Skriv in även medsökande")
        self.medsokande = MedsokandeFalt(theme, sheet, today, tr("Medsökande"), enrol)
        self.barn = TextField(2)
        sheet.add("antal_barn", tr("Antal barn i hushållet"), self.barn)
        self.dubbletter.chosen.connect(opened)
        self.medsokande.vald.textChanged.connect(lambda _text: self._read_medsokande())
        context.runner.run(Query("val", self._load, self._show_staff, owner=sheet))

    def read(self) -> Reading[NyDeltagare]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        person = self.person.read(faulty, missing)
        other = self.medsokande.read(faulty, missing)
        both = self.medsokande.chosen.isChecked() and self.medsokande.both.isChecked()
        enrolled = self.inskrivning.read(faulty, missing, both)
        arende = self.arende.read(faulty, missing)
        barn = self.barn.value()
        if barn and not barn.isdecimal():
            faulty["antal_barn"] = tr("Skriv antalet med siffror.")
        if faulty or missing:
            return Reading(None, faulty, missing)
        children = int(barn) if barn else None
        return Reading(NyDeltagare(person, other, self.medsokande.registered_id, children, enrolled, arende))

    def find(self, session: Session, values: NyDeltagare) -> Sequence[Finding]:
        """What the register says of the values."""
        return check_ny_deltagare(session, self.context.aktor, values, self.context.today())

    def write(self, values: NyDeltagare) -> Saved | None:
        """Register them."""
        self._saving = values
        context = self.context
        return create_deltagare(context.store, context.aktor, values, context.today(), self.varningsskal)

    def check(self) -> None:
        """As every form, and look for those who may be the same person."""
        super().check()
        wanted = (self.person.sokt(), self.medsokande.person.sokt() if self.medsokande.is_new else None)
        work = partial(self._look, wanted=wanted)
        self.context.runner.run(Query("dubbletter", work, self._show_doubles, owner=self.sheet))

    def begin_again(self) -> None:
        """Another person, with the same inskrivning."""
        kept = self.sheet.changed_values()
        self.sheet.reset_values()
        self.sheet.set_values({name: kept[name] for name in _KEPT if name in kept})
        super().begin_again()

    def _done(self, again: bool, saved: Saved | None) -> None:
        super()._done(again, saved)
        if not again and saved is not None and self._saving is not None and self._is_seen(self._saving):
            enrolled = self._saving.inskrivning
            self._registered(saved.id, enrolled is not None and enrolled.inskriven <= self.context.today())

    def _is_seen(self, ny: NyDeltagare) -> bool:
        named = {
            ny.inskrivning.koordinator if ny.inskrivning else "",
            ny.arende.handlaggare if ny.arende else "",
        }
        return is_open(ny.person.skyddad) or self.context.aktor.signatur in named

    def _load(self, _task: Task) -> Staff:
        with self.context.store.read(self.context.aktor) as session:
            return list_ansvariga(session, self.context.aktor)

    def _show_staff(self, staff: Staff) -> None:
        self.inskrivning.offer(staff, self.context.aktor.signatur)
        self.arende.offer(staff)
        self.sheet.start()
        self._begin_with(self._text)

    def _begin_with(self, text: str) -> None:
        """What was searched for in vain is the number or the name of the new person."""
        if search_forms(text):
            self.person.nummer.setText(text)
        else:
            *first, last = text.split() or [""]
            names = (" ".join(first), last) if first else (last, "")
            for field, name in zip((self.person.fornamn, self.person.efternamn), names, strict=True):
                field.setText(name.title() if name.islower() else name)

    def _look(self, _task: Task, *, wanted: tuple[Sokt, Sokt | None]) -> Doubles:
        context, (person, other) = self.context, wanted
        with context.store.read(context.aktor) as session:
            found = find_dubbletter(session, context.aktor, person)
            return found, find_dubbletter(session, context.aktor, other) if other is not None else ()

    def _show_doubles(self, found: Doubles) -> None:
        self.dubbletter.show_rows(found[0])
        self.medsokande.dubbletter.show_rows(found[1] if self.medsokande.is_new else ())

    def _read_medsokande(self) -> None:
        deltagare_id = self.medsokande.registered_id
        if deltagare_id is not None:
            work = partial(self._read_rad, deltagare_id=deltagare_id)
            self.context.runner.run(
                Query("medsökande", work, self.medsokande.tell_registered, owner=self.sheet)
            )

    def _read_rad(self, _task: Task, *, deltagare_id: int) -> DeltagareRow:
        context = self.context
        with context.store.read(context.aktor) as session:
            return read_rad(session, context.aktor, deltagare_id, context.today())


_KEPT = ("skriv_in", "inskriven", "anvisad", "koordinator", "hanvisad_av", "spar")
