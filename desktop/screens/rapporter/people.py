"""The people behind a number of the report shown, and in words what they are to it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.queries.bakom.gemensamt import Vad
from db.queries.rapport_personer import find_vad, list_bakom
from db.queries.rapporturval import keep_urval
from db.rules.figurer import Rad, Rapport
from db.rules.period import make_period
from db.rules.urval import Urval
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.bakom import BakomDialog, show_people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.queries.flode_personer import PersonBakom

# What the list is to the number, and the heads of the columns that tell why and how much; "": as many.
WORDS: dict[Vad, tuple[str, str, str]] = {
    Vad.ANTAL: ("", "Uppgift", ""),
    Vad.HUSHALL: ("Ett namn för varje hushåll.", "Övriga i hushållet", ""),
    Vad.ANDEL: ("Alla som andelen räknas på. De som räknas in i den står först.", "Räknas in", ""),
    Vad.MEDEL: ("Talet är ett medelvärde. Här är alla som det räknas på.", "Uppgift", ""),
    Vad.DAGAR: (
        "Talet är ett medelvärde eller en median. Här är alla som det räknas på och deras dagar.",
        "Uppgift",
        "Dagar",
    ),
    Vad.MANADER: (
        "Talet är ett medelvärde av periodens månader. Här är alla som det räknas på och deras månader.",
        "Uppgift",
        "Månader",
    ),
    Vad.BARN: (
        "Talet är antalet barn. Här är hushållen med barn, ett namn för varje.",
        "Övriga i hushållet",
        "Barn",
    ),
    Vad.HELAR: (
        "Här är alla som har haft en insats och deras del av helårsplatserna.",
        "Uppgift",
        "Helårsplatser",
    ),
    Vad.PLATSDAGAR: (
        "Andelen räknas på platser och dagar. Här är alla som har haft en plats och deras dagar.",
        "Enhet",
        "Dagar",
    ),
}


def may_open(rad_id: str) -> bool:
    """Whether the row of that id has people to show."""
    return find_vad(rad_id) is not None


def show_people_of(
    over: QWidget,
    context: Context,
    rapport: Rapport,
    rad_id: str,
    kon: str,
    open_card: Callable[[int], None],
) -> BakomDialog:
    """Open the list of a row of the report, of one kön or all."""
    vad = find_vad(rad_id)
    assert vad is not None  # may_open
    note, words, tal = (tr(text) if text else "" for text in WORDS[vad])
    period, per = make_period(*map(date.fromisoformat, rapport.period)), date.fromisoformat(rapport.per)
    urval = Urval.from_parametrar(dict(rapport.urval))

    def load(session: "Session") -> "Sequence[PersonBakom]":
        found = list_bakom(session, context.aktor, rad_id, kon, period, per)
        return keep_urval(session, found, urval, period, per)

    rad = _find(rapport, rad_id)
    antal = rad.varde.get(kon) if vad is Vad.ANTAL else None
    return show_people(
        over, context, f"{rad.etikett}, {rapport.period_namn}", load, words, open_card,
        tal=tal, note=note, antal=antal,
    )  # fmt: skip


def _find(rapport: Rapport, rad_id: str) -> Rad:
    return next(rad for avsnitt in rapport.avsnitt for rad in avsnitt.rader if rad.id == rad_id)
