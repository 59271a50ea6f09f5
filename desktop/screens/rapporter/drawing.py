"""A report as a PDF in memory, ready to be looked at. Runs off the GUI thread."""

import io
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.rules.figurer import Rapport
from desktop.context import Context
from desktop.paper import Paper, measure
from desktop.report_service import Fardig, prepare_report
from desktop.reports.innehall import Tillval
from desktop.runner import Task
from desktop.screens.rapporter.kommentar import read_kommentar


@dataclass(frozen=True, slots=True)
class Printed:
    """A report made: its figures and its pages, and the comment as it was written: to which report and
    period, and its text."""

    fardig: Fardig
    paper: Paper
    when: datetime
    kommentar: tuple[str, str, str] = ("", "", "")

    @property
    def rapport(self) -> Rapport:
        """The report itself."""
        return self.fardig.rapport

    @property
    def hidden(self) -> int:
        """Cells that are hidden (R12)."""
        rows = [row for section in self.rapport.avsnitt for row in section.rader]
        return sum(len(row.dolda) + len(row.jamforelse_dolda) for row in rows)


def make_printed(
    _task: Task,
    *,
    context: Context,
    namn: str,
    period: str,
    jamfor: str | None,
    per: date | None,
    plan: str | None,
    tillval: Tillval,
    kommentar: str | None,
) -> Printed:
    """Make a report and its pages; where `kommentar` is None, with the comment that the user has kept."""
    idag = context.today()
    if kommentar is None:
        kommentar = read_kommentar(context, namn, period)
    fardig = prepare_report(
        context.store, context.aktor, namn, period, per=per, jamfor=jamfor, plan=plan,
        tillval=replace(tillval, kommentar=kommentar), idag=idag,
    )  # fmt: skip
    printed = print_report(fardig, datetime.combine(idag, datetime.now().time()))
    return replace(printed, kommentar=(namn, period, kommentar))


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
