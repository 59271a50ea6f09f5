"""The people behind a row of a report are those that its number is of, for every row of every report."""

from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.demo import names
from db.demo.build import fill_demo
from db.models import Deltagare, Enhet
from db.queries.bakom.gemensamt import JA, NEJ, Vad
from db.queries.figurer import avslut, deltagare
from db.queries.flode_personer import PersonBakom
from db.queries.rapport_personer import KON, find_vad, list_bakom
from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden, Tal
from db.rules.insatstyper import FERIEPRAKTIK, OSA_ANSTALLNING
from db.rules.koder import Skydd
from db.rules.period import Period, month_index, parse_period
from db.rules.statistik import calculate_mean, calculate_median
from db.session import Store
from desktop.reports.registry import REPORTS
from tests.helpers.factories import (
    make_arende,
    make_bistandsmanad,
    make_deltagare,
    make_hushall,
    make_insats,
    make_inskrivning,
    make_osa_beslut,
)

IDAG = date(2026, 11, 12)
ELIN = Aktor("elin.masvik", "Elin Måsvik", Roll.HANDLAGGARE)
PERIODER = (("2026", IDAG), ("2025-T3", date(2026, 1, 31)), ("2026-10", date(2026, 10, 31)))
RAPPORTER = tuple(namn for namn in REPORTS if namn not in ("delegationsbeslut", "uppfoljning"))
NOBODY = (".platser_medel", ".kostnad_per_plats")  # rows of places
# Rows that a demo may have nobody in.
SOMEBODY = {
    "hushall.over_2_ar", "barn.langvarigt", "mycket_langvarigt.antal", "bistand.unga_medel",
    "osa.utan_beslut", "feriepraktik.antal", "deltagare.endast_feriepraktik",
    "deltagare.alder.uppgift_saknas", "daglig_verksamhet.platser",
}  # fmt: skip


@pytest.fixture
def demo(store: Store) -> Store:
    """A register where nobody is protected, with those that a demo lacks."""
    with store.unit_of_work(SYSTEM, "test") as work:
        fill_demo(work.session, 80, 3, IDAG, 1, lambda _done, _total: None)
        for person in work.session.scalars(select(Deltagare).where(Deltagare.skyddad != Skydd.NEJ.value)):
            person.skyddad = Skydd.NEJ.value
        _add_household(work.session)
        _add_insatser(work.session)
    return store


def _add_household(session: Session) -> None:
    """Two adults and a child of age with three years of bistånd, and two children that only are counted."""
    hushall = make_hushall(session, antal_barn=2)
    sokande = make_deltagare(session, hushall_id=hushall.id, kon="M")
    make_deltagare(session, hushall_id=hushall.id)
    make_deltagare(session, hushall_id=hushall.id, kon=None, fodelsedatum=date(2007, 5, 1))
    arende = make_arende(session, deltagare_id=sokande.id, ansokan=date(2023, 1, 9))
    for manad in range(month_index(date(2023, 1, 1)), month_index(IDAG) + 1):
        make_bistandsmanad(session, arende_id=arende.id, manad=manad)


def _add_insatser(session: Session) -> None:
    """Feriepraktik of somebody of unknown kön and age, OSA with and without beslut, daglig verksamhet."""
    ferie = make_deltagare(session, kon=None, personnummer=None)
    inskrivning = make_inskrivning(session, deltagare_id=ferie.id, inskriven=date(2025, 6, 1))
    for start in (date(2025, 10, 1), date(2026, 10, 5)):
        make_insats(session, inskrivning_id=inskrivning.id, typ=FERIEPRAKTIK, start=start, slut=start)
    for beslut in (None, date(2026, 12, 1)):
        insats = make_insats(session, typ=OSA_ANSTALLNING, start=date(2025, 9, 1))
        if beslut:
            make_osa_beslut(session, insats_id=insats.id, fran=date(2025, 9, 1), till=beslut)
    enhet = session.scalars(select(Enhet.id).limit(1)).one()
    make_insats(session, typ="daglig verksamhet", start=date(2025, 3, 1), enhet_id=enhet)


@pytest.mark.parametrize(("period", "per"), PERIODER, ids=[text for text, _ in PERIODER])
def test_the_people_are_those_of_the_number_in_every_row(demo: Store, period: str, per: date) -> None:
    perioden = parse_period(period)
    wrong, empty, closed = {}, set(), set()
    with demo.read(SYSTEM) as session:
        for figur in _figures(session, perioden, per):
            if find_vad(figur.id) is None:
                closed.add(figur.id)
                continue
            found = list_bakom(session, SYSTEM, figur.id, "totalt", perioden, per)
            empty |= set() if found else {figur.id}
            for nyckel in (n for n in KON_NYCKLAR if n == "totalt" or figur.varde.get(n) is not None):
                own = [rad for rad in found if nyckel == "totalt" or rad.kon == KON[nyckel]]
                said, listed = _compare(figur, nyckel, own, perioden, per)
                if said != pytest.approx(listed):
                    wrong[figur.id, nyckel] = said, listed
    assert wrong == {}
    assert {rad for rad in closed if not rad.endswith(NOBODY)} == set()
    assert not empty & SOMEBODY


def _figures(session: Session, period: Period, per: date) -> Iterable[Figur]:
    for rapport in RAPPORTER:
        yield from import_module(f"db.queries.figurer.{rapport}").figures(session, SYSTEM, period, per)


