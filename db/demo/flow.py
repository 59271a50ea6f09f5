"""The believable way of one invented person from ansökan through the steg to avslut."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.demo.delegation import Delegationer
from db.demo.insatser import Insatser, Plan
from db.demo.ko import Platskoer
from db.demo.people import ELIN, Person, Staff
from db.demo.samtal import Samtal
from db.demo.skrivbord import Skrivbord
from db.demo.tables import Row, Tables, Weighted
from db.rules.koder import Avslutsorsak, HanvisadAv, Resultat, Spar, Utfall

STEG_DAGAR = ((3, 9), (9, 35), (6, 24), (70, 260), (18, 80), (20, 60))
RESULTAT = Weighted(
    (
        (Resultat.ARBETE, 22),
        (Resultat.ARBETE_MED_STOD, 9),
        (Resultat.EGET_FORETAG, 2),
        (Resultat.STUDIER, 13),
        (Resultat.STUDIER_UTAN_STUDIEMEDEL, 3),
        (Resultat.KOMMUNAL_ANSTALLNING, 6),
        (Resultat.ANNAN_MYNDIGHET, 11),
        (Resultat.SJUKERSATTNING, 4),
        (Resultat.SLUTFORT_UPPDRAG, 10),
        (Resultat.PENSION, 3),
        (Resultat.ANNAN_FORSORJNING, 6),
        (Resultat.AVBRUTIT, 6),
        (Resultat.FLYTTAT, 4),
        (Resultat.AVLIDIT, 1),
    )
)
ARBETE = (Resultat.ARBETE, Resultat.ARBETE_MED_STOD, Resultat.EGET_FORETAG)
FORSORJNING = (
    *ARBETE,
    Resultat.STUDIER,
    Resultat.SJUKERSATTNING,
    Resultat.PENSION,
    Resultat.ANNAN_FORSORJNING,
)
ORSAKER = {Resultat.FLYTTAT: Avslutsorsak.FLYTTAT, Resultat.AVLIDIT: Avslutsorsak.AVLIDIT}
PENSIONSALDER = 63
HINDER = Weighted((("arbetslös", 70), ("sjukskriven med läkarintyg", 18), ("språkhinder", 12)))
HANVISAD = Weighted(
    (
        (HanvisadAv.SOCIALTJANST, 62),
        (HanvisadAv.ARBETSFORMEDLINGEN, 20),
        (HanvisadAv.FORSAKRINGSKASSAN, 7),
        (HanvisadAv.SJALV, 8),
        (HanvisadAv.ANNAN, 3),
    )
)
SKAL = ("läkarintyg", "föräldraledig", "vård av barn", "väntar på rehabilitering")


@dataclass(frozen=True, slots=True)
class Case:
    """How a person's ärende begins. `open`: it is open still on the day of the register."""

    ansokan: date
    beslut: date
    utfall: Utfall
    handlaggare: str
    open: bool = False
    plan: Plan | None = None
    undantag: tuple[date, date] | None = None


