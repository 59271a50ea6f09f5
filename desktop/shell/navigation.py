"""Where the user is, has been and can go. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.shell.screen import Screen


class Section(IntEnum):
    """Where on the rail an item stands; a line parts the sections."""

    WORK = 0
    FOLLOW_UP = 1
    BOTTOM = 2


@dataclass(frozen=True, slots=True)
class Location:
    """A screen and what it shows, e.g. Location("deltagare", 17)."""

    key: str
    argument: object = None


@dataclass(frozen=True)
class ScreenSpec:
    """A screen that exists. It is built at the first visit. With `under` set it has no place of its own on
    the rail and marks that item instead."""

    key: str
    title: str
    icon: str
    build: Callable[[], "Screen"]
    section: Section = Section.WORK
    under: str = ""


@dataclass
class History:
    """Back and forward, as in a web reader; bounded."""

    limit: int = 100
    _back: list[Location] = field(default_factory=list)
    _forward: list[Location] = field(default_factory=list)
    current: Location | None = None

    def visit(self, location: Location) -> None:
        """Go somewhere new; what lay forward is forgotten. The same place twice is one visit."""
        if location == self.current:
            return
        if self.current is not None:
            self._back = [*self._back, self.current][-self.limit :]
        self._forward.clear()
        self.current = location

    @property
    def previous(self) -> Location | None:
        """Where `back` leads."""
        return self._back[-1] if self._back else None

    @property
    def next(self) -> Location | None:
        """Where `forward` leads."""
        return self._forward[-1] if self._forward else None

    def back(self) -> Location | None:
        """Go back and return the place, or None where there is none."""
        return self._move(self._back, self._forward)

    def forward(self) -> Location | None:
        """Go forward and return the place, or None where there is none."""
        return self._move(self._forward, self._back)

    def forget(self, location: Location) -> None:
        """A place that no longer exists."""
        self._back = [place for place in self._back if place != location]
        self._forward = [place for place in self._forward if place != location]

    def _move(self, source: list[Location], target: list[Location]) -> Location | None:
        if not source:
            return None
        if self.current is not None:
            target.append(self.current)
        self.current = source.pop()
        return self.current
