"""Placements in OSA: every state, choosing and ordering, people, places, and one truth with the report."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries import osa as queries
from db.queries.figurer.osa import OVERGANG, PERSONER, count_beslut, count_overgangar, count_personer, figures
from db.queries.osa import UTAN_ENHET, OsaFlik, OsaTid, OsaUrval, choose, list_placeringar, sort_rader
from db.queries.osa_personer import list_i_osa, list_overgangar
from db.queries.osa_platser import OsaEnhet, read_osa_platser
from db.queries.osa_siffror import list_ar, read_siffror
from db.queries.platslista import read_platslista
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, PRAKTIK_INFOR_OSA
from db.rules.osa import Beslutslage
from db.rules.period import make_period, parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
TID = OsaTid(DAG, DAG, DAG)
AR = OsaTid(date(2024, 1, 1), DAG, DAG)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
BO = Aktor("bo", "Bo", Roll.HANDLAGGARE)
Days = tuple[Any, Any]


def day(n: int) -> date:
    return DAG + timedelta(days=n)


def put(session: Session, namn: str, typ: str = OSA_ANSTALLNING, *beslut: Days, **more: Any) -> int:
    """A placement from 20 days before the day, with decisions from so many days after it to so many."""
    person = make.make_deltagare(
        session, efternamn=namn, kon=more.pop("kon", "K"), skyddad=more.pop("skyddad", "nej")
    )
    handlaggare = more.pop("handlaggare", "elin")
    make.make_arende(session, deltagare_id=person.id, nummer=f"Ä-{namn}", handlaggare=handlaggare)
    inskrivning = make.make_inskrivning(
        session, deltagare_id=person.id, inskriven=date(2023, 1, 1), avslutad=more.pop("avslutad", None),
        resultat=more.pop("resultat", None), koordinator=more.pop("koordinator", "bo"),
    )  # fmt: skip
    values = {"start": day(more.pop("fran", -20))} | more
    insats = make.make_insats(session, inskrivning_id=inskrivning.id, typ=typ, **values)
    for place, (fran, till) in enumerate(beslut):
        make.make_osa_beslut(
            session, insats_id=insats.id, fran=day(fran), till=day(till), diarienummer=f"AF-{place}",
            bidrag_ore=1_500_000,
        )  # fmt: skip
    return int(insats.id)


@pytest.fixture
def register(store: Store) -> dict[str, int]:
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        make.make_medarbetare(session, signatur="bo", namn="Bo Ekvall")
        kok, extern = (
            make.make_enhet(session, namn="Köket").id,
            make.make_enhet(session, namn="Lärbron", typ="extern").id,
        )
        make.make_kapacitet(session, enhet_id=kok, platser=5)
        make.make_enhet(session, namn="Tom")
        found = {
            "Utan": put(session, "Utan", OSA_ANSTALLNING, enhet_id=kok, omfattning=50),
            "Lucka": put(session, "Lucka", OSA_ANSTALLNING, (-10, 300), kon="M", enhet_id=kok),
            "Snart": put(session, "Snart", OSA_ANSTALLNING, (-20, 20), enhet_id=extern, planerat_slut=day(9)),
            "Finns": put(
                session, "Finns", OSA_ANSTALLNING, (-20, -1), (0, 300), (301, 500), koordinator="elin"
            ),
            "Praktik": put(session, "Praktik", PRAKTIK_INFOR_OSA, enhet_id=kok, kon=None),
            "Bidrag": put(session, "Bidrag", LONEBIDRAGSANSTALLNING, enhet_id=kok, kon="M"),
            "Annat": put(session, "Annat", "praktik", enhet_id=kok),
            "Kommer": put(session, "Kommer", OSA_ANSTALLNING, fran=30, koordinator=""),
            "Skyddad": put(
                session, "Skyddad", OSA_ANSTALLNING, (-20, 50), skyddad="sekretessmarkering", enhet_id=kok
            ),
            "Annans": put(
                session, "Annans", handlaggare="eva", koordinator="eva", skyddad="fingerade uppgifter"
            ),
            "Slutad": put(session, "Slutad", OSA_ANSTALLNING, (-90, 0), fran=-90, slut=day(-5)),
            "Förr": put(session, "Förr", fran=-400, slut=day(-300)),
        }
        for dag, genomford in ((day(-30), day(-30)), (day(3), None), (day(90), None)):
            values = {"planerad": dag, "genomford": genomford, "text": "text" if genomford else ""}
            make.make_osa_uppfoljning(session, insats_id=found["Utan"], **values)
        make.make_arende(
            session, deltagare_id=make.make_deltagare(session).id, handlaggare="elin", avslutat=day(-3)
        )
    return found


def names(rader: Any) -> list[str]:
    return [rad.namn.removeprefix("Anna ") for rad in rader]


def test_everyone_whom_the_user_may_know_is_listed_and_judged(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        rader = list_placeringar(session, ELIN, TID)
    assert len(sent) == 3
    found = {rad.id: rad for rad in rader}
    lagen = {namn: found[id_].lagen for namn, id_ in register.items() if id_ in found}
    assert lagen == {
        "Utan": (Beslutslage.UTAN,), "Lucka": (Beslutslage.FINNS,), "Snart": (Beslutslage.GAR_UT,),
        "Finns": (Beslutslage.FINNS,), "Praktik": (Beslutslage.KRAVS_INTE,),
        "Bidrag": (Beslutslage.KRAVS_INTE,), "Kommer": (Beslutslage.UTAN,), "Skyddad": (Beslutslage.GAR_UT,),
    }  # fmt: skip
    utan, lucka = found[register["Utan"]], found[register["Lucka"]]
    assert (utan.enhet, utan.regi, utan.omfattning) == ("Köket", "intern", 50)
    assert utan.oppen
    assert utan.is_osa
    assert (utan.koordinator, utan.koordinator_namn, utan.handlaggare) == ("bo", "Bo Ekvall", "elin")
    assert [row.planerad for row in utan.osa_uppfoljningar] == [day(3), day(90)]
    assert (utan.beslut, utan.tackt_till, utan.luckor) == (None, None, ((day(-20), None),))
    assert (lucka.tackt_till, lucka.luckor) == (day(300), ((day(-20), day(-11)), (day(301), None)))
    assert (lucka.till, found[register["Snart"]].till) == (None, day(9))
    finns = found[register["Finns"]]
    assert finns.beslut == finns.osa[1]
    assert (finns.tackt_till, finns.enhet, finns.enhet_id) == (day(500), "", UTAN_ENHET)
    assert not found[register["Bidrag"]].is_osa
    assert not found[register["Praktik"]].kraver_beslut


def test_of_a_protected_person_neither_name_nor_place_is_told(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session:
        rad = next(r for r in list_placeringar(session, ELIN, TID) if r.id == register["Skyddad"])
    assert (rad.namn, rad.person.nummer) == ("Skyddad identitet", "Ä-Skyddad")
    assert (rad.enhet, rad.enhet_id, rad.regi) == ("", UTAN_ENHET, "")
    assert [row.diarienummer for row in rad.osa] == [""]
    with store.read(SYSTEM) as session:
        ids = {r.id for r in list_placeringar(session, SYSTEM, TID)}
    assert not ids & {register["Skyddad"], register["Annans"]}


def test_the_nearest_decision_is_told_where_none_covers_the_day(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        fore = put(work.session, "Före", OSA_ANSTALLNING, (-20, -9), (-8, -5), (40, 90))
        efter = put(work.session, "Efter", OSA_ANSTALLNING, (5, 9), (10, 20))
    with store.read(ELIN) as session:
        found = {rad.id: rad for rad in list_placeringar(session, ELIN, TID)}
    told = [found[fore].beslut, found[efter].beslut]
    assert [row.till if row else None for row in told] == [day(-5), day(9)]


def test_a_year_holds_those_that_ran_some_day_of_it(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session:
        found = {rad.id: rad for rad in list_placeringar(session, ELIN, AR)}
    assert register["Slutad"] in found
    assert register["Förr"] not in found
    assert found[register["Lucka"]].lagen == (Beslutslage.UTAN,)
    assert found[register["Slutad"]].lagen == (Beslutslage.FINNS,)


def test_a_planned_end_is_believed_of_a_day_to_come(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session:
        later = {rad.id for rad in list_placeringar(session, ELIN, OsaTid(day(10), day(10), DAG))}
        last = {rad.id for rad in list_placeringar(session, ELIN, OsaTid(day(9), day(9), DAG))}
    assert register["Snart"] in last
    assert register["Snart"] not in later


def test_what_began_later_is_no_part_of_a_day_that_has_been(store: Store, register: dict[str, int]) -> None:
    past = day(-1)
    with store.read(ELIN) as session:
        found = list_placeringar(session, ELIN, OsaTid(past, past, DAG))
        later = list_placeringar(session, ELIN, OsaTid(day(29), day(29), DAG))
    assert not any(rad.kommer for rad in found)
    assert [rad.id for rad in later if rad.kommer] == [register["Kommer"]]


def test_pills_choices_and_order(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session:
        rader = list_placeringar(session, ELIN, TID)
    alla, counts = choose(rader, OsaUrval())
    assert counts == Counter(alla=7, utan=1, gar_ut=2, finns=2, kravs_inte=2, kommer=1)
    assert names(alla) == ["Utan", "Snart", "Skyddad identitet", "Bidrag", "Finns", "Lucka", "Praktik"]

    def chosen(**values: Any) -> list[str]:
        return names(choose(rader, OsaUrval(**values))[0])

    assert chosen(flik=OsaFlik.UTAN) == ["Utan"]
    assert chosen(flik=OsaFlik.KOMMER) == ["Kommer"]
    assert chosen(flik=OsaFlik.KRAVS_INTE) == ["Bidrag", "Praktik"]
    assert chosen(kon="M") == ["Bidrag", "Lucka"]
    assert chosen(typ=PRAKTIK_INFOR_OSA) == ["Praktik"]
    kok = next(rad.enhet_id for rad in rader if rad.enhet == "Köket")
    assert chosen(enhet_id=kok) == ["Utan", "Bidrag", "Lucka", "Praktik"]
    assert chosen(enhet_id=UTAN_ENHET) == ["Skyddad identitet", "Finns"]
    assert chosen(ansvarig="bo") == ["Utan", "Snart", "Skyddad identitet", "Bidrag", "Lucka", "Praktik"]
    assert len(chosen(ansvarig="elin")) == 7
    assert names(sort_rader(alla, "enhet", falling=False))[-2:] == ["Skyddad identitet", "Finns"]
    assert names(sort_rader(alla, "enhet", falling=True))[0] == "Snart"
    assert names(sort_rader(alla, "namn", falling=False))[-1] == "Skyddad identitet"
    for key in queries.SORTERINGAR:
        assert len(sort_rader(rader, key, falling=True)) == len(rader)
    assert names(sort_rader(alla, "uppfoljning", falling=False))[0] == "Utan"


def test_places_of_intern_enheter_are_counted_once(store: Store, register: dict[str, int]) -> None:
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            platser = read_osa_platser(session, ELIN, DAG, DAG)
        lista = read_platslista(session, ELIN, DAG, DAG)
    assert len(sent) == 5
    (kok,) = platser.enheter
    assert kok == OsaEnhet(kok.id, "Köket", 5, 6, 4)
    assert (kok.andra, kok.lediga, kok.over) == (2, 0, 1)
    assert (platser.interna, platser.platser, platser.externa, platser.utan_enhet) == (4, 5, 1, 2)
    tal = next(rad.tal for rad in lista.rader if rad.id == kok.id)
    # One truth with the screen Platser: OSA is among those there, not beside them.
    assert (tal.platser, tal.belagda, tal.over) == (kok.platser, kok.osa + kok.andra, kok.over)


def _naive(session: Session, tid: OsaTid) -> dict[str, set[int]]:
    """By row of the report the people of the list, as the list itself says."""
    rader = [rad for rad in list_placeringar(session, ELIN, tid) if not rad.kommer]

    def people(fits: Any) -> set[int]:
        return {rad.person.id for rad in rader if fits(rad)}

    return {
        "osa.totalt": people(lambda r: r.is_osa),
        "osa.anstallning": people(lambda r: r.typ == OSA_ANSTALLNING),
        "osa.praktik_infor": people(lambda r: r.typ == PRAKTIK_INFOR_OSA),
        "osa.och_lonebidrag": people(lambda r: r.typ != PRAKTIK_INFOR_OSA),
        "osa.utan_beslut": people(lambda r: Beslutslage.UTAN in r.lagen),
        "osa.beslut_gar_ut_60_dagar": people(lambda r: Beslutslage.GAR_UT in r.lagen),
    }


def _fill_at_random(session: Session, rng: Random) -> list[int]:
    enheter = [make.make_enhet(session, typ=rng.choice(("intern", "intern", "extern"))).id for _ in range(3)]
    for enhet_id in enheter:
        make.make_kapacitet(session, enhet_id=enhet_id, platser=rng.randint(0, 6))
    for _ in range(40):
        person = make.make_deltagare(session, kon=rng.choice(("K", "M", None)))
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id, inskriven=date(2022, 1, 1))
        if rng.random() < 0.3:
            inskrivning.avslutad = date(2024, 1, 1) + timedelta(days=rng.randint(0, 200))
            inskrivning.resultat = rng.choice(("arbete", "avbrutit", "arbete med stöd"))
        for _ in range(rng.randint(0, 3)):
            start = date(2023, 1, 1) + timedelta(days=rng.randint(0, 560))
            slut = start + timedelta(days=rng.randint(0, 300)) if rng.random() < 0.5 else None
            plan = start + timedelta(days=rng.randint(0, 400)) if rng.random() < 0.6 else None
            typ = rng.choice((OSA_ANSTALLNING, PRAKTIK_INFOR_OSA, LONEBIDRAGSANSTALLNING, "praktik"))
            insats = make.make_insats(
                session, inskrivning_id=inskrivning.id, typ=typ, start=start, slut=slut, planerat_slut=plan,
                enhet_id=rng.choice((*enheter, None)),
            )  # fmt: skip
            fran = start
            while typ == OSA_ANSTALLNING and rng.random() < 0.6:
                fran += timedelta(days=rng.choice((0, 0, 40)))
                till = fran + timedelta(days=rng.randint(30, 364))
                make.make_osa_beslut(session, insats_id=insats.id, fran=fran, till=till)
                fran = till + timedelta(days=1)
    return enheter


@pytest.mark.parametrize("seed", range(6))
def test_list_people_and_places_equal_the_report(store: Store, seed: int) -> None:
    rng = Random(seed)
    with store.unit_of_work(SYSTEM, "test") as work:
        enheter = _fill_at_random(work.session, rng)
    dagar = [date(2024, 3, 1), DAG, day(rng.randint(-200, 60)), date(2023, 12, 31)]
    with store.read(ELIN) as session:
        for dag in dagar:
            spans = (dag, dag), (date(dag.year, 1, 1), dag)
            for fran, till in spans:
                report = {f.id: f.varde for f in figures(session, ELIN, make_period(fran, till), till)}
                naive = _naive(session, OsaTid(fran, till, max(dag, DAG)))
                assert {key: report[key].totalt for key in naive} == {k: len(v) for k, v in naive.items()}
                for key in PERSONER:
                    people = list_i_osa(session, ELIN, key, fran, till)
                    assert {p.person.id for p in people} == naive[key]
                    assert len(people) == len(naive[key])
                    assert sum(p.kon == "K" for p in people) == report[key].kvinnor
                gone = list_overgangar(session, ELIN, fran, till, till)
                assert len(gone) == len({rad.person.id for rad in gone}) == report[OVERGANG].totalt
                assert sum(rad.kon == "M" for rad in gone) == report[OVERGANG].man
                assert all(rad.slutade <= rad.dag <= till for rad in gone)
            platser = read_osa_platser(session, ELIN, dag, DAG)
            lista = {rad.id: rad for rad in read_platslista(session, ELIN, dag, DAG).rader}
            there = [
                rad
                for rad in list_placeringar(session, ELIN, OsaTid(dag, dag, DAG))
                if not rad.kommer and rad.is_osa
            ]
            for enhet in platser.enheter:
                tal = lista[enhet.id].tal
                assert (enhet.platser, enhet.belagda) == (tal.platser, tal.belagda)
                assert enhet.osa == sum(rad.enhet_id == enhet.id for rad in there)
                assert 0 <= enhet.osa <= enhet.belagda
            assert platser.interna + platser.externa + platser.utan_enhet == len(there)
            assert {enhet.id for enhet in platser.enheter} <= set(enheter)


def test_every_year_is_the_report_of_that_year(store: Store, register: dict[str, int]) -> None:
    spans = [(date(ar, 1, 1), min(date(ar, 12, 31), DAG)) for ar in (2021, 2022, 2023, 2024)]
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            per_ar = count_personer(session, spans)
        assert len(sent) == 1
        for (fran, _), rader in zip(spans, per_ar, strict=True):
            report = {f.id: f for f in figures(session, ELIN, parse_period(f"{fran.year}"), DAG)}
            assert [report[rad.id] for rad in rader] == list(rader)
        with sent_statements(store) as sent:
            beslut = count_beslut(session, DAG, DAG, DAG)
            overgang = count_overgangar(session, *spans[-1], DAG)
    assert len(sent) == 2
    assert [figur.varde.totalt for figur in beslut] == [2, 2]
    assert overgang == Figur(OVERGANG, "antal", Konsvarden(0, 0, 0, 0))


def test_who_went_over_when_and_to_what(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        enhet = make.make_enhet(session, namn="Köket").id
        ny = put(session, "Ny", fran=-90, slut=day(-40), enhet_id=enhet)
        inskrivning_id = session.get_one(make.Insats, ny).inskrivning_id
        for typ, start in (("nystartsjobb", -30), ("arbetsmarknadsanställning", -35), ("nystartsjobb", -60)):
            make.make_insats(session, inskrivning_id=inskrivning_id, typ=typ, start=day(start))
        put(session, "Avslut", fran=-90, slut=day(-9), avslutad=day(-9), resultat="arbete", kon="M")
        put(session, "Skyddad", fran=-90, slut=day(-9), avslutad=day(-2), resultat="arbete", enhet_id=enhet,
            skyddad="sekretessmarkering")  # fmt: skip
        put(session, "Gömd", fran=-90, slut=day(-9), avslutad=day(-2), resultat="arbete", handlaggare="eva",
            koordinator="eva", skyddad="sekretessmarkering")  # fmt: skip
        put(session, "Kvar", fran=-90, slut=day(-9), avslutad=day(-2), resultat="avbrutit")
    fran = date(2024, 1, 1)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        gone = list_overgangar(session, ELIN, fran, DAG, DAG)
    assert len(sent) == 3
    told = [(rad.person.namn, rad.slutade, rad.enhet, rad.dag, rad.till, rad.avslut, rad.kon) for rad in gone]
    assert told == [
        ("Skyddad identitet", day(-9), "", day(-2), "arbete", True, "K"),
        ("Anna Avslut", day(-9), "", day(-9), "arbete", True, "M"),
        ("Anna Ny", day(-40), "Köket", day(-35), "arbetsmarknadsanställning", False, "K"),
    ]
    assert gone[0].person.nummer == "Ä-Skyddad"


def test_the_people_of_a_figure_are_told_once_with_all_kinds(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        first = put(session, "Båda", PRAKTIK_INFOR_OSA, fran=-90, slut=day(-40), kon="M")
        inskrivning_id = session.get_one(make.Insats, first).inskrivning_id
        for start in (-39, -9):
            make.make_insats(
                session, inskrivning_id=inskrivning_id, typ=OSA_ANSTALLNING, start=day(start),
                slut=day(-10) if start == -39 else None,
            )  # fmt: skip
        put(session, "Skyddad", skyddad="sekretessmarkering")
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = list_i_osa(session, ELIN, "osa.totalt", date(2024, 1, 1), DAG)
    assert len(sent) == 2
    assert {(p.person.namn, p.datum, p.text, p.kon, p.person.nummer[:2]) for p in found} == {
        ("Anna Båda", day(-9), "praktik inför OSA, OSA-anställning", "M", "19"),
        ("Skyddad identitet", day(-20), "OSA-anställning", "K", "Ä-"),
    }


@pytest.mark.parametrize(
    ("tid", "personer", "beslut"),
    [
        (TID, (date(2024, 1, 1), DAG), (DAG, DAG)),
        (AR, (date(2024, 1, 1), DAG), (date(2024, 1, 1), DAG)),
        (OsaTid(date(2023, 1, 1), date(2023, 12, 31), DAG), *2 * ((date(2023, 1, 1), date(2023, 12, 31)),)),
        (OsaTid(day(300), day(300), DAG), (date(2024, 1, 1), DAG), (DAG, DAG)),  # a day to come
    ],
)
def test_the_figures_of_the_screen_are_rows_of_the_report(
    store: Store, register: dict[str, int], tid: OsaTid, personer: Days, beslut: Days
) -> None:
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            siffror = read_siffror(session, ELIN, tid, 110)
        reports = [figures(session, ELIN, make_period(*span), span[1]) for span in (personer, beslut)]
        ar, nu = ({figur.id: figur for figur in report} for report in reports)
        per_ar = {
            one: figures(session, ELIN, parse_period(str(one)), min(date(one, 12, 31), DAG))[:4]
            for one in list_ar(DAG)
        }
    assert len(sent) == 3
    assert siffror.mal == 110
    assert siffror.personer == tuple(ar[key] for key in PERSONER)
    assert siffror.overgang == ar[OVERGANG]
    assert (siffror.utan, siffror.gar_ut) == (nu["osa.utan_beslut"], nu["osa.beslut_gar_ut_60_dagar"])
    # From the first year with anybody on.
    assert dict(siffror.ar) == {one: per_ar[one] for one in (2023, 2024)}


def test_two_years_are_shown_whatever_they_hold(store: Store) -> None:
    with store.read(ELIN) as session:
        siffror = read_siffror(session, ELIN, TID, 0)
    assert [ar for ar, _ in siffror.ar] == [2023, 2024]
