"""The local two-week aktivitetskrav (R3–R8): start, frist, first activity, status and days, per ärende.

Intervals are (first day, last day), both inclusive, last day None while open. All functions work on what is
known of one ärende; which insatser count (`räknas som aktivitet`) is chosen by whoever fetches them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Intervall = tuple[date, date | None]

_SISTA = date.max.toordinal()


class Startpunkt(StrEnum):
    """What starts the clock: setting `aktivitetskrav.startpunkt`."""

    BEVILJANDE = "beviljande"
    ANSOKAN = "ansokan"


class Status(StrEnum):
    """R6, in the order in which they are tried."""

    UPPFYLLT = "uppfyllt"
    UPPFYLLT_SENT = "uppfyllt_sent"
    AVSLUTAT_FORE_FRIST = "avslutat_fore_frist"
    UNDANTAG = "undantag"
    FORFALLET = "forfallet"
    PAGAR = "pagar"


@dataclass(frozen=True, slots=True)
class Installningar:
    """The settings `aktivitetskrav.startpunkt` and `aktivitetskrav.dagar`."""

    startpunkt: Startpunkt = Startpunkt.BEVILJANDE
    dagar: int = 14


STANDARD = Installningar()


@dataclass(frozen=True, slots=True)
class ArendeData:
    """What the rules need of an ärende; `insatser` are all counting insatser of the person, in any order."""

    arende: str
    ansokan: date
    beslut: date | None = None
    utfall: str | None = None
    avslutat: date | None = None
    undantag: Sequence[Intervall] = ()
    insatser: Sequence[Intervall] = ()


@dataclass(frozen=True, slots=True)
class Bedomning:
    """An ärende on a day: S, F, A (None unless it counts), status, and the days of R7 from S to A."""

    start: date
    frist: date | None
    aktivitet: date | None
    status: Status
    dagar: int | None


@dataclass(frozen=True, slots=True)
class UtanAktivitet:
    """A row of the work list of R8: without activity for `dagar` days, since the end of day `sedan`.

    `ny_frist` says that the frist follows an ended activity and is in no figure of R7.
    """

    sedan: date
    dagar: int
    frist: date | None
    ny_frist: bool


def judge(arende: ArendeData, dag: date, installningar: Installningar = STANDARD) -> Bedomning | None:
    """The ärende as it stands on `dag` (R3–R7); None when it is not followed or starts after that day."""
    start = find_start(arende, installningar)
    if start is None or start > dag:
        return None
    frist = calculate_frist(start, arende.undantag, installningar.dagar)
    aktivitet = find_aktivitet(start, arende.insatser, dag)
    if aktivitet is not None and arende.avslutat is not None and aktivitet > arende.avslutat:
        aktivitet = None
    status = find_status(dag, frist, aktivitet, arende.avslutat, arende.undantag)
    dagar = None if aktivitet is None else count_dagar(start, aktivitet, arende.undantag)
    return Bedomning(start, frist, aktivitet, status, dagar)


def find_start(arende: ArendeData, installningar: Installningar = STANDARD) -> date | None:
    """S of R3: the day of a beslut that is bifall.

    Under the other setting the day of the ansökan, also while it is undecided, but not when it was refused.
    """
    if installningar.startpunkt is Startpunkt.ANSOKAN:
        return None if arende.utfall == "avslag" else arende.ansokan
    return arende.beslut if arende.utfall == "bifall" else None


def calculate_frist(start: date, undantag: Sequence[Intervall], dagar: int) -> date | None:
    """F of R4: the `dagar`-th day after `start` that no undantag covers; None while an open one hides it.

    S itself is never counted, covered or not. An open undantag hides only days from its first: where enough
    free days come before it, F stands.
    """
    plats, kvar = start.toordinal(), dagar
    for forsta, sista in _merge(undantag) if undantag else ():
        fria = max(0, forsta - 1 - plats)
        if fria >= kvar:
            break
        kvar -= fria
        plats = max(plats, sista)
    return date.fromordinal(plats + kvar) if plats + kvar <= _SISTA else None


def find_aktivitet(start: date, insatser: Sequence[Intervall], dag: date) -> date | None:
    """A of R5: the first day from `start` an insats runs; one starting after `dag` is only planned."""
    forst: date | None = None
    for borjan, slut in insatser:
        if borjan > dag or (slut is not None and (slut < start or slut < borjan)):
            continue
        if borjan <= start:
            return start
        if forst is None or borjan < forst:
            forst = borjan
    return forst


def find_status(
    dag: date,
    frist: date | None,
    aktivitet: date | None,
    avslutat: date | None,
    undantag: Sequence[Intervall],
) -> Status:
    """R6 on a day not before S, first that fits; an activity after the close must already be left out."""
    if aktivitet is not None and aktivitet <= dag:
        return Status.UPPFYLLT if frist is None or aktivitet <= frist else Status.UPPFYLLT_SENT
    if avslutat is not None and avslutat <= dag and (frist is None or avslutat <= frist):
        return Status.AVSLUTAT_FORE_FRIST
    if is_covered(dag, undantag):
        return Status.UNDANTAG
    return Status.FORFALLET if frist is not None and dag > frist else Status.PAGAR


def count_dagar(start: date, aktivitet: date, undantag: Sequence[Intervall]) -> int:
    """Days to activity (R7): days after S up to and with A that no undantag covers; A − S without undantag.

    Counted as R4 counts, so that an activity on F took exactly as many days as were given.
    """
    fran, till = start.toordinal() + 1, aktivitet.toordinal()
    dagar = till - fran + 1
    for forsta, sista in _merge(undantag) if undantag else ():
        dagar -= max(0, min(sista, till) - max(forsta, fran) + 1)
    return dagar


def count_dagar_kvar(bedomning: Bedomning, dag: date) -> int | None:
    """F − D of an ärende that is `pagar` (R6); None for any other, and while there is no frist."""
    if bedomning.status is not Status.PAGAR or bedomning.frist is None:
        return None
    return (bedomning.frist - dag).days


def count_dagar_over(bedomning: Bedomning, dag: date) -> int | None:
    """D − F of an ärende that is `forfallet`, A − F of one `uppfyllt_sent` (R6); None for any other."""
    if bedomning.frist is None:
        return None
    if bedomning.status is Status.UPPFYLLT_SENT and bedomning.aktivitet is not None:
        return (bedomning.aktivitet - bedomning.frist).days
    return (dag - bedomning.frist).days if bedomning.status is Status.FORFALLET else None


def is_covered(dag: date, undantag: Sequence[Intervall]) -> bool:
    """Whether the day lies inside an interval."""
    return any(forsta <= dag and (sista is None or dag <= sista) for forsta, sista in undantag)


def place_in_period(
    bedomning: Bedomning, fran: date, till: date
) -> Literal["bas", "utan_frist", "avslutat"] | None:
    """Where R7 counts the ärende in a period, each in one place only; None: in another period.

    Without F the day S decides and the ärende is `utan_frist`, whatever its status; with F the day F decides,
    and `avslutat_fore_frist` stands apart from the base.
    """
    if bedomning.frist is None:
        return "utan_frist" if fran <= bedomning.start <= till else None
    if not fran <= bedomning.frist <= till:
        return None
    return "avslutat" if bedomning.status is Status.AVSLUTAT_FORE_FRIST else "bas"


def find_utan_aktivitet(
    arende: ArendeData, dag: date, installningar: Installningar = STANDARD
) -> UtanAktivitet | None:
    """R8 on `dag`, None when the ärende is not on the list; an ärende is open until the day it is closed.

    Ends before S do not count. Before any activity the frist is that of R4; after an ended one it is a new
    frist, counted from the end of the last activity or undantag.
    """
    start = find_start(arende, installningar)
    if start is None or start > dag or (arende.avslutat is not None and arende.avslutat <= dag):
        return None
    if is_covered(dag, arende.insatser) or is_covered(dag, arende.undantag):
        return None
    slut = [sista for _, sista in (*arende.insatser, *arende.undantag) if sista is not None and sista < dag]
    sedan = max(start, *slut) if slut else start
    ny_frist = find_aktivitet(start, arende.insatser, dag) is not None
    frist = calculate_frist(sedan if ny_frist else start, arende.undantag, installningar.dagar)
    return UtanAktivitet(sedan, (dag - sedan).days, frist, ny_frist)


def _merge(undantag: Sequence[Intervall]) -> list[tuple[int, int]]:
    """The intervals as ordinals, in order, those that overlap joined: a day is covered once (R4)."""
    sedda = sorted(
        (forsta.toordinal(), _SISTA if sista is None else sista.toordinal())
        for forsta, sista in undantag
        if sista is None or sista >= forsta
    )
    hopslagna: list[tuple[int, int]] = []
    for forsta, sista in sedda:
        if hopslagna and forsta <= hopslagna[-1][1]:
            hopslagna[-1] = (hopslagna[-1][0], max(hopslagna[-1][1], sista))
        else:
            hopslagna.append((forsta, sista))
    return hopslagna
