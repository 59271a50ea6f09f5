"""What is known of the person at a glance: facts, who is responsible, background. Beside the pages of the
card, or over them where the window is narrow."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort.model import KortModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, clear_layout, column, row
from desktop.widgets.button import close_button
from desktop.widgets.chip import Avatar
from desktop.widgets.definitions import DefinitionList
from desktop.widgets.paint import focus_ring
from desktop.widgets.text import Line, Text


class Summary(Card):
    """`close` is there only while the panel lies over the page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=0, parent=parent)
        self.setAccessibleName(tr("Sammanfattning"))
        self.facts = DefinitionList(theme, tr("Ändra uppgifter"))
        self.background = DefinitionList(theme)
        self._background_line = Line(name="line")
        self._shown_staff: tuple[tuple[str, str], ...] = ()
        self._staff = QVBoxLayout()
        self._staff.setSpacing(6)
        self.close_panel = close_button(theme)
        self._head = QWidget()
        words = Text(tr("Sammanfattning"), "section")
        self._head.setLayout(row(words, 0, self.close_panel, margins=(16, 8, 8, 8)))
        self._head.hide()
        inner = QWidget()
        inner.setObjectName("scrolled")
        # As wide as the column, whatever word is longest.
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        parts = (self.facts, self._staff, self._background_line, self.background)
        inner.setLayout(column(*parts, 0, spacing=8, margins=(16, 12, 12, 12)))
        self._line = Line(name="line")
        self._line.hide()
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        for part in (self._head, self._line, ScrollStop(theme, inner)):
            self.body.addWidget(part)
        self._themed()
        theme.changed.connect(self._themed)

    def show_model(self, model: KortModel) -> None:
        """Show another card."""
        self.facts.set_groups(model.facts)
        self.background.set_groups(model.background)
        self._background_line.setVisible(bool(model.background))
        self._show_staff(model)

    def set_folded(self, folded: bool) -> None:
        """Over the page it has a heading and can be closed."""
        self.setObjectName("popup" if folded else "card")
        self.style().polish(self)
        self._head.setVisible(folded)
        self._line.setVisible(folded)

    def minimumSizeHint(self) -> QSize:
        """What does not fit is scrolled to."""
        return QSize(self.minimumWidth(), self._theme.px(120))

    def _themed(self) -> None:
        self.setFixedWidth(self._theme.size("summary_column"))

    def _show_staff(self, model: KortModel) -> None:
        if self._shown_staff == model.staff:
            return
        self._shown_staff = model.staff
        clear_layout(self._staff)
        if not model.staff:
            return
        self._staff.addWidget(Line(name="line"))
        self._staff.addWidget(Text(tr("Ansvariga"), "body", weight=600))
        for name, part in model.staff:
            words = column(
                Text(name, "body", weight=500).wrapped(), Text(part, "meta", "text2").wrapped(), spacing=0
            )
            line = row(Avatar(self._theme, name, 26), words, spacing=10)
            line.setStretch(1, 1)
            self._staff.addLayout(line)


class ScrollStop(QScrollArea):
    """Scrolled with the arrow keys too: Tab stops at it where there is more than fits."""

    def __init__(self, theme: Theme, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Sammanfattning"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self._allow)
        self._ring = _Ring(theme, self)

    def _allow(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus)

    def event(self, event: QEvent) -> bool:
        """The ring follows focus and size."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._ring.setGeometry(self.rect())
            self._ring.setVisible(self.hasFocus())
            self._ring.raise_()
        return super().event(event)


class _Ring(QWidget):
    """The focus ring, over what scrolls."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        focus_ring(QPainter(self), self._theme, QRectF(self.rect()), 6)
