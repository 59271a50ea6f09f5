"""A placement in OSA and its decisions in words: so the screen OSA and the card tell them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from db.queries.card_rows import OsaRow, OsaUppfoljningRow
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.osa import find_tackt_till, is_running_out, lacks_beslut
from desktop.formatting import days, due_kind, long_date, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.table_model import ChipText

WARN_DAYS = 30


class Placement(Protocol):
    """What a form asks of a placement in OSA: an insats of the card, or a row of the screen OSA."""

    @property
    def id(self) -> int: ...
    @property
    def typ(self) -> str: ...
    @property
    def enhet(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def slut(self) -> date | None: ...
    @property
    def omfattning(self) -> int: ...


class Holder(Protocol):
    """What a form asks of whose it is: the card, or the same row."""

    @property
    def namn(self) -> str: ...
    @property
    def osa(self) -> Sequence[OsaRow]: ...
    @property
    def osa_uppfoljningar(self) -> Sequence[OsaUppfoljningRow]: ...


def placement_text(card: Holder, insats: Placement) -> str:
    """Who and which placement a sheet is about."""
    place = f", {insats.enhet}" if insats.enhet else ""
    return f"{card.namn} · {first_upper(insats.typ)}{place}, {tr('från')} {long_date(insats.start)}"


def beslut_chip(insats: Placement, beslut: Sequence[OsaRow], today: date) -> ChipText | None:
    """How a placement stands with its decisions; a praktik inför OSA needs none."""
    if insats.typ != OSA_ANSTALLNING:
        return None
    spans = [(row.fran, row.till) for row in beslut]
    if insats.slut is not None and insats.slut < today:
        lacks = lacks_beslut(insats.start, insats.slut, spans, insats.start, insats.slut)
        return ChipText("over_guide", tr("Tid utan beslut"), "triangle-alert") if lacks else None
    dag = max(today, insats.start)
    if lacks_beslut(insats.start, insats.slut, spans, dag, dag):
        if insats.start > today:
            return ChipText("soon", tr("Saknas vid start"), "triangle-alert")
        return ChipText("overdue", tr("Saknar beslut"))
    till = find_tackt_till(dag, spans)
    assert till is not None
    if is_running_out(insats.start, insats.slut, spans, today):
        left = days((till - today).days)
        return ChipText(
            due_kind(till, today, WARN_DAYS), f"{tr('Beslut går ut om')} {left}", "triangle-alert"
        )
    return ChipText("ok", f"{tr('Beslut t.o.m.')} {short_date(till, today)}")
