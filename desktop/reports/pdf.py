"""A report as PDF: A4, Source Sans 3, tagged (PDF/UA-1, PDF/A-2a), one pass, figures already hidden."""

from datetime import datetime
from typing import BinaryIO

from db.rules.figurer import Rapport
from desktop.reports import texts
from desktop.reports.fonts import printable, register_fonts
from desktop.reports.page import PageTexts, printed_line, write_document
from desktop.reports.story import ReportStory
from desktop.reports.tagging import DocumentInfo


def write_pdf(rapport: Rapport, out: BinaryIO, *, utskrivet: datetime) -> None:
    """Write the report to `out`; the same report and the same `utskrivet` give the same bytes."""
    register_fonts()
    builder = ReportStory(rapport, utskrivet)
    story = builder.build()
    period = ", ".join(filter(None, (texts.period_name(rapport), texts.urval_name(rapport))))
    facts = DocumentInfo(
        title=printable(f"{rapport.titel}, {period[:1].lower()}{period[1:]}"),
        author=printable(", ".join(name for name in (rapport.kommun, rapport.namnd) if name)) or "Egenväg",
        subject=_subject(rapport),
        when=utskrivet,
    )
    words = PageTexts(
        mark=texts.DEMO if rapport.demo else "",
        owner=" · ".join(name for name in (rapport.kommun, rapport.namnd) if name),
        right=f"{rapport.titel} · {period}",
        printed=printed_line(utskrivet, rapport.uttag),
    )
    write_document(out, story, builder.structure.root, facts, words)


def _subject(rapport: Rapport) -> str:
    compared = texts.comparison_name(rapport)
    subject = "Kvinnor, män och totalt." + (f" Jämförelse med {compared}." if compared else "")
    return printable(f"{subject} {texts.DEMO}." if rapport.demo else subject)
