"""Which of two cards' values hold when two registered doubles become one."""

from collections.abc import Mapping

from db.rules.koder import Skydd

FALT = (
    "personnummer", "fornamn", "efternamn", "fodelsedatum", "kon", "skyddad", "telefon", "epost", "omrade",
    "sprak", "tolk", "utrikesfodd", "utbildningsniva", "hushall_id",
)  # fmt: skip
# The surest kind of number first; none at all is last.
_NUMMERTYPER = ("personnummer", "samordningsnummer", "reservnummer", None)
_SKYDD = tuple(Skydd)  # in the order of how much they hide


def suggest_fields(kvar: Mapping[str, object], annan: Mapping[str, object]) -> frozenset[str]:
    """The fields to take from the other card: what is empty here, the surer number, the stronger protection.

    The mappings hold FALT and `nummertyp`.
    """
    chosen = {name for name in FALT if _is_empty(kvar[name]) and not _is_empty(annan[name])}
    chosen -= {"personnummer", "skyddad"}
    if _NUMMERTYPER.index(_text(annan["nummertyp"])) < _NUMMERTYPER.index(_text(kvar["nummertyp"])):
        chosen.add("personnummer")
        # Birth date and kön go with the number that says them.
        chosen |= {name for name in ("fodelsedatum", "kon") if not _is_empty(annan[name])}
    if _SKYDD.index(Skydd(str(annan["skyddad"]))) > _SKYDD.index(Skydd(str(kvar["skyddad"]))):
        chosen.add("skyddad")
    return frozenset(chosen)


def keeps_protection(kvar: str, annan: str, *, fran_annan: bool) -> bool:
    """Whether the one who comes out is protected if either was."""
    either = Skydd(kvar) is not Skydd.NEJ or Skydd(annan) is not Skydd.NEJ
    return not either or Skydd(annan if fran_annan else kvar) is not Skydd.NEJ


def stronger_protection(one: str, other: str) -> str:
    """The one of two protections that hides more."""
    return max(Skydd(one), Skydd(other), key=_SKYDD.index).value


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _text(value: object) -> str | None:
    return None if value is None else str(value)
