"""What a preview tells of the person of a row."""

from datetime import date

from db.queries.deltagare import DeltagareRow
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.widgets.definitions import Definition, DefinitionGroup
from desktop.widgets.worklist import WorkItem


def make_facts(item: WorkItem, person: DeltagareRow, today: date) -> DefinitionGroup:
    """Facts that a list may show too; of a protected person no more than the list does."""
    steg = f"{person.steg} {tr('sedan')} {short_date(person.steg_fran, today)}" if person.steg_fran else ""
    insats = ", ".join(part for part in (first_upper(person.insats), person.enhet) if part)
    slut = f" {tr('till')} {short_date(person.insats_slut, today)}" if person.insats_slut else ""
    found = (
        (tr("Att göra"), f"{item.reason}. {item.chip.text}."),
        (tr("Ärende"), person.arende),
        (tr("Handläggare"), person.handlaggare),
        (tr("Koordinator"), person.koordinator),
        (tr("Steg"), steg),
        (tr("Insats"), f"{insats}{slut}" if insats else ""),
    )
    facts = tuple(Definition(name, value) for name, value in found if value)
    title = " · ".join(part for part in (item.name, item.number) if part)
    return DefinitionGroup(title, facts)
