"""A municipality's goals as printed: the goal tree, activities, indicators and volymmått with their values,
and what staff says of them per period (R13, R14)."""

from sqlalchemy import Boolean, CheckConstraint, Float, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Pk, fk, one_of
from db.rules.koder import Aktivitetslage, Bedomningsskala, Indikatorslag, Vardeslag

PERIOD = 40
# A number as printed, with its decimals: "50.0" is not "50" on paper.
TRYCKT = String(40)


class Plan(Base):
    """One document of goals; `kod` is its file's name; `uppfoljning`, `regler`, `arshjul` are JSON text."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint(one_of("bedomning", Bedomningsskala), "bedomning"), NEVER_REUSE)

    id: Mapped[Pk]
    kod: Mapped[str] = mapped_column(String(64), unique=True)
    kommun: Mapped[Namn]
    namnd: Mapped[Namn]
    ar: Mapped[int] = mapped_column(Integer)
    titel: Mapped[Fritext]
    kalla: Mapped[Fritext]
    bedomning: Mapped[Kod]
    uppfoljning: Mapped[Fritext]
    regler: Mapped[Fritext]
    arshjul: Mapped[Fritext]


class Planmal(Base):
    """A goal; `bedomning` is the one printed in the document, if any."""

    __tablename__ = "planmal"
    __table_args__ = (UniqueConstraint("plan_id", "kod"), NEVER_REUSE)

    id: Mapped[Pk]
    plan_id: Mapped[int] = fk("plan.id", index=False)
    overordnat_id: Mapped[int | None] = fk("planmal.id", nullable=True)
    ordning: Mapped[int] = mapped_column(Integer)
    kod: Mapped[str] = mapped_column(String(120))
    niva: Mapped[Kod]
    nummer: Mapped[str] = mapped_column(String(40), default="", server_default="")
    titel: Mapped[Fritext]
    beskrivning: Mapped[Fritext]
    bedomning: Mapped[str] = mapped_column(String(40), default="", server_default="")


class Planaktivitet(Base):
    """An activity (åtgärd) of a goal."""

    __tablename__ = "planaktivitet"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    plan_id: Mapped[int] = fk("plan.id")
    mal_id: Mapped[int | None] = fk("planmal.id", nullable=True)
    ordning: Mapped[int] = mapped_column(Integer)
    nummer: Mapped[str] = mapped_column(String(40), default="", server_default="")
    text: Mapped[Fritext]
    beskrivning: Mapped[Fritext]
    forvantad_effekt: Mapped[Fritext]
    styrdokument: Mapped[Fritext]
    avrapporteras: Mapped[Fritext]


class Planindikator(Base):
    """An indicator or a volymmått; `beraknas` is the row id of the report that can compute it from the
    register, `kolada` the key of the same measure there, `bedomning` the one printed in the document."""

    __tablename__ = "planindikator"
    __table_args__ = (
        UniqueConstraint("plan_id", "kod"),
        CheckConstraint(one_of("slag", Indikatorslag), "slag"),
        Index("ix_planindikator_kod", "kod"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    plan_id: Mapped[int] = fk("plan.id", index=False)
    mal_id: Mapped[int | None] = fk("planmal.id", nullable=True)
    ordning: Mapped[int] = mapped_column(Integer)
    slag: Mapped[Kod]
    kod: Mapped[str] = mapped_column(String(120))
    nummer: Mapped[str] = mapped_column(String(40), default="", server_default="")
    namn: Mapped[Fritext]
    enhet: Mapped[Kod]
    konsuppdelad: Mapped[bool] = mapped_column(Boolean)
    kalla: Mapped[Fritext]
    definition: Mapped[Fritext]
    beraknas: Mapped[str] = mapped_column(String(120), default="", server_default="")
    koppling: Mapped[Fritext]
    kolada: Mapped[str] = mapped_column(String(20), default="", server_default="")
    bedomning: Mapped[str] = mapped_column(String(40), default="", server_default="")


class Planvarde(Base):
    """A printed outcome or target (riktvärde) of an indicator: numbers as printed, a text beside or alone."""

    __tablename__ = "planvarde"
    __table_args__ = (CheckConstraint(one_of("slag", Vardeslag), "slag"), NEVER_REUSE)

    id: Mapped[Pk]
    indikator_id: Mapped[int] = fk("planindikator.id")
    slag: Mapped[Kod]
    ordning: Mapped[int] = mapped_column(Integer)
    period: Mapped[str] = mapped_column(String(PERIOD))
    kvinnor: Mapped[str | None] = mapped_column(TRYCKT)
    man: Mapped[str | None] = mapped_column(TRYCKT)
    totalt: Mapped[str | None] = mapped_column(TRYCKT)
    text: Mapped[str | None] = mapped_column(Text)


class Malbedomning(Base):
    """Somebody's own assessment of a goal or an indicator for a period, over that of the machine (R14).

    `bedomning` is a code of the plan's scale; the reason is printed.
    """

    __tablename__ = "malbedomning"
    __table_args__ = (
        CheckConstraint("(mal_id IS NULL) <> (indikator_id IS NULL)", "en"),
        CheckConstraint("skal <> ''", "skal"),
        UniqueConstraint("mal_id", "period"),
        UniqueConstraint("indikator_id", "period"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    mal_id: Mapped[int | None] = fk("planmal.id", index=False, nullable=True)
    indikator_id: Mapped[int | None] = fk("planindikator.id", index=False, nullable=True)
    period: Mapped[str] = mapped_column(String(PERIOD))
    bedomning: Mapped[Kod]
    skal: Mapped[Fritext]
    signatur: Mapped[str] = mapped_column(String(64))
    datum: Mapped[Dag]


class Aktivitetsstatus(Base):
    """How far an activity has come at a period (R14)."""

    __tablename__ = "aktivitetsstatus"
    __table_args__ = (
        UniqueConstraint("aktivitet_id", "period"),
        CheckConstraint(one_of("status", Aktivitetslage), "status"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    aktivitet_id: Mapped[int] = fk("planaktivitet.id", index=False)
    period: Mapped[str] = mapped_column(String(PERIOD))
    status: Mapped[Kod]
    kommentar: Mapped[Fritext]
    signatur: Mapped[str] = mapped_column(String(64))
    datum: Mapped[Dag]


class Plankommentar(Base):
    """What somebody says of a goal or an indicator for a period: printed with who and when."""

    __tablename__ = "plankommentar"
    __table_args__ = (
        CheckConstraint("(mal_id IS NULL) <> (indikator_id IS NULL)", "en"),
        CheckConstraint("text <> ''", "text"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    mal_id: Mapped[int | None] = fk("planmal.id", nullable=True)
    indikator_id: Mapped[int | None] = fk("planindikator.id", nullable=True)
    period: Mapped[str] = mapped_column(String(PERIOD))
    text: Mapped[Fritext]
    atgard: Mapped[Fritext]
    klart: Mapped[str] = mapped_column(String(40), default="", server_default="")
    signatur: Mapped[str] = mapped_column(String(64))
    datum: Mapped[Dag]


class Koladavarde(Base):
    """A municipality's figure in a Kolada file: `kpi` and `kommun` are Kolada's keys, `period` a year."""

    __tablename__ = "koladavarde"
    __table_args__ = (UniqueConstraint("kpi", "kommun", "period"), NEVER_REUSE)

    id: Mapped[Pk]
    kpi: Mapped[str] = mapped_column(String(20))
    kommun: Mapped[str] = mapped_column(String(10))
    period: Mapped[str] = mapped_column(String(PERIOD))
    kvinnor: Mapped[float | None] = mapped_column(Float)
    man: Mapped[float | None] = mapped_column(Float)
    totalt: Mapped[float | None] = mapped_column(Float)
