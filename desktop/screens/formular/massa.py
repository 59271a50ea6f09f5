"""The same insats or möte for many chosen people at once."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.insats import InsatsUppgifter
from db.commands.massa import (
    PERSON,
    REST,
    MassaSparad,
    check_many_insatser,
    check_many_moten,
    create_many_insatser,
    create_many_moten,
)
from db.commands.mote import MoteUppgifter
from db.queries.personer import PersonRow, list_personer
from db.queries.val import InsatsVal, list_ansvariga, list_insats_val
from db.rules.koder import Motesform, Verksamhet
from desktop.context import Context
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.insats import InsatsForm
from desktop.screens.formular.mote import MoteForm
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import CheckField
from desktop.widgets.person_list import PersonLine, PersonList

U = TypeVar("U", InsatsUppgifter, MoteUppgifter)


class MassaPresenter(FormPresenter[U]):
    """What both have in common: the people chosen, what there is to say of each, going on with the rest."""

    title = ""
    cannot = ""  # of those who stop

    def __init__(self, over: QWidget, context: Context, ids: Sequence[int]) -> None:
        sheet = Sheet(context.theme, over, tr(self.title), tr("Spara för alla"), again=False)
        sheet.context.setText(plural(len(ids), tr("person vald"), tr("personer valda")))
        super().__init__(context, sheet)
        self.ids = tuple(ids)
        self._namn: dict[int, str] = {}
        self.ovriga = CheckField(context.theme, tr("Spara för de övriga"))
        self._go_on, self._rest = False, len(self.ids)
        self.people = PersonList(context.theme)

    @abstractmethod
    def write_many(self, values: U) -> MassaSparad:
        """Save for all of them."""

    def write(self, values: U) -> Saved:
        """Save, and count."""
        sparad = self.write_many(values)
        told = plural(sparad.antal, tr("person"), tr("personer"))
        left = f" {plural(sparad.utelamnade, 'person', 'personer')} {tr('hoppades över.')}"
        self.saved_text = f"{tr('Sparat för')} {told}.{left if sparad.utelamnade else ''}"
        return Saved(0, sparad.changes, sparad.varningar)

    def save(self, again: bool) -> None:
        """Whether to go on with the rest is asked on the GUI thread."""
        self._go_on = self.ovriga.isChecked()
        super().save(again)

    def begin(self, people: Sequence[PersonRow]) -> None:
        """The fields are there, and the people: begin."""
        self._namn = {person.id: person.namn for person in people}
        self.sheet.fields.addWidget(self.people)
        self.sheet.add_below(REST, self.ovriga)
        self.ovriga.toggled.connect(lambda _on: self._name_save())
        self._show_rest(0)
        self.sheet.start()

    def _show(self, findings: Sequence[Finding]) -> None:
        own = [finding for finding in findings if finding.field.startswith(PERSON)]
        # A warning about one person is passed with the same reason as one about all.
        asks = any(finding.asks for finding in findings)
        self._tell([finding for finding in findings if finding not in own], asks=asks)
        lines = [
            PersonLine(self._namn.get(int(f.field.removeprefix(PERSON)), ""), f.message, f.stops) for f in own
        ]
        left_out = sum(line.stops for line in lines)
        self.people.show_lines(lines, self._stopping(left_out))
        self._show_rest(left_out)
        if left_out:
            self._tell_stopping(left_out)

    def _stopping(self, left_out: int) -> str:
        """ "3 av 12 personer kan inte få insatsen"."""
        who = plural(len(self.ids), tr("person"), tr("personer"))
        return f"{number(left_out)} {tr('av')} {who} {tr(self.cannot)}"

    def _tell_stopping(self, left_out: int) -> None:
        """Over the buttons, and how to go on; after what is said there already."""
        notice = self.sheet.notice
        said = "" if notice.isHidden() else f"{notice.text.text()} "
        one = left_out == 1
        how = (
            tr("Hoppa över personen, eller ändra uppgifterna.")
            if one
            else tr("Hoppa över dem, eller ändra uppgifterna.")
        )
        nobody = tr("Ändra uppgifterna eller vilka du har valt.")
        advice = how if left_out < len(self.ids) else nobody
        notice.set("danger", f"{said}{self._stopping(left_out)}.", advice)
        notice.show()

    def _show_rest(self, left_out: int) -> None:
        self._rest = len(self.ids) - left_out
        self.sheet.boxes[REST].setVisible(bool(left_out and self._rest))
        which = (
            tr("Hoppa över personen och spara för") if left_out == 1 else tr("Hoppa över dem och spara för")
        )
        text = f"{which} {self._whom()}"
        self.ovriga.setText(text)
        self.ovriga.setAccessibleName(text)
        if not left_out or not self._rest:
            self.ovriga.setChecked(False)
        self._name_save()

    def _whom(self) -> str:
        return plural(self._rest, tr("person"), tr("personer"))

    def _name_save(self) -> None:
        """The button says for whom."""
        save = self.sheet.save
        save.setText(f"{tr('Spara för')} {self._whom()}" if self.ovriga.isChecked() else tr("Spara för alla"))
        save.setAccessibleName(save.text())
        save.updateGeometry()


class MassaInsatsPresenter(MassaPresenter[InsatsUppgifter]):
    """The same insats for each."""

    title, cannot = "Ny insats för flera", "kan inte få insatsen"

    def __init__(self, over: QWidget, context: Context, ids: Sequence[int]) -> None:
        super().__init__(over, context, ids)
        self.form = InsatsForm(context.theme, self.sheet, context.today, change=False)
        context.runner.run(Query("val", self._load, self._show_choices, owner=self.sheet))

    def read(self) -> Reading[InsatsUppgifter]:
        """What the fields say; each person has an inskrivning of the own."""
        return self.form.read(0)

    def find(self, session: Session, values: InsatsUppgifter) -> Sequence[Finding]:
        """What the register says of all and of each."""
        return check_many_insatser(session, self.context.aktor, self.ids, values, self.context.today())

    def write_many(self, values: InsatsUppgifter) -> MassaSparad:
        """Register for all."""
        store, aktor, skal, idag = (
            self.context.store, self.context.aktor, self.varningsskal, self.context.today(),
        )  # fmt: skip
        return create_many_insatser(store, aktor, self.ids, values, skal, ovriga=self._go_on, idag=idag)

    def _load(self, _task: Task) -> tuple[InsatsVal, tuple[PersonRow, ...]]:
        context = self.context
        with context.store.read(context.aktor) as session:
            people = list_personer(session, context.aktor, self.ids, context.today())
            return list_insats_val(session, context.aktor), people

    def _show_choices(self, loaded: tuple[InsatsVal, tuple[PersonRow, ...]]) -> None:
        val, people = loaded
        self.form.offer(val)
        self.form.start.set_value(self.context.today())
        self.begin(people)


class MassaMotePresenter(MassaPresenter[MoteUppgifter]):
    """The same möte for each."""

    title, cannot = "Nytt möte för flera", "kan inte få mötet"

    def __init__(self, over: QWidget, context: Context, ids: Sequence[int]) -> None:
        super().__init__(over, context, ids)
        self.form = MoteForm(context.theme, self.sheet, context.today)
        context.runner.run(Query("val", self._load, self._show_choices, owner=self.sheet))

    def read(self) -> Reading[MoteUppgifter]:
        """What the fields say."""
        return self.form.read(0)

    def find(self, session: Session, values: MoteUppgifter) -> Sequence[Finding]:
        """What the register says of all and of each."""
        return check_many_moten(session, self.context.aktor, self.ids, values, self.context.today())

    def write_many(self, values: MoteUppgifter) -> MassaSparad:
        """Register for all."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        return create_many_moten(store, aktor, self.ids, values, today, self.varningsskal, ovriga=self._go_on)

    def _load(self, _task: Task) -> tuple[tuple[tuple[str, str], ...], tuple[PersonRow, ...]]:
        context = self.context
        with context.store.read(context.aktor) as session:
            people = list_personer(session, context.aktor, self.ids, context.today())
            return list_ansvariga(session, context.aktor), people

    def _show_choices(self, loaded: tuple[tuple[tuple[str, str], ...], tuple[PersonRow, ...]]) -> None:
        staff, people = loaded
        own, today = self.context.aktor.signatur, self.context.today()
        self.form.offer(staff, own)
        self.form.show_values(
            MoteUppgifter(0, today, Motesform.FYSISKT, Verksamhet.ARBETSMARKNAD, signatur=own)
        )
        self.begin(people)


KINDS: dict[str, Callable[[QWidget, Context, Sequence[int]], MassaPresenter[Any]]] = {
    "ny_insats": MassaInsatsPresenter,
    "nytt_mote": MassaMotePresenter,
}


def open_massa(
    screen: QWidget, context: Context, ids: Sequence[int], kind: str
) -> MassaPresenter[Any] | None:
    """Open the sheet over a screen for the people chosen; `kind` as in KINDS. None while another is open."""
    if not ids or any(sheet.is_open for sheet in screen.findChildren(Sheet)):
        return None
    return KINDS[kind](screen, context, ids)
