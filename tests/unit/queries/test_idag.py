"""The work lists: each one at the days where it turns, whose people it holds, and what is hidden."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.models import Insats, Uppfoljning
from db.queries.idag.lista import Antal, count_idag, list_idag, list_krav_forst
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import Omfang
from db.rules.idag import Lista
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, fill

DAG = date(2024, 6, 3)  # a Monday
BO = Aktor("bo", "Bo", Roll.HANDLAGGARE)


def days(count: int) -> date:
    return DAG + timedelta(count)


def rows(
    store: Store,
    lista: Lista | None = None,
    aktor: Aktor = ELIN,
    omfang: Omfang = Omfang.MINA,
    dag: date = DAG,
) -> list[IdagRow]:
    with store.read(aktor) as session:
        found = list_idag(session, aktor, dag, omfang)
    return [row for row in found if lista is None or row.lista is lista]


def enrol(session: Session, **values: Any) -> Any:
    """Somebody of Elin's, inskriven today, with nothing due."""
    person = make.make_deltagare(
        session, fornamn="Hodan", efternamn="Rönnstig", skyddad=values.pop("skyddad", "nej")
    )
    defaults = {"deltagare_id": person.id, "koordinator": "elin", "inskriven": days(0)}
    return make.make_inskrivning(session, **defaults | values)


def follow(session: Session, beslut: date, **values: Any) -> Any:
    """An ärende of Elin's, granted on a day."""
    return make.make_arende(
        session, **{"ansokan": beslut - timedelta(5), "beslut": beslut, "handlaggare": "elin"} | values
    )


@pytest.mark.parametrize(
    ("beslut", "lista"),
    [
        (days(-11), Lista.AKTIVITETSKRAV), (days(-10), Lista.UTAN_AKTIVITET),
        (days(-15), Lista.AKTIVITETSKRAV), (days(1), None),
    ],
)  # fmt: skip
def test_a_frist_is_near_three_days_ahead(store: Store, beslut: date, lista: Lista | None) -> None:
    arende = fill(store, lambda s: follow(s, beslut).id)
    found = rows(store)
    assert [(r.lista, r.rad_id) for r in found] == ([(lista, arende)] if lista else [])
    if found:
        (row,) = found
        assert (row.skal, row.frist, row.datum) == (
            Skal.ANSOKAN, beslut + timedelta(14), beslut - timedelta(5)
        )  # fmt: skip
        assert (row.nasta, row.nasta_id) == (Nasta.SKRIV_IN, None)


def test_the_next_act_follows_what_is_there(store: Store) -> None:
    def act(s: Session) -> tuple[int, int]:
        arende = follow(s, days(-12))
        ik = make.make_inskrivning(
            s, deltagare_id=arende.deltagare_id, inskriven=days(-1), koordinator="elin"
        )
        return ik.id, arende.id

    inskrivning, arende = fill(store, act)
    (row,) = rows(store, Lista.AKTIVITETSKRAV)
    assert row.nasta is Nasta.BESLUTA
    planned = fill(
        store,
        lambda s: make.make_insats(s, inskrivning_id=inskrivning, typ="arbetsträning", start=days(2)).id,
    )
    (row,) = rows(store, Lista.AKTIVITETSKRAV)
    assert (row.nasta, row.nasta_id) == (Nasta.BEKRAFTA_START, planned)
    assert (row.text, row.bokad) == ("arbetsträning", days(2))
    assert rows(store, dag=days(2)) == []
    assert arende


def test_an_ended_activity_gives_a_new_frist(store: Store) -> None:
    def act(s: Session) -> None:
        arende = follow(s, days(-100))
        ik = make.make_inskrivning(s, deltagare_id=arende.deltagare_id, inskriven=days(-100))
        make.make_insats(s, inskrivning_id=ik.id, typ="arbetsträning", start=days(-90), slut=days(-4))
        make.make_planering(s, inskrivning_id=ik.id, upprattad=days(-4), nasta_uppfoljning=days(60))
        make.make_bip(s, inskrivning_id=ik.id, datum=days(-4))

    fill(store, act)
    (row,) = rows(store)
    assert (row.lista, row.skal, row.datum) == (Lista.UTAN_AKTIVITET, Skal.NY_FRIST, days(-4))
    assert row.frist == days(10)


