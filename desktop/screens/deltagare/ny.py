"""How the form of a new person is asked for, and what its drafts are called."""

from dataclasses import dataclass

_NY = "deltagare/ny/"
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Ny:
    """Location("deltagare", Ny("Hodan Rönnstig")): the form begun with what was searched for in vain."""

    text: str = ""


def ny_key(text: str) -> str:
    """What the form is called among the drafts: one for each that was searched for."""
    return f"{_NY}{text}"[:LONGEST_KEY]


def read_ny_key(nyckel: str) -> Ny | None:
    """The form that a draft belongs to; None where the draft is of another screen."""
    return Ny(nyckel.removeprefix(_NY)) if nyckel.startswith(_NY) else None
