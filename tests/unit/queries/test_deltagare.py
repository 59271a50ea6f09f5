"""The list and the search: what is found, by what, in which order, and what may not be found."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries import deltagare
from db.queries.deltagare import ALLA, DeltagareRow, Page, Urval, search_deltagare
from db.rules.aktivitetskrav import Status
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.registers import SqliteRegisters
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
BO = Aktor("bo", "Bo Ek", Roll.KOORDINATOR)
NAMNLOS = Aktor("", "Ingen", Roll.HANDLAGGARE)

Fill = Callable[..., None]


@pytest.fixture
def fill(store: Store) -> Fill:
    def fill(*people: dict[str, Any], act: Callable[[Session], None] | None = None) -> None:
        with store.unit_of_work(SYSTEM, "test") as work:
            for person in people:
                make.make_deltagare(work.session, **person)
            if act:
                act(work.session)

    return fill


def search(store: Store, text: str, aktor: Aktor = ELIN, **more: Any) -> Page:
    with store.read(aktor) as session:
        return search_deltagare(session, aktor, text, DAG, **more)


def names(store: Store, text: str, aktor: Aktor = ELIN, **more: Any) -> list[str]:
    return [row.namn for row in search(store, text, aktor, **more).rows]


def person(namn: str, **more: Any) -> dict[str, Any]:
    fornamn, efternamn = namn.split(" ", 1)
    return {"fornamn": fornamn, "efternamn": efternamn, **more}


def test_the_whole_list_is_in_swedish_order(store: Store, fill: Fill) -> None:
    fill(
        *map(person, ["Bo Öberg", "Bo Ärlig", "Bo Åberg", "Bo Zachrisson", "Ada Åberg", "Bo Eklund", "Bo Ek"])
    )
    assert names(store, "") == [
        "Bo Ek", "Bo Eklund", "Bo Zachrisson", "Ada Åberg", "Bo Åberg", "Bo Ärlig", "Bo Öberg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("åsa", ["Åsa Berg"]),
        ("ÅSA", ["Åsa Berg"]),
        ("asa", ["Asa Berg"]),
        ("ös", ["Örjan Östlund"]),
        ("os", ["Hans Ost"]),
        ("ber", ["Asa Berg", "Åsa Berg"]),
        ("ber ås", ["Åsa Berg"]),
        ("  ås   BERG ", ["Åsa Berg"]),
        ("erg", []),
        ("åsa x", []),
        ("müller", ["Ann-Sofie Müller"]),
        ("muller", ["Ann-Sofie Müller"]),
        ("sof mul", ["Ann-Sofie Müller"]),
        ("ann-sofie", ["Ann-Sofie Müller"]),
        ("%", []),
        ("_", []),
        ("% %", []),
    ],
)
def test_every_word_begins_a_word_of_the_name(store: Store, fill: Fill, text: str, found: list[str]) -> None:
    fill(*map(person, ["Åsa Berg", "Asa Berg", "Örjan Östlund", "Hans Ost", "Ann-Sofie Müller"]))
    assert names(store, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "198803149809",
        "19880314-9809",
        "880314-9809",
        "8803149809",
        "19880314",
        "880314",
        "1988",
        "88",
        "880314-98",
    ],
)
def test_a_number_is_found_in_any_form(store: Store, fill: Fill, text: str) -> None:
    fill(
        person("Hodan Rönn", personnummer="198803149809"),
        person("Yusuf Tall", personnummer="200105119812", kon="M"),
    )
    assert names(store, text) == ["Hodan Rönn"]


def test_an_earlier_number_still_finds_the_person_once(store: Store, fill: Fill) -> None:
    def rename(session: Session) -> None:
        person_ = make.make_deltagare(session, fornamn="Hodan", efternamn="Rönn", personnummer="198803149809")
        for number in ("198803749809", "198803749817"):
            make.make_tidigare_nummer(
                session, deltagare_id=person_.id, personnummer=number, nummertyp="samordningsnummer"
            )

    fill(act=rename)
    assert names(store, "880374-9809") == ["Hodan Rönn"]
    assert names(store, "880374") == ["Hodan Rönn"]
    assert names(store, "8803") == ["Hodan Rönn"]


def test_an_arende_is_found_by_its_beginning_once_a_person(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        hodan = make.make_deltagare(session, fornamn="Hodan", efternamn="Rönn")
        other = make.make_deltagare(session, fornamn="Älva", efternamn="Ek")
        make.make_arende(session, deltagare_id=hodan.id, nummer="Ä-2026-0417")
        make.make_arende(session, deltagare_id=hodan.id, nummer="Ä-2026-0418")
        make.make_arende(session, deltagare_id=other.id, nummer="B-1")

    fill(act=cases)
    assert names(store, "Ä-2026-04") == ["Hodan Rönn"]
    assert names(store, "ä-2026-0417") == ["Hodan Rönn"]
    assert names(store, "Ä") == ["Hodan Rönn", "Älva Ek"] or names(store, "Ä") == ["Älva Ek", "Hodan Rönn"]
    assert names(store, "2026") == []


def test_notes_contact_and_place_are_not_searched(store: Store, fill: Fill) -> None:
    fill(person("Hodan Rönn", telefon="070-1740635", epost="kontakt@example.com", omrade="Fröslunda"))
    for text in ("070-1740635", "kontakt@example.com", "Fröslunda"):
        assert names(store, text) == []


def pages(
    store: Store, text: str, limit: int, aktor: Aktor = ELIN, urval: Urval = ALLA
) -> list[DeltagareRow]:
    found: list[DeltagareRow] = []
    after = None
    while True:
        page = search(store, text, aktor, limit=limit, after=after, urval=urval)
        assert len(page.rows) <= limit
        found += page.rows
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_hold_everybody_once(store: Store, fill: Fill, limit: int) -> None:
    def more(session: Session) -> None:
        for i in range(4):
            secret = make.make_deltagare(session, efternamn="Andersson", skyddad="sekretessmarkering")
            make.make_arende(session, deltagare_id=secret.id, handlaggare="elin", nummer=f"S-{i}")

    fill(*(person(f"Anders Andersson{i % 3}") for i in range(7)), act=more)
    for text in ("", "and"):
        rows = pages(store, text, limit)
        assert len(rows) == len({row.id for row in rows}) == 11
        assert [row.is_masked for row in rows] == [True] * 4 + [False] * 7


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_numbers_page_too(store: Store, fill: Fill, limit: int) -> None:
    def more(session: Session) -> None:
        for i in range(3):
            someone = make.make_deltagare(session, personnummer=f"19880314980{i}")
            make.make_tidigare_nummer(session, deltagare_id=someone.id, personnummer=f"20880314980{i}")
            make.make_arende(session, deltagare_id=someone.id, nummer=f"88{i}")
        other = make.make_deltagare(session, personnummer="199001019802")
        make.make_tidigare_nummer(session, deltagare_id=other.id, personnummer="198801019806")
        make.make_arende(session, deltagare_id=make.make_deltagare(session).id, nummer="88x")

    fill(act=more)
    rows = pages(store, "88", limit)
    assert len(rows) == len({row.id for row in rows})
    assert len(rows) >= 5


def protect(session: Session) -> None:
    secret = make.make_deltagare(
        session,
        fornamn="Hodan",
        efternamn="Rönnstig",
        personnummer="198803149809",
        skyddad="sekretessmarkering",
    )
    make.make_arende(session, deltagare_id=secret.id, handlaggare="elin", nummer="Ä-1")
    make.make_inskrivning(session, deltagare_id=secret.id, koordinator="bo")


@pytest.mark.parametrize("text", ["", "hodan", "Rönn", "19880314-9809", "Ä-1"])
@pytest.mark.parametrize("stranger", [Aktor("eva", "Eva", Roll.CHEF), NAMNLOS, SYSTEM])
def test_a_protected_person_is_found_by_nobody_else(
    store: Store, fill: Fill, text: str, stranger: Aktor
) -> None:
    fill(act=protect)
    assert search(store, text, stranger).rows == ()
    assert search(store, text, stranger, urval=Urval(mina=True)).rows == ()


@pytest.mark.parametrize("text", ["", "hodan", "Rönn", "19880314-9809", "Ä-1"])
@pytest.mark.parametrize("named", [ELIN, BO])
@pytest.mark.parametrize("mina", [False, True])
def test_staff_named_for_a_protected_person_sees_only_the_arende(
    store: Store, fill: Fill, text: str, named: Aktor, mina: bool
) -> None:
    fill(act=protect)
    (row,) = search(store, text, named, urval=Urval(mina=mina)).rows
    assert (row.namn, row.arende, row.is_masked) == ("Skyddad identitet", "Ä-1", True)
    assert (row.personnummer, row.alder, row.kon) == ("", None, None)
    assert "Rönnstig" not in repr(row)


def test_an_unnamed_arende_is_not_the_nameless_users(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        someone = make.make_deltagare(session, skyddad="fingerade uppgifter")
        make.make_arende(session, deltagare_id=someone.id, handlaggare="")

    fill(act=cases)
    assert search(store, "", NAMNLOS).rows == ()


def test_mina_are_those_with_something_open(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        for namn, handlaggare, avslutat in (("Ett", "elin", None), ("Två", "elin", DAG), ("Tre", "bo", None)):
            someone = make.make_deltagare(session, fornamn=namn, efternamn="X")
            make.make_arende(session, deltagare_id=someone.id, handlaggare=handlaggare, avslutat=avslutat)

    fill(act=cases)
    assert names(store, "", urval=Urval(mina=True)) == ["Ett X"]
    assert names(store, "två", urval=Urval(mina=True)) == []


def test_pagaende_are_those_inskrivna_on_the_day(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        for namn, inskriven, avslutad in (
            ("Nu", DAG, None),
            ("Sista", date(2024, 1, 1), DAG),
            ("Slutat", date(2024, 1, 1), DAG - timedelta(1)),
            ("Snart", DAG + timedelta(1), None),
        ):
            someone = make.make_deltagare(session, fornamn=namn, efternamn="X")
            make.make_inskrivning(session, deltagare_id=someone.id, inskriven=inskriven, avslutad=avslutad)
        make.make_deltagare(session, fornamn="Aldrig", efternamn="X")

    fill(act=cases)
    assert names(store, "", urval=Urval(pagaende=True)) == ["Nu X", "Sista X"]


def test_by_the_steg_where_people_stand_now(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        for namn, steg in (
            ("Nu", (("Kartläggning", DAG - timedelta(9)), ("Insats", DAG))),
            ("Vidare", (("Insats", DAG - timedelta(9)), ("Matchning", DAG))),
            ("Samma dag", (("Kartläggning", DAG), ("Insats", DAG))),
            ("Snart", (("Kartläggning", DAG), ("Insats", DAG + timedelta(1)))),
        ):
            someone = make.make_deltagare(session, fornamn=namn, efternamn="X")
            stay = make.make_inskrivning(session, deltagare_id=someone.id, inskriven=date(2024, 1, 1))
            for name, fran in steg:
                make.make_stegperiod(session, inskrivning_id=stay.id, steg=name, fran=fran)

    fill(act=cases)
    assert names(store, "", urval=Urval(steg="Insats")) == ["Nu X", "Samma dag X"]
    assert names(store, "nu", urval=Urval(steg="Matchning")) == []


@pytest.mark.parametrize("near", [1, 4, 9, 1000])
def test_a_rare_steg_is_found_whole_and_in_order(
    store: Store, fill: Fill, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every third stands in Matchning, far into the alphabet too; the pages are the same wherever the walk
    through it gives up."""
    monkeypatch.setattr(deltagare, "NEAR", near)

    def cases(session: Session) -> None:
        for number in range(24):
            skyddad = "sekretessmarkering" if number == 3 else "nej"
            someone = make.make_deltagare(
                session, fornamn="Bo", efternamn=f"X{chr(97 + number)}", skyddad=skyddad
            )
            make.make_arende(session, deltagare_id=someone.id, handlaggare="elin")
            steg = [("Kartläggning", DAG - timedelta(9))]
            if number % 3 == 0:
                steg.append(("Matchning", DAG - timedelta(9 if number % 2 else 3)))
            if number == 21:
                steg.append(("Uppföljning", DAG))
            stay = make.make_inskrivning(session, deltagare_id=someone.id, inskriven=date(2024, 1, 1))
            for name, fran in steg:
                make.make_stegperiod(session, inskrivning_id=stay.id, steg=name, fran=fran)
            if number == 18:  # enrolled twice: the later one is shown
                make.make_inskrivning(session, deltagare_id=someone.id, inskriven=date(2024, 2, 1))

    fill(act=cases)
    expected = ["Skyddad identitet", "Bo Xa", "Bo Xg", "Bo Xj", "Bo Xm", "Bo Xp"]
    for limit in (2, 3, 50):
        found: list[str] = []
        page = search(store, "", urval=Urval(steg="Matchning"), limit=limit)
        found += [row.namn for row in page.rows]
        while page.after is not None:
            with sent_statements(store) as sent:
                page = search(store, "", urval=Urval(steg="Matchning"), limit=limit, after=page.after)
            found += [row.namn for row in page.rows]
            assert len(sent) <= 13
        assert found == expected
    assert names(store, "", urval=Urval(steg="Finns inte")) == []
    assert names(store, "", urval=Urval(steg="Matchning", mina=True)) == expected
    assert names(store, "xp", urval=Urval(steg="Matchning")) == ["Bo Xp"]


