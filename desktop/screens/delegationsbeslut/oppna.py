"""How other screens ask for the form of a new delegationsbeslut, and what its drafts are called."""

from dataclasses import dataclass

_NYTT = "delegationsbeslut/nytt"


@dataclass(frozen=True, slots=True)
class NyttBeslut:
    """Location("delegationsbeslut", NyttBeslut()): the form of a new one."""


def new_key() -> str:
    """What the form is called among the drafts."""
    return _NYTT


def change_key(beslut_id: int) -> str:
    """What the form of a change is called among the drafts."""
    return f"delegationsbeslut/{beslut_id}"


def read_new_key(nyckel: str) -> NyttBeslut | None:
    """The form that a draft belongs to; None where the draft is of another screen."""
    return NyttBeslut() if nyckel == _NYTT else None
