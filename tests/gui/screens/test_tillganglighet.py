"""Every screen and every form: named for screen readers, reached and left by Tab, whole at any text size."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.exceptions import TimeoutError as QtBotTimeoutError
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.demo import DEMO_AKTOR, create_demo
from db.models import Inskrivning
from db.queries.deltagare import Urval, search_deltagare
from db.session import Store, open_store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.messages import Messages
from desktop.runner import Runner
from desktop.screens import register_screens
from desktop.screens.formular import sheet as sheet_module
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.acts import ACTS
from desktop.screens.kort.flikar import FLIKAR
from desktop.screens.kort.page import Akt, Oppna
from desktop.settings import Settings
from desktop.shell.navigation import Location
from desktop.theme import Theme
from tests.gui.screens import walking
from tests.gui.screens.conftest import settle

DAY = date(2026, 11, 12)
SCREENS = (
    "idag",
    "deltagare",
    "flode",
    "aktivitetskrav",
    "osa",
    "platser",
    "narvaro",
    "avslut",
    "ansvar",
    "delegationsbeslut",
    "mal",
    "rapporter",
    "papperskorg",
    "importera",
    "installningar",
)
# An act that opens no form of its own where it is tried here: it asks first, or acts at once.
ROWS = (
    ("insats", "insatser"), ("mote", "moten"), ("anteckning", "anteckningar"), ("dokument", "dokument"),
    ("osa_beslut", "osa"), ("osa_uppfoljning", "osa_uppfoljningar"), ("osa", "insatser"),
    ("inskrivning", "inskrivningar"), ("andra_steg", "steg"), ("arende", "arenden"),
    ("granska_undantag", "undantag"), ("undantag", "undantag"), ("undantag", "arenden"),
    ("bistandsmanader", "arenden"),
)  # fmt: skip
FORMS = {
    "ny_insats", "insats", "nytt_mote", "mote", "anteckning", "las_anteckning", "ratta_anteckning",
    "planering", "stall_i_ko", "skriv_ut", "bip", "uppgifter", "hushall", "avslut",
    "osa_beslut", "osa_uppfoljning", "osa_overgang", "ny_inskrivning", "inskrivning", "steg", "andra_steg",
    "nytt_arende", "arende", "nytt_undantag", "bistandsmanader",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.egenvag"
    create_demo(str(path), 120, 1, DAY)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(copyfile(demo_file, tmp_path / "demo.egenvag"))
    yield store
    store.close()


@pytest.fixture
def demo_window(
    demo: Store,
    make_window: Callable[..., MainWindow],
    theme: Theme,
    runner: Runner,
    messages: Messages,
    settings: Settings,
    crashes: object,
    monkeypatch: pytest.MonkeyPatch,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> MainWindow:
    choose_file("")
    paper = tmp_path / "intyg.pdf"
    paper.write_bytes(b"%PDF-1.7 intyg")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([str(paper)], ""))
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(sheet_module, "confirm", lambda *_args, **_more: True)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_args: True)
    context = Context(theme, runner, messages, settings, demo, DEMO_AKTOR, lambda: DAY)
    window = make_window(unit="Exempelkommun", demo=True)
    register_screens(window, context)
    window.resize(1440, 900)
    return window


@pytest.fixture
def person(demo: Store) -> int:
    """Somebody of the user's who is inskriven and not protected."""
    with demo.read(DEMO_AKTOR) as session:
        mine = search_deltagare(session, DEMO_AKTOR, "", DAY, 20, urval=Urval(mina=True, pagaende=True))
    return next(row.id for row in mine.rows if not row.is_masked)


