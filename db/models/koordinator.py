"""What the coordinator keeps: who waits for a place, reviews of undantag, and periods gone through."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Pk, fk, one_of
from db.rules.koder import Granskningsbeslut


class Platsko(Base):
    """Somebody waits for a place: at an enhet, for a kind of insats, or both.

    Waiting while `till` is empty. Who left with a place has the insats that gave it.
    """

    __tablename__ = "platsko"
    __table_args__ = (
        CheckConstraint("enhet_id IS NOT NULL OR insatstyp_id IS NOT NULL", "mal"),
        CheckConstraint("till IS NULL OR till >= sedan", "ordning"),
        CheckConstraint("insats_id IS NULL OR till IS NOT NULL", "insats"),
        Index("ix_platsko_till", "till"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id")
    enhet_id: Mapped[int | None] = fk("enhet.id", index=False, nullable=True)
    insatstyp_id: Mapped[int | None] = fk("insatstyp.id", index=False, nullable=True)
    sedan: Mapped[Dag]
    onskad_start: Mapped[date | None]
    text: Mapped[Fritext]
    till: Mapped[date | None]
    insats_id: Mapped[int | None] = fk("insats.id", nullable=True)


class Undantagsgranskning(Base):
    """A review of an undantag: whether it stays or ends, why, and when it is looked at next."""

    __tablename__ = "undantagsgranskning"
    __table_args__ = (
        CheckConstraint(one_of("beslut", Granskningsbeslut), "beslut"),
        CheckConstraint("skal <> ''", "skal"),
        CheckConstraint("nasta IS NULL OR nasta > datum", "nasta"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    undantag_id: Mapped[int] = fk("undantag.id")
    datum: Mapped[Dag]
    signatur: Mapped[str] = mapped_column(String(64))
    beslut: Mapped[Kod]
    skal: Mapped[Fritext]
    nasta: Mapped[date | None]


class Avstamning(Base):
    """Somebody has registered all that is theirs for a period, and says so."""

    __tablename__ = "avstamning"
    __table_args__ = (
        UniqueConstraint("fran", "till", "signatur"),
        CheckConstraint("till >= fran", "ordning"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    fran: Mapped[Dag]
    till: Mapped[Dag]
    signatur: Mapped[str] = mapped_column(String(64))
    klar: Mapped[Dag]
    text: Mapped[Fritext]
