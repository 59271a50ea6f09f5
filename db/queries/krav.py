"""The aktivitetskrav of a few people at a time, judged by db.rules (R3–R8) for lists and cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Insats, Insatstyp, Inskrivning, Undantag
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import (
    ArendeData,
    Bedomning,
    Installningar,
    Intervall,
    UtanAktivitet,
    find_utan_aktivitet,
    judge,
)


@dataclass(frozen=True, slots=True)
class Krav:
    """An ärende's aktivitetskrav on a day: as first judged (R6), and whether it is without activity now
    (R8)."""

    bedomning: Bedomning
    utan: UtanAktivitet | None


def list_krav(session: Session, aktor: Aktor, arende_ids: Sequence[int], dag: date) -> dict[int, Krav]:
    """By ärende id, only ärenden that are followed on `dag`. Four statements however many ärenden."""
    installningar = load_settings(session, aktor).aktivitetskrav
    query = select(
        Arende.id, Arende.nummer, Arende.ansokan, Arende.beslut, Arende.utfall, Arende.avslutat,
        Arende.deltagare_id,
    ).where(Arende.id.in_(arende_ids))  # fmt: skip
    rows = session.execute(query).all()
    undantag = _undantag(session, arende_ids)
    insatser = _insatser(session, {row.deltagare_id for row in rows})
    judged = {
        row.id: judge_krav(
            ArendeData(*row[1:6], undantag[row.id], insatser[row.deltagare_id]), dag, installningar
        )
        for row in rows
    }
    return {arende_id: krav for arende_id, krav in judged.items() if krav is not None}


def judge_krav(data: ArendeData, dag: date, installningar: Installningar) -> Krav | None:
    """An ärende's aktivitetskrav on a day; None where it is not followed."""
    bedomning = judge(data, dag, installningar)
    return None if bedomning is None else Krav(bedomning, find_utan_aktivitet(data, dag, installningar))


def _undantag(session: Session, arende_ids: Sequence[int]) -> defaultdict[int, list[Intervall]]:
    query = select(Undantag.arende_id, Undantag.fran, Undantag.till).where(Undantag.arende_id.in_(arende_ids))
    return _by_owner(session.execute(query))


def _insatser(session: Session, deltagare_ids: Iterable[int]) -> defaultdict[int, list[Intervall]]:
    query = (
        select(Inskrivning.deltagare_id, Insats.start, Insats.slut)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(Inskrivning.deltagare_id.in_(deltagare_ids), Insatstyp.raknas_som_aktivitet)
    )
    return _by_owner(session.execute(query))


def _by_owner(rows: Iterable[tuple[int, date, date | None]]) -> defaultdict[int, list[Intervall]]:
    found: defaultdict[int, list[Intervall]] = defaultdict(list)
    for owner, fran, till in rows:
        found[owner].append((fran, till))
    return found
