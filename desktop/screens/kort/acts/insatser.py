"""Insatser, möten, närvaro and the queue for a place."""

from functools import partial
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts.opener import Opener
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _insats(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.insats import InsatsPresenter

    return InsatsPresenter(screen, screen.context, card, akt.id)


def _mote(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.mote import MotePresenter

    return MotePresenter(screen, screen.context, card, akt.id)


def _kopiera_insats(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.insats import InsatsPresenter

    return InsatsPresenter(screen, screen.context, card, None, copied=akt.id)


def _kopiera_mote(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.mote import MotePresenter

    return MotePresenter(screen, screen.context, card, None, copied=akt.id)


def _narvaro(screen: "KortScreen", card: Card, akt: Akt) -> object:
    """To the grid, at the insats of the act or the latest begun, in the week of the act or of today."""
    from desktop.screens.narvaro.oppna import OppnaVecka
    from desktop.shell.navigation import Location

    today = screen.context.today()
    begun = [insats for insats in card.insatser if insats.start <= today]
    insats = next((i for i in card.insatser if i.id == akt.id), begun[-1] if begun else None)
    if insats is not None:
        last = min(insats.slut or today, today)
        day = akt.varden.get("dag", max(last, insats.start))
        screen.navigate.emit(Location("narvaro", OppnaVecka(insats.id, day)))
    return None


def _stall_i_ko(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.platsko import PlatskoPresenter

    assert card.inskrivning is not None
    return PlatskoPresenter(screen, screen.context, card.inskrivning.id, card.namn)


def _andra_ko(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.platsko import PlatskoPresenter

    inskrivning_id = card.inskrivning.id if card.inskrivning is not None else 0
    return PlatskoPresenter(screen, screen.context, inskrivning_id, card.namn, akt.id)


def _lamna_ko(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.platsko import end_platsko
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(end_platsko, context.store, context.aktor, row_id, context.today())
    save_at_once(screen, context, work, "Deltagaren står inte längre i kön.")
    return None


def _ge_plats(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    """To the screen Platser, where the vacant places are."""
    from desktop.screens.platser.oppna import GeFranKo
    from desktop.shell.navigation import Location

    screen.navigate.emit(Location("platser", GeFranKo(akt.id or 0)))
    return None


ACTS: dict[str, Opener] = {
    "ny_insats": _insats,
    "insats": _insats,
    "nytt_mote": _mote,
    "mote": _mote,
    "kopiera_insats": _kopiera_insats,
    "kopiera_mote": _kopiera_mote,
    "stall_i_ko": _stall_i_ko,
    "andra_ko": _andra_ko,
    "lamna_ko": _lamna_ko,
    "ge_plats": _ge_plats,
    "narvaro": _narvaro,
}
