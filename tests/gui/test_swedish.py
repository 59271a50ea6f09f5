"""Qt's own words are Swedish too, and the screen's own arrows have names."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QCalendarWidget, QToolButton
from pytestqt.qtbot import QtBot

from desktop.i18n import speak_swedish
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextField


@pytest.fixture
def _swedish(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translator = speak_swedish(qapp)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("_swedish")
def test_the_menu_of_a_field_is_swedish(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = {action.text().replace("&", "").split("\t")[0] for action in menu.actions()}
    menu.deleteLater()
    assert {"Ångra", "Klipp ut", "Kopiera", "Klistra in"} <= words


def test_the_calendar_is_swedish_and_its_arrows_have_names(qtbot: QtBot, theme: Theme) -> None:
    field = DateField(theme, lambda: date(2026, 11, 12))
    qtbot.addWidget(field)
    field.show()
    field.open_calendar()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.locale().language() is QLocale.Language.Swedish
    named = {b.accessibleName() for b in calendar.findChildren(QToolButton)}
    assert {"Föregående månad", "Nästa månad"} <= named
