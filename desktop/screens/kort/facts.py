"""What stands beside the timeline and in the card's head: facts, chips and steps. Pure: rows in, rows out."""

from collections.abc import Iterator
from datetime import date

from db.queries.card_rows import ArendeRow, Card, StegRow
from db.rules.period import age_on, first_day, month_index
from desktop.formatting import NBSP, date_range, days, long_date, month, plural, short_date
from desktop.i18n import tr
from desktop.screens.kort.avslut_texter import return_of, tell_return_from
from desktop.screens.krav import krav_chip
from desktop.screens.words import first_upper
from desktop.table_model import ChipText
from desktop.widgets.definitions import Definition, DefinitionGroup
from desktop.widgets.stepper import Step, StepState

KON = {"K": "kvinna", "M": "man"}
LONG_ADDRESS = 21
RECENT_MONTHS = 2  # a month is decided and paid some weeks after its end


def bistand_since(card: Card, today: date) -> date | None:
    """The first day of the unbroken run of biståndsmånader that goes on now; None when none does."""
    months = {row.manad for row in card.bistand}
    latest = max((m for m in months if m <= month_index(today)), default=None)
    if latest is None or latest < month_index(today) - RECENT_MONTHS:
        return None
    while latest - 1 in months:
        latest -= 1
    return first_day(latest)


def make_meta(card: Card, today: date) -> str:
    """ "38 år · kvinna · Ärende Ä-1, öppnat 2 mars 2026"; of a masked card the ärende alone."""
    arende = card.arende
    parts = []
    if card.fodelsedatum is not None:
        parts.append(f"{age_on(card.fodelsedatum, today)}{NBSP}{tr('år')}")
    if not card.dold:
        parts.append(tr(KON[card.kon]) if card.kon else tr("kön saknas"))
    if arende is not None:
        opened = "" if card.dold else f", {tr('öppnat')} {long_date(arende.ansokan)}"
        parts.append(f"{tr('Ärende')} {arende.nummer}{opened}")
    if card.dold:
        parts.append(tr("Namn och personnummer är dolda"))
    return f"{NBSP}{NBSP}·{NBSP} ".join(parts)  # it may break after a dot


def make_chips(card: Card, today: date) -> tuple[ChipText, ...]:
    """Aktivitetskrav, bistånd, tolk and how the latest inskrivning ended, each only where there is
    something."""
    chips = []
    arende, inskrivning = card.arende, card.inskrivning
    krav = krav_chip(arende.krav, today) if arende is not None and arende.avslutat is None else None
    if krav is not None:
        text = krav.text[:1].lower() + krav.text[1:]
        chips.append(ChipText(krav.kind, f"{tr('Aktivitetskrav')}: {text}", krav.icon))
    since = bistand_since(card, today)
    if since is not None:
        chips.append(ChipText("later", f"{tr('Försörjningsstöd sedan')} {month(since)}", "wallet"))
    chips += _again(card, today)
    if card.tolk:
        chips.append(ChipText("info", f"{tr('Tolk')}: {card.tolk}", "languages"))
    if inskrivning is not None and inskrivning.avslutad is not None:
        ended = f"{tr('Avslutad')} {short_date(inskrivning.avslutad, today)}: {inskrivning.resultat}"
        chips.append(ChipText("later", ended, "door-open"))
    return tuple(chips)


def _again(card: Card, today: date) -> Iterator[ChipText]:
    """That the ärende or the inskrivning the person is known by is a return within a year (R11)."""
    arende, inskrivning = card.arende, card.inskrivning
    stay = tuple(tell_return_from(card, inskrivning, today)) if inskrivning is not None else ()
    case = next(
        (a for a in card.arenden for row in card.ateraktualiseringar
         if arende and (row.sort, row.fran_id, row.till_id) == ("arende", a.id, arende.id)), None,
    )  # fmt: skip
    yield from stay
    if not stay and case is not None and case.avslutat is not None:
        told = f"{tr('Återaktualiserat ärende, avslutat')} {short_date(case.avslutat, today)}"
        yield ChipText("over_guide", told, "rotate-ccw")


def make_steps(card: Card, today: date) -> tuple[Step, ...]:
    """Every steg of the flow as the latest inskrivning has gone through it."""
    if card.inskrivning is None:
        return ()
    latest: dict[str, StegRow] = {}
    for row in card.steg:
        if row.inskrivning_id == card.inskrivning.id and row.fran <= today:
            latest[row.steg] = row
    current = max(latest.values(), key=lambda row: row.fran, default=None)
    if current is not None and card.inskrivning.avslutad is not None:
        current = None
    return tuple(_step(name, latest.get(name), current, today) for name in card.alla_steg)


def _step(name: str, row: StegRow | None, current: StegRow | None, today: date) -> Step:
    if row is None:
        return Step(name, StepState.COMING)
    if row is current:
        since = f"{date_range(row.fran, None, today)} · {days((today - row.fran).days)}"
        return Step(name, StepState.CURRENT, since)
    till = row.till or today
    return Step(
        name, StepState.DONE, f"{date_range(row.fran, till, today)} · {days((till - row.fran).days + 1)}"
    )


