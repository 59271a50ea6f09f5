"""How the aktivitetskrav is shown: one rule for the list, the card and its timeline."""

from datetime import date

from db.queries.krav import Krav
from db.rules.aktivitetskrav import Status
from desktop.formatting import due_kind, due_text
from desktop.table_model import ChipText

WARN_DAYS = 2


def krav_chip(krav: Krav | None, dag: date) -> ChipText | None:
    """The chip of an open ärende; None where the aktivitetskrav does not follow it.

    Without activity now (R8) the running frist counts, also the new one after an ended activity.
    """
    if krav is None:
        return None
    frist = krav.utan.frist if krav.utan is not None else None
    if frist is not None:
        kind = due_kind(frist, dag, WARN_DAYS)
        return ChipText(kind, due_text(frist, dag), "clock" if kind == "later" else "")
    if krav.bedomning.status is Status.UPPFYLLT:
        return ChipText("ok", "Uppfyllt")
    if krav.bedomning.status is Status.UPPFYLLT_SENT:
        return ChipText("later", "Uppfyllt sent", "circle-check")
    return ChipText("info", "Undantag", "file-check")
