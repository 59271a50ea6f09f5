"""The key figures of a follow-up: up to six indicators with an outcome for the period and a target."""

from collections.abc import Sequence

from db.rules.figurer import Konsvarden, Rad
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import NYCKLAR, Utfall
from desktop.reports import formats
from desktop.reports.plan.celler import decimals_of, label_of, period_head, plain_number, target_words
from desktop.reports.plan.tabeller import Tabellmakare

MOST = 6


def key_cards(makare: Tabellmakare, bilder: Sequence[Indikatorbild]) -> tuple[Rad, ...]:
    """Rows for the cards: first those by kön, one from each goal before a second of any."""
    usable = [
        bild
        for bild in bilder
        if makare.celler.visible(bild.utfall, "totalt") is not None and makare.indikatorlage(bild).text
    ]
    usable.sort(key=lambda bild: not _by_kon(bild.utfall))
    firsts = list({bild.indikator.mal: bild for bild in reversed(usable)}.values())[::-1]
    seconds = [bild for bild in usable if bild not in firsts]
    return tuple(_card(makare, bild) for bild in [*firsts, *seconds][:MOST])


def _by_kon(utfall: Utfall) -> bool:
    return utfall.kvinnor is not None or utfall.man is not None


def _card(makare: Tabellmakare, bild: Indikatorbild) -> Rad:
    indikator, lage = bild.indikator, makare.indikatorlage(bild)
    enhet = indikator.enhet if indikator.enhet in formats.SUFFIX else "antal"
    return Rad(
        id=indikator.kod,
        etikett=label_of(indikator),
        enhet=enhet,
        varde=_values(makare, bild.utfall),
        jamforelse=_values(makare, bild.provning.jamfort),
        dolda=dict(makare.celler.marks(bild.utfall)),
        jamforelse_dolda=dict(makare.celler.marks(bild.provning.jamfort)),
        konsuppdelad=_by_kon(bild.utfall),
        nyckeltal=True,
        minst_decimaler=decimals_of(indikator),
        jamforelse_namn=_compared(bild),
        riktvarde=target_words(bild),
        status=lage.status,
        statusord=lage.text,
    )


def _values(makare: Tabellmakare, utfall: Utfall | None) -> Konsvarden:
    visible = {nyckel: makare.celler.visible(utfall, nyckel) for nyckel in NYCKLAR}
    return Konsvarden(**{n: None if t is None else plain_number(t) for n, t in visible.items()})


def _compared(bild: Indikatorbild) -> str:
    jamfort = bild.provning.jamfort
    return "" if jamfort is None or jamfort.totalt is None else period_head(jamfort.period)