def _compare(
    figur: Figur, nyckel: str, found: Sequence[PersonBakom], period: Period, per: date
) -> tuple[object, object]:
    """What the row says, and the same worked out of those listed."""
    tal = [rad.tal for rad in found if rad.tal is not None]
    match find_vad(figur.id):
        case Vad.ANDEL:
            ja, nej = (sum(rad.text.startswith(ord_) for rad in found) for ord_ in (JA, NEJ))
            return [_of(figur.taljare, nyckel), _of(figur.namnare, nyckel)], [ja, ja + nej]
        case Vad.MEDEL:
            return _of(figur.namnare, nyckel), len(found)
        case Vad.DAGAR:
            calculate = calculate_mean if figur.id.endswith("medel") else calculate_median
            said = [figur.varde.get(nyckel) or 0, _of(figur.namnare, nyckel)]
            return said, [calculate(tal) or 0, len(tal)]
        case Vad.PLATSDAGAR:
            return _of(figur.taljare, nyckel), sum(tal)
        case Vad.MANADER:
            manader = month_index(min(period.till, per)) - period.forsta_manad + 1
            return [_of(figur.varde, nyckel), _of(figur.namnare, nyckel)], [sum(tal) / manader, len(tal)]
        case Vad.BARN | Vad.HELAR:
            return _of(figur.varde, nyckel), sum(tal)
        case _:
            return _of(figur.varde, nyckel), len(found)


def _of(varde: Konsvarden | None, nyckel: str) -> Tal:
    assert varde is not None
    return varde.get(nyckel) or 0


@pytest.mark.parametrize(
    "rad_id",
    [
        "belaggning.intern.platser_medel", "bip.finns_inte", "avslut.okand", "deltagare.", "flode.",
        "flode.utan_steg.dagar_median", "flode.insats.annat", "bip.natverk.annat",
        "bip.yrkeskunskap.forandring_medel_handlaggare",
    ],
)  # fmt: skip
def test_other_rows_do_not_open(store: Store, rad_id: str) -> None:
    assert find_vad(rad_id) is None
    with store.read(SYSTEM) as session:
        assert list_bakom(session, SYSTEM, rad_id, "totalt", parse_period("2026"), IDAG) == ()


@pytest.mark.parametrize(
    "rad_id",
    [
        "insats.finns_inte.unika", "flode.finns_inte.antal", "flode.finns_inte.lamnat",
        "belaggning.enhet.finns_inte.grad",
    ],
)  # fmt: skip
def test_an_unknown_insatstyp_steg_or_enhet_has_nobody(store: Store, rad_id: str) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make_insats(work.session)
    with store.read(SYSTEM) as session:
        assert not list_bakom(session, SYSTEM, rad_id, "totalt", parse_period("2026"), IDAG)


def test_every_class_of_kolada_opens() -> None:
    assert {find_vad(f"avslut.{rad}") for rad in avslut.KLASSER.values()} == {Vad.ANTAL}


def test_a_protected_person_is_in_the_numbers_and_in_no_list(demo: Store) -> None:
    """In any list of any row, of those who are not named for the person; the others see a mask."""
    with demo.unit_of_work(SYSTEM, "test") as work:
        for person in work.session.scalars(select(Deltagare)):
            person.skyddad = Skydd.SEKRETESSMARKERING.value
    period = parse_period("2026")
    with demo.read(SYSTEM) as session:
        rader = [figur.id for figur in _figures(session, period, IDAG)]
        of_system, of_elin = (
            [rad for rad_id in rader for rad in list_bakom(session, aktor, rad_id, "totalt", period, IDAG)]
            for aktor in (SYSTEM, ELIN)
        )
    assert of_system == []
    assert of_elin
    assert {rad.person.namn for rad in of_elin} == {"Skyddad identitet"}
    # With whom a protected person lives is not told either, nor where anybody is.
    enheter = {namn for namn, *_ in names.ENHETER}
    assert not any("Skyddad" in rad.text or "Anna" in rad.text or rad.text in enheter for rad in of_elin)


def test_a_household_is_told_under_a_name_that_is_open(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        hushall = make_hushall(work.session, antal_barn=1)
        skyddad = make_deltagare(work.session, hushall_id=hushall.id, skyddad=Skydd.SEKRETESSMARKERING.value)
        oppen = make_deltagare(work.session, hushall_id=hushall.id, fornamn="Siv", efternamn="Ask")
        make_deltagare(work.session, hushall_id=hushall.id, fornamn="Ulf", efternamn="Ask", kon="M")
        make_arende(work.session, deltagare_id=skyddad.id, handlaggare=ELIN.signatur)
    period = parse_period("2026")
    with store.read(SYSTEM) as session:
        for aktor in (SYSTEM, ELIN):
            (rad,) = list_bakom(session, aktor, "hushall.med_insats", "totalt", period, IDAG)
            assert (rad.person.id, rad.text, rad.tal) == (oppen.id, "Ulf Ask", None)
            (rad,) = list_bakom(session, aktor, "barn.i_hushall", "totalt", period, IDAG)
            assert (rad.person.id, rad.tal) == (oppen.id, 1)
            vuxna = list_bakom(session, aktor, "bistand.vuxna_individer", "totalt", period, IDAG)
            assert len(vuxna) == (3 if aktor is ELIN else 2)


def test_the_protected_is_counted_and_only_of_ones_own_kon(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for skydd in (Skydd.NEJ, Skydd.SEKRETESSMARKERING):
            person = make_deltagare(work.session, skyddad=skydd.value, kon="K")
            make_inskrivning(work.session, deltagare_id=person.id, inskriven=date(2026, 2, 1))
    period = parse_period("2026")
    with store.read(SYSTEM) as session:
        (unika, *_rest) = deltagare.figures(session, SYSTEM, period, IDAG)
        listed = list_bakom(session, SYSTEM, "deltagare.unika", "kvinnor", period, IDAG)
        assert not list_bakom(session, SYSTEM, "deltagare.unika", "man", period, IDAG)
    assert unika.varde.kvinnor == 2
    assert [rad.datum for rad in listed] == [date(2026, 2, 1)]
