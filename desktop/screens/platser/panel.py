"""Sheets that show and change nothing themselves: an enhet with its people and history, and the queue."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.enhet import EnhetKort, KoRow, PlatsinnehavareRow, SlutarRow
from db.rules.belaggning import Kapacitet
from db.rules.koder import Enhetstyp
from desktop.formatting import date_range, full_date, kronor, number, plural, short_date, week
from desktop.i18n import tr
from desktop.screens.formular.sheet import Sheet
from desktop.screens.platser.ge_plats import tell_waiting, tell_wish
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.definitions import Definition, DefinitionGroup, DefinitionList
from desktop.widgets.flow import Flow
from desktop.widgets.link_row import LinkRow
from desktop.widgets.text import Text

WIDTH = 520
MOST = 100  # people that are listed; of more one reads none
ACTS = (
    ("ge", "Ge plats…", "plus"),
    ("platser", "Ändra antal platser…", "square-pen"),
    ("kostnad", "Kostnad…", "wallet"),
    ("uppgifter", "Ändra uppgifter…", "square-pen"),
    ("stang", "Stäng enheten…", "door-open"),
)


class Panel(Sheet):
    """A sheet without anything to save: Stäng and Esc close it."""

    def __init__(self, theme: Theme, over: QWidget, title: str) -> None:
        super().__init__(theme, over, title, tr("Stäng"), again=False, width=WIDTH)
        self.theme = theme
        # Asks for what it shows once more; set by whoever opens it.
        self.reload: Callable[[], None] = lambda: None
        self.save.hide()
        self.cancel.setText(tr("Stäng"))
        self.cancel.setAccessibleName(tr("Stäng"))
        self._own_stops: list[QWidget] = []
        self._body = QVBoxLayout()
        self._body.setSpacing(3)
        self._body.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._body)
        self.add_aside(holder, lambda: self._own_stops)

    def begin(self) -> None:
        """Everything is there."""
        self.start()
        first = next(iter(self._own_stops), self.cancel)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Before other things are shown."""
        clear_layout(self._body)
        self._own_stops = []

    def section(self, title: str) -> None:
        """Words over what follows."""
        if self._body.count():
            self._body.addSpacing(8)
        self._body.addWidget(Text(title, "section"))

    def words(self, text: str) -> None:
        """A line of words."""
        self._body.addWidget(Text(text, "body", "text2").wrapped())

    def put(self, widget: QWidget, *stops: QWidget) -> None:
        """A widget, and where Tab stops in it."""
        self._body.addWidget(widget)
        self._own_stops += stops

    def link(self, title: str, under: str, pressed: Callable[[], None], right: str = "") -> LinkRow:
        """A row that leads somewhere."""
        link = LinkRow(self.theme, title, under, icon="arrow-right", right=right)
        link.clicked.connect(lambda _checked=False: pressed())
        self.put(link, link)
        return link

    def hidden(self, antal: int) -> None:
        """Those whom the user may not know of are counted, as their places are."""
        if antal:
            self.words(f"{plural(antal, tr('person'), tr('personer'))} {tr('som du inte kan se här')}.")


class EnhetPanel(Panel):
    """An enhet on a day. `act_wanted` is a key of ACTS, `person_wanted` an id, `ko_wanted` a row of the queue
    and the widget that it was asked at."""

    act_wanted = Signal(str)
    person_wanted = Signal(int)
    ko_wanted = Signal(object, object)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over, tr("Enhet"))
        self.enhet: EnhetKort | None = None
        self.buttons: dict[str, Button] = {}

    def show_enhet(self, enhet: EnhetKort, dag: date, idag: date) -> None:
        """Show it anew."""
        self.enhet = enhet
        self.clear()
        self.title.setText(enhet.namn)
        typ = tr("Intern") if enhet.typ == Enhetstyp.INTERN else tr("Extern")
        day = tr("idag") if dag == idag else full_date(dag)
        self.context.setText(" · ".join(part for part in (typ, enhet.anordnare, day) if part))
        self._show_acts(enhet, dag)
        har, kommer, ko = enhet.dolda
        self._people(tr("Har plats"), enhet.har_plats, har, lambda row: _tell_holder(row, idag))
        if enhet.reserverade or kommer:
            self._people(tr("Reserverade"), enhet.reserverade, kommer, lambda row: _tell_coming(row, idag))
        self._queue(enhet, ko)
        self._history(enhet, idag)
        if not self.is_started:
            self.begin()

    def _show_acts(self, enhet: EnhetKort, dag: date) -> None:
        closed = bool(enhet.kapacitet) and all(
            rad.till is not None and rad.till < dag for rad in enhet.kapacitet
        )
        self.buttons = {}
        for key, text, icon in ACTS:
            if closed and key in ("ge", "stang"):
                continue
            words = tr("Öppna igen…") if closed and key == "platser" else tr(text)
            kind = ButtonKind.PRIMARY if key == "ge" else ButtonKind.SECONDARY
            button = Button(self.theme, words, icon, kind)
            button.clicked.connect(lambda _checked=False, key=key: self.act_wanted.emit(key))
            self.buttons[key] = button
        self.put(Flow(*self.buttons.values()), *self.buttons.values())

    def _people(
        self,
        title: str,
        rows: Sequence[PlatsinnehavareRow],
        others: int,
        tell: Callable[[PlatsinnehavareRow], str],
    ) -> None:
        self.section(f"{title} ({number(len(rows) + others)})")
        if not rows and not others:
            self.words(tr("Ingen har plats den dagen."))
        for row in rows[:MOST]:
            wanted = row.person.id
            self.link(_name(row), tell(row), lambda wanted=wanted: self.person_wanted.emit(wanted))  # type: ignore[misc]
        if len(rows) > MOST:
            rest = plural(len(rows) - MOST, tr("person till"), tr("personer till"))
            self.words(f"{tr('och')} {rest}")
        self.hidden(others)

    def _queue(self, enhet: EnhetKort, others: int) -> None:
        self.section(f"{tr('Kö')} ({number(len(enhet.ko) + others)})")
        if not enhet.ko and not others:
            self.words(tr("Ingen står i kö hit."))
        show_queue(self, enhet.ko, self.ko_wanted.emit)
        self.hidden(others)

    def _history(self, enhet: EnhetKort, idag: date) -> None:
        facts = tuple(
            Definition(_span(rad, idag), plural(rad.platser, tr("plats"), tr("platser")))
            for rad in reversed(enhet.kapacitet)
        )
        costs = tuple(Definition(str(ar), kronor(round(ore / 100))) for ar, ore in reversed(enhet.kostnader))
        listed = DefinitionList(self.theme)
        listed.set_groups(
            (
                DefinitionGroup(tr("Antal platser över tid"), facts or (_nothing(tr("Inga platser ännu")),)),
                DefinitionGroup(tr("Kostnad per år"), costs or (_nothing(tr("Ingen kostnad ännu")),)),
            )
        )
        self._body.addSpacing(8)
        self.put(listed)


