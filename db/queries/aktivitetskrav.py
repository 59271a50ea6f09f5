"""The local aktivitetskrav of the whole register (R3–R8): SQL finds each ärende's facts, db.rules judges."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Insats, Insatstyp, Inskrivning, Undantag
from db.queries.access import may_know
from db.queries.conditions import is_past
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import (
    ArendeData,
    Bedomning,
    Installningar,
    Intervall,
    Startpunkt,
    Status,
    UtanAktivitet,
    find_utan_aktivitet,
    judge,
)
from db.rules.koder import Utfall
from db.rules.period import Period
from db.sql import IdList, add_days, among


@dataclass(frozen=True, slots=True)
class AktivitetskravRow:
    """A followed ärende on a day: S, F and A (R3–R5), status (R6) and days to activity (R7)."""

    arende: str
    start: date
    frist: date | None
    aktivitet: date | None
    status: Status
    dagar: int | None


@dataclass(frozen=True, slots=True)
class UtanAktivitetRow:
    """An open ärende without activity (R8) since the end of day `sedan`, `dagar` days, and its frist."""

    arende: str
    sedan: date
    dagar: int
    frist: date | None
    ny_frist: bool


def list_aktivitetskrav(session: Session, aktor: Aktor, dag: date) -> tuple[AktivitetskravRow, ...]:
    """Every followed ärende as it stands on `dag`, in the order of their numbers. Three statements."""
    installningar = load_settings(session, aktor).aktivitetskrav
    rows = (
        AktivitetskravRow(data.arende, b.start, b.frist, b.aktivitet, b.status, b.dagar)
        for data, b, _ in judge_followed(session, installningar, dag, _may_see(aktor))
    )
    return tuple(sorted(rows, key=lambda row: row.arende))


def list_utan_aktivitet(session: Session, aktor: Aktor, dag: date) -> tuple[UtanAktivitetRow, ...]:
    """The work list of R8 on `dag`, longest without activity first. Four statements."""
    installningar = load_settings(session, aktor).aktivitetskrav
    rows = [
        UtanAktivitetRow(data.arende, utan.sedan, utan.dagar, utan.frist, utan.ny_frist)
        for data, utan, _ in judge_utan_aktivitet(session, installningar, dag, _may_see(aktor))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.dagar, row.arende)))


def judge_utan_aktivitet(
    session: Session, installningar: Installningar, dag: date, urval: ColumnElement[bool], *more: Any
) -> Iterator[tuple[ArendeData, UtanAktivitet, Sequence[Any]]]:
    """Every ärende without activity on `dag` (R8) among those that `urval` lets through, a condition on
    ärende and deltagare: facts, judgement, and what `more` asks of the two tables. Three statements."""
    ids = select(Arende.id).where(is_utan_aktivitet(installningar, dag), urval)
    ids = ids.join(Deltagare, Deltagare.id == Arende.deltagare_id)
    undantag, insatser = _undantag(session, Arende.id.in_(ids)), _insatser(session, ids)
    query = _facts().add_columns(*more).join(Deltagare, Deltagare.id == Arende.deltagare_id)
    for arende in session.execute(query.where(Arende.id.in_(ids))).all():
        arende_id, nummer, ansokan, beslut, utfall, avslutat, *found = cast("Sequence[Any]", arende)
        own = undantag[arende_id], insatser[arende_id]
        data = ArendeData(nummer, ansokan, beslut, utfall, avslutat, *own)
        # The condition in SQL says the same; the rule has the last word.
        yield from (
            (data, utan, found)
            for utan in (find_utan_aktivitet(data, dag, installningar),)
            if utan is not None
        )


def judge_period(
    session: Session,
    installningar: Installningar,
    period: Period,
    dag: date,
    urval: Sequence[ColumnElement[bool]] = (),
) -> Iterator[tuple[str | None, Bedomning]]:
    """Kön and judgement on `dag` of every ärende that may belong to the period (R7), and of some that do not,
    among those of `urval`, conditions on Deltagare. Two statements."""
    nara = and_(may_belong(installningar, period), *urval)
    judged = judge_followed(session, installningar, dag, nara, Deltagare.kon)
    return ((kon, bedomning) for _, bedomning, (kon,) in judged)


def may_belong(installningar: Installningar, period: Period) -> ColumnElement[bool]:
    """Whether an ärende may belong to a period (R7): without undantag the frist follows S at once."""
    start = start_column(installningar)
    forsta = period.fran - timedelta(days=installningar.dagar)
    # An undantag moves the frist at most as far as its own end and the days that are then left; an open one
    # hides it or leaves it where it was.
    flyttar = select(Undantag.arende_id).where(Undantag.till >= forsta)
    return and_(start <= period.till, or_(start >= forsta, Arende.id.in_(flyttar)))


def start_column(installningar: Installningar) -> ColumnElement[date | None]:
    """S of R3 as a column, for rows where `is_followed` holds."""
    if installningar.startpunkt is Startpunkt.ANSOKAN:
        return cast("ColumnElement[date | None]", Arende.ansokan.expression)
    return Arende.beslut.expression


def is_followed(installningar: Installningar, dag: date) -> ColumnElement[bool]:
    """Whether the ärende has an S, and not after `dag` (R3, as db.rules.aktivitetskrav.find_start)."""
    if installningar.startpunkt is Startpunkt.ANSOKAN:
        har_start = or_(Arende.utfall.is_(None), Arende.utfall != Utfall.AVSLAG.value)
    else:
        har_start = Arende.utfall == Utfall.BIFALL.value
    return and_(har_start, is_past(start_column(installningar), dag))


def is_utan_aktivitet(installningar: Installningar, dag: date) -> ColumnElement[bool]:
    """R8: an open ärende with S ≤ `dag`, no counting insats running that day and not inside an undantag."""
    oppen = or_(Arende.avslutat.is_(None), Arende.avslutat > dag)
    i_undantag = exists().where(
        Undantag.arende_id == Arende.id,
        Undantag.fran <= dag,
        or_(Undantag.till.is_(None), Undantag.till >= dag),
    )
    i_insats = exists().where(
        _counts_for(Arende.deltagare_id.expression),
        Insats.start <= dag,
        or_(Insats.slut.is_(None), Insats.slut >= dag),
    )
    return and_(
        is_followed(installningar, dag), oppen, ~i_undantag.correlate(Arende), ~i_insats.correlate(Arende)
    )


def judge_kinds(
    session: Session, installningar: Installningar, dag: date, urval: ColumnElement[bool], *more: Any
) -> Iterator[tuple[Bedomning, Sequence[Any], int]]:
    """The ärenden that are followed on `dag` and have no undantag, among those that `urval` lets through:
    alike ones together, judged once. Judgement of one of them, what `more` asks of the two tables and keeps
    them apart by, and how many they are. Three statements.

    Alike are those that the rules cannot tell apart but for the days themselves: `dagar` and A differ.
    """
    start = start_column(installningar)
    utan = Arende.id.not_in(select(Undantag.arende_id))
    columns = [column.label(f"mer{n}") for n, column in enumerate(more)]
    c = (
        select(
            Arende.id, start.label("start"), add_days(start, installningar.dagar).label("frist"),
            Arende.avslutat, _forsta_insats(start, dag).label("insats"), *columns,
        )
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(is_followed(installningar, dag), urval, utan)
        .cte("fakta")
        .prefix_with("MATERIALIZED")  # else the first insats is sought anew wherever it is compared
        .c
    )  # fmt: skip
    # All that judge() asks of an ärende without undantag, as one number; what goes on is as if it ended late.
    asked = (
        c.insats.is_(None), c.insats <= c.frist, c.insats > c.avslutat, c.start > c.avslutat,
        c.avslutat <= dag, c.avslutat <= c.frist, c.frist < dag,
    )  # fmt: skip
    kind = reduce(add, (case((holds, 2**n), else_=0) for n, holds in enumerate(asked)))
    apart = [c[column.name] for column in columns]
    kinds = session.execute(select(func.min(c.id), func.count(), *apart).group_by(kind, *apart)).all()
    one_of_each = bindparam(None, [row[0] for row in kinds], type_=IdList)
    judged = {
        found[0]: bedomning
        for _, bedomning, found in judge_followed(
            session, installningar, dag, among(Arende.id, one_of_each), Arende.id
        )
    }
    return ((judged[arende_id], found, antal) for arende_id, antal, *found in kinds)


def judge_followed(
    session: Session, installningar: Installningar, dag: date, urval: ColumnElement[bool], *more: Any
) -> Iterator[tuple[ArendeData, Bedomning, Sequence[Any]]]:
    """Every ärende that is followed on `dag` (R3–R7) among those that `urval` lets through, a condition on
    ärende and deltagare: facts, of insatser only the first that decides A, judgement, and what `more` asks
    of the two tables. Two statements."""
    forsta_insats = _forsta_insats(start_column(installningar), dag)
    villkor = and_(is_followed(installningar, dag), urval)
    undantag = _undantag(session, villkor)
    query = _facts().add_columns(forsta_insats, *more).join(Deltagare).where(villkor)
    for row in session.execute(query):
        id_, nummer, ansokan, beslut, utfall, avslutat, insats, *found = cast("Sequence[Any]", row)
        insatser = () if insats is None else ((insats, None),)
        data = ArendeData(nummer, ansokan, beslut, utfall, avslutat, undantag.get(id_, ()), insatser)
        # `villkor` is that of R3: what it lets through is followed.
        yield data, cast("Bedomning", judge(data, dag, installningar)), found


def _forsta_insats(start: ColumnElement[date | None], dag: date) -> ScalarSelect[date]:
    """The first insats that runs on S or later decides A (R5); judge() takes the rest from there."""
    return (
        select(func.min(Insats.start))
        .where(
            _counts_for(Arende.deltagare_id.expression),
            Insats.start <= dag,
            or_(Insats.slut.is_(None), Insats.slut >= start),
        )
        .correlate(Arende)
        .scalar_subquery()
    )


def _facts() -> Select[int, str, date, date | None, str | None, date | None]:
    return select(
        Arende.id, Arende.nummer, Arende.ansokan, Arende.beslut, Arende.utfall, Arende.avslutat
    )  # fmt: skip


def _counts_for(deltagare_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Insatser of the person that count as activity (R5)."""
    raknas = select(Insatstyp.id).where(Insatstyp.raknas_som_aktivitet)
    return and_(
        Inskrivning.deltagare_id == deltagare_id,
        Insats.inskrivning_id == Inskrivning.id,
        Insats.insatstyp_id.in_(raknas),
    )


