"""Puts a report together: figures are hidden once per period (R12), then labelled, then told in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from db.rules.figurer import Avsnitt, Figur, Konsvarden, Rad, Rapport
from db.rules.period import Period
from db.rules.sidor import Sida
from db.rules.suppression import TROSKEL, masked
from db.rules.suppression_minne import Utgiven, hide_sides
from db.rules.tabell import Forklaring
from db.rules.urval import ALLA, Urval
from desktop.formatting import long_date
from desktop.reports.leads import Siffror
from desktop.reports.spec import Radspec, Rapportspec

INGET = Konsvarden()
URVAL = "Urval"


@dataclass(frozen=True, slots=True)
class Huvud:
    """What a report is about beside its figures; `ord` are the words that labels and definitions may hold,
    `rader` and `jamforelse_rader` what its lists are made of. `jamforelse_per` is the day that judges the
    comparison: its last day where it is not given."""

    period: Period
    per: date
    uttag: date
    jamforelse: Period | None = None
    kommun: str = ""
    namnd: str = ""
    demo: bool = False
    troskel: int = TROSKEL
    ord: Mapping[str, str] = field(default_factory=dict)
    rader: Sequence[Any] = ()
    jamforelse_rader: Sequence[Any] | None = None
    jamforelse_per: date | None = None
    urval: Urval = ALLA


@dataclass(frozen=True, slots=True)
class Underlag:
    """A report and, as sides with what is hidden of them, all that a reader of it gets to know."""

    rapport: Rapport
    sidor: tuple[Sida, ...]


_NO_SIDE = Sida(date.min, date.min, date.min, ())


@dataclass(frozen=True, slots=True)
class _Sedda:
    """The figures of one period and what of them is hidden."""

    figurer: Mapping[str, Figur]
    dolda: Mapping[str, Mapping[str, str]]

    def varde(self, id_: str) -> Konsvarden:
        figur = self.figurer.get(id_)
        return masked(figur.varde, self.dolda.get(id_, {})) if figur else INGET

    def marks(self, id_: str) -> dict[str, str]:
        return dict(self.dolda.get(id_, {}))


def assemble(
    spec: Rapportspec,
    figurer: Sequence[Figur],
    jamforelse: Sequence[Figur] | None,
    huvud: Huvud,
    tidigare: Sequence[Utgiven] = (),
) -> Underlag:
    """The whole report, labelled, and hidden also against `tidigare` (newest first): all a writer gets."""
    sidor = _sides(spec, figurer, jamforelse, huvud)
    dolda = hide_sides(sidor, tidigare, huvud.troskel)
    ensamma = hide_sides(sidor, (), huvud.troskel) if tidigare else dolda
    hidden = tuple(replace(sida, dolda=marks) for sida, marks in zip(sidor, dolda, strict=True))
    nu, fore = (_Sedda({f.id: f for f in s.figurer}, s.dolda) for s in (*hidden, _NO_SIDE)[:2])
    avsnitt = [[_rad(r, f, nu, fore, huvud) for r, f in _rows(a.rader, figurer)] for a in spec.avsnitt]
    siffror = Siffror(
        {rad.id: rad for rader in avsnitt for rad in rader},
        long_date(min(huvud.period.till, huvud.per)),
        long_date(huvud.per),
        huvud.jamforelse.namn if huvud.jamforelse else "",
        huvud.ord,
    )
    rapport = Rapport(
        rapport=spec.namn,
        titel=spec.titel,
        period=_days(huvud.period),
        per=huvud.per.isoformat(),
        avsnitt=tuple(
            Avsnitt(a.rubrik, tuple(rader), a.ingress(siffror), a.diagram)
            for a, rader in zip(spec.avsnitt, avsnitt, strict=True)
        )
        + (spec.listor(huvud.rader, huvud.jamforelse_rader) if spec.listor else ()),
        period_namn=huvud.period.namn,
        jamforelse_period=_days(huvud.jamforelse) if huvud.jamforelse else None,
        jamforelse_namn=huvud.jamforelse.namn if huvud.jamforelse else "",
        kommun=huvud.kommun,
        namnd=huvud.namnd,
        uttag=huvud.uttag.isoformat(),
        demo=huvud.demo,
        troskel=huvud.troskel,
        begrepp=(*_urval(huvud.urval), *spec.begrepp),
        urval=tuple(huvud.urval.to_parametrar().items()),
        fler_dolda=bool(_cells(dolda) - _cells(ensamma)),
    )
    return Underlag(rapport, hidden)


def _urval(urval: Urval) -> tuple[Forklaring, ...]:
    """Whom the report counts, among what it explains."""
    return (Forklaring(URVAL, urval.villkor()),) if urval else ()


def _sides(
    spec: Rapportspec, figurer: Sequence[Figur], jamforelse: Sequence[Figur] | None, huvud: Huvud
) -> list[Sida]:
    def side(figurer: Sequence[Figur], period: Period, per: date) -> Sida:
        slut = max(period.fran, min(period.till, per))
        figurer = tuple(figurer)
        return Sida(
            period.fran, slut, per, figurer, spec.sums(figurer), spec.days(figurer), spec.lager,
            urval=huvud.urval,
        )  # fmt: skip

    sidor = [side(figurer, huvud.period, huvud.per)]
    if jamforelse is not None and huvud.jamforelse is not None:
        sidor.append(side(jamforelse, huvud.jamforelse, huvud.jamforelse_per or huvud.jamforelse.till))
    return sidor


def _cells(dolda: Sequence[Mapping[str, Mapping[str, str]]]) -> set[tuple[int, str, str]]:
    return {(at, rad, k) for at, marks in enumerate(dolda) for rad, own in marks.items() for k in own}


def _rows(rader: Sequence[Radspec], figurer: Sequence[Figur]) -> Iterator[tuple[Radspec, Figur]]:
    for rad in rader:
        for figur in rad.find(figurer):
            yield rad, figur


def _rad(rad: Radspec, figur: Figur, nu: _Sedda, fore: _Sedda, huvud: Huvud) -> Rad:
    etikett = rad.etikett.format_map(huvud.ord) if rad.etikett else figur.namn[:1].upper() + figur.namn[1:]
    return Rad(
        id=figur.id,
        etikett=etikett,
        enhet=figur.enhet,
        varde=nu.varde(figur.id),
        jamforelse=fore.varde(figur.id),
        dolda=nu.marks(figur.id),
        jamforelse_dolda=fore.marks(figur.id),
        definition=rad.definition.format_map(huvud.ord),
        niva=rad.niva,
        konsuppdelad=_is_by_kon(figur),
        nyckeltal=rad.nyckeltal,
        enhetsord=rad.enhetsord,
        decimaler=rad.decimaler,
    )


def _is_by_kon(figur: Figur) -> bool:
    """Whether the row counts people by kön; a share of nobody still does, by its base."""
    return any(v is not None and v.kvinnor is not None for v in (figur.varde, figur.namnare))


def _days(period: Period) -> tuple[str, str]:
    return period.fran.isoformat(), period.till.isoformat()
