"""A delegationsbeslut: a new one, many after each other, or one being changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.delegationsbeslut import (
    LONGEST,
    LONGEST_LINE,
    DelegationsbeslutUppgifter,
    check_delegationsbeslut,
    create_delegationsbeslut,
    update_delegationsbeslut,
)
from db.commands.findings import Finding, Saved
from db.queries.delegationsbeslut import Forslag, find_nummer, list_forslag
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextField
from desktop.widgets.suggest_field import SuggestField

MISSING = {
    "datum": "Ange dagen för beslutet.",
    "arendetyp": "Skriv vad ärendet gäller.",
    "delegationspunkt": "Skriv punkten i delegationsordningen.",
    "beslut": "Skriv vad som beslutades.",
    "delegat": "Skriv vem som beslutade.",
}


class DelegationsbeslutPresenter(FormPresenter[DelegationsbeslutUppgifter]):
    """Begin with an ärende's number, or with a decision to change: its id and what is written of it. What is
    offered was written before; the delegat is from the start who sits at the desk."""

    def __init__(
        self,
        over: QWidget,
        context: Context,
        arende: str = "",
        row: tuple[int, DelegationsbeslutUppgifter] | None = None,
    ) -> None:
        self._id: int | None = None
        before: DelegationsbeslutUppgifter | None = None
        if row is not None:
            self._id, before = row
        title = tr("Ändra delegationsbeslut") if row else tr("Nytt delegationsbeslut")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=row is None)
        told = tr("Listan går till nämnden. Skriv inga namn på deltagare.")
        sheet.context.setText(f"{told} {tr('Löpnumret ges när beslutet sparas.')}" if row is None else told)
        super().__init__(context, sheet)
        self.before: DelegationsbeslutUppgifter | None = before
        self.saved_text = "Delegationsbeslutet är ändrat."
        self._forslag = Forslag()
        self._filled = ("", "")  # lagrum and punkt that came of themselves with the ärendetyp
        self._add_fields()
        today, delegat = context.today(), context.aktor.namn
        self.show(self.before or DelegationsbeslutUppgifter(today, "", "", "", "", delegat, arende))
        sheet.start()
        if arende:
            self.arendetyp.setFocus()
        self.arendetyp.textChanged.connect(self._follow_typ)
        context.runner.run(Query("delegation-förslag", self._load, self._offer, owner=sheet))

    def _add_fields(self) -> None:
        theme, sheet = self.context.theme, self.sheet
        self.arende, self.datum = TextField(64), DateField(theme, self.context.today)
        self.arendetyp, self.lagrum, self.punkt, self.delegat = (
            SuggestField(theme, LONGEST_LINE) for _ in range(4)
        )
        self.beslut = SuggestField(theme, LONGEST)
        arende = sheet.add("arende", tr("Ärendenummer"), self.arende)
        sheet.add_pair(arende, sheet.add("datum", tr("Beslutsdag"), self.datum, required=True))
        sheet.add("arendetyp", tr("Ärendetyp"), self.arendetyp, required=True)
        lagrum = sheet.add("lagrum", tr("Lagrum"), self.lagrum)
        punkt = sheet.add("delegationspunkt", tr("Delegationspunkt"), self.punkt, required=True)
        sheet.add_pair(lagrum, punkt)
        sheet.add("beslut", tr("Beslut"), self.beslut, required=True)
        sheet.add("delegat", tr("Delegat"), self.delegat, required=True)

    def read(self) -> Reading[DelegationsbeslutUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, datum=self.datum)
        datum = self.datum.value()
        texts = {
            "arendetyp": self.arendetyp.value(),
            "delegationspunkt": self.punkt.value(),
            "beslut": self.beslut.value(),
            "delegat": self.delegat.value(),
        }
        told = {"datum": datum, **texts}
        missing = {name: tr(MISSING[name]) for name, value in told.items() if not value}
        if faulty or datum is None:
            return Reading(None, faulty, missing)
        more = {"lagrum": self.lagrum.value(), "arende": self.arende.value()}
        values = DelegationsbeslutUppgifter(datum, **texts, **more)
        return Reading(None, faulty, missing, so_far=values) if missing else Reading(values)

    def show(self, values: DelegationsbeslutUppgifter) -> bool:
        """Fill the fields."""
        self.arende.setText(values.arende)
        self.datum.set_value(values.datum)
        self.arendetyp.setText(values.arendetyp)
        self.lagrum.setText(values.lagrum)
        self.punkt.setText(values.delegationspunkt)
        self.beslut.setText(values.beslut)
        self.delegat.setText(values.delegat)
        return True

    def find(self, session: Session, values: DelegationsbeslutUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_delegationsbeslut(session, self.context.aktor, values, self.context.today(), self._id)

    def write(self, values: DelegationsbeslutUppgifter) -> Saved | None:
        """Register and tell the number, or change."""
        context, idag, skal = self.context, self.context.today(), self.varningsskal
        if self._id is not None:
            return update_delegationsbeslut(
                context.store, context.aktor, self._id, values, idag, self.before, skal
            )
        saved = create_delegationsbeslut(context.store, context.aktor, values, idag, skal)
        with context.store.read(context.aktor) as session:
            nummer = find_nummer(session, context.aktor, saved.id)
        self.saved_text = f"{tr('Delegationsbeslut')} {nummer} {tr('är registrerat.')}"
        return saved

    def begin_again(self) -> None:
        """The next decision is mostly of the same kind, in another ärende."""
        self.arende.clear()
        super().begin_again()

    def _load(self, _task: Task) -> Forslag:
        context = self.context
        with context.store.read(context.aktor) as session:
            return list_forslag(session, context.aktor, context.today())

    def _offer(self, forslag: Forslag) -> None:
        self._forslag = forslag
        self.arendetyp.offer(list(forslag.typer))
        self.lagrum.offer(forslag.lagrum)
        self.punkt.offer(forslag.punkter)
        self.delegat.offer(forslag.delegater)
        self._follow_typ(self.arendetyp.text())

    def _follow_typ(self, typ: str) -> None:
        """Lagrum and punkt that go with the ärendetyp, unless others are written; what is decided in it."""
        known = self._forslag.typer.get(typ.strip())
        alla = [text for texts in self._forslag.beslut.values() for text in texts]
        self.beslut.offer(self._forslag.beslut.get(typ.strip(), ()) or list(dict.fromkeys(alla)))
        if known is None:
            return
        for field, text, filled in zip((self.lagrum, self.punkt), known, self._filled, strict=True):
            if field.value() in ("", filled):
                field.setText(text)
        self._filled = known
