"""A report as JSON, the contract of exchange.md: hidden values are null, their marks stand in `dolda`."""

import json
from typing import Any

from db.rules.figurer import KON_NYCKLAR, Avsnitt, Rad, Rapport
from db.rules.tabell import Stycke, Tabell, Tabellrad

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
            {"rubrik": avsnitt.rubrik, "rader": [_row(row) for row in avsnitt.rader] + _part_rows(avsnitt)}
            | _texts(avsnitt)
            for avsnitt in rapport.avsnitt
        ],
    }
    if rapport.demo:
        made["demo"] = True
    if rapport.urval:
        made["urval"] = dict(rapport.urval)
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


def _texts(avsnitt: Avsnitt) -> dict[str, str]:
    """What is written in the section, such as a comment; nothing where nothing is."""
    texts = [part.text for part in avsnitt.delar if isinstance(part, Stycke)]
    return {"text": "\n\n".join(texts)} if texts else {}


def _part_rows(avsnitt: Avsnitt) -> list[dict[str, Any]]:
    """The rows of the section's tables that have an id: what they say of themselves, else their columns."""
    tables = [part for part in avsnitt.delar if isinstance(part, Tabell)]
    return [
        {"id": rad.id, "etikett": rad.etikett, **(_columns(table, rad) if rad.data is None else rad.data)}
        for table in tables
        for rad in table.rader
        if rad.id
    ]


def _columns(table: Tabell, rad: Tabellrad) -> dict[str, Any]:
    at, made, hidden = rad.spann, {}, {}
    for cell in rad.celler:
        if key := table.kolumner[at].nyckel:
            made[key] = None if cell.dold else cell.text if cell.tal is None else cell.tal
            if cell.dold:
                hidden[key] = cell.dold
        at += cell.spann
    return {**made, "dolda": hidden} if hidden else made


def _visible(value: int | float | None, key: str, hidden: dict[str, str]) -> int | float | None:
    return None if key in hidden else value
