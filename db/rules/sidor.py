"""A side of a print: the figures of one period as they were before hiding, and what of them was hidden (R12).

What a report says of a period and what it says of the period compared with are two sides. Sides that are out
are kept as plain values (`side_to_plain`), so that later prints of the report can be hidden against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.urval import ALLA, Urval


class Nar(StrEnum):
    """Which days decide a row: all of the period, its last day, the day of judgement, or the calendar year
    up to the last day. Of two sides, rows decided by the same days count the same people."""

    PERIOD = "period"
    DAG = "dag"
    PER = "per"
    AR = "ar"


@dataclass(frozen=True, slots=True)
class Lager:
    """Row `dag` counts on the last day what rows `in_` have added and rows `ut` have taken since another."""

    dag: str
    in_: str
    ut: str


@dataclass(frozen=True, slots=True)
class Sida:
    """The figures of the days `fran`–`slut`, judged on `per`. `nar` holds the rows not decided by PERIOD.

    `rapport` is the report that the figures are of, where it is not the one that prints them, `urval` whom
    they count.
    """

    fran: date
    slut: date
    per: date
    figurer: tuple[Figur, ...]
    summor: tuple[Summa, ...] = ()
    nar: Mapping[str, Nar] = field(default_factory=dict)
    lager: tuple[Lager, ...] = ()
    dolda: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rapport: str = ""
    urval: Urval = ALLA

    def days_of(self, rad: str) -> tuple[date, date]:
        """First and last of the days that decide a row, or a count behind it (`row#taljare`)."""
        match self.nar.get(rad.partition("#")[0], Nar.PERIOD):
            case Nar.DAG:
                return self.slut, self.slut
            case Nar.PER:
                return self.per, self.per
            case Nar.AR:
                return self.slut.replace(month=1, day=1), self.slut
            case _:
                return self.fran, self.slut

    def is_of_period(self, rad: str) -> bool:
        """Whether the row counts what happens in its days, not what there is on one."""
        return self.nar.get(rad.partition("#")[0], Nar.PERIOD) in (Nar.PERIOD, Nar.AR)


def side_to_plain(sida: Sida) -> dict[str, Any]:
    """The side as values that JSON can hold: the same side gives the same, in the same order."""
    named: dict[str, Any] = {"rapport": sida.rapport} if sida.rapport else {}
    named |= {"urval": sida.urval.to_plain()} if sida.urval else {}
    return named | {
        "fran": sida.fran.isoformat(),
        "slut": sida.slut.isoformat(),
        "per": sida.per.isoformat(),
        "figurer": [_figure_to_plain(f) for f in sorted(sida.figurer, key=lambda f: f.id)],
        "summor": sorted([s.hel, *s.delar] for s in sida.summor),
        "nar": {rad: str(nar) for rad, nar in sorted(sida.nar.items())},
        "lager": [[lager.dag, lager.in_, lager.ut] for lager in sida.lager],
        "dolda": {rad: dict(sorted(marks.items())) for rad, marks in sorted(sida.dolda.items()) if marks},
    }


def side_from_plain(plain: Mapping[str, Any]) -> Sida:
    """The side that `side_to_plain` wrote down."""
    return Sida(
        fran=date.fromisoformat(plain["fran"]),
        slut=date.fromisoformat(plain["slut"]),
        per=date.fromisoformat(plain["per"]),
        figurer=tuple(_figure_from_plain(f) for f in plain["figurer"]),
        summor=tuple(Summa(hel, tuple(delar)) for hel, *delar in plain["summor"]),
        nar={rad: Nar(nar) for rad, nar in plain["nar"].items()},
        lager=tuple(Lager(*lager) for lager in plain["lager"]),
        dolda=plain["dolda"],
        rapport=plain.get("rapport", ""),
        urval=Urval(*plain.get("urval", ())),
    )


def _figure_to_plain(figur: Figur) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": figur.id, "enhet": figur.enhet, "varde": list(figur.varde)}
    for name in ("taljare", "namnare"):
        behind: Konsvarden | None = getattr(figur, name)
        if behind is not None:
            plain[name] = list(behind)
    plain |= {name: text for name in ("taljare_id", "namnare_id") if (text := getattr(figur, name))}
    plain |= {"skyddas": False} if not figur.skyddas else {}
    plain |= {"matt": True} if figur.matt else {}
    return plain


def _figure_from_plain(plain: Mapping[str, Any]) -> Figur:
    def values(name: str) -> Konsvarden | None:
        return Konsvarden(*plain[name]) if name in plain else None

    return Figur(
        plain["id"],
        plain["enhet"],
        Konsvarden(*plain["varde"]),
        values("taljare"),
        values("namnare"),
        skyddas=plain.get("skyddas", True),
        taljare_id=plain.get("taljare_id", ""),
        namnare_id=plain.get("namnare_id", ""),
        matt=plain.get("matt", False),
    )
