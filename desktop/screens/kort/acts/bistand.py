"""Ärenden, undantag and biståndsmånader."""

from functools import partial
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _nytt_arende(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.arende import ArendePresenter

    return ArendePresenter(screen, screen.context, card)


def _arende(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.arende import ArendePresenter

    return ArendePresenter(screen, screen.context, card, find_row(card.arenden, akt.id))


def _nytt_undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantag import UndantagPresenter

    return UndantagPresenter(screen, screen.context, card, find_row(card.arenden, akt.id))


def _undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantag import UndantagPresenter

    row = find_row(card.undantag, akt.id)
    return UndantagPresenter(screen, screen.context, card, find_row(card.arenden, row.arende_id), row)


def _granska_undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantagsgranskning import GranskningPresenter, of_card

    row = find_row(card.undantag, akt.id)
    nummer = find_row(card.arenden, row.arende_id).nummer
    return GranskningPresenter(screen, screen.context, card.namn, nummer, of_card(row))


def _ta_bort_undantag(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.undantag import remove_undantag
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_undantag, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Undantaget är borttaget.")
    return None


def _bistandsmanader(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.bistandsmanader import ManaderPresenter

    ar = int(akt.varden.get("ar", screen.context.today().year))
    return ManaderPresenter(screen, screen.context, card, find_row(card.arenden, akt.id), ar)


def _nytt_delegationsbeslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.delegationsbeslut import DelegationsbeslutPresenter

    return DelegationsbeslutPresenter(screen, screen.context, find_row(card.arenden, akt.id).nummer)


ACTS: dict[str, Opener] = {
    "nytt_arende": _nytt_arende,
    "arende": _arende,
    "nytt_undantag": _nytt_undantag,
    "undantag": _undantag,
    "granska_undantag": _granska_undantag,
    "ta_bort_undantag": _ta_bort_undantag,
    "bistandsmanader": _bistandsmanader,
    "nytt_delegationsbeslut": _nytt_delegationsbeslut,
}
