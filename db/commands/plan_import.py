"""Plans put into the register as a whole, replaced by a newer text of the same, and taken away."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
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
from db.queries.plan import NOT_FOUND, PlanradT, may_change_plan, select_rows
from db.rules.koder import Vardeslag
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument, Varde
from db.session import Store

SLAG = "plan"
NOT_ALLOWED = (
    "Du saknar behörighet att ändra planer. Kontakta nämndsekreteraren, chefen eller administratören."
)

_KOD = re.compile("[a-z0-9][a-z0-9-]{0,63}")  # db.exchange.plantoml.find_kod makes one of a file's name


def require_right(session: Session, aktor: Aktor) -> None:
    """Raises DataError for those who may not change plans."""
    if not may_change_plan(session, aktor):
        raise DataError(NOT_ALLOWED)


def check_import(session: Session, aktor: Aktor, kod: str, dokument: Plandokument) -> tuple[Finding, ...]:
    """What to tell before a plan is put in: that it replaces one, and what staff have written that goes with
    rows which the new text no longer has."""
    if not may_change_plan(session, aktor):
        return (Finding("", NOT_ALLOWED, stops=True),)
    if not _KOD.fullmatch(kod):
        return (Finding("kod", "Skriv planens namn med små bokstäver, siffror och bindestreck.", stops=True),)
    plan = session.scalar(select(Plan).where(Plan.kod == kod))
    return () if plan is None else tuple(_lost(_Ersattning(session, plan, dokument)))


def import_plan(store: Store, aktor: Aktor, kod: str, dokument: Plandokument) -> Saved | None:
    """Put a plan in, or let it replace the one of the same name; None when nothing differs.

    Rows whose id (of an activity: goal, number and text) is in both stay the same rows, with what staff have
    written of them. Returns the plan's id, and warnings of what went. Undone as a whole. Raises DataError.
    """
    with store.unit_of_work(aktor, SLAG, f"Läste in planen {kod}") as work:
        # Every change of a plan locks the plan: nobody changes its rows between the look and the write.
        plan = work.session.scalar(select(Plan).where(Plan.kod == kod).with_for_update())
        varningar = refuse(check_import(work.session, aktor, kod, dokument))
        if plan is None:
            plan = Plan(kod=kod, kommun="", namnd="", ar=0, bedomning=dokument.bedomning.value)
            work.session.add(plan)
        _write_head(plan, dokument)
        work.session.flush()
        _Ersattning(work.session, plan, dokument).write()
        plan_id = plan.id
    return None if work.changes is None else Saved(plan_id, work.changes, varningar)


def delete_plan(store: Store, aktor: Aktor, plan_id: int) -> Saved:
    """Take a plan away with all that was written of it. Raises DataError, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Tog bort planen") as work:
        require_right(work.session, aktor)
        plan = work.session.get(Plan, plan_id, with_for_update=True)
        if plan is None:
            raise NotFoundError(NOT_FOUND)
        work.recorder.beskrivning = f"Tog bort planen {plan.kod}"
        tom = Plandokument(plan.kommun, plan.namnd, plan.ar)
        _Ersattning(work.session, plan, tom).write()
        work.session.delete(plan)
    assert work.changes is not None
    return Saved(plan_id, work.changes)


def _write_head(plan: Plan, dokument: Plandokument) -> None:
    plan.kommun, plan.namnd, plan.ar = dokument.kommun, dokument.namnd, dokument.ar
    plan.titel, plan.kalla, plan.bedomning = dokument.titel, dokument.kalla, dokument.bedomning.value
    plan.uppfoljning = _json(list(dokument.uppfoljning))
    plan.regler = _json(dict(dokument.regler))
    plan.arshjul = _json([asdict(a) for a in dokument.arshjul])


def _json(varde: object) -> str:
    return json.dumps(varde, ensure_ascii=False) if varde else ""


