"""Where things lie when nobody says otherwise."""

import os
from pathlib import Path

import platformdirs

ENVIRONMENT = "EGENVAG_DB"


def own_register() -> str:
    """The register to open when none is named: EGENVAG_DB (a file or an URL), else the user's own file."""
    return os.environ.get(ENVIRONMENT) or str(data_folder() / "register.egenvag")


def data_folder() -> Path:
    """The folder for the user's own registers; it need not exist."""
    return Path(platformdirs.user_data_dir("egenvag", appauthor=False))
