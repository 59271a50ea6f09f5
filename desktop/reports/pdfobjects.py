"""The file below the pages: structure tree as ready bytes, XMP, colour intent, compact objects."""

import struct
import zlib
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from desktop.reports.srgb import srgb_profile
from desktop.reports.structure import Element

LANGUAGE = "sv-SE"
_OBJECTS_PER_STREAM = 200


class ReadyObject(pdfdoc.PDFObject):
    """An indirect object whose bytes are already written."""

    def __init__(self, content: bytes = b"null") -> None:
        self.content = content

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        """The bytes, as they are."""
        return self.content


class CompactDocument(pdfdoc.PDFDocument):
    """reportlab's document, with small objects in object streams and a cross-reference stream (PDF 1.5)."""

    Catalog: Any
    signature: Any
    Reference: Any

    def format(self) -> bytes:
        """The whole file; object numbers are reportlab's own, streams of objects come after them."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        small: list[tuple[int, bytes]] = []
        number = 0
        while (number := number + 1) in self.numberToId:  # formatting may add objects at the end
            target = self.idToObject[self.numberToId[number]]
            body = pdfdoc.format(target, self, toplevel=1)
            if isinstance(target, pdfdoc.PDFStream):
                places[number] = (1, len(out), 0)
                out += _indirect(number, _closed_stream(body))
            else:
                small.append((number, body))
        for start in range(0, len(small), _OBJECTS_PER_STREAM):
            batch = small[start : start + _OBJECTS_PER_STREAM]
            places[number] = (1, len(out), 0)
            places |= {inner: (2, number, index) for index, (inner, _) in enumerate(batch)}
            out += _indirect(number, _object_stream(batch))
            number += 1
        return bytes(out + self._cross_reference(number, len(out), places))

    def _cross_reference(self, number: int, offset: int, places: dict[int, tuple[int, int, int]]) -> bytes:
        places[number] = (1, offset, 0)
        table = b"".join(struct.pack(">BIH", *places[key]) for key in sorted(places))
        head = b"/Type /XRef /Size %d /W [1 4 2] /Root %s /Info %s /ID [<%s> <%s>]" % (
            number + 1,
            reference(self, self.Catalog),
            reference(self, self.info),
            *(2 * (self.signature.hexdigest().encode(),)),
        )
        return _indirect(number, _deflated(head, table)) + b"startxref\n%d\n%%%%EOF\n" % offset


def _indirect(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body.rstrip(b"\n"))


def _closed_stream(body: bytes) -> bytes:
    """reportlab leaves out the line end before endstream, which PDF/A asks for."""
    return body.removesuffix(b"endstream\n") + b"\nendstream"


def _deflated(head: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _object_stream(batch: list[tuple[int, bytes]]) -> bytes:
    index, bodies, offset = [], [], 0
    for number, body in batch:
        index.append(b"%d %d" % (number, offset))
        bodies.append(body)
        offset += len(body) + 1
    head = b" ".join(index) + b"\n"
    return _deflated(b"/Type /ObjStm /N %d /First %d" % (len(batch), len(head)), head + b"\n".join(bodies))


def reference(document: Any, target: pdfdoc.PDFObject) -> bytes:
    """`12 0 R` for an object of the document, registered now if it was not."""
    return bytes(document.Reference(target).format(document))


def pdf_text(text: str) -> bytes:
    """A text string: plain bytes where ASCII is enough, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable() and not set(text) & set("()\\"):
        return b"(%s)" % text.encode("ascii")
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode("ascii")


