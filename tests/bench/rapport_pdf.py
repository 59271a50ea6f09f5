"""A 20-page report as tagged PDF against reportlab drawing the same pages untagged, and all reports of a year
as PDF against hand-written SQL and such drawing (quality.md, Speed)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from pypdf import PdfReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from db.aktor import SYSTEM
from db.rules.figurer import Rapport
from db.session import Store
from desktop.report_service import make_report
from desktop.reports.pdf import write_pdf
from desktop.reports.structure import Element
from desktop.reports.tagging import TaggedCanvas
from tests.bench.figurer import FLOOR, PERIOD, REPORTS, bare
from tests.bench.harness import Row, compare
from tests.bench.registers import PER
from tests.helpers.rapport_exempel import long_rapport
from tests.helpers.rapport_tabell import tabell_rapport

PROMISE = 1.5
_WHEN = datetime(2024, 9, 12, 8, 14)
_PAGES = 20


class _BareCanvas(TaggedCanvas):
    """Draws the same and tags nothing: no marks, no tree, no metadata, reportlab's own file."""

    def begin_mark(self, element: Element) -> None:
        pass

    def end_mark(self) -> None:
        pass

    def begin_artifact(self, subtype: str = "") -> None:
        pass

    def end_artifact(self) -> None:
        pass

    def link_to(self, element: Element, key: str, spoken: str, width: float, height: float) -> None:
        pass

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._doc.__class__ = pdfdoc.PDFDocument
        self._fill_places(self._doc.Pages.pages)
        Canvas.save(self)


def _written(rapport: Rapport) -> bytes:
    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=_WHEN)
    return out.getvalue()


@contextmanager
def _untagged() -> Iterator[None]:
    with mock.patch("desktop.reports.page.TaggedCanvas", _BareCanvas):
        yield


def _bare(rapport: Rapport) -> bytes:
    with _untagged():
        return _written(rapport)


def measure() -> list[Row]:
    """A row for each kind of table: our seconds, the floor's, and the sizes of both files."""
    return [
        _row("rapport på 20 sidor som taggad PDF", long_rapport(36, sections=10)),
        _row("uppföljning på 20 sidor som taggad PDF", tabell_rapport(indicators=30, mal=18)),
    ]


def _row(name: str, rapport: Rapport) -> Row:
    tagged, bare = _written(rapport), _bare(rapport)
    pages = len(PdfReader(io.BytesIO(tagged)).pages)
    if pages < _PAGES:
        raise ValueError(f"the report has {pages} pages, not {_PAGES}")
    note = f"{pages} sidor, {len(tagged) / 1000:.0f} kB mot {len(bare) / 1000:.0f} kB"
    return compare(name, lambda: _written(rapport), lambda: _bare(rapport), PROMISE, note=note)


def measure_year(store: Store, rounds: int = 3) -> Row:
    """All reports of a year, from the register to their PDF; the register must be on SQLite."""

    def made(namn: str) -> Rapport:
        return make_report(store, SYSTEM, namn, PERIOD.text, idag=PER)

    rapporter = [made(namn) for namn in REPORTS]
    pages = sum(len(PdfReader(io.BytesIO(_written(rapport))).pages) for rapport in rapporter)
    with bare(store) as cursor:

        def ours() -> None:
            for namn in REPORTS:
                _written(made(namn))

        def floor() -> None:
            for namn in REPORTS:
                for sql in FLOOR[namn]:
                    cursor.execute(sql).fetchall()
            for rapport in rapporter:
                _bare(rapport)

        note = f"{len(rapporter)} rapporter, {pages} sidor"
        return compare("alla rapporter för ett år som PDF", ours, floor, PROMISE, rounds=rounds, note=note)
