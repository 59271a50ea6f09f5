"""Going through a period: what is left of it by who answers, saying that it is done, and taking that back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.avstamning import (
    AvstamningUppgifter,
    check_avstamning,
    mark_klar,
    take_back_klar,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Avstamning
from db.queries.avstamning import AvstamningRow, Punkt, read_avstamning
from db.queries.narvaro_kort import read_narvaro_kort
from db.queries.passerade import list_passerade
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.period import parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

MAJ = parse_period("2024-05")  # ended; IDAG is 3 June
BO = Aktor("bo", "Bo", Roll.HANDLAGGARE)
APRIL = date(2024, 4, 1)


def read(store: Store, aktor: Aktor = EVA, period: str = "2024-05") -> dict[str, AvstamningRow]:
    with store.read(aktor) as session:
        return {row.signatur: row for row in read_avstamning(session, aktor, parse_period(period), IDAG)}


def enrol(s: Session, koordinator: str = "elin", skyddad: str = "nej", **values: object) -> int:
    person = make.make_deltagare(s, skyddad=skyddad)
    row = make.make_inskrivning(
        s, **{"deltagare_id": person.id, "koordinator": koordinator, "inskriven": APRIL} | values
    )
    return int(row.id)


def plan(s: Session, inskrivning_id: int) -> None:
    make.make_planering(s, inskrivning_id=inskrivning_id, upprattad=APRIL, nasta_uppfoljning=date(2024, 9, 1))


def scene(s: Session) -> int:
    """One of everything for Elin, a protected person of Bo's, and somebody of nobody's."""
    make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
    ik = enrol(s)
    plan(s, ik)
    kept = make.make_insats(s, inskrivning_id=ik, start=APRIL).id
    make.make_narvaroschema(s, insats_id=kept, veckodag=1, pass_="")
    make.make_narvaro(s, insats_id=kept, datum=date(2024, 5, 6), pass_="", status="närvarande")
    make.make_insats(s, inskrivning_id=ik, typ="vägledning", start=APRIL, planerat_slut=date(2024, 5, 15))
    osa = enrol(s)
    plan(s, osa)
    placed = make.make_insats(s, inskrivning_id=osa, typ=OSA_ANSTALLNING, start=APRIL).id
    make.make_osa_beslut(s, insats_id=placed, fran=APRIL, till=date(2024, 5, 20))
    closed = enrol(
        s, avslutad=date(2024, 5, 2), resultat="arbete", arbete_fran=date(2024, 5, 2), minst_en_manad=None
    )
    assert closed
    enrol(s, avslutad=date(2024, 5, 2), resultat="studier")
    covered = make.make_insats(s, inskrivning_id=osa, typ=OSA_ANSTALLNING, start=date(2024, 5, 1)).id
    make.make_osa_beslut(s, insats_id=covered, fran=APRIL, till=date(2024, 12, 31))
    enrol(s, "bo", "sekretessmarkering")
    enrol(s, "")
    make.make_arende(s)
    return int(kept)


def test_what_is_left_by_who_answers(store: Store) -> None:
    kept = fill(store, scene)
    found = read(store)
    assert list(found) == ["", "elin"], "the protected person is in no count"
    elin = found["elin"]
    assert [(rad.punkt, rad.antal) for rad in elin.kvar] == [
        (Punkt.NARVARO, 3), (Punkt.MANAD, 1), (Punkt.OSA_BESLUT, 1), (Punkt.INSATS_SLUT, 1),
    ]  # fmt: skip
    assert elin.kvar[0].rad_id == kept
    assert elin.count(Punkt.NARVARO) == 1
    assert [rad.punkt for rad in found[""].kvar] == [Punkt.PLANERING]
    (bo,) = [row for row in read(store, BO).values() if row.signatur == "bo"]
    assert (bo.namn, bo.aktiv, bo.kvar[0].person.is_masked) == ("bo", False, True)


def test_the_passes_are_those_of_the_card(store: Store) -> None:
    kept = fill(store, scene)
    (rad,) = [rad for rad in read(store)["elin"].kvar if rad.rad_id == kept]
    with store.read(EVA) as session:
        card = read_narvaro_kort(session, EVA, rad.person.id, IDAG)
    weeks = [v for v in card.veckor if v.insats_id == kept and v.mandag in MAJ]
    assert rad.antal == sum(vecka.antal.saknas for vecka in weeks)


def test_before_the_period_nothing_of_it_is_left(store: Store) -> None:
    fill(store, scene)
    assert read(store, period="2024-03") == {}


def test_the_number_of_questions_does_not_grow(store: Store) -> None:
    fill(store, scene)
    with sent_statements(store) as sent:
        read(store)
    before = len(sent)
    fill(store, lambda s: [enrol(s) for _ in range(20)])
    with sent_statements(store) as sent:
        read(store)
    assert len(sent) == before <= 12


def test_klart_with_nothing_left_and_undone(store: Store) -> None:
    fill(store, lambda s: plan(s, enrol(s)))
    saved = mark_klar(store, ELIN, AvstamningUppgifter("elin", MAJ, " Allt med "), IDAG, "")
    klar = read(store)["elin"].klar
    assert klar is not None
    assert (klar.dag, klar.text) == (IDAG, "Allt med")
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert read(store)["elin"].klar is None


def test_what_is_left_asks_for_a_reason_that_is_kept(store: Store) -> None:
    fill(store, scene)
    uppgifter = AvstamningUppgifter("elin", MAJ)
    with pytest.raises(DataError) as error:
        mark_klar(store, ELIN, uppgifter, IDAG, "")
    assert error.value.field == "varningsskal"
    saved = mark_klar(store, ELIN, uppgifter, IDAG, "Väntar på listan")
    assert [finding.message for finding in saved.varningar] == ["4 saker är inte registrerade."]
    with store.read(ELIN) as session:
        assert [row.skal for row in list_passerade(session, "avstamning", saved.id)] == ["Väntar på listan"]


def test_one_thing_left_is_one_thing(store: Store) -> None:
    fill(store, lambda s: enrol(s))
    with store.read(ELIN) as session:
        (told,) = check_avstamning(session, ELIN, AvstamningUppgifter("elin", MAJ), IDAG)
    assert (told.message, told.asks) == ("1 sak är inte registrerad.", True)


def test_said_twice_is_a_conflict(store: Store) -> None:
    fill(store, lambda s: plan(s, enrol(s)))
    mark_klar(store, ELIN, AvstamningUppgifter("elin", MAJ), IDAG)
    with pytest.raises(ConflictError):
        mark_klar(store, ELIN, AvstamningUppgifter("elin", MAJ), IDAG)


@pytest.mark.parametrize(
    ("aktor", "period", "text", "field"),
    [(EVA, "2024-05", "", ""), (ELIN, "2024-06", "", ""), (ELIN, "2024-05", "x" * 501, "text")],
)
def test_what_stops_it(store: Store, aktor: Aktor, period: str, text: str, field: str) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="elin"))
    with pytest.raises(DataError) as error:
        mark_klar(store, aktor, AvstamningUppgifter("elin", parse_period(period), text), IDAG)
    assert error.value.field == field


def test_taken_back_by_oneself_and_for_those_who_have_left(store: Store) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="elin"))
    own = mark_klar(store, ELIN, AvstamningUppgifter("elin", MAJ), IDAG)
    left = mark_klar(store, EVA, AvstamningUppgifter("gunn", MAJ), IDAG)
    with pytest.raises(DataError):
        take_back_klar(store, EVA, own.id)
    take_back_klar(store, ELIN, own.id)
    back = take_back_klar(store, EVA, left.id)
    with store.read(SYSTEM) as session:
        assert session.scalars(select(Avstamning)).all() == []
    undo_act(store, EVA, back.changes.handelse_id)
    with pytest.raises(NotFoundError):
        take_back_klar(store, ELIN, own.id)


def test_a_pass_of_today_can_still_be_registered(store: Store) -> None:
    def act(s: Session) -> None:
        ik = enrol(s)
        plan(s, ik)
        insats = make.make_insats(s, inskrivning_id=ik, start=IDAG - timedelta(1)).id
        make.make_narvaroschema(s, insats_id=insats, veckodag=IDAG.isoweekday(), pass_="")

    fill(store, act)
    assert read(store, period="2024-06")["elin"].kvar == ()
