"""The believable way of one invented person from ansökan through the steg and insatser to avslut."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

STEG_DAGAR = ((3, 9), (9, 35), (6, 24), (70, 260), (18, 80), (20, 60))
INSATSTYPER = (
    ("arbetsträning", 22),
    ("praktik", 14),
    ("språkpraktik", 9),
    ("arbetsmarknadsanställning", 11),
    ("yrkesspår", 9),
    ("sfi", 9),
    ("vuxenutbildning", 6),
    ("sysselsättning", 8),
    ("arbetslivsinriktad rehabilitering", 5),
    ("språkutveckling", 4),
    ("nystartsjobb", 2),
    ("lönebidragsanställning", 2),
    ("hälsofrämjande", 3),
)
RESULTAT = (
    ("arbete", 22),
    ("arbete med stöd", 9),
    ("eget företag", 2),
    ("studier", 13),
    ("studier utan studiemedel", 3),
    ("kommunal arbetsmarknadsanställning", 6),
    ("annan myndighet", 11),
    ("sjukersättning", 4),
    ("slutfört uppdrag", 10),
    ("pension", 3),
    ("annan försörjning", 6),
    ("avbrutit", 6),
    ("flyttat", 4),
    ("avlidit", 1),
)
FORSORJNING = {"arbete", "arbete med stöd", "eget företag", "studier", "pension", "annan försörjning"}
ARBETE = ("arbete", "arbete med stöd", "eget företag")
MAL = (
    "Anställning inom vård och omsorg",
    "Arbete inom lager eller handel",
    "Börja på komvux till hösten",
    "Arbetsträna på halvtid",
    "Klara språkkraven för yrkesspåret",
    "Körkort och arbete som vaktmästare",
)
AVBROTT = ("sjukdom", "vård av barn", "flyttat", "eget val")
SKAL = ("läkarintyg", "föräldraledig", "vård av barn", "väntar på rehabilitering")


@dataclass(slots=True)
class Tables:
    """The rows so far, by table, and the next id of each."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **values: Any) -> int:
        """Add a row and return its id."""
        values["id"] = len(self.rows[table]) + 1
        self.rows[table].append(values)
        return int(values["id"])


def _orsak(result: str | None) -> str:
    if result in FORSORJNING:
        return "annan försörjning"
    return result if result in ("flyttat", "avlidit") else "övrigt"


