"""A case of ekonomiskt bistånd with its biståndsmånader and exemptions from the aktivitetskrav."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Manad, Nummer, Ore, Pk, fk, one_of
from db.rules.koder import Avslutsorsak, Utfall


class Arende(Base):
    """From ansökan over beslut to avslutat; only bifall is followed by the aktivitetskrav (R3)."""

    __tablename__ = "arende"
    __table_args__ = (
        CheckConstraint(one_of("utfall", Utfall), "utfall"),
        CheckConstraint(one_of("avslutsorsak", Avslutsorsak), "avslutsorsak"),
        CheckConstraint("beslut IS NULL OR beslut >= ansokan", "beslut_ordning"),
        CheckConstraint(
            "avslutat IS NULL OR (avslutat >= ansokan AND (beslut IS NULL OR avslutat >= beslut))",
            "avslutat_ordning",
        ),
        Index("ix_arende_beslut", "beslut"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    nummer: Mapped[Nummer]
    deltagare_id: Mapped[int] = fk("deltagare.id")
    ansokan: Mapped[Dag]
    beslut: Mapped[date | None]
    utfall: Mapped[str | None] = mapped_column(String(10))
    avslutat: Mapped[date | None]
    avslutsorsak: Mapped[str | None] = mapped_column(String(40))
    forsorjningshinder: Mapped[Fritext]
    handlaggare: Mapped[str] = mapped_column(String(64), default="", server_default="", index=True)


class Undantag(Base):
    """An approved exemption; open end: until further notice (R4)."""

    __tablename__ = "undantag"
    __table_args__ = (CheckConstraint("till IS NULL OR till >= fran", "ordning"), NEVER_REUSE)

    id: Mapped[Pk]
    arende_id: Mapped[int] = fk("arende.id")
    fran: Mapped[Dag]
    till: Mapped[date | None]
    skal: Mapped[Fritext]


class Bistandsmanad(Base):
    """A calendar month for which försörjningsstöd was paid; the amount may be unknown."""

    __tablename__ = "bistandsmanad"
    __table_args__ = (
        UniqueConstraint("arende_id", "manad"),
        CheckConstraint("manad BETWEEN 22800 AND 26400", "manad"),
        Index("ix_bistandsmanad_manad", "manad"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    arende_id: Mapped[int] = fk("arende.id", index=False)
    manad: Mapped[Manad]
    belopp_ore: Mapped[Ore | None]
