"""Change history: who did what when, and the old and new value of every cell; imports among them."""

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Fritext, Kod, Pk, fk


class Handelse(Base):
    """One act that changed the register. `kedja` seals it, its changes and all acts before it."""

    __tablename__ = "handelse"
    __table_args__ = (Index("ix_handelse_tid", "tid"), NEVER_REUSE)

    id: Mapped[Pk]
    # UTC, ISO 8601 with seconds and Z: text, so that the seal is the same in every database.
    tid: Mapped[str] = mapped_column(String(27))
    aktor: Mapped[str] = mapped_column(String(64))
    slag: Mapped[Kod]
    text: Mapped[Fritext]
    # The act that this one takes back, and the other way round by query.
    angrar_id: Mapped[int | None] = fk("handelse.id", nullable=True)
    kedja: Mapped[str] = mapped_column(String(64))


class Andring(Base):
    """One cell that changed. `falt` is `+` for a new row (values stand in the row itself) and `-` for a
    removed one, whose `gammalt` then is the whole row. Values are JSON text."""

    __tablename__ = "andring"
    __table_args__ = (Index("ix_andring_tabell_rad_id", "tabell", "rad_id"), NEVER_REUSE)

    id: Mapped[Pk]
    handelse_id: Mapped[int] = fk("handelse.id")
    tabell: Mapped[Kod]
    rad_id: Mapped[int] = mapped_column(Integer)
    falt: Mapped[Kod]
    gammalt: Mapped[str | None] = mapped_column(Text)
    nytt: Mapped[str | None] = mapped_column(Text)


class Importomgang(Base):
    """An imported workbook: what file, and how many rows it made new, changed, left and skipped."""

    __tablename__ = "importomgang"
    __table_args__ = (NEVER_REUSE,)

    id: Mapped[Pk]
    handelse_id: Mapped[int] = fk("handelse.id")
    filnamn: Mapped[Fritext]
    sha256: Mapped[str] = mapped_column(String(64))
    nya: Mapped[int]
    andrade: Mapped[int]
    oforandrade: Mapped[int]
    hoppade: Mapped[int]
