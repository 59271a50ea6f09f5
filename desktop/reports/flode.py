"""The report `flode`: who comes and goes, where in the flow people stand, and for how long."""

from db.rules.figurer import Rad, Summa
from db.rules.sidor import Lager, Nar
from desktop.reports.leads import Siffror, sentences, told
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

_DAG_I_STEG = (
    "Den som har kommit till flera steg samma dag räknas i det sista av dem, och ett steg som har lämnats "
    "samma dag räknas inte."
)


def _in_och_ut(s: Siffror) -> str:
    in_, ut, median = "flode.in", "flode.ut", s.dagar("flode.ledtid_median")
    if s.tal(in_) == 0 and s.tal(ut) == 0:
        return "Ingen skrevs in och ingen avslutades under perioden."
    return sentences(
        told(
            s.antal(in_, "inskrivning", "inskrivningar"),
            f"började under perioden{s.kon(in_)}.",
            "Antalet inskrivningar som började",
        ),
        told(
            s.antal(ut, "inskrivning", "inskrivningar"),
            f"avslutades{s.kon(ut)}.",
            "Antalet inskrivningar som avslutades",
        ),
        s.andring(in_, ("fler nya", "färre nya", "lika många nya")),
        f"Hälften av dem som avslutades hade varit inskrivna i högst {median}." if median else "",
    )


def _largest(s: Siffror, ending: str) -> Rad | None:
    """The row of a steg with the largest number; None while one is hidden, or none stands out."""
    rader = [r for i, r in s.rader.items() if i.endswith(ending) and i.count(".") == 2]
    varden = [r.varde.totalt for r in rader if r.varde.totalt is not None]
    if not varden or any("totalt" in r.dolda for r in rader) or varden.count(max(varden)) > 1:
        return None
    return next(r for r in rader if r.varde.totalt == max(varden))


def _flest(s: Siffror, ending: str) -> str:
    rad = _largest(s, ending)
    return f"Flest fanns i {rad.etikett}." if rad and rad.varde.totalt else ""


def _langst(s: Siffror, ending: str, mening: str) -> str:
    rad = _largest(s, ending)
    return mening.format(rad.etikett, s.dagar(rad.id)) if rad else ""


def _hittills(s: Siffror) -> str:
    return _langst(s, ".dagar_median", "Längst har de som står i {} varit i sitt steg, medianen är {}.")


def _lamnade(s: Siffror) -> str:
    return _langst(s, ".lamnat_dagar_median", "Längst tog det att komma vidare från {}, medianen är {}.")


def _over(s: Siffror) -> str:
    over = "flode.over_riktvarde"
    if s.tal(over) == 0:
        return "Ingen hade stått längre i sitt steg än riktvärdet."
    procent = s.procent("flode.andel_over_riktvarde")
    return sentences(
        told(
            s.antal(over, "inskrivning", "inskrivningar"),
            f"hade stått längre i sitt steg än riktvärdet{s.kon(over)}.",
            "Antalet inskrivningar över riktvärdet",
        ),
        f"Det är {procent} av de inskrivna." if procent else "",
        s.andring(over),
    )


def _steg(s: Siffror) -> str:
    inskrivna = "flode.inskrivna"
    if s.tal(inskrivna) == 0:
        return f"Ingen var inskriven den {s.sista_dag}."
    return sentences(
        told(
            s.antal(inskrivna, "inskrivning", "inskrivningar"),
            f"pågick den {s.sista_dag}{s.kon(inskrivna)}.",
            "Antalet pågående inskrivningar",
        ),
        _flest(s, ".antal"),
        s.andring(inskrivna, ("fler inskrivna", "färre inskrivna", "lika många inskrivna")),
    )


