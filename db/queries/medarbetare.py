"""Who the person at the desk is in the register."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.models import Medarbetare


def find_aktor(session: Session, signatur: str) -> Aktor:
    """The member of staff with this signatur, in any case of letters, as the acting user.

    A signatur that the register does not know acts under its own name as handläggare: it is then named for
    nobody, so protected people stay hidden.
    """
    wanted = signatur.casefold()
    query = select(Medarbetare.signatur, Medarbetare.namn, Medarbetare.roll).where(Medarbetare.aktiv)
    for found, namn, roll in session.execute(query):
        if found.casefold() == wanted:
            return Aktor(found, namn, Roll(roll) if roll in list(Roll) else Roll.HANDLAGGARE)
    return Aktor(signatur, signatur, Roll.HANDLAGGARE)


def roles_by_signatur(session: Session, aktor: Aktor) -> dict[str, str]:  # noqa: ARG001
    """The role of everybody who works here or has done, by signatur. One statement."""
    rows = session.execute(select(Medarbetare.signatur, Medarbetare.roll))
    return {signatur: roll for signatur, roll in rows}  # noqa: C416
