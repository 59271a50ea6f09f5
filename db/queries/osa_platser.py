"""Places at enheter that OSA takes: counted among the enheter's own places, never beside them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Insats, Insatstyp
from db.queries.belaggning import is_there, read_enheter, read_platsfloden
from db.rules.belaggning import find_offered, resolve_kapacitet
from db.rules.insatstyper import OSA_TYPER
from db.rules.koder import Enhetstyp


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
    osa, floden = _count_osa(session, dag, idag), read_platsfloden(session, dag, dag, idag)
    enheter, externa = [], 0
    for enhet in read_enheter(session).values():
        antal = osa.pop(enhet.id, 0)
        if enhet.typ != Enhetstyp.INTERN:
            externa += antal
            continue
        platser = find_offered(resolve_kapacitet(enhet.kapacitet), dag) or 0
        belagda = floden[enhet.id].count_by_day(dag, 1)[0] if enhet.id in floden else 0
        if platser or belagda:
            enheter.append(OsaEnhet(enhet.id, enhet.namn, platser, belagda, antal))
    return OsaPlatser(dag, tuple(enheter), externa, sum(osa.values()))


def _count_osa(session: Session, dag: date, idag: date) -> dict[int | None, int]:
    """Placements in OSA by enhet; None: at none by name."""
    query = (
        select(Insats.enhet_id, func.count())
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(Insatstyp.namn.in_(OSA_TYPER), is_there(dag, dag, idag))
        .group_by(Insats.enhet_id)
    )
    return dict(session.execute(query).all())
