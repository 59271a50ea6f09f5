"""The aktivitetskrav of a few people at a time, judged by db.rules (R3–R8) for lists and cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
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
from db.sql import IdList, Prepared, among

_IDS = bindparam("ids", type_=IdList)
_FACTS = Prepared(
    select(
        Arende.id, Arende.deltagare_id, Arende.nummer, Arende.ansokan, Arende.beslut, Arende.utfall,
        Arende.avslutat,
    ).where(among(Arende.id, _IDS))
)  # fmt: skip
_UNDANTAG = Prepared(
    select(Undantag.arende_id, Undantag.fran, Undantag.till).where(among(Undantag.arende_id, _IDS))
)
_INSATSER = Prepared(
    select(Inskrivning.deltagare_id, Insats.start, Insats.slut)
    .join(Insats, Insats.inskrivning_id == Inskrivning.id)
    .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
    .where(among(Inskrivning.deltagare_id, _IDS), Insatstyp.raknas_som_aktivitet)
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
    connection = session.connection()
    facts = _FACTS.rows(connection, ids=arende_ids)
    undantag = _by_owner(_UNDANTAG.rows(connection, ids=arende_ids))
    insatser = _by_owner(_INSATSER.rows(connection, ids={deltagare_id for _, deltagare_id, *_ in facts}))
    judged = {}
    for arende_id, deltagare_id, nummer, ansokan, beslut, utfall, avslutat in facts:
        intervals = undantag[arende_id], insatser[deltagare_id]
        data = ArendeData(nummer, ansokan, beslut, utfall, avslutat, *intervals)
        judged[arende_id] = judge_krav(data, dag, installningar)
    return {arende_id: krav for arende_id, krav in judged.items() if krav is not None}


def judge_krav(data: ArendeData, dag: date, installningar: Installningar) -> Krav | None:
    """An ärende's aktivitetskrav on a day; None where it is not followed."""
    bedomning = judge(data, dag, installningar)
    return None if bedomning is None else Krav(bedomning, find_utan_aktivitet(data, dag, installningar))


def _by_owner(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[Intervall]]:
    found: defaultdict[int, list[Intervall]] = defaultdict(list)
    for owner, fran, till in rows:
        found[owner].append((fran, till))
    return found
