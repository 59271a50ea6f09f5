"""Likely doubles: found by number, birth date and name; protected people only for those named for them."""

from datetime import date

from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.dubbletter import MOST, DubblettRow, Skal, Sokt, find_dubbletter
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
DAG = date(1988, 3, 14)


def fill(store: Store, **people: dict[str, object]) -> dict[str, int]:
    with store.unit_of_work(SYSTEM, "test") as work:
        return {name: make.make_deltagare(work.session, **values).id for name, values in people.items()}


def find(store: Store, sokt: Sokt, utom_id: int | None = None) -> list[tuple[int, Skal]]:
    with store.read(ELIN) as session:
        return [(row.id, row.skal) for row in find_dubbletter(session, ELIN, sokt, utom_id)]


def test_each_way_to_a_double(store: Store) -> None:
    ids = fill(
        store,
        hodan={"fornamn": "Hodan", "efternamn": "Rönnstig", "personnummer": "198803149809"},
        samordnad={
            "fornamn": "Hodan", "efternamn": "Berg", "personnummer": "198803742382",
            "nummertyp": "samordningsnummer", "fodelsedatum": DAG,
        },
        utan={"fornamn": "Hodan", "efternamn": "Ek", "personnummer": None, "fodelsedatum": DAG},
        tvilling={"fornamn": "Åsa", "efternamn": "Rönnstig", "personnummer": "198803142382"},
        annan_dag={"fornamn": "Hodan", "efternamn": "Rönnstig", "personnummer": "197902289804"},
    )  # fmt: skip
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_tidigare_nummer(
            work.session,
            deltagare_id=ids["annan_dag"],
            personnummer="198803742390",
            nummertyp="samordningsnummer",
        )
    by_day = [(ids[name], Skal.SAMMA_DAG) for name in ("hodan", "samordnad", "utan")]
    assert find(store, Sokt(fodelsedatum=DAG, fornamn="Hodann")) == by_day
    assert find(store, Sokt(fodelsedatum=DAG)) == []
    number = Sokt("198803149809", DAG, "Hodan", "Rönnstig")
    assert find(store, number) == [(ids["hodan"], Skal.SAMMA_NUMMER), *by_day[1:]]
    assert find(store, number, ids["hodan"]) == by_day[1:]
    assert find(store, Sokt("198803742390")) == [(ids["annan_dag"], Skal.TIDIGARE_NUMMER)]
    named = [(ids[name], Skal.SAMMA_NAMN) for name in ("hodan", "annan_dag")]
    assert find(store, Sokt(fornamn="hodan", efternamn="RÖNNSTIG")) == named
    assert find(store, Sokt(fornamn="Rönnstig", efternamn="Hodan")) == named
    assert find(store, Sokt(fodelsedatum=date(1970, 1, 1), fornamn="Hodan", efternamn="Rönnstig")) == []
    assert find(store, Sokt(fodelsedatum=date(1970, 1, 1), fornamn="Hodan", efternamn="Ek")) == []
    assert find(store, Sokt()) == []


def test_a_name_without_a_day_may_be_anybodys(store: Store) -> None:
    ids = fill(
        store, utan={"fornamn": "Hodan", "efternamn": "Ek", "personnummer": None, "fodelsedatum": None}
    )
    assert find(store, Sokt(fodelsedatum=DAG, fornamn="Hodan", efternamn="Ek")) == [
        (ids["utan"], Skal.SAMMA_NAMN)
    ]


def test_protected_people_are_masked_or_not_there(store: Store) -> None:
    protected = {"fornamn": "Ebba", "efternamn": "Hemlig", "skyddad": "sekretessmarkering"}
    ids = fill(
        store,
        min={**protected, "personnummer": "198803149809"},
        utan_arende={**protected, "personnummer": "198803142382"},
        annans={**protected, "personnummer": "198803142390"},
    )

    def name_elin(session: Session) -> None:
        make.make_arende(session, deltagare_id=ids["min"], handlaggare="elin", nummer="Ä-1")
        make.make_inskrivning(session, deltagare_id=ids["utan_arende"], koordinator="elin")

    with store.unit_of_work(SYSTEM, "test") as work:
        name_elin(work.session)
    with store.read(ELIN) as session:
        rows = find_dubbletter(session, ELIN, Sokt(None, DAG, "Ebba"))
        assert find_dubbletter(session, ELIN, Sokt("198803142390", DAG)) == ()
    assert rows == (
        DubblettRow(ids["min"], "Skyddad identitet Ä-1", "", None, Skal.SAMMA_DAG, True),
        DubblettRow(ids["utan_arende"], "Skyddad identitet", "", None, Skal.SAMMA_DAG, True),
    )


def test_what_is_told_of_a_double(store: Store) -> None:
    ids = fill(
        store,
        hodan={"fornamn": "Hodan", "efternamn": "Rönnstig", "personnummer": "198803149809"},
        utan={"fornamn": "Hodan", "efternamn": "Ek", "personnummer": None, "fodelsedatum": DAG},
    )
    with store.read(ELIN) as session:
        rows = find_dubbletter(session, ELIN, Sokt("198803149809", DAG, "Hodan", "Ek"))
    assert rows == (
        DubblettRow(ids["hodan"], "Hodan Rönnstig", "19880314-9809", DAG, Skal.SAMMA_NUMMER),
        DubblettRow(ids["utan"], "Hodan Ek", "", DAG, Skal.SAMMA_DAG),
    )


def test_few_are_shown_by_few_statements(store: Store) -> None:
    person = {"fornamn": "Hodan", "efternamn": "Ek", "personnummer": None, "fodelsedatum": DAG}
    fill(store, **{f"p{n}": person for n in range(MOST + 2)})
    with store.read(ELIN) as session, sent_statements(store) as sent:
        assert len(find_dubbletter(session, ELIN, Sokt("198803149809", DAG, "Hodan", "Ek"))) == MOST
    assert len(sent) == 4
