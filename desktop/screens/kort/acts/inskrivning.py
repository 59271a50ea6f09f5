"""Inskrivning with its steg, avslut and what follows an avslut."""

from functools import partial
from typing import TYPE_CHECKING

from db.errors import NotFoundError
from db.queries.card_rows import Card
from db.rules.koder import Uppfoljningsslag
from desktop.screens.kort.acts.opener import Opener, find_row
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen


def _ny_inskrivning(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.inskrivning import InskrivningPresenter

    return InskrivningPresenter(screen, screen.context, card)


def _inskrivning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.inskrivning import InskrivningPresenter

    return InskrivningPresenter(screen, screen.context, card, find_row(card.inskrivningar, akt.id))


def _steg(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.steg import StegPresenter

    inskrivning_id = akt.id if akt.id is not None or card.inskrivning is None else card.inskrivning.id
    found = find_row(card.inskrivningar, inskrivning_id)
    return StegPresenter(screen, screen.context, card, found.id)


def _andra_steg(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.steg import StegPresenter

    row = find_row(card.steg, akt.id)
    return StegPresenter(screen, screen.context, card, row.inskrivning_id, row)


def _ta_bort_steg(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.steg import remove_steg
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_steg, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Steget är borttaget.")
    return None


def _avslut(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.avslut import AvslutPresenter

    return AvslutPresenter(screen, screen.context, card)


def _ratta_avslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.avslut import RattelsePresenter

    return RattelsePresenter(screen, screen.context, card, find_row(card.inskrivningar, akt.id))


def _angra_avslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.avslut import undo_avslut

    undo_avslut(screen, screen.context, card, find_row(card.inskrivningar, akt.id))
    return None


def _planera_uppfoljningar(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.avslut import plan_saknade
    from desktop.screens.formular.at_once import save_at_once

    context = screen.context
    work = partial(plan_saknade, context.store, context.aktor, akt.id or 0, context.today())
    save_at_once(screen, context, work, "Uppföljningarna är planerade.")
    return None


def _uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.uppfoljning import UppfoljningPresenter

    row = find_row(card.uppfoljningar, akt.id)
    inskrivning = find_row(card.inskrivningar, row.inskrivning_id)
    return UppfoljningPresenter(screen, screen.context, card, inskrivning, row)


def _bekrafta_manad(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.uppfoljning import UppfoljningPresenter

    own = (row for row in card.uppfoljningar if row.inskrivning_id == akt.id)
    row = next((row for row in own if row.slag == Uppfoljningsslag.EN_MANAD.value), None)
    return UppfoljningPresenter(screen, screen.context, card, find_row(card.inskrivningar, akt.id), row)


def _flytta_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.uppfoljning import FlyttPresenter

    return FlyttPresenter(screen, screen.context, card, find_row(card.uppfoljningar, akt.id))


def _flytta_manad(screen: "KortScreen", card: Card, akt: Akt) -> object:
    """The month of an avslut (R10), whether it has been planned or not."""
    from desktop.screens.formular.uppfoljning import FlyttPresenter
    from desktop.screens.kort.avslut_texter import find_unplanned_month, unplanned_row

    inskrivning = find_row(card.inskrivningar, akt.id)
    rows = [row for row in card.uppfoljningar if row.inskrivning_id == inskrivning.id]
    planned = next((row for row in rows if row.slag == Uppfoljningsslag.EN_MANAD.value), None)
    day = find_unplanned_month(inskrivning, rows)
    row = planned or (unplanned_row(inskrivning, day) if day is not None else None)
    if row is None:
        raise NotFoundError("Avslutet har ingen månad som ska bekräftas.")
    return FlyttPresenter(screen, screen.context, card, row)


ACTS: dict[str, Opener] = {
    "avslut": _avslut,
    "ratta_avslut": _ratta_avslut,
    "angra_avslut": _angra_avslut,
    "planera_uppfoljningar": _planera_uppfoljningar,
    "uppfoljning": _uppfoljning,
    "bekrafta_manad": _bekrafta_manad,
    "flytta_uppfoljning": _flytta_uppfoljning,
    "flytta_manad": _flytta_manad,
    "ny_inskrivning": _ny_inskrivning,
    "inskrivning": _inskrivning,
    "steg": _steg,
    "andra_steg": _andra_steg,
    "ta_bort_steg": _ta_bort_steg,
}
