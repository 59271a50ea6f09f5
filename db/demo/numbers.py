"""Fictitious numbers: serials 980/981 and 238/239, as the tax agency's own test numbers mostly have."""

import random
from datetime import date, timedelta

from db.rules.personnummer import calculate_luhn

TRIES = 12
WITHIN_DAYS = 1000
SERIER = {"K": ("980", "238"), "M": ("981", "239")}


class Numbers:
    """Hands out numbers that no one else in the register has."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def take(self, kon: str, fodd: date, samordning: bool) -> tuple[str, str, date]:
        """Twelve characters, the kind of number, and the birth date it says (near the wanted one).

        When the fictitious serials of the days around are all taken, a reservnummer is given instead.
        """
        wanted = fodd
        for _ in range(TRIES):
            for serie in SERIER[kon]:
                day = fodd.day + (60 if samordning else 0)
                nine = f"{fodd:%y%m}{day:02d}{serie}"
                tolv = f"{fodd:%Y}"[:2] + nine + str(calculate_luhn(nine))
                if tolv not in self._taken:
                    self._taken.add(tolv)
                    return tolv, "samordningsnummer" if samordning else "personnummer", fodd
            fodd = self._earlier(wanted)
        while (tolv := f"{fodd:%Y%m%d}T{self._rng.randint(0, 999):03d}") in self._taken:
            fodd = self._earlier(wanted)
        self._taken.add(tolv)
        return tolv, "reservnummer", fodd

    def _earlier(self, day: date) -> date:
        # Never later: who is of age stays so.
        return day - timedelta(days=self._rng.randint(1, WITHIN_DAYS))
