"""Personnummer, samordningsnummer and reservnummer (R1), and the kön they carry (R2).

A number is stored as twelve characters: `199001019802`, or `19900101T123` / `19900101TF12` for reservnummer.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

NummerTyp = Literal["personnummer", "samordningsnummer", "reservnummer"]
Kon = Literal["K", "M"]

MIN_AR = 1800
STRECK = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
_NUMMER = re.compile(r"([0-9]{8}|[0-9]{6}) ?([-+]?) ?([0-9]{4})")
_RESERV = re.compile(r"([0-9]{8}) ?-? ?(T[0-9]{3}|TF[0-9]{2})")
# As dates are written, finished or not: 1988-03-14-2382.
_DATED = re.compile(r"^((?:18|19|20)[0-9]{2})-(0[0-9]?|1[0-2]?)(?:-([0-9]{1,2}))?(?=$|[-+T])")
_SOK = re.compile(r"([0-9]{1,12})(?:([-+])([0-9]{0,4}|T[0-9]{0,3}|TF[0-9]{0,2})|(T[0-9]{0,3}|TF[0-9]{0,2}))?")
_FORM = "Skriv ÅÅÅÅMMDD-NNNN, till exempel 19900131-1234."


class NummerError(ValueError):
    """The text is no number that identifies a person; the message is Swedish and says what to do."""


@dataclass(frozen=True, slots=True)
class Nummer:
    """A number as stored; no `fodelsedatum` where the digits are no date, no `kon` for reservnummer (R2)."""

    tolv: str
    typ: NummerTyp
    fodelsedatum: date | None
    kon: Kon | None


def parse_nummer(text: str, idag: date) -> Nummer:
    """The number that `text` means on the day `idag` (R1). Raises NummerError.

    Ten digits without `+` belong to the latest century that puts the birth date no later than `idag`. `+`
    counts years, not days, as the folkbokföring does: it replaces `-` from the year in which a person turns
    100. With twelve digits the century is written out and the sign says nothing more.
    """
    ren = " ".join(text.translate(STRECK).split()).upper()
    if match := _RESERV.fullmatch(ren):
        datum = _real_date(match[1])
        return Nummer(match[1] + match[2], "reservnummer", datum, None)
    match = _NUMMER.fullmatch(ren)
    if not match:
        raise NummerError(_explain_form(ren))
    fodelse, tecken, sista = match[1], match[2], match[3]
    if len(fodelse) == 6:
        fodelse = f"{_find_ar(fodelse, tecken, idag):04d}{fodelse[2:]}"
    return _check_nummer(fodelse, sista, idag)


def format_nummer(tolv: str) -> str:
    """The stored twelve characters as people write them: `ÅÅÅÅMMDD-NNNN` (`ÅÅÅÅMMDD-Tnnn`)."""
    return f"{tolv[:8]}-{tolv[8:]}"


def calculate_luhn(nio: str) -> int:
    """The check digit that belongs after nine digits (R1)."""
    summa = 0
    for plats, tecken in enumerate(nio):
        dubbel = int(tecken) * (2 - plats % 2)
        summa += dubbel - 9 if dubbel > 9 else dubbel
    return -summa % 10


def search_forms(text: str) -> list[str]:
    """What to look for as the beginning of a stored number when `text` stands in a search box.

    Any written form counts, finished or not; where the century is left out both possible ones are given, with
    `+` the older ones. Empty when the text is no beginning of a number.
    """
    written = "".join(text.translate(STRECK).split()).upper()
    match = _SOK.fullmatch(_DATED.sub(r"\1\2\3", written))
    if not match:
        return []
    siffror, tecken, svans = match[1], match[2], match[3] or match[4] or ""
    if not tecken and not svans:
        return _search_digits(siffror)
    if len(siffror) == 8:
        return [siffror + svans]
    if len(siffror) == 6:
        return [sekel + siffror + svans for sekel in (("18", "19") if tecken == "+" else ("19", "20"))]
    return []


def _search_digits(siffror: str) -> list[str]:
    if len(siffror) > 10:
        return [siffror]
    former = [f"19{siffror}", f"20{siffror}"]
    # One or two digits may begin a written-out century; so may more, when they begin like one.
    return [siffror, *former] if siffror[:2] in ("1", "2", "18", "19", "20") else former


def _explain_form(ren: str) -> str:
    if not ren:
        return f"Numret saknas. {_FORM}"
    antal = sum(tecken.isdigit() for tecken in ren)
    if re.fullmatch(r"[0-9 +-]+", ren) and antal not in (10, 12):
        return f"Numret har {antal} siffror. Det ska ha 10 eller 12. {_FORM}"
    return f"Numret är inte skrivet som ett personnummer. {_FORM}"


def _check_nummer(fodelse: str, sista: str, idag: date) -> Nummer:
    samordning = int(fodelse[6:]) >= 60
    datum = _real_date(f"{fodelse[:6]}{int(fodelse[6:]) - 60:02d}" if samordning else fodelse)
    if int(fodelse[:4]) < MIN_AR:
        raise NummerError(f"Födelseåret {fodelse[:4]} är för tidigt. Kontrollera de fyra första siffrorna.")
    if not samordning and datum is None:
        raise NummerError(
            f"Datumet {fodelse[:4]}-{fodelse[4:6]}-{fodelse[6:]} finns inte. Kontrollera månad och dag."
        )
    if _is_future(fodelse, idag):
        raise NummerError("Födelsedatumet ligger i framtiden. Kontrollera år, månad och dag.")
    if sista[:3] == "000":
        raise NummerError("Födelsenumret kan inte vara 000. Kontrollera de fyra sista siffrorna.")
    if calculate_luhn(fodelse[2:] + sista[:3]) != int(sista[3]):
        raise NummerError("Kontrollsiffran stämmer inte. Kontrollera att siffrorna är rätt avskrivna.")
    kon: Kon = "M" if int(sista[2]) % 2 else "K"
    return Nummer(fodelse + sista, "samordningsnummer" if samordning else "personnummer", datum, kon)


def _find_ar(sex: str, tecken: str, idag: date) -> int:
    """The birth year of a number that leaves its century out."""
    senaste = idag.year - 100 if tecken == "+" else idag.year
    ar = senaste - (senaste - int(sex[:2])) % 100
    return ar - 100 if _is_future(f"{ar:04d}{sex[2:]}", idag) else ar


def _is_future(fodelse: str, idag: date) -> bool:
    """Whether the eight digits mean a day after `idag`; unknown or impossible parts count as the earliest."""
    ar, manad, dag = int(fodelse[:4]), int(fodelse[4:6]), int(fodelse[6:])
    if dag >= 60:
        dag -= 60
    if not 1 <= manad <= 12:
        return ar > idag.year
    return (ar, manad, dag if dag <= 31 else 0) > (idag.year, idag.month, idag.day)


def _real_date(atta: str) -> date | None:
    try:
        return date(int(atta[:4]), int(atta[4:6]), int(atta[6:]))
    except ValueError:
        return None
