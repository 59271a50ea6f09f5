"""Up to six key figures as cards on the first page: totalt large, kvinnor and män with bars, change."""

from collections.abc import Sequence
from itertools import chain

from reportlab.platypus.flowables import Flowable

from db.rules.figurer import Rad, Rapport
from desktop.reports import formats
from desktop.reports.charts import NAMES, drawn_keys
from desktop.reports.drawing import fill_bar
from desktop.reports.flowables import TaggedFlowable, hairline
from desktop.reports.fonts import REGULAR, SEMIBOLD, fit_lines, printable, text_width
from desktop.reports.statusmark import paint_status
from desktop.reports.structure import Element, StructureBuilder
from desktop.reports.styles import CONTENT, colour
from desktop.reports.tabledata import change_cell, value_cell
from desktop.reports.tagging import TaggedCanvas

MOST_CARDS = 6
PER_ROW = 3
GUTTER = 8.0
CARD_WIDTH = (CONTENT - (PER_ROW - 1) * GUTTER) / PER_ROW
_PADDING = 10.0
_HEAD_LEADING = 12.0
_HEAD_LINES = 3
_FIGURE = 29.0
_MARK = 18.0
_LEAST_FIGURE = 14.0
_LEAST_TRACK = 12.0
_LINE = 15.0
_BAR = 9.4
_BAR_LEFT = 50.0
_TARGET = 13.0
_STATUS = 23.0
_SHAPE = 11.0


def key_figures(rapport: Rapport) -> list[Rad]:
    """The rows shown as cards: those flagged, else the first of every section by kön, then the next ones."""
    if rapport.kort:
        return list(rapport.kort[:MOST_CARDS])
    rows = list(chain.from_iterable(avsnitt.rader for avsnitt in rapport.avsnitt))
    flagged = [row for row in rows if row.nyckeltal and _tells(row)]
    if flagged:
        return flagged[:MOST_CARDS]
    by_kon = [[row for row in avsnitt.rader if row.konsuppdelad] for avsnitt in rapport.avsnitt]
    usable = [[row for row in rows if _tells(row)] for rows in by_kon]
    firsts = [rows[0] for rows in usable if rows]
    seconds = [row for rows in usable for row in rows[1:]]
    return [*firsts, *seconds][:MOST_CARDS]


def _tells(row: Rad) -> bool:
    """A card without its large figure says nothing: the table tells why it is hidden."""
    return "totalt" not in row.dolda and row.varde.totalt is not None


class CardRow(TaggedFlowable):
    """Three cards side by side, equally high; read one after the other."""

    def __init__(
        self, rows: Sequence[Rad], structure: StructureBuilder, earlier_name: str, anchor: str
    ) -> None:
        super().__init__()
        self._cards = [
            Card(row, structure, earlier_name, f"{anchor}-{index}") for index, row in enumerate(rows)
        ]
        self.spaceAfter = GUTTER

    def wrap(self, width: float, _room: float) -> tuple[float, float]:
        """As high as the highest card."""
        lines = max(card.title_lines for card in self._cards)
        self.height = max(card.height_with(lines) for card in self._cards)
        self._title_lines = lines
        return width, self.height

    def draw(self) -> None:
        """From the left."""
        for index, card in enumerate(self._cards):
            self.canv.saveState()
            self.canv.translate(index * (CARD_WIDTH + GUTTER), 0)
            card.paint(self.canv, self.height, self._title_lines)
            self.canv.restoreState()


