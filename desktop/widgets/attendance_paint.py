"""How a week of marks is drawn: letter, mark and pattern, never colour alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme
from desktop.widgets.attendance import NAME, GridCell, GridRole, GridRow, Index
from desktop.widgets.paint import draw_chip, draw_text, hatch, rounded, text_width

if TYPE_CHECKING:
    from desktop.widgets.attendance_view import AttendanceView

SLOT, LEAST_SLOT, WHOLE, SHARE, LEAST_NAME = 57, 46, 116, 112, 176  # widths in design px
# The same where there is little room: a letter without its mark, a share without its bar.
SMALL_SLOT, SMALL_SHARE, SMALL_NAME = 26, 76, 132
RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Look:
    """Token colours, pattern and mark of a state."""

    fill: str
    edge: str
    tone: str
    icon: str
    pattern: str = ""
    line: str = ""


LOOKS = {
    "N": Look("att_n", "ok_border", "ok", "check"),
    "G": Look("att_g", "info", "info", "file-check", "hatch", "info_border"),
    "O": Look("danger_solid", "", "danger_on", "x"),
    "S": Look("att_s", "warn", "warn", "thermometer", "dots", "warn_border"),
}


def draw_mark(painter: QPainter, theme: Theme, rect: QRectF, mark: str) -> None:
    """A registered state in `rect`: fill, pattern, and letter beside its mark on a plain plate."""
    look, px = LOOKS[mark], theme.px
    edge = theme.colour(look.edge) if look.edge else None
    rounded(painter, rect, px(5), theme.colour(look.fill), None)
    if look.pattern == "hatch":
        hatch(painter, rect, theme.colour(look.line), px(5), px(7))
    elif look.pattern == "dots":
        _dots(painter, theme, rect, look.line)
    rounded(painter, rect, px(5), None, edge)
    icon, letter = px(13), text_width(theme, mark, "body", 600)
    if rect.width() < icon + px(4) + letter + px(8):
        icon = 0
    width = icon + (px(4) if icon else 0) + letter
    left = rect.center().x() - width / 2
    if look.pattern:
        plate = QRectF(left - px(3), rect.center().y() - px(9), width + px(6), px(18))
        rounded(painter, plate, px(4), theme.colour(look.fill), None)
    if icon:
        pixmap = theme.pixmap(look.icon, look.tone, 13, 2.25)
        painter.drawPixmap(QPointF(left, rect.center().y() - icon / 2), pixmap)
    words = QRectF(left + width - letter, rect.top(), letter + 2, rect.height())
    draw_text(painter, theme, words, mark, look.tone, "body", 600, elide=False)


def draw_empty(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A planned pass that nobody has registered: an empty dashed frame."""
    rounded(painter, rect, theme.px(5), theme.colour("surface"), None)
    pen = QPen(theme.colour("border_strong"), 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(5), theme.px(5))


