"""Pages that scroll where they are too low, one shown at a time, two beside each other; panels that fold."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop.table_model import ChipText, Column, TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import column, first_stop, row
from desktop.widgets.button import Button
from desktop.widgets.side_fold import SideFold
from desktop.widgets.table import TableView
from desktop.widgets.tall import PageStack, Pair, Tall, least_height
from desktop.widgets.text import Text

LONG = "Ett steg i taget, tills allt är på plats och var och en vet vad som ska göras. " * 12


def show(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


def page(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(*parts, 0))
    return made


def test_a_page_fills_the_room_and_scrolls_where_it_is_too_low(qtbot: QtBot, theme: Theme) -> None:
    words = Text(LONG).wrapped()
    tall = Tall(page(words))
    show(qtbot, tall, 600, 900)
    inner = tall.widget()
    assert inner.height() == 900
    assert tall.verticalScrollBar().maximum() == 0
    tall.resize(300, 100)
    assert inner.height() >= least_height(inner, inner.width()) > 100
    assert inner.width() <= 300
    assert tall.verticalScrollBar().maximum() > 0
    words.setText("Kort.")
    qtbot.waitUntil(lambda: tall.verticalScrollBar().maximum() == 0)


def test_within_a_page_some_lines_stay_in_sight(qtbot: QtBot, theme: Theme) -> None:
    tall = Tall(page(Text(LONG).wrapped()), lines=3)
    show(qtbot, tall, 400, 300)
    three = tall.minimumSizeHint().height()
    assert three == 3 * tall.fontMetrics().lineSpacing()
    tall.keep(1000)
    assert tall.minimumSizeHint().height() == least_height(tall.widget(), tall.viewport().width()) > three


def test_a_stack_needs_no_more_than_the_page_shown(qtbot: QtBot, theme: Theme) -> None:
    stack = PageStack()
    assert stack.currentWidget() is None
    assert stack.minimumSizeHint().height() == stack.sizeHint().height() == 0
    low, high = page(QPushButton("Spara")), page(Text(LONG).wrapped(), QPushButton("Skriv ut"))
    for one in (low, high):
        stack.addWidget(one)
    stack.setCurrentWidget(high)
    show(qtbot, stack, 300, 200)
    assert stack.minimumSizeHint().height() > 200
    # The focus goes along with the page.
    first_stop(high).setFocus()  # type: ignore[union-attr]
    stack.setCurrentWidget(low)
    assert low.isAncestorOf(QApplication.focusWidget())
    assert stack.minimumSizeHint().height() < 100
    assert low.geometry() == stack.rect()
    assert high.isHidden()
    stack.setCurrentWidget(low)
    assert low.isVisible()


def test_a_pair_goes_below_each_other_without_room(qtbot: QtBot, theme: Theme) -> None:
    first, second = QLabel("a"), QLabel("b")
    pair = Pair(theme, first, second, least=300)
    show(qtbot, pair, 400, 100)
    assert first.y() == second.y()
    theme.set(scale=150)
    qtbot.waitUntil(lambda: first.y() < second.y())
    assert first.x() == second.x()


class Page(QWidget):
    """A page with a panel that folds."""

    def __init__(self, theme: Theme, *stops: QWidget) -> None:
        super().__init__()
        self.side = page(QLabel("fakta"), *stops)
        self.side.setFixedWidth(200)
        self.open = Button(theme, "Sidopanel")
        self.content = QPushButton("Innehåll")
        beside = row(column(self.open, self.content), self.side)
        self.fold = SideFold(theme, self, self.side, self.open, beside, lambda: 30)
        self.setLayout(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold.arrange()


def test_a_panel_folds_under_its_button_and_esc_closes_it(qtbot: QtBot, theme: Theme) -> None:
    link = QPushButton("Öppna")
    view = Page(theme, link)
    show(qtbot, view, 1400, 500)
    qtbot.waitUntil(view.isActiveWindow)
    assert view.side.isVisible()
    assert not view.open.isVisible()
    view.resize(900, 500)
    assert view.open.isVisible()
    assert not view.side.isVisible()
    view.open.setFocus()
    qtbot.keyClick(view.open, Qt.Key.Key_Space)
    assert view.fold.is_open
    assert link.hasFocus()
    assert view.rect().contains(view.side.geometry())
    qtbot.keyClick(link, Qt.Key.Key_Escape)
    assert not view.fold.is_open
    assert view.open.hasFocus()
    # Wide again it stands where it stood.
    view.resize(1400, 500)
    assert view.side.isVisible()
    qtbot.waitUntil(lambda: view.side.geometry().right() > 1300)


def test_a_panel_without_a_stop_leaves_the_focus_where_it_was(qtbot: QtBot, theme: Theme) -> None:
    view = Page(theme)
    show(qtbot, view, 900, 500)
    view.content.setFocus()
    qtbot.mouseClick(view.open, Qt.MouseButton.LeftButton)
    assert view.fold.is_open
    assert first_stop(view.side) is None
    view.content.setFocus()
    view.fold.close()
    assert view.content.hasFocus()


def test_a_title_that_is_cut_is_told_whole(qtbot: QtBot, theme: Theme) -> None:
    columns = (Column[str]("a", "Ej registrerat", str, width=50), Column[str]("b", "Kort", str, width=200))
    table = TableView(theme, TableModel(columns, key=str), "Namn")
    show(qtbot, table, 600, 200)
    header = table.horizontalHeader()

    def tip(section: int) -> str:
        at = QPoint(header.sectionViewportPosition(section) + 5, 5)
        where = header.viewport().mapToGlobal(at)
        QApplication.sendEvent(header.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, where))
        return QToolTip.text()

    qtbot.waitUntil(lambda: tip(0) == "Ej registrerat")
    qtbot.waitUntil(lambda: tip(1) == "")


@pytest.mark.parametrize(("width", "told"), [(60, "Arbetsträning i Ängsgården"), (400, "")])
def test_a_cell_that_is_cut_is_told_whole(qtbot: QtBot, theme: Theme, width: int, told: str) -> None:
    columns = (
        Column[str]("namn", "Namn", str, width=width),
        Column[str]("chip", "Läge", str, width=width, chip=lambda text: ChipText("ok", text)),
        Column[str]("tips", "Tips", str, width=400, tip=lambda _text: "mer"),
    )
    model: TableModel[str] = TableModel(columns, key=str)
    table = TableView(theme, model, "Namn")
    model.set_rows(["Arbetsträning i Ängsgården"])
    show(qtbot, table, 1300, 200)
    QToolTip.hideText()

    def tip(position: int) -> str:
        at = table.visualRect(model.index(0, position)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(QPoint(at)))
        QApplication.sendEvent(table.viewport(), event)
        return QToolTip.text()

    for position, expected in ((0, told), (1, told), (2, "mer")):
        qtbot.waitUntil(lambda position=position, expected=expected: tip(position) == expected)
