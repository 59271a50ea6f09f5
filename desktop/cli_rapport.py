"""`rapporter`, `rapport` and `aktivitetskrav`: figures out of the register as text, PDF, Excel and JSON."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db.rules.text import slug
from db.rules.urval import Malgrupp
from desktop.cli_common import DONE, Commands, comparison_of, datum, open_cli_store, write_whole

if TYPE_CHECKING:
    from db.rules.figurer import Rapport
    from db.session import Store
    from desktop.report_service import Fardig
    from desktop.reports.innehall import Tillval

STDOUT = "-"
TRIES = 3


def register(commands: Commands) -> None:
    """Add the commands to the command line."""
    lista = commands.add_parser(
        "rapporter", help="lista rapporterna", description="Listar rapporterna som går att göra."
    )
    lista.add_argument("--json", action="store_true", help="skriv listan som JSON")
    lista.set_defaults(run=run_rapporter)
    rapport = commands.add_parser(
        "rapport",
        help="gör en rapport",
        description="Gör en rapport. Utan val av fil skrivs den som text.",
        epilog="Skriv - i stället för ett filnamn för att få rapporten på stdout.",
    )
    rapport.add_argument("namn", metavar="NAMN", help="rapportens namn, se kommandot rapporter")
    rapport.add_argument(
        "--period",
        required=True,
        metavar="P",
        help="till exempel 2024, 2024-T1, 2024-H1, 2024-Q3, 2024-06 eller 2024-01-01..2024-08-31",
    )
    rapport.add_argument(
        "--per",
        type=datum,
        metavar="DATUM",
        help="dagen läget bedöms (annars periodens sista dag eller idag, det som kommer först)",
    )
    rapport.add_argument("--jamfor", metavar="P2", help="perioden att jämföra med")
    rapport.add_argument("--plan", metavar="KOD", help="planen att följa upp, när det finns flera")
    rapport.add_argument("--form", metavar="FORM", help="uppföljningens form, i stället för planens egen")
    add_tillval(rapport)
    for slag in ("pdf", "xlsx", "json"):
        rapport.add_argument(f"--{slag}", metavar="FIL", help=f"skriv rapporten som {slag.upper()}")
    rapport.set_defaults(run=run_rapport)
    krav = commands.add_parser(
        "aktivitetskrav",
        help="lista alla ärenden som följs i aktivitetskravet",
        description="Skriver varje ärende som följs, med start, frist, aktivitet och läge.",
    )
    krav.add_argument("--per", type=datum, metavar="DATUM", help="dagen läget bedöms (annars idag)")
    krav.add_argument("--json", metavar="FIL", default=STDOUT, help="filen att skriva (annars stdout)")
    krav.set_defaults(run=run_aktivitetskrav)


def add_tillval(command: argparse.ArgumentParser) -> None:
    """The options that choose whom a report counts and what of it is printed."""
    command.add_argument(
        "--enhet", default="", metavar="NAMN", help="räkna bara dem som var i spåret eller hade insats där"
    )
    command.add_argument(
        "--malgrupp", default="", metavar="GRUPP", help=f"räkna bara en målgrupp: {', '.join(Malgrupp)}"
    )
    command.add_argument(
        "--utan", action="append", default=[], metavar="DEL",
        help="utelämna ett avsnitt (rubriken med små bokstäver och _ i stället för mellanslag) eller diagram",
    )  # fmt: skip
    command.add_argument(
        "--kommentar", default="", metavar="TEXT", help="förvaltningens kommentar, sist i rapporten"
    )


def read_tillval(arguments: argparse.Namespace) -> "Tillval":
    """What was chosen with the options of `add_tillval`."""
    from desktop.reports.innehall import Tillval

    utan = tuple(slug(namn) for namn in arguments.utan)
    return Tillval(utan, arguments.kommentar, arguments.enhet, arguments.malgrupp)


def check_tillval(tillval: "Tillval", fardig: "Fardig") -> None:
    """Raises KnownError that names the parts there are, where the report has none that is to be left out."""
    from db.errors import KnownError

    known = [del_.nyckel for del_ in fardig.delar]
    if faulty := [namn for namn in tillval.utan if namn not in known]:
        raise KnownError(f"Rapporten har ingen del som heter {faulty[0]}. Välj bland {', '.join(known)}.")


def run_rapporter(arguments: argparse.Namespace) -> int:
    """List the reports."""
    from desktop.report_service import list_reports

    reports = list_reports()
    if arguments.json:
        rows = [{"namn": r.namn, "titel": r.titel, "beskrivning": r.beskrivning} for r in reports]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return DONE
    bredd = max(len(r.namn) for r in reports)
    for r in reports:
        sys.stdout.write(f"{r.namn:<{bredd}}  {r.titel}. {r.beskrivning}\n")
    return DONE


def run_rapport(arguments: argparse.Namespace) -> int:
    """Make a report and write it in every form asked for: all of them whole, or none."""
    from db.errors import KnownError
    from desktop.report_service import find_report, read_period

    find_report(arguments.namn)
    read_period(arguments.period)
    wanted = {slag: getattr(arguments, slag) for slag in ("pdf", "xlsx", "json") if getattr(arguments, slag)}
    if list(wanted.values()).count(STDOUT) > 1:
        raise KnownError("Bara en av formerna kan skrivas till stdout. Ange filnamn för de andra.")
    paths = [Path(place).absolute() for place in wanted.values() if place != STDOUT]
    if len(set(paths)) < len(paths):
        raise KnownError("Två former av rapporten kan inte skrivas till samma fil. Ange olika filnamn.")
    with open_cli_store(arguments) as store:
        _hand_over(store, arguments, wanted or {"text": STDOUT})
    return DONE


def _hand_over(store: "Store", arguments: argparse.Namespace, wanted: dict[str, str]) -> None:
    """Make the report and write it; make it anew where another has come out meanwhile."""
    from db.aktor import SYSTEM
    from db.errors import ConflictError
    from desktop.report_service import hand_over, prepare_report

    tillval = read_tillval(arguments)
    jamfor = comparison_of(arguments)
    for forsok in range(TRIES, 0, -1):
        fardig = prepare_report(
            store,
            SYSTEM,
            arguments.namn,
            arguments.period,
            per=arguments.per,
            jamfor=jamfor,
            plan=arguments.plan,
            form=arguments.form,
            tillval=tillval,
            idag=date.today(),
        )
        check_tillval(tillval, fardig)
        made = {place: _make(slag, fardig.rapport) for slag, place in wanted.items()}
        remember = partial(hand_over, store, SYSTEM, fardig, ", ".join(wanted))
        try:
            _write_all(made, remember)
        except ConflictError:
            if forsok == 1:
                raise
        else:
            return


def run_aktivitetskrav(arguments: argparse.Namespace) -> int:
    """Write every followed ärende as JSON."""
    from db.aktor import SYSTEM
    from db.queries.aktivitetskrav import list_aktivitetskrav

    with open_cli_store(arguments) as store, store.read(SYSTEM) as session:
        rows = list_aktivitetskrav(session, SYSTEM, arguments.per or date.today())
    listed = [
        {
            "arende": row.arende,
            "start": row.start.isoformat(),
            "frist": _iso(row.frist),
            "aktivitet": _iso(row.aktivitet),
            "status": row.status.value,
            "dagar": row.dagar,
        }
        for row in rows
    ]
    text = json.dumps(listed, ensure_ascii=False, indent=0) + "\n"
    write_whole(arguments.json, lambda out: out.write(text.encode()))
    return DONE


def _iso(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _make(slag: str, rapport: "Rapport") -> bytes:
    out = BytesIO()
    _WRITERS[slag](rapport, out)
    return out.getvalue()


def _write_pdf(rapport: "Rapport", out: BinaryIO) -> None:
    from desktop.reports.pdf import write_pdf

    write_pdf(rapport, out, utskrivet=datetime.now().astimezone())


def _write_xlsx(rapport: "Rapport", out: BinaryIO) -> None:
    from desktop.reports.xlsx import write_xlsx

    write_xlsx(rapport, out)


def _write_json(rapport: "Rapport", out: BinaryIO) -> None:
    from desktop.reports.json_writer import to_json

    out.write(to_json(rapport).encode())


def _write_text(rapport: "Rapport", out: BinaryIO) -> None:
    from desktop.reports.text_writer import to_text

    out.write(to_text(rapport).encode())


_WRITERS: dict[str, Callable[["Rapport", BinaryIO], None]] = {
    "pdf": _write_pdf,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "text": _write_text,
}


def _write_all(made: dict[str, bytes], remember: Callable[[], None]) -> None:
    """Fill every file beside its place, remember what leaves, then put the files there and write stdout."""
    from db.files import whole_file

    with ExitStack() as stack:
        for place, content in made.items():
            if place != STDOUT:
                stack.enter_context(whole_file(Path(place))).write_bytes(content)
        remember()
    if STDOUT in made:
        write_whole(STDOUT, lambda out: out.write(made[STDOUT]))
