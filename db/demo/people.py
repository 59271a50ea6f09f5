"""Invented people in households, with fictitious numbers; staff and units to meet them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, product
from random import Random

from db.demo import names
from db.demo.numbers import Numbers
from db.demo.tables import Tables, Weighted
from db.rules.koder import Skydd, Utbildningsniva
from db.rules.namn import sokord, sortering
from db.rules.text import slug

ELIN = names.STAB[0][0]
OPEN_PER_STAFF = 40
# Roughly how many ärenden and inskrivningar are open at a time for each person of the register.
OPEN_ARENDEN, OPEN_INSKRIVNINGAR = 0.45, 0.3
BAKGRUNDER = Weighted((bakgrund, bakgrund[4]) for bakgrund in names.BAKGRUNDER)
BARN = Weighted(((0, 44), (1, 20), (2, 19), (3, 10), (4, 5), (5, 2)))
UTBILDNING = Weighted(
    (
        (Utbildningsniva.FORGYMNASIAL, 45),
        (Utbildningsniva.GYMNASIAL, 40),
        (Utbildningsniva.EFTERGYMNASIAL, 15),
    )
)
SKYDD = Weighted(
    (
        (Skydd.NEJ, 197),
        (Skydd.SEKRETESSMARKERING, 2),
        (Skydd.SKYDDAD_FOLKBOKFORING, 0.6),
        (Skydd.FINGERADE_UPPGIFTER, 0.4),
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the rest of a person's way depends on."""

    id: int
    kon: str
    fodd: date
    bakgrund: names.Bakgrund
    efternamn: str
    hushall_id: int
    omrade: str


