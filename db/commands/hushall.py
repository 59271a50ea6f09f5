"""The household: who lives together, and how many children live with them."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.commands.findings import Finding
from db.commands.insats import new_nummer
from db.models import Deltagare, Hushall

MOST_CHILDREN = 30


def check_antal_barn(antal_barn: int | None) -> Iterator[Finding]:
    """Tell of a number of children that cannot be right."""
    if antal_barn is not None and not 0 <= antal_barn <= MOST_CHILDREN:
        yield Finding("antal_barn", f"Skriv ett antal, 0 till {MOST_CHILDREN}.", stops=True)


def share_hushall(
    session: Session, person: Deltagare, other: Deltagare | None, antal_barn: int | None
) -> None:
    """Let the two live together: in the household of `other` where there is one, else in a new one.

    One person of whose children nothing is said needs none.
    """
    if other is None and antal_barn is None:
        return
    hushall = session.get(Hushall, other.hushall_id) if other is not None and other.hushall_id else None
    if hushall is None:
        hushall = Hushall(nummer=new_nummer())
        session.add(hushall)
    if antal_barn is not None:
        hushall.antal_barn = antal_barn
    session.flush()
    person.hushall_id = hushall.id
    if other is not None:
        other.hushall_id = hushall.id
