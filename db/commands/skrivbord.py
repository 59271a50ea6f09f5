"""What staff keep for themselves of a card, while it is a part of another one and when it comes back."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from db.commands.oppnad import carry_oppnade, return_oppnade
from db.commands.utkast import let_utkast_wait, return_utkast


def leave_desks(session: Session, from_id: int, to_id: int) -> None:
    """A card becomes a part of another: its drafts wait, its places among those opened and pinned follow."""
    let_utkast_wait(session, from_id)
    carry_oppnade(session, from_id, to_id)


def return_to_desks(session: Session, deltagare_ids: Collection[int]) -> None:
    """Cards came back: so do their drafts, and their places among those opened and pinned."""
    return_oppnade(session, deltagare_ids)
    return_utkast(session, deltagare_ids)
