"""F1: the keys of the program, in Swedish and without a network."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button
from desktop.widgets.dialog import resize_within
from desktop.widgets.text import KeyHint, Text

Keys = tuple[str, tuple[tuple[str, str], ...]]

KEYS: tuple[Keys, ...] = (
    (
        "Överallt",
        (
            ("Ctrl+K", "Sök deltagare eller kommando"),
            ("Ctrl+1…9", "Gå till sidan med det numret i menyn"),
            ("Alt+←  Alt+→", "Bakåt och framåt"),
            ("F6  Skift+F6", "Nästa och föregående del av fönstret"),
            ("F9", "Fäll ihop eller ut menyn"),
            ("F1", "Den här hjälpen"),
            ("Esc", "Stäng det som är öppet"),
        ),
    ),
    (
        "Listor",
        (
            ("Ctrl+F", "Filtrera listan"),
            ("↑  ↓", "Flytta i listan"),
            ("Enter", "Öppna raden"),
            ("Ctrl+C", "Kopiera markerade rader med rubriker"),
        ),
    ),
    (
        "Fält för datum",
        (
            ("t", "Idag"),
            ("+3  -1", "Om tre dagar, igår"),
            ("fre", "Nästa fredag"),
            ("12/3", "12 mars i år"),
            ("↑  ↓", "En dag senare eller tidigare"),
            ("Alt+↓", "Öppna kalendern"),
        ),
    ),
    (
        "Utseende",
        (("Ctrl++  Ctrl+−", "Större och mindre text"), ("Ctrl+0", "Vanlig textstorlek")),
    ),
)


class HelpDialog(QDialog):
    """What the keys do; `extra` are those of the screens that exist."""

    def __init__(self, theme: Theme, extra: tuple[Keys, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Hjälp"))
        resize_within(self, theme.px(520), theme.px(620))
        page = QWidget()
        page.setObjectName("scrolled")
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 8, 24, 16)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for title, keys in (*KEYS, *extra):
            _add_section(grid, tr(title), keys)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(tr("Kortkommandon"))
        area.setWidget(page)
        close = Button(theme, tr("Stäng"))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 20, 0, 16)
        layout.addLayout(row(Text(tr("Kortkommandon"), "page"), 0, margins=(24, 0, 24, 0)))
        layout.addWidget(area, 1)
        layout.addLayout(row(0, close, margins=(24, 0, 24, 0)))
        close.setFocus()


def _add_section(grid: QGridLayout, title: str, keys: tuple[tuple[str, str], ...]) -> None:
    at = grid.rowCount()
    grid.setRowMinimumHeight(at, 8)
    grid.addWidget(Text(title, "section"), at + 1, 0, 1, 2)
    for offset, (key, meaning) in enumerate(keys, start=at + 2):
        grid.addWidget(KeyHint(key), offset, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Text(tr(meaning), "body", "text2").wrapped(), offset, 1)
