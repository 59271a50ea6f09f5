"""Who the person is: uppgifter, hushåll, and cards of the same person."""

from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _uppgifter(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.uppgifter import UppgifterPresenter

    return UppgifterPresenter(screen, screen.context, card, screen.open_other)


def _hushall(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.hushall import HushallPresenter

    return HushallPresenter(screen, screen.context, card)


def _sla_ihop(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.sammanslagning import SammanslagningPresenter

    return SammanslagningPresenter(screen, screen.context, card)


def _dela(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.sammanslagning import part

    return part(screen, screen.context, find_row(card.sammanslagna, akt.id))


def _oppna_kort(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    assert akt.id is not None
    screen.open_other(akt.id)
    return None


ACTS: dict[str, Opener] = {
    "uppgifter": _uppgifter,
    "hushall": _hushall,
    "oppna_kort": _oppna_kort,
    "sla_ihop": _sla_ihop,
    "dela": _dela,
}
