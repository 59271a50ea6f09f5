"""What there is to tell of an insats before it is saved, by statements that are compiled once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Integer, bindparam, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding
from db.commands.varningar import unasked_again
from db.errors import NotFoundError
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Narvaro, OsaBeslut
from db.queries import access
from db.queries.platser import find_full_day
from db.rules.datum import full_date
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.koder import Pass
from db.rules.omfattning import HELTID, find_samtidig
from db.rules.osa import find_tackt_till
from db.sql import Prepared

Schema = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class InsatsUppgifter:
    """What is written of an insats; `omfattning` in per cent. `schema` holds (weekday 1–7, fm, em or `` for
    the whole day) in order; empty: whole days Monday to Friday."""

    inskrivning_id: int
    insatstyp_id: int
    start: date
    enhet_id: int | None = None
    planerat_slut: date | None = None
    slut: date | None = None
    omfattning: int = 100
    avbrottsorsak: str = ""
    schema: Schema = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one look-up tells of the inskrivning and of what is chosen."""

    inskriven: date
    avslutad: date | None
    deltagare_id: int
    skyddad: str
    typ: str | None
    aktivitet: bool | None
    enhet: str | None


def _chosen(column: Any, bind: str) -> Any:
    """A column of the catalogue row whose id is given under a name."""
    return select(column).where(column.class_.id == bindparam(bind, type_=Integer)).scalar_subquery()


ENDS_BEFORE = "Planerat slut är före start. Välj en senare dag."
_INSKRIVNING = bindparam("inskrivning", type_=Integer)
_FACTS = Prepared(
    select(
        Inskrivning.inskriven, Inskrivning.avslutad, Inskrivning.deltagare_id, Deltagare.skyddad,
        _chosen(Insatstyp.namn, "typ"), _chosen(Insatstyp.raknas_som_aktivitet, "typ"),
        _chosen(Enhet.namn, "enhet"),
    )
    .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
    .where(Inskrivning.id == _INSKRIVNING)
)  # fmt: skip
# By the inskrivning alone, which has few: the database would else choose the index of all such insatser.
_SIBLINGS = Prepared(
    select(
        Insats.id, Insats.insatstyp_id, Insats.enhet_id, Insats.start, Insats.slut, Insats.omfattning,
        Insatstyp.raknas_som_aktivitet,
    )
    .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
    .where(Insats.inskrivning_id == _INSKRIVNING)
    .order_by(Insats.start)
)  # fmt: skip
_BESLUT = Prepared(
    select(OsaBeslut.fran, OsaBeslut.till).where(OsaBeslut.insats_id == bindparam("insats", type_=Integer))
)
_HELD = Prepared(
    select(Insats.insatstyp_id, Insats.enhet_id, Insats.start, Insats.slut, Insats.planerat_slut).where(
        Insats.id == bindparam("insats", type_=Integer)
    )
)
# Without end no day is after it: the comparison is then unknown.
_OUTSIDE = Prepared(
    select(Narvaro.datum)
    .where(
        Narvaro.insats_id == bindparam("insats", type_=Integer),
        or_(Narvaro.datum < bindparam("start", type_=Date), Narvaro.datum > bindparam("slut", type_=Date)),
    )
    .distinct()
)


