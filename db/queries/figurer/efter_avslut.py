"""What came of the avslut of a period: försörjning before and after, and whether arbete or studier lasted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import Deltagare, Inskrivning, Uppfoljning
from db.queries.figurer.avslut import counts_as, in_period
from db.queries.figurer.gemensamt import Kon, by_kon, last_seen, share_of
from db.rules.avslut import asks_for_month
from db.rules.figurer import Figur, Konsvarden
from db.rules.koder import Uppfoljningsslag
from db.rules.period import Period
from db.rules.uppfoljning import find_sista_dag, is_kvar, leads_to_arbete_studier

Vag = tuple[str | None, str | None]
MANADER: Mapping[str, int] = {
    Uppfoljningsslag.EN_MANAD.value: 1,
    Uppfoljningsslag.SEX_MANADER.value: 6,
    Uppfoljningsslag.TOLV_MANADER.value: 12,
}
_EN_MANAD = Uppfoljningsslag.EN_MANAD.value


@dataclass(frozen=True, slots=True)
class Varaktighet:
    """Of the avslut to work or studies that were to be followed up: all, those with an answer, and those who
    were still there."""

    slag: str
    alla: Konsvarden
    svar: Konsvarden
    kvar: Konsvarden

    @property
    def av_svar(self) -> Figur:
        """The share of those asked who answered."""
        return self._share("svar", self.svar)

    @property
    def av_alla(self) -> Figur:
        """The share of all, where nobody is taken to be there without an answer."""
        return self._share("alla", self.alla)

    def _share(self, av: str, namnare: Konsvarden) -> Figur:
        taljare_id, namnare_id = f"kvar.{self.slag}", f"{av}.{self.slag}"
        return share_of(
            f"andel.{av}.{self.slag}", self.kvar, namnare, taljare_id=taljare_id, namnare_id=namnare_id
        )


def count_forsorjning(session: Session, period: Period, per: date) -> dict[Vag, Konsvarden]:
    """Avslut of the period by försörjning before and after; None where it is not told. One statement."""
    vag = (Inskrivning.forsorjning_fore, Inskrivning.forsorjning_efter)
    query = (
        select(*vag, Deltagare.kon, func.count())
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(in_period(period, per))
        .group_by(*vag, Deltagare.kon)
    )
    antal: defaultdict[Vag, Counter[Kon]] = defaultdict(Counter)
    rows: Iterable[Any] = session.execute(query)
    for fore, efter, kon, hur_manga in rows:
        antal[fore, efter][kon] += hur_manga
    return {par: by_kon(counter.items()) for par, counter in antal.items()}


def list_varaktighet(session: Session, period: Period, per: date) -> tuple[Varaktighet, ...]:
    """Whether work and studies have lasted one, six and twelve months: of the avslut whose day for it lies in
    the period, as known on `per`. Three statements."""
    return tuple(_count_varaktighet(session, slag, period, per) for slag in MANADER)


def falls_in(slag: str, period: Period, per: date) -> ColumnElement[bool]:
    """Whether the months of a follow-up of an avslut have gone some day of the period, as far as it had come
    on `per`: from the first day of the work for the month of R10, else from the avslut."""
    manader = MANADER[slag]
    efter = find_sista_dag(period.fran - timedelta(1), manader)
    senast = find_sista_dag(last_seen(period, per), manader)
    if slag != _EN_MANAD:
        return and_(Inskrivning.avslutad > efter, Inskrivning.avslutad <= senast)
    fran = Inskrivning.arbete_fran
    avslut = and_(fran.is_(None), Inskrivning.avslutad > efter, Inskrivning.avslutad <= senast)
    return and_(Inskrivning.avslutad.is_not(None), or_(and_(fran > efter, fran <= senast), avslut))


def is_asked(slag: str) -> ColumnElement[bool]:
    """Whether it is asked of an avslut if it has lasted: the month of R10 of work, later of studies too."""
    if slag == _EN_MANAD:
        return counts_as(lambda resultat, _manad: asks_for_month(resultat))
    return counts_as(lambda resultat, _manad: leads_to_arbete_studier(resultat))


def answer_of(slag: str, per: date) -> ColumnElement[bool]:
    """The condition that joins an Inskrivning to its follow-up that was done by `per`."""
    return and_(
        Uppfoljning.inskrivning_id == Inskrivning.id, Uppfoljning.slag == slag, Uppfoljning.genomford <= per
    )


def _count_varaktighet(session: Session, slag: str, period: Period, per: date) -> Varaktighet:
    kolumner = (
        Deltagare.kon, Inskrivning.resultat, Inskrivning.minst_en_manad, Uppfoljning.forsorjning,
    )  # fmt: skip
    query = (
        select(*kolumner, func.count())
        .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
        .outerjoin(Uppfoljning, answer_of(slag, per))
        .where(falls_in(slag, period, per), is_asked(slag))
        .group_by(*kolumner)
    )
    alla, svar, kvar = Counter[Kon](), Counter[Kon](), Counter[Kon]()
    rows: Iterable[Any] = session.execute(query)
    for kon, resultat, manad, forsorjning, antal in rows:
        har = is_kvar(slag, resultat, manad, forsorjning)
        alla[kon] += antal
        svar[kon] += antal * (har is not None)
        kvar[kon] += antal * bool(har)
    return Varaktighet(slag, *(by_kon(counter.items()) for counter in (alla, svar, kvar)))
