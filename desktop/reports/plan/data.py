"""What JSON says of an indicator in a follow-up: the outcome of every period, the target, the assessment."""

from typing import Any

from db.rules.plan import Indikator, Varde
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import NYCKLAR, Utfall
from desktop.reports.plan.celler import Celler, plain_number, printed_cell


def indikator_data(celler: Celler, bild: Indikatorbild, nu: str, bedomning: str) -> dict[str, Any]:
    """The row beside id and etikett; what is hidden is null with its mark in `dolda`. `nu` is the plain
    period of the report, whose figures also stand as those of any report's row."""
    indikator, provning = bild.indikator, bild.provning
    ingaende = () if bild.ingaende is None else (bild.ingaende,)
    utfall = {u.period: _utfall(celler, indikator, u) for u in (*ingaende, *bild.tidigare)}
    utfall[nu] = _utfall(celler, indikator, bild.utfall)
    target = provning.riktvarde
    made: dict[str, Any] = {
        "enhet": indikator.enhet,
        "kvinnor": None,
        "man": None,
        "uppgift_saknas": None,
        "totalt": None,
    }
    return {
        **made,
        **_tal(celler, bild.utfall),
        "jamforelse": _tal(celler, provning.jamfort),
        "dolda": dict(celler.marks(bild.utfall)) or [],
        "slag": indikator.slag.value,
        "mal": indikator.mal,
        "utfall": utfall,
        "riktvarde": None
        if target is None
        else {"period": target.period, **_printed(target), "ord": provning.ord["totalt"]},
        "riktvarden": {varde.period: _printed(varde) for varde in indikator.riktvarden},
        "bedomning": bedomning or None,
        "bedomning_skal": bild.egen.skal if bild.egen else None,
    }


def _tal(celler: Celler, utfall: Utfall | None) -> dict[str, Any]:
    visible = {nyckel: celler.visible(utfall, nyckel) for nyckel in NYCKLAR}
    return {nyckel: None if tal is None else plain_number(tal) for nyckel, tal in visible.items()}


def _utfall(celler: Celler, indikator: Indikator, utfall: Utfall) -> dict[str, Any]:
    made = _tal(celler, utfall)
    made["text"] = celler.utfall(indikator, utfall, "totalt").text
    made["kalla"] = utfall.kalla.value
    if marks := celler.marks(utfall):
        made["dolda"] = dict(marks)
    return made


def _printed(varde: Varde) -> dict[str, Any]:
    cells = {nyckel: printed_cell(varde, nyckel) for nyckel in NYCKLAR}
    return {**{n: cell.tal for n, cell in cells.items()}, "text": varde.text or cells["totalt"].text}
