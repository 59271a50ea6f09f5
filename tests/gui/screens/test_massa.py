"""The same insats or möte for many: opened with ids, faults told by name, saved for the rest, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.models import Insats, Inskrivning, Mote
from db.queries.utkast import read_utkast
from db.session import Store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.commands import _place
from desktop.screens.deltagare.flera import (
    Flera,
    flera_key,
    read_flera_key,
    read_people,
    tell_people,
)
from desktop.screens.formular import drafts
from desktop.screens.formular.massa import open_massa
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make


@pytest.fixture
def open_form(
    go: Callable[..., Any], context: Context, people: People, qtbot: QtBot, runner: Runner
) -> Callable[..., Any]:
    def open_form(kind: str, *more: int) -> Any:
        screen = go("deltagare")
        form = open_massa(screen, context, [people.hodan, people.asa, *more], kind)
        assert form is not None
        settle(qtbot, runner)
        assert open_massa(screen, context, [people.hodan], kind) is None
        return form

    return open_form


def count(store: Store, model: Any) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_one_insats_for_all_but_those_who_are_not_enrolled(
    open_form: Callable[..., Any], qtbot: QtBot, runner: Runner, window: MainWindow, store: Store,
    people: People,
) -> None:  # fmt: skip
    before = count(store, Insats)
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.asa)).one()
        row.avslutad, row.resultat = date(2024, 5, 1), "arbete"
    form = open_form("ny_insats", people.skyddad)
    sheet = form.sheet
    assert sheet.context.text().replace("\u00a0", " ") == "3 personer valda"
    sheet.boxes["insatstyp"].field.setCurrentText("Praktik")
    qtbot.waitUntil(form.people.isVisible)
    texts = [label.text() for label in form.people.findChildren(QLabel)]
    assert "Åsa Öberg" in texts
    assert "Inte inskriven den dagen." in texts
    assert "1 av 3 personer kan inte få insatsen" in [text.replace("\u00a0", " ") for text in texts]
    assert form.ovriga.text().replace("\u00a0", " ") == "Hoppa över personen och spara för 2 personer"
    told = sheet.notice.accessibleName().replace("\u00a0", " ")
    assert (sheet.notice.property("kind"), sheet.notice.isVisible()) == ("danger", True)
    assert told.endswith("kan inte få insatsen. Hoppa över personen, eller ändra uppgifterna.")
    assert sheet.save.text() == "Spara för alla"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert sheet.boxes["ovriga"].error.startswith("1 av de valda kan inte få det.")
    assert count(store, Insats) == before
    assert not form.ovriga.visibleRegion().isEmpty()  # whatever the length of the form
    qtbot.mouseClick(form.ovriga, Qt.MouseButton.LeftButton)
    assert sheet.save.text().replace("\u00a0", " ") == "Spara för 2 personer"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert count(store, Insats) == before + 2
    told = [text.replace("\u00a0", " ") for text in toast_texts(window)]
    assert "Sparat för 2 personer. 1 person hoppades över." in told
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert count(store, Insats) == before


def test_a_full_enhet_asks_why_for_all(
    open_form: Callable[..., Any], qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    before = count(store, Insats)
    form = open_form("ny_insats")
    form.form.typ.setCurrentText("Praktik")
    form.form.enhet.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "har 0 lediga platser" in form.sheet.boxes["enhet"].warning)
    assert form.sheet.reason.isVisible()
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert count(store, Insats) == before
    type_text(window.focusWidget(), "Gruppstart")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert count(store, Insats) == before + 2


def test_one_meeting_for_all(
    open_form: Callable[..., Any], qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    before = count(store, Mote)
    form = open_form("nytt_mote")
    for field, text in ((form.form.tid, "930"), (form.form.syfte, "Information")):
        field.setFocus()
        type_text(field, text)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert count(store, Mote) == before + 2
    with store.read(ELIN) as session:
        rows = session.execute(select(Mote.tid, Mote.syfte, Mote.signatur).order_by(Mote.id.desc()).limit(2))
        assert {tuple(row) for row in rows} == {("09:30", "Information", "elin")}


def test_many_are_chosen_in_the_list(
    go: Callable[..., Any], qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    screen = go("deltagare")
    view = screen.view
    button = view.many["nytt_mote"]
    assert not button.isVisible()
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    chosen = len(view.selected_ids())
    assert chosen > 1
    assert button.text() == f"Nytt möte för {chosen}…"
    before = count(store, Mote)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert count(store, Mote) == before + chosen
    view.table.menu.open_at_row()
    texts = [act.text() for act in view.table.menu.actions()]
    view.table.menu.close()
    assert f"Ny insats för {chosen}…" in texts


def test_what_was_begun_for_many_is_kept_and_gone_on_with(
    go: Callable[..., Any], qtbot: QtBot, runner: Runner, window: MainWindow, people: People
) -> None:
    screen = go("deltagare")
    screen.register_many([people.asa, people.hodan], "nytt_mote")
    settle(qtbot, runner)
    sheet = screen._sheet()
    sheet.boxes["syfte"].field.setFocus()
    type_text(sheet.boxes["syfte"].field, "Information")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, runner)
    assert screen._sheet() is None
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)
    box = window.top_bar.commands
    texts = [box.list.item(i).text() for i in range(box.list.count())]
    at = texts.index("Utkast att fortsätta") + 1
    assert texts[at].startswith("Nytt möte för flera")
    box.list.setCurrentRow(at)
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    settle(qtbot, runner)
    again = screen._sheet()
    assert again.boxes["syfte"].field.text() == "Information"
    assert again.context.text().replace("\u00a0", " ") == "2 personer valda"


@pytest.mark.parametrize("ids", [(7,), (3, 17, 400_000), tuple(range(100_000, 100_060))])
def test_a_key_leads_back_to_the_people(ids: tuple[int, ...]) -> None:
    assert read_flera_key(flera_key("nytt_mote", ids)) == Flera("nytt_mote", ids)


def test_of_many_the_draft_itself_tells() -> None:
    ids = tuple(range(0, 100_000, 500))
    key = flera_key("ny_insats", ids)
    assert len(key) <= 200
    assert key != flera_key("ny_insats", ids[1:])
    assert read_flera_key(key) == Flera("ny_insats", (), key)
    assert read_people(tell_people(ids)) == ids
    assert read_people({}) == ()
    assert read_flera_key("kort/3/mote/") is None


def test_what_was_begun_for_more_than_a_key_can_name_is_gone_on_with_for_all_of_them(
    go: Callable[..., Any],
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    people: People,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafts, "PAUSE", 1)
    with store.unit_of_work(SYSTEM, "test") as work:
        ids = tuple(range(100_000, 2_350_000, 50_000))
        for id_ in ids:  # few, far apart: it is the name that is to be long, not the wait
            make.make_deltagare(work.session, id=id_)
    screen = go("deltagare")
    screen.register_many(ids, "nytt_mote")
    qtbot.waitUntil(lambda: screen._sheet() is not None and screen._sheet().is_started)
    sheet = screen._sheet()
    sheet.boxes["syfte"].field.setFocus()
    type_text(sheet.boxes["syfte"].field, "Information")
    key = flera_key("nytt_mote", ids)
    assert key.startswith("flera/nytt_mote/~")

    def kept() -> tuple[int, ...]:
        with store.read(ELIN) as session:
            found = read_utkast(session, ELIN, key)
        return read_people(found.varden) if found else ()

    qtbot.waitUntil(lambda: kept() == ids)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen._sheet() is None)
    place = _place(key)
    assert place is not None
    window.go(place)
    qtbot.waitUntil(lambda: screen._sheet() is not None and screen._sheet().draft.isVisible())
    again = screen._sheet()
    assert again.boxes["syfte"].field.text() == "Information"
    assert again.context.text().replace("\u00a0", " ") == f"{len(ids)} personer valda"
    before = count(store, Mote)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: count(store, Mote) == before + len(ids))
    qtbot.waitUntil(lambda: kept() == ())
    go("idag")
    window.go(place)
    qtbot.waitUntil(lambda: "Utkastet finns inte längre." in toast_texts(window))
    assert screen._sheet() is None
