"""Documents: attached from files, renamed, removed and had back; copies given out and logged."""

import errno
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from db.commands.dokument import (
    CHANGED_MEANWHILE,
    LONGEST,
    Bifogade,
    DokumentUppgifter,
    Fil,
    Kopia,
    attach_dokument,
    check_dokument,
    read_fil,
    read_kopia,
    remove_dokument,
    update_dokument,
)
from db.commands.findings import Saved
from db.commands.undo import undo_act
from db.errors import CancelledError, ConflictError, DataError, NotFoundError
from db.models import Andring, Dokument, Dokumentinnehall, Handelse
from db.rules.dokument import FLEST, STORST
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

NU = datetime(2024, 6, 3, 9, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 intyg"


@pytest.fixture
def person_id(store: Store) -> int:
    return int(fill(store, make.make_deltagare).id)


@pytest.fixture
def secret_id(store: Store) -> int:
    """A protected person whom Elin is named for."""
    person = fill(store, lambda s: make.make_deltagare(s, skyddad="fingerade uppgifter"))
    fill(store, lambda s: make.make_inskrivning(s, deltagare_id=person.id, koordinator="elin"))
    return int(person.id)


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    def make_file(namn: str = "intyg.pdf", data: bytes = PDF) -> Path:
        path = tmp_path / namn
        path.write_bytes(data)
        return path

    return make_file


def attach(store: Store, deltagare_id: int, *paths: Path) -> Saved:
    saved = attach_dokument(store, ELIN, deltagare_id, paths, NU).saved
    assert saved is not None
    return saved


def held(store: Store) -> list[tuple[str, str, int, str, str]]:
    columns = (Dokument.namn, Dokument.typ, Dokument.storlek, Dokument.signatur, Dokument.beskrivning)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Dokument.id))]


def test_files_are_attached_in_one_act(store: Store, person_id: int, make_file: Callable[..., Path]) -> None:
    paths = (make_file(), make_file("cv.txt", b"Kock"), make_file("virus.exe", b"MZ"), make_file().parent)
    found = attach_dokument(store, ELIN, person_id, paths, NU)
    assert found.antal == 2
    assert len(found.nekade) == 2
    assert held(store) == [
        ("intyg.pdf", "application/pdf", len(PDF), "elin", ""),
        ("cv.txt", "text/plain", 4, "elin", ""),
    ]
    assert found.saved is not None
    undoing = undo_act(store, ELIN, found.saved.changes.handelse_id)
    assert held(store) == []
    undo_act(store, ELIN, undoing.handelse_id)
    assert read_kopia(store, ELIN, found.saved.id, Kopia.OPPNAD) == Fil("cv.txt", b"Kock")


def test_reading_tells_how_far_it_is_and_can_be_stopped(
    store: Store, person_id: int, make_file: Callable[..., Path]
) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        attach_dokument(store, ELIN, person_id, [make_file(), make_file("cv.txt", b"Kock")], NU, progress)
    assert told == [(0, 2), (1, 2)]
    assert held(store) == []


def test_the_same_bytes_are_kept_once_and_not_twice_of_a_person(
    store: Store, person_id: int, make_file: Callable[..., Path]
) -> None:
    first = make_file()
    attach(store, person_id, first)
    again = attach_dokument(store, ELIN, person_id, [make_file("kopia.pdf")], NU)
    assert again == Bifogade(None, 0, ("kopia.pdf är redan bifogad som intyg.pdf.",))
    other = fill(store, make.make_deltagare)
    attach(store, other.id, first)
    with store.read(ELIN) as session:
        assert len(session.execute(select(Dokumentinnehall.sha256)).all()) == 1


