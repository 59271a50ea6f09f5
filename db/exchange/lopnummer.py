"""Löpnummer of delegationsbeslut in a file: those told are kept, the others get the next of their year."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from db.exchange.frames import Frame
from db.exchange.storeside import Key
from db.queries.delegationsbeslut import find_next_lopnummer

if TYPE_CHECKING:
    from db.exchange.resolving import Resolver

Values = dict[str, list[Any]]


def spread_years(values: Values) -> None:
    """The year that each row is numbered in."""
    values["ar"] = [None if datum is None else int(datum[:4]) for datum in values["datum"]]


def check_lopnummer(
    resolver: "Resolver", frame: Frame, values: Values, matched: dict[int, tuple[int, Key]]
) -> None:
    """Tell the rows that would have the number of another, in the file or in the register."""
    taken = _taken(resolver, frame, values, matched)
    first: dict[tuple[int, int], int] = {}
    own = {place: row_id for place, (row_id, _) in matched.items()}
    for place, key in enumerate(zip(values["ar"], values["lopnummer"], strict=True)):
        if None in key or place in frame.bad:
            continue
        name = f"{key[0]}/{key[1]}"
        earlier = first.setdefault(key, place)
        if earlier != place:
            frame.fault(
                place,
                "lopnummer",
                f"Löpnumret {name} står också på rad {frame.rows[earlier]}. Rätta en av raderna, eller lämna "
                "numret tomt.",
            )
        elif key in taken and taken[key] != own.get(place):
            message = f"Löpnumret {name} har redan ett annat beslut i registret. Rätta numret."
            frame.fault(place, "lopnummer", message)


def give_lopnummer(resolver: "Resolver", values: Values, new: Iterable[int]) -> None:
    """Number the new rows that tell none: the next of the year in the order of days, then of the file."""
    places = [place for place in new if values["lopnummer"][place] is None]
    if not places:
        return
    ar, lopnummer = values["ar"], values["lopnummer"]
    free = find_next_lopnummer(resolver.store.connection, {ar[place] for place in places})
    for place, number in enumerate(lopnummer):
        if number is not None and ar[place] in free:
            free[ar[place]] = max(free[ar[place]], number + 1)
    for place in sorted(places, key=lambda place: (values["datum"][place], place)):
        lopnummer[place] = free[ar[place]]
        free[ar[place]] += 1


def _taken(
    resolver: "Resolver", frame: Frame, values: Values, matched: dict[int, tuple[int, Key]]
) -> dict[tuple[int, int], int]:
    """By year and number the rows of the register that keep theirs."""
    wanted = {number for number in values["lopnummer"] if number is not None}
    moved = {
        row_id: (values["ar"][place], values["lopnummer"][place])
        for place, (row_id, _) in matched.items()
        if place not in frame.bad
    }
    rows = resolver.store.rows("delegationsbeslut", ["ar", "lopnummer"], "lopnummer", wanted)
    return {
        (ar, number): row_id for row_id, ar, number in rows if moved.get(row_id, (ar, number)) == (ar, number)
    }
