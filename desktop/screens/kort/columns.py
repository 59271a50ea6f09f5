"""The tables of the card's tabs."""

from datetime import date

from db.queries.card_rows import ArendeRow, BistandRow, InsatsRow, MoteRow, PlaneringRow
from db.rules.period import first_day
from desktop.formatting import NBSP, day_and_time, kronor, month, percent, short_date
from desktop.i18n import tr
from desktop.screens.kort.logg import LoggRow
from desktop.screens.krav import krav_chip
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column


def insats_columns(today: date) -> tuple[Column[InsatsRow], ...]:
    """Insatser; a chip says how each stands."""
    return (
        Column("typ", tr("Insats"), lambda r: first_upper(r.typ), 190, stretch=True, tone="text", weight=500),
        Column("enhet", tr("Enhet"), lambda r: r.enhet, 150),
        Column("start", tr("Start"), lambda r: short_date(r.start, today), 96, sort=lambda r: r.start),
        Column("slut", tr("Slut"), lambda r: _end(r, today), 150, sort=lambda r: r.slut or date.max),
        Column("omfattning", tr("Omfattning"), lambda r: percent(r.omfattning), 96, right=True),
        Column(
            "status",
            tr("Läge"),
            lambda r: insats_chip(r, today).text,
            128,
            chip=lambda r: insats_chip(r, today),
        ),
    )


def insats_chip(insats: InsatsRow, today: date) -> ChipText:
    """Planerad, pågår, avbruten or avslutad."""
    return {
        "planerad": ChipText("later", tr("Planerad")),
        "pagar": ChipText("ok", tr("Pågår"), "play"),
        "avbruten": ChipText("over_guide", tr("Avbruten"), "x"),
        "avslutad": ChipText("later", tr("Avslutad"), "check"),
    }[insats.status_on(today)]


def _end(insats: InsatsRow, today: date) -> str:
    if insats.slut is not None:
        return short_date(insats.slut, today)
    return f"{tr('plan')} {short_date(insats.planerat_slut, today)}" if insats.planerat_slut else ""


def mote_columns(today: date) -> tuple[Column[MoteRow], ...]:
    """Möten, booked and held."""
    return (
        Column(
            "datum",
            tr("Datum"),
            lambda r: short_date(r.datum, today),
            96,
            sort=lambda r: (r.datum, r.tid),
            tone="text",
            weight=500,
        ),
        Column("tid", tr("Tid"), lambda r: r.tid.replace(":", "."), 70),
        Column("langd", tr("Längd"), lambda r: f"{r.langd}{NBSP}min" if r.langd else "", 80, right=True),
        Column("syfte", tr("Syfte"), lambda r: r.syfte, 140, stretch=True, tip=lambda r: r.syfte),
        Column("plats", tr("Plats"), lambda r: r.plats, 140, tip=lambda r: r.plats),
        Column("form", tr("Form"), lambda r: first_upper(r.form), 96),
        Column("verksamhet", tr("Verksamhet"), lambda r: first_upper(r.verksamhet), 156),
        Column(
            "lage", tr("Läge"), lambda r: _mote_chip(r, today).text, 128, chip=lambda r: _mote_chip(r, today)
        ),
    )


def _mote_chip(mote: MoteRow, today: date) -> ChipText:
    if mote.uteblev:
        return ChipText("overdue", tr("Uteblev"), "circle-x")
    if mote.datum > today:
        return ChipText("appointment", tr("Bokat"))
    return ChipText("ok", tr("Genomfört"))


def planering_columns(today: date) -> tuple[Column[PlaneringRow], ...]:
    """Agreed plans; the latest is aktuell while its follow-up is not passed."""
    return (
        Column(
            "upprattad",
            tr("Upprättad"),
            lambda r: short_date(r.upprattad, today),
            120,
            tone="text",
            weight=500,
        ),
        Column("mal", tr("Mål"), lambda r: r.mal, 260, stretch=True, tip=lambda r: r.mal),
        Column("nasta", tr("Nästa uppföljning"), lambda r: _next(r, today), 160),
    )


def _next(plan: PlaneringRow, today: date) -> str:
    return short_date(plan.nasta_uppfoljning, today) if plan.nasta_uppfoljning else ""


def arende_columns(today: date) -> tuple[Column[ArendeRow], ...]:
    """Cases of ekonomiskt bistånd."""
    return (
        Column("nummer", tr("Ärende"), lambda r: r.nummer, 130, stretch=True, tone="text", weight=500),
        Column("ansokan", tr("Ansökan"), lambda r: short_date(r.ansokan, today), 110),
        Column("beslut", tr("Beslut"), lambda r: short_date(r.beslut, today) if r.beslut else "", 110),
        Column("utfall", tr("Utfall"), lambda r: first_upper(r.utfall or ""), 90),
        Column(
            "avslutat", tr("Avslutat"), lambda r: short_date(r.avslutat, today) if r.avslutat else "", 110
        ),
        Column("orsak", tr("Orsak"), lambda r: first_upper(r.avslutsorsak or ""), 140),
        Column("krav", tr("Aktivitetskrav"), lambda _row: "", 160, chip=lambda r: krav_chip(r.krav, today)),
    )


def bistand_columns() -> tuple[Column[BistandRow], ...]:
    """Biståndsmånader."""
    return (
        Column(
            "manad",
            tr("Månad"),
            lambda r: first_upper(month(first_day(r.manad))),
            136,
            tone="text",
            weight=500,
        ),
        Column("arende", tr("Ärende"), lambda r: r.arende, 160, stretch=True),
        Column("belopp", tr("Belopp"), _amount, 96, right=True),
    )


def _amount(row: BistandRow) -> str:
    return tr("okänt") if row.belopp_ore is None else kronor(round(row.belopp_ore / 100))


def logg_columns() -> tuple[Column[LoggRow], ...]:
    """Who changed what, when."""
    return (
        Column("tid", tr("Tid"), lambda r: day_and_time(r.tid), 136, tone="text"),
        Column("vem", tr("Vem"), lambda r: r.vem, 130),
        Column(
            "vad", tr("Vad"), lambda r: r.vad, 210, stretch=True, tone="text", weight=500, tip=lambda r: r.vad
        ),
        Column("fore", tr("Före"), lambda r: r.fore, 150, tip=lambda r: r.fore),
        Column("efter", tr("Efter"), lambda r: r.efter, 150, tip=lambda r: r.efter),
    )
