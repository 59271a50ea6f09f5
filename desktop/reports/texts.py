"""The fixed sentences of a printed report: what period, what is hidden, how to read it. Plain Swedish."""

import re
from collections.abc import Iterable

from db.rules.figurer import Rad, Rapport
from db.rules.tabell import Tabell
from db.rules.urval import Urval
from desktop.reports import formats
from desktop.reports.tabledata import TableData, has_values

DEMO = "Påhittade uppgifter"
NO_DATA = "Det finns inga uppgifter för perioden."
NO_ROWS = "Inga uppgifter för perioden."
MORE_HIDDEN = (
    "Fler tal är dolda för att de annars går att räkna fram med hjälp av en rapport som redan lämnats ut."
)
READING_HELP = "Så läser du rapporten"
_MOST_SENTENCES = 4
_LONGEST_SENTENCE = 400
_LONGEST_TERM = 200
_LONGEST_DEFINITION = 2000
_MOST_NAMED = 2
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")

Runs = list[tuple[str, bool]]


def period_name(rapport: Rapport) -> str:
    """The period as the report's subtitle."""
    return rapport.period_namn or formats.period_text(rapport.period)


def comparison_name(rapport: Rapport) -> str:
    """What the report is compared with, in running text; '' when with nothing."""
    if not rapport.jamforelse_period:
        return ""
    return rapport.jamforelse_namn or formats.period_text(rapport.jamforelse_period)


def urval_name(rapport: Rapport) -> str:
    """Whom the report is narrowed to, in a few words; "" for everybody."""
    return Urval.from_parametrar(dict(rapport.urval)).rubrik()


def meta_lines(rapport: Rapport, printed_on: str) -> list[str]:
    """Board, period, comparison and dates as text, since what stands only in a header is never read aloud."""
    period = f"Perioden är {formats.period_text(rapport.period)}."
    if rapport.jamforelse_period:
        period += f" Jämförelsen är {comparison_name(rapport)}."
    taken = f" Siffrorna är hämtade ur Egenväg {rapport.uttag}." if rapport.uttag else ""
    if words := urval_name(rapport):
        period += f" Urvalet är {words}."
    dates = f"Läget är bedömt {rapport.per}.{taken} Rapporten är utskriven {printed_on}."
    return [line for line in (board_line(rapport), period, dates) if line]


def board_line(rapport: Rapport) -> str:
    """The board, the meeting and the diarienummer, as far as known: "Nämnden · Sammanträde 2024-09-18"."""
    meeting = f"Sammanträde {rapport.sammantrade}" if rapport.sammantrade else ""
    is_told = rapport.dnr.casefold().startswith(("dnr", "diarienummer"))
    number = rapport.dnr if is_told or not rapport.dnr else f"Dnr {rapport.dnr}"
    return " · ".join(part for part in (rapport.namnd, meeting, number) if part)


def in_short(rapport: Rapport) -> list[str]:
    """Up to four sentences: the report's own, else the first of every lead; or that there is nothing."""
    if is_empty(rapport):
        return [NO_DATA]
    if rapport.korthet:
        return [formats.shorten(one, _LONGEST_SENTENCE) for one in rapport.korthet[:_MOST_SENTENCES]]
    leads = [avsnitt.ingress.strip() for avsnitt in rapport.avsnitt if avsnitt.ingress.strip()]
    firsts = (_SENTENCE_END.split(lead)[0] for lead in leads[:_MOST_SENTENCES])
    return [formats.shorten(sentence, _LONGEST_SENTENCE) for sentence in firsts]


def is_empty(rapport: Rapport) -> bool:
    """Whether no row of the period holds anything: all zero or missing, nothing hidden, and no table."""
    if any(tabell.rader for tabell in tables(rapport)):
        return False
    rows = (row for avsnitt in rapport.avsnitt for row in avsnitt.rader)
    return not any(has_values(row.varde, row.dolda) for row in rows)


def tables(rapport: Rapport) -> list[Tabell]:
    """The tables that are parts of a report, in its order."""
    avsnitt = [*rapport.framsida, *rapport.avsnitt]
    return [part for one in avsnitt for part in one.delar if isinstance(part, Tabell)]


def printed_marks(tables: Iterable[TableData]) -> set[str]:
    """The marks that stand in the tables."""
    return {cell.text for data in tables for row in data.rows for cell in row.cells if cell.spoken}


def mark_note(marks: set[str], threshold: int) -> str:
    """The note under a table: only the marks that stand in it; '' when none does."""
    if not marks:
        return ""
    parts = []
    if small := _small_mark(marks):
        parts.append(f"{small} = {_small_range(threshold)}.")
    if formats.DOLD in marks:
        parts.append(".. = dold, så att ett skyddat tal inte går att räkna fram.")
    return " ".join([*parts, "Läs mer under Skyddade uppgifter."])


def source_note(rapport: Rapport) -> str:
    """Where the figures of a table come from."""
    return f"Källa: Egenväg, uppgifter registrerade till och med {rapport.uttag or rapport.per}."


