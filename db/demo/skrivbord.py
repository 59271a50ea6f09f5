"""What an invented handläggare writes day by day: notes, steps of plans, documents, follow-ups, schedules.

Draws from a stream of its own, so that the people and their ways stay the same whatever is written of them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from db.demo.tables import Tables, Weighted
from db.rules.koder import Ansvarig, Forsorjning, Resultat, Uppfoljningsslag
from db.rules.period import add_months
from db.rules.uppfoljning import FORSORJNING_EFTER, UTAN_UPPFOLJNING

MALLAR = (
    ("Kartläggningssamtal", "Bakgrund:\nHälsa och ork:\nErfarenhet och utbildning:\nMål:\nNästa steg:"),
    ("Uppföljning", "Vad har hänt sedan sist:\nVad fungerar:\nVad behöver ändras:\nNästa uppföljning:"),
    ("Telefonsamtal", "Med vem:\nVad vi kom överens om:"),
)
ANTECKNINGAR = (
    (
        "Kartläggningssamtal",
        "Har arbetat i kök i sju år och vill tillbaka dit. Orkar halvtid till att börja med.",
    ),
    ("Telefonsamtal", "Ringde om busskortet. Det skickas hem i veckan."),
    ("Uppföljning", "Trivs på arbetsträningen. Handledaren vill pröva fler timmar från nästa månad."),
    ("Uppföljning", "Har sökt fyra arbeten sedan sist och varit på en intervju. Vi övar inför nästa."),
    ("Praktiskt", "Skor och arbetskläder är beställda och hämtas på torsdag."),
    ("Telefonsamtal", "Barnet är sjukt den här veckan. Kommer tillbaka på måndag."),
    ("Trepartsmöte", "Enheten, deltagaren och jag är överens om målet. Ny avstämning om sex veckor."),
    ("Språk", "Svenskan räcker för arbetet i köket. Fortsätter med sfi två kvällar i veckan."),
)
STEG = (
    "Skriva cv", "Boka studiebesök", "Söka tre arbeten i veckan", "Göra klart läkarintyget",
    "Anmäla sig till sfi", "Besöka arbetsplatsen", "Förbereda trepartsmöte", "Prata med studievägledaren",
)  # fmt: skip
SYFTEN = Weighted(
    (("Uppföljning", 45), ("Kartläggning", 15), ("Planering", 15), ("Trepartsmöte", 15), ("Avstämning", 10))
)
PLATSER = ("Rum Linden", "Rum Eken", "Rum Björken", "Arenan, plan 2")
DOKUMENT = (
    ("Intyg.txt", "Påhittat intyg", "Detta intyg är påhittat och hör till demoregistret.\n"),
    ("Cv.txt", "Deltagarens cv", "Ett påhittat cv som hör till demoregistret.\n"),
    ("Överenskommelse.txt", "Signerad överenskommelse", "En påhittad överenskommelse i demoregistret.\n"),
)
# The passes of a week by omfattning: (weekday, pass). Full time is whole days, which needs no schedule.
VECKOR: dict[int, tuple[tuple[int, str], ...]] = {
    25: ((1, "fm"), (3, "fm"), (5, "fm")),
    50: tuple((day, "fm") for day in range(1, 6)),
    75: tuple(
        (day, part) for day in range(1, 6) for part in ("fm", "em") if part == "fm" or day in (1, 3, 5)
    ),
}
RECENT = 200  # days that notes go back
FORE: Weighted[Forsorjning | None] = Weighted(
    (
        (Forsorjning.EKONOMISKT_BISTAND, 76), (Forsorjning.INGEN, 6), (Forsorjning.AKTIVITETSSTOD, 5),
        (Forsorjning.ETABLERINGSERSATTNING, 5), (Forsorjning.SJUKPENNING, 3), (Forsorjning.LON_MED_STOD, 2),
        (None, 3),
    )
)  # fmt: skip
UPPFOLJNINGAR = ((Uppfoljningsslag.SEX_MANADER, 6), (Uppfoljningsslag.TOLV_MANADER, 12))


@dataclass(slots=True)
class Skrivbord:
    """Adds what is written at the desk up to the day `per`."""

    seed: int
    per: date
    tables: Tables
    rng: Random = field(init=False)
    rng_fore: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(f"skrivbord {self.seed}")
        self.rng_fore = Random(f"försörjning {self.seed}")
        for namn, text in MALLAR:
            self.tables.add("anteckningsmall", namn=namn, text=text, agare="")
        for _, _, text in DOKUMENT:
            data = text.encode()
            self.tables.add_without_id("dokumentinnehall", sha256=sha256(data).hexdigest(), data=data)

    def add_anteckningar(self, deltagare_id: int, signatur: str, fran: date, till: date) -> None:
        """Notes of the last months, those of the last day not yet locked; now and then a document."""
        rng = self.rng
        day = max(fran, self.per - timedelta(days=RECENT)) + timedelta(days=rng.randint(0, 30))
        while day <= min(till, self.per):
            rubrik, text = rng.choice(ANTECKNINGAR)
            self.tables.add(
                "anteckning",
                deltagare_id=deltagare_id,
                datum=day,
                rubrik=rubrik,
                text=text,
                signatur=signatur,
                skapad=self._tid(day),
                signerad=None,
                rattar_id=None,
            )
            if rng.random() < 0.2:
                self._add_dokument(deltagare_id, signatur, day)
            day += timedelta(days=rng.randint(20, 75))

    def add_steg(self, planering_id: int, day: date) -> None:
        """Two to four steps, the older the more of them done."""
        rng = self.rng
        for ordning, text in enumerate(rng.sample(STEG, rng.randint(2, 4)), start=1):
            senast = day + timedelta(days=rng.randint(14, 80))
            done = senast < self.per and rng.random() < 0.8
            ansvarig = Ansvarig.DELTAGAREN if rng.random() < 0.7 else Ansvarig.HANDLAGGAREN
            self.tables.add(
                "planeringssteg",
                planering_id=planering_id,
                ordning=ordning,
                text=text,
                ansvarig=ansvarig.value,
                senast=senast,
                klar=senast - timedelta(days=rng.randint(0, 9)) if done else None,
            )

    def mote(self, signatur: str) -> dict[str, str]:
        """Purpose, place and holder of a meeting."""
        return {"syfte": SYFTEN.draw(self.rng), "plats": self.rng.choice(PLATSER), "signatur": signatur}

    def forsorjning(self, resultat: Resultat | None) -> dict[str, str | None]:
        """What the person lived on before, and after an avslut."""
        after = (
            None
            if resultat is None
            else FORSORJNING_EFTER.get(resultat, Forsorjning.EKONOMISKT_BISTAND).value
        )
        before = FORE.draw(self.rng_fore)
        return {"forsorjning_fore": before.value if before else None, "forsorjning_efter": after}

    def add_uppfoljningar(
        self, inskrivning_id: int, avslutad: date, resultat: Resultat, unconfirmed: bool
    ) -> None:
        """The follow-ups of an avslut; most of those that have come are done."""
        if resultat in UTAN_UPPFOLJNING:
            return
        slag = ((Uppfoljningsslag.EN_MANAD, 1), *UPPFOLJNINGAR) if unconfirmed else UPPFOLJNINGAR
        for namn, months in slag:
            planerad = add_months(avslutad, months)
            # One year and more back everything is done; of the month nobody knows yet.
            late = planerad < self.per - timedelta(days=300) or self.rng.random() < 0.9
            done = planerad < self.per and late and namn is not Uppfoljningsslag.EN_MANAD
            after = FORSORJNING_EFTER.get(resultat, Forsorjning.EKONOMISKT_BISTAND)
            if self.rng.random() < 0.12:
                after = Forsorjning.EKONOMISKT_BISTAND
            self.tables.add(
                "uppfoljning",
                inskrivning_id=inskrivning_id,
                slag=namn.value,
                planerad=planerad,
                genomford=planerad if done else None,
                forsorjning=after.value if done else None,
                text="",
            )

    def add_schema(self, insats_id: int, omfattning: int) -> tuple[tuple[int, str], ...]:
        """The passes of a week, as (weekday 1–7, pass); whole weekdays where the insats is full-time."""
        passes = VECKOR.get(omfattning)
        if passes is None:
            return tuple((day, "") for day in range(1, 6))
        for veckodag, part in passes:
            self.tables.add("narvaroschema", insats_id=insats_id, veckodag=veckodag, **{"pass": part})
        return passes

    def add_osa_uppfoljningar(self, insats_id: int, start: date, slut: date) -> None:
        """Every third month; the next one is planned."""
        day = start + timedelta(days=90)
        while day <= min(slut, self.per + timedelta(days=90)):
            done = day < self.per
            self.tables.add(
                "osa_uppfoljning",
                insats_id=insats_id,
                planerad=day,
                genomford=day if done else None,
                text="Arbetet fungerar. Fortsätter som nu." if done else "",
            )
            day += timedelta(days=90)

    def _add_dokument(self, deltagare_id: int, signatur: str, day: date) -> None:
        namn, beskrivning, text = self.rng.choice(DOKUMENT)
        data = text.encode()
        self.tables.add(
            "dokument",
            deltagare_id=deltagare_id,
            namn=namn,
            typ="text/plain",
            storlek=len(data),
            sha256=sha256(data).hexdigest(),
            beskrivning=beskrivning,
            signatur=signatur,
            skapad=self._tid(day),
        )

    def _tid(self, day: date) -> str:
        return f"{day.isoformat()}T{self.rng.randint(7, 14):02d}:{self.rng.randint(0, 59):02d}:00.000000Z"
