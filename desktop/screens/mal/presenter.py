"""The screen Mål & indikatorer: asks for a plan's values, shows them, opens what can be done with a row."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from db.commands.indikatorvarde import IndikatorvardeUppgifter, paste_indikatorvarden
from db.commands.plan_import import delete_plan
from db.commands.plan_kontroll import Planrad
from db.commands.plan_redigera import remove_planrad, shift_planrad
from db.commands.plan_uppfoljning import Planpunkt
from db.history import Changes
from db.models import Indikatorvarde
from db.queries.plan import PlanRow, list_planer, may_change_plan
from db.queries.plan_ord import load_skrivna
from db.queries.plan_varden import values_of
from db.queries.settings import NOT_ALLOWED
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import Aktivitet, Indikator, Mal, plain_period
from db.rules.planbild import Kommentar, Planvarden
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.mal import forms
from desktop.screens.mal.inlasning import Inlasning
from desktop.screens.mal.model import period_words
from desktop.screens.mal.rad_form import TITLES, RadPresenter, new_rad
from desktop.screens.mal.rows import Rad, find_chip, tell_namn
from desktop.screens.mal.view import MalView
from desktop.shell.command_box import Hit
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column
from desktop.widgets.dialog import confirm

TABLES = (
    "plan", "malbedomning:", "aktivitetsstatus:", "indikatorvarde:", "koladavarde:", "insats:",
    "inskrivning:", "arende:", "deltagare:", "narvaro:", "installning:",
)  # fmt: skip
CHOSEN = "mal/plan"


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything shown, read on the worker."""

    planer: tuple[PlanRow, ...]
    plan: PlanRow | None
    period: str
    bild: Planvarden | None
    skrivna: Mapping[str, Mapping[str, Indikatorvarde]]
    locked: str


