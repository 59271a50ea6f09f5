"""What has changed since a report was frozen, in words."""

from db.rules.andrat import Andrat, Skillnad
from db.rules.andrat_tabell import Cellskillnad
from desktop.reports.formats import HARD_SPACE, format_tal


def tell_changes(andrat: Andrat) -> list[str]:
    """A line for each number that is another now, and for sections whose texts are others."""
    if not andrat:
        return ["Inget har ändrats sedan rapporten frystes."]
    return [
        *(_difference(skillnad) for skillnad in andrat.tal),
        *(_cell(cell).replace(HARD_SPACE, " ") for cell in andrat.celler),
        *(f"{rubrik}: texten har ändrats" for rubrik in andrat.avsnitt),
    ]


def _cell(cell: Cellskillnad) -> str:
    if not cell.kolumn:
        return f"{cell.rad}: {cell.nu}"
    skillnad = "" if cell.skillnad is None else f" ({cell.skillnad:+})".replace(".", ",")
    return f"{cell.rad}, {cell.kolumn}: {cell.da or '–'} → {cell.nu or '–'}{skillnad}"


def _difference(s: Skillnad) -> str:
    def shown(tal: float | None, dold: str) -> str:
        whole = tal is None or float(tal).is_integer() or s.enhet in ("andel", "kr")
        return dold or ("–" if tal is None else format_tal(tal, 0 if whole else 1))

    sida = ", jämförelsen" if s.sida == "jamforelse" else ""
    skillnad = "" if s.skillnad is None else f" ({s.skillnad:+})".replace(".", ",")
    text = f"{s.etikett}{sida}, {s.nyckel.replace('_', ' ')}: {shown(s.da, s.da_dold)}"
    return f"{text} → {shown(s.nu, s.nu_dold)}{skillnad}".replace(HARD_SPACE, " ")
