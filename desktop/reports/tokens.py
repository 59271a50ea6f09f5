"""The house's colours on paper: the light tokens."""

from functools import cache

from desktop.tokens import load_tokens


@cache
def hex_of(name: str) -> str:
    """The hex colour of a light token; KeyError for a name that is not there."""
    return load_tokens().colours["light"][name]
