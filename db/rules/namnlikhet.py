"""Whether two names may be the same person's, written by two people: for the warning of likely doubles."""

import re

from db.rules.text import words

_ASCII = str.maketrans({"å": "a", "ä": "a", "ö": "o"})
# One sound, several spellings, as names are carried over from other alphabets and times.
_SOUNDS = (
    ("ph", "f"), ("ch", "k"), ("ck", "k"), ("th", "t"), ("q", "k"), ("c", "k"),
    ("w", "v"), ("z", "s"), ("x", "ks"), ("y", "i"), ("j", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
SHORT, LONG = 4, 8  # letters from which one slip, then two, are passed over
PREFIX = 3  # letters of a word not written to its end


def is_like(fornamn: str, efternamn: str, annat_fornamn: str, annat_efternamn: str) -> bool:
    """Whether the two names are likely to be one person's, who is known to be born the same day.

    They are when a förnamn is alike (the efternamn may have changed), or when the förnamn of each is found
    among all names of the other (the two written in each other's place). Twins are therefore not alike.
    False while either förnamn is missing; the order of the two makes no difference.
    """
    one, other = _sounds(fornamn), _sounds(annat_fornamn)
    if _share(one, other):
        return True
    one_last, other_last = _sounds(efternamn), _sounds(annat_efternamn)
    return _share(one, other_last) and _share(other, one_last)


def is_same(fornamn: str, efternamn: str, annat_fornamn: str, annat_efternamn: str) -> bool:
    """Whether the two names are the same words, in whatever order, accents and hyphens aside; words that only
    one of them has are passed over, as long as two are the same."""
    one = {*words(fornamn), *words(efternamn)}
    other = {*words(annat_fornamn), *words(annat_efternamn)}
    return min(len(one), len(other)) >= 2 and (one <= other or other <= one)


def word_is_like(one: str, other: str) -> bool:
    """Whether two sounds of `sounds_of` are alike: a slip or two, or one not written to its end."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= PREFIX and longer.startswith(shorter):
        return True
    allowed = 0 if len(shorter) < SHORT else 1 if len(shorter) < LONG else 2
    return len(longer) - len(shorter) <= allowed and _distance(one, other) <= allowed


def sound_of(word: str) -> str:
    """A folded word as it sounds, roughly: Christina and Kristina give the same."""
    sound = word.translate(_ASCII)
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    return _DOUBLED.sub(r"\1", sound)


def _sounds(name: str) -> tuple[str, ...]:
    """Every word, and all of them as one: Ann-Marie is Annmarie."""
    found = words(name)
    whole = ("".join(found),) if len(found) > 1 else ()
    return tuple(sound_of(word) for word in (*found, *whole))


def _share(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(word_is_like(one, other) for one in some for other in others)


def _distance(one: str, other: str) -> int:
    """How many letters must be changed, added, taken away or swapped with the next."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
