"""Small workbooks for tests: a register with every column filled, and what changes a cell of it."""

from collections.abc import Iterable
from datetime import date, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]

KVINNA, MAN, SAMORDNING = "19900115-9806", "19850620-9819", "19780463-2383"
RESERV = "19920202-T123"


def full_register() -> Sheets:
    """One or two rows in every sheet, every column filled somewhere."""
    return {
        "Enheter": [
            ["enhet", "typ", "från", "till", "platser"],
            ["Verkstan", "intern", date(2023, 1, 1), date(2023, 12, 31), 10],
            ["Verkstan", "intern", date(2024, 1, 1), None, 12],
            ["Bryggan", "extern", "2023-01-01", None, 0],
        ],
        "Kostnader": [["enhet", "år", "kronor"], ["Verkstan", 2024, 1250000.5]],
        "Insatstyper": [
            ["insatstyp", "kategori", "räknas som aktivitet"],
            ["odling", "sysselsättning", "ja"],
            ["praktik", "arbetsplatsförlagd", "ja"],
        ],
        "Hushåll": [["hushåll", "antal barn"], ["H1", 2], ["H2", None]],
        "Deltagare": [
            [
                "deltagare",
                "personnummer",
                "förnamn",
                "efternamn",
                "kön",
                "hushåll",
                "område",
                "skyddad",
                "utrikesfödd",
                "utbildningsnivå",
                "språk",
                "tolk",
                "telefon",
                "e-post",
            ],
            [
                "D1",
                KVINNA,
                "Åsa",
                "Öberg",
                None,
                "H1",
                "Ryd",
                "nej",
                "nej",
                "gymnasial",
                "svenska",
                None,
                "0701234567",
                "asa@example.invalid",
            ],
            [
                "D2",
                MAN,
                "Bo",
                "Ek",
                "K",
                "H1",
                "Ryd",
                "sekretessmarkering",
                "ja",
                "förgymnasial",
                "dari",
                "dari",
                None,
                None,
            ],
            [
                "D3",
                RESERV,
                "Hodan",
                "Warsame",
                "uppgift saknas",
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
            ],
            ["D4", "19900116-9805", "Eva", "Åker", "uppgift saknas", "H2", "", "", "", "", "", "", "", ""],
        ],
        "Ärenden": [
            [
                "ärende",
                "deltagare",
                "ansökan",
                "beslut",
                "utfall",
                "avslutat",
                "avslutsorsak",
                "försörjningshinder",
                "handläggare",
            ],
            ["A1", "D1", date(2024, 1, 2), date(2024, 1, 10), "bifall", None, None, "arbetslös", "hl1"],
            [
                "A2",
                "D2",
                date(2024, 2, 1),
                date(2024, 2, 5),
                "avslag",
                date(2024, 2, 6),
                "övrigt",
                None,
                "hl2",
            ],
        ],
        "Undantag": [
            ["ärende", "från", "till", "skäl"],
            ["A1", date(2024, 1, 12), date(2024, 1, 20), "läkarintyg"],
            ["A1", date(2024, 1, 12), None, "föräldraledig"],
        ],
        "Biståndsmånader": [
            ["ärende", "månad", "belopp"],
            ["A1", "2024-01", 8449],
            ["A1", "2024-02", 9000.25],
            ["A1", "2024-03", None],
        ],
        "Inskrivningar": [
            [
                "inskrivning",
                "deltagare",
                "anvisad",
                "inskriven",
                "hänvisad av",
                "spår",
                "koordinator",
                "avslutad",
                "resultat",
                "arbete från",
                "arbete till",
                "minst en månad",
            ],
            [
                "I1",
                "D1",
                date(2024, 1, 10),
                date(2024, 1, 15),
                "socialtjänst",
                "Arena Arbetsmarknad",
                "k1",
                date(2024, 9, 30),
                "arbete",
                date(2024, 10, 1),
                date(2024, 12, 31),
                "ja",
            ],
            [
                "I2",
                "D2",
                None,
                date(2024, 3, 1),
                "själv",
                "Sysselsättning",
                "k2",
                None,
                None,
                None,
                None,
                None,
            ],
        ],
        "Steg": [["inskrivning", "steg", "från"], ["I1", "Kartläggning", date(2024, 1, 15)]],
        "Insatser": [
            [
                "insats",
                "inskrivning",
                "insatstyp",
                "enhet",
                "start",
                "planerat slut",
                "slut",
                "omfattning",
                "avbrottsorsak",
            ],
            [
                "N1",
                "I1",
                "praktik",
                "Verkstan",
                date(2024, 2, 1),
                date(2024, 5, 1),
                date(2024, 4, 15),
                75,
                "flytt",
            ],
            ["N2", "I2", "OSA-anställning", "Bryggan", date(2024, 3, 1), None, None, None, None],
            ["N3", "I2", "odling", None, date(2024, 3, 1), None, date(2024, 3, 20), 50, None],
        ],
        "OSA-beslut": [
            ["insats", "beslut från", "beslut till", "diarienummer", "bidrag per månad"],
            ["N2", date(2024, 3, 1), date(2025, 2, 28), "Af-2024/1", 18300],
        ],
        "Planeringar": [
            ["inskrivning", "upprättad", "mål", "nästa uppföljning"],
            ["I1", date(2024, 1, 20), "Arbete i kök\noch körkort", date(2024, 3, 1)],
        ],
        "Möten": [
            ["deltagare", "datum", "tid", "längd", "form", "verksamhet", "uteblev"],
            ["D1", date(2024, 1, 20), time(9, 30), 45, "fysiskt", "arbetsmarknad", "nej"],
            ["D1", date(2024, 1, 20), "9.30", 45, "fysiskt", "arbetsmarknad", "ja"],
            ["D2", date(2024, 2, 1), None, None, "telefon", "ekonomiskt bistånd", None],
        ],
        "Närvaro": [
            ["insats", "datum", "pass", "status", "timmar"],
            ["N1", date(2024, 2, 1), "fm", "närvarande", 3.5],
            ["N1", date(2024, 2, 1), "em", "sjuk", None],
            ["N1", date(2024, 2, 2), None, "ogiltig frånvaro", 0],
        ],
        "BIP": [
            ["inskrivning", "datum", "svarande", "indikator", "värde"],
            ["I1", date(2024, 1, 20), "deltagare", "hälsa i vardagen", 3],
            ["I1", date(2024, 1, 20), "handläggare", "handläggarens tro på jobb", 4],
        ],
        "Delegationsbeslut": [
            ["ärende", "datum", "ärendetyp", "lagrum", "delegationspunkt", "beslut", "delegat"],
            ["A1", date(2024, 1, 10), "försörjningsstöd", "4 kap. 1 § SoL", "2.1", "bifall", "hl1"],
            [None, date(2024, 1, 11), "övrigt", None, "3.2", "avslag", "hl2"],
        ],
        "Indikatorvärden": [
            ["indikator", "period", "kvinnor", "män", "totalt", "källa", "kommentar"],
            ["N1.2", "2024", 47.25, 50.5, 48, "Kolada", "preliminärt"],
        ],
    }


def set_cell(sheets: Sheets, sheet: str, row: int, column: str, value: Any) -> Sheets:
    """Put a value in Excel's row `row` of a column; returns the sheets."""
    sheets[sheet][row - 1][sheets[sheet][0].index(column)] = value
    return sheets


def row_of(sheet: str, **values: Any) -> list[Any]:
    """A row of the sheet with the named values and else blank."""
    return [values.get(name) for name in full_register()[sheet][0]]


def drop_column(sheets: Sheets, sheet: str, column: str) -> Sheets:
    """Take a column away; returns the sheets."""
    place = sheets[sheet][0].index(column)
    sheets[sheet] = [row[:place] + row[place + 1 :] for row in sheets[sheet]]
    return sheets


def save(path: Path, sheets: Sheets, only: Iterable[str] | None = None) -> Path:
    """Write the sheets as a workbook; returns the path."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    for name in only or sheets:
        sheet = workbook.create_sheet(name)
        for row in sheets[name]:
            sheet.append(row)
    workbook.save(path)
    return path


def contents(path: Path) -> dict[str, list[list[Any]]]:
    """What stands in each sheet, as calamine reads it."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
