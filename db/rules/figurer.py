"""A figure by kön: the one shape in which every query hands its results to screen, PDF, Excel and JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from db.rules.tabell import Del, Forklaring

KON_NYCKLAR = ("kvinnor", "man", "uppgift_saknas", "totalt")
ENHETER = ("antal", "andel", "dagar", "kr", "ar")

Tal = int | float


@dataclass(frozen=True, slots=True)
class Konsvarden:
    """One value for kvinnor, män, uppgift saknas (R2) and totalt; None where there is no such value.

    A figure that does not count people has only `totalt`.
    """

    kvinnor: Tal | None = None
    man: Tal | None = None
    uppgift_saknas: Tal | None = None
    totalt: Tal | None = None

    def __iter__(self) -> Iterator[Tal | None]:
        return iter((self.kvinnor, self.man, self.uppgift_saknas, self.totalt))

    def get(self, nyckel: str) -> Tal | None:
        """The value under one of KON_NYCKLAR."""
        value: Tal | None = getattr(self, nyckel)
        return value


@dataclass(frozen=True, slots=True)
class Figur:
    """One row of a report before hiding (R12).

    `varde` is exact: a share in per cent, not rounded. `taljare` and `namnare` are the counts behind a
    share; for a median, mean or sum `namnare` is the number of people it rests on. `skyddas` is False
    for figures that are not about people (platser, kronor per plats). `namn` is the name of what a
    dynamic row is about (an insatstyp, an enhet). `taljare_id` and `namnare_id` name the row that
    prints the same count, or any shared name where two figures rest on one unprinted count: hiding
    (R12) then knows that they are one number. `matt` is True for an amount that counts no people, such as
    helårsplatser: however small, it is hidden only when few people stand behind it.
    """

    id: str
    enhet: str
    varde: Konsvarden
    taljare: Konsvarden | None = None
    namnare: Konsvarden | None = None
    skyddas: bool = True
    namn: str = ""
    taljare_id: str = ""
    namnare_id: str = ""
    matt: bool = False


def nothing_yet(figurer: Iterable[Figur]) -> tuple[Figur, ...]:
    """The figures of days to come: counts are zero, all else is missing. What is still going on today is no
    figure of a period that has not begun."""
    return tuple(
        replace(
            figur,
            varde=_nought(figur.varde) if figur.enhet == "antal" else Konsvarden(),
            taljare=None if figur.taljare is None else _nought(figur.taljare),
            namnare=None if figur.namnare is None else _nought(figur.namnare),
        )
        for figur in figurer
    )


def _nought(varde: Konsvarden) -> Konsvarden:
    return Konsvarden(*(None if tal is None else 0 for tal in varde))


@dataclass(frozen=True, slots=True)
class Summa:
    """A sum that a reader can see: row `hel` is, for every kön, the sum of the rows `delar`.

    A share stands for its numerator: the share of two rows together is a sum of both (R12).
    """

    hel: str
    delar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rad:
    """One printed row, already hidden: a hidden value is None and its key stands in `dolda` with its mark.

    `nyckeltal` rows stand as cards on the first page of a printed report. `enhetsord` is what the numbers are
    called where the word of `enhet` would mislead, `decimaler` how many are printed where they need any and
    `minst_decimaler` how many always. A card also says what it is compared with (`jamforelse_namn`) and, with
    a target (`riktvarde`), how it stands to that: `status` is one of STATUSAR, `statusord` its word.
    """

    id: str
    etikett: str
    enhet: str
    varde: Konsvarden
    jamforelse: Konsvarden
    dolda: dict[str, str]
    jamforelse_dolda: dict[str, str]
    definition: str = ""
    niva: int = 0
    konsuppdelad: bool = True
    nyckeltal: bool = False
    enhetsord: str = ""
    decimaler: int = 1
    minst_decimaler: int = 0
    jamforelse_namn: str = ""
    riktvarde: str = ""
    status: str = ""
    statusord: str = ""


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section of a report: heading, lead, rows by kön, and which chart shows them ('' = none).

    `delar` are tables, texts and lists that follow the rows, or stand instead of them.
    """

    rubrik: str
    rader: tuple[Rad, ...]
    ingress: str = ""
    diagram: str = ""
    delar: tuple[Del, ...] = ()


@dataclass(frozen=True, slots=True)
class Rapport:
    """A whole report, hidden and labelled: all that a writer (JSON, Excel, PDF, screen) gets.

    `framsida` are parts that close the first page, each under its heading; `lasning` are parts that open the
    reading help, and `begrepp` words that it explains beside the definitions of the rows. `kort` are the key
    figures of the first page where they are no rows of a section, and `korthet` its sentences where they are
    not the first of each lead. `fler_dolda`: some of it is hidden only because of a print that is out already
    (R12). `sammantrade` is the day of the meeting that gets it, `dnr` its diarienummer; "" where not known.
    `urval` is whom it is narrowed to, as names and values (db.rules.urval).
    """

    rapport: str
    titel: str
    period: "tuple[str, str]"
    per: str
    avsnitt: tuple[Avsnitt, ...]
    period_namn: str = ""
    jamforelse_period: "tuple[str, str] | None" = None
    jamforelse_namn: str = ""
    kommun: str = ""
    namnd: str = ""
    uttag: str = ""
    demo: bool = False
    troskel: int = 5
    framsida: tuple[Avsnitt, ...] = ()
    lasning: tuple[Del, ...] = ()
    begrepp: tuple[Forklaring, ...] = ()
    fler_dolda: bool = False
    kort: tuple[Rad, ...] = ()
    korthet: tuple[str, ...] = ()
    sammantrade: str = ""
    dnr: str = ""
    urval: tuple[tuple[str, str], ...] = ()
