"""What was acknowledged is kept and nothing is half done, whatever befalls process, disk or rights."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest


def run(module: str, *arguments: object) -> dict[str, Any]:
    """What a programme of this folder found, run in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", f"tests.trust.{module}", *map(str, arguments)],
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def test_killed_at_random_points(register_file: Path, request: pytest.FixtureRequest) -> None:
    """Edits, imports, new registers and upgrades; `--avbrott 200` for the promised number."""
    rounds = request.config.getoption("--avbrott")
    told = run("worker", register_file, rounds, 20241)
    assert told["acknowledged"] > 0
    assert told["found"] == []
    assert told["faults"] == []
    assert told["half_made"] == []


@pytest.mark.parametrize("left", [350_000, 400_000, 470_000, 600_000])
def test_a_full_disk(register_file: Path, left: int) -> None:
    told = run("full_disk", register_file, left)
    assert told["said"].startswith(("Disken är full.", "Disken gick inte"))
    assert "Inget har sparats" in told["said"]
    assert told["there"] == told["done"]
    assert told["faults"] == []
    assert told["left_over"] == []
    assert told["backup"] is (told["backup_said"] == "")


@pytest.fixture
def shown_register(register_file: Path) -> Any:
    """The register in a folder that everybody may look into."""
    with TemporaryDirectory(prefix="egenvag-test-") as folder:
        path = Path(folder) / "register.egenvag"
        path.write_bytes(register_file.read_bytes())
        path.chmod(0o444)
        yield path
        path.parent.chmod(0o755)


def test_without_the_right_to_write(shown_register: Path) -> None:
    shown_register.parent.chmod(0o555)
    before = shown_register.read_bytes()
    told = run("no_permission", shown_register)
    for message in told.values():
        assert "behörighet" in message or "skrivskyddat" in message or "rättigheter" in message, told
    assert shown_register.read_bytes() == before
    assert len(list(shown_register.parent.iterdir())) == 1


def test_without_the_right_to_look(shown_register: Path) -> None:
    shown_register.parent.chmod(0o000)
    told = run("no_permission", shown_register)
    for message in told.values():
        assert "behörighet" in message or "rättigheter" in message, told
