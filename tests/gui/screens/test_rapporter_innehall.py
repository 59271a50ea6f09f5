"""What of a report is printed, chosen on screen, and the comment that is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.commands.utkast import save_utkast
from db.errors import StoreError
from db.models import Deltagare
from db.queries.utkast import read_utkast
from db.rules.figurer import Rapport
from db.session import Store
from desktop.context import Context
from desktop.runner import Runner
from desktop.screens.rapporter import drawing, kommentar
from desktop.screens.rapporter import people as people_module
from desktop.screens.rapporter.choices import Due
from desktop.screens.rapporter.kommentar import draft_key, read_kommentar
from desktop.screens.rapporter.paket import Uppdrag, make_all
from desktop.screens.rapporter.presenter import RapporterScreen
from desktop.widgets.link_row import LinkRow
from tests.gui.screens.conftest import ELIN, settle, toast_texts

Go = Callable[..., Any]


@pytest.fixture
def screen(go: Go) -> Any:
    return go("rapporter")


def rubriker(screen: Any) -> list[str]:
    return [avsnitt.rubrik for avsnitt in screen.printed.rapport.avsnitt] if screen.printed else []


def write(screen: Any, text: str) -> None:
    screen.view.innehall.kommentar.setPlainText(text)


def kept(store: Store, namn: str, period: str) -> object:
    with store.read(ELIN) as session:
        found = read_utkast(session, ELIN, draft_key(namn, period))
    return found.varden["kommentar"] if found else None


def test_a_section_is_left_out_by_key_and_remembered_for_the_report(
    screen: Any, qtbot: QtBot, runner: Runner
) -> None:
    innehall = screen.view.innehall
    assert [check.text() for check in innehall.checks.values()] == ["Ta med diagram", *rubriker(screen)]
    check = innehall.checks["moten"]
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(rubriker(screen)) and "Möten" not in rubriker(screen))
    screen.view.gallery.chosen.emit("avslut")
    qtbot.waitUntil(lambda: "kom_tillbaka" in innehall.checks)
    assert all(one.isChecked() for one in innehall.checks.values())
    screen.view.gallery.chosen.emit("deltagare")
    qtbot.waitUntil(lambda: "moten" in innehall.checks and not innehall.checks["moten"].isChecked())
    settle(qtbot, runner)
    assert "Möten" not in rubriker(screen)
    again = RapporterScreen(screen._context)
    qtbot.addWidget(again)
    again.view.choose("deltagare")
    again._recall()
    assert again.view.innehall.utan() == ("moten",)
    innehall.checks["moten"].click()
    qtbot.waitUntil(lambda: "Möten" in rubriker(screen))


def test_what_must_be_so_cannot_be_unticked(screen: Any) -> None:
    innehall = screen.view.innehall
    assert innehall.dolj.text() == "Dölj grupper under 5 personer"
    for check in (innehall.kon, innehall.dolj):
        assert check.isVisible()
        QTest.keyClick(check, Qt.Key.Key_Space)
        QTest.mouseClick(check, Qt.MouseButton.LeftButton)
        assert check.isChecked()
        assert "Går inte att ändra." in check.accessibleDescription()


def test_with_nothing_left_it_says_so_and_comes_back(screen: Any, qtbot: QtBot) -> None:
    innehall = screen.view.innehall
    for check in innehall.checks.values():
        check.setChecked(False)
    qtbot.waitUntil(lambda: screen.printed is None)
    assert screen.view.preview.message.fact.text() == "Välj minst ett avsnitt."
    innehall.checks["insatser"].click()
    qtbot.waitUntil(lambda: rubriker(screen) == ["Insatser"])


def test_the_comment_is_printed_as_it_is_written_and_kept(
    screen: Any, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    view = screen.view
    period = view.period_text()
    write(screen, "Fler har gått till <b>arbete</b> & studier.")
    qtbot.waitUntil(lambda: rubriker(screen)[-1:] == ["Förvaltningens kommentar"])
    (text,) = screen.printed.rapport.avsnitt[-1].delar
    assert text.text == "Fler har gått till <b>arbete</b> & studier."
    screen._kommentar._timer.timeout.emit()
    settle(qtbot, runner)
    assert kept(store, view.report, period) == text.text
    view.period.set_value("2023")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.period[0] == "2023-01-01")
    assert view.innehall.kommentar.value() == ""
    assert "Förvaltningens kommentar" not in rubriker(screen)
    view.period.set_value(period)
    qtbot.waitUntil(lambda: view.innehall.kommentar.value() == text.text)
    qtbot.waitUntil(lambda: rubriker(screen)[-1:] == ["Förvaltningens kommentar"])
    write(screen, "")
    qtbot.waitUntil(lambda: "Förvaltningens kommentar" not in rubriker(screen))
    screen._kommentar.keep()
    settle(qtbot, runner)
    assert kept(store, view.report, period) is None


def test_what_is_written_is_kept_when_another_report_is_chosen_or_the_screen_left(
    screen: Any, go: Go, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    view = screen.view
    period = view.period_text()
    write(screen, "Till deltagare")
    view.gallery.chosen.emit("avslut")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.rapport == "avslut")
    assert view.innehall.kommentar.value() == ""
    write(screen, "Till avslut")
    go("idag")
    settle(qtbot, runner)
    assert kept(store, "deltagare", period) == "Till deltagare"
    assert kept(store, "avslut", period) == "Till avslut"


def test_what_is_being_written_is_not_replaced_by_what_was_kept(screen: Any, store: Store) -> None:
    own = screen._kommentar
    own.choose("osa", "2023")
    assert own.value() is None
    write(screen, "Nytt")
    own.show("osa", "2023", "Gammalt")
    assert own.value() == "Nytt"
    own.choose("bip", "2023")
    own.show("osa", "2023", "Till en annan rapport")
    assert own.value() is None
    own.show("bip", "2023", "Till denna")
    assert own.value() == "Till denna"


def test_numbers_of_people_are_warned_of_and_taken_out(screen: Any, qtbot: QtBot) -> None:
    write(screen, "Se 19900101-9802.")
    assert "Personnummer tas bort" in screen.view.innehall.kommentar_box.warning
    qtbot.waitUntil(lambda: rubriker(screen)[-1:] == ["Förvaltningens kommentar"])
    assert screen.printed.rapport.avsnitt[-1].delar[0].text == "Se [nummer borttaget]."
    write(screen, "x" * 40_000)
    assert "för lång" in screen.view.innehall.kommentar_box.error
    qtbot.waitUntil(lambda: screen.printed is None)


def test_a_comment_that_cannot_be_kept_is_told_once(
    screen: Any, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise StoreError("Disken är full.")

    monkeypatch.setattr(kommentar, "save_utkast", fail)
    for text in ("Ett", "Två"):
        write(screen, text)
        screen._kommentar.keep()
        settle(qtbot, runner)
    told = [text for text in toast_texts(screen.window()) if "kunde inte sparas" in text]
    assert told == ["Kommentaren kunde inte sparas. Disken är full."]


def test_everything_for_the_namnd_has_the_comments_and_lacks_what_is_left_out(
    context: Context, store: Store, people: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_utkast(store, ELIN, draft_key("avslut", "2024"), "Kommentar", {"kommentar": "Till nämnden"})
    assert read_kommentar(context, "avslut", "2024") == "Till nämnden"
    made: list[Rapport] = []
    write_form = drawing.make_form
    monkeypatch.setattr(
        drawing, "make_form", lambda rapport, *a: made.append(rapport) or write_form(rapport, *a)
    )
    given = Uppdrag(
        ("avslut", "osa"), "2024", "", None, ("xlsx",), tmp_path, None, {"osa": ("personer_i_osa",)}
    )

    class Task:
        def progress(self, *_a: object) -> None: ...
        def check(self) -> None: ...

    assert make_all(context, given, Task()).fel == ()  # type: ignore[arg-type]
    avslut, osa = made
    assert avslut.avsnitt[-1].delar[0].text == "Till nämnden"
    assert [avsnitt.rubrik for avsnitt in osa.avsnitt] == ["Beslut från Arbetsförmedlingen"]


def test_a_report_is_narrowed_and_says_so(screen: Any, people: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    enheter = [view.urval.enhet.itemText(n) for n in range(view.urval.enhet.count())]
    assert enheter == ["Alla enheter", "Arena Arbetsmarknad", "Sysselsättning", "Återbruket"]
    view.urval.enhet.set_value("Återbruket")
    qtbot.waitUntil(lambda: screen.printed is not None and bool(screen.printed.rapport.urval))
    assert screen.printed.rapport.urval == (("enhet", "Återbruket"),)
    view.urval.malgrupp.set_value("unga")
    qtbot.waitUntil(lambda: screen.printed is not None and len(screen.printed.rapport.urval) == 2)
    view.gallery.chosen.emit("belaggning")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.rapport == "belaggning")
    assert not view.urval.isVisible()
    assert screen.printed.rapport.urval == ()
    view.gallery.chosen.emit("deltagare")
    qtbot.waitUntil(lambda: screen.printed is not None and len(screen.printed.rapport.urval) == 2)
    assert view.urval.isVisible()
    again = RapporterScreen(screen._context)
    qtbot.addWidget(again)
    again.view.choose("deltagare")
    again._recall()
    assert again.view.urval.value() == ("Återbruket", "unga")
    view.urval.enhet.set_value("")
    view.urval.malgrupp.set_value("")
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.urval == ())


def test_an_enhet_that_is_gone_is_told(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    screen.view.urval.set_value("Riven", "finns inte")
    assert screen.view.urval.value() == ("Riven", "")
    screen.refresh()
    qtbot.waitUntil(lambda: screen.printed is None)
    assert "Enheten Riven finns inte." in screen.view.preview.message.fact.text()


def test_the_people_behind_a_number_are_those_it_counts(
    screen: Any, store: Store, people: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        person = work.session.get(Deltagare, people.hodan)
        assert person is not None
        person.utrikesfodd = True
    screen.view.urval.malgrupp.set_value("utrikesfodda")
    qtbot.waitUntil(lambda: screen.printed is not None and bool(screen.printed.rapport.urval))
    loads: list[Any] = []
    monkeypatch.setattr(people_module, "show_people", lambda *given, **_more: loads.append(given[3]))
    people_module.show_people_of(
        screen, screen._context, screen.printed.rapport, "deltagare.unika", "totalt", lambda _id: None
    )

    def load() -> list[int]:
        with store.read(ELIN) as session:
            return [rad.person.id for rad in loads[0](session)]

    with ThreadPoolExecutor(1) as worker:  # as the dialog does, off the GUI thread
        assert worker.submit(load).result() == [people.hodan]


def test_a_row_of_the_arshjul_keeps_the_focus_when_nothing_has_changed(screen: Any) -> None:
    gallery = screen.view.gallery
    rader = (Due("Helåret 2023", "Exempelkommun", "plan", "2023"), Due("Helåret 2024", "från 1 jan"))
    gallery.show_due(rader)
    gjord, senare = gallery.due.findChildren(LinkRow)
    assert (gjord.isEnabled(), senare.isEnabled()) == (True, False)
    gjord.setFocus()
    gallery.show_due(list(rader))
    assert gallery.due.findChildren(LinkRow) == [gjord, senare]
    assert gjord.hasFocus()
    wanted: list[tuple[str, str]] = []
    gallery.due_wanted.disconnect()
    gallery.due_wanted.connect(lambda kod, period: wanted.append((kod, period)))
    QTest.keyClick(gjord, Qt.Key.Key_Return)
    assert wanted == [("plan", "2023")]
    gallery.show_due(())
    assert not gallery.due.isVisible()
