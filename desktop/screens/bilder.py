"""What can be done with a chart on any screen: copied, saved as PNG or SVG, put in a report of pictures.

All off the GUI thread, and always with what may leave the programme (R12).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from db.rules.text import slug
from desktop.charts.picture import Picture
from desktop.context import Context, now
from desktop.formatting import long_date, plural
from desktop.i18n import tr
from desktop.messages import Kind, Message
from desktop.runner import Change, Query, Task
from desktop.widgets.chart_export import make_image, make_png, make_svg
from desktop.widgets.chart_view import ChartView

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


class ChartActs(QObject):
    """The acts of one chart."""

    def __init__(self, context: Context, view: ChartView) -> None:
        super().__init__(view)
        self._context, self._view = context, view

    def _leaving(self) -> Picture | None:
        """The picture as it may leave, with a line that says where it is from."""
        picture = self._view.leaving
        if picture is None or picture.source:
            return picture
        return replace(picture, source=f"{tr('Källa')}: Egenväg, {long_date(self._context.today())}.")

    def copy(self) -> None:
        """The picture on the clipboard."""
        picture = self._leaving()
        if picture is None:
            return
        work = partial(_draw, picture, *self._size())
        failed = self._context.tell_failure
        self._context.runner.run(
            Query(f"bild-kopia-{id(self)}", work, self._copied, failed=failed, owner=self._view)
        )

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._context.messages.done(tr("Bilden är kopierad."))

    def save(self, ending: str) -> None:
        """The picture in a file, "png" or "svg"."""
        picture = self._leaving()
        if picture is None:
            return
        target = self._ask(picture.title, ending)
        if target is not None:
            work = partial(_write_picture, picture, *self._size(), ending, target)
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
        """Put the picture aside for the report."""
        lada, picture = self._context.bilder, self._leaving()
        if picture is None:
            return
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
        context = self._context
        context.runner.run(
            Change(
                title,
                work,
                lambda _path: frozenset(),
                done=lambda saved: context.messages.done(f"{tr('Sparad')}: {saved.name}"),
                failed=context.tell_failure,
                owner=self._view,
            )
        )


def _draw(picture: Picture, width: float, height: float, _task: Task) -> QImage:
    return make_image(picture, width, height)


def _write_picture(
    picture: Picture, width: float, height: float, ending: str, target: Path, _task: Task
) -> Path:
    from db.files import write_file

    data = (make_png if ending == "png" else make_svg)(picture, width, height)
    write_file(target, lambda out: out.write(data))
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
