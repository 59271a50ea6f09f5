"""The preview of something printed: one page at a time, as it will be on paper. Knows images only."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from desktop.formatting import NBSP
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import EmptyState, column, row
from desktop.widgets.button import IconButton
from desktop.widgets.flow import Flow
from desktop.widgets.paint import text_width
from desktop.widgets.text import ElidedText, Text

ROOMY = 480  # design px, below which the title leaves its room to the tools
ZOOMS = (50, 75, 90, 100, 110, 125, 150, 200)
FIT = 0
MARGIN = 18


class Paper(QWidget):
    """A page with its shadow."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self.setAccessibleName(tr("Förhandsvisning"))

    @property
    def image(self) -> QImage:
        """The page drawn now."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show a page."""
        self._image = image
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Page and margin."""
        size = self._image.deviceIndependentSize().toSize()
        return QSize(size.width() + 2 * MARGIN, size.height() + 2 * MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Backdrop, shadow, page."""
        painter, size = QPainter(self), self._image.deviceIndependentSize()
        painter.fillRect(self.rect(), self._theme.colour("paper_backdrop"))
        if self._image.isNull():
            return
        left = max(MARGIN, (self.width() - size.width()) / 2)
        page = QRectF(QPointF(round(left), MARGIN), size)
        shadow = self._theme.colour("shadow")
        for spread in (1, 2, 3):
            painter.fillRect(page.adjusted(-spread, -spread + 1, spread, spread + 1), shadow)
        painter.drawImage(page, self._image)


class Preview(QFrame):
    """Bar with page and zoom over the page. `page_wanted` when another page or size should be drawn."""

    page_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.page, self.pages, self._zoom = 0, 0, FIT
        self.title = ElidedText("", "body", "text", 600)
        self.place = Text("", "body", "text2")
        self.percent = Text("", "body", "text2")
        self.previous = IconButton(theme, "chevron-left", tr("Föregående sida (Page Up)"))
        self.next = IconButton(theme, "chevron-right", tr("Nästa sida (Page Down)"))
        self.smaller = IconButton(theme, "zoom-out", tr("Mindre"))
        self.larger = IconButton(theme, "zoom-in", tr("Större"))
        self.fit = IconButton(theme, "maximize", tr("Hela bredden"))
        self.paper = Paper(theme)
        self.area = QScrollArea()
        self.message = EmptyState(theme, " ")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page tells its title itself."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Room for the widest that page and zoom will say, so that the bar stands still."""
        last = self._place(self.pages, self.pages)
        for label, widest in ((self.percent, f"{ZOOMS[-1]}{NBSP}%"), (self.place, last)):
            label.setMinimumWidth(text_width(self._theme, widest) + self._theme.px(4))
        self.title.setVisible(self.width() >= self._theme.px(ROOMY))

    def zoom(self, page_width: float) -> float:
        """px per point for a page so many points wide."""
        if self._zoom != FIT:
            return self._zoom / 100
        # Of the area and not of what it shows through: that has not followed a new size yet, and is another
        # with and without the scroll bar, which in turn comes and goes with the page's size.
        room = self.area.width() - self.area.verticalScrollBar().sizeHint().width()
        return max(0.4, (room - 2 * MARGIN - 4) / page_width)

    def set_document(self, title: str, pages: int) -> None:
        """Another report; the page number stays where it can."""
        self.title.setText(title)
        self.pages = pages
        self.page = min(self.page, max(0, pages - 1))
        self._tell()
        self._fit_bar()

    def show_page(self, image: QImage, zoom: float) -> None:
        """The page asked for."""
        self.paper.set_image(image)
        self.percent.setText(f"{round(100 * zoom)}{NBSP}%")
        self._stack.setCurrentIndex(0)

    def show_message(self, fact: str, advice: str = "") -> None:
        """Why there is nothing to see."""
        self.message.fact.setText(fact)
        self.message.advice.setText(advice)
        self.message.advice.setVisible(bool(advice))
        self._stack.setCurrentIndex(1)

    def turn(self, step: int) -> None:
        """The next or previous page, from its top."""
        page = self.page + step
        if 0 <= page < self.pages:
            self.page = page
            self._tell()
            self.area.verticalScrollBar().setValue(0)
            self.page_wanted.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Page keys turn where the page is seen whole; a new width draws anew."""
        if event.type() == QEvent.Type.Resize and self._zoom == FIT and self.pages:
            self.page_wanted.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bar = self.area.verticalScrollBar()
            if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
                self.turn(1)
                return True
            if event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
                self.turn(-1)
                return True
        return False

    def _set_zoom(self, step: int) -> None:
        shown = self._zoom or int(self.percent.text().partition(NBSP)[0] or 100)
        wider = [z for z in ZOOMS if z > shown] or [ZOOMS[-1]]
        narrower = [z for z in ZOOMS if z < shown] or [ZOOMS[0]]
        self._zoom = wider[0] if step > 0 else narrower[-1]
        self.page_wanted.emit()

    def _fit(self) -> None:
        self._zoom = FIT
        self.page_wanted.emit()

    def _tell(self) -> None:
        self.place.setText(self._place(self.page + 1, self.pages))
        self.previous.setEnabled(self.page > 0)
        self.next.setEnabled(self.page + 1 < self.pages)
        for button in (self.smaller, self.larger, self.fit):
            button.setEnabled(bool(self.pages))

    def _place(self, page: int, pages: int) -> str:
        return f"{tr('Sida')} {page} {tr('av')} {pages}" if pages else ""

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self._set_zoom(-1))
        self.larger.clicked.connect(lambda: self._set_zoom(1))
        self.fit.clicked.connect(self._fit)
        self.area.installEventFilter(self)
        self._theme.changed.connect(self._fit_bar)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("topBar")
        # Pages and size go to a line of their own where the room ends.
        turning, sizing = QWidget(), QWidget()
        turning.setLayout(row(self.previous, self.place, self.next, spacing=4))
        sizing.setLayout(row(self.smaller, self.percent, self.larger, 4, self.fit, spacing=4))
        tools = row(self.title, Flow(turning, sizing, spacing=20, right=True), margins=(20, 6, 12, 6))
        # The title yields before the tools take a second line: it is whole in its tooltip and on the page.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tools.setStretch(0, 1)
        bar.setLayout(tools)
        self.area.setWidget(self.paper)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(tr("Förhandsvisning"))
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.message)
        layout = column(bar, self._stack, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._tell()
        self._fit_bar()
