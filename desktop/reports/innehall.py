"""What of a report is printed: the sections chosen, with charts or without, and the comment to the nämnd."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from db.errors import KnownError
from db.rules.figurer import Avsnitt, Rapport
from db.rules.tabell import Diagram, Stycke
from db.rules.text import slug

DIAGRAM = "diagram"
KOMMENTAR = "Förvaltningens kommentar"
LONGEST = 30_000  # characters of a comment: what a cell of a workbook holds
TOO_LONG = "Kommentaren är för lång. Korta den."
NOTHING_LEFT = "Välj minst ett avsnitt."


@dataclass(frozen=True, slots=True)
class Del:
    """A part of a report that can be left out: what calls name it, and its words."""

    nyckel: str
    rubrik: str


@dataclass(frozen=True, slots=True)
class Tillval:
    """What is chosen of a report beside its period and comparison: `utan` are the parts left out, `enhet`
    (also a spår) and `malgrupp` whom it is narrowed to, by name."""

    utan: tuple[str, ...] = ()
    kommentar: str = ""
    enhet: str = ""
    malgrupp: str = ""

    def parametrar(self) -> dict[str, str]:
        """What is chosen, as a frozen report keeps it; nothing for what is as it comes."""
        chosen = {
            "utan": " ".join(self.utan), "kommentar": self.kommentar.strip(), "enhet": self.enhet.strip(),
            "malgrupp": self.malgrupp.strip(),
        }  # fmt: skip
        return {namn: text for namn, text in chosen.items() if text}

    @staticmethod
    def from_parametrar(parametrar: Mapping[str, str]) -> "Tillval":
        """What `parametrar` wrote down."""
        text = {namn: parametrar.get(namn, "") for namn in ("kommentar", "enhet", "malgrupp")}
        return Tillval(tuple(parametrar.get("utan", "").split()), **text)


SOM_DEN_AR = Tillval()


def list_delar(rapport: Rapport) -> tuple[Del, ...]:
    """What can be left out of the report: its sections in order, and the charts where it has any."""
    rubriker = {slug(avsnitt.rubrik): avsnitt.rubrik for avsnitt in rapport.avsnitt}
    delar = [Del(nyckel, rubrik) for nyckel, rubrik in rubriker.items()]
    if any(_without_charts(avsnitt) != avsnitt for avsnitt in rapport.avsnitt):
        delar.insert(0, Del(DIAGRAM, "Diagram"))
    return tuple(delar)


def _without_charts(avsnitt: Avsnitt) -> Avsnitt:
    delar = tuple(del_ for del_ in avsnitt.delar if not isinstance(del_, Diagram))
    return replace(avsnitt, diagram="", delar=delar)


def choose_innehall(rapport: Rapport, tillval: Tillval) -> Rapport:
    """The report without the parts named, and with the comment in a section of its own, last.

    A part that this report does not have is passed over: sections of some reports come and go. What is left
    out is remembered as if it were printed (R12), so that hidden is the same whatever is chosen. Raises
    KnownError where nothing would be left, and for a comment that is too long.
    """
    utan, kommentar = tillval.utan, tillval.kommentar.strip()
    if len(kommentar) > LONGEST:
        raise KnownError(TOO_LONG)
    kvar = tuple(a for a in rapport.avsnitt if slug(a.rubrik) not in utan)
    if rapport.avsnitt and not kvar:
        raise KnownError(NOTHING_LEFT)
    if DIAGRAM in utan:
        kvar = tuple(_without_charts(avsnitt) for avsnitt in kvar)
    if kommentar:
        kvar += (Avsnitt(KOMMENTAR, (), delar=(Stycke(kommentar),)),)
    return replace(rapport, avsnitt=kvar)
