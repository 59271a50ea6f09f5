"""What the card asks of the register, each statement by the person's `id` and with columns as its row has."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.history import NEW, REMOVED
from db.models import (
    Andring,
    Anteckning,
    Arende,
    Bip,
    Bipplan,
    Bistandsmanad,
    Deltagare,
    Dokument,
    Enhet,
    Handelse,
    Hushall,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    PasseradVarning,
    Planering,
    Planeringssteg,
    Platsko,
    Steg,
    Stegperiod,
    TidigareNummer,
    Undantag,
    Undantagsgranskning,
    Uppfoljning,
)
from db.queries.access import OPEN
from db.queries.sammanslagning import MERGED
from db.sql import Prepared

LOGG_MOST = 200
_ID = bindparam("id", type_=Integer)
_OTHER = aliased(Deltagare)
_OWN_INSATSER = select(Insats.id).join(Inskrivning).where(Inskrivning.deltagare_id == _ID)

PERSON = Prepared(
    select(
        Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
        Deltagare.fodelsedatum, Deltagare.kon, Deltagare.omrade, Deltagare.utrikesfodd,
        Deltagare.utbildningsniva, Deltagare.sprak, Deltagare.tolk, Deltagare.telefon, Deltagare.epost,
        Hushall.nummer, Hushall.antal_barn,
        select(func.count())
        .where(
            _OTHER.hushall_id == Deltagare.hushall_id,
            or_(_OTHER.skyddad == OPEN, _OTHER.id == Deltagare.id),
        )
        .scalar_subquery(),
    )
    .outerjoin(Hushall, Hushall.id == Deltagare.hushall_id)
    .where(Deltagare.id == _ID)
)  # fmt: skip
NUMMER = Prepared(
    select(TidigareNummer.personnummer, TidigareNummer.nummertyp, TidigareNummer.till)
    .where(TidigareNummer.deltagare_id == _ID)
    .order_by(TidigareNummer.till, TidigareNummer.id)
)
# A protected member of the household is nobody's business here: that person's own card asks for a reason.
MEDLEMMAR = Prepared(
    select(_OTHER.id, _OTHER.fornamn, _OTHER.efternamn, _OTHER.personnummer, _OTHER.fodelsedatum)
    .join(Deltagare, Deltagare.hushall_id == _OTHER.hushall_id)
    .where(Deltagare.id == _ID, _OTHER.id != _ID, _OTHER.skyddad == OPEN)
    .order_by(_OTHER.sortering, _OTHER.id)
)
ARENDEN = Prepared(
    select(
        Arende.id, Arende.nummer, Arende.ansokan, Arende.beslut, Arende.utfall, Arende.avslutat,
        Arende.avslutsorsak, Arende.forsorjningshinder, func.coalesce(Medarbetare.namn, Arende.handlaggare),
        Arende.handlaggare.label("signatur"),
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
    .where(Arende.deltagare_id == _ID)
    .order_by(Arende.ansokan, Arende.id)
)  # fmt: skip
UNDANTAG = Prepared(
    select(Undantag.id, Undantag.arende_id, Undantag.fran, Undantag.till, Undantag.skal)
    .join(Arende, Arende.id == Undantag.arende_id)
    .where(Arende.deltagare_id == _ID)
    .order_by(Undantag.fran, Undantag.id)
)
GRANSKNINGAR = Prepared(
    select(
        Undantagsgranskning.id, Undantagsgranskning.undantag_id, Undantagsgranskning.datum,
        func.coalesce(Medarbetare.namn, Undantagsgranskning.signatur), Undantagsgranskning.beslut,
        Undantagsgranskning.skal, Undantagsgranskning.nasta,
    )
    .join(Undantag, Undantag.id == Undantagsgranskning.undantag_id)
    .join(Arende, Arende.id == Undantag.arende_id)
    .outerjoin(Medarbetare, Medarbetare.signatur == Undantagsgranskning.signatur)
    .where(Arende.deltagare_id == _ID)
    .order_by(Undantagsgranskning.id)
)  # fmt: skip
BISTAND = Prepared(
    select(Bistandsmanad.id, Arende.nummer, Bistandsmanad.manad, Bistandsmanad.belopp_ore)
    .join(Arende, Arende.id == Bistandsmanad.arende_id)
    .where(Arende.deltagare_id == _ID)
    .order_by(Bistandsmanad.manad, Arende.nummer)
)
INSKRIVNINGAR = Prepared(
    select(
        Inskrivning.id, Inskrivning.nummer, Inskrivning.anvisad, Inskrivning.inskriven,
        Inskrivning.hanvisad_av, Inskrivning.spar, func.coalesce(Medarbetare.namn, Inskrivning.koordinator),
        Inskrivning.avslutad, Inskrivning.resultat, Inskrivning.arbete_fran, Inskrivning.arbete_till,
        Inskrivning.minst_en_manad, Inskrivning.forsorjning_fore, Inskrivning.forsorjning_efter,
        Inskrivning.koordinator.label("signatur"),
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Inskrivning.koordinator)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Inskrivning.inskriven, Inskrivning.id)
)  # fmt: skip
UPPFOLJNINGAR = Prepared(
    select(
        Uppfoljning.id, Uppfoljning.inskrivning_id, Uppfoljning.slag, Uppfoljning.planerad,
        Uppfoljning.genomford, Uppfoljning.forsorjning, Uppfoljning.text,
    )
    .join(Inskrivning, Inskrivning.id == Uppfoljning.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Uppfoljning.planerad, Uppfoljning.id)
)  # fmt: skip
STEG = Prepared(
    select(Stegperiod.inskrivning_id, Steg.namn, Stegperiod.fran, Stegperiod.id)
    .join(Steg, Steg.id == Stegperiod.steg_id)
    .join(Inskrivning, Inskrivning.id == Stegperiod.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Stegperiod.inskrivning_id, Stegperiod.fran, Steg.ordning)
)
PLANERINGAR = Prepared(
    select(
        Planering.id, Planering.inskrivning_id, Planering.upprattad, Planering.mal,
        Planering.nasta_uppfoljning,
    )
    .join(Inskrivning, Inskrivning.id == Planering.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Planering.upprattad, Planering.id)
)  # fmt: skip
PLANERINGSSTEG = Prepared(
    select(
        Planeringssteg.id, Planeringssteg.planering_id, Planeringssteg.ordning, Planeringssteg.text,
        Planeringssteg.ansvarig, Planeringssteg.senast, Planeringssteg.klar,
    )
    .join(Planering, Planering.id == Planeringssteg.planering_id)
    .join(Inskrivning, Inskrivning.id == Planering.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Planeringssteg.planering_id, Planeringssteg.ordning)
)  # fmt: skip
INSATSER = Prepared(
    select(
        Insats.id, Insats.nummer, Insats.inskrivning_id, Insatstyp.namn, func.coalesce(Enhet.namn, ""),
        Insats.start, Insats.planerat_slut, Insats.slut, Insats.omfattning, Insats.avbrottsorsak,
        Insatstyp.raknas_som_aktivitet,
    )
    .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
    .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
    .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Insats.start, Insats.id)
)  # fmt: skip
OSA = Prepared(
    select(
        OsaBeslut.id, OsaBeslut.insats_id, OsaBeslut.fran, OsaBeslut.till, OsaBeslut.diarienummer,
        OsaBeslut.bidrag_ore,
    )
    .where(OsaBeslut.insats_id.in_(_OWN_INSATSER))
    .order_by(OsaBeslut.fran, OsaBeslut.id)
)  # fmt: skip
OSA_UPPFOLJNINGAR = Prepared(
    select(
        OsaUppfoljning.id, OsaUppfoljning.insats_id, OsaUppfoljning.planerad, OsaUppfoljning.genomford,
        OsaUppfoljning.text,
    )
    .where(OsaUppfoljning.insats_id.in_(_OWN_INSATSER))
    .order_by(OsaUppfoljning.planerad, OsaUppfoljning.id)
)  # fmt: skip
NARVARO = Prepared(
    select(Narvaro.insats_id, Narvaro.status, func.count(), func.coalesce(func.sum(Narvaro.minuter), 0))
    .where(Narvaro.insats_id.in_(_OWN_INSATSER))
    .group_by(Narvaro.insats_id, Narvaro.status)
    .order_by(Narvaro.insats_id, Narvaro.status)
)
MOTEN = Prepared(
    select(
        Mote.id, Mote.datum, Mote.tid, Mote.langd, Mote.form, Mote.verksamhet, Mote.uteblev, Mote.syfte,
        Mote.plats, Mote.signatur,
    )
    .where(Mote.deltagare_id == _ID)
    .order_by(Mote.datum, Mote.tid, Mote.id)
)  # fmt: skip
ANTECKNINGAR = Prepared(
    select(
        Anteckning.id, Anteckning.datum, Anteckning.rubrik, Anteckning.text, Anteckning.signatur,
        func.coalesce(Medarbetare.namn, Anteckning.signatur), Anteckning.skapad, Anteckning.signerad,
        Anteckning.rattar_id,
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Anteckning.signatur)
    .where(Anteckning.deltagare_id == _ID)
    .order_by(Anteckning.datum, Anteckning.id)
)  # fmt: skip
DOKUMENT = Prepared(
    select(
        Dokument.id, Dokument.namn, Dokument.typ, Dokument.storlek, Dokument.beskrivning,
        func.coalesce(Medarbetare.namn, Dokument.signatur), Dokument.skapad,
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Dokument.signatur)
    .where(Dokument.deltagare_id == _ID)
    .order_by(Dokument.skapad, Dokument.id)
)  # fmt: skip
BIP = Prepared(
    select(Bip.inskrivning_id, Bip.datum, Bip.svarande, Bip.indikator, Bip.varde)
    .join(Inskrivning, Inskrivning.id == Bip.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
    .order_by(Bip.datum, Bip.id)
)
BIPPLANER = Prepared(
    select(Bipplan.inskrivning_id, Bipplan.nasta)
    .join(Inskrivning, Inskrivning.id == Bipplan.inskrivning_id)
    .where(Inskrivning.deltagare_id == _ID)
)
_MADE = (
    select(func.max(Andring.handelse_id))
    .where(
        Andring.tabell == PasseradVarning.__tablename__,
        Andring.rad_id == PasseradVarning.id,
        Andring.falt == NEW,
    )
    .scalar_subquery()
)
_MERGED = and_(
    PasseradVarning.tabell == Deltagare.__tablename__,
    PasseradVarning.rad_id == _ID,
    PasseradVarning.falt == MERGED,
)
SAMMANSLAGNA = Prepared(
    select(
        PasseradVarning.id, PasseradVarning.varning, PasseradVarning.skal, Handelse.tid,
        func.coalesce(Medarbetare.namn, Handelse.aktor),
    )
    .select_from(PasseradVarning)
    .join(Handelse, Handelse.id == _MADE)
    .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
    .where(_MERGED)
    .order_by(PasseradVarning.id)
)  # fmt: skip
ALLA_STEG = Prepared(select(Steg.namn).order_by(Steg.ordning))


def _changes_of(tabell: str, ids: Select[int] | Select[int | None]) -> Select[int]:
    return select(Andring.id).where(Andring.tabell == tabell, Andring.rad_id.in_(ids))


def _changes_under(parent: type[Any], *children: type[Any]) -> list[Select[int]]:
    """Changes of rows that name a parent's row: `insats_id` of the person's insatser."""
    ids, column = _OWN[parent], f"{parent.__tablename__}_id"
    return [
        _changes_of(child.__tablename__, select(child.id).where(getattr(child, column).in_(ids)))
        for child in children
    ]


_OWN: dict[type[Any], Select[int]] = {
    Arende: select(Arende.id).where(Arende.deltagare_id == _ID),
    Inskrivning: select(Inskrivning.id).where(Inskrivning.deltagare_id == _ID),
    Insats: _OWN_INSATSER,
    Planering: select(Planering.id).join(Inskrivning).where(Inskrivning.deltagare_id == _ID),
    Mote: select(Mote.id).where(Mote.deltagare_id == _ID),
    Anteckning: select(Anteckning.id).where(Anteckning.deltagare_id == _ID),
    Dokument: select(Dokument.id).where(Dokument.deltagare_id == _ID),
}
_GRANSKNINGAR = select(Undantagsgranskning.id).join(Undantag).where(Undantag.arende_id.in_(_OWN[Arende]))
# The latest changes of what stands on the card; närvaro has its own screen.
_PASSERADE = select(PasseradVarning.id).where(
    or_(
        *(
            and_(PasseradVarning.tabell == table.__tablename__, PasseradVarning.rad_id.in_(ids))
            for table, ids in (
                *((table, _OWN[table]) for table in (Insats, Mote, Arende, Inskrivning)),
                (OsaBeslut, select(OsaBeslut.id).where(OsaBeslut.insats_id.in_(_OWN_INSATSER))),
                (
                    Uppfoljning,
                    select(Uppfoljning.id).where(Uppfoljning.inskrivning_id.in_(_OWN[Inskrivning])),
                ),
            )
        ),
        and_(PasseradVarning.tabell == Deltagare.__tablename__, PasseradVarning.rad_id == _ID),
    )
)
# Those who were made a part of this one: their history goes on here.
_PARTS = select(Andring.rad_id).where(
    Andring.handelse_id.in_(select(_MADE).where(_MERGED)),
    Andring.tabell == Deltagare.__tablename__,
    Andring.falt == REMOVED,
)
_CHANGED = union_all(
    _changes_of("deltagare", _PARTS),
    select(Andring.id).where(Andring.tabell == "deltagare", Andring.rad_id == _ID),
    *(_changes_of(table.__tablename__, ids) for table, ids in _OWN.items()),
    *_changes_under(Arende, Undantag, Bistandsmanad),
    *_changes_under(Inskrivning, Stegperiod, Bip, Bipplan, Uppfoljning, Platsko),
    *_changes_under(Insats, OsaBeslut, OsaUppfoljning, Narvaroschema),
    *_changes_under(Planering, Planeringssteg),
    _changes_of("undantagsgranskning", _GRANSKNINGAR),
    _changes_of("hushall", select(Deltagare.hushall_id).where(Deltagare.id == _ID)),
    _changes_of("passerad_varning", _PASSERADE),
).subquery()


def _namn(value: InstrumentedAttribute[str | None]) -> ColumnElement[str | None]:
    """What a catalogue calls the row whose id a cell holds; NULL for every other cell."""
    return case(
        *(
            (
                Andring.falt == f"{table.__tablename__}_id",
                select(column).where(table.id == cast(value, Integer)).scalar_subquery(),
            )
            for table, column in (
                (Insatstyp, Insatstyp.namn), (Enhet, Enhet.namn), (Steg, Steg.namn),
                (Hushall, Hushall.nummer),
            )
        ),
        else_=None,
    )  # fmt: skip


LOGG = Prepared(
    select(
        Handelse.id, Handelse.tid, func.coalesce(Medarbetare.namn, Handelse.aktor), Handelse.slag,
        Handelse.text, Andring.tabell, Andring.rad_id, Andring.falt, Andring.gammalt, Andring.nytt,
        _namn(Andring.gammalt), _namn(Andring.nytt),
        func.coalesce(PasseradVarning.varning, ""), func.coalesce(PasseradVarning.skal, ""),
    )
    .outerjoin(
        PasseradVarning,
        and_(Andring.tabell == "passerad_varning", PasseradVarning.id == Andring.rad_id),
    )
    .join(Handelse, Handelse.id == Andring.handelse_id)
    .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
    .where(Andring.id.in_(select(_CHANGED.c.id)))
    .order_by(Andring.id.desc())
    .limit(LOGG_MOST)
)  # fmt: skip
