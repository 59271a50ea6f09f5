"""Figures of the report `deltagare`: people, insatser, meetings and plans of the arbetsmarknadsverksamhet."""

from calendar import isleap
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Deltagare, Insats, Insatstyp, Inskrivning, Mote, Planering
from db.queries.figurer.gemensamt import (
    NOLL,
    Villkor,
    add,
    amount,
    born_after,
    by_kon,
    columns_by_kon,
    count,
    flag,
    last_seen,
    overlap_days,
    runs,
    share_of,
    subtract,
)
from db.queries.figurer.slugs import unique_slugs
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING, FERIEPRAKTIK
from db.rules.koder import Motesform, Verksamhet
from db.rules.period import Period
from db.rules.text import sort_key

VUXEN_FRAN = 25
SENASTE_DAGAR = 30


def figures(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    period: Period,
    per: date,
    urval: Villkor = (),
) -> tuple[Figur, ...]:
    """All rows of the report by kön, in four statements and one for the catalogue."""
    slut = last_seen(period, per)
    unika = _inskrivna(session, period, slut, urval)
    return (
        *unika,
        *_sista_dagen(session, slut, urval),
        *_insatser(session, period, slut, unika[0].varde, urval),
        *_moten(session, period, slut, urval),
    )


def _inskrivna(session: Session, period: Period, slut: date, urval: Villkor) -> tuple[Figur, ...]:
    """Each person once, with any inskrivning day in the period; age on the period's last day."""
    personer = (
        select(
            Inskrivning.deltagare_id,
            func.max(flag(Inskrivning.inskriven >= period.fran)).label("ny"),
            func.max(flag(Inskrivning.avslutad <= slut)).label("avslutad"),
        )
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, period.fran, slut))
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    unga = born_after(period.till, VUXEN_FRAN)
    rows = session.execute(
        select(
            Deltagare.kon,
            func.count(),
            func.sum(personer.c.ny),
            func.sum(personer.c.avslutad),
            func.sum(flag(unga)),
            func.sum(flag(~unga)),
        )
        .join(personer, personer.c.deltagare_id == Deltagare.id)
        .where(*urval)
        .group_by(Deltagare.kon)
    ).all()
    unika, nya, avslutade, under_25, fran_25 = columns_by_kon(rows) or [NOLL] * 5
    return (
        count("deltagare.unika", unika),
        count("deltagare.nya", nya),
        count("deltagare.avslutade", avslutade),
        count("deltagare.alder.-24", under_25),
        count("deltagare.alder.25-", fran_25),
        count("deltagare.alder.uppgift_saknas", subtract(unika, add(under_25, fran_25))),
    )


def _sista_dagen(session: Session, slut: date, urval: Villkor) -> tuple[Figur, ...]:
    """Inskrivna on the last day, with an insats in the last 30 days, with a plan that is aktuell."""
    personer = (
        select(
            Inskrivning.deltagare_id,
            func.max(flag(has_recent_insats(slut))).label("med_insats"),
            func.max(flag(has_current_plan(slut))).label("med_plan"),
        )
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, slut, slut))
        .group_by(Inskrivning.deltagare_id)
        .subquery()
    )
    rows = session.execute(
        select(Deltagare.kon, func.count(), func.sum(personer.c.med_insats), func.sum(personer.c.med_plan))
        .join(personer, personer.c.deltagare_id == Deltagare.id)
        .where(*urval)
        .group_by(Deltagare.kon)
    ).all()
    inskrivna, med_insats, med_plan = columns_by_kon(rows) or [NOLL] * 3
    bas = "deltagare.inskrivna_sista_dag"
    return (
        count(bas, inskrivna),
        share_of("deltagare.med_insats_senaste_manaden_andel", med_insats, inskrivna, namnare_id=bas),
        share_of("planering.andel_aktuell", med_plan, inskrivna, namnare_id=bas),
    )


def has_recent_insats(slut: date) -> ColumnElement[bool]:
    """The condition that the person of an Inskrivning had an insats in the 30 days that end with the day."""
    egna = aliased(Inskrivning)
    return exists().where(
        egna.deltagare_id == Inskrivning.deltagare_id,
        Insats.inskrivning_id == egna.id,
        runs(Insats.start, Insats.slut, slut - timedelta(days=SENASTE_DAGAR - 1), slut),
    )


def has_current_plan(slut: date) -> ColumnElement[bool]:
    """The condition that the latest plan of an Inskrivning is aktuell: its next follow-up is not passed."""
    uppfoljning = (
        select(Planering.nasta_uppfoljning)
        .where(Planering.inskrivning_id == Inskrivning.id, Planering.upprattad <= slut)
        .order_by(Planering.upprattad.desc())
        .limit(1)
        .scalar_subquery()
    )
    return uppfoljning >= slut


