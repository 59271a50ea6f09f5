"""The forms of a plan as a whole: its head, and its printed rules of assessment."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.planhuvud import Planhuvud, check_planhuvud, read_planhuvud, update_planhuvud
from db.commands.planregler import check_planregler, update_planregler
from db.rules.koder import Bedomningsskala
from db.rules.plan import BEDOMNINGAR
from db.rules.planbild import LagradPlan
from db.rules.planregler import FARGER, TIDER, Planregler, read_regler
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.mal.huvud_text import read_arshjul, read_perioder, write_arshjul, write_perioder
from desktop.widgets.fields import ComboField, TextArea, TextField

HEADS = {TIDER[0]: "Vid delår, prognos för året", TIDER[1]: "Vid årsbokslut"}
SKALOR = {
    Bedomningsskala.GRON_GUL_ROD: "Grön, gul, röd",
    Bedomningsskala.BRA_OK_BRISTER: "Bra, ok, har brister",
    Bedomningsskala.INGEN: "Målen bedöms inte",
}
MISSING = "Fyll i fältet."


class HuvudPresenter(FormPresenter[Planhuvud]):
    """Whose plan it is, of which year, how it judges its goals and when it is followed up."""

    saved_text = "Planen är ändrad."

    def __init__(self, over: QWidget, context: Context, plan: LagradPlan) -> None:
        sheet = Sheet(context.theme, over, tr("Ändra planen"), tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._plan_id = plan.id
        self.before = read_planhuvud(plan)
        theme = context.theme
        self.kommun, self.namnd, self.ar = TextField(200), TextField(200), TextField(4)
        self.titel, self.kalla = TextArea(theme, 2), TextArea(theme, 2)
        skalor = [(skala.value, tr(words)) for skala, words in SKALOR.items()]
        self.bedomning: ComboField[str] = ComboField(theme, skalor)
        self.uppfoljning, self.arshjul = TextField(400), TextArea(theme, 8)
        sheet.add("kommun", tr("Kommun"), self.kommun, required=True)
        sheet.add("namnd", tr("Nämnd"), self.namnd, required=True)
        sheet.add("ar", tr("År"), self.ar, required=True)
        sheet.add("titel", tr("Titel"), self.titel)
        sheet.add("kalla", tr("Källa"), self.kalla)
        sheet.add("bedomning", tr("Målen bedöms som"), self.bedomning)
        sheet.add(
            "uppfoljning", tr("Följs upp"), self.uppfoljning, tr("Till exempel: 2026-04, 2026-08, 2026-12")
        )
        hint = tr("En rad per månad: Mars: Ekonomiska nyckeltal; Uppföljning av målen")
        sheet.add("arshjul", tr("Årshjul"), self.arshjul, hint)
        self.show(self.before)
        sheet.start()

    def read(self) -> Reading[Planhuvud]:
        """What the fields say; what is not touched keeps its very words."""
        given = {"kommun": self.kommun.value(), "namnd": self.namnd.value(), "ar": self.ar.value()}
        missing = {name: tr(MISSING) for name, value in given.items() if not value}
        if missing:
            return Reading(None, missing=missing)
        if not given["ar"].isdecimal():
            return Reading(None, {"ar": tr("Skriv ett år, till exempel 2026.")})
        shown = Planhuvud(
            given["kommun"],
            given["namnd"],
            int(given["ar"]),
            self.titel.value(),
            self.kalla.value(),
            Bedomningsskala(self.bedomning.value() or Bedomningsskala.INGEN),
            read_perioder(self.uppfoljning.value()),
            read_arshjul(self.arshjul.value()),
        )
        if write_arshjul(shown.arshjul) == write_arshjul(self.before.arshjul):
            shown = replace(shown, arshjul=self.before.arshjul)
        return Reading(shown)

    def show(self, values: Planhuvud) -> bool:
        """Fill the fields."""
        self.kommun.setText(values.kommun)
        self.namnd.setText(values.namnd)
        self.ar.setText(str(values.ar))
        self.titel.setPlainText(values.titel)
        self.kalla.setPlainText(values.kalla)
        self.bedomning.set_value(values.bedomning.value)
        self.uppfoljning.setText(write_perioder(values.uppfoljning))
        self.arshjul.setPlainText(write_arshjul(values.arshjul))
        return True

    def find(self, session: Session, values: Planhuvud) -> Sequence[Finding]:
        """What is wrong with it."""
        return check_planhuvud(session, self.context.aktor, values)

    def write(self, values: Planhuvud) -> Saved | None:
        """Save."""
        context = self.context
        return update_planhuvud(context.store, context.aktor, self._plan_id, values, self.before)


class ReglerPresenter(FormPresenter[Planregler]):
    """What a goal of each colour means, how goals are weighed together, and the states of activities."""

    saved_text = "Bedömningsreglerna är sparade."

    def __init__(self, over: QWidget, context: Context, plan: LagradPlan) -> None:
        sheet = Sheet(context.theme, over, tr("Bedömningsregler"), tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._plan_id = plan.id
        self.before = read_regler(plan.dokument.regler)
        sheet.context.setText(tr("Trycks i rapporten, under Så läser du rapporten."))
        words = tuple(BEDOMNINGAR[plan.dokument.bedomning].values()) or ("Grön", "Gul", "Röd")
        self.rules: dict[str, tuple[TextArea, ...]] = {}
        for tid in TIDER:
            sheet.add_heading(tr(HEADS[tid]))
            self.rules[tid] = tuple(TextArea(context.theme, 3) for _ in FARGER)
            for farg, word, field in zip(FARGER, words, self.rules[tid], strict=True):
                sheet.add(f"{tid}.{farg}", tr(word), field)
        self.sammanvagning, self.text = TextArea(context.theme, 3), TextArea(context.theme, 6)
        self.aktivitetsstatus = TextArea(context.theme, 5)
        sheet.add_heading(tr("Gemensamt"))
        sheet.add("sammanvagning", tr("Mål som har mål under sig"), self.sammanvagning)
        hint = tr("En rad per läge: Klar: Aktiviteten är genomförd i sin helhet")
        sheet.add("aktivitetsstatus", tr("Aktiviteternas läge"), self.aktivitetsstatus, hint)
        sheet.add("text", tr("Reglerna i löpande text"), self.text)
        self.show(self.before)
        sheet.start()

    def read(self) -> Reading[Planregler]:
        """What the fields say."""
        delar, ars = (self._colours(tid) for tid in TIDER)
        return Reading(
            Planregler(
                delar, ars, self.sammanvagning.value(), self.aktivitetsstatus.value(), self.text.value()
            )
        )

    def _colours(self, tid: str) -> tuple[str, str, str]:
        gron, gul, rod = (field.value() for field in self.rules[tid])
        return gron, gul, rod

    def show(self, values: Planregler) -> bool:
        """Fill the fields."""
        for tid in TIDER:
            for field, text in zip(self.rules[tid], getattr(values, tid), strict=True):
                field.setPlainText(text)
        self.sammanvagning.setPlainText(values.sammanvagning)
        self.aktivitetsstatus.setPlainText(values.aktivitetsstatus)
        self.text.setPlainText(values.text)
        return True

    def find(self, session: Session, values: Planregler) -> Sequence[Finding]:
        """What is wrong with them."""
        return check_planregler(session, self.context.aktor, values)

    def write(self, values: Planregler) -> Saved | None:
        """Save."""
        context = self.context
        return update_planregler(context.store, context.aktor, self._plan_id, values, self.before)
