"""Visible text goes through `tr()`, so that another language is a translation file and nothing else."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def tr(text: str) -> str:
    """The text in the language of the program; the Swedish text itself where nothing else is loaded."""
    return QCoreApplication.translate("egenvag", text)


def speak_swedish(application: QCoreApplication) -> QTranslator:
    """Let Qt's own menus, dialogs and calendars be Swedish whatever the desktop speaks; its translator."""
    QLocale.setDefault(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_sv", folder):
        application.installTranslator(translator)
    return translator
