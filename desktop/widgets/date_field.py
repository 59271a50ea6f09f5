"""A date as one writes it: shorthand, ISO or from the calendar. Arrow up and down move a day."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop.formatting import iso, parse_date_shorthand, weekday_date
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import column
from desktop.widgets.button import IconButton
from desktop.widgets.paint import text_width
from desktop.widgets.text import narrow_hyphens

# How a date can be written: the first that there is room for is told in the field.
COMING = ("åååå-mm-dd, t, +3 eller fre", "12/3, t, +3 eller fre", "12/3, +3, fre", "12/3, t")
PAST = ("åååå-mm-dd eller ååmmdd", "åååå-mm-dd", "ååmmdd")


# Years beyond which a year is told as doubtful: of a birth, and of anything else.
LONGEST_LIFE, LONGEST_BACK, LONGEST_AHEAD = 110, 60, 20


class DateField(QWidget):
    """`line` is where one writes. `described` tells the date in words, for the hint of a FieldBox; `doubted`
    that the year may be a slip of the finger, or "".

    `past`: the date has been, as a birth date has: 880314 is then in 1988.
    """

    value_changed = Signal(object)  # date | None
    described = Signal(str)
    doubted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        today: Callable[[], date],
        value: date | None = None,
        parent: QWidget | None = None,
        *,
        past: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._past = past
        self._value: date | None = None
        self._popup: QFrame | None = None
        self.line = QLineEdit()
        narrow_hyphens(self.line)
        self._shorthands = PAST if past else COMING
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self._normalise)
        self.line.textEdited.connect(self._edited)
        self.button = IconButton(theme, "calendar", tr("Öppna kalendern"), 27, 15, self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        theme.changed.connect(self._themed)
        self._themed()
        self.set_value(value)

    def value(self) -> date | None:
        """The date written, None where the field is empty or not a date."""
        return self._value

    def is_faulty(self) -> bool:
        """True where something is written that is not a date."""
        return bool(self.line.text().strip()) and self._value is None

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.line.setText(iso(value))
        self._take(value)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down a day, Page up and down a week, Alt+down the calendar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
        return False

    def _step(self, days: int) -> None:
        with suppress(OverflowError):  # the calendar has a last day
            self.set_value((self._value or self._today()) + timedelta(days))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button sits at the right end of the line; as much is told as there is room for."""
        super().resizeEvent(event)
        self._tell_shorthand()
        side = self.button.sizeHint()
        self.button.resize(side)
        self.button.move(self.width() - side.width() - 6, (self.height() - side.height()) // 2)
        self.button.raise_()

    def open_calendar(self) -> None:
        """Choose in a calendar."""
        if self._popup is None:
            self._popup = QFrame(self, Qt.WindowType.Popup)
            self._popup.setObjectName("popup")
            self._calendar = self._make_calendar()
            self._popup.setLayout(column(self._calendar, margins=(6, 6, 6, 6)))
        self._colour_calendar(self._calendar)
        shown = self._value or self._today()
        self._calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._popup.adjustSize()
        self._popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self._popup.show()
        self._calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget()
        calendar.setAccessibleName(tr("Kalender"))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setLocale(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
        calendar.activated.connect(self._chosen)
        calendar.clicked.connect(self._chosen)
        return calendar

    def _colour_calendar(self, calendar: QCalendarWidget) -> None:
        """Weekends like other days, and arrows of the theme."""
        plain = QTextCharFormat()
        plain.setForeground(self._theme.colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        for name, icon, said in (
            ("qt_calendar_prevmonth", "chevron-left", tr("Föregående månad")),
            ("qt_calendar_nextmonth", "chevron-right", tr("Nästa månad")),
        ):
            button = calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(self._theme.icon(icon, "text2", 16))
                button.setAccessibleName(said)

    def _chosen(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        if self._popup is not None:
            self._popup.hide()
        self.line.setFocus()

    def _edited(self, text: str) -> None:
        found = parse_date_shorthand(text, self._today())
        if self._past and found is not None and found > self._today() and _lacks_century(text, found):
            found = found.replace(year=found.year - 100)
        self._take(found)

    def _normalise(self) -> None:
        if self._value is not None:
            self.line.setText(iso(self._value))

    def _take(self, value: date | None) -> None:
        self.described.emit(weekday_date(value) if value else "")
        self.doubted.emit(self._doubt(value) if value else "")
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _doubt(self, day: date) -> str:
        years = day.year - self._today().year
        unlikely = years < -LONGEST_LIFE if self._past else not -LONGEST_BACK <= years <= LONGEST_AHEAD
        return f"{weekday_date(day)}. {tr('Kontrollera året.')}" if unlikely else ""

    def _tell_shorthand(self) -> None:
        room = self.width() - self._theme.px(24 + 2 * 12)
        fits = (words for words in self._shorthands if text_width(self._theme, tr(words)) <= room)
        self.line.setPlaceholderText(tr(next(fits, self._shorthands[-1])))

    def _themed(self) -> None:
        self.line.setTextMargins(0, 0, self._theme.px(24), 0)
        self._tell_shorthand()


def _lacks_century(text: str, day: date) -> bool:
    """Whether the year was written, with its two last figures."""
    return sum(sign.isdigit() for sign in text) > 4 and str(day.year) not in text