SPEC = Rapportspec(
    namn="flode",
    urval=True,
    titel="Flödet genom stegen",
    beskrivning="Inskrivningar in och ut, hur många som står i varje steg och hur länge.",
    avsnitt=(
        Avsnittspec(
            "In, ut och tid i flödet",
            (
                Radspec(
                    "flode.in",
                    "In",
                    "Inskrivningar som började under perioden. Rapporten räknar inskrivningar: en person som "
                    "har skrivits in två gånger räknas två gånger.",
                    nyckeltal=True,
                ),
                Radspec("flode.ut", "Ut", "Inskrivningar som avslutades under perioden.", nyckeltal=True),
                Radspec(
                    "flode.ledtid_median",
                    "Från inskriven till avslutad, median",
                    "Dagar från den dag inskrivningen började till den dag den avslutades. Räknas på "
                    "inskrivningar som avslutades under perioden.",
                    nyckeltal=True,
                ),
            ),
            _in_och_ut,
            "staplar",
        ),
        Avsnittspec(
            "I varje steg sista dagen",
            (
                Radspec(
                    "flode.inskrivna",
                    "Inskrivna sista dagen",
                    "Inskrivningar som pågick periodens sista dag, eller den dag läget bedöms om den kommer "
                    "först. Den som avslutades den dagen räknas med.",
                    nyckeltal=True,
                ),
                Radspec(
                    "flode.*.antal",
                    "",
                    f"Inskrivningar som stod i steget den sista dagen. {_DAG_I_STEG}",
                    niva=1,
                ),
                Radspec(
                    "flode.utan_steg.antal",
                    "Utan steg",
                    "Inskrivningar som den sista dagen ännu inte hade kommit till något steg.",
                    niva=1,
                ),
            ),
            _steg,
            "staplar",
        ),
        Avsnittspec(
            "Dagar i steget hittills, median",
            (
                Radspec(
                    "flode.*.dagar_median",
                    "",
                    "Dagar från den dag inskrivningen kom till steget till den sista dagen, för dem som står "
                    "i steget då. Så länge har de alltså väntat hittills; hur länge det tar att komma vidare "
                    "visas för dem som lämnade steget.",
                ),
            ),
            ingress=_hittills,
            diagram="staplar",
        ),
        Avsnittspec(
            "Över riktvärdet",
            (
                Radspec(
                    "flode.over_riktvarde",
                    "Längre i steget än riktvärdet",
                    "Inskrivningar som den sista dagen hade stått fler dagar i sitt steg än stegets "
                    "riktvärde. Riktvärdena är de som gäller nu, och ett steg utan riktvärde räknas inte.",
                    nyckeltal=True,
                ),
                Radspec(
                    "flode.andel_over_riktvarde",
                    "Andel längre än riktvärdet",
                    "Inskrivningar som hade stått längre i steget än riktvärdet, av alla inskrivna den sista "
                    "dagen.",
                ),
            ),
            _over,
        ),
        Avsnittspec(
            "Lämnade steget under perioden",
            (
                Radspec(
                    "flode.*.lamnat",
                    "",
                    "Gånger som en inskrivning lämnade steget under perioden, till ett annat steg eller "
                    f"genom att avslutas. {_DAG_I_STEG}",
                ),
            ),
            diagram="staplar",
        ),
        Avsnittspec(
            "Dagar i steget innan det lämnades, median",
            (
                Radspec(
                    "flode.*.lamnat_dagar_median",
                    "",
                    "Dagar från den dag inskrivningen kom till steget till den dag den lämnade det, för dem "
                    "som lämnade steget under perioden.",
                ),
            ),
            ingress=_lamnade,
            diagram="staplar",
        ),
    ),
    summor=(Summa("flode.inskrivna", ("flode.*.antal", "flode.utan_steg.antal")),),
    nar={
        "flode.inskrivna": Nar.DAG,
        "flode.*.antal": Nar.DAG,
        "flode.utan_steg.antal": Nar.DAG,
        "flode.over_riktvarde": Nar.DAG,
        "flode.andel_over_riktvarde": Nar.DAG,
    },
    lager=(Lager("flode.inskrivna", "flode.in", "flode.ut"),),
)
