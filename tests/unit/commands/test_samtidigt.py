"""Two who check the same thing at the same moment do not both save: the second sees what the first did."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.commands import arende, avslut, deltagare, insats, massa, mote, planering, steg
from db.commands.arende import ArendeUppgifter, create_arende, update_arende
from db.commands.avslut import AvslutUppgifter, close_inskrivning
from db.commands.deltagare import NyDeltagare, create_deltagare
from db.commands.findings import Saved
from db.commands.inledning import NyInskrivning
from db.commands.insats import InsatsUppgifter, update_insats
from db.commands.massa import MassaSparad, create_many_moten
from db.commands.mote import MoteUppgifter, create_mote, update_mote
from db.commands.osa_overgang import OvergangUppgifter, move_from_osa
from db.commands.person import PersonUppgifter
from db.commands.planering import PlaneringUppgifter, Steguppgifter, save_planering, tick_steg
from db.commands.steg import StegUppgifter, move_steg, update_steg
from db.commands.undantag import UndantagUppgifter, create_undantag, update_undantag
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError
from db.models import (
    Arende,
    Insats,
    Insatstyp,
    Inskrivning,
    Mote,
    Planering,
    Planeringssteg,
    Steg,
    Stegperiod,
)
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.two import run_two
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill


def steg_id(store: Store, namn: str) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(Steg.id).where(Steg.namn == namn)).one()


def test_two_first_plans_are_one_and_a_conflict(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ik = fill(store, make.make_inskrivning).id
    none = PlaneringUppgifter(ik, "")
    kock, bagare = PlaneringUppgifter(ik, "Kock"), PlaneringUppgifter(ik, "Bagare")
    one, other = run_two(
        store, monkeypatch, planering, "check_planering",
        lambda: save_planering(store, ELIN, kock, IDAG, none),
        lambda: save_planering(store, EVA, bagare, IDAG, none),
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, ConflictError)
    assert other.nu == kock
    assert other.senast is not None
    assert other.senast[0] == "elin"
    with store.read(ELIN) as session:
        assert session.scalars(select(Planering.mal)).all() == ["Kock"]


def test_a_step_ticked_meanwhile_is_not_lost(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ik = fill(store, make.make_inskrivning).id
    first = PlaneringUppgifter(ik, "Kock", steg=(Steguppgifter("Skriva cv"),))
    save_planering(store, ELIN, first, IDAG)
    with store.read(ELIN) as session:
        own = session.scalars(select(Planeringssteg.id)).one()
    changed = PlaneringUppgifter(ik, "Kock", IDAG + timedelta(30), first.steg)
    one, other = run_two(
        store, monkeypatch, planering, "check_planering",
        lambda: save_planering(store, ELIN, changed, IDAG, first),
        lambda: tick_steg(store, EVA, own, IDAG),
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, Saved)
    with store.read(ELIN) as session:
        assert session.scalars(select(Planeringssteg.klar)).all() == [IDAG]


@pytest.mark.parametrize("moved", [True, False])
def test_nobody_comes_to_the_same_steg_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch, moved: bool
) -> None:
    ik = fill(store, make.make_inskrivning)
    fill(store, lambda s: make.make_stegperiod(s, inskrivning_id=ik.id, steg="Aktualisering"))
    last = fill(
        store,
        lambda s: make.make_stegperiod(s, inskrivning_id=ik.id, steg="Matchning", fran=date(2024, 5, 2)),
    )
    wanted = StegUppgifter(steg_id(store, "Insats"), date(2024, 4, 8))

    def second() -> Any:
        if moved:
            return move_steg(store, EVA, ik.id, wanted, IDAG)
        return update_steg(store, EVA, last.id, StegUppgifter(wanted.steg_id, date(2024, 5, 2)), IDAG)

    one, other = run_two(
        store, monkeypatch, steg, "check_steg",
        lambda: move_steg(store, ELIN, ik.id, wanted, IDAG), second,
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    with store.read(ELIN) as session:
        assert session.scalars(select(func.count()).select_from(Stegperiod)).one() == 3


def meeting(person: int = 0, tid: str = "09:00") -> MoteUppgifter:
    return MoteUppgifter(person, IDAG, "fysiskt", "arbetsmarknad", tid, 60)


def count_moten(store: Store) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(func.count()).select_from(Mote)).one()


def test_a_time_is_not_taken_twice_without_a_reason_for_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [fill(store, make.make_deltagare).id for _ in range(2)]
    one, other = run_two(
        store, monkeypatch, massa, "_try_moten",
        lambda: create_many_moten(store, ELIN, ids, meeting(), IDAG, ""),
        lambda: create_many_moten(store, EVA, ids[1:], meeting(tid="09:30"), IDAG, ""),
    )  # fmt: skip
    assert isinstance(one, MassaSparad)
    assert isinstance(other, DataError)
    assert other.field == FIELD
    assert count_moten(store) == 2


@pytest.mark.parametrize("new", [True, False])
def test_a_time_is_not_taken_twice_without_a_reason(
    store: Store, monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    person = fill(store, make.make_deltagare).id
    held = create_mote(store, ELIN, meeting(person, "15:00"), IDAG).id

    def second() -> Any:
        if new:
            return create_mote(store, EVA, meeting(person, "09:30"), IDAG, "")
        return update_mote(store, EVA, held, meeting(person, "09:30"), IDAG, skal="")

    one, other = run_two(
        store, monkeypatch, mote, "check_mote",
        lambda: create_mote(store, ELIN, meeting(person), IDAG, ""), second,
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    assert other.field == FIELD
    assert count_moten(store) == 2


def test_a_medsokande_is_enrolled_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = fill(store, make.make_deltagare).id

    def register(fornamn: str) -> Saved:
        person = PersonUppgifter(fornamn, "Berg", fodelsedatum=date(1990, 1, 1), kon="K")
        ny = NyDeltagare(
            person,
            medsokande_id=partner,
            inskrivning=NyInskrivning(IDAG, koordinator="bo", med_medsokande=True),
        )
        return create_deltagare(store, ELIN, ny, IDAG)

    one, other = run_two(
        store, monkeypatch, deltagare, "check_ny_deltagare", lambda: register("Ada"), lambda: register("Siv")
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    assert other.field == "med_inskriven"
    with store.read(ELIN) as session:
        own = select(func.count()).where(Inskrivning.deltagare_id == partner)
        assert session.execute(own).scalar_one() == 1


def arende_of(row: Arende) -> ArendeUppgifter:
    return ArendeUppgifter(**{field.name: getattr(row, field.name) for field in fields(ArendeUppgifter)})


@pytest.mark.parametrize("new", [True, False])
def test_a_second_open_arende_is_not_passed_unseen(
    store: Store, monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    day = date(2024, 4, 2)
    closed = fill(store, lambda s: make.make_arende(s, avslutat=day, avslutsorsak="övrigt"))
    opened = replace(arende_of(closed), avslutat=None, avslutsorsak=None)

    def second() -> Any:
        if new:
            return create_arende(store, EVA, closed.deltagare_id, ArendeUppgifter("Ä-2", IDAG), IDAG, "")
        return update_arende(store, EVA, closed.id, opened, IDAG, skal="")

    one, other = run_two(
        store, monkeypatch, arende, "check_arende",
        lambda: create_arende(store, ELIN, closed.deltagare_id, ArendeUppgifter("Ä-1", IDAG), IDAG, ""),
        second,
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    assert other.field == FIELD


@pytest.mark.parametrize("new", [True, False])
def test_no_undantag_after_an_arende_that_is_being_closed(
    store: Store, monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    row = fill(store, make.make_arende)
    held = fill(store, lambda s: make.make_undantag(s, arende_id=row.id, till=row.ansokan))
    closed = replace(arende_of(row), avslutat=date(2024, 5, 1))
    late = UndantagUppgifter(date(2024, 5, 6), None, "sjuk")

    def second() -> Any:
        if new:
            return create_undantag(store, EVA, row.id, late)
        return update_undantag(store, EVA, held.id, late)

    one, other = run_two(
        store, monkeypatch, arende, "check_arende",
        lambda: update_arende(store, ELIN, row.id, closed, IDAG), second,
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    assert other.field == "fran"


@pytest.mark.parametrize("closed_first", [True, False])
def test_no_insats_is_left_running_by_an_avslut(
    store: Store, monkeypatch: pytest.MonkeyPatch, closed_first: bool
) -> None:
    """Somebody takes away the end of an insats while somebody else closes its inskrivning."""
    row = fill(store, lambda s: make.make_insats(s, slut=date(2024, 5, 1)))
    written = InsatsUppgifter(row.inskrivning_id, row.insatstyp_id, row.start, slut=row.slut)
    running = InsatsUppgifter(row.inskrivning_id, row.insatstyp_id, row.start)

    def close() -> Saved:
        return close_inskrivning(store, ELIN, row.inskrivning_id, AvslutUppgifter(IDAG, "studier"), IDAG)

    def open_again() -> Saved | None:
        return update_insats(store, EVA, row.id, running, written, idag=IDAG)

    acts = (close, open_again) if closed_first else (open_again, close)
    where, check = (avslut, "check_avslut") if closed_first else (insats, "check_insats")
    one, other = run_two(store, monkeypatch, where, check, *acts)
    assert isinstance(one, Saved)
    assert isinstance(other, DataError) is closed_first
    with store.read(ELIN) as session:
        assert session.scalars(select(Insats.slut)).one() == (date(2024, 5, 1) if closed_first else IDAG)


def test_no_overgang_out_of_an_inskrivning_that_is_being_closed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = fill(store, lambda s: make.make_insats(s, typ="OSA-anställning"))
    with store.read(ELIN) as session:
        typ = session.scalars(select(Insatstyp.id).where(Insatstyp.namn == "nystartsjobb")).one()
    one, other = run_two(
        store, monkeypatch, avslut, "check_avslut",
        lambda: close_inskrivning(store, ELIN, row.inskrivning_id, AvslutUppgifter(IDAG, "studier"), IDAG),
        lambda: move_from_osa(store, EVA, row.id, OvergangUppgifter(IDAG, typ, IDAG), idag=IDAG),
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, DataError)
    assert other.field == "start"
    with store.read(ELIN) as session:
        assert session.scalars(select(func.count()).select_from(Insats)).one() == 1
