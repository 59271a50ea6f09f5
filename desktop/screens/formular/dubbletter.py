"""Those who may be the same person as the one being registered, each a row to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from db.queries.deltagare import DeltagareRow
from db.queries.dubbletter import DubblettRow, Skal
from desktop.formatting import iso
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, clear_layout, column
from desktop.widgets.link_row import LinkRow


class Dubbletter(QFrame):
    """Hidden while there is nobody. `chosen` with the id of the row pressed; `action` says what that
    does, `maybe` why they are shown."""

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, action: str, icon: str, maybe: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._action, self._icon = theme, action, icon
        self._maybe = maybe or tr("Kan redan finnas i registret.")
        self.setAccessibleName(self._maybe)
        self.notice = Notice(theme, "warn", " ")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.links: list[LinkRow] = []
        self.setLayout(column(self.notice, self._rows, spacing=4))
        self.hide()

    def show_rows(self, rows: Sequence[DubblettRow]) -> None:
        """Show these instead; the focus stays where it is unless it was on a row that is gone."""
        clear_layout(self._rows)
        self.links = [self._link(row) for row in rows]
        for link in self.links:
            self._rows.addWidget(link)
        surely = any(row.skal is Skal.SAMMA_NUMMER for row in rows)
        text = tr("Finns redan i registret.") if surely else self._maybe
        self.notice.set("danger" if surely else "warn", text, self._action)
        self.setVisible(bool(rows))

    def show_found(self, rows: Sequence[DeltagareRow]) -> None:
        """Show those found by a search instead."""
        clear_layout(self._rows)
        self.links = [self._found(row) for row in rows]
        for link in self.links:
            self._rows.addWidget(link)
        self.notice.set("info", tr("Träffar") if rows else tr("Inga träffar."), self._action if rows else "")
        self.show()

    def stops(self) -> Sequence[QWidget]:
        """The rows, for Tab."""
        return self.links

    def _link(self, row: DubblettRow) -> LinkRow:
        told = (row.personnummer or iso(row.fodelsedatum), first_upper(tr(row.skal.value)))
        return self._make(row.id, row.namn, told, row.is_masked)

    def _found(self, row: DeltagareRow) -> LinkRow:
        return self._make(row.id, row.namn, (row.personnummer, row.arende), row.is_masked)

    def _make(self, deltagare_id: int, namn: str, told: Sequence[str], masked: bool) -> LinkRow:
        icon = "shield-alert" if masked else self._icon
        link = LinkRow(self._theme, namn, " · ".join(part for part in told if part), icon=icon)
        link.clicked.connect(lambda: self.chosen.emit(deltagare_id))
        return link
