"""A report as plain text for a terminal: the same figures, marks and leads as on paper."""

from textwrap import wrap

from db.rules.figurer import Konsvarden, Rad, Rapport
from desktop.reports import formats
from desktop.reports.tabledata import row_decimals
from desktop.reports.text_parts import part_lines
from desktop.reports.texts import MORE_HIDDEN, board_line, urval_name

WIDTH = 100
LABEL = 48
COLUMNS = {"kvinnor": "Kvinnor", "man": "Män", "uppgift_saknas": "Saknas", "totalt": "Totalt"}


def to_text(rapport: Rapport) -> str:
    """The report as lines of text, with hard spaces and marks as printed."""
    rader = [rad for avsnitt in rapport.avsnitt for rad in avsnitt.rader]
    keys = [k for k in COLUMNS if k != "uppgift_saknas" or any(_has_unknown(rad) for rad in rader)]
    lines = [rapport.titel, f"{formats.period_text(rapport.period)}, bedömt {rapport.per}"]
    if rapport.sammantrade or rapport.dnr:
        lines.append(board_line(rapport))
    if rapport.jamforelse_period:
        lines.append(f"Jämförelse: {formats.period_text(rapport.jamforelse_period)}")
    if urval := urval_name(rapport):
        lines.append(f"Urval: {urval}")
    if rapport.demo:
        lines.append("Påhittade uppgifter")
    if rapport.fler_dolda:
        lines += wrap(MORE_HIDDEN, WIDTH)
    for avsnitt in (*rapport.framsida, *rapport.avsnitt):
        lines += ["", avsnitt.rubrik, *wrap(avsnitt.ingress, WIDTH)]
        if avsnitt.rader or not avsnitt.delar:
            lines.append(" " * LABEL + "".join(f"{COLUMNS[k]:>12}" for k in keys) + _earlier_head(rapport))
        lines += [_row(rad, keys, bool(rapport.jamforelse_period)) for rad in avsnitt.rader]
        lines += [line for part in avsnitt.delar for line in part_lines(part, WIDTH)]
    return "\n".join(lines) + "\n"


def _has_unknown(rad: Rad) -> bool:
    return bool(rad.varde.uppgift_saknas)


def _earlier_head(rapport: Rapport) -> str:
    return f"{'Totalt då':>12}" if rapport.jamforelse_period else ""


def _row(rad: Rad, keys: list[str], compared: bool) -> str:
    label = "  " * rad.niva + rad.etikett
    if rad.enhet != "antal":
        label += f", {formats.SUFFIX[rad.enhet]}"
    cells = [_cell(rad, rad.varde, rad.dolda, k) for k in keys]
    if compared:
        cells.append(_cell(rad, rad.jamforelse, rad.jamforelse_dolda, "totalt"))
    return f"{label:<{LABEL}}" + "".join(f"{cell:>12}" for cell in cells)


def _cell(rad: Rad, varde: Konsvarden, dolda: dict[str, str], nyckel: str) -> str:
    if nyckel in dolda:
        return dolda[nyckel]
    tal = varde.get(nyckel)
    if tal is None:
        return "" if nyckel != "totalt" and not rad.konsuppdelad else "–"
    return formats.format_tal(tal, row_decimals(rad))
