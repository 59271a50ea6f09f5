"""The start page: the ways to a register. Knows widgets only."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import Card, Notice, column, row
from desktop.widgets.button import Button
from desktop.widgets.paint import draw_text, focus_ring, rounded
from desktop.widgets.text import Text


class Choice(QPushButton):
    """A large button: icon, what it does, and a line that explains."""

    def __init__(
        self, theme: Theme, icon: str, text: str, detail: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._icon, self._detail = theme, icon, detail
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Two lines and room."""
        return QSize(self._theme.px(440), self._theme.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon in a square, two lines, arrow."""
        painter, theme, px, rect = QPainter(self), self._theme, self._theme.px, QRectF(self.rect())
        fill = "hover" if self.isEnabled() and (self.underMouse() or self.isDown()) else "surface"
        rounded(painter, rect, 8, theme.colour(fill), theme.colour("neutral_border"))
        square = QRectF(px(14), (rect.height() - px(34)) / 2, px(34), px(34))
        rounded(painter, square, 6, theme.colour("accent_soft"), None)
        icon = theme.pixmap(self._icon, "accent_text", 18)
        painter.drawPixmap(square.topLeft() + QPointF(px(8), px(8)), icon)
        words = QRectF(px(62), rect.height() / 2 - px(19), rect.width() - px(100), px(19))
        tone = "text" if self.isEnabled() else "text3"
        draw_text(painter, theme, words, self.text(), tone, "body", 600)
        draw_text(painter, theme, words.translated(0, px(19)), self._detail, "text2", "meta")
        arrow = theme.pixmap("chevron-right", "text2", 16)
        painter.drawPixmap(QPointF(rect.right() - px(30), (rect.height() - px(16)) / 2), arrow)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 8)


class StartView(QWidget):
    """Four choices; while one of them works, its progress and a way to stop it."""

    cancelled = Signal()

    def __init__(self, theme: Theme, fault: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_file = Choice(
            theme, "folder-open", tr("Öppna register…"), tr("Ett register som redan finns på datorn.")
        )
        self.new = Choice(theme, "plus", tr("Nytt register…"), tr("Ett tomt register att fylla på för hand."))
        self.imported = Choice(
            theme,
            "file-input",
            tr("Importera arbetsbok…"),
            tr("Ett nytt register ur en Excelfil. Du får se felen först."),
        )
        self.demo = Choice(
            theme,
            "flask-conical",
            tr("Prova med påhittade personer"),
            tr("Titta runt utan riktiga uppgifter."),
        )
        self.choices = (self.open_file, self.new, self.imported, self.demo)
        self.notice = Notice(theme, "danger", fault)
        if not fault:
            self.notice.hide()
        self.title = Text("", "body", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = Button(theme, tr("Avbryt"))
        self.cancel.clicked.connect(self.cancelled)
        self.working = QWidget()
        progress = row(self.bar, self.cancel, spacing=12)
        progress.setStretch(0, 1)
        self.working.setLayout(column(self.title, progress, spacing=6, margins=(0, 8, 0, 0)))
        self.working.hide()
        self._lay_out(theme)

    def fail(self, text: str) -> None:
        """Say what went wrong; the choices stay."""
        self.notice.set("danger", text)
        self.notice.setVisible(bool(text))

    def set_working(self, title: str) -> None:
        """Work goes on, or with an empty title no longer does."""
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.working.setVisible(bool(title))
        for choice in self.choices:
            choice.setEnabled(not title)

    def set_progress(self, done: int, total: int) -> None:
        """How far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _lay_out(self, theme: Theme) -> None:
        logo = QLabel()
        logo.setPixmap(theme.logo(40))
        head = row(
            logo,
            column(
                Text(tr("Egenväg"), "page"), Text(tr("Välj hur du vill börja."), "body", "text2"), spacing=0
            ),
            0,
            spacing=12,
        )
        card = Card(theme, padding=28)
        card.setFixedWidth(theme.px(540))
        card.body.addLayout(head)
        card.body.addSpacing(10)
        card.body.addWidget(self.notice)
        for choice in self.choices:
            card.body.addWidget(choice)
        card.body.addWidget(self.working)
        self.setLayout(column(0, row(0, card, 0), 0, spacing=0, margins=(24, 24, 24, 24)))
