"""BIP, the progression measurement every third month (domain.md section 5): labels, scale, due, change.

The questions' own wording is under its owner's rights and is nowhere here; labels and scale are defaults that
a municipality may change.
"""

from collections.abc import Iterable
from datetime import date

from db.rules.koder import Svarande
from db.rules.period import add_months

BIP_INDIKATORER = (
    "hälsa i vardagen",
    "ork i vardagen",
    "målmedvetenhet",
    "tro på att få jobb",
    "arbetsidentitet",
    "kunskap om arbetsmarknaden",
    "jobbsökande",
    "samarbete",
    "nätverk",
    "yrkeskunskap",
    "handläggarens tro på jobb",
)
ANTAL_FOR_DELTAGARE = 9
SKALA = range(1, 6)
MANADER_MELLAN = 3


def list_indikatorer(svarande: Svarande) -> tuple[str, ...]:
    """The labels to answer: the deltagare has the first nine, the handläggare all eleven."""
    return BIP_INDIKATORER[:ANTAL_FOR_DELTAGARE] if svarande is Svarande.DELTAGARE else BIP_INDIKATORER


def calculate_nasta_matning(senaste: date) -> date:
    """Next due: three months after the latest, the month's last day where the day is missing."""
    return add_months(senaste, MANADER_MELLAN)


def calculate_forandring(varden: Iterable[tuple[date, int]]) -> int | None:
    """Latest − first value of one indicator; None when it was measured on fewer than two days."""
    ordnade = sorted(varden)
    if not ordnade or ordnade[0][0] == ordnade[-1][0]:
        return None
    return ordnade[-1][1] - ordnade[0][1]
