"""What an avslut takes with it: found in one place, for the preview and for the act alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.commands.platsko import forget_insatser, list_waiting
from db.models import (
    Base,
    Bipplan,
    Enhet,
    Insats,
    Insatstyp,
    Inskrivning,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    Planering,
    Platsko,
    Uppfoljning,
)
from db.rules.koder import NarvaroStatus, Verksamhet


class Sak(StrEnum):
    """Kinds of things that an avslut cancels."""

    INSATS = "insats"
    OSA_BESLUT = "osa_beslut"
    OSA_UPPFOLJNING = "osa_uppfoljning"
    MOTE = "mote"
    BIP = "bip"
    PLANERING = "planering"
    FRANVARO = "franvaro"
    PLATSKO = "platsko"


@dataclass(frozen=True, slots=True)
class Avbokning:
    """Something that is cancelled, and its day; `text` names the insats, what is waited for, or what
    the möte is about."""

    sak: Sak
    dag: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class AvslutPlan:
    """What will happen: insatser that end as (insatstyp, enhet), what is cancelled, and the follow-ups
    planned, by kind."""

    avslutas: tuple[tuple[str, str], ...] = ()
    avbokas: tuple[Avbokning, ...] = ()
    planeras: tuple[tuple[str, date], ...] = ()


@dataclass(slots=True)
class Foljder:
    """The rows concerned. They live in a session and never leave the commands."""

    slutar: list[Insats]
    planerade: list[Insats]
    beslut: list[OsaBeslut]
    scheman: list[Narvaroschema]
    osa_uppfoljningar: list[OsaUppfoljning]
    franvaro: list[Narvaro]
    moten: list[Mote]
    bipplaner: list[Bipplan]
    planeringar: list[tuple[Planering, date]]
    koer: list[Platsko]


def find_foljder(session: Session, inskrivning: Inskrivning, avslutad: date, idag: date) -> Foljder:
    """What ends and what is cancelled when the inskrivning ends on `avslutad`, decided on `idag`.

    What has been is left as it is. Möten with ekonomiskt bistånd go on, and so do all of them where the
    person is enrolled elsewhere too.
    """
    insatser = list_insatser(session, inskrivning.id)
    mine = Insats.inskrivning_id == inskrivning.id
    planned = [insats for insats in insatser if insats.start > max(avslutad, idag)]
    ids = [insats.id for insats in planned]
    due = or_(OsaUppfoljning.genomford.is_(None), OsaUppfoljning.insats_id.in_(ids))
    return Foljder(
        slutar=[i for i in insatser if i.start <= avslutad and _goes_on(i, max(avslutad, idag))],
        planerade=planned,
        beslut=_children(session, OsaBeslut, OsaBeslut.insats_id.in_(ids)),
        scheman=_children(session, Narvaroschema, Narvaroschema.insats_id.in_(ids)),
        osa_uppfoljningar=_children(session, OsaUppfoljning, mine, due),
        franvaro=_children(
            session, Narvaro, mine, Narvaro.datum > avslutad,
            Narvaro.status != NarvaroStatus.NARVARANDE.value,
        ),
        moten=_moten(session, inskrivning, max(avslutad, idag)),
        bipplaner=_rows(session, Bipplan, Bipplan.inskrivning_id == inskrivning.id),
        planeringar=_planering(session, inskrivning.id, avslutad),
        koer=list_waiting(session, inskrivning.id),
    )  # fmt: skip


def _goes_on(insats: Insats, dag: date) -> bool:
    """Whether it would go on after a day; one that ends before it keeps its end."""
    return insats.slut is None or insats.slut > dag


def apply_foljder(session: Session, foljder: Foljder, avslutad: date) -> None:
    """End and cancel it all. A plan that was to be followed up later holds until the last day, so that what
    was aktuell up to then stays so in every figure."""
    for insats in foljder.slutar:
        insats.slut = avslutad
    for plan, _dag in foljder.planeringar:
        plan.nasta_uppfoljning = max(avslutad, plan.upprattad)
    for ko in foljder.koer:
        ko.till = max(avslutad, ko.sedan)
    forget_insatser(session, [insats.id for insats in foljder.planerade], wait_again=False)
    parts: tuple[list[Any], ...] = (
        foljder.beslut, foljder.scheman, foljder.osa_uppfoljningar, foljder.franvaro, foljder.moten,
        foljder.bipplaner,
    )  # fmt: skip
    for rows in parts:
        for row in rows:
            session.delete(row)
    # Nothing may hang on an insats that goes.
    session.flush()
    for insats in foljder.planerade:
        session.delete(insats)


def tell_foljder(session: Session, foljder: Foljder, uppfoljningar: Mapping[str, date]) -> AvslutPlan:
    """The same in words and days, what is cancelled in time order."""
    typer = dict(session.execute(select(Insatstyp.id, Insatstyp.namn)).all())
    enheter = dict(session.execute(select(Enhet.id, Enhet.namn)).all())
    ends = tuple((typer[i.insatstyp_id], enheter.get(i.enhet_id or 0, "")) for i in foljder.slutar)
    avbokas = sorted(_tell(foljder, typer, enheter), key=lambda avbokning: (avbokning.dag, avbokning.sak))
    return AvslutPlan(ends, tuple(avbokas), tuple(uppfoljningar.items()))


def schedule_uppfoljningar(
    session: Session, inskrivning_id: int, before: Mapping[str, date], after: Mapping[str, date]
) -> None:
    """Plan the follow-ups of `after`; those of `before` that are not in it go, or move with it.

    What is done is left, and so is a day that somebody has chosen.
    """
    found = _rows(session, Uppfoljning, Uppfoljning.inskrivning_id == inskrivning_id)
    held = {row.slag: row for row in found}
    for slag, dag in after.items():
        if slag not in held and slag not in before:
            session.add(Uppfoljning(inskrivning_id=inskrivning_id, slag=slag, planerad=dag))
    for slag, row in held.items():
        if row.genomford is not None or slag not in before:
            continue
        if slag not in after:
            session.delete(row)
        elif row.planerad == before[slag]:
            row.planerad = after[slag]


def list_insatser(session: Session, inskrivning_id: int) -> list[Insats]:
    """Every insats of the inskrivning, the first first."""
    query = select(Insats).where(Insats.inskrivning_id == inskrivning_id).order_by(Insats.start, Insats.id)
    return list(session.scalars(query))


def _tell(foljder: Foljder, typer: Mapping[int, str], enheter: Mapping[int, str]) -> Iterator[Avbokning]:
    for insats in foljder.planerade:
        yield Avbokning(Sak.INSATS, insats.start, typer[insats.insatstyp_id])
    for beslut in foljder.beslut:
        yield Avbokning(Sak.OSA_BESLUT, beslut.fran, beslut.diarienummer)
    for uppfoljning in foljder.osa_uppfoljningar:
        yield Avbokning(Sak.OSA_UPPFOLJNING, uppfoljning.planerad)
    for franvaro in foljder.franvaro:
        yield Avbokning(Sak.FRANVARO, franvaro.datum, franvaro.status)
    for mote in foljder.moten:
        yield Avbokning(Sak.MOTE, mote.datum, mote.syfte)
    for bipplan in foljder.bipplaner:
        yield Avbokning(Sak.BIP, bipplan.nasta)
    for ko in foljder.koer:
        yield Avbokning(Sak.PLATSKO, ko.sedan, enheter.get(ko.enhet_id or 0) or typer[ko.insatstyp_id or 0])
    for _plan, dag in foljder.planeringar:
        yield Avbokning(Sak.PLANERING, dag)


def _rows(session: Session, model: type[Any], *conditions: ColumnElement[bool]) -> list[Any]:
    return list(session.scalars(select(model).where(*conditions).order_by(model.id)))


def _children(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> list[Any]:
    """Rows that hang on insatser."""
    own: Any = model
    query = select(own).join(Insats, Insats.id == own.insats_id).where(*conditions).order_by(own.id)
    return list(session.scalars(query))


def _moten(session: Session, inskrivning: Inskrivning, dag: date) -> list[Mote]:
    other = aliased(Inskrivning)
    enrolled = exists().where(
        other.deltagare_id == inskrivning.deltagare_id, other.id != inskrivning.id, other.avslutad.is_(None)
    )
    return _rows(
        session, Mote, Mote.deltagare_id == inskrivning.deltagare_id, Mote.datum > dag,
        Mote.verksamhet == Verksamhet.ARBETSMARKNAD.value, ~enrolled,
    )  # fmt: skip


def _planering(session: Session, inskrivning_id: int, avslutad: date) -> list[tuple[Planering, date]]:
    """The plan that holds and the day of its follow-up, where that is still to come."""
    query = select(Planering).where(Planering.inskrivning_id == inskrivning_id)
    latest = session.scalars(query.order_by(Planering.upprattad.desc()).limit(1)).first()
    if latest is None or latest.nasta_uppfoljning is None or latest.nasta_uppfoljning <= avslutad:
        return []
    return [(latest, latest.nasta_uppfoljning)]
