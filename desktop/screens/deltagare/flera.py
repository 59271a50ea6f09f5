"""How the form for many people is asked for, and what its drafts are called."""

import re
from dataclasses import dataclass
from itertools import pairwise

LONGEST_KEY = 200
_KEY = re.compile(r"flera/(\w+)/([0-9a-z]+(?:\.[0-9a-z]+)*)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Flera:
    """Location("deltagare", Flera("nytt_mote", (3, 17))): the form of the same möte for both."""

    kind: str
    ids: tuple[int, ...]


def flera_key(kind: str, ids: tuple[int, ...]) -> str:
    """What the form is called among the drafts; empty where more are chosen than a name has room for."""
    first = sorted(ids)
    steps = [first[0], *(later - earlier for earlier, later in pairwise(first))]
    key = f"flera/{kind}/{'.'.join(_short(step) for step in steps)}"
    return key if len(key) <= LONGEST_KEY else ""


def read_flera_key(nyckel: str) -> Flera | None:
    """The form that a draft belongs to; None where the draft is of another."""
    found = _KEY.fullmatch(nyckel)
    if found is None:
        return None
    ids: list[int] = []
    for step in found[2].split("."):
        ids.append(int(step, 36) + (ids[-1] if ids else 0))
    return Flera(found[1], tuple(ids))


def _short(number: int) -> str:
    """In base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"
