"""The canvas that tags: marks and artifacts around what is drawn, links, and places filled in at save."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.pdfobjects import (
    LANGUAGE,
    CompactDocument,
    StructureWriter,
    colour_intent,
    pdf_text,
    reference,
    xmp_metadata,
)
from desktop.reports.structure import Element

PRODUCT = "Egenväg"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the file says of itself: no machine, no user, no path."""

    title: str
    author: str
    subject: str
    when: datetime


class TaggedCanvas(Canvas):
    """A reportlab canvas on which everything drawn stands in exactly one mark or artifact."""

    _doc: Any
    _code: list[str]
    _pageNumber: int  # noqa: N815
    _bookmarkReference: Callable[[str], pdfdoc.PDFObject]  # noqa: N815
    _addAnnotation: Callable[[pdfdoc.PDFObject], None]  # noqa: N815

    def __init__(self, filename: Any, *, tree: Element, facts: DocumentInfo, **options: Any) -> None:
        super().__init__(filename, **(options | {"pdfVersion": (1, 7), "lang": LANGUAGE, "invariant": 1}))
        self._doc.__class__ = CompactDocument  # the canvas makes its document itself
        self._tree = tree
        self._facts = facts
        self._mcid = 0
        self._marked = False
        self._artifacts = 0
        self._links: list[tuple[pdfdoc.PDFDictionary, Element]] = []
        self._places: dict[str, Callable[[int], None]] = {}
        self._place_pages: dict[str, int] = {}

    @property
    def page_index(self) -> int:
        """The page being drawn, from 0."""
        return self._pageNumber - 1

    def begin_mark(self, element: Element) -> None:
        """What follows belongs to `element`; silent inside an artifact, ValueError inside a mark."""
        if self._artifacts:
            return
        if self._marked:
            raise ValueError(f"a mark for {element.role} inside another mark")
        element.add_mark(self.page_index, self._mcid)
        spoken = b" /ActualText " + pdf_text(element.actual_text) if element.actual_text else b""
        self._code.append(f"/{element.role} <</MCID {self._mcid}{spoken.decode('ascii')}>> BDC")
        self._mcid += 1
        self._marked = True

    def end_mark(self) -> None:
        """Ends the open mark."""
        if self._artifacts:
            return
        self._code.append("EMC")
        self._marked = False

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """A mark for the length of a with block."""
        self.begin_mark(element)
        yield
        self.end_mark()

    def begin_artifact(self, subtype: str = "") -> None:
        """What follows is decoration, or page furniture with `subtype` Header, Footer or Pagination."""
        if self._marked:
            raise ValueError("an artifact inside a mark")
        self._artifacts += 1
        if self._artifacts == 1:
            kind = f" /Subtype /{subtype}" if subtype in ("Header", "Footer") else ""
            self._code.append(
                f"/Artifact <</Type /Pagination{kind}>> BDC" if subtype else "/Artifact <</Type /Layout>> BDC"
            )

    def end_artifact(self) -> None:
        """Ends the innermost open artifact."""
        self._artifacts -= 1
        if not self._artifacts:
            self._code.append("EMC")

    @contextmanager
    def artifact(self, subtype: str = "") -> Iterator[None]:
        """An artifact for the length of a with block."""
        self.begin_artifact(subtype)
        yield
        self.end_artifact()

    def place(self, key: str, draw: Callable[[int], None]) -> None:
        """Leave room for text known at the end: `draw` is called at save with the number of pages."""
        line = f"%place {len(self._places)} {key}"
        self._places[line] = draw
        self._place_pages[line] = self.page_index
        self._code.append(line)

    def page_of(self, key: str) -> int:
        """The page (from 1) a bookmark was set on; KeyError where none was."""
        return self._bookmark_pages[key]

    @property
    def _bookmark_pages(self) -> dict[str, int]:
        pages: dict[str, int] = self.__dict__.setdefault("_pages_by_bookmark", {})
        return pages

    def add_heading(self, title: str, key: str, level: int, height: float) -> None:
        """A bookmark and an outline entry for a heading whose lower left corner is the origin."""
        self.bookmarkHorizontal(key, 0, height)
        self._bookmark_pages[key] = self.page_index + 1
        self.addOutlineEntry(title, key, level, closed=level > 0)

    def link_to(self, element: Element, key: str, spoken: str, width: float, height: float) -> None:
        """An annotation over the box at the origin, leading to bookmark `key`, held by the Link `element`."""
        left, bottom = self.absolutePosition(0, 0)
        annotation = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray([left, bottom, left + width, bottom + height]),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "Dest": self._bookmarkReference(key),
                "Contents": pdfdoc.PDFString(spoken),
                "F": 4,
            }
        )
        element.annotation = len(self._links)
        self._links.append((annotation, element))
        self._addAnnotation(annotation)

    def showPage(self) -> None:
        """Close the page; its MCIDs start over on the next one."""
        if self._marked or self._artifacts:
            raise ValueError("the page ends inside a mark")
        super().showPage()
        page = self._doc.Pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._doc.Pages.pages) - 1
        page.Tabs = pdfdoc.PDFName("S")
        page.Trans = None
        self._mcid = 0

    def save(self) -> None:
        """Fill the places left open, write the tree and the metadata, then the file."""
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        self._fill_places(pages)
        for index, (annotation, _) in enumerate(self._links):
            annotation["StructParent"] = len(pages) + index
        links = [(reference(self._doc, annotation), element) for annotation, element in self._links]
        writer = StructureWriter(self._doc, [reference(self._doc, page) for page in pages], links)
        self._describe(writer.write(self._tree))
        super().save()

    def _fill_places(self, pages: list[pdfdoc.PDFPage]) -> None:
        drawn: dict[str, str] = {}
        for line, draw in self._places.items():
            self._code.clear()
            draw(len(pages))
            drawn[line] = "\n".join(self._code)
        self._code.clear()
        for page in pages:
            lines = page.stream.split("\n")
            content = "\n".join(drawn.get(line, line) for line in lines).encode()
            page.Contents = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
            self._doc.updateSignature(content)

    def _describe(self, tree: pdfdoc.PDFObject) -> None:
        facts, catalog = self._facts, self._doc.Catalog
        self.setTitle(facts.title)
        self.setAuthor(facts.author)
        self.setSubject(facts.subject)
        self.setCreator(PRODUCT)
        self.setProducer(PRODUCT)
        self.setDateFormatter(lambda *_invariant: facts.when.strftime("D:%Y%m%d%H%M%S") + _offset(facts.when))
        self.setViewerPreference("DisplayDocTitle", "true")
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
        catalog.Metadata = xmp_metadata(
            title=facts.title,
            author=facts.author,
            subject=facts.subject,
            creator=PRODUCT,
            when=facts.when.replace(microsecond=0),
        )
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = colour_intent()


def _offset(when: datetime) -> str:
    shift = when.strftime("%z")
    return f"{shift[:3]}'{shift[3:5]}'" if shift else ""
