"""Reports made final: one frozen with a word of what it is, and the list where they are approved, printed
again and compared with the register now."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.aktor import Aktor
from db.commands.findings import Saved
from db.commands.frysta import GODKANNER, approve_fryst, log_fryst_utskrift
from db.errors import ConflictError, KnownError
from db.files import whole_file
from db.queries.frysta import FrystRad, list_frysta
from db.rules.text import slug
from desktop.context import Context, touched
from desktop.formatting import day_and_time, full_date
from desktop.fryst_service import compare_frozen, freeze_report, make_frozen_form
from desktop.i18n import tr
from desktop.report_service import Fardig
from desktop.reports.andrat_ord import tell_changes
from desktop.runner import Change, Query, Task
from desktop.screens.rapporter.utlamning import FOLDER
from desktop.screens.words import first_lower
from desktop.table_model import ChipText, Column, TableModel
from desktop.widgets.boxes import row
from desktop.widgets.button import Button
from desktop.widgets.dialog import Dialog, resize_within
from desktop.widgets.fields import FieldBox, TextArea
from desktop.widgets.table import TableView
from desktop.widgets.text import Text

SAVED = "Rapporten är fryst."


class FrysDialog(Dialog):
    """Freezes a report as it is shown; whoever has not marked the period as done is told of afterwards."""

    def __init__(self, context: Context, fardig: Fardig, over: QWidget, conflict: Callable[[], None]) -> None:
        super().__init__(context.theme, tr("Frys rapporten"), tr("Frys"), parent=over.window())
        self._context, self._fardig, self._conflict, self._owner = context, fardig, conflict, over
        rapport = fardig.rapport
        words = f"{rapport.titel}, {first_lower(rapport.period_namn)}"
        told = tr(
            "Tal, definitioner, inställningar och sidor sparas som de är och kan skrivas ut igen likadana."
        )
        self.body.addWidget(Text(words, "body", "text", 600).wrapped())
        self.body.addWidget(Text(told, "body", "text2").wrapped())
        self.text = TextArea(context.theme, 3)
        self.body.addWidget(
            FieldBox(context.theme, tr("Anteckning"), self.text, tr("Till exempel vilket sammanträde."))
        )
        self.setMinimumWidth(context.theme.px(480))
        self.action.clicked.connect(self._freeze)
        self.text.setFocus()

    def _freeze(self) -> None:
        context, text = self._context, self.text.value()
        self.set_busy(True)

        def work(_task: Task) -> Saved:
            nu = datetime.combine(context.today(), datetime.now().time()).astimezone()
            return freeze_report(context.store, context.aktor, self._fardig, nu, text)

        context.runner.run(
            Change(
                tr("Fryser rapporten"), work, lambda saved: touched(saved.changes), done=self._done,
                failed=self._failed, owner=self,
            )
        )  # fmt: skip

    def _done(self, saved: Saved) -> None:
        self.accept()
        self._context.tell_done(tr(SAVED), saved.changes.handelse_id)
        if saved.varningar:
            self._context.messages.warning(" ".join(finding.message for finding in saved.varningar))

    def _failed(self, error: KnownError) -> None:
        self.set_busy(False)
        self.fail(error.message)
        if isinstance(error, ConflictError):
            self._conflict()


class FrystaDialog(Dialog):
    """Every frozen report, the latest first. Enter saves the pages again, byte for byte."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(
            context.theme,
            tr("Frysta rapporter"),
            tr("Spara som pdf…"),
            cancel=tr("Stäng"),
            parent=over.window(),
        )
        self._context = context
        self.model: TableModel[FrystRad] = TableModel(_columns(), key=lambda rad: rad.id, parent=self)
        self.table = TableView(context.theme, self.model, tr("Frysta rapporter"))
        self.told = Text(tr("Hämtar"), "body", "text2").wrapped()
        self.approve = Button(context.theme, tr("Godkänn"), "badge-check")
        self.compare = Button(context.theme, tr("Ändrat sedan"), "history")
        self.excel = Button(context.theme, tr("Spara som Excel…"), "table-2")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.body.addLayout(row(self.approve, self.compare, 0, self.excel, spacing=8))
        self.table.setMinimumHeight(context.theme.px(160))
        resize_within(self, context.theme.px(900), context.theme.px(480))
        self.table.current_changed.connect(lambda _row: self._show_acts())
        self.table.opened.connect(lambda _row: self._save("pdf"))
        self.action.clicked.connect(lambda: self._save("pdf"))
        self.excel.clicked.connect(lambda: self._save("xlsx"))
        self.approve.clicked.connect(self._approve)
        self.compare.clicked.connect(self._compare)
        self._show_acts()
        self._ask()

    def _ask(self) -> None:
        self._context.runner.run(Query("frysta", self._read, self._show, failed=self._failed, owner=self))

    def _read(self, _task: Task) -> tuple[FrystRad, ...]:
        with self._context.store.read(self._context.aktor) as session:
            return list_frysta(session, self._context.aktor)

    def _show(self, rader: tuple[FrystRad, ...]) -> None:
        held = self.table.currentIndex().row()
        self.model.set_rows(rader)
        self.told.setText(
            ""
            if rader
            else tr("Inga frysta rapporter än. Välj Frys rapporten i menyn när en rapport är klar.")
        )
        if rader:
            self.table.setCurrentIndex(self.model.index(max(0, min(held, len(rader) - 1)), 0))
            self.table.setFocus()
        self._show_acts()

    def _show_acts(self) -> None:
        rad: FrystRad | None = self.table.current_row() if self.model.rowCount() else None
        none = tr("Välj en rapport först.") if rad is None else ""
        for button in (self.action, self.compare, self.excel):
            button.set_disabled_because(none)
        self.approve.set_disabled_because(none or _why_not(rad, self._context.aktor))
        if rad is not None:
            self.told.setText(rad.text)

    def _approve(self) -> None:
        rad: FrystRad = self.table.current_row()
        context = self._context

        def work(_task: Task) -> Saved:
            return approve_fryst(context.store, context.aktor, rad.id, datetime.now().astimezone())

        def done(_saved: Saved) -> None:
            context.messages.done(tr("Rapporten är godkänd."))
            self._ask()

        context.runner.run(
            Change(
                tr("Godkänner"), work, lambda saved: touched(saved.changes), done=done, failed=self._failed,
                owner=self,
            )
        )  # fmt: skip

    def _compare(self) -> None:
        """Only on the screen: nothing is handed over."""
        rad: FrystRad = self.table.current_row()
        context = self._context

        def work(_task: Task) -> list[str]:
            return tell_changes(compare_frozen(context.store, context.aktor, rad.id, context.today())[0])

        def show(lines: list[str]) -> None:
            dialog = Dialog(
                context.theme, f"{tr('Ändrat sedan')}: {rad.titel}", tr("Stäng"), parent=self.window()
            )
            dialog.cancel.hide()
            dialog.action.clicked.connect(dialog.accept)
            text = TextArea(context.theme, 12)
            text.setPlainText("\n".join(lines))
            text.setReadOnly(True)
            text.setAccessibleName(tr("Det som har ändrats"))
            dialog.body.addWidget(text, 1)
            dialog.setMinimumWidth(context.theme.px(620))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        context.runner.run(Query("fryst-andrat", work, show, failed=self._failed, owner=self))

    def _save(self, form: str) -> None:
        rad: FrystRad | None = self.table.current_row() if self.model.rowCount() else None
        if rad is None:
            return
        context = self._context
        folder = context.settings.get(FOLDER, str(Path.home()))
        name = f"{slug(rad.titel)}_{rad.fran}_{rad.till}_v{rad.version}.{form}"
        path, _ = QFileDialog.getSaveFileName(self, tr("Spara rapporten"), str(Path(folder) / name))
        if not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.{form}")
        context.settings.set(FOLDER, str(target.parent))
        context.runner.run(
            Change(
                tr("Sparar rapporten"), partial(_write, context, rad.id, form, target),
                lambda _v: frozenset(),
                done=lambda _v: context.messages.done(f"{tr('Sparad')}: {target.name}"), failed=self._failed,
                owner=self,
            )
        )  # fmt: skip

    def _failed(self, error: KnownError) -> None:
        self.fail(error.message)


