"""A plan's printed rules of assessment, changed without losing what a form does not show."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.commands.plan_import import import_plan
from db.commands.planregler import check_planregler, update_planregler
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError
from db.queries.plan import load_plan
from db.rules.plan import Plandokument
from db.rules.planregler import Planregler, read_regler, write_regler
from db.session import Store
from tests.helpers.factories import make_medarbetare
from tests.helpers.planer import planmallar
from tests.unit.commands.helpers import ELIN, EVA, fill

REGLER = planmallar()["sodertalje-2024"].regler


def put(store: Store) -> int:
    saved = import_plan(store, EVA, "provstad", Plandokument("Provstad", "Nämnden", 2024, regler=REGLER))
    assert saved is not None
    return saved.id


def stored(store: Store, plan_id: int) -> object:
    with store.read(EVA) as session:
        return load_plan(session, EVA, plan_id).dokument.regler


def test_the_rules_of_a_file_are_read_as_a_form_shows_them() -> None:
    last = read_regler(REGLER)
    assert last.delarsbokslut[0].startswith("Målet uppfylls helt eller till stor del i år.\nSamtliga eller")
    assert last.arsbokslut[2].endswith("Ett fåtal eller inga aktiviteter har genomförts.")
    assert last.aktivitetsstatus.splitlines()[3] == "Klar: Aktiviteten är genomförd i sin helhet"
    assert last.sammanvagning.startswith("Om fler nämndmål finns")
    assert last.text.startswith("Inför varje delårsbokslut")
    assert read_regler({"delarsbokslut": "nej", "aktivitetsstatus": [5], "text": 3}) == Planregler()


def test_what_is_not_changed_stays_as_it_was() -> None:
    assert write_regler(REGLER, read_regler(REGLER)) == REGLER
    free = {"annat": [1], "arsbokslut": [{"farg": "bla", "text": "Blå"}, {"farg": "gul", "text": "Gul"}]}
    ny = replace(read_regler(free), arsbokslut=("Grön\nAllt nås.", "", "Röd"), sammanvagning=" Vägs ")
    assert write_regler(free, ny) == {
        "annat": [1],
        "arsbokslut": [
            {"farg": "gron", "rubrik": "Grön", "text": "Allt nås."},
            {"farg": "rod", "text": "Röd"},
            {"farg": "bla", "text": "Blå"},
        ],
        "sammanvagning": "Vägs",
    }
    assert write_regler(REGLER, Planregler()) == {}


LINE = st.text("abc åäö.", min_size=1, max_size=8).map(str.strip).filter(bool)
RULE = st.lists(LINE, max_size=3).map("\n".join)


@given(
    st.builds(
        Planregler,
        st.tuples(RULE, RULE, RULE),
        st.tuples(RULE, RULE, RULE),
        LINE,
        st.lists(st.tuples(LINE, LINE).map(": ".join), max_size=3).map("\n".join),
        LINE,
    )
)
def test_what_is_written_is_read_again(regler: Planregler) -> None:
    assert read_regler(write_regler({}, regler)) == regler
    assert read_regler(write_regler(REGLER, regler)) == regler


def test_rules_are_changed_and_taken_back(store: Store) -> None:
    plan_id = put(store)
    nu = read_regler(REGLER)
    assert update_planregler(store, EVA, plan_id, nu, nu) is None
    ny = replace(nu, sammanvagning="Alla lika gäller.")
    saved = update_planregler(store, EVA, plan_id, ny, nu)
    assert saved is not None
    assert stored(store, plan_id) == {**REGLER, "sammanvagning": "Alla lika gäller."}
    with pytest.raises(ConflictError) as conflict:
        update_planregler(store, EVA, plan_id, nu, nu)
    assert conflict.value.nu == ny
    undo_act(store, EVA, saved.changes.handelse_id)
    assert stored(store, plan_id) == REGLER
    assert update_planregler(store, EVA, plan_id, Planregler()) is not None
    assert stored(store, plan_id) == {}


@pytest.mark.parametrize(
    ("regler", "falt"),
    [
        (Planregler(("", "\x07", "")), "delarsbokslut.gul"),
        (Planregler(arsbokslut=("", "", "x" * 20_001)), "arsbokslut.rod"),
        (Planregler(sammanvagning="\x00"), "sammanvagning"),
        (Planregler(aktivitetsstatus="Klar"), "aktivitetsstatus"),
        (Planregler(aktivitetsstatus="\nKlar: ja\n: nej"), "aktivitetsstatus"),
    ],
)
def test_what_is_refused(store: Store, regler: Planregler, falt: str) -> None:
    plan_id = put(store)
    with store.read(EVA) as session:
        assert [found.field for found in check_planregler(session, EVA, regler)] == [falt]
    with pytest.raises(DataError) as caught:
        update_planregler(store, EVA, plan_id, regler)
    assert caught.value.field == falt


def test_who_may(store: Store) -> None:
    plan_id = put(store)
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    with pytest.raises(DataError, match="behörighet"):
        update_planregler(store, ELIN, plan_id, Planregler())
