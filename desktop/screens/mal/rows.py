"""The rows of Mål & indikatorer: a head per goal, under it its indicators, volymmått and activities. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from db.rules.bedomning import Farg, to_farg
from db.rules.koder import Aktivitetslage, Bedomningsskala, Indikatorslag
from db.rules.plan import BEDOMNINGAR, NIVAER
from db.rules.planbild import Aktivitetsbild, Egenbedomning, Indikatorbild, Malbild, Planvarden
from db.rules.planvarden import Kalla, Utfall
from db.rules.riktvarde import Maluppfyllelse
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.table_model import ChipText, Column

UTAN_MAL = ""
INDENT = "\u2003"
SUFFIX = {"andel": "\u00a0%"}
# Decimals of what is worked out; what is typed or printed keeps its own.
COMPUTED = {"dagar": 1, "index": 1, "betyg": 1}
CHIPS = {
    Maluppfyllelse.NAS: ("ok", "circle-check"),
    Maluppfyllelse.PA_VAG: ("soon", "trending-up"),
    Maluppfyllelse.NAS_INTE: ("overdue", "circle-x"),
    Maluppfyllelse.GAR_INTE: ("later", "circle-dashed"),
}
FARGER = {
    Farg.GRON: ("ok", "circle-check"),
    Farg.GUL: ("soon", "triangle-alert"),
    Farg.ROD: ("overdue", "circle-x"),
}  # fmt: skip
LAGEN = {
    Aktivitetslage.KLAR: ("ok", "circle-check"),
    Aktivitetslage.PABORJAD: ("info", "play"),
    Aktivitetslage.EJ_STARTAD: ("later", "circle-dashed"),
    Aktivitetslage.VANTAR: ("soon", "clock"),
    Aktivitetslage.STOPPAD: ("overdue", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Rad:
    """One row: a goal (a head), an indicator or an activity; the head of what has no goal is none of them."""

    nyckel: str
    grupp: str
    skala: Bedomningsskala
    mal: Malbild | None = None
    indikator: Indikatorbild | None = None
    aktivitet: Aktivitetsbild | None = None

    @property
    def is_head(self) -> bool:
        """Whether it heads a group."""
        return self.indikator is None and self.aktivitet is None


def make_rows(bild: Planvarden, *, avvikelser: bool = False, utan_varde: bool = False) -> list[Rad]:
    """All rows in print order; narrowed, only those that do not reach their target or stand still, or that
    have no outcome, and the goals that have such."""
    skala = bild.plan.dokument.bedomning
    by_kod = {i.indikator.kod: i for i in (*bild.indikatorer, *bild.volymer)}
    owned = {kod for mal in bild.mal for kod in mal.indikatorer}
    rows: list[Rad] = []
    groups = [(mal.mal.kod, mal, mal.indikatorer, mal.aktiviteter) for mal in bild.mal]
    rest = tuple(kod for kod in by_kod if kod not in owned)
    for grupp, mal, koder, aktiviteter in (*groups, (UTAN_MAL, None, rest, bild.aktiviteter)):
        under = [Rad(f"i/{kod}", grupp, skala, indikator=by_kod[kod]) for kod in koder]
        under += [Rad(f"a/{a.id}", grupp, skala, aktivitet=a) for a in aktiviteter]
        shown = [rad for rad in under if _fits(rad, avvikelser, utan_varde)]
        if shown or not (avvikelser or utan_varde or mal is None):
            rows += [Rad(f"m/{grupp}", grupp, skala, mal=mal), *shown]
    return rows


def _fits(rad: Rad, avvikelser: bool, utan_varde: bool) -> bool:
    if rad.indikator is not None:
        if utan_varde and rad.indikator.utfall.has_tal:
            return False
        return not avvikelser or rad.indikator.uppfyllelse in (
            Maluppfyllelse.NAS_INTE,
            Maluppfyllelse.PA_VAG,
        )
    lage = rad.aktivitet.lage if rad.aktivitet is not None else None
    if utan_varde and lage is not None:
        return False
    return not avvikelser or (
        lage is not None and lage.status in (Aktivitetslage.VANTAR, Aktivitetslage.STOPPAD)
    )


def tell_tal(tal: Decimal | None, utfall: Utfall, enhet: str) -> str:
    """An outcome's number as it is read: its own decimals, or those of its unit where it is worked out."""
    if tal is None:
        return ""
    if utfall.kalla is Kalla.BERAKNAT:
        decimals = COMPUTED.get(enhet, 0)
    else:
        # A typed one is kept as a float, and "40" is not "40.0" for that.
        told = tal.normalize() if utfall.kalla in (Kalla.SKRIVET, Kalla.KOLADA) else tal
        decimals = min(3, max(0, -int(told.as_tuple().exponent)))
    return f"{number(tal, decimals)}{SUFFIX.get(enhet, '')}"