def _undantag(session: Session, urval: ColumnElement[bool]) -> defaultdict[int, list[Intervall]]:
    query = (
        select(Undantag.arende_id, Undantag.fran, Undantag.till)
        .join(Arende, Arende.id == Undantag.arende_id)
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(urval)
    )
    return _by_owner(session.execute(query))


def _insatser(session: Session, urval: Select[int]) -> defaultdict[int, list[Intervall]]:
    raknas = select(Insatstyp.id).where(Insatstyp.raknas_som_aktivitet)
    query = (
        select(Arende.id, Insats.start, Insats.slut)
        .join(Inskrivning, Inskrivning.deltagare_id == Arende.deltagare_id)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        # Not by the index of the types, which would lead through every insats of the register.
        .where((Insats.insatstyp_id + 0).in_(raknas), Arende.id.in_(urval))
    )
    return _by_owner(session.execute(query))


def _by_owner(rows: Iterable[tuple[int, date, date | None]]) -> defaultdict[int, list[Intervall]]:
    found: defaultdict[int, list[Intervall]] = defaultdict(list)
    for owner, fran, till in rows:
        found[owner].append((fran, till))
    return found


def _may_see(aktor: Aktor) -> ColumnElement[bool]:
    # The system works for the whole register; its lists name ärenden, never people.
    return true() if aktor.is_system else may_know(aktor)
