"""The screen Aktivitetskrav: everything is judged once on the worker, then chosen among; people by pages."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import KnownError
from db.queries.figurer.aktivitetskrav import count_utan_aktivitet, figures, list_andelar
from db.queries.flode_personer import PersonBakom
from db.queries.kravlista import (
    Flik,
    Kravlage,
    KravRad,
    KravUrval,
    choose,
    list_i_figur,
    list_kravlagen,
    list_kravrader,
    list_utan,
    sort_lagen,
)
from db.queries.settings import load_settings
from db.queries.val import list_ansvariga
from db.rules.aktivitetskrav import Installningar, Status
from db.rules.period import Period, make_period
from desktop.charts.picture import Picture
from desktop.context import Context
from desktop.formatting import date_range, days, plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.aktivitetskrav.model import Siffror, Steg, list_perioder, make_kpis, tell_rule
from desktop.screens.aktivitetskrav.pictures import make_shares, read_id
from desktop.screens.aktivitetskrav.rows import dagar_text, status_text, undantag_text
from desktop.screens.aktivitetskrav.view import AktivitetskravView
from desktop.screens.bakom import MOST, show_people
from desktop.screens.bilder import bind_chart
from desktop.screens.flode.model import Span
from desktop.screens.flode.period import PeriodVal
from desktop.screens.formular.over import FormScreen
from desktop.screens.installningar.keys import AKTIVITETSKRAV
from desktop.screens.kort.page import Akt, Oppna, draft_key
from desktop.screens.sidor import Pages
from desktop.shell.navigation import Location
from desktop.skarm_service import Underlag
from desktop.widgets.boxes import column

PAGE = 100
TABLES = (
    "deltagare", "arende", "undantag", "undantagsgranskning", "insats", "inskrivning", "installning",
    "insatstyp", "medarbetare",
)  # fmt: skip
Sorting = tuple[str, bool] | None


@dataclass(frozen=True, slots=True)
class Valda:
    """The ärenden that the choices leave, how many each pill would leave, and the first rows."""

    urval: KravUrval
    sorting: Sorting
    lagen: tuple[Kravlage, ...]
    counts: Counter[Flik]
    rows: tuple[KravRad, ...]


@dataclass(frozen=True, slots=True)
class Laget:
    """All ärenden as they were judged, the rule that judged them, and who can be chosen."""

    lagen: tuple[Kravlage, ...]
    krav: Installningar
    namn: dict[str, str]
    valda: Valda


class AktivitetskravScreen(FormScreen):
    """`open` with nothing. The list, the figures and the picture are three questions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._laget: Laget | None = None
        self._siffror: tuple[Siffror, Span] | None = None
        self.view = AktivitetskravView(context.theme, context.settings, context.today())
        self._period = PeriodVal(context, self.view.period, self)
        self._pages = Pages(self, context, "krav-sida", self.view.model, list_kravrader, PAGE)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table
        self._connect()

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the list as it was left."""
        del argument
        if self._laget is None:
            self._ask()
        self.view.table.setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Whatever an ärende is judged by, and its people."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again; the place in the list stays."""
        self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F: the pills."""
        self.view.focus_filter()

    def span(self) -> Span:
        """The period of the figures."""
        return self._period.span()

    def _connect(self) -> None:
        view = self.view
        view.asked.connect(self._ask_list)
        view.narrowed.connect(self._choose)
        self._period.changed.connect(self._ask_figures)
        view.picture_asked.connect(self._ask_picture)
        view.figure_chosen.connect(self._open_figure)
        view.table.opened.connect(lambda rad: self._go_to_card(rad.person.id))
        view.table.copied.connect(self._copied)
        view.table.fill_menu = self._fill_menu
        view.decide.clicked.connect(self.decide)
        view.exempt.clicked.connect(self.exempt)
        view.review.clicked.connect(self.review)
        view.rule.clicked.connect(lambda: self.navigate.emit(Location("installningar", AKTIVITETSKRAV)))
        view.chart.chosen.connect(self._open_point)
        bind_chart(self._context, view.chart)

    def decide(self) -> None:
        """Begin a new insats on the card; who is not inskriven is enrolled first."""
        rad = self.view.table.current_row()
        if rad is not None and self.view.decide.isEnabled():
            flik, namn = ("insatser", "ny_insats") if rad.inskriven else ("inskrivning", "ny_inskrivning")
            self.navigate.emit(Location("kort", Oppna(rad.person.id, flik, Akt(namn))))

    def exempt(self) -> None:
        """Give the ärende of the row an undantag."""
        from desktop.screens.formular.undantag import UndantagPresenter

        rad = self.view.table.current_row()
        if rad is not None and self._sheet() is None:
            form = UndantagPresenter(self, self._context, rad.person, rad)
            form.keep_draft(draft_key(rad.person.id, Akt("nytt_undantag", rad.id)), rad.person.id)

    def review(self) -> None:
        """Review the undantag of the row."""
        from desktop.screens.formular.undantagsgranskning import GranskningPresenter, of_list

        rad = self.view.table.current_row()
        undantag = rad.lage.undantag if rad is not None else None
        if rad is not None and undantag is not None and self._sheet() is None:
            form = GranskningPresenter(self, self._context, rad.person.namn, rad.nummer, of_list(undantag))
            key = draft_key(rad.person.id, Akt("granska_undantag", undantag.id))
            form.keep_draft(key, rad.person.id)

    def _ask(self) -> None:
        self._ask_list()
        self._ask_figures()
        self._ask_picture()

    def _ask_list(self) -> None:
        read = partial(
            self._read, oppna=self.view.open_only.isChecked(), urval=self.view.urval(),
            sorting=self.view.table.sorting(), limit=self._limit(),
        )  # fmt: skip
        self._context.runner.run(Query("krav", read, self._show, failed=self._failed, owner=self))

    def _ask_figures(self) -> None:
        span = self.span()
        read = partial(self._read_figures, span=span)
        done = partial(self._show_figures, span=span)
        self._context.runner.run(Query("krav-siffror", read, done, failed=self._failed, owner=self))

    def _ask_picture(self) -> None:
        read = partial(self._read_picture, steg=Steg(self.view.steg.value()))
        self._context.runner.run(
            Query("krav-bild", read, self._show_picture, failed=self._failed, owner=self)
        )

    def _limit(self) -> int:
        """As many rows as are at hand, so that the place in the list stays."""
        return max(PAGE, self.view.model.rowCount())

    def _read(self, _task: Task, *, oppna: bool, urval: KravUrval, sorting: Sorting, limit: int) -> Laget:
        context = self._context
        with context.store.read(context.aktor) as session:
            krav = load_settings(session, context.aktor).aktivitetskrav
            lagen = list_kravlagen(session, context.aktor, context.today(), oppna=oppna)
            namn = dict(list_ansvariga(session, context.aktor))
            valda = _choose(session, lagen, urval, sorting, limit)
        return Laget(lagen, krav, namn, valda)

    def _show(self, laget: Laget) -> None:
        first, self._laget = self._laget is None, laget
        self.view.show_choices(laget.namn)
        self.view.show_rule(f"{tell_rule(laget.krav)}. {tr('Dagar med undantag räknas inte.')}")
        self._show_chosen(laget.valda, keep=not first)
        self._tell_figures()
        if self.view.urval() != laget.valda.urval:
            self._choose()

    def _choose(self) -> None:
        """Among those at hand; off the GUI thread, as there may be many thousands."""
        if self._laget is None:
            return
        lagen, urval, sorting = self._laget.lagen, self.view.urval(), self.view.table.sorting()

        def work(_task: Task) -> Valda:
            with self._context.store.read(self._context.aktor) as session:
                return _choose(session, lagen, urval, sorting, PAGE)

        self._context.runner.run(Query("krav-val", work, self._show_chosen, failed=self._failed, owner=self))

    def _show_chosen(self, valda: Valda, keep: bool = False) -> None:
        self._pages.keys = valda.lagen
        self.view.show_counts(valda.counts)
        self.view.show_rows(valda.rows, len(valda.lagen), keep)

    def _read_figures(self, _task: Task, *, span: Span) -> Siffror:
        context, idag = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            krav = load_settings(session, context.aktor).aktivitetskrav
            rader = figures(session, context.aktor, make_period(span.fran, span.till), min(span.till, idag))
            by_id = {rad.id: rad for rad in rader}
            utan = count_utan_aktivitet(session, krav, idag)
        return Siffror(by_id["aktivitetskrav.andel_uppfyllt"], by_id["aktivitetskrav.dagar_median"], utan)

    def _show_figures(self, siffror: Siffror, *, span: Span) -> None:
        self._siffror = siffror, span
        self._tell_figures()

    def _tell_figures(self) -> None:
        if self._laget is not None and self._siffror is not None:
            siffror, span = self._siffror
            self.view.show_figures(make_kpis(self._laget.lagen, siffror, span, self._laget.krav))

    def _read_picture(self, _task: Task, *, steg: Steg) -> tuple[Picture, Underlag[Picture]]:
        context = self._context
        perioder = list_perioder(steg, context.today())
        with context.store.read(context.aktor) as session:
            settings = load_settings(session, context.aktor)
            andelar = list_andelar(session, context.aktor, perioder, context.today())
        return make_shares(steg, perioder, andelar, settings.aktivitetskrav.dagar, settings.troskel)

    def _show_picture(self, made: tuple[Picture, Underlag[Picture]]) -> None:
        shown, underlag = made
        self.view.chart.set_picture(shown, underlag=underlag)

    def _failed(self, error: KnownError) -> None:
        self._context.tell_failure(error)

    def _go_to_card(self, deltagare_id: int) -> None:
        self.navigate.emit(Location("kort", deltagare_id))

    def _fill_menu(self, menu: QMenu) -> None:
        """The same acts as above, for the row."""
        view = self.view
        acts = ((view.decide, self.decide), (view.exempt, self.exempt), (view.review, self.review))
        for button, act in acts:
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(act)

    def _copied(self, rows: list[KravRad]) -> None:
        self._context.log_copy([rad.person.id for rad in rows], tr("Aktivitetskrav"), self)
        self._context.messages.info(f"{plural(len(rows), tr('rad'), tr('rader'))} {tr('kopierade')}.")

    def _open_figure(self, key: str) -> None:
        """The people behind a figure."""
        span, idag = self.span(), self._context.today()
        period, per = make_period(span.fran, span.till), min(span.till, idag)
        if key == "andel":
            self._show_period(period, per, f"{tr('Med frist')} {span.namn}")
        elif key == "median":
            load = partial(list_i_figur, period=period, per=per, text=dagar_text, bara_med_aktivitet=True)
            self._show_people(f"{tr('Första aktivitet, med frist')} {span.namn}", load, tr("Dagar"))
        elif key == "utan":
            load = partial(list_utan, dag=idag, text=days)
            self._show_people(tr("Utan aktivitet nu"), load, tr("Utan aktivitet i"))
        else:
            self._open_now(key)

    def _open_now(self, key: str) -> None:
        """Those of the open ärenden today."""
        idag = self._context.today()
        kinds: dict[str, tuple[str, Callable[[Kravlage], bool]]] = {
            "forfallna": (tr("Förfallna nu"), lambda lage: lage.bedomning.status is Status.FORFALLET),
            "undantag": (tr("Undantag nu"), lambda lage: lage.undantag is not None),
            "granska": (tr("Undantag att granska"), lambda lage: lage.granska),
        }
        title, has = kinds[key]
        lagen = self._laget.lagen if self._laget is not None else ()

        def load(session: Session, _aktor: Aktor) -> Sequence[PersonBakom]:
            found = [lage for lage in choose(lagen, KravUrval())[0] if lage.oppet and has(lage)]
            return [
                PersonBakom(
                    rad.person, rad.lage.bedomning.frist or rad.lage.bedomning.start,
                    undantag_text(rad.lage.undantag, idag) or status_text(rad.lage.bedomning), rad.lage.kon,
                )
                for rad in list_kravrader(session, found[:MOST])
            ]  # fmt: skip

        self._show_people(title, load, tr("Läge") if key == "forfallna" else tr("Undantag"))

    def _open_point(self, key: str) -> None:
        """Those whose frist lies in the period of a point."""
        kon, fran, till = read_id(key)
        period, idag = make_period(fran, till), self._context.today()
        self._show_period(period, idag, f"{tr('Med frist')} {date_range(fran, till, idag)}", kon)

    def _show_period(self, period: Period, per: date, title: str, kon: str = "") -> None:
        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            found = list_i_figur(session, aktor, period, per, status_text)
            return [person for person in found if kon in ("", person.kon)]

        self._show_people(title, load, tr("Läge"))

    def _show_people(
        self, title: str, load: Callable[[Session, Aktor], Sequence[PersonBakom]], words: str
    ) -> None:
        aktor = self._context.aktor
        show_people(self, self._context, title, lambda session: load(session, aktor), words, self._go_to_card)


def _choose(
    session: Session, lagen: Sequence[Kravlage], urval: KravUrval, sorting: Sorting, limit: int
) -> Valda:
    found, counts = choose(lagen, urval)
    if sorting is not None:
        found = sort_lagen(found, *sorting)
    return Valda(urval, sorting, found, counts, list_kravrader(session, found[:limit]))
