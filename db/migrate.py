"""Brings a store's schema up to what this programme knows. Alembic is imported only when there is work."""

from pathlib import Path
from typing import TYPE_CHECKING

from db.session import Store

if TYPE_CHECKING:
    from alembic.config import Config


def alembic_config() -> "Config":
    """Alembic's configuration, with the revisions that ship with the programme."""
    from alembic.config import Config

    import migrations

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def upgrade(store: Store, revision: str = "head") -> None:
    """Run the missing revisions in one transaction: all of them or none."""
    from alembic import command

    config = alembic_config()
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
