"""The screen Importera: tries a workbook, imports it, and takes imports back."""

from collections.abc import Callable, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import CancelledError, KnownError
from db.exchange.outcome import Granskning, Importresultat
from desktop.context import Context, touched
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.runner import Change, Progress, Query, Task
from desktop.screens.importera.columns import FelRow
from desktop.screens.importera.view import ImporteraView, suggest_fault_file
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column
from desktop.widgets.dialog import confirm

if TYPE_CHECKING:
    from db.exchange.importing import ImportRow

T = TypeVar("T")
THOUSANDTHS = 1000
WORKBOOKS = "Arbetsböcker (*.xlsx)"
EVERYTHING = frozenset({"deltagare:0", "insats:0", "import:0"})  # an import may concern any screen


class ImporteraScreen(Screen):
    """Nothing is written before the user has seen what the file holds."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._path = ""
        self._task: Task | None = None
        self.view = ImporteraView(context.theme, context.settings)
        self.setLayout(column(self.view, spacing=0))
        self._connect()

    def open(self, argument: object) -> None:
        """Show what was imported before; with a path, try that workbook at once."""
        if isinstance(argument, str):
            self.try_file(argument)
        elif self._task is None and not self._path:
            self.refresh()

    def concerns(self, touched: Set[str]) -> bool:
        """While the list is shown, any change: it may take an import back."""
        return bool(touched) and not self._path and self._task is None

    def refresh(self) -> None:
        """Ask for the list again."""
        self._context.runner.run(Query("importer", self._list, self.view.show_choosing, owner=self))

    def try_file(self, path: str) -> None:
        """Check a workbook and show what it would do."""
        self._path = path
        self._start(tr("Kontrollerar arbetsboken"), partial(self._preview, path), self._show_preview)

    def _connect(self) -> None:
        view = self.view
        view.choose.connect(self._choose)
        view.dropped.connect(self.try_file)
        view.template.connect(self._save_template)
        view.accept.connect(lambda: self._import(None))
        view.accept_without.connect(self._import_without)
        view.cancel.connect(self._cancel)
        view.undo.connect(self._ask_undo)
        view.imports_table.copied.connect(self._copied)
        view.faults_table.copied.connect(self._copied_faults)
        self._context.runner.progressed.connect(self._progressed)

    def _start(self, title: str, work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        """Trying changes nothing, but a newer query must not drop it: it runs as a change does."""
        self.view.fail("")
        self.view.show_working(title)
        self._task = self._context.runner.run(
            Change(title, work, _nothing, partial(self._finish, done), failed=self._failed, owner=self)
        )

    def _finish(self, done: Callable[[T], None], value: T) -> None:
        self._task = None
        done(value)

    def _failed(self, error: KnownError) -> None:
        self._task, self._path = None, ""
        self.view.fail("" if isinstance(error, CancelledError) else error.message)
        if isinstance(error, CancelledError):
            self._context.messages.info(error.message)
        self.refresh()

    def _progressed(self, progress: Progress) -> None:
        if self._task is not None:
            self.view.show_progress(progress.done, progress.total)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _copied(self, rows: "list[ImportRow]") -> None:
        self._context.log_import_copy([row.id for row in rows], tr("Tidigare importer"), self)
        self._context.tell_copied(len(rows))

    def _copied_faults(self, rows: list[FelRow]) -> None:
        vad = f"{tr('Fel i filen')} {Path(self._path).name}"
        self._context.log_import_copy((), vad, self)
        self._context.tell_copied(len(rows))

    def _choose(self) -> None:
        folder = str(Path(self._path).parent) if self._path else str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, tr("Välj en arbetsbok"), folder, WORKBOOKS)
        if path:
            self.try_file(path)

    def _preview(self, path: str, task: Task) -> Granskning:
        from db.exchange.importing import preview

        found = preview(self._context.store, self._context.aktor, path, _tell(task))
        task.check()  # cancelled at the last moment is cancelled all the same
        return found

    def _show_preview(self, found: Granskning) -> None:
        self.view.show_preview(found)

    def _import_without(self) -> None:
        suggested = suggest_fault_file(self._path)
        path, _ = QFileDialog.getSaveFileName(self, tr("Spara felraderna"), suggested, WORKBOOKS)
        if path:
            self._import(path if Path(path).suffix else f"{path}.xlsx")

    def _import(self, fault_file: str | None) -> None:
        self._start(tr("Läser in arbetsboken"), partial(self._write, self._path, fault_file), self._imported)

    def _write(self, path: str, fault_file: str | None, task: Task) -> Importresultat:
        from db.exchange.importing import import_workbook

        return import_workbook(
            self._context.store, self._context.aktor, path, _tell(task), skip_file=fault_file
        )

    def _imported(self, result: Importresultat) -> None:
        if result.import_id is None or result.handelse_id is None:
            # The register changed since the file was tried: look again.
            self.try_file(self._path)
            return
        self._path = ""
        rows = result.antal.nya + result.antal.andrade
        told = f"{plural(rows, 'rad', 'rader')} {tr('lästes in')}."
        if result.felfil:
            left = number(result.antal.hoppade)
            told += f" {left} {tr('rader lämnades och finns i')} {Path(result.felfil).name}."
        self._context.tell_done(told, result.handelse_id)
        self._tell_others()

    def _ask_undo(self, row: "ImportRow | None") -> None:
        if row is None or row.angrad:
            return
        text = tr("Nya rader tas bort och ändrade rader får tillbaka sina gamla värden.")
        title = f"{tr('Ångra importen av')} {row.filnamn}?"
        if confirm(self._context.theme, title, text, tr("Ångra importen"), danger=True, parent=self.window()):
            self._undo(row)

    def _undo(self, row: "ImportRow") -> None:
        context = self._context

        def work(task: Task) -> frozenset[str]:
            from db.exchange.importing import angra_import

            return touched(angra_import(context.store, context.aktor, row.id, _tell(task)))

        self._start(tr("Ångrar importen"), work, lambda _touched: self._undone())

    def _undone(self) -> None:
        self._path = ""
        self._context.messages.done(tr("Importen är ångrad."))
        self._tell_others()

    def _tell_others(self) -> None:
        self._context.runner.changed.emit(EVERYTHING, self)

    def _save_template(self) -> None:
        from db.places import data_folder

        folder = data_folder() if data_folder().is_dir() else Path.home()
        suggested = str(folder / "mall.xlsx")
        path, _ = QFileDialog.getSaveFileName(self, tr("Spara en tom mall"), suggested, WORKBOOKS)
        if path:
            self._context.runner.run(
                Change(
                    tr("Sparar mallen"),
                    partial(_write_template, path if Path(path).suffix else f"{path}.xlsx"),
                    _nothing,
                    done=lambda name: self._context.messages.done(f"{tr('Mallen är sparad')}: {name}"),
                    failed=self._context.tell_failure,
                    owner=self,
                )
            )

    def _list(self, _task: Task) -> "tuple[ImportRow, ...]":
        from db.exchange.importing import list_imports

        with self._context.store.read(self._context.aktor) as session:
            return list_imports(session, self._context.aktor)


def _nothing(_value: object) -> frozenset[str]:
    return frozenset()


def _tell(task: Task) -> Callable[[float, str], None]:
    """The exchange's progress as the runner's; stops the work where the user cancelled."""
    return lambda share, _text: task.progress(round(THOUSANDTHS * share), THOUSANDTHS)


def _write_template(path: str, _task: Task) -> str:
    from db.exchange.template import write_template

    write_template(path)
    return Path(path).name
