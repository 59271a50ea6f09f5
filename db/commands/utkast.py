"""What is written in a form and not yet saved, kept for its writer alone. No part of the history."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from importlib import import_module

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Utkast
from db.queries import access
from db.queries.utkast import OF_PERSON
from db.session import Store


def save_utkast(
    store: Store,
    aktor: Aktor,
    nyckel: str,
    rubrik: str,
    varden: Mapping[str, object],
    deltagare_id: int | None = None,
) -> None:
    """Keep the fields' values under the form's key, in place of what was kept there before.

    `rubrik` is the form's title and never holds a name: the person is told by `deltagare_id`, which is masked
    when read. Raises NotFoundError where the user may not know of the person.
    """
    tid = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    change = {
        "deltagare_id": deltagare_id,
        "rubrik": rubrik,
        "tid": tid,
        "varden": json.dumps(dict(varden), ensure_ascii=False),
    }
    with store.unit_of_work(aktor, "utkast") as work:
        if deltagare_id is not None:
            access.require_known(work.session, aktor, deltagare_id)
        # One of the two: the other's module is heavy, and never needed in the same register.
        dialect = import_module(f"sqlalchemy.dialects.{work.session.get_bind().dialect.name}")
        statement = dialect.insert(Utkast).values(signatur=aktor.signatur, nyckel=nyckel, **change)
        work.session.execute(
            statement.on_conflict_do_update(index_elements=["signatur", "nyckel"], set_=change)
        )


def remove_utkast(store: Store, aktor: Aktor, nyckel: str) -> None:
    """Forget the user's draft of that form; nothing where there is none."""
    with store.unit_of_work(aktor, "utkast") as work:
        work.session.execute(delete(Utkast).where(Utkast.signatur == aktor.signatur, Utkast.nyckel == nyckel))


def let_utkast_wait(session: Session, deltagare_id: int) -> None:
    """Drafts wait under the key of the one they were begun for while that card is a part of another, so that
    nothing written of the one is saved on the other should the two be parted."""
    session.execute(update(Utkast).where(Utkast.deltagare_id == deltagare_id).values(deltagare_id=None))


def return_utkast(session: Session, deltagare_ids: Collection[int]) -> None:
    """Give people who came back the drafts that wait under their key. One statement, and one a draft."""
    waiting = select(Utkast).where(Utkast.deltagare_id.is_(None), Utkast.nyckel.startswith(OF_PERSON))
    for draft in session.scalars(waiting):
        of = int(draft.nyckel.split("/")[1])
        if of in deltagare_ids:
            draft.deltagare_id = of
    session.flush()
