"""How other screens ask for an enhet, for the queue, or for a place to somebody who waits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisaEnhet:
    """Location("platser", VisaEnhet(3)): the enhet with its people."""

    enhet_id: int


@dataclass(frozen=True, slots=True)
class VisaKo:
    """Location("platser", VisaKo()): everybody who waits."""


@dataclass(frozen=True, slots=True)
class GeFranKo:
    """Location("platser", GeFranKo(5)): a place to the one whose row of the queue it is."""

    platsko_id: int


SCREEN = "platser"
NY, MAL, GE, ENHET = "ny", "mal", "ge", ("platser", "kostnad", "uppgifter", "stang")


@dataclass(frozen=True, slots=True)
class Fortsatt:
    """A form begun earlier: `act` is NY, MAL, GE (`ids` of enhet and who waits, 0 for none) or one of ENHET
    (`ids` of the enhet)."""

    act: str
    ids: tuple[int, ...] = ()


def form_key(act: str, *ids: int | None) -> str:
    """What a form is called among the drafts: "platser/kostnad/7"."""
    return "/".join((SCREEN, act, *(str(id_ or 0) for id_ in ids)))


def read_form_key(nyckel: str) -> Fortsatt | None:
    """The form that a draft belongs to; None where the draft is of another screen."""
    screen, _, rest = nyckel.partition("/")
    act, *ids = rest.split("/")
    wanted = {NY: 0, MAL: 0, GE: 2} | dict.fromkeys(ENHET, 1)
    if screen != SCREEN or wanted.get(act) != len(ids) or not all(id_.isdecimal() for id_ in ids):
        return None
    return Fortsatt(act, tuple(int(id_) for id_ in ids))
