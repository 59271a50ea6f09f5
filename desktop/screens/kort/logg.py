"""The change history in words."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.queries.card_rows import AndringRow
from db.rules.period import first_day
from desktop.formatting import full_date, kronor, month
from desktop.i18n import tr
from desktop.screens.words import first_lower, first_upper

THINGS = {
    "anteckning": "Anteckning",
    "arende": "Ärende",
    "bip": "BIP-svar",
    "bipplan": "Nästa BIP-mätning",
    "bistandsmanad": "Biståndsmånad",
    "deltagare": "Deltagare",
    "dokument": "Dokument",
    "insats": "Insats",
    "inskrivning": "Inskrivning",
    "mote": "Möte",
    "narvaroschema": "Närvaroschema",
    "osa_beslut": "Beslut om OSA",
    "osa_uppfoljning": "Uppföljning av OSA",
    "planering": "Planering",
    "planeringssteg": "Steg i planeringen",
    "stegperiod": "Steg",
    "undantag": "Undantag",
    "uppfoljning": "Uppföljning av avslut",
    "hushall": "Hushåll",
    "platsko": "Väntar på plats",
    "undantagsgranskning": "Granskning av undantag",
}
FIELDS = {
    "ansokan": "ansökan",
    "arbete_fran": "arbete från",
    "arbete_till": "arbete till",
    "antal_barn": "antal barn",
    "belopp_ore": "belopp",
    "bidrag_ore": "bidrag",
    "efternamn": "efternamn",
    "enhet_id": "enhet",
    "epost": "e-post",
    "fodelsedatum": "födelsedatum",
    "forsorjning": "försörjning",
    "forsorjning_efter": "försörjning efter",
    "forsorjning_fore": "försörjning före",
    "forsorjningshinder": "försörjningshinder",
    "fornamn": "förnamn",
    "fran": "från och med",
    "genomford": "genomförd",
    "handlaggare": "handläggare",
    "hanvisad_av": "hänvisad av",
    "hushall_id": "hushåll",
    "insatstyp_id": "insatstyp",
    "klar": "klart",
    "kon": "kön",
    "langd": "längd",
    "mal": "mål",
    "manad": "månad",
    "minst_en_manad": "minst en månad",
    "nasta": "dag",
    "onskad_start": "önskad start",
    "nasta_uppfoljning": "nästa uppföljning",
    "omrade": "område",
    "planerat_slut": "planerat slut",
    "signatur": "ansvarig",
    "skal": "skäl",
    "spar": "spår",
    "sprak": "språk",
    "steg_id": "steg",
    "till": "till och med",
    "upprattad": "upprättad",
    "utbildningsniva": "utbildningsnivå",
    "utrikesfodd": "utrikesfödd",
    "varde": "svar",
}
# What follows of another field, or what only the program itself keeps.
HIDDEN_FIELDS = frozenset(
    {
        "arende_id", "deltagare_id", "insats_id", "inskrivning_id", "nummertyp", "ordning",
        "planering_id", "undantag_id", "rattar_id", "sha256", "skapad", "sortering", "storlek",
    }
)  # fmt: skip
AMOUNTS, MONTHS = ("belopp_ore", "bidrag_ore"), ("manad",)
MERGES = {"sammanslagning": "Slog ihop kortet med ett annat", "delning": "Delade ihopslaget kort"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    if row.slag in MERGES and row.tabell == "passerad_varning":
        told = ": ".join(part for part in (tr(MERGES[row.slag]), row.varning) if part)
        return LoggRow(
            number, _local(row.tid), row.aktor, told, "", f"{tr('Skäl')}: {row.skal}" if row.skal else ""
        )
    if row.tabell == "passerad_varning":
        told = f"{tr('Varning passerad')}: {row.varning}" if row.varning else tr("Varning passerad")
        return LoggRow(
            number, _local(row.tid), row.aktor, told, "", f"{tr('Skäl')}: {row.skal}" if row.skal else ""
        )
    thing = tr(THINGS.get(row.tabell, row.tabell))
    name = tr(FIELDS.get(row.falt, row.falt))
    vad = {
        "+": f"{tr('Lade till')} {first_lower(thing)}",
        "-": f"{tr('Tog bort')} {first_lower(thing)}",
        "visning": tr("Skyddade uppgifter visade"),
        "kopia": tr("Kopia av dokument"),
    }.get(row.falt, f"{thing}: {name}")
    whole = row.falt in ("+", "-")
    fore = "" if whole else row.gammalt_namn or _value(row.falt, row.gammalt)
    efter = "" if whole else row.nytt_namn or _value(row.falt, row.nytt)
    return LoggRow(number, _local(row.tid), row.aktor, first_upper(vad), fore, efter)


def _value(field: str, text: str | None) -> str:
    value = None if text is None else json.loads(text)
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if field in AMOUNTS:
        return kronor(Decimal(value) / 100)
    if field in MONTHS:
        return month(first_day(value))
    return str(value) if not isinstance(value, str) else _day(value)


def _day(text: str) -> str:
    """A day as everywhere else; other texts as they are."""
    return full_date(date.fromisoformat(text)) if _DATE.fullmatch(text) else text


def _local(tid: str) -> datetime:
    return datetime.fromisoformat(tid.replace("Z", "+00:00")).astimezone()
