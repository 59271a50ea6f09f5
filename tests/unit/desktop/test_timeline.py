"""The picture of insatser over time: which rows there are, and that no bar hides another."""

from dataclasses import replace
from datetime import date

from db.queries.card_rows import InskrivningRow, StegRow
from desktop.screens.kort.timeline import make_gantt
from tests.unit.desktop.test_handelser import CARD

IDAG = date(2024, 3, 12)


def steg_rows(*steg: StegRow) -> list[list[str]]:
    ids = dict.fromkeys(row.inskrivning_id for row in steg)
    own = tuple(
        InskrivningRow(id_, f"I-{id_}", None, date(2024, 1, 8), "", "", "", None, None, None, None, None)
        for id_ in ids
    )
    card = replace(CARD, inskrivningar=own, steg=steg)
    return [[bar.short for bar in row.bars] for row in make_gantt(card, IDAG).rows if row.title == "Steg"]


def test_steg_of_one_inskrivning_or_of_one_after_another_are_one_row() -> None:
    first = StegRow(7, "Aktualisering", date(2024, 1, 8), date(2024, 1, 31))
    then = StegRow(7, "Kartläggning", date(2024, 2, 1), None)
    assert steg_rows(first, then) == [["Aktualisering", "Kartläggning"]]
    assert steg_rows(first, replace(then, inskrivning_id=8)) == [["Aktualisering", "Kartläggning"]]
    assert steg_rows() == [[]]


def test_two_inskrivningar_at_the_same_time_have_a_row_each() -> None:
    assert steg_rows(
        StegRow(7, "Insats", date(2024, 1, 8), None),
        StegRow(8, "Aktualisering", date(2024, 2, 1), date(2024, 2, 9)),
        StegRow(8, "Kartläggning", date(2024, 2, 10), None),
    ) == [["Insats"], ["Aktualisering", "Kartläggning"]]
