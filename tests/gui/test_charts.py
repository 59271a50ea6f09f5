"""A chart on the screen: painted in both schemes, moved through by keys, read out, as a table, and saved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QHelpEvent, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.session import Store
from desktop.charts.areas import stacked_area
from desktop.charts.columns import stacked_columns
from desktop.charts.lines import Goal, lines
from desktop.charts.looks import LOOKS, step_looks
from desktop.charts.picture import Picture, Series
from desktop.charts.scene import Drawing, Fill, Rect
from desktop.context import Context
from desktop.messages import Kind, Message, Messages
from desktop.runner import Runner
from desktop.screens.bilder import bind_chart
from desktop.settings import Settings
from desktop.theme import Mode, Theme
from desktop.tokens import load_tokens
from desktop.widgets.chart_export import make_image, make_png, make_svg
from desktop.widgets.chart_paint import DrawingPainter, measure
from desktop.widgets.chart_view import ChartView
from tests.helpers.scenes import faults

pytestmark = pytest.mark.usefixtures("qapp")
HOSTILE = "<b>Snickeriet</b> & co"


def columns(title: str = "Platser som blir lediga") -> Picture:
    """Two columns whose parts can be opened."""
    return stacked_columns(
        title,
        ("v. 47", "v. 48"),
        [
            Series("Intern", (2, 4), "intern", ("intern/47", "intern/48")),
            Series("Extern", (3, 0), "extern", ("extern/47", "")),
        ],
        source="Källa: Egenväg, 12 november 2026",
    )


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[ChartView]:
    """A shown, active chart."""
    made = ChartView(theme)
    made.set_picture(columns())
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_arrows_move_between_the_parts_and_each_is_read_out(view: ChartView, qtbot: QtBot) -> None:
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert name_of(view.canvas) == "Platser som blir lediga: Intern, v. 47: 2"
    assert view.canvas.accessibleDescription().startswith("1 av 4. Enter öppnar. Stapeldiagram. ")
    for key, told in (
        (Qt.Key.Key_Up, "Extern, v. 47: 3"),
        (Qt.Key.Key_Right, "Extern, v. 48: 0"),
        (Qt.Key.Key_Down, "Intern, v. 48: 4"),
        (Qt.Key.Key_Down, "Intern, v. 48: 4"),
        (Qt.Key.Key_Home, "Intern, v. 47: 2"),
        (Qt.Key.Key_Left, "Intern, v. 47: 2"),
        (Qt.Key.Key_End, "Extern, v. 48: 0"),
    ):
        qtbot.keyClick(view.canvas, key)
        assert name_of(view.canvas) == f"Platser som blir lediga: {told}"
    assert "Enter öppnar" not in view.canvas.accessibleDescription()


def test_every_part_is_reached_by_the_arrows(theme: Theme, qtbot: QtBot) -> None:
    series = [Series(f"S{row}", tuple(range(9)), look) for row, look in enumerate(step_looks(6))]
    chart = ChartView(theme)
    qtbot.addWidget(chart)
    chart.set_picture(stacked_area("t", [str(at) for at in range(9)], series))
    chart.resize(600, 260)
    chart.show()
    chart.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    seen = set()
    for _ in range(9):
        for key in [Qt.Key.Key_Up] * 6 + [Qt.Key.Key_Down] * 6:
            qtbot.keyClick(chart.canvas, key)
            seen.add(name_of(chart.canvas))
        qtbot.keyClick(chart.canvas, Qt.Key.Key_Right)
    assert len(seen) == 54


def test_enter_and_a_click_choose_and_what_leads_nowhere_is_silent(view: ChartView, qtbot: QtBot) -> None:
    told: list[str] = []
    view.chosen.connect(told.append)
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    qtbot.keyClick(view.canvas, Qt.Key.Key_End)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Enter)
    assert told == ["intern/47"]
    left, top, right, bottom = view.canvas.drawing.parts[1].box
    middle = QPoint(round((left + right) / 2), round((top + bottom) / 2))
    qtbot.mouseMove(view.canvas, middle)
    assert view.canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert told == ["intern/47", "extern/47"]
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    qtbot.mouseMove(view.canvas, QPoint(1, 1))
    assert view.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert len(told) == 2


def test_the_tooltip_tells_the_exact_figure_as_plain_text(view: ChartView, qtbot: QtBot) -> None:
    view.set_picture(stacked_columns("t", (HOSTILE,), [Series("A", (1234,), "data")]))
    part = view.canvas.drawing.parts[0]
    left, top, right, bottom = part.box
    at = QPoint(round((left + right) / 2), round((top + bottom) / 2))
    event = QHelpEvent(QEvent.Type.ToolTip, at, view.canvas.mapToGlobal(at))
    QApplication.sendEvent(view.canvas, event)
    assert QToolTip.text() == "<qt>A, &lt;b&gt;Snickeriet&lt;/b&gt; &amp; co: 1\u00a0234</qt>"
    QToolTip.hideText()


def test_the_focused_part_has_the_ring(view: ChartView, theme: Theme) -> None:
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    ring = theme.colour("focus").rgb()
    image = view.canvas.grab().toImage()
    left, top, right, bottom = view.canvas.drawing.parts[0].box
    ringed = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == ring
    ]
    assert ringed
    assert all(left - 4 <= x <= right + 4 and top - 4 <= y <= bottom + 4 for x, y in ringed)


def test_a_chart_without_parts_has_the_ring_round_it_all(theme: Theme, qtbot: QtBot) -> None:
    chart = ChartView(theme)
    qtbot.addWidget(chart)
    chart.set_picture(lines("Tomt", ("a",), [Series("A", (None,))]))
    chart.resize(400, 200)
    chart.show()
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    image = chart.canvas.grab().toImage()
    assert image.pixel(image.width() // 2, 0) == theme.colour("focus").rgb()
    assert name_of(chart.canvas) == "Tomt"
    qtbot.keyClick(chart.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(chart.canvas, Qt.Key.Key_Return)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_the_drawing_follows_scheme_and_text_size(
    view: ChartView, theme: Theme, qtbot: QtBot, mode: Mode, scale: int
) -> None:
    theme.set(mode, scale)
    view.resize(theme.px(500), theme.px(240))
    qtbot.waitUntil(lambda: abs(view.canvas.drawing.width - view.canvas.width() * 100 / scale) < 1)
    assert list(faults(view.canvas.drawing, measure)) == []
    colours = {view.canvas.grab().toImage().pixel(x, y) for x, y in _inside(view, scale)}
    assert theme.colour("s5").rgb() in colours
    assert view.minimumSizeHint().height() >= theme.px(90)


def _inside(view: ChartView, scale: int) -> list[tuple[int, int]]:
    left, top, right, bottom = view.canvas.drawing.parts[0].box
    return [(round((left + right) / 2 * scale / 100), round((top + bottom) / 2 * scale / 100))]


def test_the_same_figures_as_a_table(view: ChartView, qtbot: QtBot) -> None:
    told: list[str] = []
    view.chosen.connect(told.append)
    view.canvas.setFocus()
    qtbot.mouseClick(view.toggle, Qt.MouseButton.LeftButton)
    table = view.table
    assert table is not None
    assert (view.canvas.isVisible(), view.toggle.text()) == (False, "Visa som diagram")
    assert view.toggle.accessibleName() == "Visa som diagram: Platser som blir lediga"
    model = table.model()
    shown = [[model.index(row, at).data() for at in range(4)] for row in range(2)]
    assert shown == [["v. 47", "2", "3", "5"], ["v. 48", "4", "0", "4"]]
    table.setFocus()
    table.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told == ["intern/48"]
    table.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    words = [action.text() for action in table.menu.actions()]
    assert words[:2] == ["Öppna Intern 2", "Öppna Extern 3"]
    table.menu.actions()[1].trigger()
    table.menu.close()
    assert told == ["intern/48", "extern/47"]
    view.set_picture(columns("Nya siffror"))
    assert view.table is not None
    assert view.table.accessibleName() == "Nya siffror"
    view.show_table(False)
    assert view.canvas.isVisible()
    assert view.table is None


def test_copied_figures_are_those_that_may_leave(view: ChartView, qtbot: QtBot) -> None:
    hidden = [
        Series("Intern", (None, 4), "intern", marks=("<5", "")),
        Series("Extern", (None, 0), "extern", marks=("..", "")),
    ]
    leaving = stacked_columns("Platser", ("v. 47", "v. 48"), hidden)
    view.set_picture(columns(), leaving)
    view.copy_figures()
    whole = "Vecka\tIntern\tExtern\tTotalt\nv. 47\t<5\t..\t–\nv. 48\t4\t0\t4"
    assert QGuiApplication.clipboard().text() == whole
    view.show_table(True)
    assert view.table is not None
    view.table.selectRow(0)
    view.table.copy()
    assert QGuiApplication.clipboard().text() == "Vecka\tIntern\tExtern\tTotalt\nv. 47\t<5\t..\t–"


def test_the_menu_by_button_key_and_right_click(view: ChartView, qtbot: QtBot) -> None:
    wanted: list[str] = []
    view.save_wanted.connect(wanted.append)
    view.copy_wanted.connect(lambda: wanted.append("kopia"))
    view.fill_menu = lambda menu: menu.addAction("Skärmens eget")
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(view.menu.isVisible)
    words = [action.text() for action in view.menu.actions() if action.text()]
    assert words == [
        "Skärmens eget",
        "Kopiera bilden",
        "Kopiera siffrorna",
        "Spara som PNG…",
        "Spara som SVG…",
        "Visa som tabell",
    ]
    for action in view.menu.actions():
        if action.text().startswith(("Spara", "Kopiera bilden", "Visa")):
            action.trigger()
    assert wanted == ["kopia", "png", "svg"]
    assert view.shows_table
    view.menu.close()
    qtbot.mouseClick(view.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.menu.isVisible)
    assert "Visa som diagram" in [action.text() for action in view.menu.actions()]
    view.menu.close()
    assert name_of(view.more) == "Kopiera eller spara: Platser som blir lediga"


def test_a_chart_with_nothing_in_it_offers_nothing(view: ChartView) -> None:
    view.set_picture(stacked_columns("Tomt", (), ()))
    assert view.toggle.isHidden()
    assert view.more.isHidden()
    view.open_menu(QPoint(0, 0))
    assert not view.menu.isVisible()
    view.set_picture(columns())
    assert view.toggle.isVisible()


def test_the_part_stays_when_figures_change(view: ChartView, qtbot: QtBot) -> None:
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    view.set_picture(columns("Efter"))
    assert name_of(view.canvas) == "Efter: Intern, v. 48: 4"
    view.set_picture(stacked_columns("Färre", ("v. 47",), [Series("Intern", (1,), "intern")]))
    assert name_of(view.canvas) == "Färre"


# --- what leaves the programme


def test_an_image_is_light_on_white_with_title_and_source(theme: Theme) -> None:
    theme.set(Mode.DARK, 150)
    image = make_image(columns(), 600)
    white = QColor(load_tokens().colours["light"]["paper"])
    assert image.pixelColor(0, 0) == white
    assert image.width() == 1800
    assert _ink(image, 0, 100) > 100, "no title"
    assert _ink(image, image.height() - 90, image.height() - 40) > 100, "no source"
    with_no_source = make_image(replace(columns(), source=""), 600)
    assert with_no_source.height() < image.height()
    assert image.text("Title") == "Platser som blir lediga"


def _ink(image: QImage, top: int, bottom: int) -> int:
    white = image.pixel(0, 0)
    return sum(image.pixel(x, y) != white for x in range(0, image.width(), 2) for y in range(top, bottom, 2))


def test_a_png_can_be_read_and_has_its_size_on_paper() -> None:
    image = QImage.fromData(QByteArray(make_png(columns(), 600)))
    assert image.width() == 1800
    assert image.dotsPerMeterX() == pytest.approx(3 * 96 / 0.0254, abs=1)
    assert image.text("Description").startswith("Stapeldiagram. Platser som blir lediga. ")


@pytest.mark.parametrize(
    "picture",
    [
        columns(HOSTILE),
        lines("t", ("a", "b"), [Series("A", (75, 90), "man")], share=True, goal=Goal("Mål", 85, 95)),
        stacked_area("t", ("a", "b", "c"), [Series(n, (1, 2, 3), n) for n in ("kvinnor", "man")]),
    ],
    ids=["columns", "lines", "area"],
)
def test_an_svg_is_right_when_it_is_drawn_again(picture: Picture) -> None:
    data = make_svg(picture, 600)
    tree = ElementTree.fromstring(data)
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert tree.findtext("svg:title", namespaces=space) == picture.title
    assert tree.findtext("svg:desc", namespaces=space) == picture.alt
    assert tree.findall(".//svg:text", space) == []  # shapes: no font is needed
    drawn = make_image(picture, 600).convertToFormat(QImage.Format.Format_RGB32)
    again = QImage(drawn.size(), QImage.Format.Format_RGB32)
    again.fill(Qt.GlobalColor.white)
    painter = QPainter(again)
    QSvgRenderer(QByteArray(data)).render(painter)
    painter.end()
    assert _difference(drawn, again) < 2.0


def _difference(one: QImage, other: QImage) -> float:
    """The mean difference of the two in 256ths, looked at from a distance."""
    size = one.size() / 3
    mode = Qt.TransformationMode.SmoothTransformation
    aspect = Qt.AspectRatioMode.IgnoreAspectRatio
    first, second = (image.scaled(size, aspect, mode) for image in (one, other))
    pairs = [
        (first.pixelColor(x, y), second.pixelColor(x, y))
        for x in range(first.width())
        for y in range(first.height())
    ]
    return sum(abs(a.lightness() - b.lightness()) for a, b in pairs) / len(pairs)


def test_a_very_long_title_is_broken_and_never_outside() -> None:
    image = make_image(columns("Ord " * 200), 560)
    assert image.height() < 1400
    assert _ink(image, 0, 300) > 0


def test_an_endless_picture_is_drawn_coarser() -> None:
    assert make_image(columns(), 600, 30_000).height() <= 12_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kvinnor_are_solid_and_man_hatched(qapp: QApplication, scheme: str) -> None:
    tokens = {name: QColor(value) for name, value in load_tokens().colours[scheme].items()}
    colours = {}
    for name in ("kvinnor", "man"):
        image = QImage(60, 60, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        box = Drawing(60, 60, (Rect(0, 0, 60, 60, LOOKS[name].fill),))
        DrawingPainter(painter, tokens.__getitem__).paint(box)
        painter.end()
        colours[name] = {image.pixel(x, y) for x in range(10, 50) for y in range(10, 50)}
    assert colours["kvinnor"] == {tokens["kv"].rgb()}
    assert tokens["man"].rgb() in colours["man"]
    light = [QColor(colour).lightness() for colour in colours["man"]]
    assert max(light) - min(light) > 0.6 * abs(tokens["man"].lightness() - tokens["man_hatch"].lightness())


def test_widths_are_those_of_the_painted_text(qapp: QApplication) -> None:
    assert measure("Kartläggning 38", 12, True) > measure("Kartläggning 38", 12, False) > 60
    assert measure("", 12, False) == 0
    assert Fill("kv").ink == ""


# --- copying and saving from a screen


@pytest.fixture
def bound(view: ChartView, theme: Theme, runner: Runner, messages: Messages, settings: Settings) -> ChartView:
    """The chart as a screen has it."""
    context = Context(
        theme, runner, messages, settings, cast(Store, None), SYSTEM, lambda: date(2026, 11, 12)
    )
    bind_chart(context, view)
    return view


@pytest.fixture
def told(messages: Messages) -> list[Message]:
    """What the user is told."""
    heard: list[Message] = []
    messages.listen(heard.append)
    return heard


def test_the_picture_is_copied(bound: ChartView, told: list[Message], qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    bound.copy_wanted.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].text == "Bilden är kopierad."
    assert QGuiApplication.clipboard().image().width() >= 560 * 3


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_picture_is_saved(
    bound: ChartView,
    told: list[Message],
    qtbot: QtBot,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, suggested: str, kinds: str) -> tuple[str, str]:
        asked.extend((suggested, kinds))
        return str(tmp_path / "bild"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    bound.save_wanted.emit(ending)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].text == f"Sparad: bild.{ending}"
    assert asked[0].endswith(f"platser_som_blir_lediga.{ending}")
    assert f"*.{ending}" in asked[1]
    data = (tmp_path / f"bild.{ending}").read_bytes()
    assert (
        QImage.fromData(QByteArray(data)).width() > 500 if ending == "png" else QSvgRenderer(data).isValid()
    )
    assert settings.get("bilder/mapp", "") == str(tmp_path)


def test_saving_can_be_given_up_and_can_fail(
    bound: ChartView,
    told: list[Message],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = ["", str(tmp_path / "finns" / "inte.png")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (answers.pop(0), ""))
    bound.save_wanted.emit("png")
    assert told == []
    bound.save_wanted.emit("png")
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].kind is Kind.ERROR
    assert "finns inte" in told[0].text
