"""Catalogues: insatstyper, steg, resultat, enheter with capacity and cost over time, staff, settings."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Ore, Pk, fk, one_of
from db.rules.koder import Enhetstyp


class Insatstyp(Base):
    """A kind of measure; `raknas_som_aktivitet` decides whether it meets the aktivitetskrav (R5)."""

    __tablename__ = "insatstyp"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    namn: Mapped[str] = mapped_column(String(200), unique=True)
    kategori: Mapped[Fritext]
    raknas_som_aktivitet: Mapped[bool] = mapped_column(Boolean)


class Steg(Base):
    """A column of the flow, in order; one that is not aktiv is no longer offered, but its history is kept.

    `riktvarde_dagar`: how long somebody should stand there at most; `grans`: how many at a time.
    """

    __tablename__ = "steg"
    __table_args__ = (
        CheckConstraint("riktvarde_dagar > 0", "riktvarde_dagar"),
        CheckConstraint("grans > 0", "grans"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    namn: Mapped[str] = mapped_column(String(200), unique=True)
    ordning: Mapped[int]
    riktvarde_dagar: Mapped[int | None]
    grans: Mapped[int | None]
    aktiv: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())


class Resultat(Base):
    """How an inskrivning can end (R9): Kolada's letter and whether it counts as egen försörjning."""

    __tablename__ = "resultat"
    __table_args__ = (CheckConstraint(one_of("kolada", ("A", "B", "C", "D", "E")), "kolada"),)

    namn: Mapped[str] = mapped_column(String(60), primary_key=True)
    kolada: Mapped[str] = mapped_column(String(1))
    egen_forsorjning: Mapped[bool] = mapped_column(Boolean)
    ordning: Mapped[int]


class Enhet(Base):
    """Who provides places: a unit of the municipality (intern) or somebody else (extern).

    `anordnare` is who runs it, where that is another than the enhet itself.
    """

    __tablename__ = "enhet"
    __table_args__ = (CheckConstraint(one_of("typ", Enhetstyp), "typ"), NEVER_REUSE)

    id: Mapped[Pk]
    namn: Mapped[str] = mapped_column(String(200), unique=True)
    typ: Mapped[Kod]
    anordnare: Mapped[Fritext]


class Kapacitet(Base):
    """Places offered by an enhet from a day to a day inclusive; open end: until the next change."""

    __tablename__ = "kapacitet"
    __table_args__ = (
        UniqueConstraint("enhet_id", "fran"),
        CheckConstraint("till IS NULL OR till >= fran", "ordning"),
        CheckConstraint("platser >= 0", "platser"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    enhet_id: Mapped[int] = fk("enhet.id", index=False)
    fran: Mapped[Dag]
    till: Mapped[date | None]
    platser: Mapped[int]


class Kostnad(Base):
    """What an enhet costs in a calendar year, in öre."""

    __tablename__ = "kostnad"
    __table_args__ = (
        UniqueConstraint("enhet_id", "ar"),
        CheckConstraint("ar BETWEEN 1900 AND 2200", "ar"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    enhet_id: Mapped[int] = fk("enhet.id", index=False)
    ar: Mapped[int]
    belopp_ore: Mapped[Ore]


class Medarbetare(Base):
    """Staff: the signatur that ärenden and inskrivningar name, and the name to show for it."""

    __tablename__ = "medarbetare"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    signatur: Mapped[str] = mapped_column(String(64), unique=True)
    namn: Mapped[Namn]
    roll: Mapped[Kod]
    aktiv: Mapped[bool] = mapped_column(Boolean, default=True)


class Installning(Base):
    """A setting of the register, as JSON text under a dotted name such as `aktivitetskrav.dagar`."""

    __tablename__ = "installning"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    nyckel: Mapped[str] = mapped_column(String(100), unique=True)
    varde: Mapped[str] = mapped_column(Text)
