"""How what is counted looks: colour, pattern, dashes and mark, each told from the others without colour."""

from dataclasses import dataclass

from desktop.charts.scene import Fill, Line, Mark, Point, Rect, Shape, Stroke

MOST_STEPS = 12  # six shades, and the same hatched


@dataclass(frozen=True, slots=True)
class Look:
    """`fill` and `edge` of a bar, band or swatch; `colour`, `dash` and `mark` ("round", "square", "") of a
    line; `on` is the colour of a text that stands in the fill ("" where none is legible)."""

    fill: Fill
    colour: str
    edge: str = ""
    dash: tuple[float, ...] = ()
    mark: str = "round"
    on: str = ""


def _step(token: str, edge: str = "", on: str = "") -> Look:
    return Look(Fill(token), token, edge, on=on)


def _shade(name: str, token: str) -> list[Look]:
    """Strong, middle, light, and white with lines, inside one kön."""
    dark = f"{name}_1"
    shades = [Look(Fill(f"{name}_{n}"), token, dark, on="surface" if n == 1 else "text") for n in (1, 2, 3)]
    return [*shades, Look(Fill("surface", dark), token, dark)]


LOOKS: dict[str, Look] = {
    "kvinnor": Look(Fill("kv"), "kv"),
    "man": Look(Fill("man", "man_hatch"), "man", "man", (6, 3), "square"),
    "uppgift_saknas": Look(Fill("surface", "total"), "total", "total", (2, 3), ""),
    "totalt": Look(Fill("total"), "total", dash=(1.2, 2.4), mark="", on="surface"),
    "data": _step("s5", on="surface"),
    "intern": Look(Fill("s5"), "s6", on="surface"),
    "extern": Look(Fill("surface", "s5"), "s5", "s5", (6, 3), "square"),
    "belagd": _step("s5", on="surface"),
    "reserverad": Look(Fill("s1", "s5"), "s5", "s5", (6, 3), "square"),
    "ledig": Look(Fill("neutral_soft"), "border_strong", "border_strong", on="text"),
    "overbelagd": Look(Fill("danger_soft", "danger"), "danger", "danger", (2, 2), "square"),
    "steg1": _step("s1", "border_strong", "text"),
    "steg2": _step("s2", "border_strong", "text"),
    "steg3": _step("s3", on="text"),
    "steg4": _step("s4"),
    "steg5": _step("s5", on="surface"),
    "steg6": _step("s6", on="surface"),
}
KON = ("kvinnor", "man", "totalt")
SHADES = {"kvinnor": _shade("kv", "kv"), "man": _shade("man", "man"), "totalt": _shade("total", "total")}


def look_of(name: str) -> Look:
    """The look of that name; KeyError for one that is not there.

    `steg7` to `steg12` are the six shades hatched on white, and `kvinnor:0` to `totalt:3` shades of a kön.
    """
    if name in LOOKS:
        return LOOKS[name]
    whose, _, shade = name.partition(":")
    if shade:
        return SHADES[whose][int(shade)]
    number = int(name.removeprefix("steg")) if name.startswith("steg") else 0
    if not 6 < number <= MOST_STEPS:
        raise KeyError(name)
    token = f"s{number - 6}" if number > 8 else "border_strong"
    return Look(Fill("surface", token), token, token, (6, 3), "square")


def step_looks(count: int) -> tuple[str, ...]:
    """Names of looks for so many steps in order: one hue from light to dark, spread over its six shades.

    From the thirteenth on they come again: labels and table tell them apart.
    """
    if count <= 6:
        shades = {0: (), 1: (5,), 2: (2, 5), 3: (2, 4, 6), 4: (1, 3, 5, 6), 5: (1, 2, 3, 5, 6)}
        return tuple(f"steg{n}" for n in shades.get(count, range(1, 7)))
    return tuple(f"steg{n % MOST_STEPS + 1}" for n in range(count))


def swatch(look: Look, x: float, y: float, side: float) -> Rect:
    """The small box of a legend."""
    return Rect(x, y, side, side, look.fill, Stroke(look.edge) if look.edge else None, 2)


def line_mark(look: Look, x: float, y: float, radius: float = 3.5) -> Mark | None:
    """The mark of a point on a line: filled and round, or open and square; None where the line has none."""
    if not look.mark:
        return None
    if look.mark == "square":
        return Mark(x, y, radius, "surface", Stroke(look.colour, 1.8), square=True)
    return Mark(x, y, radius + 0.3, look.colour, Stroke("surface", 0.9))


def line_shapes(look: Look, points: tuple[Point, ...], width: float = 2.0) -> list[Shape]:
    """A line through the points with their marks."""
    shapes: list[Shape] = []
    if len(points) > 1:
        shapes.append(Line(points, Stroke(look.colour, width, look.dash)))
    shapes += [mark for x, y in points if (mark := line_mark(look, x, y)) is not None]
    return shapes
