"""The screens of the window and where each stands."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from desktop.i18n import tr
from desktop.screens.commands import Commands, Lists, People
from desktop.screens.idag.counts import RailCounts
from desktop.screens.undo import Offers, UndoKeys
from desktop.screens.unit import UnitName
from desktop.shell.navigation import ScreenSpec, Section
from desktop.shell.screen import Screen

if TYPE_CHECKING:
    from desktop.context import Context
    from desktop.main_window import MainWindow

KEYS = (
    (
        "Idag",
        (
            ("Enter", "Öppna personen och börja nästa steg"),
            ("Mellanslag", "Förhandsvisa"),
            ("U", "Skjut upp"),
            ("←  →", "Fäll ihop och ut gruppen"),
        ),
    ),
    (
        "Deltagare",
        (("Ctrl+Skift+N", "Ny deltagare, från alla sidor"), ("Ctrl+F", "Sök"), ("Enter", "Öppna kortet")),
    ),
    (
        "Deltagarens kort",
        (
            ("Ctrl+N", "Ny insats"),
            ("Ctrl+Skift+M", "Nytt möte"),
            ("Ctrl+Skift+A", "Anteckning"),
            ("Ctrl+P", "Skriv ut"),
            ("K  M", "Visa kvinnorna eller männen bakom ett tal"),
            ("Enter", "Öppna insatsen eller mötet"),
        ),
    ),
    (
        "Flöde",
        (
            ("↑  ↓  ←  →", "Gå mellan korten"),
            ("Ctrl+→  Ctrl+←", "Flytta kortet till nästa eller föregående steg"),
            ("Enter", "Öppna deltagarens kort"),
        ),
    ),
    ("Ansvar", (("Enter", "Visa vad som ska göras"), ("Esc", "Tillbaka till alla"))),
    (
        "Delegationsbeslut",
        (
            ("Ctrl+N", "Nytt beslut"),
            ("Enter", "Ändra beslutet"),
            ("Delete", "Ta bort beslutet"),
            ("Ctrl+Page Up  Ctrl+Page Down", "Föregående och nästa månad"),
            ("↓", "Välj bland det som skrivits förut i ett fält"),
        ),
    ),
    (
        "Aktivitetskrav",
        (("Enter", "Öppna deltagarens kort"), ("Skift+F10", "Besluta, ge eller granska undantag")),
    ),
    (
        "OSA",
        (
            ("Enter", "Öppna deltagarens kort"),
            ("Skift+F10", "Nytt beslut, följ upp, övergång"),
            ("Ctrl+F", "Välj vilka beslut som visas"),
        ),
    ),
    (
        "Listor och tabeller",
        (
            ("Skift+↑  Skift+↓", "Markera flera rader"),
            ("Ctrl+C", "Kopiera raderna med rubriker"),
            ("Skift+F10", "Meny: sortera, välj kolumner, fäst"),
        ),
    ),
    (
        "Platser",
        (
            ("Enter", "Öppna enheten"),
            ("←  →", "Fäll ihop och ut gruppen"),
            ("Skift+F10", "Ge plats, ändra antal platser, kostnad"),
            ("Ctrl+F", "Välj dag"),
        ),
    ),
    (
        "Närvaro",
        (
            ("N  G  O  S", "Närvarande, giltig frånvaro, ogiltig frånvaro, sjuk"),
            ("Delete", "Ej registrerat"),
            ("Skift+pil", "Markera flera pass; en bokstav fyller dem"),
            ("Ctrl+Enter", "Alla i passet närvarande"),
            ("Ctrl+Skift+Enter", "Hela veckan närvarande"),
            ("Ctrl+D", "Kopiera nedåt"),
            ("Ctrl+V", "Klistra in från ett kalkylblad"),
            ("Ctrl+Page Up  Ctrl+Page Down", "Föregående och nästa vecka"),
            ("Enter", "Öppna deltagarens kort"),
        ),
    ),
    (
        "Avslut",
        (
            ("Enter", "Öppna deltagarens kort, eller personerna bakom en siffra"),
            ("Skift+F10", "Följ upp, bekräfta månad eller flytta"),
            ("Ctrl+F", "Välj läge eller period"),
        ),
    ),
    (
        "Formulär",
        (
            ("Enter", "Nästa fält"),
            ("Ctrl+S", "Spara"),
            ("Ctrl+D", "Samma belopp som månaden före"),
            ("Esc", "Stäng"),
        ),
    ),
    (
        "Ångra",
        (
            ("Ctrl+Z", "Ångra det senaste du gjorde idag"),
            ("Ctrl+Skift+Z", "Gör om det"),
        ),
    ),
    (
        "BIP",
        (
            ("1–9", "Svara och gå vidare"),
            ("←  →", "Ändra svaret"),
            ("↑  ↓", "Föregående och nästa fråga"),
            ("Delete", "Ta bort svaret"),
        ),
    ),
    (
        "Mål & indikatorer",
        (
            ("Enter", "Skriv in värde, bedöm målet, sätt aktivitetens läge"),
            ("←  →", "Fäll ihop och ut målet"),
            ("Skift+F10", "Kommentera, ändra, lägg till, klistra in värden"),
            ("Ctrl+F", "Välj plan"),
        ),
    ),
    (
        "Rapporter",
        (
            ("Ctrl+S", "Spara som pdf"),
            ("Ctrl+P", "Skriv ut"),
            ("K  M", "Visa kvinnorna eller männen bakom ett tal"),
            ("Page Up  Page Down", "Föregående och nästa sida"),
        ),
    ),
)


def register_screens(window: "MainWindow", context: "Context") -> None:
    """Make every screen reachable. A screen's own modules are imported at its first visit."""

    counts = RailCounts(context, window.rail, window)

    def idag() -> Screen:
        from desktop.screens.idag.presenter import IdagScreen

        return IdagScreen(context, counts)

    def deltagare() -> Screen:
        from desktop.screens.deltagare.presenter import DeltagareScreen

        return DeltagareScreen(context)

    def kort() -> Screen:
        from desktop.screens.kort.presenter import KortScreen

        return KortScreen(context)

    def flode() -> Screen:
        from desktop.screens.flode.presenter import FlodeScreen

        return FlodeScreen(context)

    def aktivitetskrav() -> Screen:
        from desktop.screens.aktivitetskrav.presenter import AktivitetskravScreen

        return AktivitetskravScreen(context)

    def osa() -> Screen:
        from desktop.screens.osa.presenter import OsaScreen

        return OsaScreen(context)

    def narvaro() -> Screen:
        from desktop.screens.narvaro.presenter import NarvaroScreen

        return NarvaroScreen(context)

    def avslut() -> Screen:
        from desktop.screens.avslut.presenter import AvslutScreen

        return AvslutScreen(context)

    def ansvar() -> Screen:
        from desktop.screens.ansvar.presenter import AnsvarScreen

        return AnsvarScreen(context)

    def delegationsbeslut() -> Screen:
        from desktop.screens.delegationsbeslut.presenter import DelegationsbeslutScreen

        return DelegationsbeslutScreen(context)

    def mal() -> Screen:
        from desktop.screens.mal.presenter import MalScreen

        return MalScreen(context)

    def platser() -> Screen:
        from desktop.screens.platser.presenter import PlatserScreen

        return PlatserScreen(context)

    def rapporter() -> Screen:
        from desktop.screens.rapporter.presenter import RapporterScreen

        return RapporterScreen(context)

    def papperskorg() -> Screen:
        from desktop.screens.papperskorg.presenter import PapperskorgScreen

        return PapperskorgScreen(context)

    def importera() -> Screen:
        from desktop.screens.importera.presenter import ImporteraScreen

        return ImporteraScreen(context)

    def installningar() -> Screen:
        from desktop.screens.installningar.presenter import InstallningarScreen

        return InstallningarScreen(context)

    window.register(
        [
            ScreenSpec("idag", tr("Idag"), "calendar-check", idag),
            ScreenSpec("deltagare", tr("Deltagare"), "users-round", deltagare),
            ScreenSpec("kort", tr("Deltagare"), "users-round", kort, under="deltagare"),
            ScreenSpec("flode", tr("Flöde"), "square-kanban", flode),
            ScreenSpec("aktivitetskrav", tr("Aktivitetskrav"), "timer", aktivitetskrav),
            ScreenSpec("osa", "OSA", "badge-check", osa),
            ScreenSpec("platser", tr("Platser"), "map-pin", platser),
            ScreenSpec("narvaro", tr("Närvaro"), "calendar-days", narvaro),
            ScreenSpec("avslut", tr("Avslut"), "door-open", avslut),
            ScreenSpec("ansvar", tr("Ansvar"), "user-round-check", ansvar, Section.FOLLOW_UP),
            ScreenSpec(
                "delegationsbeslut", tr("Delegationsbeslut"), "file-check", delegationsbeslut,
                Section.FOLLOW_UP,
            ),
            ScreenSpec("mal", tr("Mål & indikatorer"), "target", mal, Section.FOLLOW_UP),
            ScreenSpec("rapporter", tr("Rapporter"), "file-chart-column", rapporter, Section.FOLLOW_UP),
            ScreenSpec("papperskorg", tr("Papperskorg"), "trash-2", papperskorg, Section.BOTTOM),
            ScreenSpec("importera", tr("Importera"), "file-input", importera, Section.BOTTOM),
            ScreenSpec("installningar", tr("Inställningar"), "settings", installningar, Section.BOTTOM),
        ]
    )  # fmt: skip
    window.add_provider(People(context, window.go, window))
    window.add_provider(Lists(context, window.go, window))
    UnitName(context, window.rail, window)
    undo = UndoKeys(context, window)
    Offers(context, window.toasts, window)
    commands = Commands(window.go, lambda: window.screen_shown, undo)
    window.add_provider(commands)
    QShortcut(QKeySequence("Ctrl+Shift+N"), window).activated.connect(commands.register)
    window.set_help(KEYS)