@pytest.fixture
def others(demo: Store) -> list[int]:
    """A protected person of the user's, and those with the longest ends of their inskrivning."""
    with demo.read(DEMO_AKTOR) as session:
        found = search_deltagare(session, DEMO_AKTOR, "", DAY, 200, urval=Urval(mina=True)).rows
        ended = select(Inskrivning.deltagare_id).where(Inskrivning.resultat.is_not(None))
        closed = session.scalars(ended.order_by(func.length(Inskrivning.resultat).desc()).limit(40)).all()
        hidden = [row.id for row in found if row.is_masked]
        known = search_deltagare(session, DEMO_AKTOR, "", DAY, 200).rows
    masked = {row.id for row in known if row.is_masked}
    return [*hidden[:1], *[one for one in closed if one not in masked][:2]]


@pytest.fixture
def show(demo_window: MainWindow, runner: Runner, qtbot: QtBot) -> Callable[..., Any]:
    def show(key: str, argument: object = None) -> Any:
        demo_window.activateWindow()  # a dialog may have had the focus
        qtbot.waitUntil(demo_window.isActiveWindow)
        demo_window.go(Location(key, argument))
        settle(qtbot, runner)
        # What is made anew when something has changed must not fall to the end of the way.
        demo_window.screen_shown.refresh()
        settle(qtbot, runner)
        return demo_window.screen_shown

    return show


def look(window: MainWindow, where: str) -> list[str]:
    """Everything wrong with what is shown now, in words."""
    first = walking.stops(window)[0]
    walking.walk(first)  # a table takes its first row, which gives some buttons their meaning
    order = walking.walk(first)
    missed = [w for w in walking.stops(window) if w not in order]
    back = walking.walk(first, Qt.Key.Key_Backtab)
    return [
        *(f"{where}: nameless {w}" for w in walking.nameless(window)),
        *(f"{where}: not reached {walking.describe(w)}" for w in missed),
        *(f"{where}: against reading {pair}" for pair in walking.against_reading(order)),
        *([f"{where}: back is another way"] if back[1:] != order[:0:-1] else []),
        *(f"{where}: ambiguous {keys}" for keys in walking.ambiguous(window)),
    ]


@pytest.mark.parametrize("key", SCREENS)
def test_a_screen_is_walked(show: Callable[..., Any], demo_window: MainWindow, key: str) -> None:
    show(key)
    assert set(demo_window.rail.keys()) == set(SCREENS)
    wrong = look(demo_window, key)
    assert not wrong, "\n".join(wrong)


def test_every_page_of_the_card_is_walked(
    show: Callable[..., Any], demo_window: MainWindow, person: int
) -> None:
    wrong = []
    for flik in FLIKAR:
        show("kort", Oppna(person, flik.key))
        wrong += look(demo_window, flik.key)
    assert not wrong, "\n".join(wrong)