@pytest.mark.parametrize(
    ("nasta", "lista", "akt"),
    [
        (days(8), None, None),
        (days(7), Lista.UPPFOLJNING, Nasta.BOKA_MOTE),
        (days(0), Lista.UPPFOLJNING, Nasta.FOLJ_UPP),
        (days(-30), Lista.UPPFOLJNING, Nasta.FOLJ_UPP),
        (days(-31), Lista.PLANERING, Nasta.PLANERA),
        (None, None, None),
    ],
)
def test_a_planering_asks_for_its_follow_up(
    store: Store, nasta: date | None, lista: Lista | None, akt: Nasta | None
) -> None:
    def act(s: Session) -> int:
        ik = enrol(s)
        make.make_planering(s, inskrivning_id=ik.id, upprattad=days(-90), nasta_uppfoljning=days(-80))
        return make.make_planering(s, inskrivning_id=ik.id, upprattad=days(-40), nasta_uppfoljning=nasta).id

    fill(store, act)
    assert [(r.lista, r.nasta) for r in rows(store)] == ([(lista, akt)] if lista else [])


def test_a_booked_mote_is_prepared(store: Store) -> None:
    def act(s: Session) -> int:
        ik = enrol(s)
        make.make_planering(s, inskrivning_id=ik.id, upprattad=days(-40), nasta_uppfoljning=days(3))
        make.make_mote(s, deltagare_id=ik.deltagare_id, datum=days(-1))
        make.make_mote(s, deltagare_id=ik.deltagare_id, datum=days(4))
        return make.make_mote(s, deltagare_id=ik.deltagare_id, datum=days(2)).id

    mote = fill(store, act)
    (row,) = rows(store)
    assert (row.nasta, row.nasta_id, row.bokad) == (Nasta.FORBERED_MOTE, mote, days(2))


@pytest.mark.parametrize(("inskriven", "there"), [(days(-14), False), (days(-15), True)])
def test_a_planering_and_a_bip_are_missing_after_two_weeks(
    store: Store, inskriven: date, there: bool
) -> None:
    fill(store, lambda s: enrol(s, inskriven=inskriven).id)
    found = [(r.lista, r.skal, r.frist) for r in rows(store)]
    frist = inskriven + timedelta(14)
    assert found == (
        [(Lista.BIP, Skal.BIP_ALDRIG, frist), (Lista.PLANERING, Skal.PLANERING_SAKNAS, frist)]
        if there
        else []
    )


def test_a_planering_is_missing_once_the_kartlaggning_is_done(store: Store) -> None:
    def act(s: Session) -> None:
        ik = enrol(s, inskriven=days(-5))
        make.make_stegperiod(s, inskrivning_id=ik.id, steg="Kartläggning", fran=days(-5))
        make.make_stegperiod(s, inskrivning_id=ik.id, steg="Planering", fran=days(-1))

    fill(store, act)
    (row,) = rows(store)
    assert (row.lista, row.skal, row.frist, row.datum) == (
        Lista.PLANERING, Skal.KARTLAGD, days(-1), days(-1)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("matt", "nasta", "frist"),
    [
        (date(2024, 3, 10), None, date(2024, 6, 10)),
        (date(2024, 3, 11), None, None),
        (date(2024, 5, 1), days(7), days(7)),
        (date(2024, 5, 1), days(8), None),
        # Agreed before it was measured: the quarter counts.
        (date(2024, 5, 1), date(2024, 4, 1), None),
    ],
)
def test_bip_is_due_after_a_quarter_or_when_agreed(
    store: Store, matt: date, nasta: date | None, frist: date | None
) -> None:
    def act(s: Session) -> None:
        ik = enrol(s)
        make.make_planering(s, inskrivning_id=ik.id, upprattad=days(0), nasta_uppfoljning=days(90))
        make.make_bip(s, inskrivning_id=ik.id, datum=date(2023, 12, 1))
        make.make_bip(s, inskrivning_id=ik.id, datum=matt)
        make.make_bip(s, inskrivning_id=ik.id, datum=matt, indikator="samarbete")
        if nasta is not None:
            make.make_bipplan(s, inskrivning_id=ik.id, nasta=nasta)

    fill(store, act)
    found = [(r.lista, r.frist, r.datum, r.antal, r.nasta) for r in rows(store)]
    assert found == ([(Lista.BIP, frist, matt, 2, Nasta.MAT)] if frist else [])


