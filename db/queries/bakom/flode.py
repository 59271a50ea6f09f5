"""The people behind the report `flode`, and how many days each of them adds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning, Steg
from db.queries import access
from db.queries.bakom.gemensamt import Loader, Oppning, People, Vad, make_rows, share
from db.queries.figurer.gemensamt import last_seen
from db.queries.figurer.slugs import unique_slugs
from db.queries.flode import list_steg, stays
from db.queries.flode_personer import list_i_steg, list_in, list_ut
from db.queries.idag.scope import PERSON
from db.queries.tavla import UTAN_STEG
from db.rules.flode import UTAN_STEG_SLUG, is_over_riktvarde
from db.rules.period import Period
from db.sql import days_between

STEG = "flode."


def find(rad_id: str) -> Oppning | None:
    """How a row of the report opens; None for one of another."""
    if rad_id in _ROWS:
        return _ROWS[rad_id]
    if not rad_id.startswith(STEG):
        return None
    slug, _, rad = rad_id.removeprefix(STEG).rpartition(".")
    if slug == UTAN_STEG_SLUG and rad != "antal":
        return None
    return _of_steg(rad, slug)


def _of_steg(rad: str, slug: str) -> Oppning | None:
    match rad:
        case "antal":
            return Oppning(_in_steg(slug))
        case "dagar_median":
            return Oppning(_in_steg(slug), Vad.DAGAR)
        case "lamnat":
            return Oppning(_lamnat(slug))
        case "lamnat_dagar_median":
            return Oppning(_lamnat(slug), Vad.DAGAR)
    return None


def _find_steg(session: Session, slug: str, fran: date, slut: date) -> int | None:
    """The id of the steg that the rows of the period call so; None where there is none."""
    if slug == UTAN_STEG_SLUG:
        return UTAN_STEG
    # Those that the report has: a name may be told from others only where both are there.
    steg = {rad.namn: rad.steg_id for rad in list_steg(session, fran, slut)}
    slugs = unique_slugs(steg, [UTAN_STEG_SLUG])
    return next((steg[namn] for namn, ett in slugs.items() if ett == slug), None)


def _in_steg(slug: str) -> Loader:
    """Who stands in the steg on the last day: since when."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        slut = last_seen(period, per)
        steg_id = _find_steg(session, slug, period.fran, slut)
        if steg_id is None:
            return ()
        return _with_days(list_i_steg(session, aktor, steg_id, slut), slut)

    return load


def _with_days(found: People, slut: date) -> People:
    return [replace(rad, tal=(slut - rad.datum).days) for rad in found]


def _lamnat(slug: str) -> Loader:
    """Who left the steg in the period: when."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        slut = last_seen(period, per)
        steg_id = _find_steg(session, slug, period.fran, slut)
        v = stays(min(period.fran, slut), slut)
        query = (
            select(v.c.till, days_between(v.c.fran, v.c.till), Steg.namn, Deltagare.kon, *PERSON)
            .join(Inskrivning, Inskrivning.id == v.c.inskrivning_id)
            .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
            .join(Steg, Steg.id == v.c.steg_id)
            .where(v.c.steg_id == steg_id, v.c.till >= period.fran, access.may_know(aktor))
            .order_by(v.c.till, Deltagare.sortering, Inskrivning.id)
        )
        return make_rows(session, session.execute(query))

    return load


def _ut(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Who went out in the period: from the first day to the last."""
    slut = last_seen(period, per)
    query = (
        select(
            Inskrivning.avslutad, days_between(Inskrivning.inskriven, Inskrivning.avslutad),
            Inskrivning.resultat, Deltagare.kon, *PERSON,
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Inskrivning.avslutad >= period.fran, Inskrivning.avslutad <= slut, access.may_know(aktor))
        .order_by(Inskrivning.avslutad, Deltagare.sortering, Inskrivning.id)
    )  # fmt: skip
    return make_rows(session, session.execute(query))


def _inskrivna(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    return list_i_steg(session, aktor, None, last_seen(period, per))


def _over_riktvarde(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Who stands in a steg longer than its guide value."""
    slut = last_seen(period, per)
    rows = session.execute(select(Steg.namn, Steg.riktvarde_dagar))
    varden = {row.namn: row.riktvarde_dagar for row in rows}
    return [
        rad
        for rad in _with_days(list_i_steg(session, aktor, None, slut), slut)
        if is_over_riktvarde(int(rad.tal or 0), varden.get(rad.text))
    ]


def _span(listed: Callable[[Session, Aktor, date, date], People]) -> Loader:
    return lambda session, aktor, period, per: listed(session, aktor, period.fran, last_seen(period, per))


_ROWS = {
    "flode.in": Oppning(_span(list_in)),
    "flode.ut": Oppning(_span(list_ut)),
    "flode.ledtid_median": Oppning(_ut, Vad.DAGAR),
    "flode.inskrivna": Oppning(_inskrivna),
    "flode.over_riktvarde": Oppning(_over_riktvarde),
    "flode.andel_over_riktvarde": share(_over_riktvarde, _inskrivna),
}
