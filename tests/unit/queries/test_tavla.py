"""The board: who stands where and since when, what comes next, and who is not on it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.models import Deltagare, Inskrivning, Steg
from db.queries.tavla import UTAN_STEG, FlodeUrval, Tavla, TavlaKort, read_tavla, read_val
from db.rules.steg import STANDARDSTEG
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.registers import SqliteRegisters
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
START = date(2024, 5, 1)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
EVA = Aktor("eva", "Eva Ek", Roll.CHEF)


def enroll(session: Session, *steg: tuple[str, date], **values: object) -> Inskrivning:
    row = make.make_inskrivning(session, **{"inskriven": START} | values)
    for namn, fran in steg:
        make.make_stegperiod(session, inskrivning_id=row.id, steg=namn, fran=fran)
    return row


def board(store: Store, aktor: Aktor = ELIN, dag: date = DAG) -> Tavla:
    with store.read(aktor) as session:
        return read_tavla(session, aktor, dag)


def only(store: Store, aktor: Aktor = ELIN) -> TavlaKort:
    (kort,) = board(store, aktor).kort
    return kort


def column_of(store: Store, kort: TavlaKort) -> str:
    return next(k.namn for k in board(store).kolumner if k.id == kort.lage.steg_id)


def test_one_stands_in_the_latest_steg_that_has_come(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        enroll(
            work.session,
            ("Insats", date(2024, 5, 20)),
            ("Aktualisering", START),
            ("Matchning", DAG + timedelta(1)),
        )
    kort = only(store)
    assert column_of(store, kort) == "Insats"
    assert (kort.lage.sedan, kort.lage.dagar) == (date(2024, 5, 20), 14)


def test_of_one_day_the_later_steg_of_the_flow_holds(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        enroll(work.session, ("Matchning", START), ("Kartläggning", START))
    assert column_of(store, only(store)) == "Matchning"


def test_who_came_to_no_steg_stands_apart(store: Store) -> None:
    assert [k.namn for k in board(store).kolumner] == list(STANDARDSTEG)
    with store.unit_of_work(SYSTEM, "test") as work:
        enroll(work.session)
    tavla = board(store)
    assert (tavla.kolumner[0].id, tavla.kolumner[0].namn) == (UTAN_STEG, "Utan steg")
    assert (tavla.kort[0].lage.sedan, tavla.kort[0].lage.dagar) == (START, 33)


def test_only_open_inskrivningar_who_have_begun_are_on_it(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        enroll(work.session, avslutad=DAG, resultat="arbete")
        enroll(work.session, inskriven=DAG + timedelta(1))
    assert board(store).kort == ()


def test_steg_out_of_use_is_shown_while_somebody_stands_there(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.scalars(select(Steg).where(Steg.namn == "Planering")).one().aktiv = False
        work.session.scalars(select(Steg).where(Steg.namn == "Insats")).one().aktiv = False
        enroll(work.session, ("Insats", START))
    assert [k.namn for k in board(store).kolumner] == [
        "Aktualisering", "Kartläggning", "Insats", "Matchning", "Uppföljning",
    ]  # fmt: skip


def test_a_new_register_has_guide_values(store: Store) -> None:
    assert [k.riktvarde for k in board(store).kolumner] == [14, 30, 14, 180, 60, 90]


def test_what_goes_on_and_what_comes(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        row = enroll(work.session, ("Insats", START), spar="Sysselsättning", koordinator="elin")
        person = work.session.get_one(Deltagare, row.deltagare_id)
        person.fodelsedatum, person.kon, person.omrade = date(1994, 6, 4), "K", "Skäggetorp"
        verk, cafe = (make.make_enhet(work.session, namn=n) for n in ("Verkstan", "Kaféet"))
        for typ, enhet, start, planerat, slut in (
            ("praktik", verk, START, DAG + timedelta(30), None),
            ("sfi", cafe, START, None, DAG + timedelta(9)),
            ("vägledning", verk, START, None, DAG - timedelta(1)),
            ("yrkesspår", None, DAG + timedelta(20), None, None),
            ("arbetsträning", None, DAG + timedelta(10), None, None),
            ("arbetsträning", cafe, START, None, None),
        ):
            make.make_insats(
                work.session, typ=typ, inskrivning_id=row.id, enhet_id=enhet and enhet.id, start=start,
                planerat_slut=planerat, slut=slut,
            )  # fmt: skip
        for dag, uteblev in ((DAG - timedelta(1), False), (DAG + timedelta(5), False), (DAG, True)):
            make.make_mote(work.session, deltagare_id=row.deltagare_id, datum=dag, uteblev=uteblev)
    kort = only(store)
    assert (kort.pagar, kort.slutar) == ("sfi", DAG + timedelta(9))
    assert (kort.kommer, kort.startar) == ("arbetsträning", DAG + timedelta(10))
    assert set(kort.enheter) == {"Verkstan", "Kaféet"}
    assert kort.bokad == DAG + timedelta(5)
    assert (kort.alder, kort.kon, kort.omrade, kort.spar, kort.koordinator) == (
        29, "K", "Skäggetorp", "Sysselsättning", "elin",
    )  # fmt: skip


def test_a_hidden_person_is_masked_or_not_there(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session, skyddad="sekretessmarkering", omrade="Skäggetorp")
        make.make_arende(work.session, deltagare_id=person.id, nummer="Ä-7", handlaggare="elin")
        row = enroll(work.session, ("Insats", START), deltagare_id=person.id)
        enhet = make.make_enhet(work.session)
        make.make_insats(work.session, inskrivning_id=row.id, enhet_id=enhet.id, start=START)
    assert board(store, EVA).kort == ()
    kort = only(store)
    assert (kort.person.namn, kort.person.nummer, kort.omrade, kort.enheter) == (
        "Skyddad identitet", "Ä-7", "", (),
    )  # fmt: skip


def test_who_has_stood_longest_is_first(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for namn, dagar in (("Bo", 3), ("Åsa", 9), ("Ali", 3)):
            person = make.make_deltagare(work.session, fornamn=namn, efternamn="Ek")
            enroll(work.session, ("Insats", DAG - timedelta(dagar)), deltagare_id=person.id)
    assert [k.person.namn for k in board(store).kort] == ["Åsa Ek", "Ali Ek", "Bo Ek"]


@pytest.mark.parametrize("closed", [0, 4])
def test_the_same_few_statements_whatever_is_closed(store: Store, closed: int) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for _ in range(closed):
            enroll(work.session, ("Insats", START), avslutad=DAG, resultat="arbete")
        enroll(work.session, ("Insats", START))
    with sent_statements(store) as sent:
        board(store)
    assert len(sent) == 5


def test_a_day_before_the_inskrivning_counts_as_its_first(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        enroll(work.session, ("Insats", START - timedelta(40)))
    assert (only(store).lage.sedan, only(store).lage.dagar) == (START, 33)


@pytest.mark.parametrize(
    ("urval", "kvar"),
    [
        (FlodeUrval(), {"Ung", "Gammal", "Dold"}),
        (FlodeUrval(spar="Sysselsättning"), {"Gammal"}),
        (FlodeUrval(koordinator="elin"), {"Ung", "Dold"}),
        (FlodeUrval(kon="K"), {"Ung"}),
        (FlodeUrval(omrade="Skäggetorp"), {"Ung"}),
        (FlodeUrval(aldrar=(None, 24)), {"Ung"}),
        (FlodeUrval(aldrar=(25, None)), {"Gammal", "Dold"}),
        (FlodeUrval(aldrar=(25, 64)), {"Gammal", "Dold"}),
        (FlodeUrval(aldrar=(66, 70)), set()),
        (FlodeUrval(enhet_id=1), {"Ung"}),
        (FlodeUrval(enhet_id=2), set()),
    ],
)
def test_the_board_is_shown_for_some(store: Store, urval: FlodeUrval, kvar: set[str]) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        _three(work.session)
    with store.read(ELIN) as session:
        found = read_tavla(session, ELIN, DAG, urval).kort
    names = {"Skyddad identitet": "Dold", "Ung Ek": "Ung", "Gammal Ek": "Gammal"}
    assert {names[k.person.namn] for k in found} == kvar


def _three(session: Session) -> None:
    assert make.make_enhet(session).id == 1
    make.make_enhet(session)
    for namn, kon, fodd, skyddad, spar, koordinator in (
        ("Ung", "K", date(2000, 1, 1), "nej", "Arena Arbetsmarknad", "elin"),
        ("Gammal", "M", date(1970, 1, 1), "nej", "Sysselsättning", "bo"),
        ("Dold", "M", date(1970, 1, 1), "sekretessmarkering", "", "elin"),
    ):
        person = make.make_deltagare(
            session, fornamn=namn, efternamn="Ek", kon=kon, fodelsedatum=fodd, skyddad=skyddad,
            omrade="Ryd" if namn == "Gammal" else "Skäggetorp",
        )  # fmt: skip
        row = enroll(session, ("Insats", START), deltagare_id=person.id, spar=spar, koordinator=koordinator)
        if namn != "Gammal":
            make.make_insats(session, inskrivning_id=row.id, enhet_id=1, start=START, slut=DAG)
            make.make_insats(session, inskrivning_id=row.id, enhet_id=2, start=START, slut=DAG - timedelta(1))


def test_what_can_be_chosen_tells_nothing_of_the_hidden(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        _three(work.session)
        closed = make.make_deltagare(work.session, omrade="Stängt")
        enroll(work.session, deltagare_id=closed.id, avslutad=DAG, resultat="arbete", spar="Gammalt spår")
    with store.read(EVA) as session:
        val = read_val(session, EVA, DAG)
    assert val.spar == ("Arena Arbetsmarknad", "Sysselsättning")
    assert val.koordinatorer == ("bo", "elin")
    assert val.omraden == ("Ryd", "Skäggetorp")
    assert {id_ for id_, _ in val.enheter} == {1, 2}


def test_only_what_is_open_is_read(register_files: SqliteRegisters) -> None:
    """However many are closed, the board costs the same: nothing that they have is gone through."""
    with register_files.for_one_test() as new:
        store = new()
        with sent_statements(store) as sent:
            board(store)
        with store.read(SYSTEM) as session:
            plans = [
                str(row[3])
                for query in sent
                for row in session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {query}", ("2024-06-03",) * query.count("?")
                )
            ]
    assert len(sent) == 5
    tables = ("inskrivning", "stegperiod", "insats", "mote", "deltagare")
    assert [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in tables] == []
