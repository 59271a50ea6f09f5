"""How other screens ask for the forms of a delegationsbeslut, and what their drafts are called."""

import re
from dataclasses import dataclass

_FORM = re.compile(r"delegationsbeslut/(nytt|[0-9]+)")


@dataclass(frozen=True, slots=True)
class NyttBeslut:
    """Location("delegationsbeslut", NyttBeslut()): the form of a new one."""


@dataclass(frozen=True, slots=True)
class AndraBeslut:
    """Location("delegationsbeslut", AndraBeslut(5)): the form of a change."""

    beslut_id: int


def new_key() -> str:
    """What the form of a new one is called among the drafts."""
    return "delegationsbeslut/nytt"


def change_key(beslut_id: int) -> str:
    """What the form of a change is called among the drafts."""
    return f"delegationsbeslut/{beslut_id}"


def read_form_key(nyckel: str) -> NyttBeslut | AndraBeslut | None:
    """The form that a draft belongs to; None where the draft is of another screen."""
    found = _FORM.fullmatch(nyckel)
    if found is None:
        return None
    return NyttBeslut() if found[1] == "nytt" else AndraBeslut(int(found[1]))
