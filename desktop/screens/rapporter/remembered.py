"""What was last chosen for each report, kept between starts."""

from dataclasses import dataclass

from desktop.settings import Settings

LAST = "rapporter/senast"


@dataclass(frozen=True, slots=True)
class Valt:
    """The period chosen and the comparison, as the choices call them, and what is written as one's own."""

    period: str = ""
    egen: str = ""
    jamforelse: str = ""
    egen_jamforelse: str = ""


def load(settings: Settings, rapport: str) -> Valt:
    """What was last chosen for the report; empty where nothing was."""
    return Valt(*(settings.get(f"rapporter/{rapport}/{name}", "") for name in Valt.__slots__))


def save(settings: Settings, rapport: str, valt: Valt) -> None:
    """Remember it, and that this was the report."""
    settings.set(LAST, rapport)
    for name in Valt.__slots__:
        settings.set(f"rapporter/{rapport}/{name}", getattr(valt, name))
