"""The biståndsmånader of a year, one field a month."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.bistand import ManaderUppgifter, check_manader, field_of, save_manader
from db.commands.findings import Finding, Saved
from db.queries.card_rows import ArendeRow, Card
from db.rules.period import first_day, month_index
from desktop.context import Context
from desktop.formatting import MONTHS, parse_kronor, written_kronor
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.series_field import SeriesField, link_series
from desktop.widgets.text import Text

UNKNOWN = "x"
ALSO_UNKNOWN = (UNKNOWN, "okänt", "?")


class ManaderPresenter(FormPresenter[ManaderUppgifter]):
    """Opens the sheet over the card with what is registered; an empty field is a month without stöd."""

    saved_text = "Biståndsmånaderna är sparade."

    def __init__(self, over: QWidget, context: Context, card: Card, arende: ArendeRow, ar: int) -> None:
        self._arende_id, self._ar = arende.id, ar
        sheet = Sheet(context.theme, over, f"{tr('Biståndsmånader')} {ar}", tr("Spara"), again=False)
        sheet.context.setText(f"{card.namn} · {tr('Ärende')} {arende.nummer}")
        super().__init__(context, sheet)
        own = {row.manad: row.belopp_ore for row in card.bistand if row.arende == arende.nummer}
        held = sorted((manad, ore) for manad, ore in own.items() if manad // 12 == ar)
        self.before: ManaderUppgifter | None = ManaderUppgifter(ar, tuple(held))
        self.manader = {ar * 12 + place: SeriesField() for place in range(12)}
        self._lay_out(month_index(context.today()) + 1, own.keys())
        link_series(list(self.manader.values()))
        self.show(self.before)
        sheet.start()
        self._begin()

    def read(self) -> Reading[ManaderUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        found: list[tuple[int, int | None]] = []
        for manad, field in self.manader.items():
            text = field.value()
            ore = parse_kronor(text)
            if text and ore is None and text.lower() not in ALSO_UNKNOWN:
                faulty[field_of(manad)] = tr("Skriv beloppet i kronor, eller x om det är okänt.")
            elif text:
                found.append((manad, ore))
        return Reading(None, faulty) if faulty else Reading(ManaderUppgifter(self._ar, tuple(found)))

    def show(self, values: ManaderUppgifter) -> bool:
        """Fill the fields."""
        held = dict(values.manader)
        for manad, field in self.manader.items():
            unknown = manad in held and held[manad] is None
            field.setText(UNKNOWN if unknown else written_kronor(held.get(manad)))
        return True

    def find(self, session: Session, values: ManaderUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_manader(session, self.context.aktor, self._arende_id, values, self.context.today())

    def write(self, values: ManaderUppgifter) -> Saved | None:
        """Save the year."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        return save_manader(store, aktor, self._arende_id, values, today, self.before, self.varningsskal)

    def _lay_out(self, last: int, held: object) -> None:
        """Two columns, January to June beside July to December; Tab and Enter go in the order of the year."""
        sheet = self.sheet
        told = tr(
            "Skriv beloppet i kronor för varje månad med bistånd, x där det är okänt."
            " Lämna andra månader tomma."
        )
        keys = tr("Ctrl+D tar beloppet från månaden före. En kolumn ur ett kalkylblad kan klistras in.")
        for text in (told, keys):
            sheet.fields.addWidget(Text(text, "meta", "text2").wrapped())
        boxes = []
        for manad, field in self.manader.items():
            name = first_upper(MONTHS[first_day(manad).month - 1])
            boxes.append(sheet.add(field_of(manad), name, field))
            if manad > last and manad not in held:  # type: ignore[operator]
                field.setEnabled(False)
                field.setToolTip(tr("Månaden har inte varit ännu."))
        for left, right in zip(boxes[:6], boxes[6:], strict=True):
            sheet.add_pair(left, right)

    def _begin(self) -> None:
        """At the month where there is most likely something to write: the first empty one after the last."""
        fields = list(self.manader.values())
        last = max((place for place, field in enumerate(fields) if field.text()), default=-1)
        chosen = fields[min(last + 1, 11)]
        (chosen if chosen.isEnabled() else fields[max(last, 0)]).setFocus()
