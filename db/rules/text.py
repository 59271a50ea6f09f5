"""Folding, sorting and naming of Swedish text: what SQLite's and PostgreSQL's own functions do not do alike.

å, ä and ö are letters of their own; every other accent is dropped. Foreign letters go where a Swede looks for
them.
"""

import re
import unicodedata

# Letters that Unicode does not take apart, as searched for. Danish and Norwegian æ ø are our ä ö.
_FOLDED = {
    "æ": "ä",
    "ø": "ö",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
}
_RING, _DIAERESIS, _DOUBLE_ACUTE = "\u030a", "\u0308", "\u030b"
_KEPT = {
    ("a", _RING): "å",
    ("a", _DIAERESIS): "ä",
    ("o", _DIAERESIS): "ö",
    ("o", _DOUBLE_ACUTE): "ö",
}
_SORTED = _KEPT | {("u", _DIAERESIS): "y", ("u", _DOUBLE_ACUTE): "y"}
_PLAIN = re.compile(r"[a-z0-9åäö]+(?: [a-z0-9åäö]+)*")
# { | } follow z in ASCII, so å ä ö come last under binary comparison; ~ puts all other scripts after them.
_SORT_KEYS = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
_PART = "\x1f"
_ASCII = str.maketrans({"å": "a", "ä": "a", "ö": "o"})


def fold(text: str) -> str:
    """The text as words to search among: lower case, accents off except å ä ö, words joined by one space.

    æ is ä and ø is ö; ü is u, because that is the key people press for Müller (sorting has ü with y instead:
    `sort_key`). Hyphens, apostrophes and all other signs part words. Folding twice changes nothing.
    """
    return _fold(text, _KEPT)


def words(text: str) -> tuple[str, ...]:
    """The folded words of the text, in order."""
    return tuple(fold(text).split())


def sort_key(*delar: str) -> str:
    """An ASCII text whose binary order (SQLite BINARY, PostgreSQL "C") is the Swedish order: a–z, å, ä, ö.

    Parts (efternamn, förnamn) weigh in turn, and words within them: Ek Zeta before Ekberg Anna. v and w are
    two letters, as in SAOL since 2006; ü sorts as y; other scripts come last.
    """
    nyckel = _PART.join(_fold(del_, _SORTED) for del_ in delar).translate(_SORT_KEYS)
    return nyckel if nyckel.isascii() else "".join(c if c.isascii() else f"~{ord(c):06x}" for c in nyckel)


def slug(text: str) -> str:
    """A row id (exchange.md): lower case ASCII, words joined by `_` (praktik inför OSA -> praktik_infor_osa).

    Two names may give one slug, and a name without Latin letters gives none: the caller tells them apart.
    """
    ascii_text = fold(text).translate(_ASCII)
    return "_".join(ascii_text.encode("ascii", "ignore").decode().split())


def _fold(text: str, kept: dict[tuple[str, str], str]) -> str:
    enkel = text.lower()
    if _PLAIN.fullmatch(enkel):
        return enkel
    return " ".join(_fold_letters(text, kept).split())


def _fold_letters(text: str, kept: dict[tuple[str, str], str]) -> str:
    ut: list[str] = []
    bas = ""
    for tecken in unicodedata.normalize("NFKD", text):
        kategori = unicodedata.category(tecken)
        if kategori[0] == "M" or kategori == "Cf":
            if (bas, tecken) in kept:
                ut[-1] = kept[bas, tecken]
                bas = ""
            continue
        bas = tecken.casefold()
        ut.append("".join(_FOLDED.get(c, c) if c.isalnum() else " " for c in bas))
    return "".join(ut)
