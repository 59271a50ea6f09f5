"""Makes the whole demo register: invented people with their ways, and places enough for them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.demo import names
from db.demo.delegation import Delegationer, number_beslut
from db.demo.desk import Story, make_case, own_places
from db.demo.flow import Flow
from db.demo.insatser import COUNTED_DAYS, Insatser
from db.demo.ko import Platskoer
from db.demo.people import People, Staff, add_staff
from db.demo.samtal import Samtal
from db.demo.skrivbord import Skrivbord
from db.demo.tables import Tables
from db.models import Insatstyp, Installning, Steg
from db.rules.koder import Enhetstyp, Verksamhet

# Called with how many people are done, and how many there will be.
Progress = Callable[[int, int], object]
BLOCK = 500
SETTINGS = {"demo": True, "kommun.namn": "Exempelkommun", "namnd.namn": "Arbetsmarknadsnämnden"}
YEARS = 4
GOAL_STEP = 5


def fill_demo(
    session: Session, deltagare: int, fro: int, per: date, narvaro_veckor: int, progress: Progress
) -> None:
    """Fill an empty register with `deltagare` invented people as of the day `per`; the caller commits.

    Memory stays the same however many there are: every BLOCK people are written and forgotten.
    """
    rng, tables = Random(fro), Tables(session.connection())
    staff = add_staff(tables, deltagare)
    for namn, typ, anordnare in names.ENHETER:
        tables.add("enhet", namn=namn, typ=typ, anordnare=anordnare)
    desk = Skrivbord(fro, per, tables)
    flow = _flow(session, rng, per, tables, staff, narvaro_veckor, desk)
    people, own = People(rng, tables, per), own_places(deltagare)
    nr = 0
    while nr < deltagare:
        alone = nr + 1 >= deltagare or nr in own or nr + 1 in own
        nr += _add_household(flow, people, nr in own, own.get(nr), alone, deltagare)
        if nr % BLOCK < 2:
            tables.write()
            progress(nr, deltagare)
    tables.write()
    nya = _add_capacity(tables, rng, per, flow.insatser)
    tables.finish()
    number_beslut(session.connection())
    goal = {"antal": GOAL_STEP * (1 + 2 * nya // GOAL_STEP), "fran": date(per.year, 1, 1).isoformat()}
    for nyckel, varde in {**SETTINGS, "platser.mal": goal}.items():
        session.add(Installning(nyckel=nyckel, varde=json.dumps(varde, ensure_ascii=False)))
    progress(deltagare, deltagare)


def _add_household(
    flow: Flow, people: People, is_own: bool, story: Story | None, alone: bool, deltagare: int
) -> int:
    """A sökande with a case, and for some a medsökande; returns how many people."""
    rng, per = flow.rng, flow.per
    if is_own:
        case = make_case(rng, per, story)
        person = people.add_sokande(case.ansokan, story.skyddad if story else None)
        flow.add_person(person, case, None)
        if story and story.mote and per.weekday() < 5:
            verksamhet = Verksamhet.EKONOMISKT_BISTAND
            flow.samtal.add_mote(person.id, per, story.mote, verksamhet, case.handlaggare)
        return 1
    ansokan = per - timedelta(days=int(1100 * rng.random() ** 1.25) + 2)
    person = people.add_sokande(ansokan)
    medsokande = None if alone or rng.random() > 0.18 else people.add_medsokande(person, ansokan)
    flow.add_person(person, flow.draw_case(ansokan, max(4, deltagare // 90)), medsokande)
    return 2 if medsokande else 1


def _flow(
    session: Session, rng: Random, per: date, tables: Tables, staff: Staff, weeks: int, desk: Skrivbord
) -> Flow:
    typer = {row.namn: row.id for row in session.execute(select(Insatstyp.namn, Insatstyp.id))}
    steg = list(session.execute(select(Steg.id).order_by(Steg.ordning)).scalars())
    interna, externa = (
        [nr for nr, (_, typ, _) in enumerate(names.ENHETER, 1) if typ == wanted] for wanted in Enhetstyp
    )
    insatser = Insatser(rng, per, tables, typer, interna, externa, weeks, desk)
    samtal = Samtal(rng, per, tables, desk)
    ko = Platskoer(desk.seed, per, tables, typer, interna, externa)
    delegationer = Delegationer(desk.seed, per, tables)
    return Flow(rng, per, tables, steg, staff, insatser, samtal, desk, ko, delegationer)


def _add_capacity(tables: Tables, rng: Random, per: date, insatser: Insatser) -> int:
    """Places a little over what is used, changed at the turn of the year; cost by place and year.

    Returns how many places are new this year.
    """
    change, nya = date(per.year, 1, 1), 0
    for enhet_id in range(1, len(names.ENHETER) + 1):
        places = max(4, round(insatser.used[enhet_id] / COUNTED_DAYS / rng.uniform(0.68, 1.02)))
        before = max(3, round(places * rng.uniform(0.8, 1.1)))
        nya += max(0, places - before)
        first, last = date(per.year - YEARS, 1, 1), change - timedelta(days=1)
        tables.add("kapacitet", enhet_id=enhet_id, fran=first, till=last, platser=before)
        tables.add("kapacitet", enhet_id=enhet_id, fran=change, till=None, platser=places)
        for year in range(per.year - YEARS + 1, per.year + 1):
            kronor = places * rng.randint(52, 98) * 1000
            tables.add("kostnad", enhet_id=enhet_id, ar=year, belopp_ore=kronor * 100)
    return nya
