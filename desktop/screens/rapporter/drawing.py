"""A report as a PDF in memory, ready to be looked at. Runs off the GUI thread."""

import io
from dataclasses import dataclass
from datetime import datetime

from db.rules.figurer import Rapport
from desktop.paper import Paper, measure
from desktop.report_service import Fardig


@dataclass(frozen=True, slots=True)
class Printed:
    """A report made: its figures and its pages."""

    fardig: Fardig
    paper: Paper
    when: datetime

    @property
    def rapport(self) -> Rapport:
        """The report itself."""
        return self.fardig.rapport

    @property
    def hidden(self) -> int:
        """Cells that are hidden (R12)."""
        rows = [row for section in self.rapport.avsnitt for row in section.rader]
        return sum(len(row.dolda) + len(row.jamforelse_dolda) for row in rows)


def print_report(fardig: Fardig, when: datetime) -> Printed:
    """Write the report as PDF and count its pages."""
    from desktop.reports.pdf import write_pdf

    out = io.BytesIO()
    write_pdf(fardig.rapport, out, utskrivet=when)
    return Printed(fardig, measure(out.getvalue()), when)


def make_form(rapport: Rapport, form: str, when: datetime) -> bytes:
    """The report as pdf or xlsx."""
    out = io.BytesIO()
    if form == "xlsx":
        from desktop.reports.xlsx import write_xlsx

        write_xlsx(rapport, out)
    else:
        from desktop.reports.pdf import write_pdf

        write_pdf(rapport, out, utskrivet=when)
    return out.getvalue()
