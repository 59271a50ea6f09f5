"""Everything held on one person, for the card. The number of statements is the same for any open person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import starmap
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import NotFoundError
from db.queries import access
from db.queries import card_statements as sql
from db.queries.card_rows import (
    AndringRow,
    AnteckningRow,
    ArendeRow,
    AterRow,
    BipplanRow,
    BipRow,
    BistandRow,
    Card,
    DokumentRow,
    GranskningRow,
    InsatsRow,
    InskrivningRow,
    MedlemRow,
    MoteRow,
    NarvaroRow,
    NummerRow,
    OsaRow,
    OsaUppfoljningRow,
    PlaneringRow,
    PlaneringsstegRow,
    SammanslagenRow,
    StegRow,
    UndantagRow,
    UppfoljningRow,
)
from db.queries.krav import judge_krav
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import ArendeData, Intervall
from db.rules.aktivitetskrav import Installningar as Kravinstallningar
from db.rules.avslut import find_ateraktualiseringar
from db.rules.personnummer import format_nummer
from db.sql import Prepared

R = TypeVar("R")


def read_card(
    session: Session, aktor: Aktor, deltagare_id: int, dag: date, *, oppna_skyddad: bool = False
) -> Card:
    """The card as the acting user may see it on a day, lists in time order. Twenty-five statements, and one
    more of a protected person.

    A protected person's name, number, contact, household, notes and places are left out unless
    `oppna_skyddad`; whoever sets it has a reason logged first (db.commands.visning). Raises
    NotFoundError, the same whether the person is missing or hidden from the user.
    """
    person, connection = _person(session, aktor, deltagare_id), session.connection()

    def rows(kind: type[R], statement: Prepared) -> tuple[R, ...]:
        return tuple(starmap(kind, statement.rows(connection, id=deltagare_id)))

    inskrivningar = rows(InskrivningRow, sql.INSKRIVNINGAR)
    insatser = rows(InsatsRow, sql.INSATSER)
    undantag = _undantag(rows(UndantagRow, sql.UNDANTAG), rows(GranskningRow, sql.GRANSKNINGAR))
    installningar = load_settings(session, aktor)
    arenden = _judge(rows(ArendeRow, sql.ARENDEN), undantag, insatser, dag, installningar.aktivitetskrav)
    card = replace(
        person,
        nummer=tuple(_nummer(*row) for row in sql.NUMMER.rows(connection, id=deltagare_id)),
        medlemmar=tuple(_medlem(*row) for row in sql.MEDLEMMAR.rows(connection, id=deltagare_id)),
        arenden=arenden,
        undantag=undantag,
        bistand=rows(BistandRow, sql.BISTAND),
        inskrivningar=inskrivningar,
        uppfoljningar=rows(UppfoljningRow, sql.UPPFOLJNINGAR),
        ateraktualiseringar=_ateraktualiseringar(arenden, inskrivningar, dag),
        steg=_steg(inskrivningar, sql.STEG.rows(connection, id=deltagare_id)),
        planeringar=_planeringar(
            rows(PlaneringRow, sql.PLANERINGAR), rows(PlaneringsstegRow, sql.PLANERINGSSTEG)
        ),
        insatser=insatser,
        osa=rows(OsaRow, sql.OSA),
        osa_uppfoljningar=rows(OsaUppfoljningRow, sql.OSA_UPPFOLJNINGAR),
        narvaro=rows(NarvaroRow, sql.NARVARO),
        moten=rows(MoteRow, sql.MOTEN),
        anteckningar=rows(AnteckningRow, sql.ANTECKNINGAR),
        dokument=rows(DokumentRow, sql.DOKUMENT),
        bip=rows(BipRow, sql.BIP),
        bipplaner=rows(BipplanRow, sql.BIPPLANER),
        bip_skala=installningar.bip_skala,
        bip_etiketter=installningar.bip_etiketter,
        logg=rows(AndringRow, sql.LOGG),
        sammanslagna=rows(SammanslagenRow, sql.SAMMANSLAGNA),
        alla_steg=tuple(row[0] for row in sql.ALLA_STEG.rows(connection)),
    )
    return card if access.is_open(card.skyddad) or oppna_skyddad else mask(card)


def _undantag(rows: Iterable[UndantagRow], granskningar: Iterable[GranskningRow]) -> tuple[UndantagRow, ...]:
    found: defaultdict[int, list[GranskningRow]] = defaultdict(list)
    for row in granskningar:
        found[row.undantag_id].append(row)
    return tuple(replace(row, granskningar=tuple(found[row.id])) for row in rows)


def mask(card: Card) -> Card:
    """The card without what would tell who or where a protected person is."""
    hidden: dict[str, Any] = {
        "namn": access.MASK, "personnummer": "", "fodelsedatum": None, "kon": None, "omrade": "",
        "telefon": "", "epost": "", "hushall": "", "utrikesfodd": None, "sprak": "", "nummer": (),
        "medlemmar": (), "sammanslagna": (),
    }  # fmt: skip
    return replace(
        card,
        dold=True,
        insatser=tuple(replace(insats, enhet="") for insats in card.insatser),
        moten=tuple(replace(mote, plats="") for mote in card.moten),
        osa=tuple(replace(beslut, diarienummer="") for beslut in card.osa),
        osa_uppfoljningar=tuple(replace(row, text="") for row in card.osa_uppfoljningar),
        anteckningar=tuple(replace(anteckning, rubrik="", text="") for anteckning in card.anteckningar),
        dokument=tuple(replace(dokument, namn="", beskrivning="") for dokument in card.dokument),
        logg=tuple(
            replace(rad, gammalt=None, nytt=None, gammalt_namn=None, nytt_namn=None, varning="", skal="")
            for rad in card.logg
        ),
        **hidden,
    )


def _person(session: Session, aktor: Aktor, deltagare_id: int) -> Card:
    found = sql.PERSON.first(session, id=deltagare_id)
    if found is None:
        raise NotFoundError(access.NOT_FOUND)
    if not access.is_open(found[1]):
        access.require_known(session, aktor, deltagare_id)
    (
        own_id, skyddad, fornamn, efternamn, personnummer, fodelsedatum, kon, omrade, utrikesfodd,
        utbildningsniva, sprak, tolk, telefon, epost, hushall, antal_barn, vuxna,
    ) = found  # fmt: skip
    return Card(
        id=own_id, skyddad=skyddad, dold=False, namn=f"{fornamn} {efternamn}",
        personnummer=format_nummer(personnummer) if personnummer else "",
        fodelsedatum=fodelsedatum, kon=kon, omrade=omrade, utrikesfodd=utrikesfodd,
        utbildningsniva=utbildningsniva, sprak=sprak, tolk=tolk, telefon=telefon, epost=epost,
        hushall=hushall or "", antal_barn=antal_barn, vuxna_i_hushallet=vuxna,
    )  # fmt: skip


def _nummer(personnummer: str, typ: str, till: date) -> NummerRow:
    return NummerRow(format_nummer(personnummer), typ, till)


def _medlem(
    own_id: int, fornamn: str, efternamn: str, personnummer: str | None, fodelsedatum: date | None
) -> MedlemRow:
    number = format_nummer(personnummer) if personnummer else ""
    return MedlemRow(own_id, f"{fornamn} {efternamn}", number, fodelsedatum)


def _judge(
    arenden: Sequence[ArendeRow],
    undantag: Iterable[UndantagRow],
    insatser: Iterable[InsatsRow],
    dag: date,
    installningar: Kravinstallningar,
) -> tuple[ArendeRow, ...]:
    """The ärenden with their aktivitetskrav, judged by what is on the card already (R3–R8)."""
    free: defaultdict[int, list[Intervall]] = defaultdict(list)
    for row in undantag:
        free[row.arende_id].append((row.fran, row.till))
    active = [(insats.start, insats.slut) for insats in insatser if insats.raknas_som_aktivitet]
    judged = []
    for a in arenden:
        data = ArendeData(a.nummer, a.ansokan, a.beslut, a.utfall, a.avslutat, free[a.id], active)
        judged.append(replace(a, krav=judge_krav(data, dag, installningar)))
    return tuple(judged)


def _ateraktualiseringar(
    arenden: Iterable[ArendeRow], inskrivningar: Iterable[InskrivningRow], dag: date
) -> tuple[AterRow, ...]:
    """Every return within a year (R11)."""
    cases = find_ateraktualiseringar([(a.id, a.ansokan, a.avslutat) for a in arenden], dag)
    stays = find_ateraktualiseringar([(i.id, i.inskriven, i.avslutad) for i in inskrivningar], dag)
    return (
        *(AterRow("arende", *pair) for pair in cases),
        *(AterRow("inskrivning", *pair) for pair in stays),
    )


def _steg(inskrivningar: Iterable[InskrivningRow], found: Sequence[tuple[Any, ...]]) -> tuple[StegRow, ...]:
    """Each steg until the day before the next one, the last until the avslut."""
    ends = {i.id: i.avslutad for i in inskrivningar}
    rows = []
    for number, (inskrivning_id, steg, fran, own_id) in enumerate(found, start=1):
        after = found[number] if number < len(found) else None
        same = after is not None and after[0] == inskrivning_id
        till = max(fran, after[2] - timedelta(1)) if after is not None and same else ends[inskrivning_id]
        rows.append(StegRow(inskrivning_id, steg, fran, till, own_id))
    return tuple(rows)


def _planeringar(
    planeringar: Iterable[PlaneringRow], steg: Iterable[PlaneringsstegRow]
) -> tuple[PlaneringRow, ...]:
    own: defaultdict[int, list[PlaneringsstegRow]] = defaultdict(list)
    for row in steg:
        own[row.planering_id].append(row)
    return tuple(replace(planering, steg=tuple(own[planering.id])) for planering in planeringar)
