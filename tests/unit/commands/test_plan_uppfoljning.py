"""What staff say at a follow-up: lägen, own assessments, comments."""

from datetime import date
from typing import Any

import pytest

from db.commands.plan_import import import_plan
from db.commands.plan_uppfoljning import (
    KommentarUppgifter,
    Planpunkt,
    add_kommentar,
    check_kommentar,
    remove_kommentar,
    set_aktivitetsstatus,
    set_bedomning,
    update_kommentar,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Aktivitetsstatus
from db.queries.plan import load_plan
from db.queries.plan_ord import Planord, load_ord
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument
from db.rules.planbild import LagradPlan
from db.session import Store
from tests.helpers.factories import make_aktivitetsstatus, make_medarbetare
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

LATER = date(2024, 9, 9)
PLAN = Plandokument(
    "Provstad", "Nämnden", 2024, bedomning=Bedomningsskala.BRA_OK_BRISTER, mal=(Mal("a", "mal", "A"),),
    aktiviteter=(Aktivitet("Starta kurser", "a"),), indikatorer=(Indikator("i", "Andel", "andel", True),),
)  # fmt: skip


@pytest.fixture
def plan(store: Store) -> LagradPlan:
    saved = import_plan(store, EVA, "provstad", PLAN)
    assert saved is not None
    with store.read(EVA) as session:
        return load_plan(session, EVA, saved.id)


def written(store: Store, period: str = "2024") -> Planord:
    with store.read(EVA) as session:
        return load_ord(session, 1, period)


def test_how_far_an_activity_has_come(store: Store, plan: LagradPlan) -> None:
    id_ = plan.aktivitet_id[0]
    saved = set_aktivitetsstatus(store, ELIN, id_, "2024-12", "påbörjad", " Två av tre ", idag=IDAG)
    assert saved is not None
    lage = written(store).lagen[id_]
    assert (lage.status, lage.kommentar, lage.signatur, lage.datum) == (
        Aktivitetslage.PABORJAD, "Två av tre", "elin", IDAG,
    )  # fmt: skip
    assert set_aktivitetsstatus(store, EVA, id_, "2024", "Påbörjad", "Två av tre", idag=LATER) is None
    andrad = set_aktivitetsstatus(store, EVA, id_, "2024", "Klar", idag=LATER)
    assert andrad is not None
    assert andrad.id == saved.id
    assert (written(store).lagen[id_].signatur, written(store).lagen[id_].datum) == ("eva", LATER)
    borta = set_aktivitetsstatus(store, EVA, id_, "2024", " ", idag=LATER)
    assert borta is not None
    assert written(store).lagen == {}
    assert set_aktivitetsstatus(store, EVA, id_, "2024", "", idag=LATER) is None
    undo_act(store, EVA, borta.changes.handelse_id)
    assert written(store).lagen[id_].status is Aktivitetslage.KLAR


def test_periods_do_not_mix_and_any_spelling_is_the_same(store: Store, plan: LagradPlan) -> None:
    id_ = plan.aktivitet_id[0]
    fill(store, lambda s: make_aktivitetsstatus(s, aktivitet_id=id_, period="2024-T1", status="Väntar"))
    set_aktivitetsstatus(store, ELIN, id_, "2024-04", "Stoppad", idag=IDAG)
    set_aktivitetsstatus(store, ELIN, id_, "2024-08", "Klar", idag=IDAG)
    assert written(store, "2024-T1").lagen[id_].status is Aktivitetslage.STOPPAD
    assert written(store, "2024-08").lagen[id_].status is Aktivitetslage.KLAR
    with store.read(EVA) as session:
        assert session.query(Aktivitetsstatus).count() == 2


@pytest.mark.parametrize(
    ("given", "falt"),
    [
        ({"status": "Kanske"}, "status"),
        ({"period": "snart"}, "period"),
        ({"kommentar": "\x00"}, "kommentar"),
    ],
)
def test_a_lage_that_is_refused(store: Store, plan: LagradPlan, given: dict[str, str], falt: str) -> None:
    values: dict[str, Any] = {"period": "2024", "status": "Klar"} | given
    with pytest.raises(DataError) as caught:
        set_aktivitetsstatus(store, ELIN, plan.aktivitet_id[0], idag=IDAG, **values)
    assert caught.value.field == falt


def test_an_assessment_of_ones_own(store: Store, plan: LagradPlan) -> None:
    mal, indikator = Planpunkt(mal_id=plan.mal_id["a"]), Planpunkt(indikator_id=plan.indikator_id["i"])
    saved = set_bedomning(store, EVA, mal, "2024-12", "ok", " Kurserna dröjer ", idag=IDAG)
    assert saved is not None
    egen = written(store).egna_mal[plan.mal_id["a"]]
    assert (egen.bedomning, egen.skal, egen.signatur, egen.datum) == ("ok", "Kurserna dröjer", "eva", IDAG)
    assert set_bedomning(store, EVA, mal, "2024", "ok", "Kurserna dröjer", idag=LATER) is None
    assert set_bedomning(store, EVA, mal, "2024", "bra", "Kurserna är klara", idag=LATER) is not None
    assert written(store).egna_mal[plan.mal_id["a"]].datum == LATER
    assert set_bedomning(store, EVA, indikator, "2024", "har-brister", "Få svarade", idag=IDAG) is not None
    assert written(store).egna_indikatorer[plan.indikator_id["i"]].skal == "Få svarade"
    borta = set_bedomning(store, EVA, mal, "2024", "", idag=IDAG)
    assert borta is not None
    assert written(store).egna_mal == {}
    assert set_bedomning(store, EVA, mal, "2024", "", idag=IDAG) is None
    undo_act(store, EVA, borta.changes.handelse_id)
    assert written(store).egna_mal[plan.mal_id["a"]].bedomning == "bra"


@pytest.mark.parametrize(
    ("bedomning", "skal", "falt"),
    [("gron", "Skäl", "bedomning"), ("ok", " ", "skal"), ("ok", "\x00", "skal")],
)
def test_an_assessment_that_is_refused(
    store: Store, plan: LagradPlan, bedomning: str, skal: str, falt: str
) -> None:
    with pytest.raises(DataError) as caught:
        set_bedomning(store, EVA, Planpunkt(plan.mal_id["a"]), "2024", bedomning, skal, idag=IDAG)
    assert caught.value.field == falt


def test_a_plan_that_does_not_judge(store: Store) -> None:
    saved = import_plan(store, EVA, "ingen", Plandokument("P", "N", 2024, mal=PLAN.mal))
    assert saved is not None
    with store.read(EVA) as session:
        mal_id = load_plan(session, EVA, saved.id).mal_id["a"]
    with pytest.raises(DataError, match="bedöms inte"):
        set_bedomning(store, EVA, Planpunkt(mal_id), "2024", "ok", "Skäl", idag=IDAG)


def test_only_some_assess_but_everybody_comments(store: Store, plan: LagradPlan) -> None:
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    mal = Planpunkt(plan.mal_id["a"])
    with pytest.raises(DataError, match="behörighet"):
        set_bedomning(store, ELIN, mal, "2024", "ok", "Skäl", idag=IDAG)
    assert set_aktivitetsstatus(store, ELIN, plan.aktivitet_id[0], "2024", "Klar", idag=IDAG) is not None
    add_kommentar(store, ELIN, mal, "2024", KommentarUppgifter("Bra"), idag=IDAG)
    assert written(store).om_mal[plan.mal_id["a"]][0].signatur == "elin"


def test_comments_are_written_altered_and_taken_away(store: Store, plan: LagradPlan) -> None:
    om = Planpunkt(indikator_id=plan.indikator_id["i"])
    fore = KommentarUppgifter("Få svarade", "Ny enkät", "i höst")
    saved = add_kommentar(
        store, ELIN, om, "2024", KommentarUppgifter(" Få svarade ", "Ny enkät ", "i höst"), idag=IDAG
    )
    assert update_kommentar(store, EVA, saved.id, fore, fore, idag=LATER) is None
    andrad = update_kommentar(store, EVA, saved.id, KommentarUppgifter("Fler svarade"), fore, idag=LATER)
    assert andrad is not None
    (nu,) = written(store).om_indikatorer[plan.indikator_id["i"]]
    assert (nu.text, nu.atgard, nu.klart, nu.signatur, nu.datum) == ("Fler svarade", "", "", "eva", LATER)
    with pytest.raises(ConflictError) as caught:
        update_kommentar(store, ELIN, saved.id, KommentarUppgifter("Annat"), fore, idag=LATER)
    assert caught.value.nu == KommentarUppgifter("Fler svarade")
    assert caught.value.senast is not None
    removed = remove_kommentar(store, EVA, saved.id)
    assert written(store).om_indikatorer == {}
    undo_act(store, EVA, removed.changes.handelse_id)
    assert written(store).om_indikatorer[plan.indikator_id["i"]] == (nu,)


HOSTILE = ("<b>", "</para>", "<img src='file:///etc/passwd'>", "&", "x" * 20_000, "=1+1")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_as_text(store: Store, plan: LagradPlan, text: str) -> None:
    add_kommentar(store, ELIN, Planpunkt(plan.mal_id["a"]), "2024", KommentarUppgifter(text), idag=IDAG)
    assert written(store).om_mal[plan.mal_id["a"]][0].text == text


@pytest.mark.parametrize(
    ("uppgifter", "falt"),
    [
        (KommentarUppgifter(" "), "text"),
        (KommentarUppgifter("x" * 20_001), "text"),
        (KommentarUppgifter("x", "\x00"), "atgard"),
        (KommentarUppgifter("x", klart="x" * 41), "klart"),
    ],
)
def test_a_comment_that_is_refused(
    store: Store, plan: LagradPlan, uppgifter: KommentarUppgifter, falt: str
) -> None:
    assert [f.field for f in check_kommentar(uppgifter)] == [falt]
    with pytest.raises(DataError) as caught:
        add_kommentar(store, ELIN, Planpunkt(plan.mal_id["a"]), "2024", uppgifter, idag=IDAG)
    assert caught.value.field == falt


def test_what_does_not_exist(store: Store, plan: LagradPlan) -> None:
    for act in (
        lambda: set_aktivitetsstatus(store, EVA, 404, "2024", "Klar", idag=IDAG),
        lambda: set_bedomning(store, EVA, Planpunkt(404), "2024", "ok", "Skäl", idag=IDAG),
        lambda: add_kommentar(store, EVA, Planpunkt(None, 404), "2024", KommentarUppgifter("x"), idag=IDAG),
        lambda: update_kommentar(store, EVA, 404, KommentarUppgifter("x"), idag=IDAG),
        lambda: remove_kommentar(store, EVA, 404),
    ):
        with pytest.raises(NotFoundError):
            act()
