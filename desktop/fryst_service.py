"""Frozen reports for window and command line: made final, printed again, compared with the register now."""

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from db.aktor import Aktor
from db.rules.andrat import Andrat, compare_reports
from desktop.report_service import Fardig, prepare_report
from desktop.reports.innehall import Tillval
from desktop.version import program_version

if TYPE_CHECKING:
    from db.commands.findings import Saved
    from db.queries.frysta import Fryst
    from db.rules.figurer import Rapport
    from db.session import Store


def freeze_report(store: "Store", aktor: Aktor, fardig: Fardig, nu: datetime, text: str = "") -> "Saved":
    """Make a report final, printed at `nu` (with its time zone). Its warnings tell who has not marked the
    period as done. Raises ConflictError where another print has come out since it was made, DataError where
    the text is too long."""
    from db.commands.frysta import Frysning, freeze_rapport

    frysning = Frysning(
        utskrift=fardig.utskrift,
        rapport=fardig.rapport,
        pdf=make_pdf(fardig.rapport, nu),
        utskrivet=nu,
        programversion=program_version(),
        parametrar=fardig.parametrar,
        installningar=fardig.installningar,
        text=text,
    )
    return freeze_rapport(store, aktor, frysning, nu)


def make_pdf(rapport: "Rapport", utskrivet: datetime) -> bytes:
    """The pages: the same report and time give the same bytes."""
    from desktop.reports.pdf import write_pdf

    out = BytesIO()
    write_pdf(rapport, out, utskrivet=utskrivet)
    return out.getvalue()


def read_frozen(store: "Store", aktor: Aktor, fryst_id: int) -> "Fryst":
    """What a frozen report holds. Raises NotFoundError, and DataError where a byte of it has changed."""
    from db.queries.frysta import read_fryst

    with store.read(aktor) as session:
        return read_fryst(session, aktor, fryst_id)


def make_frozen_form(store: "Store", aktor: Aktor, fryst_id: int, form: str) -> bytes:
    """A frozen report as pdf (the very bytes that were frozen), xlsx or json; `log_fryst_utskrift` tells of
    it when it is handed over. Raises as `read_frozen`."""
    from db.queries.frysta import read_fryst, read_fryst_pdf

    with store.read(aktor) as session:
        rapport = read_fryst(session, aktor, fryst_id).rapport
        if form == "pdf":
            return read_fryst_pdf(session, aktor, fryst_id)
    if form == "json":
        from desktop.reports.json_writer import to_json

        return to_json(rapport).encode()
    from desktop.reports.xlsx import write_xlsx

    out = BytesIO()
    write_xlsx(rapport, out)
    return out.getvalue()


def compare_frozen(store: "Store", aktor: Aktor, fryst_id: int, idag: date) -> tuple[Andrat, Fardig]:
    """What has changed in the register since, by the same report made now, which is hidden against the frozen
    one. Where the differences leave the program, hand the report made now over. Raises as `read_frozen`."""
    fryst = read_frozen(store, aktor, fryst_id)
    given = fryst.parametrar
    # The day that it was taken out is printed under tables: another day is no change of the register.
    uttag = fryst.rapport.uttag
    dag = date.fromisoformat(uttag) if uttag else idag
    nu = prepare_report(
        store, aktor, given["namn"], given["period"], per=date.fromisoformat(given["per"]),
        jamfor=given.get("jamfor"), plan=given.get("plan"), form=given.get("form"),
        tillval=Tillval.from_parametrar(given), idag=dag,
    )  # fmt: skip
    return compare_reports(fryst.rapport, nu.rapport), nu
