"""Blocks of cells from a sheet."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.inklistring import MOST_ROWS, Inklistrad, InklistringError, parse_inklistring

ALLA = ("kvinnor", "man", "totalt")


def row(text: str, forsta: str = "") -> Inklistrad:
    (read,) = parse_inklistring(text, forsta)
    return read


@pytest.mark.parametrize(
    ("text", "forsta", "rad"),
    [
        ("1\t2\t3", "", Inklistrad(ALLA, Decimal(1), Decimal(2), Decimal(3))),
        ("1\t2\t3\n", "kvinnor", Inklistrad(ALLA, Decimal(1), Decimal(2), Decimal(3))),
        ("1,5\t2 000", "", Inklistrad(("kvinnor", "man"), Decimal("1.5"), Decimal(2000))),
        ("7", "", Inklistrad(("totalt",), totalt=Decimal(7))),
        ("7", "man", Inklistrad(("man",), man=Decimal(7))),
        ("7\t8", "man", Inklistrad(("man", "totalt"), man=Decimal(7), totalt=Decimal(8))),
        ("−3,2 %", "", Inklistrad(("totalt",), totalt=Decimal("-3.2"))),
        ("\t2\t-", "", Inklistrad(ALLA, None, Decimal(2), None)),
        ("I.U\t2", "", Inklistrad(("kvinnor", "man"), None, Decimal(2))),
        ("Män\tKvinnor\n1\t2", "", Inklistrad(("man", "kvinnor"), Decimal(2), Decimal(1))),
        ("Totalt\r\n5\r\n", "", Inklistrad(("totalt",), totalt=Decimal(5))),
    ],
)
def test_rows_are_read(text: str, forsta: str, rad: Inklistrad) -> None:
    assert row(text, forsta) == rad


@pytest.mark.parametrize(
    ("text", "forsta", "fel"),
    [
        ("", "", "inget att klistra in"),
        (" \n\t", "", "inget att klistra in"),
        ("1\t2\t3\t4", "", "Rad 1 har 4 celler"),
        ("1\t2\t3", "man", "Rad 1 har 3 celler"),
        ("Totalt\n1\t2", "", "Rad 2 har 2 celler"),
        ("Totalt", "", "inga tal under"),
        ("ett\n2\ntre", "", "Rad 1: ”ett” är inget tal. Rad 3: ”tre” är inget tal."),
        ("1,2,3", "", "”1,2,3” är inget tal"),
        ("1\n" * (MOST_ROWS + 1), "", "För många rader"),
        ("x\n" * 25, "", "Och 5 fel till"),
    ],
)
def test_faults_are_told_with_their_rows(text: str, forsta: str, fel: str) -> None:
    with pytest.raises(InklistringError) as caught:
        parse_inklistring(text, forsta)
    assert fel in str(caught.value)


@given(st.text(max_size=60), st.sampled_from(("", *ALLA)))
def test_no_text_brings_it_down(text: str, forsta: str) -> None:
    with suppress(InklistringError):
        assert parse_inklistring(text, forsta)