class MalScreen(Screen):
    """`open` with nothing: the plan and the period are those last seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.found: _Found | None = None
        self.view = view = MalView(context.theme, context.settings, context.today())
        self.setLayout(column(view, spacing=0))
        self.start_at = view.table
        self._inlasning = Inlasning(self, context, self._imported, self._is_there)
        self._wanted: int | None = None
        view.plan_chosen.connect(self._choose_plan)
        view.asked.connect(self.refresh)
        view.import_wanted.connect(self._open_import)
        view.more.clicked.connect(self._open_more)
        view.open.clicked.connect(self.open_row)
        view.current_changed.connect(self._show_acts)
        view.table.opened.connect(lambda _row: self.open_row())
        view.table.fill_menu = self._fill_menu

    def open(self, argument: object) -> None:
        """As it is now."""
        del argument
        self.refresh()
        self.view.table.setFocus()

    def concerns(self, touched_rows: Set[str]) -> bool:
        """Plans, what is said of them, and what the figures are worked out from."""
        return any(name.startswith(TABLES) for name in touched_rows)

    def refresh(self) -> None:
        """Ask again."""
        work = partial(self._read, plan_id=self._plan_wanted(), period=self.view.period.value() or "")
        failed = self.context.tell_failure
        self.context.runner.run(Query("mal", work, self._show, failed, owner=self, title=tr("Räknar målen")))

    def focus_filter(self) -> None:
        """Ctrl+F: the plan."""
        self.view.plan.setFocus()

    def may_leave(self) -> bool:
        """A form with something written asks first."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        return True

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        return (
            Hit(tr("Importera plan…"), self._inlasning.choose, "", "file-input"),
            Hit(tr("Exportera planen…"), self.export, "", "file-down"),
        )

    def open_row(self) -> None:
        """What the row asks for first: a value, a comment, how far an activity is."""
        rad = self.view.table.current_row()
        if rad is None or self.found is None or self.found.bild is None:
            return
        if rad.indikator is not None:
            self._open_value(rad)
        elif rad.aktivitet is not None:
            self._open_form(
                partial(
                    forms.LagePresenter, self, self.context, rad.aktivitet, self.found.period, self._words()
                ),
                f"mal/lage/{rad.aktivitet.id}/{self.found.period}",
            )
        elif rad.mal is not None:
            self.assess()

    def assess(self) -> None:
        """One's own assessment of a goal or an indicator."""
        rad, found = self.view.table.current_row(), self.found
        om = self._om(rad) if rad is not None else None
        if om is None or found is None or found.bild is None or self._is_locked():
            return
        skala = found.bild.plan.dokument.bedomning
        if skala is Bedomningsskala.INGEN:
            self.context.messages.info(tr("Planen bedöms inte. Ändra planens bedömningsord först."))
            return
        egen = rad.indikator.egen if rad.indikator is not None else rad.mal.egen
        self._open_form(
            partial(
                forms.BedomningPresenter, self, self.context, om, found.period, self._words(rad), skala,
                self._machine(rad), egen,
            ),
            f"mal/bedomning/{rad.nyckel}/{found.period}",
        )  # fmt: skip

    def comment(self, kommentar: Kommentar | None = None) -> None:
        """Say something of a goal or an indicator, or change what was said."""
        rad, found = self.view.table.current_row(), self.found
        om = self._om(rad) if rad is not None else None
        if om is None or found is None:
            return
        which = kommentar.id if kommentar is not None else "ny"
        self._open_form(
            partial(
                forms.KommentarPresenter, self, self.context, om, found.period, self._words(rad), kommentar
            ),
            f"mal/kommentar/{rad.nyckel}/{found.period}/{which}",
        )  # fmt: skip

    def load_template(self, kod: str) -> None:
        """Read in one of the plans that come with the program."""
        self._inlasning.load_template(kod)

    def export(self) -> None:
        """The plan as TOML."""
        found = self.found
        if found is None or found.bild is None or found.plan is None:
            return
        suggested = str(Path.home() / f"{found.plan.kod}.toml")
        path, _ = QFileDialog.getSaveFileName(self, tr("Exportera planen"), suggested, "TOML (*.toml)")
        if path:
            target = Path(path if Path(path).suffix else f"{path}.toml")
            self._run_change(
                tr("Exporterar planen"), partial(self._export, found.bild.plan.id, target),
                f"{tr('Sparad')}: {target.name}",
            )  # fmt: skip

    def paste(self) -> None:
        """Write the block on the clipboard, from the row chosen and down."""
        from PySide6.QtGui import QGuiApplication

        rad, found = self.view.table.current_row(), self.found
        text = QGuiApplication.clipboard().text()
        if found is None or rad is None or rad.indikator is None or self._is_locked():
            return
        if not text.strip():
            self.context.messages.info(tr("Urklipp är tomt. Kopiera celler i ett kalkylblad först."))
            return
        shown = [self.view.model.row(at) for at in range(self.view.model.rowCount())]
        koder = [r.indikator.indikator.kod for r in shown[shown.index(rad) :] if r.indikator is not None]
        context = self.context

        def work(_task: Task) -> Changes | None:
            return paste_indikatorvarden(context.store, context.aktor, koder, found.period, text)

        def told(changes: Changes | None) -> None:
            if changes is not None:
                context.tell_done(tr("Värdena är inklistrade."), changes.handelse_id)

        context.runner.run(
            Change(tr("Klistrar in"), work, touched, done=told, failed=context.tell_failure, owner=self)
        )

    def delete(self) -> None:
        """Take the plan away, after a question; Ångra brings it back."""
        found = self.found
        if found is None or found.plan is None or self._is_locked():
            return
        namn = f"{found.plan.kommun} {found.plan.ar}"
        text = tr("Planen tas bort med bedömningar, lägen och kommentarer. Du kan ångra.")
        if confirm(
            self.context.theme,
            f"{tr('Ta bort planen')} {namn}",
            text,
            tr("Ta bort"),
            danger=True,
            parent=self,
        ):
            work = partial(delete_plan, self.context.store, self.context.aktor, found.plan.id)
            save_at_once(self, self.context, work, "Planen är borttagen.")

    def _plan_wanted(self) -> int | None:
        if self._wanted is not None:
            return self._wanted
        if self.view.plan.value() is not None:
            return self.view.plan.value()
        kept = self.context.settings.get(CHOSEN, 0)
        return kept or None

    def _choose_plan(self) -> None:
        self._wanted = None
        self.context.settings.set(CHOSEN, self.view.plan.value() or 0)
        self.view.period.set_items(())
        self.refresh()

    def _read(self, _task: Task, *, plan_id: int | None, period: str) -> _Found:
        from desktop.screens.mal.model import list_periods

        context, idag = self.context, self.context.today()
        with context.store.read(context.aktor) as session:
            planer = list_planer(session, context.aktor)
            plan = next((p for p in planer if p.id == plan_id), planer[0] if planer else None)
            locked = "" if may_change_plan(session, context.aktor) else tr(NOT_ALLOWED)
            if plan is None:
                return _Found(planer, None, "", None, {}, locked)
            keys = [key for key, _ in list_periods(plan, idag)]
            period = period if period in keys else keys[0]
            bild = values_of(session, context.aktor, plan.id, period, idag)
            skrivna = load_skrivna(session, plan.id)
            session.expunge_all()
            return _Found(planer, plan, period, bild, skrivna, locked)

    def _show(self, found: _Found) -> None:
        self.found, self._wanted = found, None
        view = self.view
        view.show_planer(found.planer, found.plan.id if found.plan else None)
        view.load.set_disabled_because(found.locked)
        view.more.setEnabled(found.plan is not None)
        if found.plan is not None and found.bild is not None:
            view.show_periods(found.plan, found.period)
            view.show_bild(found.bild)
        self._show_acts()

    def _show_acts(self) -> None:
        rad = self.view.table.current_row() if self.view.bild is not None else None
        reason = ""
        if rad is None or (rad.mal is None and rad.is_head):
            reason = tr("Välj ett mål, ett mått eller en aktivitet först.")
        elif rad.aktivitet is None and self.found is not None:
            reason = self.found.locked
        self.view.open.set_disabled_because(reason)

    def _open_value(self, rad: Rad) -> None:
        found = self.found
        if found is None or rad.indikator is None or self._is_locked():
            return
        kod = rad.indikator.indikator.kod
        row = found.skrivna.get(kod, {}).get(plain_period(found.bild.period.text)) if found.bild else None
        before = IndikatorvardeUppgifter()
        if row is not None:
            before = IndikatorvardeUppgifter(row.kvinnor, row.man, row.totalt, row.kalla, row.kommentar)
        self._open_form(
            partial(
                forms.VardePresenter, self, self.context, rad.indikator, found.period, self._words(), before
            ),
            f"mal/varde/{kod}/{found.period}",
        )

    def _fill_menu(self, menu: QMenu) -> None:
        """All that can be done with the row."""
        rad, found = self.view.table.current_row(), self.found
        if rad is None or found is None or found.bild is None:
            return
        free = not found.locked
        add = partial(self._add_act, menu)
        if rad.indikator is not None:
            add(tr("Skriv in värde…"), "square-pen", partial(self._open_value, rad), free)
            add(tr("Klistra in värden härifrån"), "clipboard-list", self.paste, free)
        if rad.aktivitet is not None:
            for lage in Aktivitetslage:
                act = partial(self._set_lage, rad, lage)
                add(f"{tr('Läge')}: {tr(lage.value)}", "flag", act, True)
        if self._om(rad) is not None:
            add(tr("Bedöm själv…"), "target", self.assess, free)
            add(tr("Kommentera…"), "message-square", self.comment, True)
            said = rad.indikator.kommentarer if rad.indikator is not None else rad.mal.kommentarer
            for kommentar in said:
                words = f"{kommentar.text[:30]}… ({kommentar.namn})".replace("\n", " ").replace("&", "&&")
                add(f"{tr('Ändra')}: {words}", "square-pen", partial(self.comment, kommentar), True)
                gone = partial(self._remove_comment, kommentar)
                add(f"{tr('Ta bort')}: {words}", "trash-2", gone, True)
        menu.addSeparator()
        self._add_edit_acts(menu, rad, free)

    def _add_edit_acts(self, menu: QMenu, rad: Rad, free: bool) -> None:
        add = partial(self._add_act, menu)
        row = _document_row(rad)
        if row is not None:
            add(tr("Ändra i planen…"), "square-pen", partial(self._edit, *row), free)
            add(tr("Flytta upp"), "arrow-up", partial(self._shift, *row, -1), free)
            add(tr("Flytta ner"), "arrow-down", partial(self._shift, *row, 1), free)
            add(tr("Ta bort ur planen"), "trash-2", partial(self._remove, *row), free)
        for slag in (Indikator, Aktivitet, Mal):
            words = f"{tr('Lägg till')}: {tr(TITLES[slag]).lower()}…"
            add(words, "plus", partial(self._add_row, slag, rad.grupp), free)

    def _add_act(self, menu: QMenu, words: str, icon: str, act: Callable[[], object], free: bool) -> None:
        action = menu.addAction(self.context.theme.icon(icon), words)
        action.triggered.connect(lambda _checked=False: act())
        action.setEnabled(free)

    def _set_lage(self, rad: Rad, lage: Aktivitetslage) -> None:
        assert rad.aktivitet is not None
        assert self.found is not None
        work = forms.status_writer(self.context, rad.aktivitet, self.found.period, lage.value)
        save_at_once(self, self.context, work, "Läget är sparat.")

    def _remove_comment(self, kommentar: Kommentar) -> None:
        save_at_once(
            self, self.context, forms.comment_remover(self.context, kommentar), "Kommentaren är borttagen."
        )

    def _edit(self, row: Planrad, rad_id: int) -> None:
        self._open_rad(row, rad_id, f"mal/rad/{type(row).__name__}/{rad_id}")

    def _add_row(self, slag: type[Planrad], grupp: str) -> None:
        self._open_rad(new_rad(slag, grupp), None, f"mal/ny/{slag.__name__}/{grupp}")

    def _open_rad(self, row: Planrad, rad_id: int | None, nyckel: str) -> None:
        if self.found is not None and self.found.bild is not None:
            plan = self.found.bild.plan
            self._open_form(partial(RadPresenter, self, self.context, plan, row, rad_id), nyckel)

    def _shift(self, row: Planrad, rad_id: int, places: int) -> None:
        context = self.context
        work = partial(shift_planrad, context.store, context.aktor, type(row), rad_id, places)
        save_at_once(self, context, work, "Raden är flyttad.")

    def _remove(self, row: Planrad, rad_id: int) -> None:
        context = self.context
        work = partial(remove_planrad, context.store, context.aktor, type(row), rad_id)
        save_at_once(self, context, work, "Raden är borttagen ur planen.")

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        free = self.found is not None and not self.found.locked
        add = partial(self._add_act, menu)
        add(tr("Exportera planen…"), "file-down", self.export, True)
        add(tr("Importera värden från Kolada…"), "file-input", self._inlasning.choose_kolada, free)
        menu.addSeparator()
        add(tr("Ta bort planen…"), "trash-2", self.delete, free)
        menu.popup(self.view.more.mapToGlobal(QPoint(0, self.view.more.height())))
        menu.setActiveAction(menu.actions()[0])

    def _open_import(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        add = partial(self._add_act, menu)
        add(tr("Från en fil…"), "folder-open", self._inlasning.choose, True)
        menu.addSeparator()
        for kod, words in self._inlasning.templates():
            add(f"{tr('Mall')}: {words}", "file-text", partial(self._inlasning.load_template, kod), True)
        button = self.view.load if self.view.bild is not None else self.view.empty.button
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        menu.setActiveAction(menu.actions()[0])

    def _is_there(self, kod: str) -> bool:
        return self.found is not None and any(plan.kod == kod for plan in self.found.planer)

    def _imported(self, plan_id: int | None) -> None:
        if plan_id is not None:
            self._wanted = plan_id
            self.context.settings.set(CHOSEN, plan_id)
        self.refresh()

    def _open_form(self, opener: Callable[[], FormPresenter[Any]], nyckel: str) -> None:
        if self._sheet() is None:
            opener().keep_draft(nyckel[:200])

    def _is_locked(self) -> bool:
        """Whether the user may not change the plan, which is then told."""
        if self.found is not None and self.found.locked:
            self.context.messages.info(self.found.locked)
            return True
        return False

    def _om(self, rad: Rad) -> Planpunkt | None:
        if rad.indikator is not None:
            return Planpunkt(indikator_id=rad.indikator.id)
        return Planpunkt(mal_id=rad.mal.id) if rad.mal is not None else None

    def _words(self, rad: Rad | None = None) -> str:
        period = period_words(self.found.period) if self.found is not None else ""
        return f"{tell_namn(rad).strip()} · {period}" if rad is not None else period

    def _machine(self, rad: Rad) -> str:
        chip = find_chip(rad)
        return f"{tr('Bedömningen är nu')}: {chip.text}." if chip is not None else ""

    def _run_change(self, title: str, work: Callable[[Task], object], words: str) -> None:
        context = self.context
        context.runner.run(
            Change(
                title, work, lambda _v: frozenset(), done=lambda _v: context.messages.done(words),
                failed=context.tell_failure, owner=self,
            )
        )  # fmt: skip

    def _export(self, plan_id: int, target: Path, _task: Task) -> None:
        from db.exchange.planfil import export_plan

        export_plan(self.context.store, self.context.aktor, plan_id, target)

    def _sheet(self) -> Sheet | None:
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)


def _document_row(rad: Rad) -> tuple[Planrad, int] | None:
    """The row of the document, and its id; None for the head of what has no goal."""
    if rad.indikator is not None:
        return rad.indikator.indikator, rad.indikator.id
    if rad.aktivitet is not None:
        return rad.aktivitet.aktivitet, rad.aktivitet.id
    return (rad.mal.mal, rad.mal.id) if rad.mal is not None else None