def _insatser(
    session: Session, period: Period, slut: date, unika: Konsvarden, urval: Villkor
) -> tuple[Figur, ...]:
    """Rows of insatser that run in the period: people by insatstyp, numbers of some types, helårsplatser."""
    found = session.execute(select(Insatstyp.id, Insatstyp.namn)).all()
    typer = dict(sorted(((row.id, row.namn) for row in found), key=lambda typ: sort_key(typ[1])))
    delar = calendar_years(period.fran, slut)
    per_typ: defaultdict[str, list[Any]] = defaultdict(list)
    personer = []
    for row in session.execute(_insats_query(period.fran, slut, delar, urval)):
        if row.insatstyp_id is None:
            personer.append(row)
        else:
            per_typ[typer[row.insatstyp_id]].append(row)
    alla = [row for rows in per_typ.values() for row in rows]
    endast_ferie = by_kon((r.kon, r.antal) for r in personer)
    return (
        count("deltagare.utan_feriepraktik", subtract(unika, endast_ferie)),
        count("deltagare.endast_feriepraktik", endast_ferie),
        *(
            count(f"insats.{slug}.unika", by_kon((r.kon, r.personer) for r in per_typ[namn]), namn=namn)
            for namn, slug in unique_slugs(typer.values()).items()
        ),
        count(
            "arbetsmarknadsanstallning.antal",
            by_kon((r.kon, r.antal) for r in per_typ[ARBETSMARKNADSANSTALLNING]),
        ),
        count("feriepraktik.antal", by_kon((r.kon, r.antal) for r in per_typ[FERIEPRAKTIK])),
        amount(
            "helarsplatser.totalt",
            by_kon((r.kon, full_years(r, delar)) for r in alla),
            namnare=by_kon((r.kon, r.personer) for r in personer),
        ),
    )


def _insats_query(fran: date, slut: date, delar: list[tuple[date, date]], urval: Villkor) -> Select[Any]:
    """By insatstyp and kön: people, insatser, and days times omfattning per calendar year.

    Rows without insatstyp count each person once over all types; `antal` is those with only feriepraktik.
    """
    ferie = select(Insatstyp.id).where(Insatstyp.namn == FERIEPRAKTIK).scalar_subquery()
    volymer = [
        func.sum(flag(runs(Insats.start, Insats.slut, a, b)) * overlap_days(Insats.start, Insats.slut, a, b)
                 * Insats.omfattning).label(f"volym_{i}")
        for i, (a, b) in enumerate(delar)
    ]  # fmt: skip
    insatser = (
        select(Inskrivning.deltagare_id, Insats.insatstyp_id, func.count().label("antal"), *volymer)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(runs(Insats.start, Insats.slut, fran, slut))
        .group_by(Inskrivning.deltagare_id, Insats.insatstyp_id)
        .cte("insatser")
    )
    personer = (
        select(
            insatser.c.deltagare_id, func.min(flag(insatser.c.insatstyp_id == ferie)).label("endast_ferie")
        )
        .group_by(insatser.c.deltagare_id)
        .subquery()
    )
    per_typ = (
        select(
            insatser.c.insatstyp_id,
            Deltagare.kon,
            func.count().label("personer"),
            func.sum(insatser.c.antal).label("antal"),
            *(func.sum(insatser.c[f"volym_{i}"]).label(f"volym_{i}") for i in range(len(delar))),
        )
        .join(Deltagare, Deltagare.id == insatser.c.deltagare_id)
        .where(*urval)
        .group_by(insatser.c.insatstyp_id, Deltagare.kon)
    )
    alla_typer = (
        select(
            null(),
            Deltagare.kon,
            func.count(),
            func.sum(personer.c.endast_ferie),
            *(literal(0) for _ in delar),
        )
        .join(Deltagare, Deltagare.id == personer.c.deltagare_id)
        .where(*urval)
        .group_by(Deltagare.kon)
    )
    return select(union_all(per_typ, alla_typer).subquery())


def calendar_years(fran: date, slut: date) -> list[tuple[date, date]]:
    """The span cut at every new year."""
    return [
        (max(fran, date(ar, 1, 1)), min(slut, date(ar, 12, 31))) for ar in range(fran.year, slut.year + 1)
    ]


def full_years(row: Row[Any], delar: list[tuple[date, date]]) -> float:
    """Helårsplatser: insats days times omfattning (per cent) over the days of each calendar year."""
    dagar = (366 if isleap(forsta.year) else 365 for forsta, _ in delar)
    return sum(int(getattr(row, f"volym_{i}")) / (100 * antal) for i, antal in enumerate(dagar))


def _moten(session: Session, period: Period, slut: date, urval: Villkor) -> tuple[Figur, ...]:
    """Physical meetings held in the period by verksamhet; those with uteblev are not counted."""
    rows = session.execute(
        select(Mote.verksamhet, Deltagare.kon, func.count())
        .join(Deltagare, Deltagare.id == Mote.deltagare_id)
        .where(
            and_(Mote.datum >= period.fran, Mote.datum <= slut),
            Mote.form == Motesform.FYSISKT.value,
            Mote.uteblev.is_(False),
            *urval,
        )
        .group_by(Mote.verksamhet, Deltagare.kon)
    ).all()
    return tuple(
        count(f"moten.fysiska_{slug}", by_kon((kon, antal) for vad, kon, antal in rows if vad == verksamhet))
        for verksamhet, slug in (
            (Verksamhet.EKONOMISKT_BISTAND, "bistand"),
            (Verksamhet.ARBETSMARKNAD, "arbetsmarknad"),
        )
    )
