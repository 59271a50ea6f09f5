"""What can be chosen in a form."""

from db.aktor import SYSTEM
from db.queries.val import list_insats_val, list_resultat
from db.session import Store
from tests.helpers import factories as make


def test_enheter_are_in_swedish_order(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for namn in ("Övning", "Återbruket", "Verkstad"):
            make.make_enhet(work.session, namn=namn)
    with store.read(SYSTEM) as session:
        val = list_insats_val(session, SYSTEM)
    assert [namn for _, namn in val.enheter] == ["Verkstad", "Återbruket", "Övning"]
    assert val.typer[0][1] == "arbetsträning"


def test_results_are_in_the_order_of_r9(store: Store) -> None:
    with store.read(SYSTEM) as session:
        assert list_resultat(session, SYSTEM)[:2] == ("arbete", "arbete med stöd")