class KoPanel(Panel):
    """Everybody who waits, who has waited longest first."""

    ko_wanted = Signal(object, object)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over, tr("Kö för plats"))

    def show_ko(self, rows: Sequence[KoRow], others: int) -> None:
        """Show them anew."""
        self.clear()
        antal = len(rows) + others
        told = plural(antal, tr("rad i kön"), tr("rader i kön")) if antal else tr("Ingen står i kö.")
        hint = tr("Enter ger plats, ändrar eller tar ur kön.") if rows else ""
        advice = tr("Ställ någon i kö från deltagarens kort.") if not antal else ""
        self.context.setText(" ".join(part for part in (f"{told}." if antal else told, hint, advice) if part))
        show_queue(self, rows, self.ko_wanted.emit)
        self.hidden(others)
        if not self.is_started:
            self.begin()


class VeckoPanel(Panel):
    """Whose places come free in a week; `person_wanted` with an id."""

    person_wanted = Signal(int)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over, tr("Platser som blir lediga"))

    def show_week(self, monday: date, typ: str, rows: Sequence[SlutarRow], others: int, idag: date) -> None:
        """Show them anew."""
        self.clear()
        which = tr("interna platser") if typ == Enhetstyp.INTERN else tr("externa platser")
        self.context.setText(f"{first_upper(week(monday))} · {which}")
        for row in rows[:MOST]:
            wanted, day = row.person.id, short_date(row.slutar, idag)
            who = f"{row.person.namn} {row.person.nummer}" if row.person.is_masked else row.person.namn
            where = "" if row.person.is_masked else f"{row.enhet} · "
            under = f"{where}{first_upper(row.typ)} · {tr('slutar')} {day}"
            self.link(who, under, lambda wanted=wanted: self.person_wanted.emit(wanted))  # type: ignore[misc]
        if len(rows) > MOST:
            rest = plural(len(rows) - MOST, tr("person till"), tr("personer till"))
            self.words(f"{tr('och')} {rest}")
        if not rows and not others:
            self.words(tr("Ingen plats blir ledig den veckan."))
        self.hidden(others)
        if not self.is_started:
            self.begin()


def show_queue(panel: Panel, rows: Sequence[KoRow], wanted: Callable[[KoRow, QWidget], object]) -> None:
    """A row of the panel for each who waits; pressed it tells the row and itself."""
    for row in rows[:MOST]:
        link = LinkRow(panel.theme, tell_waiting(row), tell_wish(row) or tr("Väntar på plats."))
        link.clicked.connect(lambda _checked=False, row=row, link=link: wanted(row, link))
        panel.put(link, link)
    if len(rows) > MOST:
        panel.words(f"{tr('och')} {plural(len(rows) - MOST, tr('rad till'), tr('rader till'))}")


def _name(row: PlatsinnehavareRow) -> str:
    return f"{row.person.namn} {row.person.nummer}" if row.person.is_masked else row.person.namn


def _tell_holder(row: PlatsinnehavareRow, idag: date) -> str:
    typ = f"{first_upper(row.typ)}, {row.omfattning}\u00a0%"
    if row.passerat and row.planerat_slut is not None:
        return f"{typ} · {tr('skulle ha slutat')} {short_date(row.planerat_slut, idag)}"
    if row.till is not None:
        word = tr("slutar") if row.slut is not None else tr("planerat slut")
        return f"{typ} · {word} {short_date(row.till, idag)}"
    return f"{typ} · {tr('inget planerat slut')}"


def _tell_coming(row: PlatsinnehavareRow, idag: date) -> str:
    days = (
        date_range(row.start, row.till, idag) if row.till else f"{tr('från')} {short_date(row.start, idag)}"
    )
    return f"{first_upper(row.typ)}, {row.omfattning}\u00a0% · {days}"


def _span(rad: Kapacitet, idag: date) -> str:
    if rad.till is None:
        return f"{tr('Från')} {short_date(rad.fran, idag)}"
    return f"{short_date(rad.fran, rad.till)}–{short_date(rad.till, idag)}"


def _nothing(text: str) -> Definition:
    return Definition("", text)
