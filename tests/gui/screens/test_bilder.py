"""Pictures put aside from any chart become a report of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.bildlada import MOST, Bildlada
from desktop.charts.columns import stacked_columns
from desktop.charts.picture import Picture, Series
from desktop.context import Context
from desktop.messages import Kind, Message
from desktop.screens.bilder import ChartActs, bind_chart
from desktop.widgets.chart_view import ChartView
from tests.helpers.pdf_structure import TaggedPdf, faults


def picture(title: str, value: int | None = 7) -> Picture:
    """A column."""
    return stacked_columns(title, ("v. 47",), [Series("Intern", (value,), "intern", marks=("<5",))])


@pytest.fixture
def view(context: Context, qtbot: QtBot) -> ChartView:
    made = ChartView(context.theme)
    qtbot.addWidget(made)
    made.set_picture(picture("Lediga"), picture("Lediga", None))
    bind_chart(context, made)
    return made


@pytest.fixture
def told(context: Context) -> list[Message]:
    heard: list[Message] = []
    context.messages.listen(heard.append)
    return heard


def choices(view: ChartView) -> dict[str, Callable[[], None]]:
    """What the menu offers for the report."""
    menu = QMenu(view)
    assert view.fill_report is not None
    view.fill_report(menu)
    return {action.text(): action.trigger for action in menu.actions()}


def test_pictures_are_put_aside_and_saved_as_a_report(
    view: ChartView,
    context: Context,
    told: list[Message],
    tmp_path: Path,
    choose_file: Callable[[str], None],
    qtbot: QtBot,
) -> None:
    assert list(choices(view)) == ["Lägg i bildrapporten"]
    choices(view)["Lägg i bildrapporten"]()
    assert told[-1].text == "Bilden ligger i bildrapporten: 1\u00a0bild."
    assert told[-1].action == "Spara rapporten…"
    (put,) = context.bilder.pictures
    assert view.leaving is not None
    assert put.table == view.leaving.table  # what may leave, not what is on the screen
    assert put.source == "Källa: Egenväg, 3\u00a0juni\u00a02024."
    view.set_picture(picture("Beläggning"))
    choices(view)["Lägg i bildrapporten"]()
    choose_file(str(tmp_path / "rapport"))
    choices(view)["Spara bildrapporten (2\u00a0bilder)…"]()
    qtbot.waitUntil(lambda: told[-1].text == "Sparad: rapport.pdf")
    data = (tmp_path / "rapport.pdf").read_bytes()
    assert faults(data) == []
    heads = [node.text.strip() for node in TaggedPdf(data).nodes("H2")]
    assert heads == ["Lediga", "Beläggning"]
    choices(view)["Töm bildrapporten"]()
    assert context.bilder.pictures == ()
    assert told[-1].text == "Bildrapporten är tom."


def test_saving_from_the_message_and_giving_up(
    view: ChartView,
    context: Context,
    told: list[Message],
    tmp_path: Path,
    choose_file: Callable[[str], None],
    qtbot: QtBot,
) -> None:
    choices(view)["Lägg i bildrapporten"]()
    save = told[-1].undo
    assert save is not None
    choose_file("")
    save()
    assert len(told) == 1
    choose_file(str(tmp_path / "finns" / "inte.pdf"))
    save()
    qtbot.waitUntil(lambda: told[-1].kind is Kind.ERROR)
    assert len(context.bilder.pictures) == 1
    context.bilder.clear()
    save()  # nothing is left to save
    assert len(told) == 2


def test_a_full_drawer_says_so(view: ChartView, context: Context, told: list[Message]) -> None:
    for at in range(MOST):
        assert context.bilder.put(picture(str(at)))
    choices(view)["Lägg i bildrapporten"]()
    assert told[-1].kind is Kind.WARNING
    assert "full" in told[-1].text


def test_a_newer_picture_takes_the_place_of_the_older() -> None:
    lada = Bildlada()
    newer = picture("A", 9)
    for one in (picture("A"), picture("B"), newer):
        assert lada.put(one)
    assert [one.title for one in lada.pictures] == ["A", "B"]
    assert lada.pictures[0] is newer


def test_a_chart_without_a_picture_does_nothing(context: Context, told: list[Message], qtbot: QtBot) -> None:
    empty = ChartView(context.theme)
    qtbot.addWidget(empty)
    acts = ChartActs(context, empty)
    acts.copy()
    acts.save("png")
    acts.put()
    assert told == []
