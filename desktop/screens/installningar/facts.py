"""The settings of the register in words, and in which groups they are changed."""

from collections.abc import Mapping

from db.queries.settings import Installningar
from db.rules.aktivitetskrav import Startpunkt
from db.rules.bip import ANTAL_FOR_DELTAGARE, BIP_INDIKATORER
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.screens.installningar.keys import AKTIVITETSKRAV, BIP, OSA, RAPPORTER
from desktop.screens.words import first_upper
from desktop.widgets.definitions import Definition, DefinitionGroup

STARTPUNKTER = {
    Startpunkt.BEVILJANDE: "Dagen då biståndet beviljas",
    Startpunkt.ANSOKAN: "Dagen för ansökan",
}
Groups = tuple[DefinitionGroup, ...]


def make_groups(settings: Installningar) -> Mapping[str, Groups]:
    """What each card shows."""
    return {
        BIP: _bip(settings),
        AKTIVITETSKRAV: _aktivitetskrav(settings),
        OSA: _osa(settings),
        RAPPORTER: _rapporter(settings),
    }


def tell_troskel(troskel: int) -> str:
    """ "Antal från 1 till 4 döljs."; where nothing is hidden, that."""
    if troskel == 1:
        return tr("Inga antal döljs.")
    if troskel == 2:
        return tr("Antalet 1 döljs.")
    return f"{tr('Antal från 1 till')} {troskel - 1} {tr('döljs.')}"


def _bip(settings: Installningar) -> Groups:
    facts = [
        Definition(str(place), first_upper(label), _neutral(label, neutral))
        for place, (label, neutral) in enumerate(
            zip(settings.bip_etiketter, BIP_INDIKATORER, strict=True), start=1
        )
    ]
    scale = Definition(tr("Skala"), f"1–{settings.bip_skala}")
    both, own = facts[:ANTAL_FOR_DELTAGARE], facts[ANTAL_FOR_DELTAGARE:]
    return (
        DefinitionGroup("", (scale,)),
        DefinitionGroup(tr("Frågor till både deltagaren och handläggaren"), tuple(both)),
        DefinitionGroup(tr("Frågor bara till handläggaren"), tuple(own)),
    )


def _neutral(label: str, neutral: str) -> str:
    """What the question was called from the beginning, where it is called something else."""
    same = label.strip().casefold() == neutral.casefold()
    return "" if same else f"{tr('Från början')}: {neutral}"


def _aktivitetskrav(settings: Installningar) -> Groups:
    krav = settings.aktivitetskrav
    start = Definition(tr("Räknas från"), tr(STARTPUNKTER[krav.startpunkt]))
    under = tr("Dagar med undantag räknas inte.")
    frist = Definition(tr("Frist"), plural(krav.dagar, tr("dag"), tr("dagar")), under)
    return (DefinitionGroup("", (start, frist)),)


def _osa(settings: Installningar) -> Groups:
    told = plural(settings.osa_mal, tr("person"), tr("personer")) if settings.osa_mal else tr("Inget mål")
    under = tr("OSA-anställning eller praktik inför OSA, var och en räknad en gång.")
    return (DefinitionGroup("", (Definition(tr("Mål per år"), told, under),)),)


def _rapporter(settings: Installningar) -> Groups:
    missing = tr("Inte angivet")
    small = tr("Så att ingen känns igen. Gäller skärm, pdf och Excel.")
    facts = (
        Definition(tr("Kommun"), settings.kommun or missing),
        Definition(tr("Nämnd"), settings.namnd or missing),
        Definition(tr("Små antal"), tell_troskel(settings.troskel), small),
    )
    return (DefinitionGroup("", facts),)
