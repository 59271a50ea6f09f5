"""The forms of an enhet: a new one, what it is called, its places from a day, its last day, its cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.enhet import (
    LONGEST_NAME,
    EnhetUppgifter,
    add_enhet,
    check_enhet,
    check_kostnad,
    set_kostnad,
    update_enhet,
)
from db.commands.findings import Finding, Saved
from db.commands.platser import (
    Hinder,
    PlatsUppgifter,
    check_platser,
    check_stangning,
    close_enhet,
    find_hinder,
    find_stangningshinder,
    set_platser,
)
from db.errors import HinderError, KnownError
from db.queries.enhet import EnhetKort
from desktop.context import Context
from desktop.formatting import full_date, parse_kronor, written_kronor
from desktop.i18n import tr
from desktop.screens.formular.hinder import HinderBox
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextField

TYPER = (("intern", "Intern"), ("extern", "Extern"))
OpenCard = Callable[[int], None]


def read_number(field: TextField, name: str, faulty: dict[str, str], missing: dict[str, str]) -> int | None:
    """The whole number in a field; None, and noted what is wrong, where there is none."""
    text = field.value().replace("\u00a0", "").replace(" ", "")
    if not text:
        missing[name] = tr("Skriv ett antal.")
    elif not text.isdecimal():
        faulty[name] = tr("Skriv antalet med siffror.")
    else:
        return int(text)
    return None


def read_kronor(field: TextField, name: str, faulty: dict[str, str]) -> int | None:
    """Öre of the amount in a field; None where it is empty or, and noted, no amount."""
    text = field.value()
    found = parse_kronor(text) if text else None
    if text and found is None:
        faulty[name] = tr("Skriv kostnaden i kronor, till exempel 830 000.")
    return found


@dataclass(frozen=True, slots=True)
class NyEnhet:
    """What a new enhet begins with."""

    uppgifter: EnhetUppgifter
    platser: PlatsUppgifter
    kostnad_ore: int | None


class _Uppgifter:
    """The fields that say what an enhet is."""

    def __init__(self, context: Context, sheet: Sheet) -> None:
        self.namn, self.anordnare = TextField(LONGEST_NAME), TextField(LONGEST_NAME)
        self.typ: ComboField[str] = ComboField(context.theme, [(key, tr(text)) for key, text in TYPER])
        sheet.add("namn", tr("Enhet"), self.namn, required=True)
        hint = tr("Intern är kommunens egen, extern någon annans.")
        typ = sheet.add("typ", tr("Regi"), self.typ, hint, required=True)
        sheet.add_pair(typ, sheet.add("anordnare", tr("Anordnare"), self.anordnare))

    def read(self, missing: dict[str, str]) -> EnhetUppgifter:
        if not self.namn.value():
            missing["namn"] = tr("Skriv vad enheten heter.")
        return EnhetUppgifter(self.namn.value(), self.typ.value() or "", self.anordnare.value())

    def show(self, values: EnhetUppgifter) -> None:
        self.namn.setText(values.namn)
        self.typ.set_value(values.typ)
        self.anordnare.setText(values.anordnare)


class NyEnhetPresenter(FormPresenter[NyEnhet]):
    """A new enhet with its places from a day; the cost of that year may be told later."""

    saved_text = "Enheten är registrerad."

    def __init__(self, over: QWidget, context: Context) -> None:
        sheet = Sheet(context.theme, over, tr("Ny enhet"), tr("Spara"), again=True)
        sheet.context.setText(tr("Platser, beläggning och kostnad räknas för varje enhet."))
        super().__init__(context, sheet)
        self.form = _Uppgifter(context, sheet)
        self.platser, self.fran = TextField(7), DateField(context.theme, context.today)
        self.kostnad = TextField(16)
        platser = sheet.add("platser", tr("Antal platser"), self.platser, required=True)
        sheet.add_pair(platser, sheet.add("fran", tr("Från och med"), self.fran, required=True))
        hint = tr("Kronor för hela året, om den är känd.")
        sheet.add("kostnad", tr("Kostnad det året"), self.kostnad, hint)
        self.fran.set_value(context.today())
        sheet.start()

    def read(self) -> Reading[NyEnhet]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        uppgifter = self.form.read(missing)
        read_dates(faulty, fran=self.fran)
        platser = read_number(self.platser, "platser", faulty, missing)
        kostnad = read_kronor(self.kostnad, "kostnad", faulty)
        fran = self.fran.value()
        if fran is None:
            missing["fran"] = tr("Ange första dagen.")
        if faulty or missing or platser is None or fran is None:
            return Reading(None, faulty, missing)
        return Reading(NyEnhet(uppgifter, PlatsUppgifter(platser, fran), kostnad))

    def find(self, session: Session, values: NyEnhet) -> Sequence[Finding]:
        """What the register says."""
        found = check_enhet(session, self.context.aktor, values.uppgifter)
        kostnad = check_kostnad(values.platser.fran.year, values.kostnad_ore)
        return (*found, *check_platser(values.platser, self.context.today()), *kostnad)

    def write(self, values: NyEnhet) -> Saved | None:
        """Register it."""
        context = self.context
        return add_enhet(
            context.store, context.aktor, values.uppgifter, values.platser, values.kostnad_ore,
            idag=context.today(),
        )  # fmt: skip

    def begin_again(self) -> None:
        """Another one: most often of the same kind."""
        self.form.namn.clear()
        super().begin_again()


class EnhetPresenter(FormPresenter[EnhetUppgifter]):
    """What an enhet is called, and who runs it."""

    saved_text = "Enheten är ändrad."

    def __init__(self, over: QWidget, context: Context, enhet: EnhetKort) -> None:
        sheet = Sheet(context.theme, over, tr("Ändra enhet"), tr("Spara"), again=False)
        sheet.context.setText(enhet.namn)
        super().__init__(context, sheet)
        self._id = enhet.id
        self.before = EnhetUppgifter(enhet.namn, enhet.typ, enhet.anordnare)
        self.form = _Uppgifter(context, sheet)
        self.show(self.before)
        sheet.start()

    def read(self) -> Reading[EnhetUppgifter]:
        """What the fields say."""
        missing: dict[str, str] = {}
        values = self.form.read(missing)
        return Reading(None, {}, missing) if missing else Reading(values)

    def show(self, values: EnhetUppgifter) -> bool:
        """Fill the fields."""
        self.form.show(values)
        return True

    def find(self, session: Session, values: EnhetUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_enhet(session, self.context.aktor, values, self._id)

    def write(self, values: EnhetUppgifter) -> Saved | None:
        """Change it."""
        return update_enhet(self.context.store, self.context.aktor, self._id, values, self.before)


class _HinderPresenter(FormPresenter[PlatsUppgifter]):
    """A form that people may stand in the way of: they are listed, with the first day that will do."""

    field = ""

    def __init__(self, context: Context, sheet: Sheet, dag: DateField, open_card: OpenCard) -> None:
        super().__init__(context, sheet)
        self._hinder: Hinder | None = None
        self._dag = dag
        self.hinder = HinderBox(context.theme)
        sheet.add_aside(self.hinder, self.hinder.stops)
        self.hinder.way_wanted.connect(self._choose_day)
        self.hinder.person_wanted.connect(open_card)

    def find_hinder(self, session: Session, values: PlatsUppgifter) -> Hinder | None:
        """Who stands in the way."""
        raise NotImplementedError

    def find_rest(self, session: Session, values: PlatsUppgifter) -> Sequence[Finding]:
        """What else there is to say."""
        raise NotImplementedError

    def find(self, session: Session, values: PlatsUppgifter) -> Sequence[Finding]:
        """What the register says."""
        rest = self.find_rest(session, values)
        stopped = any(finding.stops for finding in rest)
        self._hinder = None if stopped else self.find_hinder(session, values)
        hinder = self._hinder
        return (*rest, Finding(self.field, hinder.text, stops=True)) if hinder is not None else rest

    def check(self) -> None:
        """Nobody stands in the way of what cannot be read."""
        if self.read().values is None:
            self._hinder = None
            self._show_hinder()
        super().check()

    def _show(self, findings: Sequence[Finding]) -> None:
        super()._show(findings)
        self._show_hinder()

    def _failed(self, error: KnownError) -> None:
        super()._failed(error)
        if isinstance(error, HinderError):
            self._hinder = Hinder(error.message, error.personer, error.ovriga, None)
            self._show_hinder()
            self.check()

    def _show_hinder(self) -> None:
        hinder = self._hinder
        if hinder is None:
            self.hinder.show_people((), 0)
        else:
            way = f"{tr('Välj')} {full_date(hinder.gar_fran)}" if hinder.gar_fran else ""
            self.hinder.show_people(hinder.personer, hinder.ovriga, way)

    def _choose_day(self) -> None:
        if self._hinder is not None and self._hinder.gar_fran is not None:
            self._dag.set_value(self._hinder.gar_fran)
            self._dag.setFocus()
            self.check()


class PlatserPresenter(_HinderPresenter):
    """So many places from a day on; what was before is kept. An enhet that has closed opens by it."""

    field = "platser"

    def __init__(
        self, over: QWidget, context: Context, enhet: EnhetKort, platser: int, open_card: OpenCard
    ) -> None:
        closed = all(rad.till is not None and rad.till < context.today() for rad in enhet.kapacitet)
        title = tr("Öppna enheten igen") if closed else tr("Ändra antal platser")
        self.saved_text = "Enheten är öppen igen." if closed else "Antalet platser är ändrat."
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(enhet.namn)
        self._id = enhet.id
        self.platser, self.fran = TextField(7), DateField(context.theme, context.today)
        sheet.add("fran", tr("Från och med"), self.fran, required=True)
        sheet.add("platser", tr("Antal platser"), self.platser, required=True)
        super().__init__(context, sheet, self.fran, open_card)
        self.platser.setText(str(platser))
        self.fran.set_value(context.today())
        sheet.start()
        self.platser.setFocus()
        self.platser.selectAll()

    def read(self) -> Reading[PlatsUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        read_dates(faulty, fran=self.fran)
        platser = read_number(self.platser, "platser", faulty, missing)
        fran = self.fran.value()
        if fran is None:
            missing["fran"] = tr("Ange första dagen.")
        if faulty or platser is None or fran is None:
            return Reading(None, faulty, missing)
        return Reading(PlatsUppgifter(platser, fran))

    def find_hinder(self, session: Session, values: PlatsUppgifter) -> Hinder | None:
        """Who would be left without a place."""
        return find_hinder(session, self.context.aktor, self._id, values, self.context.today())

    def find_rest(self, session: Session, values: PlatsUppgifter) -> Sequence[Finding]:
        """What the numbers say by themselves."""
        del session
        return check_platser(values, self.context.today())

    def write(self, values: PlatsUppgifter) -> Saved | None:
        """Change the places."""
        context = self.context
        return set_platser(context.store, context.aktor, self._id, values, idag=context.today())


class StangningPresenter(_HinderPresenter):
    """The last day of an enhet; its history stays."""

    field = "sista_dag"
    saved_text = "Enheten stänger."

    def __init__(self, over: QWidget, context: Context, enhet: EnhetKort, open_card: OpenCard) -> None:
        sheet = Sheet(context.theme, over, tr("Stäng enheten"), tr("Stäng enheten"), again=False, danger=True)
        sheet.context.setText(f"{enhet.namn}. {tr('Insatser, beläggning och kostnader finns kvar.')}")
        self._id = enhet.id
        self.sista_dag = DateField(context.theme, context.today)
        sheet.add("sista_dag", tr("Sista dag med platser"), self.sista_dag, required=True)
        super().__init__(context, sheet, self.sista_dag, open_card)
        self.sista_dag.set_value(context.today())
        sheet.start()
        self.check()

    def read(self) -> Reading[PlatsUppgifter]:
        """The day, as no places from it on."""
        faulty: dict[str, str] = {}
        read_dates(faulty, sista_dag=self.sista_dag)
        dag = self.sista_dag.value()
        if dag is None:
            return Reading(None, faulty, {"sista_dag": tr("Ange sista dagen.")})
        return Reading(PlatsUppgifter(0, dag))

    def find_hinder(self, session: Session, values: PlatsUppgifter) -> Hinder | None:
        """Who has a place there after the day."""
        context = self.context
        return find_stangningshinder(session, context.aktor, self._id, values.fran, context.today())

    def find_rest(self, session: Session, values: PlatsUppgifter) -> Sequence[Finding]:
        """What else there is to say of the day."""
        context = self.context
        return check_stangning(session, context.aktor, self._id, values.fran, context.today())

    def write(self, values: PlatsUppgifter) -> Saved | None:
        """Close it."""
        context = self.context
        return close_enhet(context.store, context.aktor, self._id, values.fran, idag=context.today())


@dataclass(frozen=True, slots=True)
class Arskostnad:
    """What a year costs, in öre; None for nothing told."""

    ar: int
    belopp_ore: int | None


class KostnadPresenter(FormPresenter[Arskostnad]):
    """What an enhet costs in a calendar year; an empty field takes the cost away."""

    saved_text = "Kostnaden är sparad."

    def __init__(self, over: QWidget, context: Context, enhet: EnhetKort, ar: int) -> None:
        sheet = Sheet(context.theme, over, tr("Kostnad per år"), tr("Spara"), again=False)
        sheet.context.setText(enhet.namn)
        super().__init__(context, sheet)
        self._id, self._kostnader = enhet.id, dict(enhet.kostnader)
        years = sorted({*self._kostnader, *range(ar - 2, ar + 3)}, reverse=True)
        self.ar: ComboField[int] = ComboField(context.theme, [(year, str(year)) for year in years])
        self.kostnad = TextField(16)
        year_box = sheet.add("ar", tr("År"), self.ar, required=True)
        hint = tr("Hela årets kostnad i kronor.")
        sheet.add_pair(year_box, sheet.add("kostnad", tr("Kostnad"), self.kostnad, hint))
        self.ar.set_value(ar)
        self._show_year()
        self.ar.currentIndexChanged.connect(lambda _index: self._show_year())
        sheet.start()

    def read(self) -> Reading[Arskostnad]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        kostnad = read_kronor(self.kostnad, "kostnad", faulty)
        return Reading(None, faulty) if faulty else Reading(Arskostnad(self.ar.value() or 0, kostnad))

    def find(self, session: Session, values: Arskostnad) -> Sequence[Finding]:
        """What the numbers say."""
        del session
        return check_kostnad(values.ar, values.belopp_ore)

    def write(self, values: Arskostnad) -> Saved | None:
        """Save it."""
        context = self.context
        return set_kostnad(context.store, context.aktor, self._id, values.ar, values.belopp_ore)

    def _show_year(self) -> None:
        self.kostnad.setText(written_kronor(self._kostnader.get(self.ar.value() or 0)))


def places_on(enhet: EnhetKort, dag: date) -> int:
    """How many places an enhet has on a day, to begin a form with."""
    return sum(
        rad.platser for rad in enhet.kapacitet if rad.fran <= dag and (rad.till is None or dag <= rad.till)
    )