class StructureWriter:
    """Writes the tree: StructTreeRoot with K, ParentTree, ParentTreeNextKey and IDTree."""

    def __init__(
        self, document: pdfdoc.PDFDocument, pages: list[bytes], annotations: list[tuple[bytes, Element]]
    ) -> None:
        """`pages` and `annotations` are references; annotation i has ParentTree key len(pages) + i."""
        self._document = document
        self._pages = pages
        self._annotations = annotations
        self._places: dict[Element, tuple[ReadyObject, bytes]] = {}

    def write(self, root: Element) -> pdfdoc.PDFObject:
        """The StructTreeRoot; every element below `root` becomes an object of its own."""
        root.prune()
        tree = ReadyObject()
        tree_reference = reference(self._document, tree)
        for element in root.walk():
            ready = ReadyObject()
            self._places[element] = (ready, reference(self._document, ready))
        for element, (ready, _) in self._places.items():
            parent = self._places[element.parent][1] if element.parent else tree_reference
            ready.content = self._element(element, parent)
        tree.content = (
            b"<</Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d /IDTree %s>>"
            % (
                self._places[root][1],
                reference(self._document, ReadyObject(self._parent_tree())),
                len(self._pages) + len(self._annotations),
                reference(self._document, ReadyObject(self._id_tree())),
            )
        )
        return tree

    def _element(self, element: Element, parent: bytes) -> bytes:
        parts = [b"<</Type /StructElem /S /%s /P %s" % (element.role.encode(), parent)]
        if element.marks:
            parts.append(b"/Pg %s" % self._pages[element.marks[0][0]])
        if kids := self._kids(element):
            parts.append(b"/K [%s]" % b" ".join(kids))
        if element.alt:
            parts.append(b"/Alt %s" % pdf_text(element.alt))
        if element.actual_text:
            parts.append(b"/ActualText %s" % pdf_text(element.actual_text))
        if element.ident:
            parts.append(b"/ID %s" % pdf_text(element.ident))
        if attributes := _attributes(element):
            parts.append(b"/A %s" % attributes)
        return b" ".join(parts) + b">>"

    def _kids(self, element: Element) -> list[bytes]:
        kids = [self._places[child][1] for child in element.children]
        first = element.marks[0][0] if element.marks else 0
        for page, mcid in element.marks:
            on_other_page = b"<</Type /MCR /Pg %s /MCID %d>>" % (self._pages[page], mcid)
            kids.append(b"%d" % mcid if page == first else on_other_page)
        if element.annotation is not None:
            kids.append(b"<</Type /OBJR /Obj %s>>" % self._annotations[element.annotation][0])
        return kids

    def _parent_tree(self) -> bytes:
        by_page: list[dict[int, bytes]] = [{} for _ in self._pages]
        for element, (_, ref) in self._places.items():
            for page, mcid in element.marks:
                by_page[page][mcid] = ref
        rows = [
            b"%d [%s]" % (key, b" ".join(marks[mcid] for mcid in sorted(marks)))
            for key, marks in enumerate(by_page)
        ]
        rows += [
            b"%d %s" % (len(by_page) + index, self._places[element][1])
            for index, (_, element) in enumerate(self._annotations)
        ]
        return b"<</Nums [%s]>>" % b"\n".join(rows)

    def _id_tree(self) -> bytes:
        named = sorted(
            (element.ident.encode(), ref) for element, (_, ref) in self._places.items() if element.ident
        )
        if not named:
            return b"<</Names []>>"
        names = b"\n".join(b"(%s) %s" % pair for pair in named)
        limits = b"[(%s) (%s)]" % (named[0][0], named[-1][0])
        kid = ReadyObject(b"<</Limits %s /Names [%s]>>" % (limits, names))
        return b"<</Kids [%s]>>" % reference(self._document, kid)


def _attributes(element: Element) -> bytes:
    if element.role == "L":
        return b"<</O /List /ListNumbering /%s>>" % (element.numbering or "None").encode()
    if element.bbox:
        box = b" ".join(b"%.2f" % edge for edge in element.bbox)
        return b"<</O /Layout /Placement /Block /BBox [%s]>>" % box
    if element.role not in ("TH", "TD"):
        return b""
    parts = []
    if element.scope:
        parts.append(b"/Scope /%s" % element.scope.encode())
    if element.column_span > 1:
        parts.append(b"/ColSpan %d" % element.column_span)
    if element.row_span > 1:
        parts.append(b"/RowSpan %d" % element.row_span)
    if element.headers:
        parts.append(b"/Headers [%s]" % b" ".join(pdf_text(name) for name in element.headers))
    return b"<</O /Table %s>>" % b" ".join(parts) if parts else b""


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>{creator}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""


def xmp_metadata(*, title: str, author: str, subject: str, creator: str, when: datetime) -> pdfdoc.PDFObject:
    """The XMP packet, saying the same as Info, and that the file is PDF/UA-1 and PDF/A-2a."""
    facts = {"title": title, "author": author, "subject": subject, "creator": creator, "language": LANGUAGE}
    text = _XMP.format(
        when=when.isoformat(timespec="seconds"), **{key: escape(value) for key, value in facts.items()}
    )
    return pdfdoc.XMP(creator=lambda _document: text.encode())


def colour_intent() -> pdfdoc.PDFObject:
    """The output intents: sRGB, the colour space the tokens are given in."""
    profile = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"N": 3, "Alternate": pdfdoc.PDFName("DeviceRGB")}),
        content=srgb_profile(),
        filters=[pdfdoc.PDFZCompress],
    )
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB"),
            "DestOutputProfile": profile,
        }
    )
    return pdfdoc.PDFArray([intent])
