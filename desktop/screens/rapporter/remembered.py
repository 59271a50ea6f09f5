"""What was last chosen for each report, kept between starts."""

from dataclasses import dataclass

from desktop.settings import Settings

LAST = "rapporter/senast"


@dataclass(frozen=True, slots=True)
class Valt:
    """The period chosen and the comparison, as the choices call them, what is written as one's own, and the
    parts left out (`utan`, with a space between), and whom it is narrowed to."""

    period: str = ""
    egen: str = ""
    jamforelse: str = ""
    egen_jamforelse: str = ""
    utan: str = ""
    enhet: str = ""
    malgrupp: str = ""


def load(settings: Settings, rapport: str) -> Valt:
    """What was last chosen for the report; empty where nothing was."""
    return Valt(*(settings.get(f"rapporter/{rapport}/{name}", "") for name in Valt.__slots__))


def save(settings: Settings, rapport: str, valt: Valt) -> None:
    """Remember it, and that this was the report."""
    settings.set(LAST, rapport)
    for name in Valt.__slots__:
        settings.set(f"rapporter/{rapport}/{name}", getattr(valt, name))


def load_utan(settings: Settings, rapport: str) -> tuple[str, ...]:
    """The parts that the report was last made without."""
    return tuple(load(settings, rapport).utan.split())
