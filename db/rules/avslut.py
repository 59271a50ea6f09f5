"""Avslut and egen försörjning (R9–R11): what each result counts as, who has come back, who has not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from db.rules.koder import Resultat
from db.rules.period import add_months, month_index

Koladaklass = Literal["A", "B", "C", "D", "E", "invantar"]


@dataclass(frozen=True, slots=True)
class Resultatregel:
    """A row of R9. `kraver_manad`: counts as A only when at least one unbroken month is confirmed (R10)."""

    kolada: Literal["A", "B", "C", "D", "E"]
    egen_forsorjning: bool
    kraver_manad: bool = False


REGLER: Mapping[str, Resultatregel] = {
    Resultat.ARBETE: Resultatregel("A", True, kraver_manad=True),
    Resultat.ARBETE_MED_STOD: Resultatregel("A", True, kraver_manad=True),
    Resultat.EGET_FORETAG: Resultatregel("A", True, kraver_manad=True),
    Resultat.KOMMUNAL_ANSTALLNING: Resultatregel("E", False),
    Resultat.STUDIER: Resultatregel("B", True),
    Resultat.STUDIER_UTAN_STUDIEMEDEL: Resultatregel("E", False),
    Resultat.ANNAN_MYNDIGHET: Resultatregel("C", False),
    Resultat.SJUKERSATTNING: Resultatregel("C", True),
    Resultat.SLUTFORT_UPPDRAG: Resultatregel("D", False),
    Resultat.PENSION: Resultatregel("E", True),
    Resultat.ANNAN_FORSORJNING: Resultatregel("E", True),
    Resultat.AVBRUTIT: Resultatregel("E", False),
    Resultat.FLYTTAT: Resultatregel("E", False),
    Resultat.AVLIDIT: Resultatregel("E", False),
}


def asks_for_month(resultat: str) -> bool:
    """Whether the result is work, whose first month is asked for (R10); False for one R9 does not know."""
    return resultat in REGLER and REGLER[resultat].kraver_manad


def classify_avslut(resultat: str, minst_en_manad: bool | None) -> Koladaklass:
    """Kolada's letter (R9, R10): A only when the month is confirmed; unknown is `invantar`, nej is E.

    Raises KeyError for a result that R9 does not know.
    """
    regel = REGLER[resultat]
    if not regel.kraver_manad:
        return regel.kolada
    if minst_en_manad is None:
        return "invantar"
    return "A" if minst_en_manad else "E"


def is_arbete_studier(resultat: str, minst_en_manad: bool | None) -> bool:
    """A or B: what U40455 counts (R9)."""
    return classify_avslut(resultat, minst_en_manad) in ("A", "B")


def is_egen_forsorjning(resultat: str) -> bool:
    """Botkyrka's wider count (R9): the result alone decides, whether or not a month is confirmed (R10)."""
    return REGLER[resultat].egen_forsorjning


def find_bekraftelsedag(resultat: str, minst_en_manad: bool | None, fran: date) -> date | None:
    """The day from which an avslut waits in the work list for its month to be confirmed (R10), else None.

    `fran` is the day the work began, or the day of the avslut where that is not known.
    """
    return add_months(fran, 1) if classify_avslut(resultat, minst_en_manad) == "invantar" else None


def awaits_confirmation(resultat: str, minst_en_manad: bool | None, fran: date, dag: date) -> bool:
    """Whether the avslut stands in the work list on `dag` (R10, see `find_bekraftelsedag`)."""
    bekraftelsedag = find_bekraftelsedag(resultat, minst_en_manad, fran)
    return bekraftelsedag is not None and bekraftelsedag <= dag


def is_ateraktualiserad(avslutad: date, starter: Iterable[date], dag: date) -> bool:
    """Whether the person has something new started within 365 days of the close (R11), seen on `dag`.

    `starter` are ansökan days of the person's ärenden (or inskriven days of inskrivningar). What starts on
    the day of the close is no return, and so what was closed never counts as its own return.
    """
    sista = min(avslutad + timedelta(days=365), dag)
    return any(avslutad < start <= sista for start in starter)


def find_ateraktualiseringar(
    perioder: Iterable[tuple[int, date, date | None]], dag: date
) -> list[tuple[int, int]]:
    """Which of a person's ärenden (or inskrivningar) is a return from which, as pairs of ids (R11).

    `perioder` are id, start and close. Each closed one is paired with the first that starts within 365 days
    of its close, seen on `dag`.
    """
    ordered = sorted(perioder, key=lambda period: period[1])
    pairs = []
    for own_id, _, slut in ordered:
        if slut is None:
            continue
        back = (other for other, start, _ in ordered if is_ateraktualiserad(slut, (start,), dag))
        pairs += [(own_id, other) for other in islice(back, 1)]
    return pairs


def find_slutmanad(manader: Collection[int], ar: int) -> int | None:
    """The manadsindex in which försörjningsstöd ended in the first half of `ar` − 1 (R11), or None.

    It ended in a biståndsmånad that no biståndsmånad follows; of several in the half-year the latest counts:
    a person is in the base once, and a pause inside the half-year is no failure of its own. Two other
    readings were left aside: only endings with some months of absence (the base would be chosen by the
    outcome), and the person's last month ever (nobody in the base could have come back).
    """
    januari = (ar - 1) * 12
    for manad in range(januari + 5, januari - 1, -1):
        if manad in manader and manad + 1 not in manader:
            return manad
    return None


def is_ej_ateraktualiserad(manader: Collection[int], slutmanad: int) -> bool:
    """Whether none of the 12 months after `slutmanad` is a biståndsmånad (R11)."""
    return not any(manad in manader for manad in range(slutmanad + 1, slutmanad + 13))


def count_ej_ateraktualiserade(personer: Iterable[Collection[int]], ar: int) -> tuple[int, int]:
    """Persons not back within 12 months, and all whose stöd ended, for year `ar` (R11).

    Each person is the biståndsmånader (manadsindex) of every ärende in which they are sökande or medsökande.
    """
    ej_tillbaka = bas = 0
    for manader in personer:
        slutmanad = find_slutmanad(manader, ar)
        if slutmanad is not None:
            bas += 1
            ej_tillbaka += is_ej_ateraktualiserad(manader, slutmanad)
    return ej_tillbaka, bas


def find_trettonde_manad(slut: date) -> int:
    """The 13th month after the month in which an arbetsmarknadsanställning ended (R11), as manadsindex."""
    return month_index(slut) + 13
