"""No report gives a small number away: small registers, where almost every number is small (R12)."""

from datetime import date
from importlib import import_module

import pytest

from db.aktor import Aktor
from db.rules.period import parse_period
from db.rules.suppression import derivable, hide
from db.session import Store
from desktop.reports.plan.rapport import NAMN as UPPFOLJNING
from desktop.reports.registry import REPORTS
from tests.unit.queries.figurer.random_register import make_register


@pytest.mark.parametrize("personer", [12, 40, 90])
def test_what_a_reader_sees_gives_no_small_number_away(store: Store, aktor: Aktor, personer: int) -> None:
    make_register(store, personer, personer)
    hidden = 0
    with store.read(aktor) as session:
        # A follow-up has no figures of its own: it hides those of the reports that it takes them from.
        for namn, spec in ((n, s) for n, s in REPORTS.items() if n != UPPFOLJNING):
            figures = import_module(f"db.queries.figurer.{namn}").figures
            for period in ("2024", "2024-06"):
                p = parse_period(period)
                figurer = figures(session, aktor, p, date(2024, 12, 31))
                summor = spec.sums(figurer)
                dolda = hide(figurer, summor)
                hidden += sum(map(len, dolda.values()))
                assert derivable(figurer, summor, dolda) == [], (namn, period)
    assert hidden > 100
