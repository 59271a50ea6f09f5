"""What every form does: check while one writes, save, tell with Ångra, begin again; and where somebody else
has changed the same row, show both."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.varningar import ASK
from db.errors import ConflictError, DataError, KnownError, StoreError
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.drafts import Drafts
from desktop.screens.formular.sheet import REASON, Sheet
from desktop.widgets.date_field import DateField

U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Reading(Generic[U]):
    """What the fields say: the values, or None with what is faulty and what is still missing. `so_far`: where
    something is only missing, what is written is checked all the same."""

    values: U | None
    faulty: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    so_far: U | None = None


class FormPresenter(QObject, Generic[U]):
    """Lives as long as its sheet. What is missing is not told before one has tried to save."""

    saved_text = ""

    def __init__(self, context: Context, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.context, self.sheet = context, sheet
        # What the form was opened with; commands are told, and refuse when it is not so any more.
        self.before: Any = None
        # Why warnings are passed, as it was when saving was asked for.
        self.varningsskal = ""
        self._tried = False
        self._drafts: Drafts | None = None
        sheet.edited.connect(self.check)
        sheet.save_wanted.connect(self.save)

    def keep_draft(
        self, nyckel: str, deltagare_id: int | None = None, beside: Mapping[str, object] | None = None
    ) -> None:
        """Keep what is written under this key, unique to form and row, and bring back what was kept. `beside`
        is kept along with it."""
        self._drafts = Drafts(self.context, self.sheet, nyckel, deltagare_id, beside or {})

    @abstractmethod
    def read(self) -> Reading[U]:
        """What the fields say."""

    @abstractmethod
    def find(self, session: Session, values: U) -> Sequence[Finding]:
        """What the register says of the values."""

    @abstractmethod
    def write(self, values: U) -> Saved | None:
        """Save; None when nothing was changed."""

    def show(self, values: U) -> bool:
        """Fill the fields with these values; False where the form cannot, and so cannot show two versions."""
        del values
        return False

    def check(self) -> None:
        """Tell at the fields what is wrong and what to think about."""
        reading = self.read()
        values = reading.values if reading.values is not None else reading.so_far
        if values is None or reading.faulty:
            self.sheet.show_findings(self._local(reading), {})
            return
        work, done = partial(self._find, values=values), partial(self._show_beside, reading.missing)
        self.context.runner.run(Query("formulär", work, done, failed=self._failed, owner=self.sheet))

    def save(self, again: bool) -> None:
        """Save, unless the data would be wrong; then the first such field gets the focus."""
        self._tried = True
        reading = self.read()
        if reading.values is None:
            self.sheet.show_findings(self._local(reading), {})
            self.sheet.focus_error()
            return
        self.sheet.set_busy(True)
        self.varningsskal = self.sheet.skal.value()
        work = partial(self._write, values=reading.values)
        self.context.runner.run(
            Change(
                tr("Sparar"),
                work,
                touched=lambda saved: touched(saved.changes if saved else None),
                done=partial(self._done, again),
                failed=self._failed,
                owner=self.sheet,
            )
        )

    def begin_again(self) -> None:
        """Ready for another: by default what is written stays."""
        self.sheet.restart()

    def _find(self, _task: Task, *, values: U) -> Sequence[Finding]:
        with self.context.store.read(self.context.aktor) as session:
            return self.find(session, values)

    def _write(self, _task: Task, *, values: U) -> Saved | None:
        saved = self.write(values)
        if self._drafts is not None:
            self._drafts.forget()
        return saved

    def _show_beside(self, missing: Mapping[str, str], findings: Sequence[Finding]) -> None:
        """Where something is missing: what is wrong in the rest; what is missing once one tried to save."""
        if not missing:
            self._show(findings)
            return
        lacking = [Finding(name, text, stops=True) for name, text in missing.items() if self._tried]
        wrong = (finding for finding in findings if finding.stops and finding.field not in missing)
        self._show([*lacking, *wrong])

    def _show(self, findings: Sequence[Finding]) -> None:
        self._tell(findings, asks=any(finding.asks for finding in findings))

    def _tell(self, findings: Sequence[Finding], *, asks: bool) -> None:
        errors = {f.field: f.message for f in reversed(findings) if f.stops}
        warnings: dict[str, str] = {}
        for finding in findings:
            if not finding.stops:
                before = warnings.get(finding.field)
                warnings[finding.field] = f"{before} {finding.message}" if before else finding.message
        if asks and self._tried and not self.sheet.skal.value():
            errors[REASON] = ASK
        self.sheet.show_findings(errors, warnings, asks)

    def _local(self, reading: Reading[U]) -> dict[str, str]:
        return {**(reading.missing if self._tried else {}), **reading.faulty}

    def _done(self, again: bool, saved: Saved | None) -> None:
        self.sheet.set_busy(False)
        if saved is not None:
            self.context.tell_done(tr(self.saved_text), saved.changes.handelse_id)
        if again:
            self._tried = False
            self.begin_again()
            if self._drafts is not None:
                self._drafts.begin_again()
        else:
            self.sheet.dismiss()

    def _failed(self, error: KnownError) -> None:
        self.sheet.set_busy(False)
        if isinstance(error, ConflictError) and error.nu is not None and self._compare(error):
            return
        name = error.field if isinstance(error, DataError) else ""
        message = error.message
        if isinstance(error, StoreError):
            message = f"{message} {tr('Texten finns kvar. Försök igen.')}"
        if name == REASON:
            self._ask_reason()
            return
        self.sheet.show_findings({name: message}, {})
        self.sheet.focus_error()

    def _ask_reason(self) -> None:
        """The warnings stay where they are; the reason is asked for and gets the focus."""
        self.sheet.reason.show()
        self.sheet.skal.setFocus()
        self.check()

    def _compare(self, error: ConflictError) -> bool:
        """Show both versions, field by field; False where the form cannot."""
        mine = self.sheet.values()
        if not self.show(error.nu):  # type: ignore[arg-type]
            return False
        now = self.sheet.values()
        self.sheet.set_values(mine)
        from desktop.screens.formular.konflikt import show_conflict, tell_who

        def chosen(values: Mapping[str, object]) -> None:
            self.before = error.nu
            self.sheet.set_values({**now, **values})
            self.sheet.begin_from(now)
            self.save(again=False)

        show_conflict(self.context.theme, self.sheet, mine, now, chosen, tell_who(error.senast))
        return True


def read_dates(reading_faulty: dict[str, str], **fields: DateField) -> None:
    """Note every field that holds something which is no date."""
    for name, date_field in fields.items():
        if date_field.is_faulty():
            reading_faulty[name] = tr("Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre.")
