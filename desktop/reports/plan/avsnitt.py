"""The sections of a follow-up: the goals together, a subject part for each goal, volymmått, activities, and
what staff have said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from db.rules.figurer import Avsnitt
from db.rules.planbild import Aktivitetsbild, Indikatorbild, Malbild, Planvarden
from db.rules.tabell import Del, Statusrad, Stycke, Tabell
from desktop.reports.plan import ledtexter, mal
from desktop.reports.plan.diagram import goal_chart
from desktop.reports.plan.former import ORD, Form
from desktop.reports.plan.kommuner import others_section
from desktop.reports.plan.tabeller import Tabellmakare, mal_name

COMMENT = "Kommentar"


def all_activities(varden: Planvarden) -> list[Aktivitetsbild]:
    """The activities of every goal, and those of none."""
    return [a for one in varden.mal for a in one.aktiviteter] + list(varden.aktiviteter)


@dataclass(frozen=True, slots=True)
class Avsnittsmakare:
    """Makes the sections of a plan's values, taken out on the day `uttag`; `kalla` is the source under every
    table of the plan's own."""

    varden: Planvarden
    makare: Tabellmakare
    roller: mal.Roller
    kalla: str
    uttag: str

    def make(self) -> Iterator[Avsnitt]:
        """Every section that has something to tell, in order."""
        if self.varden.indikatorer:
            yield self._together()
        yield from (avsnitt for top in self._tops() if (avsnitt := self._subject(top)))
        if loose := self._loose():
            yield self._without_goal(loose)
        if self.varden.volymer:
            yield self._volumes()
        alla = (*self.varden.indikatorer, *self.varden.volymer)
        if others := others_section(alla, self.varden.plan.dokument.kommun, self.uttag):
            yield others
        yield from self._acts()
        yield from self._said()

    def _tops(self) -> Iterator[Malbild]:
        return (one for one in self.varden.mal if one.djup == 0)

    def _together(self) -> Avsnitt:
        bilder, malen = self.varden.indikatorer, self.varden.mal
        lead = ledtexter.indicator_lead(self.makare, bilder, prognos=self.varden.prognos)
        delar: list[Del] = []
        if antal := ledtexter.counts(self.makare, bilder):
            delar.append(Statusrad(antal))
        if any(self.makare.lage_of(one) for one in malen):
            delar.append(mal.overview(self.makare, malen, self._bilder(), "Bedömning av målen", tops=False))
        return Avsnitt("Mål och indikatorer", (), lead, delar=tuple(delar))

    def _subject(self, top: Malbild) -> Avsnitt | None:
        """A goal at the top with all below it: answer, chart, table, comment; None without any indicator."""
        under = mal.subtree(self.varden.mal, top)
        goals = mal.with_indicators(under, self._bilder())
        if not goals:
            return None
        egna = self._own(under)
        lead = ledtexter.goal_lead(self.makare, top, egna, prognos=self.varden.prognos)
        tabell = self.makare.indikatorer(goals, self._bilder(), "Indikatorer")
        return Avsnitt(mal_name(top), (), lead, delar=self._parts(egna, tabell, under))

    def _without_goal(self, loose: Sequence[Indikatorbild]) -> Avsnitt:
        lead = ledtexter.indicator_lead(self.makare, loose, prognos=False)
        delar = self._parts(loose, self.makare.utan_mal(loose, "Indikatorer"), ())
        return Avsnitt("Indikatorer utan mål", (), lead, delar=delar)

    def _parts(
        self, bilder: Sequence[Indikatorbild], tabell: Tabell, malen: Sequence[Malbild]
    ) -> tuple[Del, ...]:
        chart = goal_chart(self.makare.celler, bilder)
        return (*([chart] if chart else ()), self._sourced(tabell), *self._comments(malen, bilder))

    def _loose(self) -> list[Indikatorbild]:
        owned = {kod for one in self.varden.mal for kod in one.indikatorer}
        return [bild for bild in self.varden.indikatorer if bild.indikator.kod not in owned]

    def _bilder(self) -> dict[str, Indikatorbild]:
        return {bild.indikator.kod: bild for bild in self.varden.indikatorer}

    def _own(self, malen: Sequence[Malbild]) -> list[Indikatorbild]:
        bilder = self._bilder()
        return [bilder[kod] for one in malen for kod in one.indikatorer if kod in bilder]

    def _comments(self, malen: Sequence[Malbild], bilder: Sequence[Indikatorbild]) -> Iterator[Stycke]:
        said = mal.comments(malen, bilder, self.roller)
        return (replace(one, rubrik=f"{COMMENT}: {one.rubrik}") for one in said)

    def _volumes(self) -> Avsnitt:
        name = "Mått och nyckeltal" if self.makare.form is Form.MATBARA else "Volymmått"
        lead = ledtexter.volume_lead(self.varden.volymer)
        delar: list[Del] = [
            self._sourced(self.makare.volymer(bilder, ORD[self.makare.form].volym))
            for bilder in _alike(self.varden.volymer)
        ]
        delar += self._comments((), self.varden.volymer)
        return Avsnitt(name, (), lead, delar=tuple(delar))

    def _sourced(self, tabell: Tabell) -> Tabell:
        return replace(tabell, kalla=self.kalla)

    def _acts(self) -> Iterator[Avsnitt]:
        if aktiviteter := all_activities(self.varden):
            tabell = mal.activities(self.varden.mal, self.varden.aktiviteter, "Aktiviteter")
            yield Avsnitt("Aktiviteter", (), ledtexter.activity_lead(aktiviteter), delar=(tabell,))
        avvikelser = mal.deviations(
            self.makare, self.varden.indikatorer, "Avvikelser, orsak och beslutad åtgärd"
        )
        told = (Stycke(ledtexter.DEVIATIONS),) if avvikelser.rader else ()
        yield Avsnitt("Avvikelser och åtgärder", (), delar=(*told, avvikelser))

    def _said(self) -> Iterator[Avsnitt]:
        """What stands in no section of its own: changed assessments, and comments on goals that have no
        indicators below them."""
        malen, alla = self.varden.mal, (*self.varden.indikatorer, *self.varden.volymer)
        changed = mal.overruled(self.makare, malen, alla, self.roller, "Ändrade bedömningar och deras skäl")
        if changed.rader:
            yield Avsnitt("Ändrade bedömningar", (), delar=(changed,))
        told = [one for top in self._tops() for one in self._told_of(top)]
        if said := tuple(mal.comments([one for one in malen if one not in told], (), self.roller)):
            yield Avsnitt("Kommentarer", (), delar=said)

    def _told_of(self, top: Malbild) -> list[Malbild]:
        under = mal.subtree(self.varden.mal, top)
        return under if mal.with_indicators(under, self._bilder()) else []


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
