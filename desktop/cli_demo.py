"""`egenvag-cli demo`: a new register of invented people."""

import argparse

from desktop.cli_common import DONE, Commands, Progress, datum, register_place


def register(commands: Commands) -> None:
    """Add the command `demo`."""
    demo = commands.add_parser(
        "demo",
        help="gör ett nytt register med påhittade personer",
        description="Gör ett nytt register med påhittade personer, märkt som demo. Rör aldrig ett som finns.",
    )
    demo.add_argument("--deltagare", type=int, required=True, metavar="N", help="hur många personer")
    demo.add_argument(
        "--frö", dest="fro", type=int, default=1, metavar="S", help="samma frö ger samma register (annars 1)"
    )
    demo.add_argument("--per", type=datum, metavar="DATUM", help="dagen registret visar (annars idag)")
    demo.add_argument(
        "--plan", action="store_true", help="ta med en påhittad plan för året med mål och indikatorer"
    )
    demo.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from db.demo import create_demo

    with Progress("Hittar på personer") as progress:
        create_demo(
            register_place(arguments), arguments.deltagare, arguments.fro, arguments.per, progress=progress,
            plan=arguments.plan,
        )  # fmt: skip
    return DONE
