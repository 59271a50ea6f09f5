"""What brings the window to each picture, in the order they are drawn."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.main_window import MainWindow
    from desktop.screens.formular.sheet import Sheet
    from desktop.screens.platser.presenter import PlatserScreen


Scene = tuple[str, Callable[[], object]]


def pictures(app: "App", scratch: Path, day: date) -> Iterator[Scene]:
    """Each picture's name and what brings the window to it, once it is open at the first screen; in this
    order, each from the one before."""
    from desktop.screens.delegationsbeslut.oppna import NyttBeslut
    from desktop.screens.deltagare.ny import Ny
    from desktop.screenshots.subjects import faulty_workbook, find_closed, find_people
    from desktop.shell.navigation import Location

    window = _window(app)
    yield "deltagare", lambda: window.go(Location("deltagare"))
    yield "massa", lambda: _massa(window)
    _dismiss(window)
    yield "ny-deltagare", lambda: window.go(Location("deltagare", Ny()))
    open_id, protected_id, osa = find_people(app, day)
    for argument, name in ((open_id, "kort"), (protected_id, "kort-skyddad")):
        if argument:
            yield name, lambda argument=argument: window.go(Location("kort", argument))  # type: ignore[misc]
    if open_id:
        yield "kort-insatser", lambda: _tab(window, open_id, "insatser")
        yield "kort-bistand", lambda: _tab(window, open_id, "bistand")
        yield "arende", lambda: _form(window, "arende", _arende_id(window))
        yield "undantag", lambda: _form(window, "nytt_undantag", _arende_id(window))
        yield "bistandsmanader", lambda: _form(window, "bistandsmanader", _arende_id(window))
        yield "kort-planering", lambda: _tab(window, open_id, "planering")
        yield "kort-narvaro", lambda: _tab(window, open_id, "narvaro")
        yield "kort-anteckningar", lambda: _tab(window, open_id, "anteckningar")
        yield "kort-inskrivning", lambda: _tab(window, open_id, "inskrivning")
        yield "steg", lambda: _form(window, "steg")
        yield "ny-inskrivning", lambda: _form(window, "ny_inskrivning")
        yield "kort-bip", lambda: _tab(window, open_id, "bip")
        yield "kort-dokument", lambda: _tab(window, open_id, "dokument")
        yield "kort-uppgifter", lambda: _tab(window, open_id, "uppgifter")
        yield "uppgifter", lambda: _form(window, "uppgifter")
        yield "hushall", lambda: _form(window, "hushall")
        yield "sla-ihop", lambda: _merge(window, osa[0] if osa else 0)
        yield "ny-insats", lambda: _form(window, "ny_insats")
        yield "insats-varning", lambda: _warn(window)
        yield "konflikt", lambda: _conflict(window)
        yield "nytt-mote", lambda: _form(window, "nytt_mote")
        yield "avslut", lambda: _form(window, "avslut")
        yield "planering", lambda: _form(window, "planering")
        yield "anteckning", lambda: _form(window, "anteckning")
        yield "bip", lambda: _bip(window)
        yield "dokument", lambda: _dokument(window)
    yield "papperskorg", lambda: window.go(Location("papperskorg"))
    if osa:
        yield "kort-osa", lambda: _tab(window, osa[0], "osa")
        yield "osa-beslut", lambda: _form(window, "osa_beslut", osa[1])
    closed_id = find_closed(app)
    if closed_id:
        yield "kort-avslut", lambda: _tab(window, closed_id, "avslut")
        yield "uppfoljning", lambda: _follow_up(window)
    yield "installningar", lambda: window.go(Location("installningar"))
    yield "installningar-bip", lambda: window.go(Location("installningar", "bip"))
    _dismiss(window)
    for name, visning in (("osa", "lista"), ("osa-tidslinje", "tidslinje"), ("osa-platser", "platser")):
        yield name, lambda visning=visning: _osa(window, visning)  # type: ignore[misc]
    yield "platser", lambda: window.go(Location("platser"))
    yield "enhet", lambda: _enhet(window)
    yield "ge-plats", lambda: _ge_plats(window)
    yield "platser-hinder", lambda: _hinder(window)
    yield "narvaro", lambda: _week(window)
    yield "flode", lambda: window.go(Location("flode"))
    yield "aktivitetskrav", lambda: window.go(Location("aktivitetskrav"))
    for page in ("resultat", "matris", "uppfoljningar", "kvar"):
        yield f"avslut-{page}", lambda page=page: window.go(Location("avslut", page))  # type: ignore[misc]
    yield "ansvar", lambda: window.go(Location("ansvar"))
    yield "ansvar-period", lambda: _stam_av(window)
    yield "delegationsbeslut", lambda: window.go(Location("delegationsbeslut"))
    yield "mal", lambda: _mal(window)
    yield "delegationsbeslut-nytt", lambda: window.go(Location("delegationsbeslut", NyttBeslut()))
    _dismiss(window)
    yield "importera", lambda: window.go(Location("importera"))
    yield "importera-fel", lambda: window.go(Location("importera", faulty_workbook(scratch)))
    yield "rapporter", lambda: window.go(Location("rapporter"))


def _window(app: "App") -> "MainWindow":
    from desktop.main_window import MainWindow

    if not isinstance(app.window, MainWindow):
        from db.errors import StoreError

        raise StoreError("Registret gick inte att öppna. Inga bilder har ritats.")
    return app.window


def _follow_up(window: "MainWindow") -> None:
    """The form of the first follow-up that is not done, else of the latest."""
    from desktop.screens.kort.page import Akt
    from desktop.screens.kort.presenter import KortScreen

    screen = window.screen_shown
    if isinstance(screen, KortScreen) and screen.card is not None:
        rows = sorted(screen.card.uppfoljningar, key=lambda row: (row.genomford is not None, row.planerad))
        screen.act(Akt("uppfoljning", rows[0].id))


def _tab(window: "MainWindow", deltagare_id: int, key: str) -> None:
    from desktop.screens.kort.presenter import KortScreen
    from desktop.shell.navigation import Location

    window.go(Location("kort", deltagare_id))
    screen = window.screen_shown
    assert isinstance(screen, KortScreen)
    screen.view.show_page(key)


def _arende_id(window: "MainWindow") -> int | None:
    """The ärende that the person shown is known by."""
    from desktop.screens.kort.presenter import KortScreen

    screen = window.screen_shown
    card = screen.card if isinstance(screen, KortScreen) else None
    return card.arende.id if card is not None and card.arende is not None else None


def _form(window: "MainWindow", name: str, row_id: int | None = None) -> None:
    from desktop.screens.kort.page import Akt
    from desktop.screens.kort.presenter import KortScreen

    _dismiss(window)
    if isinstance(window.screen_shown, KortScreen):
        window.screen_shown.act(Akt(name, row_id))


def _bip(window: "MainWindow") -> None:
    """The handläggare's questions, half of them answered."""
    from desktop.screens.formular.sheet import Sheet
    from desktop.screens.kort.page import Akt
    from desktop.screens.kort.presenter import KortScreen

    _dismiss(window)
    if isinstance(window.screen_shown, KortScreen):
        window.screen_shown.act(Akt("bip", None, {"svarande": "handläggare"}))
        sheet = next(sheet for sheet in window.findChildren(Sheet) if sheet.is_open)
        sheet.set_values({f"svar{number}": number % 4 + 2 for number in range(1, 7)})


