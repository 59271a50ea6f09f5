"""What is talked over and agreed with an invented person: planeringar, BIP and möten."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.demo.skrivbord import Skrivbord
from db.demo.tables import Tables, Weighted
from db.rules.bip import BIP_INDIKATORER
from db.rules.koder import Motesform, Svarande, Verksamhet

MAL = (
    "Anställning inom vård och omsorg",
    "Arbete inom lager eller handel",
    "Börja på komvux till hösten",
    "Arbetsträna på halvtid",
    "Klara språkkraven för yrkesspåret",
    "Körkort och arbete som vaktmästare",
)
FORM = Weighted(((Motesform.FYSISKT, 60), (Motesform.TELEFON, 25), (Motesform.DIGITALT, 15)))
STEP = Weighted(((-1, 12), (0, 55), (1, 33)))
KLOCKSLAG = tuple(
    f"{hour:02d}:{minute}" for hour in (8, 9, 10, 11, 13, 14, 15) for minute in ("00", "15", "30")
)
ONLY_HANDLAGGARE = 2  # of the questions: the last ones


@dataclass(slots=True)
class Samtal:
    """Adds what is talked over up to the day `per`, and meetings booked beyond it."""

    rng: Random
    per: date
    tables: Tables
    desk: Skrivbord

    def add(
        self,
        deltagare_id: int,
        inskrivning_id: int,
        starts: list[date],
        avslutad: date | None,
        signatur: str,
    ) -> None:
        """Of an inskrivning whose steg begin on `starts`."""
        until = avslutad or self.per
        self._add_planeringar(inskrivning_id, starts[2], until)
        if self.rng.random() < 0.3:
            self._add_bip(inskrivning_id, starts[1], until)
        self._add_moten(deltagare_id, starts[0], avslutad or self.per + timedelta(days=21), signatur)
        self.desk.add_anteckningar(deltagare_id, signatur, starts[0], until)

    def add_mote(self, deltagare_id: int, dag: date, tid: str, verksamhet: Verksamhet, signatur: str) -> None:
        """One meeting; who does not come is only known afterwards."""
        self.tables.add(
            "mote",
            deltagare_id=deltagare_id,
            datum=dag,
            tid=tid,
            langd=self.rng.choice((20, 30, 45, 60)),
            form=FORM.draw(self.rng).value,
            verksamhet=verksamhet.value,
            uteblev=dag < self.per and self.rng.random() < 0.07,
            **self.desk.mote(signatur),
        )

    def _add_planeringar(self, inskrivning_id: int, first: date, until: date) -> None:
        day = first
        while day <= until and self.rng.random() < 0.93:
            nasta = _weekday(day + timedelta(days=self.rng.randint(60, 100)))
            planering_id = self.tables.add(
                "planering",
                inskrivning_id=inskrivning_id,
                upprattad=day,
                mal=self.rng.choice(MAL),
                nasta_uppfoljning=nasta,
            )
            self.desk.add_steg(planering_id, day)
            day = nasta - timedelta(days=self.rng.randint(-10, 6))

    def _add_bip(self, inskrivning_id: int, first: date, until: date) -> None:
        rng = self.rng
        level = {name: rng.randint(1, 4) for name in BIP_INDIKATORER}
        asked = {name: tuple(Svarande) for name in BIP_INDIKATORER}
        asked |= dict.fromkeys(BIP_INDIKATORER[-ONLY_HANDLAGGARE:], (Svarande.HANDLAGGARE,))
        day = first
        while day <= until and rng.random() < 0.9:
            for name, svarande in asked.items():
                level[name] = max(1, min(5, level[name] + STEP.draw(rng)))
                for who in svarande:
                    self.tables.add(
                        "bip",
                        inskrivning_id=inskrivning_id,
                        datum=day,
                        svarande=who.value,
                        indikator=name,
                        varde=level[name],
                    )
            day += timedelta(days=rng.randint(84, 100))

    def _add_moten(self, deltagare_id: int, first: date, last: date, signatur: str) -> None:
        rng = self.rng
        day = _weekday(first + timedelta(days=rng.randint(0, 6)))
        while day <= last:
            verksamhet = Verksamhet.ARBETSMARKNAD if rng.random() < 0.72 else Verksamhet.EKONOMISKT_BISTAND
            self.add_mote(deltagare_id, day, rng.choice(KLOCKSLAG), verksamhet, signatur)
            day = _weekday(day + timedelta(days=rng.randint(14, 52)))


def _weekday(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day
