"""From no register to a window: the start page, faults in words, a lean start, pictures."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app as app_module
from desktop import opening
from desktop.__main__ import main
from desktop.app import App
from desktop.main_window import MainWindow
from desktop.screens.start.presenter import StartScreen
from desktop.screenshots import draw_all, scenes
from desktop.settings import Settings
from desktop.theme import Mode

HEAVY = (
    "PySide6.QtPrintSupport",
    "alembic",
    "reportlab",
    "openpyxl",
    "python_calamine",
    "pypdfium2",
    "db.demo.build",
    "db.exchange.importing",
)


@pytest.fixture
def app(
    qapp: QApplication, qtbot: QtBot, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    monkeypatch.setattr(app_module, "DEMO_PEOPLE", 30)
    made = App(qapp, settings, lambda: date(2024, 6, 3))
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    qapp.styleHints().colorSchemeChanged.disconnect(made.theme._system_changed)


def wait_for_window(qtbot: QtBot, app: App) -> Any:
    qtbot.waitUntil(lambda: isinstance(app.window, MainWindow))
    qtbot.waitUntil(lambda: not app.runner.busy)
    return app.window


def start_page(app: App) -> StartScreen:
    assert isinstance(app.window, StartScreen)
    return app.window


def test_a_register_opens_at_once_and_is_remembered(
    app: App, qtbot: QtBot, register_file: Path, tmp_path: Path
) -> None:
    app.start(str(register_file), named=True, mode=Mode.DARK)
    window = wait_for_window(qtbot, app)
    assert app.theme.scheme == "dark"
    assert "Inget att göra just nu." in window.screen_shown.view.empty.fact.text()
    assert app.settings.get("register/senaste", "") == str(register_file)


def test_the_last_register_opens_again(app: App, qtbot: QtBot, register_file: Path, tmp_path: Path) -> None:
    app.settings.set("register/senaste", str(register_file))
    app.start(str(tmp_path / "saknas.egenvag"), named=False)
    wait_for_window(qtbot, app)


def test_without_a_register_there_are_choices(app: App, tmp_path: Path) -> None:
    app.start(str(tmp_path / "saknas.egenvag"), named=False)
    page = start_page(app)
    assert not page.view.notice.isVisible()
    assert [c.text() for c in page.view.choices] == [
        "Öppna register…", "Nytt register…", "Importera arbetsbok…", "Prova med påhittade personer",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["missing", "folder", "broken"])
def test_a_store_that_cannot_be_used_is_told(app: App, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "register.egenvag"
    if kind == "folder":
        path.mkdir()
    elif kind == "broken":
        path.write_bytes(b"inget register alls" * 100)
    app.start(str(path), named=True)
    notice = start_page(app).view.notice
    assert notice.isVisible()
    assert notice.text.text().endswith(".")


def test_a_new_register_is_made(
    app: App, qtbot: QtBot, choose_file: Callable[[str], None], tmp_path: Path
) -> None:
    page = app.show_start()
    choose_file("")
    qtbot.mouseClick(page.view.new, Qt.MouseButton.LeftButton)
    choose_file(str(tmp_path / "nytt"))
    qtbot.mouseClick(page.view.imported, Qt.MouseButton.LeftButton)
    window = wait_for_window(qtbot, app)
    assert (tmp_path / "nytt.egenvag").exists()
    assert window.windowTitle().startswith("Importera")


def test_an_existing_one_is_opened_or_refused(
    app: App, qtbot: QtBot, choose_file: Callable[[str], None], register_file: Path, tmp_path: Path
) -> None:
    page = app.show_start()
    wrong = tmp_path / "fel.egenvag"
    wrong.write_bytes(b"text")
    choose_file(str(wrong))
    qtbot.mouseClick(page.view.open_file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.view.notice.isVisible())
    choose_file(str(register_file))
    qtbot.mouseClick(page.view.open_file, Qt.MouseButton.LeftButton)
    wait_for_window(qtbot, app)


def test_the_demo_is_made_once(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "mapp" / "demo.egenvag"
    for module in (app_module, opening):
        monkeypatch.setattr(module, "demo_register", lambda: str(place))
    monkeypatch.setattr("desktop.screens.start.presenter.demo_register", lambda: str(place))
    app.start_demo()
    window = wait_for_window(qtbot, app)
    assert "påhittade" in window.windowTitle()
    assert app.opened is not None
    assert app.opened.aktor.namn == "Elin Måsvik"
    made = place.stat().st_mtime_ns
    app.start_demo()
    wait_for_window(qtbot, app)
    assert place.stat().st_mtime_ns >= made


def test_making_the_demo_can_be_stopped(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "demo.egenvag"
    monkeypatch.setattr("desktop.screens.start.presenter.demo_register", lambda: str(place))
    page = app.show_start()
    qtbot.mouseClick(page.view.demo, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.view.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.view.demo.isEnabled())
    assert not place.exists()


def test_start_loads_nothing_heavy(register_file: Path, tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app import App
from desktop.settings import Settings
application = QApplication([])
app = App(application, Settings(Path({str(tmp_path)!r}) / "egenvag.ini"))
app.start({str(register_file)!r}, named=True)
while app.runner.busy:
    application.processEvents()
app.close()
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("scheme", "ending"), [("light", ""), ("dark", "-mork")])
def test_every_screen_is_drawn(qapp: QApplication, tmp_path: Path, scheme: str, ending: str) -> None:
    assert draw_all(tmp_path / "bilder", schemes=(scheme,)) == 0
    names = {path.stem for path in (tmp_path / "bilder").iterdir()}
    light = {
        "start", "idag", "deltagare", "kort", "kort-skyddad", "kort-insatser", "kort-bistand", "ny-insats",
        "kort-planering", "planering", "kort-anteckningar", "anteckning", "nytt-mote", "avslut", "importera",
        "importera-fel", "rapporter", "papperskorg", "installningar", "installningar-bip",
        "kort-bip", "bip", "insats-varning", "konflikt", "massa",
        "ny-deltagare",
        "kort-osa", "osa-beslut", "osa", "osa-tidslinje", "osa-platser",
        "kort-dokument", "dokument",
        "kort-avslut", "uppfoljning",
        "kort-uppgifter", "uppgifter", "hushall", "sla-ihop",
        "kort-inskrivning", "steg", "ny-inskrivning", "narvaro", "kort-narvaro", "flode", "ansvar",
        "aktivitetskrav", "ansvar-period",
        "arende", "undantag", "bistandsmanader",
        "platser", "enhet", "ge-plats", "platser-hinder", "delegationsbeslut", "delegationsbeslut-nytt",
        "avslut-resultat", "avslut-matris", "avslut-uppfoljningar", "avslut-kvar",
        "mal",
    }  # fmt: skip
    assert names == {f"{name}{ending}" for name in light}
    for path in (tmp_path / "bilder").iterdir():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1440, 900), path.name


def test_pictures_as_a_command(
    qapp: QApplication, tmp_path: Path, register_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "pictures", lambda *_given: iter(()))
    assert main(["--skarmbilder", str(tmp_path / "bilder"), "--db", str(register_file)]) == 0
    assert {path.name for path in (tmp_path / "bilder").iterdir()} == {
        f"{name}{scheme}.png" for name in ("start", "idag") for scheme in ("", "-mork")
    }


def test_pictures_need_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fil").write_text("")
    assert main(["--skarmbilder", str(tmp_path / "fil")]) == 2
    assert "gick inte att skapa" in capsys.readouterr().err
