"""The bar picture, the steps and the events: at no size do words meet, or end before they are read."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.events import Event, EventGroup, EventList
from desktop.widgets.gantt import Bar, BarKind, Gantt, GanttData, GanttLegend, GanttRow, Mark, MarkKind
from desktop.widgets.paint import text_width
from desktop.widgets.stepper import Step, Stepper, StepState

TODAY = date(2026, 11, 12)
LEGEND = [(BarKind.AVSLUTAD, "Avslutad"), (BarKind.PAGAR, "Pågår"), (BarKind.FRIST, "Frist")]
SIZES = [(scale, width) for scale in (100, 125, 150, 200) for width in (380, 520, 760, 1180, 1600)]


def day(ahead: int) -> date:
    return TODAY + timedelta(ahead)


def data() -> GanttData:
    steg = (
        Bar(day(-200), day(-60), BarKind.AVSLUTAD, "Kartläggning, 1 apr–13 sep", short="Kartläggning"),
        Bar(day(-59), day(-8), BarKind.AVSLUTAD, "Insats, 14 sep–4 nov", short="Insats"),
        Bar(day(-7), day(60), BarKind.PAGAR, "Uppföljning, sedan 5 nov", "",
            "Uppföljning, planerat t.o.m. 11 jan", "Uppföljning"),
    )  # fmt: skip
    krav = (
        Bar(day(-120), day(-113), BarKind.UPPFYLLD, after="Uppfyllt dag 7", short="Uppfyllt"),
        Bar(day(-13), day(0), BarKind.FRIST, after="Dag 13 av 14, frist 13 nov", short="Frist 13 nov"),
    )
    broken = (
        Bar(day(-90), day(-80), BarKind.AVBRUTEN, after="Avbruten: sjukdom", short="Avbruten"),
        Bar(day(-40), day(-30), BarKind.AVSLUTAD, "Slut 13 okt"),
    )
    running = Bar(day(-20), day(36), BarKind.PAGAR, "50 %, t.o.m. 18 dec", short="t.o.m. 18 dec")
    planned = Bar(day(1), day(78), BarKind.PLANERAD, "Start 13 nov, 75 %", short="Start 13 nov")
    marks = tuple(Mark(day(-9 * n), MarkKind.UTEBLEV if n % 3 else MarkKind.GENOMFORT, "Uteblev")
                  for n in range(-3, 14))  # fmt: skip
    rows = (
        GanttRow("Steg", steg), GanttRow("Aktivitetskrav", krav), GanttRow("Praktik, Kök & café", broken),
        GanttRow("Arbetsträning, Yrkesporten", (running,)), GanttRow("Vägledning", (planned,)),
        GanttRow("Möten", (), marks),
    )  # fmt: skip
    return GanttData(date(2026, 7, 1), day(80), TODAY, rows, (day(-13), day(1)))


def shown(qtbot: QtBot, widget: QWidget, width: int) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, widget.sizeHint().height())
    with qtbot.waitExposed(widget):
        widget.show()
    widget.resize(width, widget.sizeHint().height())
    return widget


def meet(rects: list[QRectF]) -> bool:
    return any(a.intersects(b) for a, b in combinations(rects, 2))


@pytest.mark.parametrize(("scale", "width"), SIZES)
def test_no_words_of_the_bars_meet(qtbot: QtBot, theme: Theme, scale: int, width: int) -> None:
    theme.set(scale=scale)
    gantt = Gantt(theme)
    gantt.set_data(data())
    shown(qtbot, gantt, width)
    inside = QRectF(gantt.rect()).adjusted(-1, -1, 1, 1)
    everything = [gantt.month_words()] + [gantt.row_words(place) for place in range(6)]
    for words in everything:
        assert not meet([one.rect for one in words]), [one.text for one in words]
        assert all(inside.contains(one.rect) for one in words)
    # Whole, all but titles: those are told by a tooltip too.
    for one in (one for words in everything for one in words if one.weight != 500 or one.tone != "text"):
        assert text_width(theme, one.text, "meta", one.weight) <= one.rect.width() + 1, one.text
    assert everything[0], "no month is named"
    assert all(words[0].text == row.title for words, row in zip(everything[1:], data().rows, strict=True))
    assert not gantt.grab().isNull()


def test_the_words_of_a_short_running_bar_stand_after_today(qtbot: QtBot, theme: Theme) -> None:
    gantt = Gantt(theme)
    gantt.set_data(data())
    shown(qtbot, gantt, 1100)
    _title, words = gantt.row_words(3)
    assert words.text == "50 %, t.o.m. 18 dec"
    assert words.rect.left() > gantt._x(TODAY)
    steg = [one.text for one in gantt.row_words(0)]
    assert steg[-1] == "Uppföljning, planerat t.o.m. 11 jan"


def test_a_year_is_told_once_and_again_when_it_is_new(qtbot: QtBot, theme: Theme) -> None:
    gantt = Gantt(theme)
    gantt.set_data(data())
    shown(qtbot, gantt, 1100)
    texts = [one.text for one in gantt.month_words()]
    assert texts[0] == "jul 2026"
    assert texts[-1] == "jan 2027"
    assert [text for text in texts if "20" in text] == ["jul 2026", "jan 2027"]


def tip(widget: QWidget, at: QPoint) -> str:
    QToolTip.hideText()
    where = widget.mapToGlobal(at)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, where))
    return QToolTip.text()


def test_what_is_left_out_is_told_by_a_tooltip(qtbot: QtBot, theme: Theme) -> None:
    gantt = Gantt(theme)
    gantt.set_data(data())
    shown(qtbot, gantt, 400)
    row = (gantt.height() - gantt._head()) // 6
    told = tip(gantt, QPoint(20, gantt._head() + 2 * row + row // 2))
    assert told.startswith("Praktik, Kök & café\nAvbruten ")
    assert "Avbruten: sjukdom" in told
    steps = Stepper(theme)
    steps.set_steps([Step("Planering", StepState.CURRENT, "sedan 4 maj · 2 dagar")])
    shown(qtbot, steps, 300)
    assert tip(steps, QPoint(9, 9)) == "Planering pågår sedan 4 maj · 2 dagar"


def test_a_legend_breaks_over_lines(qtbot: QtBot, theme: Theme) -> None:
    legend = GanttLegend(theme, LEGEND)
    shown(qtbot, legend, legend.sizeHint().width())
    one = legend.heightForWidth(legend.width())
    assert legend.heightForWidth(legend.minimumSizeHint().width()) > 2 * one
    places = legend._places(legend.minimumSizeHint().width())
    assert [at.x() for _, _, at in places] == [0, 0, 0]


def steps() -> list[Step]:
    names = ("Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning")
    states = (StepState.DONE, StepState.DONE, StepState.CURRENT, *[StepState.COMING] * 3)
    return [
        Step(name, state, "" if state is StepState.COMING else "29 mar–30 apr · 33 dagar")
        for name, state in zip(names, states, strict=True)
    ]


def test_steps_tell_as_much_as_there_is_room_for(qtbot: QtBot, theme: Theme) -> None:
    stepper = Stepper(theme)
    stepper.set_steps(steps())
    shown(qtbot, stepper, 1300)
    assert stepper.shown()[0] == ("Aktualisering", "29 mar–30 apr · 33 dagar")
    told: list[tuple[str, str]] = []
    for width in range(1300, 300, -20):
        stepper.resize(width, stepper.height())
        told += [stepper.shown()[0]] if stepper.shown()[0] not in told else []
    full = ("Aktualisering", "29 mar–30 apr · 33 dagar")
    assert told == [full, ("Aktualisering", "29 mar–30 apr"), ("", "")]
    stepper.resize(stepper.minimumSizeHint().width() + 100, stepper.height())
    assert stepper.shown()[0] == ("", "")
    assert stepper.shown()[2] == ("Planering", "29 mar–30 apr · 33 dagar")
    assert not stepper.grab().isNull()


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_the_day_of_an_event_is_never_cut(qtbot: QtBot, theme: Theme, scale: int) -> None:
    theme.set(scale=scale)
    events = EventList(theme, "Händelser")
    events.set_groups([EventGroup("Kommande", (Event(1, "25\u00a0jan\u00a02027", "Möte", "users"),))])
    shown(qtbot, events, 300)
    assert events.day_width() >= text_width(theme, "25\u00a0jan\u00a02027", "meta", 600)
    theme.set(scale=200)
    assert events.day_width() >= text_width(theme, "25\u00a0jan\u00a02027", "meta", 600)


def test_a_title_that_is_cut_is_told_whole(qtbot: QtBot, theme: Theme) -> None:
    events = EventList(theme, "Händelser")
    long = "Start: Arbetsträning, Yrkesporten i Ängsgården och Fjällmo"
    events.set_groups([EventGroup("Kommande", (Event(1, "idag", long, "play", detail="75 %"),
                                               Event(2, "idag", "Möte", "users")))])  # fmt: skip
    shown(qtbot, events, 260)
    rows = [events.visualRect(events.model().index(place, 0)).center() for place in (1, 2)]
    viewport = events.viewport()
    assert tip(viewport, rows[0]) == f"{long}\n75 %"
    qtbot.waitUntil(lambda: tip(viewport, rows[1]) == "")
