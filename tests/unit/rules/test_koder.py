"""The closed lists of exchange.md, word by word."""

from enum import StrEnum

import pytest

from db.rules import koder
from db.rules.koder import KodError, Motesform, Resultat, Skydd, parse_kod


@pytest.mark.parametrize(
    ("lista", "ord_"),
    [
        (koder.Skydd, "nej, sekretessmarkering, skyddad folkbokföring, fingerade uppgifter"),
        (koder.Utbildningsniva, "förgymnasial, gymnasial, eftergymnasial"),
        (koder.Utfall, "bifall, avslag"),
        (koder.Avslutsorsak, "annan försörjning, flyttat, avlidit, övrigt"),
        (koder.HanvisadAv, "Arbetsförmedlingen, Försäkringskassan, socialtjänst, själv, annan"),
        (koder.Spar, "Arena Arbetsmarknad, Sysselsättning"),
        (koder.Enhetstyp, "intern, extern"),
        (koder.Motesform, "fysiskt, telefon, digitalt"),
        (koder.Verksamhet, "ekonomiskt bistånd, arbetsmarknad"),
        (koder.Pass, "fm, em"),
        (koder.NarvaroStatus, "närvarande, giltig frånvaro, ogiltig frånvaro, sjuk"),
        (koder.Svarande, "deltagare, handläggare"),
    ],
)
def test_words_are_spelled_as_in_the_workbook(lista: type[StrEnum], ord_: str) -> None:
    assert ", ".join(lista) == ord_


def test_word_is_found_whatever_its_case_and_spaces() -> None:
    assert parse_kod(Skydd, "  Skyddad  Folkbokföring ") is Skydd.SKYDDAD_FOLKBOKFORING
    assert parse_kod(Resultat, "SJUKERSÄTTNING") is Resultat.SJUKERSATTNING


def test_unknown_word_is_told_with_the_words_that_are_known() -> None:
    with pytest.raises(KodError, match="finns inte i listan"):
        parse_kod(Motesform, "fax")
