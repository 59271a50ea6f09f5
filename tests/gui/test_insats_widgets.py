"""The week of half-days, the ring with words, and people with a sentence each."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.person_list import MOST, PersonLine, PersonList
from desktop.widgets.radio_field import RadioField
from desktop.widgets.schema_field import WORKWEEK, SchemaField, describe_plain, describe_schema

FULL = tuple((day, "") for day in range(1, 6))


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ((), "mån–fre hela dagar"),
        (FULL, "mån–fre hela dagar"),
        (((1, ""), (3, "fm"), (7, "em")), "mån hel dag, ons fm, sön em"),
    ],
)
def test_a_schema_in_words(schema: tuple[tuple[int, str], ...], told: str) -> None:
    assert describe_schema(schema) == told


def test_what_is_ticked_is_the_value_and_comes_back_from_a_draft(theme: Theme, qtbot: QtBot) -> None:
    field, other = SchemaField(theme), SchemaField(theme)
    for each in (field, other):
        qtbot.addWidget(each)
    assert (field.value(), field.plain_value()) == ((), [list(part) for part in FULL])
    field.set_value(FULL)
    assert field.value() == FULL  # the same days written out stay as they were
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Left)
    assert "söndag förmiddag inte vald" in field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.value() == (*FULL, (7, "fm"))
    QTest.keyClick(field, Qt.Key.Key_X)
    other.set_plain_value(field.plain_value())
    assert other.value() == field.value()
    other.set_plain_value(None)
    assert other.is_empty()
    assert (describe_plain([]), describe_plain([[2, "em"]])) == ("ingen dag", "tis em")
    assert len(WORKWEEK) == 10


def test_a_click_beside_the_days_ticks_nothing(theme: Theme, qtbot: QtBot) -> None:
    field = SchemaField(theme)
    qtbot.addWidget(field)
    field.resize(field.sizeHint())
    field.show()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert field.value() == ()
    assert not field.grab().isNull()


def test_words_of_a_ring_are_never_cut(theme: Theme, qtbot: QtBot) -> None:
    short, long = RadioField(theme, "50"), RadioField(theme, "Vill arbeta i kök. " * 30)
    for each in (short, long):
        qtbot.addWidget(each)
    assert long.heightForWidth(200) > 5 * short.heightForWidth(200)
    assert long.sizeHint() == long.minimumSizeHint()
    qtbot.mouseClick(long, Qt.MouseButton.LeftButton, pos=long.rect().bottomRight())
    assert long.isChecked()
    assert not long.grab().isNull()


def test_of_very_many_people_some_are_named(theme: Theme, qtbot: QtBot) -> None:
    people = PersonList(theme)
    qtbot.addWidget(people)
    lines = [PersonLine(f"Person {n}", "Inte inskriven den dagen.", n == MOST) for n in range(MOST + 2)]
    people.show_lines(lines)
    texts = [label.text().replace("\u00a0", " ") for label in people.findChildren(QLabel)]
    named = [text for text in texts if text.startswith("Person ")]
    # Each part tells as many: the one that is stopped, and of the others all but one.
    assert (named[0], len(named)) == (f"Person {MOST}", MOST + 1)
    assert "och 1 person till" in texts
    people.show_lines([])
    assert people.isHidden()
