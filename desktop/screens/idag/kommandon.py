"""What the command box offers for a row of the day's work. Pure."""

from collections.abc import Callable, Mapping

from desktop.i18n import tr
from desktop.shell.command_box import Hit
from desktop.widgets.button import shown_keys
from desktop.widgets.worklist import WorkItem

NASTA, SKJUT_UPP, KORT = "nasta", "skjut_upp", "kort"


def make_hits(item: WorkItem, ways: Mapping[str, Callable[[], None]], uppskjuten: bool) -> list[Hit]:
    """The acts of a row, each with who it concerns beside it as the list has it: a protected person is not
    named. No part of the words, or who searches for the person would find these before the card."""
    later = tr("Visa igen") if uppskjuten else tr("Skjut upp")
    known = (
        (NASTA, item.act, "", "arrow-right"),
        ("ny_insats", tr("Ny insats"), "Ctrl+N", "plus"),
        ("anteckning", tr("Anteckning"), "Ctrl+Shift+A", "notebook-pen"),
        ("nytt_mote", tr("Nytt möte"), "", "calendar"),
        (SKJUT_UPP, later, "U", "clock"),
        (KORT, tr("Öppna kortet"), "", "user"),
    )
    return [
        Hit(words, ways[way], " · ".join(part for part in (item.name, shown_keys(keys)) if part), icon)
        for way, words, keys, icon in known
        if words
    ]
