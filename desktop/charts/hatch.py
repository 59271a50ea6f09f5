"""The pattern of män and of what is reserved: rising lines, cut by the outline so that no painter has to."""

from desktop.charts.scene import Point

STEP = 4 * 2**0.5  # 4 px between the lines, measured along a level edge
WIDTH = 1.3


def hatch_lines(outline: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    """Rising 45° lines inside a closed outline, from its upper left corner on."""
    sums = [x + y for x, y in outline]
    level = min(x for x, _ in outline) + min(y for _, y in outline)
    lines: list[tuple[Point, Point]] = []
    while level < max(sums):
        crossed = sorted(_crossings(outline, level))
        lines += [
            ((x, level - x), (end, level - end)) for x, end in zip(crossed[::2], crossed[1::2], strict=False)
        ]
        level += STEP
    return lines


def _crossings(outline: tuple[Point, ...], level: float) -> list[float]:
    """Where the line x + y = level crosses the outline: the places' x."""
    found = []
    before_x, before_y = outline[-1]
    for x, y in outline:
        start, end = before_x + before_y - level, x + y - level
        if (start > 0) != (end > 0):
            found.append(before_x + start / (start - end) * (x - before_x))
        before_x, before_y = x, y
    return found
