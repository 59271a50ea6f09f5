"""Skjut upp: until which day a row is hidden."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from desktop.formatting import long_date
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FieldBox
from desktop.widgets.text import Text

WEEK = timedelta(7)


class PostponeDialog(Dialog):
    """Offers a week from today; `chosen` gets the day written."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        today: Callable[[], date],
        chosen: Callable[[date], None],
        parent: QWidget,
    ) -> None:
        super().__init__(theme, tr("Skjut upp"), tr("Skjut upp"), parent=parent)
        self._today, self._chosen = today, chosen
        self.day = DateField(theme, today, today() + WEEK)
        self.box = FieldBox(theme, tr("Visa raden igen"), self.day)
        self.day.described.connect(self.box.set_hint)
        self.box.set_hint(long_date(today() + WEEK))
        self.body.addWidget(Text(words, "body", "text2").wrapped())
        self.body.addWidget(self.box)
        self.action.clicked.connect(self._accept)
        self.day.line.selectAll()
        self.day.setFocus()

    def _accept(self) -> None:
        day = self.day.value()
        if day is None or day <= self._today():
            self.box.set_error(tr("Välj en dag efter idag."))
            self.day.setFocus()
            return
        self.accept()
        self._chosen(day)
