"""What only the nämnd's papers ask for: decisions on delegation and typed indicator values."""

from sqlalchemy import Float, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Namn, Pk, fk


class Delegationsbeslut(Base):
    """A decision on delegation; names no participant but by the ärende."""

    __tablename__ = "delegationsbeslut"
    __table_args__ = (Index("ix_delegationsbeslut_datum", "datum"), NEVER_REUSE)

    id: Mapped[Pk]
    arende_id: Mapped[int | None] = fk("arende.id", nullable=True)
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
