"""Closing an inskrivning: result (R9), what is known of the work (R10), and the insatser that end with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import NotFoundError
from db.models import Insats, Insatstyp, Inskrivning, Narvaro, OsaBeslut, Resultat
from db.queries import access
from db.rules.avslut import REGLER
from db.rules.period import add_months
from db.session import Store


@dataclass(frozen=True, slots=True)
class AvslutUppgifter:
    """What is written at the avslut; the last three where the result is work. `minst_en_manad` None:
    unknown."""

    avslutad: date
    resultat: str
    arbete_fran: date | None = None
    arbete_till: date | None = None
    minst_en_manad: bool | None = None


def check_avslut(
    session: Session, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; raises NotFoundError like the others."""
    inskrivning = _known(session, aktor, inskrivning_id)
    insatser = _insatser(session, inskrivning_id)
    stops = (
        *_check_day(inskrivning, uppgifter, insatser),
        *_check_resultat(session, uppgifter),
        *_check_arbete(uppgifter),
    )
    if any(finding.stops for finding in stops):
        return tuple(sorted(stops, key=lambda finding: not finding.stops))
    return (*stops, *_tell_insatser(session, uppgifter, insatser))


def close_inskrivning(store: Store, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter) -> Saved:
    """Close an inskrivning and every insats that runs on its last day; planned ones are taken away.

    Returns the warnings. Raises DataError, naming the field.
    """
    with store.unit_of_work(aktor, "avslut", f"Avslut: {uppgifter.resultat}") as work:
        varningar = refuse(check_avslut(work.session, aktor, inskrivning_id, uppgifter))
        inskrivning = _known(work.session, aktor, inskrivning_id)
        for insats in _insatser(work.session, inskrivning_id):
            if insats.start > uppgifter.avslutad:
                work.session.delete(insats)
            elif insats.slut is None:
                insats.slut = uppgifter.avslutad
        inskrivning.avslutad = uppgifter.avslutad
        inskrivning.resultat = uppgifter.resultat
        inskrivning.arbete_fran = uppgifter.arbete_fran
        inskrivning.arbete_till = uppgifter.arbete_till
        inskrivning.minst_en_manad = uppgifter.minst_en_manad
    assert work.changes is not None
    return Saved(inskrivning_id, work.changes, varningar)


def asks_about_work(resultat: str) -> bool:
    """Whether the result is work, whose first month is asked for (R10)."""
    return resultat in REGLER and REGLER[resultat].kraver_manad


def _known(session: Session, aktor: Aktor, inskrivning_id: int) -> Inskrivning:
    inskrivning = session.get(Inskrivning, inskrivning_id)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return inskrivning


def _insatser(session: Session, inskrivning_id: int) -> list[Insats]:
    query = select(Insats).where(Insats.inskrivning_id == inskrivning_id).order_by(Insats.start, Insats.id)
    return list(session.execute(query).scalars())


def _check_day(
    inskrivning: Inskrivning, uppgifter: AvslutUppgifter, insatser: list[Insats]
) -> Iterator[Finding]:
    if inskrivning.avslutad is not None:
        yield Finding("avslutad", f"Inskrivningen avslutades redan {inskrivning.avslutad}.", stops=True)
    if uppgifter.avslutad < inskrivning.inskriven:
        text = f"Inskrivningen började {inskrivning.inskriven}. Välj en senare dag."
        yield Finding("avslutad", text, stops=True)
    later = max((i.slut for i in insatser if i.slut is not None), default=date.min)
    if later > uppgifter.avslutad:
        text = f"En insats slutade {later}, efter avslutet. Välj den dagen eller en senare."
        yield Finding("avslutad", text, stops=True)


def _check_resultat(session: Session, uppgifter: AvslutUppgifter) -> Iterator[Finding]:
    known = session.execute(select(Resultat.namn).where(Resultat.namn == uppgifter.resultat)).scalar()
    if known is None:
        yield Finding("resultat", "Välj vad avslutet ledde till.", stops=True)


def _check_arbete(uppgifter: AvslutUppgifter) -> Iterator[Finding]:
    fran, till, manad = uppgifter.arbete_fran, uppgifter.arbete_till, uppgifter.minst_en_manad
    if not asks_about_work(uppgifter.resultat):
        if fran or till or manad is not None:
            text = "Uppgifter om arbetet hör bara till avslut till arbete. Ta bort dem."
            yield Finding("arbete_fran", text, stops=True)
        return
    if till and not fran:
        yield Finding("arbete_fran", "Ange även första dagen i arbetet.", stops=True)
    elif fran and till and till < fran:
        yield Finding("arbete_till", "Sista dagen i arbetet är före den första.", stops=True)
    elif fran and till and manad is not None and manad != _lasts_a_month(fran, till):
        text = "Svaret stämmer inte med datumen för arbetet."
        yield Finding("minst_en_manad", text, stops=True)
    elif fran is None:
        yield Finding("arbete_fran", "Första dagen i arbetet är inte angiven.")
    if manad is None:
        text = "Avslutet räknas som arbete först när minst en månad är bekräftad."
        yield Finding("minst_en_manad", text)


def _lasts_a_month(fran: date, till: date) -> bool:
    return till + timedelta(1) >= add_months(fran, 1)


def _tell_insatser(session: Session, uppgifter: AvslutUppgifter, insatser: list[Insats]) -> Iterator[Finding]:
    namn = dict(session.execute(select(Insatstyp.id, Insatstyp.namn)).all())
    ends = [namn[i.insatstyp_id] for i in insatser if i.slut is None and i.start <= uppgifter.avslutad]
    planned = [i for i in insatser if i.start > uppgifter.avslutad]
    if ends:
        yield Finding("avslutad", f"Insatser som avslutas samma dag: {', '.join(ends)}.")
    for insats in planned:
        if _has_begun(session, insats.id):
            text = f"{namn[insats.insatstyp_id]} börjar {insats.start} men har redan närvaro eller beslut."
            yield Finding("avslutad", text, stops=True)
        else:
            text = f"Planerad insats som tas bort: {namn[insats.insatstyp_id]} från {insats.start}."
            yield Finding("avslutad", text)


def _has_begun(session: Session, insats_id: int) -> bool:
    """Whether something hangs on the insats, so that it cannot simply go."""
    for model in (Narvaro, OsaBeslut):
        if (
            session.execute(select(model.id).where(model.insats_id == insats_id).limit(1)).scalar()
            is not None
        ):
            return True
    return False
