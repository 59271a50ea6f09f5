"""Several reports made in one go and written to a folder. Runs off the GUI thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from db.errors import CancelledError, KnownError
from db.rules.text import slug
from desktop.context import Context
from desktop.report_service import find_report, hand_over_files, prepare_report
from desktop.reports.innehall import Tillval
from desktop.runner import Task
from desktop.screens.rapporter.choices import UPPFOLJNING
from desktop.screens.rapporter.kommentar import read_kommentar

FORMER = ("pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class Uppdrag:
    """What is to be made: names of reports, period and comparison as exchange.md writes them, forms, the plan
    to follow up, and the parts that reports are made without."""

    rapporter: tuple[str, ...]
    period: str
    jamfor: str
    per: date | None
    former: tuple[str, ...]
    mapp: Path
    plan: str | None = None
    utan: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def path(self, namn: str, form: str) -> Path:
        """Where a report is written."""
        return self.mapp / f"{slug(find_report(namn).titel)}_{slug(self.period)}.{form}"

    def existing(self) -> int:
        """How many files of the folder would be replaced."""
        return sum(self.path(namn, form).exists() for namn in self.rapporter for form in self.former)


@dataclass(frozen=True, slots=True)
class Utfort:
    """The files written, reports that could not be made (title and why), and whether somebody stopped it."""

    filer: tuple[Path, ...]
    fel: tuple[tuple[str, str], ...] = ()
    avbrutet: bool = False


def make_all(context: Context, uppdrag: Uppdrag, task: Task) -> Utfort:
    """Make each report and write its files, all of them whole or none.

    A report that cannot be made does not stop the others; what was written before somebody stopped it stays.
    """
    filer: list[Path] = []
    fel: list[tuple[str, str]] = []
    try:
        for at, namn in enumerate(uppdrag.rapporter):
            task.progress(at, len(uppdrag.rapporter))
            try:
                filer += _make_one(context, uppdrag, namn, task.check)
            except CancelledError:
                raise
            except KnownError as error:
                fel.append((find_report(namn).titel, error.message))
        task.progress(len(uppdrag.rapporter), len(uppdrag.rapporter))
    except CancelledError:
        return Utfort(tuple(filer), tuple(fel), avbrutet=True)
    return Utfort(tuple(filer), tuple(fel))


def _make_one(context: Context, uppdrag: Uppdrag, namn: str, check: Callable[[], None]) -> Sequence[Path]:
    from desktop.screens.rapporter.drawing import make_form

    idag = context.today()
    tillval = Tillval(uppdrag.utan.get(namn, ()), read_kommentar(context, namn, uppdrag.period))
    fardig = prepare_report(
        context.store, context.aktor, namn, uppdrag.period, per=uppdrag.per,
        jamfor=uppdrag.jamfor or None if namn != UPPFOLJNING else None,
        plan=uppdrag.plan if namn == UPPFOLJNING else None, tillval=tillval, idag=idag,
    )  # fmt: skip
    check()
    nu = datetime.combine(idag, datetime.now().time())
    paths = [uppdrag.path(namn, form) for form in uppdrag.former]
    made = {path: make_form(fardig.rapport, path.suffix[1:], nu) for path in paths}
    hand_over_files(context.store, context.aktor, fardig, made)
    return paths
