"""The card's picture of insatser over time: bars and marks out of what is held. Pure: rows in, rows out."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from db.queries.card_rows import ArendeRow, Card, InsatsRow, MoteRow, StegRow
from desktop.formatting import NBSP, date_range, days, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.widgets.gantt import Bar, BarKind, GanttData, GanttRow, Mark, MarkKind

BEFORE, AFTER = timedelta(134), timedelta(80)
MOST_INSATSER = 6
KINDS = {
    "planerad": BarKind.PLANERAD,
    "pagar": BarKind.PAGAR,
    "avbruten": BarKind.AVBRUTEN,
    "avslutad": BarKind.AVSLUTAD,
}


def insats_title(insats: InsatsRow) -> str:
    """ "Arbetsträning, Återbruket"; without the place where it is hidden or not known."""
    return ", ".join(part for part in (first_upper(insats.typ), insats.enhet) if part)


def make_gantt(card: Card, today: date) -> GanttData:
    """Steg, aktivitetskrav, the latest insatser and möten, from four months back to almost three ahead."""
    start, end = (today - BEFORE).replace(day=1), today + AFTER
    rows = [*_steg_rows(card, today, end), *_krav_rows(card, today, start)]
    shown = [i for i in card.insatser if i.start <= end and _insats_end(i, today) >= start]
    rows += [GanttRow(insats_title(i), (_insats_bar(i, today),)) for i in shown[-MOST_INSATSER:]]
    rows.append(GanttRow(tr("Möten"), marks=tuple(_mark(mote, today) for mote in card.moten)))
    arende = card.arende
    return GanttData(start, end, today, tuple(rows), _band(arende, today) if arende else None)


def _insats_end(insats: InsatsRow, today: date) -> date:
    if insats.slut is not None:
        return insats.slut
    planned = insats.planerat_slut or insats.start
    return max(planned, today, insats.start) if insats.start <= today else max(planned, insats.start)


def _insats_bar(insats: InsatsRow, today: date) -> Bar:
    kind, end = KINDS[insats.status_on(today)], _insats_end(insats, today)
    omfattning = f"{insats.omfattning}{NBSP}%"
    if kind is BarKind.PLANERAD:
        begins = f"{tr('Start')} {short_date(insats.start, today)}"
        return Bar(insats.start, end, kind, f"{begins}, {omfattning}", short=begins)
    if kind is BarKind.PAGAR:
        planned = insats.slut or insats.planerat_slut
        until = f"{tr('t.o.m.')} {short_date(planned, today)}" if planned else ""
        text = ", ".join(part for part in (omfattning, until) if part)
        return Bar(insats.start, end, kind, text, short=until or omfattning)
    if kind is BarKind.AVBRUTEN:
        why = f"{tr('Avbruten')}: {insats.avbrottsorsak}"
        return Bar(insats.start, end, kind, after=why, short=tr("Avbruten"))
    return Bar(insats.start, end, kind, f"{tr('Slut')} {short_date(end, today)}")


def _steg_rows(card: Card, today: date, last: date) -> list[GanttRow]:
    """One row, but one for each inskrivning where two go on at the same time, as after cards are merged."""
    own = [[s for s in card.steg if s.inskrivning_id == i.id] for i in card.inskrivningar]
    rows = [tuple(_steg_bars(card, steg, today, last)) for steg in own if steg]
    bars = sorted((bar for row in rows for bar in row), key=lambda bar: bar.start)
    apart = any(later.start <= earlier.end for earlier, later in pairwise(bars))
    return [GanttRow(tr("Steg"), row) for row in (rows if apart else [tuple(bars)])]


def _steg_bars(card: Card, own: Sequence[StegRow], today: date, last: date) -> list[Bar]:
    bars = []
    for steg in own:
        if steg.till is not None and steg.till < today:
            text = f"{steg.steg}, {date_range(steg.fran, steg.till, today)}"
            bars.append(Bar(steg.fran, steg.till, BarKind.AVSLUTAD, text, short=steg.steg))
        elif steg.fran <= today and (planned := _planned_end(card, today)):
            text = f"{steg.steg}, {tr('sedan')} {short_date(steg.fran, today)}"
            rest = f"{steg.steg}, {tr('planerat t.o.m.')} {short_date(planned, today)}"
            bars.append(Bar(steg.fran, planned, BarKind.PAGAR, text, rest=rest, short=steg.steg))
        elif steg.fran <= today:
            text = f"{steg.steg}, {tr('sedan')} {short_date(steg.fran, today)}"
            bars.append(Bar(steg.fran, today, BarKind.PAGAR, text, short=steg.steg))
        elif steg.fran <= last:
            bars.append(Bar(steg.fran, steg.till or last, BarKind.PLANERAD, steg.steg))
    return bars


def _planned_end(card: Card, today: date) -> date | None:
    """The last planned day of what runs or is to come."""
    ends = (i.slut or i.planerat_slut for i in card.insatser)
    return max((end for end in ends if end is not None and end > today), default=None)


def _krav_rows(card: Card, today: date, first: date) -> list[GanttRow]:
    """The row of the aktivitetskrav, unless all of it lies before the picture."""
    bars: list[Bar] = []
    for arende in card.arenden:
        bars += _krav_bars(arende, today)
    for undantag in card.undantag:
        end = undantag.till or today
        bars.append(Bar(undantag.fran, max(end, undantag.fran), BarKind.AVSLUTAD, tr("Undantag")))
    seen = tuple(bar for bar in bars if bar.end >= first)
    return [GanttRow(tr("Aktivitetskrav"), seen)] if seen else []


def _krav_bars(arende: ArendeRow, today: date) -> Iterator[Bar]:
    if arende.krav is None:
        return
    bedomning, utan = arende.krav.bedomning, arende.krav.utan
    if bedomning.aktivitet is not None:
        count = bedomning.dagar or 0
        text = f"{tr('Uppfyllt dag')} {count}" if count else tr("Uppfyllt från start")
        yield Bar(bedomning.start, bedomning.aktivitet, BarKind.UPPFYLLD, after=text, short=tr("Uppfyllt"))
    if utan is not None and utan.frist is not None:
        yield Bar(
            utan.sedan,
            min(today, utan.frist),
            BarKind.FRIST,
            after=_frist_text(utan.sedan, utan.frist, today),
            short=f"{tr('Frist')} {short_date(utan.frist, today)}",
        )


def _frist_text(since: date, frist: date, today: date) -> str:
    day = f"{tr('frist')} {short_date(frist, today)}"
    if today > frist:
        return f"{tr('Passerad')} {days((today - frist).days)}, {day}"
    return f"{tr('Dag')} {(today - since).days} {tr('av')} {(frist - since).days}, {day}"


def _band(arende: ArendeRow, today: date) -> tuple[date, date] | None:
    """The fortnight that runs now, or ran out in the last one."""
    utan = arende.krav.utan if arende.krav else None
    if utan is None or utan.frist is None or utan.frist < today - timedelta(14):
        return None
    return (utan.sedan, utan.frist)


def _mark(mote: MoteRow, today: date) -> Mark:
    if mote.uteblev:
        return Mark(mote.datum, MarkKind.UTEBLEV, tr("Uteblev"))
    return Mark(mote.datum, MarkKind.PLANERAT if mote.datum > today else MarkKind.GENOMFORT)
