"""What can be chosen in a form."""

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.val import list_ansvariga, list_insats_val, list_resultat, list_steg
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


def test_those_at_work_and_the_user_can_be_responsible(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="asa", namn="Åsa Ek")
        make.make_medarbetare(work.session, signatur="bo", namn="Bo Ek")
        make.make_medarbetare(work.session, signatur="slutat", namn="Ali Ek", aktiv=False)
    elin = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
    with store.read(elin) as session:
        assert [namn for _, namn in list_ansvariga(session, elin)] == ["Bo Ek", "Elin Måsvik", "Åsa Ek"]
        assert [signatur for signatur, _ in list_ansvariga(session, SYSTEM)] == ["bo", "asa"]


def test_steg_are_in_order(store: Store) -> None:
    with store.read(SYSTEM) as session:
        assert list_steg(session, SYSTEM)[0] == "Aktualisering"
