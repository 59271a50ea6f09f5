"""The change history in words."""

import json
from dataclasses import dataclass
from datetime import datetime

from db.queries.card_rows import AndringRow
from desktop.i18n import tr
from desktop.screens.words import first_upper

THINGS = {
    "deltagare": "Deltagare",
    "arende": "Ärende",
    "inskrivning": "Inskrivning",
    "insats": "Insats",
    "mote": "Möte",
}
FIELDS = {
    "fornamn": "förnamn",
    "efternamn": "efternamn",
    "kon": "kön",
    "epost": "e-post",
    "omrade": "område",
    "utrikesfodd": "utrikesfödd",
    "utbildningsniva": "utbildningsnivå",
    "sprak": "språk",
    "ansokan": "ansökan",
    "forsorjningshinder": "försörjningshinder",
    "handlaggare": "handläggare",
    "hanvisad_av": "hänvisad av",
    "arbete_fran": "arbete från",
    "arbete_till": "arbete till",
    "minst_en_manad": "minst en månad",
    "spar": "spår",
    "planerat_slut": "planerat slut",
    "langd": "längd",
    "hushall_id": "hushåll",
    "insatstyp_id": "insatstyp",
    "enhet_id": "enhet",
}
HIDDEN_FIELDS = ("sortering", "nummertyp", "fodelsedatum")
YES_NO = {True: "ja", False: "nej"}


@dataclass(frozen=True, slots=True)
class LoggRow:
    """A line of the log; `tid` in the time of the computer."""

    key: int
    tid: datetime
    vem: str
    vad: str
    fore: str
    efter: str


def make_logg(rows: tuple[AndringRow, ...]) -> tuple[LoggRow, ...]:
    """The history in words, without what only the program itself keeps."""
    shown = [row for row in rows if row.falt not in HIDDEN_FIELDS]
    return tuple(_line(number, row) for number, row in enumerate(shown))


def _line(number: int, row: AndringRow) -> LoggRow:
    thing = tr(THINGS.get(row.tabell, row.tabell))
    name = tr(FIELDS.get(row.falt, row.falt))
    vad = {
        "+": f"{thing} {tr('registrerad')}",
        "-": f"{thing} {tr('borttagen')}",
        "visning": tr("Skyddade uppgifter visade"),
    }.get(row.falt, f"{thing}: {name}")
    whole = row.falt in ("+", "-")
    fore, efter = ("", "") if whole else (_value(row.gammalt), _value(row.nytt))
    return LoggRow(number, _local(row.tid), row.aktor, first_upper(vad), fore, efter)


def _value(text: str | None) -> str:
    if text is None:
        return ""
    value = json.loads(text)
    return YES_NO[value] if isinstance(value, bool) else str(value)


def _local(tid: str) -> datetime:
    return datetime.fromisoformat(tid.replace("Z", "+00:00")).astimezone()
