"""The pages under the card's tabs, in order. A page is built, and shown a card, when its tab is first chosen.

A new page is an entry in FLIKAR: KortPage subclasses need no more than `_kort_page`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from db.rules.insatstyper import OSA_TYPER
from desktop.i18n import tr
from desktop.screens.kort import columns as c
from desktop.screens.kort.bip import count_measurements
from desktop.screens.kort.model import KortModel
from desktop.screens.kort.page import KortPage
from desktop.screens.kort.rader_page import RaderAkter, RaderPage
from desktop.screens.kort.tabs import Rows, Timeline
from desktop.settings import Settings
from desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class Grund:
    """What pages are made of: `signatur` is the acting user's."""

    theme: Theme
    settings: Settings
    today: date
    signatur: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Flik:
    """A tab: how its page is made and shown a card, and the figure beside its name.

    `act` is what a row that is opened asks for, by the row's id."""

    key: str
    title: str
    make: Callable[[Grund], QWidget]
    show: Callable[[Any, KortModel, date], None]
    count: Callable[[KortModel], int | None] = lambda _model: None
    act: str = ""


def _kort_page(key: str, title: str, make: Callable[[Grund], KortPage], count: str = "") -> Flik:
    """A tab of a KortPage; `count` names the rows of the card whose number stands beside it."""
    return Flik(
        key,
        title,
        make,
        lambda page, model, today: page.show_card(model.card, today),
        lambda model: len(getattr(model.card, count)) or None if count else None,
    )


def _insatser(grund: Grund) -> KortPage:
    from desktop.screens.kort.insatser_page import InsatserPage

    rows: Rows[Any] = Rows(
        grund.theme, tr("Insatser"), c.insats_columns(grund.today), grund.settings, "insatser", "id",
        (tr("Ingen insats ännu."), tr("Tryck Ctrl+N för att registrera en.")),
    )  # fmt: skip
    akter = RaderAkter("ny_insats", tr("Ny insats"), "insats", "kopiera_insats", "ta_bort_insats")
    return InsatserPage(grund.theme, rows, akter)


def _moten(grund: Grund) -> KortPage:
    rows: Rows[Any] = Rows(
        grund.theme, tr("Möten"), c.mote_columns(grund.today), grund.settings, "moten", "id",
        (tr("Inget möte ännu."), tr("Tryck Ctrl+Skift+M för att boka ett.")),
    )  # fmt: skip
    akter = RaderAkter("nytt_mote", tr("Nytt möte"), "mote", "kopiera_mote", "ta_bort_mote")
    return RaderPage(grund.theme, rows, akter, lambda card: card.moten)


def _anteckningar(grund: Grund) -> KortPage:
    from desktop.screens.kort.anteckningar_page import AnteckningarPage

    return AnteckningarPage(grund.theme, grund.signatur, grund.now)


def _planering(grund: Grund) -> KortPage:
    from desktop.screens.kort.planering_page import PlaneringPage

    return PlaneringPage(grund.theme, grund.settings, grund.today)


def _inskrivning(grund: Grund) -> KortPage:
    from desktop.screens.kort.inskrivning_page import InskrivningPage

    return InskrivningPage(grund.theme)


def _osa(grund: Grund) -> KortPage:
    from desktop.screens.kort.osa_page import OsaPage

    return OsaPage(grund.theme)


def _count_osa(model: KortModel) -> int | None:
    return sum(insats.typ in OSA_TYPER for insats in model.insatser) or None


def _bip(grund: Grund) -> KortPage:
    from desktop.screens.kort.bip_page import BipPage

    return BipPage(grund.theme, grund.settings, grund.today)


def _dokument(grund: Grund) -> KortPage:
    from desktop.screens.kort.dokument_page import DokumentPage

    return DokumentPage(grund.theme, grund.settings, grund.today)


def _avslut(grund: Grund) -> KortPage:
    from desktop.screens.kort.avslut_page import AvslutPage

    return AvslutPage(grund.theme)


def _narvaro(grund: Grund) -> KortPage:
    from desktop.screens.kort.narvaro_page import NarvaroPage

    return NarvaroPage(grund.theme, grund.settings, grund.today)


def _uppgifter(grund: Grund) -> KortPage:
    from desktop.screens.kort.uppgifter_page import UppgifterPage

    return UppgifterPage(grund.theme)


def _logg(grund: Grund) -> QWidget:
    return Rows(
        grund.theme, tr("Logg"), c.logg_columns(), grund.settings, "logg", "key", (tr("Inga ändringar."), "")
    )


def _bistand(grund: Grund) -> KortPage:
    from desktop.screens.kort.bistand_page import BistandPage

    return BistandPage(grund.theme, grund.settings, grund.today)


FLIKAR: tuple[Flik, ...] = (
    Flik(
        "tidslinje", "Tidslinje", lambda grund: Timeline(grund.theme),
        lambda page, model, _: page.show_model(model),
    ),
    _kort_page("insatser", "Insatser", _insatser, "insatser"),
    _kort_page("moten", "Möten", _moten, "moten"),
    _kort_page("anteckningar", "Anteckningar", _anteckningar, "anteckningar"),
    _kort_page("planering", "Planering", _planering),
    _kort_page("narvaro", "Närvaro", _narvaro),
    Flik(
        "bip", "BIP", _bip, lambda page, model, today: page.show_card(model.card, today),
        lambda model: count_measurements(model.card.bip) or None,
    ),
    _kort_page("inskrivning", "Inskrivning", _inskrivning),
    Flik("osa", "OSA", _osa, lambda page, model, today: page.show_card(model.card, today), _count_osa),
    _kort_page("dokument", "Dokument", _dokument, "dokument"),
    _kort_page("bistand", "Bistånd", _bistand),
    Flik(
        "avslut", "Avslut", _avslut, lambda page, model, today: page.show_card(model.card, today),
        lambda model: sum(i.avslutad is not None for i in model.card.inskrivningar) or None,
    ),
    _kort_page("uppgifter", "Uppgifter", _uppgifter),
    Flik("logg", "Logg", _logg, lambda page, model, _: page.show_rows(model.logg)),
)  # fmt: skip