def make_facts(card: Card, today: date) -> tuple[DefinitionGroup, ...]:
    """Groups of facts, only what the store holds; a masked card shows a lock in place of contact."""
    groups = (
        DefinitionGroup(tr("Kontakt"), _contact(card)),
        DefinitionGroup(tr("Hushåll"), _household(card)),
        DefinitionGroup(tr("Försörjning"), _support(card, today)),
        DefinitionGroup(tr("Planering"), _plan(card, today)),
        DefinitionGroup(tr("Samverkan"), _enrolment(card, today)),
    )
    return tuple(group for group in groups if group.facts)


def make_background(card: Card) -> tuple[DefinitionGroup, ...]:
    """What seldom matters from day to day, to stand last."""
    groups = (
        DefinitionGroup(tr("Bakgrund"), _background(card)),
        DefinitionGroup(tr("Tidigare nummer"), _numbers(card)),
    )
    return tuple(group for group in groups if group.facts)


def make_staff(card: Card) -> tuple[tuple[str, str], ...]:
    """Name and part of those responsible now."""
    found = []
    if card.inskrivning is not None and card.inskrivning.koordinator:
        found.append((card.inskrivning.koordinator, tr("Koordinator")))
    if card.arende is not None and card.arende.handlaggare:
        found.append((card.arende.handlaggare, tr("Ekonomiskt bistånd")))
    return tuple(found)


def _told(*facts: Definition) -> tuple[Definition, ...]:
    return tuple(fact for fact in facts if fact.value or fact.hidden)


def _contact(card: Card) -> tuple[Definition, ...]:
    return _told(
        Definition(tr("Telefon"), card.telefon, hidden=card.dold),
        Definition(tr("E-post"), _broken(card.epost), hidden=card.dold),
        Definition(tr("Område"), card.omrade, hidden=card.dold),
        Definition(tr("Språk"), first_upper(card.sprak)),
    )


def _broken(address: str) -> str:
    """A long address over two lines, so that the narrow column shows all of it."""
    return address.replace("@", "@\n") if len(address) > LONG_ADDRESS else address


def _household(card: Card) -> tuple[Definition, ...]:
    adults = plural(card.vuxna_i_hushallet, "vuxen", "vuxna") if card.hushall else ""
    children = "" if card.antal_barn is None else plural(card.antal_barn, "barn", "barn")
    return _told(Definition(tr("Vuxna"), adults), Definition(tr("Barn"), children))


def _support(card: Card, today: date) -> tuple[Definition, ...]:
    since = bistand_since(card, today)
    now = Definition(tr("Nu"), tr("Försörjningsstöd"), f"{tr('sedan')} {month(since)}") if since else None
    year = range(month_index(today) - 11, month_index(today) + 1)
    count = len({row.manad for row in card.bistand if row.manad in year})
    months = f"{count} {tr('av 12 månader')}" if count else ""
    arende = card.arende
    return _told(
        now or Definition(tr("Nu"), tr("Inget försörjningsstöd") if card.arenden else ""),
        Definition(tr("Senaste året"), months),
        Definition(tr("Hinder"), first_upper(arende.forsorjningshinder) if arende else ""),
        *(_closed(arende, today) if arende else ()),
    )


def _closed(arende: ArendeRow, today: date) -> tuple[Definition, ...]:
    if arende.avslutat is None:
        return ()
    reason = first_upper(arende.avslutsorsak or "")
    return (Definition(tr("Ärendet"), f"{tr('Avslutat')} {short_date(arende.avslutat, today)}", reason),)


def _plan(card: Card, today: date) -> tuple[Definition, ...]:
    if not card.planeringar:
        return ()
    plan = card.planeringar[-1]
    open_ = any(i.id == plan.inskrivning_id and i.avslutad is None for i in card.inskrivningar)
    followed = plan.nasta_uppfoljning if open_ else None
    next_day = short_date(followed, today) if followed else ""
    late = followed is not None and followed < today
    return _told(
        Definition(tr("Mål"), first_upper(plan.mal)),
        Definition(tr("Uppföljning"), next_day, tr("passerad") if late else ""),
    )


def _enrolment(card: Card, today: date) -> tuple[Definition, ...]:
    inskrivning = card.inskrivning
    if inskrivning is None:
        return ()
    back = return_of(card, inskrivning)
    again: tuple[Definition, ...] = ()
    if back is not None and back.avslutad is not None:
        told = f"{short_date(back.avslutad, today)}: {back.resultat}"
        again = (Definition(tr("Tidigare"), f"{tr('Avslut')} {told}", tr("Återaktualiserad")),)
    since = long_date(inskrivning.inskriven)
    by = first_upper(inskrivning.hanvisad_av or "")
    first = (
        Definition(tr("Inskriven"), by, f"{tr('sedan')} {since}")
        if by
        else Definition(tr("Inskriven"), since)
    )
    return _told(first, Definition(tr("Spår"), inskrivning.spar), *again)


def _background(card: Card) -> tuple[Definition, ...]:
    born = {True: tr("Utrikes"), False: tr("I Sverige"), None: ""}[card.utrikesfodd]
    return _told(
        Definition(tr("Utbildning"), first_upper(card.utbildningsniva or "")), Definition(tr("Född"), born)
    )


def _numbers(card: Card) -> tuple[Definition, ...]:
    return tuple(Definition(f"{tr('t.o.m.')} {short_date(n.till)}", n.personnummer) for n in card.nummer)