def draw_off(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """Nothing planned: a dot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("border_strong"))
    painter.drawEllipse(rect.center(), theme.px(2) / 1.2, theme.px(2) / 1.2)


def _dots(painter: QPainter, theme: Theme, rect: QRectF, tone: str) -> None:
    painter.save()
    clip = QPainterPath()
    clip.addRoundedRect(rect, theme.px(5), theme.px(5))
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone))
    step = theme.px(6)
    y = rect.top() + step / 2
    while y < rect.bottom():
        x = rect.left() + step / 2
        while x < rect.right():
            painter.drawEllipse(QPointF(x, y), 1, 1)
            x += step
        y += step
    painter.restore()


class AttendanceDelegate(QStyledItemDelegate):
    """Paints the cells; a pass over two slots is drawn once over both."""

    def __init__(self, theme: Theme, view: "AttendanceView") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows have the height of the tokens."""
        return QSize(self._theme.px(SLOT), self._theme.row("attendance"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then name, pass or share."""
        painter.save()
        rect = QRectF(option.rect)
        painter.setClipRect(rect)
        self._paint_ground(painter, rect, index)
        row, cell = index.data(GridRole.ROW), index.data(GridRole.CELL)
        if isinstance(cell, GridCell):
            self._paint_pass(painter, index, cell)
        elif index.column() == NAME:
            self._paint_name(painter, rect, row)
        else:
            self._paint_share(painter, rect, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme, view = self._theme, self._view
        if index.row() == view.currentIndex().row():
            painter.fillRect(rect, theme.colour("hover"))
        if view.is_chosen(index):
            painter.fillRect(rect, theme.colour("selected"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("hair"))
        if view.begins_day(index.column()):
            painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), theme.colour("border"))

    def _paint_pass(self, painter: QPainter, index: Index, cell: GridCell) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRectF(self._view.pass_rect(index))
        side = px(4 if rect.width() >= px(LEAST_SLOT) else 2)
        box = rect.adjusted(side + 1, px(4), -side, -px(4) - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.mark:
            draw_mark(painter, theme, box, cell.mark)
        elif cell.planned:
            draw_empty(painter, theme, box)
        else:
            draw_off(painter, theme, box)
        if cell.note:
            self._paint_corner(painter, box)
        if self._view.is_chosen(index):
            rounded(painter, box.adjusted(-1, -1, 1, 1), px(6), None, theme.colour("accent"), 1.5)
        if self._view.is_current_pass(index) and self._view.hasFocus():
            ring = box.adjusted(-px(2), -px(2), px(2), px(2))
            rounded(painter, ring, px(6), None, theme.colour("focus"), 2)

    def _paint_corner(self, painter: QPainter, box: QRectF) -> None:
        """A folded corner: there is a note."""
        side = self._theme.px(7)
        corner = QPainterPath(QPointF(box.right() - side, box.top()))
        corner.lineTo(box.right(), box.top())
        corner.lineTo(box.right(), box.top() + side)
        corner.closeSubpath()
        painter.fillPath(corner, self._theme.colour("text"))

    def _paint_name(self, painter: QPainter, rect: QRectF, row: GridRow) -> None:
        theme, px = self._theme, self._theme.px
        small = rect.width() < px(LEAST_NAME)
        area = rect.adjusted(px(8 if small else 14), px(2), -px(4 if small else 8), -px(3))
        if row.warning:
            mark = theme.pixmap("triangle-alert", "danger", 16, 2)
            painter.drawPixmap(QPointF(area.right() - px(16), rect.center().y() - px(8)), mark)
            area.setRight(area.right() - px(22))
        if not row.masked:
            half = area.height() / 2
            upper = QRectF(area.left(), area.top(), area.width(), half + px(1))
            draw_text(painter, theme, upper, row.name, "text", "body", 500)
            lower = QRectF(area.left(), area.top() + half, area.width(), half)
            draw_text(painter, theme, lower, row.detail, "text2", "axis")
            return
        chip = QRectF(area.left(), rect.top() + px(2), area.width(), px(18))
        chip.setWidth(min(area.width(), text_width(theme, row.name, "meta", 500) + px(30)))
        draw_chip(painter, theme, chip, "protected", row.name)
        lower = QRectF(area.left(), chip.bottom(), area.width(), rect.bottom() - chip.bottom() - px(2))
        draw_text(painter, theme, lower, row.detail, "text2", "axis")

    def _paint_share(self, painter: QPainter, rect: QRectF, row: GridRow) -> None:
        theme, px = self._theme, self._theme.px
        small = rect.width() < px(SHARE)
        if row.share is None or small:
            area = rect.adjusted(px(4 if small else 8), 0, -px(12), 0)
            tone, style, weight = ("text2", "meta", None) if row.share is None else ("text", "body", 600)
            draw_text(painter, theme, area, row.share_text, tone, style, weight, RIGHT)
            return
        bar = QRectF(rect.left() + px(10), rect.center().y() - px(3), px(44), px(6))
        rounded(painter, bar, 3, theme.colour("neutral_soft"), theme.colour("neutral_border"))
        if row.share > 0:
            bar.setWidth(bar.width() * row.share / 100)
            rounded(painter, bar, 3, theme.colour("s5"), None)
        area = rect.adjusted(px(56), 0, -px(12), 0)
        draw_text(painter, theme, area, row.share_text, "text", "body", 600, RIGHT)


class MarkLabel(QWidget):
    """A mark as it looks in the grid, for a legend; the words stand beside it."""

    def __init__(self, theme: Theme, mark: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._mark = theme, mark
        theme.changed.connect(self._themed)
        self._themed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark, an empty frame, or the dot."""
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mark in LOOKS:
            draw_mark(painter, self._theme, rect, self._mark)
        elif self._mark:
            draw_off(painter, self._theme, rect)
        else:
            draw_empty(painter, self._theme, rect)

    def _themed(self) -> None:
        narrow = bool(self._mark) and self._mark not in LOOKS
        self.setFixedSize(self._theme.px(12 if narrow else 44), self._theme.px(24))
