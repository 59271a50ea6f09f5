"""Lines month by month: kvinnor solid with round marks, män dashed with square ones, totalt dotted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from db.rules.figurer import Tal
from desktop.reports import formats
from desktop.reports.charts import NAMES, Chart
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.styles import colour
from desktop.reports.tagging import TaggedCanvas

HEIGHT = 158.0
_LEFT = 30.0
_LABELS = 100.0
_BOTTOM = 16.0
_TOP_GAP = 8.0
_LABEL_STEP = 12.0
_MARK = 2.8
_ROOM_BELOW = 5.0
_TOKENS = {"kvinnor": "kv", "man": "man", "totalt": "total"}
_DASHES: dict[str, tuple[float, ...]] = {"kvinnor": (), "man": (6, 3), "totalt": (1.2, 2.4)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose it is (kvinnor, man, totalt) and a value per month, None where hidden or missing."""

    key: str
    values: tuple[Tal | None, ...]


def line_chart(title: str, months: Sequence[str], lines: Sequence[Line], enhet: str) -> Chart | None:
    """Lines over the months; with a value of one kön missing, totalt alone: lines can be measured (R12).

    None when no line is whole. A share's scale may begin above zero, and then says so.
    """
    whole = [line for line in lines if len(line.values) == len(months) and None not in line.values]
    if {line.key for line in lines if line.key != "totalt"} - {line.key for line in whole}:
        whole = [line for line in whole if line.key == "totalt"]
    if not whole or len(months) < 2:
        return None
    scale = _Scale.over([value for line in whole for value in _numbers(line)], enhet)
    alt = f"Linjediagram. {title}. " + " ".join(_line_words(line, months, enhet) for line in whole)

    def paint(canvas: TaggedCanvas, width: float, height: float) -> None:
        right = width - _LABELS
        _paint_axes(canvas, scale, months, right, height)
        for line in whole:
            _paint_line(canvas, scale, line, right, height)
        _paint_labels(canvas, scale, whole, right, height)

    return Chart(title, HEIGHT, alt, paint)


def _numbers(line: Line) -> list[float]:
    return [float(value) for value in line.values if value is not None]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    step: float
    steps: int
    enhet: str

    @classmethod
    def over(cls, values: Sequence[float], enhet: str) -> "_Scale":
        """Three or four even steps that hold the values; shares cut the scale where all lie high."""
        low = 0.0
        if enhet == "andel":
            low = 20.0 * ((min(values) - _ROOM_BELOW) // 20) if min(values) >= 40 else 0.0
        need = max(max(values) - low, 1.0)
        step = next(
            size * 10**power
            for power in range(10)
            for size in (1, 2, 2.5, 5)
            if 4 * size * 10**power >= need and (power or size != 2.5)
        )
        return cls(low, step, 4 if need > 3 * step else 3, enhet)

    def y(self, value: float, height: float) -> float:
        return _BOTTOM + (value - self.low) / (self.step * self.steps) * (height - _BOTTOM - _TOP_GAP)


def _x(index: int, count: int, right: float) -> float:
    return _LEFT + index * (right - _LEFT) / (count - 1)


def _paint_axes(
    canvas: TaggedCanvas, scale: _Scale, months: Sequence[str], right: float, height: float
) -> None:
    for step in range(scale.steps + 1):
        value = scale.low + step * scale.step
        y = scale.y(value, height)
        canvas.setStrokeColor(colour("neutral_border"))
        canvas.setLineWidth(0.5)
        canvas.line(_LEFT, y, right, y)
        text = formats.with_suffix(
            formats.format_tal(value), scale.enhet if scale.enhet == "andel" else "antal"
        )
        _write(canvas, text, _LEFT - 4 - text_width(text, REGULAR, 8.4), y - 3, REGULAR, 8.4, "text2")
    for index, month in enumerate(months):
        width = text_width(printable(month), REGULAR, 8.6)
        _write(canvas, month, _x(index, len(months), right) - width / 2, 3, REGULAR, 8.6, "text2")
    if scale.low:
        text = f"Skalan börjar vid {formats.with_suffix(formats.format_tal(scale.low), scale.enhet)}"
        _write(canvas, text, right + 14, 3, REGULAR, 8.4, "text2")


def _paint_line(canvas: TaggedCanvas, scale: _Scale, line: Line, right: float, height: float) -> None:
    values = _numbers(line)
    points = [(_x(index, len(values), right), scale.y(value, height)) for index, value in enumerate(values)]
    canvas.setStrokeColor(colour(_TOKENS[line.key]))
    canvas.setLineWidth(2)
    canvas.setDash(list(_DASHES[line.key]))
    canvas.lines([(*start, *end) for start, end in pairwise(points)])
    canvas.setDash([])
    for x, y in points if line.key != "totalt" else ():
        _paint_mark(canvas, line.key, x, y)


def _paint_mark(canvas: TaggedCanvas, key: str, x: float, y: float) -> None:
    canvas.setLineWidth(0.7 if key == "kvinnor" else 1.4)
    canvas.setFillColor(colour("kv" if key == "kvinnor" else "surface"))
    canvas.setStrokeColor(colour("surface" if key == "kvinnor" else "man"))
    if key == "kvinnor":
        canvas.circle(x, y, _MARK, stroke=1, fill=1)
    else:
        canvas.rect(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK, stroke=1, fill=1)


def _paint_labels(
    canvas: TaggedCanvas, scale: _Scale, lines: Sequence[Line], right: float, height: float
) -> None:
    """Name and last value at the end of each line, pushed apart where the ends lie close."""
    place = -_LABEL_STEP
    for line in sorted(lines, key=lambda line: _numbers(line)[-1]):
        last = _numbers(line)[-1]
        y = scale.y(last, height)
        place = max(y, place + _LABEL_STEP)
        canvas.setStrokeColor(colour("border_strong"))
        canvas.setLineWidth(0.5)
        canvas.line(right + 5, y, right + 11, place)
        text = f"{NAMES[line.key]} {_value(last, scale.enhet)}"
        _write(canvas, text, right + 14, place - 3, SEMIBOLD, 8.8, "text")


def _value(value: float, enhet: str) -> str:
    return formats.with_suffix(formats.format_tal(value, formats.decimals_for(enhet, [value])), enhet)


def _line_words(line: Line, months: Sequence[str], enhet: str) -> str:
    said = (f"{month} {_value(value, enhet)}" for month, value in zip(months, _numbers(line), strict=True))
    return f"{NAMES[line.key]}: {', '.join(said)}."


def _write(
    canvas: TaggedCanvas, text: str, left: float, baseline: float, font: str, size: float, token: str
) -> None:
    canvas.setFillColor(colour(token))
    canvas.setFont(font, size)
    canvas.drawString(left, baseline, f"{printable(text)} ")