@dataclass(slots=True)
class Flow:
    """Builds one case after another up to the day `per`."""

    rng: Random
    per: date
    tables: Tables
    steg: list[int]
    staff: Staff
    insatser: Insatser
    samtal: Samtal
    desk: Skrivbord
    ko: Platskoer
    delegationer: Delegationer

    def draw_case(self, ansokan: date, own: int) -> Case:
        """A case that begins like most do; one in `own` of the closed ones was Elin's."""
        rng = self.rng
        beslut = ansokan + timedelta(days=min(45, int(rng.lognormvariate(2.4, 0.6))))
        utfall = Utfall.BIFALL if rng.random() < 0.88 else Utfall.AVSLAG
        # So old that nobody's is open still: those that are Elin's own come from the desk.
        closed = ansokan < self.per - timedelta(days=700)
        handlaggare = ELIN if closed and rng.random() * own < 1 else rng.choice(self.staff.handlaggare)
        return Case(ansokan, beslut, utfall, handlaggare)

    def add_person(self, person: Person, case: Case, medsokande: Person | None) -> None:
        """The case, for some another within the year or so, and the way of who lives with the sökande."""
        end = self._add_arende(person, case)
        if medsokande and case.utfall is Utfall.BIFALL and self.rng.random() < 0.65:
            self._add_inskrivning(medsokande, case.beslut, False, None)
        if end and end < self.per - timedelta(days=60) and self.rng.random() < 0.22:
            again = end + timedelta(days=self.rng.randint(25, 420))
            if again < self.per - timedelta(days=2):
                self._add_arende(person, self.draw_case(again, 1000))

    def _add_arende(self, person: Person, case: Case) -> date | None:
        """The day the case was closed, None while it is open."""
        row: Row = {
            "nummer": f"Ä-{case.ansokan.year}-{self.tables.next_number('arende'):05d}",
            "deltagare_id": person.id,
            "ansokan": case.ansokan,
            "beslut": None,
            "utfall": None,
            "avslutat": None,
            "avslutsorsak": None,
            "handlaggare": case.handlaggare,
            "forsorjningshinder": HINDER.draw(self.rng),
        }
        if case.beslut > self.per:
            self.tables.add("arende", **row)
            return None
        row |= {"beslut": case.beslut, "utfall": case.utfall.value}
        if case.utfall is Utfall.AVSLAG:
            closed = min(self.per, case.beslut + timedelta(days=self.rng.randint(0, 25)))
            row |= {"avslutat": closed, "avslutsorsak": Avslutsorsak.OVRIGT.value}
            self._add_delegationsbeslut(self.tables.add("arende", **row), row)
            return None
        end, resultat = self._follow(person, case)
        if end:
            row |= {"avslutat": end, "avslutsorsak": _orsak(resultat).value}
        arende_id = self.tables.add("arende", **row)
        self._add_delegationsbeslut(arende_id, row)
        self._add_months(arende_id, case.beslut, end)
        self._add_undantag(arende_id, case)
        return end

    def _follow(self, person: Person, case: Case) -> tuple[date | None, Resultat | None]:
        """The day the ärende closes, at the earliest with the inskrivning, and what to."""
        rng = self.rng
        if case.open or rng.random() < 0.9:
            closed, resultat = self._add_inskrivning(person, case.beslut, case.open, case.plan)
            # Not every insats ends the need of support at once, but all of these will.
            end = closed + timedelta(days=rng.randint(0, 40)) if closed else None
        else:
            end, resultat = case.beslut + timedelta(days=rng.randint(30, 400)), Resultat.ANNAN_FORSORJNING
        return (end, resultat) if end and end <= self.per else (None, None)

    def _add_delegationsbeslut(self, arende_id: int, row: Row) -> None:
        if self.rng.random() < 0.5:
            delegat = self.staff.namn[row["handlaggare"]]
            self.delegationer.add(arende_id, row["beslut"], row["utfall"], delegat)

    def _add_months(self, arende_id: int, beslut: date, end: date | None) -> None:
        first, last = (d.year * 12 + d.month - 1 for d in (beslut, end or self.per))
        for month in range(first, last + 1):
            if self.rng.random() < 0.96:
                kronor = self.rng.randint(31, 128) * 100
                self.tables.add("bistandsmanad", arende_id=arende_id, manad=month, belopp_ore=kronor * 100)

    def _add_undantag(self, arende_id: int, case: Case) -> None:
        rng = self.rng
        if case.undantag:
            fran, till = case.undantag
        elif case.plan is None and rng.random() < 0.12:
            fran = case.beslut + timedelta(days=rng.randint(-2, 20))
            till = fran + timedelta(days=rng.randint(4, 45))
        else:
            return
        if fran <= self.per:
            until = None if not case.undantag and rng.random() < 0.05 else till
            self.tables.add("undantag", arende_id=arende_id, fran=fran, till=until, skal=rng.choice(SKAL))

    def _add_inskrivning(
        self, person: Person, beslut: date, stays: bool, plan: Plan | None
    ) -> tuple[date | None, Resultat | None]:
        """The day of the avslut and the result; None and None while the person is inskriven, or never was."""
        rng = self.rng
        inskriven = beslut + timedelta(days=min(3 if stays else 30, int(rng.expovariate(1 / 5))))
        if inskriven > self.per:
            return None, None
        days = [rng.randint(*span) for span in STEG_DAGAR]
        starts = [inskriven + timedelta(days=sum(days[:n])) for n in range(len(days) + 1)]
        avslutad, resultat = (None, None) if stays else self._avslut(person, starts)
        koordinator = rng.choice(self.staff.koordinatorer)
        arbete = self._arbete(avslutad, resultat)
        inskrivning_id = self.tables.add(
            "inskrivning",
            nummer=f"I{self.tables.next_number('inskrivning'):06d}",
            deltagare_id=person.id,
            anvisad=beslut if rng.random() < 0.7 else None,
            inskriven=inskriven,
            hanvisad_av=HANVISAD.draw(rng).value,
            spar=(Spar.ARENA_ARBETSMARKNAD if rng.random() < 0.78 else Spar.SYSSELSATTNING).value,
            koordinator=koordinator,
            avslutad=avslutad,
            resultat=resultat and resultat.value,
            **arbete,
            **self.desk.forsorjning(resultat),
        )
        if avslutad and resultat:
            unconfirmed = resultat in ARBETE and arbete["minst_en_manad"] is None
            self.desk.add_uppfoljningar(inskrivning_id, avslutad, resultat, unconfirmed)
        until = avslutad or self.per
        for steg_id, fran in zip(self.steg, starts, strict=False):
            if fran <= until:
                self.tables.add("stegperiod", inskrivning_id=inskrivning_id, steg_id=steg_id, fran=fran)
        self.insatser.add(inskrivning_id, starts, avslutad, plan)
        self.ko.add(inskrivning_id, inskriven, avslutad)
        self.samtal.add(person.id, inskrivning_id, starts, avslutad, koordinator)
        return avslutad, resultat

    def _avslut(self, person: Person, starts: list[date]) -> tuple[date | None, Resultat | None]:
        end = starts[-1] + timedelta(days=self.rng.randint(0, 30))
        if self.rng.random() < 0.14:
            end = starts[1] + timedelta(days=self.rng.randint(0, 160))
        if end > self.per:
            return None, None
        resultat = RESULTAT.draw(self.rng)
        if resultat is Resultat.PENSION and (end - person.fodd).days // 365 < PENSIONSALDER:
            resultat = Resultat.SLUTFORT_UPPDRAG
        return end, resultat

    def _arbete(self, avslutad: date | None, resultat: Resultat | None) -> Row:
        if avslutad is None or resultat not in ARBETE:
            return {"arbete_fran": None, "arbete_till": None, "minst_en_manad": None}
        fran = avslutad + timedelta(days=self.rng.randint(0, 10))
        known = avslutad < self.per - timedelta(days=45) and self.rng.random() < 0.94
        stayed = self.rng.random() < 0.86 if known else None
        till = fran + timedelta(days=self.rng.randint(5, 25)) if stayed is False else None
        return {"arbete_fran": fran, "arbete_till": till, "minst_en_manad": stayed}


def _orsak(resultat: Resultat | None) -> Avslutsorsak:
    if resultat in FORSORJNING:
        return Avslutsorsak.ANNAN_FORSORJNING
    return ORSAKER.get(resultat, Avslutsorsak.OVRIGT) if resultat else Avslutsorsak.OVRIGT
