"""The report `uppfoljning`: a plan for a period, after the plan's own form, as one report for the nämnd."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from db.rules.figurer import Avsnitt, Rapport
from db.rules.period import Period
from db.rules.plan import plain_period
from db.rules.planbild import Planvarden
from db.rules.tabell import Forklaring
from desktop.reports import formats
from desktop.reports.plan import ledtexter, mal
from desktop.reports.plan.avsnitt import Avsnittsmakare, all_activities
from desktop.reports.plan.celler import Celler, Dolda, label_of
from desktop.reports.plan.former import Form, choose_form
from desktop.reports.plan.kort import key_cards
from desktop.reports.plan.lasning import reading_help
from desktop.reports.plan.tabeller import Tabellmakare
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
_MOST_NAMED = 2
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
        kalla = f"Källa: {self._title()}, och Egenväg {told.uttag}."
        uttag = told.uttag.isoformat()
        avsnitt = tuple(Avsnittsmakare(self._varden, self._makare, told.roller, kalla, uttag).make())
        return Rapport(
            rapport=NAMN,
            titel=TITEL,
            period=(period.fran.isoformat(), period.till.isoformat()),
            per=self._varden.per.isoformat(),
            avsnitt=avsnitt,
            period_namn=period_name(period),
            kommun=self._plan.kommun,
            namnd=self._plan.namnd,
            uttag=uttag,
            demo=told.demo,
            troskel=told.troskel,
            framsida=tuple(self._front()),
            lasning=reading_help(self._plan, prognos=self._varden.prognos),
            begrepp=tuple(self._definitions()),
            kort=key_cards(self._makare, self._varden.indikatorer),
            korthet=tuple(filter(None, self._in_short())),
        )

    def _front(self) -> Iterator[Avsnitt]:
        tabell = mal.overview(self._makare, self._varden.mal, self._bilder, "", tops=True)
        if 0 < len(tabell.rader) <= _MOST_ON_FRONT:
            name = "Målen, prognos för helåret" if self._varden.prognos else "Målen"
            yield Avsnitt(name, (), delar=(tabell,))

    def _in_short(self) -> Iterator[str]:
        """The answer over all goals, since the lead of each tells of one."""
        bilder, prognos = self._varden.indikatorer, self._varden.prognos
        if bilder:
            yield ledtexter.indicator_lead(self._makare, bilder, prognos=prognos)
            yield ledtexter.change_sentence(self._makare, bilder)
            yield ledtexter.gap_sentence(self._makare, bilder)
        if aktiviteter := all_activities(self._varden):
            yield ledtexter.activity_lead(aktiviteter)
        if self._varden.volymer:
            yield ledtexter.volume_lead(self._varden.volymer)

    def _title(self) -> str:
        return formats.shorten(self._plan.titel, 120) or f"planen för {self._plan.ar}"

    def _definitions(self) -> Iterator[Forklaring]:
        """What measures mean; those that mean the same share one entry."""
        found: dict[str, dict[str, None]] = {}
        for bild in (*self._varden.indikatorer, *self._varden.volymer):
            definition = bild.indikator.definition.strip()
            if definition and not definition.startswith("*"):  # those stand under their table
                found.setdefault(definition, {})[label_of(bild.indikator)] = None
        for definition, labels in found.items():
            named = "; ".join(list(labels)[:_MOST_NAMED])
            more = f" och {len(labels) - _MOST_NAMED} till" if len(labels) > _MOST_NAMED else ""
            yield Forklaring(named + more, definition)


def period_name(period: Period) -> str:
    """The period as the nämnd calls it: Delår augusti 2024, Bokslut 2024."""
    from_start = (period.fran.month, period.fran.day) == (1, 1)
    if not from_start or period.fran.year != period.till.year:
        return period.namn
    if period.till.month == 12:
        return f"Bokslut {period.till.year}"
    month = _MONTHS.get(period.till.month)
    return f"Delår {month} {period.till.year}" if month else period.namn
