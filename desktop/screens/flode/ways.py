"""Where people go: from the last steg over the latest insats to the result, as a flow diagram in a dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import KnownError
from db.queries.flode import list_vagar
from db.queries.flode_personer import Utvag
from db.queries.settings import load_settings
from db.queries.tavla import FlodeUrval
from desktop.charts.picture import Picture
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.bilder import bind_chart
from desktop.screens.flode.model import Span
from desktop.screens.flode.pictures import make_ways, name_of
from desktop.skarm_service import Underlag
from desktop.widgets.chart_view import ChartView
from desktop.widgets.dialog import Dialog

BESIDE = 64  # px of the window left free


class WaysDialog(Dialog):
    """`chosen` tells a title and the way whose people are wanted; the dialog closes."""

    chosen = Signal(str, object)

    def __init__(self, context: Context, span: Span, urval: FlodeUrval, parent: QWidget) -> None:
        super().__init__(context.theme, tr("Vart går de"), tr("Stäng"), parent=parent)
        self._context, self._span, self._urval = context, span, urval
        self.cancel.hide()
        self.action.clicked.connect(self.reject)
        self.chart = ChartView(context.theme)
        room, px = parent.window().size(), context.theme.px
        self.setMinimumWidth(min(px(1080), room.width() - BESIDE))
        self.chart.setMinimumHeight(min(px(520), room.height() - 3 * BESIDE))
        self.chart.chosen.connect(self._open)
        bind_chart(context, self.chart)
        self.body.addWidget(self.chart, 1)
        context.runner.run(Query("flode-vagar", self._read, self._show, failed=self._failed, owner=self))

    def _read(self, _task: Task) -> tuple[Picture, Underlag[Picture]]:
        context, span, till = self._context, self._span, min(self._span.till, self._context.today())
        with context.store.read(context.aktor) as session:
            vagar = list_vagar(session, span.fran, span.till, self._urval.villkor(span.till))
            troskel = load_settings(session, context.aktor).troskel
        return make_ways(vagar, span, till, troskel, self._urval)

    def _show(self, made: tuple[Picture, Underlag[Picture]]) -> None:
        shown, underlag = made
        self.chart.set_picture(shown, underlag=underlag)

    def _failed(self, error: KnownError) -> None:
        self.fail(error.message)

    def _open(self, key: str) -> None:
        parts = dict(part.split(":", 1) for part in key.split(">") if ":" in part)
        if parts:
            via = Utvag(parts.get("steg"), parts.get("insats"), parts.get("resultat"))
            title = " – ".join(name_of(kind, name) for kind, name in parts.items())
            self.accept()
            self.chosen.emit(title, via)
