"""Every act on the card by name. A form's module is imported when it is first opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from db.queries.card_rows import AnteckningRow, Card
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


def _note(card: Card, akt: Akt) -> AnteckningRow:
    return next(note for note in card.anteckningar if note.id == akt.id)


def _anteckning(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card)


def _las_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card, _note(card, akt))


def _ratta_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card, _note(card, akt), corrects=True)


def _signera_anteckning(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import sign

    assert akt.id is not None
    sign(screen, screen.context, akt.id)
    return None


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
    "anteckning": _anteckning,
    "las_anteckning": _las_anteckning,
    "ratta_anteckning": _ratta_anteckning,
    "signera_anteckning": _signera_anteckning,
    "planering": _planering,
    "bocka_steg": _bocka_steg,
    "skriv_ut": _skriv_ut,
}
