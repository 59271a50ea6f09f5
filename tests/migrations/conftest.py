"""A programme one revision later than this one, so that upgrades can be tried whatever revisions exist."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import migrations
from db import migrate
from db.session import Store
from tests.helpers.registers import Registers

LATER = "9999"
Later = Callable[[str], None]


@pytest.fixture
def bare_store(registers: Registers) -> Iterator[Store]:
    """A store without any table."""
    with registers.for_one_test(migrated=False) as new:
        yield new()


@pytest.fixture
def later_programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Call with the body of an upgrade: from then on the programme knows one revision more."""

    def install(body: str) -> None:
        folder = tmp_path / "versions"
        folder.mkdir()
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        (folder / f"{LATER}_later.py").write_text(
            f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{LATER}"\n'
            f'down_revision = "{migrate.REVISIONS[-1]}"\n\n\ndef upgrade():\n{lines}\n',
            encoding="utf-8",
        )
        _let_know(monkeypatch, folder)

    return install


def _let_know(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    config = migrate.alembic_config()
    own = Path(migrations.__file__).parent / "versions"
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{own}\n{folder}")
    monkeypatch.setattr(migrate, "alembic_config", lambda: config)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, LATER))
    monkeypatch.setattr(migrate, "SCHEMA_HEAD", LATER)
