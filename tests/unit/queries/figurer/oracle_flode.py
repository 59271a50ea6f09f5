"""The figures of the report `flode` once more, day by day: where each inskrivning stands each night."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from db.models import Inskrivning, Steg, Stegperiod
from db.rules.text import slug
from tests.unit.queries.figurer.oracle import Oracle, Values
from tests.unit.queries.figurer.random_register import Row

Plats = tuple[date, int, int]  # the day a steg was come to, its place in the flow, the row's id


class FlodeOracle:
    """Follows every inskrivning from its first day to its last, or the last day that is known."""

    def __init__(self, oracle: Oracle) -> None:
        self.o, self.slut = oracle, oracle.slut
        self.steg = {s["id"]: s for s in oracle.r.of(Steg)}
        self.perioder = {p["id"]: p for p in oracle.r.of(Stegperiod)}

    def place(self, inskrivning: Row, dag: date) -> Plats | None:
        """The stegperiod that it stands in when the day ends."""
        egna = [p for p in self.perioder.values() if p["inskrivning_id"] == inskrivning["id"]]
        slut = inskrivning["avslutad"] or date.max
        kanda = [
            (p["fran"], self.steg[p["steg_id"]]["ordning"], p["id"])
            for p in egna
            if p["fran"] <= min(dag, slut)
        ]
        return max(kanda, default=None)

    def follow(self, inskrivning: Row) -> list[tuple[int | None, int, date | None]]:
        """Its stays: the steg, the days there, and the day it was left."""
        avslutad = inskrivning["avslutad"]
        sista = min(self.slut, avslutad or date.max)
        dagar = [
            inskrivning["inskriven"] + timedelta(days=n)
            for n in range((sista - inskrivning["inskriven"]).days + 1)
        ]
        stays: list[tuple[Plats | None, list[date]]] = []
        for dag in dagar:
            plats = self.place(inskrivning, dag)
            if not stays or stays[-1][0] != plats:
                stays.append((plats, []))
            stays[-1][1].append(dag)
        left = [dagar[0] for _, dagar in stays[1:]]
        made = []
        for (plats, natter), bort in zip(stays, [*left, None], strict=True):
            steg_id = self.perioder[plats[2]]["steg_id"] if plats else None
            till = bort or (avslutad if avslutad and avslutad <= self.slut else None)
            made.append((steg_id, ((till or self.slut) - natter[0]).days, till))
        return made

    def all(self) -> dict[str, Values]:
        """Every figure of the report."""
        o = self.o
        rader = [i for i in o.r.of(Inskrivning) if i["inskriven"] <= self.slut]
        ut = [i for i in rader if i["avslutad"] in o.days]
        inne = [i for i in rader if o.on(i, self.slut, "inskriven", "avslutad")]
        made = {
            "flode.in": o.things(i["deltagare_id"] for i in rader if i["inskriven"] in o.days),
            "flode.ut": o.things(i["deltagare_id"] for i in ut),
            "flode.inskrivna": o.things(i["deltagare_id"] for i in inne),
            "flode.ledtid_median": self.median(
                (i["deltagare_id"], (i["avslutad"] - i["inskriven"]).days) for i in ut
            ),
        }
        alla = [(i["deltagare_id"], i in inne, self.follow(i)) for i in rader]
        for steg_id in (None, *self.steg):
            namn = slug(self.steg[steg_id]["namn"]) if steg_id else "utan_steg"
            star = [(o_, s[-1][1]) for o_, kvar, s in alla if kvar and s[-1][0] == steg_id]
            lamnat = [
                (o_, dagar) for o_, _, s in alla for steg, dagar, till in s
                if steg == steg_id and till in o.days
            ]  # fmt: skip
            made[f"flode.{namn}.antal"] = o.things(p for p, _ in star)
            if steg_id:
                made[f"flode.{namn}.dagar_median"] = self.median(star)
                made[f"flode.{namn}.lamnat"] = o.things(p for p, _ in lamnat)
                made[f"flode.{namn}.lamnat_dagar_median"] = self.median(lamnat)
        over = [
            p for p, kvar, s in alla
            if kvar and s[-1][0] and s[-1][1] > (self.steg[s[-1][0]]["riktvarde"] or 10**6)
        ]  # fmt: skip
        made["flode.over_riktvarde"] = o.things(over)
        made["flode.andel_over_riktvarde"] = o.share(o.things(over), made["flode.inskrivna"])
        return made

    def median(self, rows: Any) -> Values:
        """By kön; None of nothing."""
        how: Callable[[list[float]], Any] = lambda n: median(n) if n else None  # noqa: E731
        return self.o.each(rows, how)
