"""A report as JSON, as exchange.md has it."""

import json

from desktop.reports.json_writer import to_json
from tests.helpers.rapport_exempel import all_hidden, avslut_rapport, hostile_rapport, without_comparison


def rows(rapport):
    return {row["id"]: row for part in json.loads(to_json(rapport))["avsnitt"] for row in part["rader"]}


def test_the_contract_of_a_report():
    made = json.loads(to_json(avslut_rapport()))
    assert {key: made[key] for key in ("rapport", "titel", "period", "per", "jamforelse_period")} == {
        "rapport": "avslut",
        "titel": "Avslut och vad de ledde till",
        "period": {"fran": "2024-01-01", "till": "2024-08-31"},
        "per": "2024-08-31",
        "jamforelse_period": {"fran": "2023-01-01", "till": "2023-08-31"},
    }
    assert made["avsnitt"][0]["rader"][0] == {
        "id": "avslut.totalt",
        "etikett": "Alla avslut",
        "enhet": "antal",
        "kvinnor": 418,
        "man": 344,
        "uppgift_saknas": 2,
        "totalt": 764,
        "jamforelse": {"kvinnor": 409, "man": 327, "totalt": 736},
        "dolda": [],
    }


def test_a_hidden_value_is_null_and_its_mark_stands_in_dolda():
    row = rows(avslut_rapport())["osa.overgang"]
    assert (row["kvinnor"], row["man"], row["totalt"]) == (None, None, 6)
    assert row["dolda"] == {"kvinnor": "<5", "man": ".."}
    assert row["jamforelse"] == {
        "kvinnor": 0,
        "man": None,
        "totalt": None,
        "dolda": {"man": "<5", "totalt": "<5"},
    }


def test_a_value_that_was_left_beside_its_mark_is_not_written():
    rapport = avslut_rapport()
    row = rapport.avsnitt[0].rader[0]
    object.__setattr__(row, "dolda", {"kvinnor": "<5"})
    assert rows(rapport)["avslut.totalt"]["kvinnor"] is None


def test_shares_are_exact_and_letters_as_they_are():
    text = to_json(avslut_rapport())
    assert rows(avslut_rapport())["avslut.andel_arbete_studier"]["man"] == 54.65
    assert "Kvinnor" not in text
    assert '\n "titel": "Avslut och vad de ledde till"' in text
    assert "Övriga orsaker" in text


def test_without_comparison_the_keys_stand_and_are_null():
    rapport = without_comparison(avslut_rapport())
    assert json.loads(to_json(rapport))["jamforelse_period"] is None
    assert rows(rapport)["avslut.totalt"]["jamforelse"] == {"kvinnor": None, "man": None, "totalt": None}


def test_hostile_texts_survive_unchanged():
    written = [
        row["etikett"] for part in json.loads(to_json(hostile_rapport()))["avsnitt"] for row in part["rader"]
    ]
    assert written == [row.etikett for part in hostile_rapport().avsnitt for row in part.rader]


def test_nothing_hidden_is_a_number():
    for row in rows(all_hidden()).values():
        assert row["kvinnor"] is row["man"] is row["totalt"] is None
