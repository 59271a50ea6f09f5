"""What is saved in Rapporter is remembered as handed over, and hidden against from then on (R12)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Rapportutskrift
from desktop.main_window import MainWindow
from desktop.report_service import hand_over
from desktop.runner import Runner
from tests.gui.screens.conftest import settle, toast_texts


@pytest.fixture
def screen(go: Callable[..., Any]) -> Any:
    return go("rapporter")


def _handed_over(screen: Any) -> list[str]:
    with screen._context.store.read(SYSTEM) as session:
        return list(session.scalars(select(Rapportutskrift.form).order_by(Rapportutskrift.id)))


def test_what_is_saved_is_remembered_and_what_is_looked_at_is_not(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    """R12: hidden against it from now on. The same report saved again is remembered once."""
    assert _handed_over(screen) == []
    for name in ("ett.pdf", "två.xlsx"):
        choose_file(str(tmp_path / name))
        qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
        qtbot.waitUntil((tmp_path / name).exists)
        settle(qtbot, runner)
    assert _handed_over(screen) == ["pdf"]


def test_a_report_made_before_another_came_out_is_made_anew(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    other = screen.printed.fardig
    sida = replace(other.utskrift.sidor[0], figurer=other.utskrift.sidor[0].figurer[:1])
    other = replace(other, utskrift=replace(other.utskrift, sidor=(sida,)))
    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(hand_over, screen._context.store, SYSTEM, other, "pdf").result()
    before = screen.printed
    choose_file(str(tmp_path / "rapport.pdf"))
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.printed not in (None, before))
    assert any("lämnats ut under tiden" in text for text in toast_texts(window))
    assert not (tmp_path / "rapport.pdf").exists()
    settle(qtbot, runner)
    choose_file(str(tmp_path / "rapport.pdf"))
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "rapport.pdf").exists)
    settle(qtbot, runner)
