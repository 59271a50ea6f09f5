"""Placements in OSA as a list: all judged at once, chosen among and ordered here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import (
    Arende,
    Deltagare,
    Enhet,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    OsaBeslut,
    OsaUppfoljning,
)
from db.queries import access
from db.queries.belaggning import is_there
from db.queries.card_rows import OsaRow, OsaUppfoljningRow
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, OSA_TYPER
from db.rules.ordning import choose_known, sort_known
from db.rules.osa import Beslutslage, find_luckor, find_tackt_till, judge_beslut
from db.rules.text import sort_key

TYPER = (OSA_ANSTALLNING, *(typ for typ in OSA_TYPER if typ != OSA_ANSTALLNING), LONEBIDRAGSANSTALLNING)
UTAN_ENHET = 0
Spans = tuple[tuple[date, date | None], ...]


class OsaFlik(StrEnum):
    """What the list is narrowed to: a state of the decisions, or those that are to begin."""

    ALLA = "alla"
    UTAN = "utan"
    GAR_UT = "gar_ut"
    FINNS = "finns"
    KRAVS_INTE = "kravs_inte"
    KOMMER = "kommer"


@dataclass(frozen=True, slots=True)
class OsaTid:
    """The days that the list is of, both ends counted: one, or those of a year that have come by `idag`. It
    is judged on the last of them."""

    fran: date
    till: date
    idag: date


@dataclass(frozen=True, slots=True)
class OsaRad:
    """A placement, judged on `per`. `lagen` is how it stands with its decisions, for one that is to begin
    (`kommer`) on its first day; `tackt_till` the last day of unbroken cover, None where uncovered.

    `osa` and `osa_uppfoljningar` are its decisions and the follow-ups that are planned, in order of time:
    with `namn` what the forms of the card ask for. Of a protected person no place or diarienummer is told.
    """

    id: int
    person: Person
    kon: str | None
    koordinator: str
    koordinator_namn: str
    handlaggare: str | None
    typ: str
    enhet_id: int
    enhet: str
    regi: str
    start: date
    planerat_slut: date | None
    slut: date | None
    omfattning: int
    oppen: bool
    per: date
    kommer: bool
    lagen: tuple[Beslutslage, ...]
    tackt_till: date | None
    luckor: Spans
    osa: tuple[OsaRow, ...]
    osa_uppfoljningar: tuple[OsaUppfoljningRow, ...]

    @property
    def namn(self) -> str:
        """The person's, masked where protected."""
        return self.person.namn

    @property
    def is_osa(self) -> bool:
        """Whether it is OSA, and not counted beside it."""
        return self.typ in OSA_TYPER

    @property
    def kraver_beslut(self) -> bool:
        """Whether Arbetsförmedlingen decides."""
        return self.typ == OSA_ANSTALLNING

    @property
    def till(self) -> date | None:
        """The last day that is known or planned."""
        return self.slut or self.planerat_slut

    @property
    def beslut(self) -> OsaRow | None:
        """The decision that covers the day it is judged on, else the latest before it, else the next."""
        if not self.osa:
            return None
        dag = max(self.per, self.start)
        tacker = next((row for row in self.osa if row.fran <= dag <= row.till), None)
        fore = [row for row in self.osa if row.till < dag]
        return tacker or (fore[-1] if fore else self.osa[0])


@dataclass(frozen=True, slots=True)
class OsaUrval:
    """What the list is narrowed to; `ansvarig` is koordinator, or handläggare of the open ärende."""

    flik: OsaFlik = OsaFlik.ALLA
    typ: str = ""
    enhet_id: int | None = None
    ansvarig: str = ""
    kon: str = ""


ALLA = OsaUrval()


@dataclass(slots=True)
class _Funnen:
    """The cells of a placement, and its decisions as they come."""

    id: int
    cells: Sequence[Any]
    beslut: list[OsaRow] = field(default_factory=list)


