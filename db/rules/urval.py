"""Whom a report is narrowed to: a part of those it would count, by where they are and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class Malgrupp(StrEnum):
    """A group that a nämnd asks about. Age is on the last day of the period."""

    UNGA = "unga"
    OVER_55 = "over_55"
    UTRIKESFODDA = "utrikesfodda"
    UTAN_GYMNASIUM = "utan_gymnasium"
    MED_BARN = "med_barn"
    MED_BISTAND = "med_bistand"


MALGRUPPER: dict[Malgrupp, tuple[str, str]] = {
    Malgrupp.UNGA: ("Unga, 18–24 år", "var 18–24 år den sista dagen i perioden"),
    Malgrupp.OVER_55: ("55 år och äldre", "var 55 år eller äldre den sista dagen i perioden"),
    Malgrupp.UTRIKESFODDA: ("Utrikesfödda", "är födda utomlands"),
    Malgrupp.UTAN_GYMNASIUM: ("Utan gymnasieutbildning", "har förgymnasial utbildning som högst"),
    Malgrupp.MED_BARN: ("I hushåll med barn", "bor i ett hushåll med barn"),
    Malgrupp.MED_BISTAND: ("Med ekonomiskt bistånd", "hade beviljat ekonomiskt bistånd någon dag i perioden"),
}


@dataclass(frozen=True, slots=True)
class Urval:
    """What is empty leaves nobody out. `spar` and `enhet` are names, `malgrupp` one of Malgrupp."""

    spar: str = ""
    enhet: str = ""
    malgrupp: str = ""

    def __bool__(self) -> bool:
        return self != ALLA

    @property
    def nyckel(self) -> str:
        """A name of its own among urval; "" for everybody."""
        return "|".join(self.to_plain()) if self else ""

    def holds(self, andra: "Urval") -> bool:
        """Whether everybody of the other is of this one too."""
        return all(
            (egen := getattr(self, f.name)) == "" or egen == getattr(andra, f.name) for f in fields(self)
        )

    def differs_in(self, andra: "Urval") -> tuple[str, ...]:
        """The names of what is chosen otherwise."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != getattr(andra, f.name))

    def rubrik(self) -> str:
        """In a few words; "" for everybody."""
        return ", ".join(filter(None, (self.spar, self.enhet, _words(self.malgrupp, 0))))

    def villkor(self) -> str:
        """Whom the report counts, as a sentence; "" for everybody."""
        delar = [
            f"var inskrivna i spåret {self.spar} någon dag i perioden" if self.spar else "",
            f"hade en insats hos {self.enhet} någon dag i perioden" if self.enhet else "",
            _words(self.malgrupp, 1),
        ]
        sagt = " och som ".join(filter(None, delar))
        return f"Rapporten räknar bara deltagare som {sagt}." if sagt else ""

    def to_plain(self) -> list[str]:
        """As values that JSON can hold."""
        return [getattr(self, f.name) for f in fields(self)]

    def to_parametrar(self) -> dict[str, str]:
        """What is chosen, by name; nothing of what is not."""
        return {f.name: text for f in fields(self) if (text := getattr(self, f.name))}

    @staticmethod
    def from_parametrar(parametrar: Mapping[str, str]) -> "Urval":
        """The urval that `to_parametrar` wrote down, among other things."""
        return Urval(**{f.name: parametrar.get(f.name, "") for f in fields(Urval)})


ALLA = Urval()


def _words(malgrupp: str, which: int) -> str:
    return MALGRUPPER[Malgrupp(malgrupp)][which] if malgrupp else ""
