"""The week of an enhet or a handläggare: who is in it, which passes, shares, series, and what is hidden."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.errors import NotFoundError
from db.models import Insats, Inskrivning
from db.queries.narvaro import NarvaroVeckaRow, Urval, find_urval, list_narvaro_val, list_vecka
from db.rules.narvaro import Andel, Serie
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, fill

MANDAG = date(2024, 6, 3)
BO = Aktor("bo", "Bo", Roll.KOORDINATOR)
NOBODY = Aktor("", "", Roll.HANDLAGGARE)
N, G, O, S = "närvarande", "giltig frånvaro", "ogiltig frånvaro", "sjuk"  # noqa: E741 - the keys


def days(count: int) -> date:
    return MANDAG + timedelta(count)


def rows(store: Store, urval: Urval, dag: date = MANDAG, aktor: Aktor = ELIN) -> tuple[NarvaroVeckaRow, ...]:
    with store.read(aktor) as session:
        return list_vecka(session, aktor, urval, dag)


def place(session: Session, enhet_id: int | None, efternamn: str = "Åkesson", **values: Any) -> int:
    """An insats of somebody of Elin's at an enhet."""
    skyddad = values.pop("skyddad", "nej")
    koordinator = values.pop("koordinator", "elin")
    person = make.make_deltagare(session, efternamn=efternamn, skyddad=skyddad)
    ik = make.make_inskrivning(session, deltagare_id=person.id, koordinator=koordinator)
    return int(make.make_insats(session, inskrivning_id=ik.id, enhet_id=enhet_id, **values).id)


def mark(session: Session, insats_id: int, *marks: tuple[int, str, str]) -> None:
    for day, pass_, status in marks:
        make.make_narvaro(
            session, insats_id=insats_id, datum=days(day), pass_=pass_, status=status, minuter=None
        )


def enhet(store: Store, namn: str = "Återbruket") -> int:
    return int(fill(store, lambda s: make.make_enhet(s, namn=namn).id))


def passes(row: NarvaroVeckaRow) -> list[tuple[int, str, bool, str]]:
    return [((p.datum - MANDAG).days, p.pass_, p.planerad, p.status) for p in row.passes]


def test_who_is_at_the_enhet_that_week(store: Store) -> None:
    here, there = enhet(store), enhet(store, "Köket")

    def act(s: Session) -> list[int]:
        place(s, there)
        place(s, here, start=days(7))
        place(s, here, start=days(-30), slut=days(-1))
        place(s, None)
        return [
            place(s, here, "Östlund", start=days(6), omfattning=50), place(s, here, "Berg", slut=days(0)),
            place(s, here, "Åberg", koordinator="bo"),
        ]  # fmt: skip

    ostlund, berg, aberg = fill(store, act)
    found = rows(store, Urval(here), days(3))
    assert [row.insats_id for row in found] == [berg, aberg, ostlund]
    assert (found[0].person.namn, found[0].typ, found[0].enhet) == (
        "Anna Berg",
        "arbetsträning",
        "Återbruket",
    )
    assert (found[0].start, found[0].slut, found[2].omfattning) == (make.START, days(0), 50)
    assert passes(found[0]) == [(0, "", True, "")]
    assert passes(found[2]) == []  # begins on a Sunday


def test_the_week_of_a_handlaggare(store: Store) -> None:
    here = enhet(store)

    def act(s: Session) -> list[int]:
        place(s, here, koordinator="")
        bo = place(s, here, koordinator="bo")
        person = make.make_deltagare(s)
        make.make_arende(s, deltagare_id=person.id, handlaggare="elin", avslutat=days(0))
        ik = make.make_inskrivning(s, deltagare_id=person.id, koordinator="bo")
        both = make.make_insats(s, inskrivning_id=ik.id).id
        return [place(s, None, "Berg"), both, bo]

    own, both, bo = fill(store, act)
    assert {row.insats_id for row in rows(store, Urval(signatur="elin"))} == {own, both}
    assert {row.insats_id for row in rows(store, Urval(signatur="bo"))} == {bo, both}
    # The ärende was closed that week: the next one it is nobody's.
    assert {row.insats_id for row in rows(store, Urval(signatur="elin"), days(7))} == {own}
    assert rows(store, Urval(signatur=""), aktor=NOBODY) == ()


def test_passes_are_planned_or_registered(store: Store) -> None:
    here = enhet(store)

    def act(s: Session) -> None:
        insats = place(s, here)
        for veckodag, pass_ in ((1, "fm"), (1, "em"), (2, "fm"), (3, "fm"), (3, "em"), (4, "")):
            make.make_narvaroschema(s, insats_id=insats, veckodag=veckodag, pass_=pass_)
        # Extra on Monday evening none; Tuesday em and Sunday are not planned, Wednesday came whole.
        mark(s, insats, (0, "em", S), (1, "em", N), (2, "", G), (3, "fm", O), (6, "", N), (7, "", N))

    fill(store, act)
    (row,) = rows(store, Urval(here))
    assert row.delad
    assert passes(row) == [
        (0, "fm", True, ""), (0, "em", True, S), (1, "fm", True, ""), (1, "em", False, N), (2, "", True, G),
        (3, "fm", True, O), (6, "", False, N),
    ]  # fmt: skip
    assert (row.vecka, row.totalt) == (Andel(2, 5), Andel(3, 6))


