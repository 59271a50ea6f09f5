"""The list of follow-ups: what is to be done and when, one truth with Idag, choosing, ordering, people."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.idag.lista import list_idag
from db.queries.idag.scope import Omfang
from db.queries.uppfoljningslista import (
    SORTERINGAR,
    UPPGIFT_SAKNAS,
    Flik,
    UppfoljningUrval,
    choose,
    count_chosen,
    count_sedan,
    list_lagen,
    list_rader,
    sort_lagen,
)
from db.rules.idag import Lista
from db.rules.koder import Resultat
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
GJORDA = (date(2024, 1, 1), date(2024, 12, 31))
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
BO = Aktor("bo", "Bo Ek", Roll.HANDLAGGARE)


def put(session: Session, namn: str, avslutad: date, resultat: str = "studier", **more: Any) -> int:
    """Somebody of Elin's whose inskrivning is closed, with follow-ups: slag, planerad, genomford, svar."""
    person = make.make_deltagare(
        session, efternamn=namn, sortering=namn, kon=more.pop("kon", "K"), skyddad=more.pop("skyddad", "nej")
    )
    make.make_arende(session, deltagare_id=person.id, nummer=f"Ä-{namn}")
    uppfoljningar = more.pop("uppfoljningar", ())
    values = {"inskriven": date(2022, 1, 1), "koordinator": "elin"} | more
    row = make.make_inskrivning(
        session, deltagare_id=person.id, avslutad=avslutad, resultat=resultat, **values
    )
    for slag, planerad, *done in uppfoljningar:
        genomford, svar = (*done, None, None)[:2]
        make.make_uppfoljning(
            session,
            inskrivning_id=row.id,
            slag=slag,
            planerad=planerad,
            genomford=genomford,
            forsorjning=svar,
        )
    return int(row.id)


def days(count: int) -> date:
    return DAG + timedelta(count)


@pytest.fixture
def register(store: Store) -> None:
    sex, tolv = "6 månader", "12 månader"
    with store.unit_of_work(SYSTEM, "test") as work:
        s = work.session
        make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
        put(s, "Försenad", date(2023, 11, 1), uppfoljningar=[(sex, days(-1))])
        put(s, "Idag", date(2023, 12, 3), "avbrutit", kon="M", uppfoljningar=[(sex, DAG)])
        put(s, "Vecka", date(2023, 12, 3), uppfoljningar=[(sex, days(7))])
        put(s, "Senare", date(2023, 12, 3), kon=None, uppfoljningar=[(sex, days(8)), (tolv, days(190))])
        put(s, "Gjord", date(2023, 6, 1), uppfoljningar=[(sex, days(-9), days(-9), "lön")])
        put(s, "Stum", date(2023, 6, 1), uppfoljningar=[(sex, days(-5), days(-3))])
        put(s, "Förr", date(2022, 6, 1), uppfoljningar=[(sex, days(-400), days(-390), "lön")])
        # The month of R10: planned, moved to later, never planned, not gone yet, and known.
        month = {"arbete_fran": date(2024, 5, 1)}
        put(s, "Månad", date(2024, 4, 28), "arbete", **month, uppfoljningar=[("1 månad", date(2024, 6, 1))])
        put(s, "Flyttad", date(2024, 4, 28), "arbete", **month, uppfoljningar=[("1 månad", days(3))])
        put(s, "Oplanerad", date(2024, 4, 28), "eget företag")
        put(s, "Inte än", date(2024, 5, 28), "arbete", uppfoljningar=[("1 månad", date(2024, 5, 28))])
        put(
            s, "Känd", date(2024, 4, 1), "arbete", minst_en_manad=True,
            uppfoljningar=[("1 månad", days(-3)), (sex, days(150))],
        )  # fmt: skip
        put(s, "Skyddad", date(2023, 12, 1), skyddad="sekretessmarkering", uppfoljningar=[(sex, days(-2))])
        put(
            s, "Dold", date(2023, 12, 1), skyddad="sekretessmarkering", koordinator="bo",
            uppfoljningar=[(sex, days(-2))],
        )  # fmt: skip
        put(s, "Bos", date(2023, 12, 1), koordinator="bo", uppfoljningar=[(tolv, days(-2))])


def chosen(
    store: Store, urval: UppfoljningUrval, aktor: Aktor = ELIN, omfang: Omfang = Omfang.ALLA
) -> list[str]:
    with store.read(aktor) as session:
        lagen = list_lagen(session, aktor, DAG, omfang, GJORDA, urval.flik)
        sedan = count_sedan(session, aktor, DAG, omfang, GJORDA)
        found, counts = choose(lagen, urval, DAG)
        assert (counts + count_chosen(sedan, urval))[urval.flik] == len(found)
        return [rad.person.sortering or rad.person.nummer for rad in list_rader(session, found)]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("flik", "names"),
    [
        (Flik.PASSERADE, ["Känd", "Oplanerad", "Ä-Skyddad", "Bos", "Månad", "Försenad"]),
        (Flik.SNART, ["Idag", "Flyttad", "Vecka"]),
        (Flik.SENARE, ["Senare", "Inte än", "Känd", "Senare"]),
        (Flik.BEKRAFTA, ["Oplanerad", "Månad"]),
        (Flik.GJORDA, ["Stum", "Gjord"]),
        (Flik.UTAN_SVAR, ["Stum"]),
    ],
)
def test_each_choice_has_its_follow_ups_in_the_order_they_are_due(
    store: Store, flik: Flik, names: list[str]
) -> None:
    found = chosen(store, UppfoljningUrval(flik))
    assert sorted(found) == sorted(names)
    if flik is not Flik.PASSERADE:
        assert [n for n in found if n != "Inte än"] == [n for n in names if n != "Inte än"]


