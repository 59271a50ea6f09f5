"""The screen Flöde: asks for the board first, then for the figures and for what the work lists say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Saved
from db.errors import ConflictError, KnownError
from db.queries.flode import Antal, count_genomflode, count_inskrivna, count_resultat, list_kurvor, list_steg
from db.queries.flode_personer import PersonBakom, Utvag, list_i_steg, list_in, list_ut
from db.queries.idag.lista import list_idag
from db.queries.idag.rows import IdagRow
from db.queries.idag.scope import Omfang
from db.queries.settings import load_settings
from db.queries.tavla import FlodeUrval, FlodeVal, Kolumn, Tavla, TavlaKort, read_tavla, read_val
from db.queries.val import list_ansvariga
from db.rules.avslut import is_egen_forsorjning
from db.rules.period import add_months
from desktop.context import Context, touched
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.bakom import show_people
from desktop.screens.bilder import bind_chart
from desktop.screens.flode.model import Siffror, Span, make_columns, make_kpis
from desktop.screens.flode.period import PeriodVal
from desktop.screens.flode.pictures import Pair, choose_days, make_stack
from desktop.screens.flode.rows import FlodeRow, make_rows
from desktop.screens.flode.view import FlodeView
from desktop.screens.formular.over import FormScreen
from desktop.shell.navigation import Location
from desktop.widgets.board import BoardColumn
from desktop.widgets.boxes import column

TABLES = (
    "deltagare", "inskrivning", "stegperiod", "steg", "insats", "mote", "planering", "bip", "arende",
    "undantag", "osa_beslut", "narvaro",
)  # fmt: skip
Bakom = Callable[[Session, Aktor], Sequence[PersonBakom]]


@dataclass(frozen=True, slots=True)
class Laget:
    """The board as it was read, in words, with what can be chosen."""

    tavla: Tavla
    val: FlodeVal
    namn: Mapping[str, str]
    columns: tuple[BoardColumn, ...]
    rows: tuple[FlodeRow, ...]


class FlodeScreen(FormScreen):
    """`open` with nothing. Each of the three questions is asked again when what it tells of has changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._laget: Laget | None = None
        self._att_gora: Mapping[int, Sequence[IdagRow]] | None = None
        self._moved = 0
        self.view = FlodeView(context.theme, context.settings, context.today())
        self._period = PeriodVal(context, self.view.period, self)
        self.view.shape.set_value(context.settings.get("flode/form", "tavla"))
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.board
        self._connect()

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the board as it was left."""
        del argument
        if self._laget is None:
            self._ask()
        else:
            self.view.board.focus_first()

    def concerns(self, touched: Set[str]) -> bool:
        """People, and what a card or a figure tells of them."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again; the focus stays on the card it is on."""
        self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F: the first choice."""
        self.view.period.setFocus()

    def span(self) -> Span:
        """The period of the figures."""
        return self._period.span()

    def _connect(self) -> None:
        view = self.view
        view.asked.connect(self._ask)
        self._period.changed.connect(self._ask)
        view.filtered.connect(self._show_again)
        view.shown_as.connect(lambda form: self._context.settings.set("flode/form", form))
        view.opened.connect(self._open_card)
        view.moved.connect(self._move)
        view.figure_chosen.connect(self._open_figure)
        view.steg_chosen.connect(self._open_steg)
        view.steg.clicked.connect(self.edit_steg)
        view.chart.chosen.connect(self._open_part)
        view.vagar.clicked.connect(self.show_ways)
        bind_chart(self._context, view.chart)

    def edit_steg(self) -> None:
        """The steg, their guide values and limits."""
        from desktop.screens.flode.steg import StegDialog

        dialog = StegDialog(self._context, self)
        dialog.edit_wanted.connect(self._edit_one)
        dialog.open()

    def _edit_one(self, steg: Kolumn | None) -> None:
        from desktop.screens.flode.steg import FlodesstegPresenter

        if self._sheet() is None:
            form = FlodesstegPresenter(self, self._context, steg)
            form.keep_draft(f"flode/steg/{steg.id if steg else 'nytt'}")

    def _ask(self) -> None:
        runner, urval = self._context.runner, self.view.urval()
        read = partial(self._read, urval=urval, over=self.view.over.isChecked(), att_gora=self._att_gora)
        runner.run(Query("flode", read, self._show, failed=self._failed, owner=self))
        figures = partial(self._read_figures, urval=urval, span=self.span())
        runner.run(Query("flode-siffror", figures, self._show_figures, failed=self._failed, owner=self))
        picture = partial(self._read_picture, urval=urval, span=self.span())
        runner.run(Query("flode-bild", picture, self._show_picture, failed=self._failed, owner=self))
        runner.run(Query("flode-idag", self._read_idag, self._show_idag, failed=self._failed, owner=self))

    def _read(
        self, _task: Task, *, urval: FlodeUrval, over: bool, att_gora: Mapping[int, Sequence[IdagRow]] | None
    ) -> Laget:
        context, idag = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            tavla = read_tavla(session, context.aktor, idag, urval)
            val = read_val(session, context.aktor, idag)
            namn = dict(list_ansvariga(session, context.aktor))
        return _lay_out(tavla, val, namn, idag, att_gora, over)

    def _read_figures(self, _task: Task, *, urval: FlodeUrval, span: Span) -> Siffror:
        context, idag = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            nu = count_genomflode(session, span.fran, span.till, urval.villkor(span.till))
            fore = count_genomflode(session, *span.fore, urval.villkor(span.fore[1]))
            sedan = add_months(idag, -1)
            manad = count_inskrivna(session, sedan, urval.villkor(sedan))
            inskrivna = count_inskrivna(session, idag, urval.villkor(idag))
            steg = list_steg(session, idag, idag, urval.villkor(idag))
            ut = count_resultat(session, span.fran, span.till, urval.villkor(span.till))
        over: Antal = Counter()
        for rad in steg:
            over.update(rad.over_riktvarde)
        egen: Antal = Counter()
        resultat: Counter[str] = Counter()
        for (namn, kon), antal in ut.items():
            if is_egen_forsorjning(namn):
                egen[kon] += antal
                resultat[namn] += antal
        return Siffror(nu, fore, inskrivna, manad, over, egen, resultat)

    def _read_picture(self, _task: Task, *, urval: FlodeUrval, span: Span) -> Pair:
        context, idag = self._context, self._context.today()
        dagar = choose_days(span.fran, min(span.till, idag), idag)
        with context.store.read(context.aktor) as session:
            kurvor = list_kurvor(session, dagar, urval.villkor(idag))
            troskel = load_settings(session, context.aktor).troskel
        return make_stack(kurvor, dagar, idag, troskel)

    def _read_idag(self, _task: Task) -> Mapping[int, Sequence[IdagRow]]:
        context = self._context
        found: defaultdict[int, list[IdagRow]] = defaultdict(list)
        with context.store.read(context.aktor) as session:
            for row in list_idag(session, context.aktor, context.today(), Omfang.ALLA):
                found[row.person.id].append(row)
        return found

    def _show(self, laget: Laget) -> None:
        first = self._laget is None
        self._laget = laget
        self.view.show_choices(laget.val, laget.namn)
        self.view.show_columns(laget.columns, laget.rows)
        if self._moved:
            self.view.select(self._moved)
            self._moved = 0
        elif first:
            self.view.board.focus_first()

    def _show_figures(self, siffror: Siffror) -> None:
        self.view.show_figures(make_kpis(siffror, self.span()))

    def _show_picture(self, pictures: Pair) -> None:
        self.view.chart.set_picture(*pictures)

    def _show_idag(self, att_gora: Mapping[int, Sequence[IdagRow]]) -> None:
        self._att_gora = att_gora
        self._show_again()

    def _show_again(self) -> None:
        """The same people, chosen or told of anew; off the GUI thread, as there may be thousands."""
        laget, over, att_gora = self._laget, self.view.over.isChecked(), self._att_gora
        if laget is None:
            return
        idag = self._context.today()

        def work(_task: Task) -> Laget:
            return _lay_out(laget.tavla, laget.val, laget.namn, idag, att_gora, over)

        self._context.runner.run(Query("flode-visning", work, self._show, owner=self))

    def _failed(self, error: KnownError) -> None:
        self._context.tell_failure(error)

    def _open_card(self, inskrivning_id: object) -> None:
        kort = self._kort(inskrivning_id)
        if kort is not None:
            self.navigate.emit(Location("kort", kort.person.id))

    def _kort(self, inskrivning_id: object) -> TavlaKort | None:
        alla = self._laget.tavla.kort if self._laget is not None else ()
        return next((kort for kort in alla if kort.inskrivning_id == inskrivning_id), None)

    def _move(self, inskrivning_id: object, steg_id: object) -> None:
        """To another steg, from today; the card stays under the focus."""
        context = self._context
        kort = self._kort(inskrivning_id)
        if kort is None or not isinstance(steg_id, int) or kort.lage.steg_id == steg_id:
            return
        namn = self._steg_namn(steg_id)

        def work(_task: Task) -> Saved:
            from db.commands.tavla import move_on_board

            return move_on_board(
                context.store, context.aktor, kort.inskrivning_id, steg_id, kort.lage.steg_id, context.today()
            )

        def done(saved: Saved) -> None:
            told = [f"{kort.person.namn}: {tr('nu i')} {namn}.", *(v.message for v in saved.varningar)]
            context.tell_done(" ".join(told), saved.changes.handelse_id)

        self._moved = kort.inskrivning_id
        context.runner.run(
            Change(
                tr("Flyttar"), work, touched=lambda saved: touched(saved.changes), done=done,
                failed=self._not_moved, owner=self,
            )
        )  # fmt: skip

    def _not_moved(self, error: KnownError) -> None:
        self._moved = 0
        self._context.tell_failure(error)
        if isinstance(error, ConflictError):
            self._ask()

    def _steg_namn(self, steg_id: int) -> str:
        kolumner = self._laget.tavla.kolumner if self._laget is not None else ()
        return next((k.namn for k in kolumner if k.id == steg_id), "")

    def _open_figure(self, key: str) -> None:
        """The people behind a figure."""
        urval, span, idag = self.view.urval(), self.span(), self._context.today()
        laget = self._laget
        kind: dict[str, tuple[str, Bakom, str]] = {
            "aktuella": (
                tr("Aktuella deltagare"), partial(list_i_steg, steg_id=None, dag=idag, urval=urval),
                tr("Steg"),
            ),
            "in": (
                f"{tr('In')} {span.namn}", partial(list_in, fran=span.fran, slut=span.till, urval=urval),
                tr("Hänvisad av"),
            ),
            "ut": (
                f"{tr('Ut')} {span.namn}", partial(list_ut, fran=span.fran, slut=span.till, urval=urval),
                tr("Resultat"),
            ),
            "egen": (
                tr("Till egen försörjning"),
                partial(list_ut, fran=span.fran, slut=span.till, urval=urval, bara_egen=True), tr("Resultat"),
            ),
        }  # fmt: skip
        kind["ledtid"] = kind["ut"]
        if key == "over" and laget is not None:
            self.view.over.setChecked(not self.view.over.isChecked())
            self._show_again()
        elif key in kind:
            title, load, words = kind[key]
            self._show_people(title, load, words)

    def _open_part(self, key: str) -> None:
        """Those who stood in a steg at a day of the picture."""
        steg, _, dag = key.partition(":")
        if dag:
            day = date.fromisoformat(dag)
            namn = self._steg_namn(int(steg)) or tr("Utan steg")
            title = f"{namn} {short_date(day, self._context.today())}"
            load = partial(list_i_steg, steg_id=int(steg), dag=day, urval=self.view.urval())
            self._show_people(title, load, tr("Steg"))

    def show_ways(self) -> None:
        """Which ways those took who went out in the period."""
        from desktop.screens.flode.ways import WaysDialog

        dialog = WaysDialog(self._context, self.span(), self.view.urval(), self)
        dialog.chosen.connect(self._open_way)
        dialog.open()

    def _open_way(self, title: str, via: Utvag) -> None:
        span, urval = self.span(), self.view.urval()
        load = partial(list_ut, fran=span.fran, slut=span.till, urval=urval, via=via)
        self._show_people(title, load, tr("Resultat"))

    def _open_steg(self, steg_id: object) -> None:
        if isinstance(steg_id, int):
            title = self._steg_namn(steg_id) or tr("Utan steg")
            load = partial(list_i_steg, steg_id=steg_id, dag=self._context.today(), urval=self.view.urval())
            self._show_people(title, load, tr("Steg"))

    def _show_people(self, title: str, load: Bakom, words: str) -> None:
        def open_card(deltagare_id: int) -> None:
            self.navigate.emit(Location("kort", deltagare_id))

        show_people(
            self, self._context, title, lambda session: load(session, self._context.aktor), words, open_card
        )


def _lay_out(
    tavla: Tavla,
    val: FlodeVal,
    namn: Mapping[str, str],
    idag: date,
    att_gora: Mapping[int, Sequence[IdagRow]] | None,
    over: bool,
) -> Laget:
    columns = make_columns(tavla, idag, att_gora, namn, over)
    return Laget(tavla, val, namn, columns, make_rows(tavla, columns, namn))
