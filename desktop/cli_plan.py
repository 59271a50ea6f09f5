"""`plan importera`, `lista`, `exportera` and `kolada`: plans of goals and indicators in and out."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli_common import DONE, REFUSED, Commands, IfMissing, open_cli_store, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.exchange.koladafil import Koladafel
    from db.exchange.planfil import Planinlasning
    from db.exchange.plantoml import Planfel


def register(commands: Commands) -> None:
    """Add the commands to the command line."""
    plan = commands.add_parser(
        "plan", help="mål- och indikatorplaner", description="Planer med mål, aktiviteter och indikatorer."
    )
    acts = plan.add_subparsers(dest="plankommando", required=True, metavar="KOMMANDO", title="Kommandon")
    load = acts.add_parser(
        "importera",
        help="läs in en plan",
        description="Läser in en plan. Har filen ett fel läses inget in, och felen listas med sina rader.",
    )
    load.add_argument("fil", metavar="FIL.toml", type=Path, help="planen")
    load.add_argument("--kod", default="", help="vad planen ska heta i registret; annars filens namn")
    load.add_argument("--json", action="store_true", help="svara med JSON")
    load.set_defaults(run=run_importera)
    show = acts.add_parser("lista", help="visa planerna", description="Visar planerna i registret.")
    show.add_argument("--json", action="store_true", help="svara med JSON")
    show.set_defaults(run=run_lista)
    save = acts.add_parser("exportera", help="skriv en plan som TOML", description="Skriver en plan.")
    save.add_argument("kod", metavar="KOD", help="planens namn, se plan lista")
    save.add_argument("fil", metavar="FIL.toml", help="filen som ska skrivas; - är stdout")
    save.set_defaults(run=run_exportera)
    kolada = acts.add_parser(
        "kolada",
        help="läs in andra kommuners värden",
        description="Läser in jämförelsevärden ur en fil från Kolada (v3, JSON).",
    )
    kolada.add_argument("fil", metavar="FIL.json", type=Path, help="filen från Kolada")
    kolada.add_argument("--json", action="store_true", help="svara med JSON")
    kolada.set_defaults(run=run_kolada)


def run_importera(arguments: argparse.Namespace) -> int:
    """Read a plan in; REFUSED with a list where it has a fault."""
    from db.aktor import SYSTEM
    from db.errors import DataError
    from db.exchange.planfil import import_planfil

    with open_cli_store(arguments, IfMissing.CREATE) as store:
        try:
            last = import_planfil(store, SYSTEM, arguments.fil, arguments.kod)
        except DataError as error:
            sys.stdout.write(f"{error.message}\n")
            return REFUSED
    if arguments.json:
        told = {
            "kod": last.kod,
            "plan_id": last.sparad.id if last.sparad else None,
            "fel": _rows(last.fel),
            "varningar": _rows(last.varningar),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_as_text(last))
    return REFUSED if last.plan is None else DONE


def run_lista(arguments: argparse.Namespace) -> int:
    """List the plans."""
    from db.aktor import SYSTEM
    from db.queries.plan import list_planer

    with open_cli_store(arguments) as store, store.read(SYSTEM) as session:
        planer = list_planer(session, SYSTEM)
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(plan) for plan in planer], ensure_ascii=False) + "\n")
        return DONE
    for plan in planer:
        sys.stdout.write(
            f"{plan.kod}: {plan.kommun}, {plan.titel or plan.ar}. {plan.antal_mal} mål, "
            f"{plan.antal_aktiviteter} aktiviteter, {plan.antal_indikatorer} indikatorer, "
            f"{plan.antal_volymer} volymmått.\n"
        )
    if not planer:
        sys.stdout.write("Det finns inga planer i registret.\n")
    return DONE


def run_exportera(arguments: argparse.Namespace) -> int:
    """Write a plan as TOML."""
    from db.aktor import SYSTEM
    from db.exchange.plantoml_skriv import write_plan
    from db.queries.plan import find_plan, load_plan

    with open_cli_store(arguments) as store, store.read(SYSTEM) as session:
        plan = load_plan(session, SYSTEM, find_plan(session, SYSTEM, arguments.kod))
    text = write_plan(plan.dokument)
    write_whole(arguments.fil, lambda out: out.write(text.encode()))
    if arguments.fil != "-":
        sys.stdout.write(f"Planen är skriven till {arguments.fil}.\n")
    return DONE


def run_kolada(arguments: argparse.Namespace) -> int:
    """Read Kolada's figures in; REFUSED with a list where there is a fault."""
    from db.aktor import SYSTEM
    from db.exchange.koladafil import import_koladafil

    with open_cli_store(arguments, IfMissing.CREATE) as store:
        last = import_koladafil(store, SYSTEM, arguments.fil)
    antal = ("nya", "andrade", "oforandrade", "borttagna")
    counts = {namn: getattr(last.resultat, namn) if last.resultat else 0 for namn in antal}
    if arguments.json:
        told = {**counts, "fel": _rows(last.fel), "varningar": _rows(last.varningar)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        lines = [f"Fel: {fel.meddelande}" for fel in last.fel]
        lines += [f"Varning: {fel.meddelande}" for fel in last.varningar]
        lines.append(
            f"{len(last.fel)} fel. Inget har lästs in."
            if last.resultat is None
            else f"{counts['nya']} nya, {counts['andrade']} ändrade, {counts['oforandrade']} oförändrade, "
            f"{counts['borttagna']} borttagna värden."
        )
        sys.stdout.write("\n".join(lines) + "\n")
    return REFUSED if last.resultat is None else DONE


def _rows(told: "Iterable[Planfel | Koladafel]") -> list[dict[str, Any]]:
    return [asdict(fel) for fel in told]


def _as_text(last: "Planinlasning") -> str:
    lines = [f"Fel: {_place(fel)}" for fel in last.fel] + [
        f"Varning: {_place(fel)}" for fel in last.varningar
    ]
    if last.plan is None:
        lines.append(f"{len(last.fel)} fel. Inget har lästs in.")
    elif last.sparad is None:
        lines.append(f"Planen {last.kod} finns redan i registret, likadan. Inget har ändrats.")
    else:
        lines.append(f"Planen {last.kod} är inläst.")
    return "\n".join(lines) + "\n"


def _place(fel: "Planfel") -> str:
    return f"rad {fel.rad}: {fel.meddelande}" if fel.rad else fel.meddelande
