"""The forms of the settings: one for each group, saved as one act."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.settings import LONGEST_NAME, Varden, check_settings, label_field, save_settings
from db.queries.settings import Installningar
from db.rules.aktivitetskrav import Startpunkt
from db.rules.bip import (
    ANTAL_FOR_DELTAGARE,
    BIP_INDIKATORER,
    LANGSTA_ETIKETT,
    MINSTA_SKALA,
    STORSTA_SKALA,
)
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.installningar.facts import STARTPUNKTER
from desktop.screens.installningar.keys import AKTIVITETSKRAV, BIP, OSA, RAPPORTER, form_key
from desktop.screens.words import first_upper
from desktop.widgets.fields import ComboField, TextField

SKALA, ETIKETTER = "bip.skala", "bip.etiketter"
STARTPUNKT, DAGAR = "aktivitetskrav.startpunkt", "aktivitetskrav.dagar"
KOMMUN, NAMND, TROSKEL = "kommun.namn", "namnd.namn", "sekretess.troskel"
OSA_MAL = "osa.mal_per_ar"
TITLES = {
    BIP: "Ändra BIP", AKTIVITETSKRAV: "Ändra aktivitetskrav", OSA: "Ändra målet för OSA",
    RAPPORTER: "Ändra rapporter",
}  # fmt: skip


class SettingsPresenter(FormPresenter[Varden]):
    """Opens the sheet over the page; values go by the names of the settings."""

    saved_text = "Inställningarna är sparade."

    def __init__(self, over: QWidget, context: Context, key: str, before: Varden) -> None:
        sheet = Sheet(context.theme, over, tr(TITLES[key]), tr("Spara"), again=False)
        sheet.context.setText(tr("Gäller alla som använder registret."))
        super().__init__(context, sheet)
        self.before = before
        self._make_fields()
        self.show(before)
        sheet.start()
        self.keep_draft(form_key(key))

    def find(self, session: Session, values: Varden) -> Sequence[Finding]:
        """What there is to say of the values."""
        return check_settings(session, self.context.aktor, values)

    def write(self, values: Varden) -> Saved | None:
        """Save them in one act."""
        context = self.context
        return save_settings(context.store, context.aktor, values, self.before, self.varningsskal)

    def _make_fields(self) -> None:
        raise NotImplementedError


class BipInstallningarPresenter(SettingsPresenter):
    """The scale and what the questions are called."""

    def read(self) -> Reading[Varden]:
        """What the fields say."""
        written = zip(self.etiketter, self.before[ETIKETTER], strict=True)
        # Shown with a capital; one that nobody touched stays as it is written in the register.
        labels = tuple(
            label if field.value() == first_upper(label) else field.value() for field, label in written
        )
        return Reading({SKALA: self.skala.value(), ETIKETTER: labels})

    def show(self, values: Varden) -> bool:
        """Fill the fields."""
        self.skala.set_value(values[SKALA])
        for field, label in zip(self.etiketter, values[ETIKETTER], strict=True):
            field.setText(first_upper(label))
        return True

    def _make_fields(self) -> None:
        theme, sheet = self.context.theme, self.sheet
        steps = range(MINSTA_SKALA, STORSTA_SKALA + 1)
        self.skala: ComboField[int] = ComboField(theme, [(step, f"1–{step}") for step in steps])
        self.etiketter = [TextField(LANGSTA_ETIKETT) for _ in BIP_INDIKATORER]
        sheet.add(SKALA, tr("Skala"), self.skala, tr("Svaren går från 1 till det högsta talet."))
        sheet.add_heading(tr("Vad frågorna heter"))
        for place, field in enumerate(self.etiketter):
            name = f"{place + 1}. {first_upper(BIP_INDIKATORER[place])}"
            hint = tr("Bara handläggaren svarar.") if place >= ANTAL_FOR_DELTAGARE else ""
            sheet.add(label_field(place), name, field, hint, required=True)


class KravInstallningarPresenter(SettingsPresenter):
    """From when the frist runs, and for how long (R3, R4)."""

    def read(self) -> Reading[Varden]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        days = read_number(self.dagar, DAGAR, faulty, missing)
        if days is None:
            return Reading(None, faulty, missing)
        chosen = self.startpunkt.value()
        return Reading({STARTPUNKT: chosen.value if chosen else "", DAGAR: days})

    def show(self, values: Varden) -> bool:
        """Fill the fields."""
        self.startpunkt.set_value(Startpunkt(values[STARTPUNKT]))
        self.dagar.setText(str(values[DAGAR]))
        return True

    def _make_fields(self) -> None:
        starts = [(start, tr(text)) for start, text in STARTPUNKTER.items()]
        self.startpunkt: ComboField[Startpunkt] = ComboField(self.context.theme, starts)
        self.dagar = TextField(3)
        self.sheet.add(STARTPUNKT, tr("Fristen räknas från"), self.startpunkt, required=True)
        hint = tr("Kalenderdagar. Dagar med undantag räknas inte.")
        self.sheet.add(DAGAR, tr("Antal dagar"), self.dagar, hint, required=True)


class OsaInstallningarPresenter(SettingsPresenter):
    """How many persons should be in OSA a year."""

    def read(self) -> Reading[Varden]:
        """What the fields say; an empty one is no target."""
        faulty: dict[str, str] = {}
        mal = read_number(self.mal, OSA_MAL, faulty, {})
        return Reading(None, faulty) if faulty else Reading({OSA_MAL: mal or 0})

    def show(self, values: Varden) -> bool:
        """Fill the fields."""
        self.mal.setText(str(values[OSA_MAL] or ""))
        return True

    def _make_fields(self) -> None:
        self.mal = TextField(6)
        hint = tr("Personer med OSA-anställning eller praktik inför OSA. Tomt är inget mål.")
        self.sheet.add(OSA_MAL, tr("Antal personer per år"), self.mal, hint)


class RapporterInstallningarPresenter(SettingsPresenter):
    """Whose the reports are, and which figures are too small to print (R12)."""

    def read(self) -> Reading[Varden]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        least = read_number(self.troskel, TROSKEL, faulty, missing)
        if least is None:
            return Reading(None, faulty, missing)
        return Reading({KOMMUN: self.kommun.value(), NAMND: self.namnd.value(), TROSKEL: least})

    def show(self, values: Varden) -> bool:
        """Fill the fields."""
        self.kommun.setText(values[KOMMUN])
        self.namnd.setText(values[NAMND])
        self.troskel.setText(str(values[TROSKEL]))
        return True

    def _make_fields(self) -> None:
        self.kommun, self.namnd = TextField(LONGEST_NAME), TextField(LONGEST_NAME)
        self.troskel = TextField(3)
        self.sheet.add(KOMMUN, tr("Kommun"), self.kommun, tr("Står i rapporter och till vänster i fönstret."))
        self.sheet.add(NAMND, tr("Nämnd"), self.namnd, tr("Står i rapporter."))
        hint = tr("Antal som är mindre än så döljs i rapporter, utom 0.")
        self.sheet.add(TROSKEL, tr("Minsta antal som visas"), self.troskel, hint, required=True)


FORMS: dict[str, type[SettingsPresenter]] = {
    BIP: BipInstallningarPresenter,
    AKTIVITETSKRAV: KravInstallningarPresenter,
    OSA: OsaInstallningarPresenter,
    RAPPORTER: RapporterInstallningarPresenter,
}


def list_varden(settings: Installningar) -> Mapping[str, Mapping[str, Any]]:
    """The values of each form, by the names of the settings."""
    krav = settings.aktivitetskrav
    return {
        BIP: {SKALA: settings.bip_skala, ETIKETTER: settings.bip_etiketter},
        AKTIVITETSKRAV: {STARTPUNKT: krav.startpunkt.value, DAGAR: krav.dagar},
        OSA: {OSA_MAL: settings.osa_mal},
        RAPPORTER: {KOMMUN: settings.kommun, NAMND: settings.namnd, TROSKEL: settings.troskel},
    }


def read_number(field: TextField, name: str, faulty: dict[str, str], missing: dict[str, str]) -> int | None:
    """The number in a field; None, and noted what is wrong, where there is none."""
    text = field.value()
    if not text:
        missing[name] = tr("Skriv ett antal.")
    elif not text.isdecimal():
        faulty[name] = tr("Skriv antalet med siffror.")
    else:
        return int(text)
    return None
