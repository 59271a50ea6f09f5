"""A week of half-days to tick: arrows move, space ticks, a click too."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.formatting import WEEKDAYS
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded

PASS = ("fm", "em")
HEAD, ROW, SIDE = 20, 26, 30  # px
Cell = tuple[int, int]  # weekday 0–6, place in PASS
Schema = tuple[tuple[int, str], ...]
WORKWEEK = frozenset((day, place) for day in range(5) for place in range(2))


class SchemaField(QWidget):
    """The value is (weekday 1–7, fm, em or `` for the whole day) in order, and empty for whole days Monday to
    Friday, which is what an insats without schema has."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: frozenset[Cell] = WORKWEEK
        self._shown: tuple[Schema, frozenset[Cell]] = ((), WORKWEEK)
        self._at: Cell = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self._describe()

    def value(self) -> Schema:
        """What is ticked; as it was given while it says the same."""
        given, cells = self._shown
        if self._cells == cells:
            return given
        return () if self._cells == WORKWEEK else _schema(self._cells)

    def is_empty(self) -> bool:
        """True where nothing is ticked at all."""
        return not self._cells

    def set_value(self, schema: Schema) -> None:
        """Show a schema."""
        cells = _cells(schema) if schema else WORKWEEK
        self._shown = (schema, cells)
        self._tick(cells)

    def plain_value(self) -> list[list[object]]:
        """What is ticked, as a draft keeps it."""
        return [list(part) for part in _schema(self._cells)]

    def set_plain_value(self, value: object) -> None:
        """Show what a draft kept."""
        self._tick(_cells(_parts(value)))

    def text(self) -> str:
        """In words: "mån–fre hela dagar", "mån fm, ons em"."""
        return describe_schema(_schema(self._cells))

    def sizeHint(self) -> QSize:
        """Seven days, two halves."""
        px = self._theme.px
        return QSize(px(SIDE) + 7 * px(34), px(HEAD) + 2 * px(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, space ticks."""
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            across, down = steps[key]
            self._move((self._at[0] + across) % 7, min(1, max(0, self._at[1] + down)))
        elif key is Qt.Key.Key_Space:
            self._tick(self._cells ^ {self._at})
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick what is pressed."""
        for day in range(7):
            for place in range(2):
                if self._area((day, place)).contains(event.position()):
                    self._move(day, place)
                    self._tick(self._cells ^ {(day, place)})

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Days above, halves at the left, a tick in what is chosen."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        centre = Qt.AlignmentFlag.AlignHCenter
        for day, name in enumerate(WEEKDAYS):
            head = QRectF(self._area((day, 0)).left(), 0, self._width(), px(HEAD))
            draw_text(painter, theme, head, name[:3], "text2", "meta", 500, centre)
        for place, name in enumerate(PASS):
            side = QRectF(0, px(HEAD) + place * px(ROW), px(SIDE), px(ROW))
            draw_text(painter, theme, side, name, "text2", "meta", 500)
            for day in range(7):
                self._paint_cell(painter, (day, place))

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        theme, px = self._theme, self._theme.px
        area = self._area(cell).adjusted(px(2), px(2), -px(2), -px(2))
        if cell in self._cells:
            rounded(painter, area, 4, theme.colour("accent"), None)
            side = px(14)
            spot = QPointF(area.center().x() - side / 2, area.center().y() - side / 2)
            painter.drawPixmap(spot, theme.pixmap("check", "accent_on", 14, 3))
        else:
            rounded(painter, area, 4, theme.colour("surface"), theme.colour("border_strong"))
        if self.hasFocus() and cell == self._at:
            focus_ring(painter, theme, area.adjusted(-2, -2, 2, 2), 5)

    def _width(self) -> float:
        return (self.width() - self._theme.px(SIDE)) / 7

    def _area(self, cell: Cell) -> QRectF:
        px = self._theme.px
        left = px(SIDE) + cell[0] * self._width()
        return QRectF(left, px(HEAD) + cell[1] * px(ROW), self._width(), px(ROW))

    def _move(self, day: int, place: int) -> None:
        self._at = (day, place)
        self._describe()
        self.update()

    def _tick(self, cells: frozenset[Cell]) -> None:
        if cells != self._cells:
            self._cells = cells
            self.changed.emit()
        self._describe()
        self.update()

    def _describe(self) -> None:
        day, place = self._at
        half = (tr("förmiddag"), tr("eftermiddag"))[place]
        ticked = tr("vald") if self._at in self._cells else tr("inte vald")
        self.setAccessibleDescription(f"{WEEKDAYS[day]} {half} {ticked}. {self.text()}")


def describe_schema(schema: Schema) -> str:
    """ "mån–fre hela dagar", "mån hel dag, tis fm"; "mån–fre hela dagar" also for none."""
    if not schema or _cells(schema) == WORKWEEK:
        return tr("mån–fre hela dagar")
    return ", ".join(f"{WEEKDAYS[day - 1][:3]} {pass_ or tr('hel dag')}" for day, pass_ in schema)


def describe_plain(value: object) -> str:
    """The same of what a draft keeps."""
    parts = _parts(value)
    return describe_schema(parts) if parts else tr("ingen dag")


def _parts(value: object) -> Schema:
    return tuple((int(day), str(pass_)) for day, pass_ in value) if isinstance(value, list) else ()


def _cells(schema: Iterable[tuple[int, str]]) -> frozenset[Cell]:
    return frozenset(
        (day - 1, place) for day, pass_ in schema for place, name in enumerate(PASS) if pass_ in ("", name)
    )


def _schema(cells: frozenset[Cell]) -> Schema:
    parts: list[tuple[int, str]] = []
    for day in range(7):
        halves = [place for place in range(2) if (day, place) in cells]
        parts += [(day + 1, "")] if len(halves) == 2 else [(day + 1, PASS[place]) for place in halves]
    return tuple(parts)
