"""The report `bip`: who was measured, and what has changed between the first time and the latest."""

from desktop.reports import formats
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

_FORANDRING = (
    "Förändringen är det senaste svaret till och med periodens sista dag minus det första under samma "
    "inskrivning, också när det första gavs före perioden."
)
_VEM = (
    "Deltagarens egna svar. De frågor som bara handläggaren besvarar, de två sista, räknas på handläggarens "
    "svar."
)
_POANG = "Poäng"


def _matta(s: Siffror) -> str:
    matta, andel = "bip.matta", "bip.andel_forbattrade"
    if s.tal(matta) == 0:
        return "Ingen mättes under perioden."
    procent = s.procent(andel)
    return sentences(
        f"{procent} av dem som har svarat minst två gånger har förbättrats sedan den första mätningen."
        if procent
        else "",
        told(
            s.antal(matta, "person", "personer"),
            f"mättes under perioden{s.kon(matta)}.",
            "Antalet personer som mättes",
        ),
        s.kon_andel(andel),
        s.andring_andel(andel),
    )


def _mest(s: Siffror) -> str:
    """Which question has gone up most; "" while one is hidden or missing, or none stands out."""
    rader = [r for i, r in s.rader.items() if i.endswith(".forandring_medel")]
    medel = [r.varde.totalt for r in rader if r.varde.totalt is not None]
    if len(medel) < len(rader) or not medel or max(medel) <= 0 or medel.count(max(medel)) > 1:
        return ""
    mest = next(r for r in rader if r.varde.totalt == max(medel))
    poang = formats.format_tal(max(medel), 2)
    return f"Mest har svaren ökat på ”{mest.etikett}”, i medeltal med {poang}{formats.HARD_SPACE}poäng."


def _handlaggare(s: Siffror) -> str:
    procent = s.procent("bip.andel_forbattrade_handlaggare")
    return f"Handläggarna bedömer att {procent} har förbättrats." if procent else ""


SPEC = Rapportspec(
    namn="bip",
    urval=True,
    titel="Progression enligt BIP",
    beskrivning="Hur många som har mätts och hur svaren har förändrats sedan den första mätningen.",
    avsnitt=(
        Avsnittspec(
            "Mätta och förbättrade",
            (
                Radspec(
                    "bip.matta",
                    "Mätta deltagare",
                    "Personer med minst ett svar under perioden, deltagarens eget eller handläggarens. Varje "
                    "person räknas en gång. Den som har mätts i två inskrivningar under perioden räknas i "
                    "den senaste.",
                    nyckeltal=True,
                ),
                Radspec(
                    "bip.matta_flera",
                    "Med egna svar minst två gånger",
                    "Mätta deltagare som själva har besvarat samma fråga minst två olika dagar under "
                    "inskrivningen, senast periodens sista dag.",
                    niva=1,
                ),
                Radspec(
                    "bip.andel_forbattrade",
                    "Andel förbättrade",
                    "Mätta deltagare vars egna svar sammantaget är högre än första gången, av dem med egna "
                    f"svar minst två gånger: summan av förändringarna är större än noll. {_FORANDRING}",
                    nyckeltal=True,
                ),
            ),
            _matta,
            "andel",
        ),
        Avsnittspec(
            "Andel förbättrade per fråga",
            (
                Radspec(
                    "bip.*.andel_forbattrade",
                    "",
                    "Personer som svarar högre än första gången, av dem som har besvarat frågan minst två "
                    f"gånger. {_VEM} {_FORANDRING}",
                ),
            ),
            diagram="andel",
        ),
        Avsnittspec(
            "Förändring per fråga, medelvärde",
            (
                Radspec(
                    "bip.*.forandring_medel",
                    "",
                    "Medelvärdet av förändringen i poäng på svarsskalan, bland dem som har besvarat frågan "
                    f"minst två gånger. {_VEM} {_FORANDRING}",
                    enhetsord=_POANG,
                    decimaler=2,
                ),
            ),
            _mest,
        ),
        Avsnittspec(
            "Handläggarens svar",
            (
                Radspec(
                    "bip.matta_flera_handlaggare",
                    "Med handläggarens svar minst två gånger",
                    "Mätta deltagare där handläggaren har besvarat samma fråga minst två olika dagar "
                    "under inskrivningen.",
                ),
                Radspec(
                    "bip.andel_forbattrade_handlaggare",
                    "Andel förbättrade enligt handläggaren",
                    "Mätta deltagare där handläggarens svar sammantaget är högre än första gången, av dem "
                    "med handläggarens svar minst två gånger. Alla elva frågor räknas.",
                    nyckeltal=True,
                ),
            ),
            _handlaggare,
        ),
        Avsnittspec(
            "Förändring per fråga, handläggarens svar",
            (
                Radspec(
                    "bip.*.forandring_medel_handlaggare",
                    "",
                    "Medelvärdet av förändringen i handläggarens svar på de frågor som också deltagaren "
                    f"besvarar. {_FORANDRING}",
                    enhetsord=_POANG,
                    decimaler=2,
                ),
            ),
        ),
    ),
)
