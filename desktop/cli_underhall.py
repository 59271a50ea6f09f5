"""`kontrollera`, `sakerhetskopiera` and `aterstall`: the care of a register."""

import argparse
import sys
from pathlib import Path

from desktop.cli_common import DONE, REFUSED, Commands, Progress, open_cli_store, register_place


def register(commands: Commands) -> None:
    """Add the commands to the command line."""
    check = commands.add_parser(
        "kontrollera",
        help="kontrollera filen, hänvisningarna, sökorden och historiken",
        description="Kontrollerar att registret är helt. Skriver en lista och slutar med 1 om något är fel.",
    )
    check.set_defaults(run=run_kontrollera)
    back_up = commands.add_parser(
        "sakerhetskopiera",
        help="gör en kontrollerad säkerhetskopia",
        description="Kopierar registret till en ny fil medan andra arbetar, och kontrollerar kopian.",
    )
    back_up.add_argument("fil", metavar="FIL", type=Path, help="säkerhetskopian som ska skrivas")
    back_up.set_defaults(run=run_sakerhetskopiera)
    restore = commands.add_parser(
        "aterstall",
        help="gör ett nytt register av en säkerhetskopia",
        description="Gör ett nytt register, det som --db anger, av en säkerhetskopia. Skriver aldrig över.",
    )
    restore.add_argument("fil", metavar="FIL", type=Path, help="säkerhetskopian som ska läsas")
    restore.set_defaults(run=run_aterstall)


def run_kontrollera(arguments: argparse.Namespace) -> int:
    """Check the register; DONE when it is sound, REFUSED with a list on stdout when not."""
    from db.aktor import SYSTEM
    from db.maintenance import check_register

    with open_cli_store(arguments) as store, Progress("Kontrollerar") as progress:
        faults = check_register(store, SYSTEM, progress)
    for fault in faults:
        sys.stdout.write(f"{fault.omrade}: {fault.text}\n")
    if not faults:
        sys.stdout.write("Registret är helt: filen, hänvisningarna, sökorden och historiken stämmer.\n")
    return REFUSED if faults else DONE


def run_sakerhetskopiera(arguments: argparse.Namespace) -> int:
    """Back the register up to a new file."""
    from db.backup import back_up

    with open_cli_store(arguments) as store, Progress("Kopierar") as progress:
        back_up(store, arguments.fil, progress)
    sys.stdout.write(f"Säkerhetskopian {arguments.fil} är skriven och kontrollerad.\n")
    return DONE


def run_aterstall(arguments: argparse.Namespace) -> int:
    """Make a new register out of a backup."""
    from db.backup import ON_SERVER, restore
    from db.errors import StoreError

    where = register_place(arguments)
    if "://" in where:
        raise StoreError(ON_SERVER)
    with Progress("Återställer") as progress:
        restore(arguments.fil, Path(where), progress)
    sys.stdout.write(f"Registret {where} är återställt och kontrollerat.\n")
    return DONE
