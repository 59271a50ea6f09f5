"""Planering, anteckningar and BIP."""

from datetime import date
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _planering(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.planering import PlaneringPresenter

    return PlaneringPresenter(screen, screen.context, card)


def _bocka_steg(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.planering import tick

    assert akt.id is not None
    tick(screen, screen.context, akt.id, klar=bool(akt.varden["klar"]))
    return None


def _anteckning(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card)


def _las_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card, find_row(card.anteckningar, akt.id))


def _ratta_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(
        screen, screen.context, card, find_row(card.anteckningar, akt.id), corrects=True
    )


def _signera_anteckning(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import sign

    assert akt.id is not None
    sign(screen, screen.context, akt.id)
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


ACTS: dict[str, Opener] = {
    "anteckning": _anteckning,
    "las_anteckning": _las_anteckning,
    "ratta_anteckning": _ratta_anteckning,
    "signera_anteckning": _signera_anteckning,
    "planering": _planering,
    "bocka_steg": _bocka_steg,
    "bip": _bip,
    "andra_bip": _andra_bip,
    "ta_bort_bip": _ta_bort_bip,
}
