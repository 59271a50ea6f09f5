"""The house's colours on paper: the light tokens of resources/tokens.json, and the steps inside one kön."""

import json
from functools import cache

from resources import resource_path


@cache
def light_tokens() -> dict[str, str]:
    """Token name → hex colour (#RRGGBB) of the light theme, the only one that paper knows."""
    tokens = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return {name: str(token["hex"]) for name, token in tokens["colour"]["light"].items()}


def hex_of(name: str) -> str:
    """The hex colour of a light token; KeyError for a name that is not there."""
    return light_tokens()[name]


# Steps inside one kön, dark to light (reports-pdf.md): white figures on the first, dark on the others.
STEPS: dict[str, tuple[str, str, str]] = {
    "kvinnor": ("#443482", "#978CC3", "#E1DDF0"),
    "man": ("#8F600B", "#DAA94F", "#F6E7C9"),
    "totalt": ("#3C4A53", "#94A1A9", "#DFE4E8"),
}
