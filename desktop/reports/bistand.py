"""The report `bistand`: households and people with ekonomiskt bistånd, for how long, and who comes back."""

from db.rules.sidor import Nar
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

_HUSHALL = "Den som inte har något hushåll i registret räknas som ett eget."


def _hushall(s: Siffror) -> str:
    med = "hushall.med_insats"
    if s.tal(med) == 0:
        return f"Inget hushåll hade ekonomiskt bistånd den {s.sista_dag}."
    utbetalning = s.antal("hushall.utbetalning", "hushåll", "hushåll")
    return sentences(
        told(
            s.antal(med, "hushåll", "hushåll"),
            f"hade ekonomiskt bistånd den {s.sista_dag}.",
            "Antalet hushåll",
        ),
        s.andring(med),
        f"{utbetalning} fick en utbetalning den sista månaden." if utbetalning else "",
    )


def _lange(s: Siffror) -> str:
    andel = s.procent("langvarigt.andel_av_mottagare")
    return sentences(
        f"{andel} av biståndsmottagarna fick stöd i minst 10 av årets månader." if andel else "",
        s.kon_andel("langvarigt.andel_av_mottagare"),
    )


def _tillbaka(s: Siffror) -> str:
    andel = s.procent("ej_ateraktualiserade.andel")
    return sentences(
        f"{andel} av dem vars stöd slutade första halvåret året innan kom inte tillbaka inom 12 månader."
        if andel
        else "",
        s.kon_andel("ej_ateraktualiserade.andel"),
    )


def _vantetid(s: Siffror) -> str:
    medel, median = s.dagar("vantetid.medel"), s.dagar("vantetid.median")
    if not medel or not median:
        return ""
    return f"Från ansökan till beslut tog det i genomsnitt {medel}. Medianen är {median}."


