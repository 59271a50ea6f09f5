"""The logical tree of a tagged PDF: built with the story, filled with content when drawing, written at save.

Nothing here knows reportlab: an element is a role, a place, and later the marks (page, MCID) of its content.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CELL_ROLES = ("TH", "TD")


@dataclass(eq=False, slots=True)
class Element:
    """One node of the structure tree: it holds either children or content, never both."""

    role: str
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    alt: str = ""
    actual_text: str = ""
    ident: str = ""
    numbering: str = ""
    scope: str = ""
    column_span: int = 1
    row_span: int = 1
    headers: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None
    annotation: int | None = None

    def add(self, role: str) -> "Element":
        """A new last child; ValueError where content already stands in this element."""
        if self.marks:
            raise ValueError(f"{self.role} already holds content")
        child = Element(role, parent=self)
        self.children.append(child)
        return child

    def add_mark(self, page: int, mcid: int) -> None:
        """Content on page `page` (from 0) with this MCID belongs here; ValueError where children stand."""
        if self.children:
            raise ValueError(f"{self.role} already holds elements")
        self.marks.append((page, mcid))

    def walk(self) -> Iterator["Element"]:
        """This element and all below, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def prune(self) -> bool:
        """Drop descendants that hold nothing, cells excepted; whether anything is left here."""
        self.children = [child for child in self.children if child.prune()]
        return bool(self.children or self.marks or self.role in CELL_ROLES)


class StructureBuilder:
    """Keeps the stack of open groups while the story is built and hands each flowable its element."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._stack = [self.root]

    @property
    def current(self) -> Element:
        """The innermost open group."""
        return self._stack[-1]

    def leaf(self, role: str) -> Element:
        """A new element at the end of the open group."""
        return self.current.add(role)

    @contextmanager
    def group(self, role: str) -> Iterator[Element]:
        """A new group, open for the length of a with block."""
        element = self.leaf(role)
        self._stack.append(element)
        try:
            yield element
        finally:
            self._stack.pop()
