"""Övergång: the placement ends and what follows begins, in one act that is taken back whole."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.osa_overgang import OvergangUppgifter, check_overgang, list_overgang_typer, move_from_osa
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import DataError
from db.models import Insats, Insatstyp
from db.queries.passerade import list_passerade
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, IDAG, fill

START = date(2024, 1, 8)


def typ_id(store: Store, namn: str) -> int:
    with store.read(ELIN) as session:
        return session.execute(select(Insatstyp.id).where(Insatstyp.namn == namn)).scalar_one()


def placed(store: Store, typ: str = "OSA-anställning", **more: Any) -> int:
    return int(fill(store, lambda s: make.make_insats(s, typ=typ, start=START, **more)).id)


def held(store: Store) -> list[tuple[str, date, date | None, date | None, int]]:
    columns = (Insatstyp.namn, Insats.start, Insats.planerat_slut, Insats.slut, Insats.omfattning)
    query = select(*columns).join(Insatstyp).order_by(Insats.start, Insats.id)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def test_one_act_ends_and_begins(store: Store) -> None:
    insats_id = placed(store)
    nasta = OvergangUppgifter(
        IDAG, typ_id(store, "nystartsjobb"), IDAG + timedelta(1), None, IDAG + timedelta(180), 75
    )
    saved = move_from_osa(store, ELIN, insats_id, nasta)
    assert held(store) == [
        ("OSA-anställning", START, None, IDAG, 100),
        ("nystartsjobb", IDAG + timedelta(1), IDAG + timedelta(180), None, 75),
    ]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == [("OSA-anställning", START, None, None, 100)]


def test_what_it_can_lead_to_depends_on_the_kind(store: Store) -> None:
    praktik, anstallning = placed(store, "praktik inför OSA"), placed(store)
    with store.read(ELIN) as session:
        assert [namn for _, namn in list_overgang_typer(session, ELIN, praktik)] == ["OSA-anställning"]
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = [namn for _, namn in list_overgang_typer(session, ELIN, anstallning)]
    assert found == [
        "arbetsmarknadsanställning", "beredskapsanställning", "lönebidragsanställning", "nystartsjobb"
    ]  # fmt: skip
    assert len(sent) == 5


def test_from_praktik_the_missing_decision_is_told(store: Store) -> None:
    insats_id = placed(store, "praktik inför OSA")
    nasta = OvergangUppgifter(IDAG, typ_id(store, "OSA-anställning"), IDAG)
    with store.read(ELIN) as session:
        (finding,) = check_overgang(session, ELIN, insats_id, nasta)
    assert "Beslut från Arbetsförmedlingen" in finding.message


def test_a_full_enhet_is_passed_with_a_reason(store: Store) -> None:
    insats_id = placed(store)
    enhet = fill(store, make.make_enhet)
    fill(store, lambda s: make.make_kapacitet(s, enhet_id=enhet.id, platser=0))
    nasta = OvergangUppgifter(IDAG, typ_id(store, "nystartsjobb"), IDAG, enhet.id)
    with pytest.raises(DataError) as asked:
        move_from_osa(store, ELIN, insats_id, nasta, "")
    assert asked.value.field == FIELD
    saved = move_from_osa(store, ELIN, insats_id, nasta, "Överenskommet med enheten.")
    with store.read(ELIN) as session:
        assert [row.falt for row in list_passerade(session, "insats", saved.id)] == ["enhet"]


def test_the_place_left_is_the_place_taken(store: Store) -> None:
    enhet = fill(store, make.make_enhet)
    fill(store, lambda s: make.make_kapacitet(s, enhet_id=enhet.id, platser=1))
    insats_id = placed(store, enhet_id=enhet.id)
    saved = move_from_osa(
        store, ELIN, insats_id, OvergangUppgifter(IDAG, typ_id(store, "nystartsjobb"), IDAG, enhet.id), ""
    )
    assert saved.varningar == ()


def test_a_closed_inskrivning_leads_on_to_nothing(store: Store) -> None:
    ik = fill(store, lambda s: make.make_inskrivning(s, avslutad=IDAG))
    insats_id = placed(store, inskrivning_id=ik.id, slut=IDAG)
    with pytest.raises(DataError, match="hör till en ny inskrivning") as refused:
        move_from_osa(store, ELIN, insats_id, OvergangUppgifter(IDAG, typ_id(store, "nystartsjobb"), IDAG))
    assert refused.value.field == "start"


def test_days_registered_after_the_placement_are_told_and_kept_with_it(store: Store) -> None:
    insats_id = placed(store)
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=IDAG + timedelta(1)))
    nasta = OvergangUppgifter(IDAG, typ_id(store, "nystartsjobb"), IDAG + timedelta(1))
    with store.read(ELIN) as session:
        (finding,) = check_overgang(session, ELIN, insats_id, nasta)
    assert (finding.field, finding.asks) == ("slut", True)
    assert finding.message.startswith("1 dag med registrerad närvaro hamnar efter slut")
    with pytest.raises(DataError) as asked:
        move_from_osa(store, ELIN, insats_id, nasta, "")
    assert asked.value.field == FIELD
    saved = move_from_osa(store, ELIN, insats_id, nasta, "Sista lönen drogs ut en dag.")
    with store.read(ELIN) as session:
        assert [row.falt for row in list_passerade(session, "insats", insats_id)] == ["slut"]
        assert list_passerade(session, "insats", saved.id) == ()


@pytest.mark.parametrize(
    ("typ", "more", "values", "field"),
    [
        ("OSA-anställning", {}, {"slut": START - timedelta(1)}, "slut"),
        ("OSA-anställning", {"slut": IDAG - timedelta(1)}, {}, "slut"),
        ("OSA-anställning", {}, {"start": IDAG - timedelta(1)}, "start"),
        ("OSA-anställning", {}, {"insatstyp_id": 1}, "insatstyp"),
        ("OSA-anställning", {}, {"omfattning": 0}, "omfattning"),
        ("sfi", {}, {}, "slut"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, typ: str, more: dict[str, Any], values: dict[str, Any], field: str
) -> None:
    insats_id = placed(store, typ, **more)
    given = {"slut": IDAG, "insatstyp_id": typ_id(store, "nystartsjobb"), "start": IDAG} | values
    with pytest.raises(DataError) as refused:
        move_from_osa(store, ELIN, insats_id, OvergangUppgifter(**given))
    assert refused.value.field == field
