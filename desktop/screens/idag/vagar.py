"""Where the work of a row of the day's lists is done."""

from datetime import date
from typing import Any

from db.queries.idag.rows import IdagRow, Nasta
from desktop.screens.idag.texts import akt_of
from desktop.shell.navigation import Location


def location_of(row: IdagRow, today: date) -> Location:
    """The page of the card with the next act begun; for närvaro the first week with a pass that nobody
    registered."""
    if row.nasta is Nasta.REGISTRERA_NARVARO:
        from desktop.screens.narvaro.oppna import OppnaVecka

        assert row.nasta_id is not None
        return Location("narvaro", OppnaVecka(row.nasta_id, row.frist or today))
    return card_location(row.person.id, *akt_of(row))


def card_location(
    deltagare_id: int,
    flik: str,
    namn: str,
    rad_id: int | None = None,
    varden: dict[str, Any] | None = None,
) -> Location:
    """A page of the card, its act begun where there is such an act."""
    from desktop.screens.kort.acts import ACTS
    from desktop.screens.kort.page import Akt, Oppna

    akt = Akt(namn, rad_id, varden or {})
    return Location("kort", Oppna(deltagare_id, flik, akt if akt.namn in ACTS else None))
