"""What an avslut will do, in words."""

from datetime import date

from db.commands.avslut_foljder import Avbokning, AvslutPlan, Sak
from desktop.screens.formular.avslut_plan import plan_lines

DAG = date(2024, 6, 3)


def told(plan: AvslutPlan, *, hidden: bool = False) -> list[str]:
    return [line.replace("\u00a0", " ") for line in plan_lines(plan, DAG, DAG, hidden)]


def test_nothing_else_happens() -> None:
    assert told(AvslutPlan()) == ["Inget annat avslutas, avbokas eller planeras."]


def test_everything_that_happens() -> None:
    plan = AvslutPlan(
        (("arbetsträning", "Återbruket"), ("sfi", ""), ("praktik", "Köket")),
        (
            Avbokning(Sak.FRANVARO, date(2024, 6, 4), "sjuk"),
            Avbokning(Sak.FRANVARO, date(2024, 6, 5), "sjuk"),
            Avbokning(Sak.MOTE, date(2024, 6, 7)),
            Avbokning(Sak.INSATS, date(2024, 7, 1), "OSA-anställning"),
            Avbokning(Sak.OSA_BESLUT, date(2024, 7, 1), "AF 1"),
            Avbokning(Sak.OSA_BESLUT, date(2024, 7, 1)),
            Avbokning(Sak.BIP, date(2025, 1, 2)),
            Avbokning(Sak.PLATSKO, date(2025, 1, 3), "Snickeriet"),
        ),
        (("12 månader", date(2025, 6, 3)),),
    )
    assert told(plan) == [
        "Avslutas 3 jun: arbetsträning (Återbruket), sfi och praktik (Köket). 2 platser blir lediga.",
        "Avbokas: möte 7 jun, OSA-anställning från 1 jul, OSA-beslut AF 1 från 1 jul, OSA-beslut från 1 jul, "
        "BIP-mätning 2 jan 2025, plats i kön (Snickeriet) och 2 pass frånvaro efter sista dagen.",
        "Planeras: uppföljning 3 jun 2025 (12 månader).",
    ]
    hidden = " ".join(told(plan, hidden=True))
    assert "Återbruket" not in hidden
    assert "Snickeriet" not in hidden
    assert "AF 1" not in hidden
