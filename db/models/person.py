"""A person followed, the household, and the numbers that have identified the person."""

from datetime import date
from typing import get_args

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import (
    BINARY_64,
    BINARY_400,
    NEVER_REUSE,
    Base,
    Fritext,
    Kod,
    Namn,
    Nummer,
    Pk,
    fk,
    one_of,
)
from db.rules.koder import Skydd, Utbildningsniva
from db.rules.personnummer import Kon, NummerTyp

NUMMERTYPER = get_args(NummerTyp)


class Hushall(Base):
    """Sökande, medsökande and the number of children living with them."""

    __tablename__ = "hushall"
    __table_args__ = (CheckConstraint("antal_barn >= 0", "antal_barn"), NEVER_REUSE)

    id: Mapped[Pk]
    nummer: Mapped[Nummer]
    antal_barn: Mapped[int | None]


class Deltagare(Base):
    """One row per person, ever. `kon` is K, M or NULL for uppgift saknas (R2)."""

    __tablename__ = "deltagare"
    __table_args__ = (
        CheckConstraint(one_of("kon", get_args(Kon)), "kon"),
        CheckConstraint(one_of("skyddad", Skydd), "skyddad"),
        CheckConstraint(one_of("nummertyp", NUMMERTYPER), "nummertyp"),
        CheckConstraint("(personnummer IS NULL) = (nummertyp IS NULL)", "nummer"),
        CheckConstraint(one_of("utbildningsniva", Utbildningsniva), "utbildningsniva"),
        Index("ix_deltagare_sortering_id", "sortering", "id"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    nummer: Mapped[Nummer]
    # Twelve characters, R1; a reservnummer as ÅÅÅÅMMDDTnnn.
    personnummer: Mapped[str | None] = mapped_column(BINARY_64, unique=True)
    nummertyp: Mapped[str | None] = mapped_column(String(20))
    fodelsedatum: Mapped[date | None]
    fornamn: Mapped[Namn]
    efternamn: Mapped[Namn]
    # Swedish order under plain binary comparison: efternamn, förnamn (db.rules.text.sort_key).
    sortering: Mapped[str] = mapped_column(BINARY_400)
    kon: Mapped[str | None] = mapped_column(String(1))
    hushall_id: Mapped[int | None] = fk("hushall.id", nullable=True)
    omrade: Mapped[Fritext]
    skyddad: Mapped[Kod] = mapped_column(default=Skydd.NEJ.value)
    utrikesfodd: Mapped[bool | None] = mapped_column(Boolean)
    utbildningsniva: Mapped[str | None] = mapped_column(String(20))
    sprak: Mapped[Fritext]
    tolk: Mapped[Fritext]
    telefon: Mapped[Fritext]
    epost: Mapped[Fritext]


class TidigareNummer(Base):
    """A number that identified the person before, such as a samordningsnummer; still found by search."""

    __tablename__ = "tidigare_nummer"
    __table_args__ = (CheckConstraint(one_of("nummertyp", NUMMERTYPER), "nummertyp"), NEVER_REUSE)

    id: Mapped[Pk]
    deltagare_id: Mapped[int] = fk("deltagare.id", cascade=True)
    personnummer: Mapped[str] = mapped_column(BINARY_64, index=True)
    nummertyp: Mapped[Kod]
    till: Mapped[date]


class Sokord(Base):
    """A folded word of the person's name (db.rules.text.words): derived, rebuilt with the name.

    The key holds the person's place in the alphabet too, so a page of hits is read in order straight from it.
    """

    __tablename__ = "sokord"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ord: Mapped[str] = mapped_column(BINARY_400, primary_key=True)
    sortering: Mapped[str] = mapped_column(BINARY_400, primary_key=True)
    deltagare_id: Mapped[int] = mapped_column(
        ForeignKey("deltagare.id", ondelete="CASCADE"), primary_key=True, index=True
    )
