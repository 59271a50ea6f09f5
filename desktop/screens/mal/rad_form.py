"""The form of a row of a plan as it is written in the document: goal, activity, indicator or volym."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.plan_kontroll import Planrad
from db.commands.plan_redigera import add_planrad, check_planrad, update_planrad
from db.rules.koder import Indikatorslag
from db.rules.plan import BEDOMNINGAR, ENHETER, NIVAER, Aktivitet, Indikator, Mal, Plandokument, Varde
from db.rules.planbild import LagradPlan
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.mal.varden import read_varden, write_varden
from desktop.widgets.fields import CheckField, ComboField, TextArea, TextField

# Field of the document, words, and what writes it: a line, an area, or a choice.
LINE, AREA, CHOICE, CHECK = "rad", "ruta", "val", "kryss"
Falt = tuple[str, str, str]
MAL_FALT: tuple[Falt, ...] = (
    ("kod", "Id", LINE), ("nummer", "Nummer", LINE), ("titel", "Mål", AREA), ("niva", "Nivå", CHOICE),
    ("overordnat", "Under målet", CHOICE), ("beskrivning", "Beskrivning", AREA),
    ("bedomning", "Bedömning tryckt i planen", CHOICE),
)  # fmt: skip
AKTIVITET_FALT: tuple[Falt, ...] = (
    ("nummer", "Nummer", LINE), ("text", "Aktivitet", AREA), ("mal", "Mål", CHOICE),
    ("beskrivning", "Beskrivning", AREA), ("forvantad_effekt", "Förväntad effekt", AREA),
    ("styrdokument", "Styrdokument", AREA), ("avrapporteras", "Avrapporteras", LINE),
)  # fmt: skip
INDIKATOR_FALT: tuple[Falt, ...] = (
    ("kod", "Id", LINE), ("nummer", "Nummer", LINE), ("namn", "Namn", AREA), ("slag", "Slag", CHOICE),
    ("mal", "Mål", CHOICE), ("enhet", "Enhet", CHOICE),
    ("konsuppdelad", "Delas upp på kvinnor och män", CHECK),
    ("definition", "Definition", AREA), ("kalla", "Källa", AREA),
    ("beraknas", "Räknas ur registret som", LINE), ("kolada", "Nyckel i Kolada", LINE),
    ("koppling", "Koppling", AREA), ("varden", "Tryckta värden", AREA), ("riktvarden", "Riktvärden", AREA),
    ("bedomning", "Bedömning tryckt i planen", CHOICE),
)  # fmt: skip
FALT: Mapping[type, tuple[Falt, ...]] = {
    Mal: MAL_FALT, Aktivitet: AKTIVITET_FALT, Indikator: INDIKATOR_FALT,
}  # fmt: skip
TITLES: Mapping[type, str] = {Mal: "Mål", Aktivitet: "Aktivitet", Indikator: "Indikator"}
REQUIRED = {"kod", "titel", "text", "namn", "niva", "enhet"}
VARDE_HINT = "En rad per period: 2024; kvinnor; män; totalt; text. Tomt är inget värde."


class RadPresenter(FormPresenter[Planrad]):
    """`rad_id` is None for a new row, which begins as `rad`."""

    saved_text = "Planen är ändrad."

    def __init__(
        self, over: QWidget, context: Context, plan: LagradPlan, rad: Planrad, rad_id: int | None
    ) -> None:
        self._slag = type(rad)
        word = tr(TITLES[self._slag])
        title = f"{tr('Ändra')}: {word.lower()}" if rad_id else f"{tr('Lägg till')}: {word.lower()}"
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        super().__init__(context, sheet)
        self._plan, self._rad, self._rad_id = plan, rad, rad_id
        self.before = rad if rad_id is not None else None
        self.fields: dict[str, Any] = {}
        for name, label, how in FALT[self._slag]:
            field = self._make(name, label, how)
            hint = tr(VARDE_HINT) if name in ("varden", "riktvarden") else ""
            self.fields[name] = field
            sheet.add(name, tr("Kön") if how == CHECK else tr(label), field, hint, required=name in REQUIRED)
        self.show(rad)
        sheet.start()

    def read(self) -> Reading[Planrad]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        values: dict[str, Any] = {}
        for name, _, how in FALT[self._slag]:
            field = self.fields[name]
            if how == CHECK:
                values[name] = field.isChecked()
            elif name in ("varden", "riktvarden"):
                values[name], fault = read_varden(field.value())
                if fault:
                    faulty[name] = fault
            elif name == "slag":
                values[name] = Indikatorslag(field.value() or Indikatorslag.INDIKATOR)
            else:
                values[name] = field.value() or ""
        missing = {
            name: tr("Fältet får inte vara tomt.") for name in REQUIRED & values.keys() if not values[name]
        }
        if faulty or missing:
            return Reading(None, faulty, missing)
        return Reading(replace(self._rad, **values))

    def show(self, values: Planrad) -> bool:
        """Fill the fields."""
        known = {f.name for f in fields(values)}
        for name, _, how in FALT[self._slag]:
            field: Any = self.fields[name]
            value: Any = getattr(values, name) if name in known else ""
            if how == CHECK:
                field.setChecked(bool(value))
            elif how == CHOICE:
                field.set_value(str(value))
            elif name in ("varden", "riktvarden"):
                field.setPlainText(write_varden(value or ()))
            elif how == AREA:
                field.setPlainText(value)
            else:
                field.setText(value)
        return True

    def find(self, session: Session, values: Planrad) -> Sequence[Finding]:
        """What the plan says of it."""
        return check_planrad(session, self.context.aktor, self._plan.id, values, self._rad_id)

    def write(self, values: Planrad) -> Saved | None:
        """Save."""
        context = self.context
        if self._rad_id is None:
            return add_planrad(context.store, context.aktor, self._plan.id, values)
        return update_planrad(context.store, context.aktor, self._rad_id, values, self.before)

    def _make(self, name: str, label: str, how: str) -> QWidget:
        theme = self.context.theme
        if how == CHECK:
            return CheckField(theme, tr(label))
        if how == CHOICE:
            return ComboField(theme, list(self._choices(name)))
        return TextArea(theme, 5 if name == "varden" else 3) if how == AREA else TextField(400)

    def _choices(self, name: str) -> Sequence[tuple[str, str]]:
        dokument = self._plan.dokument
        if name == "niva":
            return tuple((kod, tr(word)) for kod, word in NIVAER.items())
        if name == "enhet":
            return tuple((kod, tr(word)) for kod, word in ENHETER.items())
        if name == "slag":
            return ((Indikatorslag.INDIKATOR, tr("Indikator")), (Indikatorslag.VOLYM, tr("Volym")))
        if name == "bedomning":
            return (("", tr("Ingen")), *((k, tr(w)) for k, w in BEDOMNINGAR[dokument.bedomning].items()))
        none = tr("Inget mål ovanför") if name == "overordnat" else tr("Inget mål")
        return (("", none), *goal_choices(dokument, "" if name == "mal" else getattr(self._rad, "kod", "")))


def goal_choices(dokument: Plandokument, but: str = "") -> tuple[tuple[str, str], ...]:
    """The goals by kod, in print order; `but` is left out."""
    return tuple(
        (mal.kod, " ".join(part for part in (mal.nummer, mal.titel) if part)[:80])
        for mal in dokument.mal
        if mal.kod != but
    )


def new_rad(slag: type[Planrad], mal: str) -> Planrad:
    """What a new row under a goal begins as."""
    if slag is Mal:
        return Mal("", "namndmal", "", overordnat=mal)
    if slag is Aktivitet:
        return Aktivitet("", mal=mal)
    return Indikator("", "", "antal", True, mal=mal, varden=tuple[Varde, ...]())
