"""Over and under a week of marks: heads of days with their halves, and totals."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.attendance import FIRST_SLOT, NAME, Slot
from desktop.widgets.attendance_paint import LEAST_NAME, LEAST_SLOT
from desktop.widgets.paint import draw_text, rounded, text_width

if TYPE_CHECKING:
    from desktop.widgets.attendance_view import AttendanceView

HEAD, TOTAL = 48, 34  # heights in design px
RIGHT, CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


class AttendanceHeader(QHeaderView):
    """Days over their halves; today has a bar and a word."""

    def __init__(self, theme: Theme, parent: "AttendanceView") -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._view = theme, parent
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(600), self._theme.px(HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """A name, or the part of a day's head that lies over this slot."""
        theme, area = self._theme, QRectF(rect)
        model = self._view.grid
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, theme.colour("surface2"))
        if model.is_slot(section):
            self._paint_slot(painter, area, model.slots[section - FIRST_SLOT], section)
        else:
            title = str(model.headerData(section, Qt.Orientation.Horizontal))
            inner = area.adjusted(theme.px(8), 0, -theme.px(12), 0)
            if section == NAME:
                inner.setLeft(area.left() + theme.px(14 if area.width() >= theme.px(LEAST_NAME) else 8))
            align = Qt.AlignmentFlag.AlignLeft if section == NAME else RIGHT
            draw_text(painter, theme, inner, title, "text2", "meta", 600, align)
        if self._view.begins_day(section):
            painter.fillRect(QRectF(area.left(), area.top(), 1, area.height()), theme.colour("border"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("border"))
        painter.restore()

    def _paint_slot(self, painter: QPainter, area: QRectF, slot: Slot, section: int) -> None:
        theme, px = self._theme, self._theme.px
        if slot.today:
            painter.fillRect(area, theme.colour("selected"))
            painter.fillRect(QRectF(area.left(), area.top(), area.width(), px(3)), theme.colour("accent"))
        first = section - slot.place
        left = float(self.sectionViewportPosition(first))
        width = float(sum(self.sectionSize(first + place) for place in range(slot.places)))
        edge = px(7 if width >= px(2 * LEAST_SLOT) else 3)
        top = QRectF(left + edge, px(6), width - edge - px(2), px(18))
        tone = "accent_text" if slot.today else "text"
        draw_text(painter, theme, top, self._fitting(slot.title, top.width()), tone, "body", 600)
        below = QRectF(area.left(), px(25), area.width(), px(16))
        if slot.part:
            draw_text(painter, theme, below, slot.part, "text2", "meta", None, CENTRE)
        if slot.today:
            self._paint_today(painter, top, slot.title)

    def _fitting(self, title: str, room: float) -> str:
        """ "mån 9 nov", "mån 9" or "mån"."""
        words = title.split()
        told = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((part for part in told if text_width(self._theme, part, "body", 600) <= room), words[0])

    def _paint_today(self, painter: QPainter, top: QRectF, title: str) -> None:
        """The word beside the day; where the words have no room the bar and the ground tell."""
        theme, px, word = self._theme, self._theme.px, tr("idag")
        size = text_width(theme, word, "axis", 600) + px(8)
        beside = text_width(theme, title, "body", 600) + px(4)
        pill = QRectF(top.left() + beside, top.top() + px(1), size, px(16))
        if pill.right() <= top.right() + px(2):
            rounded(painter, pill, px(8), theme.colour("accent"), None)
            draw_text(painter, theme, pill, word, "accent_on", "axis", 600, CENTRE, elide=False)


class AttendanceFooter(QWidget):
    """Totals under the columns of a view, which it follows as the columns move."""

    def __init__(self, theme: Theme, view: "AttendanceView", title: str) -> None:
        super().__init__()
        self._theme, self._view, self._title, self._share = theme, view, title, ""
        header = view.horizontalHeader()
        header.sectionResized.connect(lambda *_sizes: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        theme.changed.connect(self._themed)
        self._themed()

    def set_share(self, text: str) -> None:
        """The share of all together, and what is read out."""
        self._share = text
        days = ", ".join(f"{slot.spoken} {slot.total}" for slot in self._view.grid.slots if slot.total)
        self.setAccessibleName(f"{self._title}: {days}. {tr('Närvaro')} {text}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line, the title, and a figure under each slot."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        model, header = self._view.grid, self._view.horizontalHeader()
        painter.fillRect(QRectF(0, 0, self.width(), 2), theme.colour("border"))
        for section in range(model.columnCount()):
            left = float(header.sectionViewportPosition(section))
            area = QRectF(left, 2, float(header.sectionSize(section)), self.height() - 2)
            if model.is_slot(section):
                total = model.slots[section - FIRST_SLOT].total
                if text_width(theme, total, "meta", 600) <= area.width():  # half a figure is another one
                    draw_text(painter, theme, area, total, "text", "meta", 600, CENTRE)
            elif section == NAME:
                draw_text(painter, theme, area.adjusted(px(14), 0, 0, 0), self._title, "text2", "meta", 600)
            else:
                draw_text(
                    painter, theme, area.adjusted(0, 0, -px(12), 0), self._share, "text", "body", 600, RIGHT
                )

    def _themed(self) -> None:
        self.setFixedHeight(self._theme.px(TOTAL))
