"""What staff have written of a plan: own assessments, comments and how far activities have come for a period,
typed values of all periods, and other municipalities' figures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Aktivitetsstatus,
    Indikatorvarde,
    Malbedomning,
    Medarbetare,
    Planaktivitet,
    Planindikator,
    Plankommentar,
    Planmal,
)
from db.rules.koder import Aktivitetslage
from db.rules.plan import plain_period
from db.rules.planbild import Egenbedomning, Kommentar, Lage

RadT = TypeVar("RadT", Malbedomning, Plankommentar)


@dataclass(frozen=True, slots=True)
class Planord:
    """What is written for the period, by the id of goal, indicator or activity."""

    egna_mal: Mapping[int, Egenbedomning]
    egna_indikatorer: Mapping[int, Egenbedomning]
    om_mal: Mapping[int, tuple[Kommentar, ...]]
    om_indikatorer: Mapping[int, tuple[Kommentar, ...]]
    lagen: Mapping[int, Lage]


def load_ord(session: Session, plan_id: int, period: str) -> Planord:
    """All that is written of the plan for a period (any spelling of its days). Four statements."""
    nyckel = plain_period(period)
    rows = session.execute(select(Medarbetare.signatur, Medarbetare.namn))
    namn: dict[str, str] = {signatur: kallad for signatur, kallad in rows}  # noqa: C416
    egna: tuple[dict[int, Egenbedomning], dict[int, Egenbedomning]] = ({}, {})
    for b in session.scalars(_of_plan(Malbedomning, plan_id)):
        if plain_period(b.period) == nyckel:
            egen = Egenbedomning(
                b.id, b.bedomning, b.skal, b.signatur, namn.get(b.signatur, b.signatur), b.datum
            )
            egna[b.mal_id is None][b.mal_id or b.indikator_id or 0] = egen
    om: tuple[dict[int, tuple[Kommentar, ...]], dict[int, tuple[Kommentar, ...]]] = ({}, {})
    for k in session.scalars(_of_plan(Plankommentar, plan_id)):
        if plain_period(k.period) == nyckel:
            kommentar = Kommentar(
                k.id, k.text, k.atgard, k.klart, k.signatur, namn.get(k.signatur, k.signatur), k.datum
            )
            vad, owner = om[k.mal_id is None], k.mal_id or k.indikator_id or 0
            vad[owner] = (*vad.get(owner, ()), kommentar)
    return Planord(*egna, *om, _lagen(session, plan_id, nyckel, namn))


def load_skrivna(session: Session, plan_id: int) -> Mapping[str, Mapping[str, Indikatorvarde]]:
    """Typed values with a number by the indicator's kod and the period's plain spelling. One statement."""
    koder = select(Planindikator.kod).where(Planindikator.plan_id == plan_id)
    tal = (Indikatorvarde.kvinnor, Indikatorvarde.man, Indikatorvarde.totalt)
    query = (
        select(Indikatorvarde)
        .where(Indikatorvarde.indikator.in_(koder), or_(*(column.is_not(None) for column in tal)))
        .order_by(Indikatorvarde.id)
    )
    ut: defaultdict[str, dict[str, Indikatorvarde]] = defaultdict(dict)
    for row in session.scalars(query):
        ut[row.indikator][plain_period(row.period)] = row
    return ut


def _lagen(session: Session, plan_id: int, nyckel: str, namn: Mapping[str, str]) -> dict[int, Lage]:
    query = (
        select(Aktivitetsstatus)
        .join(Planaktivitet, Planaktivitet.id == Aktivitetsstatus.aktivitet_id)
        .where(Planaktivitet.plan_id == plan_id)
        .order_by(Aktivitetsstatus.id)
    )
    return {
        s.aktivitet_id: Lage(
            Aktivitetslage(s.status), s.kommentar, s.signatur, namn.get(s.signatur, s.signatur), s.datum
        )
        for s in session.scalars(query)
        if plain_period(s.period) == nyckel
    }


def _of_plan(model: type[RadT], plan_id: int) -> Select[RadT]:
    mal = select(Planmal.id).where(Planmal.plan_id == plan_id)
    indikatorer = select(Planindikator.id).where(Planindikator.plan_id == plan_id)
    of = or_(model.mal_id.in_(mal), model.indikator_id.in_(indikatorer))
    return select(model).where(of).order_by(model.datum, model.id)
