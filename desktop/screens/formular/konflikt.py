"""Somebody else has saved the same row: both versions side by side, chosen field by field or all at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QScrollArea, QWidget

from desktop.formatting import clock
from desktop.i18n import tr
from desktop.screens.formular.sheet import REASON
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FieldBox
from desktop.widgets.radio_field import RadioField
from desktop.widgets.schema_field import SchemaField, describe_plain
from desktop.widgets.text import Text

WIDTH, MOST = 680, 420  # px


class Falt(Protocol):
    """A form: a sheet, or a dialog with fields."""

    boxes: dict[str, FieldBox]

    @property
    def beginning(self) -> Mapping[str, object]:
        """What the fields began with."""

    def window(self) -> QWidget:
        """What the dialog stands over."""


@dataclass(frozen=True, slots=True)
class Skillnad:
    """A field that holds one thing here and another in the register, in words; `mitt`: I have changed it."""

    name: str
    label: str
    ditt: str
    nu: str
    mitt: bool


class KonfliktDialog(Dialog):
    """One's own words are chosen where one has changed them, else what is in the register."""

    def __init__(self, theme: Theme, skillnader: list[Skillnad], parent: QWidget, vem: str = "") -> None:
        super().__init__(theme, tr("Ändrad av någon annan"), tr("Spara valen"), parent=parent)
        self.setMinimumWidth(theme.px(WIDTH))
        self.mine: dict[str, RadioField] = {}
        self.theirs: dict[str, RadioField] = {}
        who = vem or tr("Någon annan har sparat medan du skrev.")
        self.said = Text(f"{who} {tr('Inget av ditt är borta. Välj vad som ska gälla.')}", "body", "text2")
        self.body.addWidget(self.said.wrapped())
        self.all_mine = Button(theme, tr("Välj alla mina"), kind=ButtonKind.QUIET)
        self.all_theirs = Button(theme, tr("Välj alla i registret"), kind=ButtonKind.QUIET)
        self.all_mine.clicked.connect(lambda: self._choose(self.mine))
        self.all_theirs.clicked.connect(lambda: self._choose(self.theirs))
        self.body.addWidget(self._table(theme, skillnader))
        self.body.addLayout(row(self.all_mine, self.all_theirs, 0, spacing=12))
        self.action.clicked.connect(self.accept)

    def chosen_mine(self) -> list[str]:
        """The fields whose own words are to hold."""
        return [name for name, choice in self.mine.items() if choice.isChecked()]

    def _table(self, theme: Theme, skillnader: list[Skillnad]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(2, 0, 2, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        for place, text in enumerate((tr("Uppgift"), tr("Ditt"), tr("Nu i registret"))):
            grid.addWidget(Text(text, "meta", "text2", 600), 0, place)
            grid.setColumnStretch(place, 2 if place else 1)
        for line, skillnad in enumerate(skillnader, start=1):
            self._add(theme, grid, line, skillnad)
        grid.setRowStretch(len(skillnader) + 1, 1)
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(min(theme.px(MOST), inner.sizeHint().height() + theme.px(8)))
        return scroll

    def _add(self, theme: Theme, grid: QGridLayout, line: int, skillnad: Skillnad) -> None:
        label = Text(skillnad.label, "body", weight=500).wrapped()
        label.setContentsMargins(0, theme.px(3), 0, 0)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        for place, (held, text, who) in enumerate(
            ((self.mine, skillnad.ditt, tr("ditt")), (self.theirs, skillnad.nu, tr("nu i registret"))), 1
        ):
            choice = RadioField(theme, text)
            choice.setAccessibleName(f"{skillnad.label}, {who}: {text}")
            group.addButton(choice)
            held[skillnad.name] = choice
            grid.addWidget(choice, line, place, Qt.AlignmentFlag.AlignTop)
        (self.mine if skillnad.mitt else self.theirs)[skillnad.name].setChecked(True)

    def _choose(self, held: dict[str, RadioField]) -> None:
        for choice in held.values():
            choice.setChecked(True)


def show_conflict(
    theme: Theme,
    form: Falt,
    mine: Mapping[str, object],
    now: Mapping[str, object],
    chosen: Callable[[Mapping[str, object]], None],
    vem: str = "",
) -> None:
    """Ask which version is to hold and tell `chosen` the values that are mine; Esc leaves all as it is.
    `vem` says who has saved.

    Where both say the same there is nothing to choose.
    """
    differing = [name for name in mine if name != REASON and mine[name] != now.get(name)]
    if not differing:
        chosen({})
        return
    dialog = KonfliktDialog(theme, [_tell(form, name, mine, now) for name in differing], form.window(), vem)

    def accepted() -> None:
        chosen({name: mine[name] for name in dialog.chosen_mine()})

    dialog.accepted.connect(accepted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def tell_who(senast: tuple[str, datetime] | None) -> str:
    """ "Bo Ek sparade 09.12 medan du skrev."; empty where nobody is known."""
    if senast is None:
        return ""
    namn, moment = senast
    local = moment.astimezone()
    return f"{namn} {tr('sparade')} {clock(local.hour, local.minute)} {tr('medan du skrev.')}"


def _tell(form: Falt, name: str, mine: Mapping[str, object], now: Mapping[str, object]) -> Skillnad:
    box = form.boxes[name]
    label = box.label.text()
    changed = mine[name] != form.beginning.get(name)
    return Skillnad(name, label, _words(box.field, mine[name]), _words(box.field, now.get(name)), changed)


def _words(field: QWidget, value: object) -> str:
    if isinstance(field, SchemaField):
        return describe_plain(value)
    if isinstance(value, bool):
        return tr("Ja") if value else tr("Nej")
    return str(value) if value else "–"
