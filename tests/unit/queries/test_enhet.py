"""An enhet by itself: who is there, who comes, who waits, and what only those named may know."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.errors import NotFoundError
from db.queries.enhet import list_ko, list_ko_for, list_namn, list_slutar, list_tider, read_enhet
from db.rules.belaggning import Kapacitet
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, fill

DAG = date(2024, 6, 3)
NYAR = date(2024, 1, 1)
NAMED = Aktor("namngiven", "Namn Given", Roll.KOORDINATOR)


def someone(session: Session, namn: str, **values: object) -> int:
    """The inskrivning of a person whose koordinator is `namngiven`."""
    person = make.make_deltagare(session, fornamn="Anna", efternamn=namn, **values)
    make.make_arende(session, deltagare_id=person.id, nummer=f"Ä-{namn}")
    row = make.make_inskrivning(session, deltagare_id=person.id, inskriven=NYAR, koordinator="namngiven")
    return int(row.id)


def an_enhet(store: Store) -> int:
    def made(session: Session) -> int:
        enhet = make.make_enhet(session, namn="Snickeriet", anordnare="Kommunen")
        make.make_kapacitet(session, enhet_id=enhet.id, fran=NYAR, platser=4)
        make.make_kapacitet(session, enhet_id=enhet.id, fran=DAG, platser=5)
        make.make_kostnad(session, enhet_id=enhet.id, ar=2024, belopp_ore=100)
        make.make_kostnad(session, enhet_id=enhet.id, ar=2023, belopp_ore=90)
        for namn, skyddad, days in (
            ("Alm", "nej", {"planerat_slut": DAG + timedelta(9)}),
            ("Berg", "nej", {"planerat_slut": DAG - timedelta(9)}),
            ("Ceder", "nej", {"slut": DAG}),
            ("Dold", "sekretessmarkering", {}),
            ("Ek", "nej", {"start": DAG + timedelta(1)}),
            ("Fura", "sekretessmarkering", {"start": DAG + timedelta(2)}),
            ("Gran", "nej", {"slut": DAG - timedelta(1)}),
        ):
            row = someone(session, namn, skyddad=skyddad)
            values = {"start": NYAR, **days}
            make.make_insats(session, inskrivning_id=row, enhet_id=enhet.id, **values)
        typ = make.make_insatstyp(session, namn="praktik i kök")
        waiting = someone(session, "Hassel"), someone(session, "Idegran", skyddad="sekretessmarkering")
        for nr, row in enumerate(waiting):
            make.make_platsko(
                session, inskrivning_id=row, enhet_id=enhet.id, sedan=DAG - timedelta(9 - nr), text="Snart"
            )
        make.make_platsko(session, inskrivning_id=waiting[0], insatstyp_id=typ.id, sedan=DAG)
        make.make_platsko(session, inskrivning_id=waiting[0], enhet_id=enhet.id, sedan=NYAR, till=DAG)
        return int(enhet.id)

    return fill(store, made)


def test_an_enhet_on_a_day(store: Store) -> None:
    enhet_id = an_enhet(store)
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            enhet = read_enhet(session, ELIN, enhet_id, DAG, DAG)
        assert (enhet.namn, enhet.typ, enhet.anordnare) == ("Snickeriet", "intern", "Kommunen")
        assert enhet.kapacitet == (Kapacitet(NYAR, DAG - timedelta(1), 4), Kapacitet(DAG, None, 5))
        assert enhet.kostnader == ((2023, 90), (2024, 100))
        assert [row.person.namn for row in enhet.har_plats] == ["Anna Berg", "Anna Ceder", "Anna Alm"]
        assert [row.passerat for row in enhet.har_plats] == [True, False, False]
        assert enhet.har_plats[1].till == DAG
        assert [row.person.namn for row in enhet.reserverade] == ["Anna Ek"]
        assert [(row.person.namn, row.dagar, row.text) for row in enhet.ko] == [("Anna Hassel", 9, "Snart")]
        assert enhet.dolda == (1, 1, 1)
        with pytest.raises(NotFoundError):
            read_enhet(session, ELIN, enhet_id + 1, DAG, DAG)
    assert len(sent) == 5


def test_a_planned_end_frees_the_place_on_a_day_to_come(store: Store) -> None:
    enhet_id = an_enhet(store)
    with store.read(ELIN) as session:
        enhet = read_enhet(session, ELIN, enhet_id, DAG + timedelta(10), DAG)
    assert [row.person.namn for row in enhet.har_plats] == ["Anna Berg", "Anna Ek"]
    assert enhet.dolda == (2, 0, 1)


def test_those_named_see_protected_people_masked(store: Store) -> None:
    enhet_id = an_enhet(store)
    with store.read(NAMED) as session:
        enhet = read_enhet(session, NAMED, enhet_id, DAG, DAG)
    hidden = [row.person for row in (*enhet.har_plats, *enhet.reserverade, *enhet.ko) if row.person.is_masked]
    assert {person.namn for person in hidden} == {"Skyddad identitet"}
    assert sorted(person.nummer for person in hidden) == ["Ä-Dold", "Ä-Fura", "Ä-Idegran"]
    assert enhet.dolda == (0, 0, 0)


def test_everybody_who_waits_and_what_one_person_waits_for(store: Store) -> None:
    an_enhet(store)
    with store.read(ELIN) as session:
        rows, others = list_ko(session, ELIN, DAG)
        assert [(row.enhet, row.typ) for row in rows] == [("Snickeriet", ""), ("", "praktik i kök")]
        assert others == 1
        assert len(list_ko(session, ELIN, NYAR)[0]) == 1
        own = list_ko_for(session, ELIN, rows[0].person.id, DAG)
        assert [row.id for row in own] == [row.id for row in rows]
    with store.read(NAMED) as session:
        hidden = next(row.person for row in list_ko(session, NAMED, DAG)[0] if row.person.is_masked)
    with store.read(ELIN) as session, pytest.raises(NotFoundError):
        list_ko_for(session, ELIN, hidden.id, DAG)


def test_times_and_names(store: Store) -> None:
    enhet_id = an_enhet(store)
    with store.read(ELIN) as session:
        tider = list_tider(session, enhet_id, DAG)
        assert sorted((start, slut or date.max) for _, start, slut in tider) == [
            (NYAR, DAG), (NYAR, DAG + timedelta(9)), (NYAR, date.max), (NYAR, date.max),
            (DAG + timedelta(1), date.max), (DAG + timedelta(2), date.max),
        ]  # fmt: skip
        named = list_namn(session, ELIN, [person for person, _, _ in tider])
    assert [namn for _, namn in named] == ["Anna Alm", "Anna Berg", "Anna Ceder", "Anna Ek"]
    with store.read(NAMED) as session:
        masked = list_namn(session, NAMED, [person for person, _, _ in tider])
    assert [namn for _, namn in masked].count("Skyddad identitet") == 2


def test_whose_places_come_free_in_a_week(store: Store) -> None:
    an_enhet(store)
    vecka = DAG, DAG + timedelta(6)
    with store.read(ELIN) as session:
        rows, others = list_slutar(session, ELIN, "intern", vecka, DAG, DAG)
        assert [(row.person.namn, row.slutar) for row in rows] == [("Anna Ceder", DAG)]
        assert others == 0
        later = list_slutar(session, ELIN, "intern", (DAG + timedelta(7), DAG + timedelta(13)), DAG, DAG)[0]
        assert [(row.person.namn, row.enhet) for row in later] == [("Anna Alm", "Snickeriet")]
        assert list_slutar(session, ELIN, "extern", vecka, DAG, DAG) == ((), 0)


def test_a_week_counts_those_whom_the_user_may_not_know_of(store: Store) -> None:
    def made(session: Session) -> None:
        enhet = make.make_enhet(session, typ="extern")
        row = someone(session, "Dold", skyddad="sekretessmarkering")
        make.make_insats(session, inskrivning_id=row, enhet_id=enhet.id, start=NYAR, slut=DAG)

    fill(store, made)
    vecka = DAG, DAG + timedelta(6)
    with store.read(ELIN) as session:
        assert list_slutar(session, ELIN, "extern", vecka, DAG, DAG) == ((), 1)
    with store.read(NAMED) as session:
        (row,), others = list_slutar(session, NAMED, "extern", vecka, DAG, DAG)
    assert (row.person.namn, row.person.nummer, others) == ("Skyddad identitet", "Ä-Dold", 0)
