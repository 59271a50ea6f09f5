"""Chips, count pills and avatars: small painted labels, read out as their words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.formatting import initials
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import chip_width, draw_chip, draw_text, rounded, text_width


class Chip(QLabel):
    """Icon and words in the colours of a kind of the tokens (overdue, soon, later, ok, info, …)."""

    def __init__(
        self,
        theme: Theme,
        kind: str,
        text: str,
        icon: str = "",
        header: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self._height = "chip_header" if header else "chip"
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set(self, kind: str, text: str, icon: str = "") -> None:
        """Show something else."""
        self._kind, self._icon = kind, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(chip_width(self._theme, self.text()), self._theme.size(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for its words it tells them by a tooltip."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip."""
        draw_chip(QPainter(self), self._theme, QRectF(self.rect()), self._kind, self.text(), self._icon)


class ProtectedChip(Chip):
    """The black chip of a protected identity."""

    def __init__(self, theme: Theme, text: str = "", header: bool = False, parent: QWidget | None = None):
        super().__init__(theme, "protected", text or tr("Skyddad identitet"), "", header, parent)


class Pill(QLabel):
    """A count, e.g. 20; `danger` for overdue. `spoken` is what is read out: "5 frister"."""

    def __init__(
        self, theme: Theme, text: str, spoken: str = "", danger: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._danger = danger
        self.setAccessibleName(spoken or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """At least a circle."""
        px = self._theme.px
        return QSize(max(px(20), text_width(self._theme, self.text(), "meta", 600) + px(12)), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pill."""
        draw_pill(QPainter(self), self._theme, QRectF(self.rect()), self.text(), self._danger)


def draw_pill(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, danger: bool, fill: str = "neutral_soft"
) -> None:
    """A count pill in `rect`."""
    colours = ("danger_soft", "danger_border", "danger") if danger else (fill, "neutral_border", "text2")
    rounded(painter, rect, rect.height() / 2, theme.colour(colours[0]), theme.colour(colours[1]))
    draw_text(painter, theme, rect, text, colours[2], "meta", 600, Qt.AlignmentFlag.AlignHCenter, elide=False)


class Avatar(QLabel):
    """Initials in a circle, or a shield on black where the name is protected."""

    def __init__(
        self, theme: Theme, name: str, side: int = 32, protected: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(name, protected)
        theme.changed.connect(self.updateGeometry)

    def set(self, name: str, protected: bool = False) -> None:
        """Another person."""
        self._protected = protected
        self._initials = "" if protected else initials(name)
        self.setAccessibleName(tr("Skyddad identitet") if protected else name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square around the circle."""
        return QSize(self._theme.px(self._side), self._theme.px(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The circle and what stands in it."""
        painter, theme, rect = QPainter(self), self._theme, QRectF(self.rect())
        fill = "protect_bg" if self._protected else "accent_soft"
        rounded(painter, rect, rect.width() / 2, theme.colour(fill), None)
        if self._protected:
            side = self._side // 2
            at = (rect.width() - theme.px(side)) / 2
            painter.drawPixmap(QPointF(at, at), theme.pixmap("shield-alert", "protect_on", side))
            return
        style = "panel" if self._side >= 40 else "meta" if self._side >= 30 else "axis"
        draw_text(
            painter,
            theme,
            rect,
            self._initials,
            "accent_text",
            style,
            600,
            Qt.AlignmentFlag.AlignHCenter,
            False,
        )
