"""Makes the report `uppfoljning` from the register: the plan's values, hidden (R12), laid out in its form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db.aktor import Aktor
from db.errors import KnownError
from db.rules.figurer import Rapport
from db.rules.period import parse_period
from db.rules.plan import follow_up_period, plain_period
from db.rules.planbild import Beraknad
from db.rules.sidor import Sida
from db.rules.suppression_minne import Utgiven, hide_sides
from desktop.reports.plan.former import Form
from desktop.reports.plan.rapport import NAMN, Uppfoljning, follow_up
from desktop.reports.registry import REPORTS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.rapportutskrift import Utskrift
    from db.session import Store


def make_follow_up(
    store: "Store",
    aktor: Aktor,
    period: str,
    *,
    per: date | None = None,
    plan: str | None = None,
    form: str | None = None,
    idag: date,
) -> "tuple[Rapport, Utskrift]":
    """The follow-up of a plan for a period, judged on `per` (by default its last day or today, the earlier),
    and what is to be remembered of it when it is handed over.

    `plan` may be left out where one plan is of the year and of this kommun; `form` is one of Form instead of
    what the plan's own data ask for. Raises KnownError for a plan, period or form that does not exist.
    """
    with store.read(aktor) as session:
        from db.commands.rapportutskrift import Utskrift
        from db.queries.medarbetare import roles_by_signatur
        from db.queries.plan_varden import values_of
        from db.queries.rapportutskrift import list_utgivna
        from db.queries.settings import load_settings

        installningar = load_settings(session, aktor)
        ar = follow_up_period(parse_period(period).text).till.year
        plan_id = _plan_id(session, aktor, plan, ar, installningar.kommun)
        varden = values_of(session, aktor, plan_id, period, per or idag)
        roller = roles_by_signatur(session, aktor)
        kod, troskel = varden.plan.kod, installningar.troskel
        egna, senast = list_utgivna(session, aktor, NAMN, kod, troskel)
        rapporter = sorted({one.rapport for one in varden.beraknade})
        andra = [u for namn in rapporter for u in list_utgivna(session, aktor, namn, "", troskel)[0]]
    sidor, fler_dolda = _hidden(varden.beraknade, (*egna, *andra), troskel)
    rapport = follow_up(
        Uppfoljning(
            varden,
            uttag=idag,
            dolda=_marks(varden.beraknade, sidor),
            roller=roller,
            form=_form(form),
            demo=installningar.demo,
            troskel=troskel,
        )
    )
    dagar = varden.period
    utskrift = Utskrift(NAMN, rapport.titel, dagar.fran, dagar.till, varden.per, sidor, senast, kod)
    return replace(rapport, fler_dolda=fler_dolda), utskrift


def _plan_id(session: "Session", aktor: Aktor, plan: str | None, ar: int, kommun: str) -> int:
    """The plan that is asked for, else the only one there is: in the register, of the year, of the kommun."""
    from db.queries.plan import find_plan, list_planer

    if plan:
        return find_plan(session, aktor, plan)
    planer = list_planer(session, aktor)
    if not planer:
        raise KnownError("Det finns ingen plan att följa upp. Läs in en plan först.")
    narrowed = [one for one in planer if one.ar == ar] or list(planer)
    narrowed = [one for one in narrowed if one.kommun == kommun] or narrowed
    if len(narrowed) > 1:
        raise KnownError(f"Det finns flera planer. Välj bland {', '.join(one.kod for one in narrowed)}.")
    return narrowed[0].id


def _form(form: str | None) -> Form | None:
    if not form:
        return None
    try:
        return Form(form.strip().lower())
    except ValueError:
        raise KnownError(f"Formen {form} finns inte. Välj bland {', '.join(Form)}.") from None


def _hidden(
    beraknade: Sequence[Beraknad], tidigare: Sequence[Utgiven], troskel: int
) -> tuple[tuple[Sida, ...], bool]:
    """The reports that outcomes were taken from, hidden as they hide themselves, since both are read, and
    against what is out of them and of this follow-up; and whether the latter hid any more."""
    sidor = [_side(one) for one in beraknade]
    dolda = hide_sides(sidor, tidigare, troskel)
    ensamma = hide_sides(sidor, (), troskel) if tidigare else dolda
    hidden = tuple(replace(sida, dolda=marks) for sida, marks in zip(sidor, dolda, strict=True))
    return hidden, any(_cells(now) - _cells(alone) for now, alone in zip(dolda, ensamma, strict=True))


def _side(one: Beraknad) -> Sida:
    spec, period = REPORTS[one.rapport], one.period
    slut = max(period.fran, min(period.till, one.per))
    sums, days = spec.sums(one.figurer), spec.days(one.figurer)
    return Sida(period.fran, slut, one.per, one.figurer, sums, days, spec.lager, rapport=one.rapport)


def _cells(dolda: Mapping[str, Mapping[str, str]]) -> set[tuple[str, str]]:
    return {(rad, nyckel) for rad, marks in dolda.items() for nyckel in marks}


def _marks(beraknade: Sequence[Beraknad], sidor: Sequence[Sida]) -> dict[tuple[str, str], Mapping[str, str]]:
    """What is hidden by the plain period and the row id."""
    return {
        (plain_period(one.period.text), id_): marks
        for one, sida in zip(beraknade, sidor, strict=True)
        for id_, marks in sida.dolda.items()
    }
