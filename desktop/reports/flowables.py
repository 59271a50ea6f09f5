"""Flowables that know their place in the structure tree: text, headings, figures, columns.

Text is never parsed as markup: paragraphs are made of ready fragments, so `<b>` and `<img …>` in data
print as they stand.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import paragraph as broken_lines
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from desktop.reports.fonts import SEMIBOLD, printable, text_width
from desktop.reports.structure import Element
from desktop.reports.styles import colour, style
from desktop.reports.tagging import TaggedCanvas

Runs = str | Sequence[tuple[str, bool]]
_HAIR = 0.6


@cache
def _template(paragraph_style: ParagraphStyle) -> ParaFrag:
    return ParaFrag(
        rise=0,
        greek=0,
        link=[],
        fontName=paragraph_style.fontName,
        bold=0,
        italic=0,
        fontSize=paragraph_style.fontSize,
        textColor=paragraph_style.textColor,
        us_lines=[],
        text="",
    )


def _fragments(runs: Runs, paragraph_style: ParagraphStyle) -> list[ParaFrag]:
    template = _template(paragraph_style)
    if isinstance(runs, str):
        return [template.clone(text=printable(runs))]
    return [
        template.clone(text=printable(text), fontName=SEMIBOLD if strong else template.fontName)
        for text, strong in runs
    ]


class TaggedFlowable(Flowable):
    """A flowable drawn on a TaggedCanvas."""

    canv: Any


class TaggedParagraph(Paragraph):
    """A paragraph whose lines, on however many pages, belong to one element (None: to the open mark)."""

    element: Element | None = None
    continues = False
    blPara: Any  # noqa: N815
    canv: Any

    @classmethod
    def of(
        cls, runs: Runs, paragraph_style: ParagraphStyle, element: Element | None = None
    ) -> "TaggedParagraph":
        """A paragraph of plain text, or of (text, semi-bold) runs."""
        paragraph = cls("", paragraph_style, frags=_fragments(runs, paragraph_style))
        paragraph.element = element
        return paragraph

    def split(self, width: float, room: float) -> list[Flowable]:
        """The parts share the element."""
        parts: list[Any] = super().split(width, room)
        for part in parts:
            part.element, part.continues = self.element, self.continues
        if len(parts) > 1:
            parts[0].continues = not _ends_inside_word(parts[0].blPara.lines[-1])
        return parts

    def draw(self) -> None:
        """The lines inside one mark, each with the space that the line break took: words must not join."""
        _restore_line_end_spaces(self.blPara, self.continues)
        if self.element is None:
            super().draw()
            return
        with self.canv.mark(self.element):
            super().draw()


def _restore_line_end_spaces(broken: Any, continues: bool) -> None:
    for line in broken.lines if continues else broken.lines[:-1]:
        words = _words(line)
        if not words or _ends_inside_word(line):
            continue
        if isinstance(words[-1], str):
            words.append("")
        elif not words[-1].text.endswith(" "):
            words[-1] = words[-1].clone(text=words[-1].text + " ")


def _words(line: Any) -> list[Any]:
    """The words of a broken line, which is a pair where the text is in one font."""
    words: list[Any] = line[1] if isinstance(line, tuple) else line.words
    return words


def _ends_inside_word(line: Any) -> bool:
    """Whether the line's last word goes on below: reportlab breaks words longer than a line."""
    kinds: Any = broken_lines
    words = _words(line)
    inside = words and isinstance(words[-1], kinds._SplitWord)
    return bool(inside and not isinstance(words[-1], kinds._SplitWordEnd))


class Heading(TaggedParagraph):
    """A heading: bookmarked, and in the outline. `anchor` is the bookmark's name."""

    anchor = ""
    title = ""

    @classmethod
    def titled(cls, text: str, paragraph_style: ParagraphStyle, element: Element, anchor: str) -> "Heading":
        """A heading with the bookmark `anchor`; its level is that of the element (H1–H3)."""
        heading = cls("", paragraph_style, frags=_fragments(text, paragraph_style))
        heading.element, heading.anchor, heading.title = element, anchor, printable(text)
        return heading

    def split(self, width: float, room: float) -> list[Flowable]:
        """The first part is the one that the bookmark and the outline lead to."""
        parts: list[Any] = super().split(width, room)
        if parts:
            parts[0].anchor, parts[0].title = self.anchor, self.title
        return parts

    def draw(self) -> None:
        """Once in the outline, however the heading is split."""
        if self.anchor and self.element is not None:
            self.canv.add_heading(self.title, self.anchor, int(self.element.role[1]) - 1, self.height)
        super().draw()


