"""Up to six key figures as cards on the first page: totalt large, kvinnor and män with bars, change and comparison."""

from collections.abc import Sequence
from itertools import chain

from reportlab.lib.utils import simpleSplit
from reportlab.platypus.flowables import Flowable

from db.rules.figurer import Rad, Rapport
from desktop.reports import formats
from desktop.reports.charts import NAMES, drawn_keys, fill_bar
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.structure import Element, StructureBuilder
from desktop.reports.styles import CONTENT, colour
from desktop.reports.tables import Cell, change_cell, row_decimals, value_cell
from desktop.reports.tagging import TaggedCanvas

MOST_CARDS = 6
PER_ROW = 3
GUTTER = 8.0
CARD_WIDTH = (CONTENT - (PER_ROW - 1) * GUTTER) / PER_ROW
_PADDING = 10.0
_HEAD_LEADING = 12.0
_HEAD_LINES = 3
_FIGURE = 29.0
_LINE = 15.0
_BAR = 9.4
_BAR_LEFT = 50.0


def key_figures(rapport: Rapport) -> list[Rad]:
    """The rows shown as cards: those flagged, else the first of every section, then the next ones, kön first."""
    rows = list(chain.from_iterable(avsnitt.rader for avsnitt in rapport.avsnitt))
    flagged = [row for row in rows if row.nyckeltal]
    if flagged:
        return flagged[:MOST_CARDS]
    usable = [[row for row in avsnitt.rader if row.konsuppdelad] for avsnitt in rapport.avsnitt]
    firsts = [rows[0] for rows in usable if rows]
    seconds = [row for rows in usable for row in rows[1:]]
    return [*firsts, *seconds][:MOST_CARDS]


class CardRow(Flowable):
    """Three cards side by side, equally high; read one after the other."""

    def __init__(self, rows: Sequence[Rad], structure: StructureBuilder, earlier_name: str, anchor: str) -> None:
        super().__init__()
        self._cards = [
            Card(row, structure, earlier_name, f"{anchor}-{index}") for index, row in enumerate(rows)
        ]
        self.spaceAfter = GUTTER

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """As high as the highest card."""
        self.height = max(card.height for card in self._cards)
        return availWidth, self.height

    def draw(self) -> None:
        """From the left."""
        for index, card in enumerate(self._cards):
            self.canv.saveState()
            self.canv.translate(index * (CARD_WIDTH + GUTTER), 0)
            card.paint(self.canv, self.height)
            self.canv.restoreState()


