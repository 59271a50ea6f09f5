"""The acting user. Every query and every command receives one, so rights and logs have one place to live."""

from dataclasses import dataclass
from enum import StrEnum


class Roll(StrEnum):
    HANDLAGGARE = "handläggare"
    KOORDINATOR = "koordinator"
    CHEF = "chef"
    NAMNDSEKRETERARE = "nämndsekreterare"
    ADMINISTRATOR = "administratör"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Aktor:
    """Who acts: `signatur` is what ärenden and inskrivningar name as handläggare or koordinator."""

    signatur: str
    namn: str
    roll: Roll

    @property
    def is_system(self) -> bool:
        """True for scheduled jobs and the command line, which act for the whole register."""
        return self.roll is Roll.SYSTEM


SYSTEM = Aktor("system", "Egenväg", Roll.SYSTEM)
