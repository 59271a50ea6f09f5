"""The card's timeline: bars, marks and events out of what is held. Pure: rows in, rows out."""

from collections.abc import Iterator
from datetime import date, timedelta

from db.queries.card_rows import ArendeRow, Card, InsatsRow, MoteRow
from desktop.formatting import NBSP, date_range, days, relative_date, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.widgets.events import Event, EventGroup, EventKind
from desktop.widgets.gantt import Bar, BarKind, GanttData, GanttRow, Mark, MarkKind

BEFORE, AFTER = timedelta(134), timedelta(80)
MOST_INSATSER = 6
ROOM_FOR_TEXT = timedelta(45)  # a bar of this length holds its text
KINDS = {
    "planerad": BarKind.PLANERAD,
    "pagar": BarKind.PAGAR,
    "avbruten": BarKind.AVBRUTEN,
    "avslutad": BarKind.AVSLUTAD,
}
FORM_ICONS = {"fysiskt": "users-round", "telefon": "phone", "digitalt": "monitor"}


def insats_title(insats: InsatsRow) -> str:
    """ "Arbetsträning, Återbruket"; without the place where it is hidden or not known."""
    return ", ".join(part for part in (first_upper(insats.typ), insats.enhet) if part)


def make_gantt(card: Card, today: date) -> GanttData:
    """Steg, aktivitetskrav, the latest insatser and möten, from four months back to almost three ahead."""
    start, end = (today - BEFORE).replace(day=1), today + AFTER
    rows = [_steg_row(card, today, end), *_krav_rows(card, today, start)]
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
        return Bar(insats.start, end, kind, f"{tr('Start')} {short_date(insats.start, today)}, {omfattning}")
    if kind is BarKind.PAGAR:
        planned = insats.slut or insats.planerat_slut
        until = f", {tr('t.o.m.')} {short_date(planned, today)}" if planned else ""
        return Bar(insats.start, end, kind, f"{omfattning}{until}")
    if kind is BarKind.AVBRUTEN:
        return Bar(insats.start, end, kind, after=f"{tr('Avbruten')}: {insats.avbrottsorsak}")
    return Bar(insats.start, end, kind, f"{tr('Slut')} {short_date(end, today)}")