class Columns(TaggedFlowable):
    """Two stacks side by side, read left then right; stacked when there is no room for them."""

    def __init__(
        self, left: list[Flowable], right: list[Flowable], left_width: float, right_start: float
    ) -> None:
        super().__init__()
        self._left, self._right = left, right
        self._left_width, self._right_start = left_width, right_start

    def wrap(self, width: float, _room: float) -> tuple[float, float]:
        """As high as the higher stack."""
        heights = [
            _stack_height(self._left, self._left_width),
            _stack_height(self._right, width - self._right_start),
        ]
        self.width, self.height = width, max(heights)
        return self.width, self.height

    def split(self, _width: float, _room: float) -> list[Flowable]:
        """One after the other."""
        return [*self._left, *self._right]

    def draw(self) -> None:
        """Both from the top."""
        for stack, left in ((self._left, 0.0), (self._right, self._right_start)):
            top = self.height
            for flowable in stack:
                height = flowable.height if hasattr(flowable, "height") else 0
                top -= height
                flowable.drawOn(self.canv, left, top)
                top -= flowable.getSpaceAfter()


def _stack_height(stack: list[Flowable], width: float) -> float:
    total = 0.0
    for flowable in stack:
        _, flowable.height = flowable.wrap(width, 10_000)
        total += flowable.height + flowable.getSpaceAfter()
    return total


class Figure(TaggedFlowable):
    """A drawn chart: one mark, an Alt text and the box it fills on the page."""

    def __init__(
        self, element: Element, alt: str, height: float, paint: Callable[[TaggedCanvas, float, float], None]
    ) -> None:
        """`paint(canvas, width, height)` draws with the lower left corner as origin."""
        super().__init__()
        element.alt = printable(alt)
        self._element, self._height, self._paint = element, height, paint
        self.spaceAfter = 12.0

    def wrap(self, width: float, _room: float) -> tuple[float, float]:
        """The whole width, its own height."""
        self.width = width
        return width, self._height

    def draw(self) -> None:
        """The chart inside its mark."""
        canvas: TaggedCanvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._element.bbox = (left, bottom, left + self.width, bottom + self._height)
        with canvas.mark(self._element):
            canvas.saveState()
            self._paint(canvas, self.width, self._height)
            canvas.restoreState()


class Chip(TaggedFlowable):
    """A short remark in a frame of the warning colours: words, never colour alone."""

    def __init__(self, text: str, element: Element) -> None:
        super().__init__()
        self._text = TaggedParagraph.of(text, style("mark"), element)
        self.spaceAfter = 8.0

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """One padded line or more."""
        _, height = self._text.wrap(width - 16, room)
        self.width, self.height = width, height + 8
        return self.width, self.height

    def draw(self) -> None:
        """The frame as decoration, the words as text."""
        line = "".join(fragment.text for fragment in self._text.frags)
        width = min(self.width, text_width(line, SEMIBOLD, 9) + 16)
        with self.canv.artifact():
            self.canv.setFillColor(colour("warn_soft"))
            self.canv.setStrokeColor(colour("warn_border"))
            self.canv.setLineWidth(0.8)
            self.canv.roundRect(0, 0, width, self.height, 4, stroke=1, fill=1)
        self._text.drawOn(self.canv, 8, 4)


class TopRule(TaggedFlowable):
    """The thick rule over the first page."""

    def wrap(self, width: float, _room: float) -> tuple[float, float]:
        """The whole width."""
        self.width = width
        return width, 12

    def draw(self) -> None:
        """A filled bar, decoration only."""
        with self.canv.artifact():
            self.canv.setFillColor(colour("text"))
            self.canv.rect(0, 9.6, self.width, 2.4, stroke=0, fill=1)


def hairline(canvas: TaggedCanvas, left: float, y: float, width: float) -> None:
    """A thin grey rule."""
    canvas.setStrokeColor(colour("neutral_border"))
    canvas.setLineWidth(_HAIR)
    canvas.line(left, y, left + width, y)
