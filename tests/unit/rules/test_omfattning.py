"""How much insatser take together, on the day when it is most."""

from datetime import date

import pytest

from db.rules.omfattning import Del, find_samtidig

A, B, C = date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)


@pytest.mark.parametrize(
    ("egen", "andra", "most"),
    [
        ((A, None, 50), [], (A, 50)),
        ((A, B, 50), [(date(2024, 1, 1), None, 25)], (A, 75)),
        ((A, B, 50), [(B, None, 75)], (B, 125)),
        ((A, B, 50), [(C, None, 75)], (A, 50)),
        ((B, None, 50), [(A, date(2024, 3, 31), 75)], (B, 50)),
        ((A, None, 50), [(A, A, 40), (B, C, 30), (C, None, 30)], (C, 110)),
    ],
)
def test_the_most_at_once(egen: Del, andra: list[Del], most: tuple[date, int]) -> None:
    assert find_samtidig(egen, andra) == most
