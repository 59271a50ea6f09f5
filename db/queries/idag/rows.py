"""What the work lists of the day tell of a thing to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.queries import access
from db.rules.idag import Lista


class Skal(StrEnum):
    """Why a row is on its list; which of the row's facts belong to it stands beside."""

    ANSOKAN = "ansokan"  # datum: the ansökan
    NY_FRIST = "ny_frist"  # datum: the last day of activity
    PLANERING = "planering"  # datum: when the planering was made
    SLUTAR = "slutar"  # text: insatstyp, plats: enhet
    SLUTAR_SIST = "slutar_sist"  # the same, and nothing follows
    OSA_GAR_UT = "osa_gar_ut"  # antal: omfattning, plats: enhet
    OSA_SAKNAS = "osa_saknas"  # the same
    OSA_UPPFOLJNING = "osa_uppfoljning"  # plats: enhet
    BIP = "bip"  # datum: the latest measurement, antal: how many there are
    BIP_ALDRIG = "bip_aldrig"  # datum: inskriven
    PLANERING_SAKNAS = "planering_saknas"  # datum: inskriven
    KARTLAGD = "kartlagd"  # datum: kartläggningen was done
    PLANERING_INAKTUELL = "planering_inaktuell"  # datum: when the planering was made
    MANAD = "manad"  # text: resultat, datum: the first day of the work
    EFTER_AVSLUT = "efter_avslut"  # text: which follow-up, datum: the avslut
    NARVARO = "narvaro"  # text: insatstyp, plats: enhet, antal: passes without a row


class Nasta(StrEnum):
    """The next act; `nasta_id` is the row that it concerns."""

    SKRIV_IN = "skriv_in"
    BESLUTA = "besluta"
    BEKRAFTA_START = "bekrafta_start"  # insats
    BOKA_MOTE = "boka_mote"
    FORBERED_MOTE = "forbered_mote"  # möte
    FOLJ_UPP = "folj_upp"
    FORLANG = "forlang"  # insats
    PLANERA_NASTA = "planera_nasta"
    FORLANG_BESLUT = "forlang_beslut"  # insats
    REGISTRERA_BESLUT = "registrera_beslut"  # insats
    FOLJ_UPP_OSA = "folj_upp_osa"  # insats
    MAT = "mat"
    PLANERA = "planera"
    BEKRAFTA_MANAD = "bekrafta_manad"  # inskrivning
    FOLJ_UPP_AVSLUT = "folj_upp_avslut"  # uppföljning
    REGISTRERA_NARVARO = "registrera_narvaro"  # insats


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row is about. Masked where protected: no name, no number, no place in the alphabet."""

    id: int
    skyddad: str
    namn: str
    nummer: str
    sortering: str

    @property
    def is_masked(self) -> bool:
        """True for a protected person."""
        return not access.is_open(self.skyddad)


@dataclass(frozen=True, slots=True)
class IdagRow:
    """A thing to do. `rad_id` is the row of the register it stands for, `frist` the day it is due.

    `bokad` is the next möte with the person; `uppskjuten` the day until which the user put the row off.
    """

    lista: Lista
    rad_id: int
    person: Person
    skal: Skal
    nasta: Nasta
    nasta_id: int | None = None
    frist: date | None = None
    datum: date | None = None
    text: str = ""
    plats: str = ""
    antal: int = 0
    bokad: date | None = None
    uppskjuten: date | None = None
