"""The followed ärenden as a list: all judged at once, chosen and ordered here, people fetched by pages."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Inskrivning, Medarbetare
from db.queries import access
from db.queries.aktivitetskrav import judge_followed, judge_utan_aktivitet, may_belong
from db.queries.flode_personer import PersonBakom
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, make_people
from db.queries.settings import load_settings
from db.queries.undantag import UndantagNu, list_undantag_nu
from db.rules.aktivitetskrav import Bedomning, Status, count_dagar_kvar, count_dagar_over, place_in_period
from db.rules.ordning import choose_known, sort_known
from db.rules.period import Period

SNART = 3  # days left of those that soon go out


class Flik(StrEnum):
    """What the list is narrowed to: a status of R6, or what asks for something to be done."""

    ALLA = "alla"
    FORFALLNA = "forfallna"
    SNART = "snart"
    PAGAR = "pagar"
    UNDANTAG = "undantag"
    GRANSKA = "granska"
    UTAN_FRIST = "utan_frist"
    UPPFYLLT = "uppfyllt"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Kravlage:
    """A followed ärende on a day: the judgement, days left of one that goes on and over of one that is late
    (R6), and the undantag that applies. `sortering` is empty for a protected person."""

    arende_id: int
    deltagare_id: int
    kon: str | None
    sortering: str
    handlaggare: str
    oppet: bool
    bedomning: Bedomning
    kvar: int | None
    over: int | None
    undantag: UndantagNu | None
    granska: bool


@dataclass(frozen=True, slots=True)
class KravUrval:
    """What the list is narrowed to; `start` are the first and the last day of S, None: any."""

    flik: Flik = Flik.ALLA
    handlaggare: str = ""
    kon: str = ""
    start: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class KravRad:
    """A row with its person; `id` and `nummer` are the ärende's. Who is not `inskriven` gets no insats."""

    id: int
    nummer: str
    person: Person
    handlaggare: str
    inskriven: bool
    lage: Kravlage


def list_kravlagen(session: Session, aktor: Aktor, dag: date, *, oppna: bool) -> tuple[Kravlage, ...]:
    """Every followed ärende of people whom the user may know, or only the open ones. Four statements."""
    installningar = load_settings(session, aktor).aktivitetskrav
    undantag = list_undantag_nu(session, aktor, dag)
    urval = access.may_know(aktor)
    if oppna:
        urval = urval & or_(Arende.avslutat.is_(None), Arende.avslutat > dag)
    more = (
        Arende.id,
        Deltagare.id,
        Deltagare.kon,
        Deltagare.skyddad,
        Deltagare.sortering,
        Arende.handlaggare,
    )
    rows = []
    for data, bedomning, found in judge_followed(session, installningar, dag, urval, *more):
        arende_id, deltagare_id, kon, skyddad, sortering, handlaggare = found
        har = undantag.get(arende_id)
        rows.append(
            Kravlage(
                arende_id, deltagare_id, kon, sortering if access.is_open(skyddad) else "", handlaggare,
                data.avslutat is None or data.avslutat > dag, bedomning, count_dagar_kvar(bedomning, dag),
                count_dagar_over(bedomning, dag), har, har is not None and har.is_due(dag),
            )
        )  # fmt: skip
    return tuple(rows)


def choose(lagen: Iterable[Kravlage], urval: KravUrval) -> tuple[tuple[Kravlage, ...], Counter[Flik]]:
    """Those that the choices leave, the most urgent first, and how many each Flik would leave."""
    return choose_known(lagen, lambda lage: _fits(lage, urval), fits_in, urval.flik, urgency)


def fits_in(lage: Kravlage) -> tuple[Flik, ...]:
    """Every Flik that has the ärende."""
    more = (
        (lage.kvar is not None and lage.kvar <= SNART, Flik.SNART),
        (lage.granska, Flik.GRANSKA),
        (lage.bedomning.frist is None, Flik.UTAN_FRIST),
    )
    own = _FLIKAR.get(lage.bedomning.status)
    return (Flik.ALLA, *((own,) if own else ()), *(flik for holds, flik in more if holds))


def urgency(lage: Kravlage) -> tuple[int, int, str, int]:
    """What comes first: the latest, then those that go out soonest; of those where nothing is waited for the
    newest, and last the closed ones that were late."""
    rank, bedomning = _RANK[lage.bedomning.status], lage.bedomning
    waits = rank < _DONE and lage.oppet
    if waits:
        return rank, (bedomning.frist or date.max).toordinal(), lage.sortering, lage.arende_id
    newest = -(bedomning.frist or bedomning.start).toordinal()
    return max(rank, len(_RANK) * (rank < _DONE)), newest, lage.sortering, lage.arende_id


