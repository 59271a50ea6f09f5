"""A report narrowed to an urval: it is the report of a register in which only they are."""

import random
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor
from db.errors import KnownError
from db.models import Arende, Bip, Deltagare, Insats, Inskrivning, Mote, Stegperiod
from db.queries.flode_personer import PersonBakom
from db.queries.idag.rows import Person
from db.queries.rapporturval import Val, find_urval, keep_urval, list_val, villkor_of
from db.recorder import RECORDED
from db.rules.figurer import Konsvarden
from db.rules.period import parse_period
from db.rules.urval import ALLA, MALGRUPPER, Malgrupp, Urval
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

AR = parse_period("2024")
PER = date(2024, 11, 30)
REPORTS = ("deltagare", "aktivitetskrav", "avslut", "flode", "bip", "osa")
ARENA, SYSS = "Arena Arbetsmarknad", "Sysselsättning"
URVAL = (
    Urval(spar=ARENA),
    Urval(enhet="Köket"),
    *(Urval(malgrupp=grupp) for grupp in Malgrupp),
    Urval(spar=SYSS, malgrupp=Malgrupp.UNGA),
    Urval(enhet="Snickeriet", malgrupp=Malgrupp.MED_BISTAND),
)


def fill(session: Session) -> None:
    """Forty-eight people of every kind, each with something in every report."""
    enheter = [make.make_enhet(session, namn=namn).id for namn in ("Köket", "Snickeriet")]
    slump = random.Random(3)
    for _ in range(48):
        n = slump.randrange(10**6)
        hushall = make.make_hushall(session, antal_barn=n % 3)
        person = make.make_deltagare(
            session, kon=("K", "M", None)[n % 11 % 3], fodelsedatum=date(1960 + n * 7 % 48, 3, 1),
            utrikesfodd=(True, False, None)[n % 3], hushall_id=hushall.id,
            utbildningsniva=("förgymnasial", "gymnasial", None)[n % 5 % 3],
        )  # fmt: skip
        _add_stay(session, person.id, slump.randrange(10**6), enheter)
        make.make_mote(session, deltagare_id=person.id, datum=date(2024, 5, 2))
        make.make_arende(
            session, deltagare_id=person.id, ansokan=date(2024, 1, 2 + n % 20),
            beslut=date(2024, 2, 1 + n % 20), utfall=("bifall", "avslag")[n % 4 == 0],
            avslutat=date(2024, 6, 1) if n % 5 == 0 else None,
        )  # fmt: skip


def _add_stay(session: Session, person: int, n: int, enheter: list[int]) -> None:
    start = date(2023 + n % 2, 1 + n % 9, 5)
    ut = date(2024, 10, 1 + n % 20) if n % 3 == 0 else None
    inskrivning = make.make_inskrivning(
        session, deltagare_id=person, inskriven=start, spar=(ARENA, SYSS, "")[n % 7 % 3],
        avslutad=ut, resultat=("arbete", "studier", "pension")[n % 4 % 3] if ut else None,
        minst_en_manad=True if ut and n % 4 % 3 == 0 else None,
    )  # fmt: skip
    make.make_stegperiod(
        session, inskrivning_id=inskrivning.id, steg=("Insats", "Matchning")[n % 2], fran=start
    )
    make.make_insats(
        session, inskrivning_id=inskrivning.id, typ=("praktik", "OSA-anställning", "vägledning")[n % 3],
        start=start, slut=ut, enhet_id=[*enheter, None][n % 3],
    )  # fmt: skip
    for dag, varde in ((date(2024, 2, 1), 2), (date(2024, 9, 1), 2 + n % 3)):
        make.make_bip(session, inskrivning_id=inskrivning.id, datum=dag, varde=varde)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.unit_of_work(SYSTEM, "test") as work:
        fill(work.session)
    return store


def figures(session: Session, namn: str, *more: Any) -> Any:
    """Whole report; sums of fractions as near as the order of the rows lets them be."""
    found = import_module(f"db.queries.figurer.{namn}").figures(session, SYSTEM, AR, PER, *more)
    return [
        replace(f, varde=Konsvarden(*(None if v is None else round(v, 9) for v in f.varde))) for f in found
    ]


