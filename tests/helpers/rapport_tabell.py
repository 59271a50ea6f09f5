"""A report of tables, texts and lists, with every kind of cell; and one with hostile text in every field."""

from dataclasses import replace

from db.rules.figurer import Avsnitt, Rapport
from db.rules.tabell import (
    NAS,
    NAS_INTE,
    OKLART,
    PA_VAG,
    Forklaring,
    Forklaringar,
    Punktlista,
    Statusantal,
    Statusrad,
    Stycke,
    Tabell,
    Tabellcell,
    Tabellkolumn,
    Tabellrad,
)

PAYLOAD = "<b>fet & </para> <img src='http://exempel.se/x.png'/> =1+1"
LONG = f"{PAYLOAD} " + "Ett ord till. " * 1430 + "SLUTORDET"


def kon_columns():
    """Indikator, two periods by kön, riktvärde and läge."""
    heads = ("Kvinnor", "Män", "Totalt")
    periods = [
        Tabellkolumn(namn, f"Jan–aug {ar}", siffror=True, totalt=namn == "Totalt", nyckel=f"{namn} {ar}")
        for ar in (2023, 2024)
        for namn in heads
    ]
    return (
        Tabellkolumn("Indikator", del_=3),
        *periods,
        Tabellkolumn("Riktvärde"),
        Tabellkolumn("Läge", nyckel="lage"),
    )


def tal(text, number=None):
    """A cell with a number; the number is read from the text where none is given."""
    return Tabellcell(text, float(text.replace(",", ".")) if number is None else number)


def indicator(index):
    """A row by kön with a status."""
    cells = [tal(text) for text in ("44,5", "52", f"{index}", "47", "55", f"{index},5")]
    return Tabellrad(
        f"Indikator {index}, andel i procent av alla som avslutats",
        (*cells, Tabellcell("minst 80"), Tabellcell("På väg", status=PA_VAG)),
        id=f"i{index}",
    )


def special_rows():
    """Not by kön, missing, hidden, a word instead of a number."""
    target = Tabellcell("högst 2 400"), Tabellcell("Nås", status=NAS)
    saknas, undivided = Tabellcell("saknas", tyst=True), Tabellcell("ej uppdelat", spann=2, tyst=True)
    yield Tabellrad(
        "Hushåll",
        (undivided, tal("ca 2527", 2527), undivided, tal("2 391", 2391), *target),
        id="hushall",
    )
    small, shut = Tabellcell("<5", dold="<5"), Tabellcell("..", dold="..")
    yield Tabellrad(
        "Dolda", (small, shut, shut, saknas, saknas, Tabellcell("I.U"), Tabellcell("Öka")), id="dolda", niva=1
    )


def table(indicators=6, mal=2):
    """A table with bands, one for each mål."""
    rows = []
    for number in range(1, mal + 1):
        word = Tabellcell("Uppfylls delvis", status=PA_VAG)
        rows.append(Tabellrad(f"Mål {number}. Fler i arbete", (word,), id=f"m{number}", band=True, spann=8))
        rows += [indicator(100 * number + index) for index in range(indicators)]
    rows += special_rows()
    last = Tabellrad("Osäker", tuple(tal(f"{n}") for n in range(6)), id="osaker", data={"egen": [1]})
    rows.append(replace(last, celler=(*last.celler, Tabellcell(""), Tabellcell("Nås inte", status=NAS_INTE))))
    return Tabell(
        kon_columns(),
        tuple(rows),
        "Nämndens mål",
        "Källa: Egenväg och Kolada.",
        ("Sfi redovisas i januari.",),
    )


def words_table(text="Fler anmälda under våren, mest män utan gymnasieutbildning."):
    """A table of words without groups of columns."""
    columns = ("Indikator", "Orsak", "Åtgärd", "Klart")
    row = Tabellrad("Unga utan arbete", (Tabellcell(text), Tabellcell("Möten."), Tabellcell("2024-12-31")))
    return Tabell(tuple(Tabellkolumn(name, nyckel=name) for name in columns), (row,), "Avvikelser")


def tabell_rapport(indicators=6, mal=2, **changes):
    """A whole report of parts, no rows by kön."""
    counts = tuple(
        Statusantal(status, word, 3)
        for status, word in (
            (NAS, "Nås"),
            (PA_VAG, "På väg"),
            (NAS_INTE, "Nås inte"),
            (OKLART, "Går inte att bedöma"),
        )
    )
    avsnitt = (
        Avsnitt("Mål och indikatorer", (), "Av 23 når 9.", delar=(Statusrad(counts), table(indicators, mal))),
        Avsnitt("Avvikelser", (), delar=(words_table(), Stycke("Rad ett.\nRad två.", "Kommentar"))),
        Avsnitt("Uppdrag", (), delar=(Punktlista(("Första", "Andra")), Tabell((), (), tom="Inget."))),
    )
    report = Rapport(
        "uppfoljning",
        "Uppföljning",
        ("2024-01-01", "2024-08-31"),
        "2024-08-31",
        avsnitt,
        kommun="Exempelkommun",
        namnd="Arbetsmarknadsnämnden",
        framsida=(Avsnitt("Nämndens mål", (), delar=(words_table(),)),),
        lasning=(
            Forklaringar(
                tuple(Forklaring(one.ord, "Vad det betyder.", one.status) for one in counts),
                "Så bedöms målen",
            ),
            Stycke("Ett mål uppfylls när flertalet når."),
        ),
        begrepp=(Forklaring("Riktvärde", "Det nämnden vill nå."),),
    )
    return replace(report, **changes)


def hostile_tabell(text=PAYLOAD):
    """The text in every field that a person can write."""
    column = Tabellkolumn(text, text, nyckel="a")
    rows = (
        Tabellrad(text, (Tabellcell(text), Tabellcell(text, status=NAS)), id="a"),
        Tabellrad(text, (Tabellcell(text, dold=".."),), id="b", band=True, spann=2),
    )
    tabell = Tabell((Tabellkolumn(text), column, replace(column, grupp="")), rows, text, text, (text,))
    parts = (
        tabell,
        Stycke(text, text),
        Punktlista((text, text), text),
        Forklaringar((Forklaring(text, text, NAS),), text),
        Statusrad((Statusantal(NAS, text[:60], 1),)),
    )
    one = Avsnitt(text, (), text, delar=parts)
    return tabell_rapport(
        titel=text,
        kommun=text,
        namnd=text,
        avsnitt=(one,),
        framsida=(one,),
        lasning=parts[1:4],
        begrepp=(Forklaring(text, text),),
    )
