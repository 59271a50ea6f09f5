"""What a person's card holds, as frozen rows."""

from dataclasses import dataclass, field
from datetime import date

from db.queries.krav import Krav
from db.rules.bip import BIP_INDIKATORER, SKALA


@dataclass(frozen=True, slots=True)
class ArendeRow:
    """A case of ekonomiskt bistånd; `krav` where the aktivitetskrav follows it on the day asked for."""

    id: int
    nummer: str
    ansokan: date
    beslut: date | None
    utfall: str | None
    avslutat: date | None
    avslutsorsak: str | None
    forsorjningshinder: str
    handlaggare: str
    signatur: str = ""
    krav: Krav | None = None


@dataclass(frozen=True, slots=True)
class GranskningRow:
    """A review of an undantag: who decided what, why, and when it is looked at next."""

    id: int
    undantag_id: int
    datum: date
    av: str
    beslut: str
    skal: str
    nasta: date | None


@dataclass(frozen=True, slots=True)
class UndantagRow:
    """An exemption, by ärende, with its reviews in the order in which they were made."""

    id: int
    arende_id: int
    fran: date
    till: date | None
    skal: str
    granskningar: tuple[GranskningRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BistandRow:
    """A biståndsmånad as manadsindex; the amount in öre, None where it is not known."""

    id: int
    arende: str
    manad: int
    belopp_ore: int | None


@dataclass(frozen=True, slots=True)
class InskrivningRow:
    """An enrolment, and how it ended."""

    id: int
    nummer: str
    anvisad: date | None
    inskriven: date
    hanvisad_av: str | None
    spar: str
    koordinator: str
    avslutad: date | None
    resultat: str | None
    arbete_fran: date | None
    arbete_till: date | None
    minst_en_manad: bool | None
    forsorjning_fore: str | None = None
    forsorjning_efter: str | None = None
    signatur: str = ""


@dataclass(frozen=True, slots=True)
class UppfoljningRow:
    """A follow-up of an avslut, planned or done."""

    id: int
    inskrivning_id: int
    slag: str
    planerad: date
    genomford: date | None
    forsorjning: str | None
    text: str


@dataclass(frozen=True, slots=True)
class StegRow:
    """A steg of an inskrivning and its last day; None while the person stands in it."""

    inskrivning_id: int
    steg: str
    fran: date
    till: date | None
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class InsatsRow:
    """An insats; `dagar` registered days by status of närvaro."""

    id: int
    nummer: str
    inskrivning_id: int
    typ: str
    enhet: str
    start: date
    planerat_slut: date | None
    slut: date | None
    omfattning: int
    avbrottsorsak: str
    raknas_som_aktivitet: bool

    def status_on(self, dag: date) -> str:
        """`planerad`, `pagar`, `avbruten` or `avslutad` on a day."""
        if self.start > dag:
            return "planerad"
        if self.slut is None or self.slut >= dag:
            return "pagar"
        return "avbruten" if self.avbrottsorsak else "avslutad"


@dataclass(frozen=True, slots=True)
class OsaRow:
    """A decision for an OSA placement; the grant in öre a month."""

    id: int
    insats_id: int
    fran: date
    till: date
    diarienummer: str
    bidrag_ore: int | None


@dataclass(frozen=True, slots=True)
class OsaUppfoljningRow:
    """A follow-up of an OSA placement, planned or done."""

    id: int
    insats_id: int
    planerad: date
    genomford: date | None
    text: str


@dataclass(frozen=True, slots=True)
class NarvaroRow:
    """How many registered passes an insats has of a status, and their minutes."""

    insats_id: int
    status: str
    antal: int
    minuter: int


@dataclass(frozen=True, slots=True)
class PlaneringsstegRow:
    """A step of a plan; `klar` the day it was done."""

    id: int
    planering_id: int
    ordning: int
    text: str
    ansvarig: str
    senast: date | None
    klar: date | None


@dataclass(frozen=True, slots=True)
class PlaneringRow:
    """An agreed plan with its steps in order."""

    id: int
    inskrivning_id: int
    upprattad: date
    mal: str
    nasta_uppfoljning: date | None
    steg: tuple[PlaneringsstegRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MoteRow:
    """A meeting, booked or held."""

    id: int
    datum: date
    tid: str
    langd: int | None
    form: str
    verksamhet: str
    uteblev: bool
    syfte: str = ""
    plats: str = ""
    signatur: str = ""


@dataclass(frozen=True, slots=True)
class AnteckningRow:
    """A note: `namn` is its author's, `skapad` and `signerad` UTC, ISO 8601; `rattar_id`
    the note that it corrects."""

    id: int
    datum: date
    rubrik: str
    text: str
    signatur: str
    namn: str
    skapad: str
    signerad: str | None
    rattar_id: int | None


@dataclass(frozen=True, slots=True)
class DokumentRow:
    """A document without its bytes; `storlek` is how many they are."""

    id: int
    namn: str
    typ: str
    storlek: int
    beskrivning: str
    av: str
    skapad: str


@dataclass(frozen=True, slots=True)
class BipRow:
    """One answer."""

    inskrivning_id: int
    datum: date
    svarande: str
    indikator: str
    varde: int


@dataclass(frozen=True, slots=True)
class BipplanRow:
    """The day agreed for the next measurement of an inskrivning."""

    inskrivning_id: int
    nasta: date


@dataclass(frozen=True, slots=True)
class MedlemRow:
    """Somebody else in the household whom everybody may see."""

    id: int
    namn: str
    personnummer: str
    fodelsedatum: date | None


@dataclass(frozen=True, slots=True)
class SammanslagenRow:
    """Another card that was made a part of this one: what it was called, why, when (UTC, ISO 8601) and by
    whom. `id` is what parting them asks for."""

    id: int
    namn: str
    skal: str
    tid: str
    vem: str


@dataclass(frozen=True, slots=True)
class AterRow:
    """A return within a year of a close (R11): of `sort` "arende" or "inskrivning", from id to id."""

    sort: str
    fran_id: int
    till_id: int


@dataclass(frozen=True, slots=True)
class NummerRow:
    """A number that identified the person up to a day."""

    personnummer: str
    typ: str
    till: date


@dataclass(frozen=True, slots=True)
class AndringRow:
    """A recorded change of something on the card; values are JSON text, and where they are ids of a
    catalogue the names come too. `tid` is UTC, ISO 8601. `varning` and `skal` where a warning was passed."""

    handelse_id: int
    tid: str
    aktor: str
    slag: str
    text: str
    tabell: str
    rad_id: int
    falt: str
    gammalt: str | None
    nytt: str | None
    gammalt_namn: str | None = None
    nytt_namn: str | None = None
    varning: str = ""
    skal: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything held on a person. Masked where `dold`: name, number, contact and place are left out."""

    id: int
    skyddad: str
    dold: bool
    namn: str
    personnummer: str
    fodelsedatum: date | None
    kon: str | None
    omrade: str
    utrikesfodd: bool | None
    utbildningsniva: str | None
    sprak: str
    tolk: str
    telefon: str
    epost: str
    hushall: str
    antal_barn: int | None
    vuxna_i_hushallet: int
    nummer: tuple[NummerRow, ...] = ()
    arenden: tuple[ArendeRow, ...] = ()
    undantag: tuple[UndantagRow, ...] = ()
    bistand: tuple[BistandRow, ...] = ()
    inskrivningar: tuple[InskrivningRow, ...] = ()
    steg: tuple[StegRow, ...] = ()
    planeringar: tuple[PlaneringRow, ...] = ()
    insatser: tuple[InsatsRow, ...] = ()
    osa: tuple[OsaRow, ...] = ()
    narvaro: tuple[NarvaroRow, ...] = ()
    moten: tuple[MoteRow, ...] = ()
    bip: tuple[BipRow, ...] = ()
    logg: tuple[AndringRow, ...] = ()
    anteckningar: tuple[AnteckningRow, ...] = ()
    dokument: tuple[DokumentRow, ...] = ()
    uppfoljningar: tuple[UppfoljningRow, ...] = ()
    osa_uppfoljningar: tuple[OsaUppfoljningRow, ...] = ()
    bipplaner: tuple[BipplanRow, ...] = ()
    bip_skala: int = SKALA
    bip_etiketter: tuple[str, ...] = BIP_INDIKATORER
    medlemmar: tuple[MedlemRow, ...] = ()
    ateraktualiseringar: tuple[AterRow, ...] = ()
    sammanslagna: tuple[SammanslagenRow, ...] = ()
    alla_steg: tuple[str, ...] = field(default=())

    @property
    def arende(self) -> ArendeRow | None:
        """The ärende the person is known by: the latest open one, else the latest."""
        return max(self.arenden, key=lambda a: (a.avslutat is None, a.ansokan, a.id), default=None)

    @property
    def inskrivning(self) -> InskrivningRow | None:
        """The latest open inskrivning, else the latest."""
        return max(self.inskrivningar, key=lambda i: (i.avslutad is None, i.inskriven, i.id), default=None)