@pytest.mark.parametrize("urval", URVAL, ids=lambda urval: urval.nyckel)
def test_it_is_the_report_of_a_register_with_only_them(filled: Store, urval: Urval) -> None:
    with filled.read(SYSTEM) as session:
        villkor = villkor_of(urval, AR, PER)
        them = set(session.scalars(select(Deltagare.id).where(*villkor)))
        narrowed = {namn: figures(session, namn, villkor) for namn in REPORTS}
        whole = {namn: figures(session, namn) for namn in REPORTS}
    assert 0 < len(them) < 48
    with filled.unit_of_work(SYSTEM, "test") as work:
        _remove_others(work.session, them)
    with filled.read(SYSTEM) as session:
        for namn in REPORTS:
            assert narrowed[namn] == figures(session, namn)
    assert sum(narrowed[namn] != whole[namn] for namn in REPORTS) >= 4


def _remove_others(session: Session, them: set[int]) -> None:
    """Everything that the others have, so that the register holds nobody else."""
    utanfor = select(Inskrivning.id).where(Inskrivning.deltagare_id.not_in(them))
    for which in (
        *(delete(tabell).where(tabell.inskrivning_id.in_(utanfor)) for tabell in (Bip, Stegperiod, Insats)),
        delete(Mote).where(Mote.deltagare_id.not_in(them)),
        delete(Arende).where(Arende.deltagare_id.not_in(them)),
        delete(Inskrivning).where(Inskrivning.deltagare_id.not_in(them)),
        delete(Deltagare).where(Deltagare.id.not_in(them)),
    ):
        session.execute(which, execution_options=RECORDED)


@pytest.mark.parametrize(
    ("grupp", "wanted"),
    [
        (Malgrupp.UNGA, {"18 år", "24 år"}),
        (Malgrupp.OVER_55, {"55 år", "56 år"}),
        (Malgrupp.UTRIKESFODDA, {"utrikes"}),
        (Malgrupp.UTAN_GYMNASIUM, {"förgymnasial"}),
        (Malgrupp.MED_BARN, {"barn"}),
        (Malgrupp.MED_BISTAND, {"bistånd", "bistånd slut"}),
    ],
)
def test_who_is_of_a_group(store: Store, grupp: Malgrupp, wanted: set[str]) -> None:
    """Age is on the last day of the period; what is not known leaves a person out."""
    aldrar = {"17 år": 2007, "18 år": 2006, "24 år": 2000, "25 år": 1999, "54 år": 1970, "55 år": 1969,
              "56 år": 1968}  # fmt: skip
    with store.unit_of_work(SYSTEM, "test") as work:
        session = work.session
        for namn, ar in aldrar.items():
            make.make_deltagare(session, fornamn=namn, fodelsedatum=date(ar, 12, 31))
        make.make_deltagare(session, fornamn="ingen dag", fodelsedatum=None)
        make.make_deltagare(session, fornamn="utrikes", fodelsedatum=None, utrikesfodd=True)
        make.make_deltagare(session, fornamn="inrikes", fodelsedatum=None, utrikesfodd=False)
        for niva in ("förgymnasial", "gymnasial"):
            make.make_deltagare(session, fornamn=niva, fodelsedatum=None, utbildningsniva=niva)
        for namn, barn in (("barn", 1), ("utan barn", 0)):
            hushall = make.make_hushall(session, antal_barn=barn)
            make.make_deltagare(session, fornamn=namn, fodelsedatum=None, hushall_id=hushall.id)
        for namn, utfall, beslut, avslutat in (
            ("bistånd", "bifall", date(2023, 5, 1), None),
            ("bistånd slut", "bifall", date(2023, 5, 1), date(2024, 1, 1)),
            ("före", "bifall", date(2023, 5, 1), date(2023, 12, 31)),
            ("efter", "bifall", date(2024, 12, 1), None),
            ("avslag", "avslag", date(2024, 5, 1), None),
        ):
            person = make.make_deltagare(session, fornamn=namn, fodelsedatum=None).id
            make.make_arende(
                session, deltagare_id=person, ansokan=date(2023, 4, 1), beslut=beslut, utfall=utfall,
                avslutat=avslutat,
            )  # fmt: skip
    with store.read(SYSTEM) as session:
        query = select(Deltagare.fornamn).where(*villkor_of(Urval(malgrupp=grupp), AR, PER))
        assert set(session.scalars(query)) == wanted


