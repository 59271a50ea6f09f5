"""The columns of the tables: results by kön, and the follow-ups with how each stands."""

from datetime import date

from db.queries.uppfoljningslista import SORTERINGAR, UppfoljningRad, Uppfoljningslage
from db.rules.koder import Uppfoljningsslag
from db.rules.uppfoljning import is_kvar, leads_to_arbete_studier
from desktop.formatting import due_kind, due_text, number, percent, short_date
from desktop.i18n import tr
from desktop.screens.avslut.model import Resultatrad
from desktop.screens.words import first_upper
from desktop.table_model import ChipText, Column

WARN_DAYS = 2
_INDENT = "\u2003\u2002"


def make_result_columns() -> tuple[Column[Resultatrad], ...]:
    """A class or a result, its avslut by kön, and the share of all; hidden numbers are not copied (R12)."""

    def figure(key: str, title: str, width: int) -> Column[Resultatrad]:
        return Column(
            key,
            title,
            lambda rad: number(rad.varde.get(key)),
            width,
            right=True,
            look=_look,
            leaving=lambda rad: rad.dolda.get(key, number(rad.varde.get(key))),
        )

    return (
        Column(
            "namn", tr("Resultat"), lambda rad: f"{_INDENT * rad.niva}{rad.namn}", 190, stretch=True,
            look=_look, tip=lambda rad: rad.namn,
        ),
        figure("kvinnor", tr("Kvinnor"), 86),
        figure("man", tr("Män"), 76),
        figure("uppgift_saknas", tr("Uppgift saknas"), 124),
        figure("totalt", tr("Totalt"), 82),
        Column(
            "andel", tr("Andel"), lambda rad: percent(rad.andel), 80, right=True, look=_look,
            leaving=lambda rad: ".." if rad.dolda else percent(rad.andel),
        ),
    )  # fmt: skip


def _look(rad: Resultatrad) -> tuple[str, int]:
    return ("text", 600) if rad.niva == 0 else ("text2", 400)


def make_columns(today: date) -> tuple[Column[UppfoljningRad], ...]:
    """Who, which follow-up and how it stands, what the avslut led to, what was answered."""

    def column(key: str, title: str, text: object, width: int, **more: object) -> Column[UppfoljningRad]:
        return Column(key, title, text, width, sort=lambda rad: _sort(key, rad), **more)  # type: ignore[arg-type]

    return (
        column(
            "namn", tr("Namn"), lambda rad: rad.person.namn, 150, weight=500, tone="text", chip=_protected,
            stretch=True,
        ),
        Column("nummer", tr("Personnummer"), lambda rad: rad.person.nummer, 128, tone="text"),
        column("slag", tr("Efter"), lambda rad: rad.lage.slag, 104),
        column(
            "lage", tr("Läge"), lambda rad: short_date(rad.lage.dag, today), 172,
            chip=lambda rad: state_chip(rad.lage, today), tip=lambda rad: _day(rad.lage, today),
        ),
        column(
            "resultat", tr("Resultat"), lambda rad: first_upper(rad.lage.resultat), 164,
            tip=lambda rad: first_upper(rad.lage.resultat),
        ),
        column("avslutad", tr("Avslutad"), lambda rad: short_date(rad.lage.avslutad, today), 104),
        column("svar", tr("Svar"), lambda rad: answer_text(rad.lage), 150, chip=lambda rad: _back(rad.lage)),
        column("koordinator", tr("Koordinator"), lambda rad: rad.koordinator, 124),
    )  # fmt: skip


def state_chip(lage: Uppfoljningslage, today: date) -> ChipText:
    """Done, without an answer, or how long it is until it is due."""
    day = short_date(lage.dag, today)
    if lage.lage == "gjord":
        return ChipText("ok", f"{tr('Gjord')} {day}")
    if lage.lage == "utan_svar":
        return ChipText("later", f"{tr('Inget svar')} {day}", "circle-x")
    kind = due_kind(lage.dag, today, WARN_DAYS)
    text = tr("Idag") if lage.lage == "idag" else due_text(lage.dag, today)
    return ChipText(kind, text, "clock" if kind == "later" else "")


def answer_text(lage: Uppfoljningslage) -> str:
    """What was told: whether the month lasted (R10), what the person lives on."""
    told = []
    if lage.slag == Uppfoljningsslag.EN_MANAD.value and lage.is_done and lage.minst_en_manad is not None:
        told.append(tr("minst en månad") if lage.minst_en_manad else tr("mindre än en månad"))
    return first_upper(", ".join([*told, *([lage.forsorjning] if lage.forsorjning else [])]))


def kvar_text(kvar: bool | None, forsorjning: str | None) -> str:
    """Whether it has lasted, for a list of people."""
    words = {True: tr("kvar"), False: tr("inte kvar"), None: tr("inget svar")}[kvar]
    return f"{words}, {forsorjning}" if forsorjning else words


def _day(lage: Uppfoljningslage, today: date) -> str:
    return "" if lage.is_done else f"{tr('Ska göras')} {short_date(lage.dag, today)}"


def _back(lage: Uppfoljningslage) -> ChipText | None:
    """Somebody who went to arbete or studier and is there no longer is marked."""
    if not lage.is_done or not leads_to_arbete_studier(lage.resultat):
        return None
    if is_kvar(lage.slag, lage.resultat, lage.minst_en_manad, lage.forsorjning) is not False:
        return None
    return ChipText("over_guide", answer_text(lage), "rotate-ccw")


def _sort(key: str, rad: UppfoljningRad) -> tuple[bool, object]:
    value = SORTERINGAR[key](rad.lage)
    return value is None, 0 if value is None else value


def _protected(rad: UppfoljningRad) -> ChipText | None:
    return ChipText("protected", rad.person.namn) if rad.person.is_masked else None
