"""`egenvag-cli`: the windowless commands of the exchange contract, for scheduled jobs and checks.

Exit codes: 0 done; 1 the data were refused; 2 wrong use or the store cannot be used (one line on stderr).
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from desktop.cli_common import Parser, run_guarded

# Each has `register(commands)`, which adds its commands with `run`, a function of the parsed arguments that
# returns the exit code. What is heavy is imported inside `run`, so that every command starts quickly.
PARTS = (
    "desktop.cli_demo",
    "desktop.cli_exchange",
    "desktop.cli_rapport",
    "desktop.cli_fryst",
    "desktop.cli_plan",
    "desktop.cli_underhall",
)


def build_parser() -> Parser:
    """The parser of every command."""
    parser = Parser(
        prog="egenvag-cli", description="Egenväg utan fönster, för schemalagda jobb och kontroller."
    )
    parser.add_argument(
        "--db",
        metavar="REGISTER",
        help="registret: en fil eller en databasadress; annars EGENVAG_DB, annars ditt eget",
    )
    commands = parser.add_subparsers(
        dest="kommando", required=True, metavar="KOMMANDO", title="Kommandon", prog="egenvag-cli"
    )
    for part in PARTS:
        import_module(part).register(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""

    def run() -> int:
        arguments = build_parser().parse_args(argv)
        code: int = arguments.run(arguments)
        return code

    return run_guarded(run)


if __name__ == "__main__":
    sys.exit(main())