def test_the_period_decides_who_was_there(store: Store) -> None:
    """An inskrivning or an insats some day of the period, as far as it had come."""
    with store.unit_of_work(SYSTEM, "test") as work:
        enhet = make.make_enhet(work.session, namn="Köket").id
        for namn, start, slut in (
            ("före", date(2023, 1, 1), date(2023, 12, 31)),
            ("första dagen", date(2023, 1, 1), date(2024, 1, 1)),
            ("sista dagen", PER, None),
            ("efter", date(2024, 12, 1), None),
        ):
            person = make.make_deltagare(work.session, fornamn=namn).id
            own = make.make_inskrivning(
                work.session, deltagare_id=person, inskriven=start, avslutad=slut, spar=ARENA,
                resultat="pension" if slut else None,
            )  # fmt: skip
            make.make_insats(work.session, inskrivning_id=own.id, start=start, slut=slut, enhet_id=enhet)
    with store.read(SYSTEM) as session:
        for urval in (Urval(spar=ARENA), Urval(enhet="Köket")):
            query = select(Deltagare.fornamn).where(*villkor_of(urval, AR, PER))
            assert set(session.scalars(query)) == {"första dagen", "sista dagen"}


def test_what_can_be_chosen(filled: Store, aktor: Aktor) -> None:
    with filled.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session).id
        make.make_inskrivning(work.session, deltagare_id=person, spar="Ungdomsspåret")
    with filled.read(aktor) as session:
        with sent_statements(filled) as statements:
            val = list_val(session, aktor)
        assert len(statements) == 2
        assert val == Val((ARENA, SYSS, "Ungdomsspåret"), ("Köket", "Snickeriet"))
        assert find_urval(session, aktor) == ALLA
        assert find_urval(session, aktor, " köket ", "UNGA") == Urval("", "Köket", "unga")
        assert find_urval(session, aktor, "ungdomsspåret") == Urval("Ungdomsspåret")
        assert find_urval(session, aktor, "", "utan_gymnasium") == Urval(malgrupp="utan_gymnasium")
        with pytest.raises(KnownError, match=r"Enheten Kökt finns inte. Välj bland Arena"):
            find_urval(session, aktor, "Kökt")
        with pytest.raises(KnownError, match=r"Målgruppen gamla finns inte. Välj bland unga, over_55"):
            find_urval(session, aktor, "", "gamla")


def test_the_people_behind_a_number_are_those_of_the_urval(filled: Store) -> None:
    with filled.read(SYSTEM) as session:
        ids = list(session.scalars(select(Deltagare.id).order_by(Deltagare.id)))
        rader = tuple(PersonBakom(Person(one, "nej", "", "", ""), None, "", None) for one in ids)
        with sent_statements(filled) as statements:
            assert keep_urval(session, iter(rader), ALLA, AR, PER) == rader
        assert not statements
        with sent_statements(filled) as statements:
            kvar = keep_urval(session, rader, Urval(spar=ARENA), AR, PER)
        assert len(statements) == 1
        wanted = set(session.scalars(select(Inskrivning.deltagare_id).where(Inskrivning.spar == ARENA)))
        assert {rad.person.id for rad in kvar} <= wanted
        assert len(kvar) > 5


def test_words_of_an_urval() -> None:
    everything = Urval(ARENA, "Köket", Malgrupp.UNGA)
    assert everything.rubrik() == "Arena Arbetsmarknad, Köket, Unga, 18–24 år"
    assert everything.villkor() == (
        "Rapporten räknar bara deltagare som var inskrivna i spåret Arena Arbetsmarknad någon dag i perioden "
        "och som hade en insats hos Köket någon dag i perioden och som var 18–24 år den sista dagen i "
        "perioden."
    )
    assert (ALLA.rubrik(), ALLA.villkor(), ALLA.nyckel, bool(ALLA)) == ("", "", "", False)
    assert set(MALGRUPPER) == set(Malgrupp)


def test_an_urval_holds_another_that_is_narrower() -> None:
    unga, koket = Urval(malgrupp="unga"), Urval(enhet="Köket")
    both = Urval("", "Köket", "unga")
    assert ALLA.holds(unga)
    assert unga.holds(both)
    assert koket.holds(both)
    assert not both.holds(unga)
    assert not unga.holds(koket)
    assert unga.differs_in(both) == ("enhet",)
    assert Urval.from_parametrar({**both.to_parametrar(), "namn": "avslut"}) == both
    assert both.to_parametrar() == {"enhet": "Köket", "malgrupp": "unga"}
