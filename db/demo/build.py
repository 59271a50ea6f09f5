"""Makes the whole demo register: invented people with their ways, and places enough for them."""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.demo import names
from db.demo.flow import Flow, Row, Tables
from db.demo.numbers import Numbers
from db.models import Base, Insatstyp, Installning, Steg
from db.recorder import RECORDED
from db.rules.bip import BIP_INDIKATORER
from db.rules.namn import sokord, sortering

# Called with how many thousandths are done, and a thousand.
Progress = Callable[[int, int], object]
BATCH = 20_000
SETTINGS = {"demo": True, "kommun.namn": "Exempelkommun", "namnd.namn": "Arbetsmarknadsnämnden"}
# Owners before the rows that refer to them.
ORDER = (
    "medarbetare",
    "enhet",
    "kapacitet",
    "kostnad",
    "hushall",
    "deltagare",
    "tidigare_nummer",
    "sokord",
    "arende",
    "undantag",
    "bistandsmanad",
    "inskrivning",
    "stegperiod",
    "planering",
    "bip",
    "insats",
    "osa_beslut",
    "narvaro",
    "mote",
    "delegationsbeslut",
)


def fill_demo(
    session: Session, deltagare: int, fro: int, per: date, narvaro_veckor: int, progress: Progress
) -> None:
    """Fill an empty register with `deltagare` invented people as of the day `per`; the caller commits."""
    rng = random.Random(fro)
    tables = Tables()
    flow = _flow(session, rng, per, tables, narvaro_veckor)
    _add_staff_and_units(tables)
    numbers = Numbers(rng)
    for nr in range(deltagare):
        deltagare_id = _add_person(tables, rng, numbers, per, nr)
        flow.add_case(deltagare_id)
        if nr % 500 == 0:
            progress(600 * nr // deltagare, 1000)
    _protect_some(tables, rng)
    _add_capacity(tables, rng, per)
    _add_delegationsbeslut(tables, rng)
    _insert_all(session, tables, progress)
    for nyckel, varde in SETTINGS.items():
        session.add(Installning(nyckel=nyckel, varde=json.dumps(varde, ensure_ascii=False)))


def _flow(session: Session, rng: random.Random, per: date, tables: Tables, weeks: int) -> Flow:
    typer = {row.namn: row.id for row in session.execute(select(Insatstyp.namn, Insatstyp.id))}
    return Flow(
        rng,
        per,
        tables,
        typer,
        list(session.execute(select(Steg.id).order_by(Steg.ordning)).scalars()),
        enheter=list(range(1, len(names.ENHETER) + 1)),
        handlaggare=[s for s, _, roll in names.STAB if roll == "handläggare"],
        koordinatorer=[s for s, _, roll in names.STAB if roll == "koordinator"],
        narvaro_veckor=weeks,
        bip_labels=BIP_INDIKATORER,
    )


def _add_staff_and_units(tables: Tables) -> None:
    for signatur, namn, roll in names.STAB:
        tables.add("medarbetare", signatur=signatur, namn=namn, roll=roll, aktiv=True)
    for namn, typ in names.ENHETER:
        tables.add("enhet", namn=namn, typ=typ)


def _add_person(tables: Tables, rng: random.Random, numbers: Numbers, per: date, nr: int) -> int:
    kvinnor, man, efternamn, sprak, _, utrikes = rng.choices(
        names.BAKGRUNDER, [b[4] for b in names.BAKGRUNDER]
    )[0]
    kon = rng.choices(("K", "M"), (51, 49))[0]
    fodd = per - timedelta(days=int(rng.triangular(18.1, 64.9, 33) * 365.25))
    tolv, typ, fodd = numbers.take(kon, fodd, samordning=utrikes and rng.random() < 0.05)
    person: Row = {
        "nummer": f"D{nr + 1:06d}",
        "personnummer": tolv,
        "nummertyp": typ,
        "fodelsedatum": fodd,
        "fornamn": rng.choice(kvinnor if kon == "K" else man),
        "efternamn": rng.choice(efternamn),
        "kon": None if typ == "reservnummer" and rng.random() < 0.3 else kon,
        "hushall_id": _household(tables, rng),
        "omrade": rng.choice(names.OMRADEN),
        "skyddad": "nej",
        "utrikesfodd": utrikes,
        "sprak": sprak,
        "tolk": sprak if utrikes and rng.random() < 0.35 else "",
        "utbildningsniva": rng.choices(("förgymnasial", "gymnasial", "eftergymnasial"), (45, 40, 15))[0],
        "telefon": f"070-174 06 {rng.randint(5, 99):02d}",
        "epost": f"deltagare{nr + 1}@example.com",
    }
    person["sortering"] = sortering(person["efternamn"], person["fornamn"])
    deltagare_id = tables.add("deltagare", **person)
    for word in sorted(sokord(person["efternamn"], person["fornamn"])):
        row = {"ord": word, "sortering": person["sortering"], "deltagare_id": deltagare_id}
        tables.rows["sokord"].append(row)
    return deltagare_id


def _household(tables: Tables, rng: random.Random) -> int:
    homes = tables.rows["hushall"]
    if homes and rng.random() < 0.18 and not homes[-1].get("full"):
        homes[-1]["full"] = True
        return len(homes)
    barn = rng.choices((0, 1, 2, 3, 4, 5), (52, 16, 16, 9, 5, 2))[0]
    return tables.add("hushall", nummer=f"H{len(homes) + 1:06d}", antal_barn=barn)


def _protect_some(tables: Tables, rng: random.Random) -> None:
    kinds = ("sekretessmarkering", "sekretessmarkering", "skyddad folkbokföring", "fingerade uppgifter")
    people = tables.rows["deltagare"]
    for nr, person in enumerate(rng.sample(people, len(people) * 15 // 1000)):
        person["skyddad"] = kinds[nr % len(kinds)]


def _add_capacity(tables: Tables, rng: random.Random, per: date) -> None:
    """Places a little over what is used, with one change a year ago; cost by place and year."""
    first = date(per.year - 4, 1, 1)
    change = date(per.year, 1, 1)
    used = Counter[int]()
    for insats in tables.rows["insats"]:
        if insats["enhet_id"]:
            end = insats["slut"] or per
            begin = max(insats["start"], per - timedelta(days=540))
            used[insats["enhet_id"]] += max(0, (min(end, per) - begin).days + 1)
    for enhet in tables.rows["enhet"]:
        places = max(4, round(used[enhet["id"]] / 540 / rng.uniform(0.62, 1.02)))
        before = max(3, round(places * rng.uniform(0.75, 1.1)))
        add = tables.add
        add("kapacitet", enhet_id=enhet["id"], fran=first, till=change - timedelta(days=1), platser=before)
        add("kapacitet", enhet_id=enhet["id"], fran=change, till=None, platser=places)
        for year in range(per.year - 3, per.year + 1):
            kronor = places * rng.randint(52, 98) * 1000
            add("kostnad", enhet_id=enhet["id"], ar=year, belopp_ore=kronor * 100)


def _add_delegationsbeslut(tables: Tables, rng: random.Random) -> None:
    for arende in tables.rows["arende"]:
        if arende["beslut"] and rng.random() < 0.5:
            bifall = arende["utfall"] == "bifall"
            tables.add(
                "delegationsbeslut",
                arende_id=arende["id"],
                datum=arende["beslut"],
                arendetyp="Försörjningsstöd",
                lagrum="12 kap. 1 § SoL",
                delegationspunkt="3.1",
                beslut="Bifall" if bifall else "Avslag",
                delegat="Handläggare ekonomiskt bistånd",
            )


def _insert_all(session: Session, tables: Tables, progress: Progress) -> None:
    total = sum(len(rows) for rows in tables.rows.values())
    done = 0
    for name in ORDER:
        table = Base.metadata.tables[name]
        rows = [_only_columns(table.columns, row) for row in tables.rows[name]]
        for at in range(0, len(rows), BATCH):
            session.execute(insert(table), rows[at : at + BATCH], execution_options=RECORDED)
            done += len(rows[at : at + BATCH])
            progress(600 + 400 * done // total, 1000)


def _only_columns(columns: Any, row: Row) -> Row:
    return row if "full" not in row else {key: value for key, value in row.items() if key in columns}
