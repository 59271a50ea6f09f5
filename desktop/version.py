"""Which version of the program this is."""

from importlib.metadata import PackageNotFoundError, version

UNKNOWN = "okänd"


def program_version() -> str:
    """The version installed, or UNKNOWN where the program runs from its source."""
    try:
        return version("egenvag")
    except PackageNotFoundError:
        return UNKNOWN
