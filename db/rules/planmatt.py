"""What is known of the measures that a plan may have worked out from the register (`beraknas`): the report
that holds them, which way is better, and the same measure's key in Kolada."""

import re
from collections.abc import Iterable
from decimal import Decimal

from db.rules.riktvarde import Riktning

# The first part of a row id, by the report that gives it.
_RAPPORTER = {
    "deltagare": (
        "deltagare", "insats", "feriepraktik", "helarsplatser", "moten", "planering",
        "arbetsmarknadsanstallning",
    ),
    "aktivitetskrav": ("aktivitetskrav",),
    "avslut": ("avslut",),
    "osa": ("osa",),
    "belaggning": ("belaggning", "daglig_verksamhet"),
    "bistand": (
        "hushall", "barn", "avslutade_hushall", "bistand", "langvarigt", "mycket_langvarigt",
        "ej_ateraktualiserade", "vantetid", "forsorjningshinder",
    ),
    "flode": ("flode",),
    "bip": ("bip",),
}  # fmt: skip
_RAPPORT_OF = {del_: rapport for rapport, delar in _RAPPORTER.items() for del_ in delar}
# Where fewer is better: people who live on bistånd, waiting, lacking decisions, costs.
_NER = (
    "hushall.", "barn.", "bistand.", "langvarigt.", "mycket_langvarigt.", "vantetid.", "forsorjningshinder.",
    "avslut.ateraktualiserade", "osa.utan_beslut", "osa.beslut_gar_ut", "aktivitetskrav.uppfyllt_sent",
    "aktivitetskrav.forfallet", "aktivitetskrav.utan_", "aktivitetskrav.dagar", "flode.ledtid",
    "belaggning.intern.kostnad", "belaggning.extern.kostnad",
)  # fmt: skip
# Where more is better.
_UPP = (
    "avslut.a_", "avslut.b_", "avslut.andel_", "avslut.antal_", "avslut.egen_", "avslutade_hushall.",
    "ej_ateraktualiserade.", "deltagare.med_insats", "planering.", "moten.", "osa.overgang",
    "aktivitetskrav.uppfyllt", "aktivitetskrav.andel", "belaggning.intern.grad", "belaggning.extern.grad",
    "belaggning.enhet.", "bip.andel", "bip.",
)  # fmt: skip
_KOLADA = {
    "avslut.andel_arbete_studier": "U40455",
    "avslut.totalt": "N40450",
    "deltagare.unika": "U40800",
}
_KPI = re.compile(r"\b[NU][0-9]{5}\b")
_KRONOR = {"kr": 1, "tkr": 1000, "mnkr": 1_000_000}


def find_rapport(beraknas: str) -> str | None:
    """The report that holds the row id, None where no report can."""
    return _RAPPORT_OF.get(beraknas.partition(".")[0])


def known_riktning(beraknas: str) -> Riktning | None:
    """Which way is better for the row id, None where that depends on what the plan wants."""
    if beraknas.startswith(_NER):
        return Riktning.NER
    return Riktning.UPP if beraknas.startswith(_UPP) else None


def find_kolada(beraknas: str, kolada: str, texter: Iterable[str] = ()) -> str:
    """Kolada's key of an indicator: its own, else that of its row id, else the one that its texts name
    ("Kolada ID: N31816"); "" for none."""
    named = (found[0] for text in texter if "kolada" in text.casefold() and (found := _KPI.search(text)))
    return kolada or _KOLADA.get(beraknas, "") or next(named, "")


def convert(varde: Decimal, fran: str, till: str) -> Decimal:
    """The value in another unit: kronor as thousands or millions; every other pair is the same number."""
    if fran in _KRONOR and till in _KRONOR:
        return varde * _KRONOR[fran] / _KRONOR[till]
    return varde
