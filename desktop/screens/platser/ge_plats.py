"""A vacant place and somebody who waits: the one is chosen, then the other, and it is saved as one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.insats import InsatsUppgifter, check_insats
from db.commands.platsko import give_plats
from db.errors import KnownError
from db.queries.enhet import KoRow, list_ko
from db.queries.platslista import read_platslista
from db.queries.val import InsatsVal, list_insats_val
from desktop.context import Context
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.insats import InsatsForm, Platsvisare
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import ComboField
from desktop.widgets.text import Text

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Vantande:
    """Who gets the place, and the insats that gives it."""

    platsko_id: int
    insats: InsatsUppgifter


@dataclass(frozen=True, slots=True)
class _Loaded:
    ko: tuple[KoRow, ...]
    val: InsatsVal
    lediga: Mapping[int, int]


class GePlatsPresenter(FormPresenter[Vantande]):
    """Begin with an enhet (`enhet_id`) or with somebody who waits (`platsko_id`); `dag` is when the place is
    to be taken at the earliest."""

    saved_text = "Deltagaren har fått platsen."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        dag: date,
        enhet_id: int | None = None,
        platsko_id: int | None = None,
    ) -> None:
        sheet = Sheet(context.theme, over, tr("Ge plats från kön"), tr("Ge platsen"), again=False)
        sheet.context.setText(tr("Insatsen registreras och väntan i kön är slut."))
        super().__init__(context, sheet)
        self._enhet_id, self._platsko_id = enhet_id, platsko_id
        self._dag = max(dag, context.today())
        self._ko: dict[int, KoRow] = {}
        self.vem: ComboField[int] = ComboField(context.theme)
        sheet.add("vem", tr("Deltagare i kön"), self.vem, required=True)
        self.about = Text("", "meta", "text2").wrapped()
        self.about.hide()
        sheet.fields.addWidget(self.about)
        self.form = InsatsForm(context.theme, sheet, context.today, change=False)
        self._platser = Platsvisare(context, sheet, self.form, None)
        context.runner.run(
            Query("ge-plats", self._load, self._show_choices, failed=self._not_loaded, owner=sheet)
        )

    def read(self) -> Reading[Vantande]:
        """What the fields say."""
        ko = self._ko.get(self.vem.value() or NOBODY)
        found = self.form.read(ko.inskrivning_id if ko else 0)
        missing = dict(found.missing)
        if ko is None:
            missing["vem"] = tr("Välj vem som ska få platsen.")
        if self.form.enhet.value() is None:
            missing["enhet"] = tr("Välj enheten som har platsen.")
        if found.values is None or ko is None or "enhet" in missing:
            return Reading(None, found.faulty, missing)
        return Reading(Vantande(ko.id, found.values))

    def check(self) -> None:
        """And how many places there are; without anybody to give one there is nothing to check."""
        if self._ko:
            self._platser.ask()
            super().check()

    def find(self, session: Session, values: Vantande) -> Sequence[Finding]:
        """What the register says."""
        return check_insats(session, self.context.aktor, values.insats, idag=self.context.today())

    def write(self, values: Vantande) -> Saved | None:
        """The insats, and the end of the wait."""
        context = self.context
        return give_plats(
            context.store, context.aktor, values.platsko_id, values.insats, self.varningsskal,
            idag=context.today(),
        )  # fmt: skip

    def _load(self, _task: Task) -> _Loaded:
        context, idag = self.context, self.context.today()
        with context.store.read(context.aktor) as session:
            ko, _ = list_ko(session, context.aktor, idag)
            lista = read_platslista(session, context.aktor, self._dag, idag)
            lediga = {rad.id: rad.tal.lediga for rad in lista.rader if not rad.stangd}
            return _Loaded(ko, list_insats_val(session, context.aktor), lediga)

    def _show_choices(self, loaded: _Loaded) -> None:
        self._ko = {row.id: row for row in loaded.ko}
        self.form.offer(loaded.val)
        enheter = [
            (key, f"{namn} · {_free(loaded.lediga[key])}")
            for key, namn in loaded.val.enheter
            if key in loaded.lediga
        ]
        self.form.enhet.set_items([(None, tr("Välj enhet")), *enheter])
        self.vem.set_items([(row.id, tell_waiting(row)) for row in self._suited(loaded.ko)])
        self.vem.set_value(self._platsko_id)
        if self._platsko_id is None and self.vem.count() == 1:
            self.vem.setCurrentIndex(0)
        self._begin()
        self.vem.currentIndexChanged.connect(lambda _index: self._begin())
        self.sheet.start()
        if self.vem.count() == 0:
            self.sheet.notice.set("info", tr("Ingen står i kö. Ställ någon i kö från deltagarens kort."))
            self.sheet.notice.show()
            self.sheet.save.set_disabled_because(tr("Ingen står i kö."))
        elif self.vem.value() is not None:
            first = self.form.typ if self.form.typ.value() is None else self.form.start.line
            (self.form.enhet if self.form.enhet.value() is None else first).setFocus()
            self.check()

    def _suited(self, ko: Sequence[KoRow]) -> list[KoRow]:
        """Those who wait for this enhet first, then those who wait for any, then the others."""
        wanted = self._enhet_id
        if wanted is None:
            return list(ko)
        return sorted(ko, key=lambda row: (row.enhet_id != wanted, row.enhet_id is not None, -row.dagar))

    def _begin(self) -> None:
        """What the one chosen waits for; what is written of days and omfattning stays."""
        row = self._ko.get(self.vem.value() or NOBODY)
        enhet = self._enhet_id or (row.enhet_id if row else None)
        if self.form.enhet.value() is None or self._enhet_id is None:
            self.form.enhet.set_value(enhet)
        if row is None:
            self.form.start.set_value(self._dag)
            self.about.hide()
            return
        if row.insatstyp_id is not None:
            self.form.typ.set_value(row.insatstyp_id)
        self.form.start.set_value(max(self._dag, row.onskad_start or self._dag))
        self.about.setText(tell_wish(row))
        self.about.setVisible(bool(self.about.text()))

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()


def tell_waiting(row: KoRow) -> str:
    """ "Hodan Rönnstig · 34 dagar i kö"; a masked person by the ärendenummer."""
    who = f"{row.person.namn} {row.person.nummer}" if row.person.is_masked else row.person.namn
    return f"{who} · {plural(row.dagar, tr('dag'), tr('dagar'))} {tr('i kö')}"


def tell_wish(row: KoRow) -> str:
    """ "Väntar på Snickeriet, praktik. Vill börja i juni."; where a masked person waits is not told."""
    wish = "" if row.person.is_masked else row.enhet
    told = ", ".join(part for part in (wish, row.typ) if part)
    waits = f"{tr('Väntar på')} {told}." if told else ""
    return f"{waits} {row.text}".strip()


def _free(lediga: int) -> str:
    return f"{number(lediga)} {tr('lediga')}" if lediga else tr("fullt")
