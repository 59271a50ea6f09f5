"""Attendance on the card: the person's share, by insats, by week, and ogiltiga days in a row."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.card_rows import Card as CardRows
from db.queries.narvaro_kort import InsatsNarvaro, NarvaroKort, VeckaNarvaro, read_narvaro_kort
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import Andel, Serie
from desktop.formatting import date_range, number, plural, short_date
from desktop.i18n import tr
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import Rows
from desktop.screens.narvaro.rows import serie_text, share_text
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.table_model import Column
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column
from desktop.widgets.button import Button
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow


class NarvaroPage(KortPage):
    """`wanted`: narvaro for the grid at an insats and a week, skriv_ut to print."""

    key, title = "narvaro", "Närvaro"

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = 0
        self.share = Text("", "body", weight=600).wrapped()
        self.print = Button(theme, tr("Skriv ut…"), "printer")
        self.register = Button(theme, tr("Registrera närvaro"), "calendar-check")
        self.warning = Notice(theme, "danger", " ")
        self.earlier = Text("", "meta", "text2").wrapped()
        self.insatser: Rows[Any] = Rows(
            theme, tr("Närvaro per insats"), _insats_columns(today), settings, "narvaro", "insats_id",
            (tr("Ingen närvaro registrerad."), ""), heading=True,
        )  # fmt: skip
        self.veckor: Rows[Any] = Rows(
            theme, tr("Närvaro per vecka"), _vecka_columns(today), settings, "narvaro-veckor", "key",
            (tr("Ingen vecka ännu."), ""), heading=True,
        )  # fmt: skip
        for rows in (self.insatser, self.veckor):
            rows.table.opens = True
        head = WrapRow((self.share,), (self.print, self.register), spacing=8)
        layout = column(head, self.warning, self.earlier, self.insatser, self.veckor, spacing=10)
        layout.setStretch(3, 2)
        layout.setStretch(4, 3)
        self.setLayout(layout)
        self._connect()

    def show_card(self, card: CardRows, today: date) -> None:
        """The share at once; weeks and series when they are read. Another person's rows never linger."""
        if card.id != self._of:
            self._of = card.id
            self._show(NarvaroKort(card.id, (), ()))
        here = sum(r.antal for r in card.narvaro if r.status == NarvaroStatus.NARVARANDE)
        andel = Andel(here, sum(r.antal for r in card.narvaro))
        passes = plural(andel.registrerade, tr("registrerat pass"), tr("registrerade pass"))
        told = f"{tr('Närvaro')} {share_text(andel)} {tr('av')} {passes}"
        self.share.setText(told if andel.registrerade else tr("Ingen närvaro registrerad."))
        begun = any(insats.start <= today for insats in card.insatser)
        why_not = "" if begun else tr("Deltagaren har ingen insats som har börjat.")
        self.register.set_disabled_because(why_not)
        self.print.set_disabled_because("" if andel.registrerade else tr("Det finns inget att skriva ut."))
        self.asked.emit(partial(_read, card.id))

    def show_read(self, value: Any) -> None:
        """Rows of insatser and weeks; series that run or have been."""
        assert isinstance(value, NarvaroKort)
        if value.deltagare_id == self._of:
            self._show(value)

    def _show(self, found: NarvaroKort) -> None:
        self.insatser.show_rows(found.insatser)
        self.veckor.show_rows(found.veckor)
        running = [_told(i, i.pagaende) for i in found.insatser if i.pagaende is not None]
        been = [_told(i, serie) for i in found.insatser for serie in i.serier if serie != i.pagaende]
        self.warning.setVisible(bool(running))
        self.warning.set("danger", tr("Ogiltig frånvaro flera dagar i rad"), "\n".join(running))
        self.earlier.setVisible(bool(been))
        self.earlier.setText(f"{tr('Tidigare')}: {' '.join(been)}")

    def _connect(self) -> None:
        self.print.clicked.connect(lambda: self.wanted.emit(Akt("skriv_ut", None, {"slag": "narvaro"})))
        self.register.clicked.connect(lambda: self.wanted.emit(Akt("narvaro")))
        self.insatser.opened.connect(lambda insats: self.wanted.emit(Akt("narvaro", insats.insats_id)))
        self.veckor.opened.connect(
            lambda week: self.wanted.emit(Akt("narvaro", week.insats_id, {"dag": week.mandag}))
        )


def _read(deltagare_id: int, session: Session, aktor: Aktor, today: date) -> NarvaroKort:
    return read_narvaro_kort(session, aktor, deltagare_id, today)


def _told(insats: InsatsNarvaro, serie: Serie) -> str:
    return f"{first_upper(insats.typ)}: {serie_text(serie)}."


def _counts() -> tuple[Column[Any], ...]:
    """Passes by status, and the share; `antal` of a row."""
    return (
        Column("narvarande", tr("Närvarande"), lambda r: _figure(r.antal.narvarande), 96, right=True),
        Column("giltig", tr("Giltig"), lambda r: _figure(r.antal.giltig), 66, right=True),
        Column("ogiltig", tr("Ogiltig"), lambda r: _figure(r.antal.ogiltig), 72, right=True),
        Column("sjuk", tr("Sjuk"), lambda r: _figure(r.antal.sjuk), 56, right=True),
        Column("saknas", tr("Ej registrerat"), lambda r: _figure(r.antal.saknas), 108, right=True),
        Column(
            "andel", tr("Närvaro"), lambda r: share_text(r.antal.andel) or "–", 78, right=True, tone="text"
        ),
    )


def _figure(count: int) -> str:
    return number(count) if count else "–"


def _insats_columns(today: date) -> tuple[Column[InsatsNarvaro], ...]:
    return (
        Column(
            "insats", tr("Insats"), lambda r: _title(r, today), 210, stretch=True, tone="text", weight=500
        ),
        *_counts(),
    )


def _title(insats: InsatsNarvaro, today: date) -> str:
    return f"{first_upper(insats.typ)}, {date_range(insats.start, insats.slut, today)}"


def _vecka_columns(today: date) -> tuple[Column[VeckaNarvaro], ...]:
    return (
        Column(
            "vecka",
            tr("Vecka"),
            lambda r: f"{_week(r.mandag, today)} · {first_upper(r.typ)}",
            210,
            stretch=True,
            tone="text",
            weight=500,
        ),
        *_counts(),
    )


def _week(mandag: date, today: date) -> str:
    return f"v. {mandag.isocalendar().week} · {short_date(mandag, today)}"
