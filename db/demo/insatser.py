"""The insatser of an invented inskrivning, with their attendance and the decisions for OSA."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from db.demo.skrivbord import Skrivbord
from db.demo.tables import Tables, Weighted
from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING, OSA_ANSTALLNING, PRAKTIK_INFOR_OSA
from db.rules.koder import NarvaroStatus

INSATSTYPER = Weighted(
    (
        ("arbetsträning", 22),
        ("praktik", 14),
        ("språkpraktik", 9),
        (ARBETSMARKNADSANSTALLNING, 11),
        ("beredskapsanställning", 2),
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
)
# Whose place the municipality gives itself; studies take place with nobody's unit here.
EGNA = {"jobbsökaraktivitet", "kartläggning", ARBETSMARKNADSANSTALLNING, OSA_ANSTALLNING, PRAKTIK_INFOR_OSA}
STUDIER = {"sfi", "vuxenutbildning"}
OMFATTNING = Weighted(((25, 15), (50, 35), (75, 25), (100, 25)))
STATUS = Weighted(
    (
        (NarvaroStatus.NARVARANDE.value, 84),
        (NarvaroStatus.GILTIG_FRANVARO.value, 6),
        (NarvaroStatus.OGILTIG_FRANVARO.value, 4),
        (NarvaroStatus.SJUK.value, 6),
    )
)
AVBROTT = ("sjukdom", "vård av barn", "flyttat", "eget val")
COUNTED_DAYS = 120
Passes = tuple[tuple[int, str], ...]
WHOLE_DAYS: Passes = tuple((day, "") for day in range(1, 6))


@dataclass(frozen=True, slots=True)
class Planned:
    """An insats told beforehand, in days from the day of the register."""

    typ: str
    start: int
    planerat_slut: int
    slut: int | None = None
    beslut_till: int | None = None


Plan = tuple[Planned, ...]


@dataclass(slots=True)
class Insatser:
    """Adds insatser up to the day `per`, and counts the place-days that each enhet gave."""

    rng: Random
    per: date
    tables: Tables
    typer: dict[str, int]
    interna: list[int]
    externa: list[int]
    narvaro_veckor: int
    desk: Skrivbord
    used: Counter[int] = field(default_factory=Counter)

    def add(self, inskrivning_id: int, starts: list[date], avslutad: date | None, plan: Plan | None) -> None:
        """Insatser between the steg that begin on `starts`, or those of the plan."""
        rng = self.rng
        if plan is not None:
            self._add_plan(inskrivning_id, starts[0], plan)
            return
        if rng.random() < 0.72:
            first = starts[0] + timedelta(days=rng.randint(0, 12))
            self._add_insats(inskrivning_id, "jobbsökaraktivitet", first, 45, avslutad)
        if rng.random() < 0.6:
            self._add_insats(inskrivning_id, "kartläggning", starts[1], 20, avslutad)
        start = starts[3]
        if rng.random() < 0.06:
            self._add_osa(inskrivning_id, start, avslutad)
            return
        # One after another, most often with little time between.
        while start <= (avslutad or self.per) and rng.random() < 0.9:
            length = rng.randint(50, 170)
            self._add_insats(inskrivning_id, INSATSTYPER.draw(rng), start, length, avslutad)
            start += timedelta(days=length + rng.randint(0, 14))

    def _add_plan(self, inskrivning_id: int, first: date, plan: Plan) -> None:
        for told in plan:
            start = max(first, self.per + timedelta(days=told.start))
            planned = self.per + timedelta(days=told.planerat_slut)
            slut = None if told.slut is None else self.per + timedelta(days=told.slut)
            insats_id = self._write(inskrivning_id, told.typ, start, max(start, planned), slut, "")
            if told.beslut_till is not None:
                self._add_beslut(insats_id, start, self.per + timedelta(days=told.beslut_till))

    def _add_osa(self, inskrivning_id: int, start: date, avslutad: date | None) -> None:
        rng = self.rng
        self._add_insats(inskrivning_id, PRAKTIK_INFOR_OSA, start, 85, avslutad)
        anstalld = start + timedelta(days=90)
        insats_id = self._add_insats(inskrivning_id, OSA_ANSTALLNING, anstalld, 700, avslutad)
        # Now and then a decision is missing: the error that the report and the work list must show.
        if insats_id and rng.random() < 0.93:
            fran = anstalld
            while fran <= (avslutad or self.per):
                till = fran + timedelta(days=364)
                self._add_beslut(insats_id, fran, till)
                fran = till + timedelta(days=1)

    def _add_beslut(self, insats_id: int, fran: date, till: date) -> None:
        self.tables.add(
            "osa_beslut",
            insats_id=insats_id,
            fran=fran,
            till=till,
            bidrag_ore=self.rng.randint(140, 200) * 10_000,
            diarienummer=f"AF-{fran.year}/{self.rng.randint(1000, 99999)}",
        )

    def _add_insats(
        self, inskrivning_id: int, typ: str, start: date, length: int, avslutad: date | None
    ) -> int | None:
        """The id, None when the start lies after the avslut or more than two weeks ahead."""
        rng = self.rng
        if start > (avslutad or self.per + timedelta(days=14)):
            return None
        planned = start + timedelta(days=length)
        real = planned
        broken = rng.random() < 0.09
        if broken:
            real = start + timedelta(days=max(1, int(length * rng.random())))
        elif rng.random() < 0.12:
            real += timedelta(days=rng.randint(5, 40))
        slut = min(real, avslutad) if avslutad else (real if real <= self.per else None)
        orsak = rng.choice(AVBROTT) if broken and slut == real else ""
        return self._write(inskrivning_id, typ, start, planned, slut, orsak)

    def _write(
        self, inskrivning_id: int, typ: str, start: date, planned: date, slut: date | None, orsak: str
    ) -> int:
        enhet_id, omfattning = self._enhet(typ), OMFATTNING.draw(self.rng)
        insats_id = self.tables.add(
            "insats",
            nummer=f"N{self.tables.next_number('insats'):07d}",
            inskrivning_id=inskrivning_id,
            insatstyp_id=self.typer[typ],
            enhet_id=enhet_id,
            start=start,
            planerat_slut=planned,
            slut=slut,
            omfattning=omfattning,
            avbrottsorsak=orsak,
        )
        end = min(slut or self.per, self.per)
        if enhet_id:
            begin = max(start, self.per - timedelta(days=COUNTED_DAYS))
            self.used[enhet_id] += max(0, (end - begin).days + 1)
        passes = self.desk.add_schema(insats_id, omfattning) if slut is None else WHOLE_DAYS
        self._add_narvaro(insats_id, start, end, passes, running=slut is None)
        if typ == OSA_ANSTALLNING:
            self.desk.add_osa_uppfoljningar(insats_id, start, slut or planned)
        return insats_id

    def _enhet(self, typ: str) -> int | None:
        if typ in STUDIER:
            return None
        return self.rng.choice(self.interna if typ in EGNA or self.rng.random() < 0.5 else self.externa)

    def _add_narvaro(self, insats_id: int, start: date, end: date, passes: Passes, *, running: bool) -> None:
        """Attendance of the last weeks, where it still runs since the start: from then on its passes are
        expected. Some passes nobody has registered yet."""
        first = max(start, self.per - timedelta(weeks=self.narvaro_veckor))
        last = min(end, self.per - timedelta(days=1))
        self._register(self.rng, insats_id, (first, last), passes)
        if running and self.narvaro_veckor:
            # By chances of their own, so that everything else is the same however long it has run.
            self._register(Random(insats_id), insats_id, (start, first - timedelta(days=1)), passes)

    def _register(self, rng: Random, insats_id: int, span: tuple[date, date], passes: Passes) -> None:
        day, last = span
        add = self.tables.add
        while day <= last:
            for part in (part for weekday, part in passes if weekday == day.isoweekday()):
                if rng.random() < 0.98:
                    status = STATUS.draw(rng)
                    here = (180 if part else 360) if status == NarvaroStatus.NARVARANDE.value else None
                    row = {
                        "insats_id": insats_id,
                        "datum": day,
                        "pass": part,
                        "status": status,
                        "minuter": here,
                    }
                    add("narvaro", **row)
            day += timedelta(days=1)
