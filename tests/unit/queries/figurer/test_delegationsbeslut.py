"""The rows of the report `delegationsbeslut`: up to the day, by number, without numbers of people."""

from datetime import date

from sqlalchemy.orm import Session

from db.queries.figurer.delegationsbeslut import figures, rows
from db.rules.period import parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, fill

MAJ = parse_period("2024-05")


def test_decisions_up_to_the_day(store: Store) -> None:
    def act(session: Session) -> None:
        for lopnummer, dag in ((2, 3), (1, 20), (3, 21)):
            make.make_delegationsbeslut(
                session, arende_id=None, datum=date(2024, 5, dag), ar=2024, lopnummer=lopnummer,
                beslut="Bifall 900101-9802", lagrum="4 kap.",
            )  # fmt: skip

    fill(store, act)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = rows(session, ELIN, MAJ, date(2024, 5, 20))
        assert figures(session, ELIN, MAJ, date(2024, 5, 20)) == ()
    assert len(sent) == 1
    assert [(row.nummer, row.beslut) for row in found] == [
        ("2024/1", "Bifall [nummer borttaget]"),
        ("2024/2", "Bifall [nummer borttaget]"),
    ]
