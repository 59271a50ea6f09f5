"""Messages, settings, formatting and what happens when the program itself is at fault."""

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QObject, Slot
from pytestqt.qtbot import QtBot

from desktop import errors, formatting
from desktop.errors import CrashReporter, redact, start_log
from desktop.formatting import parse_date_shorthand
from desktop.messages import Kind, Message, Messages
from desktop.settings import Settings

TODAY = date(2026, 11, 12)
NB = "\u00a0"


class _View(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[Message, str]] = []

    @Slot(object)
    def show(self, message: Message) -> None:
        self.told.append((message, threading.current_thread().name))


def test_messages_are_kept_and_come_in_order_on_the_thread_of_the_view(qtbot: QtBot) -> None:
    messages, view = Messages(), _View()
    messages.info("ett")
    messages.listen(view.show)
    worker = threading.Thread(target=lambda: messages.error("två"))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(view.told) == 2)
    assert [(m.text, m.kind) for m, _ in view.told] == [("ett", Kind.INFO), ("två", Kind.ERROR)]
    assert {thread for _, thread in view.told} == {threading.main_thread().name}


@pytest.mark.parametrize(
    ("key", "value", "default"),
    [
        ("a", "text", ""),
        ("b", 7, 0),
        ("c", -7, 0),
        ("d", True, False),
        ("e", False, True),
        ("f", QByteArray(b"\x00\x01"), QByteArray()),
    ],
)
def test_settings_come_back_with_their_type(tmp_path: Path, key: str, value: object, default: object) -> None:
    path = tmp_path / "folder" / "egenvag.ini"
    settings = Settings(path)
    settings.set(key, value)  # type: ignore[arg-type]
    settings.save()
    assert Settings(path).get(key, default) == value  # type: ignore[type-var]


@pytest.mark.parametrize("default", ["x", 3, True])
def test_what_was_never_set_is_the_default(tmp_path: Path, default: str | int | bool) -> None:
    assert Settings(tmp_path / "egenvag.ini").get("saknas", default) == default


@pytest.mark.parametrize(
    "secret",
    [
        "19980101-2389", "980101-2389", "199801012389", "9801012389", "19980101+2389", "19980101 2389",
        "19980161-2389", "hodan.r@example.com", "070-174 06 35", "08-123 45 67", "0701740635",
    ],
)  # fmt: skip
def test_what_looks_like_a_person_is_hidden(secret: str) -> None:
    said = redact(f"fel vid '{secret}' i raden")
    assert secret not in said
    assert said == "fel vid '[dolt]' i raden"


def test_what_postgresql_tells_of_a_row_is_hidden() -> None:
    told = "duplicate key\nDETAIL:  Key (namn)=(Hodan\nRönnstig) already exists.\n[SQL: INSERT INTO x]"
    assert redact(told) == "duplicate key\nDETAIL:[dolt]\n[SQL: INSERT INTO x]"
    assert redact("fel\nDETAIL:  Failing row contains (Hodan).") == "fel\nDETAIL:[dolt]"


def test_values_sent_to_the_store_are_hidden() -> None:
    told = (
        "Fel\n[SQL: INSERT INTO person (namn) VALUES (?)]\n[parameters: ('Hodan [x] Rönnstig',)]\n(bakgrund)"
    )
    assert "Hodan" not in redact(told)
    assert "INSERT INTO person" in redact(told)


@pytest.mark.parametrize(
    "plain", ["2026-11-12 08.42", "rad 12345", "Ä-2026-0417", "sida 110 av 205", "0x7f0efd206b80"]
)
def test_what_is_not_a_person_stays(plain: str) -> None:
    assert redact(plain) == plain


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "logg" / "egenvag.log"
    handler = start_log(path)
    assert handler is not None
    errors.log.propagate = False
    yield path
    errors.log.removeHandler(handler)
    errors.log.propagate = True
    handler.close()


def test_a_crash_is_logged_without_people_and_shown_once(log_file: Path) -> None:
    shown: list[str] = []

    def show(details: str) -> None:
        shown.append(details)
        reporter.report(ValueError("medan dialogen visas"))

    reporter = CrashReporter(show)
    try:
        raise ValueError("19980101-2389 saknas")
    except ValueError as error:
        reporter.report(error)
    written = log_file.read_text(encoding="utf-8")
    assert len(shown) == 1
    assert "ValueError: [dolt] saknas" in shown[0]
    assert "2389" not in written
    assert "medan dialogen visas" in written


def test_the_hook_catches_what_nobody_did_and_can_be_taken_away(log_file: Path) -> None:
    shown: list[str] = []
    before = sys.excepthook
    restore = CrashReporter(shown.append).install()
    try:
        error = RuntimeError("oväntat")
        sys.excepthook(RuntimeError, error, None)
    finally:
        restore()
    assert "RuntimeError: oväntat" in shown[0]
    assert sys.excepthook is before


