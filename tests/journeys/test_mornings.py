"""Handläggare's mornings on the demo, from the first work list to the last undo."""

from collections.abc import Callable

from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.models import Anteckning, Bip, Insats, Mote
from desktop.widgets.worklist import WorkGroup, WorkItem
from tests.journeys.desk import Desk

KRAV = "Aktivitetskrav – frist passerad eller inom 3 dagar"
BIP, AFTER = "BIP att mäta", "Uppföljning efter avslut"


def groups(desk: Desk) -> dict[str, WorkGroup]:
    return {group.title: group for group in desk.screen.view.list.groups()}


def count(desk: Desk, table: type) -> int:
    assert desk.app.opened is not None
    with desk.app.opened.store.read(SYSTEM) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def current(desk: Desk) -> WorkItem:
    item = desk.screen.view.list.current_item()
    assert isinstance(item, WorkItem)
    return item


def test_a_passed_frist_is_answered_with_an_insats_and_leaves_the_list(sit_down: Callable[[], Desk]) -> None:
    desk = sit_down()
    before = groups(desk)[KRAV].items
    insatser = count(desk, Insats)
    person = before[0].name
    desk.screen.view.list.select(before[0].key)
    desk.press("Enter")
    assert desk.window.windowTitle().startswith(person)
    desk.fill("insatstyp", "arbetstr")
    desk.fill("start", "t")
    desk.fill("planerat_slut", "+30")
    desk.save()
    assert desk.toasts[-1] == "Insatsen är registrerad."
    assert count(desk, Insats) == insatser + 1
    desk.press("Alt+Left")
    assert len(groups(desk)[KRAV].items) == len(before) - 1
    assert before[0].key not in {item.key for item in groups(desk)[KRAV].items}


def test_a_telephone_call_becomes_a_note_and_a_meeting_and_is_taken_back(
    sit_down: Callable[[], Desk],
) -> None:
    desk = sit_down()
    notes, meetings = count(desk, Anteckning), count(desk, Mote)
    name = current(desk).name
    desk.find(name)
    assert desk.window.windowTitle().startswith(name)
    desk.press("Ctrl+Shift+A")
    desk.fill("rubrik", "Telefonsamtal")
    desk.fill("text", "Har fått en intervju på fredag. Åker själv.")
    desk.save()
    desk.press("Ctrl+Shift+M")
    desk.fill("datum", "fre")
    desk.fill("tid", "0930")
    desk.save()
    assert (count(desk, Anteckning), count(desk, Mote)) == (notes + 1, meetings + 1)
    desk.undo()
    assert (count(desk, Anteckning), count(desk, Mote)) == (notes + 1, meetings)
    page = desk.tab("anteckningar")
    assert desk.reads("Har fått en intervju på fredag.", page)


def begin(desk: Desk, title: str) -> WorkItem:
    """Enter on the first row of a list."""
    item = groups(desk)[title].items[0]
    desk.screen.view.list.select(item.key)
    desk.press("Enter")
    return item


def test_a_koordinator_measures_and_follows_up(sit_down: Callable[..., Desk]) -> None:
    desk = sit_down("leila.ekbacke")
    before = {title: len(group.items) for title, group in groups(desk).items()}
    answers = count(desk, Bip)

    measured = begin(desk, BIP)
    assert desk.window.windowTitle().startswith(measured.name)
    for digit in "342524135":
        desk.press(digit)
    desk.save()
    assert count(desk, Bip) == answers + 9
    desk.press("Esc")  # what has changed since last time has been read
    desk.press("Ctrl+1")
    assert measured.key not in {item.key for item in groups(desk)[BIP].items}

    begin(desk, AFTER)
    desk.fill("forsorjning", "lön")
    desk.save()
    desk.press("Ctrl+1")
    assert len(groups(desk)[AFTER].items) == before[AFTER] - 1
    desk.press("Ctrl+Z")
    desk.settle()
    assert len(groups(desk)[AFTER].items) == before[AFTER]
