"""The meeting and the diarienummer under which the nämnd gets a report, written for its first page."""

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import check_text
from db.commands.plan_rader import CHANGED_MEANWHILE
from db.errors import ConflictError
from db.locks import lock_table
from db.models import Namndbehandling
from db.queries.namndbehandling import Behandling, Rapportplats, find_behandling, find_row
from db.queries.plan import may_change_plan
from db.queries.senast import find_latest_change
from db.session import Store

SLAG = "namndbehandling"
LONGEST_DNR = 60
NOT_ALLOWED = (
    "Du saknar behörighet att skriva sammanträde och diarienummer. "
    "Kontakta nämndsekreteraren, chefen eller administratören."
)


def check_behandling(session: Session, aktor: Aktor, behandling: Behandling) -> tuple[Finding, ...]:
    """Everything to tell about a meeting and a diarienummer."""
    found = [] if may_change_plan(session, aktor) else [Finding("", NOT_ALLOWED, stops=True)]
    found += check_text("dnr", behandling.dnr, LONGEST_DNR)
    if "\n" in behandling.dnr.strip():
        found.append(Finding("dnr", "Skriv diarienumret på en rad.", stops=True))
    return tuple(found)


def set_behandling(
    store: Store,
    aktor: Aktor,
    plats: Rapportplats,
    behandling: Behandling,
    tidigare: Behandling | None = None,
) -> Saved | None:
    """Write when the nämnd gets the report, and under which number; an empty one takes it away.

    None when nothing differs. Raises DataError, naming the field, ConflictError when it is no longer as
    `tidigare`.
    """
    ren = Behandling(behandling.sammantrade, behandling.dnr.strip())
    with store.unit_of_work(aktor, SLAG, "Sammanträde och diarienummer") as work:
        session = work.session
        lock_table(session, Namndbehandling)
        row = find_row(session, plats)
        row_id = 0 if row is None else row.id
        nu = find_behandling(session, aktor, plats)
        if tidigare is not None and nu != tidigare:
            senast = find_latest_change(session, Namndbehandling.__tablename__, row_id)
            raise ConflictError(CHANGED_MEANWHILE, nu, senast)
        varningar = refuse(check_behandling(session, aktor, ren))
        if ren == Behandling():
            if row is not None:
                session.delete(row)
        else:
            if row is None:
                row = Namndbehandling(
                    rapport=plats.rapport, variant=plats.variant, fran=plats.fran, till=plats.till
                )
                session.add(row)
            row.sammantrade, row.dnr = ren.sammantrade, ren.dnr
            session.flush()
            row_id = row.id
    return None if work.changes is None else Saved(row_id, work.changes, varningar)
