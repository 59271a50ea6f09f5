"""BIP, the progression measurement every third month (domain.md section 5): labels, scale, due, change.

The questions' own wording is under its owner's rights and is nowhere here; labels and scale are defaults that
a municipality may change. An answer is kept under the neutral label here, whatever it is called on screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
SKALA = 5  # answers are 1 to this, unless the setting `bip.skala` says another
# What the setting may be: two steps at least, and no more than the register has room for.
MINSTA_SKALA, STORSTA_SKALA = 2, 10
LANGSTA_ETIKETT = 100
MANADER_MELLAN = 3


@dataclass(frozen=True, slots=True)
class Forandring:
    """How an answer differs from the first and from the one before; None where there is none."""

    forsta: int | None = None
    forra: int | None = None


def list_indikatorer(svarande: Svarande) -> tuple[str, ...]:
    """The labels to answer: the deltagare has the first nine, the handläggare all eleven."""
    return BIP_INDIKATORER[:ANTAL_FOR_DELTAGARE] if svarande is Svarande.DELTAGARE else BIP_INDIKATORER


def calculate_nasta_matning(senaste: date) -> date:
    """Next due: three months after the latest, the month's last day where the day is missing."""
    return add_months(senaste, MANADER_MELLAN)


def suggest_nasta_matning(matt: date, avtalad: date | None) -> date:
    """The day to offer for the next measurement: one agreed that is ahead of `matt`, else by the rule."""
    return avtalad if avtalad is not None and avtalad > matt else calculate_nasta_matning(matt)


def calculate_forandring(varden: Iterable[tuple[date, int]]) -> Forandring:
    """Latest − first and latest − the one before, of one indicator as one svarande answered it; empty when
    it was measured on fewer than two days."""
    ordnade = sorted(varden)
    if len(ordnade) < 2 or ordnade[0][0] == ordnade[-1][0]:
        return Forandring()
    senaste = ordnade[-1][1]
    return Forandring(senaste - ordnade[0][1], senaste - ordnade[-2][1])


def is_etiketter(etiketter: object) -> bool:
    """Whether these can be what the indicators are called on screen: one for each, none like another."""
    if not isinstance(etiketter, list | tuple) or len(etiketter) != len(BIP_INDIKATORER):
        return False
    if not all(isinstance(e, str) and 0 < len(e.strip()) <= LANGSTA_ETIKETT for e in etiketter):
        return False
    return len({e.strip().casefold() for e in etiketter}) == len(etiketter)


def name_indikatorer(etiketter: Sequence[str]) -> Mapping[str, str]:
    """What each indicator is called on screen."""
    return dict(zip(BIP_INDIKATORER, etiketter, strict=True))
