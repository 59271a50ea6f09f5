"""The pictures of avslut: each as staff see it, and as it may leave the programme (R12)."""

from collections.abc import Callable, Mapping, Sequence

from db.queries.figurer.avslut import KLASSER
from db.queries.figurer.gemensamt import NOLL
from db.rules.figurer import Figur, Konsvarden
from desktop.charts.bars import Bar, Group, bars
from desktop.charts.columns import grouped_columns
from desktop.charts.matrix import Cell, matrix
from desktop.charts.picture import Picture, Series
from desktop.formatting import number, percent
from desktop.i18n import tr
from desktop.screens.avslut.model import (
    KON,
    TOTALT,
    Dolda,
    Siffror,
    klassnamn,
    list_forsorjning,
    shown_kon,
    total_of,
)
from desktop.screens.avslut.utlamnas import cell_id, dagar_id, list_dagar, make_aterkomst
from desktop.screens.words import first_upper

Pair = tuple[Picture, Callable[[Dolda], Picture]]  # as staff see it, and as it may leave with marks (R12)
NAMN = {
    "kvinnor": "Kvinnor", "man": "Män", "uppgift_saknas": "Uppgift saknas", "totalt": "Alla",
}  # fmt: skip
INTE_ANGIVEN = "inte angiven"


def make_klasser(siffror: Siffror, span: str) -> Pair:
    """Avslut by the classes of Kolada; a bar opens its people."""
    hela = siffror.figurer[TOTALT]

    def draw(hidden: Dolda) -> Picture:
        groups = []
        for klass, namn in KLASSER.items():
            figur = siffror.figurer[f"avslut.{namn}"]
            groups.append(Group(klassnamn(klass), _counts(figur, hela, hidden, f"klass:{klass}")))
        return bars(f"{tr('Avslut efter resultat')} {span}", groups, head=tr("Resultat"))

    return draw({}), draw


def make_matris(siffror: Siffror, kon: str, span: str) -> Pair:
    """How many went from each försörjning to each, of a kön ("totalt": of all); a cell opens its people."""
    fore, efter = list_forsorjning(siffror)
    vem = "" if kon == "totalt" else f", {tr(NAMN[kon]).lower()}"

    def cell(row: str | None, column: str | None, hidden: Dolda) -> Cell:
        varde, mark = siffror.vagar.get((row, column), NOLL), hidden.get(cell_id(row, column), {}).get(kon)
        if mark is not None:
            return Cell(None, mark=mark)
        antal = varde.get(kon) or 0
        detail = ""
        if kon == "totalt" and antal and not hidden:
            detail = ", ".join(f"{tr(NAMN[k]).lower()} {number(varde.get(k))}" for k in shown_kon(varde))
        id_ = f"vag:{row or ''}:{column or ''}:{KON[kon]}" if antal else ""
        return Cell(antal, id_, detail=detail)

    def draw(hidden: Dolda) -> Picture:
        cells = [[cell(row, column, hidden) for column in efter] for row in fore]
        title = f"{tr('Försörjning före inskrivningen och efter avslutet')} {span}{vem}"
        return matrix(title, _words(fore), _words(efter), cells, corner=tr("Före"), across=tr("Efter"))

    return draw({}), draw


def _words(values: Sequence[str | None]) -> list[str]:
    return [first_upper(value or tr(INTE_ANGIVEN)) for value in values]


def make_kvar(siffror: Siffror, span: str) -> Pair:
    """The share still in arbete or studier at each follow-up, of those who answered and of all."""

    def draw(hidden: Dolda) -> Picture:
        groups = []
        for rad in siffror.varaktighet:
            efter = f"{tr('Efter')} {rad.slag}"
            for figur, av, namn in (
                (rad.av_svar, "svar", tr("av dem som svarat")), (rad.av_alla, "alla", tr("av alla"))
            ):  # fmt: skip
                made = _shares(figur, hidden, f"kvar:{rad.slag}:{av}", figur.namnare)
                groups.append(Group(f"{efter}, {namn}", made, tr("Ingen att följa upp")))
        title = f"{tr('Kvar i arbete eller studier, följs upp')} {span}"
        return bars(title, groups, full=100.0, track=True, head=tr("Uppföljning"))

    return draw({}), draw