def report_marks(rapport: Rapport) -> set[str]:
    """The marks that stand in a report, `..` too where a change is hidden for a hidden total."""
    rows = [*rapport.kort, *(row for avsnitt in rapport.avsnitt for row in avsnitt.rader)]
    marks = {mark for row in rows for mark in (*row.dolda.values(), *row.jamforelse_dolda.values())}
    changes_hidden = any("totalt" in (*row.dolda, *row.jamforelse_dolda) for row in rows)
    if (rapport.jamforelse_period or rapport.kort) and changes_hidden:
        marks.add(formats.DOLD)
    return marks.union(*(tabell.marks() for tabell in tables(rapport)))


def protection_text(rapport: Rapport) -> Runs:
    """What the marks of this report mean; a report that hides nothing says that."""
    marks = report_marks(rapport)
    people = _small_range(rapport.troskel)
    if not marks:
        return [(f"Inget tal är dolt i den här rapporten. Tal som gäller {people} visas aldrig.", False)]
    runs: Runs = []
    if small := _small_mark(marks):
        runs += [
            (small, True),
            (
                f" betyder {people}. Så små tal visas inte, "
                "eftersom det annars kan gå att förstå vem det gäller. ",
                False,
            ),
        ]
    if formats.DOLD in marks:
        runs += [
            ("Två punkter (", False),
            ("..", True),
            (
                ") betyder att ett tal är dolt, så att ett litet tal inte går att räkna fram ur en summa, "
                "en andel, en förändring eller en tidigare rapport. ",
                False,
            ),
        ]
    if rapport.fler_dolda:
        runs.append((f"{MORE_HIDDEN} ", False))
    runs.append((_protection_rest(rapport, people), False))
    return runs


def _protection_rest(rapport: Rapport, people: str) -> str:
    text = "Summor och andelar är räknade på de verkliga talen. Siffran 0 betyder att ingen finns."
    rows = [row for avsnitt in rapport.avsnitt for row in avsnitt.rader]
    if any(row.enhet == "andel" and (row.dolda or row.jamforelse_dolda) for row in rows):
        text = f"En andel visas inte när täljaren, resten eller basen är {people}. {text}"
    if any(avsnitt.diagram for avsnitt in rapport.avsnitt):
        text = f"Diagram visar då bara totalen. {text}"
    return text


def about_figures(rapport: Rapport) -> str:
    """The sentences under Om siffrorna that fit this report."""
    rows = [row for avsnitt in rapport.avsnitt for row in avsnitt.rader]
    sentences = []
    if rows:
        sentences.append("Totalt kan vara mer än summan av kvinnor och män när uppgift om kön saknas.")
    if any(row.enhet == "andel" for row in rows):
        sentences.append("Andelar är avrundade till hela procent, därför kan summan avvika från 100.")
    if rows and rapport.jamforelse_period:
        sentences.append("Förändringar är skillnaden mellan de tal som visas.")
        sentences.append("För andelar är förändringen i procentenheter.")
    if any(not row.konsuppdelad for row in rows):
        sentences.append(
            "Ej uppdelat betyder att talet inte gäller personer, eller inte går att dela upp på kön."
        )
    if any(_is_missing(row) for row in rows):
        sentences.append("Ordet saknas betyder att uppgiften inte finns.")
    if rapport.demo:
        sentences.append("Alla personer och uppgifter i rapporten är påhittade.")
    return " ".join(sentences)


def _is_missing(row: Rad) -> bool:
    """Whether some printed cell says that the figure is missing."""
    keys = ("kvinnor", "man", "totalt") if row.konsuppdelad else ("totalt",)
    return any(row.varde.get(key) is None and key not in row.dolda for key in keys)


def definitions(rapport: Rapport) -> list[tuple[str, str]]:
    """Label and definition of every figure that has one, each once, in the report's order."""
    found: dict[str, str] = {}
    for avsnitt in rapport.avsnitt:
        for row in avsnitt.rader:
            if row.definition:
                found.setdefault(row.etikett, row.definition)
    return list(found.items())


def shared_definitions(rapport: Rapport) -> list[tuple[str, str]]:
    """As `definitions`, but rows of a section that mean the same share one entry."""
    found: dict[tuple[str, str], list[str]] = {}
    for avsnitt in rapport.avsnitt:
        for row in avsnitt.rader:
            if row.definition:
                found.setdefault((avsnitt.rubrik, row.definition), []).append(row.etikett)
    named = (
        (rubrik if len(labels) > _MOST_NAMED else "; ".join(labels), definition)
        for (rubrik, definition), labels in found.items()
    )
    return [
        (formats.shorten(term, _LONGEST_TERM), formats.shorten(definition, _LONGEST_DEFINITION))
        for term, definition in named
    ]


def _small_mark(marks: set[str]) -> str:
    return next(iter(sorted(mark for mark in marks if mark.startswith("<"))), "")


def _small_range(threshold: int) -> str:
    return f"1{formats.EN_DASH}{threshold - 1} personer" if threshold > 2 else "1 person"
