"""The house's colours on paper: the light tokens."""

from functools import cache

from desktop.tokens import load_tokens


@cache
def hex_of(name: str) -> str:
    """The hex colour of a light token; KeyError for a name that is not there."""
    return load_tokens().colours["light"][name]


# Steps inside one kön, dark to light (reports-pdf.md): white figures on the first, dark on the others.
STEPS = {
    kon: (hex_of(f"{name}_1"), hex_of(f"{name}_2"), hex_of(f"{name}_3"))
    for kon, name in (("kvinnor", "kv"), ("man", "man"), ("totalt", "total"))
}
