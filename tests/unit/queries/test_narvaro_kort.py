"""A person's attendance over time: by insats and week, what is missing, and series."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from db.errors import NotFoundError
from db.queries.narvaro_kort import Antal, NarvaroKort, read_narvaro_kort
from db.rules.narvaro import Andel, Serie
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill

DAG = date(2024, 6, 3)  # a Monday
WORDS = {"n": "närvarande", "g": "giltig frånvaro", "o": "ogiltig frånvaro", "s": "sjuk"}


def days(count: int) -> date:
    return DAG + timedelta(count)


def mark(session: Session, insats_id: int, first: int, letters: str, pass_: str = "") -> None:
    for place, letter in enumerate(letters, start=first):
        if letter in WORDS:
            make.make_narvaro(
                session, insats_id=insats_id, datum=days(place), pass_=pass_, status=WORDS[letter]
            )


def read(store: Store, deltagare_id: int) -> NarvaroKort:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = read_narvaro_kort(session, ELIN, deltagare_id, DAG)
    assert len(sent) == 4
    return found


def test_insatser_and_weeks_the_latest_first(store: Store) -> None:
    def act(s: Session) -> tuple[int, int, int]:
        ik = make.make_inskrivning(s)
        old = make.make_insats(s, inskrivning_id=ik.id, typ="sfi", start=days(-60), slut=days(-18)).id
        new = make.make_insats(s, inskrivning_id=ik.id, start=days(-20)).id
        make.make_insats(s, inskrivning_id=ik.id, start=days(-20))  # of which nothing is kept
        mark(s, old, -21, "nnooo")  # the last day of it is Thursday: Friday lies outside
        mark(s, new, -14, "ns.g")
        make.make_narvaro(s)  # somebody else's
        return ik.deltagare_id, old, new

    person, old, new = fill(store, act)
    found = read(store, person)
    assert [(i.insats_id, i.typ, i.antal) for i in found.insatser] == [
        (new, "arbetsträning", Antal(1, 1, 0, 1, saknas=7)), (old, "sfi", Antal(2, 0, 3)),
    ]  # fmt: skip
    assert [(v.insats_id, (v.mandag - DAG).days, v.antal.saknas) for v in found.veckor] == [
        (new, -7, 5), (new, -14, 2), (old, -21, 0),
    ]  # fmt: skip
    assert found.veckor[0].key == (days(-7), new)
    assert found.insatser[0].antal.andel == Andel(1, 3)
    assert found.insatser[1].serier == (Serie(days(-19), days(-17), 3),)
    assert found.insatser[1].pagaende == Serie(days(-19), days(-17), 3)


def test_a_series_that_was_broken_no_longer_runs(store: Store) -> None:
    def act(s: Session) -> int:
        ik = make.make_inskrivning(s)
        mark(s, make.make_insats(s, inskrivning_id=ik.id).id, -14, "ooon")
        return int(ik.deltagare_id)

    (insats,) = read(store, fill(store, act)).insatser
    assert [serie.dagar for serie in insats.serier] == [3]
    assert insats.pagaende is None


def test_a_schema_says_what_is_missing_before_anything_is_registered(store: Store) -> None:
    def act(s: Session) -> int:
        ik = make.make_inskrivning(s)
        insats = make.make_insats(s, inskrivning_id=ik.id).id
        for pass_ in ("fm", "em"):
            make.make_narvaroschema(s, insats_id=insats, veckodag=2, pass_=pass_)
        return int(ik.deltagare_id)

    person = fill(store, act)
    found = read(store, person)
    # Every Tuesday from the start, 8 January, to yesterday.
    assert found.insatser[0].antal == Antal(saknas=42)
    assert [v.mandag for v in found.veckor] == [days(-7 * week) for week in range(1, 22)]


def test_with_a_schema_what_was_before_the_first_row_is_missing_too(store: Store) -> None:
    def act(s: Session) -> int:
        ik = make.make_inskrivning(s)
        insats = make.make_insats(s, inskrivning_id=ik.id, start=days(-14)).id
        for veckodag in range(1, 6):
            make.make_narvaroschema(s, insats_id=insats, veckodag=veckodag, pass_="")
        mark(s, insats, -7, "n")
        return int(ik.deltagare_id)

    assert read(store, fill(store, act)).insatser[0].antal == Antal(1, saknas=9)


def test_what_was_never_ended_is_missing_no_longer_than_its_inskrivning(store: Store) -> None:
    """As an insats without end from before that was refused in a closed inskrivning."""

    def act(s: Session) -> int:
        ik = make.make_inskrivning(s, avslutad=days(-12))
        mark(s, make.make_insats(s, inskrivning_id=ik.id, start=days(-20)).id, -14, "n")
        return int(ik.deltagare_id)

    assert read(store, fill(store, act)).insatser[0].antal == Antal(1, saknas=2)


def test_passes_ahead_of_the_day_are_told_but_not_missed(store: Store) -> None:
    def act(s: Session) -> int:
        ik = make.make_inskrivning(s)
        mark(s, make.make_insats(s, inskrivning_id=ik.id).id, 0, "g.g")
        return int(ik.deltagare_id)

    assert read(store, fill(store, act)).insatser[0].antal == Antal(0, 2)


def test_nobody_reads_of_a_person_they_may_not_know(store: Store) -> None:
    hidden = fill(store, lambda s: make.make_deltagare(s, skyddad="sekretessmarkering"))
    with store.read(EVA) as session, pytest.raises(NotFoundError):
        read_narvaro_kort(session, EVA, hidden.id, DAG)
