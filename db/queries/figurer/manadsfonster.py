"""What months with stöd tell (domain.md section 5), asked of numbers of bits: one for each household."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from db.queries.figurer.gemensamt import last_seen
from db.rules import avslut, bistand
from db.rules.period import Period, month_index

# A number of 62 bits: these months before the period's last one, that one, and some after it for R11.
FORE, EFTER = 56, 5


class Fonster:
    """The rules of months asked with numbers of bits, each once for each pattern that matters to it."""

    def __init__(self, period: Period, per: date) -> None:
        self.sista = month_index(last_seen(period, per))
        self.forsta, self.ar = self.sista - FORE, last_seen(period, per).year
        self.period = range(max(period.forsta_manad, self.forsta), self.sista + 1)
        self._ask = cache(self._ask_rule)
        self._sista, self._till_sista = (
            self._span(self.sista, self.sista),
            self._span(self.forsta, self.sista),
        )
        self._aret = self._span(self.ar * 12, self.sista)
        self._tre_ar = self._span(self.sista - 35, self.sista)
        self._perioden = self._span(self.period.start, self.period.stop - 1) if self.period else 0
        # R11: who had none of the half-year's months cannot have ended in it.
        januari = (self.ar - 1) * 12
        self._halvar, self._ateraktualisering = (
            self._span(januari, januari + manader) for manader in (5, 17)
        )

    def has_sista(self, bitar: int) -> bool:
        """Whether the last month is one with stöd."""
        return bool(bitar & self._sista)

    def is_over_tva_ar(self, bitar: int) -> bool:
        """Whether the last month ends more than two years of it."""
        return self.has_sista(bitar) and self._judge(self._over_tva_ar, bitar & self._till_sista)

    def has_aret(self, bitar: int) -> bool:
        """Whether there is stöd some month of the calendar year so far."""
        return bool(bitar & self._aret)

    def is_langvarigt(self, bitar: int) -> bool:
        """Whether it is långvarigt in the calendar year."""
        return self._judge(self._langvarigt, bitar & self._aret, bistand.MINST_LANGVARIGT)

    def is_mycket_langvarigt(self, bitar: int) -> bool:
        """Whether it is mycket långvarigt in the last three years."""
        return self._judge(self._mycket_langvarigt, bitar & self._tre_ar, bistand.MINST_MYCKET_LANGVARIGT)

    def judge_aterkomst(self, bitar: int) -> tuple[int, int]:
        """Whether the stöd ended in the half-year that is judged and has not come back, and whether it ended
        (R11): 1 or 0."""
        if not bitar & self._halvar:
            return 0, 0
        found: tuple[int, int] = self._ask(self._utfall, bitar & self._ateraktualisering)
        return found

    def count_period(self, bitar: int) -> int:
        """In how many months of the period there is stöd."""
        return (bitar & self._perioden).bit_count()

    def latest(self, bitar: int) -> int:
        """The latest month with stöd up to the period's last one."""
        return self.forsta + (bitar & self._till_sista).bit_length() - 1

    def has(self, bitar: int, manad: int) -> bool:
        """Whether there is stöd in a month."""
        return bool(bitar >> (manad - self.forsta) & 1)

    def _span(self, fran: int, till: int) -> int:
        """The bits of the months fran–till."""
        return sum(1 << (manad - self.forsta) for manad in range(max(fran, self.forsta), till + 1))

    def _judge(self, regel: Callable[[list[int]], Any], bitar: int, minst: int = 1) -> bool:
        """What the rule says of these months; False without asking where they are fewer than it can want."""
        return bitar.bit_count() >= minst and bool(self._ask(regel, bitar))

    def _ask_rule(self, regel: Callable[[list[int]], Any], bitar: int) -> Any:
        return regel([self.forsta + plats for plats in range(bitar.bit_length()) if bitar >> plats & 1])

    def _over_tva_ar(self, manader: list[int]) -> bool:
        return bistand.is_over_tva_ar(manader, self.sista)

    def _langvarigt(self, manader: list[int]) -> bool:
        return bistand.is_langvarigt(manader, self.ar)

    def _mycket_langvarigt(self, manader: list[int]) -> bool:
        return bistand.is_mycket_langvarigt(manader, self.sista)

    def _utfall(self, manader: list[int]) -> tuple[int, int]:
        return avslut.count_ej_ateraktualiserade([manader], self.ar)
