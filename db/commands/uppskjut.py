"""Putting off a row of a work list: hidden for this user until a day. The due day itself stays."""

from datetime import date, timedelta

from sqlalchemy import select

from db.aktor import Aktor
from db.commands.findings import Saved
from db.errors import DataError
from db.models import Uppskjuten
from db.rules.datum import full_date
from db.rules.idag import Lista
from db.session import Store

LONGEST = 366  # days


def postpone_rad(
    store: Store, aktor: Aktor, lista: Lista, rad_id: int, till: date, idag: date
) -> Saved | None:
    """Hide a row from the user's list until a day; None when it is hidden until then already.

    Raises DataError, field `till`, for a day that is not ahead or too far off.
    """
    if till <= idag:
        raise DataError("Välj en dag efter idag.", "till")
    if till > idag + timedelta(LONGEST):
        raise DataError("Skjut upp högst ett år.", "till")
    with store.unit_of_work(aktor, "uppskjuten", f"Uppskjuten till {full_date(till)}") as work:
        query = select(Uppskjuten).where(
            Uppskjuten.signatur == aktor.signatur,
            Uppskjuten.lista == lista.value,
            Uppskjuten.rad_id == rad_id,
        )
        row = work.session.execute(query.with_for_update()).scalar()
        if row is None:
            row = Uppskjuten(signatur=aktor.signatur, lista=lista.value, rad_id=rad_id, till=till)
            work.session.add(row)
        row.till = till
        work.session.flush()
        id_ = row.id
    return None if work.changes is None else Saved(id_, work.changes)


def resume_rad(store: Store, aktor: Aktor, lista: Lista, rad_id: int) -> Saved | None:
    """Show a row again at once; None when it was not put off."""
    with store.unit_of_work(aktor, "uppskjuten", "Inte längre uppskjuten") as work:
        query = select(Uppskjuten).where(
            Uppskjuten.signatur == aktor.signatur,
            Uppskjuten.lista == lista.value,
            Uppskjuten.rad_id == rad_id,
        )
        row = work.session.execute(query.with_for_update()).scalar()
        id_ = 0
        if row is not None:
            id_ = row.id
            work.session.delete(row)
    return None if work.changes is None else Saved(id_, work.changes)
