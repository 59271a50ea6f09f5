"""The events of a card: what is told of each kind, in which order, and where it opens."""

from dataclasses import replace
from datetime import date

import pytest

from db.queries.card_rows import (
    AnteckningRow,
    ArendeRow,
    BipplanRow,
    BipRow,
    Card,
    DokumentRow,
    InsatsRow,
    InskrivningRow,
    MoteRow,
    OsaRow,
    OsaUppfoljningRow,
    PlaneringRow,
    PlaneringsstegRow,
    StegRow,
    UndantagRow,
    UppfoljningRow,
)
from desktop.screens.kort.handelser import FORMS, PAGES, make_events
from desktop.widgets.events import Event, EventKind

IDAG = date(2024, 11, 12)
NOTE = AnteckningRow(
    31, date(2024, 10, 1), "Samtal", "Vill börja i köket.\nRinger på måndag.", "elin", "Elin Måsvik",
    "2024-10-01T08:00:00Z", None, None,
)  # fmt: skip
CARD = Card(
    id=1, skyddad="nej", dold=False, namn="Hodan Rönnstig", personnummer="19880314-9809",
    fodelsedatum=date(1988, 3, 14), kon="kvinna", omrade="", utrikesfodd=None, utbildningsniva=None, sprak="",
    tolk="", telefon="", epost="", hushall="", antal_barn=None, vuxna_i_hushallet=1,
    arenden=(
        ArendeRow(3, "Ä-1", date(2024, 1, 2), date(2024, 1, 9), "beviljat", None, None, "arbetslös", ""),
    ),
    undantag=(UndantagRow(5, 3, date(2024, 2, 1), date(2024, 2, 10), "sjukdom"),),
    inskrivningar=(
        InskrivningRow(
            7, "I-1", None, date(2024, 1, 8), "socialtjänst", "Arena", "", None, None, None, None, None
        ),
    ),
    steg=(
        StegRow(7, "Aktualisering", date(2024, 1, 8), date(2024, 1, 31)),
        StegRow(7, "Kartläggning", date(2024, 2, 1), None),
    ),
    planeringar=(
        PlaneringRow(
            11, 7, date(2024, 3, 1), "Jobb i kök", date(2024, 12, 1),
            (PlaneringsstegRow(1, 11, 1, "Ring", "deltagaren", None, date(2024, 3, 9)),),
        ),
    ),
    insatser=(
        InsatsRow(13, "INS-1", 7, "praktik", "Återbruket", date(2024, 4, 1), None, date(2024, 4, 10), 50,
                  "sjukdom", True),
    ),
    osa=(OsaRow(17, 13, date(2024, 4, 1), date(2025, 3, 31), "AF-1", None),),
    osa_uppfoljningar=(OsaUppfoljningRow(19, 13, date(2024, 6, 1), None, ""),),
    moten=(
        MoteRow(
            23, date(2024, 11, 12), "09:30", 45, "telefon", "arbetsmarknad", False, "Avstämning", "Rum 2"
        ),
    ),
    anteckningar=(NOTE,),
    dokument=(DokumentRow(37, "cv.pdf", "application/pdf", 10, "Utkast", "elin", "2024-10-02T08:00:00Z"),),
    bip=(
        BipRow(7, date(2024, 5, 2), "deltagare", "halsa", 3),
        BipRow(7, date(2024, 5, 2), "handläggare", "halsa", 3),
    ),
    bipplaner=(BipplanRow(7, date(2024, 12, 24)),),
    uppfoljningar=(UppfoljningRow(41, 7, "1 månad", date(2024, 9, 1), date(2024, 9, 3), "anställning", ""),),
)  # fmt: skip


def events(card: Card) -> tuple[list[Event], list[Event]]:
    coming, been = make_events(card, IDAG)
    return list(coming.events), list(been.events)


def titles(card: Card, group: int) -> list[str]:
    return [event.title for event in events(card)[group]]


def test_everything_with_a_day_is_told_in_order() -> None:
    assert titles(CARD, 0) == ["Följ upp planeringen", "Nästa BIP-mätning", "Beslut om OSA går ut"]
    assert titles(CARD, 1) == [
        "Avstämning", "Dokument: cv.pdf", "Samtal", "Uppföljning av avslut, 1 månad",
        "Uppföljning av OSA · inte gjord", "BIP-mätning", "Insats avbruten: Praktik, Återbruket",
        "Beslut om OSA", "Start: Praktik, Återbruket", "Steg klart: Ring", "Planering upprättad",
        "Nytt steg: Kartläggning", "Undantag från aktivitetskravet", "Beslut: Beviljat", "Inskriven",
        "Ansökan om bistånd",
    ]  # fmt: skip


def test_every_kind_opens_somewhere() -> None:
    coming, been = events(CARD)
    for event in (*coming, *been):
        slag, row_id = event.key  # type: ignore[misc]
        assert slag in FORMS or slag in PAGES
        assert isinstance(row_id, int)


@pytest.mark.parametrize(
    ("title", "detail"),
    [
        ("Avstämning", "Telefon · 45\u00a0min · Rum 2"),
        ("Samtal", "Vill börja i köket."),
        ("BIP-mätning", "Deltagare och handläggare"),
        ("Uppföljning av avslut, 1 månad", "Anställning"),
        ("Uppföljning av OSA · inte gjord", "Praktik, Återbruket"),
    ],
)
def test_the_line_below(title: str, detail: str) -> None:
    assert next(event.detail for event in events(CARD)[1] if event.title == title) == detail


def test_what_was_missed_is_marked() -> None:
    missed = [event.title for event in events(CARD)[1] if event.kind is EventKind.MISSED]
    assert missed == ["Uppföljning av OSA · inte gjord", "Insats avbruten: Praktik, Återbruket"]


def test_a_masked_card_tells_no_words_of_a_note() -> None:
    hidden = replace(CARD, dold=True, anteckningar=(replace(NOTE, rubrik="", text=""),))
    note = next(event for event in events(hidden)[1] if event.key == ("anteckning", 31))
    assert (note.title, note.detail) == ("Anteckning", "Texten är dold.")


def test_a_long_note_is_cut_and_a_correction_named() -> None:
    long = replace(NOTE, text="å" * 200, rattar_id=30)
    note = next(
        event for event in events(replace(CARD, anteckningar=(long,)))[1] if event.key == ("anteckning", 31)
    )
    assert (note.title, len(note.detail)) == ("Rättelse av anteckning", 91)


def test_a_measurement_is_not_awaited_after_the_close() -> None:
    (own,) = CARD.inskrivningar
    closed = replace(own, avslutad=date(2024, 10, 1), resultat="arbete")
    assert "Nästa BIP-mätning" not in titles(replace(CARD, inskrivningar=(closed,)), 0)
    assert "Avslut" in titles(replace(CARD, inskrivningar=(closed,)), 1)
