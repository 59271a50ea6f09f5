"""What the user meets when the program is at fault."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.button import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.text import Text


def open_file(path: Path) -> None:
    """Open a file with whatever the desktop uses for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class CrashDialog(Dialog):
    """Says what happened and what is kept; details can be copied and the log opened."""

    def __init__(
        self,
        theme: Theme,
        details: str,
        log: Path,
        open_log: Callable[[Path], None] = open_file,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Något gick fel i programmet"), tr("Fortsätt"), parent=parent)
        self.setMinimumWidth(theme.px(560))
        told = tr(
            "Det som redan är sparat finns kvar. Du kan fortsätta, "
            "men det du höll på med kan behöva göras om. "
            "Händer det igen: kopiera detaljerna och skicka dem till din support. "
            "Personnummer, e-postadresser och telefonnummer är borttagna."
        )
        self.body.addWidget(Text(told, "body", "text2").wrapped())
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(tr("Detaljer"))
        self._details.setTabChangesFocus(True)
        self._details.setFixedHeight(theme.px(180))
        self.body.addWidget(self._details)
        self.copy = Button(theme, tr("Kopiera detaljer"), "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self.open_log = Button(theme, tr("Öppna logg"), "file-text")
        self.open_log.clicked.connect(lambda: open_log(log))
        self.footer.insertWidget(0, self.copy)
        self.footer.insertWidget(1, self.open_log)
        self.cancel.hide()
        self.action.clicked.connect(self.accept)
        self.action.setFocus()
