"""Rapporter: gallery, what to report on, and the page as it will be printed. Asks nobody."""

from collections.abc import Callable, Sequence, Set
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.i18n import tr
from desktop.reports.innehall import Tillval
from desktop.screens.rapporter import choices
from desktop.screens.rapporter.choices import ReportItem
from desktop.screens.rapporter.fot import Fot
from desktop.screens.rapporter.gallery import Gallery
from desktop.screens.rapporter.innehall import InnehallView
from desktop.screens.rapporter.remembered import Valt
from desktop.screens.rapporter.siffror import SiffrorView
from desktop.screens.rapporter.urval import UrvalView
from desktop.theme import Theme
from desktop.widgets.boxes import column, row, scrolled
from desktop.widgets.button import IconButton
from desktop.widgets.choice import Segmented
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, FieldBox, TextField
from desktop.widgets.preview import Preview
from desktop.widgets.text import Text

FOLDS_BELOW = 860  # design px of the page, below which the gallery becomes a choice
PAGES, NUMBERS = "sidor", "siffror"
LOW = 460  # design px of the page, below which what is hidden is told among the fields
PAUSE = 250  # ms of silence before the report is made anew


class RapporterView(QWidget):
    """`wanted` when another report should be made, the other signals for what is to be done with the one
    shown; `picked` when the user has chosen something worth remembering."""

    wanted = Signal()
    picked = Signal()
    save_pdf = Signal()
    save_excel = Signal()
    send = Signal()

    def __init__(
        self,
        theme: Theme,
        items: Sequence[ReportItem],
        today: Callable[[], date],
        narrowed: Set[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # May be given the focus when the screen is opened, without being a stop on the way of Tab.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme, self._items = theme, {item.namn: item for item in items}
        self._narrowed = narrowed  # reports that count people, and can count some of them
        self.report, self._filling = items[0].namn, False
        self.gallery, self.preview = Gallery(theme, items), Preview(theme)
        self.which: ComboField[str] = ComboField(theme, [(i.namn, i.titel) for i in items], "file-text")
        self.title, self.told = Text("", "panel").wrapped(), Text("", "body", "text2").wrapped()
        self._standard, self._follow_ups = choices.list_periods(today()), choices.Choices()
        self.period: ComboField[str] = ComboField(theme, self._standard, "calendar")
        self.own_period = TextField(40, "2026-01-01..2026-08-31")
        self.compare: ComboField[str] = ComboField(theme, choices.comparison_choices(None), "history")
        self.own_compare = TextField(40, "2025-01-01..2025-08-31")
        self.per = DateField(theme, today)
        self._which = FieldBox(theme, tr("Rapport"), self.which)
        self.plan: ComboField[str] = ComboField(theme, [], "target")
        self.boxes = {
            "plan": FieldBox(theme, tr("Plan"), self.plan),
            "period": FieldBox(theme, tr("Period"), self.period),
            "egen_period": FieldBox(
                theme, tr("Egen period"), self.own_period, tr("Till exempel 2026-T1 eller 2026-06.")
            ),
            "jamforelse": FieldBox(theme, tr("Jämförelse"), self.compare),
            "egen_jamforelse": FieldBox(theme, tr("Egen jämförelseperiod"), self.own_compare),
            "per": FieldBox(theme, tr("Bedöms den dag"), self.per),
        }
        self.urval, self.innehall = UrvalView(theme), InnehallView(theme)
        self.foot = Fot(theme)
        self.hidden, self.excel = self.foot.hidden, self.foot.excel
        self.print, self.pdf = self.foot.print, self.foot.pdf
        self.mode = Segmented(theme, tr("Visa"), [(PAGES, tr("Sidor")), (NUMBERS, tr("Siffror"))])
        self.numbers = SiffrorView(theme)
        self.right = QStackedWidget()
        self.more = IconButton(theme, "ellipsis", tr("Mer"))
        self._low = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay_out()
        self._connect()
        self.choose(self.report)

    def choose(self, name: str) -> None:
        """Another report, without telling."""
        self.report = name
        self.gallery.set_chosen(name)
        self._filling = True
        self.which.set_value(name)
        self._fill_periods(self.period.value() or "")
        self._filling = False
        self.title.setText(self._items[name].titel)

    def choose_period(self, text: str) -> None:
        """Another period, without telling; what is no period is one's own to correct."""
        self._filling = True
        self._fill_periods(text)
        if self.period.value() != text:
            self.period.set_value(choices.OWN)
            self.own_period.setText(text)
        self._filling = False
        self._show_own()

    def set_planer(self, planer: Sequence[tuple[str, str]]) -> None:
        """The plans that can be followed up, (kod, words); the one chosen stays."""
        chosen = self.plan.value()
        self._filling = True
        self.plan.set_items(planer)
        self.plan.set_value(chosen if chosen in dict(planer) else planer[0][0] if planer else None)
        self._filling = False
        self._show_own()

    def set_follow_ups(self, follow_ups: choices.Choices) -> None:
        """The follow-ups that can be made, for the report that makes them; the period chosen stays."""
        self._follow_ups = follow_ups
        self._filling = True
        self._fill_periods(self.period.value() or "")
        self._filling = False

    def plan_kod(self) -> str | None:
        """The plan to follow up; None for other reports, and where there is none to choose."""
        return self.plan.value() if self.report == choices.UPPFOLJNING else None

    def set_told(self, text: str) -> None:
        """What the report chosen tells of."""
        self.told.setText(text)

    def period_text(self) -> str:
        """The period chosen, as the contract writes it."""
        chosen = self.period.value() or ""
        return self.own_period.value() if chosen == choices.OWN else chosen

    def compare_text(self) -> str:
        """The comparison chosen, empty for none; a follow-up compares as its plan does."""
        if self.report == choices.UPPFOLJNING:
            return ""
        chosen = self.compare.value()
        if chosen == choices.YEAR_BEFORE:
            period = choices.read_period(self.period_text())
            return period.previous_year().text if period else ""
        return self.own_compare.value() if chosen == choices.OWN else ""

    def show_errors(self, errors: dict[str, str]) -> None:
        """At the fields."""
        for name, box in self.boxes.items():
            box.set_error(errors.get(name, ""))

    def set_remembered(self, valt: Valt) -> None:
        """What was last chosen for the report, as far as it can still be chosen; without telling."""
        self._filling = True
        self.own_period.setText(valt.egen)
        self.own_compare.setText(valt.egen_jamforelse)
        self._fill_periods(valt.period)
        self.compare.set_value(valt.jamforelse)
        self.innehall.set_utan(valt.utan.split())
        self.urval.set_value(valt.enhet, valt.malgrupp)
        self._filling = False
        self._show_own()

    def chosen(self) -> Valt:
        """What is chosen now."""
        period, compare = self.period.value() or "", self.compare.value() or ""
        utan = " ".join(self.innehall.utan())
        return Valt(
            period, self.own_period.value(), compare, self.own_compare.value(), utan, *self.urval.value()
        )

    def tillval(self) -> Tillval:
        """What of the report is printed, and whom it counts: everybody where it cannot be narrowed."""
        enhet, malgrupp = self.urval.value() if self.report in self._narrowed else ("", "")
        return Tillval(self.innehall.utan(), enhet=enhet, malgrupp=malgrupp)

    def shows_numbers(self) -> bool:
        """Whether the numbers are shown rather than the pages."""
        return self.right.currentWidget() is self.numbers

    def focus_filter(self) -> None:
        """Ctrl+F: the search of the gallery, or the choice that stands for it."""
        search = self.gallery.search
        (self.which if self.gallery.isHidden() else search).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page to look at has its room first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        narrow, low = self.width() < px(FOLDS_BELOW), self.height() < px(LOW)
        self._middle.setFixedWidth(self._theme.size("report_parameters"))
        self.gallery.setVisible(not narrow)
        self._which.setVisible(narrow)
        self.title.setVisible(not narrow)
        if low != self._low:
            self._low = low
            foot = self.foot.inner
            here, there = (foot, self._fields) if low else (self._fields, foot)
            here.removeWidget(self.hidden)
            there.insertWidget(there.count() - 1 if low else 0, self.hidden)

    def _lay_out(self) -> None:
        head = row(self.title, self.more, spacing=6)
        head.setStretch(0, 1)
        head.setAlignment(self.more, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._fields = column(
            self._which,
            head,
            self.told,
            self.mode,
            4,
            *self.boxes.values(),
            self.urval,
            self.innehall,
            0,
            spacing=8,
            margins=(18, 16, 18, 8),
        )
        self._middle = QWidget()
        layout = column(scrolled(self._fields), self.foot, spacing=0)
        layout.setStretch(0, 1)
        self._middle.setLayout(layout)
        self.right.addWidget(self.preview)
        self.right.addWidget(self.numbers)
        whole = row(self.gallery, self._middle, self.right, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._theme.changed.connect(self._fit)
        self._fit()
        self._show_own()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.wanted)
        self.gallery.chosen.connect(self._chosen)
        self.which.currentIndexChanged.connect(self._which_changed)
        self.period.currentIndexChanged.connect(self._changed)
        self.compare.currentIndexChanged.connect(self._changed)
        self.plan.currentIndexChanged.connect(self._changed)
        self.own_period.textEdited.connect(lambda _text: self._pause.start())
        self.own_compare.textEdited.connect(lambda _text: self._pause.start())
        self.urval.changed.connect(self._pause.start)
        self.innehall.changed.connect(self._pause.start)
        self.innehall.written.connect(self._pause.start)
        self.per.value_changed.connect(lambda _value: self._pause.start())
        self.per.line.textEdited.connect(lambda _text: self._pause.start())
        self.pdf.clicked.connect(self.save_pdf)
        self.excel.clicked.connect(self.save_excel)
        self.print.clicked.connect(self.send)
        self.mode.chosen.connect(self._turn)

    def _chosen(self, name: str) -> None:
        self.choose(name)
        self.preview.page = 0
        self.picked.emit()
        self.wanted.emit()

    def _turn(self, key: str) -> None:
        self.right.setCurrentWidget(self.numbers if key == NUMBERS else self.preview)

    def _which_changed(self, _index: int) -> None:
        name = self.which.value()
        if name is not None and not self._filling:
            self._chosen(name)

    def _changed(self, _index: int) -> None:
        if self._filling:
            return
        self._show_own()
        self._pause.start()

    def _fill_periods(self, wanted: str) -> None:
        """The periods worth choosing for the report, and of them the one wanted, else the first."""
        periods = choices.offer_periods(self.report, self._standard, self._follow_ups, wanted)
        self.period.set_items(periods)
        self.period.set_value(wanted if wanted in dict(periods) else periods[0][0])

    def _show_own(self) -> None:
        follows = self.report == choices.UPPFOLJNING
        self.boxes["plan"].setVisible(follows and self.plan.count() > 1)
        self.boxes["jamforelse"].setVisible(not follows)
        self.urval.setVisible(self.report in self._narrowed)
        self.boxes["egen_period"].setVisible(self.period.value() == choices.OWN)
        self.boxes["egen_jamforelse"].setVisible(self.compare.value() == choices.OWN and not follows)
        # The words follow the period; the choice is still the same.
        self._filling = True
        self.compare.set_items(choices.comparison_choices(choices.read_period(self.period_text())))
        self._filling = False
