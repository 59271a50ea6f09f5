"""Charts by kön, drawn from figures already hidden: a row with a hidden figure is drawn as totalt only (R12).

Every chart is a `Chart`: height, Alt text and a paint function. Kvinnor are solid and first, män hatched;
each bar carries its word and number, so no chart needs its colours to be understood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from db.rules.figurer import Avsnitt, Rad, Rapport, Tal
from desktop.reports import formats
from desktop.reports.fonts import REGULAR, SEMIBOLD, fit_lines, printable, text_width
from desktop.reports.styles import colour
from desktop.reports.tabledata import has_values, row_decimals, row_label
from desktop.reports.tagging import TaggedCanvas
from desktop.reports.tokens import STEPS

NAMES = {"kvinnor": "Kvinnor", "man": "Män", "totalt": "Totalt"}
LABEL_WIDTH = 150.0
_BAR = 11.0
_BAR_STEP = 14.5
_GROUP_GAP = 9.0
_LABEL_LEADING = 11.3
_MOST_HEIGHT = 430.0
_HATCH_STEP = 4.2
_HATCH_LINE = 0.9

Paint = Callable[[TaggedCanvas, float, float], None]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ready to be placed: title, height in points, what it says in words, how it is painted."""

    title: str
    height: float
    alt: str
    paint: Paint


def chart_of(rapport: Rapport, avsnitt: Avsnitt) -> Chart | None:
    """The chart a section asks for (`staplar`, `andel`, `fordelning`); None when there is nothing to draw."""
    if avsnitt.diagram == "staplar":
        return _bar_chart(rapport, [row for row in avsnitt.rader if row.enhet != "andel"], shares=False)
    if avsnitt.diagram == "andel":
        return _bar_chart(rapport, [row for row in avsnitt.rader if row.enhet == "andel"], shares=True)
    if avsnitt.diagram == "fordelning":
        return _distribution_chart(rapport, avsnitt)
    return None


def drawn_keys(row: Rad) -> tuple[str, ...]:
    """Which bars a row may have: both kön, else totalt alone, else none; bars can be measured (R12)."""
    if row.konsuppdelad and not row.dolda and None not in (row.varde.kvinnor, row.varde.man):
        return ("kvinnor", "man")
    return ("totalt",) if row.varde.totalt is not None and "totalt" not in row.dolda else ()


def fill_bar(canvas: TaggedCanvas, key: str, left: float, bottom: float, width: float, height: float) -> None:
    """A bar in the colour and pattern of a kön: kvinnor solid, män hatched with an edge, totalt grey."""
    if width <= 0:
        return
    canvas.setFillColor(colour({"kvinnor": "kv", "man": "man", "totalt": "total"}[key]))
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    if key == "man":
        hatch(canvas, left, bottom, width, height, colour("man_hatch"))
        canvas.setStrokeColor(colour("man"))
        canvas.setLineWidth(0.6)
        canvas.rect(left + 0.3, bottom + 0.3, max(width - 0.6, 0.1), height - 0.6, stroke=1, fill=0)


def hatch(
    canvas: TaggedCanvas, left: float, bottom: float, width: float, height: float, ink: Color | str
) -> None:
    """Rising 45° lines clipped to a box."""
    canvas.saveState()
    box = canvas.beginPath()
    box.rect(left, bottom, width, height)
    canvas.clipPath(box, stroke=0, fill=0)
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(_HATCH_LINE)
    steps = int((width + height) / _HATCH_STEP) + 1
    starts = (left - height + step * _HATCH_STEP for step in range(steps))
    canvas.lines([(start, bottom, start + height, bottom + height) for start in starts])
    canvas.restoreState()


@dataclass(frozen=True, slots=True)
class _Bar:
    key: str
    value: Tal
    text: str


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    label: tuple[str, ...]
    bars: tuple[_Bar, ...]
    remark: str = ""

    @property
    def height(self) -> float:
        lines = max(len(self.label) * _LABEL_LEADING, len(self.bars) * _BAR_STEP, _BAR_STEP)
        return lines + _GROUP_GAP


