"""Reads a tagged PDF and lists what is wrong with it: the checks of reports-pdf.md, reusable and independent.

`faults(data)` gives every fault as a line of text; an empty list is a good file. `TaggedPdf(data)` gives the
tree with the text of each element, read from the content streams through the fonts' own ToUnicode tables.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

TEXT_OPERATORS = {b"Tj", b"TJ", b"'", b'"'}
PAINT_OPERATORS = {
    b"S",
    b"s",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"sh",
    b"Do",
    b"BI",
    b"INLINE IMAGE",
}
PARENTS = {
    "Document": {""},
    "Sect": {"Document", "Sect"},
    "P": {"Document", "Sect", "LBody", "TD", "TH"},
    "H1": {"Document", "Sect"},
    "H2": {"Document", "Sect"},
    "H3": {"Document", "Sect"},
    "L": {"Document", "Sect"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TOC": {"Document", "Sect"},
    "TOCI": {"TOC"},
    "Reference": {"TOCI"},
    "Link": {"Reference", "P"},
    "Figure": {"Document", "Sect"},
    "Table": {"Document", "Sect"},
    "Caption": {"Table"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TR": {"THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "Span": {"TD", "TH", "P"},
}


@dataclass
class Node:
    """An element of the structure tree, as the file holds it."""

    role: str
    parent: "Node | None"
    raw: Any
    number: int
    children: list["Node"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def full_text(self) -> str:
        """The text of the element and all below, in tree order."""
        return "".join(node.text for node in self.walk())

    def attribute(self, name: str) -> Any:
        """An entry of the element's attribute dictionary, or None."""
        return (self.raw.get("/A") or {}).get(f"/{name}")


