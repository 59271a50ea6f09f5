"""Tells in a form which warnings were passed when the row was saved, and why."""

from collections.abc import Sequence

from db.queries.passerade import PasseradRow
from desktop.i18n import tr
from desktop.screens.formular.sheet import Sheet
from desktop.theme import Theme
from desktop.widgets.boxes import Notice


class PasseradNotice(Notice):
    """Above the fields; hidden where nothing was passed."""

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        super().__init__(theme, "info", "")
        sheet.fields.insertWidget(0, self)
        self.hide()

    def tell(self, passerade: Sequence[PasseradRow]) -> None:
        """Show them, the newest last."""
        lines = [f"{row.varning} {tr('Skäl')}: {row.skal}" for row in passerade]
        self.set("info", tr("Sparad trots varning"), "\n".join(lines))
        self.setVisible(bool(lines))
