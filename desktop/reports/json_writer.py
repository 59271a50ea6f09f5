"""A report as JSON, the contract of exchange.md: hidden values are null, their marks stand in `dolda`."""

import json
from typing import Any

from db.rules.figurer import KON_NYCKLAR, Rad, Rapport

_COMPARED = ("kvinnor", "man", "totalt")


def to_json(rapport: Rapport) -> str:
    """The report as text, å ä ö as they are, one line end last."""
    return json.dumps(report_dict(rapport), ensure_ascii=False, indent=1) + "\n"


def report_dict(rapport: Rapport) -> dict[str, Any]:
    """The report as plain values; shares are exact, not rounded."""
    made: dict[str, Any] = {
        "rapport": rapport.rapport,
        "titel": rapport.titel,
        "period": _period(rapport.period),
        "per": rapport.per,
        "jamforelse_period": _period(rapport.jamforelse_period) if rapport.jamforelse_period else None,
        "avsnitt": [
            {"rubrik": avsnitt.rubrik, "rader": [_row(row) for row in avsnitt.rader]}
            for avsnitt in rapport.avsnitt
        ],
    }
    if rapport.demo:
        made["demo"] = True
    return made


def _period(period: tuple[str, str]) -> dict[str, str]:
    return {"fran": period[0], "till": period[1]}


def _row(row: Rad) -> dict[str, Any]:
    compared: dict[str, Any] = {
        key: _visible(row.jamforelse.get(key), key, row.jamforelse_dolda) for key in _COMPARED
    }
    if hidden := {key: row.jamforelse_dolda[key] for key in _COMPARED if key in row.jamforelse_dolda}:
        compared["dolda"] = hidden
    values = {key: _visible(row.varde.get(key), key, row.dolda) for key in KON_NYCKLAR}
    return {
        "id": row.id,
        "etikett": row.etikett,
        "enhet": row.enhet,
        **values,
        "jamforelse": compared,
        "dolda": dict(row.dolda) or [],  # the contract writes nothing hidden as an empty list
    }


def _visible(value: int | float | None, key: str, hidden: dict[str, str]) -> int | float | None:
    return None if key in hidden else value