def make_dagar(siffror: Siffror, span: str) -> Pair:
    """Those who came back, by days after the avslut (R11); a bar opens its people."""
    antal = list_dagar(siffror)
    hela = total_of(list(antal.values()))

    def draw(hidden: Dolda) -> Picture:
        series = [
            Series(
                tr(NAMN[key]),
                tuple(
                    None if key in hidden.get(dagar_id(fran), {}) else varde.get(key)
                    for (fran, _), varde in antal.items()
                ),
                key,
                tuple(f"dagar:{fran}:{till}:{KON[key]}" for fran, till in antal),
                tuple(hidden.get(dagar_id(fran), {}).get(key, "") for fran, _ in antal),
            )
            for key in shown_kon(hela)
        ]
        places = [f"{fran}–{till}" for fran, till in antal]
        title = f"{tr('Dagar till återkomst, avslut')} {span}"
        return grouped_columns(title, places, series if hela.totalt else [], head=tr("Dagar"))

    return draw({}), draw


def make_tillbaka(siffror: Siffror, span: str) -> Pair:
    """The share of each result who came back within 365 days (R11); a bar opens its people."""

    def draw(hidden: Dolda) -> Picture:
        groups = [
            Group(first_upper(resultat), _shares(figur, hidden, f"ater:{resultat}", figur.taljare))
            for resultat, figur in make_aterkomst(siffror).items()
        ]
        title = f"{tr('Åter inom 365 dagar efter resultat, avslut')} {span}"
        return bars(title, groups, full=100.0, track=True, head=tr("Resultat"))

    return draw({}), draw


def make_all(siffror: Siffror, kon: str, span: str) -> Mapping[str, Pair]:
    """Every picture by name."""
    return {
        "klasser": make_klasser(siffror, span),
        "matris": make_matris(siffror, kon, span),
        "kvar": make_kvar(siffror, span),
        "dagar": make_dagar(siffror, span),
        "tillbaka": make_tillbaka(siffror, span),
    }


def _counts(figur: Figur, hela: Figur, dolda: Dolda, id_: str) -> tuple[Bar, ...]:
    """A bar for each kön: how many, and how large a share of all avslut of the kön."""
    own, marks = figur.varde, dolda.get(figur.id, {})

    def told(key: str) -> str:
        antal, av = own.get(key) or 0, hela.varde.get(key)
        # A share beside a count would tell what a hidden whole is.
        known = av and not marks and not dolda.get(hela.id)
        return f"{number(antal)} ({percent(100 * antal / (av or 1))})" if known else number(antal)

    return tuple(
        Bar(tr(NAMN[key]), 0, marks[key], key)
        if key in marks
        else Bar(tr(NAMN[key]), own.get(key) or 0, told(key), key, _open(id_, key, own))
        for key in shown_kon(hela.varde)
    )


def _shares(figur: Figur, dolda: Dolda, id_: str, opens: Konsvarden | None) -> tuple[Bar, ...]:
    """A bar for each kön with its share, and of how many; none where there is nobody. `opens` are those whom
    a bar opens."""
    hela = figur.namnare or NOLL
    marks, bas = dolda.get(figur.id, {}), dolda.get(figur.namnare_id, {})

    def bar(key: str) -> Bar:
        if key in marks:
            return Bar(tr(NAMN[key]), 0, marks[key], key)
        told = percent(figur.varde.get(key))
        told = told if key in bas or not hela.get(key) else f"{told} {tr('av')} {number(hela.get(key))}"
        return Bar(tr(NAMN[key]), figur.varde.get(key) or 0, told, key, _open(id_, key, opens or NOLL))

    return tuple(bar(key) for key in shown_kon(hela)) if hela.totalt else ()


def _open(id_: str, key: str, varde: Konsvarden) -> str:
    return f"{id_}:{KON[key]}" if varde.get(key) else ""
