"""The report `aktivitetskrav`: were people in activity in time (R7), and who is without activity (R8)."""

from db.rules.figurer import Summa
from db.rules.sidor import Nar
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

STATUSRADER = (
    "aktivitetskrav.uppfyllt",
    "aktivitetskrav.uppfyllt_sent",
    "aktivitetskrav.forfallet",
    "aktivitetskrav.pagar",
    "aktivitetskrav.undantag",
)


def _frister(s: Siffror) -> str:
    bas = "aktivitetskrav.bas"
    if s.tal(bas) == 0:
        return "Inget ärende hade sin frist under perioden."
    andel = s.procent("aktivitetskrav.andel_uppfyllt")
    return sentences(
        f"I {andel} av ärendena var personen i aktivitet i tid." if andel else "",
        told(
            s.antal(bas, "ärende", "ärenden"),
            "hade sin frist under perioden.",
            "Antalet ärenden med frist under perioden",
        ),
        s.kon_andel("aktivitetskrav.andel_uppfyllt"),
        s.andring_andel("aktivitetskrav.andel_uppfyllt"),
    )


def _dagar(s: Siffror) -> str:
    median = s.dagar("aktivitetskrav.dagar_median")
    return f"Medianen är {median} från starten till första aktiviteten." if median else ""


def _utan(s: Siffror) -> str:
    rad = "aktivitetskrav.utan_aktivitet"
    if s.tal(rad) == 0:
        return f"Inget pågående ärende saknade aktivitet den {s.per}."
    return told(
        s.antal(rad, "ärende", "ärenden"),
        f"saknade aktivitet den {s.per}.",
        "Antalet ärenden utan aktivitet",
    )


SPEC = Rapportspec(
    namn="aktivitetskrav",
    urval=True,
    titel="Aktivitetskravet",
    beskrivning="Hur många som var i aktivitet inom fristen, hur lång tid det tog och vilka som saknar "
    "aktivitet.",
    avsnitt=(
        Avsnittspec(
            "I aktivitet inom fristen",
            (
                Radspec(
                    "aktivitetskrav.bas",
                    "Ärenden med frist under perioden",
                    "Ärenden vars frist ligger i perioden, utom de som avslutades före fristen. Fristen är "
                    "den "
                    "{dagar}:e dagen efter {startpunkt} som inte täcks av ett undantag.",
                ),
                Radspec(
                    "aktivitetskrav.uppfyllt",
                    "I aktivitet i tid",
                    "Ärenden där en insats som räknas som aktivitet pågick senast den dag fristen gick ut.",
                    niva=1,
                    nyckeltal=True,
                ),
                Radspec(
                    "aktivitetskrav.uppfyllt_sent",
                    "I aktivitet efter fristen",
                    "Ärenden där den första aktiviteten började efter fristen.",
                    niva=1,
                ),
                Radspec(
                    "aktivitetskrav.forfallet",
                    "Fristen passerad utan aktivitet",
                    "Ärenden där fristen har gått ut utan att någon aktivitet har börjat.",
                    niva=1,
                    nyckeltal=True,
                ),
                Radspec(
                    "aktivitetskrav.pagar",
                    "Fristen löper",
                    "Ärenden utan aktivitet där fristen inte har gått ut.",
                    niva=1,
                ),
                Radspec(
                    "aktivitetskrav.undantag",
                    "Undantag",
                    "Ärenden utan aktivitet som har ett undantag den dag läget bedöms.",
                    niva=1,
                ),
                Radspec(
                    "aktivitetskrav.andel_uppfyllt",
                    "Andel i aktivitet i tid",
                    "Ärenden i aktivitet i tid av alla ärenden med frist under perioden.",
                    nyckeltal=True,
                ),
            ),
            _frister,
            "fordelning",
        ),
        Avsnittspec(
            "Tid till aktivitet",
            (
                Radspec(
                    "aktivitetskrav.dagar_median",
                    "Tid till aktivitet, median",
                    "Dagar från start till första aktivitet, utan dagar med undantag. Räknas på de ärenden "
                    "med "
                    "frist under perioden där en aktivitet har börjat.",
                    nyckeltal=True,
                ),
                Radspec(
                    "aktivitetskrav.dagar_medel",
                    "Tid till aktivitet, medelvärde",
                    "Dagar från start till första aktivitet, utan dagar med undantag. Räknas på de ärenden "
                    "med "
                    "frist under perioden där en aktivitet har börjat.",
                ),
            ),
            _dagar,
        ),
        Avsnittspec(
            "Utanför frister",
            (
                Radspec(
                    "aktivitetskrav.utan_frist",
                    "Ingen frist",
                    "Ärenden som startade under perioden och inte har någon frist, eftersom ett undantag "
                    "gäller "
                    "tills vidare.",
                ),
                Radspec(
                    "aktivitetskrav.avslutat_fore_frist",
                    "Avslutade före fristen",
                    "Ärenden med frist under perioden som avslutades utan aktivitet senast den dag fristen "
                    "gick ut.",
                ),
            ),
        ),
        Avsnittspec(
            "Utan aktivitet",
            (
                Radspec(
                    "aktivitetskrav.utan_aktivitet",
                    "Pågående ärenden utan aktivitet",
                    "Pågående ärenden som den dag läget bedöms varken har en insats som räknas som aktivitet "
                    "eller ett undantag, också efter en avslutad aktivitet.",
                    nyckeltal=True,
                ),
            ),
            _utan,
        ),
    ),
    summor=(
        Summa("aktivitetskrav.bas", STATUSRADER),
        Summa("aktivitetskrav.med_aktivitet", ("aktivitetskrav.uppfyllt", "aktivitetskrav.uppfyllt_sent")),
    ),
    nar={"aktivitetskrav.utan_aktivitet": Nar.PER},
)
