"""All tables of the register; importing this module makes `Base.metadata` complete."""

from db.models.anteckning import Anteckning, Anteckningsmall, Dokument, Dokumentinnehall
from db.models.arende import Arende, Bistandsmanad, Undantag
from db.models.base import Base
from db.models.historik import Andring, Handelse, Importomgang
from db.models.insats import Insats, Narvaro, Narvaroschema, OsaBeslut, OsaUppfoljning
from db.models.inskrivning import (
    Bip,
    Bipplan,
    Inskrivning,
    Planering,
    Planeringssteg,
    Stegperiod,
    Uppfoljning,
)
from db.models.katalog import Enhet, Insatstyp, Installning, Kapacitet, Kostnad, Medarbetare, Resultat, Steg
from db.models.koordinator import Avstamning, Platsko, Undantagsgranskning
from db.models.mote import Mote
from db.models.namnd import Delegationsbeslut, FrystRapport, Indikatorvarde, Namndbehandling, Rapportutskrift
from db.models.person import Deltagare, Hushall, Sokord, TidigareNummer
from db.models.plan import (
    Aktivitetsstatus,
    Koladavarde,
    Malbedomning,
    Plan,
    Planaktivitet,
    Planindikator,
    Plankommentar,
    Planmal,
    Planvarde,
)
from db.models.skrivbord import Oppnad, PasseradVarning, SparadLista, Uppskjuten, Utkast

__all__ = [
    "Aktivitetsstatus",
    "Andring",
    "Anteckning",
    "Anteckningsmall",
    "Arende",
    "Avstamning",
    "Base",
    "Bip",
    "Bipplan",
    "Bistandsmanad",
    "Delegationsbeslut",
    "Deltagare",
    "Dokument",
    "Dokumentinnehall",
    "Enhet",
    "FrystRapport",
    "Handelse",
    "Hushall",
    "Importomgang",
    "Indikatorvarde",
    "Insats",
    "Insatstyp",
    "Inskrivning",
    "Installning",
    "Kapacitet",
    "Koladavarde",
    "Kostnad",
    "Malbedomning",
    "Medarbetare",
    "Mote",
    "Namndbehandling",
    "Narvaro",
    "Narvaroschema",
    "Oppnad",
    "OsaBeslut",
    "OsaUppfoljning",
    "PasseradVarning",
    "Plan",
    "Planaktivitet",
    "Planering",
    "Planeringssteg",
    "Planindikator",
    "Plankommentar",
    "Planmal",
    "Planvarde",
    "Platsko",
    "Rapportutskrift",
    "Resultat",
    "Sokord",
    "SparadLista",
    "Steg",
    "Stegperiod",
    "TidigareNummer",
    "Undantag",
    "Undantagsgranskning",
    "Uppfoljning",
    "Uppskjuten",
    "Utkast",
]