class Card:
    """One key figure: heading (H3), totalt, one line for each kön, and the comparison."""

    def __init__(self, row: Rad, structure: StructureBuilder, earlier_name: str, anchor: str) -> None:
        self._row, self._earlier_name, self._anchor = row, earlier_name, anchor
        self._title = _fitted(printable(row.etikett))
        with structure.group("Sect"):
            self._heading = structure.leaf("H3")
            self._total = structure.leaf("P")
            self._by_kon: dict[str, Element] = {}
            if row.konsuppdelad:
                self._by_kon = {key: structure.leaf("P") for key in ("kvinnor", "man")}
            self._earlier = structure.leaf("P") if earlier_name else None

    @property
    def height(self) -> float:
        """What the card needs: heading, large figure, lines."""
        lines = len(self._by_kon) * _LINE + (20.0 if self._earlier else 0.0)
        return 12 + len(self._title) * _HEAD_LEADING + _FIGURE + 10 + lines + 4

    def paint(self, canvas: TaggedCanvas, height: float) -> None:
        """Draw with the lower left corner as origin, `height` high."""
        with canvas.artifact():
            canvas.setStrokeColor(colour("neutral_border"))
            canvas.setFillColor(colour("surface"))
            canvas.setLineWidth(0.8)
            canvas.roundRect(0, 0, CARD_WIDTH, height, 3, stroke=1, fill=1)
        baseline = height - 16
        self._paint_heading(canvas, baseline)
        baseline -= (len(self._title) - 1) * _HEAD_LEADING + _FIGURE + 3
        self._paint_total(canvas, baseline)
        baseline -= 4
        for key, element in self._by_kon.items():
            baseline -= _LINE
            self._paint_kon(canvas, key, element, baseline)
        if self._earlier:
            self._paint_earlier(canvas, self._earlier, 10.5)

    def _paint_heading(self, canvas: TaggedCanvas, baseline: float) -> None:
        with canvas.mark(self._heading):
            canvas.saveState()
            canvas.translate(0, baseline)
            canvas.add_heading(" ".join(self._title), self._anchor, 2, _HEAD_LEADING)
            canvas.restoreState()
            for index, line in enumerate(self._title):
                more = " " if index < len(self._title) - 1 else ""
                _write(canvas, line + more, _PADDING, baseline - index * _HEAD_LEADING, SEMIBOLD, 9.8)

    def _paint_total(self, canvas: TaggedCanvas, baseline: float) -> None:
        row = self._row
        cell = value_cell(row, False, "totalt")
        plain = cell.spoken or cell.quiet
        suffix = "" if plain else formats.SUFFIX[row.enhet]
        size = _fitting_size(cell.text, suffix, bool(self._earlier))
        with canvas.mark(self._total):
            _write(canvas, f"{cell.text} ", _PADDING - 1, baseline, SEMIBOLD, size)
            left = _PADDING + text_width(f"{printable(cell.text)} ", SEMIBOLD, size) - 2
            unit = f"{suffix} totalt".strip()
            _write(canvas, unit, left, baseline, REGULAR, 10.5, "text2")
            if self._earlier:
                change = change_cell(row)
                if not change.quiet:
                    _write_right(canvas, f" {change.text}", CARD_WIDTH - _PADDING, baseline, REGULAR, 10.5)

    def _paint_kon(self, canvas: TaggedCanvas, key: str, element: Element, baseline: float) -> None:
        row = self._row
        cell = value_cell(row, False, key)
        shown = cell.text if cell.spoken or cell.quiet else _with_percent(cell.text, row.enhet)
        change = change_cell(row, key) if self._earlier else Cell("", quiet=True)
        right = CARD_WIDTH - _PADDING
        change_room = 28.0 if self._earlier else 0.0
        if key in drawn_keys(row):
            room = max(text_width(printable(self._shown(name)), SEMIBOLD, 9.8) for name in ("kvinnor", "man"))
            self._paint_bar(canvas, key, baseline - 1.3, right - change_room - room - 8 - _BAR_LEFT)
        with canvas.mark(element):
            _write(canvas, f"{NAMES[key]} ", _PADDING, baseline, REGULAR, 9.2)
            _write_right(canvas, shown, right - change_room, baseline, SEMIBOLD, 9.8, "text")
            if not change.quiet:
                _write_right(canvas, f" {change.text}", right, baseline, REGULAR, 9.2)

    def _shown(self, key: str) -> str:
        return _with_percent(value_cell(self._row, False, key).text, self._row.enhet)

    def _paint_bar(self, canvas: TaggedCanvas, key: str, bottom: float, track: float) -> None:
        row = self._row
        values = [float(row.varde.get(name) or 0) for name in ("kvinnor", "man")]
        full = max(100.0, *values) if row.enhet == "andel" else 1.2 * max(values) or 1.0
        with canvas.artifact():
            canvas.setFillColor(colour("neutral_soft"))
            canvas.rect(_BAR_LEFT, bottom, track, _BAR, stroke=0, fill=1)
            length = track * max(float(row.varde.get(key) or 0), 0.0) / full
            fill_bar(canvas, key, _BAR_LEFT, bottom, length, _BAR)

    def _paint_earlier(self, canvas: TaggedCanvas, element: Element, baseline: float) -> None:
        cell = value_cell(self._row, True, "totalt")
        text = cell.text if cell.spoken or cell.quiet else formats.with_suffix(cell.text, self._row.enhet)
        with canvas.mark(element):
            _write(canvas, f"{self._earlier_name}: {text}", _PADDING, baseline, REGULAR, 9, "text2")


def _with_percent(text: str, enhet: str) -> str:
    return formats.with_suffix(text, enhet) if enhet == "andel" and text[:1].isdigit() else text


def _fitted(title: str) -> list[str]:
    """The title on at most three lines; a longer one ends in an ellipsis between words."""
    lines: list[str] = list(simpleSplit(title, SEMIBOLD, 9.8, CARD_WIDTH - 2 * _PADDING)) or [""]
    if len(lines) > _HEAD_LINES:
        lines = lines[:_HEAD_LINES]
        lines[-1] = (lines[-1].rsplit(" ", 1)[0] if " " in lines[-1] else lines[-1][:-2]) + " …"
    return lines


def _fitting_size(text: str, suffix: str, with_change: bool) -> float:
    """The large figure's size: 29, or what leaves room for its unit and the change beside it."""
    beside = text_width(f" {suffix} totalt", REGULAR, 10.5) + (46 if with_change else 0)
    room = CARD_WIDTH - 2 * _PADDING - beside
    width = text_width(printable(text), SEMIBOLD, _FIGURE)
    return _FIGURE if width <= room else max(12.0, _FIGURE * room / width)


def _write(
    canvas: TaggedCanvas, text: str, left: float, baseline: float, font: str, size: float, token: str = "text"
) -> None:
    canvas.setFillColor(colour(token))
    canvas.setFont(font, size)
    canvas.drawString(left, baseline, printable(text))


def _write_right(
    canvas: TaggedCanvas, text: str, right: float, baseline: float, font: str, size: float, token: str = "text2"
) -> None:
    _write(canvas, text, right - text_width(printable(text), font, size), baseline, font, size, token)


def card_rows(rapport: Rapport, structure: StructureBuilder) -> list[Flowable]:
    """The cards of a report, three to a row."""
    rows = key_figures(rapport)
    earlier = formats.period_short(rapport.jamforelse_period) if rapport.jamforelse_period else ""
    return [
        CardRow(rows[start : start + PER_ROW], structure, earlier, f"kort-{start}")
        for start in range(0, len(rows), PER_ROW)
    ]


