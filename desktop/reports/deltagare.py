"""The report `deltagare`: who takes part in the arbetsmarknadsverksamhet, and in what."""

from db.rules.figurer import Summa
from db.rules.sidor import Lager, Nar
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec


def _inskrivna(s: Siffror) -> str:
    unika = "deltagare.unika"
    if s.tal(unika) == 0:
        return "Ingen var inskriven under perioden."
    sista = s.antal("deltagare.inskrivna_sista_dag", "person", "personer")
    return sentences(
        told(
            s.antal(unika, "person", "personer"),
            f"var inskrivna någon gång under perioden{s.kon(unika)}.",
            "Antalet inskrivna",
        ),
        s.andring(unika),
        f"Den {s.sista_dag} var {sista} inskrivna." if sista else "",
    )


def _aktiva(s: Siffror) -> str:
    andel = s.procent("deltagare.med_insats_senaste_manaden_andel")
    plan = s.procent("planering.andel_aktuell")
    return sentences(
        f"{andel} av dem som var inskrivna den {s.sista_dag} hade haft en insats de senaste 30 dagarna."
        if andel
        else "",
        s.kon_andel("deltagare.med_insats_senaste_manaden_andel"),
        f"{plan} hade en aktuell planering." if s.tal("planering.andel_aktuell") else "",
        "Ingen hade en aktuell planering." if s.tal("planering.andel_aktuell") == 0 else "",
    )


def _insatser(s: Siffror) -> str:
    platser = s.tal("helarsplatser.totalt")
    if platser is None:
        return ""
    if not platser:
        return "Ingen insats pågick under perioden."
    return f"Insatserna motsvarar {s.antal('helarsplatser.totalt', 'helårsplats', 'helårsplatser')}."


def _moten(s: Siffror) -> str:
    bistand = s.antal("moten.fysiska_bistand", "fysiskt möte", "fysiska möten")
    arbete = s.antal("moten.fysiska_arbetsmarknad", "fysiskt möte", "fysiska möten")
    return sentences(
        f"{arbete} hölls inom arbetsmarknadsverksamheten." if arbete else "",
        f"{bistand} hölls inom ekonomiskt bistånd." if bistand else "",
    )


SPEC = Rapportspec(
    namn="deltagare",
    urval=True,
    titel="Deltagare och insatser",
    beskrivning="Inskrivna, nya och avslutade deltagare, ålder, insatser, möten och planering.",
    avsnitt=(
        Avsnittspec(
            "Inskrivna deltagare",
            (
                Radspec(
                    "deltagare.unika",
                    "Inskrivna under perioden",
                    "Personer som var inskrivna minst en dag under perioden. Varje person räknas en gång.",
                    nyckeltal=True,
                ),
                Radspec(
                    "deltagare.alder.-24",
                    "24 år eller yngre",
                    "Inskrivna under perioden som var högst 24 år den sista dagen i perioden.",
                    niva=1,
                ),
                Radspec(
                    "deltagare.alder.25-",
                    "25 år eller äldre",
                    "Inskrivna under perioden som var minst 25 år den sista dagen i perioden.",
                    niva=1,
                ),
                Radspec(
                    "deltagare.alder.uppgift_saknas",
                    "Ålder saknas",
                    "Inskrivna under perioden utan känt födelsedatum.",
                    niva=1,
                ),
                Radspec(
                    "deltagare.nya",
                    "Nya deltagare",
                    "Personer som skrevs in under perioden. Varje person räknas en gång.",
                    nyckeltal=True,
                ),
                Radspec(
                    "deltagare.avslutade",
                    "Avslutade deltagare",
                    "Personer med en inskrivning som avslutades under perioden. Varje person räknas en gång.",
                ),
                Radspec(
                    "deltagare.inskrivna_sista_dag",
                    "Inskrivna den sista dagen",
                    "Personer som var inskrivna den sista dagen i perioden, eller den dag läget bedöms om "
                    "den "
                    "kommer tidigare. Den som avslutas den dagen räknas med.",
                    nyckeltal=True,
                ),
            ),
            _inskrivna,
            "staplar",
        ),
        Avsnittspec(
            "Aktivitet och planering",
            (
                Radspec(
                    "deltagare.med_insats_senaste_manaden_andel",
                    "Andel med insats de senaste 30 dagarna",
                    "Av dem som var inskrivna den sista dagen: andelen med en insats som pågick någon av de "
                    "30 dagar som slutar med den dagen.",
                    nyckeltal=True,
                ),
                Radspec(
                    "planering.andel_aktuell",
                    "Andel med aktuell planering",
                    "Av dem som var inskrivna den sista dagen: andelen vars senaste planering har en nästa "
                    "uppföljning som inte är passerad.",
                    nyckeltal=True,
                ),
            ),
            _aktiva,
            "andel",
        ),
        Avsnittspec(
            "Insatser",
            (
                Radspec(
                    "insats.*.unika",
                    "",
                    "Personer med insatsen minst en dag under perioden. Varje person räknas en gång per "
                    "insats.",
                ),
                Radspec(
                    "helarsplatser.totalt",
                    "Helårsplatser",
                    "Insatsernas dagar under perioden gånger omfattningen, delat med dagarna på året. "
                    "En insats på heltid hela året är en helårsplats.",
                    nyckeltal=True,
                ),
                Radspec(
                    "arbetsmarknadsanstallning.antal",
                    "Arbetsmarknadsanställningar, antal",
                    "Anställningar som pågick minst en dag under perioden. "
                    "En person kan ha flera anställningar.",
                ),
                Radspec(
                    "feriepraktik.antal",
                    "Feriepraktik, antal",
                    "Platser i feriepraktik som var tillsatta minst en dag under perioden. "
                    "En person kan ha flera.",
                ),
            ),
            _insatser,
        ),
        Avsnittspec(
            "Deltagare utan och med feriepraktik",
            (
                Radspec(
                    "deltagare.utan_feriepraktik",
                    "Inskrivna utom feriepraktik",
                    "Inskrivna under perioden, utom de som inte hade någon annan insats än feriepraktik. "
                    "Så räknar Kolada deltagare (U40800).",
                ),
                Radspec(
                    "deltagare.endast_feriepraktik",
                    "Endast feriepraktik",
                    "Inskrivna under perioden som inte hade någon annan insats än feriepraktik.",
                ),
            ),
        ),
        Avsnittspec(
            "Möten",
            (
                Radspec(
                    "moten.fysiska_arbetsmarknad",
                    "Fysiska möten, arbetsmarknad",
                    "Fysiska möten inom arbetsmarknadsverksamheten som hölls under perioden. "
                    "Möten där deltagaren uteblev räknas inte.",
                ),
                Radspec(
                    "moten.fysiska_bistand",
                    "Fysiska möten, ekonomiskt bistånd",
                    "Fysiska möten inom ekonomiskt bistånd som hölls under perioden. "
                    "Möten där deltagaren uteblev räknas inte.",
                ),
            ),
            _moten,
        ),
    ),
    summor=(
        Summa(
            "deltagare.unika",
            ("deltagare.alder.-24", "deltagare.alder.25-", "deltagare.alder.uppgift_saknas"),
        ),
        Summa("deltagare.unika", ("deltagare.utan_feriepraktik", "deltagare.endast_feriepraktik")),
    ),
    nar={
        "deltagare.inskrivna_sista_dag": Nar.DAG,
        "deltagare.med_insats_senaste_manaden_andel": Nar.DAG,
        "planering.andel_aktuell": Nar.DAG,
    },
    lager=(Lager("deltagare.inskrivna_sista_dag", "deltagare.nya", "deltagare.avslutade"),),
)
