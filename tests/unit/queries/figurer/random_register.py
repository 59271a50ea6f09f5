"""Small random registers as plain rows: put into a store for the queries, read as they are by the oracle."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from db.models import (
    Arende,
    Base,
    Bip,
    Bistandsmanad,
    Deltagare,
    Enhet,
    Hushall,
    Insats,
    Insatstyp,
    Inskrivning,
    Kapacitet,
    Kostnad,
    Mote,
    OsaBeslut,
    Planering,
    Resultat,
    Steg,
    Stegperiod,
    Undantag,
)
from db.rules.bip import BIP_INDIKATORER
from db.session import Store

FORSTA = date(2022, 6, 1)
DAGAR = 1000
BYTE = date(2024, 3, 31)
FODDA = (
    None,
    date(1999, 12, 31),
    date(2000, 1, 1),
    date(2006, 12, 31),
    date(2007, 1, 1),
    date(1980, 2, 29),
)
TYPER = (
    "praktik",
    "vägledning",
    "OSA-anställning",
    "praktik inför OSA",
    "lönebidragsanställning",
    "arbetsmarknadsanställning",
    "feriepraktik",
    "daglig verksamhet",
)
HINDER = (
    "arbetslös",
    "sjukskriven med läkarintyg",
    "sjukskriven utan läkarintyg",
    "Sjuk- eller aktivitetsersättning äldre än 30 år",
    "",
)
CATALOGUES = (Insatstyp, Steg)  # what a new register already holds
Row = dict[str, Any]


@dataclass
class Register:
    """Rows by model; ids are the places in the lists, from 1."""

    rows: dict[type[Base], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Base], **values: Any) -> Row:
        """A new row with the next id."""
        lista = self.rows.setdefault(model, [])
        row = {"id": len(lista) + 1} | values
        lista.append(row)
        return row

    def of(self, model: type[Base]) -> list[Row]:
        """The rows of a model."""
        return self.rows.get(model, [])

    def save(self, store: Store) -> None:
        """Put every row into an empty register."""
        with store.engine.begin() as connection:
            for model, rows in self.rows.items():
                if model not in CATALOGUES:
                    connection.execute(insert(model), rows)


def make_register(store: Store, seed: int, personer: int = 25) -> Register:
    """A register whose days crowd around the new years of 2023 and 2024, so that boundaries are met."""
    slump = random.Random(seed)
    register = Register()
    with store.engine.connect() as connection:
        for id_, namn, raknas in connection.execute(
            select(Insatstyp.id, Insatstyp.namn, Insatstyp.raknas_som_aktivitet).order_by(Insatstyp.id)
        ):
            register.rows.setdefault(Insatstyp, []).append({"id": id_, "namn": namn, "raknas": raknas})
        for id_, namn, ordning, riktvarde in connection.execute(
            select(Steg.id, Steg.namn, Steg.ordning, Steg.riktvarde_dagar).order_by(Steg.id)
        ):
            register.rows.setdefault(Steg, []).append(
                {"id": id_, "namn": namn, "ordning": ordning, "riktvarde": riktvarde}
            )
        resultat = list(connection.execute(select(Resultat.namn)).scalars())
    _add_enheter(register, slump)
    for nummer in range(1, personer + 1):
        _add_person(register, slump, nummer, resultat)
    _add_steg(register, random.Random(seed + 1000))
    _add_bip(register, random.Random(seed + 2000))
    register.save(store)
    return register


def _day(slump: random.Random, fran: date = FORSTA, dagar: int = DAGAR) -> date:
    granser = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 12, 31), date(2025, 1, 1))
    dag = slump.choice(granser) if slump.random() < 0.15 else fran + timedelta(days=slump.randrange(dagar))
    return max(dag, fran)


def _end(slump: random.Random, start: date, dagar: int = 300, oppen: float = 0.3) -> date | None:
    return None if slump.random() < oppen else _day(slump, start, dagar)


def _add_enheter(register: Register, slump: random.Random) -> None:
    for nummer, typ in enumerate(("intern", "intern", "extern"), 1):
        register.add(Enhet, namn=f"Enhet {nummer}", typ=typ)
        register.add(
            Kapacitet, enhet_id=nummer, fran=FORSTA, till=date(2024, 3, 31), platser=slump.randrange(9)
        )
        register.add(
            Kapacitet, enhet_id=nummer, fran=BYTE + timedelta(days=1), till=None, platser=slump.randrange(9)
        )
        for ar in (2023, 2024):
            if slump.random() < 0.8:
                register.add(Kostnad, enhet_id=nummer, ar=ar, belopp_ore=slump.randrange(1, 10**8))


def _add_person(register: Register, slump: random.Random, nummer: int, resultat: list[str]) -> None:
    hushall = register.of(Hushall)
    if slump.random() < 0.5 or not hushall:
        register.add(Hushall, nummer=f"H{nummer}", antal_barn=slump.choice((None, 0, 1, 2)))
    hushall_id = slump.choice((None, len(register.of(Hushall)), len(register.of(Hushall))))
    person = register.add(
        Deltagare,
        nummer=f"D{nummer}",
        fodelsedatum=slump.choice(
            (
                None,
                date(1999, 12, 31),
                date(2000, 1, 1),
                date(2006, 12, 31),
                date(2007, 1, 1),
                date(1980, 2, 29),
            )
        ),
        fornamn="Anna",
        efternamn="Åkesson",
        sortering="x",
        kon=slump.choice(("K", "M", "K", "M", None)),
        hushall_id=hushall_id,
        skyddad=slump.choice(("nej", "nej", "sekretessmarkering")),
    )
    for _ in range(slump.choice((0, 1, 1, 2))):
        _add_arende(register, slump, person["id"])
    for _ in range(slump.choice((0, 1, 1, 2))):
        _add_inskrivning(register, slump, person["id"], resultat)
    for _ in range(slump.randrange(4)):
        register.add(
            Mote,
            deltagare_id=person["id"],
            datum=_day(slump),
            form=slump.choice(("fysiskt", "telefon")),
            verksamhet=slump.choice(("ekonomiskt bistånd", "arbetsmarknad")),
            uteblev=slump.random() < 0.3,
        )


def _add_arende(register: Register, slump: random.Random, person: int) -> None:
    ansokan = _day(slump)
    beslut = None if slump.random() < 0.1 else ansokan + timedelta(days=slump.randrange(60))
    avslutat = _end(slump, beslut or ansokan)
    arende = register.add(
        Arende,
        nummer=f"A{len(register.of(Arende)) + 1:04}",
        deltagare_id=person,
        ansokan=ansokan,
        beslut=beslut,
        utfall=slump.choice(("bifall", "bifall", "bifall", "avslag")) if beslut else None,
        avslutat=avslutat,
        avslutsorsak=slump.choice(("annan försörjning", "flyttat")) if avslutat else None,
        forsorjningshinder=slump.choice(HINDER),
    )
    for _ in range(slump.choice((0, 0, 1, 2))):
        fran = ansokan + timedelta(days=slump.randrange(-5, 80))
        till = _end(slump, fran, 60, 0.2)
        register.add(Undantag, arende_id=arende["id"], fran=fran, till=till, skal="x")
    forsta = ansokan.year * 12 + ansokan.month - 1 - slump.choice((0, 0, 30))
    for manad in range(forsta, forsta + slump.choice((2, 8, 14, 40))):
        if slump.random() < 0.9:
            register.add(Bistandsmanad, arende_id=arende["id"], manad=manad)


def _add_inskrivning(register: Register, slump: random.Random, person: int, resultat: list[str]) -> None:
    inskriven = _day(slump)
    avslutad = _end(slump, inskriven, 400, 0.4)
    inskrivning = register.add(
        Inskrivning,
        nummer=f"I{len(register.of(Inskrivning)) + 1}",
        deltagare_id=person,
        inskriven=inskriven,
        avslutad=avslutad,
        resultat=slump.choice(resultat) if avslutad else None,
        minst_en_manad=slump.choice((None, True, False)),
    )
    for upprattad in {_day(slump, inskriven, 200) for _ in range(slump.randrange(3))}:
        register.add(
            Planering,
            inskrivning_id=inskrivning["id"],
            upprattad=upprattad,
            nasta_uppfoljning=_end(slump, upprattad, 300, 0.2),
        )
    for _ in range(slump.randrange(4)):
        _add_insats(register, slump, inskrivning)


def _inside(slump: random.Random, fran: date, till: date | None) -> tuple[date, date | None]:
    """Start and end of an insats inside its inskrivning."""
    start = _day(slump, fran, 200)
    slut = _end(slump, start)
    if till is None:
        return start, slut
    return min(start, till), min(slut or till, till)


def _add_insats(register: Register, slump: random.Random, inskrivning: Row) -> None:
    typer = {row["namn"]: row["id"] for row in register.of(Insatstyp)}
    start, slut = _inside(slump, inskrivning["inskriven"], inskrivning["avslutad"])
    typ = slump.choice(TYPER)
    insats = register.add(
        Insats,
        nummer=f"P{len(register.of(Insats)) + 1}",
        inskrivning_id=inskrivning["id"],
        insatstyp_id=typer[typ],
        enhet_id=slump.choice((None, 1, 2, 3)),
        start=start,
        slut=slut,
        omfattning=slump.choice((25, 50, 100)),
    )
    if typ == "OSA-anställning":
        fran = start - timedelta(days=slump.randrange(3))
        for _ in range(slump.choice((0, 1, 2))):
            till = fran + timedelta(days=slump.randrange(20, 200))
            register.add(OsaBeslut, insats_id=insats["id"], fran=fran, till=till)
            fran = till + timedelta(days=slump.choice((1, 1, 2)))


def _add_steg(register: Register, slump: random.Random) -> None:
    """Steg in any order, also before the inskrivning, after its avslut, and several on one day."""
    for inskrivning in register.of(Inskrivning):
        steg: dict[tuple[int, date], None] = {}
        for _ in range(slump.choice((0, 1, 3, 6))):
            fran = slump.choice((inskrivning["inskriven"], _day(slump, inskrivning["inskriven"], 250)))
            fran = slump.choice((fran, fran, fran, fran - timedelta(days=9), *(f for _, f in steg)))
            steg[slump.choice(register.of(Steg))["id"], fran] = None
        for steg_id, fran in steg:
            register.add(Stegperiod, inskrivning_id=inskrivning["id"], steg_id=steg_id, fran=fran)


def _add_bip(register: Register, slump: random.Random) -> None:
    """Measurements on some days, with questions left out now and then, and asked of who is not asked them."""
    for inskrivning in register.of(Inskrivning):
        for datum in {_day(slump, inskrivning["inskriven"], 400) for _ in range(slump.choice((0, 1, 2, 4)))}:
            for svarande in ("deltagare", "handläggare"):
                if slump.random() < 0.3:
                    continue
                for indikator in BIP_INDIKATORER:
                    if slump.random() < 0.8:
                        register.add(
                            Bip,
                            inskrivning_id=inskrivning["id"],
                            datum=datum,
                            svarande=svarande,
                            indikator=indikator,
                            varde=slump.randint(1, 5),
                        )
