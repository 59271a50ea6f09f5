"""Who must act: the counts are those of each one's own Idag, and nobody falls between."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.queries.ansvar import Ansvar, Efter, read_ansvar
from db.queries.idag.lista import count_idag, list_idag
from db.queries.idag.scope import Omfang
from db.rules.idag import Lista
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill

DAG = date(2024, 6, 3)
BO = Aktor("bo", "Bo Ek", Roll.KOORDINATOR)


def days(count: int) -> date:
    return DAG + timedelta(count)


def read(store: Store, aktor: Aktor = EVA) -> Ansvar:
    with store.read(aktor) as session:
        return read_ansvar(session, aktor, DAG)


def enrol(s: Session, koordinator: str, **values: Any) -> Any:
    person = make.make_deltagare(s, skyddad=values.pop("skyddad", "nej"))
    defaults = {"deltagare_id": person.id, "koordinator": koordinator, "inskriven": days(-40)}
    return make.make_inskrivning(s, **defaults | values)


def scene(s: Session) -> None:
    make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
    make.make_medarbetare(s, signatur="bo", namn="Bo Ek", aktiv=False)
    shared = enrol(s, "bo", spar="Arena")
    make.make_arende(s, deltagare_id=shared.deltagare_id, handlaggare="elin", beslut=None, utfall=None)
    put_off = enrol(s, "elin", spar="OSA")
    make.make_uppskjuten(s, signatur="elin", lista="planering", rad_id=put_off.id, till=days(3))
    enrol(s, "")
    enrol(s, "okand", spar="OSA", skyddad="sekretessmarkering")
    # Closed by Bo, awaiting the month, and a follow-up; the person is nobody's today.
    closed = enrol(
        s, "bo", spar="Arena", avslutad=days(-60), inskriven=days(-200), resultat="arbete",
        arbete_fran=days(-60),
    )  # fmt: skip
    make.make_uppfoljning(s, inskrivning_id=closed.id, slag="6 månader", planerad=days(2))


def test_each_count_is_that_of_the_own_idag(store: Store) -> None:
    fill(store, scene)
    found = read(store)
    by = {row.nyckel: row for row in found.ansvariga}
    for aktor in (ELIN, BO):
        with store.read(aktor) as session:
            own = count_idag(list_idag(session, aktor, DAG, Omfang.MINA), DAG)
        row = by[aktor.signatur]
        assert (row.alla, row.passerade) == (own.alla, own.passerade)
        assert len(found.rader(aktor.signatur)) == own.alla
    assert (by["elin"].arenden, by["elin"].inskrivningar, by["elin"].personer) == (1, 1, 2)
    assert by["elin"].uppskjutna == 1


def test_nobody_falls_between(store: Store) -> None:
    fill(store, scene)
    found = read(store)
    assert [(row.namn, row.aktiv) for row in found.ansvariga] == [
        ("", True), ("Bo Ek", False), ("Elin Måsvik", True)
    ]  # fmt: skip
    ingen = found.ansvariga[0]
    assert (ingen.personer, ingen.alla, ingen.per_lista[Lista.PLANERING]) == (1, 2, 1)
    assert ingen.aldst == 26, "the first planering was due 14 days after the inskrivning"
    with store.read(EVA) as session:
        rows = list_idag(session, EVA, DAG, Omfang.ALLA)
    assert (found.alla, found.passerade) == (count_idag(rows, DAG).alla, count_idag(rows, DAG).passerade)


def test_protected_people_count_for_those_who_are_named(store: Store) -> None:
    fill(store, scene)
    okand = Aktor("okand", "Okänd", Roll.HANDLAGGARE)
    (row,) = [row for row in read(store, okand).ansvariga if row.nyckel == "okand"]
    assert (row.namn, row.aktiv, row.personer) == ("okand", False, 1)


def test_by_spar(store: Store) -> None:
    fill(store, scene)
    found = read(store)
    assert [row.nyckel for row in found.spar] == ["", "Arena", "OSA"]
    arena = found.spar[1]
    assert (arena.inskrivningar, arena.personer) == (1, 1)
    assert arena.per_lista[Lista.AVSLUT] == arena.per_lista[Lista.EFTER_AVSLUT] == 1
    assert sum(row.alla for row in found.spar) == found.alla
    assert len(found.rader("Arena", Efter.SPAR)) == arena.alla
    assert found.rader("finns inte") == ()


def test_by_enhet(store: Store) -> None:
    """Whoever is at two enheter stands at both; where somebody protected is stands nowhere."""

    def at_enheter(s: Session) -> None:
        scene(s)
        kok, ateljen = (make.make_enhet(s, namn=namn).id for namn in ("Köket", "Ateljén"))
        both, gone = enrol(s, "eva"), enrol(s, "eva")
        hidden = enrol(s, "eva", skyddad="sekretessmarkering")
        for ik, enhet, slut in (
            (both, kok, None), (both, ateljen, None), (both, kok, None), (hidden, kok, None),
            (gone, kok, days(-1)),
        ):  # fmt: skip
            make.make_insats(s, inskrivning_id=ik.id, enhet_id=enhet, start=days(-20), slut=slut)

    fill(store, at_enheter)
    found = read(store)
    assert [row.nyckel for row in found.enheter] == ["", "Ateljén", "Köket"]
    _, ateljen, kok = found.enheter
    assert (kok.personer, kok.inskrivningar, ateljen.personer) == (1, 1, 1)
    assert kok.alla == len(found.rader("Köket", Efter.ENHET)) > 0
    assert {row.person.id for row in found.rader("Köket", Efter.ENHET)} == {
        row.person.id for row in found.rader("Ateljén", Efter.ENHET)
    }
    ingen = {row.person.id for row in found.rader("", Efter.ENHET)}
    assert sum(row.alla for row in found.enheter) == found.alla + ateljen.alla
    assert len(ingen) > 1


def test_the_number_of_questions_does_not_grow(store: Store) -> None:
    fill(store, scene)
    with sent_statements(store) as sent:
        read(store)
    before = len(sent)
    fill(store, lambda s: [enrol(s, "elin", spar="Arena") for _ in range(20)])
    with sent_statements(store) as sent:
        read(store)
    assert len(sent) == before <= 22


def test_an_empty_register(store: Store) -> None:
    assert read(store).ansvariga == ()