class _Ersattning:
    """A plan's rows in step with a document: which stay, which are new, which go."""

    def __init__(self, session: Session, plan: Plan, dokument: Plandokument) -> None:
        self.session, self.plan, self.dokument = session, plan, dokument
        self.indikator_text = (*dokument.indikatorer, *dokument.volymer)
        mal, indikatorer = self._rows(Planmal), self._rows(Planindikator)
        koder = {m.kod for m in dokument.mal}
        self.mal = {m.kod: m for m in mal if m.kod in koder}
        self.borta_mal = [m for m in mal if m.kod not in koder]
        koder = {i.kod for i in self.indikator_text}
        self.indikatorer = {i.kod: i for i in indikatorer if i.kod in koder}
        self.borta_indikatorer = [i for i in indikatorer if i.kod not in koder]
        self.aktiviteter, self.borta_aktiviteter = _match(
            self._rows(Planaktivitet), dokument.aktiviteter, {m.id: m.kod for m in mal}
        )

    def _rows(self, model: type[PlanradT]) -> list[PlanradT]:
        return list(self.session.scalars(select_rows(model, self.plan.id)))

    def write(self) -> None:
        """Write the document's rows, and take away those that it does not have."""
        for ordning, mal in enumerate(self.dokument.mal):
            self._write_mal(ordning, mal)
        self.session.flush()
        for mal in self.dokument.mal:
            self.mal[mal.kod].overordnat_id = self._mal_id(mal.overordnat)
        for ordning, aktivitet in enumerate(self.dokument.aktiviteter):
            self._write_aktivitet(ordning, aktivitet)
        for ordning, indikator in enumerate(self.indikator_text):
            self._write_indikator(ordning, indikator)
        self.session.flush()
        self._write_varden()
        self._remove()

    def _mal_id(self, kod: str) -> int | None:
        return self.mal[kod].id if kod else None

    def _write_mal(self, ordning: int, mal: Mal) -> None:
        row = self.mal.get(mal.kod)
        if row is None:
            row = self.mal[mal.kod] = Planmal(plan_id=self.plan.id, kod=mal.kod)
            self.session.add(row)
        row.ordning, row.niva, row.nummer, row.titel = ordning, mal.niva, mal.nummer, mal.titel
        row.beskrivning, row.bedomning = mal.beskrivning, mal.bedomning

    def _write_aktivitet(self, ordning: int, aktivitet: Aktivitet) -> None:
        row = self.aktiviteter[ordning]
        if row is None:
            row = Planaktivitet(plan_id=self.plan.id)
            self.session.add(row)
        row.ordning, row.mal_id = ordning, self._mal_id(aktivitet.mal)
        row.nummer, row.text, row.beskrivning = aktivitet.nummer, aktivitet.text, aktivitet.beskrivning
        row.forvantad_effekt, row.styrdokument = aktivitet.forvantad_effekt, aktivitet.styrdokument
        row.avrapporteras = aktivitet.avrapporteras

    def _write_indikator(self, ordning: int, indikator: Indikator) -> None:
        row = self.indikatorer.get(indikator.kod)
        if row is None:
            row = self.indikatorer[indikator.kod] = Planindikator(plan_id=self.plan.id, kod=indikator.kod)
            self.session.add(row)
        row.ordning, row.mal_id, row.slag = ordning, self._mal_id(indikator.mal), indikator.slag.value
        row.namn, row.enhet, row.konsuppdelad = indikator.namn, indikator.enhet, indikator.konsuppdelad
        row.kalla, row.definition, row.beraknas = indikator.kalla, indikator.definition, indikator.beraknas
        row.koppling, row.kolada = indikator.koppling, indikator.kolada

    def _write_varden(self) -> None:
        ids = [row.id for row in self.indikatorer.values()]
        finns = {(v.indikator_id, v.slag, v.period): v for v in _where(self.session, Planvarde, ids)}
        for indikator in self.indikator_text:
            owner = self.indikatorer[indikator.kod].id
            for slag, varden in (
                (Vardeslag.UTFALL, indikator.varden),
                (Vardeslag.RIKTVARDE, indikator.riktvarden),
            ):
                for ordning, varde in enumerate(varden):
                    row = finns.pop((owner, slag.value, varde.period), None)
                    if row is None:
                        row = Planvarde(indikator_id=owner, slag=slag.value, period=varde.period)
                        self.session.add(row)
                    write_varde(row, ordning, varde)
        self._delete(finns.values())

    def _remove(self) -> None:
        mal, indikatorer = _ids(self.borta_mal), _ids(self.borta_indikatorer)
        self._delete(_where(self.session, Planvarde, indikatorer))
        for model in (Malbedomning, Plankommentar):
            of = or_(model.mal_id.in_(mal), model.indikator_id.in_(indikatorer))
            self._delete(self.session.scalars(select(model).where(of)))
        statusar = select(Aktivitetsstatus).where(
            Aktivitetsstatus.aktivitet_id.in_(_ids(self.borta_aktiviteter))
        )
        self._delete(self.session.scalars(statusar))
        self._delete(self.borta_aktiviteter)
        self._delete(self.borta_indikatorer)
        for row in self.borta_mal:
            row.overordnat_id = None  # the database lets no goal go while another names it
        self.session.flush()
        self._delete(self.borta_mal)

    def _delete(self, rows: Iterable[Base]) -> None:
        for row in rows:
            self.session.delete(row)
        self.session.flush()


