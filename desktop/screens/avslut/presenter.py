"""The screen Avslut: the figures of a period in one question, the follow-ups in another."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.queries.flode_personer import PersonBakom
from db.queries.settings import load_settings
from db.rules.period import Period, make_period
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.avslut.bakom import Bakom, Oppnare
from desktop.screens.avslut.model import (
    Dolda,
    Resultatrad,
    Siffror,
    make_kpis,
    make_rows,
    read_siffror,
)
from desktop.screens.avslut.pictures import Pair, make_all, make_matris
from desktop.screens.avslut.uppfoljningar import Uppfoljningar
from desktop.screens.avslut.utlamnas import TABELL, Sidor, make_sides
from desktop.screens.avslut.view import SIDOR, SLUT, UPPFOLJNINGAR, AvslutView, Bild
from desktop.screens.bakom import show_people
from desktop.screens.bilder import bind_chart
from desktop.screens.flode.model import Span
from desktop.screens.flode.period import PeriodVal
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.skarm_service import Underlag, leave
from desktop.widgets.boxes import column
from desktop.widgets.kon_strip import KonKpi

TABLES = ("deltagare", "inskrivning", "uppfoljning", "arende", "medarbetare", "installning")


@dataclass(frozen=True, slots=True)
class Visning:
    """Everything of the period, as it is shown."""

    siffror: Siffror
    span: Span
    kpis: tuple[KonKpi, ...]
    rows: tuple[Resultatrad, ...]
    pictures: Mapping[str, Pair]
    sidor: Sidor

    def leaving(self, pictures: Mapping[str, Pair]) -> dict[str, Bild]:
        """The pictures, each with what it is made of when it leaves."""
        return {
            namn: (shown, self.sidor.underlag(namn, shown.title, draw))
            for namn, (shown, draw) in pictures.items()
        }

    def results(self) -> Underlag[tuple[Resultatrad, ...]]:
        """The rows of the table when they leave; only the classes where their results would tell too much."""
        titel = f"{tr('Avslut efter resultat, tabell')} {self.span.namn}"

        def classes(dolda: Dolda) -> tuple[Resultatrad, ...]:
            return tuple(rad for rad in make_rows(self.siffror, dolda) if not rad.niva)

        reserv = self.sidor.underlag("klasser", titel, classes)
        return self.sidor.underlag(TABELL, titel, lambda dolda: make_rows(self.siffror, dolda), reserv)


class AvslutScreen(Screen):
    """`open` with nothing, or with the page to turn to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visning: Visning | None = None
        self.view = AvslutView(context.theme, context.settings, context.today())
        self._period = PeriodVal(context, self.view.period, self)
        self.uppfoljningar = Uppfoljningar(context, self.view.uppfoljningar, self, self.navigate.emit)
        self.view.show_page(self._page(context.settings.get("avslut/sida", "")))
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.first()
        self._connect()

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the page as it was left."""
        if isinstance(argument, str) and argument:
            self._show_page(argument)
        if self._visning is None:
            self._ask()
        self.view.first().setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Avslut, their people, and what followed."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again; the place in the list stays."""
        self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F: what the page is filtered by."""
        self.view.focus_filter()

    def acts(self) -> Sequence[Hit]:
        """The pages, and what can be done with the follow-up chosen."""
        pages = tuple(
            Hit(f"{tr('Avslut')}: {tr(text)}", partial(self._show_page, key), "", "door-open")
            for key, text in SIDOR
            if key != self.view.shown()
        )
        return (*(self.uppfoljningar.acts() if self.view.shown() == UPPFOLJNINGAR else ()), *pages)

    def span(self) -> Span:
        """The period of the figures."""
        return self._period.span()

    def _connect(self) -> None:
        view = self.view
        self._period.changed.connect(self._ask)
        view.asked.connect(self._ask_figures)
        view.drawn_again.connect(self._draw_matrix)
        view.turned.connect(self._turned)
        view.figure_chosen.connect(lambda key: self._show_people(self._opener().figure(key)))
        view.part_chosen.connect(lambda key: self._show_people(self._opener().part(key)))
        view.table.hand = self._copy_results
        for chart in view.charts.values():
            bind_chart(self._context, chart)

    def _page(self, key: str) -> str:
        return key if key in dict(SIDOR) else SIDOR[0][0]

    def _show_page(self, key: str) -> None:
        self.view.show_page(self._page(key))
        self._turned(self.view.shown())
        self.view.first().setFocus()

    def _turned(self, key: str) -> None:
        self._context.settings.set("avslut/sida", key)
        self.start_at = self.view.first()

    def _ask(self) -> None:
        self._ask_figures()
        self.uppfoljningar.ask(self.span())

    def _period_and_day(self) -> tuple[Period, date]:
        span, idag = self.span(), self._context.today()
        per = min(span.till, idag) if self.view.per.value() == SLUT else idag
        return make_period(span.fran, span.till), per

    def _ask_figures(self) -> None:
        period, per = self._period_and_day()
        read = partial(self._read, period=period, per=per, span=self.span(), kon=self.view.kon.value())
        failed = self._context.tell_failure
        self._context.runner.run(Query("avslut", read, self._show, failed=failed, owner=self))

    def _read(self, _task: Task, *, period: Period, per: date, span: Span, kon: str) -> Visning:
        context = self._context
        with context.store.read(context.aktor) as session:
            troskel = load_settings(session, context.aktor).troskel
            siffror = read_siffror(session, period, per, troskel)
        pictures, sidor = make_all(siffror, kon, span.namn), make_sides(siffror, period, per)
        return Visning(siffror, span, make_kpis(siffror, span), make_rows(siffror, {}), pictures, sidor)

    def _show(self, visning: Visning) -> None:
        self._visning = visning
        self.view.show_figures(visning.kpis, visning.rows)
        self.view.show_pictures(visning.leaving(visning.pictures))
        vagar = visning.siffror.vagar.items()
        self.view.show_missing(
            sum(varde.totalt or 0 for (fore, _), varde in vagar if fore is None),
            sum(varde.totalt or 0 for (_, efter), varde in vagar if efter is None),
        )

    def _draw_matrix(self) -> None:
        visning, kon = self._visning, self.view.kon.value()
        if visning is None:
            return

        def work(_task: Task) -> Pair:
            return make_matris(visning.siffror, kon, visning.span.namn)

        def done(pair: Pair) -> None:
            self.view.show_pictures(visning.leaving({"matris": pair}))

        self._context.runner.run(Query("avslut-matris", work, done, owner=self))

    def _copy_results(self, rows: list[Resultatrad]) -> None:
        """The rows chosen on the clipboard as they may leave, remembered before they do (R12)."""
        if self._visning is None:
            return
        context, underlag, chosen = self._context, self._visning.results(), {rad.id for rad in rows}

        def work(_task: Task) -> tuple[Resultatrad, ...]:
            return leave(context.store, context.aktor, underlag, "text")

        def done(made: tuple[Resultatrad, ...]) -> None:
            kept = [rad for rad in made if rad.id in chosen]
            self.view.table.put_rows(kept)
            context.tell_copied(len(kept))

        failed = context.tell_failure
        change = Change(tr("Kopierar"), work, lambda _made: frozenset(), done=done, failed=failed, owner=self)
        context.runner.run(change)

    def _opener(self) -> Oppnare:
        return Oppnare(*self._period_and_day(), self.span().namn)

    def _show_people(self, bakom: Bakom | None) -> None:
        if bakom is None:
            return
        aktor = self._context.aktor

        def open_card(deltagare_id: int) -> None:
            self.navigate.emit(Location("kort", deltagare_id))

        def load(session: Session) -> Sequence[PersonBakom]:
            return bakom.load(session, aktor)

        show_people(self, self._context, bakom.title, load, bakom.words, open_card)