def forms(
    show: Callable[..., Any], person: int, settle_all: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    """Every act of the card that opens a form or a dialog, and that."""
    card = show("kort", person)
    for name in ACTS:
        if not card.isVisible():  # the act before led elsewhere
            card = show("kort", person)
        for akt in candidates(card.card, name):
            with suppress(Exception):  # an act of a row, tried without one
                card.act(akt)
                settle_all()
                if (form := form_of(card)) is not None:
                    yield name, form
                    close(form)
                    break
            if (left := form_of(card)) is not None:
                close(left)


def form_of(card: Any) -> QWidget | None:
    return QApplication.activeModalWidget() or card._sheet()


def close(form: Any) -> None:
    owner = form.parentWidget().window()
    form.dismiss() if isinstance(form, Sheet) else form.reject()
    owner.activateWindow()


def candidates(card: Any, name: str) -> Iterator[Akt]:
    """The act as of something new, then of the first row of each kind."""
    yield Akt(name)
    for part, rows in ROWS:
        if part in name and getattr(card, rows, ()):
            yield Akt(name, getattr(card, rows)[0].id)


def look_at_form(sheet: QWidget, where: str) -> list[str]:
    """The same within a form, which keeps the focus until it is closed."""
    expected = walking.stops(sheet)
    assert expected, where
    try:
        order = walking.walk(expected[0])
    except AssertionError as error:
        return [f"{where}: {error}"]
    return [
        *(f"{where}: nameless {w}" for w in walking.nameless(sheet)),
        *(f"{where}: not reached {walking.describe(w)}" for w in expected if w not in order),
        *(f"{where}: outside {walking.describe(w)}" for w in order if not sheet.isAncestorOf(w)),
        *(f"{where}: against reading {pair}" for pair in walking.against_reading(order)),
        *(f"{where}: ambiguous {keys}" for keys in walking.ambiguous(sheet)),
    ]


def test_every_form_is_walked(show: Callable[..., Any], person: int, runner: Runner, qtbot: QtBot) -> None:
    wrong, seen = [], set()
    for name, form in forms(show, person, lambda: settle(qtbot, runner)):
        seen.add(name)
        wrong += look_at_form(form, name)
    assert not wrong, "\n".join(wrong)
    assert seen >= FORMS


# The narrowest window there is, and one that the text size is used in: at 100 % as low as the design goes, at
# twice the size one of today's ordinary screens.
NARROWEST = (1180, 760)
SIZES = ((100, (1180, 720)), (125, (1440, 900)), (150, (1440, 900)), (200, (1920, 1080)))


@pytest.mark.parametrize(("scale", "size"), SIZES)
def test_every_screen_is_whole_at_any_text_size(
    show: Callable[..., Any],
    demo_window: MainWindow,
    theme: Theme,
    qtbot: QtBot,
    scale: int,
    size: tuple[int, int],
) -> None:
    theme.set(scale=scale)
    wrong = []
    for key in SCREENS:
        demo_window.resize(*NARROWEST)
        show(key)
        wrong += [f"{key}: {found}" for found in laid_out(qtbot, demo_window)]
        demo_window.resize(*size)
        wrong += [f"{key} {size}: {found}" for found in laid_out(qtbot, demo_window, walking.cut_off)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("scale", "size"), SIZES)
def test_the_card_is_whole_at_any_text_size(
    show: Callable[..., Any],
    demo_window: MainWindow,
    theme: Theme,
    person: int,
    others: list[int],
    qtbot: QtBot,
    scale: int,
    size: tuple[int, int],
) -> None:
    """Nothing outside its parent, nothing over another, nothing cut that is not told."""
    theme.set(scale=scale)
    wrong = []
    for flik in FLIKAR:
        demo_window.resize(*NARROWEST)
        card = show("kort", Oppna(person, flik.key))
        wrong += [f"{flik.key}: {found}" for found in laid_out(qtbot, card)]
        assert card.view.head.insats.isVisible()
        demo_window.resize(*size)
        wrong += [f"{flik.key} {size}: {found}" for found in laid_out(qtbot, demo_window, walking.cut_off)]
    demo_window.resize(*NARROWEST)
    assert len(others) == 3
    for other in others:
        card = show("kort", Oppna(other, "uppgifter"))
        wrong += [f"{other}: {found}" for found in laid_out(qtbot, card)]
    card.view.fold.button.click()
    qtbot.waitUntil(card.view.summary.isVisible)
    wrong += [f"sidopanel: {found}" for found in laid_out(qtbot, card.view.summary)]
    wrong += [] if card.view.rect().contains(card.view.summary.geometry()) else ["sidopanel outside"]
    assert not wrong, "\n".join(wrong)


def laid_out(qtbot: QtBot, shown: QWidget, *faults: Callable[[QWidget], list[str]]) -> list[str]:
    """What is wrong with a part of the window once everything in it has its place."""
    faults = faults or (walking.cut_off, walking.outside, walking.overlapping, walking.untold)
    wrong: list[str] = []

    def is_whole() -> bool:
        wrong[:] = [found for look_for in faults for found in look_for(shown)]
        return not wrong

    with suppress(QtBotTimeoutError):
        qtbot.waitUntil(is_whole)
    return wrong
