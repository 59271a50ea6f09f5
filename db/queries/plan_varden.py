"""Everything there is to say of a plan for a period: outcomes, targets, assessments, activities, comments."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import DataError
from db.models import Indikatorvarde
from db.queries.plan import load_plan
from db.queries.plan_kolada import load_kolada
from db.queries.plan_ord import Planord, load_ord, load_skrivna
from db.queries.plan_utfall import compute_rapporter, pick_utfall
from db.rules.bedomning import from_farg, judge_mal, to_farg, to_uppfyllelse, weigh
from db.rules.figurer import Figur
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.kommuner import find_kommunkod
from db.rules.period import MIN_AR, Period, PeriodError, default_per
from db.rules.plan import (
    INGAENDE,
    Indikator,
    follow_up_period,
    is_planperiod,
    order_tree,
    plain_period,
)
from db.rules.planbild import (
    Aktivitetsbild,
    Beraknad,
    Indikatorbild,
    LagradPlan,
    Malbild,
    Planvarden,
)
from db.rules.planmatt import convert, find_kolada
from db.rules.planvarden import (
    BEYOND,
    NYCKLAR,
    Kalla,
    Provning,
    Utfall,
    in_order,
    is_before,
    order_periods,
    read_tryckt,
    try_indikator,
)
from db.rules.riktvarde import Maluppfyllelse


def values_of(session: Session, aktor: Aktor, plan_id: int, period: str, idag: date) -> Planvarden:
    """The plan with its values for a period: `2024-08` is the year until August, `2024-12` the whole year
    (db.rules.plan.follow_up_period).

    An outcome of the period is worked out from the register where the indicator says how (`beraknas`) and the
    register knows of the time; a typed value stands where it does not, and above it where it has a comment
    that says why; what the plan prints stands where there is nothing else, and then Kolada's figure of the
    plan's own municipality. Before the period the printed
    comes first: it is what the nämnd has been told. Figures are exact and not hidden (R12).

    Eleven statements and those of the reports concerned, for this period and, where an indicator has no
    earlier outcome, a year before. Raises NotFoundError, DataError for a text that is no period.
    """
    try:
        dagar = follow_up_period(period)
    except PeriodError as error:
        raise DataError(str(error), "period") from error
    if dagar.fran.year == MIN_AR:  # there is no year before to hold it against
        raise DataError(f"Välj en period efter {MIN_AR}.", "period")
    plan = load_plan(session, aktor, plan_id)
    ord_ = load_ord(session, plan_id, dagar.text)
    bilder, beraknade = _indikatorbilder(session, aktor, plan, ord_, dagar, default_per(dagar, idag))
    aktiviteter = tuple(
        Aktivitetsbild(id_, aktivitet, ord_.lagen.get(id_))
        for id_, aktivitet in zip(plan.aktivitet_id, plan.dokument.aktiviteter, strict=True)
    )
    return Planvarden(
        plan,
        dagar,
        default_per(dagar, idag),
        _is_prognos(dagar),
        _malbilder(plan, ord_, dagar, bilder, aktiviteter),
        tuple(bilder[i.kod] for i in plan.dokument.indikatorer),
        tuple(bilder[i.kod] for i in plan.dokument.volymer),
        tuple(a for a in aktiviteter if not a.aktivitet.mal),
        beraknade,
    )


def _is_prognos(period: Period) -> bool:
    return (period.till.month, period.till.day) != (12, 31)


def _indikatorbilder(
    session: Session, aktor: Aktor, plan: LagradPlan, ord_: Planord, period: Period, per: date
) -> tuple[dict[str, Indikatorbild], tuple[Beraknad, ...]]:
    indikatorer = (*plan.dokument.indikatorer, *plan.dokument.volymer)
    skrivna = load_skrivna(session, plan.id)
    kpi = {i.kod: find_kolada(i.beraknas, i.kolada, (i.kalla, i.namn)) for i in indikatorer}
    egen_kommun = find_kommunkod(plan.dokument.kommun)
    kolada = load_kolada(session, sorted({k for k in kpi.values() if k}), egen_kommun, period.till.year)
    # What the register works out is not taken from elsewhere.
    hamtade = {i.kod: {} if i.beraknas else kolada.egna.get(kpi[i.kod], {}) for i in indikatorer}
    nu = compute_rapporter(session, aktor, (i.beraknas for i in indikatorer), period, per)
    figurer = pick_utfall(nu)
    tidigare = {i.kod: _earlier(i, skrivna.get(i.kod, {}), hamtade[i.kod], period) for i in indikatorer}
    utan = [i.beraknas for i in indikatorer if not any(u.has_tal for u in tidigare[i.kod])]
    fore = period.previous_year()
    da = compute_rapporter(session, aktor, utan, fore, min(fore.till, per))
    ar_fore = pick_utfall(da)
    ut = {}
    for i in indikatorer:
        id_ = plan.indikator_id[i.kod]
        if not any(u.has_tal for u in tidigare[i.kod]) and i.beraknas in ar_fore:
            tidigare[i.kod] = [_computed(i, ar_fore[i.beraknas], fore, None), *tidigare[i.kod]]
        utfall = _utfall(i, skrivna.get(i.kod, {}), figurer.get(i.beraknas), hamtade[i.kod], period)
        ingaende = _baseline(i, skrivna.get(i.kod, {}).get(INGAENDE))
        provning = try_indikator(i, period, utfall, ingaende, tidigare[i.kod])
        egen = ord_.egna_indikatorer.get(id_)
        tryckt = i.bedomning if _is_of_plan(plan, period) else ""
        ut[i.kod] = Indikatorbild(
            id_,
            i,
            utfall,
            ingaende,
            tuple(tidigare[i.kod]),
            provning,
            _weighs(plan.dokument.bedomning, egen.bedomning if egen else tryckt, provning),
            egen,
            ord_.om_indikatorer.get(id_, ()),
            kolada.senaste.get(kpi[i.kod], ()),
        )
    return ut, (*nu, *da)


def _is_of_plan(plan: LagradPlan, period: Period) -> bool:
    """Whether the period is the whole year of the plan: then its printed assessments hold."""
    return not _is_prognos(period) and period.till.year == plan.dokument.ar


def _weighs(skala: Bedomningsskala, bedomning: str, provning: Provning) -> Maluppfyllelse:
    """An assessment by hand or in print before that of the machine."""
    farg = to_farg(skala, bedomning)
    return provning.samlad if farg is None else to_uppfyllelse(farg)


def _utfall(
    indikator: Indikator,
    skrivna: Mapping[str, Indikatorvarde],
    figur: Figur | None,
    hamtade: Mapping[str, Utfall],
    period: Period,
) -> Utfall:
    """The outcome of the period itself: the register's, unless a typed one says why; else typed; else
    printed; else Kolada's."""
    nyckel = plain_period(period.text)
    tryckt = next((u for u in _printed(indikator) if u.period == nyckel), None)
    skrivet = skrivna.get(nyckel)
    if figur is not None and not (skrivet and skrivet.kommentar):
        return _computed(indikator, figur, period, tryckt)
    if skrivet is not None:
        return _typed(skrivet, nyckel, tryckt)
    return tryckt or hamtade.get(nyckel) or Utfall(nyckel, Kalla.SAKNAS)