class Card:
    """One key figure: heading (H3), totalt, one line for each kön, and the comparison."""

    def __init__(self, row: Rad, structure: StructureBuilder, earlier_name: str, anchor: str) -> None:
        earlier_name = row.jamforelse_namn or earlier_name
        self._row, self._earlier_name, self._anchor = row, earlier_name, anchor
        self._title = fit_lines(row.etikett, SEMIBOLD, 9.8, CARD_WIDTH - 2 * _PADDING, _HEAD_LINES)
        with structure.group("Sect"):
            self._heading = structure.leaf("H3")
            self._total = structure.leaf("P")
            self._by_kon: dict[str, Element] = {}
            if row.konsuppdelad:
                self._by_kon = {key: structure.leaf("P") for key in ("kvinnor", "man")}
            self._earlier = structure.leaf("P") if earlier_name else None
            self._target = structure.leaf("P") if row.riktvarde else None
            self._status = structure.leaf("P") if row.status else None
        self._speak_marks()

    def _speak_marks(self) -> None:
        """Lines that hold a mark are read out in words: `Kvinnor färre än 5, ändring dold uppgift`."""
        for key, element in (self._by_kon | {"totalt": self._total}).items():
            cell, change = value_cell(self._row, False, key), change_cell(self._row, key)
            if cell.spoken or (self._earlier and change.spoken):
                words = f"{NAMES[key]} {cell.spoken or cell.text}"
                if self._shows_change(key):
                    words += f", ändring {change.spoken or change.text}"
                element.actual_text = printable(words)
        earlier = value_cell(self._row, True, "totalt")
        if self._earlier and earlier.spoken:
            self._earlier.actual_text = f"{self._earlier_name}: {earlier.spoken}"

    @property
    def title_lines(self) -> int:
        """How many lines the heading takes."""
        return len(self._title)

    def height_with(self, title_lines: int) -> float:
        """What the card needs: so many lines of heading, large figure, lines."""
        lines = len(self._by_kon) * _LINE + (20.0 if self._earlier else 0.0)
        lines += _TARGET * bool(self._target) + _STATUS * bool(self._status)
        return 12 + title_lines * _HEAD_LEADING + _FIGURE + 10 + lines + 4

    def paint(self, canvas: TaggedCanvas, height: float, title_lines: int) -> None:
        """Draw from the lower left corner, `height` high, the figure under `title_lines` of heading."""
        with canvas.artifact():
            canvas.setStrokeColor(colour("neutral_border"))
            canvas.setFillColor(colour("surface"))
            canvas.setLineWidth(0.8)
            canvas.roundRect(0, 0, CARD_WIDTH, height, 3, stroke=1, fill=1)
        baseline = height - 16
        self._paint_heading(canvas, baseline)
        baseline -= (title_lines - 1) * _HEAD_LEADING + _FIGURE + 2
        self._paint_total(canvas, baseline)
        baseline -= 4
        for key, element in self._by_kon.items():
            baseline -= _LINE
            self._paint_kon(canvas, key, element, baseline)
        baseline = 10.5 + (_STATUS if self._status else 0.0)
        if self._earlier:
            self._paint_earlier(canvas, self._earlier, baseline + (_TARGET if self._target else 0.0))
        if self._target:
            words = fit_lines(f"Riktvärde: {self._row.riktvarde}", REGULAR, 9, CARD_WIDTH - 2 * _PADDING, 1)
            with canvas.mark(self._target):
                _write(canvas, words[0], _PADDING, baseline, REGULAR, 9, "text2")
        if self._status:
            self._paint_status(canvas, self._status)

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
        figure = _shortened(cell.text)
        unit = f"{'' if cell.spoken or cell.quiet else formats.SUFFIX[row.enhet]} totalt".strip()
        change = f" {_shortened(change_cell(row).text)}" if self._shows_change("totalt") else ""
        size = _MARK if cell.spoken or cell.quiet else _fitting_size(figure, unit, change)
        if size < _LEAST_FIGURE:  # no room for the change beside it: the table has it
            change, size = "", max(_LEAST_FIGURE, _fitting_size(figure, unit, ""))
        with canvas.mark(self._total):
            _write(canvas, f"{figure} ", _PADDING - 1, baseline, SEMIBOLD, size)
            left = _PADDING + text_width(f"{printable(figure)} ", SEMIBOLD, size) - 2
            _write(canvas, unit, left, baseline, REGULAR, 10.5, "text2")
            if change:
                _write_right(canvas, change, CARD_WIDTH - _PADDING, baseline, REGULAR, 10.5)

    def _shows_change(self, key: str) -> bool:
        return self._earlier is not None and not change_cell(self._row, key).quiet

    def _paint_kon(self, canvas: TaggedCanvas, key: str, element: Element, baseline: float) -> None:
        row = self._row
        cell = value_cell(row, False, key)
        shown = cell.text if cell.spoken or cell.quiet else _with_percent(cell.text, row.enhet)
        right = CARD_WIDTH - _PADDING
        change_room = self._change_room()
        if key in drawn_keys(row):
            room = max(text_width(printable(self._shown(name)), SEMIBOLD, 9.8) for name in ("kvinnor", "man"))
            track = right - change_room - room - 8 - _BAR_LEFT
            if track >= _LEAST_TRACK:
                self._paint_bar(canvas, key, baseline - 1.3, track)
        with canvas.mark(element):
            _write(canvas, f"{NAMES[key]} ", _PADDING, baseline, REGULAR, 9.2)
            _write_right(canvas, shown, right - change_room, baseline, SEMIBOLD, 9.8, "text")
            if self._shows_change(key):
                change = _shortened(change_cell(row, key).text)
                _write_right(canvas, f" {change}", right, baseline, REGULAR, 9.2)

    def _change_room(self) -> float:
        if not self._earlier:
            return 0.0
        changes = [
            _shortened(change_cell(self._row, key).text) for key in self._by_kon if self._shows_change(key)
        ]
        return max([28.0, *(text_width(f" {change}", REGULAR, 9.2) + 6 for change in changes)])

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
        plain = cell.spoken or cell.quiet
        text = cell.text if plain else formats.with_suffix(_shortened(cell.text), self._row.enhet)
        with canvas.mark(element):
            _write(canvas, f"{self._earlier_name}: {text}", _PADDING, baseline, REGULAR, 9, "text2")

    def _paint_status(self, canvas: TaggedCanvas, element: Element) -> None:
        with canvas.artifact():
            hairline(canvas, 0, _STATUS, CARD_WIDTH)
        paint_status(canvas, self._row.status, _PADDING, (_STATUS - _SHAPE) / 2, _SHAPE)
        with canvas.mark(element):
            _write(canvas, self._row.statusord, _PADDING + _SHAPE + 6, _STATUS / 2 - 3.4, SEMIBOLD, 9.4)


