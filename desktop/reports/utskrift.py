"""What is printed from a person's card, ready to lay out: facts, texts and tables. No hiding: it is for those
who may see the person, and a protected person's rows come masked already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fakta:
    """Pairs of a term and what it is."""

    rubrik: str
    par: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stycke:
    """A text as it was written; line breaks are kept."""

    rubrik: str
    text: str


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A column's head and its share of the width."""

    namn: str
    del_: float = 1.0
    hoger: bool = False


@dataclass(frozen=True, slots=True)
class Tabell:
    """Rows of text under heads; `tom` is said where there is no row."""

    rubrik: str
    kolumner: tuple[Kolumn, ...]
    rader: tuple[tuple[str, ...], ...]
    tom: str
    not_: str = ""


Del = Fakta | Stycke | Tabell


@dataclass(frozen=True, slots=True)
class Utskrift:
    """A page or more about one person. `vem` is name and number, or that the identity is protected."""

    titel: str
    vem: str
    rader: tuple[str, ...]
    delar: tuple[Del, ...]
    kommun: str = ""
    demo: bool = False
    skyddad: bool = False
