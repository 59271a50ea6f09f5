"""What a report says of itself: sections, rows with label and definition, sums and leads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.rules.figurer import Avsnitt, Figur, Summa
from db.rules.sidor import Lager, Nar
from db.rules.tabell import Forklaring
from desktop.reports.leads import Siffror

# Rows of the period, and of the comparison where there is one.
Listor = Callable[[Sequence[Any], Sequence[Any] | None], tuple[Avsnitt, ...]]
Ingress = Callable[[Siffror], str]
NAMN = "*"


@dataclass(frozen=True, slots=True)
class Radspec:
    """A row: `id` may hold `*` for one row per name in a catalogue, whose label is then the name.

    Label and definition may hold the words of `assemble`, such as {dagar}; `enhetsord` and `decimaler` are
    those of Rad.
    """

    id: str
    etikett: str
    definition: str = ""
    niva: int = 0
    nyckeltal: bool = False
    enhetsord: str = ""
    decimaler: int = 1

    def find(self, figurer: Sequence[Figur]) -> Iterator[Figur]:
        """The figures that this row shows, in the order of the query."""
        return (figur for figur in figurer if _fits(self.id, figur))


@dataclass(frozen=True, slots=True)
class Avsnittspec:
    """A section with its rows in order; `diagram` is staplar, andel, fordelning or nothing."""

    rubrik: str
    rader: tuple[Radspec, ...]
    ingress: Ingress = lambda _: ""
    diagram: str = ""


@dataclass(frozen=True, slots=True)
class Rapportspec:
    """A report: name in calls, title, what it tells, sections, and the sums a reader can see (R12).

    A part of a sum may hold `*`, as a row may: then every row of the catalogue is a part. `listor` makes
    sections of rows that are no figures, the period's and the comparison's; `begrepp` are words to explain.
    `nar` tells the rows that are not about all of the period (they may hold `*` too): hiding against earlier
    prints follows it, and the sums of `lager`. A row left out there is hidden more than need be, never less.
    `urval`: it counts people, and can be narrowed to some of them.
    """

    namn: str
    titel: str
    beskrivning: str
    avsnitt: tuple[Avsnittspec, ...]
    summor: tuple[Summa, ...] = ()
    listor: Listor | None = None
    begrepp: tuple[Forklaring, ...] = ()
    nar: Mapping[str, Nar] = field(default_factory=dict)
    lager: tuple[Lager, ...] = ()
    urval: bool = False

    def sums(self, figurer: Sequence[Figur]) -> tuple[Summa, ...]:
        """The sums with the rows that the catalogues give."""
        return tuple(Summa(s.hel, tuple(_expand(s.delar, figurer))) for s in self.summor)

    def days(self, figurer: Sequence[Figur]) -> dict[str, Nar]:
        """The rows that are not about all of the period, and which days they are about."""
        return {id_: nar for rad, nar in self.nar.items() for id_ in _expand((rad,), figurer)}


def _expand(ids: Sequence[str], figurer: Sequence[Figur]) -> Iterator[str]:
    for id_ in ids:
        if NAMN in id_:
            yield from (figur.id for figur in figurer if _fits(id_, figur))
        else:
            yield id_  # also one that no row prints: the numerator of a share


def _fits(id_: str, figur: Figur) -> bool:
    """Whether the figure is the row, or one of the rows with a name that `*` stands for."""
    fore, stjarna, efter = id_.partition(NAMN)
    if not stjarna:
        return figur.id == id_
    return bool(figur.namn) and figur.id.startswith(fore) and figur.id.endswith(efter)
