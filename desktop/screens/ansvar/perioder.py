"""The periods offered, and how what is left of one is told. Pure."""

from collections.abc import Sequence
from datetime import date

from db.queries.avstamning import AvstamningRow, Kvar, Punkt
from db.rules.period import Period, add_months, parse_period
from db.rules.text import sort_key
from desktop.formatting import number, plural, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column
from desktop.widgets.worklist import WorkGroup, WorkItem

# Icon, title of the group, head and width of the column, tab of the card, words of the act.
PUNKTER: dict[Punkt, tuple[str, str, str, int, str, str]] = {
    Punkt.NARVARO: (
        "calendar-days", "Närvaro som inte är registrerad", "Närvaro", 90, "narvaro", "Öppna närvaron",
    ),
    Punkt.MANAD: (
        "door-open", "Avslut som väntar på bekräftad månad", "Avslut", 80, "avslut", "Öppna avslutet",
    ),
    Punkt.OSA_BESLUT: (
        "badge-check", "OSA-anställningar utan täckande beslut", "OSA-beslut", 100, "osa", "Öppna OSA",
    ),
    Punkt.INSATS_SLUT: (
        "flag", "Insatser som har passerat planerat slut", "Insatser utan slut", 142, "insatser",
        "Öppna insatserna",
    ),
    Punkt.PLANERING: (
        "clipboard-list", "Planering saknas", "Planering", 94, "planering", "Öppna planeringen",
    ),
}  # fmt: skip


def list_perioder(idag: date) -> tuple[Period, ...]:
    """Ended and running periods of every length, the one that ended latest first: months, then tertial,
    half-years and years."""
    months = [add_months(idag.replace(day=1), -back) for back in range(1, 7)]
    texts = [f"{day.year}-{day.month:02d}" for day in months]
    for letter, parts, length in (("T", 3, 4), ("H", 2, 6)):
        place = idag.year * parts + (idag.month - 1) // length
        texts += [f"{at // parts}-{letter}{at % parts + 1}" for at in (place, place - 1, place - 2)]
    texts += [str(idag.year), str(idag.year - 1)]
    return tuple(parse_period(text) for text in texts)


def period_text(period: Period) -> str:
    """ "maj 2024", "januari–april 2024 (T1)"."""
    part = period.text.partition("-")[2]
    return f"{period.namn} ({part})" if part[:1] in ("T", "H") else period.namn


def name_of(row: AvstamningRow) -> str:
    """Who answers; staff who have left are told of."""
    if not row.signatur:
        return tr("Ingen ansvarig")
    return row.namn if row.aktiv else f"{row.namn} ({tr('inte i tjänst')})"


def make_columns(today: date) -> tuple[Column[AvstamningRow], ...]:
    """Name, what is left by kind, and whether it is said to be done."""

    def state(row: AvstamningRow) -> ChipText:
        if row.klar is not None:
            return ChipText("ok", f"{tr('Klart')} {short_date(row.klar.dag, today)}")
        if not row.kvar:
            return ChipText("info", tr("Kan markeras klar"))
        return ChipText("soon", tr("Inte klart"))

    def count(punkt: Punkt) -> Column[AvstamningRow]:
        _, _, head, width, _, _ = PUNKTER[punkt]
        return Column(
            punkt.value, tr(head), lambda row: number(row.count(punkt)) if row.count(punkt) else "–", width,
            right=True, sort=lambda row: row.count(punkt),
        )  # fmt: skip

    return (
        Column(
            "namn", tr("Ansvarig"), name_of, 170, weight=500, tone="text", stretch=True,
            sort=lambda row: sort_key(row.namn),
        ),
        *(count(punkt) for punkt in Punkt),
        Column(
            "kvar", tr("Kvar"), lambda row: number(len(row.kvar)), 70, right=True, tone="text", weight=500,
            sort=lambda row: len(row.kvar),
        ),
        Column("lage", tr("Läge"), lambda row: state(row).text, 170, chip=state),
    )  # fmt: skip


def told(rows: Sequence[AvstamningRow]) -> str:
    """ "3 av 8 klara. Kvar: Bo Ek, Elin Måsvik."."""
    left = [name_of(row) for row in rows if row.klar is None]
    done = f"{number(len(rows) - len(left))} {tr('av')} {number(len(rows))} {tr('klara')}."
    return f"{done} {tr('Kvar')}: {', '.join(left)}." if left else done


def make_groups(kvar: Sequence[Kvar], today: date) -> tuple[WorkGroup, ...]:
    """What is left of somebody, by kind; the key of an item is its Kvar."""
    groups = []
    for punkt, (icon, title, _, _, _, act) in PUNKTER.items():
        items = tuple(
            WorkItem(
                rad, rad.person.namn, rad.person.nummer, first_upper(rad.text), _chip(rad, today), tr(act),
                masked=rad.person.is_masked,
            )
            for rad in kvar
            if rad.punkt is punkt
        )  # fmt: skip
        groups.append(WorkGroup(punkt.value, icon, tr(title), "", items))
    return tuple(groups)


def _chip(rad: Kvar, today: date) -> ChipText:
    day = short_date(rad.datum, today)
    words = {
        Punkt.NARVARO: plural(rad.antal, tr("pass"), tr("pass")),
        Punkt.MANAD: f"{tr('Avslut')} {day}",
        Punkt.OSA_BESLUT: f"{tr('Från')} {day}",
        Punkt.INSATS_SLUT: f"{tr('Skulle sluta')} {day}",
        Punkt.PLANERING: f"{tr('Inskriven')} {day}",
    }
    return ChipText("soon", words[rad.punkt])
