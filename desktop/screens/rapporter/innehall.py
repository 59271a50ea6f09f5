"""What of a report is printed: parts to tick, what is always so, and the comment. Asks nobody."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.rules.delegation import has_number
from db.rules.figurer import Rapport
from desktop.i18n import tr
from desktop.reports.innehall import DIAGRAM, LONGEST, Del
from desktop.theme import Theme
from desktop.widgets.boxes import chain_tabs, clear_layout, column
from desktop.widgets.fields import FieldBox, TextArea
from desktop.widgets.text import Text
from desktop.widgets.wrapped_check import WrappedCheck


class InnehallView(QWidget):
    """`changed` when other parts are to be printed, `written` when the comment is another."""

    changed = Signal()
    written = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._delar: tuple[Del, ...] = ()
        self._utan: list[str] = []
        self._filling = False
        self.title = Text(tr("Innehåll"), "meta", "text2", 500)
        self.kon = WrappedCheck(theme, tr("Redovisa kvinnor och män"), tr("Krävs för nämnden"), locked=True)
        self.dolj = WrappedCheck(theme, "", tr("Skyddar enskilda"), locked=True)
        self.checks: dict[str, WrappedCheck] = {}
        self.kommentar = TextArea(theme, 3)
        self.kommentar_box = FieldBox(theme, tr("Kommentar till nämnden"), self.kommentar)
        self._parts = column(spacing=0)
        parts = column(self.title, self.kon, self.dolj, self._parts, spacing=2)
        self.setLayout(column(parts, self.kommentar_box, spacing=8))
        self.kommentar.textChanged.connect(self._written)
        for part in (self.title, self.kon, self.dolj):
            part.hide()

    def utan(self) -> tuple[str, ...]:
        """The parts that are left out, by what calls name them."""
        return tuple(self._utan)

    def set_utan(self, utan: Sequence[str]) -> None:
        """What was last left out of the report chosen, without telling."""
        self._utan = list(utan)
        self._tick()

    def show_report(self, rapport: Rapport, delar: tuple[Del, ...]) -> None:
        """What the report made could leave out; a report with one part has nothing to choose."""
        by_kon = any(rad.konsuppdelad for avsnitt in rapport.avsnitt for rad in avsnitt.rader)
        self.dolj.set_text(f"{tr('Dölj grupper under')} {rapport.troskel} {tr('personer')}")
        self.kon.setVisible(by_kon)
        self.dolj.setVisible(by_kon)
        delar = delar if len(delar) > 1 else ()
        self.title.setVisible(by_kon or bool(delar))
        if delar != self._delar:
            self._delar = delar
            self._fill()
        self._tick()

    def set_kommentar(self, text: str) -> None:
        """The comment that was kept, without telling."""
        self._filling = True
        if text != self.kommentar.toPlainText():
            self.kommentar.setPlainText(text)
        self._filling = False
        self._warn()

    def _fill(self) -> None:
        clear_layout(self._parts)
        self.checks = {}
        for del_ in self._delar:
            words = tr("Ta med diagram") if del_.nyckel == DIAGRAM else del_.rubrik
            check = WrappedCheck(self._theme, words)
            check.toggled.connect(partial(self._toggled, del_.nyckel))
            self.checks[del_.nyckel] = check
            self._parts.addWidget(check)
        chain_tabs(self.kon, self.dolj, *self.checks.values(), self.kommentar)

    def _tick(self) -> None:
        self._filling = True
        for nyckel, check in self.checks.items():
            check.setChecked(nyckel not in self._utan)
        self._filling = False

    def _toggled(self, nyckel: str, on: bool) -> None:
        if self._filling:
            return
        self._utan = [namn for namn in self._utan if namn != nyckel] + ([] if on else [nyckel])
        self.changed.emit()

    def _written(self) -> None:
        self._warn()
        if not self._filling:
            self.written.emit()

    def _warn(self) -> None:
        text = self.kommentar.value()
        self.kommentar_box.set_error(tr("Kommentaren är för lång. Korta den.") if len(text) > LONGEST else "")
        warning = tr("Personnummer tas bort i rapporten. Skriv utan dem.") if has_number(text) else ""
        self.kommentar_box.set_warning(warning)
