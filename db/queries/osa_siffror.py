"""The figures of the screen OSA: all of them rows of the report `osa`, for several years at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.figurer.osa import count_beslut, count_overgangar, count_personer
from db.queries.osa import OsaTid
from db.rules.figurer import Figur

AR = 6  # how many years are shown


@dataclass(frozen=True, slots=True)
class Siffror:
    """Rows of the report `osa`. `ar` are the years of the picture with their rows of persons; `personer`,
    `overgang` are of the year of `tid` up to its last day, `utan` and `gar_ut` of `tid` itself."""

    tid: OsaTid
    mal: int
    ar: tuple[tuple[int, tuple[Figur, ...]], ...]
    personer: tuple[Figur, ...]
    overgang: Figur
    utan: Figur
    gar_ut: Figur


def read_siffror(session: Session, aktor: Aktor, tid: OsaTid, mal: int) -> Siffror:  # noqa: ARG001 - all are counted
    """The figures of the screen, all of them rows of the report. Three statements."""
    klippt = clip_tid(tid)
    ar, idag = list_ar(tid.idag), tid.idag
    fran, till = date(klippt.till.year, 1, 1), klippt.till
    *per_ar, personer = count_personer(session, [*(year_span(one, idag) for one in ar), (fran, till)])
    overgang = count_overgangar(session, fran, till, till)
    utan, gar_ut = count_beslut(session, klippt.fran, till, till)
    return Siffror(
        klippt, mal, trim_ar(tuple(zip(ar, per_ar, strict=True))), personer, overgang, utan, gar_ut
    )


def trim_ar(ar: Sequence[tuple[int, tuple[Figur, ...]]]) -> tuple[tuple[int, tuple[Figur, ...]], ...]:
    """From the first year that anybody was in OSA or had lönebidrag; the last two whatever they hold."""
    first = next((at for at, (_, rader) in enumerate(ar) if any(rad.varde.totalt for rad in rader)), len(ar))
    return tuple(ar[min(first, max(len(ar) - 2, 0)) :])


def list_ar(idag: date) -> tuple[int, ...]:
    """The years that can be shown, in order of time."""
    return tuple(range(idag.year - AR + 1, idag.year + 1))


def clip_tid(tid: OsaTid) -> OsaTid:
    """The days that figures can be told of: today where the day is yet to come."""
    return OsaTid(min(tid.fran, tid.idag), min(tid.till, tid.idag), tid.idag)


def year_span(ar: int, idag: date) -> tuple[date, date]:
    """What has come of a year."""
    return date(ar, 1, 1), min(date(ar, 12, 31), idag)
