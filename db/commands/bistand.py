"""Biståndsmånader of an ärende, a calendar year at a time."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.arende import known_arende
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError
from db.locks import lock_rows
from db.models import Arende, Bistandsmanad
from db.rules.datum import full_date, month
from db.rules.koder import Utfall
from db.rules.period import first_day, month_index
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat månaderna. Inget har sparats. Öppna formuläret igen och gör om ändringen."
)
MEST_ORE = 10_000_000  # more than a hundred thousand kronor in a month is most often a slip of the keys


@dataclass(frozen=True, slots=True)
class ManaderUppgifter:
    """The months of a year for which stöd was paid, in order: manadsindex and öre, None where unknown."""

    ar: int
    manader: tuple[tuple[int, int | None], ...] = ()


def field_of(manad: int) -> str:
    """What findings call the field of a month: "manad1" of January."""
    return f"manad{manad % 12 + 1}"


def check_manader(
    session: Session, aktor: Aktor, arende_id: int, uppgifter: ManaderUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first.

    Raises NotFoundError where the ärende is missing or not the user's to know.
    """
    arende = known_arende(session, aktor, arende_id)
    before = {row.manad: row.belopp_ore for row in _rows(session, arende_id, uppgifter.ar)}
    # What was there already is not asked about again.
    changed = {m: ore for m, ore in uppgifter.manader if m not in before or before[m] != ore}
    stops = tuple(_check(uppgifter.ar, changed, changed.keys() - before.keys(), idag))
    if stops:
        return stops
    new = sorted(changed.keys() - before.keys())
    told = (*_tell_amounts(changed), *_tell_arende(arende, new), *_tell_others(session, arende, new))
    return unasked_again(session, "arende", arende_id, told)


def save_manader(
    store: Store,
    aktor: Aktor,
    arende_id: int,
    uppgifter: ManaderUppgifter,
    idag: date,
    tidigare: ManaderUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Let the year's months be these; None when nothing differs.

    `skal` is why warnings are passed that ask for a reason, kept with the ärende. Raises DataError, naming
    the field, and ConflictError when they are no longer as `tidigare`.
    """
    with store.unit_of_work(aktor, "bistånd", f"Biståndsmånader {uppgifter.ar}") as work:
        session = work.session
        lock_rows(session, Arende, [arende_id])
        varningar = refuse(check_manader(session, aktor, arende_id, uppgifter, idag))
        rows = {row.manad: row for row in _rows(session, arende_id, uppgifter.ar)}
        written = tuple((manad, row.belopp_ore) for manad, row in sorted(rows.items()))
        if tidigare is not None and written != tidigare.manader:
            raise ConflictError(CHANGED_MEANWHILE, ManaderUppgifter(uppgifter.ar, written))
        wanted = dict(uppgifter.manader)
        for manad in rows.keys() - wanted.keys():
            session.delete(rows[manad])
        for manad, ore in wanted.items():
            if manad in rows:
                rows[manad].belopp_ore = ore
            else:
                session.add(Bistandsmanad(arende_id=arende_id, manad=manad, belopp_ore=ore))
        pass_warnings(work, "arende", arende_id, varningar, skal)
    return None if work.changes is None else Saved(arende_id, work.changes, varningar)


def _rows(session: Session, arende_id: int, ar: int) -> list[Bistandsmanad]:
    query = select(Bistandsmanad).where(
        Bistandsmanad.arende_id == arende_id, Bistandsmanad.manad.between(ar * 12, ar * 12 + 11)
    )
    return list(session.scalars(query))


def _check(ar: int, changed: dict[int, int | None], new: Set[int], idag: date) -> Iterator[Finding]:
    for manad, ore in changed.items():
        field = field_of(manad)
        if manad // 12 != ar:
            yield Finding(field, f"Månaden {month(first_day(manad))} hör till ett annat år.", stops=True)
        if manad in new and manad > month_index(idag) + 1:
            text = "Månaden har inte varit ännu. Registrera den tidigast månaden före."
            yield Finding(field, text, stops=True)
        if ore is not None and ore < 0:
            yield Finding(field, "Beloppet kan inte vara mindre än noll.", stops=True)


def _tell_amounts(changed: dict[int, int | None]) -> Iterator[Finding]:
    for manad, ore in changed.items():
        if ore == 0:
            yield Finding(field_of(manad), "Inget belopp. Lämna tomt om inget betalades.")
        elif ore is not None and ore > MEST_ORE:
            yield Finding(field_of(manad), "Beloppet är över 100 000 kronor. Är det rätt?", asks=True)


def _tell_arende(arende: Arende, new: list[int]) -> Iterator[Finding]:
    if new and arende.utfall != Utfall.BIFALL:
        yield Finding("", "Ärendet är inte beviljat.")
    for manad in new:
        if manad < month_index(arende.ansokan):
            yield Finding(field_of(manad), f"Månaden är före ansökan {full_date(arende.ansokan)}.")
        elif arende.avslutat is not None and manad > month_index(arende.avslutat):
            yield Finding(field_of(manad), f"Månaden är efter avslutet {full_date(arende.avslutat)}.")


def _tell_others(session: Session, arende: Arende, new: list[int]) -> Iterator[Finding]:
    """A month that is paid in another ärende of the same person counts once for the person."""
    query = (
        select(Bistandsmanad.manad, Arende.nummer)
        .join(Arende, Arende.id == Bistandsmanad.arende_id)
        .where(
            Arende.deltagare_id == arende.deltagare_id,
            Arende.id != arende.id,
            Bistandsmanad.manad.in_(new),
        )
        .order_by(Bistandsmanad.manad, Arende.nummer)
    )
    for manad, nummer in session.execute(query):
        yield Finding(field_of(manad), f"Månaden finns redan i ärende {nummer}.", asks=True)
