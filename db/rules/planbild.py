"""A plan as it is shown and printed for a period: goals, indicators, activities, words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.figurer import Figur
from db.rules.koder import Aktivitetslage
from db.rules.kolada import Koladarad
from db.rules.period import Period
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument
from db.rules.planvarden import Provning, Utfall
from db.rules.riktvarde import Maluppfyllelse


@dataclass(frozen=True, slots=True)
class LagradPlan:
    """A plan as a document, and the ids of its rows: goals and indicators by kod, activities in order."""

    id: int
    kod: str
    dokument: Plandokument
    mal_id: Mapping[str, int]
    indikator_id: Mapping[str, int]
    aktivitet_id: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Egenbedomning:
    """Somebody's own assessment: a code of the plan's scale, the printed reason, who and when."""

    id: int
    bedomning: str
    skal: str
    signatur: str
    namn: str
    datum: date


@dataclass(frozen=True, slots=True)
class Kommentar:
    """What somebody says of a goal or an indicator, and what is to be done (`atgard`) by when (`klart`)."""

    id: int
    text: str
    atgard: str
    klart: str
    signatur: str
    namn: str
    datum: date


@dataclass(frozen=True, slots=True)
class Lage:
    """How far an activity has come, as somebody told."""

    status: Aktivitetslage
    kommentar: str
    signatur: str
    namn: str
    datum: date


@dataclass(frozen=True, slots=True)
class Aktivitetsbild:
    """An activity and how far it has come at the period; `lage` is None where nobody has told."""

    id: int
    aktivitet: Aktivitet
    lage: Lage | None


@dataclass(frozen=True, slots=True)
class Indikatorbild:
    """An indicator or volymmått for the period. `tidigare` are the outcomes before it, the oldest first.

    `uppfyllelse` is what counts for the goal: somebody's own assessment (`egen`), else the one printed in the
    plan (at the end of the plan's year), else that of the machine.
    `kolada` holds every municipality's figure of the latest year up to the period's.
    """

    id: int
    indikator: Indikator
    utfall: Utfall
    ingaende: Utfall | None
    tidigare: tuple[Utfall, ...]
    provning: Provning
    uppfyllelse: Maluppfyllelse
    egen: Egenbedomning | None
    kommentarer: tuple[Kommentar, ...]
    kolada: tuple[Koladarad, ...]


@dataclass(frozen=True, slots=True)
class Malbild:
    """A goal, in print order with its depth; `indikatorer` are the kod of its own.

    `bedomning` is what holds, a code of the plan's scale or "": somebody's own, else the one printed in the
    plan (at the end of the plan's year), else the machine's (`maskinens`).
    """

    id: int
    mal: Mal
    djup: int
    bedomning: str
    maskinens: str
    egen: Egenbedomning | None
    indikatorer: tuple[str, ...]
    aktiviteter: tuple[Aktivitetsbild, ...]
    kommentarer: tuple[Kommentar, ...]


@dataclass(frozen=True, slots=True)
class Beraknad:
    """All figures of a report for a period that outcomes were taken from: hiding (R12) needs them all."""

    rapport: str
    period: Period
    per: date
    figurer: tuple[Figur, ...]


@dataclass(frozen=True, slots=True)
class Planvarden:
    """A plan for a period, judged on `per`; `prognos` where the period ends before the year does.

    `indikatorer` and `volymer` stand in the plan's order, `aktiviteter` are those of no goal. `beraknade` are
    the reports that outcomes were taken from, whole.
    """

    plan: LagradPlan
    period: Period
    per: date
    prognos: bool
    mal: tuple[Malbild, ...]
    indikatorer: tuple[Indikatorbild, ...]
    volymer: tuple[Indikatorbild, ...]
    aktiviteter: tuple[Aktivitetsbild, ...]
    beraknade: tuple[Beraknad, ...] = ()
