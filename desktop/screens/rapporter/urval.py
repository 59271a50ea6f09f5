"""Whom a report is narrowed to: a spår or an enhet, and a målgrupp. Asks nobody."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.queries.rapporturval import Val
from db.rules.urval import MALGRUPPER
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import column
from desktop.widgets.fields import ComboField, FieldBox


class UrvalView(QWidget):
    """`changed` when the user has chosen others."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._val = Val((), ())
        self.enhet: ComboField[str] = ComboField(theme, (), "users-round")
        grupper = [(grupp.value, tr(rubrik)) for grupp, (rubrik, _) in MALGRUPPER.items()]
        self.malgrupp: ComboField[str] = ComboField(
            theme, [("", tr("Alla deltagare")), *grupper], "list-filter"
        )
        boxes = FieldBox(theme, tr("Enhet"), self.enhet), FieldBox(theme, tr("Målgrupp"), self.malgrupp)
        self.setLayout(column(*boxes, spacing=8))
        self._offer("")
        for combo in (self.enhet, self.malgrupp):
            combo.currentIndexChanged.connect(self._changed)

    def value(self) -> tuple[str, str]:
        """The spår or enhet and the målgrupp chosen, "" for all."""
        return self.enhet.value() or "", self.malgrupp.value() or ""

    def set_value(self, enhet: str, malgrupp: str) -> None:
        """What was last chosen, without telling; an enhet that is not known yet is offered all the same."""
        self._offer(enhet)
        self._filling = True
        self.malgrupp.set_value(malgrupp if malgrupp in list(MALGRUPPER) else "")
        self._filling = False

    def set_val(self, val: Val) -> None:
        """What there is to choose; the one chosen stays."""
        if val != self._val:
            self._val = val
            self._offer(self.enhet.value() or "")

    def _offer(self, chosen: str) -> None:
        names = dict.fromkeys((*self._val.spar, *self._val.enheter, *filter(None, (chosen,))))
        self._filling = True
        self.enhet.set_items([("", tr("Alla enheter")), *((namn, namn) for namn in names)])
        self.enhet.set_value(chosen)
        self._filling = False

    def _changed(self, _index: int) -> None:
        if not self._filling:
            self.changed.emit()
