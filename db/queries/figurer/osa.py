"""Figures of the report `osa`: people in offentligt skyddat arbete, each person once in every row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Deltagare, Insats, Insatstyp, Inskrivning, OsaBeslut
from db.queries.figurer.gemensamt import (
    NOLL,
    Kon,
    Villkor,
    by_kon,
    columns_by_kon,
    count,
    flag,
    last_seen,
    runs,
)
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, OSA_TYPER, PRAKTIK_INFOR_OSA
from db.rules.osa import OVERGANG_RESULTAT, OVERGANG_TYPER, Beslut, is_running_out, lacks_beslut
from db.rules.period import Period

# The rows of the report. Persons: together, each type, and employed with lönebidrag.
PERSONER = ("osa.totalt", "osa.anstallning", "osa.praktik_infor", "osa.och_lonebidrag")
OVERGANG = "osa.overgang_till_annan_anstallning"
UTAN, GAR_UT = "osa.utan_beslut", "osa.beslut_gar_ut_60_dagar"


@dataclass(slots=True)
class Placering:
    """An OSA-anställning with its decisions."""

    deltagare_id: int
    kon: Kon
    start: date
    slut: date | None
    beslut: list[Beslut] = field(default_factory=list)


def figures(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    period: Period,
    per: date,
    urval: Villkor = (),
) -> tuple[Figur, ...]:
    """All rows of the report. Three statements."""
    slut = last_seen(period, per)
    (personer,) = count_personer(session, ((period.fran, slut),), urval)
    return (
        *personer,
        count_overgangar(session, period.fran, slut, per, urval),
        *count_beslut(session, period.fran, slut, per, urval),
    )


def count_beslut(
    session: Session, fran: date, slut: date, per: date, urval: Villkor = ()
) -> tuple[Figur, Figur]:
    """People without a decision some day of the span, and whose cover runs out as seen on `per`. One
    statement."""
    utan, gar_ut = list_beslut(session, fran, slut, per, urval)
    return count(UTAN, _count_personer(utan)), count(GAR_UT, _count_personer(gar_ut))


def list_beslut(
    session: Session, fran: date, slut: date, per: date, urval: Villkor = ()
) -> tuple[list[Placering], list[Placering]]:
    """The OSA-anställningar without a decision some day of the span, and those whose cover runs out as seen
    on `per`. One statement."""
    placeringar = _placeringar(session, min(fran, per), per, urval)
    utan = [p for p in placeringar if lacks_beslut(p.start, p.slut, p.beslut, fran, slut)]
    return utan, [p for p in placeringar if is_running_out(p.start, p.slut, p.beslut, per)]


def count_personer(
    session: Session, spans: Sequence[tuple[date, date]], urval: Villkor = ()
) -> tuple[tuple[Figur, ...], ...]:
    """People with a placement some day of each span: together, each type, and employed with lönebidrag. One
    statement."""
    typ = select(Insatstyp.id, Insatstyp.namn).where(Insatstyp.namn.in_((*OSA_TYPER, LONEBIDRAGSANSTALLNING)))
    typer, span = typ.subquery(), _spans(spans)
    personer = (
        select(
            span.c.nr,
            Inskrivning.deltagare_id,
            func.max(flag(typer.c.namn == OSA_ANSTALLNING)).label("anstallning"),
            func.max(flag(typer.c.namn == PRAKTIK_INFOR_OSA)).label("praktik"),
            func.max(flag(typer.c.namn != PRAKTIK_INFOR_OSA)).label("och_lonebidrag"),
        )
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(typer, typer.c.id == Insats.insatstyp_id)
        .join(span, runs(Insats.start, Insats.slut, span.c.fran, span.c.till))
        .group_by(span.c.nr, Inskrivning.deltagare_id)
        .subquery()
    )
    rows = session.execute(
        select(
            personer.c.nr,
            Deltagare.kon,
            func.sum(flag(or_(personer.c.anstallning == 1, personer.c.praktik == 1))),
            func.sum(personer.c.anstallning),
            func.sum(personer.c.praktik),
            func.sum(personer.c.och_lonebidrag),
        )
        .join(personer, personer.c.deltagare_id == Deltagare.id)
        .where(*urval)
        .group_by(personer.c.nr, Deltagare.kon)
    ).all()
    return tuple(
        tuple(map(count, PERSONER, columns_by_kon([row[1:] for row in rows if row.nr == nr]) or [NOLL] * 4))
        for nr in range(len(spans))
    )


def _spans(spans: Sequence[tuple[date, date]]) -> Any:
    """The spans as a table: nr, fran, till."""
    rows = (
        select(literal(nr).label("nr"), literal(fran, Date).label("fran"), literal(till, Date).label("till"))
        for nr, (fran, till) in enumerate(spans)
    )
    return union_all(*rows).subquery()


def count_overgangar(session: Session, fran: date, slut: date, per: date, urval: Villkor = ()) -> Figur:
    """People whose OSA-anställning ended in the period and who, that day or later, got another by `per`.

    Another is an insats of OVERGANG_TYPER that starts, or an avslut with one of OVERGANG_RESULTAT. One
    statement.
    """
    typer = select(Insatstyp.id).where(Insatstyp.namn.in_(OVERGANG_TYPER))
    slutade = list_slutade(fran, slut).subquery()
    # Few have ended: what each of them came to is looked up, not everything that anybody came to.
    senare = aliased(Inskrivning)
    own = senare.deltagare_id == slutade.c.deltagare_id
    ny = exists().where(
        own, Insats.inskrivning_id == senare.id, Insats.insatstyp_id.in_(typer),
        Insats.start >= slutade.c.dag, Insats.start <= per,
    )  # fmt: skip
    avslut = exists().where(
        own, senare.avslutad >= slutade.c.dag, senare.avslutad <= per,
        senare.resultat.in_([resultat.value for resultat in OVERGANG_RESULTAT]),
    )  # fmt: skip
    rows = session.execute(
        select(Deltagare.kon, func.count())
        .join(slutade, slutade.c.deltagare_id == Deltagare.id)
        .where(or_(ny, avslut), *urval)
        .group_by(Deltagare.kon)
    )
    return count(OVERGANG, by_kon(rows))


def list_slutade(fran: date, slut: date) -> Select[int, Any]:
    """People whose OSA-anställning ended in the span, and the first day that one did."""
    typ = select(Insatstyp.id).where(Insatstyp.namn == OSA_ANSTALLNING)
    return (
        select(Inskrivning.deltagare_id, func.min(Insats.slut).label("dag"))
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(Insats.insatstyp_id.in_(typ), Insats.slut >= fran, Insats.slut <= slut)
        .group_by(Inskrivning.deltagare_id)
    )


def _placeringar(session: Session, fran: date, till: date, urval: Villkor) -> list[Placering]:
    """OSA-anställningar that run some day of the span, with their decisions. Praktik inför OSA needs none."""
    rows = session.execute(
        select(
            Insats.id, Inskrivning.deltagare_id, Deltagare.kon, Insats.start, Insats.slut,
            OsaBeslut.fran, OsaBeslut.till,
        )
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(OsaBeslut, OsaBeslut.insats_id == Insats.id)
        .where(Insatstyp.namn == OSA_ANSTALLNING, runs(Insats.start, Insats.slut, fran, till), *urval)
    )  # fmt: skip
    placeringar: dict[int, Placering] = {}
    for insats_id, deltagare_id, kon, start, slut, beslut_fran, beslut_till in rows:
        placering = placeringar.setdefault(insats_id, Placering(deltagare_id, kon, start, slut))
        if beslut_fran is not None:
            placering.beslut.append((beslut_fran, beslut_till))
    return list(placeringar.values())


def _count_personer(placeringar: Iterable[Placering]) -> Konsvarden:
    personer: defaultdict[Kon, set[int]] = defaultdict(set)
    for placering in placeringar:
        personer[placering.kon].add(placering.deltagare_id)
    return by_kon((kon, len(ids)) for kon, ids in personer.items())
