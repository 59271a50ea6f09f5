"""What can be done with a chart on any screen: copied, saved as PNG or SVG, put in a report of pictures.

All off the GUI thread, and always with what may leave the programme (R12): figures of a report are
remembered as handed over before they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from db.rules.text import slug
from desktop.charts.picture import Picture
from desktop.context import Context, now
from desktop.formatting import long_date, plural
from desktop.i18n import tr
from desktop.messages import Kind, Message
from desktop.runner import Change, Task
from desktop.skarm_service import Underlag, leave
from desktop.widgets.chart_export import make_image, make_png, make_svg
from desktop.widgets.chart_view import ChartView, copy_rows

T = TypeVar("T")
Source = Picture | Underlag[Picture]
_KINDS = {"png": "PNG-bild (*.png)", "svg": "SVG-bild (*.svg)", "pdf": "Pdf (*.pdf)"}
_FOLDER = "bilder/mapp"
_LONGEST_NAME = 80
_FRAME = 32.0
_NARROWEST, _WIDEST = 560.0, 960.0


def bind_chart(context: Context, view: ChartView) -> None:
    """Let the menu of a chart copy and save its picture, and put it in a report."""
    acts = ChartActs(context, view)
    view.copy_wanted.connect(acts.copy)
    view.save_wanted.connect(acts.save)
    view.fill_report = acts.fill_report
    view.hand = acts.copy_figures


class ChartActs(QObject):
    """The acts of one chart."""

    def __init__(self, context: Context, view: ChartView) -> None:
        super().__init__(view)
        self._context, self._view = context, view

    def _source(self) -> Source | None:
        """What the picture that leaves is made of."""
        return self._view.underlag or self._view.leaving

    def copy(self) -> None:
        """The picture on the clipboard."""
        source = self._source()
        if source is not None:
            work = partial(_draw, self._context, source, *self._size())
            self._run(tr("Kopierar bilden"), work, self._copied)

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._context.messages.done(tr("Bilden är kopierad."))

    def copy_figures(self, places: Sequence[int] | None) -> None:
        """The figures behind the picture on the clipboard, of these rows or of all."""
        source = self._source()
        if source is None:
            return

        def work(_task: Task) -> Picture:
            return _take(self._context, source, "text")

        def done(picture: Picture) -> None:
            copy_rows(picture.table, places)
            self._context.messages.done(tr("Siffrorna är kopierade."))

        self._run(tr("Kopierar siffrorna"), work, done)

    def save(self, ending: str) -> None:
        """The picture in a file, "png" or "svg"."""
        source, shown = self._source(), self._view.picture
        if source is None or shown is None:
            return
        target = self._ask(shown.title, ending)
        if target is not None:
            work = partial(_write_picture, self._context, source, *self._size(), ending, target)
            self._write(tr("Sparar bilden"), work)

    def fill_report(self, menu: QMenu) -> None:
        """Put the picture aside; once some are, write them as a report or throw them out."""
        icon, lada = self._context.theme.icon, self._context.bilder
        put = menu.addAction(icon("file-chart-column"), tr("Lägg i bildrapporten"))
        put.triggered.connect(lambda _checked=False: self.put())
        if lada.pictures:
            count = plural(len(lada.pictures), tr("bild"), tr("bilder"))
            save = menu.addAction(icon("file-down"), f"{tr('Spara bildrapporten')} ({count})…")
            save.triggered.connect(lambda _checked=False: self.save_report())
            clear = menu.addAction(icon("trash-2"), tr("Töm bildrapporten"))
            clear.triggered.connect(lambda _checked=False: self._clear())

    def put(self) -> None:
        """Put the picture aside for the report; what is put there has left."""
        source = self._source()
        if isinstance(source, Picture):
            self._lay_aside(_with_source(self._context, source))
        elif source is not None:
            self._run(tr("Lägger undan bilden"), partial(_put, self._context, source), self._lay_aside)

    def _lay_aside(self, picture: Picture) -> None:
        lada = self._context.bilder
        if not lada.put(picture):
            self._context.messages.warning(tr("Bildrapporten är full. Spara den eller töm den först."))
            return
        count = plural(len(lada.pictures), tr("bild"), tr("bilder"))
        text = f"{tr('Bilden ligger i bildrapporten')}: {count}."
        self._context.messages.send(Message(text, Kind.DONE, self.save_report, tr("Spara rapporten…")))

    def _clear(self) -> None:
        self._context.bilder.clear()
        self._context.messages.done(tr("Bildrapporten är tom."))

    def save_report(self) -> None:
        """All pictures put aside, as a PDF with their tables; they stay until thrown out."""
        pictures = self._context.bilder.pictures
        target = self._ask(tr("Bildrapport"), "pdf") if pictures else None
        if target is not None:
            self._write(tr("Sparar bildrapporten"), partial(_write_report, self._context, pictures, target))

    def _size(self) -> tuple[float, float]:
        """Of what leaves the programme: wide enough to read, and shaped as on the screen."""
        drawing = self._view.canvas.drawing
        return max(min(drawing.width + _FRAME, _WIDEST), _NARROWEST), drawing.height

    def _ask(self, title: str, ending: str) -> Path | None:
        """The file to write; None where the user changes their mind."""
        name = f"{slug(title)[:_LONGEST_NAME] or 'diagram'}.{ending}"
        settings = self._context.settings
        suggested = str(Path(settings.get(_FOLDER, str(Path.home()))) / name)
        path, _ = QFileDialog.getSaveFileName(self._view, tr("Spara"), suggested, tr(_KINDS[ending]))
        if not path:
            return None
        target = Path(path if Path(path).suffix else f"{path}.{ending}")
        settings.set(_FOLDER, str(target.parent))
        return target

    def _write(self, title: str, work: Callable[[Task], Path]) -> None:
        self._run(title, work, lambda saved: self._context.messages.done(f"{tr('Sparad')}: {saved.name}"))

    def _run(self, title: str, work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        failed = self._context.tell_failure
        change = Change(title, work, lambda _made: frozenset(), done=done, failed=failed, owner=self._view)
        self._context.runner.run(change)


def _take(context: Context, source: Source, form: str) -> Picture:
    """The picture as it may leave, remembered where it is to be."""
    picture = source if isinstance(source, Picture) else leave(context.store, context.aktor, source, form)
    return _with_source(context, picture)


def _with_source(context: Context, picture: Picture) -> Picture:
    """With a line that says where it is from."""
    if picture.source:
        return picture
    return replace(picture, source=f"{tr('Källa')}: Egenväg, {long_date(context.today())}.")


def _put(context: Context, source: Source, _task: Task) -> Picture:
    return _take(context, source, "bildrapport")


def _draw(context: Context, source: Source, width: float, height: float, _task: Task) -> QImage:
    return make_image(_take(context, source, "bild"), width, height)


def _write_picture(
    context: Context, source: Source, width: float, height: float, ending: str, target: Path, _task: Task
) -> Path:
    from db.files import whole_file

    with whole_file(target) as temporary:
        picture = _take(context, source, ending)
        temporary.write_bytes((make_png if ending == "png" else make_svg)(picture, width, height))
    return target


def _write_report(context: Context, pictures: tuple[Picture, ...], target: Path, _task: Task) -> Path:
    from db.files import write_file
    from db.queries.settings import load_settings
    from desktop.reports.bilder import Bildrapport, write_bilder

    with context.store.read(context.aktor) as session:
        found = load_settings(session, context.aktor)
    rapport = Bildrapport(pictures, found.kommun, found.namnd, found.demo)
    write_file(target, lambda out: write_bilder(rapport, out, utskrivet=now(context)))
    return target
