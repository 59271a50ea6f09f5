"""Lines month by month: kvinnor solid with round marks, män dashed with square ones, totalt dotted."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.figurer import Tal
from desktop.charts.lines import lines as draw_lines
from desktop.charts.picture import Series
from desktop.reports import formats
from desktop.reports.charts import NAMES
from desktop.reports.drawing import Chart, place

_HEIGHT = 210.0  # px


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

    def told(value: Tal) -> str:
        return formats.with_suffix(formats.format_tal(value, formats.decimals_for(enhet, [value])), enhet)

    series = [Series(NAMES[line.key], line.values, line.key) for line in whole]
    return place(draw_lines(title, months, series, told=told, share=enhet == "andel"), _HEIGHT)
