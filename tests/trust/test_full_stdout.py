"""A command whose output finds no room says so in one line, whatever shape the output has."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CALLS = (
    ["rapporter"],
    ["rapport", "osa", "--period", "2024", "--json", "-"],
    ["rapport", "osa", "--period", "2024"],
)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_full_disk_behind_stdout(call: list[str], register_file: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop.cli", "--db", str(register_file), *call],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "Fel: Disken är full. stdout har inte skrivits. Frigör utrymme och försök igen.\n"
