"""Closing an inskrivning as one act: result (R9), the work (R10), försörjning, and what follows of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.avslut_foljder import (
    AvslutPlan,
    apply_foljder,
    find_foljder,
    list_insatser,
    schedule_uppfoljningar,
    tell_foljder,
)
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.models import Insats, Insatstyp, Inskrivning, Narvaro, Resultat, Uppfoljning
from db.queries import access
from db.rules.avslut import REGLER, asks_for_month
from db.rules.datum import full_date
from db.rules.koder import Forsorjning, NarvaroStatus
from db.rules.koder import Resultat as Resultatkod
from db.rules.period import add_months
from db.rules.uppfoljning import find_oplanerade, plan_uppfoljningar
from db.session import Store

CHANGED_MEANWHILE = "Någon annan har ändrat avslutet. Inget har sparats. Öppna det igen och gör om ändringen."


@dataclass(frozen=True, slots=True)
class AvslutUppgifter:
    """What is written at the avslut; the three about work where the result is work. `minst_en_manad` None:
    unknown. The last two are words of Forsorjning."""

    avslutad: date
    resultat: str
    arbete_fran: date | None = None
    arbete_till: date | None = None
    minst_en_manad: bool | None = None
    forsorjning_fore: str | None = None
    forsorjning_efter: str | None = None


def check_avslut(
    session: Session, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; raises NotFoundError like the others."""
    inskrivning = _known(session, aktor, inskrivning_id)
    found = (
        *_check_day(inskrivning, uppgifter, idag),
        *_check_insatser(session, inskrivning, uppgifter.avslutad, idag),
        *_check_values(session, uppgifter),
    )
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def plan_avslut(
    session: Session, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter, idag: date
) -> AvslutPlan:
    """What `close_inskrivning` would do, to show before; no follow-ups while the result is not chosen."""
    inskrivning = _known(session, aktor, inskrivning_id)
    foljder = find_foljder(session, inskrivning, uppgifter.avslutad, idag)
    return tell_foljder(session, foljder, _uppfoljningar(uppgifter) if uppgifter.resultat in REGLER else {})


def close_inskrivning(
    store: Store, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter, idag: date
) -> Saved:
    """Close an inskrivning: what runs ends on its last day and frees its place, what was to come is
    cancelled, and the follow-ups are planned. One act, so one undo takes back all of it and nothing else.

    Returns the warnings. Raises DataError, naming the field.
    """
    with store.unit_of_work(aktor, "avslut", f"Avslut: {uppgifter.resultat}") as work:
        session = work.session
        inskrivning = _known(session, aktor, inskrivning_id, lock=True)
        varningar = refuse(check_avslut(session, aktor, inskrivning_id, uppgifter, idag))
        apply_foljder(
            session, find_foljder(session, inskrivning, uppgifter.avslutad, idag), uppgifter.avslutad
        )
        inskrivning.avslutad = uppgifter.avslutad
        _write(inskrivning, uppgifter)
        schedule_uppfoljningar(session, inskrivning_id, {}, _uppfoljningar(uppgifter))
    assert work.changes is not None
    return Saved(inskrivning_id, work.changes, varningar)


def check_rattelse(
    session: Session, aktor: Aktor, inskrivning_id: int, uppgifter: AvslutUppgifter
) -> tuple[Finding, ...]:
    """As `check_avslut`, of an inskrivning that is closed. Its last day stays, as what ended then."""
    inskrivning = _known(session, aktor, inskrivning_id)
    found = list(_check_values(session, uppgifter))
    if inskrivning.avslutad != uppgifter.avslutad:
        text = "Sista dagen ändras inte här. Ångra avslutet och gör om det."
        found.insert(0, Finding("avslutad", text, stops=True))
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def update_avslut(
    store: Store,
    aktor: Aktor,
    inskrivning_id: int,
    uppgifter: AvslutUppgifter,
    tidigare: AvslutUppgifter | None = None,
) -> Saved | None:
    """Correct what an avslut says; None when nothing differs. Follow-ups that are not done follow the result.

    Raises DataError, naming the field, and ConflictError when the avslut is no longer as `tidigare`.
    """
    with store.unit_of_work(aktor, "avslut", f"Rättat avslut: {uppgifter.resultat}") as work:
        session = work.session
        inskrivning = _known(session, aktor, inskrivning_id, lock=True)
        before = _written(inskrivning)
        if tidigare is not None and before != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, before)
        varningar = refuse(check_rattelse(session, aktor, inskrivning_id, uppgifter))
        assert before is not None  # or the last day would differ
        _write(inskrivning, uppgifter)
        schedule_uppfoljningar(session, inskrivning_id, _uppfoljningar(before), _uppfoljningar(uppgifter))
    return None if work.changes is None else Saved(inskrivning_id, work.changes, varningar)


def plan_saknade(store: Store, aktor: Aktor, inskrivning_id: int, idag: date) -> Saved | None:
    """Plan the follow-ups to come that an avslut has not got, as one that was imported; None where it has.

    Raises NotFoundError.
    """
    with store.unit_of_work(aktor, "avslut", "Planerade uppföljningar") as work:
        written = _written(_known(work.session, aktor, inskrivning_id, lock=True))
        if written is None:
            raise NotFoundError("Avslutet finns inte i registret.")
        query = select(Uppfoljning.slag).where(Uppfoljning.inskrivning_id == inskrivning_id)
        held = work.session.scalars(query).all()
        new = find_oplanerade(_uppfoljningar(written), held, idag)
        schedule_uppfoljningar(work.session, inskrivning_id, {}, new)
    return None if work.changes is None else Saved(inskrivning_id, work.changes)


