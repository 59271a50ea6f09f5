"""Arbetsförmedlingen's decisions for an OSA placement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Insats, Insatstyp, Inskrivning, OsaBeslut
from db.queries import access
from db.rules.datum import full_date
from db.rules.insatstyper import OSA_TYPER
from db.rules.osa import GAR_UT_DAGAR, Beslut, find_nasta_fran, find_overlapp, is_for_langt
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat det här. Inget har sparats. Öppna formuläret igen och gör om ändringen."
)
LONGEST_NUMMER = 100
MEST_BIDRAG_ORE = 10_000_000


@dataclass(frozen=True, slots=True)
class BeslutUppgifter:
    """What is written of a decision; the grant in öre a month."""

    fran: date
    till: date
    diarienummer: str = ""
    bidrag_ore: int | None = None


def check_osa_beslut(
    session: Session,
    aktor: Aktor,
    insats_id: int,
    uppgifter: BeslutUppgifter,
    idag: date,
    beslut_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `beslut_id` is the one being changed.

    Raises NotFoundError where the insats is missing or not the user's to know.
    """
    insats = known_insats(session, aktor, insats_id)
    andra = _andra_beslut(session, insats_id, beslut_id)
    stops = tuple(_check_beslut(session, insats, uppgifter, andra))
    if stops:
        return stops
    told = (*_warn_beslut(insats, uppgifter, andra), *_tell_end(insats, uppgifter, idag))
    own = session.get(OsaBeslut, beslut_id or 0)
    if own is not None and (own.fran, own.till) == (uppgifter.fran, uppgifter.till):
        return tuple(replace(finding, asks=False) for finding in told)  # where the days stay nobody is asked
    return unasked_again(session, "osa_beslut", beslut_id, told)


def create_osa_beslut(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    uppgifter: BeslutUppgifter,
    idag: date,
    skal: str | None = None,
) -> Saved:
    """Register a decision and return it with its warnings. Raises DataError, naming the field.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.
    """
    with store.unit_of_work(aktor, "osa", "Nytt OSA-beslut") as work:
        lock_rows(work.session, Insats, [insats_id])
        varningar = refuse(check_osa_beslut(work.session, aktor, insats_id, uppgifter, idag))
        beslut = OsaBeslut(insats_id=insats_id)
        _put_beslut(beslut, uppgifter)
        work.session.add(beslut)
        work.session.flush()
        beslut_id = beslut.id
        pass_warnings(work, "osa_beslut", beslut_id, varningar, skal)
    assert work.changes is not None
    return Saved(beslut_id, work.changes, varningar)


