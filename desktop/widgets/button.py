"""Buttons, painted from tokens: primary, secondary, quiet (text only) and danger; with icon and keys."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width


class ButtonKind(StrEnum):
    """PRIMARY once per page; QUIET is text in the link colour; DANGER only where something is lost."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


def shown_keys(keys: str) -> str:
    """Keys as a Swedish keyboard has them: "Ctrl+Skift+N" of "Ctrl+Shift+N"."""
    for name, words in (("Return", "Enter"), ("Up", "↑"), ("Down", "↓"), ("Shift", "Skift")):
        keys = keys.replace(name, words)
    return keys


class Button(QPushButton):
    """A button with words. `keys` is both shown and bound, and works while the button is on screen."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self.kind = kind
        self._keys, self._bare = shown_keys(keys), False
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if keys:
            self.setShortcut(QKeySequence(keys))
        theme.changed.connect(self.updateGeometry)

    def set_disabled_because(self, reason: str) -> None:
        """Disable and say why in the tooltip; an empty reason enables again."""
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def setText(self, text: str) -> None:
        """Other words; the keys stay, which Qt would let go."""
        keys = self.shortcut()
        super().setText(text)
        self.setShortcut(keys)

    def set_bare(self, bare: bool) -> None:
        """Without its keys beside the words, where there is no room for them; they work as before."""
        if bare != self._bare:
            self._bare = bare
            self.updateGeometry()
            self.update()

    def bare_width(self) -> int:
        """As wide as it is without its keys."""
        px = self._theme.px
        width = text_width(self._theme, self.text(), self._style(), self._weight())
        width += px(16 + 8) if self._icon else 0
        return width + 2 * px(4 if self.kind is ButtonKind.QUIET else 13)

    def full_width(self) -> int:
        """As wide as it is with its keys."""
        beside = self._theme.px(8) + text_width(self._theme, self._keys, "meta", 500)
        return self.bare_width() + (beside if self._keys else 0)

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        width = self.bare_width() if self._bare else self.full_width()
        return QSize(width, self._theme.px(22 if self.kind is ButtonKind.QUIET else 32))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, then icon, words and keys."""
        painter = QPainter(self)
        self._paint_frame(painter)
        self._paint_content(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        filled = self.kind in (ButtonKind.PRIMARY, ButtonKind.DANGER) and self.isEnabled()
        if self.hasFocus() and filled:
            rounded(painter, rect, 7, theme.colour("surface"), None)
            inner = rect.adjusted(4, 4, -4, -4)
            rounded(painter, inner, 4, theme.colour(self._fill()), None)
        elif self._fill():
            edge = None if filled else theme.colour(self._edge())
            rounded(painter, rect, 6, theme.colour(self._fill()), edge)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)

    def _paint_content(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        x = (self.width() - self.sizeHint().width()) / 2 + px(4 if self.kind is ButtonKind.QUIET else 13)
        if self._icon:
            pixmap = theme.pixmap(self._icon, self._tone(icon=True), 16)
            painter.drawPixmap(QPointF(x, (self.height() - px(16)) / 2), pixmap)
            x += px(16 + 8)
        width = text_width(theme, self.text(), self._style(), self._weight()) + 2
        area = QRectF(x, 0, width, self.height())
        draw_text(painter, theme, area, self.text(), self._tone(), self._style(), self._weight(), elide=False)
        if self._keys and not self._bare:
            rest = QRectF(area.right() + px(6), 0, self.width() - area.right(), self.height())
            tone = "text2" if self.kind is ButtonKind.SECONDARY else self._tone()
            draw_text(painter, theme, rest, self._keys, tone, "meta", 500, elide=False)

    def _fill(self) -> str:
        hot = self.isDown() or self.underMouse()
        if not self.isEnabled():
            return "" if self.kind is ButtonKind.QUIET else "neutral_soft"
        return {
            ButtonKind.PRIMARY: "accent_hover" if hot else "accent",
            ButtonKind.SECONDARY: "hover" if hot else "surface",
            ButtonKind.QUIET: "hover" if hot else "",
            ButtonKind.DANGER: "danger_solid",
        }[self.kind]

    def _edge(self) -> str:
        return self._fill() if self.kind is ButtonKind.QUIET else "neutral_border"

    def _tone(self, icon: bool = False) -> str:
        if not self.isEnabled():
            return "text3"
        plain = "text2" if icon else "text"
        return {
            ButtonKind.PRIMARY: "accent_on",
            ButtonKind.SECONDARY: plain,
            ButtonKind.QUIET: "accent_text",
            ButtonKind.DANGER: "danger_on",
        }[self.kind]

    def _style(self) -> str:
        return "meta" if self.kind is ButtonKind.QUIET else "body"

    def _weight(self) -> int:
        return 600 if self.kind in (ButtonKind.PRIMARY, ButtonKind.DANGER) else 500


class IconButton(QPushButton):
    """A button with an icon only; its name is read out and shown as a tooltip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        side: int = 30,
        icon_px: int = 17,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._side = side
        self._icon_px = icon_px
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def set_icon(self, icon: str, name: str) -> None:
        """Another icon with another meaning."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._theme.px(self._side), self._theme.px(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill when hovered, icon, ring when focused."""
        painter, theme, rect = QPainter(self), self._theme, QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            rounded(painter, rect, 6, theme.colour("hover"), None)
        pixmap = theme.pixmap(self._icon, "text2" if self.isEnabled() else "border_strong", self._icon_px)
        offset = (rect.width() - theme.px(self._icon_px)) / 2
        painter.drawPixmap(QPointF(offset, (rect.height() - theme.px(self._icon_px)) / 2), pixmap)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)


def close_button(theme: Theme, parent: QWidget | None = None) -> IconButton:
    """The small x that closes what it stands on."""
    return IconButton(theme, "x", tr("Stäng"), 26, 15, parent)