@dataclass(slots=True)
class Flow:
    """Builds one case after another up to the day `per`."""

    rng: random.Random
    per: date
    tables: Tables
    insatstyper: dict[str, int]
    steg: list[int]
    enheter: list[int]
    handlaggare: list[str]
    koordinatorer: list[str]
    narvaro_veckor: int
    bip_labels: tuple[str, ...]

    def add_case(self, deltagare_id: int) -> None:
        """An ärende and, for most, an inskrivning; for some the person comes back within the year."""
        start = self.per - timedelta(days=int(1100 * self.rng.random() ** 1.25) + 2)
        end = self._add_arende(deltagare_id, start)
        if end and end < self.per - timedelta(days=60) and self.rng.random() < 0.22:
            again = end + timedelta(days=self.rng.randint(25, 420))
            if again < self.per - timedelta(days=2):
                self._add_arende(deltagare_id, again)

    def _add_arende(self, deltagare_id: int, ansokan: date) -> date | None:
        """The day the case was closed, None while it is open."""
        rng = self.rng
        beslut: date | None = ansokan + timedelta(days=min(45, int(rng.lognormvariate(2.4, 0.6))))
        row: Row = {
            "nummer": f"Ä-{ansokan.year}-{len(self.tables.rows['arende']) + 1:05d}",
            "deltagare_id": deltagare_id,
            "ansokan": ansokan,
            "beslut": None,
            "utfall": None,
            "avslutat": None,
            "avslutsorsak": None,
            "handlaggare": rng.choice(self.handlaggare),
            "forsorjningshinder": rng.choices(
                ("arbetslös", "sjukskriven med läkarintyg", "språkhinder"), (70, 18, 12)
            )[0],
        }
        assert beslut is not None
        if beslut > self.per:
            self.tables.add("arende", **row)
            return None
        row |= {"beslut": beslut, "utfall": "bifall" if rng.random() < 0.88 else "avslag"}
        if row["utfall"] == "avslag":
            self.tables.add("arende", **row)
            return None
        closed, result = (None, None)
        if rng.random() < 0.9:
            closed, result = self._add_inskrivning(deltagare_id, beslut)
        else:
            drop = beslut + timedelta(days=rng.randint(30, 400))
            closed, result = (drop, "annan försörjning") if drop <= self.per else (None, None)
        end = self._arende_end(closed, result)
        if end:
            orsak = (
                "annan försörjning"
                if result in FORSORJNING
                else result
                if result in ("flyttat", "avlidit")
                else "övrigt"
            )
            row |= {"avslutat": end, "avslutsorsak": orsak}
        arende_id = self.tables.add("arende", **row)
        self._add_months(arende_id, beslut, end)
        if rng.random() < 0.13:
            self._add_undantag(arende_id, beslut)
        return end

    def _arende_end(self, closed: date | None, result: str | None) -> date | None:
        if closed is None or (result not in FORSORJNING and self.rng.random() < 0.45):
            return None
        end = closed + timedelta(days=self.rng.randint(0, 40))
        return end if end <= self.per else None

    def _add_months(self, arende_id: int, beslut: date, end: date | None) -> None:
        first, last = (d.year * 12 + d.month - 1 for d in (beslut, end or self.per))
        for month in range(first, last + 1):
            if self.rng.random() < 0.96:
                kronor = self.rng.randint(31, 128) * 100
                self.tables.add("bistandsmanad", arende_id=arende_id, manad=month, belopp_ore=kronor * 100)

    def _add_undantag(self, arende_id: int, beslut: date) -> None:
        fran = beslut + timedelta(days=self.rng.randint(-2, 20))
        till = None if self.rng.random() < 0.15 else fran + timedelta(days=self.rng.randint(4, 45))
        if fran <= self.per:
            self.tables.add("undantag", arende_id=arende_id, fran=fran, till=till, skal=self.rng.choice(SKAL))

    def _add_inskrivning(self, deltagare_id: int, beslut: date) -> tuple[date | None, str | None]:
        rng = self.rng
        inskriven = beslut + timedelta(days=min(30, int(rng.expovariate(1 / 5))))
        if inskriven > self.per:
            return None, None
        days = [rng.randint(*span) for span in STEG_DAGAR]
        starts = [inskriven + timedelta(days=sum(days[:n])) for n in range(len(days) + 1)]
        avslutad, resultat = self._avslut(starts)
        inskrivning_id = self.tables.add(
            "inskrivning",
            nummer=f"I{len(self.tables.rows['inskrivning']) + 1:06d}",
            deltagare_id=deltagare_id,
            anvisad=beslut if rng.random() < 0.7 else None,
            inskriven=inskriven,
            hanvisad_av=rng.choices(
                ("socialtjänst", "Arbetsförmedlingen", "Försäkringskassan", "själv", "annan"),
                (62, 20, 7, 8, 3),
            )[0],
            spar="Arena Arbetsmarknad" if rng.random() < 0.78 else "Sysselsättning",
            koordinator=rng.choice(self.koordinatorer),
            avslutad=avslutad,
            resultat=resultat,
            **self._arbete(avslutad, resultat),
        )
        until = avslutad or self.per
        for steg_id, fran in zip(self.steg, starts, strict=False):
            if fran <= until:
                self.tables.add("stegperiod", inskrivning_id=inskrivning_id, steg_id=steg_id, fran=fran)
        self._add_insatser(inskrivning_id, starts, avslutad)
        self._add_planering(inskrivning_id, starts[2], until)
        if rng.random() < 0.6:
            self._add_bip(inskrivning_id, starts[1], until)
        self._add_moten(deltagare_id, inskriven, until, open_=avslutad is None)
        return avslutad, resultat

    def _avslut(self, starts: list[date]) -> tuple[date | None, str | None]:
        end = starts[-1] + timedelta(days=self.rng.randint(0, 30))
        if self.rng.random() < 0.14:
            end = starts[1] + timedelta(days=self.rng.randint(0, 160))
        if end > self.per:
            return None, None
        return end, self.rng.choices([r for r, _ in RESULTAT], [w for _, w in RESULTAT])[0]

    def _arbete(self, avslutad: date | None, resultat: str | None) -> Row:
        if avslutad is None or resultat not in ARBETE:
            return {"arbete_fran": None, "arbete_till": None, "minst_en_manad": None}
        fran = avslutad + timedelta(days=self.rng.randint(0, 10))
        known = avslutad < self.per - timedelta(days=35) and self.rng.random() < 0.94
        stayed = self.rng.random() < 0.86 if known else None
        till = fran + timedelta(days=self.rng.randint(5, 25)) if stayed is False else None
        return {"arbete_fran": fran, "arbete_till": till, "minst_en_manad": stayed}

    def _add_insatser(self, inskrivning_id: int, starts: list[date], avslutad: date | None) -> None:
        rng = self.rng
        early = rng.random()
        if early < 0.72:
            self._add_insats(
                inskrivning_id,
                "jobbsökaraktivitet",
                starts[0] + timedelta(days=rng.randint(0, 12)),
                45,
                avslutad,
            )
        if rng.random() < 0.6:
            self._add_insats(inskrivning_id, "kartläggning", starts[1], 20, avslutad)
        if rng.random() < 0.08:
            self._add_osa(inskrivning_id, starts[3], avslutad)
            return
        start = starts[3]
        for _ in range(rng.choices((1, 2, 3), (45, 40, 15))[0]):
            typ = rng.choices([t for t, _ in INSATSTYPER], [w for _, w in INSATSTYPER])[0]
            length = rng.randint(40, 170)
            self._add_insats(inskrivning_id, typ, start, length, avslutad)
            start += timedelta(days=length + rng.randint(0, 25))

    def _add_osa(self, inskrivning_id: int, start: date, avslutad: date | None) -> None:
        self._add_insats(inskrivning_id, "praktik inför OSA", start, 85, avslutad)
        insats = self._add_insats(
            inskrivning_id, "OSA-anställning", start + timedelta(days=90), 700, avslutad
        )
        if insats and self.rng.random() < 0.93:
            fran = start + timedelta(days=88)
            while fran <= self.per:
                till = fran + timedelta(days=364)
                self.tables.add(
                    "osa_beslut",
                    insats_id=insats,
                    fran=fran,
                    till=till,
                    bidrag_ore=self.rng.randint(140, 200) * 10_000,
                    diarienummer=f"AF-{fran.year}/{self.rng.randint(1000, 99999)}",
                )
                fran = till + timedelta(days=1)

    def _add_insats(
        self, inskrivning_id: int, typ: str, start: date, length: int, avslutad: date | None
    ) -> int | None:
        rng = self.rng
        if start > (avslutad or self.per + timedelta(days=14)):
            return None
        planned = start + timedelta(days=length)
        broken = rng.random() < 0.09
        real = start + timedelta(days=max(1, int(length * rng.random()))) if broken else planned
        if not broken and rng.random() < 0.12:
            real += timedelta(days=rng.randint(5, 40))
        slut = min(real, avslutad) if avslutad else (real if real <= self.per else None)
        insats_id = self.tables.add(
            "insats",
            nummer=f"N{len(self.tables.rows['insats']) + 1:07d}",
            inskrivning_id=inskrivning_id,
            insatstyp_id=self.insatstyper[typ],
            enhet_id=None if typ in ("sfi", "vuxenutbildning") else self._enhet(typ),
            start=start,
            planerat_slut=planned,
            slut=slut,
            omfattning=rng.choices((25, 50, 75, 100), (15, 35, 25, 25))[0],
            avbrottsorsak=rng.choice(("sjukdom", "vård av barn", "flyttat", "eget val"))
            if broken and slut
            else "",
        )
        self._add_narvaro(insats_id, start, slut or self.per)
        return insats_id

    def _enhet(self, typ: str) -> int:
        inside = typ.startswith(("OSA", "praktik inför", "jobbsökar", "kartläggning", "arbetsmarknads")) or (
            self.rng.random() < 0.5
        )
        return self.rng.choice(self.enheter[:7] if inside else self.enheter[7:])

    def _add_narvaro(self, insats_id: int, start: date, end: date) -> None:
        day = max(start, self.per - timedelta(weeks=self.narvaro_veckor))
        while day <= end and day < self.per:
            if day.weekday() < 5 and self.rng.random() < 0.94:
                status = self.rng.choices(
                    ("närvarande", "giltig frånvaro", "ogiltig frånvaro", "sjuk"), (84, 6, 4, 6)
                )[0]
                here = 360 if status == "närvarande" else None
                self.tables.add(
                    "narvaro", insats_id=insats_id, datum=day, **{"pass": ""}, status=status, minuter=here
                )
            day += timedelta(days=1)

    def _add_planering(self, inskrivning_id: int, first: date, until: date) -> None:
        day = first
        while day <= until and self.rng.random() < 0.93:
            nasta = day + timedelta(days=self.rng.randint(60, 100))
            self.tables.add(
                "planering",
                inskrivning_id=inskrivning_id,
                upprattad=day,
                mal=self.rng.choice(MAL),
                nasta_uppfoljning=nasta,
            )
            day = nasta - timedelta(days=self.rng.randint(-10, 6))

    def _add_bip(self, inskrivning_id: int, first: date, until: date) -> None:
        level = {name: self.rng.randint(1, 4) for name in self.bip_labels}
        day = first
        while day <= until and self.rng.random() < 0.9:
            for nr, name in enumerate(self.bip_labels):
                level[name] = max(1, min(5, level[name] + self.rng.choices((-1, 0, 1), (12, 55, 33))[0]))
                answerers = ("handläggare",) if nr >= 9 else ("deltagare", "handläggare")
                for svarande in answerers:
                    self.tables.add(
                        "bip",
                        inskrivning_id=inskrivning_id,
                        datum=day,
                        svarande=svarande,
                        indikator=name,
                        varde=level[name],
                    )
            day += timedelta(days=self.rng.randint(84, 100))

    def _add_moten(self, deltagare_id: int, first: date, until: date, *, open_: bool) -> None:
        rng = self.rng
        last = until + timedelta(days=21) if open_ else until
        day = first + timedelta(days=rng.randint(0, 6))
        while day <= last:
            if day.weekday() >= 5:
                day += timedelta(days=7 - day.weekday())
            hour, quarter = rng.randint(8, 15), rng.choice((0, 0, 15, 30))
            self.tables.add(
                "mote",
                deltagare_id=deltagare_id,
                datum=day,
                tid=f"{hour:02d}:{quarter:02d}",
                langd=rng.choice((20, 30, 45, 60)),
                form=rng.choices(("fysiskt", "telefon", "digitalt"), (60, 25, 15))[0],
                verksamhet=rng.choices(("arbetsmarknad", "ekonomiskt bistånd"), (72, 28))[0],
                uteblev=day <= self.per and rng.random() < 0.07,
            )
            day += timedelta(days=rng.randint(14, 52))