@pytest.mark.parametrize(
    ("planerat", "slut", "skal", "nasta"),
    [
        (days(15), None, None, None),
        (days(14), None, Skal.SLUTAR_SIST, Nasta.PLANERA_NASTA),
        (days(0), None, Skal.SLUTAR_SIST, Nasta.PLANERA_NASTA),
        (days(-1), None, Skal.SLUTAR_SIST, Nasta.FORLANG),
        (days(3), days(3), None, None),
        (None, None, None, None),
    ],
)
def test_insatser_that_end(
    store: Store, planerat: date | None, slut: date | None, skal: Skal | None, nasta: Nasta | None
) -> None:
    def act(s: Session) -> int:
        enhet = make.make_enhet(s, namn="Återbruket").id
        return make.make_insats(
            s, inskrivning_id=enrol(s).id, typ="arbetsträning", start=days(-30), planerat_slut=planerat,
            slut=slut, enhet_id=enhet,
        ).id  # fmt: skip

    insats = fill(store, act)
    found = [(r.rad_id, r.skal, r.nasta, r.frist, r.text, r.plats) for r in rows(store, Lista.INSATS_SLUTAR)]
    assert found == ([(insats, skal, nasta, planerat, "arbetsträning", "Återbruket")] if skal else [])


def test_an_insats_that_is_followed_is_prolonged_or_ended(store: Store) -> None:
    def act(s: Session) -> None:
        ik = enrol(s).id
        make.make_insats(s, inskrivning_id=ik, start=days(-30), planerat_slut=days(3))
        make.make_insats(s, inskrivning_id=ik, start=days(4), planerat_slut=days(10))

    fill(store, act)
    assert [(r.skal, r.nasta) for r in rows(store)] == [(Skal.SLUTAR, Nasta.FORLANG)]


def osa(s: Session, start: date, *beslut: tuple[date, date], slut: date | None = None) -> int:
    insats = make.make_insats(s, inskrivning_id=enrol(s).id, typ="OSA-anställning", start=start, slut=slut).id
    for fran, till in beslut:
        make.make_osa_beslut(s, insats_id=insats, fran=fran, till=till)
    return insats


@pytest.mark.parametrize(
    ("start", "beslut", "slut", "skal", "frist"),
    [
        (days(-100), ((days(-100), days(61)),), None, None, None),
        (days(-100), ((days(-100), days(60)),), None, Skal.OSA_GAR_UT, days(60)),
        (days(-100), ((days(-100), days(20)), (days(21), days(200))), None, None, None),
        (days(-100), ((days(-100), days(20)),), days(20), None, None),
        (days(-100), ((days(-100), days(-1)),), None, Skal.OSA_SAKNAS, days(-1)),
        (days(-100), (), None, Skal.OSA_SAKNAS, days(-100)),
        (days(-100), (), days(-1), None, None),
        (days(60), (), None, Skal.OSA_SAKNAS, days(60)),
        (days(61), (), None, None, None),
    ],
)
def test_osa_beslut(
    store: Store,
    start: date,
    beslut: tuple[tuple[date, date], ...],
    slut: date | None,
    skal: Skal | None,
    frist: date | None,
) -> None:
    insats = fill(store, lambda s: osa(s, start, *beslut, slut=slut))
    found = [(r.rad_id, r.skal, r.frist) for r in rows(store, Lista.OSA_BESLUT)]
    assert found == ([(insats, skal, frist)] if skal else [])


def test_osa_uppfoljningar_are_due_a_week_ahead(store: Store) -> None:
    def act(s: Session) -> int:
        insats = osa(s, days(-100), (days(-100), days(200)))
        make.make_osa_uppfoljning(s, insats_id=insats, planerad=days(8))
        make.make_osa_uppfoljning(s, insats_id=insats, planerad=days(-9), genomford=days(-9))
        return make.make_osa_uppfoljning(s, insats_id=insats, planerad=days(7)).id

    uppfoljning = fill(store, act)
    assert [(r.lista, r.rad_id, r.frist) for r in rows(store)] == [
        (Lista.OSA_UPPFOLJNING, uppfoljning, days(7))
    ]


def closed(s: Session, avslutad: date, **values: Any) -> int:
    defaults = {"inskriven": days(-400), "avslutad": avslutad, "resultat": "arbete"}
    inskrivning_id: int = enrol(s, **defaults | values).id
    return inskrivning_id


@pytest.mark.parametrize(
    ("avslutad", "values", "frist"),
    [
        (date(2024, 5, 3), {}, DAG),
        (date(2024, 5, 4), {}, None),
        (date(2024, 4, 1), {"arbete_fran": date(2024, 5, 4)}, None),
        (date(2024, 4, 1), {"minst_en_manad": True}, None),
        (date(2024, 4, 1), {"resultat": "studier"}, None),
    ],
)
def test_work_waits_for_its_month(
    store: Store, avslutad: date, values: dict[str, Any], frist: date | None
) -> None:
    inskrivning = fill(store, lambda s: closed(s, avslutad, **values))
    found = [(r.lista, r.rad_id, r.frist, r.nasta_id) for r in rows(store)]
    assert found == ([(Lista.AVSLUT, inskrivning, frist, None)] if frist else [])


