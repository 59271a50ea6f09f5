"""The demo register: repeatable, marked, fictitious, believable, sound by the program's own checks."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, text

from db.aktor import SYSTEM
from db.demo import DEMO_AKTOR, create_demo
from db.demo.build import fill_demo
from db.demo.numbers import Numbers
from db.demo.people import add_staff
from db.demo.tables import Tables
from db.errors import DataError, StoreError
from db.history import broken_seals
from db.maintenance import check_register
from db.models import (
    Anteckning,
    Anteckningsmall,
    Arende,
    Bip,
    Delegationsbeslut,
    Deltagare,
    Dokument,
    Enhet,
    Hushall,
    Insats,
    Insatstyp,
    Inskrivning,
    Installning,
    Kapacitet,
    Medarbetare,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    Planering,
    Planeringssteg,
    Platsko,
    Sokord,
    TidigareNummer,
    Undantag,
    Uppfoljning,
)
from db.queries import access
from db.queries.krav import list_krav
from db.queries.platslista import read_platslista
from db.rules.aktivitetskrav import Status
from db.rules.personnummer import parse_nummer
from db.session import Store, open_store
from tests.helpers.registers import Registers

PER = date(2026, 11, 12)  # a Thursday
NUMBER = 350


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.egenvag"
    create_demo(path, NUMBER, fro=7, per=PER)
    with closing(open_store(path)) as store:
        yield store


def _rows(store: Store, *columns: Any) -> list[Any]:
    with store.read(SYSTEM) as session:
        return list(session.execute(select(*columns)).all())


def _count(store: Store, *conditions: Any) -> int:
    with store.read(SYSTEM) as session:
        model = conditions[0].left.table
        return session.execute(select(func.count()).select_from(model).where(*conditions)).scalar_one()


def _contents(store: Store) -> list[tuple[object, ...]]:
    with store.read(SYSTEM) as session:
        tables = ("deltagare", "arende", "inskrivning", "insats", "mote", "kapacitet", "narvaro", "bip")
        return [tuple(row) for t in tables for row in session.execute(text(f"SELECT * FROM {t} ORDER BY id"))]


def test_same_seed_and_day_give_the_same_register(tmp_path: Path) -> None:
    for name, fro in (("one", 7), ("again", 7), ("other", 8)):
        create_demo(tmp_path / name, 40, fro=fro, per=PER)
    contents = []
    for name in ("one", "again", "other"):
        with closing(open_store(tmp_path / name)) as store:
            contents.append(_contents(store))
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]


def test_is_marked_as_demo_sealed_and_sound(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        marked = session.execute(select(Installning.varde).where(Installning.nyckel == "demo")).scalar_one()
        assert marked == "true"
        assert broken_seals(session) == []
    assert check_register(demo, SYSTEM) == []


def test_numbers_are_fictitious_and_sound(demo: Store) -> None:
    people = _rows(demo, Deltagare.personnummer, Deltagare.nummertyp, Deltagare.kon, Deltagare.fodelsedatum)
    assert len(people) == NUMBER
    for personnummer, nummertyp, kon, fodelsedatum in people:
        number = parse_nummer(personnummer, PER)
        assert (number.typ, number.kon, number.fodelsedatum) == (nummertyp, kon, fodelsedatum)
        assert number.tolv[8:11] in ("980", "981", "238", "239")
    for (personnummer,) in _rows(demo, TidigareNummer.personnummer):
        assert personnummer[8:11] in ("980", "981", "238", "239")


def test_everyone_is_found_by_name(demo: Store) -> None:
    [(found,)] = _rows(demo, func.count(func.distinct(Sokord.deltagare_id)))
    assert found == NUMBER


def test_every_part_of_the_work_is_there(demo: Store) -> None:
    for condition in (
        Arende.utfall == "avslag",
        Arende.beslut.is_(None),
        Arende.avslutat > PER - timedelta(365),
        Inskrivning.avslutad.is_(None),
        Inskrivning.resultat == "arbete",
        Inskrivning.minst_en_manad.is_(True),
        Insats.slut.is_(None),
        Insats.start > PER,
        Insats.planerat_slut < PER,
        Mote.datum > PER,
        Mote.uteblev.is_(True),
        OsaBeslut.till > PER,
        Deltagare.skyddad != "nej",
        Undantag.till > PER,
        Narvaro.status == "sjuk",
        Bip.varde == 5,
        Planering.nasta_uppfoljning < PER,
        Hushall.antal_barn > 2,
        TidigareNummer.till < PER,
        Anteckning.text != "",
        Anteckningsmall.agare == "",
        Dokument.storlek > 0,
        Planeringssteg.klar.is_(None),
        Planeringssteg.klar.is_not(None),
        Uppfoljning.genomford.is_(None),
        Uppfoljning.forsorjning == "lön",
        Narvaroschema.pass_ == "fm",
        Narvaro.pass_ == "em",
        OsaUppfoljning.genomford.is_(None),
        Mote.plats != "",
        Inskrivning.forsorjning_efter == "studiemedel",
    ):
        assert _count(demo, condition) > 0, str(condition)


def test_insatser_stay_inside_their_inskrivning(demo: Store) -> None:
    columns = (Insats.start, Insats.slut, Inskrivning.inskriven, Inskrivning.avslutad)
    with demo.read(SYSTEM) as session:
        query = select(*columns).join(Inskrivning, Insats.inskrivning_id == Inskrivning.id)
        for start, slut, inskriven, avslutad in session.execute(query):
            assert start >= inskriven
            assert slut is None or slut <= PER
            assert avslutad is None or (slut is not None and slut <= avslutad)


@pytest.mark.parametrize(
    ("model", "first", "last"), [(Arende, "ansokan", "avslutat"), (Inskrivning, "inskriven", "avslutad")]
)
def test_nobody_has_two_at_a_time(demo: Store, model: Any, first: str, last: str) -> None:
    rows = _rows(demo, model.deltagare_id, getattr(model, first), getattr(model, last))
    ordered = sorted(rows, key=lambda row: row[:2])
    again = [(a, b) for a, b in pairwise(ordered) if a[0] == b[0]]
    assert again
    for earlier, later in again:
        assert earlier[2] is not None
        assert earlier[2] < later[1]


def test_nothing_has_happened_after_the_day(demo: Store) -> None:
    for column in (
        Arende.ansokan,
        Arende.beslut,
        Arende.avslutat,
        Inskrivning.inskriven,
        Inskrivning.avslutad,
        Insats.slut,
        Narvaro.datum,
        Bip.datum,
        Planering.upprattad,
        Undantag.fran,
        Anteckning.datum,
        Planeringssteg.klar,
        Uppfoljning.genomford,
        OsaUppfoljning.genomford,
    ):
        assert _count(demo, column > PER) == 0, str(column)


def test_osa_is_nearly_always_covered_by_decisions(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        osa = session.execute(
            select(Insats.id, Insats.start, Insats.slut)
            .join(Insatstyp)
            .where(Insatstyp.namn == "OSA-anställning")
        ).all()
        beslut = session.execute(select(OsaBeslut.insats_id, OsaBeslut.fran, OsaBeslut.till)).all()
    covered = 0
    for insats_id, start, slut in osa:
        own = sorted((fran, till) for owner, fran, till in beslut if owner == insats_id)
        assert all((till - fran).days < 366 for fran, till in own)
        covered += bool(own) and own[0][0] <= start and own[-1][1] >= min(slut or PER, PER)
    assert 0 < len(osa) * 0.7 < covered


def test_households_are_of_grown_ups_about_as_old_as_each_other(demo: Store) -> None:
    homes: dict[int, list[date]] = {}
    for hushall, fodd in _rows(demo, Deltagare.hushall_id, Deltagare.fodelsedatum):
        homes.setdefault(hushall, []).append(fodd)
    couples = [born for born in homes.values() if len(born) > 1]
    assert 0.08 < len(couples) / len(homes) < 0.3
    for born in homes.values():
        assert len(born) <= 2
        assert max(born) < PER - timedelta(days=18 * 365)
        assert (max(born) - min(born)).days < 20 * 365


def test_those_who_apply_are_of_age(demo: Store) -> None:
    with demo.read(SYSTEM) as session:
        query = select(Arende.ansokan, Deltagare.fodelsedatum).join(Deltagare)
        for ansokan, fodd in session.execute(query):
            assert 18 * 365 < (ansokan - fodd).days < 70 * 365


def test_proportions_are_believable(demo: Store) -> None:
    people = _rows(demo, Deltagare.kon, Deltagare.utrikesfodd)
    assert 0.4 < sum(kon == "K" for kon, _ in people) / NUMBER < 0.6
    assert 0.35 < sum(utrikes for _, utrikes in people) / NUMBER < 0.6
    utfall = Counter(utfall for (utfall,) in _rows(demo, Arende.utfall))
    assert 0.05 < utfall["avslag"] / utfall.total() < 0.2
    resultat = Counter(resultat for (resultat,) in _rows(demo, Inskrivning.resultat) if resultat)
    assert resultat.most_common(1)[0][0] == "arbete"


def test_meetings_are_on_weekdays_in_working_hours(demo: Store) -> None:
    for datum, tid in _rows(demo, Mote.datum, Mote.tid):
        assert datum.weekday() < 5
        assert "08:00" <= tid <= "16:00"


def test_places_fit_what_is_used(demo: Store) -> None:
    places = Counter[int]()
    for enhet, platser in _rows(demo, Kapacitet.enhet_id, Kapacitet.platser):
        places[enhet] = max(places[enhet], platser)
    used = Counter(
        enhet
        for enhet, start, slut in _rows(demo, Insats.enhet_id, Insats.start, Insats.slut)
        if enhet and start <= PER and (slut is None or slut >= PER)
    )
    assert len(places) == len(_rows(demo, Enhet.id))
    assert 0.5 < used.total() / places.total() < 1.1


def test_some_of_those_inskrivna_wait_for_a_place(demo: Store) -> None:
    rows = _rows(demo, Platsko.inskrivning_id, Platsko.enhet_id, Platsko.insatstyp_id, Platsko.sedan)
    open_now = dict(_rows(demo, Inskrivning.id, Inskrivning.avslutad))
    inskriven = dict(_rows(demo, Inskrivning.id, Inskrivning.inskriven))
    assert 3 <= len(rows) < len([id_ for id_, avslutad in open_now.items() if avslutad is None]) / 4
    for inskrivning_id, enhet_id, insatstyp_id, sedan in rows:
        assert open_now[inskrivning_id] is None
        assert inskriven[inskrivning_id] <= sedan <= PER
        assert enhet_id or insatstyp_id
    assert all(anordnare for (anordnare,) in _rows(demo, Enhet.anordnare))
    with demo.read(DEMO_AKTOR) as session:
        mal = read_platslista(session, DEMO_AKTOR, PER, PER).platsmal
    assert mal is not None
    assert 0 < mal.nya < mal.antal


def test_decisions_on_delegation_are_numbered_by_day_within_their_year(demo: Store) -> None:
    columns = (Delegationsbeslut.ar, Delegationsbeslut.lopnummer, Delegationsbeslut.datum)
    rows = sorted(_rows(demo, *columns))
    for ar in {ar for ar, _, _ in rows}:
        own = [(nummer, datum) for year, nummer, datum in rows if year == ar]
        assert [nummer for nummer, _ in own] == list(range(1, len(own) + 1))
        days = [datum for _, datum in own]
        assert days == sorted(days)
        assert {datum.year for datum in days} == {ar}


def test_all_staff_have_names(demo: Store) -> None:
    known = {signatur for (signatur,) in _rows(demo, Medarbetare.signatur)}
    named = {s for (s,) in _rows(demo, Arende.handlaggare)} | {
        s for (s,) in _rows(demo, Inskrivning.koordinator)
    }
    assert named <= known
    assert DEMO_AKTOR.signatur in named


@pytest.mark.parametrize(("number", "fro"), [(300, 3), (400, 4)])
def test_elin_has_a_day_worth_looking_at(tmp_path: Path, number: int, fro: int) -> None:
    create_demo(tmp_path / "demo", number, fro=fro, per=PER)
    with closing(open_store(tmp_path / "demo")) as store, store.read(DEMO_AKTOR) as session:
        own = session.scalars(access.own_ids(DEMO_AKTOR)).all()
        protected = session.scalars(
            select(Deltagare.id).where(Deltagare.id.in_(own), Deltagare.skyddad != "nej")
        )
        assert 30 <= len(own) <= 45
        assert len(protected.all()) >= 1
        arenden = session.scalars(
            select(Arende.id).where(Arende.deltagare_id.in_(own), Arende.avslutat.is_(None))
        )
        judged = list_krav(session, DEMO_AKTOR, arenden.all(), PER)
        statuses = Counter(krav.bedomning.status for krav in judged.values())
        assert statuses[Status.FORFALLET] >= 2
        assert statuses[Status.UNDANTAG] >= 1
        left = [
            (krav.bedomning.frist - PER).days
            for krav in judged.values()
            if krav.bedomning.status is Status.PAGAR and krav.bedomning.frist
        ]
        assert sum(days <= 3 for days in left) >= 3
        today = session.scalars(select(Mote.tid).where(Mote.deltagare_id.in_(own), Mote.datum == PER)).all()
        assert len(today) >= 5


def test_nobody_meets_on_a_weekend(tmp_path: Path) -> None:
    saturday = PER + timedelta(days=2)
    create_demo(tmp_path / "demo", 60, per=saturday)
    with closing(open_store(tmp_path / "demo")) as store:
        assert _count(store, Mote.datum == saturday) == 0
        assert _count(store, Arende.handlaggare == DEMO_AKTOR.signatur) > 0


@pytest.mark.parametrize("number", [1, 2, 9])
def test_a_small_register_is_sound_too(tmp_path: Path, number: int) -> None:
    create_demo(tmp_path / "demo", number, per=PER)
    with closing(open_store(tmp_path / "demo")) as store:
        assert len(_rows(store, Deltagare.id)) == number
        assert check_register(store, SYSTEM) == []


def test_what_runs_has_its_attendance_since_the_start(demo: Store) -> None:
    """Its passes are expected from then on: nearly all are registered."""
    first = func.min(Narvaro.datum)
    with demo.read(SYSTEM) as session:
        query = select(Insats.start, first).join(Narvaro, Narvaro.insats_id == Insats.id)
        found = session.execute(query.where(Insats.slut.is_(None)).group_by(Insats.id, Insats.start)).all()
    assert min(start for start, _ in found) < PER - timedelta(weeks=12)
    assert all((registered - start).days <= 14 for start, registered in found)


def test_today_is_the_day_when_none_is_named(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo", 30, narvaro_veckor=0)
    with closing(open_store(tmp_path / "demo")) as store:
        assert _rows(store, func.max(Inskrivning.inskriven))[0][0] <= date.today()
        assert _rows(store, Narvaro.id) == []


def test_goes_into_either_database_and_leaves_ids_for_more(registers: Registers) -> None:
    where, remove = registers.make(migrated=False)
    try:
        create_demo(where, 25, per=PER)
        with closing(open_store(where)) as store:
            assert len(_rows(store, Deltagare.id)) == 25
            with store.unit_of_work(SYSTEM, "prov") as work:
                work.session.add(Enhet(namn="En till", typ="intern"))
                work.session.add(
                    TidigareNummer(deltagare_id=1, personnummer="x", nummertyp="personnummer", till=PER)
                )
            assert len(_rows(store, Enhet.id)) == 13
            assert check_register(store, SYSTEM) == []
    finally:
        remove()


def test_an_existing_register_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "mitt.egenvag"
    path.write_bytes(b"mina egna uppgifter")
    with pytest.raises(StoreError, match="finns redan"):
        create_demo(path, 10)
    assert path.read_bytes() == b"mina egna uppgifter"


def test_no_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="minst 1"):
        create_demo(tmp_path / "tom.egenvag", 0)
    assert list(tmp_path.iterdir()) == []


def test_cancelled_leaves_nothing(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_demo(tmp_path / "demo.egenvag", 50, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_reaches_its_end(store: Store) -> None:
    told: list[tuple[int, int]] = []
    with store.unit_of_work(SYSTEM, "demo") as work:
        fill_demo(work.session, 1_200, 1, PER, 1, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (1_200, 1_200)
    assert len(told) >= 3


def test_staff_grow_with_the_register_as_far_as_the_names_go(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        small = add_staff(Tables(work.session.connection()), 100)
        large = add_staff(Tables(work.session.connection()), 20_000)
        huge = add_staff(Tables(work.session.connection()), 2_000_000)
    assert (len(small.handlaggare), len(small.koordinatorer)) == (3, 3)
    assert len(large.handlaggare) > 200
    assert len(large.namn) == len(set(large.namn.values()))
    assert len(huge.namn) > 2_000
    assert huge.koordinatorer


def test_numbers_that_run_out_become_reservnummer() -> None:
    numbers = Numbers(Random(1))
    born = date(1990, 1, 31)
    taken = [numbers.take("K", born, samordning=False) for _ in range(12_000)]
    assert len({number for number, _, _ in taken}) == 12_000
    assert {typ for _, typ, _ in taken} == {"personnummer", "reservnummer"}
    for number, typ, fodd in taken:
        read = parse_nummer(number, PER)
        assert (read.typ, read.fodelsedatum) == (typ, fodd)
        assert timedelta() <= born - fodd <= timedelta(days=1_000)
