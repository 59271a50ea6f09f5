"""The cells of a plan's tables: what is printed in the plan as it is printed there, the rest as numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from db.rules.figurer import Tal
from db.rules.plan import INGAENDE, Indikator, Varde, follow_up_period
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import NYCKLAR, Kalla, Utfall
from db.rules.riktvarde import Malslag, parse_tal
from db.rules.tabell import Tabellcell
from desktop.reports import formats

SAKNAS = Tabellcell(formats.SAKNAS, tyst=True)
TOM = Tabellcell()
# (period, row id of the figure) → hidden kön keys and their marks
Dolda = Mapping[tuple[str, str], Mapping[str, str]]
_SUFFIX = {"andel": "%", "dagar": "dagar", "kr": "kr", "tkr": "tkr", "mnkr": "mnkr"}
_SIGN = re.compile(r"i\.?\s?u\.?|\*+|[-–−]", re.IGNORECASE)
_NUMBER = re.compile(r"-([0-9]+)$")
_MOST_TYPED = 4
_SAID = {
    "andel": ("%", "andel", "procent"),
    "dagar": ("dag",),
    "kr": ("kr",),
    "tkr": ("tkr",),
    "mnkr": ("mnkr", "mkr"),
}


def period_head(period: str) -> str:
    """A plain period as a column's head: 2022, Jan–aug 2023, Ingående värde."""
    if period == INGAENDE:
        return "Ingående värde"
    dagar = follow_up_period(period)
    return formats.period_short((dagar.fran.isoformat(), dagar.till.isoformat()))


def label_of(indikator: Indikator) -> str:
    """The name as printed, with the unit where the name does not tell it."""
    namn = indikator.namn.strip()
    suffix = _SUFFIX.get(indikator.enhet, "")
    if not suffix or any(word in namn.lower() for word in _SAID[indikator.enhet]):
        return namn
    return f"{namn},{formats.HARD_SPACE}{suffix}"


def numbered(indikator: Indikator, *, bilaga: bool = False) -> str:
    """The label with the indicator's number before it, where the plan has one; a `bilaga` numbers every
    indicator, by the number that ends its id where the file has no other."""
    nummer = indikator.nummer.strip().rstrip(".")
    if not nummer and bilaga and (found := _NUMBER.search(indikator.kod)):
        nummer = found[1]
    return f"{nummer}. {label_of(indikator)}" if nummer else label_of(indikator)


def suffix_of(indikator: Indikator) -> str:
    """The unit as it stands after a number; "" where there is none."""
    return _SUFFIX.get(indikator.enhet, "")


def target_words(bild: Indikatorbild) -> str:
    """The year's target for all: as printed in words, else minst or högst and the number."""
    provning = bild.provning
    mal = provning.mal["totalt"]
    if mal.slag is not Malslag.TAL or mal.tal is None or mal.text:
        return mal.text or provning.ord["totalt"]
    return f"{provning.riktning.value} {formats.format_decimal(mal.tal)}"


def plain_number(tal: Decimal) -> Tal:
    """The number as a workbook and JSON hold it."""
    return int(tal) if tal == tal.to_integral_value() else float(tal)


def printed(tal: str) -> str:
    """A number of the plan as it is printed, its decimals kept: "50.0" is 50,0."""
    last = parse_tal(tal)
    return tal if last is None else formats.format_decimal(last)


def printed_cell(varde: Varde | None, nyckel: str, ord_: str = "") -> Tabellcell:
    """The plan's own cell: its text where it has one ("ca 580", "I.U"), else its number, after the word
    `ord_` ("minst"). Empty where nothing is printed."""
    if varde is None:
        return TOM
    tal: str | None = getattr(varde, nyckel)
    number = None if tal is None else parse_tal(tal)
    value = None if number is None else plain_number(number)
    if varde.text and (nyckel == "totalt" or _is_sign(varde)):
        return Tabellcell(varde.text, value)
    if tal is None:
        return TOM
    return Tabellcell(f"{ord_} {printed(tal)}" if ord_ else printed(tal), value)


def _is_sign(varde: Varde) -> bool:
    """Whether a sign stands for all of the figures ("I.U", "*"): then it stands in the rows by kön too."""
    alone = varde.kvinnor is None and varde.man is None and varde.totalt is None
    return alone and bool(_SIGN.fullmatch((varde.text or "").strip()))


def decimals_of(indikator: Indikator) -> int:
    """The most decimals that the plan prints for the indicator: what is computed is printed alike."""
    varden = (*indikator.varden, *indikator.riktvarden)
    texts = (getattr(varde, nyckel) or "" for varde in varden for nyckel in NYCKLAR)
    return min(max((len(text.partition(".")[2]) for text in texts), default=0), 2)


@dataclass(frozen=True, slots=True)
class Celler:
    """Makes cells of outcomes, with what is hidden of those that were computed (R12)."""

    dolda: Dolda = field(default_factory=dict)

    def utfall(self, indikator: Indikator, utfall: Utfall | None, nyckel: str) -> Tabellcell:
        """The cell of one kön or totalt; empty where there is no such figure."""
        if utfall is None or utfall.kalla is Kalla.SAKNAS:
            return TOM
        if utfall.kalla is Kalla.TRYCKT:
            return printed_cell(utfall.tryckt, nyckel)
        if mark := self.marks(utfall).get(nyckel):
            return Tabellcell(mark, dold=mark)
        tal = utfall.tal(nyckel)
        if tal is None:
            return Tabellcell(utfall.text) if nyckel == "totalt" else TOM
        return Tabellcell(self._number(indikator, utfall, tal), plain_number(tal))

    def marks(self, utfall: Utfall | None) -> Mapping[str, str]:
        """What is hidden of an outcome."""
        if utfall is None or utfall.figur is None or utfall.kalla is not Kalla.BERAKNAT:
            return {}
        return self.dolda.get((utfall.period, utfall.figur.id), {})

    def visible(self, utfall: Utfall | None, nyckel: str) -> Decimal | None:
        """The number, None where it is hidden or missing."""
        return None if utfall is None or nyckel in self.marks(utfall) else utfall.tal(nyckel)

    def _number(self, indikator: Indikator, utfall: Utfall, tal: Decimal) -> str:
        decimals = decimals_of(indikator)
        if utfall.kalla in (Kalla.SKRIVET, Kalla.KOLADA):
            return formats.format_decimal(_typed(tal, decimals))
        values = [t for nyckel in NYCKLAR if (t := utfall.tal(nyckel)) is not None]
        enhet = indikator.enhet if indikator.enhet in formats.SUFFIX else "antal"
        needed = formats.decimals_for(enhet, map(float, values))
        return formats.format_tal(float(tal), max(decimals, needed))


def _typed(tal: Decimal, decimals: int) -> Decimal:
    """As it was typed, with at least so many decimals."""
    given = -int(tal.normalize().as_tuple().exponent)
    kept = max(given if given <= _MOST_TYPED else 1, decimals)  # more is the noise of a computed cell
    return tal.quantize(Decimal(1).scaleb(-kept), rounding=ROUND_HALF_UP)


def has_kon(indikator: Indikator, utfall: Iterable[Utfall | None]) -> bool:
    """Whether the indicator has rows for kvinnor and män: the plan says so, or a figure is there."""
    return indikator.konsuppdelad or any(
        one is not None and (one.kvinnor is not None or one.man is not None) for one in utfall
    )
