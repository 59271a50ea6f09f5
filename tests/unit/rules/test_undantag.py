"""When an undantag is to be reviewed."""

from datetime import date

import pytest

from db.rules.undantag import find_granskas

FRAN, DAG = date(2024, 3, 1), date(2024, 6, 3)


@pytest.mark.parametrize(
    ("till", "granskad", "nasta", "wanted"),
    [
        (None, None, None, date(2024, 5, 30)),  # 90 days after it began
        (None, date(2024, 5, 1), None, date(2024, 7, 30)),
        (None, date(2024, 2, 1), None, date(2024, 5, 30)),  # reviewed before it began
        (None, date(2024, 3, 2), date(2024, 9, 1), date(2024, 9, 1)),  # what was decided goes before 90 days
        (date(2024, 8, 1), None, None, None),
        (date(2024, 8, 1), date(2024, 4, 1), date(2024, 7, 1), date(2024, 7, 1)),
        (date(2024, 6, 2), None, date(2024, 5, 1), None),  # over
        (DAG, None, date(2024, 5, 1), date(2024, 5, 1)),  # its last day
    ],
)
def test_the_day_of_the_next_review(
    till: date | None, granskad: date | None, nasta: date | None, wanted: date | None
) -> None:
    assert find_granskas(FRAN, till, granskad, nasta, DAG) == wanted


def test_one_that_has_not_begun_waits() -> None:
    assert find_granskas(date(2024, 6, 4), None, None, None, DAG) is None
