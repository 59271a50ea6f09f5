"""Parts of a report that are not one figure by kön per row: tables of printed cells, text, lists, counts.

Everything here is data, never markup, and already hidden (R12): a hidden cell has its mark and no number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.rules.statistik import Tal

NAS, PA_VAG, NAS_INTE, OKLART = "nas", "pa_vag", "nas_inte", "oklart"
STATUSAR = (NAS, PA_VAG, NAS_INTE, OKLART)


@dataclass(frozen=True, slots=True)
class Tabellkolumn:
    """A column: its head, the head it shares with its neighbours, and whether figures stand in it.

    `del_` is the share of the width that columns of words divide; `totalt` tints the column and makes its
    figures heavier; `nyckel` is what a row's JSON calls the value ('' = not in JSON).
    """

    namn: str
    grupp: str = ""
    siffror: bool = False
    totalt: bool = False
    del_: float = 1.0
    nyckel: str = ""


@dataclass(frozen=True, slots=True)
class Tabellcell:
    """One printed cell: the text as it is printed, and the number it stands for where it stands for one.

    `dold` is the mark of a hidden figure, whose `tal` is None. `status` is one of STATUSAR: a shape drawn
    before the word. `spann` columns are taken; `tyst` prints smaller and greyer ("saknas").
    """

    text: str = ""
    tal: Tal | None = None
    dold: str = ""
    status: str = ""
    spann: int = 1
    tyst: bool = False
    stark: bool = False


@dataclass(frozen=True, slots=True)
class Tabellrad:
    """A row: its head in the first column, over `spann` columns, and the cells of the others.

    `band` rows open a group, tinted; rows of a level (`niva`) above 0 belong to the row over them. `data` is
    what JSON says of the row beside id and etikett; without it, the columns that have a `nyckel`.
    Rows without `id` are no rows in JSON.
    """

    etikett: str
    celler: tuple[Tabellcell, ...] = ()
    id: str = ""
    niva: int = 0
    stark: bool = False
    band: bool = False
    spann: int = 1
    data: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Tabell:
    """A printed table. `kolumner` begins with the column of the rows' heads; `tom` is said without rows.

    Without `bildtext` it has no caption and no number; `rubrik` is a heading of its own before it.
    """

    kolumner: tuple[Tabellkolumn, ...]
    rader: tuple[Tabellrad, ...]
    bildtext: str = ""
    kalla: str = ""
    noter: tuple[str, ...] = ()
    tom: str = ""
    rubrik: str = ""

    def marks(self) -> set[str]:
        """The marks of hidden figures that stand in the table."""
        return {cell.dold for rad in self.rader for cell in rad.celler if cell.dold}


@dataclass(frozen=True, slots=True)
class Stycke:
    """A text as it was written, line breaks kept; with a heading of its own where `rubrik` is given."""

    text: str
    rubrik: str = ""


@dataclass(frozen=True, slots=True)
class Punktlista:
    """A list of points."""

    punkter: tuple[str, ...]
    rubrik: str = ""


@dataclass(frozen=True, slots=True)
class Forklaring:
    """What a word means; `status` draws its shape before it."""

    ord: str
    text: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Forklaringar:
    """Words and what they mean."""

    rader: tuple[Forklaring, ...]
    rubrik: str = ""


@dataclass(frozen=True, slots=True)
class Statusantal:
    """How many there are of a status."""

    status: str
    ord: str
    antal: int


@dataclass(frozen=True, slots=True)
class Statusrad:
    """Counts by status, side by side."""

    antal: tuple[Statusantal, ...]


@dataclass(frozen=True, slots=True)
class Stapel:
    """A bar: whose it is and when ("Kvinnor 2024"), how long, its figure as printed. `kon` is kvinnor, man or
    totalt; `tidigare` draws it lighter, as what the present is held against."""

    namn: str
    tal: Tal
    text: str
    kon: str
    tidigare: bool = False


@dataclass(frozen=True, slots=True)
class Stapelgrupp:
    """The bars of one measure, on a scale of its own from 0 to `skala`; `riktvarde` is a line over them, in
    words `riktord` ("" for none)."""

    namn: str
    staplar: tuple[Stapel, ...]
    skala: Tal
    riktvarde: Tal = 0
    riktord: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Bars of several measures under a heading of their own, and what to know of them. Its numbers stand in a
    table of the same section too."""

    rubrik: str
    grupper: tuple[Stapelgrupp, ...]
    not_: str = ""


Del = Tabell | Stycke | Punktlista | Forklaringar | Statusrad | Diagram
