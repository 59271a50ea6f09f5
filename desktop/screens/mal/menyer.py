"""The menus of Mål & indikatorer: an act with its icon, and a menu under a button."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.theme import Theme


def add_act(
    theme: Theme, menu: QMenu, words: str, icon: str, act: Callable[[], object], free: bool = True
) -> None:
    """An act of the menu; one that may not be done now is shown so."""
    action = menu.addAction(theme.icon(icon), words)
    action.triggered.connect(lambda _checked=False: act())
    action.setEnabled(free)


def open_under(button: QWidget, menu: QMenu) -> None:
    """Show the menu below its button, on its first act; it goes when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    menu.setActiveAction(menu.actions()[0])
