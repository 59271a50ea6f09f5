"""Files of a person, kept in the register: attached, renamed and described, removed, and copied out."""

import errno
import hashlib
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.innehall import keep_bytes
from db.commands.visning import SHORTEST
from db.errors import ConflictError, DataError, NotFoundError
from db.history import to_json
from db.models import Dokument, Dokumentinnehall
from db.queries import access
from db.recorder import Cell
from db.rules.dokument import FILTYPER, FLEST, STORST, check_fil, clean_namn, ending, rename
from db.session import Store

COPIED = "dokumentkopia"  # among db.history.ONLY_TOLD
CHANGED_MEANWHILE = "Dokumentet har ändrats någon annanstans. Inget har sparats. Öppna det igen."
LONGEST = 2_000
Progress = Callable[[int, int], None]


class Kopia(StrEnum):
    """What a copy is for, as the log tells it."""

    OPPNAD = "Kopia öppnad"
    SPARAD = "Kopia sparad"


@dataclass(frozen=True, slots=True)
class Fil:
    """A file read whole, under a name that has been cleaned."""

    namn: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bifogade:
    """What was attached, None where nothing was, and a sentence for each file that was not."""

    saved: Saved | None
    antal: int
    nekade: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DokumentUppgifter:
    """What is written of a document."""

    namn: str
    beskrivning: str = ""


