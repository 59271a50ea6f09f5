"""What is derived from a person's name: the place in the alphabet and the words that find the person."""

from db.rules.text import sort_key, words

LONGEST = 400  # as wide as the columns; a name in another script grows when it is made sortable


def sortering(efternamn: str, fornamn: str) -> str:
    """The person's place in the Swedish alphabet under binary comparison: efternamn first, then förnamn."""
    return sort_key(efternamn, fornamn)[:LONGEST].strip()


def sokord(efternamn: str, fornamn: str) -> frozenset[str]:
    """The folded words that find the person, each once."""
    return frozenset(ord_[:LONGEST] for ord_ in words(f"{efternamn} {fornamn}"))