def tell_utfall(utfall: Utfall | None, enhet: str, nyckel: str = "totalt") -> str:
    """A number, or the text that stands in its place."""
    if utfall is None:
        return ""
    return tell_tal(utfall.tal(nyckel), utfall, enhet) or (utfall.text if nyckel == "totalt" else "")


def tell_namn(rad: Rad) -> str:
    """The name of a row, a goal with its number and further in the deeper it stands."""
    if rad.indikator is not None:
        indikator = rad.indikator.indikator
        return " ".join(part for part in (indikator.nummer, indikator.namn) if part)
    if rad.aktivitet is not None:
        aktivitet = rad.aktivitet.aktivitet
        return " ".join(part for part in (aktivitet.nummer, aktivitet.text) if part)
    if rad.mal is None:
        return tr("Utan mål")
    mal = rad.mal.mal
    return INDENT * rad.mal.djup + " ".join(part for part in (mal.nummer, mal.titel) if part)


# Where an outcome comes from, short: what it is called in full stands in the print.
KALLOR = {
    Kalla.BERAKNAT: tr("registret"),
    Kalla.SKRIVET: tr("inskrivet"),
    Kalla.TRYCKT: tr("planen"),
    Kalla.KOLADA: tr("Kolada"),
}


def tell_slag(rad: Rad) -> str:
    """What kind of row it is."""
    if rad.aktivitet is not None:
        return tr("Aktivitet")
    if rad.indikator is not None:
        return tr("Volym") if rad.indikator.indikator.slag is Indikatorslag.VOLYM else tr("Indikator")
    if rad.mal is None:
        return ""
    return tr("KF-mål") if rad.mal.mal.niva == "kf-mal" else tr(NIVAER.get(rad.mal.mal.niva, ""))


def tell_kalla(rad: Rad) -> str:
    """Where the outcome comes from."""
    if rad.indikator is None or rad.indikator.utfall.kalla is Kalla.SAKNAS:
        return ""
    return KALLOR[rad.indikator.utfall.kalla]


def tell_fore(rad: Rad) -> str:
    """The baseline, else the latest outcome before, with its period."""
    if rad.indikator is None:
        return ""
    bild = rad.indikator
    fore = bild.ingaende or next((u for u in reversed(bild.tidigare) if u.has_tal), None)
    told = tell_utfall(fore, bild.indikator.enhet)
    if fore is None or not told:
        return ""
    return f"{told} ({tr('ingående') if bild.ingaende else fore.period})"


def tell_mal(rad: Rad) -> str:
    """The target in words: one for all, or by kön where they differ."""
    if rad.indikator is None:
        return ""
    ord_ = rad.indikator.provning.ord
    olika = dict.fromkeys(ord_.values())
    if len(olika) <= 1:
        return next(iter(olika), "")
    words = {"kvinnor": "K", "man": "M", "totalt": tr("totalt")}
    return ", ".join(f"{words[nyckel]} {ord_[nyckel]}" for nyckel in ord_)


def find_chip(rad: Rad) -> ChipText | None:
    """Word, shape and colour of the assessment, and whether it is somebody's own."""
    if rad.indikator is not None:
        if not _is_judged(rad.indikator):
            return None
        kind, icon = CHIPS[rad.indikator.uppfyllelse]
        return ChipText(kind, _own(tr(rad.indikator.uppfyllelse.value), rad.indikator.egen), icon)
    if rad.aktivitet is not None:
        if rad.aktivitet.lage is None:
            return None
        kind, icon = LAGEN[rad.aktivitet.lage.status]
        return ChipText(kind, tr(rad.aktivitet.lage.status.value), icon)
    return find_malchip(rad.mal, rad.skala)


