"""Text that fits: broken over lines, cut with an ellipsis, and labels pushed apart until none overlaps."""

from collections.abc import Callable, Sequence

ELLIPSIS = "…"
Width = Callable[[str], float]


def cut(text: str, room: float, width: Width) -> str:
    """`text`, or as much of it as `room` has place for with an ellipsis, between words where it can be."""
    if width(text) <= room:
        return text
    least, most = 0, len(text)  # so many signs and the ellipsis fit
    while least < most:
        middle = (least + most + 1) // 2
        if width(f"{text[:middle].rstrip()}{ELLIPSIS}") <= room:
            least = middle
        else:
            most = middle - 1
    kept = text[:least]
    word = kept.rfind(" ")
    if word > least * 2 / 3 and not text[least : least + 1].isspace():
        kept = kept[:word]
    return f"{kept.rstrip()}{ELLIPSIS}"


def name_and_figure(name: str, figure: str, room: float, width: Width) -> str:
    """ "Kvinnor 12" in the room there is: the name is cut before the figure is."""
    text = f"{name} {figure}"
    if width(text) <= room:
        return text
    return cut(f"{cut(name, room - width(f' {figure}'), width)} {figure}", room, width)


def fit_lines(text: str, room: float, most: int, width: Width) -> list[str]:
    """`text` on at most `most` lines of `room`, the last with an ellipsis when some is left out.

    A word longer than the line is broken; a text that is cut is cut between words where it can be.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if width(candidate) <= room:
            line = candidate
            continue
        if line:
            lines.append(line)
        pieces = _pieces(word, room, width)
        lines += pieces[:-1]
        line = pieces[-1]
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _with_ellipsis(lines[most - 1], room, width)]


def _pieces(word: str, room: float, width: Width) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _with_ellipsis(line: str, room: float, width: Width) -> str:
    while line and width(f"{line} {ELLIPSIS}") > room:
        line = line.rsplit(" ", 1)[0] if " " in line else line[:-1]
    return f"{line} {ELLIPSIS}"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least `gap` apart within low–high, in the order of `wanted` and as near to it as can be.

    With more places than there is room for they run over `high`: make the room first (`spread_room`).
    """
    blocks: list[tuple[float, int]] = []  # start of each run of places, and how many it has
    for count, at in enumerate(wanted):
        start, size, total = at, 1, at
        while blocks and blocks[-1][0] + blocks[-1][1] * gap > start:
            _, more = blocks.pop()
            size += more
            members = wanted[count + 1 - size : count + 1]
            total = sum(place - index * gap for index, place in enumerate(members))
            start = total / size
        blocks.append((start, size))
    return _within([start + index * gap for start, size in blocks for index in range(size)], gap, low, high)


def _within(places: list[float], gap: float, low: float, high: float) -> list[float]:
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], high - (len(places) - 1 - index) * gap)
    for index in range(len(places)):
        places[index] = max(places[index], low + index * gap)
    return places


def spread_room(count: int, gap: float) -> float:
    """How long a span `count` places need."""
    return max(0, count - 1) * gap


def shown_ticks(widths: Sequence[float], step: float, gap: float = 8.0) -> list[int]:
    """Which names of an axis stand so that none overlaps: every nth, and always the last one."""
    count = len(widths)
    if not count:
        return []
    need = max(widths) + gap
    every = next(n for n in (1, 2, 3, 4, 5, 6, 10, 12, 13, 26, 52, count) if n * step >= need or n >= count)
    ticks = list(range(0, count, every))
    while len(ticks) > 1 and ticks[-1] != count - 1 and (count - 1 - ticks[-1]) * step < need:
        ticks.pop()
    return (
        ticks
        if ticks[-1] == count - 1
        else [*ticks, count - 1]
        if _fits_last(ticks, count, step, need)
        else ticks
    )


def _fits_last(ticks: Sequence[int], count: int, step: float, need: float) -> bool:
    return (count - 1 - ticks[-1]) * step >= need
