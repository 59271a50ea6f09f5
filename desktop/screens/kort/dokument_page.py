"""Documents: a list, files dropped on the page, and what can be done with the one chosen."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from db.queries.card_rows import Card as CardRows
from db.queries.card_rows import DokumentRow
from db.rules.dokument import describe_typ
from db.rules.text import sort_key
from desktop.formatting import file_size, short_date
from desktop.i18n import tr
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import Rows
from desktop.settings import Settings
from desktop.table_model import Column
from desktop.theme import Theme
from desktop.widgets.boxes import column
from desktop.widgets.button import Button
from desktop.widgets.paint import draw_text
from desktop.widgets.wrap import WrapRow

CHOOSE = "Välj ett dokument i listan först."
REVEAL = "Tryck Visa uppgifter… först."


class DokumentPage(KortPage):
    """`wanted`: nytt_dokument, with the paths dropped; oppna_dokument, spara_dokument, dokument and
    ta_bort_dokument with the row chosen."""

    key, title = "dokument", "Dokument"

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden = False
        self.open_copy = Button(theme, tr("Öppna kopia"), "external-link")
        self.save_copy = Button(theme, tr("Spara kopia som…"), "download")
        self.change = Button(theme, tr("Ändra"), "square-pen")
        self.remove = Button(theme, tr("Ta bort"), "trash-2")
        self.new = Button(theme, tr("Bifoga filer…"), "upload")
        self.rows: Rows[Any] = Rows(
            theme, tr("Dokument"), dokument_columns(today), settings, "dokument", "id",
            (tr("Inget dokument ännu."), tr("Släpp filer här eller tryck Bifoga filer…")),
        )  # fmt: skip
        chosen = (self.open_copy, self.save_copy, self.change, self.remove)
        actions = WrapRow(chosen, (self.new,), spacing=8)
        layout = column(actions, self.rows, spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setAcceptDrops(True)
        self.veil = DropVeil(theme, self)
        self._connect()

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the documents, the newest first; of a masked card only that there are some."""
        del today
        self._hidden = card.dold
        self.rows.show_rows(card.dokument[::-1])
        self._enable()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if _paths(event):
            event.acceptProposedAction()
            self.veil.show_over()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach them."""
        self.veil.hide()
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.wanted.emit(Akt("nytt_dokument", None, {"filer": paths}))

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.wanted.emit(Akt("nytt_dokument")))
        for button, namn in (
            (self.open_copy, "oppna_dokument"), (self.save_copy, "spara_dokument"),
            (self.change, "dokument"), (self.remove, "ta_bort_dokument"),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, namn=namn: self._want(namn))
        self.rows.opened.connect(lambda _row: self._want("oppna_dokument"))
        self.rows.table.current_changed.connect(lambda _row: self._enable())

    def _enable(self) -> None:
        none = self.rows.table.current_row() is None
        why = tr(REVEAL) if self._hidden else tr(CHOOSE) if none else ""
        for button in (self.open_copy, self.save_copy, self.change, self.remove):
            button.set_disabled_because(why)

    def _want(self, namn: str) -> None:
        chosen: DokumentRow | None = self.rows.table.current_row()
        if chosen is not None and not self._hidden:
            self.wanted.emit(Akt(namn, chosen.id))


class DropVeil(QWidget):
    """Lies over the page while files are held above it, and says what will happen."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._over = theme, over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Släpp för att bifoga"))
        over.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Cover the page."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the page's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed frame and words."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour("accent_soft")
        ground.setAlpha(235)
        edge = QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(ground)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, 8, 8)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, area, tr("Släpp för att bifoga"), "accent_text", "panel", align=centre)


def dokument_columns(today: date) -> tuple[Column[DokumentRow], ...]:
    """The documents of a person."""
    return (
        Column(
            "namn", tr("Namn"), lambda d: d.namn or tr("Dolt"), 230, stretch=True,
            sort=lambda d: sort_key(d.namn), tone="text", weight=500, tip=lambda d: d.namn,
        ),
        Column(
            "beskrivning", tr("Beskrivning"), lambda d: " ".join(d.beskrivning.split()), 210, stretch=True,
            tip=lambda d: d.beskrivning,
        ),
        Column("typ", tr("Typ"), lambda d: tr(describe_typ(d.typ)), 76),
        Column("storlek", tr("Storlek"), lambda d: file_size(d.storlek), 76, True, sort=lambda d: d.storlek),
        Column(
            "skapad", tr("Bifogat"), lambda d: short_date(_day(d), today), 96, sort=lambda d: d.skapad
        ),
        Column("av", tr("Av"), lambda d: d.av, 130),
    )  # fmt: skip


def _day(dokument: DokumentRow) -> date:
    return datetime.fromisoformat(dokument.skapad).astimezone().date()


def _paths(event: QDropEvent) -> tuple[str, ...]:
    urls = event.mimeData().urls()
    return tuple(str(Path(url.toLocalFile())) for url in urls if url.isLocalFile() and url.toLocalFile())
