"""Puts a report together: figures are hidden once per period (R12), then labelled, then told in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.rules.figurer import Avsnitt, Figur, Konsvarden, Rad, Rapport
from db.rules.period import Period
from db.rules.suppression import TROSKEL, hide, masked
from desktop.formatting import long_date
from desktop.reports.leads import Siffror
from desktop.reports.spec import Radspec, Rapportspec

INGET = Konsvarden()


@dataclass(frozen=True, slots=True)
class Huvud:
    """What a report is about beside its figures; `ord` are the words that labels and definitions may hold,
    `rader` and `jamforelse_rader` what its lists are made of."""

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
    spec: Rapportspec, figurer: Sequence[Figur], jamforelse: Sequence[Figur] | None, huvud: Huvud
) -> Rapport:
    """The whole report, hidden and labelled: all that a writer gets."""
    nu, fore = _see(spec, figurer, huvud), _see(spec, jamforelse or (), huvud)
    avsnitt = [[_rad(r, f, nu, fore, huvud) for r, f in _rows(a.rader, figurer)] for a in spec.avsnitt]
    siffror = Siffror(
        {rad.id: rad for rader in avsnitt for rad in rader},
        long_date(min(huvud.period.till, huvud.per)),
        long_date(huvud.per),
        huvud.jamforelse.namn if huvud.jamforelse else "",
        huvud.ord,
    )
    return Rapport(
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
        begrepp=spec.begrepp,
    )


def _see(spec: Rapportspec, figurer: Sequence[Figur], huvud: Huvud) -> _Sedda:
    return _Sedda({f.id: f for f in figurer}, hide(figurer, spec.sums(figurer), huvud.troskel))


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
