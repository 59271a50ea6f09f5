"""Drafts: one per user and form, outside the history, masked and gone with the right to know."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.commands.utkast import remove_utkast, save_utkast
from db.errors import NotFoundError
from db.models import Handelse
from db.queries.utkast import UtkastVarden, list_utkast, read_utkast
from db.session import Store, open_store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill


def draft(store: Store, nyckel: str) -> UtkastVarden | None:
    with store.read(ELIN) as session:
        return read_utkast(session, ELIN, nyckel)


def acts(store: Store) -> int:
    with store.read(SYSTEM) as session:
        return session.execute(select(func.count()).select_from(Handelse)).scalar_one()


def test_the_latest_values_are_kept_and_the_history_knows_nothing(store: Store) -> None:
    person = fill(store, lambda s: make.make_deltagare(s, fornamn="Hodan", efternamn="Rönnstig").id)
    before = acts(store)
    save_utkast(store, ELIN, "a", "Nytt möte", {"tid": "9"}, person)
    save_utkast(store, ELIN, "a", "Nytt möte", {"tid": "9.30", "uteblev": True, "typ": None}, person)
    save_utkast(store, ELIN, "b", "Ny mall", {"text": "Åtgärd"})
    save_utkast(store, EVA, "a", "Nytt möte", {"tid": "Evas"})
    kept = draft(store, "a")
    assert kept is not None
    assert kept.varden == {"tid": "9.30", "uteblev": True, "typ": None}
    assert kept.tid.endswith("Z")
    assert acts(store) == before
    with store.read(ELIN) as session, sent_statements(store) as sent:
        rows = list_utkast(session, ELIN)
    assert [(r.nyckel, r.rubrik, r.deltagare_id, r.namn) for r in rows] == [
        ("b", "Ny mall", None, ""),
        ("a", "Nytt möte", person, "Hodan Rönnstig"),
    ]
    assert len(sent) == 1


def test_only_ones_own_is_removed(store: Store) -> None:
    for aktor in (ELIN, EVA):
        save_utkast(store, aktor, "a", "Nytt möte", {})
    remove_utkast(store, EVA, "a")
    assert draft(store, "a") is not None
    remove_utkast(store, ELIN, "a")
    remove_utkast(store, ELIN, "a")
    assert draft(store, "a") is None


def test_a_protected_person_is_masked_and_hidden_from_those_not_named(store: Store) -> None:
    person = fill(store, lambda s: make.make_deltagare(s, skyddad="sekretessmarkering").id)
    with pytest.raises(NotFoundError):
        save_utkast(store, ELIN, "a", "Nytt möte", {}, person)
    arende = fill(store, lambda s: make.make_arende(s, deltagare_id=person, handlaggare="elin").id)
    save_utkast(store, ELIN, "a", "Nytt möte", {}, person)
    with store.read(ELIN) as session:
        assert [r.namn for r in list_utkast(session, ELIN)] == ["Skyddad identitet"]

    def hand_over(session: object) -> None:
        from db.models import Arende

        row = session.get(Arende, arende)  # type: ignore[attr-defined]
        row.handlaggare = "bo"

    fill(store, hand_over)
    assert draft(store, "a") is None


def test_a_draft_survives_a_killed_program(register_file: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from db.session import open_store;"
        "from db.commands.utkast import save_utkast; from db.aktor import Aktor, Roll;"
        "store = open_store(Path(sys.argv[1]));"
        "save_utkast(store, Aktor('elin', 'Elin', Roll.HANDLAGGARE), 'a', 'Nytt möte', {'tid': '9'});"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(register_file)], check=False)
    assert ended.returncode == -signal.SIGKILL
    store = open_store(register_file)
    kept = draft(store, "a")
    store.close()
    assert kept is not None
    assert kept.varden == {"tid": "9"}
