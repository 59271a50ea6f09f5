"""Every act on the card by name. A form's module is imported when it is first opened."""

from collections.abc import Callable
from datetime import date
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


def _bip(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from db.rules.koder import Svarande
    from desktop.screens.formular.bip import BipPresenter

    svarande = Svarande(akt.varden.get("svarande", Svarande.DELTAGARE))
    return BipPresenter(screen, screen.context, card, svarande, screen.act)


def _andra_bip(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from db.rules.koder import Svarande
    from desktop.screens.formular.bip import BipPresenter

    assert akt.id is not None
    day = date.fromisoformat(akt.varden["datum"])
    svarande = Svarande(akt.varden["svarande"])
    return BipPresenter(screen, screen.context, card, svarande, screen.act, (akt.id, day))


def _ta_bort_bip(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.bip import remove

    assert akt.id is not None
    day = date.fromisoformat(akt.varden["datum"])
    remove(screen, screen.context, card, akt.varden["svarande"], akt.id, day)
    return None


def _skriv_ut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.utskrift.presenter import UtskriftPresenter

    return UtskriftPresenter(screen, screen.context, card, akt.varden.get("slag", "planering"))


# Those that need a person who is inskriven now.
ENROLLED = {"ny_insats", "avslut", "planering", "bip"}
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
    "bip": _bip,
    "andra_bip": _andra_bip,
    "ta_bort_bip": _ta_bort_bip,
}