def list_placeringar(session: Session, aktor: Aktor, tid: OsaTid) -> tuple[OsaRad, ...]:
    """Every placement of people whom the user may know that runs some day of `tid` or, unless `tid` is past,
    is to begin after it. Three statements at most; a planned end after today is believed, as of places."""
    funna: dict[int, _Funnen] = {}
    for beslut_id, fran, till, nummer, bidrag, insats_id, *cells in session.execute(_query(aktor, tid)):
        funnen = funna.setdefault(insats_id, _Funnen(insats_id, cells))
        if beslut_id is not None:
            funnen.beslut.append(OsaRow(beslut_id, insats_id, fran, till, nummer, bidrag))
    planerade = _planerade(session, tid)
    return _with_arende(session, [_rad(one, planerade.get(one.id, ()), tid) for one in funna.values()])


def choose(rader: Iterable[OsaRad], urval: OsaUrval) -> tuple[tuple[OsaRad, ...], Counter[OsaFlik]]:
    """Those that the choices leave, the most urgent first, and how many each OsaFlik would leave."""
    return choose_known(rader, lambda rad: _fits(rad, urval), fits_in, urval.flik, _urgency)


def fits_in(rad: OsaRad) -> tuple[OsaFlik, ...]:
    """Every OsaFlik that has the placement."""
    if rad.kommer:
        return (OsaFlik.KOMMER,)
    return (OsaFlik.ALLA, *(OsaFlik(lage.value) for lage in rad.lagen))


def sort_rader(rader: Iterable[OsaRad], key: str, falling: bool) -> tuple[OsaRad, ...]:
    """By a column; where it is empty last, either way."""
    return sort_known(sorted(rader, key=_urgency), SORTERINGAR[key], falling)


def _query(aktor: Aktor, tid: OsaTid) -> Any:
    typer = select(Insatstyp.id).where(Insatstyp.namn.in_(TYPER))
    handlaggare = (
        select(func.min(Arende.handlaggare))
        .where(Arende.deltagare_id == Deltagare.id, Arende.avslutat.is_(None))
        .correlate(Deltagare)
        .scalar_subquery()
    )
    there = is_there(tid.fran, tid.till, tid.idag)
    return (
        select(
            OsaBeslut.id, OsaBeslut.fran, OsaBeslut.till, OsaBeslut.diarienummer, OsaBeslut.bidrag_ore,
            Insats.id, Deltagare.kon, Inskrivning.koordinator,
            func.coalesce(Medarbetare.namn, Inskrivning.koordinator), handlaggare, Insatstyp.namn,
            func.coalesce(Insats.enhet_id, UTAN_ENHET), func.coalesce(Enhet.namn, ""),
            func.coalesce(Enhet.typ, ""), Insats.start, Insats.planerat_slut, Insats.slut, Insats.omfattning,
            Inskrivning.avslutad.is_(None), *PERSON,
        )
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(OsaBeslut, OsaBeslut.insats_id == Insats.id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Inskrivning.koordinator)
        .where(
            Insats.insatstyp_id.in_(typer), access.may_know(aktor),
            there if tid.till < tid.idag else or_(there, Insats.start > tid.till),
        )
        .order_by(Insats.id, OsaBeslut.fran)
    )  # fmt: skip


