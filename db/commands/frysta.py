"""Making a report final: its data and its printed form are kept, and approved by who answers for it.

A frozen report is never changed and never removed: what is wrong in it is put right in a new version. Only a
report that is not approved can be taken back, as any act. That it was handed over is not taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.aktor import Aktor, Roll
from db.commands.findings import Finding, Saved
from db.commands.innehall import keep_bytes
from db.commands.rapportutskrift import Utskrift, note_utskrift, utc_text
from db.commands.visning import PRINTED
from db.errors import ConflictError, DataError, NotFoundError
from db.history import Changes, to_json
from db.models import FrystRapport
from db.queries.avstamning import list_ej_klara
from db.queries.frysta import GODKANT, GONE
from db.recorder import Cell
from db.rules.figurer import Rapport
from db.rules.period import make_period
from db.rules.rapporttext import report_to_plain, to_canonical
from db.session import Store

SLAG = "frysning"
FORM = "fryst"
LONGEST = 2_000
GODKANNER = (Roll.CHEF, Roll.NAMNDSEKRETERARE)
NOT_ALLOWED = "Bara chefen eller nämndsekreteraren godkänner en rapport. Inget har ändrats."


@dataclass(frozen=True, slots=True)
class Frysning:
    """A report to make final: as hidden, its pages printed at `utskrivet`, and what it was made with.

    `parametrar` are those it is made with again (namn, period, per, jamfor), `installningar` those that
    decide figures; `text` is what the maker says of it.
    """

    utskrift: Utskrift
    rapport: Rapport
    pdf: bytes
    utskrivet: datetime
    programversion: str
    parametrar: Mapping[str, str]
    installningar: Mapping[str, object]
    text: str = ""


def freeze_rapport(store: Store, aktor: Aktor, frysning: Frysning, nu: datetime) -> Saved:
    """Keep the report as it is. Its warnings tell who has not marked the period as done.

    Raises ConflictError where another print of the report has come out since it was made (R12), and DataError
    where the text is too long.
    """
    text = frysning.text.strip()
    if len(text) > LONGEST:
        raise DataError("Texten är för lång. Korta den.", "text")
    utskrift = frysning.utskrift
    beskrivning = f"Fryst {utskrift.titel}, {utskrift.fran}–{utskrift.till}"
    with store.unit_of_work(aktor, SLAG, beskrivning) as work:
        note_utskrift(work, aktor, utskrift, FORM, nu)
        row = FrystRapport(
            rapport=utskrift.rapport, variant=utskrift.variant, titel=utskrift.titel, fran=utskrift.fran,
            till=utskrift.till, per=utskrift.per, parametrar=to_canonical(dict(frysning.parametrar)),
            programversion=frysning.programversion, tid=utc_text(nu), signatur=aktor.signatur,
            sha256=keep_bytes(work.session, _content(frysning)),
            pdf_sha256=keep_bytes(work.session, frysning.pdf), text=text,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        row_id = row.id
        period = make_period(utskrift.fran, utskrift.till)
        namn = list_ej_klara(work.session, aktor, period)
    assert work.changes is not None
    return Saved(row_id, work.changes, tuple(_warn(namn)))


def _warn(namn: tuple[str, ...]) -> list[Finding]:
    return [Finding("", f"Perioden är inte markerad som klar av {', '.join(namn)}.")] if namn else []


def _content(frysning: Frysning) -> bytes:
    """What the first checksum is of: data with labels and definitions, settings, version and time."""
    return to_canonical(
        {
            "rapport": report_to_plain(frysning.rapport),
            "parametrar": dict(frysning.parametrar),
            "installningar": dict(frysning.installningar),
            "programversion": frysning.programversion,
            "utskrivet": frysning.utskrivet.isoformat(),
        }
    ).encode()


def approve_fryst(store: Store, aktor: Aktor, fryst_id: int, nu: datetime) -> Saved:
    """Approve a frozen report, as chef or nämndsekreterare. It is not taken back: `undo_act` refuses.

    Raises DataError where the user may not, NotFoundError, and ConflictError where it is approved already.
    """
    if aktor.roll not in GODKANNER:
        raise DataError(NOT_ALLOWED)
    with store.unit_of_work(aktor, GODKANT, "Godkänd rapport") as work:
        row = work.session.get(FrystRapport, fryst_id, with_for_update=True)
        if row is None:
            raise NotFoundError(GONE)
        if row.godkand is not None:
            raise ConflictError(f"Rapporten är redan godkänd av {row.godkand_av}. Inget har ändrats.")
        row.godkand_av, row.godkand_roll, row.godkand = aktor.signatur, aktor.roll.value, utc_text(nu)
        work.recorder.beskrivning = f"Godkänd {row.titel}, {row.fran}–{row.till}"
    assert work.changes is not None
    return Saved(fryst_id, work.changes)


def log_fryst_utskrift(store: Store, aktor: Aktor, fryst_id: int, form: str) -> Changes:
    """Tell in the history that a frozen report was printed or saved again. Raises NotFoundError."""
    with store.unit_of_work(aktor, PRINTED, f"Utskrift av fryst rapport ({form})") as work:
        if work.session.get(FrystRapport, fryst_id) is None:
            raise NotFoundError(GONE)
        work.recorder.record([Cell("fryst_rapport", fryst_id, PRINTED, None, to_json(form))])
    assert work.changes is not None
    return work.changes
