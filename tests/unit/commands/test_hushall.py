"""Who lives together is changed from a person's card; protected adults whom one may not know of stay."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands.hushall import HushallUppgifter, check_hushall, read_hushall, save_hushall
from db.commands.person import PersonUppgifter
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Deltagare, Hushall
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

ALI = PersonUppgifter("Ali", "Rönnstig", "", date(1985, 5, 1), "M")


def _two(session: Session) -> tuple[int, int]:
    hushall = make.make_hushall(session, antal_barn=1)
    return tuple(make.make_deltagare(session, hushall_id=hushall.id).id for _ in range(2))  # type: ignore[return-value]


@pytest.fixture
def pair(store: Store) -> tuple[int, int]:
    return fill(store, _two)


@pytest.fixture
def alone(store: Store) -> int:
    return fill(store, make.make_deltagare).id


def homes(store: Store) -> dict[int, int | None]:
    with store.read(SYSTEM) as session:
        return dict(session.execute(select(Deltagare.id, Deltagare.hushall_id)).all())  # type: ignore[arg-type]


def children(store: Store) -> list[int | None]:
    with store.read(SYSTEM) as session:
        return list(session.scalars(select(Hushall.antal_barn).order_by(Hushall.id)))


def lives(*vuxna: int, barn: int | None = None) -> HushallUppgifter:
    return HushallUppgifter(barn, frozenset(vuxna))


def test_a_household_is_begun_changed_and_taken_back(store: Store, pair: tuple[int, int], alone: int) -> None:
    with store.read(ELIN) as session:
        before = read_hushall(session, ELIN, pair[0])
        assert read_hushall(session, ELIN, alone) == lives()
    assert before == lives(pair[1], barn=1)
    saved = save_hushall(store, ELIN, pair[0], lives(pair[1], alone, barn=2), IDAG, before, ALI)
    assert saved is not None
    assert len(homes(store)) == 4
    assert len(set(homes(store).values())) == 1
    assert children(store) == [2]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert homes(store)[alone] is None
    assert children(store) == [1]


def test_nothing_changed_is_no_act(store: Store, pair: tuple[int, int], alone: int) -> None:
    assert save_hushall(store, ELIN, pair[0], lives(pair[1], barn=1), IDAG) is None
    assert save_hushall(store, ELIN, alone, lives(), IDAG) is None


def test_who_moves_out_has_no_household(store: Store, pair: tuple[int, int]) -> None:
    save_hushall(store, ELIN, pair[0], lives(barn=1), IDAG)
    assert homes(store)[pair[1]] is None
    assert homes(store)[pair[0]] is not None


def test_one_without_a_household_joins_or_begins_one(store: Store, pair: tuple[int, int], alone: int) -> None:
    with store.read(ELIN) as session:
        (warning,) = check_hushall(session, ELIN, alone, lives(pair[0]), IDAG)
    assert (warning.field, warning.stops) == ("med_personnummer", False)
    save_hushall(store, ELIN, alone, lives(pair[0], barn=1), IDAG)
    assert len(set(homes(store).values())) == 1
    other = fill(store, make.make_deltagare).id
    save_hushall(store, ELIN, other, lives(barn=0), IDAG)
    assert children(store) == [1, 0]


def test_children_stay_where_nothing_is_said_of_them(store: Store, pair: tuple[int, int], alone: int) -> None:
    save_hushall(store, ELIN, alone, lives(*pair), IDAG, lives())
    assert children(store) == [1]
    save_hushall(store, ELIN, alone, lives(*pair), IDAG, lives(*pair, barn=1))
    assert children(store) == [None]


def test_children_whose_adults_all_move_are_asked_about(
    store: Store, pair: tuple[int, int], alone: int
) -> None:
    save_hushall(store, ELIN, alone, lives(barn=0), IDAG)
    with pytest.raises(DataError) as asked:
        save_hushall(store, ELIN, alone, lives(*pair, barn=0), IDAG, skal="")
    assert asked.value.field == FIELD
    with store.read(ELIN) as session:
        told = [
            [f.message for f in check_hushall(session, ELIN, alone, values, IDAG) if f.asks]
            for values in (lives(*pair, barn=0), lives(pair[0], barn=0), lives(*pair, barn=1))
        ]
    assert [len(texts) for texts in told] == [1, 0, 0]
    assert "1 barn" in told[0][0]


def test_what_is_wrong_is_told(store: Store, pair: tuple[int, int]) -> None:
    wrong = replace(ALI, fornamn="", skyddad="sekretessmarkering")
    with store.read(ELIN) as session:
        found = check_hushall(session, ELIN, pair[0], lives(pair[1], barn=-1), IDAG, wrong)
    assert [f.field for f in found if f.stops] == ["antal_barn", "med_fornamn", "med_skyddad"]
    with pytest.raises(DataError):
        save_hushall(store, ELIN, pair[0], lives(pair[1], barn=-1), IDAG)


def test_a_change_meanwhile_is_told_with_what_is_written_and_by_whom(
    store: Store, pair: tuple[int, int], alone: int
) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Ek"))
    save_hushall(store, EVA, pair[0], lives(pair[1], alone, barn=1), IDAG)
    fill(store, lambda s: setattr(s.get_one(Deltagare, alone), "telefon", "070-1740611"))
    with pytest.raises(ConflictError) as met:
        save_hushall(store, ELIN, pair[0], lives(), IDAG, lives(pair[1], barn=1))
    assert met.value.nu == lives(pair[1], alone, barn=1)
    assert met.value.senast is not None
    assert met.value.senast[0] == "Eva Ek"
    assert homes(store)[alone] is not None
    other = fill(store, make.make_deltagare).id
    with pytest.raises(ConflictError) as met:
        save_hushall(store, ELIN, other, lives(), IDAG, lives(barn=2))
    assert met.value.nu == lives()


def test_a_hidden_adult_stays_and_cannot_be_moved(store: Store, pair: tuple[int, int]) -> None:
    hidden = fill(
        store,
        lambda session: make.make_deltagare(
            session, hushall_id=homes(store)[pair[0]], skyddad="fingerade uppgifter"
        ),
    ).id
    save_hushall(store, ELIN, pair[0], lives(barn=1), IDAG)
    assert homes(store)[hidden] is not None
    with pytest.raises(NotFoundError):
        save_hushall(store, ELIN, pair[0], lives(hidden, barn=1), IDAG)
    with pytest.raises(NotFoundError), store.read(ELIN) as session:
        read_hushall(session, ELIN, hidden)
