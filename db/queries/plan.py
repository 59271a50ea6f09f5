"""Plans in the register: which there are, and one as a whole, with the ids of its rows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.errors import NotFoundError
from db.models import Plan, Planaktivitet, Planindikator, Planmal, Planvarde
from db.queries.settings import may_change_settings
from db.rules.koder import Bedomningsskala, Indikatorslag, Vardeslag
from db.rules.plan import Aktivitet, Arshjul, Indikator, Mal, Plandokument, Varde
from db.rules.planbild import LagradPlan

PlanradT = TypeVar("PlanradT", Planmal, Planaktivitet, Planindikator)
NOT_FOUND = "Planen finns inte i registret."


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list; `kod` is what it is called on the command line."""

    id: int
    kod: str
    kommun: str
    namnd: str
    ar: int
    titel: str
    bedomning: Bedomningsskala
    uppfoljning: tuple[str, ...]
    antal_mal: int
    antal_aktiviteter: int
    antal_indikatorer: int
    antal_volymer: int


def may_change_plan(session: Session, aktor: Aktor) -> bool:
    """Whether the user may change plans, typed values and assessments: those who may change settings, and the
    nämndsekreterare. Everybody may comment and tell how far an activity has come."""
    return aktor.roll is Roll.NAMNDSEKRETERARE or may_change_settings(session, aktor)


def list_planer(session: Session, aktor: Aktor) -> tuple[PlanRow, ...]:  # noqa: ARG001
    """Every plan, the latest year first, then by municipality. One statement."""

    def count(model: type[Planmal] | type[Planaktivitet] | type[Planindikator], slag: str = "") -> Any:
        query = select(func.count()).select_from(model).where(model.plan_id == Plan.id)
        if slag:
            query = query.where(Planindikator.slag == slag)
        return query.correlate(Plan).scalar_subquery()

    query = select(
        Plan,
        count(Planmal),
        count(Planaktivitet),
        count(Planindikator, Indikatorslag.INDIKATOR),
        count(Planindikator, Indikatorslag.VOLYM),
    ).order_by(Plan.ar.desc(), Plan.kommun, Plan.kod)
    return tuple(
        PlanRow(
            plan.id, plan.kod, plan.kommun, plan.namnd, plan.ar, plan.titel, Bedomningsskala(plan.bedomning),
            tuple(_json(plan.uppfoljning, [])), *antal,
        )
        for plan, *antal in session.execute(query)
    )  # fmt: skip


def find_plan(session: Session, aktor: Aktor, kod: str) -> int:  # noqa: ARG001
    """The id of the plan of that name, whatever its case. Raises NotFoundError that names those there are."""
    rows = session.execute(select(Plan.kod, Plan.id).order_by(Plan.kod))
    planer: dict[str, int] = {kod: plan_id for kod, plan_id in rows}  # noqa: C416
    sokt = kod.strip().lower()
    if sokt not in planer:
        finns = f"Välj bland {', '.join(planer)}." if planer else "Läs in en plan först."
        raise NotFoundError(f"Planen {kod} finns inte. {finns}")
    return planer[sokt]


def load_plan(session: Session, aktor: Aktor, plan_id: int) -> LagradPlan:  # noqa: ARG001
    """The plan as a whole. Five statements, however large. Raises NotFoundError."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NotFoundError(NOT_FOUND)
    mal = session.scalars(select_rows(Planmal, plan_id)).all()
    aktiviteter = session.scalars(select_rows(Planaktivitet, plan_id)).all()
    indikatorer = session.scalars(select_rows(Planindikator, plan_id)).all()
    varden = session.scalars(
        select(Planvarde)
        .join(Planindikator, Planindikator.id == Planvarde.indikator_id)
        .where(Planindikator.plan_id == plan_id)
        .order_by(Planvarde.ordning, Planvarde.id)
    ).all()
    kod_of = {m.id: m.kod for m in mal}
    per: dict[tuple[int, str], list[Varde]] = {}
    for v in varden:
        per.setdefault((v.indikator_id, v.slag), []).append(read_varde(v))
    lasta = [read_indikator(i, kod_of, per) for i in indikatorer]
    dokument = Plandokument(
        plan.kommun, plan.namnd, plan.ar, plan.titel, plan.kalla, Bedomningsskala(plan.bedomning),
        tuple(_json(plan.uppfoljning, [])),
        tuple(read_mal(m, kod_of) for m in mal),
        tuple(read_aktivitet(a, kod_of) for a in aktiviteter),
        tuple(i for i in lasta if i.slag is Indikatorslag.INDIKATOR),
        tuple(i for i in lasta if i.slag is Indikatorslag.VOLYM),
        _json(plan.regler, {}),
        tuple(Arshjul(a["manad"], tuple(a["typ"])) for a in _json(plan.arshjul, [])),
    )  # fmt: skip
    return LagradPlan(
        plan.id, plan.kod, dokument, {m.kod: m.id for m in mal}, {i.kod: i.id for i in indikatorer},
        tuple(a.id for a in aktiviteter),
    )  # fmt: skip


def read_mal(row: Planmal, kod_of: Mapping[int, str]) -> Mal:
    """A goal's row as it stands in the document; `kod_of` names the goals by id."""
    return Mal(
        row.kod,
        row.niva,
        row.titel,
        kod_of.get(row.overordnat_id or 0, ""),
        row.nummer,
        row.beskrivning,
        row.bedomning,
    )


def read_aktivitet(row: Planaktivitet, kod_of: Mapping[int, str]) -> Aktivitet:
    """An activity's row as it stands in the document."""
    mal = kod_of.get(row.mal_id or 0, "")
    return Aktivitet(
        row.text, mal, row.nummer, row.beskrivning, row.forvantad_effekt, row.styrdokument, row.avrapporteras
    )


def read_indikator(
    row: Planindikator, kod_of: Mapping[int, str], per: Mapping[tuple[int, str], Iterable[Varde]]
) -> Indikator:
    """An indicator's row as it stands in the document; `per` holds values by indicator id and slag."""
    return Indikator(
        row.kod, row.namn, row.enhet, row.konsuppdelad, Indikatorslag(row.slag),
        kod_of.get(row.mal_id or 0, ""), row.kalla, row.definition, row.beraknas, row.koppling, row.kolada,
        tuple(per.get((row.id, Vardeslag.UTFALL), ())), tuple(per.get((row.id, Vardeslag.RIKTVARDE), ())),
        row.nummer, row.bedomning,
    )  # fmt: skip


def read_varde(row: Planvarde) -> Varde:
    """A printed value's row as it stands in the document."""
    return Varde(row.period, row.kvinnor, row.man, row.totalt, row.text)


def select_rows(model: type[PlanradT], plan_id: int) -> Select[PlanradT]:
    """The goals, activities or indicators of a plan, in order."""
    return select(model).where(model.plan_id == plan_id).order_by(model.ordning, model.id)


def _json(text: str, tomt: Any) -> Any:
    return json.loads(text) if text else tomt
