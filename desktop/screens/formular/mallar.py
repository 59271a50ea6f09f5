"""Templates for notes, in a dialog over the note: the list, and the one chosen or a new one to write."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from db.commands.findings import Finding, Saved
from db.commands.mallar import (
    LONGEST_NAME,
    MallUppgifter,
    check_mall,
    create_mall,
    remove_mall,
    update_mall,
)
from db.errors import ConflictError, DataError, KnownError, NotFoundError
from db.queries.mallar import MallRow, list_mallar
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.anteckning import name_mall
from desktop.widgets.boxes import column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.dialog import Dialog, confirm
from desktop.widgets.fields import CheckField, FieldBox, TextArea, TextField
from desktop.widgets.text import Line, Text

TABLE = "anteckningsmall:"
PAUSE = 120  # ms of silence before the values are checked
LINES = 13


class MallList(QListWidget):
    """A list that chooses nothing by itself when the focus comes to it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would take the first row, in place of what is being written."""
        chosen = self.currentRow()
        self.blockSignals(True)
        super().focusInEvent(event)
        self.setCurrentRow(chosen)
        self.blockSignals(False)


class MallDialog(Dialog):
    """`text` is what stands in the note, offered as the beginning of a new template."""

    def __init__(self, context: Context, text: str, parent: QWidget) -> None:
        super().__init__(context.theme, tr("Mallar"), tr("Spara"), cancel=tr("Stäng"), parent=parent)
        theme = context.theme
        self.setMinimumWidth(theme.px(760))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._text = context, text
        self._mallar: tuple[MallRow, ...] = ()
        self._shown: MallRow | None = None  # None: a new one
        self._before = MallUppgifter("", "")
        self._wanted = 0  # the id to choose when the list has been read
        self._busy = False
        self._handelse = 0  # what Ångra takes back
        self.list = MallList()
        self.list.setObjectName("list")
        self.list.setAccessibleName(tr("Mallar"))
        self.namn, self.text = TextField(LONGEST_NAME), TextArea(theme, LINES)
        self.delad = CheckField(theme, tr("Delad med alla"), tr("Annars ser bara du mallen."))
        self.boxes = {
            "namn": FieldBox(theme, tr("Namn"), self.namn, tr("Blir anteckningens rubrik."), required=True),
            "text": FieldBox(theme, tr("Text"), self.text, required=True),
            "delad": FieldBox(theme, tr("Delad med alla"), self.delad),
        }
        self.boxes["delad"].label.hide()
        self.new = Button(theme, tr("Ny mall"), "plus")
        self.from_note = Button(theme, tr("Ny av anteckningen"), "notebook-pen")
        self.from_note.setVisible(bool(text))
        self.remove = Button(theme, tr("Ta bort"), "trash-2")
        self.told = Text("", "body", "text2")
        self.undo = Button(theme, tr("Ångra"), kind=ButtonKind.QUIET)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay_out()
        self._connect()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.action.click)
        self._tell("", 0)
        self._begin(None, MallUppgifter("", ""))
        self._ask()
        self.list.setFocus()

    @property
    def beginning(self) -> Mapping[str, object]:
        """What the fields began with, by their names."""
        return asdict(self._before)

    def reject(self) -> None:
        """Close, unless something written would be lost."""
        if self._may_go():
            super().reject()

    def _lay_out(self) -> None:
        edge = QFrame()
        edge.setObjectName("card")
        edge.setLayout(column(self.list, margins=(1, 1, 1, 1)))
        edge.setFixedWidth(self.theme.px(250))
        left = column(edge, row(self.new, 0), row(self.from_note, 0), spacing=8)
        left.setStretch(0, 1)
        right = column(*self.boxes.values(), 0, row(self.remove, 0), spacing=10)
        both = row(left, Line(vertical=True, name="line"), right, spacing=16)
        both.setStretch(2, 1)
        self.body.addLayout(both)
        self.footer.insertWidget(0, self.told)
        self.footer.insertWidget(1, self.undo)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.new.clicked.connect(lambda: self._start_new(""))
        self.from_note.clicked.connect(lambda: self._start_new(self._text))
        self.remove.clicked.connect(self._remove)
        self.action.clicked.connect(self._save)
        self.undo.clicked.connect(self._undo)
        self.namn.textChanged.connect(self._edited)
        self.text.textChanged.connect(self._edited)
        self.delad.toggled.connect(self._edited)
        self._pause.timeout.connect(self._check)
        self._context.runner.changed.connect(self._changed)

    def _values(self) -> MallUppgifter:
        return MallUppgifter(self.namn.value(), self.text.value(), self.delad.isChecked())

    def _begin(self, mall: MallRow | None, values: MallUppgifter) -> None:
        """Show a template, or a new one that begins with these values."""
        self._shown = mall
        self._fill(values)
        self._before = self._values() if mall is not None else MallUppgifter("", "")
        self._forbid_removal()
        self._pause.stop()
        self.fail("")
        self._show_findings(())

    def _fill(self, values: MallUppgifter) -> None:
        self.namn.setText(values.namn)
        self.text.setPlainText(values.text)
        self.delad.setChecked(values.delad)

    def _forbid_removal(self) -> None:
        """Of a new one there is nothing to remove."""
        self.remove.set_disabled_because("" if self._shown else tr("Välj en mall i listan först."))

    def _start_new(self, text: str) -> None:
        if self._may_go():
            self._mark(-1)
            self._begin(None, MallUppgifter("", text))
            self.namn.setFocus()

    def _choose(self, place: int) -> None:
        if place < 0:
            return
        if not self._may_go():
            self._mark(self._mallar.index(self._shown) if self._shown in self._mallar else -1)
            return
        mall = self._mallar[place]
        self._begin(mall, MallUppgifter(mall.namn, mall.text, mall.delad))

    def _mark(self, place: int) -> None:
        """Move the mark of the list without choosing."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _may_go(self) -> bool:
        if self._values() == self._before:
            return True
        told = tr("Det du har skrivit i mallen försvinner.")
        throw = tr("Släng ändringen")
        return confirm(self.theme, tr("Släng ändringen?"), told, throw, danger=True, parent=self)

    def _ask(self) -> None:
        self._context.runner.run(Query("mallar-alla", self._load, self._show, owner=self))

    def _load(self, _task: Task) -> tuple[MallRow, ...]:
        with self._context.store.read(self._context.aktor) as session:
            return list_mallar(session, self._context.aktor)

    def _show(self, mallar: tuple[MallRow, ...]) -> None:
        """Fill the list; what is being written stays."""
        first = not self._mallar and not self._wanted and self._values() == self._before
        self._mallar = mallar
        wanted = self._wanted or (self._shown.id if self._shown else 0)
        self._wanted = 0
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([name_mall(mall) for mall in mallar])
        self.list.blockSignals(False)
        place = next((n for n, mall in enumerate(mallar) if mall.id == wanted), 0 if first and mallar else -1)
        self._mark(place)
        if self._values() != self._before:
            # Of one that is gone the words stay, as the beginning of a new one.
            self._shown = self._shown if place >= 0 else None
            self._forbid_removal()
        elif place >= 0:
            self._choose(place)
        else:
            self._begin(None, MallUppgifter("", ""))

    def _changed(self, names: frozenset[str], _owner: object) -> None:
        if any(name.startswith(TABLE) for name in names):
            self._ask()

    def _edited(self) -> None:
        self.fail("")
        self._pause.start()

    def _check(self) -> None:
        values, mall_id = self._values(), self._shown.id if self._shown else None
        if values == self._before or not (values.namn and values.text):
            self._show_findings(())
            return
        work = partial(self._find, values=values, mall_id=mall_id)
        self._context.runner.run(
            Query("mallar-formular", work, self._show_findings, failed=self._failed, owner=self)
        )

    def _find(self, _task: Task, *, values: MallUppgifter, mall_id: int | None) -> tuple[Finding, ...]:
        with self._context.store.read(self._context.aktor) as session:
            return check_mall(session, self._context.aktor, values, mall_id)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        """At their fields. What a save has told stays: a check that was asked for before it may come late."""
        for name, box in self.boxes.items():
            box.set_error(next((f.message for f in findings if f.field == name and f.stops), ""))
            box.set_warning(next((f.message for f in findings if f.field == name and not f.stops), ""))

    def _save(self) -> None:
        context, values, shown = self._context, self._values(), self._shown
        if shown is None:
            self._run(lambda: create_mall(context.store, context.aktor, values), tr("Mallen är sparad."))
        else:
            before = MallUppgifter(shown.namn, shown.text, shown.delad)
            work = partial(update_mall, context.store, context.aktor, shown.id, values, before)
            self._run(work, tr("Mallen är sparad."))

    def _remove(self) -> None:
        if self._shown is not None and not self._busy and self._may_go():
            context = self._context
            work = partial(remove_mall, context.store, context.aktor, self._shown.id)
            self._begin(None, MallUppgifter("", ""))
            self._run(work, tr("Mallen är borttagen."))

    def _run(self, work: Callable[[], Saved | None], text: str) -> None:
        if self._busy:
            return
        self._pause.stop()
        self.fail("")
        self._busy = True  # the button stays enabled: it would lose the focus
        self._context.runner.run(
            Change(
                tr("Sparar"),
                lambda _task: work(),
                lambda saved: touched(saved.changes if saved else None),
                done=partial(self._done, text),
                failed=self._failed,
                owner=self,
            )
        )

    def _done(self, text: str, saved: Saved | None) -> None:
        self._busy = False
        self._before = self._values()
        if saved is None:
            return
        self._wanted = saved.id
        self._tell(text, saved.changes.handelse_id)
        # Asked for once more: the answer that is on its way does not know what to choose.
        self._ask()

    def _failed(self, error: KnownError) -> None:
        self._busy = False
        if isinstance(error, ConflictError) and isinstance(error.nu, MallUppgifter):
            self._compare(error.nu, error)
            return
        name = error.field if isinstance(error, DataError) else ""
        if isinstance(error, NotFoundError):
            self._lose(error)
        elif name in self.boxes:
            self._show_findings((Finding(name, error.message, stops=True),))
            self.boxes[name].field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fail(error.message)

    def _compare(self, now: MallUppgifter, error: ConflictError) -> None:
        """Both versions, field by field; what is chosen is saved."""
        from desktop.screens.formular.konflikt import show_conflict, tell_who

        def chosen(mine: Mapping[str, object]) -> None:
            if self._shown is not None:
                self._shown = MallRow(self._shown.id, now.namn, now.text, now.delad)
            self._fill(MallUppgifter(**{**asdict(now), **mine}))
            self._before = now
            self._save()

        show_conflict(self.theme, self, asdict(self._values()), asdict(now), chosen, tell_who(error.senast))

    def _lose(self, error: NotFoundError) -> None:
        """The template is gone: the words stay, as the beginning of a new one."""
        self._shown, self._before = None, MallUppgifter("", "")
        self._mark(-1)
        self._forbid_removal()
        self._ask()
        self.fail(f"{error.message} {tr('Det du har skrivit finns kvar. Spara för att göra en ny mall.')}")

    def _tell(self, text: str, handelse_id: int) -> None:
        self._handelse = handelse_id
        self.told.setText(text)
        self.undo.setVisible(bool(handelse_id))

    def _undo(self) -> None:
        handelse_id = self._handelse
        self._tell("", 0)
        self._context.undo(handelse_id)
