"""The status bar: what is saved, what the program is connected to, and how far long work has come."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.runner import Progress
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.text import IconLabel, Text


class ProgressStrip(QWidget):
    """What is going on, how far, and a way to stop it. Hidden while nothing long is going on."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.figure = Text("", "meta", "text2", 500), Text("", "meta", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.cancel = Button(theme, tr("Avbryt"), kind=ButtonKind.QUIET)
        self.cancel.setFixedHeight(theme.px(22))
        self.cancel.clicked.connect(self._cancel)
        self.setLayout(row(self.title, self.bar, self.figure, self.cancel, spacing=8))
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """The latest state of the work."""
        self.title.setText(progress.title)
        self.bar.setAccessibleName(progress.title)
        self.bar.setMaximum(progress.total)
        self.bar.setValue(progress.done)
        known = progress.total > 0
        share = f"{100 * progress.done // progress.total}{NBSP}%" if known else ""
        self.figure.setText(share or (number(progress.done) if progress.done else ""))
        self.show()

    def clear(self) -> None:
        """Nothing is going on."""
        self.cancel.setEnabled(True)
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.title.setText(tr("Avbryter…"))
        self.cancelled.emit()


class StatusBar(QFrame):
    """Left: saved and connected. Middle: progress. Right: keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName(tr("Statusrad"))
        self._theme = theme
        self._mark = IconLabel(theme, "circle-check", "ok", 14)
        self._saved, self._connection = "", ""
        self._ok = True
        self.state = Text("", "meta", "text2")
        self.progress = ProgressStrip(theme)
        self.keys = Text("", "meta", "text2")
        self.setLayout(
            row(self._mark, self.state, 16, self.progress, 0, self.keys, spacing=6, margins=(24, 0, 24, 0))
        )
        self.set_keys(())
        theme.changed.connect(self._themed)
        self._themed()

    def set_saved(self, text: str, ok: bool = True) -> None:
        """E.g. "Allt sparat 08.42"."""
        self._saved, self._ok = text, ok
        self._themed()

    def set_connection(self, text: str) -> None:
        """E.g. "Ansluten till databasen"."""
        self._connection = text
        self._themed()

    def set_keys(self, extra: tuple[tuple[str, str], ...]) -> None:
        """Keys worth knowing here: always help and commands, then those of the page."""
        keys = (("F1", tr("Hjälp")), ("Ctrl+K", tr("Kommandon")), *extra)
        self.keys.setText("     ".join(f"{key}{NBSP}{text}" for key, text in keys))

    def _themed(self) -> None:
        self.setFixedHeight(self._theme.size("status_bar"))
        self.state.setText(" · ".join(part for part in (self._saved, self._connection) if part))
        self._mark.set(*(("circle-check", "ok") if self._ok else ("circle-alert", "danger")))
        self._mark.setVisible(bool(self._saved))
