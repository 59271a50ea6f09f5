"""The columns of the list, and how an ärende stands in words."""

from datetime import date

from db.queries.kravlista import SORTERINGAR, Kravlage, KravRad
from db.queries.undantag import UndantagNu
from db.rules.aktivitetskrav import Bedomning, Status
from desktop.formatting import days, due_kind, due_text, number, short_date
from desktop.i18n import tr
from desktop.screens.krav import WARN_DAYS
from desktop.table_model import ChipText, Column

STATUS = {
    Status.UPPFYLLT: "Uppfyllt",
    Status.UPPFYLLT_SENT: "Uppfyllt sent",
    Status.AVSLUTAT_FORE_FRIST: "Avslutat före frist",
    Status.UNDANTAG: "Undantag",
    Status.FORFALLET: "Förfallet",
    Status.PAGAR: "Pågår",
}
_CHIPS = {
    Status.UPPFYLLT: ("ok", ""),
    Status.UPPFYLLT_SENT: ("later", "circle-check"),
    Status.AVSLUTAT_FORE_FRIST: ("later", "circle-check"),
    Status.UNDANTAG: ("info", "file-check"),
}


def status_text(bedomning: Bedomning) -> str:
    """R6 in words."""
    return tr(STATUS[bedomning.status])


def dagar_text(bedomning: Bedomning) -> str:
    """ "12 dagar till aktivitet" (R7)."""
    return f"{days(bedomning.dagar or 0)} {tr('till aktivitet')}"


def status_chip(lage: Kravlage, today: date) -> ChipText:
    """How it stands: what is waited for with its days, as in every list; else the status."""
    frist, status = lage.bedomning.frist, lage.bedomning.status
    if status is Status.FORFALLET:
        return ChipText("overdue", tr(STATUS[status]))
    if status is Status.PAGAR:
        if frist is None:
            return ChipText("later", f"{tr(STATUS[status])}, {tr('utan frist')}", "clock")
        kind = due_kind(frist, today, WARN_DAYS)
        return ChipText(kind, due_text(frist, today), "clock" if kind == "later" else "")
    kind, icon = _CHIPS[status]
    return ChipText(kind, tr(STATUS[status]), icon)


def days_text(lage: Kravlage) -> str:
    """ "3 kvar", "12 över"; nothing where no day is waited for."""
    if lage.kvar is not None:
        return f"{number(lage.kvar)} {tr('kvar')}"
    return "" if lage.over is None else f"{number(lage.over)} {tr('över')}"


def undantag_text(undantag: UndantagNu | None, today: date) -> str:
    """ "t.o.m. 1 jul", "tills vidare"; nothing where none applies."""
    if undantag is None:
        return ""
    return tr("tills vidare") if undantag.till is None else f"t.o.m. {short_date(undantag.till, today)}"


def make_columns(today: date) -> tuple[Column[KravRad], ...]:
    """Who, how it stands, which days, what applies."""

    def day(value: date | None) -> str:
        return "" if value is None else short_date(value, today)

    def column(key: str, title: str, text: object, width: int, **more: object) -> Column[KravRad]:
        return Column(key, title, text, width, sort=lambda rad: _sort(key, rad), **more)  # type: ignore[arg-type]

    return (
        column(
            "namn", tr("Namn"), lambda rad: rad.person.namn, 150, weight=500, tone="text", chip=_protected,
            stretch=True, tip=lambda rad: f"{tr('Ärende')} {rad.nummer}",
        ),
        Column("nummer", tr("Personnummer"), lambda rad: rad.person.nummer, 124, tone="text"),
        column(
            "lage", tr("Läge"), lambda rad: status_text(rad.lage.bedomning), 150,
            chip=lambda rad: status_chip(rad.lage, today),
        ),
        column("start", tr("Start"), lambda rad: day(rad.lage.bedomning.start), 92),
        column("frist", tr("Frist"), lambda rad: day(rad.lage.bedomning.frist) or tr("ingen"), 92),
        column("kvar", tr("Dagar"), lambda rad: days_text(rad.lage), 78, right=True),
        column("aktivitet", tr("Första aktivitet"), lambda rad: day(rad.lage.bedomning.aktivitet), 116),
        column(
            "dagar", tr("Dagar dit"),
            lambda rad: "" if rad.lage.bedomning.dagar is None else number(rad.lage.bedomning.dagar), 84,
            right=True, tip=lambda _rad: tr("Från start till första aktivitet, utan dagar med undantag"),
        ),
        column(
            "undantag", tr("Undantag"), lambda rad: undantag_text(rad.lage.undantag, today), 128,
            chip=lambda rad: _review(rad, today), tip=lambda rad: _reason(rad.lage.undantag, today),
        ),
        column("handlaggare", tr("Handläggare"), lambda rad: rad.handlaggare, 124),
    )  # fmt: skip


def _sort(key: str, rad: KravRad) -> tuple[bool, object]:
    value = SORTERINGAR[key](rad.lage)
    return value is None, 0 if value is None else value


def _protected(rad: KravRad) -> ChipText | None:
    return ChipText("protected", rad.person.namn) if rad.person.is_masked else None


def _review(rad: KravRad, today: date) -> ChipText | None:
    """An undantag that is to be reviewed is marked."""
    if not rad.lage.granska:
        return None
    return ChipText("soon", f"{tr('Granska')}, {undantag_text(rad.lage.undantag, today)}", "file-check")


def _reason(undantag: UndantagNu | None, today: date) -> str:
    if undantag is None:
        return ""
    again = f"{tr('Granskas')} {short_date(undantag.granskas, today)}." if undantag.granskas else ""
    return f"{undantag.skal.rstrip('.')}. {again}".strip()
