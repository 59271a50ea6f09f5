"""The figures of the screen Flöde: the same as the report's, over time, and where people go."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.aktor import Aktor
from db.models import Deltagare, Insats, Inskrivning, Steg
from db.queries import flode
from db.queries.figurer.flode import figures
from db.rules.figurer import Konsvarden
from db.rules.flode import UTAN_STEG, Kurva, list_matdagar
from db.rules.period import parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.queries.figurer.oracle import Oracle
from tests.unit.queries.figurer.oracle_flode import FlodeOracle
from tests.unit.queries.figurer.random_register import Register, Row, make_register

FRAN, SLUT = date(2024, 1, 1), date(2024, 12, 31)
KON = ("K", "M", None)


def _steg_id(facit: FlodeOracle, inskrivning: Row, dag: date) -> int | None:
    plats = facit.place(inskrivning, dag)
    return facit.perioder[plats[2]]["steg_id"] if plats else None


def _facit(register: Register, slut: date) -> FlodeOracle:
    return FlodeOracle(Oracle(register, parse_period("2024"), slut))


def _expected(
    register: Register, dagar: tuple[date, ...], kon: str | None = "alla"
) -> dict[int | None, list[int]]:
    """Who stands where at the end of each day, asked of each inskrivning."""
    facit = _facit(register, dagar[-1])
    found: dict[int | None, list[int]] = {}
    for plats, dag in enumerate(dagar):
        for i in register.of(Inskrivning):
            vem = facit.o.person[i["deltagare_id"]]["kon"]
            if facit.o.on(i, dag, "inskriven", "avslutad") and kon in ("alla", vem):
                found.setdefault(_steg_id(facit, i, dag), [0] * len(dagar))[plats] += 1
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("fran", "slut", "mellan"),
    [
        (FRAN, SLUT, 7),
        (date(2023, 11, 30), date(2024, 2, 10), 1),
        (SLUT, SLUT, 7),
        (date(2022, 1, 1), SLUT, 91),
    ],
)
def test_the_curves_equal_a_count_of_every_day(
    store: Store, aktor: Aktor, seed: int, fran: date, slut: date, mellan: int
) -> None:
    register = make_register(store, seed)
    dagar = list_matdagar(fran, slut, mellan)
    with store.read(aktor) as session, sent_statements(store) as sent:
        kurvor = flode.list_kurvor(session, dagar)
    assert len(sent) == 2
    expected = _expected(register, dagar)
    assert {k.steg_id: list(k.totalt) for k in kurvor if any(k.totalt)} == expected
    for kon in KON:
        assert {k.steg_id: list(k.antal[kon]) for k in kurvor if any(k.antal[kon])} == _expected(
            register, dagar, kon
        )
    assert [k.steg_id for k in kurvor if k.steg_id] == [s["id"] for s in register.of(Steg)]


def test_the_last_day_of_the_curves_is_the_report_of_that_day(store: Store, aktor: Aktor) -> None:
    make_register(store, 7, 60)
    with store.read(aktor) as session:
        kurvor = flode.list_kurvor(session, list_matdagar(FRAN, SLUT))
        rows = {f.id: f.varde for f in figures(session, aktor, parse_period("2024"), SLUT)}
        steg = flode.list_steg(session, FRAN, SLUT)
    assert sum(k.totalt[-1] for k in kurvor) == rows["flode.inskrivna"].totalt
    for rad, kurva in zip(steg, (k for k in kurvor if k.steg_id), strict=True):
        assert (rad.steg_id, rad.pagaende.total()) == (kurva.steg_id, kurva.totalt[-1])
        assert {kon: antal[-1] for kon, antal in kurva.antal.items() if antal[-1]} == _by_kon(rad.pagaende)


def _by_kon(dagar: flode.Dagar) -> dict[str | None, int]:
    found: Counter[str | None] = Counter()
    for (kon, _), antal in dagar.items():
        found[kon] += antal
    return dict(found)


def test_a_selection_of_people_is_followed_everywhere(store: Store, aktor: Aktor) -> None:
    make_register(store, 3, 40)
    urval = [Deltagare.kon == "K", Inskrivning.inskriven >= date(2023, 1, 1)]
    dagar = list_matdagar(FRAN, SLUT, 30)
    with store.read(aktor) as session:
        alla, kvinnor = flode.list_kurvor(session, dagar), flode.list_kurvor(session, dagar, urval)
        genom = flode.count_genomflode(session, FRAN, SLUT, urval)
        steg = flode.list_steg(session, FRAN, SLUT, urval)
        vagar = flode.list_vagar(session, FRAN, SLUT, urval)
    assert 0 < sum(k.totalt[-1] for k in kvinnor) < sum(k.totalt[-1] for k in alla)
    assert sum(k.totalt[-1] for k in kvinnor) == genom.inskrivna.total()
    assert genom.ut.total() == sum(vag.antal.total() for vag in vagar) > 0
    for kon in {*genom.in_, *genom.inskrivna, *(k for vag in vagar for k in vag.antal)}:
        assert kon == "K"
    assert {kon for rad in steg for kon, _ in rad.pagaende} == {"K"}


@pytest.mark.parametrize("seed", range(4))
def test_the_ways_out_equal_what_each_inskrivning_says(store: Store, aktor: Aktor, seed: int) -> None:
    register = make_register(store, seed, 40)
    facit = _facit(register, SLUT)
    expected: Counter[tuple[str, str, str, str | None]] = Counter()
    for i in register.of(Inskrivning):
        if i["avslutad"] is None or not FRAN <= i["avslutad"] <= SLUT:
            continue
        steg = _steg_id(facit, i, i["avslutad"])
        insatser = [
            (n["start"], n["id"], facit.o.typ[n["insatstyp_id"]])
            for n in register.of(Insats)
            if n["inskrivning_id"] == i["id"] and n["start"] <= i["avslutad"]
        ]
        namn = facit.steg[steg]["namn"] if steg else ""
        typ = max(insatser)[2] if insatser else ""
        expected[namn, typ, i["resultat"], facit.o.person[i["deltagare_id"]]["kon"]] += 1
    with store.read(aktor) as session, sent_statements(store) as sent:
        vagar = flode.list_vagar(session, FRAN, SLUT)
    assert len(sent) == 1
    found = {(v.steg, v.insatstyp, v.resultat, kon): n for v in vagar for kon, n in v.antal.items()}
    assert found == dict(expected)
    ordning = {"": 0} | {s["namn"]: s["ordning"] for s in register.of(Steg)}
    assert [ordning[v.steg] for v in vagar] == sorted(ordning[v.steg] for v in vagar)


def test_results_by_kon_are_those_of_the_ways_out(store: Store, aktor: Aktor) -> None:
    make_register(store, 5, 60)
    urval = [Deltagare.kon == "K"]
    with store.read(aktor) as session:
        vagar = flode.list_vagar(session, FRAN, SLUT)
        with sent_statements(store) as sent:
            alla = flode.count_resultat(session, FRAN, SLUT)
        kvinnor = flode.count_resultat(session, FRAN, SLUT, urval)
        genom = flode.count_genomflode(session, FRAN, SLUT, urval)
        inskrivna = flode.count_inskrivna(session, SLUT, urval)
    assert len(sent) == 1
    assert inskrivna == +genom.inskrivna
    expected: Counter[tuple[str, str | None]] = Counter()
    for vag in vagar:
        for kon, antal in vag.antal.items():
            expected[vag.resultat, kon] += antal
    assert alla == expected
    assert kvinnor == Counter({pair: antal for pair, antal in expected.items() if pair[1] == "K"})


def test_those_over_the_guide_value_of_their_steg(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session
        for namn, dagar in (("Insats", 30), ("Matchning", None)):
            s.scalars(select(Steg).where(Steg.namn == namn)).one().riktvarde_dagar = dagar
        for kon, dagar, steg in (("K", 31, "Insats"), ("M", 30, "Insats"), ("K", 99, "Matchning")):
            person = make.make_deltagare(s, kon=kon).id
            fran = SLUT - timedelta(days=dagar)
            ik = make.make_inskrivning(s, deltagare_id=person, inskriven=fran).id
            make.make_stegperiod(s, inskrivning_id=ik, steg=steg, fran=fran)
    with store.read(aktor) as session:
        rader = {f.id: f.varde for f in figures(session, aktor, parse_period("2024"), SLUT)}
        steg_ = {rad.namn: rad for rad in flode.list_steg(session, FRAN, SLUT)}
    assert +steg_["Insats"].over_riktvarde == Counter({"K": 1})
    assert steg_["Matchning"].over_riktvarde.total() == 0
    assert rader["flode.over_riktvarde"] == Konsvarden(1, 0, 0, 1)
    assert rader["flode.andel_over_riktvarde"] == Konsvarden(50.0, 0.0, None, 100 / 3)
    assert (steg_["Insats"].riktvarde, steg_["Matchning"].riktvarde) == (30, None)


def test_a_steg_no_longer_in_use_is_there_only_while_somebody_is(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session
        ik = make.make_inskrivning(s, inskriven=date(2023, 12, 1)).id
        make.make_stegperiod(s, inskrivning_id=ik, steg="Planering", fran=date(2023, 12, 1))
        make.make_stegperiod(s, inskrivning_id=ik, steg="Matchning", fran=date(2024, 2, 1))
        for steg in s.scalars(select(Steg).where(Steg.namn.in_(("Planering", "Insats")))):
            steg.aktiv = False
    with store.read(aktor) as session:
        first = [rad.namn for rad in flode.list_steg(session, FRAN, SLUT)]
        later = [rad.namn for rad in flode.list_steg(session, date(2024, 3, 1), SLUT)]
        curves = [k.namn for k in flode.list_kurvor(session, list_matdagar(date(2024, 3, 1), SLUT))]
        before = flode.list_kurvor(session, list_matdagar(date(2023, 11, 1), SLUT, 30))
        namn = list(session.scalars(select(Steg.namn).order_by(Steg.ordning)))
    assert first == [n for n in namn if n != "Insats"]
    assert later == curves == [n for n in namn if n not in ("Planering", "Insats")]
    assert [k.namn for k in before] == first


def test_nothing_to_follow(store: Store, aktor: Aktor) -> None:
    with store.read(aktor) as session:
        assert flode.list_kurvor(session, ()) == ()
        assert flode.list_vagar(session, FRAN, SLUT) == ()
        assert all(k.totalt == (0,) for k in flode.list_kurvor(session, (SLUT,)))


def test_those_without_a_steg_have_a_curve_of_their_own(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session
        person = make.make_deltagare(s, kon="M").id
        ik = make.make_inskrivning(s, deltagare_id=person, inskriven=date(2024, 1, 2)).id
        make.make_stegperiod(s, inskrivning_id=ik, steg="Insats", fran=date(2024, 1, 4))
    with store.read(aktor) as session:
        kurvor = flode.list_kurvor(session, list_matdagar(date(2024, 1, 1), date(2024, 1, 5), 1))
    assert kurvor[0] == Kurva(None, UTAN_STEG, {"K": (0,) * 5, "M": (0, 1, 1, 0, 0), None: (0,) * 5})
    assert next(k for k in kurvor if k.namn == "Insats").totalt == (0, 0, 0, 1, 1)
