"""What stands beside the grid in words: the pass with the focus, and people to follow up. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from db.queries.narvaro import NarvaroVeckaRow
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import EJ_REGISTRERAT
from desktop.formatting import date_range, number, plural
from desktop.i18n import tr
from desktop.screens.narvaro.side import Atgard, Markerat
from desktop.widgets.attendance import Slot
from desktop.widgets.attendance_view import Pass

MOST = 20
NAMED = 2  # people named when several passes are chosen


def make_markerat(current: Pass | None, slots: Sequence[Slot], chosen: Sequence[Pass] = ()) -> Markerat:
    """The pass in words, or how many are chosen and for whom; and why there can be no note."""
    if len(chosen) > 1:
        return _make_many(chosen)
    if current is None:
        return Markerat(note_why_not=tr("Markera ett pass först."))
    row, cell = current
    slot = next(s for s, c in zip(slots, row.cells, strict=True) if c.key == cell.key)
    whole = slot.spoken.removesuffix(slot.part).strip() if cell.key[2] == "" else slot.spoken  # type: ignore[index]
    if row.masked:
        why = tr("Noteringar visas inte för skyddade personer.")
    else:
        why = "" if cell.mark else tr("Registrera passet först.")
    return Markerat(cell, row.name, f"{whole} · {row.detail}", why)


def _make_many(chosen: Sequence[Pass]) -> Markerat:
    """ "12 pass markerade", "Hodan Rönnstig, Åsa Öberg och 3 till"."""
    names = list(dict.fromkeys(row.name for row, _ in chosen))
    more = len(names) - NAMED
    if more > 0:
        told = f"{', '.join(names[:NAMED])} {tr('och')} {number(more)} {tr('till')}"
    else:
        told = f" {tr('och')} ".join(names)
    marks = frozenset(cell.mark for _, cell in chosen if cell.planned or cell.mark) or frozenset({""})
    why = tr("Markera ett enda pass för att skriva en notering.")
    return Markerat(None, f"{number(len(chosen))} {tr('pass markerade')}", told, why, marks)


def make_atgarder(rows: Iterable[NarvaroVeckaRow], idag: date) -> tuple[Atgard, ...]:
    """Series first, then other ogiltiga passes of the week, then passes before today without a row; the first
    MOST of them, since nobody goes through more beside a grid."""
    found = sorted(_atgarder(rows, idag), key=lambda pair: pair[0])
    return tuple(atgard for _, atgard in found[:MOST])


def _atgarder(rows: Iterable[NarvaroVeckaRow], idag: date) -> Iterator[tuple[int, Atgard]]:
    for row in rows:
        namn, ogiltig = row.person.namn, NarvaroStatus.OGILTIG_FRANVARO
        ogiltiga = sum(p.status == ogiltig for p in row.passes)
        saknas = sum(p.vantad and p.status == EJ_REGISTRERAT and p.datum < idag for p in row.passes)
        if row.serie is not None:
            days = plural(row.serie.dagar, tr("ogiltig dag i rad"), tr("ogiltiga dagar i rad"))
            span = date_range(row.serie.fran, row.serie.till)
            yield 0, Atgard(row.insats_id, namn, f"{days}, {span}", "triangle-alert")
        elif ogiltiga:
            text = plural(ogiltiga, tr("ogiltigt pass i veckan"), tr("ogiltiga pass i veckan"))
            yield 1, Atgard(row.insats_id, namn, text, "circle-x")
        if saknas:
            text = plural(saknas, tr("pass saknas"), tr("pass saknas"))
            yield 2, Atgard(row.insats_id, namn, text, "circle-dashed")
