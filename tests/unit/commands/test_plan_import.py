"""Plans put in, replaced, had back and taken away: rows that stay are the same rows."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands.findings import Saved
from db.commands.plan_import import check_import, delete_plan, import_plan
from db.commands.undo import undo_act
from db.errors import DataError, NotFoundError
from db.exchange.planfil import export_plan, import_planfil
from db.models import (
    Andring,
    Malbedomning,
    Plan,
    Planaktivitet,
    Planindikator,
    Plankommentar,
    Planmal,
    Planvarde,
)
from db.queries.plan import find_plan, list_planer, load_plan
from db.rules.koder import Bedomningsskala, Indikatorslag
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument, Varde
from db.rules.planbild import LagradPlan
from db.session import Store
from tests.helpers.factories import (
    make_aktivitetsstatus,
    make_malbedomning,
    make_medarbetare,
    make_plankommentar,
)
from tests.helpers.planer import ALLA_NYCKLAR, KODER, plandokument, planmallar
from tests.unit.commands.helpers import ELIN, EVA, fill

LITEN = Plandokument(
    "Provstad",
    "Arbetsmarknadsnämnden",
    2024,
    bedomning=Bedomningsskala.GRON_GUL_ROD,
    mal=(Mal("a", "kf-mal", "Fler i arbete"), Mal("b", "namndmal", "Snabbare start", "a", "1.1")),
    aktiviteter=(
        Aktivitet("Starta kurser", "b", "1"),
        Aktivitet("Möta arbetsgivare", "b"),
        Aktivitet("Plan"),
    ),
    indikatorer=(
        Indikator(
            "i", "Andel i arbete", "andel", True, mal="b",
            varden=(Varde("2023", "44", "52", "49"),), riktvarden=(Varde("2024", text="Öka"),),
        ),
    ),
    volymer=(Indikator("v", "Hushåll", "antal", False, Indikatorslag.VOLYM),),
)  # fmt: skip


def put(store: Store, plan: Plandokument = LITEN, kod: str = "provstad") -> Saved:
    saved = import_plan(store, EVA, kod, plan)
    assert saved is not None
    return saved


def stored(store: Store, plan_id: int) -> LagradPlan:
    with store.read(EVA) as session:
        return load_plan(session, EVA, plan_id)


def rows(store: Store) -> int:
    models = (Plan, Planmal, Planaktivitet, Planindikator, Planvarde, Malbedomning, Plankommentar)
    with store.read(EVA) as session:
        return sum(session.scalar(select(func.count()).select_from(model)) or 0 for model in models)


@pytest.mark.parametrize("kod", KODER)
def test_the_five_are_stored_and_written_without_loss(store: Store, tmp_path: Path, kod: str) -> None:
    saved = put(store, planmallar()[kod], kod)
    assert stored(store, saved.id).dokument == planmallar()[kod]
    fil = tmp_path / f"{kod}.toml"
    export_plan(store, EVA, saved.id, fil)
    again = import_planfil(store, EVA, fil)
    assert (again.plan, again.sparad, again.fel) == (planmallar()[kod], None, ())
    undo_act(store, EVA, saved.changes.handelse_id)
    assert rows(store) == 0


def test_every_key_of_the_format_is_stored_and_written_without_loss(store: Store, tmp_path: Path) -> None:
    last = import_planfil(store, EVA, ALLA_NYCKLAR)
    assert last.sparad is not None
    fil = tmp_path / ALLA_NYCKLAR.name
    export_plan(store, EVA, last.sparad.id, fil)
    assert tomllib.loads(fil.read_text(encoding="utf-8")) == tomllib.loads(
        ALLA_NYCKLAR.read_text(encoding="utf-8")
    )


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plandokument(), plandokument())
def test_any_plan_takes_anothers_place_and_gives_it_back(
    store: Store, forsta: Plandokument, andra: Plandokument
) -> None:
    saved = put(store, forsta)
    ersatt = import_plan(store, EVA, "provstad", andra)
    assert stored(store, saved.id).dokument == andra
    if ersatt is not None:
        undo_act(store, EVA, ersatt.changes.handelse_id)
    assert stored(store, saved.id).dokument == forsta
    removed = delete_plan(store, EVA, saved.id)
    assert rows(store) == 0
    undo_act(store, EVA, removed.changes.handelse_id)
    assert stored(store, saved.id).dokument == forsta
    delete_plan(store, EVA, saved.id)


def test_rows_that_stay_keep_their_ids_and_what_is_written_of_them(store: Store) -> None:
    saved = put(store)
    fore = stored(store, saved.id)

    def write(session: Session) -> None:
        make_malbedomning(session, mal_id=fore.mal_id["b"])
        make_plankommentar(session, indikator_id=fore.indikator_id["i"])
        make_aktivitetsstatus(session, aktivitet_id=fore.aktivitet_id[0])

    fill(store, write)
    ny = replace(
        LITEN,
        mal=(LITEN.mal[1], replace(LITEN.mal[0], titel="Fler i jobb")),
        aktiviteter=(Aktivitet("Ny"), Aktivitet("Starta fler kurser", "b", "1"), LITEN.aktiviteter[1]),
        indikatorer=(replace(LITEN.indikatorer[0], varden=(Varde("2023", "44", "52", "49.0"),)),),
    )
    ersatt = put(store, ny)
    assert [v.message for v in ersatt.varningar] == [
        "Ersätter planen provstad som finns i registret.",
        "Finns inte i den nya planen och tas bort: 1 aktiviteter.",
    ]
    efter = stored(store, saved.id)
    assert efter.dokument == ny
    assert (efter.mal_id, efter.indikator_id) == (fore.mal_id, fore.indikator_id)
    assert efter.aktivitet_id[1:] == fore.aktivitet_id[:2]
    with store.read(EVA) as session:
        change = select(Andring.gammalt, Andring.nytt).where(
            Andring.tabell == "planvarde", Andring.falt == "totalt"
        )
        assert session.execute(change).all() == [(json.dumps("49"), json.dumps("49.0"))]
        assert session.scalar(select(func.count()).select_from(Plankommentar)) == 1


def test_what_was_written_of_rows_that_go_is_told_and_comes_back(store: Store) -> None:
    saved = put(store)
    fore = stored(store, saved.id)

    def write(session: Session) -> None:
        make_malbedomning(session, mal_id=fore.mal_id["b"])
        make_plankommentar(session, indikator_id=fore.indikator_id["i"])
        make_aktivitetsstatus(session, aktivitet_id=fore.aktivitet_id[0])

    fill(store, write)
    tom = replace(LITEN, mal=(), aktiviteter=(), indikatorer=(), volymer=())
    with store.read(EVA) as session:
        told = [finding.message for finding in check_import(session, EVA, "provstad", tom)]
    assert told[1:] == [
        "Finns inte i den nya planen och tas bort: 2 mål.",
        "Finns inte i den nya planen och tas bort: 2 indikatorer.",
        "Finns inte i den nya planen och tas bort: 3 aktiviteter.",
        "Med dem försvinner bedömningar: 1.",
        "Med dem försvinner kommentarer: 1.",
        "Med dem försvinner lägen för aktiviteter: 1.",
    ]
    antal = rows(store)
    ersatt = put(store, tom)
    assert rows(store) == 1
    undo_act(store, EVA, ersatt.changes.handelse_id)
    assert rows(store) == antal
    assert stored(store, saved.id) == fore


def test_a_plan_that_is_edited_since_stays(store: Store) -> None:
    saved = put(store)
    put(store, replace(LITEN, mal=(LITEN.mal[0], replace(LITEN.mal[1], titel="Nytt")), volymer=()))
    with pytest.raises(DataError, match=r"har ändrats sedan dess: indikator \(borttagen\), mål b\."):
        undo_act(store, EVA, saved.changes.handelse_id)


def test_rows_without_name_or_number_are_told_by_id(store: Store) -> None:
    saved = put(store)
    aktiviteter = (*LITEN.aktiviteter[:2], replace(LITEN.aktiviteter[2], beskrivning="Mer"))
    put(store, replace(LITEN, aktiviteter=aktiviteter))
    with pytest.raises(DataError, match=r"sedan dess: aktivitet 3\."):
        undo_act(store, EVA, saved.changes.handelse_id)


def test_who_may(store: Store) -> None:
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    with pytest.raises(DataError, match="behörighet"):
        import_plan(store, ELIN, "provstad", LITEN)
    saved = put(store)
    with pytest.raises(DataError, match="behörighet"):
        delete_plan(store, ELIN, saved.id)
    with pytest.raises(DataError, match="bindestreck"):
        import_plan(store, EVA, "Provstad/24", LITEN)
    with pytest.raises(NotFoundError):
        delete_plan(store, EVA, 404)
    with store.read(EVA) as session, pytest.raises(NotFoundError):
        load_plan(session, EVA, 404)


def test_plans_are_listed_and_found_by_name(store: Store) -> None:
    with store.read(SYSTEM) as session, pytest.raises(NotFoundError, match="Läs in en plan"):
        find_plan(session, SYSTEM, "x")
    saved = put(store)
    put(store, replace(LITEN, ar=2025, uppfoljning=("2025-08",)), "provstad-25")
    with store.read(SYSTEM) as session:
        ny, gammal = list_planer(session, SYSTEM)
        assert (ny.ar, ny.uppfoljning, ny.antal_mal, ny.antal_aktiviteter) == (2025, ("2025-08",), 2, 3)
        assert (gammal.id, gammal.antal_indikatorer, gammal.antal_volymer) == (saved.id, 1, 1)
        assert find_plan(session, SYSTEM, " Provstad ") == saved.id
        with pytest.raises(NotFoundError, match="provstad, provstad-25"):
            find_plan(session, SYSTEM, "annan")


def test_a_file_with_faults_is_not_stored(store: Store, tmp_path: Path) -> None:
    fil = tmp_path / "trasig.toml"
    fil.write_text("[plan]\n", encoding="utf-8")
    last = import_planfil(store, EVA, fil)
    assert (last.plan, last.sparad, len(last.fel)) == (None, None, 3)
    assert rows(store) == 0
