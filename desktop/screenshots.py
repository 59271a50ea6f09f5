"""`egenvag --skarmbilder MAPP`: every screen of the demo as a picture, drawn without a display."""

import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from db.queries.card_rows import Card
    from desktop.app import App
    from desktop.main_window import MainWindow
    from desktop.screens.formular.sheet import Sheet
    from desktop.screens.platser.presenter import PlatserScreen

# The day of the design's pictures, so that the same program gives the same pictures.
DAY = date(2026, 11, 12)
PEOPLE, SEED = 400, 1
SIZE = (1440, 900)
PATIENCE = 60_000  # ms


def draw_all(
    folder: Path, where: str | None = None, people: int = PEOPLE, schemes: Collection[str] = ("light", "dark")
) -> int:
    """Draw the screens in `folder` to `<name>.png` and, dark, `<name>-mork.png`; returns the exit code.

    Without `where` a demo register is made for the purpose and thrown away. Raises KnownError where the
    folder cannot be written or the register not be read.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from db.demo import create_demo
    from db.errors import StoreError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Mappen {folder} gick inte att skapa. Välj en annan.") from error
    with tempfile.TemporaryDirectory(prefix="egenvag-") as scratch:
        place = where or str(Path(scratch) / "demo.egenvag")
        if where is None:
            create_demo(place, people, SEED, DAY)
            _fill_trash(place)
        _draw(folder, place, Path(scratch), schemes)
    return 0


def _fill_trash(place: str) -> None:
    """A few things registered and taken back, so that the trash has something to show."""
    from db.commands.mote import MoteUppgifter, create_mote
    from db.commands.undo import undo_act
    from db.queries.deltagare import Urval, search_deltagare
    from desktop.opening import open_for_window

    opened = open_for_window(place, "")
    try:
        with opened.store.read(opened.aktor) as session:
            rows = search_deltagare(session, opened.aktor, "", DAY, 6, urval=Urval(mina=True)).rows
        for row in rows:
            values = MoteUppgifter(row.id, DAY, "telefon", "arbetsmarknad")
            saved = create_mote(opened.store, opened.aktor, values, DAY)
            undo_act(opened.store, opened.aktor, saved.changes.handelse_id)
    finally:
        opened.store.close()


def _draw(folder: Path, where: str, scratch: Path, schemes: Collection[str]) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import App
    from desktop.settings import Settings
    from desktop.theme import Mode

    application = QApplication.instance() or QApplication(["egenvag"])
    assert isinstance(application, QApplication)
    settings = Settings(scratch / "egenvag.ini")
    app = App(application, settings, lambda: DAY)
    faults: list[BaseException] = []
    app.runner.crashed.connect(faults.append)
    app.runner.failed.connect(faults.append)
    try:
        for mode in map(Mode, schemes):
            app.theme.set(mode, 100)
            settings.set("look/theme", mode.value)
            for name, show in _pictures(app, where, scratch):
                show()
                _settle(app)
                _raise_first(faults)
                _drop_toasts(app)
                suffix = "" if mode is Mode.LIGHT else "-mork"
                assert app.window is not None
                _grab(app.window).save(str(folder / f"{name}{suffix}.png"))
    finally:
        app.close()
        if app.window is not None:
            app.window.deleteLater()


def _drop_toasts(app: "App") -> None:
    """Whatever closing the form before this picture said."""
    from desktop.widgets.toast import Toast

    assert app.window is not None
    for toast in app.window.findChildren(Toast):
        toast.dismiss()


def _grab(window: "QWidget") -> "QPixmap":
    """The window with the dialogs that stand over it."""
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QDialog

    picture = window.grab()
    painter = QPainter(picture)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            at = (picture.width() - dialog.width()) // 2, (picture.height() - dialog.height()) // 2
            painter.drawPixmap(*at, dialog.grab())
    painter.end()
    return picture


def _raise_first(faults: list[BaseException]) -> None:
    if faults:
        raise faults[0]


def _pictures(app: "App", where: str, scratch: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each picture's name and what brings the window to it; in this order, each from the one before."""
    from desktop.screens.delegationsbeslut.oppna import NyttBeslut
    from desktop.screens.deltagare.ny import Ny
    from desktop.shell.navigation import Location

    yield "start", lambda: _show_start(app)
    yield "idag", lambda: _open(app, where)
    window = _window(app)
    yield "deltagare", lambda: window.go(Location("deltagare"))
    yield "massa", lambda: _massa(window)
    _dismiss(window)
    yield "ny-deltagare", lambda: window.go(Location("deltagare", Ny()))
    open_id, protected_id, osa = _find_people(app)
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
    closed_id = _find_closed(app)
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
    yield "importera-fel", lambda: window.go(Location("importera", _faulty_workbook(scratch)))
    yield "rapporter", lambda: window.go(Location("rapporter"))


def _show_start(app: "App") -> None:
    app.show_start().resize(*SIZE)


def _open(app: "App", where: str) -> None:
    app.start(where, named=True)
    assert app.window is not None
    app.window.resize(*SIZE)


def _window(app: "App") -> "MainWindow":
    from desktop.main_window import MainWindow

    if not isinstance(app.window, MainWindow):
        from db.errors import StoreError

        raise StoreError("Registret gick inte att öppna. Inga bilder har ritats.")
    return app.window


