"""What can be done with a chart on any screen: copied, saved as PNG or SVG; off the GUI thread."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from db.rules.text import slug
from desktop.charts.picture import Picture
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.widgets.chart_export import make_image, make_png, make_svg
from desktop.widgets.chart_view import ChartView

_KINDS = {"png": "PNG-bild (*.png)", "svg": "SVG-bild (*.svg)"}
_FOLDER = "bilder/mapp"
_LONGEST_NAME = 80


def bind_chart(context: Context, view: ChartView) -> None:
    """Let the menu of a chart copy and save its picture."""
    view.copy_wanted.connect(lambda: _copy(context, view))
    view.save_wanted.connect(lambda ending: _save(context, view, ending))


def _size(view: ChartView) -> tuple[float, float]:
    """Of what leaves the programme: wide enough to read, and shaped as on the screen."""
    drawing = view.canvas.drawing
    return max(min(drawing.width + 32, 960.0), 560.0), drawing.height


def _copy(context: Context, view: ChartView) -> None:
    picture = view.leaving
    if picture is None:
        return
    width, height = _size(view)

    def show(image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        context.messages.done(tr("Bilden är kopierad."))

    work = partial(_draw, picture, width, height)
    context.runner.run(Query("bild-kopia", work, show, failed=context.tell_failure, owner=view))


def _draw(picture: Picture, width: float, height: float, _task: Task) -> QImage:
    return make_image(picture, width, height)


def _save(context: Context, view: ChartView, ending: str) -> None:
    picture = view.leaving
    if picture is None:
        return
    name = f"{slug(picture.title)[:_LONGEST_NAME] or 'diagram'}.{ending}"
    folder = context.settings.get(_FOLDER, str(Path.home()))
    path, _ = QFileDialog.getSaveFileName(
        view, tr("Spara bilden"), str(Path(folder) / name), tr(_KINDS[ending])
    )
    if not path:
        return
    target = Path(path if Path(path).suffix else f"{path}.{ending}")
    context.settings.set(_FOLDER, str(target.parent))
    width, height = _size(view)
    context.runner.run(
        Change(
            tr("Sparar bilden"),
            partial(_write, picture, width, height, ending, target),
            lambda _path: frozenset(),
            done=lambda saved: context.messages.done(f"{tr('Sparad')}: {saved.name}"),
            failed=context.tell_failure,
            owner=view,
        )
    )


def _write(picture: Picture, width: float, height: float, ending: str, target: Path, _task: Task) -> Path:
    from db.files import write_file

    data = (make_png if ending == "png" else make_svg)(picture, width, height)
    write_file(target, lambda out: out.write(data))
    return target
