"""The example register gives its figures exactly, imported as a municipality would."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.aktor import SYSTEM
from db.exchange.importing import import_workbook
from db.queries.aktivitetskrav import list_aktivitetskrav, list_utan_aktivitet
from db.session import Store
from tests.helpers.registers import Registers
from tests.helpers.statements import sent_statements
from tests.unit.queries.figurer.test_against_oracle import figures_of

DATA = Path(__file__).parents[3] / "data"
PER = date(2024, 12, 31)


@pytest.fixture(scope="module")
def example(registers: Registers) -> Iterator[Store]:
    """The register of 3 000, imported once."""
    with registers.for_one_test() as new:
        store = new()
        import_workbook(store, SYSTEM, DATA / "register-3000.xlsx")
        yield store


def test_the_figures_of_2024_are_exact(example: Store) -> None:
    expected = json.loads((DATA / "register-3000-2024.json").read_text())
    found = figures_of(example, SYSTEM, "2024", "2024-12-31")
    for id_, values in expected.items():
        for nyckel, tal in values.items():
            seen = found[id_].varde.get(nyckel)
            assert seen == tal if isinstance(tal, int) else seen == pytest.approx(tal, abs=1e-9), id_


def test_every_followed_arende_is_judged_as_given(example: Store) -> None:
    expected = json.loads((DATA / "register-3000-aktivitetskrav.json").read_text())
    with example.read(SYSTEM) as session, sent_statements(example) as sent:
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


def test_the_work_list_and_its_figure_agree(example: Store) -> None:
    with example.read(SYSTEM) as session, sent_statements(example) as sent:
        rows = list_utan_aktivitet(session, SYSTEM, PER)
    assert len(sent) == 4
    figur = figures_of(example, SYSTEM, "2024", "2024-12-31")["aktivitetskrav.utan_aktivitet"]
    assert len(rows) == figur.varde.totalt
    assert [r.dagar for r in rows] == sorted((r.dagar for r in rows), reverse=True)
