"""Every act on the card by name. A form's module is imported when it is first opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen

Opener = Callable[["KortScreen", Card, Akt], object]


def _insats(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.insats import InsatsPresenter

    return InsatsPresenter(screen, screen.context, card, akt.id)


def _mote(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.mote import MotePresenter

    return MotePresenter(screen, screen.context, card, akt.id)


def _avslut(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.avslut import AvslutPresenter

    return AvslutPresenter(screen, screen.context, card)


def _planering(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.planering import PlaneringPresenter

    return PlaneringPresenter(screen, screen.context, card)


def _bocka_steg(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.planering import tick

    assert akt.id is not None
    tick(screen, screen.context, akt.id, klar=bool(akt.varden["klar"]))
    return None


def _skriv_ut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.utskrift.presenter import UtskriftPresenter

    return UtskriftPresenter(screen, screen.context, card, akt.varden.get("slag", "planering"))


# Those that need a person who is inskriven now.
ENROLLED = {"ny_insats", "avslut", "planering"}
ACTS: dict[str, Opener] = {
    "ny_insats": _insats,
    "insats": _insats,
    "nytt_mote": _mote,
    "mote": _mote,
    "avslut": _avslut,
    "planering": _planering,
    "bocka_steg": _bocka_steg,
    "skriv_ut": _skriv_ut,
}
