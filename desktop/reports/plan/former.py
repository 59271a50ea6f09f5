"""The four forms in which a plan's follow-up is printed, after what the plan itself holds, not whose it is.

- `riktvarden`: the plan judges its goals in words (grön, gul, röd; Bra, Ok, Har brister). Ingående värde,
  outcomes, riktvärde per year, läge, källa under every goal.
- `bilaga`: indicators are tied to åtgärder or uppdrag (`koppling`). One row with Kvinnor and Män under it;
  years, mål, läge, åtgärd or uppdrag, källa. An older figure stands in the first year with its own year.
- `matbara`: the plan prints outcomes of its own year, as an årsredovisning does. Earlier outcomes, mål of the
  year, outcome of the year; measures as bokslut, budget, bokslut.
- `riktning`: every other plan, as an internbudget. Outcomes, then the targets of the years to come.

Whoever makes a report may ask for another form than the one that is found.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db.rules.koder import Bedomningsskala
from db.rules.period import PeriodError
from db.rules.plan import INGAENDE, Plandokument, follow_up_period
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import Utfall, order_periods

MOST_EARLIER = 5


class Form(StrEnum):
    """How the indicators of a plan are laid out."""

    RIKTVARDEN = "riktvarden"
    BILAGA = "bilaga"
    MATBARA = "matbara"
    RIKTNING = "riktning"


@dataclass(frozen=True, slots=True)
class Ord:
    """The heads of a form: over outcomes and targets, those of the volymmått, and the first column's."""

    utfall: str
    mal: str
    volym_utfall: str
    volym_mal: str
    indikator: str = "Indikator"
    volym: str = "Volymmått"


ORD = {
    Form.RIKTVARDEN: Ord("Utfall", "Riktvärde", "Utfall", "Riktvärde", "Nämndmålets indikatorer", "Mått"),
    Form.BILAGA: Ord("Utfall", "Mål", "Utfall", "Mål"),
    Form.MATBARA: Ord("Utfall", "Mål", "Bokslut", "Budget", "Mätbart mål", "Nyckeltal"),
    Form.RIKTNING: Ord("Utfall", "Riktning", "Utfall", "Budget och plan"),
}


def choose_form(plan: Plandokument) -> Form:
    """The form that the plan's own data ask for; see the module."""
    if plan.bedomning is not Bedomningsskala.INGEN:
        return Form.RIKTVARDEN
    if any(indikator.koppling for indikator in plan.indikatorer):
        return Form.BILAGA
    eget_ar = {str(plan.ar)}
    if any(varde.period in eget_ar for indikator in plan.indikatorer for varde in indikator.varden):
        return Form.MATBARA
    return Form.RIKTNING


@dataclass(frozen=True, slots=True)
class Perioder:
    """The columns of a table: whether it has a baseline, earlier outcomes, the years of its targets."""

    ingaende: bool
    tidigare: tuple[str, ...]
    nu: str
    mal: tuple[str, ...]


def columns_of(form: Form, bilder: Sequence[Indikatorbild], nu: str) -> Perioder:
    """The columns that the rows need: every period that the plan prints and the last that is written or
    computed beside, the latest five; the targets of all years (for `matbara` and `bilaga` the year's)."""
    tryckta = {u.period for bild in bilder for u in bild.tidigare if u.tryckt is not None}
    andra = {u.period for bild in bilder for u in bild.tidigare if u.tryckt is None and _tells(u)}
    tidigare = order_periods(tryckta | set(order_periods(andra)[-1:]))[-MOST_EARLIER:]
    if form is Form.BILAGA:
        forst = _commonest(bilder)
        tidigare = tidigare[tidigare.index(forst) :] if forst in tidigare else tidigare
    mal = order_periods({varde.period for bild in bilder for varde in bild.indikator.riktvarden})
    if form in (Form.MATBARA, Form.BILAGA):
        mal = [period for period in mal if _year(period) == _year(nu)] or mal[-1:]
    ingaende = any(bild.ingaende is not None for bild in bilder)
    return Perioder(ingaende, tuple(tidigare), nu, tuple(mal))


def earlier(form: Form, bild: Indikatorbild, perioder: Perioder, period: str) -> tuple[Utfall | None, str]:
    """The outcome of an earlier column, and the year it is of where that is another: a `bilaga` shows an
    older figure in its first column."""
    own = {utfall.period: utfall for utfall in bild.tidigare}
    if period in own or form is not Form.BILAGA or period != perioder.tidigare[0]:
        return own.get(period), ""
    older = [utfall for utfall in bild.tidigare if utfall.period not in perioder.tidigare and _tells(utfall)]
    if not older or any(p in own for p in perioder.tidigare):
        return None, ""
    return older[-1], older[-1].period


def _commonest(bilder: Iterable[Indikatorbild]) -> str:
    counts = Counter(u.period for bild in bilder for u in bild.tidigare if u.tryckt is not None)
    return counts.most_common(1)[0][0] if counts else ""


def _tells(utfall: Utfall) -> bool:
    return utfall.has_tal or bool(utfall.text)


def _year(period: str) -> int:
    try:
        return 0 if period == INGAENDE else follow_up_period(period).till.year
    except PeriodError:
        return 0
