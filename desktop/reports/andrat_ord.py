"""What has changed since a report was frozen, in words."""

from db.rules.andrat import Andrat, Skillnad
from desktop.reports.formats import HARD_SPACE, format_tal


def tell_changes(andrat: Andrat) -> list[str]:
    """A line for each number that is another now, and for sections whose texts are others."""
    if not andrat:
        return ["Inget har ändrats sedan rapporten frystes."]
    return [
        *(_difference(skillnad) for skillnad in andrat.tal),
        *(f"{rubrik}: text eller tabell har ändrats" for rubrik in andrat.avsnitt),
    ]


def _difference(s: Skillnad) -> str:
    def shown(tal: float | None, dold: str) -> str:
        return dold or ("–" if tal is None else format_tal(tal, 0 if float(tal).is_integer() else 1))

    sida = ", jämförelsen" if s.sida == "jamforelse" else ""
    skillnad = "" if s.skillnad is None else f" ({s.skillnad:+})".replace(".", ",")
    text = f"{s.etikett}{sida}, {s.nyckel.replace('_', ' ')}: {shown(s.da, s.da_dold)}"
    return f"{text} → {shown(s.nu, s.nu_dold)}{skillnad}".replace(HARD_SPACE, " ")