def test_follow_ups_after_avslut(store: Store) -> None:
    def act(s: Session) -> tuple[int, int]:
        ik = closed(s, date(2024, 4, 1))
        first = make.make_uppfoljning(s, inskrivning_id=ik, slag="1 månad", planerad=date(2024, 5, 1))
        six = make.make_uppfoljning(s, inskrivning_id=ik, slag="6 månader", planerad=days(7))
        make.make_uppfoljning(s, inskrivning_id=ik, slag="12 månader", planerad=days(8))
        other = closed(s, date(2024, 4, 1), resultat="studier")
        make.make_uppfoljning(s, inskrivning_id=other, planerad=days(-1), genomford=days(-1))
        return first.id, six.id

    first, six = fill(store, act)
    # The month is asked for once, by the follow-up planned for it.
    assert [(r.lista, r.nasta_id) for r in rows(store)] == [(Lista.AVSLUT, first), (Lista.EFTER_AVSLUT, six)]
    with_work = rows(store, aktor=BO, omfang=Omfang.ALLA)
    assert [r.lista for r in with_work] == [Lista.AVSLUT, Lista.EFTER_AVSLUT]
    assert rows(store, aktor=BO) == []


def test_a_month_that_was_moved_waits_for_its_day(store: Store) -> None:
    def act(s: Session) -> int:
        ik = closed(s, date(2024, 4, 1))
        return make.make_uppfoljning(s, inskrivning_id=ik, slag="1 månad", planerad=days(1)).id

    row_id = fill(store, act)
    assert rows(store) == []

    def move(s: Session) -> None:
        s.get_one(Uppfoljning, row_id).planerad = DAG

    fill(store, move)
    assert [(r.lista, r.frist, r.nasta_id) for r in rows(store)] == [(Lista.AVSLUT, DAG, row_id)]


def test_narvaro_of_the_last_two_weeks(store: Store) -> None:
    def act(s: Session) -> tuple[int, int]:
        # Mondays in the morning and Tuesdays all day: 20, 27 and 21, 28 May.
        ik = enrol(s).id
        planned = make.make_insats(s, inskrivning_id=ik, start=days(-30)).id
        make.make_narvaroschema(s, insats_id=planned, veckodag=1, pass_="fm")
        make.make_narvaroschema(s, insats_id=planned, veckodag=2, pass_="")
        make.make_narvaro(s, insats_id=planned, datum=date(2024, 5, 20), pass_="em")
        make.make_narvaro(s, insats_id=planned, datum=date(2024, 5, 27), pass_="")
        make.make_narvaro(s, insats_id=planned, datum=date(2024, 5, 28), pass_="fm")
        # Weekdays from the 30th, when it began to be kept: the 29th is not missed.
        kept = make.make_insats(s, inskrivning_id=ik, start=date(2024, 5, 29), slut=DAG).id
        make.make_narvaro(s, insats_id=kept, datum=date(2024, 5, 30))
        # Never registered at all, and one that begins today.
        make.make_insats(s, inskrivning_id=ik, start=days(-30))
        today = make.make_insats(s, inskrivning_id=ik, start=DAG).id
        make.make_narvaro(s, insats_id=today, datum=DAG)
        return planned, kept

    planned, kept = fill(store, act)
    assert [(r.rad_id, r.antal, r.frist) for r in rows(store, Lista.NARVARO)] == [
        (planned, 2, date(2024, 5, 20)), (kept, 1, date(2024, 5, 31))
    ]  # fmt: skip


def everything(s: Session, skyddad: str = "nej") -> int:
    """One person with something in nearly every list."""
    ik = enrol(s, inskriven=days(-200), skyddad=skyddad)
    follow(s, days(-30), deltagare_id=ik.deltagare_id, nummer=f"Ä-{ik.id}")
    insats = make.make_insats(
        s, inskrivning_id=ik.id, typ="vägledning", start=days(-30), planerat_slut=days(1)
    )
    make.make_narvaro(s, insats_id=insats.id, datum=days(-40))
    make.make_insats(s, inskrivning_id=ik.id, typ="OSA-anställning", start=days(2))
    deltagare_id: int = ik.deltagare_id
    return deltagare_id


