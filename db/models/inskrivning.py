"""An enrolment in the arbetsmarknadsverksamhet with its steg, planeringar and BIP."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Nummer, Pk, fk, one_of
from db.rules.koder import Ansvarig, Forsorjning, HanvisadAv, Svarande, Uppfoljningsslag


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
        CheckConstraint(one_of("forsorjning_fore", Forsorjning), "forsorjning_fore"),
        CheckConstraint(one_of("forsorjning_efter", Forsorjning), "forsorjning_efter"),
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
    forsorjning_fore: Mapped[str | None] = mapped_column(String(40))
    forsorjning_efter: Mapped[str | None] = mapped_column(String(40))


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


class Planeringssteg(Base):
    """A step of a planering: what, who, by when, and the day it was done."""

    __tablename__ = "planeringssteg"
    __table_args__ = (
        UniqueConstraint("planering_id", "ordning"),
        CheckConstraint(one_of("ansvarig", Ansvarig), "ansvarig"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    planering_id: Mapped[int] = fk("planering.id", index=False)
    ordning: Mapped[int]
    text: Mapped[Fritext]
    ansvarig: Mapped[Kod]
    senast: Mapped[date | None]
    klar: Mapped[date | None]


class Uppfoljning(Base):
    """A follow-up of an avslut: the day it falls due, and when it was done with what the person lives on."""

    __tablename__ = "uppfoljning"
    __table_args__ = (
        UniqueConstraint("inskrivning_id", "slag"),
        CheckConstraint(one_of("slag", Uppfoljningsslag), "slag"),
        CheckConstraint(one_of("forsorjning", Forsorjning), "forsorjning"),
        CheckConstraint("forsorjning IS NULL OR genomford IS NOT NULL", "genomford"),
        Index("ix_uppfoljning_genomford_planerad", "genomford", "planerad"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id", index=False)
    slag: Mapped[Kod]
    planerad: Mapped[Dag]
    genomford: Mapped[date | None]
    forsorjning: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[Fritext]


class Bipplan(Base):
    """The day agreed for the next measurement, where it is not three months after the latest."""

    __tablename__ = "bipplan"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = mapped_column(
        ForeignKey("inskrivning.id", ondelete="RESTRICT"), unique=True
    )
    nasta: Mapped[Dag]


class Bip(Base):
    """One answer of a progression measurement, on the scale of the settings (`bip.skala`, 5 at first)."""

    __tablename__ = "bip"
    __table_args__ = (
        UniqueConstraint("inskrivning_id", "datum", "svarande", "indikator"),
        CheckConstraint(one_of("svarande", Svarande), "svarande"),
        CheckConstraint("varde BETWEEN 1 AND 10", "varde"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    inskrivning_id: Mapped[int] = fk("inskrivning.id", index=False)
    datum: Mapped[Dag]
    svarande: Mapped[Kod]
    indikator: Mapped[Namn]
    varde: Mapped[int]
