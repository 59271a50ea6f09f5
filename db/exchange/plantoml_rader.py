"""On which line each part of a TOML text stands: tomllib tells no lines, and a fault without one is hard to
mend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\[\s\S])*?"""(?:"{0,2})'
    r"|'''[\s\S]*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{}=,]"
    r'|[^\s\[\]{}=,"\'#]+'
)


@dataclass(slots=True)
class Stalle:
    """Where a table stands: its first line, the line of each key, and of each table in a key's list."""

    rad: int
    nycklar: dict[str, int] = field(default_factory=dict)
    delar: dict[str, list[int]] = field(default_factory=dict)

    def line(self, nyckel: str = "", nummer: int | None = None) -> int:
        """The line of a key, or of the nth table in its list; the table's own where that is not known."""
        lines = self.delar.get(nyckel, [])
        if nummer is not None and nummer < len(lines):
            return lines[nummer]
        return self.nycklar.get(nyckel, self.rad)


def find_stallen(text: str) -> dict[str, list[Stalle]]:
    """The places of every table by its name at the top level, in order. The text must be valid TOML."""
    ut: dict[str, list[Stalle]] = {}
    nu = ut.setdefault("", [Stalle(1)])[0]
    for rad, ord_ in _statements(text):
        if ord_[0][1] == "[":
            namn = [del_ for _, o in ord_ if o not in "[]" for del_ in _parts(o)]
            if len(namn) == 1:
                nu = Stalle(rad)
                ut.setdefault(namn[0], []).append(nu)
            elif namn[0] in ut:
                nu = ut[namn[0]][-1]
                nu.delar.setdefault(namn[1], []).append(rad)
        else:
            nyckel = _parts(ord_[0][1])[0]
            nu.nycklar.setdefault(nyckel, rad)
            # Tables straight in the key's own list: one bracket deep.
            djup = 0
            for del_rad, o in ord_:
                if o == "{" and djup == 1:
                    nu.delar.setdefault(nyckel, []).append(del_rad)
                djup += (o in ("[", "{")) - (o in ("]", "}"))
    return ut


def _statements(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Headers and assignments, each as its line and its words with theirs."""
    rad, sett, djup = 1, 0, 0
    ord_: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(text):
        rad += text.count("\n", sett, match.start())
        sett = match.start()
        o = match[0]
        if o == "\n":
            if ord_ and djup == 0:
                yield ord_[0][0], ord_
                ord_ = []
        elif not o.startswith("#"):
            djup += (o in ("[", "{")) - (o in ("]", "}"))
            ord_.append((rad, o))
    if ord_:
        yield ord_[0][0], ord_


def _parts(nyckel: str) -> list[str]:
    """The names of a key without quotes, apart where it is dotted."""
    return [nyckel[1:-1]] if nyckel[0] in "\"'" else [del_ for del_ in nyckel.split(".") if del_] or [""]
