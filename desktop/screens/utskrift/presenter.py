"""Printing from the card: makes the pages while one chooses, logs, and saves or sends them to a printer."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.commands.visning import SHORTEST
from db.errors import DataError, KnownError
from db.queries import access
from db.queries.card import mask
from db.queries.card_rows import Card
from db.rules.text import slug
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.paper import Paper, draw_page, measure
from desktop.runner import Change, Query, Task
from desktop.screens.utskrift.content import SLAG, Underlag
from desktop.screens.utskrift.view import UtskriftView

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NARVARO_DAYS = 27  # four weeks with the day itself
FIRST = date(1900, 1, 1)


class UtskriftPresenter(QObject):
    """Lives as long as its dialog. A protected person is printed masked, and with a reason."""

    def __init__(self, over: QWidget, context: Context, card: Card, slag: str = "planering") -> None:
        protected = not access.is_open(card.skyddad)
        kinds = [(name, tr(kind.namn)) for name, kind in SLAG.items()]
        self.view = UtskriftView(context.theme, kinds, context.today, protected, over)
        super().__init__(self.view)
        self._context, self._protected = context, protected
        self._card = mask(card) if protected else card
        self.paper: Paper | None = None
        self._set_period(slag)
        self.view.what.set_value(slag)
        self.view.changed.connect(self._kind_changed)
        self.view.save.connect(self.save)
        self.view.send.connect(self.send)
        self.view.preview.page_wanted.connect(self._draw)
        self.view.finished.connect(self.view.deleteLater)
        self._kind = ""
        # What the pages are asked for, what they are of, and what is to be done as soon as they are there.
        self._wanted: tuple[str, date, date] | None = None
        self._made: tuple[str, date, date] | None = None
        self._waiting: Callable[[], None] | None = None
        self.view.open()
        self._kind_changed()

    @property
    def slag(self) -> str:
        """The name of what is to be printed."""
        return self.view.what.value() or "planering"

    def refresh(self) -> None:
        """Make the pages of what is chosen."""
        errors = self._find_errors()
        self.view.show_errors(errors)
        if errors:
            self._explain(tr("Rätta fältet som är markerat."))
            return
        wanted = (self.slag, *self._period())
        if wanted == self._wanted:
            return
        self._wanted = wanted
        slag, fran, till = wanted
        work = partial(self._make, slag=slag, fran=fran, till=till)
        run = Query("utskrift", work, self._show, failed=self._failed, owner=self.view)
        self._context.runner.run(run)

    def save(self) -> None:
        """Ask where, log, and write the file."""
        if self._may_leave_the_program(self.save):
            name = "_".join(part for part in (self.slag, slug(self._arende())) if part)
            folder = self._context.settings.get("utskrift/mapp", str(Path.home()))
            suggested = str(Path(folder) / f"{name}.pdf")
            path, _ = QFileDialog.getSaveFileName(
                self.view, tr("Spara utskriften"), suggested, tr("Pdf (*.pdf)")
            )
            if path:
                target = Path(path if Path(path).suffix else f"{path}.pdf")
                self._context.settings.set("utskrift/mapp", str(target.parent))
                self._run(partial(self._write, target=target), f"{tr('Sparad')}: {target.name}")

    def send(self) -> None:
        """Ask which printer, log, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if not self._may_leave_the_program(self.send):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(tr("Egenväg"))
        if QPrintDialog(printer, self.view).exec() == QDialog.DialogCode.Accepted:
            self._run(partial(self._print, printer=printer), tr("Utskriften är skickad till skrivaren."))

    def _set_period(self, slag: str) -> None:
        today = self._context.today()
        start = today - timedelta(days=NARVARO_DAYS) if slag == "narvaro" else None
        self.view.fran.set_value(start)
        self.view.till.set_value(today if start else None)

    def _kind_changed(self) -> None:
        if self.slag != self._kind:
            self._kind = self.slag
            self.view.ask_period(SLAG[self._kind].period)
            self._set_period(self._kind)
        self.refresh()

    def _period(self) -> tuple[date, date]:
        """From the first inskrivning to today where nothing is written."""
        begun = min((i.inskriven for i in self._card.inskrivningar), default=self._context.today())
        planned = max((i.start for i in self._card.insatser), default=self._context.today())
        last = max(self._context.today(), planned)
        return self.view.fran.value() or begun, self.view.till.value() or last

    def _find_errors(self) -> dict[str, str]:
        view = self.view
        errors = {
            name: tr("Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre.")
            for name, field in (("fran", view.fran), ("till", view.till))
            if field.is_faulty()
        }
        fran, till = view.fran.value(), view.till.value()
        if not errors and fran and till and till < fran:
            errors["till"] = tr("Slutet är före början. Välj en senare dag.")
        return errors

    def _make(self, _task: Task, *, slag: str, fran: date, till: date) -> Paper:
        from db.queries.settings import load_settings
        from db.queries.utskrift import list_narvaro_dagar
        from desktop.reports.utskrift_pdf import write_utskrift

        context = self._context
        with context.store.read(context.aktor) as session:
            settings = load_settings(session, context.aktor)
            days = list_narvaro_dagar(session, context.aktor, self._card.id, fran, till)
        told = Underlag(self._card, context.today(), fran, till, days, settings.kommun, settings.demo)
        out = io.BytesIO()
        when = datetime.combine(context.today(), datetime.now().time())
        write_utskrift(SLAG[slag].make(told), out, utskrivet=when)
        return measure(out.getvalue())

    def _show(self, paper: Paper) -> None:
        self.paper, self._made = paper, self._wanted
        self.view.preview.set_document(tr(SLAG[self.slag].namn), paper.pages)
        self.view.set_ready("")
        self._draw()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _failed(self, error: KnownError) -> None:
        self._explain(error.message)

    def _explain(self, fact: str) -> None:
        self.paper = self._wanted = self._waiting = None
        self.view.preview.set_document("", 0)
        self.view.preview.show_message(fact)
        self.view.set_ready(tr("Det finns inget att skriva ut."))

    def _draw(self) -> None:
        if self.paper is None:
            return
        preview = self.view.preview
        zoom = preview.zoom(self.paper.page_width)
        work = partial(
            _draw, pdf=self.paper.pdf, page=preview.page, zoom=zoom, ratio=self.view.devicePixelRatioF()
        )

        def done(image: QImage) -> None:
            preview.show_page(image, zoom)

        self._context.runner.run(Query("utskriftssida", work, done, owner=self.view))

    def _may_leave_the_program(self, again: Callable[[], None]) -> bool:
        """Whether there are pages of what is chosen, and a reason; pages on their way call `again`."""
        if self.paper is None:
            return False
        if self._made != self._wanted:
            self._waiting = again
            return False
        if self._protected and len(self.view.skal.value()) < SHORTEST:
            self.view.show_errors({"skal": tr("Skriv varför uppgifterna behöver skrivas ut.")})
            self.view.skal.setFocus()
            return False
        return True

    def _run(self, deliver: "partial[None]", told: str) -> None:
        self.view.set_ready(tr("Utskriften görs just nu."))
        work = partial(self._log_and, deliver=deliver, slag=self.slag, skal=self.view.skal.value())
        self._context.runner.run(
            Change(
                tr("Skriver ut"),
                work,
                lambda changes: touched(changes),
                done=lambda _changes: self._delivered(told),
                failed=self._not_delivered,
                owner=self.view,
            )
        )

    def _log_and(self, _task: Task, *, deliver: "partial[None]", slag: str, skal: str) -> None:
        from db.commands.visning import log_utskrift

        # First the log: what could not be logged does not leave the program.
        log_utskrift(self._context.store, self._context.aktor, self._card.id, SLAG[slag].namn, skal)
        deliver()

    def _write(self, *, target: Path) -> None:
        from db.files import write_file

        assert self.paper is not None
        pdf = self.paper.pdf
        write_file(target, lambda out: out.write(pdf))

    def _print(self, *, printer: "QPrinter") -> None:
        from desktop.screens.utskrift.printing import print_pages

        assert self.paper is not None
        print_pages(self.paper, printer)

    def _delivered(self, told: str) -> None:
        self._context.messages.done(told)
        self.view.accept()

    def _not_delivered(self, error: KnownError) -> None:
        self.view.set_ready("")
        name = error.field if isinstance(error, DataError) else ""
        self.view.show_errors({name: error.message})

    def _arende(self) -> str:
        return self._card.arende.nummer if self._card.arende else ""


def _draw(_task: Task, *, pdf: bytes, page: int, zoom: float, ratio: float) -> QImage:
    return draw_page(pdf, page, zoom, ratio)
