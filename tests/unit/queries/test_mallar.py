"""Templates: everybody's and one's own."""

from db.aktor import Aktor, Roll
from db.queries.mallar import list_mallar
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)


def test_everybodys_and_ones_own_in_swedish_order(store: Store) -> None:
    with store.unit_of_work(ELIN, "test") as work:
        for namn, agare in (
            ("Ärendesamtal", ""),
            ("Zebra", "elin"),
            ("Avstämning", ""),
            ("Evas egen", "eva"),
        ):
            make.make_anteckningsmall(work.session, namn=namn, agare=agare, text=f"{namn}:")
    with store.read(ELIN) as session, sent_statements(store) as sent:
        mallar = list_mallar(session, ELIN)
    assert [(mall.namn, mall.text, mall.delad) for mall in mallar] == [
        ("Avstämning", "Avstämning:", True),
        ("Zebra", "Zebra:", False),
        ("Ärendesamtal", "Ärendesamtal:", True),
    ]
    assert len(sent) == 1
