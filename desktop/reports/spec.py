"""What a report says of itself: sections, rows with label and definition, sums and leads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from db.rules.figurer import Figur, Summa
from desktop.reports.leads import Siffror

Ingress = Callable[[Siffror], str]
NAMN = "*"


@dataclass(frozen=True, slots=True)
class Radspec:
    """A row: `id` may hold `*` for one row per name in a catalogue, whose label is then the name.

    Label and definition may hold the words of `assemble`, such as {dagar}.
    """

    id: str
    etikett: str
    definition: str = ""
    niva: int = 0
    nyckeltal: bool = False

    def find(self, figurer: Sequence[Figur]) -> Iterator[Figur]:
        """The figures that this row shows, in the order of the query."""
        fore, stjarna, efter = self.id.partition(NAMN)
        for figur in figurer:
            if figur.id == self.id or (
                stjarna and figur.namn and figur.id.startswith(fore) and figur.id.endswith(efter)
            ):
                yield figur


@dataclass(frozen=True, slots=True)
class Avsnittspec:
    """A section with its rows in order; `diagram` is staplar, andel, fordelning or nothing."""

    rubrik: str
    rader: tuple[Radspec, ...]
    ingress: Ingress = lambda _: ""
    diagram: str = ""


@dataclass(frozen=True, slots=True)
class Rapportspec:
    """A report: name in calls, title, what it tells, sections, and the sums a reader can see (R12)."""

    namn: str
    titel: str
    beskrivning: str
    avsnitt: tuple[Avsnittspec, ...]
    summor: tuple[Summa, ...] = ()
