"""The fields of what begins when a person is registered: the inskrivning and the ärende."""

from collections.abc import Callable, Sequence
from datetime import date

from db.commands.inledning import NyInskrivning, NyttArende
from db.rules.koder import Forsorjning, HanvisadAv, Spar, Utfall
from desktop.i18n import tr
from desktop.screens.formular.presenter import read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CheckField, ComboField, FieldBox, TextField

Staff = Sequence[tuple[str, str]]


class InskrivningFalt:
    """Chosen from the start, today, with the user as koordinator."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date]) -> None:
        self.chosen = CheckField(theme, tr("Skriv in i arbetsmarknadsverksamheten"))
        self.chosen.setChecked(True)
        self.inskriven, self.anvisad = DateField(theme, today, today()), DateField(theme, today)
        self.koordinator: ComboField[str] = ComboField(theme)
        self.hanvisad: ComboField[str | None] = ComboField(
            theme,
            [(None, tr("Inte angivet")), *((code.value, first_upper(code.value)) for code in HanvisadAv)],
        )
        self.spar: ComboField[str] = ComboField(
            theme, [("", tr("Inget spår")), *((code.value, code.value) for code in Spar)]
        )
        livings = [(code.value, first_upper(code.value)) for code in Forsorjning]
        self.fore: ComboField[str | None] = ComboField(theme, [(None, tr("Inte angiven")), *livings])
        sheet.add_check("skriv_in", self.chosen)
        inskriven = sheet.add("inskriven", tr("Inskriven"), self.inskriven, required=True)
        anvisad = sheet.add("anvisad", tr("Anvisad"), self.anvisad)
        sheet.add_pair(inskriven, anvisad)
        koordinator = sheet.add("koordinator", tr("Koordinator"), self.koordinator)
        fore = sheet.add("forsorjning_fore", tr("Försörjning före"), self.fore)
        sheet.add_pair(koordinator, fore)
        hanvisad = sheet.add("hanvisad_av", tr("Hänvisad av"), self.hanvisad)
        spar = sheet.add("spar", tr("Spår"), self.spar)
        sheet.add_pair(hanvisad, spar)
        self.boxes = (inskriven, anvisad, koordinator, fore, hanvisad, spar)
        self.chosen.toggled.connect(lambda on: _show(self.boxes, on))

    def offer(self, staff: Staff, signatur: str) -> None:
        """Who can be koordinator; the user to begin with."""
        self.koordinator.set_items([("", tr("Ingen")), *staff])
        self.koordinator.set_value(signatur)

    def read(self, faulty: dict[str, str], missing: dict[str, str], both: bool) -> NyInskrivning | None:
        """What the fields say; None where nobody is enrolled, or the day is not there."""
        if not self.chosen.isChecked():
            return None
        read_dates(faulty, inskriven=self.inskriven, anvisad=self.anvisad)
        inskriven = self.inskriven.value()
        if inskriven is None:
            missing["inskriven"] = tr("Ange första dagen.")
            return None
        return NyInskrivning(
            inskriven, self.koordinator.value() or "", self.hanvisad.value(), self.spar.value() or "",
            self.anvisad.value(), both, self.fore.value(),
        )  # fmt: skip


class ArendeFalt:
    """Hidden until it is chosen."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date]) -> None:
        self.chosen = CheckField(theme, tr("Ärende om ekonomiskt bistånd"))
        self.nummer = TextField(64)
        self.ansokan, self.beslut = DateField(theme, today), DateField(theme, today)
        self.utfall: ComboField[str | None] = ComboField(
            theme,
            [(None, tr("Inget beslut än")), *((code.value, first_upper(code.value)) for code in Utfall)],
        )
        self.handlaggare: ComboField[str] = ComboField(theme)
        sheet.add_check("har_arende", self.chosen)
        nummer = sheet.add("arende_nummer", tr("Ärendenummer"), self.nummer, required=True)
        handlaggare = sheet.add("handlaggare", tr("Handläggare"), self.handlaggare)
        sheet.add_pair(nummer, handlaggare)
        ansokan = sheet.add("ansokan", tr("Ansökan"), self.ansokan, required=True)
        beslut = sheet.add("beslut", tr("Beslut"), self.beslut)
        sheet.add_pair(ansokan, beslut)
        utfall = sheet.add("utfall", tr("Beslutet blev"), self.utfall)
        self.boxes = (nummer, handlaggare, ansokan, beslut, utfall)
        self.chosen.toggled.connect(lambda on: _show(self.boxes, on))
        _show(self.boxes, False)

    def offer(self, staff: Staff) -> None:
        """Who can be handläggare; nobody to begin with."""
        self.handlaggare.set_items([("", tr("Ingen")), *staff])

    def read(self, faulty: dict[str, str], missing: dict[str, str]) -> NyttArende | None:
        """What the fields say; None where there is no ärende, or number or day is not there."""
        if not self.chosen.isChecked():
            return None
        read_dates(faulty, ansokan=self.ansokan, beslut=self.beslut)
        nummer, ansokan = self.nummer.value(), self.ansokan.value()
        if not nummer:
            missing["arende_nummer"] = tr("Skriv ärendets nummer.")
        if ansokan is None:
            missing["ansokan"] = tr("Ange dagen för ansökan.")
        if not nummer or ansokan is None:
            return None
        return NyttArende(
            nummer, ansokan, self.beslut.value(), self.utfall.value(), self.handlaggare.value() or ""
        )


def _show(boxes: Sequence[FieldBox], visible: bool) -> None:
    for box in boxes:
        box.setVisible(visible)
