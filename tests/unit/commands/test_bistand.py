"""Biståndsmånader of a year: several at once, changed, taken away, in one act."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.bistand import MEST_ORE, ManaderUppgifter, check_manader, field_of, save_manader
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Arende, Bistandsmanad
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

MARS, APRIL, MAJ, JUNI = (make.month(2024, manad) for manad in (3, 4, 5, 6))
VAR = ManaderUppgifter(2024, ((MARS, 800_000), (APRIL, None)))


@pytest.fixture
def arende_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_arende(s, ansokan=date(2024, 3, 5), nummer="Ä-1")).id)


def held(store: Store) -> list[tuple[int, int | None]]:
    columns = (Bistandsmanad.manad, Bistandsmanad.belopp_ore)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Bistandsmanad.manad))]


def told(store: Store, arende_id: int, *manader: tuple[int, int | None]) -> list[tuple[str, str]]:
    with store.read(ELIN) as session:
        found = check_manader(session, ELIN, arende_id, ManaderUppgifter(2024, manader), IDAG)
        return [(finding.field, finding.message) for finding in found]


def test_several_months_are_one_act(store: Store, arende_id: int) -> None:
    fill(store, lambda s: make.make_bistandsmanad(s, arende_id=arende_id, manad=make.month(2023, 12)))
    december = (make.month(2023, 12), 800_000)
    saved = save_manader(store, ELIN, arende_id, VAR, IDAG, ManaderUppgifter(2024))
    assert saved is not None
    assert held(store) == [december, *VAR.manader]
    assert save_manader(store, ELIN, arende_id, VAR, IDAG) is None
    other = ManaderUppgifter(2024, ((APRIL, 700_000), (MAJ, 800_050)))
    with pytest.raises(ConflictError):
        save_manader(store, ELIN, arende_id, other, IDAG, ManaderUppgifter(2024))
    changed = save_manader(store, ELIN, arende_id, other, IDAG, VAR)
    assert changed is not None
    assert held(store) == [december, *other.manader]
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert held(store) == [december, *VAR.manader]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == [december]


@pytest.mark.parametrize("manad", [(make.month(2024, 8), None), (make.month(2023, 8), None), (MAJ, -1)])
def test_what_is_wrong_is_refused_at_its_month(
    store: Store, arende_id: int, manad: tuple[int, int | None]
) -> None:
    with pytest.raises(DataError) as refused:
        save_manader(store, ELIN, arende_id, ManaderUppgifter(2024, (manad,)), IDAG)
    assert refused.value.field == field_of(manad[0])


def test_the_next_month_can_be_registered(store: Store, arende_id: int) -> None:
    assert told(store, arende_id, (make.month(2024, 7), 800_000)) == []


def test_what_to_think_about_is_told_once(store: Store, arende_id: int) -> None:
    def made(session: Session) -> None:
        row = session.get_one(Arende, arende_id)
        row.avslutat, row.utfall = date(2024, 5, 9), "avslag"
        other = make.make_arende(session, deltagare_id=row.deltagare_id, nummer="Ä-2")
        make.make_bistandsmanad(session, arende_id=other.id, manad=APRIL)

    fill(store, made)
    rows = ((make.month(2024, 2), MEST_ORE + 1), (APRIL, 0), (JUNI, 800_000))
    assert told(store, arende_id, *rows) == [
        ("manad2", "Beloppet är över 100 000 kronor. Är det rätt?"),
        ("manad4", "Inget belopp. Lämna tomt om inget betalades."),
        ("", "Ärendet är inte beviljat."),
        ("manad2", "Månaden är före ansökan 5\u00a0mar\u00a02024."),
        ("manad6", "Månaden är efter avslutet 9\u00a0maj\u00a02024."),
        ("manad4", "Månaden finns redan i ärende Ä-2."),
    ]
    with pytest.raises(DataError) as asked:
        save_manader(store, ELIN, arende_id, ManaderUppgifter(2024, rows), IDAG, None, "")
    assert asked.value.field == FIELD
    save_manader(store, ELIN, arende_id, ManaderUppgifter(2024, rows), IDAG, None, "Retroaktivt.")
    assert told(store, arende_id, *rows) == []


def test_what_does_not_exist_or_may_not_be_known(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Ärendet"):
        save_manader(store, ELIN, 404, VAR, IDAG)

    def secret(session: Session) -> Arende:
        person = make.make_deltagare(session, skyddad="fingerade uppgifter")
        return make.make_arende(session, deltagare_id=person.id)

    row = fill(store, secret)
    with pytest.raises(NotFoundError, match="Deltagaren"):
        save_manader(store, EVA, row.id, VAR, IDAG)
