"""The rows of the report `delegationsbeslut`: by number up to the day, without numbers and names."""

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


def test_names_of_the_household_and_of_those_in_the_register_are_taken_out(store: Store) -> None:
    def act(session: Session) -> None:
        hushall = make.make_hushall(session)
        asa = make.make_deltagare(session, fornamn="Åsa Maj", efternamn="Ågren", hushall_id=hushall.id)
        make.make_deltagare(
            session, fornamn="Bo", efternamn="Ek", hushall_id=hushall.id, skyddad="fingerade uppgifter"
        )
        make.make_deltagare(session, fornamn="Ebba Maria", efternamn="von Platen")
        arende = make.make_arende(session, deltagare_id=asa.id)
        texts = {"arendetyp": "Åsas ansökan", "lagrum": "ÅGREN", "delegationspunkt": "3.1 Bo"}
        for nummer, ett in enumerate((arende.id, None), start=1):
            make.make_delegationsbeslut(
                session, arende_id=ett, datum=date(2024, 5, 3), ar=2024, lopnummer=nummer,
                beslut="Bifall Maria von Platen, Maj Ågren och Sven Okänd", delegat="Åsa Ågren", **texts,
            )  # fmt: skip

    fill(store, act)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        egen, losa = rows(session, ELIN, MAJ, date(2024, 5, 20))
    assert len(sent) == 3
    bort = "[namn borttaget]"
    assert (egen.arendetyp, egen.lagrum, egen.delegationspunkt) == (f"{bort} ansökan", bort, f"3.1 {bort}")
    assert egen.beslut == losa.beslut == f"Bifall {bort} och Sven Okänd"
    assert (losa.arendetyp, egen.delegat) == ("Åsas ansökan", "Åsa Ågren")
