"""Who must act: the work lists of the day by those who answer for them, by spår, and by enhet.

The rows are those of Idag (db.queries.idag), and a row is whose Idag would show it: a person's handläggare
and koordinator both have the person's rows, so the counts of two people may hold the same row. What somebody
has put off is not counted as theirs today, as on their own Idag; it is told beside. By enhet a person stands
at each enhet where an insats is running; where somebody protected is stands nowhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import (
    Arende,
    Deltagare,
    Enhet,
    Insats,
    Inskrivning,
    Medarbetare,
    Uppfoljning,
    Uppskjuten,
)
from db.queries import access
from db.queries.figurer.gemensamt import runs
from db.queries.idag.lista import list_idag
from db.queries.idag.rows import IdagRow
from db.queries.idag.scope import Omfang
from db.rules.idag import Lista, Nar, place_frist
from db.rules.text import sort_key
from db.sql import IdList, among

INGEN = ""  # the signatur of nobody, the spår of whoever is inskriven in none, the enhet of who is at none
_AFTER_AVSLUT = (Lista.AVSLUT, Lista.EFTER_AVSLUT)
Nyckel = tuple[str, int]  # lista and row, as `uppskjuten` names them


class Efter(StrEnum):
    """What the overview goes by."""

    PERSON = "person"
    SPAR = "spar"
    ENHET = "enhet"


@dataclass(frozen=True, slots=True)
class AnsvarRow:
    """What somebody answers for, or what a spår or an enhet holds.

    `aldst` is how many days ago the oldest passed row was due, 0 where none has passed. `aktiv` is False for
    staff who have left and for a signatur that the register does not know. `arenden` and `inskrivningar` are
    the open ones that name the person, `personer` everybody in them.
    """

    nyckel: str
    namn: str
    aktiv: bool
    personer: int
    arenden: int
    inskrivningar: int
    per_lista: Mapping[Lista, int]
    alla: int
    passerade: int
    aldst: int
    uppskjutna: int


@dataclass(frozen=True, slots=True)
class Ansvar:
    """The overview of a day. `rader` are the rows behind the counts of a signatur, a spår or an enhet."""

    rows: Mapping[Efter, tuple[AnsvarRow, ...]]
    alla: int
    passerade: int
    _rader: Mapping[Efter, Mapping[str, tuple[IdagRow, ...]]] = field(repr=False)

    @property
    def ansvariga(self) -> tuple[AnsvarRow, ...]:
        """By who answers."""
        return self.rows[Efter.PERSON]

    @property
    def spar(self) -> tuple[AnsvarRow, ...]:
        """By spår."""
        return self.rows[Efter.SPAR]

    @property
    def enheter(self) -> tuple[AnsvarRow, ...]:
        """By enhet; the key is its name."""
        return self.rows[Efter.ENHET]

    def rader(self, nyckel: str, efter: Efter = Efter.PERSON) -> tuple[IdagRow, ...]:
        """The rows of somebody, of a spår or of an enhet, in the order of Idag."""
        return self._rader[efter].get(nyckel, ())


@dataclass(slots=True)
class _Har:
    """What is open for somebody."""

    arenden: int = 0
    inskrivningar: int = 0
    personer: set[int] = field(default_factory=set)
    rader: list[IdagRow] = field(default_factory=list)
    uppskjutna: int = 0


@dataclass(frozen=True, slots=True)
class _Oppet:
    """Everything open: by signatur, spår and enhet, and whose and where each person is."""

    ansvariga: dict[str, _Har]
    spar: dict[str, _Har]
    enheter: dict[str, _Har]
    ansvariga_for: dict[int, set[str]]
    spar_for: dict[int, set[str]]
    enheter_for: dict[int, set[str]]


def read_ansvar(session: Session, aktor: Aktor, dag: date) -> Ansvar:
    """The overview of everybody whom the user may know of. Twenty-two statements at most."""
    rows = list_idag(session, aktor, dag, Omfang.ALLA)
    oppet, uppskjutna = _read_oppet(session, aktor, dag), _uppskjutna(session, dag)
    avslut = _after_avslut(session, rows)
    for row in rows:
        closed = avslut.get((row.lista.value, row.rad_id))
        for signatur in _ansvariga(row, oppet, closed):
            har = oppet.ansvariga.setdefault(signatur, _Har())
            if (signatur, row.lista.value, row.rad_id) in uppskjutna:
                har.uppskjutna += 1
            else:
                har.rader.append(row)
        for spar in {closed[1]} if closed else oppet.spar_for.get(row.person.id, {INGEN}):
            oppet.spar.setdefault(spar, _Har()).rader.append(row)
        for enhet in oppet.enheter_for.get(row.person.id, {INGEN}):
            oppet.enheter.setdefault(enhet, _Har()).rader.append(row)
    return _finish(session, oppet, rows, dag)


def _finish(session: Session, oppet: _Oppet, rows: tuple[IdagRow, ...], dag: date) -> Ansvar:
    staff = _staff(session)

    def who(signatur: str) -> tuple[str, bool]:
        return staff.get(signatur, (signatur, signatur == INGEN))

    def where(namn: str) -> tuple[str, bool]:
        return namn, True

    alla = {Efter.PERSON: oppet.ansvariga, Efter.SPAR: oppet.spar, Efter.ENHET: oppet.enheter}
    return Ansvar(
        {efter: _rows(har, who if efter is Efter.PERSON else where, dag) for efter, har in alla.items()},
        len(rows),
        sum(place_frist(row.frist, dag) is Nar.PASSERAD for row in rows),
        {efter: {key: tuple(own.rader) for key, own in har.items()} for efter, har in alla.items()},
    )


def _rows(
    found: Mapping[str, _Har], name: Callable[[str], tuple[str, bool]], dag: date
) -> tuple[AnsvarRow, ...]:
    return tuple(sorted((_row(key, *name(key), har, dag) for key, har in found.items()), key=_place))


def _place(row: AnsvarRow) -> tuple[bool, tuple[str, ...] | str]:
    """By name; what is nobody's comes first, so that it is seen."""
    return row.nyckel != INGEN, sort_key(row.namn)


