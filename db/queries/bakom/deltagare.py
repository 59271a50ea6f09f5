"""The people behind the reports `deltagare` and `belaggning`."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Mote
from db.queries import access
from db.queries.bakom.gemensamt import Oppning, People, Vad, by_name, each_once, inskrivna, make_rows, share
from db.queries.figurer.belaggning import DAGLIG_VERKSAMHET
from db.queries.figurer.deltagare import (
    VUXEN_FRAN,
    calendar_years,
    full_years,
    has_current_plan,
    has_recent_insats,
)
from db.queries.figurer.gemensamt import born_after, flag, last_seen, overlap_days, runs
from db.queries.figurer.slugs import unique_slugs
from db.queries.flode_personer import PersonBakom, with_arende
from db.queries.idag.scope import PERSON, make_person
from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING, FERIEPRAKTIK
from db.rules.koder import Enhetstyp, Motesform, Verksamhet
from db.rules.period import Period

INSATS, UNIKA = "insats.", ".unika"
ENHET, GRAD = "belaggning.enhet.", ".grad"


def find(rad_id: str) -> Oppning | None:
    """How a row of the reports opens; None for one of another, and for one of places that nobody has."""
    if rad_id in _ROWS:
        return _ROWS[rad_id]
    if rad_id.startswith(INSATS) and rad_id.endswith(UNIKA):
        return Oppning(partial(_of_typ, rad_id.removeprefix(INSATS).removesuffix(UNIKA)))
    if rad_id.startswith(ENHET) and rad_id.endswith(GRAD):
        slug = rad_id.removeprefix(ENHET).removesuffix(GRAD)
        return Oppning(partial(_at_enhet, slug), Vad.PLATSDAGAR)
    return None


def _of_typ(slug: str, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """People with an insats of the type some day of the period: since when the latest has run."""
    typer = {row.namn: row.id for row in session.execute(select(Insatstyp.namn, Insatstyp.id))}
    ids = [typer[namn] for namn, ett in unique_slugs(typer).items() if ett == slug]
    latest = (func.max(Insats.start), Deltagare.kon, *PERSON)
    query = _insatser(aktor, period.fran, last_seen(period, per), *latest)
    return each_once(session, query.where(Insats.insatstyp_id.in_(ids)))


def _insatser(aktor: Aktor, fran: date, till: date, *columns: Any) -> Any:
    """Insatser that run some day of the span, of people whom the user may know."""
    return (
        select(*columns)
        .select_from(Insats)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(runs(Insats.start, Insats.slut, fran, till), access.may_know(aktor))
    )


def _each(namn: str, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Every insats of a type some day of the period: its first day."""
    return _list_insatser(session, aktor, period.fran, last_seen(period, per), namn)


