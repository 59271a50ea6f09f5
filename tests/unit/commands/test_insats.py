"""Registering, changing and ending an insats, and everything the form is told."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.avslut import AvslutUppgifter, close_inskrivning
from db.commands.borttagning import remove_row
from db.commands.insats import (
    InsatsUppgifter,
    check_insats,
    create_insats,
    end_insats,
    read_insats,
    update_insats,
)
from db.commands.inskrivning import InskrivningUppgifter, update_inskrivning
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Insats, Insatstyp, Inskrivning
from db.queries.passerade import list_passerade
from db.queries.platser import find_full_day
from db.queries.senast import find_latest_change
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, andringar, fill

START, AVSLUTAD = date(2024, 3, 1), date(2024, 12, 1)


@dataclass
class Place:
    inskrivning_id: int
    enhet_id: int
    typ_id: int
    osa_id: int
    values: InsatsUppgifter


@pytest.fixture
def place(store: Store) -> Place:
    def act(session: Session) -> Place:
        person = make.make_deltagare(session)
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id)
        enhet = make.make_enhet(session, namn="Återbruket")
        typ, osa = (
            session.execute(select(Insatstyp.id).where(Insatstyp.namn == namn)).scalar_one()
            for namn in ("arbetsträning", "OSA-anställning")
        )
        values = InsatsUppgifter(inskrivning.id, typ, START, enhet.id)
        return Place(inskrivning.id, enhet.id, typ, osa, values)

    return fill(store, act)


def check(store: Store, uppgifter: InsatsUppgifter, insats_id: int | None = None) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_insats(session, ELIN, uppgifter, insats_id)]


def saved(store: Store, insats_id: int) -> Insats:
    with store.read(ELIN) as session:
        row = session.get_one(Insats, insats_id)
        session.expunge(row)
        return row


def test_a_new_insats_is_saved_with_a_number_of_its_own(store: Store, place: Place) -> None:
    values = replace(place.values, planerat_slut=date(2024, 6, 1), omfattning=50)
    first, second = create_insats(store, ELIN, values), create_insats(store, ELIN, values)
    row = saved(store, first.id)
    assert (row.start, row.planerat_slut, row.slut, row.omfattning) == (START, date(2024, 6, 1), None, 50)
    assert row.nummer.startswith("EV-")
    assert saved(store, second.id).nummer != row.nummer
    assert first.varningar == ()
    assert andringar(store, first.changes.handelse_id) == [("insats", "+", None, None)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start": date(2024, 1, 7)}, "start"),
        ({"slut": date(2024, 2, 28)}, "slut"),
        ({"planerat_slut": date(2024, 2, 28)}, "planerat_slut"),
        ({"omfattning": 0}, "omfattning"),
        ({"omfattning": 101}, "omfattning"),
        ({"avbrottsorsak": "sjukdom"}, "slut"),
        ({"insatstyp_id": 999}, "insatstyp"),
        ({"enhet_id": 999}, "enhet"),
        ({"schema": ((8, ""),)}, "schema"),
        ({"schema": ((1, "kväll"),)}, "schema"),
        ({"schema": ((1, ""), (1, "fm"))}, "schema"),
    ],
)
def test_what_would_be_wrong_is_refused_at_its_field(
    store: Store, place: Place, change: dict[str, Any], field: str
) -> None:
    values = replace(place.values, **change)
    assert (field, True) in check(store, values)
    with pytest.raises(DataError) as refused:
        create_insats(store, ELIN, values)
    assert refused.value.field == field
    with store.read(ELIN) as session:
        assert session.execute(select(Insats)).first() is None


def close(store: Store, place: Place) -> None:
    def act(session: Session) -> None:
        row = session.get_one(Inskrivning, place.inskrivning_id)
        row.avslutad, row.resultat = AVSLUTAD, "arbete"

    fill(store, act)


@pytest.mark.parametrize(
    ("start", "slut", "field"),
    [
        (START, AVSLUTAD + timedelta(1), "slut"),
        (AVSLUTAD + timedelta(1), None, "start"),
        (AVSLUTAD + timedelta(1), AVSLUTAD + timedelta(2), "start"),
        (START, None, "slut"),
    ],
)
def test_an_insats_lies_within_a_closed_inskrivning(
    store: Store, place: Place, start: date, slut: date | None, field: str
) -> None:
    close(store, place)
    values = replace(place.values, start=start, slut=slut)
    assert check(store, values) == [(field, True)]
    with pytest.raises(DataError, match="avslutades 1\u00a0dec\u00a02024") as refused:
        create_insats(store, ELIN, values)
    assert refused.value.field == field
    assert ("måste ha ett slut" in refused.value.message) is (slut is None and field == "slut")


def test_what_ended_within_a_closed_inskrivning_is_still_corrected(store: Store, place: Place) -> None:
    ended = replace(place.values, slut=date(2024, 9, 1))
    insats_id = create_insats(store, ELIN, ended).id
    close(store, place)
    assert update_insats(store, ELIN, insats_id, replace(ended, omfattning=50), ended) is not None
    assert check(store, replace(ended, slut=None), insats_id) == [("slut", True)]
    assert check(store, replace(ended, slut=AVSLUTAD), insats_id) == []


@pytest.mark.parametrize("change", [{"start": date(2024, 1, 8)}, {"slut": AVSLUTAD}, {"slut": START}])
def test_the_first_and_last_day_are_inside(store: Store, place: Place, change: dict[str, Any]) -> None:
    close(store, place)
    assert check(store, replace(place.values, **({"slut": AVSLUTAD} | change))) == []


def register(store: Store, insats_id: int, *days: date, status: str = "närvarande") -> None:
    def act(session: Session) -> None:
        for day in days:
            make.make_narvaro(session, insats_id=insats_id, datum=day, status=status)

    fill(store, act)


def told(store: Store, insats_id: int, values: InsatsUppgifter) -> list[tuple[str, str, bool]]:
    with store.read(ELIN) as session:
        found = check_insats(session, ELIN, values, insats_id)
    return [(f.field, f.message.replace("\u00a0", " "), f.asks) for f in found]


def test_registered_days_that_fall_outside_are_told_and_passed_with_a_reason(
    store: Store, place: Place
) -> None:
    insats_id = create_insats(store, ELIN, place.values).id
    register(store, insats_id, START, date(2024, 4, 2))
    register(store, insats_id, date(2024, 5, 6), date(2024, 5, 7), status="sjuk")
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=date(2024, 5, 8), pass_="fm"))
    fill(store, lambda s: make.make_narvaro(s, insats_id=insats_id, datum=date(2024, 5, 8), pass_="em"))
    ended = replace(place.values, slut=date(2024, 5, 1))
    late = "3 dagar med registrerad närvaro hamnar efter slut, den sista 8 maj 2024."
    assert told(store, insats_id, ended) == [("slut", late, True)]
    later = replace(place.values, start=date(2024, 4, 3), slut=date(2024, 5, 7))
    assert told(store, insats_id, later) == [
        ("start", "2 dagar med registrerad närvaro hamnar före start, den första 1 mar 2024.", True),
        ("slut", "1 dag med registrerad närvaro hamnar efter slut, 8 maj 2024.", True),
    ]
    with pytest.raises(DataError) as asked:
        update_insats(store, ELIN, insats_id, ended, place.values, skal=" ")
    assert asked.value.field == FIELD
    saved_ = update_insats(store, ELIN, insats_id, ended, place.values, skal="Kom på besök efteråt.")
    assert saved_ is not None
    with store.read(ELIN) as session:
        (passed,) = list_passerade(session, "insats", insats_id)
    assert (passed.falt, passed.skal) == ("slut", "Kom på besök efteråt.")
    assert told(store, insats_id, replace(ended, omfattning=50)) == []
    undo_act(store, ELIN, saved_.changes.handelse_id)
    assert told(store, insats_id, place.values) == []
    # The same again asks again: taking it back took the reason too.
    assert told(store, insats_id, ended) == [("slut", late, True)]


def test_days_that_lay_outside_before_are_not_told_again(store: Store, place: Place) -> None:
    ended = replace(place.values, slut=date(2024, 5, 1))
    insats_id = create_insats(store, ELIN, ended).id
    register(store, insats_id, date(2024, 2, 28), date(2024, 4, 10), date(2024, 5, 6))
    assert told(store, insats_id, replace(ended, slut=date(2024, 4, 10))) == []
    assert told(store, insats_id, replace(ended, start=date(2024, 2, 1), slut=date(2024, 4, 1))) == [
        ("slut", "1 dag med registrerad närvaro hamnar efter slut, 10 apr 2024.", True)
    ]
    assert told(store, insats_id, replace(ended, slut=None)) == []


def test_the_same_insats_twice_is_a_warning(store: Store, place: Place) -> None:
    first = create_insats(store, ELIN, replace(place.values, slut=date(2024, 4, 1)))
    assert check(store, replace(place.values, start=date(2024, 4, 1))) == [("start", False)]
    assert check(store, replace(place.values, start=date(2024, 4, 2))) == []
    assert check(store, replace(place.values, enhet_id=None)) == [("omfattning", False)]
    assert check(store, place.values, first.id) == []
    assert len(create_insats(store, ELIN, place.values).varningar) == 1


def test_more_than_full_time_is_told_without_asking_why(store: Store, place: Place) -> None:
    def act(session: Session) -> None:
        for typ, omfattning, start in (
            ("sfi", 60, date(2024, 4, 1)), ("vägledning", 100, START), ("språkpraktik", 20, date(2024, 1, 8))
        ):  # fmt: skip
            make.make_insats(
                session, inskrivning_id=place.inskrivning_id, typ=typ, omfattning=omfattning, start=start
            )

    fill(store, act)
    half = replace(place.values, omfattning=50)
    with store.read(ELIN) as session:
        (told,) = check_insats(session, ELIN, half)
    assert (told.field, told.asks, told.stops) == ("omfattning", False, False)
    assert told.message == "Tillsammans med andra insatser blir det 130 % från 1\u00a0apr\u00a02024."
    assert check(store, replace(half, planerat_slut=date(2024, 3, 31))) == []
    assert check(store, replace(half, omfattning=20)) == []
    with store.read(ELIN) as session:
        guidance = session.scalars(select(Insatstyp.id).where(Insatstyp.namn == "vägledning")).one()
    assert check(store, replace(half, insatstyp_id=guidance)) == []


def test_a_full_enhet_is_a_warning(store: Store, place: Place) -> None:
    def act(session: Session) -> int:
        make.make_kapacitet(session, enhet_id=place.enhet_id, platser=2, till=date(2024, 6, 30))
        make.make_kapacitet(session, enhet_id=place.enhet_id, platser=1, fran=date(2024, 7, 1))
        other = make.make_insats(session, enhet_id=place.enhet_id, start=START, slut=date(2024, 4, 1))
        make.make_insats(
            session, enhet_id=place.enhet_id, start=date(2024, 3, 20), planerat_slut=date(2024, 9, 1)
        )
        return other.id

    other = fill(store, act)
    assert check(store, replace(place.values, slut=date(2024, 3, 19))) == []
    assert check(store, replace(place.values, slut=date(2024, 3, 20))) == [("enhet", False)]
    assert check(store, replace(place.values, start=date(2024, 4, 2), slut=date(2024, 6, 30))) == []
    assert check(store, replace(place.values, start=date(2024, 4, 2), slut=date(2024, 7, 1))) == [
        ("enhet", False)
    ]
    assert check(store, replace(place.values, start=date(2024, 9, 2))) == []
    with store.read(ELIN) as session:
        day = find_full_day(session, ELIN, place.enhet_id, START, date(2024, 3, 31), idag=START)
        without = find_full_day(session, ELIN, place.enhet_id, START, date(2024, 3, 31), other, idag=START)
    assert (day, without) == (date(2024, 3, 20), None)


def test_who_has_overrun_a_planned_end_keeps_the_place(store: Store, place: Place) -> None:
    def act(session: Session) -> None:
        make.make_kapacitet(session, enhet_id=place.enhet_id, platser=1)
        make.make_insats(
            session, enhet_id=place.enhet_id, start=date(2024, 1, 2), planerat_slut=START - timedelta(1)
        )

    fill(store, act)
    for values in (place.values, replace(place.values, planerat_slut=date(2024, 12, 1))):
        with pytest.raises(DataError) as asked:
            create_insats(store, ELIN, values, "", idag=START)
        assert asked.value.field == FIELD
    saved = create_insats(store, ELIN, place.values, "", idag=START - timedelta(1))
    moved = replace(place.values, start=START - timedelta(1))
    with pytest.raises(DataError) as asked:
        update_insats(store, ELIN, saved.id, moved, skal="", idag=START)
    assert asked.value.field == FIELD


def test_osa_without_a_covering_decision_is_a_warning(store: Store, place: Place) -> None:
    osa = replace(place.values, insatstyp_id=place.osa_id)
    warned = create_insats(store, ELIN, osa)
    assert [w.field for w in warned.varningar] == ["insatstyp"]
    for fran, till in ((START, date(2024, 5, 1)), (date(2024, 5, 2), date(2024, 8, 1))):
        fill(store, lambda s, f=fran, t=till: make.make_osa_beslut(s, insats_id=warned.id, fran=f, till=t))
    assert check(store, osa, warned.id) == []
    assert check(store, replace(osa, slut=date(2024, 8, 1)), warned.id) == []
    assert check(store, replace(osa, slut=date(2024, 8, 2)), warned.id) == [("insatstyp", False)]
    late = (date(2024, 8, 10), date(2024, 12, 1))  # after a gap: does not cover what comes before it
    fill(store, lambda s: make.make_osa_beslut(s, insats_id=warned.id, fran=late[0], till=late[1]))
    assert check(store, replace(osa, slut=date(2024, 9, 1)), warned.id) == [("insatstyp", False)]


def test_a_change_is_recorded_cell_by_cell(store: Store, place: Place) -> None:
    insats_id = create_insats(store, ELIN, place.values).id
    changed = update_insats(store, ELIN, insats_id, replace(place.values, omfattning=75), place.values)
    assert changed is not None
    assert andringar(store, changed.changes.handelse_id) == [("insats", "omfattning", "100", "75")]
    assert update_insats(store, ELIN, insats_id, replace(place.values, omfattning=75)) is None


def test_a_change_over_someone_elses_is_refused(store: Store, place: Place) -> None:
    insats_id = create_insats(store, ELIN, place.values).id
    update_insats(store, ELIN, insats_id, replace(place.values, omfattning=75), place.values)
    with pytest.raises(ConflictError) as refused:
        update_insats(store, ELIN, insats_id, replace(place.values, omfattning=25), place.values)
    assert refused.value.nu == replace(place.values, omfattning=75)
    assert refused.value.senast is not None
    assert refused.value.senast[0] == "elin"
    with store.read(ELIN) as session:
        assert find_latest_change(session, "insats", 999) is None
    assert saved(store, insats_id).omfattning == 75


def test_the_days_of_the_week_are_kept_and_changed(store: Store, place: Place) -> None:
    values = replace(place.values, schema=((1, ""), (3, "fm"), (3, "em")))
    made = create_insats(store, ELIN, values)
    with store.read(ELIN) as session:
        assert read_insats(session, ELIN, made.id) == values
    changed = update_insats(store, ELIN, made.id, replace(values, schema=((1, ""), (5, "em"))), values)
    assert changed is not None
    cells = andringar(store, changed.changes.handelse_id)
    assert sorted((tabell, falt) for tabell, falt, _, _ in cells) == [
        ("narvaroschema", "+"), ("narvaroschema", "-"), ("narvaroschema", "-"),
    ]  # fmt: skip
    undo_act(store, ELIN, changed.changes.handelse_id)
    with store.read(ELIN) as session:
        assert read_insats(session, ELIN, made.id) == values
    undo_act(store, ELIN, made.changes.handelse_id)
    with pytest.raises(NotFoundError), store.read(ELIN) as session:
        read_insats(session, ELIN, made.id)


def test_an_insats_is_ended_with_its_reason(store: Store, place: Place) -> None:
    insats_id = create_insats(store, ELIN, place.values).id
    end_insats(store, ELIN, insats_id, date(2024, 5, 1), "sjukdom")
    row = saved(store, insats_id)
    assert (row.slut, row.avbrottsorsak) == (date(2024, 5, 1), "sjukdom")
    with pytest.raises(DataError):
        end_insats(store, ELIN, insats_id, date(2024, 2, 1))


def test_an_end_is_not_taken_back_after_an_avslut(store: Store, place: Place) -> None:
    insats_id = create_insats(store, ELIN, place.values).id
    ended = end_insats(store, ELIN, insats_id, date(2024, 5, 1))
    assert ended is not None
    closed = close_inskrivning(
        store, ELIN, place.inskrivning_id, AvslutUppgifter(date(2024, 6, 3), "studier"), date(2024, 6, 3)
    )
    with pytest.raises(DataError, match="skulle ligga utanför sin inskrivning: insats EV-"):
        undo_act(store, ELIN, ended.changes.handelse_id)
    undo_act(store, ELIN, closed.changes.handelse_id)
    undo_act(store, ELIN, ended.changes.handelse_id)
    assert saved(store, insats_id).slut is None


@pytest.mark.parametrize(("slut", "refused"), [(None, True), (AVSLUTAD, True), (date(2024, 6, 3), False)])
def test_what_was_taken_away_comes_back_only_inside(
    store: Store, place: Place, slut: date | None, refused: bool
) -> None:
    insats_id = create_insats(store, ELIN, replace(place.values, slut=slut)).id
    removed = remove_row(store, ELIN, "insats", insats_id)
    uppgifter = AvslutUppgifter(date(2024, 6, 3), "studier")
    close_inskrivning(store, ELIN, place.inskrivning_id, uppgifter, date(2024, 6, 3))
    if refused:
        with pytest.raises(DataError, match="utanför sin inskrivning"):
            undo_act(store, ELIN, removed.changes.handelse_id)
        return
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert saved(store, insats_id).slut == slut


def test_an_inskrivning_does_not_get_later_days_back_than_what_is_in_it(store: Store, place: Place) -> None:
    earlier = InskrivningUppgifter(date(2023, 12, 1), koordinator="bo")
    moved = update_inskrivning(store, ELIN, place.inskrivning_id, earlier, date(2024, 6, 3))
    assert moved is not None
    create_insats(store, ELIN, replace(place.values, start=date(2023, 12, 4)))
    with pytest.raises(DataError, match="utanför sin inskrivning"):
        undo_act(store, ELIN, moved.changes.handelse_id)


def test_what_is_not_there_is_not_found(store: Store, place: Place) -> None:
    with pytest.raises(NotFoundError):
        create_insats(store, ELIN, replace(place.values, inskrivning_id=999))
    with pytest.raises(NotFoundError):
        update_insats(store, ELIN, 999, place.values)


def test_a_protected_persons_insats_is_nobody_elses(store: Store, place: Place) -> None:
    def act(session: Session) -> int:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering")
        return make.make_inskrivning(session, deltagare_id=secret.id, koordinator="elin").id

    values = replace(place.values, inskrivning_id=fill(store, act))
    made = create_insats(store, ELIN, values)
    for act_ in (
        lambda: create_insats(store, EVA, values),
        lambda: update_insats(store, EVA, made.id, values),
        lambda: end_insats(store, EVA, made.id, START),
    ):
        with pytest.raises(NotFoundError):
            act_()