def _write(context: Context, fryst_id: int, form: str, target: Path, _task: Task) -> None:
    made = make_frozen_form(context.store, context.aktor, fryst_id, form)
    with whole_file(target) as temporary:
        temporary.write_bytes(made)
        log_fryst_utskrift(context.store, context.aktor, fryst_id, form)


def _why_not(rad: FrystRad | None, aktor: Aktor) -> str:
    if rad is None:
        return ""
    if rad.godkand is not None:
        return tr("Rapporten är redan godkänd.")
    if aktor.roll not in GODKANNER:
        return tr("Bara chef och nämndsekreterare kan godkänna.")
    return ""


def _columns() -> tuple[Column[FrystRad], ...]:
    return (
        Column("titel", tr("Rapport"), lambda rad: rad.titel, 220, stretch=True, tone="text", weight=500),
        Column("period", tr("Period"), lambda rad: f"{full_date(rad.fran)}–{full_date(rad.till)}", 190),
        Column("version", tr("Version"), lambda rad: str(rad.version), 66, right=True),
        Column("fryst", tr("Fryst"), lambda rad: f"{_when(rad.tid)}, {rad.namn}", 210),
        Column("lage", tr("Läge"), _told, 130, chip=_chip, tip=_told),
    )


def _when(tid: str) -> str:
    return day_and_time(datetime.fromisoformat(tid.replace("Z", "+00:00")).astimezone())


def _told(rad: FrystRad) -> str:
    return f"{rad.godkand_namn}, {rad.godkand_roll}" if rad.godkand is not None else ""


def _chip(rad: FrystRad) -> ChipText:
    if rad.ersatt:
        return ChipText("later", tr("Ersatt"), "history")
    if rad.godkand is not None:
        return ChipText("ok", tr("Godkänd"), "badge-check")
    return ChipText("soon", tr("Inte godkänd"), "clock")
