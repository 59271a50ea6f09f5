"""The whole card as it is shown, worked out at once from what is held. Pure."""

from dataclasses import dataclass
from datetime import date

from db.queries.card_rows import Card, InsatsRow, MoteRow
from desktop.formatting import plural, short_date
from desktop.i18n import tr
from desktop.screens.kort.bip import Serie, count_measurements, make_series, next_measurement, own_rows
from desktop.screens.kort.facts import (
    make_background,
    make_chips,
    make_facts,
    make_meta,
    make_staff,
    make_steps,
)
from desktop.screens.kort.handelser import make_events
from desktop.screens.kort.logg import LoggRow, make_logg
from desktop.screens.kort.timeline import make_gantt
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.widgets.definitions import DefinitionGroup
from desktop.widgets.events import EventGroup
from desktop.widgets.gantt import GanttData
from desktop.widgets.stepper import Step


@dataclass(frozen=True, slots=True)
class KortModel:
    """What the view shows. `skydd` is empty for an open card; `hinder` says why nothing can be registered."""

    id: int
    namn: str
    nummer: str
    meta: str
    skydd: str
    dold: bool
    hinder: str
    chips: tuple[ChipText, ...]
    steps: tuple[Step, ...]
    facts: tuple[DefinitionGroup, ...]
    background: tuple[DefinitionGroup, ...]
    staff: tuple[tuple[str, str], ...]
    gantt: GanttData
    events: tuple[EventGroup, ...]
    bip: tuple[Serie, ...]
    bip_handlaggare: tuple[Serie, ...]
    bip_title: str
    bip_next: str
    insatser: tuple[InsatsRow, ...]
    moten: tuple[MoteRow, ...]
    card: Card
    logg: tuple[LoggRow, ...]


def make_model(card: Card, today: date) -> KortModel:
    """The card on a day."""
    count = count_measurements(own_rows(card))
    due = next_measurement(card)
    open_ = card.inskrivning is not None and card.inskrivning.avslutad is None
    return KortModel(
        id=card.id,
        namn=card.namn,
        nummer=card.personnummer,
        meta=make_meta(card, today),
        skydd="" if card.skyddad == "nej" else first_upper(card.skyddad),
        dold=card.dold,
        hinder="" if open_ else tr("Deltagaren är inte inskriven nu."),
        chips=make_chips(card, today),
        steps=make_steps(card, today),
        facts=make_facts(card, today),
        background=make_background(card),
        staff=make_staff(card),
        gantt=make_gantt(card, today),
        events=make_events(card, today),
        bip=make_series(card, "deltagare"),
        bip_handlaggare=make_series(card, "handläggare"),
        bip_title=f"BIP, {plural(count, 'mätning', 'mätningar')}",
        bip_next=f"{tr('Nästa')} {short_date(due, today)}" if due else "",
        insatser=card.insatser[::-1],
        moten=card.moten[::-1],
        card=card,
        logg=make_logg(card.logg),
    )