class TaggedPdf:
    """A PDF file with its structure tree, and the marked content of its pages."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self.catalog: Any = self.reader.trailer["/Root"]
        self.pages = list(self.reader.pages)
        self._page_numbers = {page.indirect_reference.idnum: index for index, page in enumerate(self.pages)}
        self.content = [PageContent(page) for page in self.pages]

    @cached_property
    def root(self) -> Node:
        """The Document element."""
        top = self.catalog["/StructTreeRoot"]["/K"]
        return self._node(top[0] if isinstance(top, list) else top, None)

    def _node(self, reference: Any, parent: Node | None) -> Node:
        raw = reference.get_object()
        node = Node(str(raw["/S"])[1:], parent, raw, reference.idnum)
        kids = raw.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._add_kid(node, kid)
        node.text = "".join(self.content[page].texts.get(mcid, "") for page, mcid in node.marks)
        return node

    def _add_kid(self, node: Node, kid: Any) -> None:
        if isinstance(kid, int):
            node.marks.append((self._page_numbers[node.raw.raw_get("/Pg").idnum], int(kid)))
            return
        target = kid.get_object()
        if target.get("/Type") == "/MCR":
            node.marks.append((self._page_numbers[target.raw_get("/Pg").idnum], int(target["/MCID"])))
        elif target.get("/Type") == "/OBJR":
            node.annotations.append(target.raw_get("/Obj"))
        else:
            node.children.append(self._node(kid, node))

    def nodes(self, *roles: str) -> list[Node]:
        """Elements of these roles (all when none is named), in tree order."""
        return [node for node in self.root.walk() if not roles or node.role in roles]

    def tree_text(self) -> str:
        """All text that is read aloud, elements one per line, hard spaces as spaces."""
        lines = (node.text.strip() for node in self.root.walk() if node.text.strip())
        return "\n".join(lines).replace("\u00a0", " ")

    def table_texts(self, table: Node) -> list[list[str]]:
        """The rows of a table as cell texts; spanned columns are left out."""
        rows = [node for node in table.walk() if node.role == "TR"]
        return [[cell.full_text().strip().replace("\u00a0", " ") for cell in row.children] for row in rows]


class PageContent:
    """What a page draws: the text of each mark, and every fault in how it is marked."""

    def __init__(self, page: Any) -> None:
        self.faults: list[str] = []
        self.texts: dict[int, str] = {}
        self.order: list[int] = []
        self.artifact_text = ""
        self.sizes: set[float] = set()
        self._fonts = {
            name: _to_unicode(font.get_object()) for name, font in page["/Resources"]["/Font"].items()
        }
        self._open: list[int | None] = []
        self._saved = 0
        self._font = ""
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            self._read(operands, operator)
        if self._open or self._saved:
            self.faults.append("the page ends inside a mark or a saved state")

    def _read(self, operands: Any, operator: bytes) -> None:
        if operator == b"q":
            self._saved += 1
        elif operator == b"Q":
            self._saved -= 1
        elif operator in (b"BDC", b"BMC"):
            self._begin(operands)
        elif operator == b"EMC":
            if not self._open:
                self.faults.append("EMC without a mark")
            else:
                self._open.pop()
        elif operator == b"Tf":
            self._font = operands[0]
            self.sizes.add(float(operands[1]))
        elif operator in TEXT_OPERATORS | PAINT_OPERATORS:
            self._paint(operands, operator)

    def _begin(self, operands: Any) -> None:
        if self._open:
            self.faults.append(f"a mark inside a mark: {operands}")
        properties = operands[1] if len(operands) > 1 else {}
        mcid = properties.get("/MCID")
        if mcid is None and operands[0] != "/Artifact":
            self.faults.append(f"neither MCID nor artifact: {operands}")
        self._open.append(None if mcid is None else int(mcid))
        if mcid is not None:
            self.order.append(int(mcid))
            self.texts.setdefault(int(mcid), "")

    def _paint(self, operands: Any, operator: bytes) -> None:
        if len(self._open) != 1:
            self.faults.append(f"{operator!r} outside a mark")
            return
        if operator not in TEXT_OPERATORS:
            return
        text = self._decoded(operands[0])
        mcid = self._open[0]
        if mcid is None:
            self.artifact_text += text + "\n"
        else:
            self.texts[mcid] += text

    def _decoded(self, string: Any) -> str:
        raw = string.original_bytes if hasattr(string, "original_bytes") else bytes(string)
        if 0 in raw:
            self.faults.append("code 0 (.notdef) is drawn")
        table = self._fonts[self._font]
        return "".join(table.get(code, "\ufffd") for code in raw)


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    text = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", text, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}


def faults(data: bytes) -> list[str]:
    """Everything wrong with the file; [] when it keeps all rules checked here."""
    try:
        pdf = TaggedPdf(data)
        checks = (
            _catalog,
            _content,
            _marks,
            _order,
            _roles,
            _headings,
            _tables,
            _figures,
            _links,
            _fonts,
            _outline,
        )
        return [fault for check in checks for fault in check(pdf)]
    except (KeyError, AttributeError, TypeError) as error:
        return [f"the file cannot be read as tagged: {error!r}"]


def _catalog(pdf: TaggedPdf) -> Iterator[str]:
    catalog = pdf.catalog
    if catalog.get("/Lang") != "sv-SE":
        yield "Lang is not sv-SE"
    if not catalog["/MarkInfo"].get("/Marked") or "/Suspects" in catalog["/MarkInfo"]:
        yield "MarkInfo"
    if not catalog["/ViewerPreferences"].get("/DisplayDocTitle"):
        yield "DisplayDocTitle"
    xmp = catalog["/Metadata"].get_data().decode()
    title = pdf.reader.metadata.title or ""
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for needed in (f">{escaped}<", "<pdfuaid:part>1<", "<pdfaid:part>2<", "<rdf:li>sv-SE<"):
        if needed not in xmp:
            yield f"XMP lacks {needed}"
    if not catalog["/OutputIntents"][0].get("/DestOutputProfile"):
        yield "OutputIntents"
    if pdf.reader.pdf_header != "%PDF-1.7":
        yield "version"
    keys = [page.get("/StructParents") for page in pdf.pages]
    if len(set(keys)) != len(keys) or None in keys:
        yield "StructParents"
    if any(page.get("/Tabs") != "/S" for page in pdf.pages):
        yield "Tabs"


def _content(pdf: TaggedPdf) -> Iterator[str]:
    for index, content in enumerate(pdf.content):
        for fault in content.faults:
            yield f"page {index + 1}: {fault}"
        if content.order != list(range(len(content.order))):
            yield f"page {index + 1}: MCIDs are not 0…n in order"
        if content.sizes and min(content.sizes) < 8.2:
            yield f"page {index + 1}: text of {min(content.sizes)} points"


def _marks(pdf: TaggedPdf) -> Iterator[str]:
    owners: dict[tuple[int, int], int] = {}
    for node in pdf.nodes():
        if node.children and node.marks:
            yield f"{node.role} holds both elements and content"
        if node.parent and node.raw.raw_get("/P").idnum != node.parent.number:
            yield f"{node.role}: P does not point at the parent"
        for mark in node.marks:
            if mark in owners:
                yield f"{mark} is referenced twice"
            owners[mark] = node.number
    tree = _number_tree(pdf.catalog["/StructTreeRoot"]["/ParentTree"])
    for index, (page, content) in enumerate(zip(pdf.pages, pdf.content, strict=True)):
        array = tree[int(page["/StructParents"])].get_object()
        for mcid in content.order:
            if owners.get((index, mcid)) is None:
                yield f"page {index + 1}: MCID {mcid} is in no element"
            elif array[mcid if isinstance(array, list) else 0] is None:
                yield f"page {index + 1}: MCID {mcid} is not in the ParentTree"
            elif _raw_item(array, mcid).idnum != owners[index, mcid]:
                yield f"page {index + 1}: ParentTree and tree disagree on {mcid}"
        if len(array) != len(content.order):
            yield f"page {index + 1}: ParentTree has {len(array)} marks, the page {len(content.order)}"


def _raw_item(array: Any, index: int) -> IndirectObject:
    item = list.__getitem__(array, index)
    assert isinstance(item, IndirectObject)
    return item


def _number_tree(tree: Any) -> dict[int, Any]:
    numbers = tree["/Nums"]
    raw = [list.__getitem__(numbers, index) for index in range(len(numbers))]
    return {int(key): value for key, value in zip(raw[::2], raw[1::2], strict=True)}


def _order(pdf: TaggedPdf) -> Iterator[str]:
    marks = [mark for node in pdf.nodes() for mark in node.marks]
    if marks != sorted(marks):
        yield "the tree's order is not the content's"


def _roles(pdf: TaggedPdf) -> Iterator[str]:
    for node in pdf.nodes():
        if node.role not in PARENTS:
            yield f"role {node.role} is not known"
        elif (node.parent.role if node.parent else "") not in PARENTS[node.role]:
            yield f"{node.role} inside {node.parent.role if node.parent else 'nothing'}"
        empty = not node.children and not node.marks
        if empty and node.role not in ("TD", "TH"):
            yield f"{node.role} is empty"


def _headings(pdf: TaggedPdf) -> Iterator[str]:
    levels = [int(node.role[1]) for node in pdf.nodes("H1", "H2", "H3", "H4", "H5", "H6")]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        yield f"headings do not begin with the only H1: {levels}"
    for above, level in pairwise(levels):
        if level > above + 1:
            yield f"heading jumps from {above} to {level}"


def _outline(pdf: TaggedPdf) -> Iterator[str]:
    headings = [_words(node.text) for node in pdf.nodes("H1", "H2", "H3")]
    entries = [_words(str(entry.title)) for entry in _flat(pdf.reader.outline)]
    if headings != entries:
        yield f"outline {entries} is not the headings {headings}"


def _flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _words(text: str) -> str:
    return " ".join(text.split())


def _tables(pdf: TaggedPdf) -> Iterator[str]:
    idents = [str(node.raw["/ID"]) for node in pdf.nodes("TH") if "/ID" in node.raw]
    if len(idents) != len(set(idents)):
        yield "IDs are not unique"
    names = _name_tree(pdf.catalog["/StructTreeRoot"]["/IDTree"])
    if names != sorted(idents, key=str.encode):
        yield "IDTree does not list the IDs in order"
    for table in pdf.nodes("Table"):
        yield from _rectangle(table)
        for cell in table.walk():
            if cell.role == "TH" and cell.attribute("Scope") not in ("/Row", "/Column"):
                yield "TH without Scope"
            if cell.role == "TD" and not cell.attribute("Headers"):
                yield "TD without Headers"
            unknown = [str(name) for name in cell.attribute("Headers") or [] if str(name) not in idents]
            if unknown:
                yield f"Headers {unknown} are nowhere"


def _name_tree(tree: Any) -> list[str]:
    names = [str(name) for name in tree.get("/Names", [])[::2]]
    for kid in tree.get("/Kids", []):
        names += _name_tree(kid.get_object())
    return names


def _rectangle(table: Node) -> Iterator[str]:
    rows = [node for node in table.walk() if node.role == "TR"]
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row.children:
            while (at, column) in taken:
                column += 1
            across, down = int(cell.attribute("ColSpan") or 1), int(cell.attribute("RowSpan") or 1)
            taken |= {(at + y, column + x) for x in range(across) for y in range(down)}
    widths = {sum(1 for row, _ in taken if row == at) for at in range(len(rows))}
    if len(widths) > 1 or any(row >= len(rows) for row, _ in taken):
        yield f"a table is not rectangular: {sorted(widths)}"


def _figures(pdf: TaggedPdf) -> Iterator[str]:
    for figure in pdf.nodes("Figure"):
        if not figure.raw.get("/Alt"):
            yield "Figure without Alt"
        box = [float(edge) for edge in figure.attribute("BBox") or []]
        page = pdf.pages[figure.marks[0][0]].mediabox
        if len(box) != 4 or box[0] < 0 or box[1] < 0 or box[2] > page.right or box[3] > page.top:
            yield f"Figure with BBox {box}"


def _links(pdf: TaggedPdf) -> Iterator[str]:
    tree = _number_tree(pdf.catalog["/StructTreeRoot"]["/ParentTree"])
    held = {reference.idnum for node in pdf.nodes("Link") for reference in node.annotations}
    for page in pdf.pages:
        for reference in page.get("/Annots") or []:
            annotation = reference.get_object()
            if reference.idnum not in held:
                yield "an annotation is in no Link"
            if not annotation.get("/Contents") or int(annotation.get("/F", 0)) != 4:
                yield "an annotation without Contents or F 4"
            if int(annotation["/StructParent"]) not in tree:
                yield "an annotation is not in the ParentTree"
    if any(not node.annotations for node in pdf.nodes("Link")):
        yield "a Link without annotation"


def _fonts(pdf: TaggedPdf) -> Iterator[str]:
    if b"Helvetica" in pdf.data:
        yield "Helvetica"
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()
            if "Helvetica" in str(described.get("/BaseFont")):
                yield "Helvetica"
            if "/ToUnicode" not in described or "/FontFile2" not in described["/FontDescriptor"]:
                yield f"{described.get('/BaseFont')} is not embedded"
