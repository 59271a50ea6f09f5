"""What the program remembers between starts: looks, geometry and widths. Never anything about people."""

from pathlib import Path
from typing import TypeVar

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

V = TypeVar("V", str, int, bool, QByteArray)


class Settings:
    """An ini file; a value that is missing or of another type is the default."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir("egenvag", appauthor=False)) / "egenvag.ini"
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    def get(self, key: str, default: V) -> V:
        """The value of the key, of the same type as the default."""
        value = self._store.value(key)
        if isinstance(default, bool):
            value = {"true": True, "false": False}.get(str(value).lower())
        elif isinstance(default, int):
            value = int(value) if str(value).lstrip("-").isdecimal() else None
        return value if isinstance(value, type(default)) else default

    def set(self, key: str, value: str | int | bool | QByteArray) -> None:
        """Remember the value."""
        self._store.setValue(key, value)

    def save(self) -> None:
        """Write at once; Qt otherwise writes now and then and at exit."""
        self._store.sync()