def _bar_chart(rapport: Rapport, rows: Sequence[Rad], shares: bool) -> Chart | None:
    unit = _main_unit(rows)
    usable = [row for row in rows if row.enhet == unit and has_values(row.varde, row.dolda)]
    if not any(drawn_keys(row) for row in usable):
        return None
    groups = _fitting([_group(row, shares) for row in usable])
    largest = max((bar.value for group in groups for bar in group.bars), default=0)
    full = max(100.0, float(largest)) if shares else float(largest) or 1.0
    period = formats.period_short(rapport.period)
    by_kon = any(bar.key != "totalt" for group in groups for bar in group.bars)
    title = _bar_title(shares, by_kon)
    title += f", {period[0].lower()}{period[1:]}"
    if len(usable) > len(groups):
        title += f" (tabellens {len(groups)} första rader)"
    alt = f"Stapeldiagram. {title}. " + " ".join(_group_words(group) for group in groups)

    def paint(canvas: TaggedCanvas, width: float, height: float) -> None:
        top = height
        track = width - LABEL_WIDTH - _text_room(groups)
        for group in groups:
            _paint_group(canvas, group, top, track, full, shares)
            top -= group.height

    return Chart(title, sum(group.height for group in groups) - _GROUP_GAP, alt, paint)


def _bar_title(shares: bool, by_kon: bool) -> str:
    if not by_kon:
        return "Andelar" if shares else "Totalt"
    return "Andelar för kvinnor och män" if shares else "Kvinnor och män"


def _fitting(groups: list[_Group]) -> list[_Group]:
    """The first groups, as many as leave room for heading and lead on the page."""
    height, kept = 0.0, []
    for group in groups:
        height += group.height
        if height > _MOST_HEIGHT:
            break
        kept.append(group)
    return kept


def _main_unit(rows: Sequence[Rad]) -> str:
    """Bars of one chart share one scale: the unit that most rows have, the first of equals."""
    units = [row.enhet for row in rows]
    return max(dict.fromkeys(units), key=units.count, default="antal")


def _group(row: Rad, shares: bool) -> _Group:
    keys = drawn_keys(row)
    if shares and len(keys) == 2 and row.varde.totalt is not None:
        keys = (*keys, "totalt")
    bars = []
    for key in keys:
        value = row.varde.get(key) or 0
        number = formats.with_suffix(formats.format_tal(value, row_decimals(row)), row.enhet)
        bars.append(_Bar(key, value, f"{NAMES[key]} {number}"))
    remark = ""
    if not bars:
        mark = row.dolda.get("totalt", "")
        remark = f"Totalt {mark}" if mark else "Uppgift saknas"
    lines = fit_lines(row_label(row, mixed=False), REGULAR, 9, LABEL_WIDTH - 10, 3)
    return _Group(row.etikett, tuple(lines), tuple(bars), remark)


def _group_words(group: _Group) -> str:
    said = [bar.text for bar in group.bars]
    words = ", ".join(said).replace("Kvinnor", "kvinnor").replace("Män", "män").replace("Totalt", "totalt")
    return f"{group.name}: {words or _spoken_remark(group.remark)}."


def _spoken_remark(remark: str) -> str:
    mark = remark.removeprefix("Totalt ")
    return "uppgift saknas" if mark == remark else f"totalt {formats.spoken_mark(mark)}"


def _text_room(groups: Sequence[_Group]) -> float:
    texts = [bar.text for group in groups for bar in group.bars] + [group.remark for group in groups]
    return max(text_width(printable(text), SEMIBOLD, 9) for text in texts) + 10


