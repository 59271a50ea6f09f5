"""The tables of the import: faults, and what was imported before."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.exchange.outcome import Fel
from desktop.formatting import day_and_time, number
from desktop.i18n import tr
from desktop.table_model import ChipText, Column

if TYPE_CHECKING:
    from db.exchange.importing import ImportRow


@dataclass(frozen=True, slots=True)
class FelRow:
    """A fault or warning with a number of its own."""

    nummer: int
    fel: Fel


def number_rows(found: tuple[Fel, ...]) -> tuple[FelRow, ...]:
    """The rows of the table."""
    return tuple(FelRow(nummer, fel) for nummer, fel in enumerate(found))


def fel_columns() -> tuple[Column[FelRow], ...]:
    """Where, what stands there, and what to do."""
    return (
        Column(
            "blad", tr("Blad"), lambda r: r.fel.blad, 130, tone="text", weight=500, sort=lambda r: r.fel.blad
        ),
        Column(
            "rad",
            tr("Rad"),
            lambda r: str(r.fel.rad or ""),
            64,
            right=True,
            sort=lambda r: (r.fel.blad, r.fel.rad),
        ),
        Column("kolumn", tr("Kolumn"), lambda r: r.fel.kolumn, 140, sort=lambda r: r.fel.kolumn),
        Column("varde", tr("Värde"), lambda r: r.fel.varde, 150, tip=lambda r: r.fel.varde),
        Column(
            "meddelande",
            tr("Vad du gör"),
            lambda r: r.fel.meddelande,
            420,
            stretch=True,
            tone="text",
            tip=lambda r: r.fel.meddelande,
        ),
    )


def import_columns() -> tuple[Column["ImportRow"], ...]:
    """Earlier imports, the latest first."""
    return (
        Column("tid", tr("Tid"), _when, 140, tone="text"),
        Column("filnamn", tr("Fil"), lambda r: r.filnamn, 260, stretch=True, tone="text", weight=500),
        Column("aktor", tr("Vem"), lambda r: r.aktor, 140),
        Column("nya", tr("Nya"), lambda r: number(r.antal.nya), 90, right=True),
        Column("andrade", tr("Ändrade"), lambda r: number(r.antal.andrade), 90, right=True),
        Column("hoppade", tr("Överhoppade"), lambda r: number(r.antal.hoppade), 110, right=True),
        Column("lage", tr("Läge"), lambda r: _state(r).text, 120, chip=_state),
    )


def _when(row: "ImportRow") -> str:
    return day_and_time(datetime.fromisoformat(row.tid.replace("Z", "+00:00")).astimezone())


def _state(row: "ImportRow") -> ChipText:
    return ChipText("later", tr("Ångrad"), "undo-2") if row.angrad else ChipText("ok", tr("Inläst"))
