"""Lucide icons drawn in the colours of the theme, kept once drawn. QtSvg is loaded at the first icon."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from resources import resource_path


class Icons:
    """Draws and remembers pixmaps by name, colour, size and stroke."""

    def __init__(self, ratio: float = 1.0) -> None:
        self._ratio = ratio
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, px: int, stroke: float) -> QPixmap:
        """The icon in #RRGGBB at px; an unknown name is a bug and raises FileNotFoundError."""
        key = (name, colour, px, stroke)
        if key not in self._drawn:
            svg = self._source(name).replace("currentColor", colour)
            svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
            self._drawn[key] = _draw(svg, px, self._ratio)
        return self._drawn[key]

    def logo(self, accent: str, on: str, px: int) -> QPixmap:
        """The Egenväg mark."""
        key = ("egenvag", accent, px, 0.0)
        if key not in self._drawn:
            svg = self._source("egenvag").replace("#0B5A73", accent).replace("#FFFFFF", on)
            self._drawn[key] = _draw(svg, px, self._ratio)
        return self._drawn[key]

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]


def _draw(svg: str, px: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(round(px * ratio), round(px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap
