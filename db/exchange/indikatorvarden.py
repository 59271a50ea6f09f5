"""Typed outcomes in a file: the same days told twice, indicators that no plan has, rows that say nothing."""

from typing import TYPE_CHECKING, Any

from db.exchange.frames import Frame
from db.rules.plan import plain_period

if TYPE_CHECKING:
    from db.exchange.resolving import Resolver

Values = dict[str, list[Any]]
_TAL = ("kvinnor", "man", "totalt")
_UNKNOWN = (
    "Indikatorn finns inte i någon plan. Värdet sparas och syns när en plan med det id:t är inläst. "
    "Kontrollera stavningen."
)
_COMPUTED = "Utfallet räknas fram ur registret. Det inskrivna gäller bara med en kommentar som säger varför."


def check_indikatorvarden(resolver: "Resolver", frame: Frame, values: Values) -> None:
    """Tell a period of the same days twice (2024 and 2024-12), in the file or with the register; warn of the
    rest, each indicator once."""
    koder = {kod for kod in values["indikator"] if kod is not None}
    beraknas, stored = _planned(resolver, koder), _stored(resolver, koder)
    first: dict[tuple[str, str], int] = {}
    # Without any plan in the register there is nothing to hold an id against.
    told: set[str] = koder if resolver.store.is_empty("planindikator") else set()
    for place, (kod, period) in enumerate(zip(values["indikator"], values["period"], strict=True)):
        if kod is None or period is None or place in frame.bad:
            continue
        nyckel = (kod, plain_period(period))
        earlier = first.setdefault(nyckel, place)
        if stored.get(nyckel, period) != period:
            message = f"Registret har samma dagar, skrivna {stored[nyckel]}. Skriv perioden likadant."
            frame.fault(place, "period", message)
        elif earlier != place:
            frame.fault(
                place,
                "period",
                f"Samma dagar finns redan på rad {frame.rows[earlier]} "
                f"({values['period'][earlier]}). Ta bort en av raderna.",
            )
        elif all(values[falt][place] is None for falt in _TAL):
            frame.warn(place, "totalt", "Raden har inget tal och ändrar inget utfall. Fyll i minst ett.")
        if kod not in told and kod not in beraknas:
            told.add(kod)
            frame.warn(place, "indikator", _UNKNOWN)
        elif kod not in told and beraknas[kod] and not values["kommentar"][place]:
            told.add(kod)
            frame.warn(place, "kommentar", _COMPUTED)


def _stored(resolver: "Resolver", koder: set[str]) -> dict[tuple[str, str], str]:
    """How the register writes the periods of the indicators."""
    rows = resolver.store.rows("indikatorvarde", ["indikator", "period"], "indikator", koder)
    return {(kod, plain_period(period)): period for _, kod, period in rows}


def _planned(resolver: "Resolver", koder: set[str]) -> dict[str, str]:
    """The indicators that a plan has, with what computes them ("" for none)."""
    rows = resolver.store.rows("planindikator", ["kod", "beraknas"], "kod", koder)
    found: dict[str, str] = {}
    for _, kod, beraknas in rows:
        found[kod] = found.get(kod) or beraknas
    return found
