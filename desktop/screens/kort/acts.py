"""Every act on the card by name. A form's module is imported when it is first opened."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from db.errors import NotFoundError
from db.queries.card_rows import Card, DokumentRow
from db.rules.koder import Uppfoljningsslag
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen

Opener = Callable[["KortScreen", Card, Akt], object]


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=_HasId)


def _find(rows: Iterable[RowT], row_id: int | None) -> RowT:
    """The row of the card that an act is about; it may be gone since somebody asked for the act."""
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFoundError("Det som skulle öppnas finns inte längre på kortet.")


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


def _ta_bort(tabell: str, screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from desktop.screens.formular.borttagning import remove

    assert akt.id is not None
    remove(screen, screen.context, tabell, akt.id, screen.view.show_page)
    return None


def _avslut(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.avslut import AvslutPresenter

    return AvslutPresenter(screen, screen.context, card)


def _planering(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.planering import PlaneringPresenter

    return PlaneringPresenter(screen, screen.context, card)


def _anteckning(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card)


def _las_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card, _find(card.anteckningar, akt.id))


def _ratta_anteckning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.anteckning import AnteckningPresenter

    return AnteckningPresenter(screen, screen.context, card, _find(card.anteckningar, akt.id), corrects=True)


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


def _osa_beslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa import OsaBeslutPresenter

    return OsaBeslutPresenter(screen, screen.context, card, _find(card.insatser, akt.id))


def _andra_osa_beslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa import OsaBeslutPresenter

    beslut = _find(card.osa, akt.id)
    return OsaBeslutPresenter(screen, screen.context, card, _find(card.insatser, beslut.insats_id), beslut)


def _ta_bort_osa_beslut(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.osa import remove_osa_beslut
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_osa_beslut, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Beslutet är borttaget.")
    return None


def _osa_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_uppfoljning import FoljUppOsaPresenter

    return FoljUppOsaPresenter(screen, screen.context, card, _find(card.insatser, akt.id))


def _andra_osa_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_uppfoljning import AndraUppfoljningPresenter

    row = _find(card.osa_uppfoljningar, akt.id)
    return AndraUppfoljningPresenter(screen, screen.context, card, _find(card.insatser, row.insats_id), row)


def _ta_bort_osa_uppfoljning(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.osa_uppfoljning import remove_osa_uppfoljning
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_osa_uppfoljning, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Uppföljningen är borttagen.")
    return None


def _osa_overgang(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.osa_overgang import OvergangPresenter

    return OvergangPresenter(screen, screen.context, card, _find(card.insatser, akt.id))


def _open_row(card: Card, akt: Akt) -> DokumentRow:
    """The document of an act, of a card that is not masked."""
    if card.dold:
        raise NotFoundError("Dokumentet är dolt. Tryck Visa uppgifter… först.")
    return _find(card.dokument, akt.id)


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


def _ny_inskrivning(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.inskrivning import InskrivningPresenter

    return InskrivningPresenter(screen, screen.context, card)


def _inskrivning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.inskrivning import InskrivningPresenter

    return InskrivningPresenter(screen, screen.context, card, _find(card.inskrivningar, akt.id))


def _steg(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.steg import StegPresenter

    inskrivning_id = akt.id if akt.id is not None or card.inskrivning is None else card.inskrivning.id
    found = _find(card.inskrivningar, inskrivning_id)
    return StegPresenter(screen, screen.context, card, found.id)


def _andra_steg(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.steg import StegPresenter

    row = _find(card.steg, akt.id)
    return StegPresenter(screen, screen.context, card, row.inskrivning_id, row)


def _ta_bort_steg(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    from db.commands.steg import remove_steg
    from desktop.screens.formular.at_once import save_at_once

    context, row_id = screen.context, akt.id or 0
    work = partial(remove_steg, context.store, context.aktor, row_id)
    save_at_once(screen, context, work, "Steget är borttaget.")
    return None


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


def _skriv_ut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.utskrift.presenter import UtskriftPresenter

    return UtskriftPresenter(screen, screen.context, card, akt.varden.get("slag", "planering"))


def _ratta_avslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.avslut import RattelsePresenter

    return RattelsePresenter(screen, screen.context, card, _find(card.inskrivningar, akt.id))


def _angra_avslut(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.avslut import undo_avslut

    undo_avslut(screen, screen.context, card, _find(card.inskrivningar, akt.id))
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

    row = _find(card.uppfoljningar, akt.id)
    inskrivning = _find(card.inskrivningar, row.inskrivning_id)
    return UppfoljningPresenter(screen, screen.context, card, inskrivning, row)


def _bekrafta_manad(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.uppfoljning import UppfoljningPresenter

    own = (row for row in card.uppfoljningar if row.inskrivning_id == akt.id)
    row = next((row for row in own if row.slag == Uppfoljningsslag.EN_MANAD.value), None)
    return UppfoljningPresenter(screen, screen.context, card, _find(card.inskrivningar, akt.id), row)


def _flytta_uppfoljning(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.uppfoljning import FlyttPresenter

    return FlyttPresenter(screen, screen.context, card, _find(card.uppfoljningar, akt.id))


def _flytta_manad(screen: "KortScreen", card: Card, akt: Akt) -> object:
    """The month of an avslut (R10), whether it has been planned or not."""
    from desktop.screens.formular.uppfoljning import FlyttPresenter
    from desktop.screens.kort.avslut_texter import find_unplanned_month, unplanned_row

    inskrivning = _find(card.inskrivningar, akt.id)
    rows = [row for row in card.uppfoljningar if row.inskrivning_id == inskrivning.id]
    planned = next((row for row in rows if row.slag == Uppfoljningsslag.EN_MANAD.value), None)
    day = find_unplanned_month(inskrivning, rows)
    row = planned or (unplanned_row(inskrivning, day) if day is not None else None)
    if row is None:
        raise NotFoundError("Avslutet har ingen månad som ska bekräftas.")
    return FlyttPresenter(screen, screen.context, card, row)


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

    return part(screen, screen.context, _find(card.sammanslagna, akt.id))


def _oppna_kort(screen: "KortScreen", _card: Card, akt: Akt) -> object:
    assert akt.id is not None
    screen.open_other(akt.id)
    return None


def _nytt_arende(screen: "KortScreen", card: Card, _akt: Akt) -> object:
    from desktop.screens.formular.arende import ArendePresenter

    return ArendePresenter(screen, screen.context, card)


def _arende(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.arende import ArendePresenter

    return ArendePresenter(screen, screen.context, card, _find(card.arenden, akt.id))


def _nytt_undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantag import UndantagPresenter

    return UndantagPresenter(screen, screen.context, card, _find(card.arenden, akt.id))


def _undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantag import UndantagPresenter

    row = _find(card.undantag, akt.id)
    return UndantagPresenter(screen, screen.context, card, _find(card.arenden, row.arende_id), row)


def _granska_undantag(screen: "KortScreen", card: Card, akt: Akt) -> object:
    from desktop.screens.formular.undantagsgranskning import GranskningPresenter, of_card

    row = _find(card.undantag, akt.id)
    nummer = _find(card.arenden, row.arende_id).nummer
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
    return ManaderPresenter(screen, screen.context, card, _find(card.arenden, akt.id), ar)


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


# Those that need a person who is inskriven now.
ENROLLED = {"ny_insats", "kopiera_insats", "avslut", "planering", "bip", "stall_i_ko"}
# Those that show what a masked card hides: it is opened first, with a reason.
REVEALING = {
    "andra_osa_beslut", "andra_osa_uppfoljning", "uppgifter", "hushall", "sla_ihop", "dela", "insats",
    "kopiera_insats", "mote", "kopiera_mote", "andra_ko",
}  # fmt: skip
ACTS: dict[str, Opener] = {
    "ny_insats": _insats,
    "insats": _insats,
    "nytt_mote": _mote,
    "mote": _mote,
    "kopiera_insats": _kopiera_insats,
    "kopiera_mote": _kopiera_mote,
    "ta_bort_insats": partial(_ta_bort, "insats"),
    "ta_bort_mote": partial(_ta_bort, "mote"),
    "ta_bort_planering": partial(_ta_bort, "planering"),
    "ta_bort_inskrivning": partial(_ta_bort, "inskrivning"),
    "ta_bort_arende": partial(_ta_bort, "arende"),
    "stall_i_ko": _stall_i_ko,
    "andra_ko": _andra_ko,
    "lamna_ko": _lamna_ko,
    "ge_plats": _ge_plats,
    "avslut": _avslut,
    "ratta_avslut": _ratta_avslut,
    "angra_avslut": _angra_avslut,
    "planera_uppfoljningar": _planera_uppfoljningar,
    "uppfoljning": _uppfoljning,
    "bekrafta_manad": _bekrafta_manad,
    "flytta_uppfoljning": _flytta_uppfoljning,
    "flytta_manad": _flytta_manad,
    "anteckning": _anteckning,
    "las_anteckning": _las_anteckning,
    "ratta_anteckning": _ratta_anteckning,
    "signera_anteckning": _signera_anteckning,
    "planering": _planering,
    "bocka_steg": _bocka_steg,
    "narvaro": _narvaro,
    "skriv_ut": _skriv_ut,
    "uppgifter": _uppgifter,
    "hushall": _hushall,
    "oppna_kort": _oppna_kort,
    "sla_ihop": _sla_ihop,
    "dela": _dela,
    "bip": _bip,
    "nytt_dokument": _nytt_dokument,
    "dokument": _dokument,
    "oppna_dokument": _oppna_dokument,
    "spara_dokument": _spara_dokument,
    "ta_bort_dokument": _ta_bort_dokument,
    "andra_bip": _andra_bip,
    "ta_bort_bip": _ta_bort_bip,
    "osa_beslut": _osa_beslut,
    "andra_osa_beslut": _andra_osa_beslut,
    "ta_bort_osa_beslut": _ta_bort_osa_beslut,
    "osa_uppfoljning": _osa_uppfoljning,
    "andra_osa_uppfoljning": _andra_osa_uppfoljning,
    "ta_bort_osa_uppfoljning": _ta_bort_osa_uppfoljning,
    "osa_overgang": _osa_overgang,
    "ny_inskrivning": _ny_inskrivning,
    "inskrivning": _inskrivning,
    "steg": _steg,
    "andra_steg": _andra_steg,
    "ta_bort_steg": _ta_bort_steg,
    "nytt_arende": _nytt_arende,
    "arende": _arende,
    "nytt_undantag": _nytt_undantag,
    "undantag": _undantag,
    "granska_undantag": _granska_undantag,
    "ta_bort_undantag": _ta_bort_undantag,
    "bistandsmanader": _bistandsmanader,
}
