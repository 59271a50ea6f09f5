"""What the tests of accessibility share: who can be reached by Tab, what is read out, what is cut off."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from desktop.widgets.chip import Chip
from desktop.widgets.text import ElidedText

INPUTS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
MOST = 400  # presses of Tab before it is called a trap
SLACK = 2  # px: rounding of a font's widths


def stops(container: QWidget) -> list[QWidget]:
    """Everything in the container where Tab should stop."""
    return [
        widget
        for widget in container.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not _is_inside_a_field(widget)
    ]


def nameless(container: QWidget) -> list[str]:
    """Inputs and stops of Tab that a screen reader could say nothing of."""
    asked = {w for w in container.findChildren(QWidget) if isinstance(w, INPUTS) and w.isVisible()}
    asked = {w for w in asked if w.focusPolicy() is not Qt.FocusPolicy.NoFocus and not _is_inside_a_field(w)}
    return [describe(w) for w in asked | set(stops(container)) if not spoken(w)]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls the widget."""
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def walk(start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """The widgets that get the focus as Tab is pressed, from `start` until it comes back there."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    first = QApplication.focusWidget()
    seen: list[QWidget] = []
    for _ in range(MOST):
        now = QApplication.focusWidget()
        assert now is not None, f"the focus is lost after {describe(seen[-1]) if seen else 'the start'}"
        if seen and now is first:
            return seen
        assert now not in seen, f"Tab goes round between some: {[describe(w) for w in seen[-4:]]}"
        seen.append(now)
        QTest.keyClick(now, key)
    raise AssertionError("Tab never comes back")


def against_reading(order: list[QWidget]) -> list[str]:
    """Pairs of neighbours where the next one stands above in the same column, or before on the same row.

    What lies in different columns of a page is not compared: there the page decides.
    """
    wrong = []
    for before, after in pairwise(order):
        parent = _common(before, after)
        a, b = _stand(before, parent), _stand(after, parent)
        above = b.bottom() <= a.top() and b.left() < a.right() and a.left() < b.right()
        left = b.right() <= a.left() and b.top() < a.bottom() and a.top() < b.bottom()
        if (above or left) and not _is_round(before, after):
            wrong.append(f"{describe(before)} → {describe(after)}")
    return wrong


def ambiguous(window: QWidget) -> list[str]:
    """Keys that two things in sight would both answer to, so that neither does."""
    taken: dict[str, list[str]] = {}
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        own = shortcut.context() is Qt.ShortcutContext.WindowShortcut
        if isinstance(owner, QWidget) and own and shortcut.isEnabled() and owner.isVisible():
            taken.setdefault(shortcut.key().toString(), []).append(describe(owner))
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.shortcut() != QKeySequence():
            taken.setdefault(button.shortcut().toString(), []).append(describe(button))
    return [f"{keys}: {owners}" for keys, owners in taken.items() if len(owners) > 1]


def cut_off(container: QWidget) -> list[str]:
    """Labels, buttons and fields that have less room than their words need."""
    return [
        f"{describe(widget)} {need[0]}×{need[1]} > {widget.width()}×{widget.height()}"
        for widget, need in _needs(container)
        if widget.width() + SLACK < need[0] or widget.height() + SLACK < need[1]
    ]


def outside(container: QWidget) -> list[str]:
    """What reaches out of its parent, so that a part of it cannot be seen; what scrolls may."""
    wrong = []
    for widget in container.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or widget.isWindow() or parent is None or _scrolls(parent):
            continue
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
            wrong.append(f"{describe(widget)} {widget.geometry()} out of {describe(parent)} {parent.size()}")
    for area in container.findChildren(QScrollArea):
        off = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and off and area.widget().width() > area.viewport().width() + SLACK:
            wrong.append(f"{describe(area)} is wider than its room")
    return wrong


def overlapping(container: QWidget) -> list[str]:
    """Pairs of labels and buttons of which one lies over the other."""
    found = [w for kind in (QLabel, QAbstractButton) for w in container.findChildren(kind) if w.isVisible()]
    areas = [(widget, _seen(widget, container)) for widget in found]
    return [
        f"{describe(a)} over {describe(b)}"
        for (a, first), (b, second) in combinations(areas, 2)
        if not (a.isAncestorOf(b) or b.isAncestorOf(a))
        and min((shared := first & second).width(), shared.height()) > SLACK
    ]


def untold(container: QWidget) -> list[str]:
    """Texts that are cut with … and not told whole as a tooltip."""
    wrong = []
    for label in container.findChildren(ElidedText):
        if not label.isVisible():  # drawing it would call what is hidden visible
            continue
        label.grab()  # it knows only once it is drawn
        cut = label.fontMetrics().horizontalAdvance(label.text()) > label.contentsRect().width()
        if label.isVisible() and cut and label.toolTip() != label.text():
            wrong.append(describe(label))
    for chip in container.findChildren(Chip):
        if chip.isVisible() and chip.width() < chip.sizeHint().width() and chip.toolTip() != chip.text():
            wrong.append(describe(chip))
    return wrong


def describe(widget: QWidget) -> str:
    """A widget in a message of a test."""
    words = getattr(widget, "text", lambda: "")() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__}({words or widget.accessibleName() or widget.objectName()!r})"


def _needs(container: QWidget) -> Iterator[tuple[QWidget, tuple[int, int]]]:
    for label in container.findChildren(QLabel):
        if isinstance(label, ElidedText | Chip):  # tells the rest as a tooltip
            continue
        if label.isVisible() and label.text() and not label.wordWrap():
            yield label, (label.sizeHint().width(), label.sizeHint().height())
        elif label.isVisible() and label.text():
            longest = max(map(label.fontMetrics().horizontalAdvance, _words(label.text())), default=0)
            yield label, (longest, label.heightForWidth(label.width()))
    for button in container.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            yield button, (button.minimumSizeHint().width(), button.minimumSizeHint().height())
    for field in container.findChildren(QLineEdit):
        if field.isVisible():
            yield field, (0, field.fontMetrics().height())


def _words(text: str) -> list[str]:
    """What a label does not break: it does at spaces, hyphens and slashes, not at hard spaces."""
    return re.split(r"[ \n\-–/@.]", text)


def _scrolls(parent: QWidget) -> bool:
    """Whether it is the part of something that scrolls where its contents are seen."""
    area = parent.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is parent


def _seen(widget: QWidget, container: QWidget) -> QRect:
    """The part of a widget that its parents let be seen, in the container."""
    seen, parent = _area(widget, container), widget.parentWidget()
    while parent is not None and parent is not container:
        seen &= _area(parent, container)
        parent = parent.parentWidget()
    return seen & container.rect()


def _is_inside_a_field(widget: QWidget) -> bool:
    """Parts that Qt makes: they are reached through what they are parts of."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractItemView) or widget.objectName().startswith("qt_")


def _is_round(before: QWidget, after: QWidget) -> bool:
    """From the last stop back to the first."""
    parent = _common(before, after)
    return parent is before.window() or type(parent).__name__ in ("Sheet", "QFrame")


def _common(one: QWidget, other: QWidget) -> QWidget:
    parent = one.parentWidget()
    while parent is not None and not parent.isAncestorOf(other):
        parent = parent.parentWidget()
    return parent or one.window()


def _stand(widget: QWidget, parent: QWidget) -> QRect:
    """Where it stands on the way of Tab: what is scrolled out of sight, where its scroll area does."""
    above = widget
    while widget.visibleRegion().isEmpty() and above is not parent:
        above = above.parentWidget()
        if isinstance(above, QAbstractScrollArea):
            widget = above
    return _area(widget, parent)


def _area(widget: QWidget, parent: QWidget) -> QRect:
    return QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
