"""What has changed in a report's tables since it was frozen: cell by cell, by row and column."""

from dataclasses import replace
from decimal import Decimal

from db.rules.andrat_tabell import Cellskillnad, compare_tables, plain_parts
from db.rules.tabell import Diagram, Stycke, Tabell, Tabellcell, Tabellkolumn, Tabellrad

KOLUMNER = (
    Tabellkolumn("Indikator"),
    Tabellkolumn("2023", "Utfall", siffror=True),
    Tabellkolumn("2024", "Utfall", siffror=True),
    Tabellkolumn("Läge"),
)


def cells(*texts: str) -> tuple[Tabellcell, ...]:
    return tuple(Tabellcell(text, dold=text if text in ("<5", "..") else "") for text in texts)


def rad(etikett: str, *texts: str, **more: object) -> Tabellrad:
    return Tabellrad(etikett, cells(*texts), **more)  # type: ignore[arg-type]


def tabell(*rader: Tabellrad) -> Tabell:
    return Tabell(KOLUMNER, rader, "Indikatorer")


def told(da: Tabell, nu: Tabell) -> list[tuple[str, str, str, str]]:
    return [(c.rad, c.kolumn, c.da, c.nu) for c in compare_tables("A", [da], [nu])]


DA = tabell(
    Tabellrad("Målet", (Tabellcell("Grön"),), band=True, spann=3),
    rad("Deltagare", "1\u00a0250", "77,5", "Nås", id="d"),
    rad("Kvinnor", "600", "..", niva=1),
    rad("Män", "650", "30", niva=1),
    rad("Avslut", "5", "6", "", id="a"),
    rad("Kvinnor", "", "<5", niva=1),
)


def test_the_same_table_has_not_changed() -> None:
    assert told(DA, DA) == []
    assert list(compare_tables("A", [], [])) == []


def test_cells_are_told_by_their_row_and_column_with_the_difference() -> None:
    nu = tabell(
        Tabellrad("Målet", (Tabellcell("Gul"),), band=True, spann=3),
        rad("Deltagare", "1\u00a0248", "80", "På väg", id="d"),
        rad("Kvinnor", "600", "31", niva=1),
        *DA.rader[3:],
    )
    assert list(compare_tables("A", [Stycke("x"), DA], [nu])) == [
        Cellskillnad("A", "Målet", "Läge", "Grön", "Gul"),
        Cellskillnad("A", "Deltagare", "Utfall 2023", "1\u00a0250", "1\u00a0248", Decimal(-2)),
        Cellskillnad("A", "Deltagare", "Utfall 2024", "77,5", "80", Decimal("2.5")),
        Cellskillnad("A", "Deltagare", "Läge", "Nås", "På väg"),
        Cellskillnad("A", "Deltagare, kvinnor", "Utfall 2024", "..", "31"),
    ]


def test_rows_that_came_and_went_and_columns_too() -> None:
    kvar = (rad("Avslut", "5", "6", id="a"), rad("Kvinnor", "", "<5", niva=1))
    nu = replace(DA, kolumner=KOLUMNER[:3], rader=(*kvar, rad("Nytt", "1", "2", id="n")))
    assert told(DA, nu) == [
        ("Målet", "", "", "raden finns inte längre"),
        ("Deltagare", "", "", "raden finns inte längre"),
        ("Deltagare, kvinnor", "", "", "raden finns inte längre"),
        ("Deltagare, män", "", "", "raden finns inte längre"),
        ("Nytt", "", "", "ny rad"),
    ]
    assert [c.rad for c in compare_tables("A", [], [tabell(rad("Ny", "1"))])] == ["Ny"]


def test_rows_of_the_same_words_are_told_apart() -> None:
    da = tabell(rad("2024/1", "Bifall", ""), rad("2024/1", "Avslag", ""))
    nu = tabell(rad("2024/1", "Bifall", ""), rad("2024/1", "Delvis", ""))
    assert told(da, nu) == [("2024/1", "Utfall 2023", "Avslag", "Delvis")]
    utan_id = tabell(Tabellrad("Målet", band=True, spann=4), rad("Kurs", "Klar"))
    assert told(utan_id, tabell(Tabellrad("Målet", band=True, spann=4), rad("Kurs", "Stoppad"))) == [
        ("Målet, kurs", "Utfall 2023", "Klar", "Stoppad")
    ]


def test_what_a_section_says_beside_its_cells() -> None:
    chart = Diagram("Så gick det", ())
    assert plain_parts([DA, Stycke("x"), chart]) == [replace(DA, kolumner=(), rader=()), Stycke("x")]


def test_the_marks_of_a_table() -> None:
    assert DA.marks() == {"<5", ".."}
    assert tabell(rad("Män", "650", "30")).marks() == set()
