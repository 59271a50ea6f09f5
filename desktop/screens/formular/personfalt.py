"""The fields of a person in a sheet: what registering and changing have in common."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from db.commands.person import LONGEST_NAME, PersonUppgifter
from db.queries.dubbletter import Sokt
from db.rules.koder import Skydd, Utbildningsniva
from db.rules.personnummer import Nummer, NummerError, format_nummer, parse_nummer
from desktop.i18n import tr
from desktop.screens.formular.presenter import read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, FieldBox, TextField

KON: tuple[tuple[str | None, str], ...] = ((None, "Uppgift saknas"), ("K", "Kvinna"), ("M", "Man"))
FODD: tuple[tuple[bool | None, str], ...] = ((None, "Vet inte"), (False, "I Sverige"), (True, "Utomlands"))
WHOLE = 10  # figures of a number that is written to its end


class PersonFalt:
    """Number, name, birth date and kön, and more parts where they are added.

    The number fills birth date and kön, unless they are written by hand (R2). `prefix` stands before the
    names of the fields and `whose` is read out before their labels, where a sheet has two people.
    """

    def __init__(
        self, theme: Theme, sheet: Sheet, today: Callable[[], date], prefix: str = "", whose: str = ""
    ) -> None:
        self._sheet, self._today, self._prefix, self._whose = sheet, today, prefix, whose
        self._filled: tuple[date | None, str | None] = (None, None)
        self.boxes: list[FieldBox] = []
        self.nummer = TextField(20, tr("ÅÅÅÅMMDD-NNNN, om det finns"))
        self.fornamn, self.efternamn = TextField(LONGEST_NAME), TextField(LONGEST_NAME)
        self.fodd = DateField(theme, today, past=True)
        self.kon: ComboField[str | None] = ComboField(theme, [(key, tr(text)) for key, text in KON])
        self.telefon, self.epost = TextField(40), TextField(200)
        self.sprak, self.tolk, self.omrade = TextField(100), TextField(100), TextField(100)
        self.skyddad: ComboField[str] = ComboField(theme, [(s.value, first_upper(s.value)) for s in Skydd])
        self.fodd_i: ComboField[bool | None] = ComboField(theme, [(k, tr(text)) for k, text in FODD])
        levels = [(level.value, first_upper(level.value)) for level in Utbildningsniva]
        self.utbildning: ComboField[str | None] = ComboField(theme, [(None, tr("Uppgift saknas")), *levels])
        self._add("personnummer", tr("Personnummer"), self.nummer)
        self._add_pair(
            self._add("fornamn", tr("Förnamn"), self.fornamn, required=True),
            self._add("efternamn", tr("Efternamn"), self.efternamn, required=True),
        )
        self._add_pair(
            self._add("fodelsedatum", tr("Födelsedatum"), self.fodd), self._add("kon", tr("Kön"), self.kon)
        )
        self.nummer.textChanged.connect(lambda _text: self._fill())

    def add_contact(self) -> None:
        """How to reach the person, and in which language."""
        self._add("telefon", tr("Telefon"), self.telefon)
        self._add("epost", tr("E-post"), self.epost)  # an address needs the whole width to be read
        self._add_pair(
            self._add("sprak", tr("Språk"), self.sprak), self._add("tolk", tr("Tolk på"), self.tolk)
        )

    def add_protection(self) -> None:
        """Whether the person is protected."""
        self._add("skyddad", tr("Skyddade personuppgifter"), self.skyddad)

    def add_background(self) -> None:
        """What seldom matters from day to day."""
        self._add("omrade", tr("Område"), self.omrade)
        self._add_pair(
            self._add("utrikesfodd", tr("Född"), self.fodd_i),
            self._add("utbildningsniva", tr("Utbildning"), self.utbildning),
        )

    def show_person(self, values: PersonUppgifter) -> None:
        """Show what is written of a person."""
        self._filled = (values.fodelsedatum, values.kon)
        self.nummer.setText(format_nummer(values.personnummer) if values.personnummer else "")
        self.fodd.set_value(values.fodelsedatum)
        self.kon.set_value(values.kon)
        self.skyddad.set_value(values.skyddad)
        self.fodd_i.set_value(values.utrikesfodd)
        self.utbildning.set_value(values.utbildningsniva)
        for name in ("fornamn", "efternamn", "telefon", "epost", "sprak", "tolk", "omrade"):
            getattr(self, name).setText(getattr(values, name))

    def set_visible(self, visible: bool) -> None:
        """Show or hide them all."""
        for box in self.boxes:
            box.setVisible(visible)

    def sokt(self) -> Sokt:
        """What is known of the person so far, to look for doubles by."""
        number = self._number()
        born = self.fodd.value() or (number.fodelsedatum if number else None)
        return Sokt(number.tolv if number else None, born, self.fornamn.value(), self.efternamn.value())

    def read(self, faulty: dict[str, str], missing: dict[str, str]) -> PersonUppgifter:
        """What the fields say; what is wrong or missing is noted under their names."""
        wrong: dict[str, str] = {}
        lacking: dict[str, str] = {}
        read_dates(wrong, fodelsedatum=self.fodd)
        born = self.fodd.value()
        if born is not None and born > self._today():
            wrong["fodelsedatum"] = tr("Födelsedatumet ligger i framtiden. Kontrollera det.")
        if told := self._number_fault():
            (wrong if self._is_written() else lacking)["personnummer"] = told
        for name, text in (("fornamn", tr("Skriv förnamnet.")), ("efternamn", tr("Skriv efternamnet."))):
            if not getattr(self, name).value():
                lacking[name] = text
        faulty.update({f"{self._prefix}{name}": text for name, text in wrong.items()})
        missing.update({f"{self._prefix}{name}": text for name, text in lacking.items()})
        return PersonUppgifter(
            self.fornamn.value(), self.efternamn.value(), self.nummer.value(), born, self.kon.value(),
            self.skyddad.value() or Skydd.NEJ.value, self.omrade.value(), self.telefon.value(),
            self.epost.value(), self.sprak.value(), self.tolk.value(), self.fodd_i.value(),
            self.utbildning.value(),
        )  # fmt: skip

    def _add_pair(self, *boxes: FieldBox) -> None:
        self._sheet.add_pair(*boxes)

    def _add(self, name: str, label: str, field: QWidget, required: bool = False) -> FieldBox:
        box = self._sheet.add(f"{self._prefix}{name}", label, field, required=required)
        if self._whose:
            spoken = getattr(field, "line", field)
            spoken.setAccessibleName(f"{self._whose}: {spoken.accessibleName()}")
        self.boxes.append(box)
        return box

    def _number(self) -> Nummer | None:
        try:
            return parse_nummer(self.nummer.value(), self._today())
        except NummerError:
            return None

    def _number_fault(self) -> str:
        try:
            if self.nummer.value():
                parse_nummer(self.nummer.value(), self._today())
        except NummerError as error:
            return str(error)
        return ""

    def _is_written(self) -> bool:
        """Whether the number is written to its end, as far as can be seen."""
        return not self.nummer.hasFocus() or sum(c.isdigit() for c in self.nummer.value()) >= WHOLE

    def _fill(self) -> None:
        number = self._number()
        if number is None:
            return
        born, kon = self._filled
        if number.fodelsedatum is not None and self.fodd.value() in (None, born):
            self.fodd.set_value(number.fodelsedatum)
        if number.kon is not None and self.kon.value() in (None, kon):
            self.kon.set_value(number.kon)
        self._filled = (number.fodelsedatum, number.kon)