def _paint_group(
    canvas: TaggedCanvas, group: _Group, top: float, track: float, full: float, shares: bool
) -> None:
    _write_lines(canvas, group.label, top)
    bottom = top
    for bar in group.bars:
        bottom -= _BAR_STEP
        _paint_bar(canvas, bar, bottom + 2.5, track, full, shares)
    if group.remark:
        _write(canvas, group.remark, LABEL_WIDTH, top - 9.5, SEMIBOLD, "text")


def _paint_bar(
    canvas: TaggedCanvas, bar: _Bar, bottom: float, track: float, full: float, shares: bool
) -> None:
    length = track * max(float(bar.value), 0.0) / full
    if shares:
        canvas.setFillColor(colour("neutral_soft"))
        canvas.rect(LABEL_WIDTH, bottom, track * min(100.0 / full, 1.0), _BAR, stroke=0, fill=1)
    fill_bar(canvas, bar.key, LABEL_WIDTH, bottom, length, _BAR)
    end = LABEL_WIDTH + (track if shares else length)
    _write(canvas, bar.text, end + 6, bottom + 2.4, SEMIBOLD, "text")


def _write_lines(canvas: TaggedCanvas, lines: Sequence[str], top: float) -> None:
    baseline = top - 9.5
    for line in lines:
        _write(canvas, line, 0, baseline, REGULAR, "text")
        baseline -= _LABEL_LEADING


def _write(
    canvas: TaggedCanvas, text: str, left: float, baseline: float, font: str, token: str, size: float = 9
) -> None:
    canvas.setFillColor(colour(token))
    canvas.setFont(font, size)
    canvas.drawString(left, baseline, f"{printable(text)} ")  # words of a copied chart must not join


@dataclass(frozen=True, slots=True)
class _Share:
    key: str
    label: str
    parts: tuple[float, ...]


_BAND = 20.0
_BAND_STEP = 25.0
_BAND_LABEL = 108.0


def _distribution_chart(rapport: Rapport, avsnitt: Avsnitt) -> Chart | None:
    parts = _parts(avsnitt.rader)
    if len(parts) < 2:
        return None
    order, rest = _shown_parts(parts)
    names = [row.etikett for row in order] + (["Resten"] if rest else [])
    by_kon = not any(row.dolda or row.jamforelse_dolda for row in parts)
    bands = [
        [share for earlier in _periods(rapport) if (share := _share(rapport, key, earlier, order, rest))]
        for key in (("kvinnor", "man", "totalt") if by_kon else ("totalt",))
    ]
    bands = [band for band in bands if band]
    if not _share(rapport, "totalt", False, order, rest):
        return None  # the period itself cannot be drawn: last year's bars alone would mislead
    legend = _legend_lines(names)
    height = 14.0 * len(legend) + 6 + sum(len(group) * _BAND_STEP + 8 for group in bands) - 13
    alt = "Stapeldiagram med andelar. " + " ".join(
        _band_words(share, names) for group in bands for share in group
    )

    def paint(canvas: TaggedCanvas, width: float, top: float) -> None:
        top = _paint_legend(canvas, legend, top)
        for group in bands:
            for share in group:
                _paint_band(canvas, share, width, top)
                top -= _BAND_STEP
            top -= 8

    return Chart("Fördelning", height, alt, paint)


def _periods(rapport: Rapport) -> tuple[bool, ...]:
    return (True, False) if rapport.jamforelse_period else (False,)


def _parts(rows: Sequence[Rad]) -> list[Rad]:
    """The rows that share out a whole: the indented counts where there are such, else all counts."""
    counts = [row for row in rows if row.enhet == "antal" and row.konsuppdelad]
    return [row for row in counts if row.niva > 0] or counts


def _shown_parts(parts: Sequence[Rad]) -> tuple[list[Rad], list[Rad]]:
    """Four steps can be told apart: with more parts the three largest stand alone, in the table's order."""
    if len(parts) <= 4:
        return list(parts), []
    largest = sorted(parts, key=lambda row: -(row.varde.totalt or 0))[:3]
    return [row for row in parts if row in largest], [row for row in parts if row not in largest]