@dataclass(slots=True)
class People:
    """Makes people, one after another."""

    rng: Random
    tables: Tables
    per: date
    numbers: Numbers = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = Numbers(self.rng)

    def add_sokande(self, start: date, skyddad: Skydd | None = None) -> Person:
        """A grown-up who applies on the day `start`, in a household of their own."""
        rng = self.rng
        fodd = start - timedelta(days=int(rng.triangular(18.2, 64.4, 32) * 365.25))
        bakgrund = BAKGRUNDER.draw(rng)
        hushall = self._add_hushall((start - fodd).days // 365)
        kon = "K" if rng.random() < 0.51 else "M"
        omrade = rng.choice(names.OMRADEN)
        return self._add(kon, fodd, bakgrund, rng.choice(bakgrund.efternamn), hushall, omrade, skyddad)

    def add_medsokande(self, sokande: Person, start: date) -> Person:
        """Who lives with the sökande: about as old, often of the same background and name."""
        rng = self.rng
        kon = sokande.kon if rng.random() < 0.04 else {"K": "M", "M": "K"}[sokande.kon]
        youngest = start - timedelta(days=int(18.2 * 365.25))
        fodd = min(youngest, sokande.fodd + timedelta(days=int(rng.gauss(0, 4) * 365)))
        bakgrund = sokande.bakgrund if rng.random() < 0.88 else BAKGRUNDER.draw(rng)
        efternamn = sokande.efternamn if rng.random() < 0.6 else rng.choice(bakgrund.efternamn)
        return self._add(kon, fodd, bakgrund, efternamn, sokande.hushall_id, sokande.omrade, None)

    def _add_hushall(self, age: int) -> int:
        likely = 0.15 if age < 22 else 1.0 if age < 50 else 0.25
        barn = BARN.draw(self.rng) if self.rng.random() < likely else 0
        return self.tables.add(
            "hushall", nummer=f"H{self.tables.next_number('hushall'):06d}", antal_barn=barn
        )

    def _add(
        self,
        kon: str,
        fodd: date,
        bakgrund: names.Bakgrund,
        efternamn: str,
        hushall_id: int,
        omrade: str,
        skyddad: Skydd | None,
    ) -> Person:
        rng, nr = self.rng, self.tables.next_number("deltagare")
        utrikes = bakgrund.utrikes
        tolv, typ, fodd = self.numbers.take(kon, fodd, samordning=utrikes and rng.random() < 0.05)
        fornamn = rng.choice(bakgrund.kvinnor if kon == "K" else bakgrund.man)
        plats = sortering(efternamn, fornamn)
        person_id = self.tables.add(
            "deltagare",
            nummer=f"D{nr:06d}",
            personnummer=tolv,
            nummertyp=typ,
            fodelsedatum=fodd,
            fornamn=fornamn,
            efternamn=efternamn,
            sortering=plats,
            kon=None if typ == "reservnummer" and rng.random() < 0.3 else kon,
            hushall_id=hushall_id,
            omrade=omrade,
            skyddad=(skyddad or SKYDD.draw(rng)).value,
            utrikesfodd=utrikes,
            sprak=bakgrund.sprak,
            tolk=bakgrund.sprak if utrikes and rng.random() < 0.35 else "",
            utbildningsniva=UTBILDNING.draw(rng).value,
            telefon=f"070-174 06 {rng.randint(5, 99):02d}",
            epost=f"deltagare{nr}@example.com",
        )
        for ord_ in sorted(sokord(efternamn, fornamn)):
            self.tables.add_without_id("sokord", ord=ord_, sortering=plats, deltagare_id=person_id)
        if utrikes and typ == "personnummer" and rng.random() < 0.06:
            self._add_tidigare_nummer(person_id, kon, fodd)
        return Person(person_id, kon, fodd, bakgrund, efternamn, hushall_id, omrade)

    def _add_tidigare_nummer(self, person_id: int, kon: str, fodd: date) -> None:
        tolv, typ, _ = self.numbers.take(kon, fodd, samordning=True)
        till = self.per - timedelta(days=self.rng.randint(200, 1500))
        self.tables.add(
            "tidigare_nummer", deltagare_id=person_id, personnummer=tolv, nummertyp=typ, till=till
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """Signaturer by role, and the name to show for each. Elin, who sits at the desk, is in neither list."""

    handlaggare: tuple[str, ...]
    koordinatorer: tuple[str, ...]
    namn: dict[str, str]


def add_staff(tables: Tables, deltagare: int) -> Staff:
    """As many as a register of that size needs, at about forty open ärenden or inskrivningar each."""
    wanted = {
        "handläggare": max(4, round(deltagare * OPEN_ARENDEN / OPEN_PER_STAFF) + 1),
        "koordinator": max(3, round(deltagare * OPEN_INSKRIVNINGAR / OPEN_PER_STAFF)),
    }
    staff = {signatur: (namn, roll) for signatur, namn, roll in names.STAB}
    invented = _staff_names(staff.keys())
    for roll, number in wanted.items():
        missing = number - sum(r == roll for _, r in staff.values())
        staff |= {signatur: (namn, roll) for signatur, namn in islice(invented, max(0, missing))}
    for signatur, (namn, roll) in staff.items():
        tables.add("medarbetare", signatur=signatur, namn=namn, roll=roll, aktiv=True)
    handlaggare, koordinatorer = (
        tuple(signatur for signatur, (_, r) in staff.items() if r == roll and signatur != ELIN)
        for roll in wanted
    )
    return Staff(handlaggare, koordinatorer, {signatur: namn for signatur, (namn, _) in staff.items()})


def _staff_names(taken: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Signatur and name of new staff, as far as the names go."""
    used = set(taken)
    family = dict.fromkeys(name for bakgrund in names.BAKGRUNDER for name in bakgrund.efternamn)
    for efternamn, fornamn in product(family, (*names.KVINNOR_SV, *names.MAN_SV)):
        namn = f"{fornamn} {efternamn}"
        signatur = slug(namn).replace("_", ".")
        if signatur not in used:
            used.add(signatur)
            yield signatur, namn
