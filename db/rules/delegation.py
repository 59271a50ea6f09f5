"""Delegationsbeslut (domain.md §8): the list names no participant, so text that seems to is pointed out."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from db.rules.personnummer import STRECK, NummerError, parse_nummer

HIDDEN = "[nummer borttaget]"
HIDDEN_NAME = "[namn borttaget]"
# Eight or six digits and four more, or a reservnummer, in any written form (R1).
_NUMBER = re.compile(r"(?<!\d)(\d{8}|\d{6}) ?[-+]? ?(\d{4}|[Tt]\d{3}|[Tt][Ff]\d{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTICLES = frozenset({"af", "al", "av", "da", "de", "di", "du", "el", "van", "von"})
# Begin a sentence about a decision, so they are no first name.
_OPENINGS = frozenset(
    {
        "ansökan", "avskrivning", "avslag", "avslås", "avvisning", "beslut", "beviljas", "bifall", "bistånd",
        "delvis", "enligt", "fortsatt", "försörjningsstöd", "för", "från", "kommunen", "med", "nämnden", "om",
        "omprövning", "region", "socialnämnden", "svenska", "till", "återkrav", "ändring",
    }
)  # fmt: skip


def has_number(text: str) -> bool:
    """Whether the text holds what looks like a personnummer, samordningsnummer or reservnummer, right or
    miswritten: the first digits could be a day of birth."""
    return any(_could_be_born(found[1]) for found in _NUMBER.finditer(text.translate(STRECK)))


def hide_numbers(text: str, idag: date) -> str:
    """The text with every number that identifies a person (R1) taken out: the list is read by others."""
    parts, end = [], 0
    for found in _NUMBER.finditer(text.translate(STRECK)):
        if _is_number(found[0], idag):
            parts += [text[end : found.start()], HIDDEN]
            end = found.end()
    return "".join((*parts, text[end:]))


def hide_names(text: str, egna: Collection[str], kanda: Collection[str]) -> str:
    """The text without names: each of the words `egna` with a capital or in capitals, also with an s after
    it, and the names `kanda` as a whole (see `list_names`)."""
    for namn in kanda:
        text = re.sub(rf"(?<!\w){re.escape(namn)}s?(?!\w)", HIDDEN_NAME, text)
    ord_ = {form for ord_ in egna for form in (ord_, ord_.upper(), f"{ord_}s", f"{ord_.upper()}S")}
    text = _WORD.sub(lambda word: HIDDEN_NAME if word[0] in ord_ else word[0], text)
    return re.sub(rf"{re.escape(HIDDEN_NAME)}(?:[\s,]+{re.escape(HIDDEN_NAME)})+", HIDDEN_NAME, text)


def name_words(fornamn: str, efternamn: str) -> frozenset[str]:
    """The words of a name that tell who it is: without particles and single letters."""
    words = (word[0] for word in _WORD.finditer(f"{fornamn} {efternamn}"))
    return frozenset(word for word in words if len(word) > 1 and word.lower() not in _PARTICLES)


def list_names(text: str) -> tuple[str, ...]:
    """Every two words that look like a first name and a surname, the surname without an s after it too."""
    found = tuple(_names(text))
    return (*found, *(namn[:-1] for namn in found if namn.endswith("s")))


def find_name(text: str) -> str:
    """The first two words that look like a first name and a surname, "" where none do."""
    return next(_names(text), "")


def names_person(text: str, fornamn: str, efternamn: str) -> bool:
    """Whether the text holds the whole first name or the whole surname, written with the same capitals: Bo
    is a name and bo is not."""
    said = {word[0] for word in _WORD.finditer(text)}
    names = ({word[0] for word in _WORD.finditer(name)} for name in (fornamn, efternamn))
    return any(name and name <= said for name in names)


def _names(text: str) -> Iterator[str]:
    first: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        if first is not None and word[0].lower() in _PARTICLES and _is_beside(text, first.end(), word):
            continue
        if not _is_capitalised(word[0]):
            first = None
            continue
        if first is not None and _is_beside(text, first.end(), word):
            yield text[first.start() : word.end()]
        first = None if word[0].lower() in _OPENINGS else word


def _is_beside(text: str, end: int, word: re.Match[str]) -> bool:
    """Only space and particles between: no sign that parts them."""
    between = text[end : word.start()]
    return all(part.lower() in _PARTICLES for part in between.split())


def _is_capitalised(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word[-1].islower()


def _could_be_born(digits: str) -> bool:
    month, day = int(digits[-4:-2]), int(digits[-2:])
    return 1 <= month <= 12 and 1 <= (day - 60 if day > 60 else day) <= 31


def _is_number(text: str, idag: date) -> bool:
    try:
        parse_nummer(text, idag)
    except NummerError:
        return False
    return True
