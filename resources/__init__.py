"""Icons, fonts, style tokens and other files that the program carries with it."""

from pathlib import Path


def resource_path(*parts: str) -> Path:
    """The path of a file below resources/, whether it exists or not."""
    return Path(__file__).parent.joinpath(*parts)
