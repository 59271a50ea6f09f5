"""Cells in all the forms that people and other systems write them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from db.exchange.cells import clean_text, convert, shown
from db.exchange.schema import (
    BISTANDSMANADER,
    DELTAGARE,
    INDIKATORVARDEN,
    INSATSER,
    MOTEN,
    NARVARO,
    Sheet,
)
from db.exchange.sheet_writer import cell

IDAG = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("sheet", "column", "written", "stored"),
    [
        (DELTAGARE, "förnamn", "  A\u030asa\u00a0\u0007 ", "Åsa"),
        (DELTAGARE, "telefon", 701234567.0, "701234567"),
        (DELTAGARE, "telefon", date(2024, 1, 2), "2024-01-02"),
        (DELTAGARE, "telefon", True, "SANT"),
        (DELTAGARE, "kön", "k", "K"),
        (DELTAGARE, "utrikesfödd", True, True),
        (DELTAGARE, "utrikesfödd", "NEJ", False),
        (INSATSER, "omfattning", "75 %", 75),
        (INSATSER, "omfattning", "75", 75),
        (INSATSER, "start", datetime(2024, 1, 2, 3, 4), "2024-01-02"),
        (INSATSER, "start", " 2024-02-29 ", "2024-02-29"),
        (BISTANDSMANADER, "månad", "2024-06", 2024 * 12 + 5),
        (BISTANDSMANADER, "månad", date(2024, 6, 1), 2024 * 12 + 5),
        (BISTANDSMANADER, "belopp", "8 449,50 kr", 844950),
        (BISTANDSMANADER, "belopp", 8449.1, 844910),
        (BISTANDSMANADER, "belopp", 0.1 + 0.2, 30),
        (NARVARO, "timmar", "3:30", 210),
        (NARVARO, "timmar", "3,5", 210),
        (NARVARO, "timmar", time(3, 30), 210),
        (NARVARO, "timmar", timedelta(hours=7), 420),
        (NARVARO, "timmar", 10 / 3, 200),
        (MOTEN, "tid", 0.395833, "09:30"),
        (MOTEN, "tid", datetime(2024, 1, 1, 9, 30), "09:30"),
        (MOTEN, "tid", "9:30:00", "09:30"),
        (INDIKATORVARDEN, "kvinnor", "47,5 %", 47.5),
        (INDIKATORVARDEN, "kvinnor", "−3", -3.0),
    ],
)
def test_a_cell_is_understood(sheet: Sheet, column: str, written: Any, stored: Any) -> None:
    values, faults = convert(sheet.by_name[column], [written, "", written], IDAG)

    assert faults.keys() <= {1}
    assert (values[0], values[2]) == (stored, stored)
    assert type(values[0]) is type(stored)


@pytest.mark.parametrize(
    ("sheet", "column", "written"),
    [
        (BISTANDSMANADER, "månad", date(2024, 6, 2)),
        (BISTANDSMANADER, "månad", "2999-01"),
        (BISTANDSMANADER, "månad", 202406.0),
        (BISTANDSMANADER, "belopp", float("inf")),
        (BISTANDSMANADER, "belopp", float("nan")),
        (BISTANDSMANADER, "belopp", "1e5"),
        (BISTANDSMANADER, "belopp", date(2024, 1, 1)),
        (INDIKATORVARDEN, "kvinnor", float("nan")),
        (INDIKATORVARDEN, "kvinnor", "9" * 400),
        (INSATSER, "start", "240102"),
        (INSATSER, "start", "2024-01-02 10:00"),
        (INSATSER, "start", time(9)),
        (MOTEN, "tid", 9.5),
        (MOTEN, "tid", "halv tio"),
        (MOTEN, "tid", "09:60"),
        (NARVARO, "timmar", timedelta(hours=25)),
        (DELTAGARE, "utrikesfödd", 1.0),
    ],
)
def test_a_cell_is_refused(sheet: Sheet, column: str, written: Any) -> None:
    values, faults = convert(sheet.by_name[column], [written], IDAG)

    assert values == [None]
    assert faults[0].endswith(".")


def test_yes_and_one_are_told_apart_in_one_column() -> None:
    values, faults = convert(DELTAGARE.by_name["telefon"], [True, 1.0, "1"], IDAG)

    assert (values, faults) == (["SANT", "1", "1"], {})


def test_cells_are_shown_as_people_see_them() -> None:
    seen = [
        shown(c) for c in (None, 3.0, 3.25, float("inf"), datetime(2024, 1, 2), datetime(2024, 1, 2, 3), True)
    ]

    assert seen == ["", "3", "3.25", "inf", "2024-01-02", "2024-01-02 03:00:00", "SANT"]


def test_line_breaks_are_kept_as_one_kind() -> None:
    assert clean_text("a\r\nb\rc\td") == "a\nb\nc\td"


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        ("a<b & c", '<c r="A1" t="inlineStr"><is><t>a&lt;b &amp; c</t></is></c>'),
        ("\x07", ""),
        (True, '<c r="A1" t="b"><v>1</v></c>'),
        (date(2024, 1, 1), '<c r="A1" s="1"><v>45292</v></c>'),
        (date(1900, 1, 1), '<c r="A1" t="inlineStr"><is><t>1900-01-01</t></is></c>'),
        (datetime(2024, 1, 1, 12), '<c r="A1" s="3"><v>45292.5</v></c>'),
        (time(6), '<c r="A1" s="4"><v>0.25</v></c>'),
        (timedelta(hours=36), '<c r="A1" s="5"><v>1.5</v></c>'),
    ],
)
def test_a_cell_is_written_as_what_it_is(value: Any, markup: str) -> None:
    assert cell("A1", value) == markup
