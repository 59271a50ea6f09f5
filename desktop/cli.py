"""`egenvag-cli`: the windowless commands of the exchange contract, for scheduled jobs and checks.

Exit codes: 0 done; 1 the data were refused; 2 wrong use or the store cannot be used (one line on stderr).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from db.errors import KnownError

DONE, REFUSED, UNUSABLE = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """argparse, with its faults as one Swedish line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"Fel: {message}\n")
        sys.exit(UNUSABLE)


def build_parser() -> Parser:
    """The parser of every command; each command sets `run`, a function of the parsed arguments."""
    parser = Parser(prog="egenvag-cli", description="Egenväg utan fönster.")
    parser.add_argument("--db", default=os.environ.get("EGENVAG_DB"), help="registret: en fil eller en databasadress")
    parser.add_subparsers(dest="kommando", required=True, metavar="KOMMANDO")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except KnownError as error:
        sys.stderr.write(f"Fel: {error.message}\n")
        return UNUSABLE
    return code


if __name__ == "__main__":
    sys.exit(main())
