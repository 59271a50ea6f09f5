"""What begins when a person is registered: the inskrivning with its first steg, and the ärende."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.arende import ArendeUppgifter, check_arendets_varden
from db.commands.findings import Finding
from db.commands.insats import new_nummer
from db.models import Arende, Inskrivning, Steg, Stegperiod
from db.rules.koder import Forsorjning, HanvisadAv


@dataclass(frozen=True, slots=True)
class NyInskrivning:
    """An enrolment to begin with; `koordinator` is a signatur."""

    inskriven: date
    koordinator: str = ""
    hanvisad_av: str | None = None
    spar: str = ""
    anvisad: date | None = None
    med_medsokande: bool = False
    forsorjning_fore: str | None = None


@dataclass(frozen=True, slots=True)
class NyttArende:
    """An ärende of the sökande's, as it stands when the person is registered."""

    nummer: str
    ansokan: date
    beslut: date | None = None
    utfall: str | None = None
    handlaggare: str = ""


def check_ny_inskrivning(ny: NyInskrivning, fodelsedatum: date | None, idag: date) -> Iterator[Finding]:
    """What there is to say of an enrolment to begin with, whoever the person is."""
    if fodelsedatum is not None and ny.inskriven < fodelsedatum:
        yield Finding("inskriven", "Dagen är före födelsedatumet. Kontrollera båda.", stops=True)
    elif ny.inskriven > idag:
        yield Finding("inskriven", "Dagen har inte varit ännu. Personen räknas som inskriven från den dagen.")
    elif ny.inskriven < idag - timedelta(365):
        yield Finding("inskriven", "Dagen är för mer än ett år sedan. Kontrollera att den är rätt.")
    if ny.anvisad is not None and ny.anvisad > ny.inskriven:
        yield Finding("anvisad", "Dagen är efter inskrivningen. Kontrollera båda.")
    if ny.hanvisad_av not in (None, *HanvisadAv):
        yield Finding("hanvisad_av", "Välj ur listan.", stops=True)
    if ny.forsorjning_fore not in (None, *Forsorjning):
        yield Finding("forsorjning_fore", "Välj ur listan.", stops=True)
    if not ny.koordinator:
        yield Finding("koordinator", "Utan koordinator finns personen inte på någons lista.")


def check_nytt_arende(session: Session, ny: NyttArende, idag: date) -> Iterator[Finding]:
    """What there is to say of an ärende to begin with; its number is the field `arende_nummer`."""
    uppgifter = ArendeUppgifter(ny.nummer, ny.ansokan, ny.beslut, ny.utfall, handlaggare=ny.handlaggare)
    for finding in check_arendets_varden(session, uppgifter, idag):
        yield replace(finding, field="arende_nummer") if finding.field == "nummer" else finding


def add_arende(session: Session, deltagare_id: int, ny: NyttArende) -> None:
    session.add(
        Arende(
            deltagare_id=deltagare_id, nummer=ny.nummer.strip(), ansokan=ny.ansokan, beslut=ny.beslut,
            utfall=ny.utfall, handlaggare=ny.handlaggare,
        )
    )  # fmt: skip
    session.flush()


def add_inskrivning(session: Session, deltagare_id: int, ny: NyInskrivning) -> int:
    """Enrolled, and in the first steg of the flow from the same day; the new id."""
    inskrivning = Inskrivning(
        nummer=new_nummer(), deltagare_id=deltagare_id, anvisad=ny.anvisad, inskriven=ny.inskriven,
        hanvisad_av=ny.hanvisad_av, spar=ny.spar, koordinator=ny.koordinator,
        forsorjning_fore=ny.forsorjning_fore,
    )  # fmt: skip
    session.add(inskrivning)
    session.flush()
    first = session.execute(select(Steg.id).order_by(Steg.ordning, Steg.id).limit(1)).scalar()
    if first is not None:
        session.add(Stegperiod(inskrivning_id=inskrivning.id, steg_id=first, fran=ny.inskriven))
    return inskrivning.id
