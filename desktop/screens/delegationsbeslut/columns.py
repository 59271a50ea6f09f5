"""The columns of the list of delegationsbeslut."""

from db.queries.delegationsbeslut import DelegationsbeslutRow
from db.rules.text import sort_key
from desktop.formatting import iso
from desktop.i18n import tr
from desktop.table_model import Column


def make_columns() -> tuple[Column[DelegationsbeslutRow], ...]:
    """As the nämnd's list has them; all can be sorted by."""
    return (
        Column(
            "lopnummer", tr("Löpnr"), lambda r: r.nummer, 100, right=True, tone="text", weight=500,
            sort=lambda r: (r.ar or 0, r.lopnummer or 0),
        ),
        Column("datum", tr("Datum"), lambda r: iso(r.datum), 96, sort=lambda r: r.datum),
        Column("arende", tr("Ärende"), lambda r: r.arende, 124, sort=lambda r: r.arende),
        Column(
            "arendetyp", tr("Ärendetyp"), lambda r: r.arendetyp, 146, tone="text",
            sort=lambda r: sort_key(r.arendetyp), tip=lambda r: r.arendetyp,
        ),
        Column(
            "lagrum", tr("Lagrum"), lambda r: r.lagrum, 122, sort=lambda r: sort_key(r.lagrum),
            tip=lambda r: r.lagrum,
        ),
        Column(
            "delegationspunkt", tr("Punkt"), lambda r: r.delegationspunkt, 60,
            sort=lambda r: sort_key(r.delegationspunkt), tip=lambda r: r.delegationspunkt,
        ),
        Column(
            "beslut", tr("Beslut"), lambda r: r.beslut, 112, stretch=True, tone="text",
            sort=lambda r: sort_key(r.beslut), tip=lambda r: r.beslut,
        ),
        Column(
            "delegat", tr("Delegat"), lambda r: r.delegat, 130, sort=lambda r: sort_key(r.delegat),
            tip=lambda r: r.delegat,
        ),
    )  # fmt: skip
