"""A person is registered once, with household, ärende and inskrivning in one act that can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.commands import person as person_module
from db.commands.deltagare import NyDeltagare, check_ny_deltagare, create_deltagare
from db.commands.findings import Finding
from db.commands.inledning import NyInskrivning, NyttArende
from db.commands.person import JUST_TAKEN, LONGEST, LONGEST_NAME, REFUSED, PersonUppgifter
from db.commands.undo import undo_act
from db.commands.varningar import ASK
from db.errors import DataError, NotFoundError
from db.models import Arende, Deltagare, Hushall, Inskrivning, PasseradVarning, Sokord, Steg, Stegperiod
from db.queries.deltagare import search_deltagare
from db.rules.personnummer import parse_nummer
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

HODAN = PersonUppgifter("Hodan", "Rönnstig", "880314-9809", date(1988, 3, 14), "K")
ALI = PersonUppgifter("Ali", "Rönnstig", "", date(1985, 5, 1), "M")
IN = NyInskrivning(IDAG, "elin", "socialtjänst", "Arena Arbetsmarknad", IDAG - timedelta(3))
ARENDE = NyttArende("Ä-17", IDAG - timedelta(9), IDAG - timedelta(2), "bifall", "elin")


def told(store: Store, ny: NyDeltagare) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_ny_deltagare(session, ELIN, ny, IDAG)]


def people(store: Store) -> list[Deltagare]:
    with store.read(EVA) as session:
        return list(session.scalars(select(Deltagare).order_by(Deltagare.id)))


def everything(store: Store) -> list[int]:
    models = (Deltagare, Hushall, Arende, Inskrivning, Stegperiod, Sokord)
    with store.read(EVA) as session:
        return [len(session.execute(select(model)).all()) for model in models]


def test_all_of_a_household_in_one_act_that_is_taken_back(store: Store) -> None:
    ny = NyDeltagare(HODAN, ALI, None, 2, replace(IN, med_medsokande=True), ARENDE)
    saved = create_deltagare(store, ELIN, ny, IDAG)
    first, second = people(store)
    assert (first.id, first.personnummer, first.nummertyp, first.kon) == (
        saved.id, "198803149809", "personnummer", "K",
    )  # fmt: skip
    assert (second.personnummer, second.nummertyp, second.fodelsedatum) == (None, None, date(1985, 5, 1))
    assert first.hushall_id == second.hushall_id is not None
    assert everything(store) == [2, 1, 1, 2, 2, 4]
    with store.read(ELIN) as session:
        assert session.scalars(select(Hushall.antal_barn)).one() == 2
        assert session.scalars(select(Arende.deltagare_id)).one() == first.id
        assert {i.koordinator for i in session.scalars(select(Inskrivning))} == {"elin"}
        found = (
            search_deltagare(session, ELIN, "ron", IDAG).rows,
            search_deltagare(session, ELIN, "rön", IDAG).rows,
        )
    assert [len(rows) for rows in found] == [0, 2]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert everything(store) == [0] * 6


def test_a_person_alone(store: Store) -> None:
    fill(store, lambda session: session.execute(delete(Steg), execution_options={"egenvag_recorded": True}))
    create_deltagare(store, ELIN, NyDeltagare(HODAN, inskrivning=IN), IDAG)
    create_deltagare(store, ELIN, NyDeltagare(ALI, antal_barn=0), IDAG)
    assert [p.hushall_id is None for p in people(store)] == [True, False]
    assert everything(store) == [2, 1, 0, 1, 0, 4]


def test_a_medsokande_who_is_registered_keeps_the_household(store: Store) -> None:
    def two(session: Session) -> tuple[int, int, int]:
        hushall = make.make_hushall(session, antal_barn=1)
        owner = make.make_deltagare(session, hushall_id=hushall.id)
        return owner.id, make.make_deltagare(session).id, hushall.id

    housed, alone, hushall_id = fill(store, two)
    assert told(store, NyDeltagare(HODAN, medsokande_id=housed)) == []
    saved = create_deltagare(store, ELIN, NyDeltagare(HODAN, medsokande_id=housed, antal_barn=3), IDAG)
    assert {p.hushall_id for p in people(store) if p.id in (saved.id, housed)} == {hushall_id}
    other = create_deltagare(store, ELIN, NyDeltagare(ALI, medsokande_id=alone, inskrivning=IN), IDAG)
    ids = [p.hushall_id for p in people(store) if p.id in (other.id, alone)]
    assert ids[0] == ids[1] not in (None, hushall_id)
    vilda = replace(HODAN, fornamn="Vilda", personnummer="")
    assert told(store, NyDeltagare(vilda, medsokande_id=housed)) == [("med_personnummer", False)]
    undo_act(store, ELIN, other.changes.handelse_id)
    assert [p.hushall_id for p in people(store) if p.id == alone] == [None]


def test_a_medsokande_is_enrolled_once(store: Store) -> None:
    other = fill(store, lambda s: make.make_inskrivning(s, inskriven=date(2024, 2, 1))).deltagare_id
    ny = NyDeltagare(HODAN, medsokande_id=other, inskrivning=replace(IN, med_medsokande=True, koordinator=""))
    assert told(store, ny) == [("med_inskriven", True), ("koordinator", False)]
    with pytest.raises(DataError) as refused:
        create_deltagare(store, ELIN, ny, IDAG)
    assert refused.value.field == "med_inskriven"
    alone = replace(ny, inskrivning=IN)
    assert told(store, alone) == told(store, replace(alone, inskrivning=None)) == []
    create_deltagare(store, ELIN, alone, IDAG)
    with store.read(ELIN) as session:
        rows = session.scalars(select(Inskrivning.deltagare_id).where(Inskrivning.deltagare_id == other))
        assert len(rows.all()) == 1


def test_a_medsokande_whom_nobody_may_know_of_is_not_there(store: Store) -> None:
    hidden = fill(store, lambda session: make.make_deltagare(session, skyddad="sekretessmarkering")).id
    with pytest.raises(NotFoundError):
        create_deltagare(store, ELIN, NyDeltagare(HODAN, medsokande_id=hidden), IDAG)


@pytest.mark.parametrize(
    ("values", "field", "stops"),
    [
        ({"fornamn": " "}, "fornamn", True),
        ({"efternamn": ""}, "efternamn", True),
        ({"efternamn": "x" * (LONGEST_NAME + 1)}, "efternamn", True),
        ({"telefon": "1" * (LONGEST + 1)}, "telefon", True),
        ({"personnummer": "880314-9800"}, "personnummer", True),
        ({"personnummer": "hej"}, "personnummer", True),
        ({"kon": "X"}, "kon", True),
        ({"kon": "M"}, "kon", False),
        ({"utbildningsniva": "doktor"}, "utbildningsniva", True),
        ({"skyddad": "ja"}, "skyddad", True),
        ({"epost": "hodan"}, "epost", False),
        ({"fodelsedatum": IDAG + timedelta(1), "personnummer": ""}, "fodelsedatum", True),
        ({"fodelsedatum": date(1899, 12, 31), "personnummer": ""}, "fodelsedatum", False),
        ({"fodelsedatum": None, "personnummer": ""}, "fodelsedatum", False),
        ({"fodelsedatum": date(1988, 3, 15)}, "fodelsedatum", True),
        ({"fodelsedatum": date(1988, 3, 15), "personnummer": "19880374-9806"}, "fodelsedatum", False),
        ({"personnummer": "19880314-T123", "kon": None}, "kon", False),
    ],
)
def test_what_is_told_of_a_person(store: Store, values: dict[str, Any], field: str, stops: bool) -> None:
    assert (field, stops) in told(store, NyDeltagare(replace(HODAN, **values)))
    assert (f"med_{field}", stops) in told(store, NyDeltagare(ALI, replace(HODAN, **values)))


def test_what_is_right_is_not_told_of(store: Store) -> None:
    for values in ({}, {"kon": None}, {"fodelsedatum": None}, {"epost": "a@b.se"}):
        assert told(store, NyDeltagare(replace(HODAN, **values), None, None, 0, IN, ARENDE)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "field", "stops"),
    [
        ({"inskriven": date(1988, 3, 13)}, "inskriven", True),
        ({"inskriven": IDAG + timedelta(1)}, "inskriven", False),
        ({"inskriven": IDAG - timedelta(366)}, "inskriven", False),
        ({"anvisad": IDAG + timedelta(1)}, "anvisad", False),
        ({"hanvisad_av": "någon"}, "hanvisad_av", True),
        ({"koordinator": ""}, "koordinator", False),
    ],
)
def test_what_is_told_of_an_inskrivning(
    store: Store, values: dict[str, Any], field: str, stops: bool
) -> None:
    assert (field, stops) in told(store, NyDeltagare(HODAN, inskrivning=replace(IN, **values)))


@pytest.mark.parametrize(
    ("values", "field", "stops"),
    [
        ({"nummer": " "}, "arende_nummer", True),
        ({"nummer": "Ä-1"}, "arende_nummer", True),
        ({"ansokan": IDAG + timedelta(1), "beslut": None, "utfall": None}, "ansokan", True),
        ({"beslut": IDAG - timedelta(10)}, "beslut", True),
        ({"beslut": IDAG + timedelta(1)}, "beslut", True),
        ({"beslut": None}, "beslut", True),
        ({"utfall": None}, "utfall", True),
        ({"utfall": "kanske"}, "utfall", True),
    ],
)
def test_what_is_told_of_an_arende(store: Store, values: dict[str, Any], field: str, stops: bool) -> None:
    fill(store, lambda session: make.make_arende(session, nummer="Ä-1"))
    assert (field, stops) in told(store, NyDeltagare(HODAN, arende=replace(ARENDE, **values)))


@pytest.mark.parametrize("antal", [-1, 31])
def test_children_are_counted_within_reason(store: Store, antal: int) -> None:
    assert ("antal_barn", True) in told(store, NyDeltagare(HODAN, antal_barn=antal))


def test_somebody_is_named_for_a_protected_person(store: Store) -> None:
    protected = replace(HODAN, skyddad="sekretessmarkering")
    other = replace(ALI, skyddad="sekretessmarkering")
    nobody = replace(IN, koordinator="")
    both = replace(IN, med_medsokande=True)
    assert ("skyddad", True) in told(store, NyDeltagare(protected))
    assert ("skyddad", True) in told(store, NyDeltagare(protected, inskrivning=nobody))
    assert ("skyddad", True) not in told(store, NyDeltagare(protected, inskrivning=IN))
    assert ("skyddad", True) not in told(store, NyDeltagare(protected, arende=ARENDE))
    assert ("med_skyddad", True) in told(store, NyDeltagare(HODAN, other, inskrivning=IN))
    assert ("med_skyddad", True) in told(store, NyDeltagare(HODAN, other))
    assert ("med_skyddad", True) not in told(store, NyDeltagare(HODAN, other, inskrivning=both))


def test_two_of_a_household_are_not_one(store: Store) -> None:
    same = replace(ALI, personnummer="19880314-9809", fodelsedatum=None, kon=None)
    assert ("med_personnummer", True) in told(store, NyDeltagare(HODAN, same))
    wrong = NyDeltagare(replace(HODAN, personnummer="88"), same)
    assert told(store, wrong) == [("personnummer", True)]


@pytest.mark.parametrize(
    "form", ["880314-9809", "8803149809", "19880314-9809", "198803149809", "880314 9809"]
)
def test_a_number_in_any_form_is_one_persons(store: Store, form: str) -> None:
    create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG)
    with pytest.raises(DataError, match="Numret finns redan: Hodan Rönnstig") as caught:
        create_deltagare(store, ELIN, NyDeltagare(replace(HODAN, personnummer=form)), IDAG)
    assert caught.value.field == "personnummer"
    assert len(people(store)) == 1


def test_a_hidden_number_is_refused_and_tells_nothing(store: Store) -> None:
    def hide(session: Session) -> None:
        ebba = make.make_deltagare(session, personnummer="198803149809", skyddad="fingerade uppgifter")
        make.make_tidigare_nummer(session, deltagare_id=ebba.id, personnummer="197902289805")
        mine = make.make_deltagare(session, personnummer="199607309805", skyddad="sekretessmarkering")
        make.make_arende(session, deltagare_id=mine.id, handlaggare="elin")

    fill(store, hide)
    for number, born in (("880314-9809", date(1988, 3, 14)), ("790228-9805", date(1979, 2, 28))):
        ny = NyDeltagare(replace(HODAN, personnummer=number, fodelsedatum=born))
        assert told(store, ny) == []
        with pytest.raises(DataError) as caught:
            create_deltagare(store, ELIN, ny, IDAG)
        assert (caught.value.message, caught.value.field) == (REFUSED, "personnummer")
    named = NyDeltagare(replace(HODAN, personnummer="960730-9805", fodelsedatum=None))
    with pytest.raises(DataError, match="skyddad identitet"):
        create_deltagare(store, ELIN, named, IDAG)
    assert len(people(store)) == 2


def test_an_earlier_number_of_somebody_is_told_and_passed(store: Store) -> None:
    fill(store, lambda session: make.make_tidigare_nummer(session, personnummer="198803149809"))
    text = "Numret har tidigare hört till en annan deltagare. Kontrollera om det är samma person."
    with pytest.raises(DataError, match=ASK):
        create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG, "")
    saved = create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG, "Felskrivet förut")
    assert saved.varningar == (Finding("personnummer", text, asks=True),)
    with store.read(EVA) as session:
        kept = session.scalars(select(PasseradVarning)).one()
    assert (kept.tabell, kept.rad_id, kept.skal) == ("deltagare", saved.id, "Felskrivet förut")


def test_one_born_the_same_day_with_a_like_name_asks_for_a_reason(store: Store) -> None:
    create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG)
    like = replace(HODAN, fornamn="Hodann", efternamn="Berg", personnummer="")
    other = replace(like, personnummer="880314-2382", fodelsedatum=None)
    with store.read(ELIN) as session:
        for values in (like, other):
            (finding,) = check_ny_deltagare(session, ELIN, NyDeltagare(values), IDAG)
            assert (finding.field, finding.asks) == ("fodelsedatum", True)
            assert not {"Hodan", "Rönnstig", "880314"} & set(finding.message.replace(",", " ").split())
        (finding,) = check_ny_deltagare(session, ELIN, NyDeltagare(ALI, like), IDAG)
        assert finding.field == "med_fodelsedatum"
    assert told(store, NyDeltagare(HODAN)) == [("personnummer", True)]


def test_a_kept_warning_of_a_double_tells_nothing_of_the_other(store: Store) -> None:
    create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG)
    like = replace(HODAN, fornamn="Hodann", efternamn="Berg", personnummer="")
    create_deltagare(store, ELIN, NyDeltagare(like), IDAG, "Kusiner")
    with store.read(EVA) as session:
        kept = session.scalars(select(PasseradVarning.varning)).one()
    assert kept == "Född samma dag, med liknande namn som en annan deltagare. Är det samma person?"


def test_a_protected_double_leaves_no_warning_on_the_new_card(store: Store) -> None:
    protected = replace(HODAN, skyddad="sekretessmarkering")
    create_deltagare(store, ELIN, NyDeltagare(protected, inskrivning=IN), IDAG)
    like = replace(HODAN, fornamn="Hodann", efternamn="Berg", personnummer="")
    assert create_deltagare(store, ELIN, NyDeltagare(like), IDAG, "").varningar == ()
    with store.read(EVA) as session:
        assert session.scalars(select(PasseradVarning)).all() == []


def test_a_number_taken_in_the_same_moment_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG)
    monkeypatch.setattr(person_module, "_check_taken", lambda *_: ())
    with pytest.raises(DataError, match=JUST_TAKEN):
        create_deltagare(store, ELIN, NyDeltagare(HODAN), IDAG)
    assert len(people(store)) == 1


FORMS = st.sampled_from(("{0}-{1}", "{0}{1}", "{2}-{1}", "{2}{1}", " {0} {1}"))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(born=st.dates(date(1930, 1, 1), date(2006, 1, 1)), serial=st.integers(0, 1), one=FORMS, other=FORMS)
def test_no_number_is_ever_two_peoples(store: Store, born: date, serial: int, one: str, other: str) -> None:
    tolv = make.fictitious_personnummer("K", born, serial)
    parts = (tolv[2:8], tolv[8:], tolv[:8])
    ny = NyDeltagare(replace(HODAN, personnummer=one.format(*parts), fodelsedatum=None))
    known = {p.personnummer for p in people(store)}
    if tolv not in known:
        create_deltagare(store, ELIN, ny, IDAG)
    again = replace(ny, person=replace(ny.person, personnummer=other.format(*parts)))
    with pytest.raises(DataError, match="Numret finns redan"):
        create_deltagare(store, ELIN, again, IDAG)
    assert parse_nummer(other.format(*parts), IDAG).tolv == tolv