@pytest.mark.parametrize("antal", [1, 4])
@pytest.mark.parametrize("omfang", list(Omfang))
def test_the_number_of_statements_stays(store: Store, antal: int, omfang: Omfang) -> None:
    for place in range(antal):
        fill(store, lambda s, place=place: everything(s, "sekretessmarkering" if place == 0 else "nej"))  # type: ignore[misc]
    with sent_statements(store) as sent:
        found = rows(store, omfang=omfang)
    assert len(found) >= 5 * antal
    assert len(sent) == (14 if omfang is Omfang.ALLA else 15)


def test_protected_people_are_masked_or_not_there(store: Store) -> None:
    def act(s: Session) -> int:
        deltagare_id = everything(s, "sekretessmarkering")
        enhet = make.make_enhet(s, namn="Snickeriet")
        for insats in s.scalars(select(Insats)):
            insats.enhet_id = enhet.id
            make.make_osa_uppfoljning(s, insats_id=insats.id, planerad=DAG)
        return deltagare_id

    person = fill(store, act)
    found = rows(store)
    assert {r.lista for r in found} >= {Lista.INSATS_SLUTAR, Lista.OSA_BESLUT, Lista.OSA_UPPFOLJNING}
    assert {r.person.id for r in found} == {person}
    assert {(r.person.namn, r.person.nummer[:2], r.person.sortering) for r in found} == {
        ("Skyddad identitet", "Ä-", "")
    }
    assert all(r.person.is_masked for r in found)
    assert {r.plats for r in found} == {""}
    for who in (BO, SYSTEM, Aktor("", "", Roll.HANDLAGGARE)):
        assert rows(store, aktor=who) == rows(store, aktor=who, omfang=Omfang.ALLA) == []


def test_the_unit_is_the_spar_of_my_people_and_those_inskrivna_nowhere(store: Store) -> None:
    def act(s: Session) -> list[int]:
        ids, arena, other = [], "Arena Arbetsmarknad", "Sysselsättning"
        for spar, koordinator in ((other, "bo"), (other, ""), (arena, "")):
            person = make.make_deltagare(s)
            make.make_inskrivning(s, deltagare_id=person.id, spar=spar, koordinator=koordinator)
            ids.append(person.id)
        for person_id in (*ids, make.make_deltagare(s).id):
            make.make_arende(s, deltagare_id=person_id, ansokan=days(-13), beslut=days(-13), handlaggare="")
        for spar in (other, arena):
            left = make.make_inskrivning(
                s, spar=spar, inskriven=days(-400), avslutad=days(-40), arbete_fran=days(-40), koordinator=""
            )
            ids.append(left.deltagare_id)
        return ids

    own, same, other, left_same, left_other = fill(store, act)
    of = {omfang: {r.person.id for r in rows(store, aktor=BO, omfang=omfang)} for omfang in Omfang}
    assert of[Omfang.MINA] == {own}
    assert of[Omfang.ALLA] - of[Omfang.ENHETEN] == {other, left_other}
    assert {own, same, left_same} < of[Omfang.ENHETEN]


def test_mine_are_those_i_am_named_for(store: Store) -> None:
    fill(store, everything)
    assert rows(store, aktor=BO) == []
    assert len(rows(store, aktor=BO, omfang=Omfang.ALLA)) == len(rows(store)) > 4


@pytest.mark.parametrize(("till", "hidden"), [(days(1), True), (days(0), False)])
def test_a_row_put_off_is_marked_until_its_day(store: Store, till: date, hidden: bool) -> None:
    def act(s: Session) -> None:
        arende = follow(s, days(-15))
        make.make_uppskjuten(s, signatur="elin", lista="aktivitetskrav", rad_id=arende.id, till=till)
        make.make_uppskjuten(s, signatur="bo", lista="aktivitetskrav", rad_id=arende.id, till=days(9))

    fill(store, act)
    found = rows(store)
    assert [r.uppskjuten for r in found] == [till if hidden else None]
    assert count_idag(found, DAG) == (Antal(0, 0) if hidden else Antal(1, 1))


def test_the_first_list_is_the_same_alone(store: Store) -> None:
    fill(store, lambda s: everything(s, "sekretessmarkering"))
    with sent_statements(store) as sent, store.read(ELIN) as session:
        found = list_krav_forst(session, ELIN, DAG)
    assert len(sent) == 7
    assert found == tuple(rows(store, Lista.AKTIVITETSKRAV))


def test_nearest_first_within_each_list(store: Store) -> None:
    def act(s: Session) -> None:
        for beslut in (days(-12), days(-20), days(-16)):
            follow(s, beslut)

    fill(store, act)
    assert [r.frist for r in rows(store)] == [days(-6), days(-2), days(2)]
