"""Figures of the report `osa`: people in offentligt skyddat arbete, each person once in every row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Insats, Insatstyp, Inskrivning, OsaBeslut
from db.queries.figurer.gemensamt import NOLL, Kon, by_kon, columns_by_kon, count, flag, last_seen, runs
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, OSA_TYPER, PRAKTIK_INFOR_OSA
from db.rules.osa import OVERGANG_RESULTAT, OVERGANG_TYPER, Beslut, is_running_out, lacks_beslut
from db.rules.period import Period


@dataclass(slots=True)
class _Placering:
    deltagare_id: int
    kon: Kon
    start: date
    slut: date | None
    beslut: list[Beslut] = field(default_factory=list)


def figures(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[Figur, ...]:  # noqa: ARG001
    """All rows of the report. Three statements."""
    slut = last_seen(period, per)
    placeringar = _placeringar(session, min(period.fran, per), per)
    utan = (p for p in placeringar if lacks_beslut(p.start, p.slut, p.beslut, period.fran, slut))
    gar_ut = (p for p in placeringar if is_running_out(p.start, p.slut, p.beslut, per))
    return (
        *_personer(session, period.fran, slut),
        count("osa.overgang_till_annan_anstallning", _overgangar(session, period.fran, slut, per)),
        count("osa.utan_beslut", _count_personer(utan)),
        count("osa.beslut_gar_ut_60_dagar", _count_personer(gar_ut)),
    )


def _personer(session: Session, fran: date, slut: date) -> tuple[Figur, ...]:
    """People with a placement some day of the period: each type, together, and employed with lönebidrag."""
    typ = select(Insatstyp.id, Insatstyp.namn).where(Insatstyp.namn.in_((*OSA_TYPER, LONEBIDRAGSANSTALLNING)))
    typer = typ.subquery()
    personer = (
        select(
            Inskrivning.deltagare_id,
            func.max(flag(typer.c.namn == OSA_ANSTALLNING)).label("anstallning"),
            func.max(flag(typer.c.namn == PRAKTIK_INFOR_OSA)).label("praktik"),
            func.max(flag(typer.c.namn != PRAKTIK_INFOR_OSA)).label("och_lonebidrag"),
        )
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(typer, typer.c.id == Insats.insatstyp_id)
        .where(runs(Insats.start, Insats.slut, fran, slut))
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Deltagare.kon,
            func.sum(flag(or_(personer.c.anstallning == 1, personer.c.praktik == 1))),
            func.sum(personer.c.anstallning),
            func.sum(personer.c.praktik),
            func.sum(personer.c.och_lonebidrag),
        )
        .join(personer, personer.c.deltagare_id == Deltagare.id)
        .group_by(Deltagare.kon)
    ).all()
    totalt, anstallning, praktik, och_lonebidrag = columns_by_kon(rows) or [NOLL] * 4
    return (
        count("osa.totalt", totalt),
        count("osa.anstallning", anstallning),
        count("osa.praktik_infor", praktik),
        count("osa.och_lonebidrag", och_lonebidrag),
    )


def _overgangar(session: Session, fran: date, slut: date, per: date) -> Konsvarden:
    """People whose OSA-anställning ended in the period and who, that day or later, got another by `per`.

    Another is an insats of OVERGANG_TYPER that starts, or an avslut with one of OVERGANG_RESULTAT.
    """
    slutade = (
        _insatser((OSA_ANSTALLNING,), func.min(Insats.slut).label("dag"))
        .where(Insats.slut >= fran, Insats.slut <= slut)
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    nya = (
        _insatser(OVERGANG_TYPER, func.max(Insats.start).label("dag"))
        .where(Insats.start >= fran, Insats.start <= per)
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    avslut = (
        select(Inskrivning.deltagare_id, func.max(Inskrivning.avslutad).label("dag"))
        .where(
            Inskrivning.avslutad >= fran,
            Inskrivning.avslutad <= per,
            Inskrivning.resultat.in_([r.value for r in OVERGANG_RESULTAT]),
        )
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    rows = session.execute(
        select(Deltagare.kon, func.count())
        .join(slutade, slutade.c.deltagare_id == Deltagare.id)
        .outerjoin(nya, nya.c.deltagare_id == Deltagare.id)
        .outerjoin(avslut, avslut.c.deltagare_id == Deltagare.id)
        .where(or_(nya.c.dag >= slutade.c.dag, avslut.c.dag >= slutade.c.dag))
        .group_by(Deltagare.kon)
    )
    return by_kon(rows)


def _insatser(typer: Sequence[str], dag: ColumnElement[Any]) -> Select[int, Any]:
    typ_ids = select(Insatstyp.id).where(Insatstyp.namn.in_(typer))
    return (
        select(Inskrivning.deltagare_id, dag)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(Insats.insatstyp_id.in_(typ_ids))
    )


def _placeringar(session: Session, fran: date, till: date) -> list[_Placering]:
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
        .where(Insatstyp.namn == OSA_ANSTALLNING, runs(Insats.start, Insats.slut, fran, till))
    )  # fmt: skip
    placeringar: dict[int, _Placering] = {}
    for insats_id, deltagare_id, kon, start, slut, beslut_fran, beslut_till in rows:
        placering = placeringar.setdefault(insats_id, _Placering(deltagare_id, kon, start, slut))
        if beslut_fran is not None:
            placering.beslut.append((beslut_fran, beslut_till))
    return list(placeringar.values())


def _count_personer(placeringar: Iterable[_Placering]) -> Konsvarden:
    personer: defaultdict[Kon, set[int]] = defaultdict(set)
    for placering in placeringar:
        personer[placering.kon].add(placering.deltagare_id)
    return by_kon((kon, len(ids)) for kon, ids in personer.items())
