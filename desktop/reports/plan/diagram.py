"""The chart of a goal: the outcome of each indicator beside what it is held against and the target, by kön
where both are told."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from db.rules.koder import Indikatorslag
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import NYCKLAR, Utfall
from db.rules.riktvarde import Malslag
from db.rules.tabell import Diagram, Stapel, Stapelgrupp
from desktop.reports import formats
from desktop.reports.plan.celler import (
    Celler,
    label_of,
    period_head,
    plain_number,
    printed,
    suffix_of,
    target_words,
)
from desktop.reports.plan.tabeller import KON

NAMES = {**KON, "totalt": "Totalt"}
MOST_ROWS = 18  # of bars and targets: what stands on a page with heading and lead
_LEAST_OF_HUNDRED = 25  # a share below is told from another only on a scale of its own
_LONGEST_FIGURE = 14  # characters; a printed text that is longer stands as its number
_SCALES = "Varje mått har sin egen skala, som börjar på noll."


def goal_chart(celler: Celler, bilder: Sequence[Indikatorbild]) -> Diagram | None:
    """The bars of those that have something to hold against each other: two outcomes, two kön, or a target.

    With more than a page holds, those with a target in numbers come before others, in the plan's order. None
    where there is nothing to draw.
    """
    found = [(bild, group) for bild in bilder if (group := _group(celler, bild)) is not None]
    chosen = _fitting([group for _, group in found])
    if not chosen:
        return None
    with_target = any(group.riktord for group in chosen)
    note = f"{_SCALES} Strecket är riktvärdet för året." if with_target else _SCALES
    of_now = [_tells(celler, bild.utfall) for bild, group in found if group in chosen]
    rubrik = "Utfall" if all(of_now) else "Senaste utfall" if any(of_now) else "Tidigare utfall"
    rubrik += " mot riktvärde" * with_target
    if any(of_now) and any(stapel.tidigare for group in chosen for stapel in group.staplar):
        rubrik += " och tidigare utfall"
    if len(chosen) < len(found):
        rubrik += f" ({len(chosen)} av {len(bilder)})"
        note += " Alla står i tabellen."
    return Diagram(rubrik, tuple(chosen), note)


def _fitting(groups: Sequence[Stapelgrupp]) -> list[Stapelgrupp]:
    rows, chosen = 0, set()
    for at in sorted(range(len(groups)), key=lambda at: not groups[at].riktord):
        rows += len(groups[at].staplar) + bool(groups[at].riktord)
        if rows > MOST_ROWS:
            break
        chosen.add(at)
    return [group for at, group in enumerate(groups) if at in chosen]


def _group(celler: Celler, bild: Indikatorbild) -> Stapelgrupp | None:
    points = _points(celler, bild)
    mal = bild.provning.mal["totalt"]
    is_goal = mal.slag is Malslag.TAL and bild.indikator.slag is not Indikatorslag.VOLYM
    target = mal.tal if is_goal and mal.tal is not None and mal.tal >= 0 else None
    staplar = tuple(_bars(celler, bild, points))
    if len(staplar) + (target is not None) < 2 or any(stapel.tal < 0 for stapel in staplar):
        return None
    longest = max([float(stapel.tal) for stapel in staplar] + [float(target or 0)])
    return Stapelgrupp(
        label_of(bild.indikator),
        staplar,
        100 if bild.indikator.enhet == "andel" and _LEAST_OF_HUNDRED <= longest <= 100 else longest or 1,
        0 if target is None else plain_number(target),
        "" if target is None else f"Riktvärde {_with_unit(bild, target_words(bild))}",
    )


def _points(celler: Celler, bild: Indikatorbild) -> list[Utfall]:
    """The outcome and what it is held against; without an outcome the latest two before it."""
    before = [one for one in (bild.ingaende, *bild.tidigare) if _tells(celler, one)]
    if not _tells(celler, bild.utfall):
        return [one for one in before if one is not None][-2:]
    jamfort = bild.provning.jamfort
    return [one for one in (jamfort, bild.utfall) if one is not None and _tells(celler, one)]


def _tells(celler: Celler, utfall: Utfall | None) -> bool:
    return any(celler.visible(utfall, nyckel) is not None for nyckel in NYCKLAR)


def _bars(celler: Celler, bild: Indikatorbild, points: Sequence[Utfall]) -> Iterator[Stapel]:
    """By kön where the last outcome shows both, else totalt alone: bars can be measured (R12)."""
    by_kon = bool(points) and _both(celler, points[-1])
    for nyckel in NYCKLAR if by_kon else ("totalt",):
        for utfall in points:
            tal = celler.visible(utfall, nyckel)
            if tal is None or (nyckel != "totalt" and not _both(celler, utfall)):
                continue
            head = period_head(utfall.period)
            yield Stapel(
                f"{NAMES[nyckel]} {head[:1].lower()}{head[1:]}",
                plain_number(tal),
                _with_unit(bild, _figure(celler, bild, utfall, nyckel, tal)),
                nyckel,
                utfall is not points[-1],
            )


def _both(celler: Celler, utfall: Utfall) -> bool:
    return None not in (celler.visible(utfall, "kvinnor"), celler.visible(utfall, "man"))


def _figure(celler: Celler, bild: Indikatorbild, utfall: Utfall, nyckel: str, tal: Decimal) -> str:
    """The figure as its table prints it."""
    text = celler.utfall(bild.indikator, utfall, nyckel).text
    return text if 0 < len(text) <= _LONGEST_FIGURE else printed(f"{tal:f}")


def _with_unit(bild: Indikatorbild, text: str) -> str:
    suffix = suffix_of(bild.indikator)
    return f"{text}{formats.HARD_SPACE}{suffix}" if suffix and text[-1:].isdigit() else text
