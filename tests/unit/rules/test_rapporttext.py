"""A report written down and read again is the same report."""

import json

import pytest

from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport
from db.rules.rapporttext import report_from_plain, report_to_plain, to_canonical
from db.rules.tabell import Forklaring, Stycke, Tabell, Tabellcell, Tabellkolumn, Tabellrad

RAD = Rad(
    "a", "Avslut", "antal", Konsvarden(None, 8, 0, 12), Konsvarden(), {"kvinnor": "<5"}, {}, decimaler=0
)
TABELL = Tabell(
    (Tabellkolumn("Namn"), Tabellkolumn("Antal", siffror=True)),
    (Tabellrad("Köket", (Tabellcell("12", 12),), data={"antal": 12.5, "rader": [1, {"a": (2,)}]}),),
    noter=("Å, ä och ö.",),
)
RAPPORT = Rapport(
    "avslut", "Avslut", ("2024-01-01", "2024-12-31"), "2024-12-31",
    (Avsnitt("Alla", (RAD,), delar=(TABELL,)),),
    jamforelse_period=("2023-01-01", "2023-12-31"), demo=True, framsida=(Avsnitt("Kort", ()),),
    lasning=(Stycke("<b>Så</b> läses den"),), begrepp=(Forklaring("nås", "målet"),),
)  # fmt: skip


def test_there_and_back_through_json() -> None:
    text = to_canonical(report_to_plain(RAPPORT))
    read = report_from_plain(json.loads(text))
    assert read == RAPPORT
    assert to_canonical(report_to_plain(read)) == text


@pytest.mark.parametrize(
    "plain", [{}, {"_": "Rad"}, {"_": "Okänd"}, {"_": "Rapport", "annat": 1}, {"_": "Konsvarden"}]
)
def test_anything_else_is_no_report(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no report"):
        report_from_plain(plain)