def check_insats(
    session: Session | Connection,
    aktor: Aktor,
    uppgifter: InsatsUppgifter,
    insats_id: int | None = None,
    *,
    places: bool = True,
    avloser_id: int | None = None,
    idag: date = date.min,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first. `insats_id` is the row being changed;
    without `places` the enhet's places are left to whoever asks for many people at once. `avloser_id` is an
    insats that ends in the same act when this one begins: it takes neither place nor time beside it. Those
    who on `idag` have overrun their planned end still take their places.

    Raises NotFoundError where the inskrivning is missing or not the user's to know.
    """
    values = {"inskrivning": uppgifter.inskrivning_id, "typ": uppgifter.insatstyp_id}
    found = _FACTS.first(session, **values, enhet=uppgifter.enhet_id)
    if found is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    facts = _Facts(*found)
    if not access.is_open(facts.skyddad):
        access.require_known(session, aktor, facts.deltagare_id)
    stops = (*_check_dates(uppgifter, facts), *_check_values(uppgifter, facts))
    if stops:
        return stops
    warnings = (
        *_check_overlap(session, uppgifter, facts, (insats_id, avloser_id)),
        *(_check_places(session, aktor, uppgifter, facts, insats_id or avloser_id, idag) if places else ()),
        *_check_osa(session, uppgifter, facts, insats_id),
    )
    held = None if insats_id is None else _HELD.first(session, insats=insats_id)
    if insats_id is None or held is None:
        return warnings
    if _is_within(uppgifter, held):
        warnings = tuple(replace(warning, asks=False) for warning in warnings)
    left = check_left_out(session, insats_id, (held[2], held[3]), (uppgifter.start, uppgifter.slut))
    return unasked_again(session, "insats", insats_id, (*warnings, *left))


def check_left_out(
    session: Session | Connection,
    insats_id: int,
    before: tuple[date, date | None],
    after: tuple[date, date | None],
) -> Iterator[Finding]:
    """What to tell when an insats gets other days, as (start, slut): days with registered närvaro, whatever
    its status, that it held before and does not hold any more.

    They are kept, and can be taken away in the week's grid; that is why it asks for a reason and stops
    nothing. What lay outside already is told no more.
    """
    start, slut = after
    if start <= before[0] and (slut is None or slut >= (before[1] or date.max)):
        return
    days = sorted(row[0] for row in _OUTSIDE.rows(session, insats=insats_id, start=start, slut=slut))
    days = [day for day in days if before[0] <= day <= (before[1] or day)]
    early, late = [day for day in days if day < start], [day for day in days if slut and day > slut]
    if early:
        text = f"{_count(early)} med registrerad närvaro hamnar före start, {_which(early, 'första', 0)}."
        yield Finding("start", text, asks=True)
    if late:
        text = f"{_count(late)} med registrerad närvaro hamnar efter slut, {_which(late, 'sista', -1)}."
        yield Finding("slut", text, asks=True)


def _count(days: list[date]) -> str:
    return f"{len(days)} {'dag' if len(days) == 1 else 'dagar'}"


def _which(days: list[date], word: str, place: int) -> str:
    day = full_date(days[place])
    return day if len(days) == 1 else f"den {word} {day}"


def _is_within(uppgifter: InsatsUppgifter, held: tuple[Any, ...]) -> bool:
    """Whether a change takes nothing that the insats has not already: then nobody is asked why."""
    typ, enhet, start, slut, planerat_slut = held
    same = (typ, enhet) == (uppgifter.insatstyp_id, uppgifter.enhet_id)
    return same and start <= uppgifter.start and last_day(uppgifter) <= (slut or planerat_slut or date.max)


def last_day(uppgifter: InsatsUppgifter) -> date:
    """The last day that is known or planned; without end as far as dates go."""
    return uppgifter.slut or uppgifter.planerat_slut or date.max


def _check_dates(uppgifter: InsatsUppgifter, facts: _Facts) -> Iterator[Finding]:
    start, slut = uppgifter.start, uppgifter.slut
    if start < facts.inskriven:
        yield Finding(
            "start", f"Inskrivningen börjar {full_date(facts.inskriven)}. Välj en senare dag.", stops=True
        )
    yield from _check_close(uppgifter, facts)
    if uppgifter.planerat_slut and uppgifter.planerat_slut < start:
        yield Finding("planerat_slut", ENDS_BEFORE, stops=True)
    if slut and slut < start:
        yield Finding("slut", "Slut är före start. Välj en senare dag.", stops=True)
    if uppgifter.avbrottsorsak and not slut:
        yield Finding("slut", "Ange dagen då insatsen avbröts.", stops=True)


def _check_close(uppgifter: InsatsUppgifter, facts: _Facts) -> Iterator[Finding]:
    """An insats lies within its inskrivning, as in the workbook: without end it would go on after it."""
    if facts.avslutad is None:
        return
    avslutades = f"Inskrivningen avslutades {full_date(facts.avslutad)}"
    if uppgifter.start > facts.avslutad:
        yield Finding("start", f"{avslutades}. Välj den dagen eller en tidigare.", stops=True)
    elif uppgifter.slut is None:
        text = f"{avslutades}, så insatsen måste ha ett slut. Ange den dagen eller en tidigare."
        yield Finding("slut", text, stops=True)
    elif uppgifter.slut > facts.avslutad:
        yield Finding("slut", f"{avslutades}. Välj den dagen eller en tidigare.", stops=True)


def _check_values(uppgifter: InsatsUppgifter, facts: _Facts) -> Iterator[Finding]:
    if facts.typ is None:
        yield Finding("insatstyp", "Välj en insatstyp.", stops=True)
    if uppgifter.enhet_id is not None and facts.enhet is None:
        yield Finding("enhet", "Enheten finns inte i registret. Välj en annan.", stops=True)
    if not 1 <= uppgifter.omfattning <= 100:
        yield Finding("omfattning", "Skriv omfattningen i procent, 1 till 100.", stops=True)
    days = [day for day, _ in uppgifter.schema]
    if any(not 1 <= day <= 7 or pass_ not in ("", *Pass) for day, pass_ in uppgifter.schema):
        yield Finding("schema", "Välj veckodagar, hela dagar eller för- och eftermiddagar.", stops=True)
    elif any(pass_ == "" and days.count(day) > 1 for day, pass_ in uppgifter.schema):
        yield Finding("schema", "En dag är antingen hel eller delad i för- och eftermiddag.", stops=True)


def _check_overlap(
    session: Session | Connection, uppgifter: InsatsUppgifter, facts: _Facts, utom: tuple[int | None, ...]
) -> Iterator[Finding]:
    """The same kind at the same enhet twice at once is most often a double registration; activities that
    together take more than full time are at least worth a thought."""
    rows = _SIBLINGS.rows(session, inskrivning=uppgifter.inskrivning_id)
    others = [row for row in rows if row[0] not in utom]
    for _, typ, enhet, start, slut, _, _ in others:
        same = (typ, enhet) == (uppgifter.insatstyp_id, uppgifter.enhet_id)
        if same and start <= last_day(uppgifter) and (slut is None or slut >= uppgifter.start):
            yield Finding(
                "start", f"Samma insats finns redan från {full_date(start)}. Är det en dubblett?", asks=True
            )
            return
    if facts.aktivitet:
        andra = [(start, slut, omfattning) for _, _, _, start, slut, omfattning, counts in others if counts]
        egen = (uppgifter.start, uppgifter.slut or uppgifter.planerat_slut, uppgifter.omfattning)
        dag, most = find_samtidig(egen, andra)
        if most > HELTID:
            yield Finding(
                "omfattning", f"Tillsammans med andra insatser blir det {most} % från {full_date(dag)}."
            )


def _check_places(
    session: Session | Connection,
    aktor: Aktor,
    uppgifter: InsatsUppgifter,
    facts: _Facts,
    insats_id: int | None,
    idag: date,
) -> Iterator[Finding]:
    enhet_id, last = uppgifter.enhet_id, last_day(uppgifter)
    if enhet_id is None:
        return
    full = find_full_day(session, aktor, enhet_id, uppgifter.start, last, insats_id, idag=idag)
    if full is not None:
        yield Finding("enhet", f"{facts.enhet} har ingen ledig plats {full_date(full)}.", asks=True)


def _check_osa(
    session: Session | Connection, uppgifter: InsatsUppgifter, facts: _Facts, insats_id: int | None
) -> Iterator[Finding]:
    if facts.typ != OSA_ANSTALLNING:
        return
    beslut = [] if insats_id is None else _BESLUT.rows(session, insats=insats_id)
    tackt = find_tackt_till(uppgifter.start, [(fran, till) for fran, till in beslut])
    if tackt is None or (uppgifter.slut and tackt < uppgifter.slut):
        text = "Beslut från Arbetsförmedlingen som täcker tiden saknas."
        yield Finding("insatstyp", text, asks=True)
