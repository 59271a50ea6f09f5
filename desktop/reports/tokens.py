"""The house's colours on paper: the light tokens, and the steps inside one kön."""

from functools import cache

from desktop.tokens import load_tokens


@cache
def hex_of(name: str) -> str:
    """The hex colour of a light token; KeyError for a name that is not there."""
    return load_tokens().colours["light"][name]


# Steps inside one kön, dark to light (reports-pdf.md): white figures on the first, dark on the others.
STEPS: dict[str, tuple[str, str, str]] = {
    "kvinnor": ("#443482", "#978CC3", "#E1DDF0"),
    "man": ("#8F600B", "#DAA94F", "#F6E7C9"),
    "totalt": ("#3C4A53", "#94A1A9", "#DFE4E8"),
}
