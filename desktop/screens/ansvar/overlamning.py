"""The form that hands people over to somebody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved
from db.commands.overlamning import Overlamning, check_overlamning, hand_over
from db.queries.overlamning import Slag, Underlag
from db.queries.val import list_ansvariga
from desktop.context import Context
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import ComboField, TextArea

BADA = "bada"
Load = Callable[[Session, Aktor], Underlag]


@dataclass(frozen=True, slots=True)
class _Loaded:
    underlag: Underlag
    staff: tuple[tuple[str, str], ...]


class OverlamningPresenter(FormPresenter[Overlamning]):
    """`load` tells what can be handed over; `hos` is the signatur that has it, which is then not offered."""

    def __init__(self, over: QWidget, context: Context, load: Load, hos: str, vems: str) -> None:
        sheet = Sheet(context.theme, over, tr("Lämna över"), tr("Lämna över"), again=False)
        super().__init__(context, sheet)
        self._load_rader, self._hos, self._vems = load, hos, vems
        self._underlag = Underlag((), 0)
        self._namn: dict[str, str] = {}
        self.till: ComboField[str] = ComboField(context.theme)
        self.vad: ComboField[str] = ComboField(
            context.theme,
            [
                (BADA, tr("Ärenden och inskrivningar")),
                (Slag.ARENDE.value, tr("Bara ärenden")),
                (Slag.INSKRIVNING.value, tr("Bara inskrivningar")),
            ],
        )
        self.skal = TextArea(context.theme, 3)
        sheet.add("till", tr("Till"), self.till, required=True)
        sheet.add("vad", tr("Vad"), self.vad)
        sheet.add("skal", tr("Skäl"), self.skal, tr("Sparas i historiken. Skriv inget om deltagarna."))
        context.runner.run(Query("overlamning", self._load, self._begin, self._failed, owner=sheet))

    def read(self) -> Reading[Overlamning]:
        """What the fields say."""
        till = self.till.value()
        if not till:
            return Reading(None, missing={"till": tr("Välj vem som tar över.")})
        vad = self.vad.value()
        rader = tuple(rad for rad in self._underlag.rader if vad in (BADA, rad.slag.value))
        return Reading(Overlamning(rader, till, self.skal.value()))

    def find(self, session: Session, values: Overlamning) -> Sequence[Finding]:
        """What the register says."""
        return check_overlamning(session, self.context.aktor, values)

    def write(self, values: Overlamning) -> Saved:
        """Hand over, and count."""
        done = hand_over(self.context.store, self.context.aktor, values)
        told = plural(done.personer, tr("deltagare"), tr("deltagare"))
        namn = self._namn.get(values.till, values.till)
        self.saved_text = f"{told} {tr('överlämnade till')} {namn}."
        return Saved(0, done.changes)

    def _load(self, _task: Task) -> _Loaded:
        context = self.context
        with context.store.read(context.aktor) as session:
            staff = list_ansvariga(session, context.aktor)
            return _Loaded(self._load_rader(session, context.aktor), staff)

    def _begin(self, loaded: _Loaded) -> None:
        self._underlag, self._namn = loaded.underlag, dict(loaded.staff)
        items = [item for item in loaded.staff if item[0] != self._hos]
        self.till.set_items(items)
        self.till.set_value(None)
        self.sheet.context.setText(self._words(loaded.underlag))
        if not loaded.underlag.rader:
            self.sheet.show_findings({"": tr("Det finns inget öppet att lämna över.")}, {})
        self.sheet.start()

    def _words(self, underlag: Underlag) -> str:
        arenden = sum(rad.slag is Slag.ARENDE for rad in underlag.rader)
        inskrivningar = len(underlag.rader) - arenden
        parts = [
            plural(underlag.personer, tr("deltagare"), tr("deltagare")),
            plural(arenden, tr("öppet ärende"), tr("öppna ärenden")),
            plural(inskrivningar, tr("pågående inskrivning"), tr("pågående inskrivningar")),
        ]
        text = f"{self._vems}: {', '.join(parts)}."
        if underlag.dolda:
            hidden = plural(underlag.dolda, tr("deltagare"), tr("deltagare"))
            why = tr("med skyddade uppgifter är inte med. Bara den som ansvarar kan lämna över dem.")
            text += f" {hidden} {why}"
        return text


def open_overlamning(
    screen: QWidget, context: Context, load: Load, hos: str, vems: str
) -> OverlamningPresenter | None:
    """Open the sheet over a screen; None while another is open. `hos` is empty where several have them."""
    if any(sheet.is_open for sheet in screen.findChildren(Sheet)):
        return None
    form = OverlamningPresenter(screen, context, load, hos, vems)
    if hos:
        form.keep_draft(f"ansvar/overlamning/{hos}")
    return form
