"""An enrolment in the arbetsmarknadsverksamhet with its steg, planeringar and BIP."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Nummer, Pk, fk, one_of
from db.rules.koder import HanvisadAv, Svarande


class Inskrivning(Base):
    """From inskriven to avslut. The avslut holds the result (R9) and what R10 asks about the work."""

    __tablename__ = "inskrivning"
    __table_args__ = (
        CheckConstraint(one_of("hanvisad_av", HanvisadAv), "hanvisad_av"),
        CheckConstraint("avslutad IS NULL OR avslutad >= inskriven", "ordning"),
        CheckConstraint("(avslutad IS NULL) = (resultat IS NULL)", "resultat"),
        CheckConstraint(
            "arbete_till IS NULL OR (arbete_fran IS NOT NULL AND arbete_till >= arbete_fran)", "arbete"
        ),
        Index("ix_inskrivning_avslutad", "avslutad"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    nummer: Mapped[Nummer]
    deltagare_id: Mapped[int] = fk("deltagare.id")
    anvisad: Mapped[date | None]
    inskriven: Mapped[Dag]
    hanvisad_av: Mapped[str | None] = mapped_column(String(40))
    spar: Mapped[str] = mapped_column(String(100), default="", server_default="")
    koordinator: Mapped[str] = mapped_column(String(64), default="", server_default="", index=True)
    avslutad: Mapped[date | None]
    resultat: Mapped[str | None] = mapped_column(ForeignKey("resultat.namn"))
    arbete_fran: Mapped[date | None]
    arbete_till: Mapped[date | None]
    minst_en_manad: Mapped[bool | None] = mapped_column(Boolean)


class Stegperiod(Base):
    """The day an inskrivning came to a steg; it stands there until the next row."""

    __tablename__ = "stegperiod"
    __table_args__ = (UniqueConstraint("inskrivning_id", "steg_id", "fran"), NEVER_REUSE)

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id", index=False)
    steg_id: Mapped[int] = fk("steg.id")
    fran: Mapped[Dag]


class Planering(Base):
    """An agreed plan; aktuell while the next follow-up is not passed. A new version is a new row."""

    __tablename__ = "planering"
    __table_args__ = (UniqueConstraint("inskrivning_id", "upprattad"), NEVER_REUSE)

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id", index=False)
    upprattad: Mapped[Dag]
    mal: Mapped[Fritext]
    nasta_uppfoljning: Mapped[date | None]


class Bip(Base):
    """One answer of a progression measurement: an indicator from 1 to 5."""

    __tablename__ = "bip"
    __table_args__ = (
        UniqueConstraint("inskrivning_id", "datum", "svarande", "indikator"),
        CheckConstraint(one_of("svarande", Svarande), "svarande"),
        CheckConstraint("varde BETWEEN 1 AND 5", "varde"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id", index=False)
    datum: Mapped[Dag]
    svarande: Mapped[Kod]
    indikator: Mapped[Namn]
    varde: Mapped[int]
