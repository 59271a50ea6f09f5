"""The pictures put aside for a report of their own, while the register is open. Already hidden (R12)."""

from desktop.charts.picture import Picture

MOST = 30


class Bildlada:
    """Pictures in the order they were put here; a newer one of the same title takes the older one's place."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All of them."""
        return tuple(self._pictures.values())

    def put(self, picture: Picture) -> bool:
        """Put a picture aside; False where there is no more room."""
        if picture.title not in self._pictures and len(self._pictures) >= MOST:
            return False
        self._pictures[picture.title] = picture
        return True

    def clear(self) -> None:
        """Throw them out."""
        self._pictures.clear()
