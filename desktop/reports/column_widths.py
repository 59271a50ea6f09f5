"""How wide the columns of a printed table are: figures what they need, columns of words share the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.rules.tabell import Tabell, Tabellcell
from desktop.reports.fonts import SEMIBOLD, printable, text_width
from desktop.reports.statusmark import STATUS_WIDTH
from desktop.reports.styles import CONTENT

SIZE, HEAD_SIZE = 9.0, 8.2
PADDING = 4.0
WORD_GAP = 9.0  # left of a column of words
_LEAST_FIGURE = 34.0
_WIDEST_FIGURE = 84.0
_LONGEST_WORD = 122.0
_ROOMY_LABEL = 168.0
_MIDDLE_LABEL = 128.0
_SHORT_STATUS = 10  # characters
_SLACK = 0.2  # or what is measured to fit would be broken
_NARROWEST_LABEL = 92.0
_WIDEST_WORDS = 330.0
_LONGEST_MEASURED = 120  # characters: more never fits on a line anyway


@dataclass(slots=True)
class _Need:
    """What a column wants, what it should have, what it cannot do without, what its longest word asks, and
    its share of what is left."""

    natural: float
    roomy: float
    least: float
    words: float
    share: float
    figures: bool


def padding_of(tabell: Tabell, at: int) -> tuple[float, float]:
    """The room left and right of the content of column `at`, in points."""
    if at == 0:
        return 0.0, PADDING
    kolumn, before = tabell.kolumner[at], tabell.kolumner[at - 1]
    begins_group = at > 1 and kolumn.grupp != before.grupp
    return (WORD_GAP if begins_group or not kolumn.siffror else PADDING), PADDING


def column_widths(tabell: Tabell) -> list[float]:
    """Widths in points that fill the page; words are broken only where no other way is left."""
    needs = [_need(tabell, index) for index in range(len(tabell.kolumner))]
    if sum(need.least for need in needs) > CONTENT:  # rather a status over three lines than a word broken
        needs = [replace(need, least=need.words) for need in needs]
    widths = [need.natural if need.figures else need.roomy for need in needs]
    over = max(sum(widths) - CONTENT, 0.0)  # names over a line more, before figures are broken
    widths[0] = max(widths[0] - over, min(widths[0], max(_MIDDLE_LABEL, needs[0].least)))
    for figures in (True, False):  # figures give way first, then words, before any word is broken
        _give_way(needs, widths, figures=figures)
    spare = CONTENT - sum(widths)
    if spare < 0:  # long words of the first column are broken before those of others
        widths[0] = max(widths[0] + spare, min(widths[0], _NARROWEST_LABEL))
        spare = CONTENT - sum(widths)
    if spare < 0:
        return [width * CONTENT / sum(widths) for width in widths]
    _share_out(needs, widths, spare)
    widths[0] += CONTENT - sum(widths)
    return widths


def _need(tabell: Tabell, index: int) -> _Need:
    kolumn = tabell.kolumner[index]
    left, right = padding_of(tabell, index)
    head = _longest_word(kolumn.namn, HEAD_SIZE)
    cells = list(_cells(tabell, index))
    natural = max([head, *(_width(cell) for cell in cells)])
    words = max([head, *(min(_word(cell), _LONGEST_WORD) for cell in cells)])
    least = max([words, *(_two_lines(cell) for cell in cells if cell.status)])
    gap = left + right
    if not kolumn.siffror:
        natural = min(max(natural, text_width(printable(kolumn.namn), SEMIBOLD, HEAD_SIZE)), _WIDEST_WORDS)
        roomy = max(least, min(natural, _ROOMY_LABEL)) if index == 0 else least
        return _Need(max(natural, roomy) + gap, roomy + gap, least + gap, words + gap, kolumn.del_, False)
    natural = max(min(natural, _WIDEST_FIGURE), least)
    wanted = max(natural + gap + _SLACK, _LEAST_FIGURE)
    return _Need(wanted, wanted, least + gap, words + gap, 0.0, figures=True)


def _cells(tabell: Tabell, index: int) -> Iterable[Tabellcell]:
    for rad in tabell.rader:
        at = rad.spann
        if index == 0 and rad.spann == 1:
            yield Tabellcell("m" * rad.niva + rad.etikett)
        for cell in rad.celler:
            if at == index and cell.spann == 1:
                yield cell
            at += cell.spann


def _width(cell: Tabellcell) -> float:
    return text_width(printable(cell.text[:_LONGEST_MEASURED]), SEMIBOLD, SIZE) + _shape(cell)


def _word(cell: Tabellcell) -> float:
    return _longest_word(cell.text[: 8 * _LONGEST_MEASURED], SIZE) + _shape(cell)


def _two_lines(cell: Tabellcell) -> float:
    """A status is read at a glance: a short one should stand on a line, a longer one on two."""
    if len(cell.text) <= _SHORT_STATUS:
        return _width(cell)
    return 0.68 * (_width(cell) - STATUS_WIDTH) + STATUS_WIDTH


def _shape(cell: Tabellcell) -> float:
    return STATUS_WIDTH if cell.status else 0.0


def _longest_word(text: str, size: float) -> float:
    words = {word for word in printable(text).split(" ") if word}
    longest = sorted(words, key=len)[-3:]  # the widest is hardly ever shorter than these
    return max((text_width(word, SEMIBOLD, size) for word in longest), default=0.0)


def _give_way(needs: Sequence[_Need], widths: list[float], *, figures: bool) -> None:
    """Narrow the columns of figures, or those of words, towards what they cannot do without, all in
    proportion, as far as the page asks for."""
    over = sum(widths) - CONTENT
    room = [
        max(width - need.least, 0.0) if need.figures is figures else 0.0
        for need, width in zip(needs, widths, strict=True)
    ]
    if over > 0 and sum(room) > 0:
        part = min(1.0, over / sum(room))
        for at, some in enumerate(room):
            widths[at] -= part * some


def _share_out(needs: Sequence[_Need], widths: list[float], spare: float) -> None:
    """Give columns of words what they want, by their shares, until nothing is left."""
    while spare > 0.5:
        open_ = [i for i, need in enumerate(needs) if not need.figures and widths[i] < need.natural - 0.1]
        shares = sum(needs[i].share for i in open_)
        if not open_ or shares <= 0:
            return
        given = 0.0
        for i in open_:
            part = min(spare * needs[i].share / shares, needs[i].natural - widths[i])
            widths[i] += part
            given += part
        spare -= given
