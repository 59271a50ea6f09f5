"""The change history in words: every table and field that the card's log may tell has its own."""

from dataclasses import replace

import pytest

from db.models import Base
from db.queries import card_statements
from db.queries.card_rows import AndringRow
from desktop.screens.kort.logg import FIELDS, HIDDEN_FIELDS, THINGS, make_logg

PLAIN = {
    "ansvarig", "anvisad", "avbrottsorsak", "avslutad", "avslutat", "avslutsorsak", "beskrivning",
    "beslut", "datum", "diarienummer", "form", "indikator", "inskriven", "koordinator", "namn", "nummer",
    "omfattning", "pass", "personnummer", "planerad", "plats", "resultat", "rubrik", "sedan", "senast",
    "signerad", "skyddad", "slag", "slut", "start", "svarande", "syfte",
    "telefon", "text", "tid", "tolk", "typ", "uteblev", "utfall", "veckodag", "verksamhet",
}  # fmt: skip


def row(tabell: str, falt: str, gammalt: str | None, nytt: str | None, namn: str | None = None) -> AndringRow:
    return AndringRow(1, "2024-06-03T08:00:00Z", "Elin", "x", "", tabell, 1, falt, gammalt, nytt, None, namn)


@pytest.mark.parametrize(
    ("change", "vad", "fore", "efter"),
    [
        (row("insats", "+", None, None), "Lade till insats", "", ""),
        (row("undantag", "-", "{}", None), "Tog bort undantag", "", ""),
        (
            row("osa_beslut", "bidrag_ore", "800000", "850050"),
            "Beslut om OSA: bidrag",
            "8 000 kr",
            "8 501 kr",
        ),
        (
            row("insats", "planerat_slut", '"2024-06-03"', "null"),
            "Insats: planerat slut",
            "3 jun 2024",
            "",
        ),
        (row("bistandsmanad", "manad", None, "24295"), "Biståndsmånad: månad", "", "augusti 2024"),
        (row("insats", "enhet_id", None, "3", "Köket"), "Insats: enhet", "", "Köket"),
        (row("mote", "uteblev", "false", "true"), "Möte: uteblev", "nej", "ja"),
        (row("deltagare", "telefon", '"070"', "null"), "Deltagare: telefon", "070", ""),
    ],
)
def test_a_change_is_told_in_words(change: AndringRow, vad: str, fore: str, efter: str) -> None:
    (line,) = make_logg((change,))
    assert (line.vad, line.fore.replace("\u00a0", " "), line.efter.replace("\u00a0", " ")) == (
        vad,
        fore,
        efter,
    )


def test_what_only_the_program_keeps_is_left_out() -> None:
    assert make_logg((row("deltagare", "sortering", '"a"', '"b"'),)) == ()


def test_no_table_or_field_is_told_by_its_name_in_the_register() -> None:
    tables = {table.__tablename__ for table in card_statements._OWN} | {
        "deltagare", "undantag", "bistandsmanad", "stegperiod", "bip", "bipplan", "uppfoljning", "osa_beslut",
        "osa_uppfoljning", "narvaroschema", "planeringssteg", "hushall",
        "platsko", "undantagsgranskning",
    }  # fmt: skip
    assert tables == set(THINGS)
    fields = {c.name for name in tables for c in Base.metadata.tables[name].columns} - {"id"}
    assert fields <= FIELDS.keys() | HIDDEN_FIELDS | PLAIN
    assert all(name.isascii() for name in fields)
    assert not PLAIN & FIELDS.keys()


@pytest.mark.parametrize(
    ("slag", "varning", "skal", "told"),
    [
        (
            "sammanslagning",
            "Hodan Ek",
            "Dubbelt",
            ("Slog ihop kortet med ett annat: Hodan Ek", "Skäl: Dubbelt"),
        ),
        ("sammanslagning", "", "", ("Slog ihop kortet med ett annat", "")),
        ("delning", "", "", ("Delade ihopslaget kort", "")),
        ("registrering", "Samma dag.", "Kusin", ("Varning passerad: Samma dag.", "Skäl: Kusin")),
    ],
)
def test_two_made_one_and_warnings_passed(slag: str, varning: str, skal: str, told: tuple[str, str]) -> None:
    change = replace(row("passerad_varning", "+", None, None), slag=slag, varning=varning, skal=skal)
    (line,) = make_logg((change,))
    assert (line.vad, line.efter) == told