def _is_judged(bild: Indikatorbild) -> bool:
    """Whether there is a target to judge by, or somebody or the plan itself has judged."""
    by_hand = bild.egen is not None or bild.uppfyllelse is not bild.provning.samlad
    return bild.provning.riktvarde is not None or by_hand


def find_malchip(mal: Malbild | None, skala: Bedomningsskala) -> ChipText | None:
    """The assessment of a goal in the plan's words, and whether it is somebody's own."""
    word = BEDOMNINGAR[skala].get(mal.bedomning) if mal is not None else None
    farg = to_farg(skala, mal.bedomning) if mal is not None and word else None
    if word is None or farg is None:
        return None
    kind, icon = FARGER[farg]
    return ChipText(kind, _own(tr(word), mal.egen if mal is not None else None), icon)


def _own(word: str, egen: Egenbedomning | None) -> str:
    return f"{word}, {tr('egen')}" if egen is not None else word


def tell_why(rad: Rad) -> str:
    """Why the assessment is what it is, in a sentence."""
    egen = rad.indikator.egen if rad.indikator is not None else rad.mal.egen if rad.mal is not None else None
    if egen is not None:
        return f"{tr('Bedömt av')} {egen.namn}: {egen.skal}"
    if rad.aktivitet is not None and rad.aktivitet.lage is not None:
        return rad.aktivitet.lage.kommentar
    return ""


def tell_said(rad: Rad) -> str:
    """Why the assessment is what it is, and what has been said, the latest first; for the row in focus."""
    own = rad.indikator or rad.mal
    said = [f"{k.namn} {k.datum}: {k.text}" for k in reversed(own.kommentarer)] if own is not None else []
    if said:
        said[0] = f"{plural(len(said), tr('kommentar'), tr('kommentarer'))}. {said[0]}"
    return " · ".join(" ".join(part.split()) for part in (tell_why(rad), *said) if part)


def count_states(bild: Planvarden) -> Mapping[Maluppfyllelse, int]:
    """How many indicators that are judged stand how to their target."""
    found = [i.uppfyllelse for i in bild.indikatorer if _is_judged(i)]
    return {state: found.count(state) for state in Maluppfyllelse}


def make_columns() -> tuple[Column[Rad], ...]:
    """Name, kind, outcome by kön, target, assessment; what a narrow window may leave to be scrolled to: the
    earlier outcome and the source."""
    return tuple(_columns())


def _columns() -> Iterator[Column[Rad]]:
    yield Column("namn", tr("Mål och mått"), tell_namn, 300, stretch=True, tone="text", look=_look, tip=_tip)
    yield Column("slag", tr("Slag"), tell_slag, 88)
    for nyckel, head in (("kvinnor", "Kvinnor"), ("man", "Män"), ("totalt", "Totalt")):
        weight = 600 if nyckel == "totalt" else 400
        yield Column(nyckel, tr(head), partial(_outcome, nyckel), 66, right=True, tone="text", weight=weight)
    yield Column("riktvarde", tr("Riktvärde"), tell_mal, 100, tone="text")
    yield Column("bedomning", tr("Bedömning"), lambda _rad: "", 146, chip=find_chip, tip=tell_why)
    yield Column("fore", tr("Tidigare"), tell_fore, 140, right=True)
    yield Column("kalla", tr("Källa"), tell_kalla, 82)


def _outcome(nyckel: str, rad: Rad) -> str:
    if rad.indikator is None:
        return ""
    return tell_utfall(rad.indikator.utfall, rad.indikator.indikator.enhet, nyckel)


def _look(rad: Rad) -> tuple[str, int]:
    return ("text", 600 if rad.is_head else 400)


def _tip(rad: Rad) -> str:
    if rad.indikator is not None:
        indikator = rad.indikator.indikator
        return "\n".join(part for part in (indikator.namn, indikator.definition) if part)
    if rad.mal is not None:
        return "\n".join(part for part in (rad.mal.mal.titel, rad.mal.mal.beskrivning) if part)
    return rad.aktivitet.aktivitet.text if rad.aktivitet is not None else ""
