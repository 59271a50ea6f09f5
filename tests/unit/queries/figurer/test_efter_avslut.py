"""What came of the avslut: rows of the report by result, försörjning before and after, what has lasted; and
the people behind each, as many as the figures say where nobody is hidden."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from db.aktor import SYSTEM, Aktor, Roll
from db.models import Deltagare, Inskrivning, Uppfoljning
from db.queries.avslut_personer import (
    ALLA_KON,
    Grupp,
    came_back,
    has_result,
    list_aterkomna,
    list_avslutade,
    list_uppfoljda,
    of_klass,
    of_kon,
    went,
)
from db.queries.figurer.avslut import KLASSER, count_unika, figures, list_avslutsrader, make_figures
from db.queries.figurer.efter_avslut import MANADER, count_forsorjning, list_varaktighet
from db.queries.figurer.gemensamt import add, by_kon
from db.queries.flode_personer import PersonBakom
from db.rules.figurer import KON_NYCKLAR, Konsvarden
from db.rules.koder import Forsorjning
from db.rules.period import add_months, default_per, parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.queries.figurer.random_register import Register, make_register

ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
EVA = Aktor("eva", "Eva Ek", Roll.CHEF)
P = parse_period("2024")
PER = date(2024, 12, 31)
CASES = (("2024", "2024-12-31"), ("2024", "2025-02-28"), ("2024-T1", "2024-04-30"), ("2023", "2025-03-01"))


def make_followed(store: Store, seed: int) -> Register:
    """A random register whose avslut have försörjning, work and follow-ups."""
    register, slump = make_register(store, seed, personer=40), random.Random(seed)
    words = [None, *(word.value for word in list(Forsorjning)[:6])]
    with store.engine.begin() as connection:
        # Nobody is hidden, so that figures and people are as many.
        connection.execute(update(Deltagare).values(skyddad="nej"))
        for row in register.of(Inskrivning):
            if row["avslutad"] is None:
                continue
            row["arbete_fran"] = slump.choice((None, row["avslutad"] + timedelta(slump.randrange(-5, 40))))
            row["forsorjning_fore"], row["forsorjning_efter"] = slump.choice(words), slump.choice(words)
            more = {key: row[key] for key in ("arbete_fran", "forsorjning_fore", "forsorjning_efter")}
            connection.execute(update(Inskrivning).where(Inskrivning.id == row["id"]).values(more))
            for slag, manader in MANADER.items():
                planerad = add_months(row["avslutad"], manader)
                done = None if slump.random() < 0.3 else planerad + timedelta(slump.randrange(-9, 30))
                if slump.random() < 0.8:
                    svar = slump.choice(words) if done else None
                    register.add(
                        Uppfoljning, inskrivning_id=row["id"], slag=slag, planerad=planerad, genomford=done,
                        forsorjning=svar, text="",
                    )  # fmt: skip
        connection.execute(insert(Uppfoljning), register.of(Uppfoljning))
    return register


def counted(register: Register, rows: Iterable[dict[str, Any]]) -> Konsvarden:
    kon = {person["id"]: person["kon"] for person in register.of(Deltagare)}
    return by_kon(Counter(kon[row["deltagare_id"]] for row in rows).items())


def closed(register: Register, fran: date, till: date) -> list[dict[str, Any]]:
    return [r for r in register.of(Inskrivning) if r["avslutad"] and fran <= r["avslutad"] <= till]


@pytest.mark.parametrize("seed", range(3))
def test_forsorjning_and_what_has_lasted_equal_a_naive_count(store: Store, seed: int) -> None:
    register = make_followed(store, seed)
    svar = {(u["inskrivning_id"], u["slag"]): u for u in register.of(Uppfoljning)}
    arbete = ("arbete", "arbete med stöd", "eget företag")
    for text, dag in CASES:
        period, per = parse_period(text), date.fromisoformat(dag)
        slut = min(period.till, per)
        with store.read(SYSTEM) as session:
            vagar = count_forsorjning(session, period, per)
            lasted = {found.slag: found for found in list_varaktighet(session, period, per)}
        found = closed(register, period.fran, slut)
        pairs = {(r["forsorjning_fore"], r["forsorjning_efter"]) for r in found}
        assert vagar == {
            pair: counted(
                register, [r for r in found if (r["forsorjning_fore"], r["forsorjning_efter"]) == pair]
            )
            for pair in pairs
        }
        for slag, manader in MANADER.items():
            own: dict[str, list[dict[str, Any]]] = {"alla": [], "svar": [], "kvar": []}
            for r in closed(register, date(2020, 1, 1), date(2030, 1, 1)):
                fran = (r["arbete_fran"] or r["avslutad"]) if manader == 1 else r["avslutad"]
                if not period.fran <= add_months(fran, manader) <= slut:
                    continue
                if r["resultat"] not in (arbete if manader == 1 else (*arbete, "studier")):
                    continue
                u = svar.get((r["id"], slag))
                har = u["forsorjning"] if u and u["genomford"] and u["genomford"] <= per else None
                answer = r["minst_en_manad"] if manader == 1 else har
                kvar = (
                    answer
                    if manader == 1
                    else answer in ("lön", "lön med stöd", "eget företag", "studiemedel")
                )
                own["alla"].append(r)
                own["svar"] += [r] if answer is not None else []
                own["kvar"] += [r] if answer is not None and kvar else []
            told = lasted[slag]
            assert (told.alla, told.svar, told.kvar) == tuple(
                counted(register, own[vad]) for vad in ("alla", "svar", "kvar")
            ), (text, dag, slag)
            if told.alla.totalt:
                assert told.av_alla.varde.totalt == 100 * told.kvar.totalt / told.alla.totalt  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(2))
def test_the_people_are_as_many_as_the_figures(store: Store, seed: int) -> None:
    make_followed(store, seed)
    for text, dag in CASES:
        period, per = parse_period(text), date.fromisoformat(dag)
        with store.read(SYSTEM) as session:
            rader = list_avslutsrader(session, period, per)
            report = {f.id: f.varde for f in figures(session, SYSTEM, period, per)}
            assert make_figures(rader, count_unika(session, period, per)) == figures(
                session, SYSTEM, period, per
            )
            everyone = list_avslutade(session, SYSTEM, period, per)
            own = {rad.resultat for rad in rader}
            ended = [list_avslutade(session, SYSTEM, period, per, has_result(resultat)) for resultat in own]
            assert sum(map(len, ended)) == len(everyone)
            assert len(everyone) == report["avslut.totalt"].totalt
            for klass, namn in KLASSER.items():
                found = list_avslutade(session, SYSTEM, period, per, of_klass(klass))
                assert groups(found) == report[f"avslut.{namn}"]
            back = list_aterkomna(session, SYSTEM, period, per, lambda resultat, dagar: f"{dagar} {resultat}")
            assert groups(back) == report["avslut.ateraktualiserade_12_manader"]
            dagar = Counter(int(person.text.split()[0]) for person in back)
            assert dagar == Counter({d: a.totalt for rad in rader for d, a in rad.dagar})
            soon = list_aterkomna(session, SYSTEM, period, per, lambda r, d: "", came_back(per, 1, 60))
            assert len(soon) == sum(antal for dag, antal in dagar.items() if dag <= 60)
            for (fore, efter), varde in count_forsorjning(session, period, per).items():
                assert groups(list_avslutade(session, SYSTEM, period, per, went(fore, efter))) == varde
            for told in list_varaktighet(session, period, per):
                for vad, varde in (("alla", told.alla), ("svar", told.svar), ("kvar", told.kvar)):
                    who = list_uppfoljda(session, SYSTEM, told.slag, period, per, vad, lambda k, f: str(k))  # type: ignore[arg-type]
                    assert groups(who) == varde


def groups(people: Iterable[PersonBakom]) -> Konsvarden:
    return by_kon(Counter(person.kon for person in people).items())


def test_people_are_chosen_by_kon_and_protected_ones_counted_but_hidden(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for number, (kon, skyddad, koordinator) in enumerate(
            (("K", "nej", ""), ("M", "nej", ""), (None, "nej", ""), ("K", "sekretessmarkering", "elin"))
        ):
            person = make.make_deltagare(work.session, efternamn=f"N{number}", kon=kon, skyddad=skyddad)
            make.make_arende(work.session, deltagare_id=person.id, nummer=f"Ä-{number}")
            make.make_inskrivning(
                work.session, deltagare_id=person.id, inskriven=date(2023, 1, 1), avslutad=date(2024, 3, 1),
                resultat="studier", koordinator=koordinator,
            )  # fmt: skip
    chosen: dict[Grupp, int] = {ALLA_KON: 4, "K": 2, "M": 1, None: 1}
    with store.read(ELIN) as session:
        for kon, antal in chosen.items():
            assert len(list_avslutade(session, ELIN, P, PER, *of_kon(kon))) == antal
        hidden = [p.person for p in list_avslutade(session, ELIN, P, PER) if p.person.is_masked]
        assert [(person.namn, person.nummer) for person in hidden] == [("Skyddad identitet", "Ä-3")]
    with store.read(EVA) as session:
        assert {f.varde.totalt for f in figures(session, EVA, P, PER) if f.id == "avslut.totalt"} == {4}
        assert len(list_avslutade(session, EVA, P, PER)) == 3
        assert len(list_uppfoljda(session, EVA, "6 månader", P, PER, "alla", lambda k, f: "")) == 3


def test_the_figures_are_few_statements_however_many(store: Store) -> None:
    make_followed(store, 5)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        list_avslutsrader(session, P, PER)
        assert len(sent) == 1
        count_unika(session, P, PER)
        count_forsorjning(session, P, PER)
        assert len(sent) == 3
        list_varaktighet(session, P, PER)
        assert len(sent) == 6
        list_aterkomna(session, ELIN, P, PER, lambda r, d: "")
        list_uppfoljda(session, ELIN, "1 månad", P, PER, "alla", lambda k, f: "")
        assert len(sent) == 8


def test_an_empty_register_has_zeros(store: Store) -> None:
    with store.read(ELIN) as session:
        assert list_avslutsrader(session, P, PER) == ()
        assert count_forsorjning(session, P, PER) == {}
        assert all(
            f.varde == by_kon(())
            for f in figures(session, ELIN, P, default_per(P, PER))
            if f.enhet == "antal"
        )
        for told in list_varaktighet(session, P, PER):
            assert add(told.alla, told.kvar) == by_kon(())
            assert [told.av_svar.varde.get(key) for key in KON_NYCKLAR] == [None] * 4
