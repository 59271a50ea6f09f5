"""Names of catalogue rows as parts of row ids."""

from collections import Counter
from collections.abc import Iterable

from db.rules.text import slug


def unique_slugs(namn: Iterable[str], upptagna: Iterable[str] = ()) -> dict[str, str]:
    """Each name's slug, in the names' order; names that fold alike get _2, _3 … in alphabetical order.

    Nobody gets one of `upptagna`, which other rows are called. A name without a single letter or digit of
    ours is called `namnlos`.
    """
    alla = list(namn)
    tagna: Counter[str] = Counter(upptagna)
    slugs: dict[str, str] = {}
    egna = {slug(n) or "namnlos" for n in alla}
    for ett in sorted(alla):
        grund = forslag = slug(ett) or "namnlos"
        while tagna[forslag] or (forslag != grund and forslag in egna):
            tagna[grund] += 1
            forslag = f"{grund}_{tagna[grund]}"
        tagna[forslag] += 1
        slugs[ett] = forslag
    return {ett: slugs[ett] for ett in alla}
