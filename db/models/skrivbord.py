"""What staff keep for themselves: drafts, people opened, saved lists, postponed work; and warnings passed."""

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Namn, Pk, fk


class Utkast(Base):
    """What is written in a form and not saved, as JSON text, by its writer and the form's key.

    In the register and nowhere else, so it is as safe as the rest. Not in the history.
    """

    __tablename__ = "utkast"
    __table_args__ = (UniqueConstraint("signatur", "nyckel"), NEVER_REUSE)

    id: Mapped[Pk]
    signatur: Mapped[str] = mapped_column(String(64))
    nyckel: Mapped[str] = mapped_column(String(200))
    deltagare_id: Mapped[int | None] = fk("deltagare.id", nullable=True, cascade=True)
    rubrik: Mapped[Namn]
    tid: Mapped[str] = mapped_column(String(27))
    varden: Mapped[str] = mapped_column(Text)


class Oppnad(Base):
    """A person that somebody opened, when last, and whether pinned (`fast`). Not in the history."""

    __tablename__ = "oppnad"
    __table_args__ = (
        UniqueConstraint("signatur", "deltagare_id"),
        Index("ix_oppnad_signatur_tid", "signatur", "tid"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    signatur: Mapped[str] = mapped_column(String(64))
    deltagare_id: Mapped[int] = fk("deltagare.id", cascade=True)
    tid: Mapped[str] = mapped_column(String(27))
    fast: Mapped[bool] = mapped_column(Boolean, default=False)


class SparadLista(Base):
    """A saved choice of filters for a screen's list, as JSON text; `delad` is seen by everybody."""

    __tablename__ = "sparad_lista"
    __table_args__ = (UniqueConstraint("agare", "skarm", "namn"), NEVER_REUSE)

    id: Mapped[Pk]
    agare: Mapped[str] = mapped_column(String(64))
    skarm: Mapped[Kod]
    namn: Mapped[Namn]
    delad: Mapped[bool] = mapped_column(Boolean, default=False)
    val: Mapped[str] = mapped_column(Text)


class Uppskjuten(Base):
    """A row of a work list that somebody does not want to see before a day; the day itself is unchanged."""

    __tablename__ = "uppskjuten"
    __table_args__ = (UniqueConstraint("signatur", "lista", "rad_id"), NEVER_REUSE)

    id: Mapped[Pk]
    signatur: Mapped[str] = mapped_column(String(64))
    lista: Mapped[Kod]
    rad_id: Mapped[int] = mapped_column(Integer)
    till: Mapped[Dag]


class PasseradVarning(Base):
    """A warning that was passed when a row was saved, and the reason given."""

    __tablename__ = "passerad_varning"
    __table_args__ = (
        CheckConstraint("skal <> ''", "skal"),
        Index("ix_passerad_varning_tabell_rad_id", "tabell", "rad_id"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    tabell: Mapped[Kod]
    rad_id: Mapped[int] = mapped_column(Integer)
    falt: Mapped[Kod]
    varning: Mapped[Fritext]
    skal: Mapped[Fritext]
