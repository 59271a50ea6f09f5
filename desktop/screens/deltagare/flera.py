"""How the form for many people is asked for, and what its drafts are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

LONGEST_KEY = 200
PEOPLE = "deltagare"  # where a draft tells of whom it is when its name has no room for them
_KEY = re.compile(r"flera/(\w+)/([0-9a-z]+(?:\.[0-9a-z]+)*)")
_MANY = re.compile(r"flera/(\w+)/~[0-9a-f]{64}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Flera:
    """Location("deltagare", Flera("nytt_mote", (3, 17))): the form of the same möte for both. Without people
    the draft `utkast` tells of whom it is."""

    kind: str
    ids: tuple[int, ...]
    utkast: str = ""


def flera_key(kind: str, ids: tuple[int, ...]) -> str:
    """What the form is called among the drafts: by the people, or by their digest where they are too many
    for a name."""
    packed = _pack(ids)
    key = f"flera/{kind}/{packed}"
    return key if len(key) <= LONGEST_KEY else f"flera/{kind}/~{sha256(packed.encode()).hexdigest()}"


def tell_people(ids: tuple[int, ...]) -> dict[str, object]:
    """What a draft keeps beside its fields, so that it can be gone on with."""
    return {PEOPLE: _pack(ids)}


def read_people(varden: Mapping[str, object]) -> tuple[int, ...]:
    """Of whom a draft is; nobody where it does not tell."""
    packed = varden.get(PEOPLE)
    return _unpack(packed) if isinstance(packed, str) and packed else ()


def read_flera_key(nyckel: str) -> Flera | None:
    """The form that a draft belongs to; None where the draft is of another."""
    if many := _MANY.fullmatch(nyckel):
        return Flera(many[1], (), nyckel)
    found = _KEY.fullmatch(nyckel)
    return Flera(found[1], _unpack(found[2])) if found is not None else None


def _pack(ids: tuple[int, ...]) -> str:
    """The first, and then the step to each of the next, in base 36."""
    first = sorted(ids)
    steps = [first[0], *(later - earlier for earlier, later in pairwise(first))]
    return ".".join(_short(step) for step in steps)


def _unpack(packed: str) -> tuple[int, ...]:
    ids: list[int] = []
    for step in packed.split("."):
        ids.append(int(step, 36) + (ids[-1] if ids else 0))
    return tuple(ids)


def _short(number: int) -> str:
    """In base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"
