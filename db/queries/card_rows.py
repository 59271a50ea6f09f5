"""What a person's card holds, as frozen rows."""

from dataclasses import dataclass, field
from datetime import date

from db.queries.krav import Krav


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
    krav: Krav | None = None


@dataclass(frozen=True, slots=True)
class UndantagRow:
    """An exemption, by ärende."""

    arende_id: int
    fran: date
    till: date | None
    skal: str


@dataclass(frozen=True, slots=True)
class BistandRow:
    """A biståndsmånad as manadsindex; the amount in öre, None where it is not known."""

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


@dataclass(frozen=True, slots=True)
class StegRow:
    """A steg of an inskrivning and its last day; None while the person stands in it."""

    inskrivning_id: int
    steg: str
    fran: date
    till: date | None


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

    insats_id: int
    fran: date
    till: date
    diarienummer: str
    bidrag_ore: int | None


@dataclass(frozen=True, slots=True)
class NarvaroRow:
    """How many registered passes an insats has of a status, and their minutes."""

    insats_id: int
    status: str
    antal: int
    minuter: int


@dataclass(frozen=True, slots=True)
class PlaneringRow:
    """An agreed plan."""

    inskrivning_id: int
    upprattad: date
    mal: str
    nasta_uppfoljning: date | None


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


@dataclass(frozen=True, slots=True)
class BipRow:
    """One answer."""

    inskrivning_id: int
    datum: date
    svarande: str
    indikator: str
    varde: int


@dataclass(frozen=True, slots=True)
class NummerRow:
    """A number that identified the person up to a day."""

    personnummer: str
    typ: str
    till: date


@dataclass(frozen=True, slots=True)
class AndringRow:
    """A recorded change of something on the card; values are JSON text. `tid` is UTC, ISO 8601."""

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
    alla_steg: tuple[str, ...] = field(default=())

    @property
    def arende(self) -> ArendeRow | None:
        """The ärende the person is known by: the latest open one, else the latest."""
        return max(self.arenden, key=lambda a: (a.avslutat is None, a.ansokan, a.id), default=None)

    @property
    def inskrivning(self) -> InskrivningRow | None:
        """The latest open inskrivning, else the latest."""
        return max(self.inskrivningar, key=lambda i: (i.avslutad is None, i.inskriven, i.id), default=None)
