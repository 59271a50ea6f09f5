"""Import of a workbook: try it, do it as one act, list what was imported, undo it."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import history
from db.aktor import SYSTEM, Aktor
from db.errors import NotFoundError, StoreError
from db.exchange.checks import check_osa
from db.exchange.error_workbook import write_error_workbook
from db.exchange.frames import Frame, make_frames
from db.exchange.outcome import Antal, Cancel, Fel, Granskning, Importresultat, Progress, Ticker
from db.exchange.plan import Plan
from db.exchange.reading import Book, read_workbook
from db.exchange.resolving import Resolver
from db.exchange.schema import DELEGATIONSBESLUT, SHEETS
from db.exchange.storeside import StoreSide
from db.exchange.writing import write_plan
from db.files import whole_file
from db.history import Changes
from db.locks import lock_table
from db.models import Delegationsbeslut, Handelse, Importomgang
from db.queries.angrade import find_undone
from db.queries.settings import load_settings
from db.session import Store

SLAG = "import"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import as listed: `tid` is UTC in ISO 8601; `angrad` when it has been taken back."""

    id: int
    handelse_id: int
    tid: str
    aktor: str
    filnamn: str
    antal: Antal
    angrad: bool


@dataclass(frozen=True, slots=True)
class _Checked:
    book: Book
    frames: dict[str, Frame]
    plan: Plan
    fel: tuple[Fel, ...]
    varningar: tuple[Fel, ...]

    @property
    def antal(self) -> Antal:
        plan = self.plan
        return Antal(plan.nya, plan.andrade, plan.oforandrade, plan.hoppade)


def preview(
    store: Store,
    aktor: Aktor,
    path: str | os.PathLike[str],
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    *,
    skip_file: str | os.PathLike[str] | None = None,
) -> Granskning:
    """Check the whole workbook against the register and write nothing but, when named, the error workbook.

    Raises StoreError when the file cannot be read, CancelledError when the user stops it.
    """
    ticker, idag = Ticker(progress, cancel), date.today()
    book, frames = _read(Path(path), idag, ticker)
    with store.read(aktor) as session:
        checked = _check(session, book, frames, idag, ticker, reserve=False)
    if skip_file is not None and checked.antal.hoppade:
        with whole_file(_other(Path(skip_file), Path(path))) as temporary:
            write_error_workbook(Path(path), temporary, frames)
    ticker.tick(1.0, "Klart")
    return Granskning(book.filnamn, checked.antal, checked.fel, checked.varningar)


def import_workbook(
    store: Store,
    aktor: Aktor,
    path: str | os.PathLike[str],
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    *,
    skip_file: str | os.PathLike[str] | None = None,
) -> Importresultat:
    """Import the workbook as one act, or nothing when it has a fault.

    With `skip_file` faulty rows and those that hang on them are left out and handed back in that workbook.
    Raises StoreError when the file or the store cannot be used, CancelledError when the user stops it.
    """
    ticker, idag = Ticker(progress, cancel), date.today()
    source = Path(path)
    book, frames = _read(source, idag, ticker)
    with store.unit_of_work(aktor, SLAG, book.filnamn) as work:
        checked = _check(work.session, book, frames, idag, ticker, reserve=True)
        if checked.fel and skip_file is None:
            return Importresultat(None, None, Antal(), checked.fel, checked.varningar)
        if not checked.antal.hoppade:
            skip_file = None
        if skip_file is None:
            result = _write(work.session, aktor, checked, idag, ticker)
            work.session.commit()
        else:
            with whole_file(_other(Path(skip_file), source)) as temporary:
                write_error_workbook(source, temporary, frames)
                result = _write(work.session, aktor, checked, idag, ticker)
                work.session.commit()
    if progress is not None:
        progress(1.0, "Klart")
    felfil = None if skip_file is None else str(skip_file)
    return Importresultat(*result, checked.antal, checked.fel, checked.varningar, felfil)


def list_imports(session: Session, _aktor: Aktor) -> tuple[ImportRow, ...]:
    """All imports, the latest first."""
    undone = find_undone(session)
    statement = (
        select(Importomgang, Handelse)
        .join(Handelse, Handelse.id == Importomgang.handelse_id)
        .order_by(Importomgang.id.desc())
    )
    return tuple(
        ImportRow(
            omgang.id,
            act.id,
            act.tid,
            act.aktor,
            omgang.filnamn,
            Antal(omgang.nya, omgang.andrade, omgang.oforandrade, omgang.hoppade),
            act.id in undone,
        )
        for omgang, act in session.execute(statement)
    )


def angra_import(
    store: Store,
    aktor: Aktor,
    import_id: int,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Changes:
    """Take back an import as a whole.

    Raises NotFoundError when there is no such import, and DataError when it is undone already, or naming the
    rows that someone has changed or built on since.
    """
    from db.commands.undo import undo_act

    with store.read(aktor) as session:
        omgang = session.get(Importomgang, import_id)
        if omgang is None:
            raise NotFoundError(f"Det finns ingen import med nummer {import_id}. Kontrollera numret.")
        handelse_id = omgang.handelse_id
    return undo_act(store, aktor, handelse_id, progress, cancel)


def _other(target: Path, source: Path) -> Path:
    if target.exists() and target.samefile(source):
        raise StoreError("Felfilen kan inte vara samma fil som den som läses in. Välj ett annat namn.")
    return target


def _read(path: Path, idag: date, ticker: Ticker) -> tuple[Book, dict[str, Frame]]:
    book = read_workbook(path, ticker)
    return book, make_frames(book, idag, ticker)


def _check(
    session: Session, book: Book, frames: dict[str, Frame], idag: date, ticker: Ticker, *, reserve: bool
) -> _Checked:
    if reserve and len(frames[DELEGATIONSBESLUT.name]):
        lock_table(session, Delegationsbeslut)  # nobody else takes the same löpnummer
    skala = load_settings(session, SYSTEM).bip_skala
    resolver = Resolver(StoreSide(session.connection(), reserve=reserve), frames, idag, ticker, skala)
    plan = resolver.run()
    check_osa(resolver)
    fel, varningar = list(book.fel), list(book.varningar)
    for sheet in SHEETS:
        frame = frames[sheet.name]
        fel += sorted(frame.fel, key=lambda told: told.rad)
        varningar += sorted(frame.varningar, key=lambda told: told.rad)
    return _Checked(book, frames, plan, tuple(fel), tuple(varningar))


def _write(session: Session, aktor: Aktor, checked: _Checked, idag: date, ticker: Ticker) -> tuple[int, int]:
    plan, antal = checked.plan, checked.antal
    cells = write_plan(session, StoreSide(session.connection(), reserve=True), plan, idag, ticker)
    ticker.tick(0.9, "Skriver historiken")
    handelse_id = history.append_rows(session, aktor.signatur, SLAG, checked.book.filnamn, cells)
    omgang = Importomgang(
        handelse_id=handelse_id,
        filnamn=checked.book.filnamn,
        sha256=checked.book.sha256,
        nya=antal.nya,
        andrade=antal.andrade,
        oforandrade=antal.oforandrade,
        hoppade=antal.hoppade,
    )
    session.add(omgang)
    session.flush()
    # The last moment to stop: after this the import is kept.
    ticker.tick(0.98, "Sparar")
    return omgang.id, handelse_id
