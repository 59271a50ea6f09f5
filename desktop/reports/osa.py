"""The report `osa`: offentligt skyddat arbete, people and Arbetsförmedlingen's decisions."""

from db.rules.sidor import Nar
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec


def _personer(s: Siffror) -> str:
    totalt = "osa.totalt"
    if s.tal(totalt) == 0:
        return "Ingen hade offentligt skyddat arbete under perioden."
    anstallda = s.antal("osa.anstallning", "person", "personer")
    return sentences(
        told(
            s.antal(totalt, "person", "personer"),
            f"hade OSA-anställning eller praktik inför OSA under perioden{s.kon(totalt)}.",
            "Antalet personer i offentligt skyddat arbete",
        ),
        f"{anstallda} hade en OSA-anställning." if anstallda else "",
        s.andring(totalt),
    )


def _beslut(s: Siffror) -> str:
    utan, gar_ut = "osa.utan_beslut", "osa.beslut_gar_ut_60_dagar"
    if s.tal(utan) == 0:
        forst = "Alla OSA-anställningar hade beslut från Arbetsförmedlingen under perioden."
    else:
        antal = s.antal(utan, "person", "personer")
        forst = f"{antal} saknade beslut någon dag under perioden." if antal else ""
    antal = s.antal(gar_ut, "person", "personer")
    sedan = (
        f"För {antal} går beslutet ut inom 60 dagar från den {s.per}." if antal and s.tal(gar_ut) != 0 else ""
    )
    return sentences(forst, sedan)


SPEC = Rapportspec(
    namn="osa",
    urval=True,
    titel="Offentligt skyddat arbete (OSA)",
    beskrivning="Personer med OSA-anställning och praktik inför OSA, vidare till annan anställning, och "
    "besluten.",
    avsnitt=(
        Avsnittspec(
            "Personer i OSA",
            (
                Radspec(
                    "osa.totalt",
                    "OSA-anställning eller praktik inför OSA",
                    "Personer med OSA-anställning eller praktik inför OSA minst en dag under perioden. "
                    "Den som har haft båda räknas en gång.",
                    nyckeltal=True,
                ),
                Radspec(
                    "osa.anstallning",
                    "OSA-anställning",
                    "Personer med OSA-anställning minst en dag under perioden.",
                    niva=1,
                    nyckeltal=True,
                ),
                Radspec(
                    "osa.praktik_infor",
                    "Praktik inför OSA",
                    "Personer med praktik inför OSA minst en dag under perioden.",
                    niva=1,
                    nyckeltal=True,
                ),
                Radspec(
                    "osa.och_lonebidrag",
                    "OSA- eller lönebidragsanställning",
                    "Personer med OSA-anställning eller lönebidragsanställning minst en dag under perioden. "
                    "Den som har haft båda räknas en gång.",
                ),
                Radspec(
                    "osa.overgang_till_annan_anstallning",
                    "Vidare till annan anställning",
                    "Personer vars OSA-anställning slutade under perioden och som samma dag eller senare, "
                    "så långt "
                    "det är känt den dag läget bedöms, började en arbetsmarknadsanställning, "
                    "beredskapsanställning, lönebidragsanställning eller ett nystartsjobb, eller "
                    "avslutades till "
                    "arbete, arbete med stöd eller kommunal arbetsmarknadsanställning.",
                    nyckeltal=True,
                ),
            ),
            _personer,
            "staplar",
        ),
        Avsnittspec(
            "Beslut från Arbetsförmedlingen",
            (
                Radspec(
                    "osa.utan_beslut",
                    "Utan beslut någon dag",
                    "Personer med en OSA-anställning som någon dag under perioden inte täcktes av ett "
                    "beslut. "
                    "Praktik inför OSA räknas inte.",
                ),
                Radspec(
                    "osa.beslut_gar_ut_60_dagar",
                    "Beslut som går ut inom 60 dagar",
                    "Personer med en pågående OSA-anställning vars beslut går ut inom 60 dagar från den "
                    "dag läget "
                    "bedöms, utan ett nytt beslut och utan att anställningen slutar.",
                ),
            ),
            _beslut,
        ),
    ),
    nar={"osa.beslut_gar_ut_60_dagar": Nar.PER},
)
