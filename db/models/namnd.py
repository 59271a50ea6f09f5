"""What only the nämnd's papers ask for: decisions on delegation, typed indicator values, frozen reports,
and what has been printed."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Pk, fk


class Delegationsbeslut(Base):
    """A decision on delegation; names no participant but by the ärende. Numbered within its year."""

    __tablename__ = "delegationsbeslut"
    __table_args__ = (
        Index("ix_delegationsbeslut_ar_lopnummer", "ar", "lopnummer", unique=True),
        Index("ix_delegationsbeslut_datum", "datum"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    arende_id: Mapped[int | None] = fk("arende.id", nullable=True)
    ar: Mapped[int | None] = mapped_column(Integer)
    lopnummer: Mapped[int | None] = mapped_column(Integer)
    datum: Mapped[Dag]
    arendetyp: Mapped[Namn]
    lagrum: Mapped[Fritext]
    delegationspunkt: Mapped[Namn]
    beslut: Mapped[Fritext]
    delegat: Mapped[Namn]


class Indikatorvarde(Base):
    """A typed outcome of an indicator for a period, as printed in the plan or report it comes from."""

    __tablename__ = "indikatorvarde"
    __table_args__ = (UniqueConstraint("indikator", "period"), NEVER_REUSE)

    id: Mapped[Pk]
    indikator: Mapped[Namn]
    period: Mapped[str] = mapped_column(String(40))
    kvinnor: Mapped[float | None] = mapped_column(Float)
    man: Mapped[float | None] = mapped_column(Float)
    totalt: Mapped[float | None] = mapped_column(Float)
    kalla: Mapped[Fritext]
    kommentar: Mapped[Fritext]


class Namndbehandling(Base):
    """At which meeting (`sammantrade`) and under which diarienummer the nämnd gets a report of a period; its
    first page tells. `variant` is that of Rapportutskrift."""

    __tablename__ = "namndbehandling"
    __table_args__ = (
        CheckConstraint("till >= fran", "ordning"),
        UniqueConstraint("rapport", "variant", "fran", "till"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    rapport: Mapped[Kod]
    variant: Mapped[str] = mapped_column(String(120), default="", server_default="")
    fran: Mapped[Dag]
    till: Mapped[Dag]
    sammantrade: Mapped[dt.date | None] = mapped_column(Date)
    dnr: Mapped[str] = mapped_column(String(60), default="", server_default="")


class Rapportutskrift(Base):
    """What a reader outside has been given of a report: its figures and marks as JSON text (R12).

    `variant` tells reports of one name apart, such as the plan of a follow-up. Never taken back: a
    print is out.
    """

    __tablename__ = "rapportutskrift"
    __table_args__ = (
        CheckConstraint("till >= fran", "ordning"),
        UniqueConstraint("rapport", "variant", "fran", "till", "per", "sha256"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    rapport: Mapped[Kod]
    variant: Mapped[str] = mapped_column(String(120), default="", server_default="")
    fran: Mapped[Dag]
    till: Mapped[Dag]
    per: Mapped[Dag]
    tid: Mapped[str] = mapped_column(String(27))
    signatur: Mapped[str] = mapped_column(String(64))
    form: Mapped[Kod]
    sha256: Mapped[str] = mapped_column(String(64))
    innehall: Mapped[str] = mapped_column(Text)


class FrystRapport(Base):
    """A report made final: its data, definitions and settings (`sha256`) and its printed form (`pdf_sha256`)
    are kept among the bytes of documents; `parametrar` is JSON text. Approved when `godkand` holds a time."""

    __tablename__ = "fryst_rapport"
    __table_args__ = (
        CheckConstraint("till >= fran", "ordning"),
        CheckConstraint("(godkand_av = '') = (godkand IS NULL)", "godkand"),
        Index("ix_fryst_rapport_rapport_till", "rapport", "till"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    rapport: Mapped[Kod]
    variant: Mapped[str] = mapped_column(String(120), default="", server_default="")
    titel: Mapped[Fritext]
    fran: Mapped[Dag]
    till: Mapped[Dag]
    per: Mapped[Dag]
    parametrar: Mapped[Fritext]
    programversion: Mapped[str] = mapped_column(String(40))
    tid: Mapped[str] = mapped_column(String(27))
    signatur: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(
        ForeignKey("dokumentinnehall.sha256", ondelete="RESTRICT"), index=True
    )
    pdf_sha256: Mapped[str] = mapped_column(
        ForeignKey("dokumentinnehall.sha256", ondelete="RESTRICT"), index=True
    )
    godkand_av: Mapped[str] = mapped_column(String(64), default="", server_default="")
    godkand_roll: Mapped[str] = mapped_column(String(200), default="", server_default="")
    godkand: Mapped[str | None] = mapped_column(String(27))
    text: Mapped[Fritext]
