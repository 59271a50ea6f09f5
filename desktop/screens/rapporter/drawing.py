"""A report as a PDF in memory, ready to be looked at. Runs off the GUI thread."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.files import write_file
from db.rules.figurer import Rapport
from desktop.paper import Paper, measure


@dataclass(frozen=True, slots=True)
class Printed:
    """A report made: its figures and its pages."""

    rapport: Rapport
    paper: Paper
    when: datetime

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
    return Printed(rapport, measure(out.getvalue()), when)


def write_form(rapport: Rapport, target: Path, when: datetime) -> None:
    """Write the report as its file's ending says, pdf or xlsx; whole or not at all."""
    if target.suffix == ".xlsx":
        from desktop.reports.xlsx import write_xlsx

        write_file(target, lambda out: write_xlsx(rapport, out))
    else:
        from desktop.reports.pdf import write_pdf

        write_file(target, lambda out: write_pdf(rapport, out, utskrivet=when))
