"""What is to be printed left, the pages as they will be right. Asks nobody."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import resize_within
from desktop.widgets.fields import ComboField, FieldBox, TextArea
from desktop.widgets.preview import Preview
from desktop.widgets.tall import Tall
from desktop.widgets.text import Line, Text

SIZE = (1080, 780)
SIDE = 300
LINES = 5  # of text that are in sight of the fields however low the screen is


class UtskriftView(QDialog):
    """`changed` when another print is wanted, `save` and `send` when it is to leave the program."""

    changed = Signal()
    save = Signal()
    send = Signal()

    def __init__(
        self,
        theme: Theme,
        kinds: Sequence[tuple[str, str]],
        today: Callable[[], date],
        protected: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(tr("Skriv ut från kortet"))
        self.setAccessibleName(tr("Skriv ut från kortet"))
        self.what: ComboField[str] = ComboField(theme, kinds)
        self.fran, self.till = DateField(theme, today), DateField(theme, today)
        self.skal = TextArea(theme, 4)
        self.boxes = {
            "vad": FieldBox(theme, tr("Vad"), self.what),
            "fran": FieldBox(theme, tr("Från och med"), self.fran),
            "till": FieldBox(theme, tr("Till och med"), self.till),
            "skal": FieldBox(theme, tr("Varför behöver uppgifterna skrivas ut?"), self.skal, required=True),
        }
        self.boxes["skal"].setVisible(protected)
        self.told = Notice(
            theme,
            "info",
            tr("Utskriften skrivs i loggen."),
            tr("Namn, personnummer och plats skrivs inte ut.") if protected else "",
        )
        self.failure = Notice(theme, "danger", "")
        self.failure.hide()
        self.save_button = Button(theme, tr("Spara som pdf…"), "save", keys="Ctrl+S")
        self.send_button = Button(theme, tr("Skriv ut…"), "printer", ButtonKind.PRIMARY, "Ctrl+P")
        self.close_button = Button(theme, tr("Stäng"))
        self.preview = Preview(theme)
        self._lay_out()
        self._connect()

    def ask_period(self, asked: bool) -> None:
        """Whether the print is of a period."""
        for name in ("fran", "till"):
            self.boxes[name].setVisible(asked)

    def show_errors(self, errors: dict[str, str]) -> None:
        """Errors at their fields; those of no field above the buttons."""
        for name, box in self.boxes.items():
            box.set_error(errors.get(name, ""))
        rest = " ".join(text for name, text in errors.items() if name not in self.boxes)
        self.failure.set("danger", rest)
        self.failure.setVisible(bool(rest))

    def set_ready(self, why_not: str) -> None:
        """Whether there is something to print; else why not."""
        for button in (self.save_button, self.send_button):
            button.set_disabled_because(why_not)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self.changed)
        for field in (self.fran, self.till):
            field.value_changed.connect(self._date_changed)
            field.line.editingFinished.connect(self.changed)
        self.save_button.clicked.connect(self.save)
        self.send_button.clicked.connect(self.send)
        self.close_button.clicked.connect(self.reject)

    def _date_changed(self, day: date | None) -> None:
        # Half a date while one writes is no fault yet: what is faulty is told when the field is left.
        if day is not None:
            self.changed.emit()

    def _lay_out(self) -> None:
        px = self._theme.px
        fields, side = QWidget(), QWidget()
        fields.setLayout(
            column(
                Text(tr("Skriv ut"), "panel"), self.boxes["vad"], self.boxes["fran"], self.boxes["till"],
                self.boxes["skal"], self.told, 0, spacing=12, margins=(20, 18, 20, 0),
            )
        )  # fmt: skip
        buttons = column(
            self.failure, self.send_button, self.save_button, self.close_button,
            spacing=12, margins=(20, 0, 20, 18),
        )  # fmt: skip
        side.setFixedWidth(px(SIDE))
        side.setLayout(column(Tall(fields, LINES), buttons, spacing=12))
        layout = row(side, Line(vertical=True, name="line"), self.preview, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        resize_within(self, px(SIZE[0]), px(SIZE[1]))