def test_a_log_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    before = list(logging.getLogger("egenvag").handlers)
    assert start_log(tmp_path / "fil" / "egenvag.log") is None
    assert logging.getLogger("egenvag").handlers == before


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("t", TODAY), ("T", TODAY), ("idag", TODAY), ("igår", date(2026, 11, 11)),
        ("i morgon", date(2026, 11, 13)),
        ("+3", date(2026, 11, 15)), ("-1", date(2026, 11, 11)), ("−1", date(2026, 11, 11)),
        ("+2v", date(2026, 11, 26)),
        ("12/3", date(2026, 3, 12)), ("12/3-27", date(2027, 3, 12)), ("12.3.2027", date(2027, 3, 12)),
        ("fre", date(2026, 11, 13)), ("tors", TODAY), ("ons", date(2026, 11, 18)), ("lö", date(2026, 11, 14)),
        ("2026-11-12", TODAY), ("20261112", TODAY), ("261112", TODAY), ("26-11-12", TODAY),
        (" 2026-1-2 ", date(2026, 1, 2)),
        ("12", TODAY), ("12 nov", TODAY), ("12 november 2027", date(2027, 11, 12)),
        ("1 mar", date(2026, 3, 1)),
        ("31/2", None), ("30 feb", None), ("2026-13-01", None), ("", None), ("x", None), ("+99999", None),
        ("f", None),
        ("12 xyz", None), ("fredagen", None), ("2026", None),
    ],
)  # fmt: skip
def test_dates_in_shorthand(text: str, meant: date | None) -> None:
    assert parse_date_shorthand(text, TODAY) == meant


@given(st.text(max_size=20), st.dates())
def test_no_text_breaks_the_reading_of_dates(text: str, today: date) -> None:
    parse_date_shorthand(text, today)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates())
def test_a_date_written_out_is_read_back(day: date, today: date) -> None:
    assert parse_date_shorthand(formatting.iso(day), today) == day
    assert parse_date_shorthand(formatting.long_date(day), today) == day


def test_dates_are_written_as_swedes_do() -> None:
    assert formatting.short_date(TODAY) == f"12{NB}nov"
    assert formatting.short_date(date(2025, 3, 2), TODAY) == f"2{NB}mar{NB}2025"
    assert formatting.long_date(TODAY) == f"12{NB}november{NB}2026"
    assert formatting.weekday_date(TODAY) == f"torsdag 12{NB}november{NB}2026"
    assert formatting.relative_date(date(2026, 11, 11), TODAY) == "igår"
    assert formatting.relative_date(TODAY, TODAY) == "idag"
    assert formatting.month(TODAY) == f"november{NB}2026"
    assert formatting.week(TODAY) == f"vecka{NB}46"
    assert formatting.clock(9, 5) == "09.05"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 3, 2), date(2026, 3, 9), f"2–9{NB}mar"),
        (date(2026, 3, 9), date(2026, 4, 21), f"9{NB}mar–21{NB}apr"),
        (date(2025, 12, 9), date(2026, 1, 2), f"9{NB}dec{NB}2025–2{NB}jan"),
        (date(2026, 5, 4), None, f"sedan 4{NB}maj"),
        (TODAY, TODAY, f"12{NB}nov"),
    ],
)
def test_spans(start: date, end: date | None, text: str) -> None:
    assert formatting.date_range(start, end, TODAY) == text


@pytest.mark.parametrize(
    ("due", "text", "kind"),
    [
        (date(2026, 11, 9), f"Passerad 3{NB}dagar", "overdue"),
        (date(2026, 11, 11), f"Passerad 1{NB}dag", "overdue"),
        (TODAY, "Går ut idag", "soon"),
        (date(2026, 11, 14), f"2{NB}dagar kvar", "soon"),
        (date(2026, 11, 15), f"3{NB}dagar kvar", "later"),
    ],
)
def test_due_dates(due: date, text: str, kind: str) -> None:
    assert (formatting.due_text(due, TODAY), formatting.due_kind(due, TODAY, 2)) == (text, kind)


def test_numbers_have_hard_spaces_commas_and_real_minus_signs() -> None:
    assert formatting.number(1234567) == f"1{NB}234{NB}567"
    assert formatting.number(Decimal("-1.25"), 1) == "−1,3"  # as on paper: half away from zero
    assert formatting.number(-0.04, 1) == "0,0"
    assert formatting.number(None) == "–"
    assert [formatting.signed(n) for n in (14, -3, 0)] == ["+14", "−3", "±0"]
    assert formatting.kronor(6400) == f"6{NB}400{NB}kr"
    assert formatting.percent(84) == f"84{NB}%"
    assert formatting.file_size(0) == f"1{NB}kB"
    assert formatting.file_size(84_400) == f"84{NB}kB"
    assert formatting.file_size(1_200_000) == f"1,2{NB}MB"
    assert formatting.kronor(None) == formatting.percent(None) == "–"
    assert formatting.days(1) == f"1{NB}dag"


def test_personnummer_and_initials() -> None:
    assert formatting.personnummer("199801012389") == "19980101-2389"
    assert formatting.personnummer("Ä-2026-0417") == "Ä-2026-0417"
    assert formatting.initials("Elin Måsvik") == "EM"
    assert formatting.initials("Anna-Karin von Ängstig") == "AÄ"
    assert formatting.initials("Bo") == "B"
    assert formatting.initials("") == ""


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("8000", 800_000), ("8 000 kr", 800_000), (f"8{NB}000,5", 800_050), ("8000.05", 800_005),
        ("0", 0), ("", None), ("mycket", None), ("-1", None), ("8,000,0", None), ("8,123", None),
    ],
)  # fmt: skip
def test_amounts_in_kronor(text: str, ore: int | None) -> None:
    assert formatting.parse_kronor(text) == ore


@given(st.integers(0, 10**10))
def test_a_written_amount_is_the_same_amount(ore: int) -> None:
    assert formatting.parse_kronor(formatting.written_kronor(ore)) == ore
    assert formatting.written_kronor(None) == ""
