"""The report `belaggning`: how much of the offered places is used, and what a place costs."""

from db.rules.sidor import Nar
from desktop.reports.leads import Siffror, sentences
from desktop.reports.spec import Avsnittspec, Radspec, Rapportspec

_GRAD = (
    "Belagda platsdagar av erbjudna platsdagar, räknat i kalenderdagar. En insats tar en plats varje dag "
    "den pågår, "
    "vilken omfattning den än har. Mer än 100 procent betyder att fler har tagits emot än det finns "
    "platser för."
)
_KOSTNAD = (
    "Periodens kostnad omräknad till ett helt år, delad med platser i medeltal. Saknas om kostnaden för "
    "någon "
    "enhet eller något år inte är registrerad."
)


def _belaggning(s: Siffror) -> str:
    intern, extern = s.procent("belaggning.intern.grad"), s.procent("belaggning.extern.grad")
    if not intern and not extern:
        return "Inga platser erbjöds under perioden."
    return sentences(
        f"{intern} av de interna platserna var belagda." if intern else "",
        s.andring_andel("belaggning.intern.grad"),
        f"Av de externa platserna var {extern} belagda." if intern and extern else "",
        f"{extern} av de externa platserna var belagda." if extern and not intern else "",
    )


def _kostnad(s: Siffror) -> str:
    intern, extern = (
        s.kronor("belaggning.intern.kostnad_per_plats"),
        s.kronor("belaggning.extern.kostnad_per_plats"),
    )
    return sentences(
        f"En intern plats kostade {intern} räknat på ett helt år." if intern else "",
        f"En extern plats kostade {extern} räknat på ett helt år." if extern else "",
    )


SPEC = Rapportspec(
    namn="belaggning",
    titel="Beläggning på platserna",
    beskrivning="Hur stor del av platserna som används, per enhet och tillsammans, och vad en plats kostar.",
    avsnitt=(
        Avsnittspec(
            "Beläggning",
            (
                Radspec("belaggning.intern.grad", "Beläggning, interna platser", _GRAD, nyckeltal=True),
                Radspec("belaggning.extern.grad", "Beläggning, externa platser", _GRAD, nyckeltal=True),
            ),
            _belaggning,
            "andel",
        ),
        Avsnittspec(
            "Beläggning per enhet", (Radspec("belaggning.enhet.*.grad", "", _GRAD),), diagram="andel"
        ),
        Avsnittspec(
            "Platser",
            (
                Radspec(
                    "belaggning.intern.platser_medel",
                    "Interna platser i medeltal",
                    "Erbjudna platsdagar på interna enheter, delade med periodens dagar.",
                    nyckeltal=True,
                ),
                Radspec(
                    "belaggning.extern.platser_medel",
                    "Externa platser i medeltal",
                    "Erbjudna platsdagar på externa enheter, delade med periodens dagar.",
                    nyckeltal=True,
                ),
            ),
        ),
        Avsnittspec(
            "Kostnad per plats",
            (
                Radspec(
                    "belaggning.intern.kostnad_per_plats",
                    "Kostnad per intern plats",
                    _KOSTNAD,
                    nyckeltal=True,
                ),
                Radspec(
                    "belaggning.extern.kostnad_per_plats",
                    "Kostnad per extern plats",
                    _KOSTNAD,
                    nyckeltal=True,
                ),
            ),
            _kostnad,
        ),
        Avsnittspec(
            "Daglig verksamhet",
            (
                Radspec(
                    "daglig_verksamhet.platser",
                    "Platser i daglig verksamhet",
                    "Insatser i daglig verksamhet som pågick den sista dagen i perioden.",
                ),
            ),
        ),
    ),
    nar={"daglig_verksamhet.platser": Nar.DAG},
)
