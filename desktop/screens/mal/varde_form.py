"""The form of a typed outcome of an indicator."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.indikatorvarde import (
    IndikatorvardeUppgifter,
    check_indikatorvarde,
    set_indikatorvarde,
)
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import Kalla
from db.rules.riktvarde import parse_tal
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.mal.rows import tell_utfall
from desktop.widgets.fields import TextArea, TextField
from desktop.widgets.text import Text

KON = (("kvinnor", "Kvinnor"), ("man", "Män"), ("totalt", "Totalt"))


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}".replace(".", ",")


class VardePresenter(FormPresenter[IndikatorvardeUppgifter]):
    """A typed outcome; over one worked out from the register it asks why."""

    saved_text = "Värdet är sparat."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        bild: Indikatorbild,
        period: str,
        words: str,
        before: IndikatorvardeUppgifter,
    ) -> None:
        sheet = Sheet(context.theme, over, tr("Värde"), tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._bild, self._period = bild, period
        self.before = before
        sheet.context.setText(f"{bild.indikator.namn} · {words}")
        self._tell_others(bild)
        self.fields = {nyckel: TextField(20) for nyckel, _ in KON}
        if bild.indikator.konsuppdelad:
            sheet.add_pair(*(sheet.add(nyckel, tr(head), self.fields[nyckel]) for nyckel, head in KON[:2]))
        sheet.add("totalt", tr("Totalt"), self.fields["totalt"])
        self.kalla, self.kommentar = TextField(400), TextArea(context.theme, 3)
        sheet.add("kalla", tr("Källa"), self.kalla, tr("Var värdet kommer ifrån, till exempel en enkät."))
        hint = (
            tr("Behövs för att värdet ska gälla före det som räknas ur registret.")
            if bild.indikator.beraknas
            else tr("Trycks i rapporten.")
        )
        sheet.add("kommentar", tr("Kommentar till värdet"), self.kommentar, hint)
        self.show(before)
        sheet.start()

    def read(self) -> Reading[IndikatorvardeUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        tal: dict[str, float | None] = {}
        for nyckel, field in self.fields.items():
            text = field.value()
            found = parse_tal(text) if text else None
            if text and found is None:
                faulty[nyckel] = tr("Skriv ett tal, till exempel 67,5.")
            tal[nyckel] = None if found is None else float(found)
        if faulty:
            return Reading(None, faulty)
        return Reading(
            IndikatorvardeUppgifter(
                tal["kvinnor"], tal["man"], tal["totalt"], self.kalla.value(), self.kommentar.value()
            )
        )

    def show(self, values: IndikatorvardeUppgifter) -> bool:
        """Fill the fields."""
        for nyckel, field in self.fields.items():
            field.setText(_written(getattr(values, nyckel)))
        self.kalla.setText(values.kalla)
        self.kommentar.setPlainText(values.kommentar)
        return True

    def find(self, session: Session, values: IndikatorvardeUppgifter) -> Sequence[Finding]:
        """What the register says."""
        kod = self._bild.indikator.kod
        return check_indikatorvarde(session, self.context.aktor, kod, self._period, values)

    def write(self, values: IndikatorvardeUppgifter) -> Saved | None:
        """Save; no number takes the typed value away."""
        context, kod = self.context, self._bild.indikator.kod
        return set_indikatorvarde(context.store, context.aktor, kod, self._period, values, self.before)

    def _tell_others(self, bild: Indikatorbild) -> None:
        """What stands beside what is typed: worked out, printed, the target."""
        told = []
        if bild.utfall.kalla is Kalla.BERAKNAT:
            shown = [f"{head.lower()} {tell_utfall(bild.utfall, bild.indikator.enhet, k)}" for k, head in KON]
            told.append(f"{tr('Räknat ur registret')}: {', '.join(shown)}.")
        if tryckt := bild.utfall.tryckt:
            told.append(f"{tr('Tryckt i planen')}: {tryckt.totalt or tryckt.text or '–'}.")
        if ord_ := next(iter(bild.provning.ord.values()), ""):
            told.append(f"{tr('Riktvärde')}: {ord_}.")
        if told:
            self.sheet.fields.addWidget(Text(" ".join(told), "meta", "text2").wrapped())
