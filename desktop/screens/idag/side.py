"""The side panel: the day's times, the user's people, and those opened last."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from db.queries.idag.oversikt import Oversikt, TidRow
from db.queries.oppnad import OppnadRow
from desktop.formatting import clock, number, relative_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import Card, chain_tabs, clear_layout, column, row
from desktop.widgets.button import IconButton
from desktop.widgets.figures import BarList, BarPair
from desktop.widgets.link_row import LinkRow
from desktop.widgets.text import IconLabel, Line, Text

FORM_ICONS = {"fysiskt": "users", "telefon": "phone", "digitalt": "monitor"}


class SidePanel(QWidget):
    """Context beside the list; `person_wanted` with an id, `mote_wanted` with ids of person and möte."""

    person_wanted = Signal(int)
    mote_wanted = Signal(int, int)
    pin_wanted = Signal(int, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = Text("", "body", weight=600)
        self.tider, self.people = (
            Card(theme, tr("Dagens tider")),
            Card(theme, tr("Mina deltagare"), self.count),
        )
        self.oppnade = Card(theme, tr("Senast öppnade"))
        self._tider, self._oppnade = QVBoxLayout(), QVBoxLayout()
        self._tider_stops: list[QWidget] = []
        self._oppnade_stops: list[QWidget] = []
        self._tider.setSpacing(2)
        self._oppnade.setSpacing(0)
        self.tider.body.addLayout(self._tider)
        self.oppnade.body.addLayout(self._oppnade)
        self.kon, self.steg = BarPair(theme), BarList(theme)
        self.egen = Text("", "meta", weight=600)
        self._fill_people()
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(column(self.tider, self.people, self.oppnade, 0, spacing=12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.setLayout(column(scroll, spacing=0))
        theme.changed.connect(self._themed)
        self._themed()

    def show_tider(self, rows: Sequence[TidRow], now: datetime) -> None:
        """The möten of the day with a line where the clock is."""
        clear_layout(self._tider)
        self._tider_stops.clear()
        if not rows:
            self._tider.addWidget(Text(tr("Inga möten idag."), "body", "text2"))
            return
        time = f"{now:%H:%M}"
        passed = sum(1 for mote in rows if mote.tid and mote.tid <= time)
        for place, mote in enumerate(rows):
            if place == passed:
                self._add_now(now)
            self._tider.addWidget(self._tid(mote, place < passed))
        if passed == len(rows):
            self._add_now(now)
        self._chain()

    def show_oversikt(self, oversikt: Oversikt) -> None:
        """The figures."""
        self.count.setText(number(oversikt.antal))
        self.kon.set_figures(oversikt.kvinnor, oversikt.man)
        self.steg.set_bars(oversikt.steg)
        self.egen.setText(number(oversikt.egen_forsorjning))
        self.egen.setAccessibleName(f"{tr('Till egen försörjning i år')}: {oversikt.egen_forsorjning}")

    def show_oppnade(self, rows: Sequence[OppnadRow], now: datetime) -> None:
        """People opened, pins first."""
        clear_layout(self._oppnade)
        self._oppnade_stops.clear()
        if not rows:
            self._oppnade.addWidget(Text(tr("Ingen öppnad ännu."), "body", "text2"))
        for opened in rows:
            self._oppnade.addLayout(self._opened(opened, now))
        self._chain()

    def _chain(self) -> None:
        chain_tabs(*self._tider_stops, *self._oppnade_stops)

    def _tid(self, mote: TidRow, passed: bool) -> QWidget:
        time = clock(*map(int, mote.tid.split(":"))) if mote.tid else "–"
        title = mote.syfte or tr("Möte")
        tolk = f"{tr('tolk')} {mote.tolk}" if mote.tolk else ""
        who = mote.person.namn if not mote.person.is_masked else f"{mote.person.namn} {mote.person.nummer}"
        under = " · ".join(part for part in (who, mote.plats, tolk) if part)
        icon = "languages" if mote.tolk else "map-pin" if mote.plats else FORM_ICONS[mote.form]
        icon = "x" if mote.uteblev else "check" if passed else icon
        missed = tr("uteblev") if mote.uteblev else ""
        line = LinkRow(
            self._theme, first_upper(title), " · ".join(p for p in (under, missed) if p), time, icon, passed
        )
        line.clicked.connect(lambda: self.mote_wanted.emit(mote.person.id, mote.mote_id))
        self._tider_stops.append(line)
        return line

    def _add_now(self, now: datetime) -> None:
        mark = Text(clock(now.hour, now.minute), "meta", "danger", 600)
        mark.setFixedWidth(self._theme.px(46))
        line = Line()
        line.setStyleSheet(f"background: {self._theme.colour('danger').name()};")
        line.setAccessibleName(tr("Nu"))
        self._tider.addLayout(row(mark, line, spacing=2))

    def _opened(self, opened: OppnadRow, now: datetime) -> QVBoxLayout:
        when = _when(opened.tid, now)
        line = LinkRow(self._theme, opened.namn, "", "", "", False, opened.steg, when)
        line.clicked.connect(lambda: self.person_wanted.emit(opened.deltagare_id))
        name = tr("Lossa") if opened.fast else tr("Fäst överst")
        pin = IconButton(self._theme, "x" if opened.fast else "pin", f"{name}: {opened.namn}", 20, 13)
        pin.clicked.connect(lambda: self.pin_wanted.emit(opened.deltagare_id, not opened.fast))
        self._oppnade_stops += [line, pin]
        parts: list[QWidget] = [line, pin]
        if opened.fast:
            parts.insert(0, IconLabel(self._theme, "pin", "accent_text", 13))
        layout = row(*parts, spacing=2)
        layout.setStretchFactor(line, 1)
        return column(layout, spacing=0)

    def _fill_people(self) -> None:
        body = self.people.body
        body.addWidget(self.kon)
        body.addWidget(Line(name="line"))
        body.addWidget(self.steg)
        body.addWidget(Line(name="line"))
        words = Text(tr("Till egen försörjning i år"), "meta", "text2")
        body.addLayout(row(IconLabel(self._theme, "door-open", "ok", 15), words, 0, self.egen, spacing=6))

    def _themed(self) -> None:
        self.setFixedWidth(self._theme.px(284))


def _when(tid: str, now: datetime) -> str:
    """ "08.41" today, "Igår", else the day; the store holds UTC."""
    local = datetime.fromisoformat(tid.replace("Z", "+00:00")).astimezone()
    if local.date() == now.date():
        return clock(local.hour, local.minute)
    return first_upper(relative_date(local.date(), date(now.year, now.month, now.day)))
