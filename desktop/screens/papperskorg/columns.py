"""The columns of the trash."""

from datetime import datetime

from db.queries.access import MASK
from db.queries.papperskorg import PapperskorgRow
from desktop.formatting import day_and_time
from desktop.i18n import tr
from desktop.screens.papperskorg.words import name_content, name_people
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column


def make_columns() -> tuple[Column[PapperskorgRow], ...]:
    """When and what first, by whom last."""
    return (
        Column("tid", tr("Tid"), _when, 150, tone="text"),
        Column("slag", tr("Hur"), lambda r: _how(r).text, 112, chip=_how),
        Column(
            "vad", tr("Vad"), lambda r: first_upper(r.text), 220, stretch=True, tone="text", weight=500,
            tip=lambda r: first_upper(r.text),
        ),
        Column("galler", tr("Gäller"), name_people, 190, tip=name_people, chip=_protected),
        Column("innehall", tr("Innehåll"), name_content, 210, tip=name_content),
        Column("vem", tr("Vem"), lambda r: r.vem, 150),
    )  # fmt: skip


def _when(row: PapperskorgRow) -> str:
    return day_and_time(datetime.fromisoformat(row.tid.replace("Z", "+00:00")).astimezone())


def _how(row: PapperskorgRow) -> ChipText:
    return (
        ChipText("later", tr("Ångrat"), "undo-2")
        if row.angrat
        else ChipText("later", tr("Borttaget"), "trash-2")
    )


def _protected(row: PapperskorgRow) -> ChipText | None:
    return ChipText("protected", MASK) if [namn for _, namn in row.personer] == [MASK] else None
