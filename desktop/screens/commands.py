"""What the command box finds beyond pages: people, reports, and what can be done with the card shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from db.queries.deltagare import DeltagareRow, Page, search_deltagare
from db.queries.listor import ListaRow, list_listor
from db.queries.oppnad import OppnadRow, list_oppnade
from db.queries.utkast import UtkastRow, list_utkast
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.delegationsbeslut.oppna import NyttBeslut
from desktop.screens.delegationsbeslut.oppna import read_form_key as read_decision_key
from desktop.screens.deltagare.flera import read_flera_key
from desktop.screens.deltagare.ny import Ny, read_ny_key
from desktop.screens.installningar.keys import read_form_key
from desktop.screens.kort.page import read_draft_key
from desktop.screens.platser.oppna import read_form_key as read_place_key
from desktop.screens.undo import REDO, UNDO, UndoKeys
from desktop.shell.command_box import Answer, Group, Hit
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.button import shown_keys

MOST = 8
Go = Callable[[Location], bool]

# Screens where a form needs something chosen: the draft comes back when the form is opened there.
DRAFTS_OF_SCREENS = ("ansvar", "flode", "mal")


class People(QObject):
    """By name, number or ärendenummer; the newest question wins."""

    def __init__(self, context: Context, go: Go, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._go = context, go

    def ask(self, text: str, answer: Answer) -> None:
        """Forms begun and the people opened last while nothing is written; else at most eight found."""
        if not text:
            recent = partial(self._answer_recent, answer)
            self._context.runner.run(Query("kommando", self._recent, recent, owner=self))
            return
        work = partial(self._search, text=text)
        done = partial(self._answer, answer)
        self._context.runner.run(Query("kommando", work, done, owner=self))

    def _search(self, _task: Task, *, text: str) -> Page:
        context = self._context
        with context.store.read(context.aktor) as session:
            return search_deltagare(session, context.aktor, text, context.today(), MOST)

    def _recent(self, _task: Task) -> tuple[tuple[UtkastRow, ...], tuple[OppnadRow, ...]]:
        context = self._context
        with context.store.read(context.aktor) as session:
            drafts = list_utkast(session, context.aktor)[:MOST]
            return drafts, list_oppnade(session, context.aktor, context.today())

    def _answer_recent(
        self, answer: Answer, found: tuple[tuple[UtkastRow, ...], tuple[OppnadRow, ...]]
    ) -> None:
        drafts, rows = found
        begun = tuple(
            Hit(
                f"{row.rubrik}: {row.namn}" if row.namn else row.rubrik,
                partial(self._go_on, place),
                "",
                "save",
            )
            for row in drafts
            if (place := _place(row.nyckel)) is not None
        )
        hits = tuple(
            Hit(
                row.namn,
                partial(self._open, row.deltagare_id),
                row.personnummer,
                "pin" if row.fast else "user",
            )
            for row in rows
        )
        answer([Group(tr("Utkast att fortsätta"), begun), Group(tr("Senast öppnade"), hits)])

    def _answer(self, answer: Answer, page: Page) -> None:
        answer([Group(tr("Deltagare"), tuple(self._hit(row) for row in page.rows))])

    def _hit(self, row: DeltagareRow) -> Hit:
        detail = " · ".join(part for part in (row.personnummer, row.arende) if part)
        icon = "shield-alert" if row.is_masked else "user"
        return Hit(row.namn, lambda: self._open(row.id), detail, icon)

    def _go_on(self, place: Location) -> None:
        self._go(place)

    def _open(self, deltagare_id: int) -> None:
        self._go(Location("kort", deltagare_id))


def _place(nyckel: str) -> Location | None:
    """Where a draft is gone on with."""
    if (card := read_draft_key(nyckel)) is not None:
        return Location("kort", card)
    if settings := read_form_key(nyckel):
        return Location("installningar", settings)
    if (places := read_place_key(nyckel)) is not None:
        return Location("platser", places)
    if (decision := read_decision_key(nyckel)) is not None:
        return Location("delegationsbeslut", decision)
    if (screen := nyckel.partition("/")[0]) in DRAFTS_OF_SCREENS:
        return Location(screen)
    begun = read_ny_key(nyckel) or read_flera_key(nyckel)
    return Location("deltagare", begun) if begun is not None else None


class Lists(QObject):
    """Saved lists by name."""

    def __init__(self, context: Context, go: Go, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._go = context, go

    def ask(self, text: str, answer: Answer) -> None:
        """Those whose name holds the text; none while nothing is written."""
        if not text:
            answer([])
            return
        done = partial(self._answer, text.casefold(), answer)
        self._context.runner.run(Query("kommando-listor", self._read, done, owner=self))

    def _read(self, _task: Task) -> tuple[ListaRow, ...]:
        context = self._context
        with context.store.read(context.aktor) as session:
            return list_listor(session, context.aktor, "deltagare")

    def _answer(self, wanted: str, answer: Answer, rows: tuple[ListaRow, ...]) -> None:
        found = [row for row in rows if wanted in row.namn.casefold()]
        hits = tuple(
            Hit(row.namn, partial(self._show, row.id), "" if row.egen else row.agare, "list") for row in found
        )
        answer([Group(tr("Listor"), hits)])

    def _show(self, lista_id: int) -> None:
        from desktop.screens.deltagare.listor import VisaLista

        self._go(Location("deltagare", VisaLista(lista_id)))


class Commands:
    """Acts on the card shown or on what is chosen on another screen, undo, and the reports."""

    def __init__(self, go: Go, shown: Callable[[], Screen | None], undo: UndoKeys) -> None:
        self._go, self._shown, self._undo = go, shown, undo

    def ask(self, text: str, answer: Answer) -> None:
        """Those whose words hold the text; on an empty box only the acts."""
        wanted = text.casefold()
        found = (*self._acts(), *self._new(), *self._turning())
        acts = tuple(hit for hit in found if wanted in hit.text.casefold())
        reports = tuple(hit for hit in self._reports() if wanted and wanted in hit.text.casefold())
        answer([Group(tr("Kommandon"), acts), Group(tr("Rapporter"), reports)])

    def _new(self) -> tuple[Hit, ...]:
        begin = Location("delegationsbeslut", NyttBeslut())
        return (
            Hit(tr("Ny deltagare"), self.register, shown_keys("Ctrl+Shift+N"), "users-round"),
            Hit(tr("Nytt delegationsbeslut"), lambda: self._open_form(begin), "", "file-check"),
        )

    def register(self) -> None:
        """Begin with a new person."""
        self._go(Location("deltagare", Ny()))

    def _open_form(self, place: Location) -> None:
        self._go(place)

    def _acts(self) -> tuple[Hit, ...]:
        from desktop.screens.kort.presenter import KortScreen

        card = self._shown()
        if not isinstance(card, KortScreen) or card.card is None:
            return tuple(card.acts()) if card is not None else ()
        from desktop.screens.kort.page import Akt

        hits = [
            Hit(words, partial(card.act, Akt(name)), shown_keys(keys), icon)
            for name, words, keys, icon in (
                ("nytt_mote", tr("Nytt möte"), "Ctrl+Shift+M", "calendar"),
                ("anteckning", tr("Anteckning"), "Ctrl+Shift+A", "notebook-pen"),
                ("skriv_ut", tr("Skriv ut…"), "Ctrl+P", "printer"),
            )
        ]
        if card.card.insatser:
            hits.append(
                Hit(tr("Registrera närvaro"), partial(card.act, Akt("narvaro")), "", "calendar-check")
            )
        hits.append(Hit(tr("Bifoga filer…"), lambda: card.act(Akt("nytt_dokument")), "", "upload"))
        if card.can_register:
            hits.insert(0, Hit(tr("Ny insats"), lambda: card.act(Akt("ny_insats")), "Ctrl+N", "plus"))
            hits.append(Hit(tr("Ändra planering"), partial(card.act, Akt("planering")), "", "clipboard-list"))
            for who, words in (
                ("deltagare", tr("BIP: deltagarens frågor")),
                ("handläggare", tr("BIP: handläggarens frågor")),
            ):
                begin = partial(card.act, Akt("bip", None, {"svarande": who}))
                hits.append(Hit(words, begin, "", "gauge"))
            hits.append(Hit(tr("Nytt steg…"), lambda: card.act(Akt("steg")), "", "flag"))
            hits.append(Hit(tr("Ställ i kö för plats"), lambda: card.act(Akt("stall_i_ko")), "", "map-pin"))
            hits.append(Hit(tr("Avslut…"), lambda: card.act(Akt("avslut")), "", "door-open"))
        else:
            hits.append(Hit(tr("Ny inskrivning"), lambda: card.act(Akt("ny_inskrivning")), "", "door-open"))
        hits.append(Hit(tr("Nytt ärende"), lambda: card.act(Akt("nytt_arende")), "", "file-text"))
        if card.card.arende is not None:
            decide = partial(card.act, Akt("nytt_delegationsbeslut", card.card.arende.id))
            hits.append(Hit(tr("Nytt delegationsbeslut i ärendet"), decide, "", "file-check"))
        for name, words, icon in (
            ("uppgifter", tr("Ändra uppgifter"), "square-pen"),
            ("hushall", tr("Ändra hushåll"), "users"),
            ("sla_ihop", tr("Slå ihop med ett annat kort"), "copy"),
        ):
            hits.append(Hit(words, partial(card.act, Akt(name)), "", icon))
        return tuple(hits)

    def _turning(self) -> tuple[Hit, ...]:
        return (
            Hit(tr("Ångra det senaste du gjorde"), self._undo.undo, UNDO, "undo-2"),
            Hit(tr("Gör om det du ångrade"), self._undo.redo, shown_keys(REDO), "rotate-ccw"),
        )

    def _reports(self) -> tuple[Hit, ...]:
        from desktop.report_service import list_reports

        return tuple(
            Hit(spec.titel, partial(self._open_report, spec.namn), tr("Rapport"), "file-chart-column")
            for spec in list_reports()
        )

    def _open_report(self, name: str) -> None:
        self._go(Location("rapporter", name))