def test_by_the_enhet_where_nobody_is_protected(store: Store, fill: Fill) -> None:
    """Hodan is there now, Bo was; where Amira is nobody finds out, also not whoever is named for her."""
    at: list[int] = []

    def cases(session: Session) -> None:
        at.append(make.make_enhet(session, namn="Återbruket").id)
        for namn, slut, skyddad in (
            ("Hodan", None, "nej"), ("Bo", DAG - timedelta(1), "nej"), ("Amira", None, "sekretessmarkering"),
        ):  # fmt: skip
            someone = make.make_deltagare(session, fornamn=namn, efternamn="X", skyddad=skyddad)
            stay = make.make_inskrivning(session, deltagare_id=someone.id, koordinator="elin")
            make.make_insats(
                session, inskrivning_id=stay.id, enhet_id=at[0], start=date(2024, 3, 1), slut=slut
            )

    fill(act=cases)
    assert names(store, "", urval=Urval(enhet_id=at[0])) == ["Hodan X"]
    assert names(store, "", urval=Urval(mina=True, enhet_id=at[0], pagaende=True)) == ["Hodan X"]
    assert names(store, "", urval=Urval(enhet_id=at[0] + 1)) == []


def test_a_row_tells_where_the_person_stands(store: Store, fill: Fill) -> None:
    def cases(session: Session) -> None:
        make.make_medarbetare(session, signatur="elin", namn="Elin Måsvik")
        hodan = make.make_deltagare(
            session,
            fornamn="Hodan",
            efternamn="Rönn",
            personnummer="198803149809",
            fodelsedatum=date(1988, 3, 14),
        )
        make.make_arende(session, deltagare_id=hodan.id, nummer="Ä-0", avslutat=date(2024, 2, 1))
        make.make_arende(
            session, deltagare_id=hodan.id, nummer="Ä-1", ansokan=date(2024, 5, 20), beslut=date(2024, 5, 27),
            handlaggare="elin",
        )  # fmt: skip
        inskrivning = make.make_inskrivning(session, deltagare_id=hodan.id)
        make.make_stegperiod(
            session, inskrivning_id=inskrivning.id, steg="Kartläggning", fran=date(2024, 1, 8)
        )
        make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Insats", fran=date(2024, 3, 1))
        make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Matchning", fran=date(2024, 9, 1))
        enhet = make.make_enhet(session, namn="Återbruket")
        make.make_insats(
            session,
            inskrivning_id=inskrivning.id,
            typ="vägledning",
            start=date(2024, 3, 1),
            enhet_id=enhet.id,
            planerat_slut=date(2024, 8, 1),
        )
        make.make_insats(session, inskrivning_id=inskrivning.id, start=date(2024, 7, 1))

    fill(act=cases)
    (row,) = search(store, "Ä-1").rows
    assert (row.namn, row.personnummer, row.alder, row.kon) == ("Hodan Rönn", "19880314-9809", 36, "K")
    assert (row.arende, row.handlaggare, row.koordinator) == ("Ä-1", "Elin Måsvik", "bo")
    assert (row.steg, row.steg_fran) == ("Insats", date(2024, 3, 1))
    assert (row.insats, row.enhet, row.insats_slut) == ("vägledning", "Återbruket", date(2024, 8, 1))
    assert row.krav is not None
    assert (row.krav.bedomning.status, row.krav.bedomning.frist) == (Status.PAGAR, date(2024, 6, 10))


