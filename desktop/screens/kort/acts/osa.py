"""Decisions, follow-ups and övergång of OSA."""

from functools import partial
from typing import TYPE_CHECKING

from db.queries.card_rows import Card
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _osa_beslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa import OsaBeslutPresenter

    return OsaBeslutPresenter(screen, screen.context, card, find_row(card.insatser, akt.id))


def _andra_osa_beslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa import OsaBeslutPresenter

    beslut = find_row(card.osa, akt.id)
    return OsaBeslutPresenter(screen, screen.context, card, find_row(card.insatser, beslut.insats_id), beslut)


def _ta_bort_osa_beslut(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.osa import remove_osa_beslut
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_osa_beslut, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Beslutet är borttaget.")
    return None


def _osa_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_uppfoljning import FoljUppOsaPresenter

    return FoljUppOsaPresenter(screen, screen.context, card, find_row(card.insatser, akt.id))


def _andra_osa_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_uppfoljning import AndraUppfoljningPresenter

    row = find_row(card.osa_uppfoljningar, akt.id)
    return AndraUppfoljningPresenter(
        screen, screen.context, card, find_row(card.insatser, row.insats_id), row
    )


def _ta_bort_osa_uppfoljning(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.osa_uppfoljning import remove_osa_uppfoljning
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_osa_uppfoljning, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Uppföljningen är borttagen.")
    return None


def _osa_overgang(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_overgang import OvergangPresenter

    return OvergangPresenter(screen, screen.context, card, find_row(card.insatser, akt.id))


ACTS: dict[str, Opener] = {
    "osa_beslut": _osa_beslut,
    "andra_osa_beslut": _andra_osa_beslut,
    "ta_bort_osa_beslut": _ta_bort_osa_beslut,
    "osa_uppfoljning": _osa_uppfoljning,
    "andra_osa_uppfoljning": _andra_osa_uppfoljning,
    "ta_bort_osa_uppfoljning": _ta_bort_osa_uppfoljning,
    "osa_overgang": _osa_overgang,
}
