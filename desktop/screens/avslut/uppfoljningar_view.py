"""The follow-ups as a list: pills, filters, acts on the row chosen. Knows widgets and rows; asks nobody."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.idag.scope import Omfang
from db.queries.uppfoljningslista import SEDAN, UPPGIFT_SAKNAS, Flik, UppfoljningRad, UppfoljningUrval
from db.rules.avslut import REGLER
from db.rules.koder import Uppfoljningsslag
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.screens.avslut.rows import make_columns
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import WrappedPills
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.table import TableView

FLIKAR = (
    (Flik.ATT_GORA, "Att göra"), (Flik.PASSERADE, "Passerade"), (Flik.SNART, "Inom 7 dagar"),
    (Flik.BEKRAFTA, "Månad att bekräfta"), (Flik.SENARE, "Senare"), (Flik.GJORDA, "Gjorda"),
    (Flik.UTAN_SVAR, "Utan svar"),
)  # fmt: skip
VILKA = ((Omfang.ALLA, "Alla"), (Omfang.ENHETEN, "Enhetens"), (Omfang.MINA, "Mina"))
NOTHING = {
    Flik.ATT_GORA: "Inga uppföljningar att göra just nu.",
    Flik.PASSERADE: "Ingen uppföljning är försenad.",
    Flik.SNART: "Inga uppföljningar de närmaste 7 dagarna.",
    Flik.BEKRAFTA: "Ingen månad att bekräfta just nu.",
    Flik.SENARE: "Inga uppföljningar är planerade längre fram.",
    Flik.GJORDA: "Inga uppföljningar är gjorda under perioden.",
    Flik.UTAN_SVAR: "Alla uppföljningar under perioden gav svar.",
}
LEAST_LIST = 340  # design px


class UppfoljningarView(QWidget):
    """`asked` when rows must be read again, `narrowed` when it is chosen among what is read."""

    asked = Signal()
    narrowed = Signal()

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self.pills = WrappedPills(theme, tr("Läge"), [(flik.value, tr(text)) for flik, text in FLIKAR])
        self.vilka: ComboField[Omfang] = ComboField(
            theme, [(omfang, tr(text)) for omfang, text in VILKA], toolbar=tr("Vilka")
        )
        alla = tr("Alla")
        slag = [("", alla), *((one.value, one.value) for one in Uppfoljningsslag)]
        self.slag: ComboField[str] = ComboField(theme, slag, toolbar=tr("Efter"))
        resultat = [("", alla), *((one, first_upper(one)) for one in map(str, REGLER))]
        self.resultat: ComboField[str] = ComboField(theme, resultat, toolbar=tr("Resultat"))
        kon = [("", alla), ("K", tr("Kvinnor")), ("M", tr("Män")), (UPPGIFT_SAKNAS, tr("Uppgift saknas"))]
        self.kon: ComboField[str] = ComboField(theme, kon, toolbar=tr("Kön"))
        self.confirm = Button(theme, tr("Bekräfta månad"), "check")
        self.follow_up = Button(theme, tr("Följ upp…"), "phone", ButtonKind.PRIMARY)
        self.acts = ActionRow(theme, self.confirm, self.follow_up)
        self.model: TableModel[UppfoljningRad] = TableModel(
            make_columns(today), key=lambda rad: (rad.lage.inskrivning_id, rad.lage.slag), parent=self
        )
        self.table = TableView(theme, self.model, tr("Uppföljningar"), settings, "avslut/uppfoljningar")
        self.empty = EmptyState(
            theme, tr("Hämtar"), tr("Ändra eller ta bort något val ovanför."), tr("Rensa filter"), self.clear
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_acts(None)

    def flik(self) -> Flik:
        """The pill chosen."""
        return Flik(self.pills.value())

    def urval(self) -> UppfoljningUrval:
        """What the list is narrowed to."""
        return UppfoljningUrval(
            self.flik(), self.slag.value() or "", self.resultat.value() or "", self.kon.value() or ""
        )

    def filters(self) -> tuple[ComboField[str] | ComboField[Omfang], ...]:
        """The choices that leave rows out, beside the pills."""
        return self.vilka, self.slag, self.resultat, self.kon

    def clear(self) -> None:
        """Everybody's follow-ups of the pill again."""
        for field in self.filters():
            with QSignalBlocker(field):
                field.setCurrentIndex(0)
        self.asked.emit()

    def show_period(self, name: str) -> None:
        """Which those are that are done: their pills tell the period on the mouse and when read out."""
        for flik, text in FLIKAR:
            if flik in SEDAN and flik is not Flik.SENARE:
                self.pills.set_text(flik.value, tr(text), name)

    def show_counts(self, counts: Mapping[Flik, int]) -> None:
        """How many each pill would leave."""
        for flik, _ in FLIKAR:
            self.pills.set_count(flik.value, counts.get(flik, 0))

    def show_rows(self, rows: Sequence[UppfoljningRad], total: int, keep: bool) -> None:
        """The first page; with `keep` the place in the list stays."""
        self.model.set_rows(rows, total)
        filtered = self.urval() != UppfoljningUrval(self.flik()) or self.vilka.value() is not Omfang.ALLA
        self.empty.fact.setText(tr("Inga träffar.") if filtered else tr(NOTHING[self.flik()]))
        self.empty.button.setVisible(filtered)
        self.empty.advice.setVisible(filtered)
        self._stack.setCurrentWidget(self._listed if rows else self.empty)
        if rows and not (keep and self.table.currentIndex().isValid()):
            self.table.scrollToTop()
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.show_acts(self.table.current_row() if rows else None)

    def show_acts(self, rad: UppfoljningRad | None) -> None:
        """What can be done with the row chosen, and why not."""
        none = tr("Välj en rad i listan först.") if rad is None else ""
        done = rad is not None and rad.lage.is_done
        text = tr("Ändra svaret…") if done else tr("Följ upp…")
        self.follow_up.setText(text)
        self.follow_up.setAccessibleName(text)
        self.follow_up.set_disabled_because(none)
        why = none
        if rad is not None and not rad.lage.vantar:
            why = tr("Här väntar ingen månad på att bekräftas.")
        elif rad is not None and not rad.lage.may_confirm(self._today):
            why = f"{tr('Månaden har gått först')} {short_date(rad.lage.dag, self._today)}."
        self.confirm.set_disabled_because(why)

    def _lay_out(self) -> None:
        self._listed = Card(self._theme, padding=0)
        self._listed.body.setContentsMargins(1, 1, 1, 1)
        self._listed.body.addWidget(self.table)
        for widget in (self.empty, self._listed):
            self._stack.addWidget(widget)
        filters = Flow(*self.filters())
        head = row(filters, self.acts, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(self.acts, Qt.AlignmentFlag.AlignTop)
        layout = column(self.pills, head, self._stack, spacing=10)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        self._stack.setMinimumHeight(px(LEAST_LIST))
        for field in self.filters():
            field.setMaximumWidth(px(220))

    def _connect(self) -> None:
        self.pills.chosen.connect(self._pressed)
        self.vilka.activated.connect(lambda _index: self.asked.emit())
        for field in self.filters()[1:]:
            field.activated.connect(lambda _index: self.narrowed.emit())
        self.model.sort_wanted.connect(lambda _key, _falling: self.narrowed.emit())
        self.table.current_changed.connect(self.show_acts)

    def _pressed(self, key: str) -> None:
        """What comes later and what is done are read when they are looked at."""
        (self.asked if Flik(key) in SEDAN else self.narrowed).emit()
