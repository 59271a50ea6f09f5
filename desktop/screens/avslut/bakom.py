"""What stands behind the figures, bars and cells of avslut: a title, the people, and what is told of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.avslut_personer import (
    ALLA_KON,
    Grupp,
    Vad,
    came_back,
    has_result,
    list_aterkomna,
    list_avslutade,
    list_uppfoljda,
    of_klass,
    of_kon,
    went,
)
from db.queries.figurer.avslut import KLASSER, counts_as
from db.queries.flode_personer import PersonBakom
from db.rules.avslut import is_arbete_studier, is_egen_forsorjning
from db.rules.koder import Uppfoljningsslag
from db.rules.period import Period
from desktop.formatting import days
from desktop.i18n import tr
from desktop.screens.avslut.model import KLASSNAMN, TOTALT
from desktop.screens.avslut.pictures import INTE_ANGIVEN
from desktop.screens.avslut.rows import kvar_text
from desktop.screens.words import first_upper

Load = Callable[[Session, Aktor], Sequence[PersonBakom]]
_KON: dict[str, tuple[Grupp, str]] = {
    "": (ALLA_KON, ""), "K": ("K", "kvinnor"), "M": ("M", "män"), "-": (None, "uppgift saknas"),
}  # fmt: skip
_KLASS = {f"avslut.{namn}": klass for klass, namn in KLASSER.items()}


@dataclass(frozen=True, slots=True)
class Bakom:
    """A list to open: its title, how it is read, and the head of the column that tells why."""

    title: str
    load: Load
    words: str


class Oppnare:
    """Makes the lists of a period as known on a day; `namn` is the period in a sentence."""

    def __init__(self, period: Period, per: date, namn: str) -> None:
        self._period, self._per, self._namn = period, per, namn

    def figure(self, key: str) -> Bakom | None:
        """Behind a key figure."""
        if key == "kvar":
            return self.part(f"kvar:{Uppfoljningsslag.TOLV_MANADER.value}:svar:")
        if key == "tillbaka":
            return self._back(tr("Åter inom 365 dagar"), "")
        egen = counts_as(lambda resultat, _manad: is_egen_forsorjning(resultat))
        kinds = {
            "totalt": (tr("Avslutade"), ()),
            "arbete_studier": (tr("Till arbete eller studier"), (counts_as(is_arbete_studier),)),
            "egen": (
                tr("Till egen försörjning"),
                (egen,),
            ),
            "invantar": (tr("Inväntar bekräftelse"), (of_klass("invantar"),)),
        }
        return self._closed(*kinds[key]) if key in kinds else None

    def part(self, id_: str) -> Bakom | None:
        """Behind a bar, a cell or a row of a table."""
        kind, *rest = id_.split(":")
        if kind == "klass":
            return self._klass(rest[0], rest[1])
        if kind == "vag":
            return self._way(*rest)
        if kind == "kvar":
            return self._lasted(rest[0], cast(Vad, rest[1]), rest[2])
        if kind == "dagar":
            title = f"{tr('Åter')} {rest[0]}–{rest[1]} {tr('dagar efter avslutet')}"
            return self._back(title, rest[2], came_back(self._per, int(rest[0]), int(rest[1])))
        if kind == "ater":
            title = f"{first_upper(rest[0])}: {tr('åter inom 365 dagar')}"
            return self._back(title, rest[1], has_result(rest[0]))
        return self._row(kind)

    def _row(self, id_: str) -> Bakom | None:
        """A row of the table of results."""
        if id_ == TOTALT:
            return self.figure("totalt")
        if id_ in _KLASS:
            return self._klass(_KLASS[id_], "")
        _, _, rest = id_.partition("resultat.")
        klass, _, resultat = rest.partition(".")
        return self._closed(first_upper(resultat), (of_klass(klass), has_result(resultat))) if rest else None

    def _klass(self, klass: str, kon: str) -> Bakom:
        return self._closed(tr(dict(KLASSNAMN)[klass]), (of_klass(klass),), kon)  # type: ignore[index]

    def _way(self, fore: str, efter: str, kon: str) -> Bakom:
        title = f"{first_upper(fore or tr(INTE_ANGIVEN))} → {efter or tr(INTE_ANGIVEN)}"
        return self._closed(title, (went(fore or None, efter or None),), kon)

    def _closed(self, title: str, villkor: tuple[ColumnElement[bool], ...], kon: str = "") -> Bakom:
        grupp, namn = _KON[kon]

        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            return list_avslutade(session, aktor, self._period, self._per, *villkor, *of_kon(grupp))

        return Bakom(self._title(title, namn), load, tr("Resultat"))

    def _back(self, title: str, kon: str, *villkor: ColumnElement[bool]) -> Bakom:
        grupp, namn = _KON[kon]

        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            return list_aterkomna(
                session, aktor, self._period, self._per, back_text, *villkor, *of_kon(grupp)
            )

        return Bakom(self._title(title, namn), load, tr("Kom tillbaka"))

    def _lasted(self, slag: str, vad: Vad, kon: str) -> Bakom:
        grupp, namn = _KON[kon]

        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            return list_uppfoljda(
                session, aktor, slag, self._period, self._per, vad, kvar_text, *of_kon(grupp)
            )

        return Bakom(self._title(f"{tr('Följs upp efter')} {slag}", namn), load, tr("Svar"))

    def _title(self, title: str, kon: str) -> str:
        return ", ".join(part for part in (f"{title} {self._namn}", tr(kon)) if part)


def back_text(resultat: str, dagar: int) -> str:
    """ "studier, efter 43 dagar"."""
    return f"{resultat}, {tr('efter')} {days(dagar)}"
