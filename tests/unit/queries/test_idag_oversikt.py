"""What stands beside the lists: the day's times, the figures, people opened."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.deltagare import read_rad
from db.queries.idag.oversikt import Oversikt, TidRow, list_tider, read_oversikt
from db.queries.oppnad import list_oppnade
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, fill

DAG = date(2024, 6, 3)
BO = Aktor("bo", "Bo", Roll.HANDLAGGARE)


def tider(store: Store, aktor: Aktor = ELIN) -> tuple[TidRow, ...]:
    with store.read(aktor) as session:
        return list_tider(session, aktor, DAG)


def oversikt(store: Store, aktor: Aktor = ELIN) -> Oversikt:
    with store.read(aktor) as session:
        return read_oversikt(session, aktor, DAG)


def test_times_are_mine_or_of_my_people(store: Store) -> None:
    def act(s: Session) -> dict[str, int]:
        mine = make.make_arende(s, handlaggare="elin").deltagare_id
        other = make.make_deltagare(s, tolk="somaliska").id
        rows = {
            "utan tid": make.make_mote(s, deltagare_id=mine, datum=DAG, tid=""),
            "mitt": make.make_mote(s, deltagare_id=other, datum=DAG, tid="10:30", signatur="elin"),
            "först": make.make_mote(s, deltagare_id=mine, datum=DAG, tid="09:00"),
            "bos": make.make_mote(s, deltagare_id=mine, datum=DAG, tid="09:30", signatur="bo"),
            "annans": make.make_mote(s, deltagare_id=other, datum=DAG, tid="08:00"),
            "igår": make.make_mote(s, deltagare_id=mine, datum=DAG - timedelta(1)),
        }
        return {name: row.id for name, row in rows.items()}

    ids = fill(store, act)
    assert [r.mote_id for r in tider(store)] == [ids["först"], ids["mitt"], ids["utan tid"]]
    assert tider(store)[1].tolk == "somaliska"
    assert [r.mote_id for r in tider(store, BO)] == [ids["bos"]]


def test_a_protected_person_has_no_place_and_no_language(store: Store) -> None:
    def act(s: Session) -> None:
        person = make.make_deltagare(s, skyddad="sekretessmarkering", tolk="dari").id
        make.make_arende(s, deltagare_id=person, handlaggare="elin", nummer="Ä-1")
        make.make_mote(s, deltagare_id=person, datum=DAG, plats="Rum Linden")
        # Held by Bo, who is not named for the person.
        make.make_mote(s, deltagare_id=person, datum=DAG, signatur="bo")

    fill(store, act)
    with sent_statements(store) as sent:
        (row,) = tider(store)
    assert len(sent) == 3
    assert (row.person.namn, row.person.nummer, row.plats, row.tolk) == ("Skyddad identitet", "Ä-1", "", "")
    assert tider(store, BO) == tider(store, SYSTEM) == ()


def test_the_figures_of_the_day(store: Store) -> None:
    def act(s: Session) -> None:
        for kon, steg in (("K", "Insats"), ("M", "Insats"), (None, "Planering"), ("K", "")):
            person = make.make_deltagare(
                s, kon=kon, personnummer=None if kon is None else make.fictitious_personnummer(kon)
            )
            ik = make.make_inskrivning(s, deltagare_id=person.id, koordinator="elin", spar="Sysselsättning")
            if steg:
                make.make_stegperiod(s, inskrivning_id=ik.id, steg="Aktualisering", fran=date(2024, 1, 8))
                make.make_stegperiod(s, inskrivning_id=ik.id, steg=steg, fran=date(2024, 2, 1))
                make.make_stegperiod(s, inskrivning_id=ik.id, steg="Uppföljning", fran=date(2024, 7, 1))
        for avslutad, resultat in (
            (date(2024, 1, 1), "studier"), (DAG, "arbete"), (DAG + timedelta(1), "arbete"),
            (date(2023, 12, 31), "arbete"), (DAG, "flyttat"),
        ):  # fmt: skip
            make.make_inskrivning(
                s, koordinator="elin", inskriven=date(2023, 1, 1), avslutad=avslutad, resultat=resultat
            )
        hidden = make.make_deltagare(s, skyddad="sekretessmarkering")
        make.make_arende(s, deltagare_id=hidden.id, handlaggare="bo")

    fill(store, act)
    with sent_statements(store) as sent:
        found = oversikt(store)
    assert len(sent) == 7
    assert (found.antal, found.kvinnor, found.man, found.egen_forsorjning) == (4, 2, 1, 2)
    assert dict(found.steg) == {
        "Aktualisering": 0, "Kartläggning": 0, "Planering": 1, "Insats": 2, "Matchning": 0, "Uppföljning": 0
    }  # fmt: skip
    assert (found.enheten, found.alla, found.spar) == (4, 4, "Sysselsättning")
    of_bo = oversikt(store, BO)
    assert (of_bo.enheten, of_bo.alla, of_bo.spar) == (5, 5, "")
    assert oversikt(store, SYSTEM).antal == 0


def test_people_opened_pins_first_and_never_protected_ones(store: Store) -> None:
    def act(s: Session) -> list[int]:
        people = [make.make_deltagare(s, fornamn=name, efternamn="Öberg") for name in "ABCD"]
        for place, person in enumerate(people):
            make.make_oppnad(
                s, deltagare_id=person.id, tid=f"2024-06-03T0{place}:00:00.000000Z", fast=place == 0
            )
        people[3].skyddad = "sekretessmarkering"
        ik = make.make_inskrivning(s, deltagare_id=people[1].id)
        make.make_stegperiod(s, inskrivning_id=ik.id, steg="Insats", fran=date(2024, 2, 1))
        make.make_oppnad(s, deltagare_id=people[2].id, signatur="bo")
        return [p.id for p in people]

    ids = fill(store, act)
    with sent_statements(store) as sent, store.read(ELIN) as session:
        found = list_oppnade(session, ELIN, DAG)
    assert len(sent) == 1
    assert [(r.deltagare_id, r.namn, r.steg, r.fast) for r in found] == [
        (ids[0], "A Öberg", "", True), (ids[2], "C Öberg", "", False), (ids[1], "B Öberg", "Insats", False)
    ]  # fmt: skip
    with store.read(ELIN) as session:
        assert len(list_oppnade(session, ELIN, DAG, limit=1)) == 1


def test_one_person_as_in_the_list(store: Store) -> None:
    person = fill(store, lambda s: make.make_deltagare(s, fornamn="Åsa", efternamn="Öberg").id)
    with store.read(ELIN) as session:
        assert read_rad(session, ELIN, person, DAG).namn == "Åsa Öberg"
