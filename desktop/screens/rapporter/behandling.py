"""The meeting and the diarienummer under which the nämnd gets the report shown; printed on its first page."""

from functools import partial

from PySide6.QtWidgets import QWidget

from db.commands.findings import Saved
from db.commands.namndbehandling import set_behandling
from db.errors import ConflictError, DataError, KnownError
from db.queries.namndbehandling import Behandling, Rapportplats, find_behandling
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.report_service import Fardig, plats_of
from desktop.runner import Change, Query, Task
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FieldBox, TextField
from desktop.widgets.text import Text


class BehandlingDialog(Dialog):
    """What is written is remembered for the report and its period, for everybody; empty takes it away."""

    def __init__(self, context: Context, fardig: Fardig, over: QWidget) -> None:
        super().__init__(context.theme, tr("Sammanträde och diarienummer"), tr("Spara"), parent=over.window())
        self._context, self._over, self._plats = context, over, plats_of(fardig.utskrift)
        self._before: Behandling | None = None
        rapport = fardig.rapport
        self.body.addWidget(Text(f"{rapport.titel}, {rapport.period_namn}", "body", "text", 600).wrapped())
        self.body.addWidget(Text(tr("Står på rapportens första sida."), "body", "text2").wrapped())
        self.dag = DateField(context.theme, context.today)
        self.dnr = TextField(60)
        self.boxes = {
            "sammantrade": FieldBox(context.theme, tr("Sammanträde"), self.dag),
            "dnr": FieldBox(context.theme, tr("Diarienummer"), self.dnr, tr("Till exempel AMN 2024-0132.")),
        }
        for box in self.boxes.values():
            self.body.addWidget(box)
        self.action.clicked.connect(self._save)
        self.set_busy(True)
        work = partial(_read, context, self._plats)
        context.runner.run(Query("behandling", work, self._show, failed=self._failed, owner=self))
        self.dag.line.setFocus()

    def _show(self, found: Behandling) -> None:
        self._before = found
        self.dag.set_value(found.sammantrade)
        self.dnr.setText(found.dnr)
        self.set_busy(False)

    def _save(self) -> None:
        for box in self.boxes.values():
            box.set_error("")
        if self.dag.is_faulty():
            faulty = tr("Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre.")
            self.boxes["sammantrade"].set_error(faulty)
            return
        context, plats, before = self._context, self._plats, self._before
        told = Behandling(self.dag.value(), self.dnr.value())
        self.set_busy(True)

        def work(_task: Task) -> Saved | None:
            return set_behandling(context.store, context.aktor, plats, told, before)

        context.runner.run(
            Change(
                tr("Sparar"), work, lambda saved: touched(saved.changes if saved else None),
                done=self._done, failed=self._failed, owner=self,
            )
        )  # fmt: skip

    def _done(self, saved: Saved | None) -> None:
        self.accept()
        if saved is not None:
            self._context.tell_done(tr("Sammanträde och diarienummer är sparade."), saved.changes.handelse_id)

    def _failed(self, error: KnownError) -> None:
        self.set_busy(False)
        box = self.boxes.get(error.field or "") if isinstance(error, DataError) else None
        if box is not None:
            box.set_error(error.message)
        else:
            self.fail(error.message)
        if isinstance(error, ConflictError) and isinstance(error.nu, Behandling):
            self._show(error.nu)


def _read(context: Context, plats: Rapportplats, _task: Task) -> Behandling:
    with context.store.read(context.aktor) as session:
        return find_behandling(session, context.aktor, plats)