@pytest.mark.parametrize(("text", "most"), [("", 9), ("and", 9), ("anders andersson", 10), ("1988", 9)])
def test_the_number_of_statements_does_not_grow(store: Store, fill: Fill, text: str, most: int) -> None:
    def cases(session: Session) -> None:
        for _ in range(12):
            someone = make.make_deltagare(session, fornamn="Anders", efternamn="Andersson")
            make.make_arende(session, deltagare_id=someone.id)
            inskrivning = make.make_inskrivning(session, deltagare_id=someone.id)
            make.make_insats(session, inskrivning_id=inskrivning.id)

    fill(act=cases)
    counts = []
    for limit in (2, 10):
        with sent_statements(store) as sent:
            search(store, text, limit=limit)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize("text", ["", "and", "19880314", "Ä-12", "anders andersson"])
def test_a_page_is_read_from_an_index(register_files: SqliteRegisters, text: str) -> None:
    with register_files.for_one_test() as new:
        store = new()
        with sent_statements(store) as sent:
            search(store, text)
        (query,) = [s for s in sent if "UNION ALL" in s]
        with store.read(SYSTEM) as session:
            plan = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query}", ("",) * query.count("?")
            )
            details = [str(row[3]) for row in plan]
    tables = ("deltagare", "sokord", "arende", "tidigare_nummer")
    assert [d for d in details if d.startswith("SCAN") and d.split()[1] in tables and "USING" not in d] == []
