"""Values of an indicator as lines of text: "2024; 12; 14; 26; ca 26". Pure."""

from collections.abc import Sequence

from db.rules.plan import Varde
from db.rules.riktvarde import parse_tal
from desktop.i18n import tr

PARTS = 5


def write_varden(varden: Sequence[Varde]) -> str:
    """A line per value, with decimal commas; empty parts at the end are left out."""
    return "\n".join(_line(varde) for varde in varden)


def read_varden(text: str) -> tuple[tuple[Varde, ...], str]:
    """The values of the lines, and what is wrong in the first faulty one ("" when nothing is)."""
    varden: list[Varde] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(";", PARTS - 1)]
        parts += [""] * (PARTS - len(parts))
        period, *tal, ord_ = parts
        stored = []
        for part in tal:
            found = parse_tal(part) if part else None
            if part and found is None:
                return (), f"{tr('Rad')} {number}: ”{part[:40]}” {tr('är inget tal.')}"
            stored.append(None if found is None else str(found))
        kvinnor, man, totalt = stored
        varden.append(Varde(period, kvinnor, man, totalt, ord_ or None))
    return tuple(varden), ""


def _line(varde: Varde) -> str:
    tal = [(t or "").replace(".", ",") for t in (varde.kvinnor, varde.man, varde.totalt)]
    parts = [varde.period, *tal, varde.text or ""]
    while not parts[-1]:
        parts.pop()
    return "; ".join(parts)
