"""Participation in a measure, AF's decisions for OSA, and the attendance of each day."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Nummer, Ore, Pk, fk, one_of
from db.rules.koder import NarvaroStatus, Pass


class Insats(Base):
    """Runs from start to slut inclusive; without slut it is running still."""

    __tablename__ = "insats"
    __table_args__ = (
        CheckConstraint("slut IS NULL OR slut >= start", "ordning"),
        CheckConstraint("planerat_slut IS NULL OR planerat_slut >= start", "planerad_ordning"),
        CheckConstraint("omfattning BETWEEN 1 AND 100", "omfattning"),
        # Everything that counting an enhet's places asks for, so that the rows themselves are left in peace.
        Index("ix_insats_platser", "enhet_id", "slut", "planerat_slut", "start"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    nummer: Mapped[Nummer]
    inskrivning_id: Mapped[int] = fk("inskrivning.id")
    insatstyp_id: Mapped[int] = fk("insatstyp.id")
    enhet_id: Mapped[int | None] = fk("enhet.id", index=False, nullable=True)
    start: Mapped[Dag]
    planerat_slut: Mapped[date | None]
    slut: Mapped[date | None]
    omfattning: Mapped[int] = mapped_column(default=100)
    avbrottsorsak: Mapped[Fritext]


class OsaBeslut(Base):
    """A decision of Arbetsförmedlingen that covers a placement for at most twelve months at a time."""

    __tablename__ = "osa_beslut"
    __table_args__ = (
        UniqueConstraint("insats_id", "fran"),
        CheckConstraint("till >= fran", "ordning"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    insats_id: Mapped[int] = fk("insats.id", index=False)
    fran: Mapped[Dag]
    till: Mapped[Dag]
    diarienummer: Mapped[Fritext]
    bidrag_ore: Mapped[Ore | None]


class Narvaro(Base):
    """Attendance of a day or half-day. No row means ej registrerat, which is never absence."""

    __tablename__ = "narvaro"
    __table_args__ = (
        UniqueConstraint("insats_id", "datum", "pass"),
        CheckConstraint(one_of("status", NarvaroStatus), "status"),
        CheckConstraint(one_of("pass", ("", *Pass)), "pass"),
        CheckConstraint("minuter BETWEEN 0 AND 1440", "minuter"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    insats_id: Mapped[int] = fk("insats.id", index=False)
    datum: Mapped[Dag]
    pass_: Mapped[str] = mapped_column("pass", String(2), default="", server_default="")
    status: Mapped[Kod]
    minuter: Mapped[int | None]
    notering: Mapped[Fritext]


class Narvaroschema(Base):
    """A pass that an insats has every week: weekday 1 (Monday) to 7, and half-day or `` for the whole day.

    An insats without rows is planned every weekday, whole days.
    """

    __tablename__ = "narvaroschema"
    __table_args__ = (
        UniqueConstraint("insats_id", "veckodag", "pass"),
        CheckConstraint("veckodag BETWEEN 1 AND 7", "veckodag"),
        CheckConstraint(one_of("pass", ("", *Pass)), "pass"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    insats_id: Mapped[int] = fk("insats.id", index=False)
    veckodag: Mapped[int]
    pass_: Mapped[str] = mapped_column("pass", String(2), default="", server_default="")


class OsaUppfoljning(Base):
    """A follow-up of an OSA placement: the day it is planned, and when it was done with what was said."""

    __tablename__ = "osa_uppfoljning"
    __table_args__ = (UniqueConstraint("insats_id", "planerad"), NEVER_REUSE)

    id: Mapped[Pk]
    insats_id: Mapped[int] = fk("insats.id", index=False)
    planerad: Mapped[Dag]
    genomford: Mapped[date | None]
    text: Mapped[Fritext]