def _visible(row: Rad, key: str, earlier: bool) -> Tal | None:
    hidden = row.jamforelse_dolda if earlier else row.dolda
    return None if key in hidden else (row.jamforelse if earlier else row.varde).get(key)


def _share(
    rapport: Rapport, key: str, earlier: bool, order: Sequence[Rad], rest: Sequence[Rad]
) -> _Share | None:
    """The parts of one kön and period in per cent; None when one is hidden or missing, or all are zero."""
    numbers = [_visible(row, key, earlier) for row in (*order, *rest)]
    known = [number for number in numbers if number is not None]
    whole = sum(known)
    if len(known) < len(numbers) or not whole:
        return None
    shown = [*known[: len(order)], *([sum(known[len(order) :])] if rest else [])]
    period = rapport.jamforelse_period if earlier and rapport.jamforelse_period else rapport.period
    short = formats.period_short(period)
    label = f"{NAMES[key]} {short[0].lower()}{short[1:]}"
    return _Share(key, label, tuple(100 * number / whole for number in shown))


def _band_words(share: _Share, names: Sequence[str]) -> str:
    said = ", ".join(
        f"{name.lower()} {formats.format_tal(part)}{formats.HARD_SPACE}%"
        for name, part in zip(names, share.parts, strict=True)
    )
    return f"{share.label}: {said}."


def _legend_lines(names: Sequence[str]) -> list[list[tuple[float, int, str]]]:
    lines: list[list[tuple[float, int, str]]] = [[]]
    left = _BAND_LABEL
    for index, name in enumerate(names):
        text = fit_lines(name, REGULAR, 9, 240, 1)[0]
        width = 14 + text_width(text, REGULAR, 9) + 16
        if lines[-1] and left + width > _BAND_LABEL + 374:
            lines.append([])
            left = _BAND_LABEL
        lines[-1].append((left, index, text))
        left += width
    return lines


def _paint_legend(canvas: TaggedCanvas, lines: list[list[tuple[float, int, str]]], top: float) -> float:
    for line in lines:
        for left, index, text in line:
            _paint_step(canvas, "totalt", index, left, top - 10, 9, 9)
            _write(canvas, text, left + 14, top - 8.6, REGULAR, "text")
        top -= 14.0
    return top - 6


def _paint_step(
    canvas: TaggedCanvas, key: str, step: int, left: float, bottom: float, width: float, height: float
) -> None:
    steps = STEPS[key]
    canvas.setFillColor(steps[step] if step < len(steps) else "#FFFFFF")
    canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    if step >= len(steps):
        hatch(canvas, left, bottom, width, height, steps[0])
    canvas.setStrokeColor(steps[0])
    canvas.setLineWidth(0.5)
    canvas.rect(left + 0.25, bottom + 0.25, max(width - 0.5, 0.1), height - 0.5, stroke=1, fill=0)


def _paint_band(canvas: TaggedCanvas, share: _Share, width: float, top: float) -> None:
    font = SEMIBOLD if share.key == "totalt" else REGULAR
    _write(canvas, share.label, 0, top - _BAND / 2 - 3, font, "text")
    track = width - _BAND_LABEL - 32
    left = _BAND_LABEL
    for step, part in enumerate(share.parts):
        length = track * part / 100
        if length > 0:
            _paint_step(canvas, share.key, step, left, top - _BAND, length, _BAND)
        text = f"{formats.format_tal(part)}{formats.HARD_SPACE}%"
        room = text_width(text, SEMIBOLD, 8.8)
        if step < 3 and length > room + 4:
            token = "surface" if step == 0 else "text"
            _write(canvas, text, left + (length - room) / 2, top - _BAND / 2 - 3, SEMIBOLD, token, 8.8)
        elif step == len(share.parts) - 1 and part > 0:
            _write(canvas, text, left + length + 6, top - _BAND / 2 - 3, REGULAR, "text", 8.8)
        left += length
