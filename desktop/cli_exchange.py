"""`importera`, `angra-import`, `exportera` and `mall`: the workbook in and out."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli_common import DONE, REFUSED, Commands, IfMissing, Progress, open_cli_store

if TYPE_CHECKING:
    from db.exchange.outcome import Antal, Fel


def register(commands: Commands) -> None:
    """Add the commands to the command line."""
    load = commands.add_parser(
        "importera",
        help="läs in en arbetsbok, eller bara pröva",
        description="Kontrollerar hela arbetsboken. Har den ett fel läses inget in, och felen listas.",
    )
    load.add_argument("fil", metavar="FIL.xlsx", type=Path, help="arbetsboken")
    load.add_argument("--prova", action="store_true", help="kontrollera bara, skriv inget")
    load.add_argument(
        "--hoppa-over-fel",
        metavar="FELFIL.xlsx",
        type=Path,
        help="läs in resten och lämna tillbaka raderna med fel i en egen arbetsbok",
    )
    load.add_argument("--json", action="store_true", help="svara med JSON")
    load.set_defaults(run=run_importera)
    undo = commands.add_parser(
        "angra-import", help="ta tillbaka en import", description="Tar tillbaka en import som helhet."
    )
    undo.add_argument("id", metavar="ID", type=int, help="importens nummer")
    undo.set_defaults(run=run_angra_import)
    save = commands.add_parser(
        "exportera", help="skriv hela registret som en arbetsbok", description="Skriver hela registret."
    )
    save.add_argument("fil", metavar="FIL.xlsx", type=Path, help="arbetsboken som ska skrivas")
    save.set_defaults(run=run_exportera)
    template = commands.add_parser(
        "mall", help="skriv en tom arbetsbok att fylla i", description="Skriver en tom arbetsbok med hjälp."
    )
    template.add_argument("fil", metavar="FIL.xlsx", type=Path, help="arbetsboken som ska skrivas")
    template.set_defaults(run=run_mall)


def run_importera(arguments: argparse.Namespace) -> int:
    """Import or try; DONE when all is well or faults may be left out, REFUSED with a list otherwise."""
    from db.aktor import SYSTEM
    from db.exchange.importing import import_workbook, preview
    from db.exchange.outcome import Antal

    skip = arguments.hoppa_over_fel
    if_missing = IfMissing.TRY if arguments.prova else IfMissing.CREATE
    with open_cli_store(arguments, if_missing) as store, Progress("Läser in") as progress:
        tell = _shares(progress)
        if arguments.prova:
            tried = preview(store, SYSTEM, arguments.fil, tell, skip_file=skip)
            refused = bool(tried.fel) and skip is None
            antal = Antal() if refused else tried.antal
            fel, varningar, import_id = tried.fel, tried.varningar, None
        else:
            result = import_workbook(store, SYSTEM, arguments.fil, tell, skip_file=skip)
            refused = result.import_id is None
            antal, fel, varningar, import_id = result.antal, result.fel, result.varningar, result.import_id
    if arguments.json:
        told = {"import_id": import_id, **asdict(antal), "fel": _rows(fel), "varningar": _rows(varningar)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_as_text(import_id, antal, fel, varningar, refused, arguments.prova))
    return REFUSED if refused else DONE


def run_angra_import(arguments: argparse.Namespace) -> int:
    """Undo an import; REFUSED, naming the rows, when someone built on it."""
    from db.aktor import SYSTEM
    from db.errors import DataError
    from db.exchange.importing import angra_import

    with open_cli_store(arguments) as store, Progress("Ångrar") as progress:
        try:
            angra_import(store, SYSTEM, arguments.id, _shares(progress))
        except DataError as error:
            sys.stdout.write(f"{error.message}\n")
            return REFUSED
    sys.stdout.write(f"Import {arguments.id} är ångrad.\n")
    return DONE


def run_exportera(arguments: argparse.Namespace) -> int:
    """Export the whole register."""
    from db.aktor import SYSTEM
    from db.exchange.exporting import export_workbook

    with open_cli_store(arguments) as store, Progress("Skriver") as progress:
        rows = export_workbook(store, SYSTEM, arguments.fil, _shares(progress))
    sys.stdout.write(f"{rows} rader är skrivna till {arguments.fil}.\n")
    return DONE


def run_mall(arguments: argparse.Namespace) -> int:
    """Write the empty workbook; no register is needed."""
    from db.exchange.template import write_template

    write_template(arguments.fil)
    sys.stdout.write(f"Mallen är skriven till {arguments.fil}.\n")
    return DONE


def _shares(progress: Progress) -> Any:
    return lambda share, _text: progress(round(share * 100), 100)


def _rows(told: "tuple[Fel, ...]") -> list[dict[str, Any]]:
    return [asdict(fel) for fel in told]


def _as_text(
    import_id: int | None,
    antal: "Antal",
    fel: "tuple[Fel, ...]",
    varningar: "tuple[Fel, ...]",
    refused: bool,
    prova: bool,
) -> str:
    lines = [f"Fel: {_place(one)}" for one in fel] + [f"Varning: {_place(one)}" for one in varningar]
    if refused:
        lines.append(f"{len(fel)} fel. Inget har lästs in.")
    else:
        counts = (
            f"{antal.nya} nya, {antal.andrade} ändrade, {antal.oforandrade} oförändrade, "
            f"{antal.hoppade} överhoppade rader."
        )
        lines.append(f"Provat: {counts} Inget har lästs in." if prova else f"Import {import_id}: {counts}")
    return "\n".join(lines) + "\n"


def _place(one: "Fel") -> str:
    column = f", {one.kolumn}" if one.kolumn else ""
    value = f" ({one.varde})" if one.varde else ""
    return f"{one.blad}, rad {one.rad}{column}{value}: {one.meddelande}"
