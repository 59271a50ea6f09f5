"""Charts by kön, drawn from figures already hidden: a row with a hidden figure is drawn as totalt only (R12).

What is drawn is decided here; how it looks is told in desktop/charts, once for paper and screen. Kvinnor are
solid and first, män hatched; each bar carries its word and number, so no chart needs its colours to be
understood.
"""

from collections.abc import Sequence

from db.rules.figurer import Avsnitt, Rad, Rapport, Tal
from db.rules.tabell import Diagram, Stapelgrupp
from desktop.charts.bars import Bar, Group, bars, group_height, label_lines
from desktop.charts.lines import Goal
from desktop.charts.shares import MOST_PARTS, Band, share_bands
from desktop.reports import formats
from desktop.reports.drawing import PX, Chart, measure, place
from desktop.reports.styles import CONTENT
from desktop.reports.tabledata import has_values, row_decimals, row_label

NAMES = {"kvinnor": "Kvinnor", "man": "Män", "totalt": "Totalt"}
EARLIER = 2  # the shade of what the present is held against
_MOST_HEIGHT = 430.0  # points


def chart_of(rapport: Rapport, avsnitt: Avsnitt) -> Chart | None:
    """The chart a section asks for (`staplar`, `andel`, `fordelning`); None when there is nothing to draw."""
    if avsnitt.diagram == "staplar":
        return _bar_chart(rapport, [row for row in avsnitt.rader if row.enhet != "andel"], shares=False)
    if avsnitt.diagram == "andel":
        return _bar_chart(rapport, [row for row in avsnitt.rader if row.enhet == "andel"], shares=True)
    if avsnitt.diagram == "fordelning":
        return _distribution_chart(rapport, avsnitt)
    return None


def diagram_chart(diagram: Diagram) -> Chart:
    """The bars of a part of a report, each measure on its own scale."""
    return place(bars(diagram.rubrik, [_measure_group(one) for one in diagram.grupper]))


def _measure_group(one: Stapelgrupp) -> Group:
    made = [
        Bar(
            stapel.namn, stapel.tal, stapel.text, f"{stapel.kon}:{EARLIER}" if stapel.tidigare else stapel.kon
        )
        for stapel in one.staplar
    ]
    goal = Goal(one.riktord, one.riktvarde, one.riktvarde) if one.riktord else None
    return Group(one.namn, tuple(made), full=float(one.skala), goal=goal)


def drawn_keys(row: Rad) -> tuple[str, ...]:
    """Which bars a row may have: both kön, else totalt alone, else none; bars can be measured (R12)."""
    if row.konsuppdelad and not row.dolda and None not in (row.varde.kvinnor, row.varde.man):
        return ("kvinnor", "man")
    return ("totalt",) if row.varde.totalt is not None and "totalt" not in row.dolda else ()


def _bar_chart(rapport: Rapport, rows: Sequence[Rad], shares: bool) -> Chart | None:
    unit = _main_unit(rows)
    usable = [row for row in rows if row.enhet == unit and has_values(row.varde, row.dolda)]
    if not any(drawn_keys(row) for row in usable):
        return None
    groups = _fitting([_group(row, shares) for row in usable])
    if not any(group.bars for group in groups):
        return None
    period = formats.period_short(rapport.period)
    by_kon = any(bar.look != "totalt" for group in groups for bar in group.bars)
    title = f"{_bar_title(shares, by_kon)}, {period[0].lower()}{period[1:]}"
    if len(usable) > len(groups):
        title += f" (tabellens {len(groups)} första rader)"
    return place(bars(title, groups, full=100.0 if shares else 0.0, track=shares))


def _bar_title(shares: bool, by_kon: bool) -> str:
    if not by_kon:
        return "Andelar" if shares else "Totalt"
    return "Andelar för kvinnor och män" if shares else "Kvinnor och män"


def _fitting(groups: list[Group]) -> list[Group]:
    """The first groups, as many as leave room for heading and lead on the page."""
    height, kept = 0.0, []
    for group in groups:
        lines = label_lines(group, CONTENT / PX, measure)
        height += group_height(len(lines), group.rows) * PX
        if height > _MOST_HEIGHT:
            break
        kept.append(group)
    return kept


def _main_unit(rows: Sequence[Rad]) -> str:
    """Bars of one chart share one scale: the unit that most rows have, the first of equals."""
    units = [row.enhet for row in rows]
    return max(dict.fromkeys(units), key=units.count, default="antal")


def _group(row: Rad, shares: bool) -> Group:
    keys = drawn_keys(row)
    if shares and len(keys) == 2 and row.varde.totalt is not None:
        keys = (*keys, "totalt")
    made = []
    for key in keys:
        value = row.varde.get(key) or 0
        number = formats.with_suffix(formats.format_tal(value, row_decimals(row)), row.enhet)
        made.append(Bar(NAMES[key], value, number, key))
    remark, words = "", ""
    if not made:
        mark = row.dolda.get("totalt", "")
        remark = f"Totalt {mark}" if mark else "Uppgift saknas"
        words = f"totalt {formats.spoken_mark(mark)}" if mark else "uppgift saknas"
    return Group(row_label(row, mixed=False), tuple(made), remark, words)


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
    return place(share_bands("Fördelning", names, bands, told=_percent))


def _percent(value: Tal) -> str:
    return f"{formats.format_tal(value)}{formats.HARD_SPACE}%"


def _periods(rapport: Rapport) -> tuple[bool, ...]:
    return (True, False) if rapport.jamforelse_period else (False,)


def _parts(rows: Sequence[Rad]) -> list[Rad]:
    """The rows that share out a whole: the indented counts where there are such, else all counts."""
    counts = [row for row in rows if row.enhet == "antal" and row.konsuppdelad]
    return [row for row in counts if row.niva > 0] or counts


def _shown_parts(parts: Sequence[Rad]) -> tuple[list[Rad], list[Rad]]:
    """Four shades can be told apart: with more parts the three largest stand alone, in the table's order."""
    if len(parts) <= MOST_PARTS:
        return list(parts), []
    largest = sorted(parts, key=lambda row: -(row.varde.totalt or 0))[:3]
    return [row for row in parts if row in largest], [row for row in parts if row not in largest]


def _visible(row: Rad, key: str, earlier: bool) -> Tal | None:
    hidden = row.jamforelse_dolda if earlier else row.dolda
    return None if key in hidden else (row.jamforelse if earlier else row.varde).get(key)


def _share(
    rapport: Rapport, key: str, earlier: bool, order: Sequence[Rad], rest: Sequence[Rad]
) -> Band | None:
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
    return Band(label, tuple(shown), key)