def _earlier(
    indikator: Indikator,
    skrivna: Mapping[str, Indikatorvarde],
    hamtade: Mapping[str, Utfall],
    period: Period,
) -> list[Utfall]:
    typade = {p: _typed(row, p, None) for p, row in skrivna.items() if is_planperiod(p)}
    kanda = {**hamtade, **typade, **{u.period: u for u in _printed(indikator)}}
    return [kanda[p] for p in order_periods(kanda) if is_before(p, period.till)]


def _baseline(indikator: Indikator, skrivet: Indikatorvarde | None) -> Utfall | None:
    """The printed baseline; a typed one where the plan prints no number."""
    tryckt = next((read_tryckt(v) for v in indikator.varden if v.period == INGAENDE), None)
    if skrivet is None or (tryckt is not None and tryckt.has_tal):
        return tryckt
    return _typed(skrivet, INGAENDE, tryckt)


def _printed(indikator: Indikator) -> list[Utfall]:
    return [read_tryckt(v) for v in indikator.varden if v.period != INGAENDE]


def _typed(row: Indikatorvarde, nyckel: str, tryckt: Utfall | None) -> Utfall:
    """What is typed; a number beyond all bounds, which an older version took from a workbook, is none."""
    varden = {n: getattr(row, n) for n in NYCKLAR}
    tal = {n: None if t is None or abs(t) >= BEYOND else Decimal(str(t)) for n, t in varden.items()}
    return Utfall(
        nyckel,
        Kalla.SKRIVET,
        *in_order(tal),
        tryckt=tryckt.tryckt if tryckt else None,
        kommentar=row.kommentar,
        kallnot=row.kalla,
    )


def _computed(indikator: Indikator, figur: Figur, period: Period, tryckt: Utfall | None) -> Utfall:
    tal = {
        n: None
        if (t := figur.varde.get(n)) is None
        else convert(Decimal(str(t)), figur.enhet, indikator.enhet)
        for n in NYCKLAR
    }
    return Utfall(
        plain_period(period.text),
        Kalla.BERAKNAT,
        *in_order(tal),
        tryckt=tryckt.tryckt if tryckt else None,
        figur=figur,
    )


def _malbilder(
    plan: LagradPlan,
    ord_: Planord,
    period: Period,
    bilder: Mapping[str, Indikatorbild],
    aktiviteter: Sequence[Aktivitetsbild],
) -> tuple[Malbild, ...]:
    """Every goal, those below judged before those above."""
    dokument, skala = plan.dokument, plan.dokument.bedomning
    ordnade = order_tree(dokument.mal)
    ut: dict[str, Malbild] = {}
    for djup, mal in reversed(ordnade):
        id_ = plan.mal_id[mal.kod]
        egna = [i for i in dokument.indikatorer if i.mal == mal.kod]
        gor = tuple(a for a in aktiviteter if a.aktivitet.mal == mal.kod)
        egen_farg = judge_mal(
            [bilder[i.kod].uppfyllelse for i in egna], _lagen(gor), prognos=_is_prognos(period)
        )
        under = [to_farg(skala, bild.bedomning) for bild in ut.values() if bild.mal.overordnat == mal.kod]
        maskinens = from_farg(skala, weigh([egen_farg, *under]))
        egen = ord_.egna_mal.get(id_)
        tryckt = mal.bedomning if _is_of_plan(plan, period) else ""
        ut[mal.kod] = Malbild(
            id_,
            mal,
            djup,
            egen.bedomning if egen else tryckt or maskinens,
            maskinens,
            egen,
            tuple(i.kod for i in (*egna, *(v for v in dokument.volymer if v.mal == mal.kod))),
            gor,
            ord_.om_mal.get(id_, ()),
        )
    return tuple(ut[mal.kod] for _, mal in ordnade)


def _lagen(aktiviteter: Sequence[Aktivitetsbild]) -> list[Aktivitetslage]:
    """What is told of a goal's activities: where something is, the rest are Ej startad; else nothing is."""
    if not any(a.lage for a in aktiviteter):
        return []
    return [a.lage.status if a.lage else Aktivitetslage.EJ_STARTAD for a in aktiviteter]
