"""Two registered doubles become one person, everything of both kept; and become two again.

The merge leaves a passed warning on the one who stays, with the reason. Its act in the history tells what the
other was and which rows moved: that is what a later parting goes by, so that only what was merged is revived.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.skrivbord import leave_desks
from db.exchange.writing import rebuild_sokord
from db.models import Deltagare, Inskrivning, PasseradVarning, TidigareNummer
from db.queries import access
from db.queries.sammanslagning import EGNA, MERGED
from db.rules.namn import sortering
from db.rules.personnummer import format_nummer
from db.rules.sammanslagning import FALT, keeps_protection
from db.session import Store

SHORTEST = 3  # letters of a reason


@dataclass(frozen=True, slots=True)
class Sammanslagning:
    """The other person, the fields whose values are taken from there, and why the two are one."""

    annan_id: int
    fran_annan: frozenset[str]
    skal: str


def check_sammanslagning(
    session: Session, aktor: Aktor, kvar_id: int, val: Sammanslagning
) -> tuple[Finding, ...]:
    """Everything to tell, what stops first. Raises NotFoundError where the user may not know both."""
    if val.annan_id == kvar_id:
        return (Finding("annan", "Välj en annan deltagare.", stops=True),)
    for deltagare_id in (kvar_id, val.annan_id):
        access.require_known(session, aktor, deltagare_id)
    kvar, annan = (session.get_one(Deltagare, person_id) for person_id in (kvar_id, val.annan_id))
    alike = (*_check_alike(kvar, annan), *_check_enrolled(session, kvar, annan))
    return (*_check_stops(kvar, annan, val), *alike)


def merge_deltagare(store: Store, aktor: Aktor, kvar_id: int, val: Sammanslagning, idag: date) -> Saved:
    """Make the other person's card a part of this one: rows, numbers and history move, the other is gone.

    A number that does not hold is kept as an earlier one, until `idag`. Raises DataError, naming the field,
    and NotFoundError.
    """
    with store.unit_of_work(aktor, MERGED, "Slog ihop två kort") as work:
        session = work.session
        varningar = refuse(check_sammanslagning(session, aktor, kvar_id, val))
        kvar = session.get_one(Deltagare, kvar_id, with_for_update=True)
        annan = session.get_one(Deltagare, val.annan_id, with_for_update=True)
        values = {name: getattr(annan, name) for name in FALT if name in val.fran_annan}
        told = " ".join(part for part in (annan.fornamn, annan.efternamn, _shown(annan.personnummer)) if part)
        _keep_number(session, kvar, annan, idag, theirs="personnummer" in val.fran_annan)
        typ = annan.nummertyp
        _move(session, val.annan_id, kvar_id)
        session.delete(annan)
        session.flush()
        for name, value in values.items():
            setattr(kvar, name, value)
        if "personnummer" in values:
            kvar.nummertyp = typ
        kvar.sortering = sortering(kvar.efternamn, kvar.fornamn)
        session.add(
            PasseradVarning(
                tabell="deltagare", rad_id=kvar_id, falt=MERGED, varning=told, skal=" ".join(val.skal.split())
            )
        )
        session.flush()
        rebuild_sokord(session, [kvar_id])
    assert work.changes is not None
    return Saved(kvar_id, work.changes, varningar)


def _check_stops(kvar: Deltagare, annan: Deltagare, val: Sammanslagning) -> Iterator[Finding]:
    if len(" ".join(val.skal.split())) < SHORTEST:
        yield Finding("skal", "Skriv varför det är samma person.", stops=True)
    if not val.fran_annan <= frozenset(FALT):
        yield Finding("annan", "Uppgiften finns inte.", stops=True)
    if not keeps_protection(kvar.skyddad, annan.skyddad, fran_annan="skyddad" in val.fran_annan):
        yield Finding("skyddad", "Den ena har skyddade uppgifter. Låt skyddet gälla.", stops=True)


def _check_alike(kvar: Deltagare, annan: Deltagare) -> Iterator[Finding]:
    if kvar.nummertyp == annan.nummertyp == "personnummer":
        yield Finding("annan", "Båda har ett personnummer. Kontrollera att det inte är två personer.")
    if None not in (kvar.fodelsedatum, annan.fodelsedatum) and kvar.fodelsedatum != annan.fodelsedatum:
        yield Finding("annan", "De har olika födelsedatum. Kontrollera att det inte är två personer.")
    if kvar.hushall_id is not None and kvar.hushall_id == annan.hushall_id:
        yield Finding("annan", "De står som två vuxna i samma hushåll.")


def _check_enrolled(session: Session, kvar: Deltagare, annan: Deltagare) -> Iterator[Finding]:
    open_now = select(Inskrivning.deltagare_id).where(
        Inskrivning.deltagare_id.in_((kvar.id, annan.id)), Inskrivning.avslutad.is_(None)
    )
    if len(set(session.execute(open_now).scalars())) > 1:
        yield Finding("annan", "Båda är inskrivna nu. Avsluta den ena inskrivningen efteråt.")


def _keep_number(session: Session, kvar: Deltagare, annan: Deltagare, idag: date, *, theirs: bool) -> None:
    """The number that no longer holds goes to the history of the one who stays."""
    lost = kvar if theirs else annan
    if lost.personnummer is not None:
        session.add(
            TidigareNummer(
                deltagare_id=kvar.id, personnummer=lost.personnummer, nummertyp=lost.nummertyp, till=idag
            )
        )


def _move(session: Session, from_id: int, to_id: int) -> None:
    """Give everything of one person to another; what staff keep for themselves follows or waits."""
    for model in EGNA:
        for row in session.scalars(select(model).where(model.deltagare_id == from_id)):
            row.deltagare_id = to_id
    leave_desks(session, from_id, to_id)
    session.flush()


def _shown(nummer: str | None) -> str:
    return format_nummer(nummer) if nummer else ""