def test_so_many_at_a_time(store: Store, person_id: int, make_file: Callable[..., Path]) -> None:
    paths = [make_file(f"{number}.txt", b"%d" % number) for number in range(FLEST + 2)]
    found = attach_dokument(store, ELIN, person_id, paths, NU)
    assert found.antal == FLEST
    assert found.nekade == (f"Bifoga högst {FLEST} filer åt gången. 2 är inte bifogade.",)


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(path: Path) -> str:
        with pytest.raises(DataError) as refused:
            read_fil(path)
        return refused.value.message

    assert (
        told(tmp_path / "borta.pdf")
        == "borta.pdf finns inte längre. Kontrollera att filen inte har flyttats."
    )
    assert told(tmp_path) == f"{tmp_path.name} är en mapp. Välj filerna i den i stället."
    assert "gick inte att läsa" in told(Path("a\x00b.pdf"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", lambda _path: SimpleNamespace(st_mode=stat.S_IFIFO))
        assert "ingen vanlig fil" in told(tmp_path / "ror.pdf")
    there = tmp_path / "intyg.pdf"
    there.write_bytes(PDF)
    for number, words in ((errno.EACCES, "är låst"), (errno.EIO, "gick inte att läsa")):

        def refuse(*_args: Any, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(Path, "open", refuse)
        assert words in told(there)


def test_no_more_is_read_than_tells_that_it_is_too_much(tmp_path: Path) -> None:
    big = tmp_path / "stor.pdf"
    with big.open("wb") as stream:
        stream.truncate(STORST * 2)
    assert len(read_fil(big).data) == STORST + 1


def test_it_is_renamed_and_described(store: Store, person_id: int, make_file: Callable[..., Path]) -> None:
    saved = attach(store, person_id, make_file())
    before, after = DokumentUppgifter("intyg.pdf"), DokumentUppgifter("Läkarintyg", "Mars")
    changed = update_dokument(store, ELIN, saved.id, after, before)
    assert changed is not None
    assert held(store)[0][0::4] == ("Läkarintyg.pdf", "Mars")
    assert update_dokument(store, ELIN, saved.id, after) is None
    with pytest.raises(ConflictError, match=CHANGED_MEANWHILE) as refused:
        update_dokument(store, ELIN, saved.id, after, before)
    assert refused.value.nu == DokumentUppgifter("Läkarintyg.pdf", "Mars")
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert held(store)[0][0] == "intyg.pdf"


@pytest.mark.parametrize(
    ("values", "field", "stops"),
    [
        (DokumentUppgifter(" "), "namn", True),
        (DokumentUppgifter("x", "y" * (LONGEST + 1)), "beskrivning", True),
        (DokumentUppgifter("mars/april"), "namn", False),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    store: Store, values: DokumentUppgifter, field: str, stops: bool
) -> None:
    document = fill(store, make.make_dokument)
    with store.read(ELIN) as session:
        (finding,) = check_dokument(session, ELIN, document.id, values)
    assert (finding.field, finding.stops) == (field, stops)


def test_it_is_removed_and_had_back_with_its_bytes(
    store: Store, person_id: int, make_file: Callable[..., Path]
) -> None:
    saved = attach(store, person_id, make_file())
    changes = remove_dokument(store, ELIN, saved.id).changes
    assert held(store) == []
    undo_act(store, ELIN, changes.handelse_id)
    assert read_kopia(store, ELIN, saved.id, Kopia.SPARAD).data == PDF


def test_a_copy_is_logged_and_stands_in_no_way_of_undoing(
    store: Store, person_id: int, make_file: Callable[..., Path]
) -> None:
    saved = attach(store, person_id, make_file())
    read_kopia(store, ELIN, saved.id, Kopia.OPPNAD)
    query = select(Handelse.aktor, Handelse.text, Andring.rad_id, Andring.nytt).join(Andring)
    with store.read(ELIN) as session:
        rows = session.execute(query.where(Andring.falt == "kopia")).all()
    assert [tuple(row) for row in rows] == [("elin", "Kopia öppnad", saved.id, '"intyg.pdf"')]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == []


def test_of_a_protected_person_a_reason_is_asked(
    store: Store, secret_id: int, make_file: Callable[..., Path]
) -> None:
    saved = attach(store, secret_id, make_file())
    with pytest.raises(DataError) as refused:
        read_kopia(store, ELIN, saved.id, Kopia.OPPNAD, " - ")
    assert refused.value.field == "skal"
    assert read_kopia(store, ELIN, saved.id, Kopia.OPPNAD, "Möte  idag").data == PDF
    with store.read(ELIN) as session:
        nytt = session.scalars(select(Andring.nytt).where(Andring.falt == "kopia")).one()
    assert nytt == '"intyg.pdf: Möte idag"'


def test_bytes_that_were_changed_are_not_given_out(store: Store) -> None:
    document = fill(store, make.make_dokument)
    with store.engine.begin() as connection:
        connection.execute(update(Dokumentinnehall).values(data=b"annat"))
    with pytest.raises(DataError, match="skadat"):
        read_kopia(store, ELIN, document.id, Kopia.OPPNAD)


def test_what_does_not_exist_or_may_not_be_known(
    store: Store, secret_id: int, make_file: Callable[..., Path]
) -> None:
    path = make_file()
    hidden = attach(store, secret_id, path).id
    for act in (
        lambda: attach_dokument(store, EVA, secret_id, [path], NU),
        lambda: update_dokument(store, EVA, hidden, DokumentUppgifter("x")),
        lambda: remove_dokument(store, EVA, hidden),
        lambda: read_kopia(store, EVA, hidden, Kopia.OPPNAD, "Vill se"),
        lambda: remove_dokument(store, ELIN, 404),
    ):
        with pytest.raises(NotFoundError):
            act()
