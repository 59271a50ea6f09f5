"""Visible text goes through `tr()`, so that another language is a translation file and nothing else."""

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """The text in the language of the program; the Swedish text itself where nothing else is loaded."""
    return QCoreApplication.translate("egenvag", text)
