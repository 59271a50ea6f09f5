"""Lists that know their place in the structure tree: bullets, contents, terms with what they mean."""

from collections.abc import Callable
from typing import Any

from reportlab.platypus.flowables import Flowable

from desktop.reports.flowables import TaggedFlowable, TaggedParagraph, hairline
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.formats import HARD_SPACE
from desktop.reports.structure import Element
from desktop.reports.styles import colour, style
from desktop.reports.tagging import TaggedCanvas

Sign = Callable[[Any, float, float], None]
TOC_LEADING = 11.6
TOC_PADDING = 2.9
_SHORT_WORD = 6


class ListItem(TaggedFlowable):
    """A bullet and its text: Lbl and LBody."""

    _INDENT = 12.0

    def __init__(self, text: str | TaggedParagraph, label: Element | None, body: Element | None) -> None:
        super().__init__()
        self._label, self._body = label, body
        if isinstance(text, str):
            text = TaggedParagraph.of(_without_widow(text), style("body"), body)
        self._text = text
        self.spaceAfter = 3.0

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """As wide as it may be, as high as the text."""
        _, height = self._text.wrap(width - self._INDENT, room)
        return width, height

    def split(self, width: float, room: float) -> list[Flowable]:
        """The bullet stays with the first lines."""
        parts: list[Any] = self._text.split(width - self._INDENT, room)
        if len(parts) < 2:
            return []
        return [ListItem(parts[0], self._label, self._body), ListItem(parts[1], None, self._body)]

    def draw(self) -> None:
        """The sign first, then the text."""
        if self._label is not None:
            with self.canv.mark(self._label):
                self.canv.setFillColor(colour("text"))
                self.canv.setFont(REGULAR, 10)
                self.canv.drawString(1, self._text.height - 10, "• ")
        self._text.drawOn(self.canv, self._INDENT, 0)


def _without_widow(text: str) -> str:
    """A hard space before a short last word, so that no line holds it alone."""
    before, space, last = text.rstrip().rpartition(" ")
    return f"{before}{HARD_SPACE}{last}" if space and len(last) < _SHORT_WORD else text


class ContentsEntry(TaggedFlowable):
    """One line of contents: a link with the title left and the page number, known at save, right."""

    _NUMBER_WIDTH = 22.0

    def __init__(self, title: str, anchor: str, link: Element) -> None:
        super().__init__()
        self._title = printable(title)
        self._anchor = anchor
        self._link = link
        self._text = TaggedParagraph.of(title, style("toc"))

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """One line or more, with the hairline below."""
        _, text_height = self._text.wrap(width - self._NUMBER_WIDTH, room)
        self.width, self.height = width, text_height + TOC_PADDING
        return self.width, self.height

    def draw(self) -> None:
        """The title, a place for the number, and the annotation over both."""
        canvas: TaggedCanvas = self.canv
        with canvas.artifact():
            hairline(canvas, 0, 0, self.width)
        with canvas.mark(self._link):
            self._text.drawOn(canvas, 0, TOC_PADDING)
            canvas.place(self._anchor, self._draw_number(canvas))
        canvas.link_to(self._link, self._anchor, f"Gå till {self._title}", self.width, self.height)

    def _draw_number(self, canvas: TaggedCanvas) -> Callable[[int], None]:
        def draw(_pages: int) -> None:
            number = f" {canvas.page_of(self._anchor)}"
            canvas.setFillColor(colour("text"))
            canvas.setFont(SEMIBOLD, 9.4)
            width = text_width(number, SEMIBOLD, 9.4)
            canvas.drawString(self.width - width, self.height - TOC_LEADING + 1.8, number)

        return draw


class DefinitionRow(TaggedFlowable):
    """A term left and what it means right, a hairline above: Lbl and LBody.

    `sign(canvas, left, bottom)` draws a sign before the term.
    """

    _TERM_WIDTH = 136.0
    _TEXT_LEFT = 146.0
    _SIGN = 16.0

    def __init__(
        self, term: str, definition: str, label: Element, body: Element, sign: Sign | None = None
    ) -> None:
        super().__init__()
        self._sign, self._indent = sign, self._SIGN if sign else 0.0
        self._term = TaggedParagraph.of(term, style("term"), label)
        self._definition = TaggedParagraph.of(definition, style("definition"), body)

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """As high as the higher of the two."""
        term = self._term.wrap(self._TERM_WIDTH - self._indent, room)[1]
        definition = self._definition.wrap(width - self._TEXT_LEFT, room)[1]
        self.width, self.height = width, max(term, definition) + 5.6
        return self.width, self.height

    def draw(self) -> None:
        """The rule as decoration, then term and meaning."""
        with self.canv.artifact():
            hairline(self.canv, 0, self.height, self.width)
        top = self.height - 2.4
        if self._sign:
            self._sign(self.canv, 0, top - 11.6)
        self._term.drawOn(self.canv, self._indent, top - self._term.height)
        self._definition.drawOn(self.canv, self._TEXT_LEFT, top - self._definition.height)
