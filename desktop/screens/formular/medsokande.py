"""The medsökande in the form of a new person: a new one too, or one who is registered already."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from db.commands.hushall import MED
from db.commands.person import PersonUppgifter
from db.queries.deltagare import DeltagareRow
from desktop.i18n import tr
from desktop.screens.formular.dubbletter import Dubbletter
from desktop.screens.formular.personfalt import PersonFalt
from desktop.screens.formular.sheet import Sheet
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button
from desktop.widgets.fields import CheckField, TextField


class MedsokandeFalt:
    """Hidden until `label` is chosen; `enrol` are the words of a choice of its own.

    `vald` holds the id of one registered already: a field, so that a draft brings it back.
    """

    def __init__(
        self, theme: Theme, sheet: Sheet, today: Callable[[], date], label: str, enrol: str = ""
    ) -> None:
        self.chosen = CheckField(theme, label)
        sheet.add_check("har_medsokande", self.chosen)
        self.person = PersonFalt(theme, sheet, today, MED, label)
        self.person.add_protection()
        self.dubbletter = Dubbletter(theme, tr("Välj raden om det är samma person."), "plus")
        sheet.add_aside(self.dubbletter, self.dubbletter.stops)
        self.vald = TextField(20)
        self._vald_box = sheet.add("med_vald", tr("Redan registrerad"), self.vald)
        self._vald_box.hide()
        self.notice = Notice(theme, "ok", " ", tr("Läggs till i samma hushåll."))
        self.other = Button(theme, tr("Välj en annan"))
        self._registered = QWidget()
        self._registered.setLayout(column(self.notice, row(self.other, 0, spacing=0), spacing=6))
        sheet.add_aside(self._registered, lambda: [self.other])
        self.both = CheckField(theme, enrol)
        self._both_box = sheet.add_check("inskriv_medsokande", self.both) if enrol else None
        self.chosen.toggled.connect(lambda _on: self._show())
        self.vald.textChanged.connect(lambda _text: self._show())
        self.dubbletter.chosen.connect(lambda deltagare_id: self.vald.setText(str(deltagare_id)))
        self.other.clicked.connect(self.vald.clear)
        self._show()

    @property
    def registered_id(self) -> int | None:
        """The id of the registered medsökande who is chosen."""
        return int(self.vald.value()) if self.chosen.isChecked() and self.vald.value() else None

    @property
    def is_new(self) -> bool:
        """Whether a medsökande is registered too."""
        return self.chosen.isChecked() and not self.vald.value()

    def tell_registered(self, person: DeltagareRow) -> None:
        """Say who is chosen."""
        text = " ".join(part for part in (person.namn, person.personnummer or person.arende) if part)
        self.notice.set("ok", text, tr("Läggs till i samma hushåll."))

    def read(self, faulty: dict[str, str], missing: dict[str, str]) -> PersonUppgifter | None:
        """What the fields say of a new medsökande."""
        return self.person.read(faulty, missing) if self.is_new else None

    def _show(self) -> None:
        self.person.set_visible(self.is_new)
        if not self.is_new:
            self.dubbletter.show_rows(())
        self._registered.setVisible(self.registered_id is not None)
        if self._both_box is not None:
            self._both_box.setVisible(self.chosen.isChecked())
