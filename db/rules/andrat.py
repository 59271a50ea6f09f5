"""What differs between a frozen report and the same report made now: what a reader sees of both, by row.

Both are hidden, the later one against the frozen one too (R12): where the difference would tell of so few,
the new number is hidden, and what is hidden in either is not compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.rules.andrat_tabell import Cellskillnad, compare_tables, plain_parts
from db.rules.figurer import KON_NYCKLAR, Konsvarden, Rad, Rapport, Tal
from db.rules.suppression import change

PERIOD, JAMFORELSE = "period", "jamforelse"
_NARA = 1e-9


@dataclass(frozen=True, slots=True)
class Skillnad:
    """A printed number that is another now. `sida` is PERIOD or JAMFORELSE, `nyckel` one of KON_NYCKLAR.

    `da` and `nu` are the numbers, `da_dold` and `nu_dold` the marks where they are hidden; `skillnad` is the
    difference of the printed numbers where both are shown. A row that came or went has neither number nor
    mark on one side.
    """

    avsnitt: str
    rad: str
    etikett: str
    enhet: str
    sida: str
    nyckel: str
    da: Tal | None
    nu: Tal | None
    da_dold: str = ""
    nu_dold: str = ""
    skillnad: Tal | None = None


@dataclass(frozen=True, slots=True)
class Andrat:
    """What has changed since: numbers, the headings of sections whose texts are others, cells of tables."""

    tal: tuple[Skillnad, ...]
    avsnitt: tuple[str, ...]
    celler: tuple[Cellskillnad, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tal or self.avsnitt or self.celler)


def compare_reports(fryst: Rapport, nu: Rapport) -> Andrat:
    """What a reader of both reports sees differ, in the order of the frozen one; new rows come last."""
    gamla, nya = _rows(fryst), _rows(nu)
    tal = [
        skillnad
        for rad_id, (rubrik, rad) in {**gamla, **nya}.items()
        for skillnad in _compare_rows(rubrik, rad, gamla.get(rad_id), nya.get(rad_id))
    ]
    delar = {avsnitt.rubrik: avsnitt.delar for avsnitt in (*fryst.framsida, *fryst.avsnitt)}
    andra = {avsnitt.rubrik: avsnitt.delar for avsnitt in (*nu.framsida, *nu.avsnitt)}
    par = {r: (delar.get(r) or (), andra.get(r) or ()) for r in {**delar, **andra}}
    rubriker = tuple(r for r, (a, b) in par.items() if plain_parts(a) != plain_parts(b))
    celler = (cell for r, (a, b) in par.items() for cell in compare_tables(r, a, b))
    return Andrat(tuple(tal), rubriker, tuple(celler))


def _rows(rapport: Rapport) -> dict[str, tuple[str, Rad]]:
    return {rad.id: (avsnitt.rubrik, rad) for avsnitt in rapport.avsnitt for rad in avsnitt.rader}


def _compare_rows(
    rubrik: str, rad: Rad, da: tuple[str, Rad] | None, nu: tuple[str, Rad] | None
) -> Iterator[Skillnad]:
    for sida, varde, dolda in ((PERIOD, "varde", "dolda"), (JAMFORELSE, "jamforelse", "jamforelse_dolda")):
        fore, efter = ((_side(r[1], varde, dolda) if r else (Konsvarden(), {})) for r in (da, nu))
        printed = change(rad.enhet, efter[0], fore[0], _decimals(rad, (*fore[0], *efter[0])))
        for k in KON_NYCKLAR:
            a, b = fore[0].get(k), efter[0].get(k)
            mark_a, mark_b = fore[1].get(k, ""), efter[1].get(k, "")
            if _differs(a, b, mark_a, mark_b):
                yield Skillnad(
                    rubrik, rad.id, rad.etikett, rad.enhet, sida, k, a, b, mark_a, mark_b, printed.get(k)
                )


def _decimals(rad: Rad, values: Sequence[Tal | None]) -> int:
    """As printed: none for shares and kronor, else those of the row where any number needs them."""
    whole = all(value is None or float(value).is_integer() for value in values)
    return 0 if whole or rad.enhet in ("andel", "kr") else rad.decimaler


def _side(rad: Rad, varde: str, dolda: str) -> tuple[Konsvarden, Mapping[str, str]]:
    return getattr(rad, varde), getattr(rad, dolda)


def _differs(a: Tal | None, b: Tal | None, mark_a: str, mark_b: str) -> bool:
    """Whether one is shown and the other is not, or they are two numbers."""
    if a is None or b is None:
        return (a is None) != (b is None) or bool(mark_a) != bool(mark_b)
    return abs(a - b) > _NARA
