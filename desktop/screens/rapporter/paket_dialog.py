"""The dialog that makes everything for the nämnd: which reports, in which forms, and where."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QScrollArea, QWidget

from db.errors import KnownError
from desktop.context import Context
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.runner import Change, Progress, Task
from desktop.screens.rapporter.choices import ReportItem
from desktop.screens.rapporter.paket import FORMER, Uppdrag, Utfort, make_all
from desktop.screens.rapporter.utlamning import FOLDER
from desktop.widgets.boxes import column, row
from desktop.widgets.button import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import CheckField
from desktop.widgets.text import ElidedText, Text

NAMES = {"pdf": "Pdf", "xlsx": "Excel"}


class PaketDialog(Dialog):
    """Period, comparison and day are those of `uppdrag`; what to make and where is chosen here."""

    def __init__(
        self, context: Context, items: Sequence[ReportItem], uppdrag: Uppdrag, words: str, over: QWidget
    ) -> None:
        super().__init__(
            context.theme, tr("Allt till nämnden"), tr("Gör rapporterna"), cancel=tr("Stäng"),
            parent=over.window(),
        )  # fmt: skip
        self._context, self._given = context, uppdrag
        self._task: Task | None = None
        self.mapp = Path(context.settings.get(FOLDER, str(Path.home())))
        self.reports = {item.namn: CheckField(context.theme, item.titel) for item in items}
        self.forms = {form: CheckField(context.theme, NAMES[form]) for form in FORMER}
        for check in (*self.reports.values(), *self.forms.values()):
            check.setChecked(True)
            check.toggled.connect(self._changed)
        self.place = ElidedText("", "body", "text2")
        self.choose = Button(context.theme, tr("Välj mapp…"), "folder-open")
        self.choose.clicked.connect(self._choose)
        self.bar, self.told = QProgressBar(), Text("", "meta", "text2").wrapped()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Så långt har arbetet kommit"))
        self._lay_out(words)
        self.bar.hide()
        self.action.clicked.connect(self._start)
        context.runner.progressed.connect(self._progressed)
        self._changed()

    def uppdrag(self) -> Uppdrag:
        """What is chosen."""
        chosen = tuple(name for name, check in self.reports.items() if check.isChecked())
        forms = tuple(form for form, check in self.forms.items() if check.isChecked())
        return replace(self._given, rapporter=chosen, former=forms, mapp=self.mapp)

    def reject(self) -> None:
        """While reports are made the button stops them; else it closes."""
        if self._task is None:
            super().reject()
        else:
            self._task.cancel()
            self.told.setText(tr("Avbryter när filen som skrivs är hel…"))

    def _lay_out(self, words: str) -> None:
        inner, scroll = QWidget(), QScrollArea()
        inner.setObjectName("scrolled")
        inner.setLayout(column(*self.reports.values(), 0, spacing=2))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(self.theme.px(150))
        self.setMinimumWidth(self.theme.px(480))
        self.body.addWidget(Text(words, "body", "text2").wrapped())
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(*self.forms.values(), 0, spacing=16))
        place = row(self.place, self.choose, spacing=10)
        place.setStretch(0, 1)
        self.body.addLayout(place)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.told)

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Välj en mapp"), str(self.mapp))
        if path:
            self.mapp = Path(path)
            self._context.settings.set(FOLDER, path)
            self._changed()

    def _changed(self) -> None:
        self.fail("")
        self.place.setText(str(self.mapp))
        uppdrag = self.uppdrag()
        reason = ""
        if not uppdrag.rapporter:
            reason = tr("Välj minst en rapport.")
        elif not uppdrag.former:
            reason = tr("Välj pdf, Excel eller båda.")
        self.action.set_disabled_because(reason)
        there = uppdrag.existing()
        told = plural(there, tr("fil finns redan och ersätts"), tr("filer finns redan och ersätts"))
        self.told.setText(f"{told}." if there else "")

    def _start(self) -> None:
        self.fail("")
        self._set_working(True)
        self._task = self._context.runner.run(
            Change(
                tr("Gör rapporterna"),
                partial(make_all, self._context, self.uppdrag()),
                lambda _done: frozenset(),
                done=self._done,
                failed=self._failed,
                owner=self,
            )
        )

    def _set_working(self, working: bool) -> None:
        for widget in (*self.reports.values(), *self.forms.values(), self.choose):
            widget.setEnabled(not working)
        self.set_busy(working)
        self.bar.setVisible(working)
        self.cancel.setText(tr("Avbryt") if working else tr("Stäng"))
        self.told.setText("")

    def _progressed(self, progress: Progress) -> None:
        if self._task is not None:
            self.bar.setMaximum(progress.total)
            self.bar.setValue(progress.done)
            self.told.setText(f"{progress.done} {tr('av')} {progress.total} {tr('rapporter')}")

    def _done(self, utfort: Utfort) -> None:
        self._task = None
        self._set_working(False)
        files = plural(len(utfort.filer), tr("fil sparad"), tr("filer sparade"))
        lead = tr("Avbrutet.") if utfort.avbrutet else ""
        self.told.setText(f"{lead} {files} {tr('i')} {self.mapp}.".strip())
        if utfort.fel:
            self.fail("\n".join(f"{titel}: {why}" for titel, why in utfort.fel))
        self.cancel.setFocus()

    def _failed(self, error: KnownError) -> None:
        self._task = None
        self._set_working(False)
        self.fail(error.message)


def open_paket(
    context: Context, items: Sequence[ReportItem], uppdrag: Uppdrag, words: str, over: QWidget
) -> PaketDialog:
    """Open the dialog over a screen."""
    dialog = PaketDialog(context, items, uppdrag, words, over)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
