"""What every change of a plan shares: who may, the plan held, rows given what a document says, and rows taken
away with what staff have written of them."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding
from db.errors import DataError, NotFoundError
from db.models import (
    Aktivitetsstatus,
    Base,
    Malbedomning,
    Plan,
    Planaktivitet,
    Planindikator,
    Plankommentar,
    Planmal,
    Planvarde,
)
from db.queries.plan import NOT_FOUND, may_change_plan
from db.rules.koder import Vardeslag
from db.rules.plan import Aktivitet, Arshjul, Indikator, Mal, Plandokument, Varde

SLAG = "plan"
NOT_ALLOWED = (
    "Du saknar behörighet att ändra planer. Kontakta nämndsekreteraren, chefen eller administratören."
)
CHANGED_MEANWHILE = "Någon annan har ändrat det här. Inget har sparats. Öppna det igen och gör om ändringen."


def require_right(session: Session, aktor: Aktor) -> None:
    """Raises DataError for those who may not change plans."""
    if not may_change_plan(session, aktor):
        raise DataError(NOT_ALLOWED)


def lock_plan(session: Session, plan_id: int) -> Plan:
    """The plan, held: every change of a plan holds it, so one at a time changes its rows. Raises
    NotFoundError."""
    plan = session.get(Plan, plan_id, with_for_update=True)
    if plan is None:
        raise NotFoundError(NOT_FOUND)
    return plan


def write_head(plan: Plan, dokument: Plandokument) -> None:
    """Give the plan's own row what the document says."""
    plan.kommun, plan.namnd, plan.ar = dokument.kommun, dokument.namnd, dokument.ar
    plan.titel, plan.kalla, plan.bedomning = dokument.titel, dokument.kalla, dokument.bedomning.value
    plan.uppfoljning = _json(list(dokument.uppfoljning))
    plan.regler = _json(dict(dokument.regler))
    plan.arshjul = write_arshjul(dokument.arshjul)


def write_arshjul(arshjul: Iterable[Arshjul]) -> str:
    """The årshjul as the plan's row holds it."""
    return _json([asdict(a) for a in arshjul])


def write_mal(row: Planmal, mal: Mal) -> None:
    """Give a goal's row what the document says, but for what it hangs under."""
    row.kod, row.niva, row.nummer, row.titel = mal.kod, mal.niva, mal.nummer, mal.titel
    row.beskrivning, row.bedomning = mal.beskrivning, mal.bedomning


def write_aktivitet(row: Planaktivitet, aktivitet: Aktivitet) -> None:
    """Give an activity's row what the document says, but for its goal."""
    row.nummer, row.text, row.beskrivning = aktivitet.nummer, aktivitet.text, aktivitet.beskrivning
    row.forvantad_effekt, row.styrdokument = aktivitet.forvantad_effekt, aktivitet.styrdokument
    row.avrapporteras = aktivitet.avrapporteras


def write_indikator(row: Planindikator, indikator: Indikator) -> None:
    """Give an indicator's row what the document says, but for its goal and its values."""
    row.kod, row.slag, row.namn = indikator.kod, indikator.slag.value, indikator.namn
    row.enhet, row.konsuppdelad = indikator.enhet, indikator.konsuppdelad
    row.kalla, row.definition, row.beraknas = indikator.kalla, indikator.definition, indikator.beraknas
    row.koppling, row.kolada = indikator.koppling, indikator.kolada
    row.nummer, row.bedomning = indikator.nummer, indikator.bedomning


def write_varden(session: Session, indikatorer: Collection[tuple[int, Indikator]]) -> None:
    """Bring the printed values of indicators (id, document) in step with the document."""
    query = select(Planvarde).where(Planvarde.indikator_id.in_([id_ for id_, _ in indikatorer]))
    finns = {(v.indikator_id, v.slag, v.period): v for v in session.scalars(query.order_by(Planvarde.id))}
    for owner, indikator in indikatorer:
        for slag, varden in (
            (Vardeslag.UTFALL, indikator.varden),
            (Vardeslag.RIKTVARDE, indikator.riktvarden),
        ):
            for ordning, varde in enumerate(varden):
                row = finns.pop((owner, slag.value, varde.period), None)
                if row is None:
                    row = Planvarde(indikator_id=owner, slag=slag.value, period=varde.period)
                    session.add(row)
                _write_varde(row, ordning, varde)
    remove_rows(session, finns.values())


def remove_rows(session: Session, rows: Iterable[Base]) -> None:
    """Take rows away at once, before those that they name."""
    for row in rows:
        session.delete(row)
    session.flush()


def remove_written(
    session: Session, mal: Collection[int], indikatorer: Collection[int], aktiviteter: Collection[int]
) -> None:
    """Take away what is printed and written of goals, indicators and activities, by their ids."""
    remove_rows(
        session, session.scalars(select(Planvarde).where(Planvarde.indikator_id.in_(indikatorer))).all()
    )
    for model in (Malbedomning, Plankommentar):
        remove_rows(session, session.scalars(select(model).where(_about(model, mal, indikatorer))).all())
    lagen = select(Aktivitetsstatus).where(Aktivitetsstatus.aktivitet_id.in_(aktiviteter))
    remove_rows(session, session.scalars(lagen).all())


def tell_written(
    session: Session, mal: Collection[int], indikatorer: Collection[int], aktiviteter: Collection[int]
) -> Iterator[Finding]:
    """What staff have written that goes with them."""
    for model, ord_ in ((Malbedomning, "bedömningar"), (Plankommentar, "kommentarer")):
        query = select(func.count()).select_from(model).where(_about(model, mal, indikatorer))
        if antal := session.scalar(query):
            yield Finding("", f"Med dem försvinner {ord_}: {antal}.")
    query = select(func.count()).select_from(Aktivitetsstatus)
    if antal := session.scalar(query.where(Aktivitetsstatus.aktivitet_id.in_(aktiviteter))):
        yield Finding("", f"Med dem försvinner lägen för aktiviteter: {antal}.")


def ids_of(rows: Iterable[Planmal | Planaktivitet | Planindikator]) -> list[int]:
    """The ids of rows."""
    return [row.id for row in rows]


def _write_varde(row: Planvarde, ordning: int, varde: Varde) -> None:
    row.ordning, row.kvinnor, row.man = ordning, varde.kvinnor, varde.man
    row.totalt, row.text = varde.totalt, varde.text


def _about(
    model: type[Malbedomning] | type[Plankommentar], mal: Collection[int], indikatorer: Collection[int]
) -> ColumnElement[bool]:
    return or_(model.mal_id.in_(mal), model.indikator_id.in_(indikatorer))


def _json(varde: object) -> str:
    return json.dumps(varde, ensure_ascii=False) if varde else ""
