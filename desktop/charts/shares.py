"""Bars of a hundred per cent: how a whole is shared out, for each kön and period."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.figurer import Tal
from desktop.charts.legend import legend_above
from desktop.charts.looks import look_of
from desktop.charts.picture import Picture, Say, Table, TableRow, empty_picture, say_percent
from desktop.charts.scene import (
    TEXT,
    Drawing,
    Label,
    Measure,
    Part,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.charts.words import cut

KIND = "Stapeldiagram med andelar"
MOST_PARTS = 4  # shades that can be told apart
_LABEL_WIDTH = 144.0
_LABEL_SHARE = 0.3  # of a narrow drawing's width
_AFTER = 42.0
_BAND = 26.5
_STEP = 33.5
_GROUP_GAP = 10.5


@dataclass(frozen=True, slots=True)
class Band:
    """A whole and its parts in order, told in shades of one kön (kvinnor, man, totalt)."""

    name: str
    values: tuple[Tal, ...]
    kon: str = "totalt"
    ids: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """The parts in per cent; ZeroDivisionError where all are zero."""
        whole = sum(self.values)
        return tuple(100 * value / whole for value in self.values)


def share_bands(
    title: str,
    names: Sequence[str],
    groups: Sequence[Sequence[Band]],
    *,
    told: Say = say_percent,
    head: str = "",
    source: str = "",
) -> Picture:
    """Bands in groups (one per kön), at most four parts named above. A whole of nothing is left out."""
    groups = [[band for band in group if sum(band.values) > 0] for group in groups]
    groups = [group for group in groups if group]
    table = _table(head, names, groups, told)
    if not groups:
        return empty_picture(title, KIND, table, source)

    def draw(width: float, _height: float, measure: Measure) -> Drawing:
        return _Layout(names, groups, told, width, measure).draw()

    words = " ".join(_said(band, names, told) for group in groups for band in group)
    return Picture(title, KIND, words, table, draw, source)


def _said(band: Band, names: Sequence[str], told: Say) -> str:
    parts = (f"{name.lower()} {told(share)}" for name, share in zip(names, band.shares, strict=True))
    return f"{band.name}: {', '.join(parts)}."


def _table(head: str, names: Sequence[str], groups: Sequence[Sequence[Band]], told: Say) -> Table:
    rows = []
    for band in (band for group in groups for band in group):
        texts = [told(share) for share in band.shares]
        choices = tuple(
            (f"{name} {text}", wanted)
            for name, text, wanted in zip(names, texts, band.ids, strict=False)
            if wanted
        )
        rows.append(TableRow((band.name, *texts), choices))
    return Table((head, *names), tuple(rows))


class _Layout:
    def __init__(
        self,
        names: Sequence[str],
        groups: Sequence[Sequence[Band]],
        told: Say,
        width: float,
        measure: Measure,
    ) -> None:
        self._names, self._groups, self._told, self._measure = names, groups, told, measure
        self._width = width
        self._left = min(_LABEL_WIDTH, _LABEL_SHARE * width)
        self._length = max(width - self._left - _AFTER, 1.0)
        looks = [(name, f"totalt:{at}") for at, name in enumerate(names)]
        self._legend = legend_above(looks, width, measure, self._left)

    def draw(self) -> Drawing:
        shapes: list[Shape] = [*self._legend.shapes]
        parts: list[Part] = []
        top, row = self._legend.height, 0
        for group in self._groups:
            for band in group:
                self._band(band, top, row, shapes, parts)
                top += _STEP
                row += 1
            top += _GROUP_GAP
        return Drawing(self._width, top - _GROUP_GAP - (_STEP - _BAND), tuple(shapes), tuple(parts))

    def _band(self, band: Band, top: float, row: int, shapes: list[Shape], parts: list[Part]) -> None:
        strong, baseline = band.kon == "totalt", top + _BAND / 2 + 4
        name = cut(band.name, self._left - 8, lambda words: self._measure(words, TEXT, strong))
        shapes.append(Label(name, 0, baseline, TEXT, strong))
        left = self._left
        for at, share in enumerate(band.shares):
            length = self._length * share / 100
            look, text = look_of(f"{band.kon}:{at}"), self._told(share)
            if length > 0:
                shapes.append(Rect(left, top, length, _BAND, look.fill, Stroke(look.edge)))
            room = self._measure(text, TEXT, True)
            if look.on and length > room + 5:
                middle = left + length / 2
                shapes.append(Label(text, middle, baseline, TEXT, True, look.on, "middle"))
            elif at == len(band.values) - 1 and share > 0:
                shapes.append(Label(text, left + length + 8, baseline, TEXT))
            outline = box_outline(left, top, max(length, 4.0), _BAND)
            wanted = band.ids[at] if at < len(band.ids) else ""
            parts.append(Part(f"{band.name}, {self._names[at]}: {text}", outline, at, row, wanted))
            left += length