def _rad(funnen: _Funnen, planerade: tuple[OsaUppfoljningRow, ...], tid: OsaTid) -> OsaRad:
    cells = funnen.cells
    kon, koordinator, namn, handlaggare, typ, enhet_id, enhet, regi, *days, omfattning, oppen = cells[:13]
    vem, beslut = make_person(cells[13:]), tuple(funnen.beslut)
    if vem.is_masked:
        enhet_id, enhet, regi = UTAN_ENHET, "", ""
        beslut = tuple(replace(row, diarienummer="") for row in beslut)
    start, planerat_slut, slut = days
    lagen: tuple[Beslutslage, ...] = (Beslutslage.KRAVS_INTE,)
    kommer = start > tid.till
    tackt: date | None = None
    luckor: Spans = ()
    if typ == OSA_ANSTALLNING:
        spans = [(row.fran, row.till) for row in beslut]
        fran, till = (start, start) if kommer else (tid.fran, tid.till)
        lagen = judge_beslut(start, slut, spans, fran, till, tid.till)
        tackt, luckor = find_tackt_till(max(tid.till, start), spans), find_luckor(start, slut, spans)
    return OsaRad(
        funnen.id, vem, kon, koordinator, namn, handlaggare, typ, enhet_id, enhet, regi, start, planerat_slut,
        slut, omfattning, bool(oppen), tid.till, kommer, lagen, tackt, luckor, beslut, planerade,
    )  # fmt: skip


def _planerade(session: Session, tid: OsaTid) -> Mapping[int, tuple[OsaUppfoljningRow, ...]]:
    """The follow-ups that are planned and not done, by placement."""
    query = (
        select(OsaUppfoljning.id, OsaUppfoljning.insats_id, OsaUppfoljning.planerad)
        .join(Insats, Insats.id == OsaUppfoljning.insats_id)
        .where(OsaUppfoljning.genomford.is_(None), or_(Insats.slut.is_(None), Insats.slut >= tid.fran))
        .order_by(OsaUppfoljning.planerad)
    )
    found: defaultdict[int, tuple[OsaUppfoljningRow, ...]] = defaultdict(tuple)
    for rad_id, insats_id, planerad in session.execute(query):
        found[insats_id] += (OsaUppfoljningRow(rad_id, insats_id, planerad, None, ""),)
    return found


def _with_arende(session: Session, rader: list[OsaRad]) -> tuple[OsaRad, ...]:
    """A protected person is known by the number of the ärende."""
    masked = [rad.person.id for rad in rader if rad.person.is_masked]
    nummer = find_arendenummer(session, masked) if masked else {}
    return tuple(
        replace(rad, person=replace(rad.person, nummer=nummer.get(rad.person.id, "")))
        if rad.person.is_masked
        else rad
        for rad in rader
    )


def _fits(rad: OsaRad, urval: OsaUrval) -> bool:
    return (
        urval.typ in ("", rad.typ)
        and urval.enhet_id in (None, rad.enhet_id)
        and urval.ansvarig in ("", rad.koordinator, rad.handlaggare)
        and urval.kon in ("", rad.kon)
    )


def _urgency(rad: OsaRad) -> tuple[int, int, str, int]:
    """What comes first: without a decision the longest, then the cover that ends first, then by name."""
    rank = _RANK[rad.lagen[0]]
    if rad.kommer:
        return len(_RANK), rad.start.toordinal(), rad.person.sortering, rad.id
    dag = 0
    if rank == 0:
        dag = rad.luckor[0][0].toordinal()
    elif rank == 1 and rad.tackt_till is not None:
        dag = rad.tackt_till.toordinal()
    return min(rank, 2), dag, rad.person.sortering, rad.id


_RANK = {lage: place for place, lage in enumerate(Beslutslage)}
SORTERINGAR: dict[str, Callable[[OsaRad], Any]] = {
    "namn": lambda rad: rad.person.sortering or None,
    "nummer": lambda rad: rad.person.nummer or None,
    "typ": lambda rad: TYPER.index(rad.typ),
    "enhet": lambda rad: sort_key(rad.enhet) if rad.enhet else None,
    "start": lambda rad: rad.start,
    "slut": lambda rad: rad.till,
    "omfattning": lambda rad: rad.omfattning,
    "beslut": lambda rad: rad.tackt_till,
    "lage": lambda rad: _urgency(rad)[:2],
    "uppfoljning": lambda rad: rad.osa_uppfoljningar[0].planerad if rad.osa_uppfoljningar else None,
    "koordinator": lambda rad: sort_key(rad.koordinator_namn) if rad.koordinator_namn else None,
}
