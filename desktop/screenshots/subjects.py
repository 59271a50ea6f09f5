"""Whom and what the pictures show: somebody with much on the card, somebody protected, a faulty workbook."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.queries.card_rows import Card
    from desktop.app import App


def fill_trash(place: str, day: date) -> None:
    """A few things registered and taken back, so that the trash has something to show."""
    from db.commands.mote import MoteUppgifter, create_mote
    from db.commands.undo import undo_act
    from db.queries.deltagare import Urval, search_deltagare
    from desktop.opening import open_for_window

    opened = open_for_window(place, "")
    try:
        with opened.store.read(opened.aktor) as session:
            rows = search_deltagare(session, opened.aktor, "", day, 6, urval=Urval(mina=True)).rows
        for row in rows:
            values = MoteUppgifter(row.id, day, "telefon", "arbetsmarknad")
            saved = create_mote(opened.store, opened.aktor, values, day)
            undo_act(opened.store, opened.aktor, saved.changes.handelse_id)
    finally:
        opened.store.close()


def find_people(app: "App", day: date) -> tuple[int, int, tuple[int, int] | None]:
    """An open card with much on it, and a protected one that the user is named for, 0 where there is none;
    then somebody in OSA with the id of the placement."""
    from db.queries.card import read_card
    from db.queries.deltagare import Urval, search_deltagare

    opened = app.opened
    assert opened is not None
    with opened.store.read(opened.aktor) as session:
        rows = search_deltagare(
            session, opened.aktor, "", day, 60, urval=Urval(mina=True, pagaende=True)
        ).rows
        plain = [row for row in rows if not row.is_masked]
        cards = [read_card(session, opened.aktor, row.id, day) for row in plain]
        others = search_deltagare(session, opened.aktor, "", day, 400, urval=Urval(pagaende=True)).rows
        wider = (read_card(session, opened.aktor, row.id, day) for row in others if not row.is_masked)
        osa = next((found for card in (*cards, *wider) if (found := _osa_of(card))), None)
    richest = max(cards, key=lambda card: _richness(card, day), default=None)
    protected = next((row.id for row in rows if row.is_masked), 0)
    return (richest.id if richest else 0), protected, osa


def _osa_of(card: "Card") -> tuple[int, int] | None:
    """The person and the placement, where there are decisions and follow-ups to see."""
    followed = {row.insats_id for row in card.osa_uppfoljningar}
    found = next((row.insats_id for row in card.osa if row.insats_id in followed), None)
    return None if found is None else (card.id, found)


def find_closed(app: "App") -> int:
    """Somebody whose avslut is followed up, rather one who came back; 0 where there is nobody."""
    from sqlalchemy import func, select

    from db.models import Deltagare, Inskrivning, Uppfoljning
    from db.queries import access

    opened = app.opened
    assert opened is not None
    query = (
        select(Deltagare.id)
        .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
        .outerjoin(Uppfoljning, Uppfoljning.inskrivning_id == Inskrivning.id)
        .where(Deltagare.skyddad == access.OPEN, Inskrivning.avslutad.is_not(None))
        .group_by(Deltagare.id)
        .having(func.count(Uppfoljning.id) > 0)
        .order_by(func.count(Inskrivning.id.distinct()).desc(), func.count(Uppfoljning.genomford).desc())
        .order_by(Deltagare.id)
    )
    with opened.store.read(opened.aktor) as session:
        return session.scalars(query).first() or 0


def _richness(card: "Card", day: date) -> tuple[int, int]:
    """How much there is to see on a card: a frist that runs, insatser near the day, möten, BIP."""
    near = sum(1 for i in card.insatser if i.start.year == day.year)
    utan = card.arende.krav.utan if card.arende and card.arende.krav else None
    runs = utan is not None and utan.frist is not None and utan.frist >= day
    return 3 * min(4, near) + min(6, len(card.moten)) + min(30, len(card.bip)) // 5 + 8 * runs, card.id


def faulty_workbook(scratch: Path) -> str:
    """A small workbook with new people and a few faults."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Deltagare"
    sheet.append(["deltagare", "personnummer", "förnamn", "efternamn", "kön"])
    for row in (
        ("P-1", "19880314-9809", "Hodan", "Rönnstig", None),
        ("P-2", "19880314-9801", "Amira", "Lövmo", None),
        ("P-3", "19900101-9802", "", "Vindstig", "K"),
        ("P-4", "", "Samir", "Granvret", "man"),
        ("P-5", "", "Olena", "Fjällmo", "K"),
    ):
        sheet.append(row)
    other = book.create_sheet("Ärenden")
    other.append(["ärende", "deltagare", "ansökan", "beslut", "utfall"])
    other.append(["Ä-P-1", "P-1", date(2026, 10, 26), date(2026, 10, 20), "bifall"])
    other.append(["Ä-P-2", "P-9", date(2026, 10, 26), None, None])
    path = scratch / "arbetsbok.xlsx"
    book.save(path)
    return str(path)
