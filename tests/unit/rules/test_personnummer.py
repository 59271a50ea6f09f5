"""R1 and R2: numbers that identify a person. Serials 980/981 and 238/239 belong to nobody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.se import personnummer as stdnum

from db.rules.personnummer import (
    NummerError,
    calculate_luhn,
    format_nummer,
    parse_nummer,
    search_forms,
)

IDAG = date(2024, 12, 31)
FODELSEDAGAR = st.dates(date(1900, 1, 1), IDAG)
LOPNUMMER = st.sampled_from(["980", "981", "238", "239"])


def make_tolv(atta: str, lopnummer: str = "980") -> str:
    """Twelve digits with a valid check digit."""
    return f"{atta}{lopnummer}{calculate_luhn(atta[2:] + lopnummer)}"


def parse_or_explain(text: str) -> str:
    try:
        return parse_nummer(text, IDAG).tolv
    except NummerError as fel:
        return str(fel)


KVINNA = make_tolv("19900131", "980")
MAN = make_tolv("19900131", "239")


@pytest.mark.parametrize(
    "text",
    [
        KVINNA,
        f"{KVINNA[:8]}-{KVINNA[8:]}",
        f"{KVINNA[:8]} {KVINNA[8:]}",
        f"{KVINNA[:8]}–{KVINNA[8:]}",
        f"{KVINNA[:8]} - {KVINNA[8:]}",
        f"{KVINNA[:8]}\u2212{KVINNA[8:]}",
        f"{KVINNA[:8]}+{KVINNA[8:]}",
        f"  {KVINNA}\n",
        f"\u00a0{KVINNA[2:8]}-{KVINNA[8:]}",
        KVINNA[2:],
        f"{KVINNA[2:8]}-{KVINNA[8:]}",
        f"{KVINNA[2:8]} {KVINNA[8:]}",
    ],
)
def test_every_written_form_gives_the_same_twelve_digits(text: str) -> None:
    nummer = parse_nummer(text, IDAG)
    assert (nummer.tolv, nummer.typ, nummer.fodelsedatum) == (KVINNA, "personnummer", date(1990, 1, 31))


def test_second_last_digit_tells_kon() -> None:
    assert parse_nummer(KVINNA, IDAG).kon == "K"
    assert parse_nummer(MAN, IDAG).kon == "M"


@pytest.mark.parametrize(
    ("fodelse", "tecken", "ar"),
    [
        ("241231", "", 2024),
        ("241231", "-", 2024),
        ("250101", "-", 1925),
        ("240101", "+", 1924),
        ("241231", "+", 1924),
        ("250101", "+", 1825),
        ("000101", "+", 1900),
        ("000101", "", 2000),
        ("990101", "+", 1899),
    ],
)
def test_century_of_ten_digits(fodelse: str, tecken: str, ar: int) -> None:
    sista = make_tolv(f"19{fodelse}")[8:]
    nummer = parse_nummer(f"{fodelse}{tecken}{sista}", IDAG)
    assert nummer.tolv == f"{ar:04d}{fodelse[2:]}{sista}"


def test_a_day_later_this_year_belongs_to_the_last_century() -> None:
    sista = make_tolv("20240702")[8:]
    assert parse_nummer(f"240702-{sista}", date(2024, 7, 2)).tolv.startswith("2024")
    assert parse_nummer(f"240702-{sista}", date(2024, 7, 1)).tolv.startswith("1924")


def test_plus_is_written_from_the_year_in_which_a_person_turns_100() -> None:
    sista = make_tolv("19241231")[8:]
    assert parse_nummer(f"241231+{sista}", date(2024, 1, 1)).fodelsedatum == date(1924, 12, 31)


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("", "saknas"),
        ("   ", "saknas"),
        ("19900131-980", "11 siffror"),
        ("1990-01-31 9806", "inte skrivet som"),
        ("900131980", "9 siffror"),
        ("1990013198061", "13 siffror"),
        ("Anna Ek", "inte skrivet som"),
        ("19900131--9806", "inte skrivet som"),
        ("١٩٩٠٠١٣١٩٨٠٦", "inte skrivet som"),
        (make_tolv("19900230"), "1990-02-30 finns inte"),
        (make_tolv("19230229"), "finns inte"),
        (make_tolv("19901301"), "finns inte"),
        (make_tolv("19900100"), "finns inte"),
        (make_tolv("19900132"), "finns inte"),
        (make_tolv("20250101"), "framtiden"),
        (make_tolv("20250161"), "framtiden"),
        (make_tolv("20250060"), "framtiden"),
        (make_tolv("19900131", "000"), "000"),
        (make_tolv("19900191", "000"), "000"),
        (make_tolv("10900131"), "för tidigt"),
        ("19900131-T12", "inte skrivet som"),
        ("19900131-TF1", "inte skrivet som"),
        ("900131-T123", "inte skrivet som"),
    ],
)
def test_faults_are_told_in_swedish(text: str, ord_: str) -> None:
    with pytest.raises(NummerError, match=ord_) as fel:
        parse_nummer(text, IDAG)
    assert str(fel.value).endswith(".")


@pytest.mark.parametrize("atta", ["19900131", "19900191"])
def test_wrong_check_digit(atta: str) -> None:
    tolv = make_tolv(atta)
    with pytest.raises(NummerError, match="Kontrollsiffran"):
        parse_nummer(f"{tolv[:11]}{(int(tolv[11]) + 1) % 10}", IDAG)


@pytest.mark.parametrize(
    ("atta", "fodelsedatum"),
    [
        ("19900191", date(1990, 1, 31)),
        ("20240289", date(2024, 2, 29)),
        ("19900060", None),
        ("19900061", None),
        ("19900160", None),
        ("19900290", None),
        ("19901391", None),
        ("19909961", None),
        ("19900199", None),
        ("20240060", None),
        ("20241260", None),
        ("20241361", None),
    ],
)
def test_samordningsnummer_with_unknown_or_impossible_dates(atta: str, fodelsedatum: date | None) -> None:
    for text in (make_tolv(atta), make_tolv(atta)[2:]):
        nummer = parse_nummer(text, IDAG)
        assert (nummer.tolv, nummer.typ) == (make_tolv(atta), "samordningsnummer")
        assert (nummer.fodelsedatum, nummer.kon) == (fodelsedatum, "K")


def test_samordningsnummer_of_ten_digits_later_this_year_belongs_to_the_last_century() -> None:
    tolv = make_tolv("20240862")
    assert parse_nummer(tolv[2:], date(2024, 8, 2)).tolv == tolv
    assert parse_nummer(tolv[2:], date(2024, 8, 1)).tolv == "19" + tolv[2:]


@pytest.mark.parametrize(
    ("text", "tolv", "fodelsedatum"),
    [
        ("19900131-T123", "19900131T123", date(1990, 1, 31)),
        ("19900131 tf12", "19900131TF12", date(1990, 1, 31)),
        ("19900131T123", "19900131T123", date(1990, 1, 31)),
        ("19900000-TF01", "19900000TF01", None),
    ],
)
def test_reservnummer_by_format_only(text: str, tolv: str, fodelsedatum: date | None) -> None:
    nummer = parse_nummer(text, IDAG)
    assert (nummer.tolv, nummer.typ) == (tolv, "reservnummer")
    assert (nummer.fodelsedatum, nummer.kon) == (fodelsedatum, None)


def test_format() -> None:
    assert format_nummer(KVINNA) == f"19900131-{KVINNA[8:]}"
    assert format_nummer("19900131T123") == "19900131-T123"
    assert format_nummer("19900131TF12") == "19900131-TF12"


@given(FODELSEDAGAR, LOPNUMMER, st.integers(0, 40000))
def test_format_reads_back_on_any_later_day(fodd: date, lopnummer: str, dagar: int) -> None:
    tolv = make_tolv(fodd.strftime("%Y%m%d"), lopnummer)
    nummer = parse_nummer(format_nummer(tolv), fodd + timedelta(days=dagar))
    assert (nummer.tolv, nummer.fodelsedatum) == (tolv, fodd)


@given(FODELSEDAGAR, LOPNUMMER)
def test_ten_digits_find_their_century(fodd: date, lopnummer: str) -> None:
    tolv = make_tolv(fodd.strftime("%Y%m%d"), lopnummer)
    tecken = "+" if IDAG.year - fodd.year >= 100 else "-"
    assert parse_nummer(f"{tolv[2:8]}{tecken}{tolv[8:]}", IDAG).tolv == tolv


@given(st.dates(date(1850, 1, 1), date(2023, 12, 31)), st.integers(1, 9999))
def test_ordinary_numbers_agree_with_stdnum(fodd: date, sista: int) -> None:
    text = f"{fodd:%Y%m%d}{sista:04d}"
    accepted = parse_or_explain(text) == text
    # stdnum lets serial 000 through.
    assert accepted == (stdnum.is_valid(text) and not text[8:].startswith("000"))


@given(st.text(max_size=16))
def test_any_text_gives_a_number_or_a_swedish_sentence(text: str) -> None:
    svar = parse_or_explain(text)
    assert len(svar) == 12 or svar.startswith(("Numret", "Datumet"))


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("19900131", ["19900131", "1919900131", "2019900131"]),
        ("900131", ["19900131", "20900131"]),
        ("900131-98", ["1990013198", "2090013198"]),
        ("900131 98", ["1990013198", "2090013198"]),
        ("900131–", ["19900131", "20900131"]),
        ("900131+98", ["1890013198", "1990013198"]),
        ("19900131-98", ["1990013198"]),
        ("19900131+98", ["1990013198"]),
        ("199001319806", ["199001319806"]),
        ("19900131980", ["19900131980"]),
        ("9001319806", ["199001319806", "209001319806"]),
        ("1", ["1", "191", "201"]),
        ("20", ["20", "1920", "2020"]),
        ("9", ["199", "209"]),
        ("19900131-T1", ["19900131T1"]),
        ("19900131tf", ["19900131TF"]),
        ("900131-T123", ["19900131T123", "20900131T123"]),
        ("9001-31", []),
        ("1990013-1", []),
        ("1990013198061", []),
        ("199001319806T", []),
        ("9001319806-", []),
        ("Anna", []),
        ("-", []),
        ("", []),
        ("1988-03-14-2382", ["198803142382"]),
        ("1988-03-14", ["19880314", "1919880314", "2019880314"]),
        ("1988-03", ["198803", "19198803", "20198803"]),
        ("1988-03-14+2", ["198803142"]),
    ],
)
def test_search_forms(text: str, former: list[str]) -> None:
    assert search_forms(text) == former


@given(FODELSEDAGAR, LOPNUMMER, st.integers(1, 12), st.booleans())
def test_every_beginning_of_a_number_finds_it(fodd: date, lopnummer: str, langd: int, streck: bool) -> None:
    tolv = make_tolv(fodd.strftime("%Y%m%d"), lopnummer)
    tio = f"{tolv[2:8]}-{tolv[8:]}" if streck else tolv[2:]
    for text in (tolv[:langd], format_nummer(tolv)[:langd], tio[:langd]):
        assert any(tolv.startswith(form) for form in search_forms(text))
