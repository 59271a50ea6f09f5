"""The report `delegationsbeslut`: sections, leads and row ids; whatever text stands in a decision."""

from dataclasses import dataclass
from datetime import date

import pytest

from db.rules.figurer import Rapport
from desktop.reports.delegationsbeslut import EMPTY, SPEC, make_sections
from desktop.reports.json_writer import report_dict
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.rapport_tabell import PAYLOAD
from tests.reports.test_pdf import pdf_bytes


@dataclass(frozen=True)
class Beslut:
    """A decision, as the query gives it."""

    lopnummer: int | None
    arendetyp: str = "Försörjningsstöd"
    beslut: str = "Bifall"
    ar: int | None = 2024
    id: int = 7
    datum: date = date(2024, 5, 1)
    arende: str = "A1"
    lagrum: str = "12 kap. 1 § SoL"
    delegationspunkt: str = "3.1"
    delegat: str = "Eva"

    @property
    def nummer(self):
        return "" if self.lopnummer is None else f"{self.ar}/{self.lopnummer}"


def report(rows, before=None):
    return Rapport(
        "delegationsbeslut", SPEC.titel, ("2024-05-01", "2024-05-31"), "2024-05-31",
        make_sections(rows, before), "maj 2024", begrepp=SPEC.begrepp,
    )  # fmt: skip


def test_the_lead_tells_how_many_and_of_what():
    def lead(*typer):
        rows = [Beslut(n, typ) for n, typ in enumerate(typer, 1)]
        return make_sections(rows, None)[0].ingress.replace("\u00a0", " ")

    assert lead() == EMPTY
    assert lead("hyra") == "1 delegationsbeslut fattades under perioden, alla av ärendetypen hyra."
    assert lead("hyra", "el", "el") == (
        "3 delegationsbeslut fattades under perioden. Vanligast var el, 2 beslut."
    )


def test_types_with_one_slug_have_ids_of_their_own():
    rows = [Beslut(1, "Hyra, el"), Beslut(2, "Hyra (el)"), Beslut(3, "§")]
    ids = [rad["id"] for rad in report_dict(report(rows))["avsnitt"][0]["rader"]]
    assert sorted(ids) == [
        "delegationsbeslut.hyra_el.antal",
        "delegationsbeslut.hyra_el_2.antal",
        "delegationsbeslut.ovrigt.antal",
        "delegationsbeslut.totalt",
    ]


@pytest.mark.parametrize("rows", [[], [Beslut(1)], [Beslut(n, PAYLOAD, PAYLOAD * 9) for n in range(1, 60)]])
def test_the_page_is_tagged_whatever_is_written(rows):
    data = pdf_bytes(report(rows, rows[:1]))
    assert faults(data) == []
    told = TaggedPdf(data).tree_text()
    assert (EMPTY in told) == (not rows)
