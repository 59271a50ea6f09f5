"""The forms of what is said of a plan: an assessment, a comment, an activity's state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.plan_uppfoljning import (
    KommentarUppgifter,
    Planpunkt,
    add_kommentar,
    check_kommentar,
    remove_kommentar,
    set_aktivitetsstatus,
    set_bedomning,
    update_kommentar,
)
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import BEDOMNINGAR
from db.rules.planbild import Aktivitetsbild, Egenbedomning, Kommentar
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import ComboField, TextArea, TextField
from desktop.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Bedomning:
    """A code of the plan's scale, "" for the machine's, and the reason."""

    kod: str
    skal: str


class BedomningPresenter(FormPresenter[Bedomning]):
    """One's own assessment with its reason, or back to the machine's."""

    saved_text = "Bedömningen är sparad."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        om: Planpunkt,
        period: str,
        words: str,
        skala: Bedomningsskala,
        why: str,
        egen: Egenbedomning | None,
    ) -> None:
        sheet = Sheet(context.theme, over, tr("Bedömning"), tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._om, self._period = om, period
        sheet.context.setText(words)
        if why:
            sheet.fields.addWidget(Text(why, "meta", "text2").wrapped())
        own = [(kod, tr(word)) for kod, word in BEDOMNINGAR[skala].items()]
        self.kod: ComboField[str] = ComboField(context.theme, [("", tr("Som programmet bedömer")), *own])
        self.skal = TextArea(context.theme, 4)
        sheet.add("bedomning", tr("Bedömning"), self.kod, required=True)
        sheet.add("skal", tr("Skäl"), self.skal, tr("Trycks i rapporten. Skriv inget om enskilda."))
        if egen is not None:
            self.kod.set_value(egen.bedomning)
            self.skal.setPlainText(egen.skal)
        sheet.start()

    def read(self) -> Reading[Bedomning]:
        """What the fields say."""
        kod = self.kod.value() or ""
        if kod and not self.skal.value():
            return Reading(None, missing={"skal": tr("Skriv ett skäl. Det trycks i rapporten.")})
        return Reading(Bedomning(kod, self.skal.value()))

    def find(self, session: Session, values: Bedomning) -> Sequence[Finding]:
        """Nothing beyond what the fields tell."""
        del session, values
        return ()

    def write(self, values: Bedomning) -> Saved | None:
        """Save."""
        context = self.context
        return set_bedomning(
            context.store, context.aktor, self._om, self._period, values.kod, values.skal,
            idag=context.today(),
        )  # fmt: skip


class KommentarPresenter(FormPresenter[KommentarUppgifter]):
    """A comment with what is to be done and by when; `kommentar` is the one to change, None for a new one."""

    saved_text = "Kommentaren är sparad."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        om: Planpunkt,
        period: str,
        words: str,
        kommentar: Kommentar | None,
    ) -> None:
        title = tr("Ändra kommentar") if kommentar else tr("Ny kommentar")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._om, self._period, self._kommentar = om, period, kommentar
        sheet.context.setText(words)
        self.text, self.atgard, self.klart = (
            TextArea(context.theme, 6),
            TextArea(context.theme, 3),
            TextField(40),
        )
        sheet.add("text", tr("Kommentar"), self.text, tr("Trycks i rapporten."), required=True)
        sheet.add("atgard", tr("Åtgärd"), self.atgard)
        sheet.add("klart", tr("Klart"), self.klart, tr("Till exempel: juni 2026"))
        if kommentar is not None:
            self.before = KommentarUppgifter(kommentar.text, kommentar.atgard, kommentar.klart)
            self.show(self.before)
        sheet.start()

    def read(self) -> Reading[KommentarUppgifter]:
        """What the fields say."""
        if not self.text.value():
            return Reading(None, missing={"text": tr("Skriv en kommentar.")})
        return Reading(KommentarUppgifter(self.text.value(), self.atgard.value(), self.klart.value()))

    def show(self, values: KommentarUppgifter) -> bool:
        """Fill the fields."""
        self.text.setPlainText(values.text)
        self.atgard.setPlainText(values.atgard)
        self.klart.setText(values.klart)
        return True

    def find(self, session: Session, values: KommentarUppgifter) -> Sequence[Finding]:
        """What is too long, or cannot be printed."""
        del session
        return check_kommentar(values)

    def write(self, values: KommentarUppgifter) -> Saved | None:
        """Save."""
        context, idag = self.context, self.context.today()
        if self._kommentar is not None:
            return update_kommentar(
                context.store, context.aktor, self._kommentar.id, values, self.before, idag=idag
            )
        return add_kommentar(context.store, context.aktor, self._om, self._period, values, idag=idag)


class LagePresenter(FormPresenter[Bedomning]):
    """How far an activity has come at the period."""

    saved_text = "Läget är sparat."

    def __init__(
        self, over: QWidget, context: Context, bild: Aktivitetsbild, period: str, words: str
    ) -> None:
        sheet = Sheet(context.theme, over, tr("Aktivitetens läge"), tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._bild, self._period = bild, period
        sheet.context.setText(f"{bild.aktivitet.text} · {words}")
        states = [(lage.value, tr(lage.value)) for lage in Aktivitetslage]
        self.lage: ComboField[str] = ComboField(context.theme, [("", tr("Inte bedömd")), *states])
        self.kommentar = TextArea(context.theme, 4)
        sheet.add("status", tr("Läge"), self.lage, required=True)
        sheet.add("kommentar", tr("Kommentar"), self.kommentar, tr("Trycks i rapporten."))
        if bild.lage is not None:
            self.lage.set_value(bild.lage.status.value)
            self.kommentar.setPlainText(bild.lage.kommentar)
        sheet.start()

    def read(self) -> Reading[Bedomning]:
        """What the fields say."""
        return Reading(Bedomning(self.lage.value() or "", self.kommentar.value()))

    def find(self, session: Session, values: Bedomning) -> Sequence[Finding]:
        """Nothing beyond what the command tells."""
        del session, values
        return ()

    def write(self, values: Bedomning) -> Saved | None:
        """Save."""
        context = self.context
        return set_aktivitetsstatus(
            context.store, context.aktor, self._bild.id, self._period, values.kod, values.skal,
            idag=context.today(),
        )  # fmt: skip


def status_writer(
    context: Context, bild: Aktivitetsbild, period: str, lage: str
) -> Callable[[], Saved | None]:
    """What tells at once how far an activity has come; what was commented stays."""
    kommentar = bild.lage.kommentar if bild.lage is not None else ""
    return partial(
        set_aktivitetsstatus, context.store, context.aktor, bild.id, period, lage, kommentar,
        idag=context.today(),
    )  # fmt: skip


def comment_remover(context: Context, kommentar: Kommentar) -> Callable[[], Saved]:
    """What takes a comment away."""
    return partial(remove_kommentar, context.store, context.aktor, kommentar.id)