def check_arbete(uppgifter: AvslutUppgifter) -> Iterator[Finding]:
    """What is wrong or missing in what is told of the work (R10)."""
    fran, till, manad = uppgifter.arbete_fran, uppgifter.arbete_till, uppgifter.minst_en_manad
    if not asks_for_month(uppgifter.resultat):
        if fran or till or manad is not None:
            text = "Uppgifter om arbetet hör bara till avslut till arbete. Ta bort dem."
            yield Finding("arbete_fran", text, stops=True)
        return
    if till and not fran:
        yield Finding("arbete_fran", "Ange även första dagen i arbetet.", stops=True)
    elif fran and till and till < fran:
        yield Finding("arbete_till", "Sista dagen i arbetet är före den första.", stops=True)
    elif fran and till and manad is not None and manad != lasts_a_month(fran, till):
        text = "Svaret stämmer inte med datumen för arbetet."
        yield Finding("minst_en_manad", text, stops=True)
    elif fran is None:
        yield Finding("arbete_fran", "Första dagen i arbetet är inte angiven.")


def lasts_a_month(fran: date, till: date) -> bool:
    """Whether work from one day to another, both worked, is at least one month (R10)."""
    return till + timedelta(1) >= add_months(fran, 1)


def _known(session: Session, aktor: Aktor, inskrivning_id: int, *, lock: bool = False) -> Inskrivning:
    inskrivning = session.get(Inskrivning, inskrivning_id, with_for_update=lock or None)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return inskrivning


def _uppfoljningar(uppgifter: AvslutUppgifter) -> dict[str, date]:
    return plan_uppfoljningar(
        uppgifter.resultat, uppgifter.minst_en_manad, uppgifter.arbete_fran, uppgifter.avslutad
    )


def _write(inskrivning: Inskrivning, uppgifter: AvslutUppgifter) -> None:
    """All but the last day."""
    inskrivning.resultat = uppgifter.resultat
    inskrivning.arbete_fran = uppgifter.arbete_fran
    inskrivning.arbete_till = uppgifter.arbete_till
    inskrivning.minst_en_manad = uppgifter.minst_en_manad
    inskrivning.forsorjning_fore = uppgifter.forsorjning_fore
    inskrivning.forsorjning_efter = uppgifter.forsorjning_efter


def _written(inskrivning: Inskrivning) -> AvslutUppgifter | None:
    if inskrivning.avslutad is None or inskrivning.resultat is None:
        return None
    return AvslutUppgifter(
        inskrivning.avslutad, inskrivning.resultat, inskrivning.arbete_fran, inskrivning.arbete_till,
        inskrivning.minst_en_manad, inskrivning.forsorjning_fore, inskrivning.forsorjning_efter,
    )  # fmt: skip


def _check_day(inskrivning: Inskrivning, uppgifter: AvslutUppgifter, idag: date) -> Iterator[Finding]:
    if inskrivning.avslutad is not None:
        yield Finding(
            "avslutad", f"Inskrivningen avslutades redan {full_date(inskrivning.avslutad)}.", stops=True
        )
    if uppgifter.avslutad < inskrivning.inskriven:
        text = f"Inskrivningen började {full_date(inskrivning.inskriven)}. Välj en senare dag."
        yield Finding("avslutad", text, stops=True)
    if uppgifter.avslutad > idag:
        yield Finding("avslutad", "Dagen har inte varit ännu.")


def _check_insatser(
    session: Session, inskrivning: Inskrivning, avslutad: date, idag: date
) -> Iterator[Finding]:
    """What has been after the last day cannot be undone by an avslut: that day is wrong, or the insats is."""
    for insats in list_insatser(session, inskrivning.id):
        if avslutad < insats.start <= idag:
            been = f"började {full_date(insats.start)}"
        elif insats.slut is not None and avslutad < insats.slut <= idag:
            been = f"slutade {full_date(insats.slut)}"
        else:
            continue
        namn = session.get_one(Insatstyp, insats.insatstyp_id).namn
        text = f"Insatsen {namn} {been}, efter sista dagen. Välj den dagen eller senare."
        yield Finding("avslutad", text, stops=True)
    query = select(func.max(Narvaro.datum)).join(Insats, Insats.id == Narvaro.insats_id)
    present = query.where(
        Insats.inskrivning_id == inskrivning.id, Narvaro.datum > avslutad,
        Narvaro.status == NarvaroStatus.NARVARANDE.value,
    )  # fmt: skip
    last = session.execute(present).scalar()
    if last is not None:
        text = f"Deltagaren var närvarande {full_date(last)}, efter sista dagen. Välj den dagen eller senare."
        yield Finding("avslutad", text, stops=True)


def _check_values(session: Session, uppgifter: AvslutUppgifter) -> Iterator[Finding]:
    known = session.execute(select(Resultat.namn).where(Resultat.namn == uppgifter.resultat)).scalar()
    if known is None:
        yield Finding("resultat", "Välj vad avslutet ledde till.", stops=True)
    yield from check_arbete(uppgifter)
    for name in ("forsorjning_fore", "forsorjning_efter"):
        if getattr(uppgifter, name) not in (None, *Forsorjning):
            yield Finding(name, "Välj försörjning i listan.", stops=True)
    if uppgifter.forsorjning_efter is None and uppgifter.resultat != Resultatkod.AVLIDIT.value:
        yield Finding("forsorjning_efter", "Försörjningen efter avslutet är inte angiven.")