def _dokument(window: "MainWindow") -> None:
    from desktop.screens.kort.presenter import KortScreen

    screen = window.screen_shown
    if isinstance(screen, KortScreen) and screen.card is not None and screen.card.dokument:
        _form(window, "dokument", screen.card.dokument[0].id)


def _week(window: "MainWindow") -> None:
    """The attendance of one's own people, with a pass chosen."""
    from desktop.screens.narvaro.presenter import NarvaroScreen
    from desktop.shell.navigation import Location

    _dismiss(window)
    window.go(Location("narvaro"))
    assert isinstance(window.screen_shown, NarvaroScreen)


def _stam_av(window: "MainWindow") -> None:
    """What is left of the month that ended latest."""
    from desktop.screens.ansvar.presenter import AnsvarScreen

    screen = window.screen_shown
    assert isinstance(screen, AnsvarScreen)
    screen.view.tab.set_value("stam_av")
    screen.view.tab.chosen.emit("stam_av")


def _warn(window: "MainWindow") -> None:
    """An insats that the person has already: a warning that can be passed with a reason."""
    from desktop.screens.kort.presenter import KortScreen
    from desktop.screens.words import first_upper

    screen = window.screen_shown
    assert isinstance(screen, KortScreen)
    assert screen.card is not None
    running = next((i for i in screen.card.insatser[::-1] if i.slut is None), None)
    if running is not None:
        _sheet(window).set_values({"insatstyp": first_upper(running.typ), "enhet": running.enhet})


