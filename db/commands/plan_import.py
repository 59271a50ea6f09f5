"""Plans put into the register as a whole, replaced by a newer text of the same, and taken away."""

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_rader import (
    NOT_ALLOWED,
    SLAG,
    ids_of,
    lock_plan,
    remove_rows,
    remove_written,
    require_right,
    tell_written,
    write_aktivitet,
    write_head,
    write_indikator,
    write_mal,
    write_varden,
)
from db.models import Plan, Planaktivitet, Planindikator, Planmal
from db.queries.plan import PlanradT, may_change_plan, select_rows
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument
from db.session import Store

_KOD = re.compile("[a-z0-9][a-z0-9-]{0,63}")  # db.exchange.plantoml.find_kod makes one of a file's name


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
        plan_id = put_plan(work.session, kod, dokument, plan).id
    return None if work.changes is None else Saved(plan_id, work.changes, varningar)


def put_plan(session: Session, kod: str, dokument: Plandokument, plan: Plan | None = None) -> Plan:
    """Write a document's rows as a new plan, or over the one given; nothing is checked."""
    if plan is None:
        plan = Plan(kod=kod, kommun="", namnd="", ar=0, bedomning=dokument.bedomning.value)
        session.add(plan)
    write_head(plan, dokument)
    session.flush()
    _Ersattning(session, plan, dokument).write()
    return plan


def delete_plan(store: Store, aktor: Aktor, plan_id: int) -> Saved:
    """Take a plan away with all that was written of it. Raises DataError, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Tog bort planen") as work:
        require_right(work.session, aktor)
        plan = lock_plan(work.session, plan_id)
        work.recorder.beskrivning = f"Tog bort planen {plan.kod}"
        tom = Plandokument(plan.kommun, plan.namnd, plan.ar)
        _Ersattning(work.session, plan, tom).write()
        work.session.delete(plan)
    assert work.changes is not None
    return Saved(plan_id, work.changes)


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
            row = self.mal[mal.kod] = Planmal(plan_id=self.plan.id)
            self.session.add(row)
        row.ordning = ordning
        write_mal(row, mal)

    def _write_aktivitet(self, ordning: int, aktivitet: Aktivitet) -> None:
        row = self.aktiviteter[ordning]
        if row is None:
            row = Planaktivitet(plan_id=self.plan.id)
            self.session.add(row)
        row.ordning, row.mal_id = ordning, self._mal_id(aktivitet.mal)
        write_aktivitet(row, aktivitet)

    def _write_indikator(self, ordning: int, indikator: Indikator) -> None:
        row = self.indikatorer.get(indikator.kod)
        if row is None:
            row = self.indikatorer[indikator.kod] = Planindikator(plan_id=self.plan.id)
            self.session.add(row)
        row.ordning, row.mal_id = ordning, self._mal_id(indikator.mal)
        write_indikator(row, indikator)

    def _write_varden(self) -> None:
        write_varden(self.session, [(self.indikatorer[i.kod].id, i) for i in self.indikator_text])

    def _remove(self) -> None:
        session, mal, indikatorer = self.session, ids_of(self.borta_mal), ids_of(self.borta_indikatorer)
        remove_written(session, mal, indikatorer, ids_of(self.borta_aktiviteter))
        remove_rows(session, self.borta_aktiviteter)
        remove_rows(session, self.borta_indikatorer)
        for row in self.borta_mal:
            row.overordnat_id = None  # the database lets no goal go while another names it
        session.flush()
        remove_rows(session, self.borta_mal)


def _lost(ersattning: _Ersattning) -> Iterator[Finding]:
    yield Finding("kod", f"Ersätter planen {ersattning.plan.kod} som finns i registret.")
    mal, indikatorer = ids_of(ersattning.borta_mal), ids_of(ersattning.borta_indikatorer)
    aktiviteter = ids_of(ersattning.borta_aktiviteter)
    for antal, ord_ in ((mal, "mål"), (indikatorer, "indikatorer"), (aktiviteter, "aktiviteter")):
        if antal:
            yield Finding("", f"Finns inte i den nya planen och tas bort: {len(antal)} {ord_}.")
    yield from tell_written(ersattning.session, mal, indikatorer, aktiviteter)


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
