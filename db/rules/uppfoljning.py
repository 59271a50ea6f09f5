"""Follow-ups of an avslut: which ones there are to be, how each stands, and what has lasted."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Literal

from db.rules.avslut import REGLER, asks_for_month, find_bekraftelsedag
from db.rules.koder import Forsorjning, Resultat, Uppfoljningsslag
from db.rules.period import add_months

Lage = Literal["kommande", "idag", "forfallen", "gjord", "utan_svar"]
Jamforelse = Literal["samma", "bistand", "annan"]

# What somebody usually lives on after each result, a first guess in the form; else ekonomiskt bistånd.
FORSORJNING_EFTER: Mapping[str, Forsorjning] = {
    Resultat.ARBETE: Forsorjning.LON,
    Resultat.ARBETE_MED_STOD: Forsorjning.LON_MED_STOD,
    Resultat.EGET_FORETAG: Forsorjning.EGET_FORETAG,
    Resultat.KOMMUNAL_ANSTALLNING: Forsorjning.LON_MED_STOD,
    Resultat.STUDIER: Forsorjning.STUDIEMEDEL,
    Resultat.ANNAN_MYNDIGHET: Forsorjning.AKTIVITETSSTOD,
    Resultat.SJUKERSATTNING: Forsorjning.SJUKERSATTNING,
    Resultat.PENSION: Forsorjning.PENSION,
    Resultat.ANNAN_FORSORJNING: Forsorjning.ANNAN,
}
# Those who have left the municipality or died are not followed up.
UTAN_UPPFOLJNING = (Resultat.FLYTTAT, Resultat.AVLIDIT)
# What somebody who is in work or studies lives on.
ARBETE_STUDIER = (
    Forsorjning.LON, Forsorjning.LON_MED_STOD, Forsorjning.EGET_FORETAG, Forsorjning.STUDIEMEDEL,
)  # fmt: skip
_MANADER = ((Uppfoljningsslag.SEX_MANADER, 6), (Uppfoljningsslag.TOLV_MANADER, 12))


def plan_uppfoljningar(
    resultat: str, minst_en_manad: bool | None, arbete_fran: date | None, avslutad: date
) -> dict[str, date]:
    """The follow-ups of an avslut and the day each falls due: the month of R10 where it is unknown, counted
    from the first day of the work, then 6 and 12 months after the avslut. Raises KeyError as R9 does."""
    if resultat in UTAN_UPPFOLJNING:
        return {}
    plan: dict[str, date] = {}
    bekraftas = find_bekraftelsedag(resultat, minst_en_manad, arbete_fran or avslutad)
    if bekraftas is not None:
        plan[Uppfoljningsslag.EN_MANAD.value] = bekraftas
    return plan | {slag.value: add_months(avslutad, antal) for slag, antal in _MANADER}


def find_oplanerade(plan: Mapping[str, date], planerade: Collection[str], dag: date) -> dict[str, date]:
    """Of a plan what nobody has planned and is still to come, as after an avslut that was imported."""
    return {slag: planerad for slag, planerad in plan.items() if slag not in planerade and planerad >= dag}


def find_manadens_dag(bekraftas: date, planerad: date | None) -> date:
    """The day that the month of R10 is asked for: when it has gone, or a later day that it was moved to."""
    return bekraftas if planerad is None else max(bekraftas, planerad)


def place_uppfoljning(
    slag: str, planerad: date, genomford: date | None, forsorjning: str | None, dag: date
) -> Lage:
    """How a follow-up stands on `dag`. One that is ended without telling what the person lives on got no
    answer; the month of R10 has an answer of its own."""
    if genomford is not None:
        asked = slag != Uppfoljningsslag.EN_MANAD.value
        return "utan_svar" if asked and forsorjning is None else "gjord"
    if planerad == dag:
        return "idag"
    return "forfallen" if planerad < dag else "kommande"


def compare_forsorjning(efter: str | None, nu: str | None) -> Jamforelse | None:
    """Whether what came after the avslut has lasted: the same, back to ekonomiskt bistånd, or another; None
    where either is unknown."""
    if efter is None or nu is None:
        return None
    if efter == nu:
        return "samma"
    return "bistand" if nu == Forsorjning.EKONOMISKT_BISTAND.value else "annan"


def leads_to_arbete_studier(resultat: str) -> bool:
    """Whether an avslut was to work or studies, be the month of R10 confirmed or not: those of whom it is
    asked later whether it has lasted. Raises KeyError as R9 does."""
    return REGLER[resultat].kolada in ("A", "B")


def is_kvar(slag: str, resultat: str, minst_en_manad: bool | None, forsorjning: str | None) -> bool | None:
    """Whether somebody who went to work or studies is still there by a follow-up; None without an answer.

    After one month it is the answer of R10, which is asked of work alone; later what the person lives on.
    """
    if slag == Uppfoljningsslag.EN_MANAD.value:
        return minst_en_manad if asks_for_month(resultat) else None
    return None if forsorjning is None else forsorjning in ARBETE_STUDIER


def find_sista_dag(dag: date, manader: int) -> date:
    """The last day from which so many months have gone on `dag`, as add_months counts: an avslut of that day
    or earlier is to have been followed up."""
    sista = add_months(dag, -manader)
    while add_months(sista + timedelta(1), manader) <= dag:
        sista += timedelta(1)
    return sista
