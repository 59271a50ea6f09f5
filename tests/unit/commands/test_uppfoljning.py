"""Following up an avslut: the month of R10, försörjning later on, no answer, another day, undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.undo import undo_act
from db.commands.uppfoljning import (
    LONGEST,
    UppfoljningUppgifter,
    Val,
    check_flytt,
    check_uppfoljning,
    confirm_manad,
    move_uppfoljning,
    read_uppfoljning,
    save_uppfoljning,
)
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Inskrivning, PasseradVarning, Uppfoljning
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

AVSLUTAD = date(2024, 4, 30)
YES = UppfoljningUppgifter(IDAG, "lön", "Ringde arbetsgivaren.", date(2024, 5, 2), None, True)
LON = UppfoljningUppgifter(IDAG, "lön", "Arbetar kvar.")


def closed(session: Session, resultat: str = "arbete") -> int:
    return make.make_inskrivning(
        session, avslutad=AVSLUTAD, resultat=resultat, koordinator="elin", forsorjning_efter="lön"
    ).id


@pytest.fixture
def avslut_id(store: Store) -> int:
    return fill(store, closed)


@pytest.fixture
def manad(store: Store, avslut_id: int) -> int:
    return fill(
        store,
        lambda s: make.make_uppfoljning(
            s, inskrivning_id=avslut_id, slag="1 månad", planerad=date(2024, 5, 30)
        ),
    ).id


@pytest.fixture
def halvar(store: Store, avslut_id: int) -> int:
    return fill(
        store, lambda s: make.make_uppfoljning(s, inskrivning_id=avslut_id, planerad=date(2024, 6, 1))
    ).id


def work_of(store: Store, avslut_id: int) -> tuple[date | None, date | None, bool | None]:
    with store.read(ELIN) as session:
        row = session.get_one(Inskrivning, avslut_id)
        return row.arbete_fran, row.arbete_till, row.minst_en_manad


def read(store: Store, val: Val) -> UppfoljningUppgifter | None:
    with store.read(ELIN) as session:
        return read_uppfoljning(session, ELIN, val)


def found(store: Store, val: Val, uppgifter: UppfoljningUppgifter) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_uppfoljning(session, ELIN, val, uppgifter, IDAG)]


def test_the_month_is_confirmed_on_the_avslut_and_taken_back(
    store: Store, avslut_id: int, manad: int
) -> None:
    assert read(store, Val(manad)) is None
    saved = save_uppfoljning(store, ELIN, Val(manad), YES, IDAG)
    assert saved is not None
    assert saved.id == manad
    assert work_of(store, avslut_id) == (date(2024, 5, 2), None, True)
    assert read(store, Val(manad)) == YES
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert work_of(store, avslut_id) == (None, None, None)
    assert read(store, Val(manad)) is None


def test_the_month_of_an_avslut_without_a_row_gets_one(store: Store, avslut_id: int) -> None:
    val = Val(inskrivning_id=avslut_id)
    saved = save_uppfoljning(store, ELIN, val, YES, IDAG)
    assert saved is not None
    with store.read(ELIN) as session:
        row = session.get_one(Uppfoljning, saved.id)
        assert (row.slag, row.planerad, row.genomford) == ("1 månad", date(2024, 5, 30), IDAG)
    with pytest.raises(ConflictError):
        save_uppfoljning(store, ELIN, val, YES, IDAG)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert read(store, val) is None


@pytest.mark.parametrize("svar", [True, False])
def test_the_month_is_told_of_at_once_and_taken_back(
    store: Store, avslut_id: int, manad: int, svar: bool
) -> None:
    saved = confirm_manad(store, ELIN, Val(manad), svar, IDAG)
    assert work_of(store, avslut_id) == (None, None, svar)
    assert read(store, Val(manad)) == UppfoljningUppgifter(IDAG, minst_en_manad=svar)
    with pytest.raises(ConflictError):
        confirm_manad(store, ELIN, Val(manad), svar, IDAG)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert work_of(store, avslut_id) == (None, None, None)
    assert read(store, Val(manad)) is None


def test_a_month_that_nobody_planned_is_told_of_at_once(store: Store, avslut_id: int) -> None:
    saved = confirm_manad(store, ELIN, Val(inskrivning_id=avslut_id), True, IDAG)
    assert [v.field for v in saved.varningar] == ["arbete_fran"]
    assert work_of(store, avslut_id)[2] is True
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert session.scalars(select(Uppfoljning)).all() == []


def test_a_month_is_not_told_of_before_it_has_gone_nor_of_others(
    store: Store, avslut_id: int, manad: int, halvar: int
) -> None:
    with pytest.raises(DataError):
        confirm_manad(store, ELIN, Val(halvar), True, IDAG)
    with store.unit_of_work(ELIN, "test") as work:
        row = work.session.get_one(Inskrivning, avslut_id)
        row.arbete_fran, row.arbete_till = date(2024, 5, 2), date(2024, 5, 9)
    with pytest.raises(DataError, match="inte med datumen"):
        confirm_manad(store, ELIN, Val(manad), True, IDAG)
    assert work_of(store, avslut_id)[2] is None
    with store.unit_of_work(ELIN, "test") as work:
        work.session.get_one(Inskrivning, avslut_id).arbete_fran = IDAG
        work.session.get_one(Inskrivning, avslut_id).arbete_till = None
    with pytest.raises(DataError, match="inte gått"):
        confirm_manad(store, ELIN, Val(manad), True, IDAG)
    with store.unit_of_work(ELIN, "test") as work:
        work.session.get_one(Inskrivning, avslut_id).minst_en_manad = True
    with pytest.raises(ConflictError):
        confirm_manad(store, ELIN, Val(manad), False, IDAG)
    studier = fill(store, lambda s: closed(s, "studier"))
    row_id = fill(
        store,
        lambda s: make.make_uppfoljning(s, inskrivning_id=studier, slag="1 månad", planerad=AVSLUTAD),
    ).id
    with pytest.raises(DataError, match="inte gått"):
        confirm_manad(store, ELIN, Val(row_id), True, IDAG)


def test_the_answer_is_corrected(store: Store, avslut_id: int, manad: int) -> None:
    save_uppfoljning(store, ELIN, Val(manad), YES, IDAG)
    no = replace(YES, arbete_till=date(2024, 5, 20), minst_en_manad=False, forsorjning=None)
    with pytest.raises(ConflictError):
        save_uppfoljning(store, ELIN, Val(manad), no, IDAG, no)
    assert save_uppfoljning(store, ELIN, Val(manad), YES, IDAG, YES) is None
    assert save_uppfoljning(store, ELIN, Val(manad), no, IDAG, YES) is not None
    assert work_of(store, avslut_id) == (date(2024, 5, 2), date(2024, 5, 20), False)


@pytest.mark.parametrize(
    ("uppgifter", "told"),
    [
        (replace(YES, minst_en_manad=None), [("minst_en_manad", True)]),
        (replace(YES, arbete_till=date(2024, 5, 20)), [("minst_en_manad", True)]),
        (replace(YES, arbete_fran=date(2024, 5, 20)), [("minst_en_manad", False)]),
        (replace(YES, arbete_fran=None), [("arbete_fran", False)]),
        (replace(YES, arbete_fran=date(2024, 5, 20), minst_en_manad=False), []),
        (replace(YES, forsorjning=None, text=""), []),
        (replace(YES, genomford=date(2024, 6, 4)), [("genomford", True)]),
        (replace(YES, genomford=date(2024, 4, 29), arbete_fran=date(2024, 3, 2)), [("genomford", True)]),
        (replace(YES, forsorjning="lotteri"), [("forsorjning", True)]),
        (replace(YES, text="x" * (LONGEST + 1)), [("text", True)]),
    ],
)  # fmt: skip
def test_what_is_told_of_the_month(
    store: Store, manad: int, uppgifter: UppfoljningUppgifter, told: list[tuple[str, bool]]
) -> None:
    assert found(store, Val(manad), uppgifter) == told


def test_a_month_that_has_not_gone_needs_a_reason(store: Store, manad: int) -> None:
    early = replace(YES, arbete_fran=date(2024, 5, 20))
    for skal in ("", " "):
        with pytest.raises(DataError) as refused:
            save_uppfoljning(store, ELIN, Val(manad), early, IDAG, None, skal)
        assert refused.value.field == "varningsskal"
    assert read(store, Val(manad)) is None
    save_uppfoljning(store, ELIN, Val(manad), early, IDAG, None, "Tillsvidareanställd.")
    with store.read(ELIN) as session:
        kept = session.scalars(select(PasseradVarning)).one()
        assert (kept.tabell, kept.rad_id, kept.skal) == ("uppfoljning", manad, "Tillsvidareanställd.")
        (told,) = check_uppfoljning(session, ELIN, Val(manad), early, IDAG)
        assert not told.asks
    again = replace(early, text="Ringde igen.")
    assert save_uppfoljning(store, ELIN, Val(manad), again, IDAG, early, "") is not None


def test_a_month_done_is_not_asked_for_when_the_result_was_corrected(
    store: Store, avslut_id: int, manad: int
) -> None:
    fill(store, lambda s: setattr(s.get_one(Inskrivning, avslut_id), "resultat", "studier"))
    assert found(store, Val(manad), UppfoljningUppgifter(IDAG, "studiemedel")) == []
    assert found(store, Val(manad), YES) == [("arbete_fran", True)]


def test_what_the_person_lives_on_is_told_later(store: Store, avslut_id: int, halvar: int) -> None:
    saved = save_uppfoljning(store, ELIN, Val(halvar), LON, IDAG)
    assert saved is not None
    assert read(store, Val(halvar)) == LON
    assert work_of(store, avslut_id) == (None, None, None)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert read(store, Val(halvar)) is None


@pytest.mark.parametrize(
    ("uppgifter", "told"),
    [
        (UppfoljningUppgifter(IDAG, None, "Svarar inte på tre försök."), []),
        (UppfoljningUppgifter(IDAG, None, " "), [("text", True)]),
        (replace(LON, minst_en_manad=True), [("forsorjning", True)]),
        (replace(LON, arbete_fran=IDAG), [("forsorjning", True)]),
        (replace(LON, arbete_till=IDAG), [("forsorjning", True)]),
    ],
)
def test_no_answer_needs_a_reason(
    store: Store, halvar: int, uppgifter: UppfoljningUppgifter, told: list[tuple[str, bool]]
) -> None:
    assert found(store, Val(halvar), uppgifter) == told


def test_a_follow_up_is_moved_with_its_reason(store: Store, halvar: int) -> None:
    first = move_uppfoljning(store, ELIN, Val(halvar), date(2024, 6, 20), " På semester. ", IDAG)
    assert first is not None
    assert move_uppfoljning(store, ELIN, Val(halvar), date(2024, 6, 20), "Samma dag.", IDAG) is None
    move_uppfoljning(store, ELIN, Val(halvar), IDAG, "Ringde tillbaka.", IDAG)

    def held() -> tuple[date, str]:
        with store.read(ELIN) as session:
            row = session.get_one(Uppfoljning, halvar)
            return row.planerad, row.text

    assert held() == (
        IDAG,
        "Flyttad från 1\u00a0jun\u00a02024: På semester.\n"
        "Flyttad från 20\u00a0jun\u00a02024: Ringde tillbaka.",
    )
    second = move_uppfoljning(store, ELIN, Val(halvar), date(2024, 7, 1), "Åter i juli.", IDAG)
    assert second is not None
    undo_act(store, ELIN, second.changes.handelse_id)
    assert held()[0] == IDAG
    save_uppfoljning(store, ELIN, Val(halvar), LON, IDAG)
    with pytest.raises(ConflictError):
        move_uppfoljning(store, ELIN, Val(halvar), date(2024, 7, 1), "Åter i juli.", IDAG)


@pytest.mark.parametrize(
    ("planerad", "skal", "field"),
    [(date(2024, 6, 2), "Åter", "planerad"), (IDAG, " ", "skal"), (IDAG, "x" * (LONGEST + 1), "skal")],
)
def test_a_move_is_refused_at_its_field(
    store: Store, halvar: int, planerad: date, skal: str, field: str
) -> None:
    with pytest.raises(DataError) as refused:
        move_uppfoljning(store, ELIN, Val(halvar), planerad, skal, IDAG)
    assert refused.value.field == field


def test_the_month_is_moved_when_it_has_a_row_and_gets_one_when_not(store: Store, avslut_id: int) -> None:
    later = date(2024, 6, 20)
    val = Val(inskrivning_id=avslut_id)
    saved = move_uppfoljning(store, ELIN, val, later, "Chefen är på semester.", IDAG)
    assert saved is not None

    def held() -> list[tuple[str, date, str]]:
        columns = (Uppfoljning.slag, Uppfoljning.planerad, Uppfoljning.text)
        with store.read(ELIN) as session:
            return [tuple(row) for row in session.execute(select(*columns))]

    told = "Flyttad från 30\u00a0maj\u00a02024: Chefen är på semester."
    assert held() == [("1 månad", later, told)]
    again = move_uppfoljning(store, ELIN, Val(saved.id), IDAG, "Hemma igen.", IDAG)
    assert again is not None
    assert held()[0][1] == IDAG
    undo_act(store, ELIN, again.changes.handelse_id)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held() == []
    assert move_uppfoljning(store, ELIN, val, date(2024, 5, 30), "Samma.", date(2024, 5, 20)) is None


def test_the_month_is_not_asked_for_before_it_has_gone(store: Store, avslut_id: int, manad: int) -> None:
    def told(planerad: date) -> list[tuple[str, bool]]:
        with store.read(ELIN) as session:
            found = check_flytt(session, ELIN, Val(manad), planerad, "Åter", date(2024, 5, 10))
            return [(f.message.replace("\u00a0", " "), f.stops) for f in found]

    assert told(date(2024, 5, 29)) == [("Månaden har gått 30 maj 2024. Välj den dagen eller senare.", True)]
    assert told(date(2024, 5, 30)) == []
    assert told(date(2025, 6, 1)) == [("Det är mer än ett år dit.", False)]
    fill(store, lambda s: setattr(s.get_one(Inskrivning, avslut_id), "minst_en_manad", True))
    assert told(date(2024, 5, 29)) == []


def open_one(session: Session) -> Val:
    return Val(inskrivning_id=make.make_inskrivning(session).id)


def no_work(session: Session) -> Val:
    return Val(inskrivning_id=closed(session, "studier"))


def hidden(session: Session) -> Val:
    secret = make.make_deltagare(session, skyddad="sekretessmarkering")
    ik = make.make_inskrivning(session, deltagare_id=secret.id, avslutad=AVSLUTAD, koordinator="bo")
    return Val(make.make_uppfoljning(session, inskrivning_id=ik.id).id)


@pytest.mark.parametrize("make_val", [open_one, no_work, hidden, lambda _s: Val(99), lambda _s: Val()])
def test_nothing_to_follow_up(store: Store, make_val: Callable[[Session], Val]) -> None:
    val = fill(store, make_val)
    for aktor in (ELIN, EVA):
        with pytest.raises(NotFoundError):
            save_uppfoljning(store, aktor, val, LON, IDAG)
