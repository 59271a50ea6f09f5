"""What can be chosen in a form."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Enhet, Insatstyp, Medarbetare, Resultat, Steg
from db.rules.text import sort_key


@dataclass(frozen=True, slots=True)
class InsatsVal:
    """Ids and names of insatstyper and enheter, in Swedish order of the catalogue."""

    typer: tuple[tuple[int, str], ...]
    enheter: tuple[tuple[int, str], ...]


def list_insats_val(session: Session, aktor: Aktor) -> InsatsVal:  # noqa: ARG001 - rights get their place here
    """Insatstyper in the order of the catalogue, enheter by name. Two statements."""
    typer = session.execute(select(Insatstyp.id, Insatstyp.namn).order_by(Insatstyp.id))
    enheter = session.execute(select(Enhet.id, Enhet.namn))
    return InsatsVal(
        tuple((row.id, row.namn) for row in typer),
        tuple(sorted(((row.id, row.namn) for row in enheter), key=lambda pair: sort_key(pair[1]))),
    )


def list_resultat(session: Session, aktor: Aktor) -> tuple[str, ...]:  # noqa: ARG001 - as above
    """The results that an avslut can have (R9), in order."""
    return tuple(session.execute(select(Resultat.namn).order_by(Resultat.ordning)).scalars())


def list_ansvariga(session: Session, aktor: Aktor) -> tuple[tuple[str, str], ...]:
    """Signatur and name of those who can be responsible: staff at work and the user, in Swedish order. One
    statement."""
    query = select(Medarbetare.signatur, Medarbetare.namn).where(Medarbetare.aktiv)
    staff = {row.signatur: row.namn for row in session.execute(query)}
    if not aktor.is_system:
        staff.setdefault(aktor.signatur, aktor.namn)
    return tuple(sorted(staff.items(), key=lambda pair: sort_key(pair[1])))


def list_steg(session: Session, aktor: Aktor) -> tuple[str, ...]:  # noqa: ARG001 - as above
    """The steg of an inskrivning, in order. One statement."""
    return tuple(session.execute(select(Steg.namn).order_by(Steg.ordning)).scalars())


def list_steg_ids(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - as above
    med: str = "",
) -> tuple[tuple[int, str], ...]:
    """Ids and names of the steg in use, in order, and of the one named `med` in use or not. One statement."""
    offered = select(Steg.id, Steg.namn).where(or_(Steg.aktiv, Steg.namn == med))
    rows = session.execute(offered.order_by(Steg.ordning, Steg.id))
    return tuple((row.id, row.namn) for row in rows)
