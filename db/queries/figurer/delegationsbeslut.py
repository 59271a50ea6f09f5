"""The report `delegationsbeslut`: the list of a period. It has no figures by kön and names nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Arende, Delegationsbeslut, Deltagare
from db.queries.delegationsbeslut import DelegationsbeslutRow, list_delegationsbeslut
from db.rules.delegation import hide_names, hide_numbers, list_names, name_words
from db.rules.figurer import Figur
from db.rules.period import Period


def figures(_session: Session, _aktor: Aktor, _period: Period, _per: date) -> tuple[Figur, ...]:
    """None: everything is in the list."""
    return ()


def rows(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[DelegationsbeslutRow, ...]:
    """Every decision of the period up to `per` by number, numbers and names of people taken out: those of
    the ärende's household, and of everyone in the register who is named in full.

    One statement, one more where there are ärenden, and one where a text seems to name somebody.
    """
    found = [row for row in list_delegationsbeslut(session, aktor, period) if row.datum <= per]
    egna = _own_words(session, period) if any(row.arende for row in found) else {}
    texts = (text for r in found for text in (r.arendetyp, r.lagrum, r.delegationspunkt, r.beslut))
    kanda = _known_names(session, texts)
    return tuple(_without_people(row, egna.get(row.arende, frozenset()), kanda, per) for row in found)


def _without_people(
    row: DelegationsbeslutRow, egna: frozenset[str], kanda: frozenset[str], per: date
) -> DelegationsbeslutRow:
    def told(text: str) -> str:
        return hide_names(hide_numbers(text, per), egna, kanda)

    return replace(
        row,
        arendetyp=told(row.arendetyp),
        lagrum=told(row.lagrum),
        delegationspunkt=told(row.delegationspunkt),
        beslut=told(row.beslut),
    )


def _own_words(session: Session, period: Period) -> Mapping[str, frozenset[str]]:
    """By ärendenummer of the decisions the names of the deltagare and of the household, word by word."""
    person = aliased(Deltagare)
    same = or_(person.id == Deltagare.id, person.hushall_id == Deltagare.hushall_id)
    query = (
        select(Arende.nummer, person.fornamn, person.efternamn)
        .join(Delegationsbeslut, Delegationsbeslut.arende_id == Arende.id)
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .join(person, same)
        .where(Delegationsbeslut.datum.between(period.fran, period.till))
        .distinct()
    )
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for nummer, fornamn, efternamn in session.execute(query):
        found[nummer] |= name_words(fornamn, efternamn)
    return found


def _known_names(session: Session, texts: Iterable[str]) -> frozenset[str]:
    """Of what looks like names in the texts, those that somebody in the register has."""
    sett = {namn for text in texts for namn in list_names(text)}
    if not sett:
        return frozenset()
    efternamn = sorted({namn.partition(" ")[2] for namn in sett})
    query = select(Deltagare.fornamn, Deltagare.efternamn).where(Deltagare.efternamn.in_(efternamn))
    finns = {f"{ett} {efternamn}" for fornamn, efternamn in session.execute(query) for ett in fornamn.split()}
    return frozenset(sett & finns)
