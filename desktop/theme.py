"""Light and dark, text size and fonts: palette and style sheet from the tokens, built once per change."""

from enum import StrEnum

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.icons import Icons
from desktop.stylesheet import build_style_sheet
from desktop.tokens import ChipColours, Tokens, load_tokens
from resources import resource_path


class Mode(StrEnum):
    """What the user chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Everything a widget needs in order to look right. Handed to widgets; never global.

    The style sheet is first built by `set`, which the window calls with what the user chose last time.
    """

    changed = Signal()
    chosen = Signal()  # also where the choice looks like what was before

    def __init__(self, app: QApplication, tokens: Tokens | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = tokens or load_tokens()
        self.mode = Mode.SYSTEM
        self.scale = 100
        self.scheme = self._wanted_scheme()
        self._colours = self._read_colours()
        self._fonts: dict[tuple[str, int], QFont] = {}
        self._icons = Icons(app.devicePixelRatio())
        self._applied: tuple[str, int] | None = None
        self._dressed: list[QWidget] = []
        self.sheet = ""
        load_fonts()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def set(self, mode: Mode | None = None, scale: int | None = None) -> None:
        """Choose light, dark or system and the text size in percent; applies to the whole program at once."""
        self.mode = self.mode if mode is None else mode
        self.scale = self.scale if scale is None else self._nearest(scale)
        self._apply()
        self.chosen.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window its style sheet, now and after every change; its dialogs and menus have it from it.

        Not the application: under its sheet every widget would be styled anew each time that what it lies in
        is put into something else, which takes three times as long as building a screen.
        """
        others = (known for known in self._dressed if shiboken6.isValid(known) and known is not window)
        self._dressed = [*others, window]
        window.setStyleSheet(self.sheet)

    def step_scale(self, steps: int) -> None:
        """The next larger (+1) or smaller (−1) text size; 0 is back to 100 %."""
        scales = self.tokens.scales
        index = scales.index(self.scale) + steps if steps else scales.index(100)
        self.set(scale=scales[max(0, min(index, len(scales) - 1))])

    def colour(self, name: str) -> QColor:
        """The token as a colour of the present scheme."""
        return self._colours[name]

    def px(self, value: float) -> int:
        """A measure of the design in px, scaled with the text."""
        return round(value * self.scale / 100)

    def size(self, name: str) -> int:
        """A named size of the tokens, scaled."""
        return self.px(self.tokens.sizes[name])

    def row(self, name: str) -> int:
        """A named row height of the tokens, scaled."""
        return self.px(self.tokens.rows[name])

    def chip(self, kind: str) -> ChipColours:
        """The token names of a kind of chip."""
        return self.tokens.chips[kind]

    def font(self, style: str = "body", weight: int | None = None) -> QFont:
        """A font of the type scale, for painted text; the weight of the scale unless told."""
        step = self.tokens.types[style]
        key = (style, weight or step.weight)
        if key not in self._fonts:
            self._fonts[key] = make_font(self.px(step.px), key[1], step.px)
        return self._fonts[key]

    def pixmap(self, name: str, colour: str = "text2", px: int = 16, stroke: float = 1.75) -> QPixmap:
        """The icon drawn in a token colour, at a size in design px."""
        return self._icons.pixmap(name, self._colours[colour].name(), self.px(px), stroke)

    def icon(self, name: str, colour: str = "text2", px: int = 16) -> QIcon:
        """The same as a QIcon, for menus and Qt's own controls."""
        return QIcon(self.pixmap(name, colour, px))

    def logo(self, px: int = 28) -> QPixmap:
        """The Egenväg mark in the colours of the scheme."""
        accent, on = self._colours["accent"].name(), self._colours["accent_on"].name()
        return self._icons.logo(accent, on, self.px(px))

    def _nearest(self, scale: int) -> int:
        return min(self.tokens.scales, key=lambda known: abs(known - scale))

    def _system_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        scheme = self._wanted_scheme()
        if self._applied == (scheme, self.scale):
            return
        self._applied, self.scheme = (scheme, self.scale), scheme
        self._colours = self._read_colours()
        self._fonts.clear()
        self._app.setFont(self.font())
        self._app.setPalette(make_palette(self._colours))
        self.sheet = build_style_sheet(self.tokens, scheme, self.px)
        for window in self._dressed:
            if shiboken6.isValid(window):
                window.setStyleSheet(self.sheet)
        self.changed.emit()

    def _read_colours(self) -> dict[str, QColor]:
        return {name: QColor(value) for name, value in self.tokens.colours[self.scheme].items()}

    def _wanted_scheme(self) -> str:
        if self.mode is not Mode.SYSTEM:
            return self.mode.value
        return "dark" if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def load_fonts() -> None:
    """Make Inter known to Qt; adding the same file again costs nothing and changes nothing."""
    if "Inter" in QFontDatabase.families():
        return
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(resource_path("fonts", f"Inter-{weight}.ttf")))


def make_font(px: int, weight: int, design_px: int) -> QFont:
    """Inter with tabular figures at reading sizes and the tracking of the tokens."""
    font = QFont(["Inter", "Segoe UI", "Noto Sans", "sans-serif"])
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99 if design_px <= 14 else 98)
    if design_px <= 17:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def make_palette(colours: dict[str, QColor]) -> QPalette:
    """The palette for everything the style sheet does not reach."""
    role = QPalette.ColorRole
    palette = QPalette()
    for key, name in {
        role.Window: "bg", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "surface2",
        role.Text: "text", role.PlaceholderText: "text3", role.Button: "surface", role.ButtonText: "text",
        role.Highlight: "selected", role.HighlightedText: "text", role.Link: "accent_text",
        role.LinkVisited: "accent_text", role.ToolTipBase: "surface", role.ToolTipText: "text",
        role.Light: "surface", role.Midlight: "hair", role.Mid: "border", role.Dark: "border_strong",
        role.Accent: "accent", role.BrightText: "danger_on",
    }.items():  # fmt: skip
        palette.setColor(key, colours[name])
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, colours["text3"])
    return palette
