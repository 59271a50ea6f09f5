"""What a check of a form's values finds, and what a saved form hands back."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.errors import DataError
from db.history import Changes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell at a field. `stops`: the data would be wrong, so it cannot be saved. `asks`: it can,
    with a reason that is kept (db.commands.varningar)."""

    field: str
    message: str
    stops: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved row: its id, what was touched (for undo) and the warnings that did not stop it."""

    id: int
    changes: Changes
    varningar: tuple[Finding, ...] = ()


def refuse(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as warnings. Raises DataError for the first that stops."""
    found = tuple(findings)
    for finding in found:
        if finding.stops:
            raise DataError(finding.message, finding.field)
    return found
