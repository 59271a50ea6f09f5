"""Charts as a report: tagged as it should be, each with its figures, hostile words printed as they stand."""

import io
from dataclasses import replace

import pytest

from desktop.charts.areas import stacked_area
from desktop.charts.matrix import Cell, matrix
from desktop.charts.picture import Picture, Series
from desktop.reports.bilder import Bildrapport, write_bilder
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.reports.test_drawing import PICTURES
from tests.reports.test_pdf import WHEN


def write(*pictures: Picture, **more: object) -> bytes:
    """The report as bytes."""
    out = io.BytesIO()
    write_bilder(Bildrapport(pictures, **more), out, utskrivet=WHEN)  # type: ignore[arg-type]
    return out.getvalue()


def test_a_report_of_every_kind_is_tagged_without_faults() -> None:
    data = write(*PICTURES, kommun="Exempelkommun", namnd="Arbetsmarknadsnämnden", demo=True)
    assert faults(data) == []
    pdf = TaggedPdf(data)
    drawn = [picture for picture in PICTURES if not picture.empty]
    alts = [str(node.raw["/Alt"]) for node in pdf.nodes("Figure")]
    assert [alt.partition(".")[0] for alt in alts] == [picture.kind for picture in drawn]
    assert len(list(pdf.nodes("Table"))) == len(drawn)
    assert len(list(pdf.nodes("H2"))) == len(PICTURES)


def test_the_same_pictures_give_the_same_bytes() -> None:
    assert write(PICTURES[0]) == write(PICTURES[0])


def test_a_long_table_goes_on_over_pages_and_a_wide_one_is_left_to_the_words() -> None:
    weeks = [f"v. {week}" for week in range(150)]
    long = stacked_area("Lång", weeks, [Series("A", tuple(range(150)), "data")])
    names = [f"Orsak {at}" for at in range(14)]
    wide = matrix("Bred", names, names, [[Cell(at) for at in range(14)]] * 14)
    data = write(long, wide)
    assert faults(data) == []
    assert len(list(TaggedPdf(data).nodes("Table"))) == 1


@pytest.mark.parametrize(
    "title", ["<b>&</b> </para>", "Ord " * 300, "rad\nbryt\ttabb", '<img src="x"/>', "😀"]
)
def test_hostile_titles_are_printed_as_they_stand(title: str) -> None:
    picture = replace(PICTURES[0], title=title, source=f"Källa: {title}")
    assert faults(write(picture, kommun=title)) == []
