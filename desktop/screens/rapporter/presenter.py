"""The screen Rapporter: makes the report chosen, draws its pages, saves it."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QMenu, QWidget

from db.errors import KnownError
from db.rules.period import PeriodError, default_per, parse_period
from db.rules.plan import follow_up_period
from desktop.context import Context
from desktop.formatting import full_date
from desktop.i18n import tr
from desktop.paper import draw_page
from desktop.report_service import list_reports
from desktop.runner import Query, Task
from desktop.screens.rapporter import remembered
from desktop.screens.rapporter.choices import (
    UPPFOLJNING,
    list_follow_ups,
    make_due,
    make_gallery,
    period_name,
)
from desktop.screens.rapporter.drawing import Printed, make_printed
from desktop.screens.rapporter.kommentar import Kommentar
from desktop.screens.rapporter.oppna import VisaRapport
from desktop.screens.rapporter.people import may_open, show_people_of
from desktop.screens.rapporter.utlamning import Utlamning
from desktop.screens.rapporter.valbart import Valbart, read_valbart
from desktop.screens.rapporter.view import RapporterView
from desktop.screens.words import first_lower
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
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
        narrowed = frozenset(namn for namn, spec in self._specs.items() if spec.urval)
        self.view = RapporterView(context.theme, make_gallery(list_reports()), context.today, narrowed)
        self.setLayout(column(self.view, spacing=0))
        self.view.wanted.connect(self.refresh)
        self.view.preview.page_wanted.connect(self._draw)
        self._kommentar = Kommentar(context, self.view.innehall)
        self._utlamning = Utlamning(context, self, self.refresh)
        self.view.save_pdf.connect(partial(self._save, "pdf"))
        self.view.save_excel.connect(partial(self._save, "xlsx"))
        self.view.send.connect(self._send)
        self.view.picked.connect(self._recall)
        self.view.gallery.due_wanted.connect(self._follow_up)
        self.view.numbers.may_open = may_open
        self.view.numbers.nobody.connect(self._context.messages.info)
        self.view.numbers.people_wanted.connect(self._show_people)
        self.view.more.clicked.connect(self._open_more)
        self.beside = self.view.right
        self._asked = False
        last = context.settings.get(remembered.LAST, "")
        if last in self._specs:
            self.view.choose(last)
        self._recall()

    def open(self, argument: object) -> None:
        """Make the report at the first visit, or the one named."""
        name = argument.namn if isinstance(argument, VisaRapport) else argument
        named = name in self._specs
        if named:
            self.view.choose(str(name))
            self._recall()
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
        read = partial(read_valbart, context=self._context)
        self._context.runner.run(Query("rapport-valbart", read, self._show_valbart, owner=self))
        remembered.save(self._context.settings, view.report, view.chosen())
        view.set_told(self._specs[view.report].beskrivning)
        errors = self._find_errors()
        view.show_errors(errors)
        if errors:
            self._explain(tr("Rapporten kan inte göras."), tr("Rätta fältet som är markerat."))
            return
        if self.printed is None:
            view.preview.show_message(tr("Rapporten görs…"))
        view.foot.set_ready(tr("Rapporten görs just nu."))
        self._kommentar.choose(view.report, view.period_text())
        work = partial(
            make_printed,
            context=self._context,
            namn=view.report,
            period=view.period_text(),
            jamfor=view.compare_text() or None,
            per=view.per.value(),
            plan=view.plan_kod(),
            tillval=view.tillval(),
            kommentar=self._kommentar.value(),
        )
        self._context.runner.run(
            Query("rapport", work, self._show, failed=self._failed, owner=self, title=tr("Gör rapporten"))
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """What is written does not wait for the user to come back."""
        super().hideEvent(event)
        self._kommentar.keep()

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

    def _show(self, printed: Printed) -> None:
        self.printed = printed
        rapport = printed.rapport
        name = rapport.period_namn
        self.view.preview.set_document(f"{rapport.titel}, {first_lower(name)}", printed.paper.pages)
        self.view.numbers.show_report(rapport)
        self.view.foot.show_hidden(printed.hidden)
        self.view.innehall.show_report(rapport, printed.fardig.delar)
        self._kommentar.show(*printed.kommentar)
        self.view.foot.set_ready("")
        self._draw()

    def _failed(self, error: KnownError) -> None:
        self._explain(error.message, "")

    def _explain(self, fact: str, advice: str) -> None:
        self.printed = None
        self.view.preview.set_document("", 0)
        self.view.preview.show_message(fact, advice)
        self.view.numbers.clear()
        self.view.foot.set_ready(tr("Det finns ingen rapport att spara."))

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

    def _show_people(self, rad_id: str, kon: str) -> None:
        """Those behind a number of the report shown."""
        if self.printed is not None:
            open_card = lambda deltagare_id: self.navigate.emit(Location("kort", deltagare_id))  # noqa: E731
            show_people_of(self, self._context, self.printed.rapport, rad_id, kon, open_card)

    def _show_valbart(self, valbart: Valbart) -> None:
        planer = valbart.planer
        self.view.set_planer([(plan.kod, f"{plan.kommun} {plan.ar}") for plan in planer])
        self.view.set_follow_ups(list_follow_ups(planer, self._context.today()))
        self.view.gallery.show_due(make_due(valbart.hjul))
        self.view.urval.set_val(valbart.val)

    def _follow_up(self, kod: str, period: str) -> None:
        """The follow-up that the årshjul asks for."""
        self.view.choose(UPPFOLJNING)
        self.view.choose_period(follow_up_period(period).text)
        self.view.plan.set_value(kod)
        self.refresh()

    def _recall(self) -> None:
        """The period and comparison that this report was last made for."""
        self.view.set_remembered(remembered.load(self._context.settings, self.view.report))

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        icon = self._context.theme.icon
        menu.addAction(icon("list"), tr("Allt till nämnden…")).triggered.connect(self.open_paket)
        meeting = menu.addAction(icon("calendar"), tr("Sammanträde och diarienummer…"))
        meeting.triggered.connect(self.write_meeting)
        meeting.setEnabled(self.printed is not None)
        freeze = menu.addAction(icon("lock"), tr("Frys rapporten…"))
        freeze.triggered.connect(self.freeze)
        freeze.setEnabled(self.printed is not None)
        menu.addAction(icon("badge-check"), tr("Frysta rapporter…")).triggered.connect(self.show_frozen)
        more = self.view.more
        menu.popup(more.mapToGlobal(QPoint(0, more.height())))
        menu.setActiveAction(menu.actions()[0])

    def write_meeting(self) -> None:
        """When the nämnd gets the report shown, and under which number."""
        from desktop.screens.rapporter.behandling import BehandlingDialog

        if self.printed is not None:
            dialog = BehandlingDialog(self._context, self.printed.fardig, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def freeze(self) -> None:
        """Make the report shown final."""
        from desktop.screens.rapporter.frysta import FrysDialog

        if self.printed is not None:
            dialog = FrysDialog(self._context, self.printed.fardig, self, self.refresh)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def show_frozen(self) -> None:
        """Reports made final: approve, print again, see what has changed since."""
        from desktop.screens.rapporter.frysta import FrystaDialog

        dialog = FrystaDialog(self._context, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        return (
            Hit(tr("Allt till nämnden…"), self.open_paket, "", "list"),
            Hit(tr("Sammanträde och diarienummer…"), self.write_meeting, "", "calendar"),
            Hit(tr("Frys rapporten…"), self.freeze, "", "lock"),
            Hit(tr("Frysta rapporter…"), self.show_frozen, "", "badge-check"),
        )

    def open_paket(self) -> None:
        """Many reports of the period and comparison chosen, in one go."""
        from desktop.screens.rapporter.paket import Uppdrag
        from desktop.screens.rapporter.paket_dialog import open_paket

        view = self.view
        if self._find_errors():
            self.refresh()
            return
        given = Uppdrag(
            (), view.period_text(), view.compare_text(), view.per.value(), (), Path(), view.plan.value()
        )
        words = f"{tr('Period')}: {view.period.currentText()}"
        if given.jamfor:
            words += f". {tr('Jämförelse')}: {period_name(given.jamfor)}"
        given = replace(given, utan={n: remembered.load_utan(self._context.settings, n) for n in self._specs})
        items = [i for i in make_gallery(list_reports()) if given.plan or i.namn != UPPFOLJNING]
        open_paket(self._context, items, given, f"{words}.", self)

    def _send(self) -> None:
        if self.printed is not None:
            self._utlamning.send(self.printed)

    def _save(self, form: str) -> None:
        if self.printed is not None:
            self._utlamning.save(self.printed, form, self.view.period_text())


def _draw(_task: Task, *, pdf: bytes, page: int, zoom: float, ratio: float) -> QImage:
    return draw_page(pdf, page, zoom, ratio)


def _show_page(view: RapporterView, zoom: float, image: QImage) -> None:
    view.preview.show_page(image, zoom)
