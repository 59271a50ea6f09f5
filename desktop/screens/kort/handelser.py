"""The card's events in time order: everything held on the person that has a day. Pure: rows in, rows out."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from db.queries.card_rows import (
    AnteckningRow,
    ArendeRow,
    Card,
    InsatsRow,
    InskrivningRow,
    MoteRow,
    OsaRow,
    PlaneringRow,
    UppfoljningRow,
)
from desktop.formatting import NBSP, clock, date_range, days, relative_date, short_date
from desktop.i18n import tr
from desktop.screens.kort.timeline import insats_title
from desktop.screens.words import first_upper
from desktop.widgets.events import Event, EventGroup, EventKind

FORM_ICONS = {"fysiskt": "users-round", "telefon": "phone", "digitalt": "monitor"}
# The page of the card where an event can be read, where it is not a form that opens.
PAGES = {
    "anteckning": "anteckningar",
    "arende": "bistand",
    "avslut": "avslut",
    "bip": "bip",
    "dokument": "dokument",
    "inskrivning": "inskrivning",
    "osa": "osa",
    "planering": "planering",
    "steg": "inskrivning",
    "uppfoljning": "avslut",
    "undantag": "bistand",
}
FORMS = ("insats", "mote")
LONGEST = 90  # characters of a note's first line


class _Found(NamedTuple):
    """An event before it is put in words of the day; `slag` and `id` are its key."""

    dag: date
    slag: str
    id: int
    title: str
    icon: str
    detail: str = ""
    kind: EventKind | None = None
    time: str = ""


def make_events(card: Card, today: date) -> tuple[EventGroup, ...]:
    """What is to come, the nearest first, and what has been, the latest first."""
    found = sorted(_events(card, today), key=lambda event: (event.dag, event.time))
    coming = tuple(_event(event, today) for event in found if event.dag > today)
    been = tuple(_event(event, today) for event in reversed(found) if event.dag <= today)
    return (EventGroup(tr("Kommande"), coming), EventGroup(tr("Tidigare"), been))


def _event(found: _Found, today: date) -> Event:
    kind = found.kind or (EventKind.PLANNED if found.dag > today else EventKind.DONE)
    key = (found.slag, found.id)
    return Event(
        key, relative_date(found.dag, today), found.title, found.icon, kind, found.time, found.detail
    )


def _events(card: Card, today: date) -> Iterator[_Found]:
    for arende in card.arenden:
        yield from _arende(arende)
    for undantag in card.undantag:
        title = tr("Undantag från aktivitetskravet")
        detail = first_upper(undantag.skal)
        yield _Found(undantag.fran, "undantag", undantag.id, title, "shield-check", detail, EventKind.NOTE)
    for inskrivning in card.inskrivningar:
        yield from _inskrivning(inskrivning)
    yield from _steg(card)
    for plan in card.planeringar:
        yield from _planering(plan, today)
    titles = {insats.id: insats_title(insats) for insats in card.insatser}
    for insats in card.insatser:
        yield from _insats(insats, today)
    for beslut in card.osa:
        yield from _osa(beslut, titles.get(beslut.insats_id, ""), today)
    for followed in card.osa_uppfoljningar:
        yield _followed("osa", followed.id, followed.planerad, followed.genomford, tr("Uppföljning av OSA"),
                        titles.get(followed.insats_id, ""), today)  # fmt: skip
    for mote in card.moten:
        yield _mote(mote)
    for note in card.anteckningar:
        yield _anteckning(note, card.dold)
    for dokument in card.dokument:
        dag = _local(dokument.skapad)
        title = f"{tr('Dokument')}: {dokument.namn}" if dokument.namn else tr("Dokument")
        yield _Found(dag.date(), "dokument", dokument.id, title, "file-text", dokument.beskrivning,
                     EventKind.NOTE, clock(dag.hour, dag.minute))  # fmt: skip
    yield from _bip(card)
    for uppfoljning in card.uppfoljningar:
        yield _uppfoljning(uppfoljning, today)


def _arende(arende: ArendeRow) -> Iterator[_Found]:
    def event(dag: date, title: str, icon: str, detail: str) -> _Found:
        return _Found(dag, "arende", arende.id, title, icon, detail, EventKind.NOTE)

    yield event(arende.ansokan, tr("Ansökan om bistånd"), "file-text", arende.nummer)
    if arende.beslut is not None:
        title = f"{tr('Beslut')}: {first_upper(arende.utfall or '')}"
        yield event(arende.beslut, title, "file-check", arende.nummer)
    if arende.avslutat is not None:
        yield event(arende.avslutat, tr("Ärende avslutat"), "flag", first_upper(arende.avslutsorsak or ""))


def _inskrivning(row: InskrivningRow) -> Iterator[_Found]:
    detail = f"{tr('Hänvisad av')} {row.hanvisad_av}" if row.hanvisad_av else ""
    yield _Found(row.inskriven, "inskrivning", row.id, tr("Inskriven"), "door-open", detail)
    if row.avslutad and row.resultat:
        yield _Found(row.avslutad, "avslut", row.id, tr("Avslut"), "flag", first_upper(row.resultat))


def _steg(card: Card) -> Iterator[_Found]:
    """Each change of steg. The first begins with the inskrivning, which is told already."""
    begun = {inskrivning.id: inskrivning.inskriven for inskrivning in card.inskrivningar}
    for steg in card.steg:
        if steg.fran != begun.get(steg.inskrivning_id):
            title = f"{tr('Nytt steg')}: {steg.steg}"
            yield _Found(steg.fran, "steg", steg.inskrivning_id, title, "arrow-right")


def _planering(plan: PlaneringRow, today: date) -> Iterator[_Found]:
    title = tr("Planering upprättad")
    yield _Found(plan.upprattad, "planering", plan.id, title, "clipboard-list", plan.mal, EventKind.NOTE)
    if plan.nasta_uppfoljning and plan.nasta_uppfoljning > today:
        title = tr("Följ upp planeringen")
        yield _Found(plan.nasta_uppfoljning, "planering", plan.id, title, "clipboard-list", plan.mal)
    for steg in plan.steg:
        if steg.klar is not None:
            yield _Found(steg.klar, "planering", plan.id, f"{tr('Steg klart')}: {steg.text}", "circle-check")


def _insats(insats: InsatsRow, today: date) -> Iterator[_Found]:
    title = insats_title(insats)
    planned = insats.slut or insats.planerat_slut
    since = f"{tr('från')} {short_date(insats.start, today)}"
    span = date_range(insats.start, planned, today) if planned else since
    detail = f"{span} · {insats.omfattning}{NBSP}%"
    yield _Found(insats.start, "insats", insats.id, f"{tr('Start')}: {title}", "play", detail)
    if insats.slut is not None:
        broken = insats.avbrottsorsak
        verb = tr("Insats avbruten") if broken else tr("Insats avslutad")
        reason = first_upper(broken) or days((insats.slut - insats.start).days + 1)
        kind = EventKind.MISSED if broken else None
        yield _Found(insats.slut, "insats", insats.id, f"{verb}: {title}", "flag", reason, kind)


def _osa(beslut: OsaRow, title: str, today: date) -> Iterator[_Found]:
    detail = " · ".join(part for part in (date_range(beslut.fran, beslut.till, today), title) if part)
    yield _Found(beslut.fran, "osa", beslut.id, tr("Beslut om OSA"), "badge-check", detail, EventKind.NOTE)
    yield _Found(beslut.till, "osa", beslut.id, tr("Beslut om OSA går ut"), "badge-check", title)


def _mote(mote: MoteRow) -> _Found:
    usual = tr("Möte") if mote.verksamhet == "arbetsmarknad" else tr("Möte, ekonomiskt bistånd")
    what = first_upper(mote.syfte) or usual
    told = (first_upper(mote.form), f"{mote.langd}{NBSP}min" if mote.langd else "", mote.plats)
    return _Found(
        mote.datum,
        "mote",
        mote.id,
        f"{what} · {tr('uteblev')}" if mote.uteblev else what,
        "circle-x" if mote.uteblev else FORM_ICONS[mote.form],
        " · ".join(part for part in told if part),
        EventKind.MISSED if mote.uteblev else None,
        mote.tid.replace(":", "."),
    )


def _anteckning(note: AnteckningRow, hidden: bool) -> _Found:
    title = tr("Rättelse av anteckning") if note.rattar_id is not None else note.rubrik or tr("Anteckning")
    first = next(iter(note.text.strip().splitlines()), "")
    told = tr("Texten är dold.") if hidden else first[:LONGEST] + ("…" if len(first) > LONGEST else "")
    return _Found(note.datum, "anteckning", note.id, title, "notebook-pen", told, EventKind.NOTE)


def _bip(card: Card) -> Iterator[_Found]:
    """One event for each day of answers, and the day agreed for the next."""
    answers = sorted((row.datum, row.inskrivning_id, row.svarande) for row in card.bip)
    for (dag, inskrivning_id), rows in groupby(answers, key=lambda answer: answer[:2]):
        who = sorted({svarande for _dag, _id, svarande in rows})
        yield _Found(dag, "bip", inskrivning_id, tr("BIP-mätning"), "gauge",
                     first_upper(f" {tr('och')} ".join(who)))  # fmt: skip
    own = card.inskrivning
    for plan in card.bipplaner:
        if own is not None and own.id == plan.inskrivning_id and own.avslutad is None:
            yield _Found(plan.nasta, "bip", plan.inskrivning_id, tr("Nästa BIP-mätning"), "gauge")


def _uppfoljning(row: UppfoljningRow, today: date) -> _Found:
    title = f"{tr('Uppföljning av avslut')}, {row.slag}"
    detail = first_upper(row.forsorjning or "") or row.text
    return _followed("uppfoljning", row.id, row.planerad, row.genomford, title, detail, today)


def _followed(
    slag: str, row_id: int, planned: date, done: date | None, title: str, detail: str, today: date
) -> _Found:
    """A follow-up on the day it was done, or was to be; one that has passed undone is marked."""
    late = done is None and planned < today
    told = f"{title} · {tr('inte gjord')}" if late else title
    kind = EventKind.MISSED if late else None
    return _Found(done or planned, slag, row_id, told, "circle-x" if late else "calendar-check", detail, kind)


def _local(tid: str) -> datetime:
    return datetime.fromisoformat(tid).astimezone()
