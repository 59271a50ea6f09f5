"""What the fields of a form hold, whatever kind they are."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.formatting import iso
from desktop.widgets.date_field import DateField
from desktop.widgets.scale_field import ScaleField
from desktop.widgets.schema_field import SchemaField


def read_value(field: QWidget) -> object:
    """What a field holds, as JSON can keep it."""
    if isinstance(field, SchemaField):
        return field.plain_value()
    if isinstance(field, DateField):
        # The day itself: a draft with "t" would mean another day when it is gone on with tomorrow.
        return iso(field.value()) or field.line.text()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, ScaleField):
        return field.value()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        # The words, not the value: they are text whatever the value is.
        return field.currentText() if field.currentIndex() >= 0 else None
    return field.text() if isinstance(field, QLineEdit) else None


def put_value(field: QWidget, value: object) -> None:
    """Let a field hold what `read_value` gave."""
    text = value if isinstance(value, str) else ""
    if isinstance(field, SchemaField):
        field.set_plain_value(value)
    elif isinstance(field, DateField):
        field.line.setText(text)
        field.line.textEdited.emit(text)
    elif isinstance(field, QCheckBox):
        field.setChecked(value is True)
    elif isinstance(field, ScaleField):
        field.setValue(value if isinstance(value, int) else 0)
    elif isinstance(field, QComboBox):
        if value is None or field.findText(text) >= 0:
            field.setCurrentIndex(-1 if value is None else field.findText(text))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)  # so that the beginning of a long text shows


def watch(field: QWidget, changed: Callable[..., None]) -> None:
    """Call when the user, or the program, changes what a field holds."""
    if isinstance(field, SchemaField):
        field.changed.connect(changed)
    elif isinstance(field, DateField):
        field.line.textChanged.connect(changed)
    elif isinstance(field, QLineEdit | QPlainTextEdit):
        field.textChanged.connect(changed)
    elif isinstance(field, QComboBox):
        field.currentIndexChanged.connect(changed)
    elif isinstance(field, QCheckBox):
        field.toggled.connect(changed)
    elif isinstance(field, ScaleField):
        field.valueChanged.connect(changed)
