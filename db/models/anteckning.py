"""Notes and documents of a person."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Namn, Pk, fk


class Anteckning(Base):
    """A note. Its author may change it for a day, or until it is signed; then corrections are added to it.

    `skapad` and `signerad` are UTC, ISO 8601 with Z, as the history writes them. Notes are never searched.
    """

    __tablename__ = "anteckning"
    __table_args__ = (
        Index("ix_anteckning_deltagare_id_datum", "deltagare_id", "datum"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    deltagare_id: Mapped[int] = fk("deltagare.id", index=False)
    datum: Mapped[Dag]
    rubrik: Mapped[Namn]
    text: Mapped[Fritext]
    signatur: Mapped[str] = mapped_column(String(64))
    skapad: Mapped[str] = mapped_column(String(27))
    signerad: Mapped[str | None] = mapped_column(String(27))
    # The note that this one corrects or adds to.
    rattar_id: Mapped[int | None] = fk("anteckning.id", nullable=True)


class Anteckningsmall(Base):
    """A template for notes; without an owner it is everybody's."""

    __tablename__ = "anteckningsmall"
    __table_args__ = (Index("uq_anteckningsmall_agare_namn", "agare", "namn", unique=True), NEVER_REUSE)

    id: Mapped[Pk]
    namn: Mapped[Namn]
    text: Mapped[Fritext]
    agare: Mapped[str] = mapped_column(String(64), default="", server_default="")


class Dokumentinnehall(Base):
    """The bytes of a document, by their SHA-256. Not in the history, which could not hold them: a document
    in the trash keeps its bytes here."""

    __tablename__ = "dokumentinnehall"
    __table_args__ = (CheckConstraint("length(sha256) = 64", "sha256"), {"sqlite_with_rowid": True})

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Dokument(Base):
    """A file of a person's, kept in the register; `typ` is its media type, `storlek` bytes."""

    __tablename__ = "dokument"
    __table_args__ = (CheckConstraint("storlek >= 0", "storlek"), NEVER_REUSE)

    id: Mapped[Pk]
    deltagare_id: Mapped[int] = fk("deltagare.id")
    namn: Mapped[Namn]
    typ: Mapped[str] = mapped_column(String(100))
    storlek: Mapped[int]
    sha256: Mapped[str] = mapped_column(
        ForeignKey("dokumentinnehall.sha256", ondelete="RESTRICT"), index=True
    )
    beskrivning: Mapped[Fritext]
    signatur: Mapped[str] = mapped_column(String(64))
    skapad: Mapped[str] = mapped_column(String(27))
