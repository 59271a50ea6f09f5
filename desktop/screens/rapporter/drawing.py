"""A report as a PDF in memory, ready to be looked at. Runs off the GUI thread."""

import io
from dataclasses import dataclass
from datetime import datetime

from db.rules.figurer import Rapport
from desktop.paper import Paper, measure


@dataclass(frozen=True, slots=True)
class Printed:
    """A report made: its figures and its pages."""

    rapport: Rapport
    paper: Paper

    @property
    def hidden(self) -> int:
        """Cells that are hidden (R12)."""
        rows = [row for section in self.rapport.avsnitt for row in section.rader]
        return sum(len(row.dolda) + len(row.jamforelse_dolda) for row in rows)


def print_report(rapport: Rapport, when: datetime) -> Printed:
    """Write the report as PDF and count its pages."""
    from desktop.reports.pdf import write_pdf

    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=when)
    return Printed(rapport, measure(out.getvalue()))