def _row(nyckel: str, namn: str, aktiv: bool, har: _Har, dag: date) -> AnsvarRow:
    per_lista = dict.fromkeys(Lista, 0)
    for row in har.rader:
        per_lista[row.lista] += 1
    late = [(dag - row.frist).days for row in har.rader if row.frist is not None and row.frist < dag]
    return AnsvarRow(
        nyckel, namn, aktiv, len(har.personer), har.arenden, har.inskrivningar, per_lista,
        len(har.rader), len(late), max(late, default=0), har.uppskjutna,
    )  # fmt: skip


def _ansvariga(row: IdagRow, oppet: _Oppet, closed: tuple[str, str] | None) -> set[str]:
    """As Idag's "mine": who has the person today, and the koordinator of a closed inskrivning too."""
    found = set(oppet.ansvariga_for.get(row.person.id, ()))
    if closed is not None:
        found.add(closed[0])
    return (found - {INGEN}) or {INGEN}


def _read_oppet(session: Session, aktor: Aktor, dag: date) -> _Oppet:
    oppet = _Oppet({}, {}, {}, defaultdict(set), defaultdict(set), defaultdict(set))
    for person, signatur in _arenden(session, aktor):
        har = oppet.ansvariga.setdefault(signatur, _Har())
        har.arenden += 1
        har.personer.add(person)
        oppet.ansvariga_for[person].add(signatur)
    inskrivna = list(_inskrivningar(session, aktor))
    for person, signatur, spar in inskrivna:
        oppet.ansvariga_for[person].add(signatur)
        oppet.spar_for[person].add(spar)
        for har in (oppet.ansvariga.setdefault(signatur, _Har()), oppet.spar.setdefault(spar, _Har())):
            har.inskrivningar += 1
            har.personer.add(person)
    for person, enhet in set(_pa_enheter(session, aktor, dag)):
        oppet.enheter_for[person].add(enhet)
    for person, _, _ in inskrivna:
        for enhet in oppet.enheter_for.get(person, {INGEN}):
            har = oppet.enheter.setdefault(enhet, _Har())
            har.inskrivningar += 1
            har.personer.add(person)
    return oppet


def _arenden(session: Session, aktor: Aktor) -> Iterator[tuple[int, str]]:
    query = (
        select(Arende.deltagare_id, Arende.handlaggare)
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(Arende.avslutat.is_(None), access.may_know(aktor))
    )
    for row in session.execute(query):
        yield row[0], row[1]


def _inskrivningar(session: Session, aktor: Aktor) -> Iterator[tuple[int, str, str]]:
    query = (
        select(Inskrivning.deltagare_id, Inskrivning.koordinator, Inskrivning.spar)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Inskrivning.avslutad.is_(None), access.may_know(aktor))
    )
    for row in session.execute(query):
        yield row[0], row[1], row[2]


def _pa_enheter(session: Session, aktor: Aktor, dag: date) -> Iterator[tuple[int, str]]:
    query = (
        select(Inskrivning.deltagare_id, Enhet.namn)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(Enhet, Enhet.id == Insats.enhet_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            Inskrivning.avslutad.is_(None), Deltagare.skyddad == access.OPEN, access.may_know(aktor),
            runs(Insats.start, Insats.slut, dag, dag),
        )
    )  # fmt: skip
    for row in session.execute(query):
        yield row[0], row[1]


def _after_avslut(session: Session, rows: Iterable[IdagRow]) -> dict[Nyckel, tuple[str, str]]:
    """Koordinator and spår of the closed inskrivning that a row is about."""
    about: dict[Lista, set[int]] = {lista: set() for lista in _AFTER_AVSLUT}
    for row in rows:
        if row.lista in about:
            about[row.lista].add(row.rad_id)
    ways = {
        Lista.AVSLUT: (Inskrivning.id, select(Inskrivning)),
        Lista.EFTER_AVSLUT: (
            Uppfoljning.id,
            select(Uppfoljning).join(Inskrivning, Inskrivning.id == Uppfoljning.inskrivning_id),
        ),
    }
    found: dict[Nyckel, tuple[str, str]] = {}
    for lista, (own, tables) in ways.items():
        query = tables.with_only_columns(own, Inskrivning.koordinator, Inskrivning.spar)
        ids = bindparam("ids", about[lista], type_=IdList)
        for id_, signatur, spar in session.execute(query.where(among(own, ids))) if about[lista] else ():
            found[lista.value, id_] = signatur, spar
    return found


def _uppskjutna(session: Session, dag: date) -> set[tuple[str, str, int]]:
    query = select(Uppskjuten.signatur, Uppskjuten.lista, Uppskjuten.rad_id).where(Uppskjuten.till > dag)
    return {(signatur, lista, rad_id) for signatur, lista, rad_id in session.execute(query)}


def _staff(session: Session) -> dict[str, tuple[str, bool]]:
    rows = session.execute(select(Medarbetare.signatur, Medarbetare.namn, Medarbetare.aktiv))
    return {signatur: (namn, aktiv) for signatur, namn, aktiv in rows}