def sort_lagen(lagen: Iterable[Kravlage], key: str, falling: bool) -> tuple[Kravlage, ...]:
    """By a column; where it is empty last, either way."""
    return sort_known(sorted(lagen, key=urgency), SORTERINGAR[key], falling)


def list_kravrader(session: Session, lagen: Sequence[Kravlage]) -> tuple[KravRad, ...]:
    """The people of a page, in the same order; the user may know them already. Two statements at most."""
    inskriven = (
        select(Inskrivning.id)
        .where(Inskrivning.deltagare_id == Deltagare.id, Inskrivning.avslutad.is_(None))
        .correlate(Deltagare)
        .exists()
    )
    query = (
        select(
            Arende.id, Arende.nummer, func.coalesce(Medarbetare.namn, Arende.handlaggare), inskriven, *PERSON
        )
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
        .where(Arende.id.in_([lage.arende_id for lage in lagen]))
    )
    found = {row[0]: row for row in session.execute(query)}
    people = make_people(session, [tuple(row[4:]) for row in found.values()])
    return tuple(
        KravRad(lage.arende_id, row[1], people[row[4]], row[2], bool(row[3]), lage)
        for lage in lagen
        for row in (found.get(lage.arende_id),)
        if row is not None  # removed since it was judged
    )


def list_i_figur(
    session: Session,
    aktor: Aktor,
    period: Period,
    per: date,
    text: Callable[[Bedomning], str],
    *,
    bara_med_aktivitet: bool = False,
    plats: str = "bas",
) -> tuple[PersonBakom, ...]:
    """The people of the base of a period (R7), or of another place of `place_in_period`, with the frist and
    `text`: those who were late first. Four statements at most."""
    installningar = load_settings(session, aktor).aktivitetskrav
    urval = access.may_know(aktor) & may_belong(installningar, period)
    rows = [
        (bedomning, kon, person)
        for _, bedomning, (kon, *person) in judge_followed(
            session, installningar, per, urval, Deltagare.kon, *PERSON
        )
        if place_in_period(bedomning, period.fran, period.till) == plats
        and (bedomning.dagar is not None or not bara_med_aktivitet)
    ]
    rows.sort(key=lambda row: (_RANK[row[0].status], row[0].frist or date.max, row[2][-1]))
    people = make_people(session, [person for _, _, person in rows])
    return tuple(
        PersonBakom(people[person[0]], bedomning.frist or per, text(bedomning), kon)
        for bedomning, kon, person in rows
    )


def list_utan(
    session: Session, aktor: Aktor, dag: date, text: Callable[[int], str]
) -> tuple[PersonBakom, ...]:
    """The people of R8, longest without activity first, since when, and in words how long. Five statements
    at most."""
    installningar = load_settings(session, aktor).aktivitetskrav
    more = (Deltagare.kon, *PERSON)
    rows = sorted(
        judge_utan_aktivitet(session, installningar, dag, access.may_know(aktor), *more),
        key=lambda row: (-row[1].dagar, row[0].arende),
    )
    people = make_people(session, [found[1:] for _, _, found in rows])
    return tuple(
        PersonBakom(people[found[1]], utan.sedan, text(utan.dagar), found[0]) for _, utan, found in rows
    )


def _fits(lage: Kravlage, urval: KravUrval) -> bool:
    return (
        urval.handlaggare in ("", lage.handlaggare)
        and urval.kon in ("", lage.kon)
        and (urval.start is None or urval.start[0] <= lage.bedomning.start <= urval.start[1])
    )


_FLIKAR = {
    Status.FORFALLET: Flik.FORFALLNA,
    Status.PAGAR: Flik.PAGAR,
    Status.UNDANTAG: Flik.UNDANTAG,
    Status.UPPFYLLT: Flik.UPPFYLLT,
    Status.UPPFYLLT_SENT: Flik.SENT,
}
_RANK = {
    Status.FORFALLET: 0,
    Status.PAGAR: 1,
    Status.UNDANTAG: 2,
    Status.UPPFYLLT_SENT: 3,
    Status.UPPFYLLT: 4,
    Status.AVSLUTAT_FORE_FRIST: 5,
}
_DONE = 3  # the first rank of those where nothing is waited for
SORTERINGAR: dict[str, Callable[[Kravlage], Any]] = {
    "namn": lambda lage: lage.sortering or None,
    "start": lambda lage: lage.bedomning.start,
    "frist": lambda lage: lage.bedomning.frist,
    "lage": lambda lage: _RANK[lage.bedomning.status],
    "kvar": lambda lage: lage.kvar if lage.kvar is not None else None if lage.over is None else -lage.over,
    "aktivitet": lambda lage: lage.bedomning.aktivitet,
    "dagar": lambda lage: lage.bedomning.dagar,
    "undantag": lambda lage: None if lage.undantag is None else lage.undantag.till or date.max,
    "handlaggare": lambda lage: lage.handlaggare,
}
