"""Places at enheter that OSA takes: counted among the enheter's own places, never beside them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Insats, Insatstyp
from db.queries.belaggning import DAG, IDAG, count_platser_tagna, planned_there, read_enheter
from db.rules.belaggning import find_offered, resolve_kapacitet
from db.rules.insatstyper import OSA_TYPER
from db.rules.koder import Enhetstyp
from db.sql import Prepared


def _osa(*more: ColumnElement[bool]) -> Prepared:
    kinds = or_(*(Insatstyp.namn == namn for namn in OSA_TYPER))
    query = select(Insats.enhet_id, func.count()).join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
    there = Insats.start <= DAG, or_(Insats.slut.is_(None), Insats.slut >= DAG)
    return Prepared(query.where(kinds, *there, *more).group_by(Insats.enhet_id))


_OSA = _osa()
_OSA_LATER = _osa(or_(Insats.slut.is_not(None), planned_there(DAG, IDAG)))


@dataclass(frozen=True, slots=True)
class OsaEnhet:
    """An intern enhet on a day: its places, how many of them are taken, and how many of those OSA has."""

    id: int
    namn: str
    platser: int
    belagda: int
    osa: int

    @property
    def andra(self) -> int:
        """Taken by other insatser."""
        return self.belagda - self.osa

    @property
    def lediga(self) -> int:
        """Free places."""
        return max(0, self.platser - self.belagda)

    @property
    def over(self) -> int:
        """Places too few."""
        return max(0, self.belagda - self.platser)


@dataclass(frozen=True, slots=True)
class OsaPlatser:
    """Intern enheter that have places or somebody there, and how many in OSA are elsewhere: at externa, or at
    no enhet by name. The three are all placements of the day, each once."""

    dag: date
    enheter: tuple[OsaEnhet, ...]
    externa: int
    utan_enhet: int

    @property
    def interna(self) -> int:
        """Placements in OSA at intern enheter."""
        return sum(enhet.osa for enhet in self.enheter)

    @property
    def platser(self) -> int:
        """All intern places."""
        return sum(enhet.platser for enhet in self.enheter)


def read_osa_platser(session: Session, aktor: Aktor, dag: date, idag: date) -> OsaPlatser:  # noqa: ARG001
    """The places of `dag`: counts of everybody, also of people whom the user may not know of. Five
    statements."""
    osa, tagna = _count_osa(session, dag, idag), count_platser_tagna(session, dag, idag)
    enheter, externa = [], 0
    for enhet in read_enheter(session).values():
        antal = osa.pop(enhet.id, 0)
        if enhet.typ != Enhetstyp.INTERN:
            externa += antal
            continue
        platser = find_offered(resolve_kapacitet(enhet.kapacitet), dag) or 0
        belagda = tagna.get(enhet.id, 0)
        if platser or belagda:
            enheter.append(OsaEnhet(enhet.id, enhet.namn, platser, belagda, antal))
    return OsaPlatser(dag, tuple(enheter), externa, sum(osa.values()))


def _count_osa(session: Session, dag: date, idag: date) -> dict[int | None, int]:
    """Placements in OSA by enhet; None: at none by name."""
    if dag <= idag:
        return dict(_OSA.rows(session, dag=dag))
    return dict(_OSA_LATER.rows(session, dag=dag, idag=idag))
