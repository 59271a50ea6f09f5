"""The screen Rapporter: makes the report chosen, draws its pages, saves it."""

from collections.abc import Set
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import KnownError
from db.rules.period import PeriodError, default_per, parse_period
from db.rules.text import slug
from desktop.context import Context
from desktop.formatting import full_date
from desktop.i18n import tr
from desktop.paper import draw_page
from desktop.report_service import list_reports, make_report
from desktop.runner import Change, Query, Task
from desktop.screens.rapporter.choices import make_gallery
from desktop.screens.rapporter.drawing import Printed, print_report
from desktop.screens.rapporter.oppna import VisaRapport
from desktop.screens.rapporter.view import RapporterView
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column

PERSONAL = {"oppnad", "uppskjuten", "utkast"}


class RapporterScreen(Screen):
    """`open` with the name of a report, or with a period too, or as it was left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._specs = {spec.namn: spec for spec in list_reports()}
        self.printed: Printed | None = None
        self.view = RapporterView(context.theme, make_gallery(list_reports()), context.today)
        self.setLayout(column(self.view, spacing=0))
        self.view.wanted.connect(self.refresh)
        self.view.preview.page_wanted.connect(self._draw)
        self.view.save_pdf.connect(self._save_pdf)
        self.view.save_excel.connect(self._save_excel)
        self.beside = self.view.preview
        self._asked = False

    def open(self, argument: object) -> None:
        """Make the report at the first visit, or the one named."""
        name = argument.namn if isinstance(argument, VisaRapport) else argument
        named = name in self._specs
        if named:
            self.view.choose(str(name))
        if isinstance(argument, VisaRapport):
            self.view.choose_period(argument.period)
        if named or not self._asked:
            self.refresh()
        self.view.setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Any change of the register may change a figure, save what staff keep for themselves."""
        return any(name.partition(":")[0] not in PERSONAL for name in touched)

    def refresh(self) -> None:
        """Make the report anew."""
        self._asked = True
        view = self.view
        view.set_told(self._specs[view.report].beskrivning)
        errors = self._find_errors()
        view.show_errors(errors)
        if errors:
            self._explain(tr("Rapporten kan inte göras."), tr("Rätta fältet som är markerat."))
            return
        if self.printed is None:
            view.preview.show_message(tr("Rapporten görs…"))
        view.set_ready(tr("Rapporten görs just nu."))
        work = partial(
            self._make,
            name=view.report,
            period=view.period_text(),
            compare=view.compare_text() or None,
            per=view.per.value(),
        )
        self._context.runner.run(
            Query("rapport", work, self._show, failed=self._failed, owner=self, title=tr("Gör rapporten"))
        )

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.view.focus_filter()

    def _find_errors(self) -> dict[str, str]:
        view = self.view
        errors = {}
        for name, text in (("egen_period", view.period_text()), ("egen_jamforelse", view.compare_text())):
            try:
                if text or name == "egen_period":
                    parse_period(text)
            except PeriodError as error:
                errors[name] = str(error)
        if view.per.is_faulty():
            errors["per"] = tr("Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre.")
        if "egen_period" not in errors:
            judged = default_per(parse_period(view.period_text()), self._context.today())
            view.boxes["per"].set_hint("" if view.per.value() else f"{tr('Tomt fält')}: {full_date(judged)}")
        return errors

    def _make(self, _task: Task, *, name: str, period: str, compare: str | None, per: date | None) -> Printed:
        context = self._context
        today = context.today()
        rapport = make_report(context.store, context.aktor, name, period, per=per, jamfor=compare, idag=today)
        return print_report(rapport, datetime.combine(today, datetime.now().time()))

    def _show(self, printed: Printed) -> None:
        self.printed = printed
        rapport = printed.rapport
        name = rapport.period_namn
        self.view.preview.set_document(f"{rapport.titel}, {name[:1].lower()}{name[1:]}", printed.paper.pages)
        self.view.show_hidden(printed.hidden)
        self.view.set_ready("")
        self._draw()

    def _failed(self, error: KnownError) -> None:
        self._explain(error.message, "")

    def _explain(self, fact: str, advice: str) -> None:
        self.printed = None
        self.view.preview.set_document("", 0)
        self.view.preview.show_message(fact, advice)
        self.view.set_ready(tr("Det finns ingen rapport att spara."))

    def _draw(self) -> None:
        if self.printed is None:
            return
        preview = self.view.preview
        zoom = preview.zoom(self.printed.paper.page_width)
        work = partial(
            _draw, pdf=self.printed.paper.pdf, page=preview.page, zoom=zoom, ratio=self.devicePixelRatioF()
        )
        done = partial(_show_page, self.view, zoom)
        self._context.runner.run(Query("rapportsida", work, done, owner=self))

    def _save_pdf(self) -> None:
        self._save("pdf", tr("Pdf (*.pdf)"))

    def _save_excel(self) -> None:
        self._save("xlsx", tr("Arbetsböcker (*.xlsx)"))

    def _save(self, ending: str, kinds: str) -> None:
        if self.printed is None:
            return
        rapport = self.printed.rapport
        name = f"{slug(rapport.titel)}_{slug(self.view.period_text())}.{ending}"
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Spara rapporten"), str(Path(self._folder()) / name), kinds
        )
        if not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.{ending}")
        self._context.settings.set("rapporter/mapp", str(target.parent))
        self._context.runner.run(
            Change(
                tr("Sparar rapporten"),
                partial(_write, self.printed, target),
                lambda _path: frozenset(),
                done=lambda saved: self._context.messages.done(f"{tr('Sparad')}: {saved.name}"),
                failed=self._context.tell_failure,
                owner=self,
            )
        )

    def _folder(self) -> str:
        return self._context.settings.get("rapporter/mapp", str(Path.home()))


def _draw(_task: Task, *, pdf: bytes, page: int, zoom: float, ratio: float) -> QImage:
    return draw_page(pdf, page, zoom, ratio)


def _show_page(view: RapporterView, zoom: float, image: QImage) -> None:
    view.preview.show_page(image, zoom)


def _write(printed: Printed, target: Path, _task: Task) -> Path:
    from db.files import write_file

    if target.suffix == ".xlsx":
        from desktop.reports.xlsx import write_xlsx

        write_file(target, lambda out: write_xlsx(printed.rapport, out))
    else:
        write_file(target, lambda out: out.write(printed.paper.pdf))
    return target
