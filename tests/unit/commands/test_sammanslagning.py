"""Two who are one become one, everything of both kept; and two again, whatever has happened since."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor
from db.commands.delning import GONE, check_delning, split_deltagare
from db.commands.hushall import HushallUppgifter, save_hushall
from db.commands.oppnad import log_oppnad, pin_deltagare
from db.commands.person import read_person
from db.commands.sammanslagning import Sammanslagning, check_sammanslagning, merge_deltagare
from db.commands.undo import undo_act
from db.commands.uppgifter import update_deltagare
from db.commands.utkast import save_utkast
from db.errors import DataError, NotFoundError
from db.history import broken_seals
from db.models import (
    Andring,
    Anteckning,
    Arende,
    Deltagare,
    Dokument,
    Hushall,
    Inskrivning,
    Mote,
    Oppnad,
    PasseradVarning,
    Sokord,
    TidigareNummer,
    Utkast,
)
from db.queries.deltagare import search_deltagare
from db.queries.oppnad import list_oppnade
from db.queries.sammanslagning import EGNA, compare_deltagare
from db.queries.utkast import list_utkast
from db.rules.sammanslagning import FALT
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

HELD = (Deltagare, Hushall, Sokord, PasseradVarning, *EGNA)
Pair = tuple[int, int]
OLD, NEW = "198803742389", "198803149809"


def _pair(session: Session) -> Pair:
    """The one who stays came first with a samordningsnummer; the other has the personnummer and more."""
    home = make.make_hushall(session, antal_barn=2)
    kvar = make.make_deltagare(
        session, fornamn="Hodan", efternamn="Rönstig", personnummer=OLD, nummertyp="samordningsnummer",
        telefon="070-1740605", fodelsedatum=date(1988, 3, 14),
    )  # fmt: skip
    annan = make.make_deltagare(
        session, fornamn="Hodan", efternamn="Rönnstig", personnummer=NEW, epost="h@example.com",
        hushall_id=home.id, utrikesfodd=True,
    )  # fmt: skip
    make.make_arende(session, deltagare_id=kvar.id, nummer="Ä-1", handlaggare="elin")
    make.make_inskrivning(session, deltagare_id=kvar.id)
    make.make_arende(session, deltagare_id=annan.id, nummer="Ä-2", handlaggare="elin")
    inskrivning = make.make_inskrivning(session, deltagare_id=annan.id)
    make.make_insats(session, inskrivning_id=inskrivning.id)
    make.make_mote(session, deltagare_id=annan.id)
    make.make_anteckning(session, deltagare_id=annan.id)
    make.make_dokument(session, deltagare_id=annan.id)
    make.make_tidigare_nummer(session, deltagare_id=annan.id, personnummer="197902289805")
    return kvar.id, annan.id


@pytest.fixture
def pair(store: Store) -> Pair:
    return fill(store, _pair)


def snapshot(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.read(SYSTEM) as session:
        return {
            model.__tablename__: sorted(
                (tuple(row) for row in session.execute(select(*model.__table__.columns))), key=repr
            )
            for model in HELD
        }


def merge(store: Store, pair: Pair, *fields: str, skal: str = "Samma person") -> Any:
    return merge_deltagare(store, ELIN, pair[0], Sammanslagning(pair[1], frozenset(fields), skal), IDAG)


def fill_act(store: Store, act: Callable[[Session], Any]) -> int:
    with store.unit_of_work(ELIN, "test") as work:
        act(work.session)
    assert work.changes is not None
    return work.changes.handelse_id


def person(store: Store, deltagare_id: int) -> Deltagare | None:
    with store.read(SYSTEM) as session:
        return session.get(Deltagare, deltagare_id)


def merged_id(store: Store) -> int:
    with store.read(SYSTEM) as session:
        return session.scalars(select(PasseradVarning.id)).one()


def numbers(store: Store, deltagare_id: int) -> set[str]:
    query = select(TidigareNummer.personnummer).where(TidigareNummer.deltagare_id == deltagare_id)
    with store.read(SYSTEM) as session:
        return set(session.scalars(query))


def owners(store: Store, model: Any) -> set[int]:
    with store.read(SYSTEM) as session:
        return set(session.scalars(select(model.deltagare_id)))


def test_all_that_a_person_owns_is_known() -> None:
    assert set(EGNA) == {Anteckning, Arende, Dokument, Inskrivning, Mote, TidigareNummer}


def test_everything_moves_and_the_old_number_is_kept(store: Store, pair: Pair) -> None:
    saved = merge(store, pair, "personnummer", "efternamn", "epost", "hushall_id", "utrikesfodd")
    assert saved.id == pair[0]
    kvar = person(store, pair[0])
    assert kvar is not None
    assert person(store, pair[1]) is None
    assert (kvar.personnummer, kvar.nummertyp, kvar.efternamn) == (NEW, "personnummer", "Rönnstig")
    assert (kvar.telefon, kvar.epost, kvar.utrikesfodd) == ("070-1740605", "h@example.com", True)
    assert kvar.hushall_id is not None
    assert numbers(store, pair[0]) == {OLD, "197902289805"}
    assert all(owners(store, model) == {pair[0]} for model in EGNA)
    with store.read(ELIN) as session:
        found = [search_deltagare(session, ELIN, text, IDAG).rows for text in ("rönnstig", OLD, NEW, "Ä-2")]
        assert broken_seals(session) == []
    assert [[row.id for row in rows] for rows in found] == [[pair[0]]] * 4
    assert {f.field for f in saved.varningar} == {"annan"}


def test_taken_back_done_again_and_parted_all_is_as_it_was(store: Store, pair: Pair) -> None:
    before = snapshot(store)
    saved = merge(store, pair, *FALT)
    after = snapshot(store)
    undone = undo_act(store, ELIN, saved.changes.handelse_id)
    assert snapshot(store) == before
    undo_act(store, ELIN, undone.handelse_id)
    assert snapshot(store) == after
    parted = split_deltagare(store, ELIN, merged_id(store))
    assert parted.id == pair[1]
    assert snapshot(store) == before
    undo_act(store, ELIN, parted.changes.handelse_id)
    assert snapshot(store) == after
    with store.read(SYSTEM) as session:
        assert broken_seals(session) == []


SIDE = st.fixed_dictionaries(
    {
        "fornamn": st.sampled_from(("Hodan", "Åsa", "Ann-Marie")),
        "efternamn": st.sampled_from(("Rönnstig", "Öberg")),
        "numbered": st.booleans(),
        "telefon": st.sampled_from(("", "1", "2")),
        "utrikesfodd": st.sampled_from((None, True, False)),
        "skyddad": st.sampled_from(("nej", "sekretessmarkering")),
        "housed": st.booleans(),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=SIDE, other=SIDE, fields=st.sets(st.sampled_from(FALT)))
def test_any_two_are_parted_as_they_were(
    store: Store, one: dict[str, Any], other: dict[str, Any], fields: set[str]
) -> None:
    def create(session: Session) -> Pair:
        ids = []
        for side in (one, other):
            values = {k: v for k, v in side.items() if k not in ("numbered", "housed")}
            number = {} if side["numbered"] else {"personnummer": None}
            home = {"hushall_id": make.make_hushall(session).id} if side["housed"] else {}
            row = make.make_deltagare(session, **values, **number, **home)
            make.make_arende(session, deltagare_id=row.id, handlaggare="elin")
            ids.append(row.id)
        return ids[0], ids[1]

    pair = fill(store, create)
    chosen = fields if (other if "skyddad" in fields else one)["skyddad"] != "nej" else fields - {"skyddad"}
    if one["skyddad"] == "nej" and other["skyddad"] != "nej":
        chosen = chosen | {"skyddad"}
    before = snapshot(store)
    merge(store, pair, *chosen)
    with store.read(SYSTEM) as session:
        row_id = session.scalars(select(PasseradVarning.id).where(PasseradVarning.rad_id == pair[0])).one()
    split_deltagare(store, ELIN, row_id)
    assert snapshot(store) == before


def test_what_came_since_stays_where_it_belongs(store: Store, pair: Pair) -> None:
    merge(store, pair, "personnummer", "efternamn", "epost")

    def later(session: Session) -> None:
        moved = session.scalars(select(Arende).where(Arende.nummer == "Ä-2")).one()
        moved.forsorjningshinder = "sjuk"
        make.make_arende(session, deltagare_id=pair[0], nummer="Ä-3")
        session.delete(session.scalars(select(Mote)).one())
        kvar = session.get_one(Deltagare, pair[0])
        kvar.epost = "ny@example.com"

    fill(store, later)
    split_deltagare(store, ELIN, merged_id(store))
    kvar, annan = person(store, pair[0]), person(store, pair[1])
    assert kvar is not None
    assert annan is not None
    assert (kvar.personnummer, kvar.efternamn, kvar.epost) == (OLD, "Rönstig", "ny@example.com")
    assert (annan.personnummer, annan.efternamn, annan.epost) == (NEW, "Rönnstig", "h@example.com")
    with store.read(SYSTEM) as session:
        cases = {a.nummer: (a.deltagare_id, a.forsorjningshinder) for a in session.scalars(select(Arende))}
        assert session.scalars(select(Mote)).all() == []
    assert cases == {"Ä-1": (pair[0], ""), "Ä-2": (pair[1], "sjuk"), "Ä-3": (pair[0], "")}
    assert numbers(store, pair[0]) == set()
    assert numbers(store, pair[1]) == {"197902289805"}


def _renumber(store: Store, deltagare_id: int, number: str) -> None:
    held = person(store, deltagare_id)
    assert held is not None
    values = replace(read_person(held), personnummer=number, fodelsedatum=None)
    update_deltagare(store, ELIN, deltagare_id, values, IDAG)


def test_a_number_changed_since_holds_and_the_history_is_right(store: Store, pair: Pair) -> None:
    merge(store, pair, "personnummer")
    newer = make.fictitious_personnummer("K", date(1988, 3, 14), 1)
    _renumber(store, pair[0], newer)
    assert numbers(store, pair[0]) == {OLD, NEW, "197902289805"}
    split_deltagare(store, ELIN, merged_id(store))
    assert numbers(store, pair[0]) == {OLD}
    kvar, annan = person(store, pair[0]), person(store, pair[1])
    assert (kvar.personnummer, annan.personnummer) == (newer, NEW)  # type: ignore[union-attr]


def test_protection_set_while_they_were_one_is_both_peoples(store: Store, pair: Pair) -> None:
    merge(store, pair)
    fill(store, lambda s: setattr(s.get_one(Deltagare, pair[0]), "skyddad", "skyddad folkbokföring"))
    split_deltagare(store, ELIN, merged_id(store))
    both = [person(store, id_).skyddad for id_ in pair]  # type: ignore[union-attr]
    assert both == ["skyddad folkbokföring"] * 2


def test_a_household_that_is_gone_is_none(store: Store, pair: Pair) -> None:
    merge(store, pair, *set(FALT) - {"hushall_id"})
    fill(store, lambda session: session.delete(session.scalars(select(Hushall)).one()))
    split_deltagare(store, ELIN, merged_id(store))
    assert person(store, pair[1]).hushall_id is None  # type: ignore[union-attr]


def _take(number: str) -> Callable[[Session], Any]:
    return lambda session: make.make_deltagare(session, personnummer=number)


def test_parting_is_refused_where_it_would_be_wrong(store: Store, pair: Pair) -> None:
    merge(store, pair, "personnummer")
    row_id = merged_id(store)
    other = fill(store, _take(OLD)).id
    with pytest.raises(DataError, match="finns nu hos en annan deltagare"):
        split_deltagare(store, ELIN, row_id)
    with store.read(ELIN) as session:
        assert [f.stops for f in check_delning(session, ELIN, row_id)] == [True]
    fill(store, lambda session: session.delete(session.get_one(Deltagare, other)))
    nummer = fill(store, lambda session: make.make_deltagare(session, nummer=_nummer(store)).id)
    with pytest.raises(DataError, match="har registrerats igen"):
        split_deltagare(store, ELIN, row_id)
    fill(store, lambda session: session.delete(session.get_one(Deltagare, nummer)))
    split_deltagare(store, ELIN, row_id)
    with pytest.raises(NotFoundError, match=GONE):
        split_deltagare(store, ELIN, row_id)


def _nummer(store: Store) -> str:
    """What the register called the one who is gone."""
    removed = select(Andring.gammalt).where(Andring.tabell == "deltagare", Andring.falt == "-")
    with store.read(SYSTEM) as session:
        return str(json.loads(session.scalars(removed).first() or "{}")["nummer"])


def test_the_one_who_stayed_may_have_got_the_number(store: Store, pair: Pair) -> None:
    merge(store, pair)
    _renumber(store, pair[0], NEW)
    with pytest.raises(DataError, match="Ändra numret först"):
        split_deltagare(store, ELIN, merged_id(store))


def test_merges_are_parted_one_by_one(store: Store, pair: Pair) -> None:
    before = snapshot(store)
    merge(store, pair, "personnummer")
    first = merged_id(store)
    third = fill(store, lambda session: make.make_deltagare(session, fornamn="Hodan").id)
    merge(store, (third, pair[0]), "personnummer")
    with pytest.raises(NotFoundError):
        split_deltagare(store, ELIN, first)
    with store.read(SYSTEM) as session:
        last = session.scalars(select(PasseradVarning.id).where(PasseradVarning.rad_id == third)).one()
    split_deltagare(store, ELIN, last)
    split_deltagare(store, ELIN, first)
    fill(store, lambda session: session.delete(session.get_one(Deltagare, third)))
    assert snapshot(store) == before


def told(store: Store, kvar_id: int, val: Sammanslagning) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_sammanslagning(session, ELIN, kvar_id, val)]


def test_what_is_told_before(store: Store, pair: Pair) -> None:
    kvar, annan = pair
    assert told(store, kvar, Sammanslagning(kvar, frozenset(), "x")) == [("annan", True)]
    assert told(store, kvar, Sammanslagning(annan, frozenset({"id"}), "x")) == [
        ("skal", True), ("annan", True), ("annan", False),
    ]  # fmt: skip
    twin = fill(store, lambda session: make.make_deltagare(session, fodelsedatum=date(1988, 3, 15)).id)
    assert told(store, annan, Sammanslagning(twin, frozenset(), "Samma")) == [("annan", False)] * 2
    save_hushall(store, ELIN, twin, HushallUppgifter(None, frozenset({annan})), IDAG)
    assert told(store, annan, Sammanslagning(twin, frozenset(), "Samma")) == [("annan", False)] * 3


def test_a_protected_one_stays_protected_and_a_hidden_one_is_not_there(store: Store, pair: Pair) -> None:
    def protect(session: Session) -> int:
        session.get_one(Deltagare, pair[1]).skyddad = "sekretessmarkering"
        return make.make_deltagare(session, skyddad="sekretessmarkering").id

    hidden = fill(store, protect)
    assert ("skyddad", True) in told(store, pair[0], Sammanslagning(pair[1], frozenset(), "Samma"))
    merge(store, pair, "skyddad")
    assert person(store, pair[0]).skyddad == "sekretessmarkering"  # type: ignore[union-attr]
    with pytest.raises(NotFoundError):
        merge(store, (pair[0], hidden))
    with pytest.raises(NotFoundError), store.read(ELIN) as session:
        compare_deltagare(session, ELIN, pair[0], hidden)


def test_the_two_side_by_side(store: Store, pair: Pair) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:  # who is protected is counted for nobody else
        home_id = work.session.get_one(Deltagare, pair[1]).hushall_id
        make.make_deltagare(work.session, hushall_id=home_id, skyddad="sekretessmarkering")
    with store.read(ELIN) as session:
        two = compare_deltagare(session, ELIN, *pair)
        back = compare_deltagare(session, ELIN, pair[1], pair[0])
    assert dict(back.flyttas) == {"arende": 1, "inskrivning": 1}
    assert back.forslag == {"telefon"}
    pairs = {par.falt: (par.kvar, par.annan) for par in two.falt}
    assert tuple(pairs) == FALT
    assert pairs["efternamn"] == ("Rönstig", "Rönnstig")
    assert pairs["hushall_id"][0] is None
    assert pairs["hushall_id"][1][1:] == (2, 1)
    assert two.namn == "Hodan Rönnstig"
    number = {"personnummer", "fodelsedatum", "kon"}
    assert two.forslag == number | {"epost", "hushall_id", "utrikesfodd"}
    assert dict(two.flyttas) == {
        "anteckning": 1, "arende": 1, "dokument": 1, "inskrivning": 1, "mote": 1, "tidigare_nummer": 1,
    }  # fmt: skip


@pytest.mark.parametrize("parted", [True, False])
def test_drafts_wait_for_the_one_they_were_begun_for(store: Store, pair: Pair, parted: bool) -> None:
    keys = [f"kort/{id_}/mote/" for id_ in pair]
    for key, id_ in zip(keys, pair, strict=True):
        save_utkast(store, ELIN, key, "Nytt möte", {"syfte": key}, id_)
    saved = merge(store, pair)
    with store.read(ELIN) as session:
        assert [row.nyckel for row in list_utkast(session, ELIN)] == keys[:1]
    other = fill(store, lambda s: make.make_deltagare(s).id)
    undo_act(store, ELIN, fill_act(store, lambda s: s.delete(s.get_one(Deltagare, other))))
    if parted:
        split_deltagare(store, ELIN, merged_id(store))
    else:
        undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        found = {row.nyckel: row.deltagare_id for row in list_utkast(session, ELIN)}
    assert found == dict(zip(keys, pair, strict=True))


def places(store: Store, aktor: Aktor = ELIN) -> dict[int, bool]:
    """Whom the user has opened, and whether pinned."""
    with store.read(aktor) as session:
        return {row.deltagare_id: row.fast for row in list_oppnade(session, aktor, IDAG)}


@pytest.mark.parametrize("parted", [True, False])
@pytest.mark.parametrize(
    ("before", "merged"),
    [
        ((None, True), True),  # of the one who stays, of the other: not opened, opened, pinned
        ((None, False), False),
        ((False, True), True),
        ((True, False), True),
        ((True, True), True),
        ((True, None), True),
    ],
)
def test_places_among_those_opened_follow_and_come_back(
    store: Store, pair: Pair, before: tuple[bool | None, bool | None], merged: bool, parted: bool
) -> None:
    for person_id, fast in zip(pair, before, strict=True):
        if fast is not None:
            log_oppnad(store, ELIN, person_id)
        if fast:
            pin_deltagare(store, ELIN, person_id)
    was = places(store)
    saved = merge(store, pair)
    assert places(store) == {pair[0]: merged}
    assert places(store, EVA) == {}
    with store.read(ELIN) as session:
        assert list_utkast(session, ELIN) == ()

    def part() -> int:
        if parted:
            return split_deltagare(store, ELIN, merged_id(store)).changes.handelse_id
        return undo_act(store, ELIN, saved.changes.handelse_id).handelse_id

    back = part()
    assert places(store) == was
    with store.read(ELIN) as session:
        assert session.scalars(select(Utkast)).all() == []
    undo_act(store, ELIN, back)
    assert places(store) == {pair[0]: merged}


def test_what_is_opened_since_stays(store: Store, pair: Pair) -> None:
    log_oppnad(store, EVA, pair[1])
    log_oppnad(store, ELIN, pair[1])
    pin_deltagare(store, ELIN, pair[1])
    merge(store, pair)
    log_oppnad(store, ELIN, pair[0])
    split_deltagare(store, ELIN, merged_id(store))
    assert places(store) == {pair[0]: False, pair[1]: True}
    assert places(store, EVA) == {pair[1]: False}


def test_drafts_wait_also_where_the_merge_is_done_again(store: Store, pair: Pair) -> None:
    saved = merge(store, pair)
    undone = undo_act(store, ELIN, saved.changes.handelse_id)
    save_utkast(store, ELIN, f"kort/{pair[1]}/mote/", "Nytt möte", {"syfte": "Samtal"}, pair[1])
    again = undo_act(store, ELIN, undone.handelse_id)
    undo_act(store, ELIN, again.handelse_id)
    with store.read(ELIN) as session:
        assert [row.deltagare_id for row in list_utkast(session, ELIN)] == [pair[1]]


def test_no_place_comes_back_of_one_who_is_protected(store: Store, pair: Pair) -> None:
    pin_deltagare(store, ELIN, pair[1])
    merge(store, pair)

    def protect(session: Session) -> None:
        session.get_one(Deltagare, pair[0]).skyddad = "sekretessmarkering"

    fill(store, protect)
    split_deltagare(store, ELIN, merged_id(store))
    with store.read(SYSTEM) as session:
        assert session.scalars(select(Oppnad)).all() == []
