"""The people behind the figures of OSA, in the dialog that every screen shows them in."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.flode_personer import PersonBakom
from db.queries.osa import OsaFlik, OsaRad, OsaTid, OsaUrval, choose, fits_in, list_placeringar
from db.queries.osa_personer import list_i_osa, list_overgangar
from db.queries.osa_platser import OsaEnhet
from db.queries.osa_siffror import Siffror, year_span
from db.rules.osa import Beslutslage
from desktop.context import Context
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.screens.bakom import show_people
from desktop.screens.osa.model import VOLYM, tell_ar, tell_tid
from desktop.screens.osa.pictures import read_id
from desktop.screens.osa.rows import lage_text, overgang_text
from desktop.screens.words import first_lower

Load = Callable[[Session, Aktor], Sequence[PersonBakom]]


class OsaPeople:
    """Opens them over a screen; `opened` is told whose card is wanted."""

    def __init__(self, over: QWidget, context: Context, opened: Callable[[int], None]) -> None:
        self._over, self._context, self._opened = over, context, opened

    def open_figure(self, siffror: Siffror, key: str) -> None:
        """The people behind a figure."""
        tid = siffror.tid
        fran, till = date(tid.till.year, 1, 1), tid.till
        if key in VOLYM:
            self._show_persons(key, fran, till, f"{_what(key)} {tell_ar(tid)}")
        elif key == "overgang":
            load = partial(_load_gone, fran=fran, till=till)
            self._show_people(f"{tr('Övergångar från OSA')} {tell_ar(tid)}", load, tr("Gick över till"))
        else:
            lage = Beslutslage(key)
            title = (
                tr("Utan täckande beslut") if lage is Beslutslage.UTAN else tr("Beslut går ut inom 60 dagar")
            )
            self._show_rader(f"{title}, {tell_tid(tid)}", tid, lambda rad: OsaFlik(key) in fits_in(rad))

    def open_part(self, key: str) -> None:
        """The people of a part of a column."""
        rad_id, kon, ar = read_id(key)
        fran, till = year_span(ar, self._context.today())
        words = {"K": tr("kvinnor"), "M": tr("män")}.get(kon or "", tr("uppgift om kön saknas"))
        title = f"{_what(rad_id)} {ar}, {words}"
        self._show_persons(rad_id, fran, till, title, lambda person: person.kon == kon)

    def open_enhet(self, enhet: OsaEnhet, dag: date) -> None:
        """Who in OSA is at an enhet on a day."""
        tid = OsaTid(dag, dag, self._context.today())
        title = f"{tr('OSA på')} {enhet.namn} {tell_tid(tid)}"
        self._show_rader(title, tid, lambda rad: rad.is_osa and rad.enhet_id == enhet.id)

    def _show_persons(
        self,
        rad_id: str,
        fran: date,
        till: date,
        title: str,
        fits: Callable[[PersonBakom], bool] | None = None,
    ) -> None:
        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            found = list_i_osa(session, aktor, rad_id, fran, till)
            return [person for person in found if fits is None or fits(person)]

        self._show_people(title, load, tr("Insats"))

    def _show_rader(self, title: str, tid: OsaTid, fits: Callable[[OsaRad], bool]) -> None:
        """The people of some placements of the days, each once."""
        idag = self._context.today()

        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            rader, _ = choose(list_placeringar(session, aktor, tid), OsaUrval())
            found = {
                rad.person.id: PersonBakom(rad.person, rad.start, _why(rad, idag), rad.kon)
                for rad in reversed(rader)
                if fits(rad)
            }
            return list(reversed(found.values()))

        self._show_people(title, load, tr("Läge"))

    def _show_people(self, title: str, load: Load, words: str) -> None:
        aktor = self._context.aktor
        show_people(
            self._over, self._context, title, lambda session: load(session, aktor), words, self._opened
        )


def _load_gone(session: Session, aktor: Aktor, *, fran: date, till: date) -> Sequence[PersonBakom]:
    gone = list_overgangar(session, aktor, fran, till, till)
    return [PersonBakom(rad.person, rad.dag, overgang_text(rad), rad.kon) for rad in gone]


def _why(rad: OsaRad, idag: date) -> str:
    """ "Saknar beslut, Snickeriet"; of what needs none the last day."""
    told = (
        lage_text(rad)
        if rad.kraver_beslut
        else f"t.o.m. {short_date(rad.till, idag)}"
        if rad.till
        else rad.typ
    )
    return ", ".join(part for part in (told, rad.enhet) if part)


def _what(rad_id: str) -> str:
    return f"{tr('Personer i')} {first_lower(tr(VOLYM[rad_id]))}"
