"""The example register gives its figures exactly, imported as a municipality would."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.aktor import SYSTEM
from db.exchange.importing import import_workbook
from db.queries.aktivitetskrav import list_aktivitetskrav, list_utan_aktivitet
from db.session import Store
from tests.helpers.statements import sent_statements
from tests.unit.queries.figurer.test_against_oracle import figures_of

DATA = Path(__file__).parents[3] / "data"
PER = date(2024, 12, 31)


def test_the_example_comes_out_exactly(store: Store) -> None:
    # One test: importing the register takes most of its time.
    import_workbook(store, SYSTEM, DATA / "register-3000.xlsx")
    _check_figures(store)
    _check_every_followed_arende(store)
    _check_work_list(store)


def _check_figures(store: Store) -> None:
    expected = json.loads((DATA / "register-3000-2024.json").read_text(encoding="utf-8"))
    found = figures_of(store, SYSTEM, "2024", "2024-12-31")
    for id_, values in expected.items():
        for nyckel, tal in values.items():
            seen = found[id_].varde.get(nyckel)
            assert seen == tal if isinstance(tal, int) else seen == pytest.approx(tal, abs=1e-9), id_


def _check_every_followed_arende(store: Store) -> None:
    expected = json.loads((DATA / "register-3000-aktivitetskrav.json").read_text(encoding="utf-8"))
    with store.read(SYSTEM) as session, sent_statements(store) as sent:
        rows = list_aktivitetskrav(session, SYSTEM, PER)
    listed = [
        {
            "arende": r.arende,
            "start": str(r.start),
            "frist": str(r.frist) if r.frist else None,
            "aktivitet": str(r.aktivitet) if r.aktivitet else None,
            "status": r.status.value,
            "dagar": r.dagar,
        }
        for r in rows
    ]
    assert listed == expected
    assert len(sent) == 3


def _check_work_list(store: Store) -> None:
    with store.read(SYSTEM) as session, sent_statements(store) as sent:
        rows = list_utan_aktivitet(session, SYSTEM, PER)
    assert len(sent) == 4
    figur = figures_of(store, SYSTEM, "2024", "2024-12-31")["aktivitetskrav.utan_aktivitet"]
    assert len(rows) == figur.varde.totalt
    assert [r.dagar for r in rows] == sorted((r.dagar for r in rows), reverse=True)
