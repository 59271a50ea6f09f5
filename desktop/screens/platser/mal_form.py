"""The goals of the places: how full they should be, and how many new ones there should be."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.settings import check_settings, save_settings
from db.queries.platslista import MAL, NYA
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.platser.forms import read_number
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextField

Varden = Mapping[str, Any]


class MalPresenter(FormPresenter[Varden]):
    """Values go by the names of the settings; no number of new places is no goal of them."""

    saved_text = "Målen är sparade."

    def __init__(self, over: QWidget, context: Context, before: Varden) -> None:
        sheet = Sheet(context.theme, over, tr("Mål för platser"), tr("Spara"), again=False)
        sheet.context.setText(tr("Gäller alla som använder registret."))
        super().__init__(context, sheet)
        self.before = before
        self.antal, self.fran = TextField(7), DateField(context.theme, context.today)
        self.lagst, self.hogst = TextField(3), TextField(3)
        sheet.add_heading(tr("Nya platser"))
        hint = tr("Tomt är inget mål.")
        antal = sheet.add("antal", tr("Antal nya platser"), self.antal, hint)
        sheet.add_pair(antal, sheet.add("fran", tr("Räknas från och med"), self.fran))
        sheet.add_heading(tr("Beläggning"))
        lagst = sheet.add("lagst", tr("Lägst, procent"), self.lagst, required=True)
        sheet.add_pair(lagst, sheet.add("hogst", tr("Högst, procent"), self.hogst, required=True))
        self.show(before)
        sheet.start()

    def read(self) -> Reading[Varden]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        read_dates(faulty, fran=self.fran)
        lagst = read_number(self.lagst, "lagst", faulty, missing)
        hogst = read_number(self.hogst, "hogst", faulty, missing)
        nya = self._read_new(faulty, missing)
        if faulty or missing or lagst is None or hogst is None:
            return Reading(None, faulty, missing)
        return Reading({MAL: (lagst, hogst), NYA: nya})

    def show(self, values: Varden) -> bool:
        """Fill the fields."""
        nya = values[NYA]
        self.antal.setText(str(nya["antal"]) if nya else "")
        self.fran.set_value(date.fromisoformat(nya["fran"]) if nya else None)
        self.lagst.setText(str(values[MAL][0]))
        self.hogst.setText(str(values[MAL][1]))
        return True

    def find(self, session: Session, values: Varden) -> Sequence[Finding]:
        """What there is to say of the values, at the fields that they stand in."""
        names = {MAL: "hogst", NYA: "antal"}
        found = check_settings(session, self.context.aktor, values)
        return [Finding(names.get(f.field, f.field), f.message, f.stops, f.asks) for f in found]

    def write(self, values: Varden) -> Saved | None:
        """Save them in one act."""
        context = self.context
        return save_settings(context.store, context.aktor, values, self.before, self.varningsskal)

    def _read_new(self, faulty: dict[str, str], missing: dict[str, str]) -> dict[str, object]:
        fran = self.fran.value()
        if not self.antal.value():
            if fran is not None:
                missing["antal"] = tr("Skriv hur många, eller ta bort dagen.")
            return {}
        antal = read_number(self.antal, "antal", faulty, missing)
        if fran is None:
            missing["fran"] = tr("Ange från vilken dag.")
        return {} if antal is None or fran is None else {"antal": antal, "fran": fran.isoformat()}
