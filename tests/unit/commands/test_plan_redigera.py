"""A plan edited row by row."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.plan_import import import_plan
from db.commands.plan_kontroll import Planrad
from db.commands.plan_redigera import (
    add_planrad,
    check_planrad,
    remove_planrad,
    set_planvarde,
    shift_planrad,
    update_planrad,
)
from db.commands.planhuvud import Planhuvud, check_planhuvud, read_planhuvud, update_planhuvud
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Indikatorvarde, Planindikator
from db.queries.plan import load_plan
from db.rules.koder import Bedomningsskala, Indikatorslag, Vardeslag
from db.rules.plan import Aktivitet, Arshjul, Indikator, Mal, Plandokument, Varde
from db.rules.planbild import LagradPlan
from db.session import Store
from tests.helpers.factories import (
    make_aktivitetsstatus,
    make_indikatorvarde,
    make_malbedomning,
    make_medarbetare,
    make_plankommentar,
)
from tests.unit.commands.helpers import ELIN, EVA, fill

A, B, C = Mal("a", "kf-mal", "A"), Mal("b", "namndmal", "B", "a"), Mal("c", "namndmal", "C", "a")
KURS = Aktivitet("Starta kurser", "b")
ANDEL = Indikator(
    "i", "Andel", "andel", True, mal="b", varden=(Varde("2023", "1", "2", "3"),),
    riktvarden=(Varde("2024", totalt="5"), Varde("2025", totalt="6")),
)  # fmt: skip
VOLYM = Indikator("v", "Hushåll", "antal", False, Indikatorslag.VOLYM)
PLAN = Plandokument(
    "Provstad", "Nämnden", 2024, bedomning=Bedomningsskala.GRON_GUL_ROD, mal=(A, B, C),
    aktiviteter=(KURS, Aktivitet("Möten", "b"), Aktivitet("Annat")), indikatorer=(ANDEL,), volymer=(VOLYM,),
    regler={"text": "Så här"}, arshjul=(Arshjul("Mars", ("Delår",)),),
)  # fmt: skip


@pytest.fixture
def plan(store: Store) -> LagradPlan:
    saved = import_plan(store, EVA, "provstad", PLAN)
    assert saved is not None
    return seen(store, saved.id)


def seen(store: Store, plan_id: int = 1) -> LagradPlan:
    with store.read(EVA) as session:
        return load_plan(session, EVA, plan_id)


def faults(store: Store, plan: LagradPlan, rad: Planrad, rad_id: int | None = None) -> list[str]:
    with store.read(EVA) as session:
        return [f.field for f in check_planrad(session, EVA, plan.id, rad, rad_id) if f.stops]


def asked(store: Store, plan: LagradPlan, rad: Planrad) -> list[str]:
    with store.read(EVA) as session:
        return [f.field for f in check_planrad(session, EVA, plan.id, rad) if not f.stops]


@pytest.mark.parametrize(
    "rad",
    [
        Mal("d", "uppdrag", "D", "b", "1.2", "Mer", "gul"),
        Mal("d", "uppdrag", "D"),
        Aktivitet("Ny", "c", "7", "Mer", "Effekt", "Beslut", "April"),
        Aktivitet("Ny"),
        Indikator("j", "J", "kr", False, mal="a", varden=(Varde("ingaende", text="*"),)),
        replace(VOLYM, kod="w"),
    ],
)
def test_rows_are_added_last_and_taken_back(store: Store, plan: LagradPlan, rad: Planrad) -> None:
    saved = add_planrad(store, EVA, plan.id, rad)
    d = seen(store).dokument
    assert rad in (d.mal[-1], d.aktiviteter[-1], *d.indikatorer[-1:], *d.volymer[-1:])
    undo_act(store, EVA, saved.changes.handelse_id)
    assert seen(store) == plan


def test_the_first_row_of_a_plan(store: Store) -> None:
    saved = import_plan(store, EVA, "tom", replace(PLAN, mal=(), aktiviteter=(), indikatorer=(), volymer=()))
    assert saved is not None
    add_planrad(store, EVA, saved.id, A)
    assert seen(store, saved.id).dokument.mal == (A,)


@pytest.mark.parametrize(
    ("rad", "ny"),
    [
        (B, Mal("b2", "mal", "Nytt", "", "3", "Text", "rod")),
        (B, Mal("b", "mal", "Nytt", "c")),
        (KURS, Aktivitet("Starta fler kurser", "", "2", "a", "b", "c", "d")),
        (ANDEL, replace(ANDEL, kod="i2", mal="", konsuppdelad=False, beraknas="avslut.totalt", kolada="U1")),
        (
            ANDEL,
            replace(ANDEL, varden=(Varde("2022", text="I.U"), Varde("2023", "1.0", "2", "3")), riktvarden=()),
        ),
        (ANDEL, replace(ANDEL, slag=Indikatorslag.VOLYM)),
        (ANDEL, replace(ANDEL, nummer="12", bedomning="gul")),
    ],
)
def test_every_field_can_be_changed(store: Store, plan: LagradPlan, rad: Planrad, ny: Planrad) -> None:
    ids = {B: plan.mal_id["b"], KURS: plan.aktivitet_id[0], ANDEL: plan.indikator_id["i"]}
    saved = update_planrad(store, EVA, ids[rad], ny, rad)
    assert saved is not None
    d = seen(store).dokument
    assert ny in (*d.mal, *d.aktiviteter, *d.indikatorer, *d.volymer)
    assert update_planrad(store, EVA, ids[rad], ny) is None
    with pytest.raises(ConflictError) as caught:
        update_planrad(store, EVA, ids[rad], rad, rad)
    assert caught.value.nu == ny
    assert caught.value.senast is not None
    undo_act(store, EVA, saved.changes.handelse_id)
    assert seen(store) == plan


def test_typed_outcomes_follow_their_indicator(store: Store, plan: LagradPlan) -> None:
    def typed() -> list[str]:
        with store.read(EVA) as session:
            return sorted(f"{v.indikator} {v.period}" for v in session.scalars(select(Indikatorvarde)))

    def make(session: Any) -> None:
        for kod, period in (("i", "2022"), ("i", "2023"), ("ny", "2023")):
            make_indikatorvarde(session, indikator=kod, period=period)

    fill(store, make)
    saved = update_planrad(store, EVA, plan.indikator_id["i"], replace(ANDEL, kod="ny"))
    assert saved is not None
    assert typed() == ["i 2023", "ny 2022", "ny 2023"]
    undo_act(store, EVA, saved.changes.handelse_id)
    assert typed() == ["i 2022", "i 2023", "ny 2023"]
    import_plan(store, EVA, "grannen", PLAN)
    update_planrad(store, EVA, plan.indikator_id["i"], replace(ANDEL, kod="ny"))
    assert typed() == ["i 2022", "i 2023", "ny 2023"]


def test_texts_and_numbers_are_cleaned(store: Store, plan: LagradPlan) -> None:
    ny = replace(ANDEL, namn=" Andel ", varden=(Varde(" 2023 ", "1 250,50", "", " ", " ca "),), riktvarden=())
    update_planrad(store, EVA, plan.indikator_id["i"], ny)
    assert seen(store).dokument.indikatorer[0].varden == (Varde("2023", "1250.50", text="ca"),)
    assert add_planrad(store, EVA, plan.id, Mal(" d ", "mal", " D ")).varningar == ()
    assert seen(store).dokument.mal[-1] == Mal("d", "mal", "D")


@pytest.mark.parametrize(
    ("rad", "falt"),
    [
        (Mal("", "mal", "T"), ["kod"]),
        (Mal("x\ny", "mal", "T"), ["kod"]),
        (Mal("a", "mal", "T"), ["kod"]),
        (Mal("i", "mal", "T"), ["kod"]),
        (Mal("x" * 121, "mal", "T"), ["kod"]),
        (Mal("x", "", "T"), ["niva"]),
        (Mal("x", "mal", " "), ["titel"]),
        (Mal("x", "mal", "T", "saknas"), ["overordnat"]),
        (Mal("x", "mal", "T", "x"), ["overordnat", "overordnat"]),
        (Mal("x", "mal", "T\x00"), ["titel"]),
        (Mal("x", "mal", "T", beskrivning="x" * 20_001), ["beskrivning"]),
        (Aktivitet(" "), ["text"]),
        (Aktivitet("A", "saknas"), ["mal"]),
        (Aktivitet("A", nummer="x" * 41), ["nummer"]),
        (Indikator("b", "N", "kr", True), ["kod"]),
        (Indikator("x", " ", "kr", True), ["namn"]),
        (Indikator("x", "N", " ", True), ["enhet"]),
        (Indikator("x", "N", "kr", True, nummer="1" * 41), ["nummer"]),
        (Indikator("x", "N", "kr", True, mal="saknas"), ["mal"]),
        (Indikator("x", "N", "kr", True, varden=(Varde("snart", totalt="1"),)), ["varden.0.period"]),
        (Indikator("x", "N", "kr", True, varden=(Varde("2024", man="få"),)), ["varden.0.man"]),
        (Indikator("x", "N", "kr", True, varden=(Varde("2024", man="1" * 41),)), ["varden.0.man"]),
        (Indikator("x", "N", "kr", True, varden=(Varde("2024"),)), ["varden.0.totalt"]),
        (Indikator("x", "N", "kr", True, riktvarden=(Varde("2024", text="≥ x"),)), ["riktvarden.0.text"]),
        (Indikator("x", "N", "kr", True, varden=(Varde("2024", text="\x07"),)), ["varden.0.text"]),
        (
            Indikator("x", "N", "kr", True, varden=(Varde("2024", "1"), Varde("2024", "2"))),
            ["varden.1.period"],
        ),
    ],
)
def test_what_is_refused(store: Store, plan: LagradPlan, rad: Planrad, falt: list[str]) -> None:
    assert faults(store, plan, rad) == falt
    with pytest.raises(DataError) as caught:
        add_planrad(store, EVA, plan.id, rad)
    assert caught.value.field == falt[0]
    assert seen(store) == plan


@pytest.mark.parametrize(
    ("rad", "falt"),
    [
        (Mal("x", "stjärna", "T"), ["niva"]),
        (Mal("x", "mal", "T", bedomning="bra"), ["bedomning"]),
        (Indikator("x", "N", "bitar", True, beraknas="okand.rad"), ["enhet", "beraknas"]),
        (Indikator("x", "N", "kr", True, bedomning="bra"), ["bedomning"]),
    ],
)
def test_what_is_told(store: Store, plan: LagradPlan, rad: Planrad, falt: list[str]) -> None:
    assert asked(store, plan, rad) == falt
    assert [v.field for v in add_planrad(store, EVA, plan.id, rad).varningar] == falt


@pytest.mark.parametrize(
    "ny", [replace(A, overordnat="b"), replace(A, kod="a2", overordnat="b"), replace(A, overordnat="a")]
)
def test_a_goal_never_lies_under_itself(store: Store, plan: LagradPlan, ny: Mal) -> None:
    assert "overordnat" in faults(store, plan, ny, plan.mal_id["a"])


def test_a_goal_keeps_those_below_when_its_id_changes(store: Store, plan: LagradPlan) -> None:
    update_planrad(store, EVA, plan.mal_id["a"], replace(A, kod="a2"))
    assert [m.overordnat for m in seen(store).dokument.mal] == ["", "a2", "a2"]


def test_the_order_is_changed_among_those_of_the_same_goal(store: Store, plan: LagradPlan) -> None:
    saved = shift_planrad(store, EVA, Mal, plan.mal_id["c"], -5)
    assert saved is not None
    assert [m.kod for m in seen(store).dokument.mal] == ["a", "c", "b"]
    assert shift_planrad(store, EVA, Mal, plan.mal_id["c"], -1) is None
    undo_act(store, EVA, saved.changes.handelse_id)
    assert shift_planrad(store, EVA, Aktivitet, plan.aktivitet_id[0], 9) is not None
    assert [a.text for a in seen(store).dokument.aktiviteter] == ["Möten", "Starta kurser", "Annat"]
    assert shift_planrad(store, EVA, Indikator, plan.indikator_id["i"], 1) is None


def test_a_goal_that_something_hangs_under_stays(store: Store, plan: LagradPlan) -> None:
    for fel, kod in (
        ("Under målet hänger målet B; målet C. Flytta", "a"),
        ("aktiviteten Starta kurser; aktiviteten Möten; indikatorn Andel", "b"),
    ):
        with pytest.raises(DataError, match=fel):
            remove_planrad(store, EVA, Mal, plan.mal_id[kod])
    for nummer in range(6):
        add_planrad(store, EVA, plan.id, Aktivitet("x" * 100 + str(nummer), "c"))
    with pytest.raises(DataError, match=r"x…; .* och 1 till\."):
        remove_planrad(store, EVA, Mal, plan.mal_id["c"])


def test_rows_go_with_what_is_written_of_them_and_come_back(store: Store, plan: LagradPlan) -> None:
    def write(session: Any) -> None:
        make_malbedomning(session, mal_id=plan.mal_id["c"])
        make_plankommentar(session, indikator_id=plan.indikator_id["i"])
        make_aktivitetsstatus(session, aktivitet_id=plan.aktivitet_id[0])

    fill(store, write)
    for slag, rad_id, told in (
        (Mal, plan.mal_id["c"], "bedömningar: 1"),
        (Indikator, plan.indikator_id["i"], "kommentarer: 1"),
        (Aktivitet, plan.aktivitet_id[0], "aktiviteter: 1"),
    ):
        removed = remove_planrad(store, EVA, slag, rad_id)
        assert len(removed.varningar) == 1
        assert told in removed.varningar[0].message
        with pytest.raises(NotFoundError):
            remove_planrad(store, EVA, slag, rad_id)
        undo_act(store, EVA, removed.changes.handelse_id)
    assert seen(store) == plan


def test_one_value_at_a_time(store: Store, plan: LagradPlan) -> None:
    i = plan.indikator_id["i"]

    def varden() -> tuple[Varde, ...]:
        return seen(store).dokument.indikatorer[0].varden

    saved = set_planvarde(store, EVA, i, Vardeslag.UTFALL, Varde("2024-08", totalt="4,0"), Varde("2024-08"))
    assert saved is not None
    assert varden() == (Varde("2023", "1", "2", "3"), Varde("2024-08", totalt="4.0"))
    with pytest.raises(ConflictError):
        set_planvarde(store, EVA, i, Vardeslag.UTFALL, Varde("2024-08", totalt="5"), Varde("2024-08"))
    set_planvarde(store, EVA, i, Vardeslag.UTFALL, Varde("2023"), Varde("2023", "1", "2", "3"))
    assert varden() == (Varde("2024-08", totalt="4.0"),)
    assert set_planvarde(store, EVA, i, Vardeslag.UTFALL, Varde("2020")) is None
    set_planvarde(store, EVA, i, Vardeslag.RIKTVARDE, Varde("2024", text="Öka"))
    assert seen(store).dokument.indikatorer[0].riktvarden[0] == Varde("2024", text="Öka")
    for slag, varde, falt in (
        (Vardeslag.RIKTVARDE, Varde("2024", text="≥"), "text"),
        (Vardeslag.UTFALL, Varde("x", totalt="1"), "period"),
    ):
        with pytest.raises(DataError) as caught:
            set_planvarde(store, EVA, i, slag, varde)
        assert caught.value.field == falt


HUVUD = Planhuvud("Provstad", "Nämnden", 2024, bedomning=Bedomningsskala.GRON_GUL_ROD, arshjul=PLAN.arshjul)


def test_the_head_is_changed(store: Store, plan: LagradPlan) -> None:
    assert read_planhuvud(plan) == HUVUD
    assert update_planhuvud(store, EVA, plan.id, HUVUD, HUVUD) is None
    ny = Planhuvud(
        "Nystad", "Styrelsen", 2025, "Plan", "Fil", Bedomningsskala.INGEN, ("2025-08", "2025-12"),
        (Arshjul("April", ()),),
    )  # fmt: skip
    saved = update_planhuvud(store, EVA, plan.id, ny, HUVUD)
    assert saved is not None
    assert read_planhuvud(seen(store)) == ny
    assert seen(store).dokument.regler == PLAN.regler
    with pytest.raises(ConflictError):
        update_planhuvud(store, EVA, plan.id, HUVUD, HUVUD)
    assert update_planhuvud(store, EVA, plan.id, replace(ny, uppfoljning=())) is not None
    assert seen(store).dokument.uppfoljning == ()


@pytest.mark.parametrize(
    ("fel", "falt"),
    [
        ({"kommun": " "}, "kommun"),
        ({"namnd": "x" * 201}, "namnd"),
        ({"titel": "\x00"}, "titel"),
        ({"ar": 1}, "ar"),
        ({"uppfoljning": ("snart",)}, "uppfoljning"),
        ({"arshjul": (Arshjul(" ", ()),)}, "arshjul"),
        ({"arshjul": (Arshjul("Maj", ("\x00",)),)}, "arshjul"),
    ],
)
def test_a_head_that_is_refused(store: Store, plan: LagradPlan, fel: dict[str, Any], falt: str) -> None:
    with store.read(EVA) as session:
        assert [f.field for f in check_planhuvud(session, EVA, replace(HUVUD, **fel))] == [falt]
    with pytest.raises(DataError) as caught:
        update_planhuvud(store, EVA, plan.id, replace(HUVUD, **fel))
    assert caught.value.field == falt


def test_who_may(store: Store, plan: LagradPlan) -> None:
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    i = plan.indikator_id["i"]
    for act in (
        lambda: add_planrad(store, ELIN, plan.id, A),
        lambda: update_planrad(store, ELIN, plan.mal_id["a"], A),
        lambda: shift_planrad(store, ELIN, Mal, plan.mal_id["a"], 1),
        lambda: remove_planrad(store, ELIN, Mal, plan.mal_id["a"]),
        lambda: set_planvarde(store, ELIN, i, Vardeslag.UTFALL, Varde("2023")),
        lambda: update_planhuvud(store, ELIN, plan.id, HUVUD),
    ):
        with pytest.raises(DataError, match="behörighet"):
            act()


def test_what_does_not_exist(store: Store, plan: LagradPlan) -> None:
    with pytest.raises(NotFoundError):
        update_planrad(store, EVA, 404, A)
    with pytest.raises(NotFoundError):
        add_planrad(store, EVA, 404, A)
    with store.read(EVA) as session, pytest.raises(NotFoundError):
        check_planrad(session, EVA, plan.id, A, 404)
    assert fill(store, lambda session: session.get(Planindikator, plan.indikator_id["v"])) is not None