def _shortened(text: str) -> str:
    """A card has one figure per line, so a decimal that says nothing is left out: `16,0` is `16`."""
    return text.removesuffix(",0")


def _with_percent(text: str, enhet: str) -> str:
    text = _shortened(text)
    return formats.with_suffix(text, enhet) if enhet == "andel" and text[:1].isdigit() else text


def _fitting_size(text: str, unit: str, change: str) -> float:
    """The large figure's size: 29, or what leaves room for its unit and the change beside it."""
    beside = text_width(f" {unit} {change}", REGULAR, 10.5) + 4
    room = CARD_WIDTH - 2 * _PADDING - beside
    width = text_width(printable(text), SEMIBOLD, _FIGURE)
    return _FIGURE if width <= room else _FIGURE * max(room, 0.0) / width


def _write(
    canvas: TaggedCanvas, text: str, left: float, baseline: float, font: str, size: float, token: str = "text"
) -> None:
    canvas.setFillColor(colour(token))
    canvas.setFont(font, size)
    canvas.drawString(left, baseline, printable(text))


def _write_right(
    canvas: TaggedCanvas,
    text: str,
    right: float,
    baseline: float,
    font: str,
    size: float,
    token: str = "text2",
) -> None:
    _write(canvas, text, right - text_width(printable(text), font, size), baseline, font, size, token)


def card_rows(rapport: Rapport, structure: StructureBuilder, most: int = 2) -> list[Flowable]:
    """The cards of a report, three to a row, in at most so many rows."""
    rows = key_figures(rapport)[: most * PER_ROW]
    earlier = formats.period_short(rapport.jamforelse_period) if rapport.jamforelse_period else ""
    return [
        CardRow(rows[start : start + PER_ROW], structure, earlier, f"kort-{start}")
        for start in range(0, len(rows), PER_ROW)
    ]
