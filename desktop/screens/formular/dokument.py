"""Documents: attached, opened and saved as copies, renamed and described, removed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy.orm import Session

from db.commands.dokument import (
    Bifogade,
    DokumentUppgifter,
    Fil,
    Kopia,
    attach_dokument,
    check_dokument,
    read_kopia,
    update_dokument,
)
from db.commands.findings import Finding, Saved
from db.files import write_file
from db.queries.card_rows import Card, DokumentRow
from db.rules.dokument import FILTYPER, LANGSTA_NAMN, describe_typ, ending
from desktop.context import Context, now, touched
from desktop.formatting import file_size, plural
from desktop.i18n import tr
from desktop.kopior import Kopior
from desktop.runner import Change, Task
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.screens.formular.skal import SkalDialog
from desktop.widgets.fields import TextArea, TextField

T = TypeVar("T")
FOLDER, SAVE_FOLDER = "dokument/mapp", "dokument/sparas"


class DokumentPresenter(FormPresenter[DokumentUppgifter]):
    """Opens the sheet over the card with the name and the description of a document."""

    saved_text = "Dokumentet är ändrat."

    def __init__(self, over: QWidget, context: Context, card: Card, row: DokumentRow) -> None:
        self._id = row.id
        sheet = Sheet(context.theme, over, tr("Ändra dokument"), tr("Spara"), again=False)
        sheet.context.setText(f"{card.namn}\n{tr(describe_typ(row.typ))}, {file_size(row.storlek)}")
        super().__init__(context, sheet)
        self.namn = TextField(LANGSTA_NAMN)
        self.beskrivning = TextArea(context.theme, 6)
        self.before = DokumentUppgifter(row.namn, row.beskrivning)
        self.show(self.before)
        sheet.add("namn", tr("Namn"), self.namn, required=True)
        sheet.add("beskrivning", tr("Beskrivning"), self.beskrivning)
        sheet.start()
        # Without the ending: it stays what it is.
        self.namn.setSelection(0, max(0, len(row.namn) - len(ending(row.namn)) - 1))

    def read(self) -> Reading[DokumentUppgifter]:
        """What the fields say."""
        namn = self.namn.value()
        if not namn:
            return Reading(None, missing={"namn": tr("Skriv vad dokumentet heter.")})
        return Reading(DokumentUppgifter(namn, self.beskrivning.value()))

    def show(self, values: DokumentUppgifter) -> bool:
        """Fill the fields."""
        self.namn.setText(values.namn)
        self.beskrivning.setPlainText(values.beskrivning)
        return True

    def find(self, session: Session, values: DokumentUppgifter) -> Sequence[Finding]:
        """What the register says of the values."""
        return check_dokument(session, self.context.aktor, self._id, values)

    def write(self, values: DokumentUppgifter) -> Saved | None:
        """Rename and describe."""
        return update_dokument(self.context.store, self.context.aktor, self._id, values, self.before)


def attach(over: QWidget, context: Context, card: Card, filer: Sequence[str] = ()) -> None:
    """Attach files, asked for where none are given; what could not be attached is told file by file."""
    paths = [Path(fil) for fil in filer] or _choose(over, context)
    if not paths:
        return
    deltagare_id = card.id

    def told(found: Bifogade) -> None:
        if found.nekade:
            context.messages.error(" ".join(found.nekade))
        if found.saved is not None:
            done = plural(found.antal, tr("fil är bifogad."), tr("filer är bifogade."))
            context.tell_done(done, found.saved.changes.handelse_id)

    def work(task: Task) -> Bifogade:
        moment = now(context)
        return attach_dokument(context.store, context.aktor, deltagare_id, paths, moment, task.progress)

    context.runner.run(
        Change(
            tr("Bifogar"),
            work,
            lambda found: touched(found.saved.changes if found.saved else None),
            done=told,
            failed=context.tell_failure,
            owner=over,
        )
    )


def open_copy(over: QWidget, context: Context, card: Card, row: DokumentRow, kopior: Kopior) -> None:
    """Open a read-only copy in the programme of the computer; what is changed there is not kept here."""

    def work(skal: str) -> Path:
        fil = read_kopia(context.store, context.aktor, row.id, Kopia.OPPNAD, skal)
        return kopior.write(fil.namn, fil.data)

    def done(path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            context.messages.info(tr("En kopia är öppnad. Ändringar i den sparas inte i registret."))
        else:
            fault = tr("Datorn har inget program som öppnar filen. Spara en kopia i stället.")
            context.messages.error(fault)

    _give_out(over, context, card, work, done)


def save_copy(over: QWidget, context: Context, card: Card, row: DokumentRow) -> None:
    """Save a copy where the user says."""
    folder = context.settings.get(SAVE_FOLDER, str(Path.home()))
    end = ending(row.namn)
    kind = f"{tr(describe_typ(row.typ))} (*.{end})"
    chosen, _ = QFileDialog.getSaveFileName(over, tr("Spara kopia som"), str(Path(folder) / row.namn), kind)
    if not chosen:
        return
    path = Path(chosen) if ending(chosen) == end else Path(f"{chosen}.{end}")
    context.settings.set(SAVE_FOLDER, str(path.parent))

    def work(skal: str) -> Fil:
        fil = read_kopia(context.store, context.aktor, row.id, Kopia.SPARAD, skal)
        write_file(path, lambda stream: stream.write(fil.data))
        return fil

    def done(_fil: Fil) -> None:
        context.messages.done(f"{tr('Kopian är sparad som')} {path.name}.")

    _give_out(over, context, card, work, done)


def _give_out(
    over: QWidget, context: Context, card: Card, work: Callable[[str], T], done: Callable[[T], None]
) -> None:
    """Do it on the worker; of a protected person with a reason, asked for first."""

    def run(skal: str) -> None:
        # The log of the card tells that a copy was made.
        context.runner.run(
            Change(
                tr("Hämtar dokumentet"),
                lambda _task: work(skal),
                lambda _done: {f"deltagare:{card.id}"},
                done=done,
                failed=context.tell_failure,
                owner=over,
            )
        )

    if card.skyddad == "nej":
        run("")
        return
    SkalDialog(context.theme, tr("Skyddade personuppgifter"), tr("Hämta dokumentet"), run, over).open()


def _choose(over: QWidget, context: Context) -> list[Path]:
    known = " ".join(f"*.{end}" for end in FILTYPER)
    folder = context.settings.get(FOLDER, str(Path.home()))
    kinds = f"{tr('Filer som kan bifogas')} ({known})"
    chosen, _ = QFileDialog.getOpenFileNames(over, tr("Bifoga filer"), folder, kinds)
    if chosen:
        context.settings.set(FOLDER, str(Path(chosen[0]).parent))
    return [Path(path) for path in chosen]