def write_varde(row: Planvarde, ordning: int, varde: Varde) -> None:
    """Give a printed value's row what the document says."""
    row.ordning, row.kvinnor, row.man = ordning, varde.kvinnor, varde.man
    row.totalt, row.text = varde.totalt, varde.text


def _lost(ersattning: _Ersattning) -> Iterator[Finding]:
    yield Finding("kod", f"Ersätter planen {ersattning.plan.kod} som finns i registret.")
    mal, indikatorer = _ids(ersattning.borta_mal), _ids(ersattning.borta_indikatorer)
    aktiviteter = _ids(ersattning.borta_aktiviteter)
    for antal, ord_ in ((mal, "mål"), (indikatorer, "indikatorer"), (aktiviteter, "aktiviteter")):
        if antal:
            yield Finding("", f"Finns inte i den nya planen och tas bort: {len(antal)} {ord_}.")
    for model, ord_ in ((Malbedomning, "bedömningar"), (Plankommentar, "kommentarer")):
        of = or_(model.mal_id.in_(mal), model.indikator_id.in_(indikatorer))
        if antal_rader := ersattning.session.scalar(select(func.count()).select_from(model).where(of)):
            yield Finding("", f"Med dem försvinner {ord_}: {antal_rader}.")
    of_aktivitet = Aktivitetsstatus.aktivitet_id.in_(aktiviteter)
    query = select(func.count()).select_from(Aktivitetsstatus).where(of_aktivitet)
    if antal_rader := ersattning.session.scalar(query):
        yield Finding("", f"Med dem försvinner lägen för aktiviteter: {antal_rader}.")


def _match(
    rows: list[Planaktivitet], texter: tuple[Aktivitet, ...], kod_of: dict[int, str]
) -> tuple[list[Planaktivitet | None], list[Planaktivitet]]:
    """Which row each activity of the document is, the nearest first: the same goal, number and text; the same
    goal and number; the same text. And the rows that are none of them."""
    ut: list[Planaktivitet | None] = [None] * len(texter)
    kvar = list(rows)
    for alike in (
        lambda r, a: (kod_of.get(r.mal_id or 0, ""), r.nummer, r.text) == (a.mal, a.nummer, a.text),
        lambda r, a: bool(a.nummer) and (kod_of.get(r.mal_id or 0, ""), r.nummer) == (a.mal, a.nummer),
        lambda r, a: r.text == a.text,
    ):
        for plats, aktivitet in enumerate(texter):
            if ut[plats] is None and (row := next((r for r in kvar if alike(r, aktivitet)), None)):
                ut[plats] = row
                kvar.remove(row)
    return ut, kvar


def _ids(rows: Iterable[Planmal | Planaktivitet | Planindikator]) -> list[int]:
    return [row.id for row in rows]


def _where(session: Session, model: type[Planvarde], ids: list[int]) -> list[Planvarde]:
    return list(session.scalars(select(model).where(model.indikator_id.in_(ids)).order_by(model.id)))
