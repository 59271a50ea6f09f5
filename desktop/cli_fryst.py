"""`frys`, `frysta` and `fryst`: reports made final, listed, printed again and compared with the register."""

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli_common import DONE, Commands, comparison_of, datum, open_cli_store, write_whole
from desktop.cli_rapport import add_tillval, check_tillval, read_tillval

if TYPE_CHECKING:
    from db.queries.frysta import FrystRad
    from db.session import Store

STDOUT = "-"
FORMER = ("pdf", "xlsx", "json")
TRIES = 3


def register(commands: Commands) -> None:
    """Add the commands to the command line."""
    frys = commands.add_parser(
        "frys",
        help="frys en rapport",
        description="Fryser en rapport: tal, definitioner, inställningar och sidor sparas som de är, med "
        "kontrollsumma. Den kan sedan skrivas ut likadant igen.",
    )
    frys.add_argument("namn", metavar="NAMN", help="rapportens namn, se kommandot rapporter")
    frys.add_argument(
        "--period", required=True, metavar="P", help="perioden, till exempel 2024 eller 2024-T1"
    )
    frys.add_argument("--per", type=datum, metavar="DATUM", help="dagen läget bedöms")
    frys.add_argument("--jamfor", metavar="P2", help="perioden att jämföra med")
    frys.add_argument("--plan", metavar="PLAN", help="planen som ska följas upp (gäller uppfoljning)")
    frys.add_argument("--form", metavar="FORM", help="formen i stället för planens egen (gäller uppfoljning)")
    add_tillval(frys)
    frys.add_argument("--text", default="", help="vad som ska stå om den frysta rapporten")
    frys.set_defaults(run=run_frys)
    frysta = commands.add_parser(
        "frysta", help="lista frysta rapporter", description="Listar frysta rapporter."
    )
    frysta.add_argument("--json", action="store_true", help="skriv listan som JSON")
    frysta.set_defaults(run=run_frysta)
    fryst = commands.add_parser(
        "fryst",
        help="skriv ut en fryst rapport igen, eller se vad som har ändrats sedan",
        description="Skriver en fryst rapport som den frystes, eller visar vad som har ändrats i registret "
        "sedan dess. Utan val visas vad den är.",
        epilog="Skriv - i stället för ett filnamn för att få rapporten på stdout.",
    )
    fryst.add_argument("id", metavar="ID", type=int, help="den frysta rapportens nummer, se frysta")
    for form in FORMER:
        fryst.add_argument(f"--{form}", metavar="FIL", help=f"skriv rapporten som {form.upper()}")
    fryst.add_argument("--andrat-sedan", action="store_true", help="visa vad som har ändrats sedan dess")
    fryst.set_defaults(run=run_fryst)


def run_frys(arguments: argparse.Namespace) -> int:
    """Freeze a report and tell its number."""
    from db.aktor import SYSTEM
    from db.errors import ConflictError
    from desktop.fryst_service import freeze_report
    from desktop.report_service import prepare_report

    tillval = read_tillval(arguments)
    with open_cli_store(arguments) as store:
        jamfor = comparison_of(arguments)
        for forsok in range(TRIES, 0, -1):
            fardig = prepare_report(
                store, SYSTEM, arguments.namn, arguments.period, per=arguments.per, jamfor=jamfor,
                plan=arguments.plan, form=arguments.form, tillval=tillval, idag=date.today(),
            )  # fmt: skip
            check_tillval(tillval, fardig)
            try:
                saved = freeze_report(store, SYSTEM, fardig, datetime.now().astimezone(), arguments.text)
                break
            except ConflictError:
                if forsok == 1:
                    raise
    sys.stdout.write(f"{saved.id}\n")
    for warning in saved.varningar:
        sys.stderr.write(f"{warning.message}\n")
    return DONE


def run_frysta(arguments: argparse.Namespace) -> int:
    """List the frozen reports."""
    from db.aktor import SYSTEM
    from db.queries.frysta import list_frysta

    with open_cli_store(arguments) as store, store.read(SYSTEM) as session:
        rader = list_frysta(session, SYSTEM)
    if arguments.json:
        sys.stdout.write(
            json.dumps([asdict(r) for r in rader], ensure_ascii=False, default=str, indent=1) + "\n"
        )
        return DONE
    for rad in rader:
        sys.stdout.write(_line(rad))
    return DONE


def _line(rad: "FrystRad") -> str:
    lage = f"godkänd av {rad.godkand_namn}, {rad.godkand_roll}" if rad.godkand else "inte godkänd"
    ersatt = ", ersatt av en senare version" if rad.ersatt else ""
    vad = f"{rad.id}  {rad.titel}, {rad.fran}–{rad.till}, version {rad.version}"
    return f"{vad}, fryst {rad.tid[:10]} av {rad.namn}, {lage}{ersatt}\n"


def run_fryst(arguments: argparse.Namespace) -> int:
    """Print a frozen report again, tell what has changed since, or what it is."""
    from db.aktor import SYSTEM
    from db.errors import KnownError
    from desktop.fryst_service import read_frozen

    wanted = {form: getattr(arguments, form) for form in FORMER if getattr(arguments, form)}
    if len(set(wanted.values())) < len(wanted):
        raise KnownError("Två former av rapporten kan inte skrivas till samma plats. Ange olika filnamn.")
    with open_cli_store(arguments) as store:
        if wanted:
            _write(store, arguments.id, wanted)
        if arguments.andrat_sedan:
            _tell_changes(store, arguments.id)
        if not wanted and not arguments.andrat_sedan:
            sys.stdout.write(_line(read_frozen(store, SYSTEM, arguments.id).rad))
    return DONE


def _write(store: "Store", fryst_id: int, wanted: dict[str, str]) -> None:
    from db.aktor import SYSTEM
    from db.commands.frysta import log_fryst_utskrift
    from db.files import whole_file
    from desktop.fryst_service import make_frozen_form

    made = {place: make_frozen_form(store, SYSTEM, fryst_id, form) for form, place in wanted.items()}
    with ExitStack() as stack:
        for place, content in made.items():
            if place != STDOUT:
                stack.enter_context(whole_file(Path(place))).write_bytes(content)
        log_fryst_utskrift(store, SYSTEM, fryst_id, ", ".join(wanted))
    if STDOUT in made:
        write_whole(STDOUT, lambda out: out.write(made[STDOUT]))


def _tell_changes(store: "Store", fryst_id: int) -> None:
    from db.aktor import SYSTEM
    from desktop.fryst_service import compare_frozen
    from desktop.report_service import hand_over
    from desktop.reports.andrat_ord import tell_changes

    andrat, fardig = compare_frozen(store, SYSTEM, fryst_id, date.today())
    hand_over(store, SYSTEM, fardig, "ändrat sedan")
    sys.stdout.write("\n".join(tell_changes(andrat)) + "\n")
