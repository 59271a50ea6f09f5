"""A plan for a period: what the register says, what is typed, what is printed, what staff have written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.commands.plan_import import import_plan
from db.errors import DataError, NotFoundError
from db.queries.plan import find_plan, load_plan
from db.queries.plan_utfall import compute_rapporter, pick_utfall
from db.queries.plan_varden import values_of
from db.rules.koder import Aktivitetslage, Bedomningsskala, Indikatorslag
from db.rules.period import parse_period
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument, Varde
from db.rules.planbild import Indikatorbild, LagradPlan, Malbild, Planvarden
from db.rules.planvarden import Kalla
from db.rules.riktvarde import Maluppfyllelse
from db.session import Store
from tests.helpers.factories import (
    make_aktivitetsstatus,
    make_arende,
    make_deltagare,
    make_enhet,
    make_indikatorvarde,
    make_inskrivning,
    make_kapacitet,
    make_koladavarde,
    make_kostnad,
    make_malbedomning,
    make_medarbetare,
    make_plankommentar,
)
from tests.helpers.planer import KODER, plandokument, planmallar
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import EVA, fill

IDAG = date(2025, 2, 1)
PLAN = Plandokument(
    "Provstad",
    "Nämnden",
    2024,
    bedomning=Bedomningsskala.GRON_GUL_ROD,
    mal=(
        Mal("over", "kf-mal", "Fler i arbete"),
        Mal("a", "namndmal", "Snabbare start", "over", bedomning="rod"),
        Mal("b", "namndmal", "Fler får insats", "over"),
    ),
    aktiviteter=(Aktivitet("Starta kurser", "a"), Aktivitet("Möta arbetsgivare", "a"), Aktivitet("Övrigt")),
    indikatorer=(
        Indikator("unika", "Deltagare", "antal", True, mal="a", beraknas="deltagare.unika",
            varden=(
                Varde("ingaende", totalt="1"), Varde("2022", totalt="50.0"), Varde("2023-08", text="I.U"),
            ),
            riktvarden=(Varde("2024", totalt="2"),)),
        Indikator("enkat", "Nöjda", "andel", False, mal="b", riktvarden=(Varde("2024", text="Öka"),)),
    ),
    volymer=(
        Indikator("kostnad", "Kostnad", "tkr", False, Indikatorslag.VOLYM,
            beraknas="belaggning.intern.kostnad_per_plats"),
    ),
)  # fmt: skip


@pytest.fixture
def plan(store: Store) -> LagradPlan:
    return put(store, PLAN)


def put(store: Store, dokument: Plandokument, kod: str = "provstad") -> LagradPlan:
    saved = import_plan(store, EVA, kod, dokument)
    assert saved is not None
    with store.read(EVA) as session:
        return load_plan(session, EVA, saved.id)


def seen(store: Store, plan: LagradPlan, period: str = "2024", idag: date = IDAG) -> Planvarden:
    with store.read(EVA) as session:
        return values_of(session, EVA, plan.id, period, idag)


def indikator(varden: Planvarden, kod: str) -> Indikatorbild:
    return next(i for i in (*varden.indikatorer, *varden.volymer) if i.indikator.kod == kod)


def mal(varden: Planvarden, kod: str) -> Malbild:
    return next(m for m in varden.mal if m.mal.kod == kod)


def people(store: Store, *kon: str, inskriven: date = date(2024, 3, 1)) -> None:
    def make(session: Session) -> None:
        for k in kon:
            make_inskrivning(session, deltagare_id=make_deltagare(session, kon=k).id, inskriven=inskriven)

    fill(store, make)


def test_an_outcome_is_worked_out_from_the_register_by_kon(store: Store, plan: LagradPlan) -> None:
    people(store, "K", "K", "M")
    bild = indikator(seen(store, plan), "unika")
    assert bild.utfall.kalla is Kalla.BERAKNAT
    assert [bild.utfall.tal(n) for n in ("kvinnor", "man", "totalt")] == [2, 1, 3]
    assert bild.utfall.figur is not None
    assert bild.utfall.figur.id == "deltagare.unika"
    assert bild.ingaende is not None
    assert bild.ingaende.totalt == 1
    assert [(u.period, u.totalt, u.text) for u in bild.tidigare] == [
        ("2022", Decimal("50.0"), ""), ("2023-08", None, "I.U"),
    ]  # fmt: skip
    assert bild.provning.uppfyllelse["totalt"] is Maluppfyllelse.NAS


def test_protected_people_are_counted(store: Store, plan: LagradPlan) -> None:
    def make(session: Session) -> None:
        person = make_deltagare(session, kon="K", skyddad="skyddad folkbokföring")
        make_inskrivning(session, deltagare_id=person.id, inskriven=date(2024, 3, 1))

    fill(store, make)
    assert indikator(seen(store, plan), "unika").utfall.totalt == 1


def test_a_month_is_the_year_until_then(store: Store, plan: LagradPlan) -> None:
    people(store, "K", inskriven=date(2024, 2, 1))
    people(store, "M", inskriven=date(2024, 10, 1))
    varden = seen(store, plan, "2024-08")
    assert (varden.period.namn, varden.prognos, varden.per) == (
        "januari–augusti 2024",
        True,
        date(2024, 8, 31),
    )
    assert indikator(varden, "unika").utfall.totalt == 1


def test_a_time_that_the_register_does_not_know_has_no_false_zero(store: Store, plan: LagradPlan) -> None:
    assert indikator(seen(store, plan), "unika").utfall.kalla is Kalla.SAKNAS
    people(store, "K")
    assert indikator(seen(store, plan, "2022"), "unika").utfall.kalla is Kalla.TRYCKT
    assert indikator(seen(store, plan, "2023"), "unika").utfall.kalla is Kalla.SAKNAS
    assert indikator(seen(store, plan, "2024", date(2023, 6, 1)), "unika").utfall.kalla is Kalla.SAKNAS


def test_a_typed_value_stands_where_nothing_is_worked_out_or_where_it_says_why(
    store: Store, plan: LagradPlan
) -> None:
    people(store, "K")
    rows: list[dict[str, Any]] = [
        {"indikator": "enkat", "period": "2024-12", "totalt": 71.5, "kalla": "Enkäten"},
        {"indikator": "enkat", "period": "2023", "totalt": 70.0},
        {"indikator": "enkat", "period": "okänd", "totalt": 1.0},
        {"indikator": "unika", "period": "2024", "totalt": 9.0},
    ]
    fill(store, lambda session: [make_indikatorvarde(session, kommentar="", **row) for row in rows])
    varden = seen(store, plan)
    enkat = indikator(varden, "enkat")
    assert (enkat.utfall.kalla, str(enkat.utfall.totalt), enkat.utfall.kallnot) == (
        Kalla.SKRIVET,
        "71.5",
        "Enkäten",
    )
    assert [(u.period, u.totalt) for u in enkat.tidigare] == [("2023", 70)]
    assert enkat.provning.samlad is Maluppfyllelse.NAS
    assert indikator(varden, "unika").utfall.kalla is Kalla.BERAKNAT
    typed = {"indikator": "unika", "period": "2022", "totalt": 8.0, "kommentar": "Fel i registret"}
    fill(store, lambda session: make_indikatorvarde(session, **typed))
    utfall = indikator(seen(store, plan, "2022"), "unika").utfall
    assert (utfall.kalla, utfall.totalt, utfall.kommentar) == (Kalla.SKRIVET, 8, "Fel i registret")
    assert utfall.tryckt is not None
    assert utfall.tryckt.totalt == "50.0"
    fill(store, lambda session: make_indikatorvarde(session, **typed | {"period": "2024-01-01..2024-12-31"}))
    assert indikator(seen(store, plan), "unika").utfall.totalt == 8


def test_a_typed_row_without_a_number_hides_nothing(store: Store, plan: LagradPlan) -> None:
    people(store, "K")
    tom = {"kvinnor": None, "man": None, "totalt": None, "kommentar": "Bara ord"}
    fill(store, lambda session: make_indikatorvarde(session, indikator="unika", period="2024", **tom))
    utfall = indikator(seen(store, plan), "unika").utfall
    assert (utfall.kalla, utfall.totalt) == (Kalla.BERAKNAT, 1)


def test_a_typed_number_beyond_all_bounds_is_none(store: Store, plan: LagradPlan) -> None:
    tal = {"kvinnor": 1e300, "man": -1e15, "totalt": 2.25}
    fill(store, lambda session: make_indikatorvarde(session, indikator="enkat", period="2024", **tal))
    utfall = indikator(seen(store, plan), "enkat").utfall
    assert [utfall.tal(n) for n in ("kvinnor", "man", "totalt")] == [None, None, Decimal("2.25")]


def test_a_typed_baseline_stands_where_the_plan_prints_no_number(store: Store, plan: LagradPlan) -> None:
    fill(
        store,
        lambda session: [
            make_indikatorvarde(session, indikator=kod, period="ingaende", totalt=60.0)
            for kod in ("enkat", "unika")
        ],
    )
    fill(store, lambda session: make_indikatorvarde(session, indikator="enkat", period="2024", totalt=61.0))
    varden = seen(store, plan)
    enkat, unika = indikator(varden, "enkat"), indikator(varden, "unika")
    assert enkat.ingaende is not None
    assert (enkat.ingaende.kalla, enkat.ingaende.totalt) == (Kalla.SKRIVET, 60)
    assert enkat.provning.samlad is Maluppfyllelse.NAS
    assert unika.ingaende is not None
    assert (unika.ingaende.kalla, unika.ingaende.totalt) == (Kalla.TRYCKT, 1)


def test_nothing_is_worked_out_of_days_to_come(store: Store) -> None:
    bara = replace(PLAN.indikatorer[0], varden=(), riktvarden=())
    plan = put(store, replace(PLAN, indikatorer=(bara,)))
    people(store, "K")
    bild = indikator(seen(store, plan, "2040"), "unika")
    assert (bild.utfall.kalla, bild.tidigare) == (Kalla.SAKNAS, ())


def test_without_earlier_outcomes_the_year_before_is_worked_out(store: Store) -> None:
    bara = replace(PLAN.indikatorer[0], varden=(), riktvarden=(Varde("2024", text="Öka"),))
    plan = put(store, replace(PLAN, indikatorer=(bara,)))
    people(store, "K", inskriven=date(2023, 3, 1))
    people(store, "M")
    bild = indikator(seen(store, plan), "unika")
    assert [(u.period, u.kalla, u.totalt) for u in bild.tidigare] == [("2023", Kalla.BERAKNAT, 1)]
    assert bild.provning.samlad is Maluppfyllelse.NAS


def test_kronor_in_the_plans_unit(store: Store, plan: LagradPlan) -> None:
    def make(session: Session) -> None:
        enhet = make_enhet(session, typ="intern")
        make_kapacitet(session, enhet_id=enhet.id, fran=date(2024, 1, 1), platser=2)
        make_kostnad(session, enhet_id=enhet.id, ar=2024, belopp_ore=50_000_000)

    fill(store, make)
    utfall = indikator(seen(store, plan), "kostnad").utfall
    assert utfall.figur is not None
    assert utfall.figur.varde.totalt == 250_000
    assert utfall.totalt == 250


def test_goals_are_judged_from_below(store: Store, plan: LagradPlan) -> None:
    people(store, "K", "M")
    varden = seen(store, plan, "2024-08")
    assert [(m.mal.kod, m.djup, m.bedomning) for m in varden.mal] == [
        ("over", 0, "gron"), ("a", 1, "gron"), ("b", 1, ""),
    ]  # fmt: skip
    assert mal(varden, "a").indikatorer == ("unika",)
    assert [a.aktivitet.text for a in varden.aktiviteter] == ["Övrigt"]
    arets = seen(store, plan)
    assert (mal(arets, "a").bedomning, mal(arets, "a").maskinens) == ("rod", "gron")  # as printed
    assert mal(arets, "over").bedomning == "rod"


def test_the_printed_assessment_of_an_indicator_holds_at_the_end_of_the_plans_year(store: Store) -> None:
    tryckt = replace(PLAN.indikatorer[0], bedomning="rod")
    plan = put(store, replace(PLAN, indikatorer=(tryckt, *PLAN.indikatorer[1:])))
    people(store, "K", "M")
    assert indikator(seen(store, plan), "unika").uppfyllelse is Maluppfyllelse.NAS_INTE
    assert indikator(seen(store, plan, "2024-08"), "unika").uppfyllelse is Maluppfyllelse.NAS
    assert indikator(seen(store, plan, "2025"), "unika").uppfyllelse is not Maluppfyllelse.NAS_INTE


def test_what_staff_have_written_of_the_period(store: Store, plan: LagradPlan) -> None:
    people(store, "K", "M")

    unika, enkaten = plan.indikator_id["unika"], plan.indikator_id["enkat"]
    kurser, toppen = plan.aktivitet_id[0], plan.mal_id["over"]

    def write(session: Session) -> None:
        make_medarbetare(session, signatur="elin", namn="Elin Måsvik")
        for period in ("2024-08", "2024-01-01..2024-08-31", "2023"):
            make_plankommentar(session, mal_id=plan.mal_id["a"], period=period, text=f"Om {period}")
        make_plankommentar(session, indikator_id=unika, period="2024-08", signatur="okand")
        make_aktivitetsstatus(session, aktivitet_id=kurser, period="2024-08", status="Stoppad")
        make_aktivitetsstatus(session, aktivitet_id=kurser, period="2023")
        make_malbedomning(session, mal_id=toppen, period="2024-08", bedomning="rod", skal="Läget")
        make_malbedomning(session, mal_id=toppen, period="2023", bedomning="gron")
        make_malbedomning(session, mal_id=None, indikator_id=enkaten, period="2024-08")

    fill(store, write)
    varden = seen(store, plan, "2024-08")
    a, over = mal(varden, "a"), mal(varden, "over")
    assert [(k.text, k.namn) for k in a.kommentarer] == [
        ("Om 2024-08", "Elin Måsvik"), ("Om 2024-01-01..2024-08-31", "Elin Måsvik"),
    ]  # fmt: skip
    assert [a.lage and a.lage.status for a in a.aktiviteter] == [Aktivitetslage.STOPPAD, None]
    assert (a.maskinens, over.maskinens, over.bedomning) == ("gul", "gul", "rod")
    assert over.egen is not None
    assert over.egen.skal == "Läget"
    assert indikator(varden, "unika").kommentarer[0].namn == "okand"
    enkat = indikator(varden, "enkat")
    assert (enkat.provning.samlad, enkat.uppfyllelse) == (Maluppfyllelse.GAR_INTE, Maluppfyllelse.PA_VAG)


def test_other_municipalities_of_the_latest_year(store: Store) -> None:
    med = replace(PLAN, indikatorer=(replace(PLAN.indikatorer[1], kolada="U1"),))
    plan = put(store, med)

    def make(session: Session) -> None:
        for period, kommun in (("2022", "0580"), ("2023", "0580"), ("2023", "0380"), ("2025", "0380")):
            make_koladavarde(session, kpi="U1", kommun=kommun, period=period, totalt=1.5)

    fill(store, make)
    rows = indikator(seen(store, plan), "enkat").kolada
    assert [(k.kommun, k.period, k.totalt) for k in rows] == [("0380", "2023", 1.5), ("0580", "2023", 1.5)]


def test_koladas_figure_of_the_own_municipality_is_an_outcome_where_there_is_no_other(store: Store) -> None:
    arbetslosa = Indikator("n", "Unga utan arbete", "andel", True, kalla="Kolada ID: N02797",
        varden=(Varde("2022", totalt="5.3"),), riktvarden=(Varde("2024", text="Minska"),))  # fmt: skip
    unika = replace(PLAN.indikatorer[0], varden=())
    plan = put(store, replace(PLAN, kommun="Linköping", indikatorer=(arbetslosa, unika), volymer=()))

    def make(session: Session) -> None:
        for kpi in ("N02797", "U40800"):
            for ar in ("2021", "2022", "2023", "2024"):
                make_koladavarde(
                    session, kpi=kpi, kommun="0580", period=ar, totalt=float(ar) / 1000, kvinnor=1.5
                )
        make_koladavarde(session, kpi="N02797", kommun="0380", period="2024", totalt=9.0)

    fill(store, make)
    bild = indikator(seen(store, plan), "n")
    assert (bild.utfall.kalla, bild.utfall.period, str(bild.utfall.totalt)) == (Kalla.KOLADA, "2024", "2.024")
    assert (bild.utfall.kvinnor, bild.utfall.man) == (Decimal("1.5"), None)
    assert [(u.period, u.kalla, str(u.totalt)) for u in bild.tidigare] == [
        ("2021", Kalla.KOLADA, "2.021"), ("2022", Kalla.TRYCKT, "5.3"), ("2023", Kalla.KOLADA, "2.023"),
    ]  # fmt: skip
    assert bild.provning.samlad is Maluppfyllelse.NAS_INTE
    assert [rad.kommun for rad in bild.kolada] == ["0380", "0580"]
    egen = indikator(seen(store, plan), "unika")
    assert (egen.utfall.kalla, egen.tidigare) == (Kalla.SAKNAS, ())
    assert egen.kolada[0].kpi == "U40800"
    delar = indikator(seen(store, plan, "2024-08"), "n")
    assert (delar.utfall.kalla, delar.tidigare[-1].period) == (Kalla.SAKNAS, "2023")


@pytest.mark.parametrize("kod", KODER)
def test_the_five_in_an_empty_register_give_what_is_printed(store: Store, kod: str) -> None:
    plan = put(store, planmallar()[kod], kod)
    dokument = plan.dokument
    for period in {v.period for i in (*dokument.indikatorer, *dokument.volymer) for v in i.varden} - {
        "ingaende"
    }:
        varden = seen(store, plan, period)
        for bild in (*varden.indikatorer, *varden.volymer):
            tryckt = next((v for v in bild.indikator.varden if v.period == period), None)
            assert bild.utfall.tryckt == tryckt or tryckt is None


def test_no_such_plan_or_period(store: Store, plan: LagradPlan) -> None:
    for period, fel in (("förra året", "ingen period"), ("1900", "efter 1900"), ("1900-T1", "efter 1900")):
        with pytest.raises(DataError, match=fel) as caught:
            seen(store, plan, period)
        assert caught.value.field == "period"
    with pytest.raises(NotFoundError), store.read(EVA) as session:
        values_of(session, EVA, 404, "2024", IDAG)


ANY_PERIOD = ("1901", "2024-08", "2024", "2024-T2", "2024-02-29..2024-03-31", "2999")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plandokument(), st.sampled_from(("1901", "2024-08", "2024", "2024-T2", "2024-02-29..2024-03-31", "2999"))
)
def test_any_plan_has_values_for_any_period(store: Store, dokument: Plandokument, period: str) -> None:
    saved = import_plan(store, EVA, "provstad", dokument)
    with store.read(EVA) as session:
        plan_id = saved.id if saved else find_plan(session, EVA, "provstad")
        varden = values_of(session, EVA, plan_id, period, IDAG)
    assert sorted(m.mal.kod for m in varden.mal) == sorted(m.kod for m in dokument.mal)
    assert [i.indikator for i in varden.indikatorer] == list(dokument.indikatorer)
    assert [i.indikator for i in varden.volymer] == list(dokument.volymer)


def test_the_number_of_statements_does_not_grow(store: Store, plan: LagradPlan) -> None:
    def count(look: Callable[[], object]) -> int:
        with sent_statements(store) as sent:
            look()
        return len(sent)

    assert count(lambda: seen(store, plan)) == 13
    stor = put(store, planmallar()["uppsala-2024"], "uppsala-2024")
    assert count(lambda: seen(store, stor)) == 13


def test_nothing_is_asked_for_what_no_report_knows(store: Store) -> None:
    with sent_statements(store) as sent, store.read(EVA) as session:
        assert compute_rapporter(session, EVA, ["", "okand.rad"], parse_period("2024"), IDAG) == ()
    assert sent == []


def test_every_measure_of_the_five_is_worked_out(store: Store) -> None:
    people(store, "K")

    def make(session: Session) -> None:
        make_arende(session, ansokan=date(2024, 1, 10))
        make_kapacitet(session, enhet_id=make_enhet(session).id, fran=date(2024, 1, 1))

    fill(store, make)
    ids = {i.beraknas for p in planmallar().values() for i in (*p.indikatorer, *p.volymer)} - {""}
    with store.read(EVA) as session:
        assert ids <= pick_utfall(compute_rapporter(session, EVA, ids, parse_period("2024"), IDAG)).keys()
