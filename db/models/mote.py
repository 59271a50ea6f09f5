"""Meetings, booked or held."""

from sqlalchemy import Boolean, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import NEVER_REUSE, Base, Dag, Fritext, Kod, Pk, fk, one_of
from db.rules.koder import Motesform, Verksamhet


class Mote(Base):
    """A meeting is held when its day has come and the participant did not stay away (`uteblev`)."""

    __tablename__ = "mote"
    __table_args__ = (
        CheckConstraint(one_of("form", Motesform), "form"),
        CheckConstraint(one_of("verksamhet", Verksamhet), "verksamhet"),
        CheckConstraint("langd BETWEEN 1 AND 1440", "langd"),
        CheckConstraint("tid = '' OR tid LIKE '__:__'", "tid"),
        Index("ix_mote_datum", "datum"),
        NEVER_REUSE,
    )

    id: Mapped[Pk]
    deltagare_id: Mapped[int] = fk("deltagare.id")
    datum: Mapped[Dag]
    # HH:MM, empty when unknown.
    tid: Mapped[str] = mapped_column(String(5), default="", server_default="")
    langd: Mapped[int | None]
    form: Mapped[Kod]
    verksamhet: Mapped[Kod]
    uteblev: Mapped[bool] = mapped_column(Boolean, default=False)
    # What it is about ("Kartläggning"), where, and the signatur of the one who holds it.
    syfte: Mapped[Fritext]
    plats: Mapped[Fritext]
    signatur: Mapped[str] = mapped_column(String(64), default="", server_default="")