def _conflict(window: "MainWindow") -> None:
    """Two versions side by side, as when somebody else has saved the same form; nothing is written."""
    from desktop.screens.formular.konflikt import show_conflict
    from desktop.screens.kort.presenter import KortScreen

    sheet = _sheet(window)
    sheet.begin_from(sheet.values())
    mine = {**sheet.values(), "omfattning": "50", "planerat_slut": "2027-03-31"}
    sheet.set_values(mine)
    now = {**mine, "omfattning": "75", "planerat_slut": "2027-01-31", "insatstyp": "Arbetsträning"}
    assert isinstance(window.screen_shown, KortScreen)
    theme, who = window.screen_shown.context.theme, "Leila Ekbacke sparade 09.12 medan du skrev."
    show_conflict(theme, sheet, mine, now, lambda _chosen: None, who)


def _platser(window: "MainWindow") -> "PlatserScreen":
    from desktop.screens.platser.presenter import PlatserScreen

    _dismiss(window)
    screen = window.screen_shown
    assert isinstance(screen, PlatserScreen)
    return screen


def _osa(window: "MainWindow", visning: str) -> None:
    """The screen OSA as a list, a time line or places."""
    from desktop.screens.osa.model import Visning
    from desktop.screens.osa.presenter import OsaScreen
    from desktop.shell.navigation import Location

    window.go(Location("osa"))
    screen = window.screen_shown
    assert isinstance(screen, OsaScreen)
    screen.show_as(Visning(visning))


def _mal(window: "MainWindow") -> None:
    """A plan of those that come with the program, read in."""
    from desktop.screens.mal.presenter import MalScreen
    from desktop.shell.navigation import Location

    window.go(Location("mal"))
    screen = window.screen_shown
    assert isinstance(screen, MalScreen)
    if screen.found is None or screen.found.plan is None:
        screen.inlasning.load_template("sodertalje-2024")


def _enhet(window: "MainWindow") -> None:
    """The enhet under the ring, with its people."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.blad.show_enhet(rad.enhet.id)


def _ge_plats(window: "MainWindow") -> None:
    """A vacant place offered to those who wait."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.blad.give(rad.enhet.id, None)


def _hinder(window: "MainWindow") -> None:
    """Closing an enhet where people have places."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.blad.begin_act(rad.enhet.id, "stang")


def _massa(window: "MainWindow") -> None:
    from desktop.screens.deltagare.presenter import DeltagareScreen

    screen = window.screen_shown
    assert isinstance(screen, DeltagareScreen)
    ids = [screen.view.model.row(place).id for place in range(min(12, screen.view.model.rowCount()))]
    screen.register_many(ids, "ny_insats")
    sheet = _sheet(window)
    sheet.started.connect(
        lambda: sheet.set_values({"insatstyp": "Jobbsökaraktivitet", "start": "2026-03-02"})
    )


def _merge(window: "MainWindow", other_id: int) -> None:
    """The card shown beside another one."""
    _form(window, "sla_ihop")
    if other_id:
        _sheet(window).set_values({"vald": str(other_id)})


def _sheet(window: "MainWindow") -> "Sheet":
    from desktop.screens.formular.sheet import Sheet

    return next(sheet for sheet in window.findChildren(Sheet) if sheet.is_open)


def _dismiss(window: "MainWindow") -> None:
    from PySide6.QtWidgets import QDialog

    from desktop.screens.formular.sheet import Sheet

    for dialog in window.findChildren(QDialog):
        dialog.reject()
    for sheet in window.findChildren(Sheet):
        if sheet.is_open:
            sheet.reset_values()  # so that no draft is kept, and told of
            sheet.dismiss()
