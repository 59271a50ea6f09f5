"""Documents, and what is printed."""

from functools import partial
from typing import TYPE_CHECKING

from db.errors import NotFoundError
from db.queries.card_rows import Card, DokumentRow
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _open_row(card: Card, akt: Akt) -> DokumentRow:
    """The document of an act, of a card that is not masked."""
    if card.dold:
        raise NotFoundError("Dokumentet är dolt. Tryck Visa uppgifter… först.")
    return find_row(card.dokument, akt.id)


def _nytt_dokument(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.dokument import attach

    attach(screen, screen.context, card, akt.varden.get("filer", ()))
    return None


def _dokument(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.dokument import DokumentPresenter

    return DokumentPresenter(screen, screen.context, card, _open_row(card, akt))


def _oppna_dokument(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.dokument import open_copy

    open_copy(screen, screen.context, card, _open_row(card, akt), screen.kopior)
    return None


def _spara_dokument(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.dokument import save_copy

    save_copy(screen, screen.context, card, _open_row(card, akt))
    return None


def _ta_bort_dokument(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.dokument import remove_dokument
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_dokument, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Dokumentet är borttaget.")
    return None


def _skriv_ut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.utskrift.presenter import UtskriftPresenter

    return UtskriftPresenter(screen, screen.context, card, akt.varden.get("slag", "planering"))


ACTS: dict[str, Opener] = {
    "skriv_ut": _skriv_ut,
    "nytt_dokument": _nytt_dokument,
    "dokument": _dokument,
    "oppna_dokument": _oppna_dokument,
    "spara_dokument": _spara_dokument,
    "ta_bort_dokument": _ta_bort_dokument,
}
