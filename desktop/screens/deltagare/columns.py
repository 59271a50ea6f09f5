"""The columns of the list of deltagare."""

from collections.abc import Callable
from datetime import date
from typing import Any

from db.queries.deltagare import DeltagareRow
from db.rules.text import sort_key
from desktop.formatting import NBSP, date_range
from desktop.i18n import tr
from desktop.screens.krav import krav_chip
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column


def make_columns(today: date) -> tuple[Column[DeltagareRow], ...]:
    """Name first, what to do about the person last."""
    return (
        Column(
            "namn", tr("Namn"), lambda row: row.namn, 190, weight=500, tone="text", chip=_protected,
            stretch=True, sort=lambda row: row.sortering,
        ),
        Column(
            "personnummer", tr("Personnummer"), lambda row: row.personnummer, 132, tone="text",
            sort=lambda row: row.personnummer,
        ),
        Column("alder", tr("Ålder"), _alder, 56, right=True, sort=lambda row: _last(row.alder)),
        Column("kon", tr("Kön"), lambda row: "" if row.is_masked else row.kon or "–", 48, sort=_kon),
        Column("arende", tr("Ärende"), lambda row: row.arende, 118, sort=lambda row: row.arende),
        Column(
            "steg", tr("Steg"), lambda row: row.steg, 112, tip=lambda row: _steg_tip(row, today),
            sort=lambda row: (sort_key(row.steg), _last(row.steg_fran)),
        ),
        Column("insats", tr("Insats"), _insats, 208, tip=_insats, sort=lambda row: sort_key(_insats(row))),
        Column(
            "handlaggare", tr("Handläggare"), lambda row: row.handlaggare, 124,
            sort=lambda row: sort_key(row.handlaggare),
        ),
        Column(
            "krav", tr("Aktivitetskrav"), _krav_text(today), 166, chip=lambda row: krav_chip(row.krav, today),
            sort=_krav_order,
        ),
    )  # fmt: skip


def _last(value: Any) -> tuple[bool, Any]:
    """What is not known comes after what is."""
    return (value is None, value if value is not None else 0)


def _kon(row: DeltagareRow) -> str:
    return "" if row.is_masked else row.kon or "–"


def _krav_order(row: DeltagareRow) -> tuple[bool, Any]:
    """The frist that comes first, then those without a running one."""
    utan = row.krav.utan if row.krav is not None else None
    return _last(utan.frist if utan is not None else None)


def _protected(row: DeltagareRow) -> ChipText | None:
    return ChipText("protected", row.namn) if row.is_masked else None


def _alder(row: DeltagareRow) -> str:
    return "" if row.alder is None else str(row.alder)


def _insats(row: DeltagareRow) -> str:
    insats = first_upper(row.insats)
    return insats if row.is_masked or not row.enhet else f"{insats}, {row.enhet}"


def _steg_tip(row: DeltagareRow, today: date) -> str:
    return date_range(row.steg_fran, None, today).replace(NBSP, " ") if row.steg_fran else ""


def _krav_text(today: date) -> Callable[[DeltagareRow], str]:
    def text(row: DeltagareRow) -> str:
        chip = krav_chip(row.krav, today)
        return chip.text if chip else ""

    return text
