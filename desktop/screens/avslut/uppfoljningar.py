"""The follow-ups of avslut: reads them, chooses among them, and begins what is done with a row."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Saved
from db.errors import KnownError
from db.queries.idag.scope import Omfang
from db.queries.uppfoljningslista import (
    Flik,
    Sedan,
    UppfoljningRad,
    Uppfoljningslage,
    UppfoljningUrval,
    choose,
    count_chosen,
    count_sedan,
    list_lagen,
    list_rader,
    sort_lagen,
)
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.avslut.uppfoljningar_view import UppfoljningarView
from desktop.screens.flode.model import Span
from desktop.screens.idag.vagar import card_location
from desktop.screens.kort.page import Oppna
from desktop.screens.sidor import Pages
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location

PAGE = 100
Choices = tuple[UppfoljningUrval, tuple[str, bool] | None, int]  # the rows wanted, their order, how many


@dataclass(frozen=True, slots=True)
class Fraga:
    """What was asked for: whose, of which pill, and the span of those done."""

    omfang: Omfang
    flik: Flik
    span: Span


@dataclass(frozen=True, slots=True)
class Valda:
    """The follow-ups that the choices leave, how many each pill would leave, and the first rows."""

    urval: UppfoljningUrval
    lagen: tuple[Uppfoljningslage, ...]
    counts: Counter[Flik]
    rows: tuple[UppfoljningRad, ...]


class Uppfoljningar:
    """Stands behind the view on the screen `over`. `go` takes a Location."""

    def __init__(
        self, context: Context, view: UppfoljningarView, over: QWidget, go: Callable[[Location], None]
    ) -> None:
        self._context, self.view, self._over, self._go = context, view, over, go
        self._lagen: tuple[Uppfoljningslage, ...] | None = None
        self._sedan: Sedan = Counter()
        self._counts: Counter[Flik] = Counter()
        self._shown: UppfoljningUrval | None = None
        self._span: Span | None = None
        self._pages = Pages(over, context, "uppfoljningar-sida", view.model, list_rader, PAGE)
        view.asked.connect(self._ask_again)
        view.narrowed.connect(self._choose)
        view.table.opened.connect(self._open)
        view.table.copied.connect(self._copied)
        view.table.fill_menu = self._fill_menu
        view.follow_up.clicked.connect(lambda: self._with_row(self._follow_up))
        view.confirm.clicked.connect(lambda: self._with_row(partial(self._tell_month, True)))

    def ask(self, span: Span) -> None:
        """Read all anew; `span` is the period of those done."""
        self._span = span
        view, run, failed = self.view, self._context.runner.run, self._context.tell_failure
        fraga = Fraga(view.vilka.value() or Omfang.ALLA, view.flik(), span)
        view.show_period(span.namn)
        # As many rows as are at hand, so that the place in the list stays.
        choices = view.urval(), view.table.sorting(), max(PAGE, view.model.rowCount())
        read = partial(self._read, fraga=fraga, choices=choices)
        run(Query("uppfoljningar", read, self._show, failed=failed, owner=self._over))
        count = partial(self._count, fraga=fraga)
        run(Query("uppfoljningar-antal", count, self._show_sedan, failed=failed, owner=self._over))

    def acts(self) -> tuple[Hit, ...]:
        """What can be done with the row chosen, for the command box."""
        view = self.view
        found = ((view.follow_up, "phone"), (view.confirm, "check"))
        return tuple(
            Hit(button.text(), button.click, "", icon) for button, icon in found if button.isEnabled()
        )

    def _ask_again(self) -> None:
        if self._span is not None:
            self.ask(self._span)

    def _read(
        self, _task: Task, *, fraga: Fraga, choices: Choices
    ) -> tuple[tuple[Uppfoljningslage, ...], Valda]:
        context, idag = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            gjorda = fraga.span.fran, fraga.span.till
            lagen = list_lagen(session, context.aktor, idag, fraga.omfang, gjorda, fraga.flik)
            return lagen, _choose(session, lagen, idag, choices)

    def _count(self, _task: Task, *, fraga: Fraga) -> Sedan:
        context = self._context
        gjorda = fraga.span.fran, fraga.span.till
        with context.store.read(context.aktor) as session:
            return count_sedan(session, context.aktor, context.today(), fraga.omfang, gjorda)

    def _show(self, read: tuple[tuple[Uppfoljningslage, ...], Valda]) -> None:
        self._lagen, valda = read
        self._show_chosen(valda)
        if self.view.urval() != valda.urval:
            self._choose()

    def _show_sedan(self, sedan: Sedan) -> None:
        self._sedan = sedan
        self._tell_counts(self.view.urval())

    def _choose(self) -> None:
        """Among those at hand; off the GUI thread, as there may be many thousands."""
        lagen, context, idag = self._lagen, self._context, self._context.today()
        choices = self.view.urval(), self.view.table.sorting(), PAGE
        if lagen is None:
            return

        def work(_task: Task) -> Valda:
            with context.store.read(context.aktor) as session:
                return _choose(session, lagen, idag, choices)

        failed = context.tell_failure
        context.runner.run(
            Query("uppfoljningar-val", work, self._show_chosen, failed=failed, owner=self._over)
        )

    def _show_chosen(self, valda: Valda) -> None:
        """The place in the list stays where the same is shown anew."""
        keep, self._shown = valda.urval == self._shown, valda.urval
        self._pages.keys, self._counts = valda.lagen, valda.counts
        self._tell_counts(valda.urval)
        self.view.show_rows(valda.rows, len(valda.lagen), keep)

    def _tell_counts(self, urval: UppfoljningUrval) -> None:
        self.view.show_counts(self._counts + count_chosen(self._sedan, urval))

    def _with_row(self, act: Callable[[UppfoljningRad], None]) -> None:
        rad = self.view.table.current_row()
        if rad is not None:
            act(rad)

    def _open(self, rad: UppfoljningRad) -> None:
        """The card where its avslut is told of."""
        self._go(Location("kort", Oppna(rad.person.id, "avslut")))

    def _follow_up(self, rad: UppfoljningRad) -> None:
        """The form of the follow-up, on the card."""
        self._go(card_location(rad.person.id, "avslut", *_akt(rad, "uppfoljning", "bekrafta_manad")))

    def _move(self, rad: UppfoljningRad) -> None:
        self._go(card_location(rad.person.id, "avslut", *_akt(rad, "flytta_uppfoljning", "flytta_manad")))

    def _tell_month(self, minst: bool, rad: UppfoljningRad) -> None:
        """Tell of the month (R10) without a form."""
        from db.commands.uppfoljning import Val, confirm_manad

        context, lage = self._context, rad.lage
        val = Val(lage.id) if lage.id is not None else Val(inskrivning_id=lage.inskrivning_id)
        words = tr("minst en månad i arbete är bekräftad") if minst else tr("mindre än en månad i arbete")

        def work(_task: Task) -> Saved:
            return confirm_manad(context.store, context.aktor, val, minst, context.today())

        def done(saved: Saved) -> None:
            told = [f"{rad.person.namn}: {words}.", *(varning.message for varning in saved.varningar)]
            context.tell_done(" ".join(told), saved.changes.handelse_id)

        context.runner.run(
            Change(
                tr("Sparar"), work, lambda saved: touched(saved.changes), done, self._failed,
                owner=self._over,
            )
        )  # fmt: skip

    def _failed(self, error: KnownError) -> None:
        """Somebody may have been there before: what stands here is read anew."""
        self._context.tell_failure(error)
        self._ask_again()

    def _fill_menu(self, menu: QMenu) -> None:
        view, rad = self.view, self.view.table.current_row()
        if rad is None:
            return
        confirm = view.confirm.isEnabled()
        for text, enabled, act in (
            (view.follow_up.text(), True, self._follow_up),
            (tr("Bekräfta månad"), confirm, partial(self._tell_month, True)),
            (tr("Mindre än en månad"), confirm, partial(self._tell_month, False)),
            (tr("Flytta…"), not rad.lage.is_done, self._move),
            (tr("Öppna kortet"), True, self._open),
        ):
            action = menu.addAction(text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, act=act: act(rad))

    def _copied(self, rows: list[UppfoljningRad]) -> None:
        self._context.log_copy([rad.person.id for rad in rows], tr("Uppföljningar"), self._over)
        self._context.tell_copied(len(rows))


def _choose(session: Session, lagen: tuple[Uppfoljningslage, ...], idag: date, choices: Choices) -> Valda:
    urval, sorting, limit = choices
    found, counts = choose(lagen, urval, idag)
    if sorting is not None:
        found = sort_lagen(found, *sorting)
    return Valda(urval, found, counts, list_rader(session, found[:limit]))


def _akt(rad: UppfoljningRad, planned: str, month: str) -> tuple[str, int]:
    """The act of the card, and the row that it concerns: the inskrivning for a month nobody has planned."""
    lage = rad.lage
    return (planned, lage.id) if lage.id is not None else (month, lage.inskrivning_id)