def read_fil(path: Path) -> Fil:
    """A file with a name cleaned, at most a byte more than may be attached. Raises DataError in Swedish."""
    namn = clean_namn(path.name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DataError(f"{namn} är en mapp. Välj filerna i den i stället.")
        if not stat.S_ISREG(mode):  # a pipe would be waited for
            raise DataError(f"{namn} är ingen vanlig fil och kan inte bifogas.")
        with path.open("rb") as stream:
            return Fil(namn, stream.read(STORST + 1))
    except (OSError, ValueError) as error:
        raise DataError(_explain(error, namn)) from error


def attach_dokument(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    paths: Sequence[Path],
    nu: datetime,
    progress: Progress = lambda _done, _total: None,
) -> Bifogade:
    """Attach files to a person in one act; those that cannot be are told of and do not stop the others.

    `progress` is told how many files have been read, and of how many; what it raises stops everything.
    Raises NotFoundError where the user may not know the person, StoreError when the store is full.
    """
    filer, nekade = _read_all(paths, progress)
    row_id = antal = 0
    with store.unit_of_work(aktor, "dokument", "Bifogat dokument") as work:
        access.require_known(work.session, aktor, deltagare_id)
        for fil in filer:
            sha256 = hashlib.sha256(fil.data).hexdigest()
            there = _find(work.session, deltagare_id, sha256)
            if there is not None:
                nekade.append(f"{fil.namn} är redan bifogad som {there}.")
                continue
            row_id = _add(work.session, aktor, deltagare_id, fil, nu)
            antal += 1
    saved = None if work.changes is None else Saved(row_id, work.changes)
    return Bifogade(saved, antal, tuple(nekade))


def check_dokument(
    session: Session, aktor: Aktor, dokument_id: int, uppgifter: DokumentUppgifter
) -> tuple[Finding, ...]:
    """Everything to tell about the values. Raises NotFoundError where the user may not know the person."""
    return tuple(_check(_get(session, aktor, dokument_id), uppgifter))


def update_dokument(
    store: Store,
    aktor: Aktor,
    dokument_id: int,
    uppgifter: DokumentUppgifter,
    tidigare: DokumentUppgifter | None = None,
) -> Saved | None:
    """Rename or describe a document; None when nothing differs. The ending of its name stays.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`.
    """
    with store.unit_of_work(aktor, "dokument", "Ändrat dokument") as work:
        row = _get(work.session, aktor, dokument_id, lock=True)
        written = DokumentUppgifter(row.namn, row.beskrivning)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(_check(row, uppgifter))
        row.namn, row.beskrivning = rename(row.namn, uppgifter.namn), uppgifter.beskrivning
    return None if work.changes is None else Saved(dokument_id, work.changes, varningar)


def remove_dokument(store: Store, aktor: Aktor, dokument_id: int) -> Saved:
    """Take a document away; its bytes stay, so that it can be had back. Raises NotFoundError."""
    with store.unit_of_work(aktor, "dokument", "Borttaget dokument") as work:
        work.session.delete(_get(work.session, aktor, dokument_id, lock=True))
    assert work.changes is not None
    return Saved(dokument_id, work.changes)


def read_kopia(store: Store, aktor: Aktor, dokument_id: int, kopia: Kopia, skal: str = "") -> Fil:
    """The bytes of a document under a clean name, logged.

    Raises DataError where the person is protected and no reason is given, or the bytes are not those that
    were attached; NotFoundError where the user may not know the person.
    """
    skal = " ".join(skal.split())
    with store.unit_of_work(aktor, COPIED, kopia.value) as work:
        row = _get(work.session, aktor, dokument_id)
        skyddad = access.require_known(work.session, aktor, row.deltagare_id)
        if not access.is_open(skyddad) and len(skal) < SHORTEST:
            raise DataError("Skriv varför du behöver dokumentet.", "skal")
        data = work.session.get_one(Dokumentinnehall, row.sha256).data
        if hashlib.sha256(data).hexdigest() != row.sha256:
            raise DataError(f"{row.namn} är skadat i registret. Hämta det ur en säkerhetskopia.")
        told = f"{row.namn}: {skal}" if skal else row.namn
        work.recorder.record([Cell("dokument", dokument_id, "kopia", None, to_json(told))])
        return Fil(clean_namn(row.namn), data)


def _read_all(paths: Sequence[Path], progress: Progress) -> tuple[list[Fil], list[str]]:
    filer, nekade = [], []
    for place, path in enumerate(paths[:FLEST]):
        progress(place, min(len(paths), FLEST))
        try:
            fil = read_fil(path)
        except DataError as error:
            nekade.append(error.message)
            continue
        fault = check_fil(fil.namn, fil.data)
        if fault:
            nekade.append(fault)
        else:
            filer.append(fil)
    if len(paths) > FLEST:
        nekade.append(f"Bifoga högst {FLEST} filer åt gången. {len(paths) - FLEST} är inte bifogade.")
    return filer, nekade


def _explain(error: OSError | ValueError, namn: str) -> str:
    number = getattr(error, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return f"{namn} finns inte längre. Kontrollera att filen inte har flyttats."
    if number in (errno.EACCES, errno.EPERM, errno.EBUSY):
        return f"{namn} är låst. Stäng den i andra program och kontrollera att du får läsa den."
    return f"{namn} gick inte att läsa. Kontrollera disken eller nätverket och försök igen."


def _find(session: Session, deltagare_id: int, sha256: str) -> str | None:
    """What the same file is called where the person has it already."""
    query = select(Dokument.namn).where(Dokument.deltagare_id == deltagare_id, Dokument.sha256 == sha256)
    return session.execute(query.limit(1)).scalar()


def _add(session: Session, aktor: Aktor, deltagare_id: int, fil: Fil, nu: datetime) -> int:
    row = Dokument(
        deltagare_id=deltagare_id,
        namn=fil.namn,
        typ=FILTYPER[ending(fil.namn)].typ,
        storlek=len(fil.data),
        sha256=keep_bytes(session, fil.data),
        signatur=aktor.signatur,
        skapad=nu.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
    )
    session.add(row)
    session.flush()
    return row.id


def _get(session: Session, aktor: Aktor, dokument_id: int, *, lock: bool = False) -> Dokument:
    row = session.get(Dokument, dokument_id, with_for_update=lock)
    if row is None:
        raise NotFoundError("Dokumentet finns inte i registret.")
    access.require_known(session, aktor, row.deltagare_id)
    return row


def _check(row: Dokument, uppgifter: DokumentUppgifter) -> Iterator[Finding]:
    namn = uppgifter.namn.strip()
    if not namn:
        yield Finding("namn", "Skriv vad dokumentet heter.", stops=True)
    elif rename(row.namn, namn) not in (namn, f"{namn}.{ending(row.namn)}"):
        yield Finding("namn", f"Namnet sparas som {rename(row.namn, namn)}.")
    if len(uppgifter.beskrivning) > LONGEST:
        yield Finding("beskrivning", "Beskrivningen är för lång. Korta den.", stops=True)
