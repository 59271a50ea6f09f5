"""The board as a list: a row per person, and its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.queries.tavla import Kolumn, Tavla
from db.rules.text import sort_key
from desktop.formatting import NBSP, number, short_date
from desktop.i18n import tr
from desktop.screens.flode.model import is_over
from desktop.table_model import ChipText, Column
from desktop.widgets.board import BoardColumn


@dataclass(frozen=True, slots=True)
class FlodeRow:
    """Somebody on the board."""

    inskrivning_id: int
    deltagare_id: int
    namn: str
    nummer: str
    sortering: str
    masked: bool
    steg: str
    plats: int
    sedan: date
    dagar: int
    over: bool
    nasta: str
    koordinator: str
    spar: str


def make_rows(tavla: Tavla, columns: Sequence[BoardColumn], namn: Mapping[str, str]) -> tuple[FlodeRow, ...]:
    """Those on the board, column by column."""
    nasta = {card.key: card.next for column in columns for card in column.cards}
    kolumner: dict[int, tuple[int, Kolumn]] = {k.id: (place, k) for place, k in enumerate(tavla.kolumner)}
    rows = []
    for kort in tavla.kort:
        if kort.inskrivning_id not in nasta:
            continue
        plats, kolumn = kolumner[kort.lage.steg_id]
        rows.append(
            FlodeRow(
                kort.inskrivning_id, kort.person.id, kort.person.namn, kort.person.nummer,
                kort.person.sortering, kort.person.is_masked, kolumn.namn, plats, kort.lage.sedan,
                kort.lage.dagar, is_over(kort, kolumn), nasta[kort.inskrivning_id],
                namn.get(kort.koordinator, kort.koordinator), kort.spar,
            )
        )  # fmt: skip
    rows.sort(key=lambda r: (r.plats, -r.dagar))
    return tuple(rows)


def make_row_columns(today: date) -> tuple[Column[FlodeRow], ...]:
    """Who, where, how long, what next."""
    return (
        Column(
            "namn", tr("Namn"), lambda r: r.namn, 180, weight=500, tone="text", chip=_protected,
            stretch=True, sort=lambda r: r.sortering,
        ),
        Column("nummer", tr("Personnummer"), lambda r: r.nummer, 132, tone="text", sort=lambda r: r.nummer),
        Column("steg", tr("Steg"), lambda r: r.steg, 118, sort=lambda r: (r.plats, -r.dagar)),
        Column("sedan", tr("Sedan"), lambda r: short_date(r.sedan, today), 96, sort=lambda r: r.sedan),
        Column(
            "dagar", tr("Dagar"), lambda r: number(r.dagar), 96, right=True, chip=_over,
            sort=lambda r: r.dagar,
        ),
        Column("nasta", tr("Nästa"), lambda r: r.nasta, 230, sort=lambda r: sort_key(r.nasta)),
        Column(
            "koordinator", tr("Koordinator"), lambda r: r.koordinator, 130,
            sort=lambda r: sort_key(r.koordinator),
        ),
        Column("spar", tr("Spår"), lambda r: r.spar, 140, sort=lambda r: sort_key(r.spar)),
    )  # fmt: skip


def _protected(row: FlodeRow) -> ChipText | None:
    return ChipText("protected", row.namn) if row.masked else None


def _over(row: FlodeRow) -> ChipText | None:
    return ChipText("over_guide", f"{number(row.dagar)}{NBSP}d") if row.over else None
