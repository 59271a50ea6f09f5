"""Measures two ways of doing the same thing turn by turn, so that a noisy machine disturbs both alike."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ours and the floor in seconds (or MB), their ratio, and what is promised.

    `processor` is the ratio of the processor's time alone, which a machine with other work disturbs less;
    None where nothing was measured.
    """

    what: str
    ours: float
    floor: float
    promise: float
    unit: str = "s"
    note: str = ""
    processor: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def kept(self) -> bool:
        return self.ratio <= self.promise


def clock(work: Work) -> float:
    """Seconds of wall time for one call, with the garbage of earlier work out of the way."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(
    what: str,
    ours: Work,
    floor: Work,
    promise: float,
    *,
    rounds: int = 5,
    warm: bool = True,
    quick: bool = False,
    note: str = "",
) -> Row:
    """Run both in turn `rounds` times; the row holds the medians, and the ratio is that of the medians.
    `quick` for calls of a millisecond, as clock_quick."""
    if warm:
        ours()
        floor()
    measure = clock_quick if quick else clock
    spent: tuple[list[float], list[float]] = ([], [])

    def timed(work: Work, into: list[float]) -> float:
        began = time.thread_time()
        seconds = measure(work)
        into.append(time.thread_time() - began)
        return seconds

    pairs = [(timed(ours, spent[0]), timed(floor, spent[1])) for _ in range(rounds)]
    return Row(
        what,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        promise,
        note=note,
        processor=statistics.median(spent[0]) / statistics.median(spent[1]),
    )


def percentile_95(work: Callable[[str], object], inputs: list[str]) -> float:
    """The 95th percentile of the seconds that `work` takes over the inputs."""
    times = sorted(clock_quick(lambda text=text: work(text)) for text in inputs)  # type: ignore[misc]
    return times[int(0.95 * (len(times) - 1))]


def clock_quick(work: Work) -> float:
    """Seconds of one call without collecting garbage first: that empties the processor's own memory, which
    a call of a millisecond then spends its time on."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def table(rows: list[Row]) -> str:
    """The rows as text, aligned, with a mark on those that miss their promise."""
    lines = [f"{'vad':<58}{'vi':>12}{'golv':>12}{'kvot':>8}{'proc.':>8}{'löfte':>8}"]
    for row in rows:
        ours, floor = (f"{value:.4g} {row.unit}" for value in (row.ours, row.floor))
        processor = "" if row.processor is None else f"{row.processor:.2f}"
        mark = "" if row.kept else "  ← nås inte"
        lines.append(
            f"{row.what:<58}{ours:>12}{floor:>12}{row.ratio:>8.2f}{processor:>8}{row.promise:>8.2f}{mark}"
        )
        if row.note:
            lines.append(f"    {row.note}")
    return "\n".join(lines)
