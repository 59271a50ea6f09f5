"""A screen that opens forms over itself."""

from desktop.screens.formular.sheet import Sheet
from desktop.shell.screen import Screen


class FormScreen(Screen):
    """One form at a time lies over it; leaving the screen puts it away."""

    def may_leave(self) -> bool:
        """A form with something written keeps a draft, or asks where it cannot."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        return True

    def _sheet(self) -> Sheet | None:
        """The form that is open."""
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)
