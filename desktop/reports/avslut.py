"""The report `avslut`: how inskrivningar ended and what they led to (R9–R11)."""

from db.rules.figurer import Summa
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

KLASSER = (
    "avslut.a_arbete",
    "avslut.b_studier",
    "avslut.c_annan_myndighet",
    "avslut.d_slutfort",
    "avslut.e_ovrigt",
    "avslut.invantar_bekraftelse",
)


def _avslut(s: Siffror) -> str:
    totalt, andel = "avslut.totalt", "avslut.andel_arbete_studier"
    if s.tal(totalt) == 0:
        return "Inga inskrivningar avslutades under perioden."
    procent = s.procent(andel)
    return sentences(
        f"{procent} av avsluten ledde till arbete eller studier." if procent else "",
        told(s.antal(totalt, "inskrivning", "inskrivningar"), "avslutades under perioden.", "Antalet avslut"),
        s.kon_andel(andel),
        s.andring_andel(andel),
    )


def _forsorjning(s: Siffror) -> str:
    procent = s.procent("avslut.andel_egen_forsorjning")
    return f"{procent} av avsluten ledde till egen försörjning." if procent else ""


def _tillbaka(s: Siffror) -> str:
    procent = s.procent("avslut.andel_ej_ateraktualiserade")
    return f"{procent} av avsluten hade inte följts av en ny inskrivning den {s.per}." if procent else ""


SPEC = Rapportspec(
    namn="avslut",
    urval=True,
    titel="Avslut och vad de ledde till",
    beskrivning="Avslutade inskrivningar efter resultat, till arbete eller studier, egen försörjning och "
    "återkomst.",
    avsnitt=(
        Avsnittspec(
            "Avslut efter resultat",
            (
                Radspec(
                    "avslut.totalt",
                    "Avslutade",
                    "Inskrivningar som avslutades under perioden. En person kan ha flera avslut. "
                    "Kolada N40450.",
                    nyckeltal=True,
                ),
                Radspec(
                    "avslut.a_arbete",
                    "Arbete",
                    "Avslut till arbete, arbete med stöd eller eget företag, där minst en månads arbete utan "
                    "avbrott är bekräftad. Kolada U40406 och U40450.",
                    niva=1,
                ),
                Radspec(
                    "avslut.b_studier",
                    "Studier",
                    "Avslut till studier som ger rätt till studiemedel. Kolada U40409 och U40451.",
                    niva=1,
                ),
                Radspec(
                    "avslut.c_annan_myndighet",
                    "Annan myndighet",
                    "Avslut till annan myndighet, till exempel Arbetsförmedlingen, eller till "
                    "sjukersättning. "
                    "Kolada U40412 och U40452.",
                    niva=1,
                ),
                Radspec(
                    "avslut.d_slutfort",
                    "Slutfört uppdrag",
                    "Avslut där uppdraget var slutfört. Kolada U40415 och U40453.",
                    niva=1,
                ),
                Radspec(
                    "avslut.e_ovrigt",
                    "Övrigt",
                    "Övriga avslut: kommunal arbetsmarknadsanställning, studier utan studiemedel, pension, "
                    "annan försörjning, avbrutet, flyttat, avlidet, och arbete som inte varade en månad. "
                    "Kolada U40418 och U40454.",
                    niva=1,
                ),
                Radspec(
                    "avslut.invantar_bekraftelse",
                    "Inväntar bekräftelse",
                    "Avslut till arbete där det ännu inte är känt om arbetet varade minst en månad.",
                    niva=1,
                ),
                Radspec(
                    "avslut.andel_arbete_studier",
                    "Andel till arbete eller studier",
                    "Arbete och studier av alla avslut. Kolada U40455.",
                    nyckeltal=True,
                ),
                Radspec(
                    "avslut.antal_arbete_studier_unika",
                    "Personer till arbete eller studier",
                    "Personer med minst ett avslut till arbete eller studier. Varje person räknas en gång.",
                    nyckeltal=True,
                ),
            ),
            _avslut,
            "fordelning",
        ),
        Avsnittspec(
            "Egen försörjning",
            (
                Radspec(
                    "avslut.egen_forsorjning",
                    "Avslut till egen försörjning",
                    "Avslut till arbete, arbete med stöd, eget företag, studier, sjukersättning, pension "
                    "eller annan "
                    "försörjning, oavsett hur länge arbetet varade.",
                    nyckeltal=True,
                ),
                Radspec(
                    "avslut.andel_egen_forsorjning",
                    "Andel till egen försörjning",
                    "Avslut till egen försörjning av alla avslut.",
                    nyckeltal=True,
                ),
            ),
            _forsorjning,
        ),
        Avsnittspec(
            "Kom tillbaka",
            (
                Radspec(
                    "avslut.ateraktualiserade_12_manader",
                    "Inskrivna igen inom 12 månader",
                    "Avslut under perioden där personen skrevs in igen inom 365 dagar, så långt det är "
                    "känt den "
                    "dag läget bedöms.",
                ),
                Radspec(
                    "avslut.andel_ej_ateraktualiserade",
                    "Andel som inte har kommit tillbaka",
                    "Avslut under perioden som inte har följts av en ny inskrivning inom 365 dagar, så "
                    "långt det är "
                    "känt den dag läget bedöms, av alla avslut.",
                    nyckeltal=True,
                ),
            ),
            _tillbaka,
        ),
    ),
    summor=(
        Summa("avslut.totalt", KLASSER),
        Summa("avslut.arbete_studier", ("avslut.a_arbete", "avslut.b_studier")),
        Summa("avslut.totalt", ("avslut.ateraktualiserade_12_manader", "avslut.ej_ateraktualiserade")),
    ),
)
