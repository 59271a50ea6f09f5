"""The fields of a TOML table, asked for one by one: what has the wrong type is a fault, what nobody asked for
a warning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from db.exchange.plantoml_rader import Stalle

LONGEST = 20_000  # signs in a free text
LONGEST_TAL = 40
MAX_DEPTH = 6
MAX_VARDEN = 500  # of one indicator


@dataclass(slots=True)
class Lasning:
    """Faults and warnings so far, as line and text, and where everything stands."""

    stallen: dict[str, list[Stalle]]
    fel: list[tuple[int, str]] = field(default_factory=list)
    varningar: list[tuple[int, str]] = field(default_factory=list)

    def add_fel(self, rad: int, text: str) -> None:
        self.fel.append((rad, text))

    def add_varning(self, rad: int, text: str) -> None:
        self.varningar.append((rad, text))

    def place(self, namn: str, nummer: int) -> Stalle:
        """Where the nth table of a name stands; the beginning of the file where that is not known."""
        platser = self.stallen.get(namn, [])
        if nummer < len(platser):
            return platser[nummer]
        topp = self.stallen[""][0]
        return Stalle(topp.line(namn, nummer))

    def table(self, tabeller: dict[str, Any], namn: str) -> "Post | None":
        """A table that occurs once; None where it is missing or no table."""
        if namn not in tabeller:
            return None
        if not isinstance(tabeller[namn], dict):
            self.add_fel(self.place(namn, 0).rad, f"Skriv [{namn}] som en tabell, en gång.")
            return Post(self, namn, {}, self.place(namn, 0), is_broken=True)
        return Post(self, namn, tabeller[namn], self.place(namn, 0))

    def tables(self, tabeller: dict[str, Any], namn: str) -> Iterator["Post"]:
        """The tables of a name, in order."""
        poster = tabeller.get(namn, [])
        if not isinstance(poster, list) or not all(isinstance(post, dict) for post in poster):
            self.add_fel(self.place(namn, 0).rad, f"Skriv varje {namn} som en egen tabell: [[{namn}]].")
            return
        for nummer, post in enumerate(poster):
            yield Post(self, namn, post, self.place(namn, nummer))

    def rules(self, tabeller: dict[str, Any], namn: str) -> dict[str, Any]:
        """A table of free form that is kept as it is: texts, whole numbers, ja/nej, lists and tables."""
        post = self.table(tabeller, namn)
        if post is None:
            return {}
        for nyckel, varde in post.innehall.items():
            if not _is_plain(varde, MAX_DEPTH):
                post.fel(
                    nyckel, f"{namn}.{nyckel} får bara hålla text, hela tal, ja/nej, listor och tabeller."
                )
        return post.innehall


@dataclass(slots=True)
class Post:
    """One table. Every key that is asked for is known; `finish` warns of the others."""

    lasning: Lasning
    namn: str
    innehall: dict[str, Any]
    stalle: Stalle
    lista: str = ""  # the key of the list that the table stands in, and its place there
    nummer: int = 0
    is_broken: bool = False
    known: set[str] = field(default_factory=set)

    def fel(self, nyckel: str, text: str) -> None:
        self.lasning.add_fel(self._line(nyckel), text)

    def varning(self, nyckel: str, text: str) -> None:
        self.lasning.add_varning(self._line(nyckel), text)

    def text(self, nyckel: str, *, required: bool = False, longest: int = LONGEST) -> str:
        """A text, "" where it is missing."""
        varde = self._take(nyckel, required)
        if varde is None:
            return ""
        if not isinstance(varde, str):
            self.fel(nyckel, f"{nyckel} ska vara en text inom citattecken.")
            return ""
        if fault := _text_fault(varde, longest):
            self.fel(nyckel, f"{nyckel} {fault}")
            return ""
        if required and not varde.strip():
            self.fel(nyckel, f"{nyckel} är tom i {self._what()}.")
        return varde

    def texts(self, nyckel: str) -> tuple[str, ...]:
        """A list of texts, () where it is missing."""
        varde = self._take(nyckel, False)
        if varde is None:
            return ()
        if not isinstance(varde, list) or not all(isinstance(del_, str) for del_ in varde):
            self.fel(nyckel, f"{nyckel} ska vara en lista med texter.")
            return ()
        for del_ in varde:
            if fault := _text_fault(del_, LONGEST):
                self.fel(nyckel, f"{nyckel} {fault}")
        return tuple(varde)

    def flag(self, nyckel: str) -> bool:
        """true or false; false where it is missing."""
        varde = self._take(nyckel, False)
        if varde is not None and not isinstance(varde, bool):
            self.fel(nyckel, f"{nyckel} ska vara true eller false.")
        return varde is True

    def year(self, nyckel: str, forsta: int, sista: int) -> int:
        """A year."""
        varde = self._take(nyckel, True)
        if varde is None:
            return forsta
        if type(varde) is not int or not forsta <= varde <= sista:
            self.fel(nyckel, f"{nyckel} ska vara ett årtal mellan {forsta} och {sista}, utan citattecken.")
            return forsta
        return varde

    def number(self, nyckel: str) -> str | None:
        """A number as printed, with its decimals; None where it is missing."""
        varde = self._take(nyckel, False)
        if varde is None:
            return None
        if isinstance(varde, bool) or not isinstance(varde, int | Decimal):
            self.fel(nyckel, f"{nyckel} ska vara ett tal utan citattecken, med decimalpunkt.")
            return None
        if isinstance(varde, Decimal) and not (varde.is_finite() and abs(varde.adjusted()) < LONGEST_TAL):
            self.fel(nyckel, f"{nyckel} är inget tal som går att använda.")
            return None
        skrivet = f"{varde:f}" if isinstance(varde, Decimal) else str(varde)
        if len(skrivet) > LONGEST_TAL:
            self.fel(nyckel, f"{nyckel} har för många siffror.")
            return None
        return skrivet

    def tables(self, nyckel: str) -> Iterator["Post"]:
        """The tables in a list."""
        varde = self._take(nyckel, False)
        if varde is None:
            return
        if not isinstance(varde, list) or not all(isinstance(del_, dict) for del_ in varde):
            self.fel(
                nyckel, f'{nyckel} ska vara en lista: {nyckel} = [ {{ period = "2024", totalt = 90 }} ].'
            )
            return
        if len(varde) > MAX_VARDEN:
            self.fel(nyckel, f"{nyckel} har fler än {MAX_VARDEN} värden.")
            return
        for nummer, del_ in enumerate(varde):
            yield Post(self.lasning, self.namn, del_, self.stalle, nyckel, nummer)

    def finish(self) -> None:
        """Warn of every key that nobody asked for."""
        for nyckel in self.innehall.keys() - self.known:
            kort = nyckel if len(nyckel) <= 60 else f"{nyckel[:60]}…"
            self.varning(nyckel, f"Nyckeln {kort!r} känns inte igen och tas inte med.")

    def _take(self, nyckel: str, required: bool) -> Any:
        self.known.add(nyckel)
        varde = self.innehall.get(nyckel)
        if varde is None and required and not self.is_broken:
            self.fel("", f"{nyckel} saknas i {self._what()}.")
        return varde

    def _what(self) -> str:
        if self.lista:
            return f"{self.lista} för {self.namn}"
        return f"[{self.namn}]" if self.namn == "plan" else f"[[{self.namn}]]"

    def _line(self, nyckel: str) -> int:
        if self.lista:
            return self.stalle.line(self.lista, self.nummer)
        return self.stalle.line(nyckel)


def _text_fault(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"är för lång: {len(text)} tecken, högst {longest}."
    if any(ord(tecken) < 32 and tecken not in "\n\t\r" for tecken in text) or "\x7f" in text:
        return "innehåller styrtecken som inte syns. Ta bort dem."
    return ""


def _is_plain(varde: Any, djup: int) -> bool:
    if isinstance(varde, str):
        return not _text_fault(varde, LONGEST)
    if isinstance(varde, list | dict) and djup:
        delar = varde.values() if isinstance(varde, dict) else varde
        return all(_is_plain(del_, djup - 1) for del_ in delar)
    return isinstance(varde, int) and abs(varde) < 10**15
