"""Plans and Kolada's figures read from files: what is wrong is listed with its line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.exchange.koladafil import Koladainlasning, import_koladafil
from db.exchange.planfil import Planinlasning, import_planfil
from db.exchange.plantoml import find_kod
from desktop.context import Context, touched
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.runner import Change, Task
from desktop.table_model import Column, TableModel
from desktop.widgets.dialog import Dialog, confirm
from desktop.widgets.table import TableView
from desktop.widgets.text import Text
from resources import resource_path

FOLDER = "mal/mapp"
# The plans that come with the program: name of the file, words. (To read them all for a menu takes too long.)
TEMPLATES = (
    ("botkyrka-2011", "Botkyrka 2011"), ("linkoping-2024", "Linköping 2024"),
    ("sodertalje-2014", "Södertälje 2014"), ("sodertalje-2024", "Södertälje 2024"),
    ("uppsala-2024", "Uppsala 2024"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fel:
    """A fault and where it stands in the file, in words."""

    plats: str
    meddelande: str


class FelDialog(Dialog):
    """The faults of a file, and after them what it was warned of, which may be why; nothing was read in."""

    def __init__(
        self, context: Context, fil: Path, fel: Sequence[Fel], over: QWidget, varningar: Sequence[Fel] = ()
    ) -> None:
        super().__init__(context.theme, tr("Filen lästes inte in"), tr("Stäng"), parent=over.window())
        self.cancel.hide()
        self.action.clicked.connect(self.accept)
        told = plural(len(fel), tr("fel"), tr("fel"))
        text = f"{told} {tr('i')} {fil.name}. {tr('Rätta filen och importera den igen. Inget har ändrats.')}"
        self.body.addWidget(Text(text, "body", "text2").wrapped())
        columns = (
            Column[Fel]("plats", tr("Plats"), lambda fel: fel.plats or "–", 150),
            Column[Fel](
                "fel", tr("Fel"), lambda fel: fel.meddelande, 430, stretch=True, tone="text",
                tip=lambda fel: fel.meddelande,
            ),
        )  # fmt: skip
        self.model: TableModel[Fel] = TableModel(
            columns, key=lambda fel: (fel.plats, fel.meddelande), parent=self
        )
        warned = [Fel(v.plats, f"{tr('Varning')}: {v.meddelande}") for v in varningar]
        self.model.set_rows(list(dict.fromkeys((*fel, *warned))))
        self.table = TableView(context.theme, self.model, tr("Fel i filen"))
        self.table.opens = False
        self.table.copied.connect(lambda rows: context.tell_copied(len(rows)))
        self.setMinimumWidth(context.theme.px(640))
        self.table.setMinimumHeight(context.theme.px(260))
        self.body.addWidget(self.table, 1)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()


class Inlasning:
    """Chooses files, reads them on the worker, and tells `done` the plan's id."""

    def __init__(
        self,
        over: QWidget,
        context: Context,
        done: Callable[[int | None], None],
        is_there: Callable[[str], bool],
    ) -> None:
        self._over, self._context, self._done, self._is_there = over, context, done, is_there

    def choose(self) -> None:
        """A plan's file."""
        if path := self._ask(tr("Välj en plan"), "TOML (*.toml)"):
            self.load(path)

    def choose_kolada(self) -> None:
        """A file of figures."""
        if path := self._ask(tr("Välj en fil från Kolada"), "JSON (*.json)"):
            self.load_kolada(path)

    def templates(self) -> tuple[tuple[str, str], ...]:
        """The plans that come with the programme: name of the file, words."""
        return TEMPLATES

    def load_template(self, kod: str) -> None:
        """One of the plans that come with the programme."""
        self.load(resource_path("planer") / f"{kod}.toml")

    def load(self, fil: Path) -> None:
        """Read a plan in, after a question where it replaces another; Ångra takes it back."""
        context, kod = self._context, find_kod(fil)
        text = tr(
            "Mål, mått och aktiviteter blir som i filen. Det som inte finns i den tas bort. Du kan ångra."
        )
        if self._is_there(kod) and not confirm(
            context.theme, f"{tr('Ersätt planen')} {kod}", text, tr("Ersätt"), danger=True, parent=self._over
        ):
            return

        def done(last: Planinlasning) -> None:
            if last.plan is None:
                rows, warned = (
                    [Fel(f"{tr('Rad')} {f.rad}" if f.rad else "", f.meddelande) for f in found]
                    for found in (last.fel, last.varningar)
                )
                self._show_faults(fil, rows, warned)
                return
            if last.sparad is None:
                context.messages.info(tr("Planen finns redan i registret, likadan."))
            else:
                context.tell_done(tr("Planen är inläst."), last.sparad.changes.handelse_id)
            if last.varningar:
                context.messages.warning(" ".join(v.meddelande for v in last.varningar[:3]))
            self._done(last.sparad.id if last.sparad is not None else None)

        context.runner.run(
            Change(
                tr("Läser in planen"),
                partial(self._import, fil),
                lambda last: touched(last.sparad.changes if last.sparad else None),
                done=done,
                failed=context.tell_failure,
                owner=self._over,
            )
        )

    def _import(self, fil: Path, _task: Task) -> Planinlasning:
        return import_planfil(self._context.store, self._context.aktor, fil)

    def load_kolada(self, fil: Path) -> None:
        """Put figures of other municipalities in; Ångra takes them back."""
        context = self._context

        def work(_task: Task) -> Koladainlasning:
            return import_koladafil(context.store, context.aktor, fil)

        def done(last: Koladainlasning) -> None:
            if last.resultat is None:
                self._show_faults(fil, [Fel(f.plats, f.meddelande) for f in last.fel])
            elif last.resultat.changes is None:
                context.messages.info(tr("Värdena finns redan i registret, likadana."))
            else:
                context.tell_done(tr("Värdena från Kolada är inlästa."), last.resultat.changes.handelse_id)

        context.runner.run(
            Change(
                tr("Läser in från Kolada"),
                work,
                lambda last: touched(last.resultat.changes if last.resultat else None),
                done=done,
                failed=context.tell_failure,
                owner=self._over,
            )
        )

    def _show_faults(self, fil: Path, fel: Sequence[Fel], varningar: Sequence[Fel] = ()) -> None:
        dialog = FelDialog(self._context, fil, fel, self._over, varningar)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask(self, title: str, kinds: str) -> Path | None:
        folder = self._context.settings.get(FOLDER, str(Path.home()))
        path, _ = QFileDialog.getOpenFileName(self._over, title, folder, kinds)
        if path:
            self._context.settings.set(FOLDER, str(Path(path).parent))
        return Path(path) if path else None
