"""`python -m tests.bench [--kort] [--katalog MAPP] [DEL …]`: every promised ratio, measured in this run."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    avslut,
    daily,
    figurer,
    fonster,
    importera,
    krav,
    osa,
    platser,
    rapport_pdf,
    start,
    tavla,
)
from tests.bench.harness import Row, table
from tests.bench.registers import open_bench_register

FULL, IMPORT, SHORT = 100_000, 50_000, 3_000


def _figures(folder: Path, people: int) -> list[Row]:
    with open_bench_register(folder, people) as store:
        reports = [*figurer.measure(store), figurer.measure_memory(store), rapport_pdf.measure_year(store)]
        return [
            *reports,
            *krav.measure(store),
            *osa.measure(store),
            *avslut.measure(store),
            *tavla.measure(store),
        ]


def _places(folder: Path, people: int) -> list[Row]:
    with open_bench_register(folder, people) as store:
        return platser.measure(store)


def parts(folder: Path, short: bool) -> dict[str, Callable[[], list[Row]]]:
    """What can be measured, by name."""
    people, imported = (SHORT, SHORT) if short else (FULL, IMPORT)
    return {
        "start": lambda: start.measure(folder, people),
        "daglig": lambda: daily.measure(folder, people),
        "tal": lambda: _figures(folder, people),
        "platser": lambda: _places(folder, people),
        "pdf": rapport_pdf.measure,
        "import": lambda: importera.measure(folder, imported),
        "fonster": lambda: fonster.measure(folder, people),
    }


def main() -> int:
    """Measure and print the table; returns 0 whether promises are kept or not: it is a measurement."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--kort", action="store_true", help=f"{SHORT} personer i stället för {FULL}")
    parser.add_argument("--katalog", type=Path, default=Path(tempfile.gettempdir()) / "egenvag-bench")
    parser.add_argument(
        "delar",
        nargs="*",
        metavar="DEL",
        help="start, daglig, tal, platser, pdf, import, fonster (annars alla)",
    )
    arguments = parser.parse_args()
    known = parts(arguments.katalog, arguments.kort)
    if unknown := set(arguments.delar) - set(known):
        parser.error(f"okänd del: {', '.join(sorted(unknown))}")
    rows = [row for name in arguments.delar or known for row in known[name]()]
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
