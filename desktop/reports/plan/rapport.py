"""The report `uppfoljning`: a plan for a period, after the plan's own form, as one report for the nämnd."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.rules.figurer import Avsnitt, Rapport
from db.rules.period import Period
from db.rules.plan import plain_period
from db.rules.planbild import Indikatorbild, Planvarden
from db.rules.tabell import Del, Forklaring, Statusrad, Stycke, Tabell
from desktop.reports import formats
from desktop.reports.plan import ledtexter, mal
from desktop.reports.plan.celler import Celler, Dolda, label_of
from desktop.reports.plan.former import ORD, Form, choose_form
from desktop.reports.plan.kort import key_cards
from desktop.reports.plan.lasning import reading_help
from desktop.reports.plan.tabeller import Tabellmakare, mal_name
from desktop.reports.spec import Rapportspec

NAMN = "uppfoljning"
TITEL = "Uppföljning av mål och indikatorer"
SPEC = Rapportspec(
    namn=NAMN,
    titel=TITEL,
    beskrivning="En plans mål, indikatorer, volymmått och aktiviteter för en period, i planens egen form.",
    avsnitt=(),
)
_MOST_ON_FRONT = 10
_MONTHS = {3: "mars", 4: "april", 8: "augusti", 10: "oktober"}


@dataclass(frozen=True, slots=True)
class Uppfoljning:
    """What a follow-up is made of: the plan with its values, what is hidden of the computed ones (R12),
    roles by signature, when it was taken out."""

    varden: Planvarden
    uttag: date
    dolda: Dolda = field(default_factory=dict)
    roller: Mapping[str, str] = field(default_factory=dict)
    form: Form | None = None
    demo: bool = False
    troskel: int = 5


def follow_up(told: Uppfoljning) -> Rapport:
    """The whole report, hidden and labelled."""
    return _Maker(told).make()


class _Maker:
    def __init__(self, told: Uppfoljning) -> None:
        self._told, self._varden = told, told.varden
        self._plan = told.varden.plan.dokument
        form = told.form or choose_form(self._plan)
        nu = plain_period(self._varden.period.text)
        self._makare = Tabellmakare(form, self._plan.bedomning, Celler(told.dolda), nu)
        self._bilder = {bild.indikator.kod: bild for bild in self._varden.indikatorer}

    def make(self) -> Rapport:
        """The report with its sections, first page and reading help."""
        told, period = self._told, self._varden.period
        avsnitt = tuple(self._sections())
        return Rapport(
            rapport=NAMN,
            titel=TITEL,
            period=(period.fran.isoformat(), period.till.isoformat()),
            per=self._varden.per.isoformat(),
            avsnitt=avsnitt,
            period_namn=period_name(period),
            kommun=self._plan.kommun,
            namnd=self._plan.namnd,
            uttag=told.uttag.isoformat(),
            demo=told.demo,
            troskel=told.troskel,
            framsida=tuple(self._front()),
            lasning=reading_help(self._plan, prognos=self._varden.prognos),
            begrepp=tuple(self._definitions()),
            kort=key_cards(self._makare, self._varden.indikatorer),
        )

    def _front(self) -> Iterator[Avsnitt]:
        tabell = mal.overview(self._makare, self._varden.mal, self._bilder, "", tops=True)
        if 0 < len(tabell.rader) <= _MOST_ON_FRONT:
            name = "Målen, prognos för helåret" if self._varden.prognos else "Målen"
            yield Avsnitt(name, (), delar=(tabell,))

    def _title(self) -> str:
        return formats.shorten(self._plan.titel, 120) or f"planen för {self._plan.ar}"

    def _sections(self) -> Iterator[Avsnitt]:
        bilder = self._varden.indikatorer
        if bilder:
            lead = ledtexter.indicator_lead(self._makare, bilder, prognos=self._varden.prognos)
            yield Avsnitt("Mål och indikatorer", (), lead, delar=tuple(self._indicator_parts()))
        if self._varden.volymer:
            name = "Mått och nyckeltal" if self._makare.form is Form.MATBARA else "Volymmått"
            lead = ledtexter.volume_lead(self._varden.volymer)
            yield Avsnitt(name, (), lead, delar=tuple(self._volume_parts()))
        yield from self._goals()
        yield from self._said()

    def _indicator_parts(self) -> Iterator[Del]:
        if antal := ledtexter.counts(self._makare, self._varden.indikatorer):
            yield Statusrad(antal)
        for top in (one for one in self._varden.mal if one.djup == 0):
            goals = mal.with_indicators(mal.subtree(self._varden.mal, top), self._bilder)
            if goals:
                tabell = self._makare.indikatorer(goals, self._bilder, "Indikatorer")
                yield replace(self._sourced(tabell), rubrik=mal_name(top))

    def _volume_parts(self) -> Iterator[Del]:
        name = ORD[self._makare.form].volym
        for bilder in _alike(self._varden.volymer):
            yield self._sourced(self._makare.volymer(bilder, name))

    def _sourced(self, tabell: Tabell) -> Tabell:
        return replace(tabell, kalla=f"Källa: {self._title()}, och Egenväg {self._told.uttag}.")

    def _goals(self) -> Iterator[Avsnitt]:
        malen, bilder = self._varden.mal, self._varden.indikatorer
        if any(self._makare.lage_of(one) for one in malen):
            tabell = mal.overview(self._makare, malen, self._bilder, "Bedömning av målen", tops=False)
            yield Avsnitt("Bedömning av målen", (), delar=(tabell,))
        aktiviteter = [a for one in malen for a in one.aktiviteter] + list(self._varden.aktiviteter)
        if aktiviteter:
            tabell = mal.activities(malen, self._varden.aktiviteter, "Aktiviteter")
            yield Avsnitt("Aktiviteter", (), ledtexter.activity_lead(aktiviteter), delar=(tabell,))
        avvikelser = mal.deviations(self._makare, bilder, "Avvikelser, orsak och beslutad åtgärd")
        told = (Stycke(ledtexter.DEVIATIONS),) if avvikelser.rader else ()
        yield Avsnitt("Avvikelser och åtgärder", (), delar=(*told, avvikelser))

    def _said(self) -> Iterator[Avsnitt]:
        malen, roller = self._varden.mal, self._told.roller
        alla = (*self._varden.indikatorer, *self._varden.volymer)
        changed = mal.overruled(self._makare, malen, alla, roller, "Ändrade bedömningar och deras skäl")
        if changed.rader:
            yield Avsnitt("Ändrade bedömningar", (), delar=(changed,))
        if said := tuple(mal.comments(malen, alla, roller)):
            yield Avsnitt("Kommentarer", (), delar=said)

    def _definitions(self) -> Iterator[Forklaring]:
        found: dict[str, str] = {}
        for bild in (*self._varden.indikatorer, *self._varden.volymer):
            definition = bild.indikator.definition.strip()
            if definition and not definition.startswith("*"):  # those stand under their table
                found.setdefault(label_of(bild.indikator), bild.indikator.definition)
        return (Forklaring(*pair) for pair in found.items())


def period_name(period: Period) -> str:
    """The period as the nämnd calls it: Delår augusti 2024, Bokslut 2024."""
    from_start = (period.fran.month, period.fran.day) == (1, 1)
    if not from_start or period.fran.year != period.till.year:
        return period.namn
    if period.till.month == 12:
        return f"Bokslut {period.till.year}"
    month = _MONTHS.get(period.till.month)
    return f"Delår {month} {period.till.year}" if month else period.namn


def _alike(bilder: Sequence[Indikatorbild]) -> Iterator[list[Indikatorbild]]:
    """Volymmått that share a period, in a row: where one shares none with those before a table begins."""
    together: list[Indikatorbild] = []
    periods: set[str] = set()
    for bild in bilder:
        own = {v.period for v in (*bild.indikator.varden, *bild.indikator.riktvarden)}
        if together and own and periods and not own & periods:
            yield together
            together, periods = [], set()
        together.append(bild)
        periods |= own
    if together:
        yield together
