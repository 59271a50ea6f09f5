"""The figures of the report `bip` once more, person by person and question by question."""

from collections.abc import Callable
from typing import Any

from db.models import Bip, Inskrivning
from db.rules.bip import BIP_INDIKATORER, calculate_forandring
from db.rules.text import slug
from tests.unit.queries.figurer.oracle import Oracle, Values

Changes = dict[int, dict[str, int]]  # of each person: how much the answer to each question has changed


class BipOracle:
    """Those measured in the period, and how their answers have changed up to its last day."""

    def __init__(self, oracle: Oracle) -> None:
        self.o = oracle
        rows = oracle.r.of(Bip)
        self.mine: dict[int, int] = {}  # the latest inskrivning of each person measured in the period
        for i in sorted(oracle.r.of(Inskrivning), key=lambda i: (i["inskriven"], i["id"])):
            if any(r["inskrivning_id"] == i["id"] and r["datum"] in oracle.days for r in rows):
                self.mine[i["deltagare_id"]] = i["id"]

    def changes(self, svarande: str, fragor: tuple[str, ...]) -> Changes:
        """Latest minus first of each question answered on two days."""
        made: Changes = {}
        for person, inskrivning in self.mine.items():
            for fraga in fragor:
                varden = [
                    (r["datum"], r["varde"])
                    for r in self.o.r.of(Bip)
                    if (r["inskrivning_id"], r["svarande"], r["indikator"]) == (inskrivning, svarande, fraga)
                    and r["datum"] <= self.o.slut
                ]
                change = calculate_forandring(varden).forsta
                if change is not None:
                    made.setdefault(person, {})[fraga] = change
        return made

    def all(self) -> dict[str, Values]:
        """Every figure of the report."""
        o, nio = self.o, BIP_INDIKATORER[:9]
        egna, deras = self.changes("deltagare", nio), self.changes("handläggare", BIP_INDIKATORER)
        made = {"bip.matta": o.people(self.mine)}
        for vem, changes in (("", egna), ("_handlaggare", deras)):
            made[f"bip.matta_flera{vem}"] = o.people(changes)
            battre = [p for p, c in changes.items() if sum(c.values()) > 0]
            made[f"bip.andel_forbattrade{vem}"] = o.share(o.people(battre), o.people(changes))
        for fraga in BIP_INDIKATORER:
            id_, main = f"bip.{slug(fraga)}", egna if fraga in nio else deras
            med = {p: c[fraga] for p, c in main.items() if fraga in c}
            made[f"{id_}.forandring_medel"] = self.mean(med)
            battre = [p for p, c in med.items() if c > 0]
            made[f"{id_}.andel_forbattrade"] = o.share(o.people(battre), o.people(med))
            if fraga in nio:
                med = {p: c[fraga] for p, c in deras.items() if fraga in c}
                made[f"{id_}.forandring_medel_handlaggare"] = self.mean(med)
        return made

    def mean(self, changes: dict[int, int]) -> Values:
        """By kön; None of nothing."""
        how: Callable[[list[float]], Any] = lambda n: sum(n) / len(n) if n else None  # noqa: E731
        return self.o.each(((p, float(c)) for p, c in changes.items()), how)
