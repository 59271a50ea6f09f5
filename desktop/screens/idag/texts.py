"""How a row of the day's work is told: group, reason, chip, the next act and where it is begun."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.rules.idag import Lista, Nar, place_frist
from desktop.formatting import NBSP, days, due_kind, due_text, number, plural, relative_date, short_date
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.widgets.worklist import WorkGroup, WorkItem

MOST = 1_000  # rows of a group in words; nobody works through more


@dataclass(frozen=True, slots=True)
class Grupp:
    """A list as it is shown; `warn` is how many days ahead its chip warns."""

    icon: str
    title: str
    rule: str
    warn: int


GRUPPER: dict[Lista, Grupp] = {
    Lista.AKTIVITETSKRAV: Grupp("timer", "Aktivitetskrav – frist passerad eller inom 3 dagar", "", 2),
    Lista.UTAN_AKTIVITET: Grupp("clock", "Utan aktivitet", "Fristen är längre bort", 2),
    Lista.UPPFOLJNING: Grupp("message-square", "Uppföljningar", "Inom 7 dagar", 2),
    Lista.INSATS_SLUTAR: Grupp("flag", "Insatser som slutar", "Inom 14 dagar", 7),
    Lista.OSA_BESLUT: Grupp("badge-check", "OSA-beslut som går ut", "Inom 60 dagar eller saknas", 30),
    Lista.OSA_UPPFOLJNING: Grupp("calendar-check", "OSA-uppföljningar", "Inom 7 dagar", 2),
    Lista.BIP: Grupp("gauge", "BIP att mäta", "Mäts var tredje månad", 2),
    Lista.PLANERING: Grupp("clipboard-list", "Planering saknas", "Efter kartläggning eller 14 dagar", 2),
    Lista.AVSLUT: Grupp("door-open", "Avslut som väntar på bekräftelse", "Minst en månad i arbete", 2),
    Lista.EFTER_AVSLUT: Grupp("phone", "Uppföljning efter avslut", "Inom 7 dagar", 2),
    Lista.NARVARO: Grupp("calendar-days", "Närvaro att registrera", "De senaste 14 dagarna", 2),
}

# Words of the link, tab of the card, and the act begun there.
_AKTER: dict[Nasta, tuple[str, str, str]] = {
    Nasta.SKRIV_IN: ("Skriv in", "inskrivning", "ny_inskrivning"),
    Nasta.BESLUTA: ("Besluta aktivitet", "insatser", "ny_insats"),
    Nasta.BEKRAFTA_START: ("Bekräfta start", "insatser", "insats"),
    Nasta.BOKA_MOTE: ("Boka möte", "moten", "nytt_mote"),
    Nasta.FORBERED_MOTE: ("Förbered möte", "moten", "mote"),
    Nasta.FOLJ_UPP: ("Följ upp", "planering", "planering"),
    Nasta.FORLANG: ("Förläng eller avsluta", "insatser", "insats"),
    Nasta.PLANERA_NASTA: ("Planera nästa insats", "insatser", "ny_insats"),
    Nasta.FORLANG_BESLUT: ("Förläng beslut", "osa", "osa_beslut"),
    Nasta.REGISTRERA_BESLUT: ("Registrera beslut", "osa", "osa_beslut"),
    Nasta.FOLJ_UPP_OSA: ("Följ upp", "osa", "osa_uppfoljning"),
    Nasta.MAT: ("Starta mätning", "bip", "bip"),
    Nasta.PLANERA: ("Gör planering", "planering", "planering"),
    Nasta.BEKRAFTA_MANAD: ("Bekräfta månad", "avslut", "uppfoljning"),
    Nasta.FOLJ_UPP_AVSLUT: ("Följ upp", "avslut", "uppfoljning"),
    Nasta.REGISTRERA_NARVARO: ("Registrera närvaro", "narvaro", ""),
}


@dataclass(frozen=True, slots=True)
class Val:
    """What the user chose to see: a pill, an order, and whether rows put off are shown."""

    nar: Nar | None = None
    order: str = "frist"
    uppskjutna: bool = False


@dataclass(frozen=True, slots=True)
class Visning:
    """The groups ready to be shown, the row behind each item, and the figures of the pills."""

    groups: tuple[WorkGroup, ...]
    rows: dict[Hashable, IdagRow]
    alla: int
    by_nar: dict[Nar, int]
    uppskjutna: int


def choose_rows(rows: Sequence[IdagRow], val: Val, today: date) -> Visning:
    """Choose, order and group. Of a very long group the first MOST are put in words.

    Where there are thousands of rows it is work for the worker thread.
    """
    shown = [row for row in rows if val.uppskjutna or row.uppskjuten is None]
    nar = [place_frist(row.frist, today) for row in shown]
    chosen = [row for row, when in zip(shown, nar, strict=True) if val.nar in (None, when)]
    if val.order == "namn":
        chosen.sort(key=lambda row: row.person.sortering)
    elif val.order == "sist":
        chosen.sort(key=lambda row: row.frist or date.max, reverse=True)
    lists: dict[Lista, list[IdagRow]] = {lista: [] for lista in Lista}
    for row in chosen:
        lists[row.lista].append(row)
    behind: dict[Hashable, IdagRow] = {}
    groups = tuple(_group(lista, own, today, behind) for lista, own in lists.items() if own)
    return Visning(groups, behind, len(shown), dict(Counter(nar)), len(rows) - _count_now(rows))


def _count_now(rows: Sequence[IdagRow]) -> int:
    return sum(row.uppskjuten is None for row in rows)


def _group(lista: Lista, rows: list[IdagRow], today: date, behind: dict[Hashable, IdagRow]) -> WorkGroup:
    grupp = GRUPPER[lista]
    passed = sum(place_frist(row.frist, today) is Nar.PASSERAD for row in rows)
    items = []
    for row in rows[:MOST]:
        item = _item(row, today)
        behind[item.key] = row
        items.append(item)
    return WorkGroup(
        lista.value, grupp.icon, grupp.title, grupp.rule or _krav_rule(passed, len(rows)), tuple(items),
        danger=lista is Lista.AKTIVITETSKRAV and passed > 0, count=len(rows),
    )  # fmt: skip


def akt_of(row: IdagRow) -> tuple[str, str, int | None, dict[str, Any]]:
    """Tab of the card, name of the act ("" for none), the row that it concerns, and values to begin with."""
    _, flik, namn = _AKTER[row.nasta]
    if row.nasta is Nasta.BEKRAFTA_MANAD and row.nasta_id is None:
        return flik, "bekrafta_manad", row.rad_id, {}
    varden = {"svarande": "deltagare"} if row.nasta is Nasta.MAT else {}
    return flik, namn, row.nasta_id, varden


def act_text(row: IdagRow) -> str:
    """The words of the next act."""
    return _AKTER[row.nasta][0]


def _krav_rule(passed: int, alla: int) -> str:
    parts = [plural(passed, "passerad", "passerade")] if passed else []
    return " · ".join([*parts, *([f"{number(alla - passed)} inom 3{NBSP}dagar"] if alla > passed else [])])


def _item(row: IdagRow, today: date) -> WorkItem:
    person = row.person
    return WorkItem(
        (row.lista, row.rad_id),
        person.namn,
        person.nummer,
        reason(row, today),
        chip(row, today),
        _AKTER[row.nasta][0],
        masked=person.is_masked,
        muted=row.uppskjuten is not None,
    )


def chip(row: IdagRow, today: date) -> ChipText:
    """When the row is due; of a row put off, until when it is."""
    if row.uppskjuten is not None:
        return ChipText("later", f"Uppskjuten till {short_date(row.uppskjuten, today)}", "clock")
    if row.frist is None:
        return ChipText("info", "Ingen frist", "file-check")
    kind = due_kind(row.frist, today, GRUPPER[row.lista].warn)
    if row.skal is Skal.NARVARO:
        return ChipText(kind, f"{plural(row.antal, 'pass', 'pass')} saknas")
    if row.skal is Skal.OSA_SAKNAS:
        ahead = row.frist > today
        return ChipText("soon" if ahead else "overdue", "Saknas vid start" if ahead else "Saknar beslut")
    if row.lista is Lista.INSATS_SLUTAR and row.frist >= today:
        return ChipText(kind, f"Slutar {relative_date(row.frist, today)}")
    if row.lista in (Lista.AKTIVITETSKRAV, Lista.UTAN_AKTIVITET, Lista.INSATS_SLUTAR, Lista.OSA_BESLUT):
        return ChipText(kind, due_text(row.frist, today), "clock" if kind == "later" else "")
    left = (row.frist - today).days
    text = f"Försenad {days(-left)}" if left < 0 else "Idag" if left == 0 else f"{days(left)} kvar"
    return ChipText(kind, text)


def reason(row: IdagRow, today: date) -> str:
    """Why the row is here."""
    day = short_date(row.datum, today) if row.datum is not None else ""
    text, plats = first_upper(row.text), row.plats
    booked = f"möte {short_date(row.bokad, today)}" if row.bokad is not None else "inget möte bokat"
    next_ = f"{row.text} från {short_date(row.bokad, today)}" if row.bokad and row.text else ""
    return {
        Skal.ANSOKAN: lambda: f"Ansökan {day} · {next_ or 'ingen aktivitet'}",
        Skal.NY_FRIST: lambda: f"Utan aktivitet sedan {day}" + (f" · {next_}" if next_ else ""),
        Skal.PLANERING: lambda: f"Planering {day} · {booked}",
        Skal.SLUTAR: lambda: _joined(text, plats),
        # That nothing follows is told by the next act.
        Skal.SLUTAR_SIST: lambda: _joined(text, plats),
        Skal.OSA_GAR_UT: lambda: _osa(row, today),
        Skal.OSA_SAKNAS: lambda: _osa(row, today),
        Skal.OSA_UPPFOLJNING: lambda: _joined(text, plats),
        Skal.BIP: lambda: f"Senast mätt {day} · mätning {row.antal + 1}",
        Skal.BIP_ALDRIG: lambda: f"Inskriven {day} · första mätningen",
        Skal.PLANERING_SAKNAS: lambda: f"Inskriven {day} · ingen planering",
        Skal.KARTLAGD: lambda: f"Kartläggning klar {day}",
        Skal.PLANERING_INAKTUELL: lambda: f"Planering {day} är inte aktuell",
        Skal.MANAD: lambda: f"{text} från {day} · okänt om en månad",
        Skal.EFTER_AVSLUT: lambda: f"{row.text} efter avslut {day}",
        Skal.NARVARO: lambda: _joined(text, plats),
    }[row.skal]()


def _osa(row: IdagRow, today: date) -> str:
    share = f"{row.antal}{NBSP}%"
    head = f"{share} {row.plats}".strip()
    if row.skal is Skal.OSA_SAKNAS:
        return f"{head} · från {short_date(row.datum, today)}" if row.datum else head
    return f"{head} · t.o.m. {short_date(row.frist, today)}" if row.frist else head


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
