"""Targets (riktvärden) as printed, understood by a machine, and whether an outcome reaches them (R13).

Free text is never judged. A bare number says nothing of whether more is better: `find_riktning` settles it
from what the plan itself tells, and the answer is printed as a word (minst, högst), so that a reader sees it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt

from db.rules.datum import NBSP

SIGNIFIKANS = 1.959963984540054  # |z| of a two-sided test at 5 %


class Riktning(StrEnum):
    """Which way is better."""

    UPP = "minst"
    NER = "högst"


class Malslag(StrEnum):
    """What kind of target a text is."""

    TAL = "tal"
    OKA = "öka"
    MINSKA = "minska"
    BIBEHALL = "bibehålla"
    INGA_SKILLNADER = "inga signifikanta skillnader"
    FRITEXT = "fritext"
    SAKNAS = "saknas"


class Maluppfyllelse(StrEnum):
    """How an outcome stands to its target."""

    NAS = "Nås"
    PA_VAG = "På väg"
    NAS_INTE = "Nås inte"
    GAR_INTE = "Går inte att bedöma"


@dataclass(frozen=True, slots=True)
class Riktvarde:
    """A target understood. `tecken` is how an outcome is held against `tal`: `>=`, `<=`, `>`, `<`, "" where
    the text has none; `text` is what was printed."""

    slag: Malslag
    tal: Decimal | None = None
    tecken: str = ""
    text: str = ""


class RiktvardeError(ValueError):
    """The text starts as a comparison but holds no number; the message is Swedish."""


_TECKEN = {
    "≥": ">=", ">=": ">=", "=>": ">=", "minst": ">=", "lägst": ">=",
    "≤": "<=", "<=": "<=", "=<": "<=", "högst": "<=", "max": "<=",
    ">": ">", "mer än": ">", "fler än": ">", "över": ">",
    "<": "<", "mindre än": "<", "färre än": "<", "under": "<",
    "öka till": ">=", "ökar till": ">=", "minska till": "<=", "minskar till": "<=",
    "": "", "ca": "", "cirka": "",
}  # fmt: skip
_ORD = {
    **dict.fromkeys(("öka", "ökar", "ökas", "ska öka", "skall öka"), Malslag.OKA),
    **dict.fromkeys(("minska", "minskar", "minskas", "ska minska", "skall minska"), Malslag.MINSKA),
    **dict.fromkeys(
        ("bibehålla", "bibehålls", "bibehållas", "ska bibehållas", "oförändrat", "oförändrad"),
        Malslag.BIBEHALL,
    ),
    **dict.fromkeys(
        (
            "inga signifikanta skillnader",
            "inga signifikanta skillnader mellan könen",
            "inga signifikanta skillnader mellan kvinnor och män",
        ),
        Malslag.INGA_SKILLNADER,
    ),
}
_INGET = re.compile(r"i\.?\s?u\.?|\*+|[-–−]|värde saknas|ny indikator")
_MELLANRUM = f"[ {NBSP}\u2007\u2009\u202f]"
_TAL = rf"[-−–]?\s?\d+(?:{_MELLANRUM}\d{{3}})*(?:[.,]\d+)?"
_ENHET = (
    "%|procent|procentenheter|dagar|veckor|månader|år|timmar|kronor|kr|tkr|mkr|mnkr|st|stycken|personer"
    "|deltagare|elever|hushåll|barn|ärenden|platser|anställningar|poäng"
)
_MAL = re.compile(
    rf"(?P<tecken>{'|'.join(re.escape(t) for t in sorted(_TECKEN, key=len, reverse=True) if t)})?\.?\s*"
    rf"(?P<tal>{_TAL})\s*(?:{_ENHET})?\.?"
)
# Measures of which everybody wants fewer, whatever a plan says of them.
_FARRE = re.compile(
    r"frånvaro|personalavgång|personalomsättning|arbetslöshet|ohälsotal|utsläpp|väntetid|handläggningstid"
)
_MER = ("index", "betyg")  # units in which more is better
_ALDRIG_UNDER_NOLL = ("antal", "andel", "dagar")  # "minst 0" would be no target
_NER = re.compile(r"\b(högst|minska[rs]?|minskat|färre|lägre)\b")
_SYMBOL = re.compile(r"[≥≤<>=]")


def parse_tal(text: str) -> Decimal | None:
    """A number as printed or as a Swede writes it ("1 250,5", "50.0", "−3"); None for anything else."""
    if not re.fullmatch(_TAL, text.strip()):
        return None
    ren = re.sub(_MELLANRUM, "", text.strip()).replace(",", ".")
    return Decimal(re.sub("^[−–]", "-", ren))


def parse_riktvarde(text: str) -> Riktvarde:
    """A printed target. Raises RiktvardeError for a sign of comparison without a number."""
    ren = " ".join(text.casefold().split())
    if not ren or _INGET.fullmatch(ren):
        return Riktvarde(Malslag.SAKNAS, text=text)
    if slag := _ORD.get(ren.rstrip(".")):
        return Riktvarde(slag, text=text)
    if match := _MAL.fullmatch(ren):
        return Riktvarde(Malslag.TAL, parse_tal(match["tal"]), _TECKEN[match["tecken"] or ""], text)
    if _SYMBOL.match(ren):
        raise RiktvardeError(f"Riktvärdet ”{text.strip()}” går inte att läsa. Skriv ett tal efter tecknet.")
    return Riktvarde(Malslag.FRITEXT, text=text)


def parse_riktvarde_or_text(text: str) -> Riktvarde:
    """A printed target; what cannot be read is free text."""
    try:
        return parse_riktvarde(text)
    except RiktvardeError:
        return Riktvarde(Malslag.FRITEXT, text=text)


def find_riktning(
    mal: Riktvarde,
    kand: Riktning | None = None,
    ovriga: Sequence[Decimal] = (),
    tidigare: Iterable[Decimal | None] = (),
    namn: str = "",
    enhet: str = "",
) -> Riktning:
    """Which way is better. The first that tells: the target's own sign or word; `kand`, what is known of the
    measure; the plan's numeric targets of all years in order (falling means fewer is better); a measure that
    everybody wants less of by its name (sjukfrånvaro), or more of by its unit (index, betyg); the target
    against where one comes from (`tidigare`: baseline, then earlier outcomes, the oldest first); "högst" or
    "minska" in the measure's name, or nought as the target of what is never less; else up.
    """
    if mal.tecken or mal.slag in (Malslag.OKA, Malslag.MINSKA):
        return Riktning.NER if mal.tecken in ("<", "<=") or mal.slag is Malslag.MINSKA else Riktning.UPP
    if kand is not None:
        return kand
    if len(ovriga) > 1 and ovriga[0] != ovriga[-1]:
        return Riktning.NER if ovriga[-1] < ovriga[0] else Riktning.UPP
    if _FARRE.search(namn.casefold()) or enhet in _MER:
        return Riktning.NER if _FARRE.search(namn.casefold()) else Riktning.UPP
    fore = next((t for t in tidigare if t is not None and t != mal.tal), None)
    if mal.tal is not None and fore is not None:
        return Riktning.NER if mal.tal < fore else Riktning.UPP
    is_noll = mal.tal == 0 and enhet in _ALDRIG_UNDER_NOLL
    return Riktning.NER if is_noll or _NER.search(namn.casefold()) else Riktning.UPP


def judge(
    mal: Riktvarde, utfall: Decimal | None, jamforelse: Decimal | None, riktning: Riktning
) -> Maluppfyllelse:
    """Whether the outcome reaches the target. `jamforelse`: the baseline, else the previous outcome.

    Not reached but better than the comparison is På väg. Öka and Minska need the comparison; Bibehålla is
    reached by what is as good or better. Free text, and no outcome, cannot be judged.
    """
    if utfall is None:
        return Maluppfyllelse.GAR_INTE
    upp = riktning is Riktning.UPP
    if mal.slag is Malslag.TAL and mal.tal is not None:
        if _reaches(mal.tecken or (">=" if upp else "<="), utfall, mal.tal):
            return Maluppfyllelse.NAS
        better = jamforelse is not None and (utfall > jamforelse if upp else utfall < jamforelse)
        return Maluppfyllelse.PA_VAG if better else Maluppfyllelse.NAS_INTE
    tecken = {Malslag.OKA: ">", Malslag.MINSKA: "<", Malslag.BIBEHALL: ">=" if upp else "<="}.get(mal.slag)
    if tecken is None or jamforelse is None:
        return Maluppfyllelse.GAR_INTE
    return Maluppfyllelse.NAS if _reaches(tecken, utfall, jamforelse) else Maluppfyllelse.NAS_INTE


def judge_skillnad(kvinnor: tuple[float, float] | None, man: tuple[float, float] | None) -> Maluppfyllelse:
    """ "Inga signifikanta skillnader": a two-sided two-proportion test between kön at 5 %.

    Each kön is (how many, of how many). Without both bases it cannot be judged.
    """
    if kvinnor is None or man is None or kvinnor[1] <= 0 or man[1] <= 0:
        return Maluppfyllelse.GAR_INTE
    (x1, n1), (x2, n2) = kvinnor, man
    gemensam = (x1 + x2) / (n1 + n2)
    spridning = gemensam * (1 - gemensam) * (1 / n1 + 1 / n2)
    if spridning <= 0:
        return Maluppfyllelse.NAS
    z = abs(x1 / n1 - x2 / n2) / sqrt(spridning)
    return Maluppfyllelse.NAS_INTE if z > SIGNIFIKANS else Maluppfyllelse.NAS


def weigh_kon(delar: Sequence[Maluppfyllelse]) -> Maluppfyllelse:
    """One answer of several: the worst that could be judged, and Går inte att bedöma where none could."""
    ordning = (Maluppfyllelse.NAS_INTE, Maluppfyllelse.PA_VAG, Maluppfyllelse.NAS)
    return next((o for o in ordning if o in delar), Maluppfyllelse.GAR_INTE)


def say_riktvarde(mal: Riktvarde, riktning: Riktning | None, skrivet: str = "") -> str:
    """The target in words: "minst 75", "högst 10", "mer än 89,9", "öka", the printed free text, "" for none.

    Without `riktning` a bare number stays bare. `skrivet` is the number as it is to be printed; by default as
    it stands in the plan, with a comma.
    """
    if mal.slag is Malslag.SAKNAS:
        return ""
    if mal.slag is not Malslag.TAL:
        return mal.text if mal.slag is Malslag.FRITEXT else mal.slag.value
    ord_ = {">=": "minst", "<=": "högst", ">": "mer än", "<": "mindre än", "": riktning or ""}[mal.tecken]
    tal = skrivet or str(mal.tal).replace(".", ",").replace("-", "−")
    return f"{ord_} {tal}".lstrip()


def _reaches(tecken: str, utfall: Decimal, mal: Decimal) -> bool:
    if tecken == ">=":
        return utfall >= mal
    if tecken == "<=":
        return utfall <= mal
    return utfall > mal if tecken == ">" else utfall < mal
