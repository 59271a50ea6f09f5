"""Kolada's v3 JSON: read, refused with every fault, put in and had back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.commands.undo import undo_act
from db.errors import DataError, StoreError
from db.exchange import koladafil
from db.exchange.koladafil import import_koladafil, parse_kolada, read_kolada
from db.models import Koladavarde
from db.rules.kolada import Koladarad
from db.session import Store
from tests.helpers.factories import make_medarbetare
from tests.unit.commands.helpers import ELIN, EVA, fill

EXAMPLE = {
    "values": [
        {
            "kpi": "U40455",
            "municipality": "0580",
            "period": 2023,
            "values": [
                {"gender": "T", "count": 1, "status": "", "value": 47.2},
                {"gender": "K", "count": 1, "status": "", "value": None},
                {"gender": "M", "count": 1, "status": "", "value": 50},
            ],
        }
    ]
}
RAD = {"kpi": "U40455", "municipality": "0580", "period": 2023, "values": []}
T = {"gender": "T", "value": 1}


def parse(*rader: Any, **more: Any) -> koladafil.Koladalasning:
    return parse_kolada(json.dumps({"values": rader} | more).encode())


def test_the_example_of_the_contract() -> None:
    last = parse_kolada(json.dumps(EXAMPLE).encode())
    assert last == koladafil.Koladalasning((Koladarad("U40455", "0580", "2023", None, 50.0, 47.2),))


def test_removed_rows_and_values_are_empty() -> None:
    last = parse(
        RAD | {"isdeleted": True, "values": [T]},
        RAD | {"period": "2022", "values": [T | {"isdeleted": True}]},
    )
    assert [rad.is_empty for rad in last.rader] == [True, True]


def test_a_removed_row_says_nothing_beside_the_one_in_its_place() -> None:
    borta, kvar = RAD | {"isdeleted": True, "values": [T]}, RAD | {"isdeleted": None, "values": [T]}
    for rader in ((borta, kvar), (kvar, borta)):
        last = parse(*rader)
        assert (last.fel, [rad.totalt for rad in last.rader]) == ((), [1])


def test_a_page_of_several_is_told() -> None:
    assert "sidor" in parse(RAD, next_url="https://api.kolada.se/v3/data?page=2").varningar[0].meddelande
    assert parse(RAD, next_url=None, previous_url="x").varningar == ()


def test_unknown_keys_are_told_once_and_units_left_out() -> None:
    last = parse(RAD | {"x": 1}, RAD | {"x": 2}, {"kpi": "N1", "ou": "V1"}, count=1, y=2)
    assert len(last.rader) == 1
    assert [fel.plats for fel in last.varningar] == ["", "values[0]", "values[2]"]


@pytest.mark.parametrize(
    ("rad", "plats"),
    [
        (5, "values[0]"),
        ({"municipality": "0580", "period": 2023, "values": []}, "values[0].kpi"),
        (RAD | {"kpi": "x'; --"}, "values[0].kpi"),
        (RAD | {"municipality": 580}, "values[0].municipality"),
        (RAD | {"period": "förra"}, "values[0].period"),
        (RAD | {"period": True}, "values[0].period"),
        (RAD | {"period": 99}, "values[0].period"),
        (RAD | {"isdeleted": "ja"}, "values[0].isdeleted"),
        (RAD | {"values": None}, "values[0].values"),
        (RAD | {"values": [5]}, "values[0].values[0]"),
        (RAD | {"values": [{"gender": "X", "value": 1}]}, "values[0].values[0].gender"),
        (RAD | {"values": [{"gender": ["T"], "value": 1}]}, "values[0].values[0].gender"),
        (RAD | {"values": [T, T]}, "values[0].values[1].gender"),
        (RAD | {"values": [T | {"value": "47"}]}, "values[0].values[0].value"),
        (RAD | {"values": [T | {"value": True}]}, "values[0].values[0].value"),
        (RAD | {"values": [T | {"value": 1e300}]}, "values[0].values[0].value"),
        (RAD | {"values": [T | {"value": 10**400}]}, "values[0].values[0].value"),
    ],
)
def test_faults_are_told_with_their_place(rad: object, plats: str) -> None:
    last = parse(rad)
    assert last.rader == ()
    assert [fel.plats for fel in last.fel] == [plats]


def test_the_same_twice_is_one_and_two_values_of_one_are_a_fault() -> None:
    assert len(parse(RAD | {"values": [T]}, RAD | {"values": [T]}).rader) == 1
    assert "values[0]" in parse(RAD | {"values": [T]}, RAD).fel[0].meddelande


@pytest.mark.parametrize(
    ("data", "needle"),
    [
        (b"", "ingen JSON"),
        (b"\xff", "UTF-8"),
        (b"[1]", "values saknas"),
        (b'{"values": 5}', "values saknas"),
        (b'{"values": [NaN]}', "tal"),
        (b"[" * 100_000, "hakparenteser"),
        (b'{"values": [', "Rad 1, tecken 13"),
    ],
)
def test_what_is_no_such_file(data: bytes, needle: str) -> None:
    (fel,) = parse_kolada(data).fel
    assert needle in fel.meddelande


def test_files_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(koladafil, "MAX_RADER", 1)
    assert "fler än 1" in parse(RAD, RAD).fel[0].meddelande
    monkeypatch.setattr(koladafil, "MAX_BYTES", 10)
    assert "större än" in parse(RAD).fel[0].meddelande


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(("values", "kpi", "gender", "value", "period")), inner)
        ),
    )
)
def test_no_json_brings_it_down(told: Any) -> None:
    parse_kolada(json.dumps(told).encode())
    parse(told)


def stored(store: Store) -> list[tuple[Any, ...]]:
    columns = (Koladavarde.period, Koladavarde.kvinnor, Koladavarde.man, Koladavarde.totalt)
    with store.read(EVA) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Koladavarde.period))]


def save(folder: Path, *rader: Any) -> Path:
    fil = folder / "kolada.json"
    fil.write_text(json.dumps({"values": rader}), encoding="utf-8")
    return fil


def test_a_file_is_put_in_and_had_back(store: Store, tmp_path: Path) -> None:
    first = import_koladafil(
        store, EVA, save(tmp_path, *EXAMPLE["values"], RAD | {"period": 2022, "values": [T]})
    )
    assert first.resultat is not None
    assert (first.resultat.nya, first.resultat.oforandrade) == (2, 0)
    assert stored(store) == [("2022", None, None, 1.0), ("2023", None, 50.0, 47.2)]
    andra = import_koladafil(
        store,
        EVA,
        save(
            tmp_path,
            *EXAMPLE["values"],
            RAD | {"period": 2022, "values": [T | {"value": 2}]},
            RAD | {"period": 2021, "isdeleted": True},
        ),
    )
    assert andra.resultat is not None
    assert (andra.resultat.andrade, andra.resultat.oforandrade) == (1, 2)
    borta = import_koladafil(store, EVA, save(tmp_path, RAD | {"isdeleted": True}))
    assert borta.resultat is not None
    assert borta.resultat.borttagna == 1
    assert borta.resultat.changes is not None
    assert len(stored(store)) == 1
    undo_act(store, EVA, borta.resultat.changes.handelse_id)
    assert stored(store)[1] == ("2023", None, 50.0, 47.2)
    same = import_koladafil(store, EVA, save(tmp_path, *EXAMPLE["values"]))
    assert same.resultat is not None
    assert same.resultat.changes is None


def test_with_a_fault_nothing_is_written(store: Store, tmp_path: Path) -> None:
    last = import_koladafil(store, EVA, save(tmp_path, RAD | {"values": [T]}, 5))
    assert last.resultat is None
    assert stored(store) == []


def test_who_may_and_what_cannot_be_read(store: Store, tmp_path: Path) -> None:
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    with pytest.raises(DataError, match="behörighet"):
        import_koladafil(store, ELIN, save(tmp_path, RAD))
    for path, needle in ((tmp_path, "mapp"), (tmp_path / "borta", "finns inte"), (Path("a\0"), "gick inte")):
        with pytest.raises(StoreError, match=needle):
            read_kolada(path)