def _daglig(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    slut = last_seen(period, per)
    return _list_insatser(session, aktor, slut, slut, DAGLIG_VERKSAMHET)


def _list_insatser(session: Session, aktor: Aktor, fran: date, till: date, namn: str) -> People:
    typ = select(Insatstyp.id).where(Insatstyp.namn == namn)
    query = _insatser(aktor, fran, till, Insats.start, Deltagare.kon, *PERSON)
    query = query.where(Insats.insatstyp_id.in_(typ))
    rows = ((dag, None, "", *more) for dag, *more in session.execute(query))
    return by_name(make_rows(session, rows))


def _only_ferie(period: Period, slut: date) -> ColumnElement[bool]:
    """Who has had nothing but feriepraktik in the period."""
    ferie = select(Insatstyp.id).where(Insatstyp.namn == FERIEPRAKTIK).scalar_subquery()
    personer = (
        select(Inskrivning.deltagare_id)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(runs(Insats.start, Insats.slut, period.fran, slut))
        .group_by(Inskrivning.deltagare_id)
        .having(func.min(flag(Insats.insatstyp_id == ferie)) == 1)
    )
    return Deltagare.id.in_(personer)


def _endast_ferie(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    slut = last_seen(period, per)
    query = _insatser(aktor, period.fran, slut, func.max(Insats.start), Deltagare.kon, *PERSON)
    return each_once(session, query.where(_only_ferie(period, slut)))


def _helar(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """People with an insats some day of the period, and how much of the helårsplatser they have had."""
    slut = last_seen(period, per)
    delar = calendar_years(period.fran, slut)
    days = [
        (flag(runs(Insats.start, Insats.slut, a, b)) * overlap_days(Insats.start, Insats.slut, a, b)
         * Insats.omfattning).label(f"volym_{i}")
        for i, (a, b) in enumerate(delar)
    ]  # fmt: skip
    query = _insatser(aktor, period.fran, slut, Insats.start, Deltagare.kon, *PERSON, *days)
    helar: defaultdict[int, float] = defaultdict(float)
    latest: dict[int, PersonBakom] = {}
    for row in session.execute(query.order_by(Insats.start)):
        dag, kon, *person = row[: 2 + len(PERSON)]
        helar[person[0]] += full_years(row, delar)
        latest[person[0]] = PersonBakom(make_person(person), dag, "", kon, helar[person[0]])
    return by_name(with_arende(session, list(latest.values())))


def _moten(verksamhet: Verksamhet, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Every physical möte held in the period: the day, and what it was about."""
    query = (
        select(Mote.datum, Mote.syfte, Deltagare.kon, *PERSON)
        .join(Deltagare, Deltagare.id == Mote.deltagare_id)
        .where(
            Mote.datum >= period.fran, Mote.datum <= last_seen(period, per), Mote.uteblev.is_(False),
            Mote.form == Motesform.FYSISKT.value, Mote.verksamhet == verksamhet.value, access.may_know(aktor),
        )
        .order_by(Mote.datum, Deltagare.sortering, Mote.id)
    )  # fmt: skip
    rows = session.execute(query)
    return make_rows(session, ((dag, None, syfte, *more) for dag, syfte, *more in rows))


def _at_enhet(slug: str, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    namn = [rad.namn for rad in session.execute(select(Enhet.namn).order_by(Enhet.typ.desc(), Enhet.id))]
    which = next((enhet for enhet, ett in unique_slugs(namn).items() if ett == slug), None)
    return _places(session, aktor, period, per, Enhet.namn == which)


def _at_typ(typ: Enhetstyp, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    return _places(session, aktor, period, per, Enhet.typ == typ.value)


def _places(session: Session, aktor: Aktor, period: Period, per: date, which: ColumnElement[bool]) -> People:
    """Every insats at the enheter some day of the period: its first day, where (not told of a protected
    person), and how many days of the period it has had its place."""
    slut = last_seen(period, per)
    dagar = overlap_days(Insats.start, Insats.slut, period.fran, slut)
    query = _insatser(aktor, period.fran, slut, Insats.start, dagar, Enhet.namn, Deltagare.kon, *PERSON)
    query = query.join(Enhet, Enhet.id == Insats.enhet_id).where(which)
    found = make_rows(session, session.execute(query))
    return by_name([replace(rad, text="") if rad.person.is_masked else rad for rad in found])


_PA_SISTA = inskrivna(sista_dagen=True)
_ROWS = {
    "deltagare.unika": Oppning(inskrivna()),
    "deltagare.nya": Oppning(inskrivna(lambda period, _slut: Inskrivning.inskriven >= period.fran)),
    "deltagare.avslutade": Oppning(inskrivna(lambda _period, slut: Inskrivning.avslutad <= slut)),
    "deltagare.alder.-24": Oppning(inskrivna(lambda period, _slut: born_after(period.till, VUXEN_FRAN))),
    "deltagare.alder.25-": Oppning(inskrivna(lambda period, _slut: ~born_after(period.till, VUXEN_FRAN))),
    "deltagare.alder.uppgift_saknas": Oppning(
        inskrivna(lambda _period, _slut: Deltagare.fodelsedatum.is_(None))
    ),
    "deltagare.inskrivna_sista_dag": Oppning(_PA_SISTA),
    "deltagare.med_insats_senaste_manaden_andel": share(
        inskrivna(lambda _period, slut: has_recent_insats(slut), sista_dagen=True), _PA_SISTA
    ),
    "planering.andel_aktuell": share(
        inskrivna(lambda _period, slut: has_current_plan(slut), sista_dagen=True), _PA_SISTA
    ),
    "deltagare.utan_feriepraktik": Oppning(inskrivna(lambda period, slut: ~_only_ferie(period, slut))),
    "deltagare.endast_feriepraktik": Oppning(_endast_ferie),
    "arbetsmarknadsanstallning.antal": Oppning(partial(_each, ARBETSMARKNADSANSTALLNING)),
    "feriepraktik.antal": Oppning(partial(_each, FERIEPRAKTIK)),
    "helarsplatser.totalt": Oppning(_helar, Vad.HELAR),
    "moten.fysiska_bistand": Oppning(partial(_moten, Verksamhet.EKONOMISKT_BISTAND)),
    "moten.fysiska_arbetsmarknad": Oppning(partial(_moten, Verksamhet.ARBETSMARKNAD)),
    **{f"belaggning.{typ.value}{GRAD}": Oppning(partial(_at_typ, typ), Vad.PLATSDAGAR) for typ in Enhetstyp},
    "daglig_verksamhet.platser": Oppning(_daglig),
}
