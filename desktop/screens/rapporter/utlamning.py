"""What leaves the program from Rapporter: files and paper, remembered before they are handed over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.errors import ConflictError, KnownError
from db.rules.text import slug
from desktop.context import Context
from desktop.i18n import tr
from desktop.report_service import hand_over, hand_over_files
from desktop.runner import Change, Task
from desktop.screens.rapporter.drawing import Printed, make_form

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

T = TypeVar("T")
FOLDER = "rapporter/mapp"
KINDS = {"pdf": "Pdf (*.pdf)", "xlsx": "Arbetsböcker (*.xlsx)"}


class Utlamning:
    """Asks over `over` where a report is to go, and hands it over; `outdated` is called where another print
    has come out since it was made, which it must be hidden against."""

    def __init__(self, context: Context, over: QWidget, outdated: Callable[[], None]) -> None:
        self._context, self._over, self._outdated = context, over, outdated

    def send(self, printed: Printed) -> None:
        """Ask which printer, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(printed.rapport.titel)
        if QPrintDialog(printer, self._over).exec() == QDialog.DialogCode.Accepted:
            self._run(
                tr("Skriver ut rapporten"),
                partial(self._print, printed, printer),
                lambda _none: tr("Utskriften är skickad till skrivaren."),
            )

    def save(self, printed: Printed, form: str, period: str) -> None:
        """Ask where, and save as `form` (pdf or xlsx); `period` is a part of the name offered."""
        name = f"{slug(printed.rapport.titel)}_{slug(period)}.{form}"
        folder = self._context.settings.get(FOLDER, str(Path.home()))
        path, _ = QFileDialog.getSaveFileName(
            self._over, tr("Spara rapporten"), str(Path(folder) / name), tr(KINDS[form])
        )
        if not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.{form}")
        self._context.settings.set(FOLDER, str(target.parent))
        self._run(
            tr("Sparar rapporten"),
            partial(self._write, printed, target),
            lambda saved: f"{tr('Sparad')}: {saved.name}",
        )

    def _run(self, title: str, work: Callable[[Task], T], words: Callable[[T], str]) -> None:
        done = lambda value: self._context.messages.done(words(value))  # noqa: E731
        change = Change(title, work, lambda _v: frozenset(), done=done, failed=self._failed, owner=self._over)
        self._context.runner.run(change)

    def _write(self, printed: Printed, target: Path, _task: Task) -> Path:
        content = printed.paper.pdf
        if target.suffix == ".xlsx":
            content = make_form(printed.rapport, "xlsx", printed.when)
        hand_over_files(self._context.store, self._context.aktor, printed.fardig, {target: content})
        return target

    def _print(self, printed: Printed, printer: "QPrinter", _task: Task) -> None:
        from desktop.screens.utskrift.printing import print_pages

        hand_over(self._context.store, self._context.aktor, printed.fardig, "papper")
        print_pages(printed.paper, printer)

    def _failed(self, error: KnownError) -> None:
        self._context.tell_failure(error)
        if isinstance(error, ConflictError):
            self._outdated()
