"""Everything held on one person, for the card. The number of statements is the same for any person."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.errors import NotFoundError
from db.models import (
    Andring,
    Arende,
    Bip,
    Bistandsmanad,
    Deltagare,
    Enhet,
    Handelse,
    Hushall,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    Mote,
    Narvaro,
    OsaBeslut,
    Planering,
    Steg,
    Stegperiod,
    TidigareNummer,
    Undantag,
)
from db.queries import access
from db.queries.card_rows import (
    AndringRow,
    ArendeRow,
    BipRow,
    BistandRow,
    Card,
    InsatsRow,
    InskrivningRow,
    MoteRow,
    NarvaroRow,
    NummerRow,
    OsaRow,
    PlaneringRow,
    StegRow,
    UndantagRow,
)
from db.queries.krav import list_krav
from db.rules.personnummer import format_nummer

LOGG_MOST = 200
R = TypeVar("R")


def read_card(
    session: Session, aktor: Aktor, deltagare_id: int, dag: date, *, oppna_skyddad: bool = False
) -> Card:
    """The card as the acting user may see it on a day, lists in time order. Nineteen statements.

    A protected person's name, number, contact, household number and place are left out unless
    `oppna_skyddad`; whoever sets it has a reason logged first (db.commands.visning). Raises
    NotFoundError, the same whether the person is missing or hidden from the user.
    """
    person = _person(session, aktor, deltagare_id)
    inskrivningar = _inskrivningar(session, deltagare_id)
    ids = [i.id for i in inskrivningar]
    arenden = _arenden(session, aktor, deltagare_id, dag)
    arende_ids = [a.id for a in arenden]
    insatser = _insatser(session, ids)
    insats_ids = [i.id for i in insatser]
    card = replace(
        person,
        nummer=_nummer(session, deltagare_id),
        arenden=arenden,
        undantag=_rows(session, UndantagRow, Undantag, Undantag.arende_id.in_(arende_ids), Undantag.fran),
        bistand=_bistand(session, deltagare_id),
        inskrivningar=inskrivningar,
        steg=_steg(session, inskrivningar),
        planeringar=_rows(
            session, PlaneringRow, Planering, Planering.inskrivning_id.in_(ids), Planering.upprattad
        ),
        insatser=insatser,
        osa=_rows(session, OsaRow, OsaBeslut, OsaBeslut.insats_id.in_(insats_ids), OsaBeslut.fran),
        narvaro=_narvaro(session, insats_ids),
        moten=_rows(session, MoteRow, Mote, Mote.deltagare_id == deltagare_id, Mote.datum, Mote.tid),
        bip=_rows(session, BipRow, Bip, Bip.inskrivning_id.in_(ids), Bip.datum, Bip.id),
        alla_steg=tuple(session.execute(select(Steg.namn).order_by(Steg.ordning)).scalars()),
    )
    card = replace(card, logg=_logg(session, card))
    return card if access.is_open(card.skyddad) or oppna_skyddad else mask(card)


def mask(card: Card) -> Card:
    """The card without what would tell who or where a protected person is."""
    hidden: dict[str, Any] = {
        "namn": access.MASK, "personnummer": "", "fodelsedatum": None, "kon": None, "omrade": "",
        "telefon": "", "epost": "", "hushall": "", "utrikesfodd": None, "sprak": "", "nummer": (),
    }  # fmt: skip
    return replace(
        card,
        dold=True,
        insatser=tuple(replace(insats, enhet="") for insats in card.insatser),
        logg=tuple(replace(rad, gammalt=None, nytt=None) for rad in card.logg),
        **hidden,
    )


def _person(session: Session, aktor: Aktor, deltagare_id: int) -> Card:
    other = aliased(Deltagare)
    vuxna = (
        select(func.count())
        .where(other.hushall_id == Deltagare.hushall_id, other.skyddad == access.OPEN)
        .scalar_subquery()
    )
    query = (
        select(Deltagare, Hushall.nummer.label("hushall"), Hushall.antal_barn, vuxna.label("vuxna"))
        .outerjoin(Hushall, Hushall.id == Deltagare.hushall_id)
        .where(Deltagare.id == deltagare_id, access.may_know(aktor))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFoundError(access.NOT_FOUND)
    p: Deltagare = found[0]
    return Card(
        id=p.id, skyddad=p.skyddad, dold=False, namn=f"{p.fornamn} {p.efternamn}",
        personnummer=format_nummer(p.personnummer) if p.personnummer else "",
        fodelsedatum=p.fodelsedatum, kon=p.kon, omrade=p.omrade, utrikesfodd=p.utrikesfodd,
        utbildningsniva=p.utbildningsniva, sprak=p.sprak, tolk=p.tolk, telefon=p.telefon, epost=p.epost,
        hushall=found.hushall or "", antal_barn=found.antal_barn, vuxna_i_hushallet=found.vuxna,
    )  # fmt: skip


def _rows(session: Session, kind: type[R], model: Any, where: Any, *order: Any) -> tuple[R, ...]:
    """Rows of one table whose columns are named as the fields of the row."""
    columns = [getattr(model, f.name) for f in fields(kind)]  # type: ignore[arg-type]
    return _all(session, kind, select(*columns).where(where).order_by(*order))


def _all(session: Session, kind: type[R], query: Select[*tuple[Any, ...]]) -> tuple[R, ...]:
    return tuple(kind(*row) for row in session.execute(query))


def _nummer(session: Session, deltagare_id: int) -> tuple[NummerRow, ...]:
    query = (
        select(TidigareNummer.personnummer, TidigareNummer.nummertyp, TidigareNummer.till)
        .where(TidigareNummer.deltagare_id == deltagare_id)
        .order_by(TidigareNummer.till)
    )
    return tuple(NummerRow(format_nummer(n), typ, till) for n, typ, till in session.execute(query))


def _arenden(session: Session, aktor: Aktor, deltagare_id: int, dag: date) -> tuple[ArendeRow, ...]:
    namn = func.coalesce(Medarbetare.namn, Arende.handlaggare)
    query = (
        select(
            Arende.id, Arende.nummer, Arende.ansokan, Arende.beslut, Arende.utfall, Arende.avslutat,
            Arende.avslutsorsak, Arende.forsorjningshinder, namn,
        )
        .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
        .where(Arende.deltagare_id == deltagare_id)
        .order_by(Arende.ansokan, Arende.id)
    )  # fmt: skip
    rows = _all(session, ArendeRow, query)
    krav = list_krav(session, aktor, [row.id for row in rows], dag)
    return tuple(replace(row, krav=krav.get(row.id)) for row in rows)


def _bistand(session: Session, deltagare_id: int) -> tuple[BistandRow, ...]:
    query = (
        select(Arende.nummer, Bistandsmanad.manad, Bistandsmanad.belopp_ore)
        .join(Arende, Arende.id == Bistandsmanad.arende_id)
        .where(Arende.deltagare_id == deltagare_id)
        .order_by(Bistandsmanad.manad, Arende.nummer)
    )
    return _all(session, BistandRow, query)


def _inskrivningar(session: Session, deltagare_id: int) -> tuple[InskrivningRow, ...]:
    i = Inskrivning
    query = (
        select(
            i.id, i.nummer, i.anvisad, i.inskriven, i.hanvisad_av, i.spar,
            func.coalesce(Medarbetare.namn, i.koordinator), i.avslutad, i.resultat, i.arbete_fran,
            i.arbete_till, i.minst_en_manad,
        )
        .outerjoin(Medarbetare, Medarbetare.signatur == i.koordinator)
        .where(i.deltagare_id == deltagare_id)
        .order_by(i.inskriven, i.id)
    )  # fmt: skip
    return _all(session, InskrivningRow, query)


def _steg(session: Session, inskrivningar: Iterable[InskrivningRow]) -> tuple[StegRow, ...]:
    """Each steg until the day before the next one, the last until the avslut."""
    ends = {i.id: i.avslutad for i in inskrivningar}
    query = (
        select(Stegperiod.inskrivning_id, Steg.namn, Stegperiod.fran)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id.in_(ends))
        .order_by(Stegperiod.inskrivning_id, Stegperiod.fran, Steg.ordning)
    )
    found = session.execute(query).all()
    rows = []
    for number, (inskrivning_id, steg, fran) in enumerate(found, start=1):
        after = found[number] if number < len(found) else None
        same = after is not None and after[0] == inskrivning_id
        till = max(fran, after[2] - timedelta(1)) if after is not None and same else ends[inskrivning_id]
        rows.append(StegRow(inskrivning_id, steg, fran, till))
    return tuple(rows)


def _insatser(session: Session, inskrivning_ids: list[int]) -> tuple[InsatsRow, ...]:
    i = Insats
    query = (
        select(
            i.id, i.nummer, i.inskrivning_id, Insatstyp.namn, func.coalesce(Enhet.namn, ""), i.start,
            i.planerat_slut, i.slut, i.omfattning, i.avbrottsorsak, Insatstyp.raknas_som_aktivitet,
        )
        .join(Insatstyp, Insatstyp.id == i.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == i.enhet_id)
        .where(i.inskrivning_id.in_(inskrivning_ids))
        .order_by(i.start, i.id)
    )  # fmt: skip
    return _all(session, InsatsRow, query)


def _narvaro(session: Session, insats_ids: list[int]) -> tuple[NarvaroRow, ...]:
    query = (
        select(Narvaro.insats_id, Narvaro.status, func.count(), func.coalesce(func.sum(Narvaro.minuter), 0))
        .where(Narvaro.insats_id.in_(insats_ids))
        .group_by(Narvaro.insats_id, Narvaro.status)
        .order_by(Narvaro.insats_id, Narvaro.status)
    )
    return _all(session, NarvaroRow, query)


def _logg(session: Session, card: Card) -> tuple[AndringRow, ...]:
    """The latest changes of what stands on the card, newest first; närvaro has its own screen."""
    rows = {
        "deltagare": [card.id],
        "arende": [a.id for a in card.arenden],
        "inskrivning": [i.id for i in card.inskrivningar],
        "insats": [i.id for i in card.insatser],
        "mote": [m.id for m in card.moten],
    }
    held = or_(*(and_(Andring.tabell == tabell, Andring.rad_id.in_(ids)) for tabell, ids in rows.items()))
    namn = func.coalesce(Medarbetare.namn, Handelse.aktor)
    query = (
        select(
            Handelse.id, Handelse.tid, namn, Handelse.slag, Handelse.text, Andring.tabell, Andring.rad_id,
            Andring.falt, Andring.gammalt, Andring.nytt,
        )
        .join(Handelse, Handelse.id == Andring.handelse_id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
        .where(held)
        .order_by(Andring.id.desc())
        .limit(LOGG_MOST)
    )  # fmt: skip
    return _all(session, AndringRow, query)