@pytest.mark.usefixtures("register")
def test_what_is_to_be_done_is_what_idag_says(store: Store) -> None:
    for aktor in (ELIN, BO):
        for omfang in Omfang:
            with store.read(aktor) as session:
                lagen = list_lagen(session, aktor, DAG, omfang, GJORDA)
                idag = list_idag(session, aktor, DAG, omfang)
            # Idag tells of a month to be confirmed once it has gone; here it stands a week ahead.
            here = {(lage.id, lage.inskrivning_id if lage.vantar else None, lage.dag) for lage in lagen
                    if not lage.vantar or lage.may_confirm(DAG)}  # fmt: skip
            there = {
                (row.nasta_id, row.rad_id if row.lista is Lista.AVSLUT else None, row.frist)
                for row in idag if row.lista in (Lista.AVSLUT, Lista.EFTER_AVSLUT)
            }  # fmt: skip
            assert here == there
            assert here


@pytest.mark.usefixtures("register")
def test_the_list_is_narrowed_and_counted(store: Store) -> None:
    assert chosen(store, UppfoljningUrval(kon="M")) == ["Idag"]
    assert chosen(store, UppfoljningUrval(Flik.SENARE, slag="12 månader")) == ["Senare"]
    assert chosen(store, UppfoljningUrval(Flik.SENARE, kon=UPPGIFT_SAKNAS)) == ["Senare", "Senare"]
    assert chosen(store, UppfoljningUrval(resultat="avbrutit")) == ["Idag"]
    assert chosen(store, UppfoljningUrval(slag="12 månader"), BO, Omfang.MINA) == ["Bos"]
    with store.read(ELIN) as session:
        lagen = list_lagen(session, ELIN, DAG, Omfang.MINA, GJORDA)
        _, counts = choose(lagen, UppfoljningUrval(), DAG)
    assert counts == {Flik.ATT_GORA: 8, Flik.PASSERADE: 5, Flik.SNART: 3, Flik.BEKRAFTA: 2}


@pytest.mark.usefixtures("register")
def test_it_is_sorted_by_any_column(store: Store) -> None:
    with store.read(ELIN) as session:
        lagen = list_lagen(session, ELIN, DAG, Omfang.ALLA, GJORDA, Flik.GJORDA)
        for key in SORTERINGAR:
            for falling in (False, True):
                found = sort_lagen(lagen, key, falling)
                known = [by for lage in found if (by := SORTERINGAR[key](lage)) is not None]
                assert known == sorted(known, reverse=falling)
        assert [lage.sortering for lage in sort_lagen(lagen, "namn", True)][-1] == ""


@pytest.mark.usefixtures("register")
def test_few_statements_and_who_is_gone_has_no_row(store: Store) -> None:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        lagen = list_lagen(session, ELIN, DAG, Omfang.MINA, GJORDA)
        assert len(sent) == 3
        count_sedan(session, ELIN, DAG, Omfang.MINA, GJORDA)
        assert len(sent) == 6
        rader = list_rader(session, lagen)
        assert len(sent) == 9
    assert len(rader) == len(lagen)
    assert {rad.koordinator for rad in rader} == {"Elin Måsvik"}
    with store.read(ELIN) as session:
        assert list_rader(session, [replace(lagen[0], deltagare_id=-1)]) == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_of_a_random_register_are_the_naive_ones(store: Store, seed: int) -> None:
    slump = random.Random(seed)
    naive: Counter[Flik] = Counter()
    with store.unit_of_work(SYSTEM, "test") as work:
        for number in range(60):
            resultat = slump.choice([r.value for r in Resultat if r not in ("flyttat", "avlidit")])
            avslutad = DAG - timedelta(slump.randrange(400))
            done = [slump.choice((None, DAG - timedelta(slump.randrange(200)))) for _ in range(2)]
            svar = [slump.choice((None, "lön")) if one else None for one in done]
            plan = [DAG + timedelta(slump.randrange(-30, 30)) for _ in range(2)]
            rows = list(zip(("6 månader", "12 månader"), plan, done, svar, strict=True))
            manad = True if resultat in ("arbete", "arbete med stöd", "eget företag") else None
            put(work.session, f"N{number}", avslutad, resultat, minst_en_manad=manad, uppfoljningar=rows)
            for _, planerad, genomford, told in rows:
                if genomford is not None:
                    naive.update(
                        [Flik.GJORDA, *([Flik.UTAN_SVAR] if told is None else [])]
                        if GJORDA[0] <= genomford <= GJORDA[1] else []
                    )  # fmt: skip
                elif planerad > days(7):
                    naive[Flik.SENARE] += 1
                else:
                    naive.update([Flik.ATT_GORA, Flik.PASSERADE if planerad < DAG else Flik.SNART])
    for flik in Flik:
        with store.read(ELIN) as session:
            lagen = list_lagen(session, ELIN, DAG, Omfang.ALLA, GJORDA, flik)
            sedan = count_sedan(session, ELIN, DAG, Omfang.ALLA, GJORDA)
            found, counts = choose(lagen, UppfoljningUrval(flik), DAG)
        assert counts + count_chosen(sedan, UppfoljningUrval(flik)) == +naive
        assert len(found) == naive[flik]