def update_osa_beslut(
    store: Store,
    aktor: Aktor,
    beslut_id: int,
    uppgifter: BeslutUppgifter,
    idag: date,
    tidigare: BeslutUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change a decision; None when nothing differs. Raises DataError, naming the field, and ConflictError
    when it is no longer as `tidigare`."""
    with store.unit_of_work(aktor, "osa", "Ändrat OSA-beslut") as work:
        beslut = _beslut(work.session, aktor, beslut_id)
        written = BeslutUppgifter(beslut.fran, beslut.till, beslut.diarienummer, beslut.bidrag_ore)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        found = check_osa_beslut(work.session, aktor, beslut.insats_id, uppgifter, idag, beslut_id)
        varningar = refuse(found)
        _put_beslut(beslut, uppgifter)
        pass_warnings(work, "osa_beslut", beslut_id, varningar, skal)
    return None if work.changes is None else Saved(beslut_id, work.changes, varningar)


def remove_osa_beslut(store: Store, aktor: Aktor, beslut_id: int) -> Saved:
    """Take away a decision that was never made. Raises NotFoundError."""
    with store.unit_of_work(aktor, "osa", "Borttaget OSA-beslut") as work:
        work.session.delete(_beslut(work.session, aktor, beslut_id))
    assert work.changes is not None
    return Saved(beslut_id, work.changes)


def known_insats(session: Session, aktor: Aktor, insats_id: int) -> Insats:
    """The insats. Raises NotFoundError where it is missing or the user may not know the person."""
    insats = session.get(Insats, insats_id)
    if insats is None:
        raise NotFoundError("Insatsen finns inte i registret.")
    access.require_known(session, aktor, session.get_one(Inskrivning, insats.inskrivning_id).deltagare_id)
    return insats


def _beslut(session: Session, aktor: Aktor, beslut_id: int) -> OsaBeslut:
    beslut = session.get(OsaBeslut, beslut_id, with_for_update=True)
    if beslut is None:
        raise NotFoundError("Beslutet finns inte i registret.")
    known_insats(session, aktor, beslut.insats_id)
    return beslut


def _andra_beslut(session: Session, insats_id: int, beslut_id: int | None) -> list[Beslut]:
    query = select(OsaBeslut.fran, OsaBeslut.till).where(
        OsaBeslut.insats_id == insats_id, OsaBeslut.id != (beslut_id or 0)
    )
    return [(fran, till) for fran, till in session.execute(query)]


def _put_beslut(beslut: OsaBeslut, uppgifter: BeslutUppgifter) -> None:
    beslut.fran, beslut.till = uppgifter.fran, uppgifter.till
    beslut.diarienummer, beslut.bidrag_ore = uppgifter.diarienummer, uppgifter.bidrag_ore


def _check_beslut(
    session: Session, insats: Insats, uppgifter: BeslutUppgifter, andra: list[Beslut]
) -> Iterator[Finding]:
    typ = session.execute(select(Insatstyp.namn).where(Insatstyp.id == insats.insatstyp_id)).scalar_one()
    if typ not in OSA_TYPER:
        yield Finding("fran", "Beslut hör bara till OSA. Insatsen är av ett annat slag.", stops=True)
    if uppgifter.till < uppgifter.fran:
        yield Finding("till", "Beslutet slutar före det börjar. Kontrollera datumen.", stops=True)
    elif uppgifter.till < insats.start:
        yield Finding("till", f"Insatsen börjar {full_date(insats.start)}, efter beslutet.", stops=True)
    if insats.slut is not None and uppgifter.fran > insats.slut:
        yield Finding("fran", f"Insatsen slutade {full_date(insats.slut)}, före beslutet.", stops=True)
    if any(fran == uppgifter.fran for fran, _ in andra):
        yield Finding("fran", "Det finns redan ett beslut från samma dag. Ändra det i stället.", stops=True)
    if len(uppgifter.diarienummer) > LONGEST_NUMMER:
        yield Finding("diarienummer", "Diarienumret är för långt. Korta det.", stops=True)
    if not 0 <= (uppgifter.bidrag_ore or 0) <= MEST_BIDRAG_ORE:
        yield Finding("bidrag", "Skriv bidraget i kronor per månad, högst 100 000.", stops=True)


def _warn_beslut(insats: Insats, uppgifter: BeslutUppgifter, andra: list[Beslut]) -> Iterator[Finding]:
    beslut = (uppgifter.fran, uppgifter.till)
    if is_for_langt(beslut):
        yield Finding("till", "Arbetsförmedlingen beslutar om högst tolv månader åt gången.", asks=True)
    overlapp = find_overlapp(beslut, andra)
    if overlapp is not None:
        text = f"Beslutet överlappar det som gäller {full_date(overlapp[0])} till {full_date(overlapp[1])}."
        yield Finding("fran", text, asks=True)
    fran = find_nasta_fran(insats.start, (b for b in andra if b[0] < uppgifter.fran))
    if uppgifter.fran > fran:
        yield Finding("fran", f"Tiden från {full_date(fran)} saknar beslut.")
    if not uppgifter.diarienummer:
        yield Finding("diarienummer", "Beslutet saknar diarienummer.")


def _tell_end(insats: Insats, uppgifter: BeslutUppgifter, idag: date) -> Iterator[Finding]:
    if insats.slut is not None and insats.slut <= uppgifter.till:
        return
    kvar = (uppgifter.till - idag).days
    if kvar < 0:
        yield Finding("till", "Beslutet har redan gått ut.")
    elif kvar <= GAR_UT_DAGAR:
        yield Finding("till", f"Beslutet går ut om {kvar} {'dag' if kvar == 1 else 'dagar'}.")
