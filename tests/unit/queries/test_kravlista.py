"""The list of the aktivitetskrav: every status, choosing and ordering, pages, people, and one truth with the
report."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.aktivitetskrav import list_aktivitetskrav
from db.queries.figurer.aktivitetskrav import count_utan_aktivitet, figures, list_andelar
from db.queries.kravlista import (
    Flik,
    Kravlage,
    KravUrval,
    choose,
    list_i_figur,
    list_kravlagen,
    list_kravrader,
    list_utan,
    sort_lagen,
)
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import Status
from db.rules.figurer import KON_NYCKLAR
from db.rules.period import default_per, make_period, parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)


def put(
    session: Session, namn: str, beslut: date, insats: tuple[date, date | None] | None = None, **more: Any
) -> int:
    person = make.make_deltagare(
        session, efternamn=namn, kon=more.pop("kon", "K"), skyddad=more.pop("skyddad", "nej")
    )
    undantag = more.pop("undantag", None)
    values = {"ansokan": beslut, "beslut": beslut, "handlaggare": "elin", "nummer": f"Ä-{namn}"} | more
    arende = make.make_arende(session, deltagare_id=person.id, **values)
    if undantag is not None:
        make.make_undantag(session, arende_id=arende.id, fran=undantag[0], till=undantag[1])
    if insats is not None:
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id, inskriven=date(2024, 1, 1))
        make.make_insats(session, inskrivning_id=inskrivning.id, start=insats[0], slut=insats[1])
    return int(arende.id)


@pytest.fixture
def register(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        make.make_medarbetare(session, signatur="elin", namn="Elin Måsvik")
        put(session, "Förfallen", date(2024, 5, 2), kon="M")
        put(session, "Snart", date(2024, 5, 22))
        put(session, "Pågår", date(2024, 6, 1), handlaggare="bo")
        put(session, "Undantag", date(2024, 1, 10), undantag=(date(2024, 1, 15), None))
        put(session, "Kort", date(2024, 5, 20), undantag=(date(2024, 6, 1), date(2024, 6, 10)), kon=None)
        put(session, "Uppfylld", date(2024, 4, 2), (date(2024, 4, 10), date(2024, 4, 30)))
        put(session, "Sen", date(2024, 4, 2), (date(2024, 4, 20), None), kon="M")
        put(session, "Avslutad", date(2024, 4, 2), avslutat=date(2024, 4, 9))
        put(session, "Stängd", date(2024, 4, 2), avslutat=date(2024, 5, 9))
        put(session, "Skyddad", date(2024, 5, 3), skyddad="sekretessmarkering")
        put(session, "Dold", date(2024, 5, 3), skyddad="sekretessmarkering", handlaggare="bo")
        put(session, "Avslag", date(2024, 5, 3), utfall="avslag")


def lagen(store: Store, *, oppna: bool = False) -> tuple[Kravlage, ...]:
    with store.read(ELIN) as session:
        return list_kravlagen(session, ELIN, DAG, oppna=oppna)


def names(store: Store, found: tuple[Kravlage, ...]) -> list[str]:
    with store.read(ELIN) as session:
        return [rad.nummer.removeprefix("Ä-") for rad in list_kravrader(session, found)]


@pytest.mark.usefixtures("register")
def test_the_list_is_the_programmes_own_list_of_aktivitetskrav(store: Store) -> None:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = list_kravlagen(session, ELIN, DAG, oppna=False)
        assert len(sent) == 4
        rader = list_kravrader(session, found)
        assert len(sent) == 6
        wanted = list_aktivitetskrav(session, ELIN, DAG)
    shown = {
        rad.nummer: (b.start, b.frist, b.aktivitet, b.status, b.dagar)
        for rad in rader
        for b in (rad.lage.bedomning,)
    }
    assert shown == {r.arende: (r.start, r.frist, r.aktivitet, r.status, r.dagar) for r in wanted}
    assert len(lagen(store, oppna=True)) == len(found) - 2


@pytest.mark.usefixtures("register")
def test_each_pill_has_its_own_and_the_most_urgent_comes_first(store: Store) -> None:
    alla = lagen(store)
    found, counts = choose(alla, KravUrval())
    assert names(store, found) == [
        "Förfallen", "Skyddad", "Snart", "Pågår", "Kort", "Undantag", "Sen", "Uppfylld", "Avslutad", "Stängd",
    ]  # fmt: skip
    wanted = {
        Flik.ALLA: 10, Flik.FORFALLNA: 3, Flik.SNART: 1, Flik.PAGAR: 2, Flik.UNDANTAG: 2, Flik.GRANSKA: 1,
        Flik.UTAN_FRIST: 1, Flik.UPPFYLLT: 1, Flik.SENT: 1,
    }  # fmt: skip
    assert counts == Counter(wanted)
    for flik, antal in wanted.items():
        assert len(choose(alla, KravUrval(flik))[0]) == antal
    assert names(store, choose(alla, KravUrval(Flik.GRANSKA))[0]) == ["Undantag"]


@pytest.mark.usefixtures("register")
def test_days_left_and_over(store: Store) -> None:
    alla = choose(lagen(store), KravUrval())[0]
    by_name = dict(zip(names(store, alla), alla, strict=True))
    assert {name: (lage.kvar, lage.over) for name, lage in by_name.items()} == {
        "Förfallen": (None, 18), "Skyddad": (None, 17), "Stängd": (None, 48), "Snart": (2, None),
        "Pågår": (12, None), "Kort": (None, None), "Undantag": (None, None), "Sen": (None, 4),
        "Uppfylld": (None, None), "Avslutad": (None, None),
    }  # fmt: skip


@pytest.mark.usefixtures("register")
def test_filters_leave_rows_out_of_list_and_counts(store: Store) -> None:
    alla = lagen(store)
    assert names(store, choose(alla, KravUrval(kon="M"))[0]) == ["Förfallen", "Sen"]
    found, counts = choose(alla, KravUrval(handlaggare="bo"))
    assert (names(store, found), counts[Flik.ALLA]) == (["Pågår"], 1)
    begun = KravUrval(start=(date(2024, 5, 20), date(2024, 5, 22)))
    assert names(store, choose(alla, begun)[0]) == ["Snart", "Kort"]


@pytest.mark.usefixtures("register")
def test_sorting_by_a_column_leaves_the_empty_last(store: Store) -> None:
    alla = lagen(store)
    rising = names(store, sort_lagen(alla, "aktivitet", falling=False))
    falling = names(store, sort_lagen(alla, "aktivitet", falling=True))
    assert (rising[:2], falling[:2]) == (["Uppfylld", "Sen"], ["Sen", "Uppfylld"])
    assert rising[2:] == falling[2:]
    assert names(store, sort_lagen(alla, "kvar", falling=False))[:3] == ["Stängd", "Förfallen", "Skyddad"]
    assert names(store, sort_lagen(alla, "undantag", falling=False))[:2] == ["Kort", "Undantag"]
    for key in ("namn", "start", "frist", "lage", "dagar", "handlaggare"):
        assert len(sort_lagen(alla, key, falling=True)) == len(alla)


@pytest.mark.usefixtures("register")
def test_protected_people_are_masked_and_hidden_ones_in_no_row(store: Store) -> None:
    with store.read(ELIN) as session:
        rader = list_kravrader(session, list_kravlagen(session, ELIN, DAG, oppna=True))
        (masked,) = [rad for rad in rader if rad.person.is_masked]
        assert (masked.person.namn, masked.person.nummer, masked.lage.sortering) == (
            "Skyddad identitet", "Ä-Skyddad", "",
        )  # fmt: skip
        assert all(rad.nummer != "Ä-Dold" for rad in rader)
        assert {rad.nummer: rad.inskriven for rad in rader}["Ä-Sen"]
        assert masked.handlaggare == "Elin Måsvik"
        assert list_kravrader(session, ()) == ()


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("texts", [("2024-01", "2024-02", "2024-03", "2024-04", "2024-05"), ("2024-Q1",)])
def test_the_share_over_time_is_the_reports_own(store: Store, texts: tuple[str, ...]) -> None:
    perioder = [parse_period(text) for text in texts]
    with store.read(ELIN) as session:
        with sent_statements(store) as sent:
            andelar = list_andelar(session, ELIN, perioder, DAG)
        assert len(sent) == 6
        for period, andel in zip(perioder, andelar, strict=True):
            for per in (default_per(period, DAG), DAG):
                report = {f.id: f for f in figures(session, ELIN, period, per)}
                wanted = report["aktivitetskrav.andel_uppfyllt"]
                for key in KON_NYCKLAR:
                    assert andel.varde.get(key) == wanted.varde.get(key)
                assert (andel.taljare, andel.namnare) == (wanted.taljare, wanted.namnare)


@pytest.mark.usefixtures("register")
def test_the_people_behind_the_figures_are_those_counted(store: Store) -> None:
    april = make_period(date(2024, 4, 1), date(2024, 4, 30))
    with store.read(ELIN) as session:
        report = {f.id: f.varde.totalt for f in figures(session, ELIN, april, DAG)}
        people = list_i_figur(session, ELIN, april, DAG, lambda b: b.status.value)
        assert [p.text for p in people] == ["forfallet", "uppfyllt_sent", "uppfyllt"]
        assert len(people) == report["aktivitetskrav.bas"]
        days = list_i_figur(session, ELIN, april, DAG, lambda b: str(b.dagar), bara_med_aktivitet=True)
        assert [(p.text, p.datum) for p in days] == [("18", date(2024, 4, 16)), ("8", date(2024, 4, 16))]
        utan = list_utan(session, ELIN, DAG, str)
        krav = load_settings(session, ELIN).aktivitetskrav
        # The hidden one is in the report and in no list.
        assert len(utan) == count_utan_aktivitet(session, krav, DAG).varde.totalt - 1
        assert (utan[0].text, utan[0].datum) == ("34", date(2024, 4, 30))
        maj = make_period(date(2024, 5, 1), date(2024, 5, 31))
        assert {p.person.namn for p in list_i_figur(session, ELIN, maj, DAG, lambda _b: "")} >= {
            "Skyddad identitet"
        }


@pytest.mark.usefixtures("register")
def test_an_arende_removed_meanwhile_is_left_out(store: Store) -> None:
    alla = choose(lagen(store), KravUrval())[0]
    gone = Kravlage(
        99_999, alla[0].deltagare_id, None, "", "", True, alla[0].bedomning, None, None, None, False
    )
    assert names(store, (alla[0], gone)) == ["Förfallen"]
    assert alla[0].bedomning.status is Status.FORFALLET
    assert alla[0].bedomning.frist == date(2024, 5, 2) + timedelta(14)