def _find_people(app: "App") -> tuple[int, int, tuple[int, int] | None]:
    """An open card with much on it, and a protected one that the user is named for, 0 where there is none;
    then somebody in OSA with the id of the placement."""
    from db.queries.card import read_card
    from db.queries.deltagare import Urval, search_deltagare

    opened = app.opened
    assert opened is not None
    with opened.store.read(opened.aktor) as session:
        rows = search_deltagare(
            session, opened.aktor, "", DAY, 60, urval=Urval(mina=True, pagaende=True)
        ).rows
        plain = [row for row in rows if not row.is_masked]
        cards = [read_card(session, opened.aktor, row.id, DAY) for row in plain]
        others = search_deltagare(session, opened.aktor, "", DAY, 400, urval=Urval(pagaende=True)).rows
        wider = (read_card(session, opened.aktor, row.id, DAY) for row in others if not row.is_masked)
        osa = next((found for card in (*cards, *wider) if (found := _osa_of(card))), None)
    richest = max(cards, key=_richness, default=None)
    protected = next((row.id for row in rows if row.is_masked), 0)
    return (richest.id if richest else 0), protected, osa


def _osa_of(card: "Card") -> tuple[int, int] | None:
    """The person and the placement, where there are decisions and follow-ups to see."""
    followed = {row.insats_id for row in card.osa_uppfoljningar}
    found = next((row.insats_id for row in card.osa if row.insats_id in followed), None)
    return None if found is None else (card.id, found)


def _find_closed(app: "App") -> int:
    """Somebody whose avslut is followed up, rather one who came back; 0 where there is nobody."""
    from sqlalchemy import func, select

    from db.models import Deltagare, Inskrivning, Uppfoljning
    from db.queries import access

    opened = app.opened
    assert opened is not None
    query = (
        select(Deltagare.id)
        .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
        .outerjoin(Uppfoljning, Uppfoljning.inskrivning_id == Inskrivning.id)
        .where(Deltagare.skyddad == access.OPEN, Inskrivning.avslutad.is_not(None))
        .group_by(Deltagare.id)
        .having(func.count(Uppfoljning.id) > 0)
        .order_by(func.count(Inskrivning.id.distinct()).desc(), func.count(Uppfoljning.genomford).desc())
        .order_by(Deltagare.id)
    )
    with opened.store.read(opened.aktor) as session:
        return session.scalars(query).first() or 0


def _follow_up(window: "MainWindow") -> None:
    """The form of the first follow-up that is not done, else of the latest."""
    from desktop.screens.kort.page import Akt
    from desktop.screens.kort.presenter import KortScreen

    screen = window.screen_shown
    if isinstance(screen, KortScreen) and screen.card is not None:
        rows = sorted(screen.card.uppfoljningar, key=lambda row: (row.genomford is not None, row.planerad))
        screen.act(Akt("uppfoljning", rows[0].id))


def _richness(card: "Card") -> tuple[int, int]:
    """How much there is to see on a card: a frist that runs, insatser near the day, möten, BIP."""
    near = sum(1 for i in card.insatser if i.start.year == DAY.year)
    utan = card.arende.krav.utan if card.arende and card.arende.krav else None
    runs = utan is not None and utan.frist is not None and utan.frist >= DAY
    return 3 * min(4, near) + min(6, len(card.moten)) + min(30, len(card.bip)) // 5 + 8 * runs, card.id


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
        screen.load_template("sodertalje-2024")


def _enhet(window: "MainWindow") -> None:
    """The enhet under the ring, with its people."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.show_enhet(rad.enhet.id)


def _ge_plats(window: "MainWindow") -> None:
    """A vacant place offered to those who wait."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.give(rad.enhet.id, None)


def _hinder(window: "MainWindow") -> None:
    """Closing an enhet where people have places."""
    screen = _platser(window)
    rad = screen.view.current()
    if rad is not None and rad.enhet is not None:
        screen.begin_act(rad.enhet.id, "stang")


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


def _faulty_workbook(scratch: Path) -> str:
    """A small workbook with new people and a few faults."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Deltagare"
    sheet.append(["deltagare", "personnummer", "förnamn", "efternamn", "kön"])
    for row in (
        ("P-1", "19880314-9809", "Hodan", "Rönnstig", None),
        ("P-2", "19880314-9801", "Amira", "Lövmo", None),
        ("P-3", "19900101-9802", "", "Vindstig", "K"),
        ("P-4", "", "Samir", "Granvret", "man"),
        ("P-5", "", "Olena", "Fjällmo", "K"),
    ):
        sheet.append(row)
    other = book.create_sheet("Ärenden")
    other.append(["ärende", "deltagare", "ansökan", "beslut", "utfall"])
    other.append(["Ä-P-1", "P-1", date(2026, 10, 26), date(2026, 10, 20), "bifall"])
    other.append(["Ä-P-2", "P-9", date(2026, 10, 26), None, None])
    path = scratch / "arbetsbok.xlsx"
    book.save(path)
    return str(path)


def _settle(app: "App") -> None:
    """Until the worker has nothing more to do and the window has taken in the answers."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    loop, quiet = QEventLoop(), [0]
    watch = QTimer()
    watch.setInterval(20)

    def look() -> None:
        # Longer than any pause of a search box or a form.
        quiet[0] = 0 if app.runner.busy else quiet[0] + 1
        if quiet[0] > 9:
            loop.quit()

    watch.timeout.connect(look)
    watch.start()
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    watch.stop()
    QApplication.sendPostedEvents()
