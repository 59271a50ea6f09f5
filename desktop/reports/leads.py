"""Sentences of the leads: plain Swedish made from hidden rows, so that no lead gives a number away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.rules.figurer import Rad, Tal
from desktop.reports import formats

DOLT = "visas inte, för att skydda enskilda personer"


@dataclass(frozen=True, slots=True)
class Siffror:
    """The rows of a report as a lead may use them, and what the days and periods are called."""

    rader: Mapping[str, Rad]
    sista_dag: str
    per: str
    jamforelse: str = ""
    ord: Mapping[str, str] = field(default_factory=dict)

    def tal(self, id_: str, nyckel: str = "totalt") -> Tal | None:
        """The visible number; None where it is hidden or missing."""
        rad = self.rader.get(id_)
        return None if rad is None or nyckel in rad.dolda else rad.varde.get(nyckel)

    def antal(self, id_: str, en: str, flera: str, nyckel: str = "totalt") -> str:
        """ "1 person", "12 personer", "färre än 5 personer"; "" where the number is protected or missing."""
        tal = self.tal(id_, nyckel)
        if tal is None:
            mark = self.rader[id_].dolda.get(nyckel, "") if id_ in self.rader else ""
            return f"{formats.spoken_mark(mark)} {flera}" if mark.startswith("<") else ""
        text = formats.format_tal(tal, formats.decimals_for("antal", [tal]))
        return f"{text}{formats.HARD_SPACE}{en if text == '1' else flera}"

    def procent(self, id_: str, nyckel: str = "totalt") -> str:
        """ "49 procent"; "" where the share is hidden or there is nothing to share."""
        tal = self.tal(id_, nyckel)
        return "" if tal is None else f"{formats.format_tal(tal)}{formats.HARD_SPACE}procent"

    def dagar(self, id_: str, nyckel: str = "totalt") -> str:
        """ "1 dag", "19,7 dagar"; "" where hidden or missing."""
        tal = self.tal(id_, nyckel)
        if tal is None:
            return ""
        text = formats.format_tal(tal, formats.decimals_for("dagar", [tal]))
        return f"{text}{formats.HARD_SPACE}{'dag' if text == '1' else 'dagar'}"

    def kronor(self, id_: str) -> str:
        """ "12 400 kronor"; "" where missing."""
        tal = self.tal(id_)
        if tal is None:
            return ""
        text = formats.format_tal(tal)
        return f"{text}{formats.HARD_SPACE}{'krona' if text == '1' else 'kronor'}"

    def kon(self, id_: str) -> str:
        """ ", 917 kvinnor och 901 män" after a count; "" unless both are visible and somebody is there."""
        if not self.tal(id_) or None in (self.tal(id_, "kvinnor"), self.tal(id_, "man")):
            return ""
        return (
            f", {self.antal(id_, 'kvinna', 'kvinnor', 'kvinnor')} och {self.antal(id_, 'man', 'män', 'man')}"
        )

    def kon_andel(self, id_: str) -> str:
        """A sentence on the share of kvinnor and män; "" unless both are visible."""
        kvinnor, man = self.procent(id_, "kvinnor"), self.procent(id_, "man")
        if not kvinnor or not man:
            return ""
        if kvinnor == man:
            return f"Andelen är lika stor för kvinnor och män, {kvinnor}."
        return f"För kvinnor är andelen {kvinnor} och för män {man}."

    def andring(self, id_: str, ord_: tuple[str, str, str] = ("fler", "färre", "lika många")) -> str:
        """A sentence on the change since the comparison, from printed numbers; "" where one is not shown."""
        nu, rad = self.tal(id_), self.rader.get(id_)
        if nu is None or rad is None or not self.jamforelse or "totalt" in rad.jamforelse_dolda:
            return ""
        fore = rad.jamforelse.totalt
        if fore is None:
            return ""
        skillnad = formats.change(fore, nu, formats.decimals_for(rad.enhet, [fore, nu]))
        mer, mindre, lika = ord_
        if not skillnad:
            return f"Det är {lika} som {self.jamforelse}."
        text = formats.format_decimal(abs(skillnad))
        if rad.enhet == "andel":
            text += f"{formats.HARD_SPACE}{'procentenhet' if text == '1' else 'procentenheter'}"
        return f"Det är {text} {mer if skillnad > 0 else mindre} än {self.jamforelse}."

    def andring_andel(self, id_: str) -> str:
        """As `andring`, for a share."""
        return self.andring(id_, ("högre", "lägre", "samma andel"))


def sentences(*delar: str) -> str:
    """The sentences that have something to say, one space between, each with a capital letter."""
    return " ".join(del_[0].upper() + del_[1:] for del_ in delar if del_)


def told(antal: str, fortsattning: str, dolt: str) -> str:
    """ "12 personer" + " var …."; where the number is protected the sentence says only that about `dolt`."""
    return f"{antal} {fortsattning}" if antal else f"{dolt} {DOLT}."
