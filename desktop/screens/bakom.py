"""The people behind a figure or a bar, in a dialog over any screen; Enter opens the card."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.errors import KnownError
from db.queries.flode_personer import PersonBakom
from db.rules.text import sort_key
from desktop.context import Context
from desktop.formatting import number, plural, short_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column, TableModel
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import TableView
from desktop.widgets.text import Text

Load = Callable[[Session], Sequence[PersonBakom]]
MOST = 5_000  # nobody reads a longer list


class BakomDialog(Dialog):
    """Loads by itself; `opened` tells the person's id, and the dialog closes.

    `words` is the head of the column that tells why somebody is listed, `tal` that of what each adds; `note`
    tells what the list is to the number where it is not as many. With `antal`, the number of people that was
    pressed, a shorter list says that not everybody is shown: who is protected is shown to few.
    """

    opened = Signal(int)

    def __init__(
        self,
        context: Context,
        title: str,
        load: Load,
        words: str,
        parent: QWidget,
        tal: str = "",
        note: str = "",
        antal: float | None = None,
    ) -> None:
        super().__init__(context.theme, title, tr("Öppna kortet"), cancel=tr("Stäng"), parent=parent)
        self._context, self._load, self._title, self._antal = context, load, title, antal
        self.count = Text(tr("Hämtar"), "body", "text2")
        self.note = Text(note, "meta", "text2").wrapped()
        self.note.setVisible(bool(note))
        self.model: TableModel[PersonBakom] = TableModel(
            _columns(context.today(), words, tal), key=_key, parent=self
        )
        self.table = TableView(context.theme, self.model, title)
        self.setMinimumWidth(context.theme.px(720))
        self.table.setMinimumHeight(context.theme.px(320))
        self.table.opened.connect(self._open)
        self.table.copied.connect(self._copied)
        self.action.clicked.connect(lambda: self._open(self.table.current_row()))
        self.action.setEnabled(False)
        self.body.addWidget(self.count)
        self.body.addWidget(self.note)
        self.body.addWidget(self.table, 1)
        context.runner.run(Query("bakom", self._read, self._show, failed=self._failed, owner=self))

    def _read(self, _task: Task) -> Sequence[PersonBakom]:
        with self._context.store.read(self._context.aktor) as session:
            return self._load(session)

    def _show(self, rows: Sequence[PersonBakom]) -> None:
        self.count.setText(_tell(rows))
        self.table.setVisible(bool(rows))
        self.action.setEnabled(bool(rows))
        if self._antal is not None and len(rows) < self._antal:
            self.note.setText(tr("Alla som räknas i talet visas inte för dig."))
            self.note.show()
        self.model.set_rows(rows[:MOST])
        for at, column in enumerate(self.model.columns):
            if column.key == "text":
                self.table.setColumnHidden(at, not any(row.text for row in rows))
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()

    def _failed(self, error: KnownError) -> None:
        self.fail(error.message)

    def _open(self, row: PersonBakom | None) -> None:
        if row is None:
            return
        self.accept()
        self.opened.emit(row.person.id)

    def _copied(self, rows: list[PersonBakom]) -> None:
        self._context.log_copy([row.person.id for row in rows], self._title)
        self._context.messages.info(f"{plural(len(rows), tr('rad'), tr('rader'))} {tr('kopierade')}.")


def show_people(
    over: QWidget,
    context: Context,
    title: str,
    load: Load,
    words: str,
    opened: Callable[[int], None],
    *,
    tal: str = "",
    note: str = "",
    antal: float | None = None,
) -> BakomDialog:
    """Open the list, as BakomDialog says."""
    dialog = BakomDialog(context, title, load, words, over.window(), tal, note, antal)
    dialog.opened.connect(opened)
    dialog.open()
    return dialog


def _tell(rows: Sequence[PersonBakom]) -> str:
    """How many there are: rows, and people where somebody is there more than once."""
    if not rows:
        return tr("Ingen person.")
    people = len({row.person.id for row in rows})
    told = plural(people, tr("person"), tr("personer"))
    if people < len(rows):
        told = f"{plural(len(rows), tr('rad'), tr('rader'))}, {told}"
    if len(rows) > MOST:
        told += f". {tr('De första')} {number(MOST)} {tr('raderna visas.')}"
    return told


def _key(row: PersonBakom) -> tuple[object, ...]:
    return row.person.id, row.datum, row.text, row.tal


def _columns(today: date, words: str, tal: str) -> tuple[Column[PersonBakom], ...]:
    amount: Column[PersonBakom] = Column(
        "tal", tal, _amount, 100 if len(tal) > 8 else 80, right=True,
        sort=lambda row: row.tal or 0,
    )  # fmt: skip
    return (
        Column(
            "namn", tr("Namn"), lambda row: row.person.namn, 190, weight=500, tone="text", chip=_protected,
            stretch=True, sort=lambda row: row.person.sortering,
        ),
        Column(
            "nummer", tr("Personnummer"), lambda row: row.person.nummer, 136, tone="text",
            sort=lambda row: row.person.nummer,
        ),
        Column("datum", tr("Dag"), lambda row: short_date(row.datum, today), 110, sort=lambda row: row.datum),
        *([amount] if tal else []),
        Column(
            "text", words, lambda row: first_upper(row.text), 130 if tal else 180,
            sort=lambda row: sort_key(row.text),
        ),
    )  # fmt: skip


def _amount(row: PersonBakom) -> str:
    if row.tal is None:
        return ""
    return number(row.tal, 0 if float(row.tal).is_integer() else 2)


def _protected(row: PersonBakom) -> ChipText | None:
    return ChipText("protected", row.person.namn) if row.person.is_masked else None