def _steg_row(card: Card, today: date, last: date) -> GanttRow:
    bars = []
    for steg in card.steg:
        if steg.till is not None and steg.till < today:
            text = f"{steg.steg}, {date_range(steg.fran, steg.till, today)}"
            bars.append(Bar(steg.fran, steg.till, BarKind.AVSLUTAD, text))
        elif steg.fran <= today and (planned := _planned_end(card, today)):
            text = f"{steg.steg}, {tr('sedan')} {short_date(steg.fran, today)}"
            rest = f"{tr('planerat t.o.m.')} {short_date(planned, today)}"
            if today - steg.fran < ROOM_FOR_TEXT:
                text, rest = "", steg.steg
            bars.append(Bar(steg.fran, planned, BarKind.PAGAR, text, rest=rest))
        elif steg.fran <= today:
            bars.append(
                Bar(
                    steg.fran,
                    today,
                    BarKind.PAGAR,
                    f"{steg.steg}, {tr('sedan')} {short_date(steg.fran, today)}",
                )
            )
        elif steg.fran <= last:
            bars.append(Bar(steg.fran, steg.till or last, BarKind.PLANERAD, steg.steg))
    return GanttRow(tr("Steg"), tuple(bars))


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
        yield Bar(bedomning.start, bedomning.aktivitet, BarKind.UPPFYLLD, after=text)
    if utan is not None and utan.frist is not None:
        yield Bar(
            utan.sedan,
            min(today, utan.frist),
            BarKind.FRIST,
            after=_frist_text(utan.sedan, utan.frist, today),
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


def make_events(card: Card, today: date) -> tuple[EventGroup, ...]:
    """What is to come, the nearest first, and what has been, the latest first."""
    found = sorted(_events(card, today), key=lambda pair: (pair[0], pair[1].time))
    coming = tuple(event for day, event in found if day > today)
    been = tuple(event for day, event in reversed(found) if day <= today)
    return (EventGroup(tr("Kommande"), coming), EventGroup(tr("Tidigare"), been))


def _events(card: Card, today: date) -> Iterator[tuple[date, Event]]:
    for insats in card.insatser:
        yield from _insats_events(insats, today)
    for mote in card.moten:
        yield mote.datum, _mote_event(mote, today)
    for arende in card.arenden:
        yield from _arende_events(arende, today)
    for inskrivning in card.inskrivningar:
        detail = f"{tr('Hänvisad av')} {inskrivning.hanvisad_av}" if inskrivning.hanvisad_av else ""
        yield (
            inskrivning.inskriven,
            _event(
                ("inskrivning", inskrivning.id),
                inskrivning.inskriven,
                today,
                tr("Inskriven"),
                "door-open",
                detail,
            ),
        )
        if inskrivning.avslutad and inskrivning.resultat:
            yield (
                inskrivning.avslutad,
                _event(
                    ("avslut", inskrivning.id),
                    inskrivning.avslutad,
                    today,
                    tr("Avslut"),
                    "flag",
                    first_upper(inskrivning.resultat),
                ),
            )
    for plan in card.planeringar:
        yield (
            plan.upprattad,
            _event(
                ("planering", plan.upprattad),
                plan.upprattad,
                today,
                tr("Planering upprättad"),
                "clipboard-list",
                plan.mal,
            ),
        )
        if plan.nasta_uppfoljning and plan.nasta_uppfoljning > today:
            yield (
                plan.nasta_uppfoljning,
                _event(
                    ("uppfoljning", plan.upprattad),
                    plan.nasta_uppfoljning,
                    today,
                    tr("Följ upp planeringen"),
                    "clipboard-list",
                    plan.mal,
                ),
            )


def _insats_events(insats: InsatsRow, today: date) -> Iterator[tuple[date, Event]]:
    title, key = insats_title(insats), ("insats", insats.id)
    planned = insats.slut or insats.planerat_slut
    span = (
        date_range(insats.start, planned, today)
        if planned
        else f"{tr('från')} {short_date(insats.start, today)}"
    )
    detail = f"{span} · {insats.omfattning}{NBSP}%"
    yield insats.start, _event(key, insats.start, today, f"{tr('Start')}: {title}", "play", detail)
    if insats.slut is not None:
        verb = tr("Insats avbruten") if insats.avbrottsorsak else tr("Insats avslutad")
        kind = EventKind.MISSED if insats.avbrottsorsak else None
        reason = first_upper(insats.avbrottsorsak) or days((insats.slut - insats.start).days + 1)
        yield insats.slut, _event(key, insats.slut, today, f"{verb}: {title}", "flag", reason, kind)


def _mote_event(mote: MoteRow, today: date) -> Event:
    what = tr("Möte") if mote.verksamhet == "arbetsmarknad" else tr("Möte, ekonomiskt bistånd")
    told = [first_upper(mote.form), f"{mote.langd}{NBSP}min" if mote.langd else ""]
    title = f"{what} · {tr('uteblev')}" if mote.uteblev else what
    return _event(
        ("mote", mote.id),
        mote.datum,
        today,
        title,
        "circle-x" if mote.uteblev else FORM_ICONS[mote.form],
        " · ".join(part for part in told if part),
        EventKind.MISSED if mote.uteblev else None,
        mote.tid.replace(":", "."),
    )


def _arende_events(arende: ArendeRow, today: date) -> Iterator[tuple[date, Event]]:
    key = ("arende", arende.id)
    yield (
        arende.ansokan,
        _event(key, arende.ansokan, today, tr("Ansökan om bistånd"), "file-text", arende.nummer),
    )
    if arende.beslut is not None:
        utfall = first_upper(arende.utfall or "")
        yield (
            arende.beslut,
            _event(key, arende.beslut, today, f"{tr('Beslut')}: {utfall}", "file-check", arende.nummer),
        )
    if arende.avslutat is not None:
        orsak = first_upper(arende.avslutsorsak or "")
        yield arende.avslutat, _event(key, arende.avslutat, today, tr("Ärende avslutat"), "flag", orsak)


def _event(
    key: tuple[str, object],
    day: date,
    today: date,
    title: str,
    icon: str,
    detail: str = "",
    kind: EventKind | None = None,
    time: str = "",
) -> Event:
    chosen = kind or (EventKind.PLANNED if day > today else EventKind.DONE)
    if kind is None and key[0] in ("arende", "planering") and day <= today:
        chosen = EventKind.NOTE
    return Event(key, relative_date(day, today), title, icon, chosen, time, detail)
