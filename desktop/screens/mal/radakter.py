"""What can be done with a row of Mål & indikatorer: a goal, an indicator, an activity."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from db.commands.indikatorvarde import IndikatorvardeUppgifter, paste_indikatorvarden
from db.commands.plan_kontroll import Planrad
from db.commands.plan_redigera import remove_planrad, shift_planrad
from db.commands.plan_uppfoljning import Planpunkt
from db.history import Changes
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import Aktivitet, Indikator, Mal, plain_period
from db.rules.planbild import Kommentar
from desktop.context import touched
from desktop.i18n import tr
from desktop.runner import Change, Task
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.mal import forms
from desktop.screens.mal.menyer import add_act
from desktop.screens.mal.model import period_words
from desktop.screens.mal.rad_form import TITLES, RadPresenter, new_rad
from desktop.screens.mal.rows import Rad, find_chip, tell_namn
from desktop.screens.mal.varde_form import VardePresenter

if TYPE_CHECKING:
    from desktop.screens.mal.presenter import MalScreen


class Radakter:
    """The acts of the row chosen; forms open over the screen, which tells what is shown."""

    def __init__(self, screen: "MalScreen") -> None:
        self._screen, self._context = screen, screen.context

    def open(self) -> None:
        """What the row asks for first: a value, an own assessment, how far an activity is."""
        rad, found = self._chosen(), self._screen.found
        if rad is None or found is None or found.bild is None:
            return
        if rad.indikator is not None:
            self.write_value(rad)
        elif rad.aktivitet is not None:
            self._screen.open_form(
                partial(
                    forms.LagePresenter, self._screen, self._context, rad.aktivitet, found.period,
                    self._words(),
                ),
                f"mal/lage/{rad.aktivitet.id}/{found.period}",
            )  # fmt: skip
        elif rad.mal is not None:
            self.assess()

    def assess(self) -> None:
        """One's own assessment of a goal or an indicator."""
        rad, found = self._chosen(), self._screen.found
        om = _about(rad) if rad is not None else None
        if rad is None or om is None or found is None or found.bild is None or self._screen.is_locked():
            return
        skala = found.bild.plan.dokument.bedomning
        if skala is Bedomningsskala.INGEN:
            self._context.messages.info(tr("Planen bedöms inte. Ändra planens bedömningsord först."))
            return
        egen = rad.indikator.egen if rad.indikator is not None else rad.mal.egen if rad.mal else None
        self._screen.open_form(
            partial(
                forms.BedomningPresenter, self._screen, self._context, om, found.period, self._words(rad),
                skala, _machine(rad), egen,
            ),
            f"mal/bedomning/{rad.nyckel}/{found.period}",
        )  # fmt: skip

    def comment(self, kommentar: Kommentar | None = None) -> None:
        """Say something of a goal or an indicator, or change what was said."""
        rad, found = self._chosen(), self._screen.found
        om = _about(rad) if rad is not None else None
        if rad is None or om is None or found is None:
            return
        which = kommentar.id if kommentar is not None else "ny"
        self._screen.open_form(
            partial(
                forms.KommentarPresenter, self._screen, self._context, om, found.period, self._words(rad),
                kommentar,
            ),
            f"mal/kommentar/{rad.nyckel}/{found.period}/{which}",
        )  # fmt: skip

    def write_value(self, rad: Rad) -> None:
        """Type an outcome."""
        found = self._screen.found
        if found is None or found.bild is None or rad.indikator is None or self._screen.is_locked():
            return
        kod = rad.indikator.indikator.kod
        row = found.skrivna.get(kod, {}).get(plain_period(found.bild.period.text))
        before = IndikatorvardeUppgifter()
        if row is not None:
            before = IndikatorvardeUppgifter(row.kvinnor, row.man, row.totalt, row.kalla, row.kommentar)
        self._screen.open_form(
            partial(
                VardePresenter, self._screen, self._context, rad.indikator, found.period,
                self._words(), before,
            ),
            f"mal/varde/{kod}/{found.period}",
        )  # fmt: skip

    def paste(self) -> None:
        """Write the block on the clipboard, from the row chosen and down."""
        rad, found, context = self._chosen(), self._screen.found, self._context
        text = QGuiApplication.clipboard().text()
        if found is None or rad is None or rad.indikator is None or self._screen.is_locked():
            return
        if not text.strip():
            context.messages.info(tr("Urklipp är tomt. Kopiera celler i ett kalkylblad först."))
            return
        model = self._screen.view.model
        shown = [model.row(at) for at in range(model.rowCount())]
        koder = [r.indikator.indikator.kod for r in shown[shown.index(rad) :] if r.indikator is not None]

        def work(_task: Task) -> Changes | None:
            return paste_indikatorvarden(context.store, context.aktor, koder, found.period, text)

        def told(changes: Changes | None) -> None:
            if changes is not None:
                context.tell_done(tr("Värdena är inklistrade."), changes.handelse_id)

        context.runner.run(
            Change(
                tr("Klistrar in"), work, touched, done=told, failed=context.tell_failure, owner=self._screen
            )
        )

    def fill_menu(self, menu: QMenu) -> None:
        """All that can be done with the row."""
        rad, found = self._chosen(), self._screen.found
        if rad is None or found is None or found.bild is None:
            return
        free = not found.locked
        add = partial(add_act, self._context.theme, menu)
        if rad.indikator is not None:
            add(tr("Skriv in värde…"), "square-pen", partial(self.write_value, rad), free)
            add(tr("Klistra in värden härifrån"), "clipboard-list", self.paste, free)
        if rad.aktivitet is not None:
            for lage in Aktivitetslage:
                add(f"{tr('Läge')}: {tr(lage.value)}", "flag", partial(self._set_lage, rad, lage))
        if _about(rad) is not None:
            add(tr("Bedöm själv…"), "target", self.assess, free)
            add(tr("Kommentera…"), "message-square", self.comment)
            self._add_said(menu, rad)
        menu.addSeparator()
        self._add_edit_acts(menu, rad, free)

    def _add_said(self, menu: QMenu, rad: Rad) -> None:
        bild = rad.indikator or rad.mal
        add = partial(add_act, self._context.theme, menu)
        for kommentar in bild.kommentarer if bild is not None else ():
            words = f"{kommentar.text[:30]}… ({kommentar.namn})".replace("\n", " ").replace("&", "&&")
            add(f"{tr('Ändra')}: {words}", "square-pen", partial(self.comment, kommentar))
            add(f"{tr('Ta bort')}: {words}", "trash-2", partial(self._remove_comment, kommentar))

    def _add_edit_acts(self, menu: QMenu, rad: Rad, free: bool) -> None:
        add = partial(add_act, self._context.theme, menu)
        row = _document_row(rad)
        if row is not None:
            add(tr("Ändra i planen…"), "square-pen", partial(self._edit, *row), free)
            add(tr("Flytta upp"), "arrow-up", partial(self._shift, *row, -1), free)
            add(tr("Flytta ner"), "arrow-down", partial(self._shift, *row, 1), free)
            add(tr("Ta bort ur planen"), "trash-2", partial(self._remove, *row), free)
        for slag in (Indikator, Aktivitet, Mal):
            words = f"{tr('Lägg till')}: {tr(TITLES[slag]).lower()}…"
            add(words, "plus", partial(self._add_row, slag, rad.grupp), free)

    def _set_lage(self, rad: Rad, lage: Aktivitetslage) -> None:
        assert rad.aktivitet is not None
        assert self._screen.found is not None
        work = forms.status_writer(self._context, rad.aktivitet, self._screen.found.period, lage.value)
        save_at_once(self._screen, self._context, work, "Läget är sparat.")

    def _remove_comment(self, kommentar: Kommentar) -> None:
        work = forms.comment_remover(self._context, kommentar)
        save_at_once(self._screen, self._context, work, "Kommentaren är borttagen.")

    def _edit(self, row: Planrad, rad_id: int) -> None:
        self._open_rad(row, rad_id, f"mal/rad/{type(row).__name__}/{rad_id}")

    def _add_row(self, slag: type[Planrad], grupp: str) -> None:
        self._open_rad(new_rad(slag, grupp), None, f"mal/ny/{slag.__name__}/{grupp}")

    def _open_rad(self, row: Planrad, rad_id: int | None, nyckel: str) -> None:
        found = self._screen.found
        if found is not None and found.bild is not None:
            opener = partial(RadPresenter, self._screen, self._context, found.bild.plan, row, rad_id)
            self._screen.open_form(opener, nyckel)

    def _shift(self, row: Planrad, rad_id: int, places: int) -> None:
        context = self._context
        work = partial(shift_planrad, context.store, context.aktor, type(row), rad_id, places)
        save_at_once(self._screen, context, work, "Raden är flyttad.")

    def _remove(self, row: Planrad, rad_id: int) -> None:
        context = self._context
        work = partial(remove_planrad, context.store, context.aktor, type(row), rad_id)
        save_at_once(self._screen, context, work, "Raden är borttagen ur planen.")

    def _chosen(self) -> Rad | None:
        rad: Rad | None = self._screen.view.table.current_row()
        return rad

    def _words(self, rad: Rad | None = None) -> str:
        found = self._screen.found
        period = period_words(found.period) if found is not None else ""
        return f"{tell_namn(rad).strip()} · {period}" if rad is not None else period


def _about(rad: Rad) -> Planpunkt | None:
    if rad.indikator is not None:
        return Planpunkt(indikator_id=rad.indikator.id)
    return Planpunkt(mal_id=rad.mal.id) if rad.mal is not None else None


def _machine(rad: Rad) -> str:
    chip = find_chip(rad)
    return f"{tr('Bedömningen är nu')}: {chip.text}." if chip is not None else ""


def _document_row(rad: Rad) -> tuple[Planrad, int] | None:
    """The row of the document, and its id; None for the head of what has no goal."""
    if rad.indikator is not None:
        return rad.indikator.indikator, rad.indikator.id
    if rad.aktivitet is not None:
        return rad.aktivitet.aktivitet, rad.aktivitet.id
    return (rad.mal.mal, rad.mal.id) if rad.mal is not None else None