def test_a_note_comes_with_its_pass(store: Store) -> None:
    here = enhet(store)

    def act(s: Session) -> None:
        make.make_narvaro(s, insats_id=place(s, here), datum=MANDAG, status=G, notering="Läkarbesök")

    fill(store, act)
    (row,) = rows(store, Urval(here))
    assert (row.passes[0].status, row.passes[0].notering) == (G, "Läkarbesök")
    assert not row.delad


@pytest.mark.parametrize(
    ("before", "week", "serie"),
    [
        ("", "ooo", (0, 2, 3)),
        ("", "oo", None),
        ("oo", "o", (-2, 0, 3)),
        ("ooo", "", (-3, -1, 3)),
        ("noo", "o", (-2, 0, 3)),
        ("ooo", "n", None),
        ("oon", "oo", None),
        ("ooo", "nooo", (1, 3, 3)),
        ("", "ooon", (0, 2, 3)),
    ],
)
def test_series_that_reach_into_the_week(
    store: Store, before: str, week: str, serie: tuple[int, int, int] | None
) -> None:
    here, words = enhet(store), {"o": O, "n": N}

    def act(s: Session) -> None:
        insats = place(s, here)
        for place_, letter in enumerate(before + week, start=-len(before)):
            mark(s, insats, (place_, "", words[letter]))
        mark(s, place(s, here, "Öberg"), (-1, "", O), (0, "", N))

    fill(store, act)
    expected = serie and Serie(days(serie[0]), days(serie[1]), serie[2])
    assert [row.serie for row in rows(store, Urval(here))] == [expected, None]


def test_protected_people_are_seen_by_those_named_and_come_last(store: Store) -> None:
    here = enhet(store)

    def act(s: Session) -> int:
        place(s, here, "Örn")
        place(s, here, "Alm", skyddad="fingerade uppgifter", koordinator="bo")
        mine = place(s, here, "Alm", skyddad="sekretessmarkering")
        make.make_narvaro(s, insats_id=mine, datum=MANDAG, notering="Bor hos Åsa")
        return mine

    mine = fill(store, act)
    with store.unit_of_work(SYSTEM, "test") as work:
        insats = work.session.get_one(Insats, mine)
        person = work.session.get_one(Inskrivning, insats.inskrivning_id).deltagare_id
        make.make_arende(work.session, deltagare_id=person, nummer="Ä-9")
    found = rows(store, Urval(here))
    assert [(r.person.namn, r.person.nummer != "", r.enhet) for r in found] == [
        ("Anna Örn", True, "Återbruket"), ("Skyddad identitet", False, "")
    ]  # fmt: skip
    (own,) = [row for row in rows(store, Urval(signatur="elin")) if row.person.is_masked]
    assert (own.person.nummer, own.enhet) == ("Ä-9", "")
    assert (own.passes[0].status, own.passes[0].notering) == (N, "")


def test_an_insats_leads_to_its_week(store: Store) -> None:
    here = enhet(store)

    def act(s: Session) -> list[int]:
        return [
            place(s, here), place(s, None, koordinator="bo"), place(s, here, skyddad="sekretessmarkering"),
            place(s, here, skyddad="sekretessmarkering", koordinator="bo"),
        ]  # fmt: skip

    at_enhet, without, own, hidden = fill(store, act)
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            assert find_urval(session, ELIN, at_enhet) == Urval(here)
        assert len(sent) == 1
        assert find_urval(session, ELIN, without) == Urval(signatur="bo")
        assert find_urval(session, ELIN, own) == Urval(signatur="elin")
        for insats_id in (hidden, 404):
            with pytest.raises(NotFoundError):
                find_urval(session, ELIN, insats_id)


def test_what_can_be_chosen(store: Store) -> None:
    here, there = enhet(store, "Örtagården"), enhet(store, "Atlas")

    def act(s: Session) -> None:
        make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
        make.make_medarbetare(s, signatur="bo", namn="Åsa Bo", roll="koordinator")
        make.make_medarbetare(s, signatur="al", namn="Alma")
        make.make_medarbetare(s, signatur="chef", namn="Chefen", roll="chef")
        make.make_medarbetare(s, signatur="slut", namn="Slutat", aktiv=False)

    fill(store, act)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        val = list_narvaro_val(session, ELIN)
    assert val.enheter == ((there, "Atlas"), (here, "Örtagården"))
    assert val.medarbetare == (("elin", "Elin Måsvik"), ("al", "Alma"), ("bo", "Åsa Bo"))
    assert len(sent) == 2


@pytest.mark.parametrize("people", [1, 12])
def test_the_number_of_statements_is_fixed(store: Store, people: int) -> None:
    here = enhet(store)

    def act(s: Session) -> None:
        for number in range(people):
            insats = place(s, here, skyddad="nej" if number else "sekretessmarkering")
            make.make_narvaroschema(s, insats_id=insats)
            mark(s, insats, (-1, "", O), (0, "fm", O))

    fill(store, act)
    for urval, count in ((Urval(here), 5), (Urval(signatur="elin"), 7)):
        with store.read(ELIN) as session, sent_statements(store) as sent:
            assert len(list_vecka(session, ELIN, urval, MANDAG)) == people
        assert len(sent) == count