SPEC = Rapportspec(
    namn="bistand",
    titel="Ekonomiskt bistånd",
    beskrivning="Hushåll, barn och vuxna med ekonomiskt bistånd, långvarigt bistånd, återkomst och väntetid.",
    avsnitt=(
        Avsnittspec(
            "Hushåll och personer",
            (
                Radspec(
                    "hushall.med_insats",
                    "Hushåll med ekonomiskt bistånd",
                    f"Hushåll med ett beviljat ärende som inte är avslutat den sista dagen. {_HUSHALL}",
                    nyckeltal=True,
                ),
                Radspec(
                    "hushall.utbetalning",
                    "Hushåll med utbetalning",
                    f"Hushåll som fick försörjningsstöd den sista månaden. {_HUSHALL}",
                ),
                Radspec(
                    "hushall.over_2_ar",
                    "Hushåll med bistånd över 2 år",
                    "Hushåll som fick försörjningsstöd den sista månaden och som har haft det mer än 24 "
                    "månader i "
                    "följd, med högst en månads uppehåll.",
                    nyckeltal=True,
                ),
                Radspec(
                    "barn.i_hushall",
                    "Barn i hushåll med ekonomiskt bistånd",
                    "Barn i hushåll med ett beviljat ärende som inte är avslutat den sista dagen.",
                    nyckeltal=True,
                ),
                Radspec(
                    "barn.langvarigt",
                    "Barn i hushåll med bistånd över 2 år",
                    "Barn i hushåll med bistånd över 2 år.",
                ),
                Radspec(
                    "avslutade_hushall.annan_forsorjning",
                    "Avslutade hushåll till annan försörjning",
                    "Hushåll med ett ärende som avslutades under perioden till annan försörjning.",
                ),
                Radspec(
                    "bistand.vuxna_individer",
                    "Vuxna med ekonomiskt bistånd",
                    "Personer som är minst 18 år i hushåll med ett beviljat ärende som inte är avslutat "
                    "den sista "
                    "dagen, både sökande och medsökande.",
                ),
                Radspec(
                    "bistand.unga_medel",
                    "Unga 18–24 år, medeltal",
                    "Personer som är 18–24 år den sista dagen i perioden och fick försörjningsstöd, i "
                    "medeltal för "
                    "periodens månader.",
                ),
                Radspec(
                    "forsorjningshinder.sjuk",
                    "Sjukdom som försörjningshinder",
                    "Personer med ett beviljat ärende den sista dagen där försörjningshindret är "
                    "sjukskriven med "
                    "läkarintyg eller sjuk- eller aktivitetsersättning.",
                ),
            ),
            _hushall,
        ),
        Avsnittspec(
            "Långvarigt bistånd",
            (
                Radspec(
                    "bistand.mottagare",
                    "Vuxna med försörjningsstöd under året",
                    "Personer som är minst 18 år, sökande och medsökande, med försörjningsstöd någon månad "
                    "hittills "
                    "under det kalenderår då perioden slutar.",
                ),
                Radspec(
                    "langvarigt.antal",
                    "Långvarigt bistånd",
                    "Vuxna med försörjningsstöd i 10–12 månader under kalenderåret.",
                    niva=1,
                ),
                Radspec(
                    "langvarigt.andel_av_mottagare",
                    "Andel med långvarigt bistånd",
                    "Vuxna med långvarigt bistånd av alla vuxna med försörjningsstöd under året.",
                    nyckeltal=True,
                ),
                Radspec(
                    "mycket_langvarigt.antal",
                    "Mycket långvarigt bistånd",
                    "Vuxna med försörjningsstöd i minst 27 av de 36 månader som slutar med periodens "
                    "sista, med "
                    "högst två månaders uppehåll.",
                ),
            ),
            _lange,
            "staplar",
        ),
        Avsnittspec(
            "Kom tillbaka till bistånd",
            (
                Radspec(
                    "ej_ateraktualiserade.andel",
                    "Andel som inte kom tillbaka inom ett år",
                    "Vuxna, sökande och medsökande, vars försörjningsstöd slutade första halvåret året "
                    "före perioden: "
                    "andelen som inte fick försörjningsstöd någon av de 12 månaderna efteråt.",
                    nyckeltal=True,
                ),
                Radspec(
                    "bistand.aktuella_13_manader_efter_anstallning",
                    "Andel med bistånd 13 månader efter anställning",
                    "Personer vars senaste arbetsmarknadsanställning slutade 13 månader före någon av "
                    "periodens "
                    "månader: andelen med försörjningsstöd den månaden.",
                ),
                Radspec(
                    "bistand.aktuella_13_manader_efter_anstallning.antal",
                    "Personer med bistånd 13 månader efter anställning",
                    "Personer med försörjningsstöd den trettonde månaden efter den månad då deras senaste "
                    "arbetsmarknadsanställning slutade.",
                ),
            ),
            _tillbaka,
            "andel",
        ),
        Avsnittspec(
            "Väntetid",
            (
                Radspec(
                    "vantetid.medel",
                    "Väntetid till beslut, medelvärde",
                    "Dagar från ansökan till beslut i ärenden med beslut under perioden.",
                    nyckeltal=True,
                ),
                Radspec(
                    "vantetid.median",
                    "Väntetid till beslut, median",
                    "Dagar från ansökan till beslut i ärenden med beslut under perioden.",
                ),
            ),
            _vantetid,
        ),
    ),
    nar={
        "hushall.med_insats": Nar.DAG,
        "hushall.utbetalning": Nar.DAG,
        "hushall.over_2_ar": Nar.DAG,
        "barn.i_hushall": Nar.DAG,
        "barn.langvarigt": Nar.DAG,
        "bistand.vuxna_individer": Nar.DAG,
        "forsorjningshinder.sjuk": Nar.DAG,
        "mycket_langvarigt.antal": Nar.DAG,
        "bistand.mottagare": Nar.AR,
        "langvarigt.antal": Nar.AR,
        "langvarigt.andel_av_mottagare": Nar.AR,
        "ej_ateraktualiserade.andel": Nar.AR,
    },
)
