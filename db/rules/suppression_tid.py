"""What prints of different days tell together (R12): one row's numbers as differences on one line of time.

Every number of a period is the difference of two marks: how often something has happened before a day.
Numbers that are out fix marks against each other, and with them every period in between, printed or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf


class Dom(Enum):
    """What earlier prints mean for a new number."""

    FRI = "fri"  # they tell nothing of it, and it nothing of them
    UTE = "ute"  # they tell it already: to hide it keeps nothing
    DOLJ = "dolj"  # with them it would tell what must not be told


@dataclass(frozen=True, slots=True)
class Kant:
    """A row's number of the days from `fran` to before `efter` in an earlier print, and whether it is shown
    there; `stort` where it is hidden though it is not small, so that its mark says how small it may be."""

    fran: int
    efter: int
    varde: int
    synlig: bool
    stort: bool = False


class _Marken:
    """Marks that are fixed against each other, in groups."""

    def __init__(self) -> None:
        self._upp: dict[int, tuple[int, int]] = {}

    def find(self, dag: int) -> tuple[int, int]:
        """The group of a day's mark, and its height in the group."""
        hojd = 0
        while (upp := self._upp.get(dag)) is not None:
            dag, hojd = upp[0], hojd + upp[1]
        return dag, hojd

    def join(self, kant: Kant) -> None:
        """Fix two marks against each other, unless they are."""
        (a, till_a), (b, till_b) = self.find(kant.fran), self.find(kant.efter)
        if a != b:
            self._upp[b] = (a, till_a + kant.varde - till_b)


class Tidslinje:
    """The earlier numbers of one row and kön, newest first: of two that differ the newer holds."""

    def __init__(self, kanter: Iterable[Kant]) -> None:
        self.kanter = tuple(dict.fromkeys(kanter))
        self._kanda, self._alla = _Marken(), _Marken()
        for kant in self.kanter:
            if kant.synlig:
                self._kanda.join(kant)
                self._alla.join(kant)
        for kant in self.kanter:
            self._alla.join(kant)
        self._grupper: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for dag in {dag for k in self.kanter for dag in (k.fran, k.efter)}:
            grupp, hojd = self._kanda.find(dag)
            self._grupper[grupp][dag] = hojd

    def judge(self, fran: int, efter: int, varde: int, troskel: int) -> Dom:
        """What the earlier numbers mean for the number of the days from `fran` to before `efter`.

        Hidden is what tells a hidden number together with others, what leaves so few between two periods
        that are shown, and what differs from an earlier print of the same days by so few.
        """
        (a, till_a), (b, till_b) = self._kanda.find(fran), self._kanda.find(efter)
        rest = abs(varde - (till_b - till_a))
        if a == b and not rest:
            return Dom.UTE
        if any(_differs_by_few(kant, fran, efter, varde, troskel) for kant in self.kanter):
            return Dom.DOLJ
        if a == b:
            return Dom.DOLJ if rest < troskel else Dom.FRI
        if self._alla.find(fran)[0] == self._alla.find(efter)[0]:
            return Dom.DOLJ
        fore = [till_a - hojd for hojd in self._grupper.get(a, {fran: till_a}).values()]
        sedan = [hojd - till_b for hojd in self._grupper.get(b, {efter: till_b}).values()]
        few = any(0 < abs(x + varde + y) < troskel for x in fore for y in sedan if x or y)
        return Dom.DOLJ if few else Dom.FRI

    def bounds(self, fran: int, efter: int) -> tuple[float, float]:
        """The least and the most that the number of the days can be while those of days within and around
        are what they are; hidden numbers of the same days move with it."""
        andra = [k for k in self.kanter if k.synlig or (k.fran, k.efter) != (fran, efter)]
        minst = max((k.varde for k in andra if fran <= k.fran and k.efter <= efter), default=0)
        mest = min((k.varde for k in andra if k.fran <= fran and efter <= k.efter), default=inf)
        return minst, mest

    def is_repeated(self, fran: int, efter: int, varde: int) -> bool:
        """Whether the same number of the same days is hidden in an earlier print."""
        return any((k.fran, k.efter, k.varde, k.synlig) == (fran, efter, varde, False) for k in self.kanter)

    def told(self, fran: int, efter: int) -> tuple[int, bool] | None:
        """The number of the days as earlier ones make it, and whether all of them are shown; None where they
        do not make it."""
        for marken, synlig in ((self._kanda, True), (self._alla, False)):
            (a, till_a), (b, till_b) = marken.find(fran), marken.find(efter)
            if a == b:
                return till_b - till_a, synlig
        return None


def _differs_by_few(kant: Kant, fran: int, efter: int, varde: int, troskel: int) -> bool:
    """Whether an earlier number of the same days, of days within or of days around is so near."""
    inne = kant.fran >= fran and kant.efter <= efter
    runt = kant.fran <= fran and kant.efter >= efter
    if not (inne or runt):
        return False
    skillnad = abs(varde - kant.varde)
    if kant.synlig:
        return 0 < skillnad < troskel
    # A bound next to a hidden number tells it where its mark is the other bound.
    return kant.stort and varde > 0 and skillnad < troskel


def tells_of_part(
    kanter: Sequence[Kant], fran: int, efter: int, varde: int, troskel: int, *, larger: bool
) -> bool:
    """Whether the numbers of another urval, which counts these people and more (`larger`) or some of them,
    tell with this one of so few: those of days around (or within), and what they make together. Those of the
    very same days are weighed in one table with it."""
    others = [k for k in kanter if (k.fran, k.efter) != (fran, efter)]
    nested = [
        k
        for k in others
        if (k.fran <= fran and efter <= k.efter if larger else fran <= k.fran and k.efter <= efter)
    ]
    if any(_differs_by_few(k, fran, efter, varde, troskel) for k in nested):
        return True
    told = Tidslinje(others).told(fran, efter)
    return told is not None and told[1] and 0 < abs(told[0] - varde) < troskel


def judge_day(kanter: Sequence[Kant], dag: int, varde: int, troskel: int) -> Dom:
    """What earlier prints mean for a number of what there is on one day."""
    samma = [kant for kant in kanter if kant.fran == dag]
    if any(0 < abs(varde - k.varde) < troskel for k in samma if k.synlig):
        return Dom.DOLJ
    if any(k.synlig and k.varde == varde for k in samma):
        return Dom.UTE
    return Dom.DOLJ if any(not k.synlig for k in samma) else Dom.FRI
